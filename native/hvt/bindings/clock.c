#include "bindings.h"
#include "hypercall.h"
#include "solo5.h"

#define NS_PER_S 1000000000u

solo5_time_t solo5_clock_monotonic(void)
{
    /* Nanoseconds a cycle in 32.32 fixed point, and a product of 128 bits: never overflows. */
    static uint64_t ns_per_cycle;
    if (ns_per_cycle == 0) {
        ns_per_cycle = ((uint64_t)NS_PER_S << 32) / boot->cycles_hz;
    }
    return (uint64_t)((unsigned __int128)cpu_cycles() * ns_per_cycle >> 32);
}

solo5_time_t solo5_clock_wall(void)
{
    struct walltime_call call = {0};
    hypercall(HYPERCALL_WALLTIME, &call);
    return call.ns;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    solo5_time_t now = solo5_clock_monotonic();
    struct poll_call call = {.timeout_ns = deadline > now ? deadline - now : 0};
    hypercall(HYPERCALL_POLL, &call);
    if (ready_set != NULL) {
        *ready_set = call.ready_set;
    }
}
