/* The loop that is timed, and what must have come of it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "pattern.h"
#include "words.h"

/*
 * Does `count` operations on the words' size and request, with `window` (window_bytes long, a
 * multiple of the request) as the data. They are numbered from `first` on, the boot's first is 1.
 * Returns false if one failed, and has printed why.
 */
typedef bool operations_loop(const struct words *words, uint8_t *window, uint64_t window_bytes,
                             uint64_t first, uint64_t count);

/*
 * Reads everything back, compares it with what the operations must have left, and computes the
 * checksum. Returns false if it failed, and has printed why.
 */
typedef bool operations_check(const struct words *words, uint8_t *window, uint64_t window_bytes,
                              struct checksum *checksum);

/* `delayed` ones call delay() at the end of each operation. */
operations_loop *operations_loop_of(enum operation operation, bool delayed);
operations_check *operations_check_of(enum operation operation);
