/* Hypercalls of time. The guest's monotonic clock is its cycle counter and needs none. */
#pragma once

#include <stdint.h>

#include "memory.h"

/* Nanoseconds of the host's monotonic clock. */
uint64_t clock_monotonic(void);

void clock_walltime(const struct memory *memory, uint64_t argument);

/* Sleeps; no device of this tender is ever ready for input. */
void clock_poll(const struct memory *memory, uint64_t argument);
