#include "delay.h"

#include "platform.h"

/* What stands behind it begins when all before it is done: Linux's own, before it reads a clock. */
#if defined __aarch64__
#define WAIT_FOR_ALL "isb"
#elif defined __wasm__
#define WAIT_FOR_ALL "" /* it has none */
#else
#define WAIT_FOR_ALL "lfence"
#endif

static uint64_t turns;

/* Each product waits for the one before it, and for no branch: a turn is a multiplication long. */
__attribute__((noinline)) bool delay(void)
{
    uint64_t product = 1;
    for (uint64_t turn = 0; turn < turns; turn++) {
        product *= product;
        __asm__ volatile("" : "+r"(product));
    }
    __asm__ volatile(WAIT_FOR_ALL : : : "memory");
    return true;
}

enum { BATCHES = 100, CALLS = 100, TURNS = 200, ENOUGH_NS = 100000000 };

/*
 * Nanoseconds of CALLS calls, the least of many batches: interruptions only ever add. An emulated
 * processor would take seconds for all of them.
 */
static uint64_t time_calls(uint64_t turns_of_each)
{
    uint64_t least_ns = UINT64_MAX;
    uint64_t spent_ns = 0;
    turns = turns_of_each;
    for (int batch = 0; batch < BATCHES && spent_ns < ENOUGH_NS; batch++) {
        uint64_t start_ns = clock_ns();
        for (int call = 0; call < CALLS; call++) {
            delay();
        }
        uint64_t elapsed_ns = clock_ns() - start_ns;
        least_ns = elapsed_ns < least_ns ? elapsed_ns : least_ns;
        spent_ns += elapsed_ns;
    }
    return least_ns;
}

bool delay_set(uint64_t delay_ns)
{
    uint64_t empty_ns = time_calls(0);
    uint64_t full_ns = time_calls(TURNS);
    uint64_t rest_ns = delay_ns > empty_ns / CALLS ? delay_ns - empty_ns / CALLS : 0;
    turns = full_ns > empty_ns ? rest_ns * CALLS * TURNS / (full_ns - empty_ns) : 0;
    return full_ns > empty_ns;
}
