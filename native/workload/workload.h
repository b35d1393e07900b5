#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Speaks guest protocol 1 (native/PROTOCOL.md) from the words to the closing line.
 * Returns whether that line is `end`.
 */
bool workload(size_t count, const char *const *texts);
