/* The pattern and the checksum of native/PROTOCOL.md. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct checksum {
    uint32_t a;
    uint32_t b;
};

/* Bytes after which the pattern repeats. */
uint64_t pattern_window(uint64_t size_bytes, uint64_t request_bytes);

/* Fills `data`, which begins where a window begins and is no longer than one. */
void pattern_fill(uint8_t *data, size_t bytes, uint32_t seed);

/*
 * Adds `data`, which begins where a window begins, to the checksum. Returns the index of the first
 * byte that is not the pattern's, or `bytes`.
 */
size_t pattern_check(const uint8_t *data, size_t bytes, uint32_t seed, struct checksum *checksum);

/* One byte of the pattern, `index` bytes into a window. */
uint8_t pattern_byte(size_t index, uint32_t seed);
