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

/* The four bytes of which `position` is one, the lowest first. */
static uint32_t word_at(uint64_t position, struct pattern pattern)
{
    uint32_t word = pattern_mix(pattern.seed, (uint32_t)(position / 4));
    return position % STAMP_STRIDE_BYTES < 4 ? word ^ pattern.stamp : word;
}

uint8_t pattern_byte(uint64_t position, struct pattern pattern)
{
    return (uint8_t)(word_at(position, pattern) >> (8 * (position % 4)));
}

static uint32_t load(const uint8_t *data)
{
    uint32_t word;
    __builtin_memcpy(&word, data, sizeof word);
    return word;
}

/* Of the bytes that the word at `position` still has, as many as there is room for. */
static size_t rest_of_word(uint64_t position, size_t room_bytes)
{
    size_t rest_bytes = 4 - position % 4;
    return rest_bytes < room_bytes ? rest_bytes : room_bytes;
}

/* Whole words at once: an emulated processor takes microseconds for a byte. */
void pattern_fill(uint8_t *data, size_t bytes, uint64_t position, struct pattern pattern)
{
    size_t step;
    for (size_t i = 0; i < bytes; i += step) {
        uint32_t word = word_at(position + i, pattern) >> (8 * ((position + i) % 4));
        step = rest_of_word(position + i, bytes - i);
        if (step == 4) {
            __builtin_memcpy(data + i, &word, 4);
            continue;
        }
        for (size_t k = 0; k < step; k++) {
            data[i + k] = (uint8_t)(word >> (8 * k));
        }
    }
}

size_t pattern_check(const uint8_t *data, size_t bytes, struct pattern pattern,
                     struct checksum *checksum)
{
    for (size_t p = 0; p < bytes;) {
        size_t step = rest_of_word(p, bytes - p);
        if (step == 4 && load(data + p) == word_at(p, pattern)) {
            p += 4;
            continue;
        }
        for (size_t end = p + step; p < end; p++) {
            if (data[p] != pattern_byte(p, pattern)) {
                return p;
            }
        }
    }
    checksum_add(checksum, data, bytes);
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
