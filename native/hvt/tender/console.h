#pragma once

#include <stdint.h>

#include "memory.h"

/* Writes all that the guest hands over to standard output. */
void console_puts(const struct memory *memory, uint64_t argument);
