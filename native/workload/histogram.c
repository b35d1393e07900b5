#include "histogram.h"

#include <stddef.h>

static size_t bucket_of(uint64_t value)
{
    if (value < 16) {
        return value;
    }
    unsigned exponent = 63 - (unsigned)__builtin_clzll(value);
    return 16 * (exponent - 3) + ((value >> (exponent - 4)) - 16);
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    histogram->counts[bucket_of(value)]++;
}
