#include "delay.h"

#include "platform.h"

static uint64_t turns;

/* One addition and one branch a turn; the compiler must leave each where it is. */
static inline __attribute__((always_inline)) void turn(uint64_t count)
{
    while (count > 0) {
        count--;
        __asm__ volatile("" : "+r"(count));
    }
}

bool delay_set(uint64_t delay_ns)
{
    enum { BATCHES = 100, TURNS = 100000 };
    uint64_t least_ns = UINT64_MAX;
    /* The least, because interruptions only ever add. */
    for (int batch = 0; batch < BATCHES; batch++) {
        uint64_t start_ns = clock_ns();
        turn(TURNS);
        uint64_t end_ns = clock_ns();
        if (end_ns < start_ns) {
            return false;
        }
        least_ns = end_ns - start_ns < least_ns ? end_ns - start_ns : least_ns;
    }
    turns = delay_ns * TURNS / (least_ns > 0 ? least_ns : 1);
    return true;
}

bool delay(void)
{
    turn(turns);
    return true;
}
