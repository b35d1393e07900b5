#include "pattern.h"

static const uint64_t LEAST_WINDOW_BYTES = 1 << 20;

uint32_t pattern_mix(uint32_t seed, uint32_t i)
{
    uint32_t x = seed + i * 0x9e3779b9;
    x ^= x >> 16;
    x *= 0x85ebca6b;
    x ^= x >> 13;
    x *= 0xc2b2ae35;
    x ^= x >> 16;
    return x;
}

uint64_t pattern_window(uint64_t size_bytes, uint64_t request_bytes)
{
    uint64_t requests = (LEAST_WINDOW_BYTES + request_bytes - 1) / request_bytes;
    uint64_t window_bytes = requests * request_bytes;
    return size_bytes < window_bytes ? size_bytes : window_bytes;
}

static uint8_t byte_of(uint32_t word, uint64_t position)
{
    return (uint8_t)(word >> (8 * (position % 4)));
}

uint8_t pattern_byte(uint64_t position, struct pattern pattern)
{
    uint32_t word = pattern_mix(pattern.seed, (uint32_t)(position / 4));
    bool is_stamp = position % pattern.stride_bytes < 4;
    return byte_of(is_stamp ? word ^ pattern.stamp : word, position);
}

/* Whole words at once, here and below: an emulated processor takes microseconds for a byte. */
void pattern_fill(uint8_t *data, size_t bytes, uint32_t seed)
{
    for (size_t p = 0; p < bytes; p += 4) {
        uint32_t word = pattern_mix(seed, (uint32_t)(p / 4));
        if (p + 4 <= bytes) {
            __builtin_memcpy(data + p, &word, 4);
            continue;
        }
        for (size_t last = p; last < bytes; last++) {
            data[last] = byte_of(word, last);
        }
    }
}

static uint32_t load(const uint8_t *data)
{
    uint32_t word;
    __builtin_memcpy(&word, data, sizeof word);
    return word;
}

size_t pattern_check(const uint8_t *data, size_t bytes, struct pattern pattern)
{
    size_t next_stamp = 0;
    for (size_t p = 0; p < bytes; p += 4) {
        uint32_t word = pattern_mix(pattern.seed, (uint32_t)(p / 4));
        if (p == next_stamp) {
            word ^= pattern.stamp;
            next_stamp += pattern.stride_bytes;
        }
        if (p + 4 <= bytes && load(data + p) == word) {
            continue;
        }
        for (size_t last = p; last < bytes && last < p + 4; last++) {
            if (data[last] != byte_of(word, last)) {
                return last;
            }
        }
    }
    return bytes;
}

void checksum_add(struct checksum *checksum, const uint8_t *data, size_t bytes)
{
    struct checksum sum = *checksum;
    for (size_t p = 0; p < bytes; p++) {
        sum.a += data[p];
        sum.b += sum.a;
    }
    *checksum = sum;
}
