/* The pattern, its stamps and the checksum of native/PROTOCOL.md. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct checksum {
    uint32_t a;
    uint32_t b;
};

/* What a window holds. */
struct pattern {
    uint32_t seed;
    /* The number of the operation that wrote it, 0 of what none did. */
    uint32_t stamp;
    /* Bytes from one stamp to the next. */
    uint32_t stride_bytes;
};

/* What a device transfers at least. */
enum { SECTOR_BYTES = 512 };

/*
 * Each sector has a stamp; of requests that are longer than a page each page. There a cache line
 * less, as words that lie whole pages apart share a few sets of the cache: they would cost a tenth
 * of a cached write of 1 MiB, and cost less than a hundredth.
 */
static inline uint32_t pattern_stride(uint64_t request_bytes)
{
    enum { PAGE_BYTES = 4096, LINE_BYTES = 64 };
    return request_bytes > PAGE_BYTES ? PAGE_BYTES - LINE_BYTES : SECTOR_BYTES;
}

/* A bijection of 32 bits, of `i` as of `seed`. */
uint32_t pattern_mix(uint32_t seed, uint32_t i);

/* Bytes after which the pattern of an operation on the whole storage repeats. */
uint64_t pattern_window(uint64_t size_bytes, uint64_t request_bytes);

/* Fills `data`, which begins where a window begins and is no longer than one, without stamps. */
void pattern_fill(uint8_t *data, size_t bytes, uint32_t seed);

/*
 * The index of the first byte of `data`, which begins where a window begins, that is not the
 * pattern's, or `bytes`.
 */
size_t pattern_check(const uint8_t *data, size_t bytes, struct pattern pattern);

/* One byte of the pattern. */
uint8_t pattern_byte(uint64_t position, struct pattern pattern);

void checksum_add(struct checksum *checksum, const uint8_t *data, size_t bytes);

/*
 * Changes a window's stamps, by exclusive or. The last may reach 3 bytes beyond the window. Part of
 * what is timed.
 */
static inline void pattern_restamp(uint8_t *window, uint64_t window_bytes, uint32_t stride_bytes,
                                   uint32_t change)
{
    typedef uint32_t __attribute__((may_alias)) word;
    for (uint64_t position = 0; position < window_bytes; position += stride_bytes) {
        *(word *)(window + position) ^= change;
    }
}

/* Makes a window's stamps those of operation `number`, which were those of the one before. */
static inline void pattern_stamp(uint8_t *window, uint64_t window_bytes, uint32_t stride_bytes,
                                 uint64_t number)
{
    pattern_restamp(window, window_bytes, stride_bytes, (uint32_t)((number - 1) ^ number));
}
