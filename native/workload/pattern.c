#include "pattern.h"

static const uint64_t LEAST_WINDOW_BYTES = 1 << 20;

static uint32_t mix(uint32_t seed, uint32_t i)
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

uint8_t pattern_byte(size_t index, uint32_t seed)
{
    return (uint8_t)(mix(seed, (uint32_t)(index / 4)) >> (8 * (index % 4)));
}

void pattern_fill(uint8_t *data, size_t bytes, uint32_t seed)
{
    uint32_t word = 0;
    for (size_t p = 0; p < bytes; p++) {
        word = p % 4 == 0 ? mix(seed, (uint32_t)(p / 4)) : word >> 8;
        data[p] = (uint8_t)word;
    }
}

size_t pattern_check(const uint8_t *data, size_t bytes, uint32_t seed, struct checksum *checksum)
{
    struct checksum sum = *checksum;
    uint32_t word = 0;
    for (size_t p = 0; p < bytes; p++) {
        word = p % 4 == 0 ? mix(seed, (uint32_t)(p / 4)) : word >> 8;
        if (data[p] != (uint8_t)word) {
            return p;
        }
        sum.a += data[p];
        sum.b += sum.a;
    }
    *checksum = sum;
    return bytes;
}
