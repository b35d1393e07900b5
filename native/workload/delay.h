/* A busy-wait of a known length, to be found by the harness as if storage had become slower. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Times calls of delay() and chooses its turns, so that each lasts `delay_ns`, or what an empty
 * call does. A loop and not the clock, because 5 % of a cached read is less than one reading of it.
 * Returns false if the clock went backwards or stood still.
 */
bool delay_set(uint64_t delay_ns);

/* Waits; always true, as a step of an operation that cannot fail. */
bool delay(void);
