/* A busy-wait of a known length, to be found by the harness as if storage had become slower. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Times the loop that delay() turns, so that each call lasts `delay_ns`. A loop and not the clock,
 * because 5 % of a cached read is less than one reading of it.
 * Returns false if the clock goes backwards.
 */
bool delay_set(uint64_t delay_ns);

/* Waits; always true, as a step of an operation that cannot fail. */
bool delay(void);
