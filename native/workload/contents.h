/* What the whole storage holds: written, and read back and compared, a window at a time. */
#pragma once

#include "operation.h"

/* The seed of what the storage must hold before the first operation. */
uint32_t contents_first_seed(const struct words *words);

/* Writes that and makes it durable; false if that failed, and has printed why. */
bool contents_fill(const struct words *words, uint8_t *window, uint64_t window_bytes);

/* Compares the storage with that if no operation is done, else with what they left. */
operation_check contents_check;
