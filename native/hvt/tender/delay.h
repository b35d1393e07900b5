/*
 * Busy-waits of a known length, to be found again in what a guest measures: an operation takes as
 * many of them longer as it has exits, requests or flushes.
 */
#pragma once

#include <stdint.h>

enum delay_point {
    /* Behind each return of KVM_RUN. */
    DELAY_EXIT,
    /* Before each request that is valid. */
    DELAY_REQUEST,
    /* Before each flush of a backing file, whoever asks for it. */
    DELAY_FLUSH,
    DELAY_POINTS,
};

#define DELAY_NS_MAX 1000000000u

/* Before the guest runs. 0, as it is before, is no wait. */
void delay_set(enum delay_point point, uint64_t ns);

/*
 * Waits that long by the monotonic clock, and then up to one more reading of it: longer by the same
 * whatever its length, so that two lengths tell the count.
 */
void delay_at(enum delay_point point);
