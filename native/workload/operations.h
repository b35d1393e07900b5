/* The loop that is timed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "words.h"

/*
 * Does `count` operations on the words' size and request, with `window` (window_bytes long, a
 * multiple of the request) as the data. Returns false if storage fails.
 */
typedef bool operations_loop(const struct words *words, uint8_t *window, uint64_t window_bytes,
                             uint64_t count);

/* `delayed` ones call delay() at the end of each operation. */
operations_loop *operations_loop_of(enum operation operation, bool delayed);
