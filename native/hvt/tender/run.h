/* What the guest leaves its virtual CPU for. */
#pragma once

#include <stdint.h>

#include "block.h"
#include "vm.h"

/* A file descriptor that becomes readable when the guest issues this hypercall, without an exit. */
int run_eventfd(const struct vm *vm, uint32_t number);

/* Runs the guest until it halts; returns its status. */
int run_until_halt(const struct vm *vm, const struct block *block);
