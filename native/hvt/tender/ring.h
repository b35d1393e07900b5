/* The shared ring: requests that reach the tender without an exit of the guest. */
#pragma once

#include <stdint.h>

#include "block.h"

/*
 * Serves the ring at guest-physical `address` from a thread of its own, which sleeps on `kick`, an
 * eventfd.
 */
void ring_start(const struct block *block, uint64_t address, int kick);

/* The hypercall of a guest that has nothing to do until requests are complete. */
void ring_wait_call(const struct memory *memory, uint64_t argument);
