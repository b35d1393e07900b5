/* Log-linear latency histogram, 16 buckets an octave (native/PROTOCOL.md). */
#pragma once

#include <stdint.h>

/* The bucket of UINT64_MAX is 16 * (63 - 3) + 15. */
enum { HISTOGRAM_BUCKETS = 976 };

struct histogram {
    uint32_t counts[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, uint64_t value);
