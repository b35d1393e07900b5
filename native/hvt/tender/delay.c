#include "delay.h"

#include "clock.h"

static uint64_t delays_ns[DELAY_POINTS];

void delay_set(enum delay_point point, uint64_t ns)
{
    delays_ns[point] = ns;
}

void delay_at(enum delay_point point)
{
    uint64_t delay_ns = delays_ns[point];
    if (delay_ns == 0) {
        return;
    }
    uint64_t start_ns = clock_monotonic();
    while (clock_monotonic() - start_ns < delay_ns) {
    }
}
