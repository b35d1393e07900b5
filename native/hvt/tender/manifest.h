/* Which devices a unikernel declares, and what the host puts behind them. */
#pragma once

#include "../abi.h"
#include "block.h"
#include "elf.h"
#include "options.h"

/* The manifest in a unikernel's file, checked: in fresh memory, without a device attached. */
struct manifest *manifest_read(const struct elf *elf);

/* Attaches what the options name; ends the tender unless that is what the manifest declares. */
void manifest_attach(struct manifest *manifest, struct block *block, const struct options *options);
