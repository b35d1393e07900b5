#include "clock.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "../abi.h"
#include "fail.h"

#define NS_PER_S 1000000000ull

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) == -1) {
        fail("clock_gettime: %s", strerror(errno));
    }
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

uint64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void clock_walltime(const struct memory *memory, uint64_t argument)
{
    struct walltime_call *call = memory_argument(memory, argument, sizeof *call, PROT_WRITE);
    call->ns = read_clock(CLOCK_REALTIME);
}

void clock_poll(const struct memory *memory, uint64_t argument)
{
    struct poll_call *call =
        memory_argument(memory, argument, sizeof *call, PROT_READ | PROT_WRITE);
    struct timespec rest = {
        .tv_sec = (time_t)(call->timeout_ns / NS_PER_S),
        .tv_nsec = (long)(call->timeout_ns % NS_PER_S),
    };
    int error;
    do {
        error = clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest);
    } while (error == EINTR);
    if (error != 0) {
        fail("clock_nanosleep: %s", strerror(error));
    }
    call->ready_set = 0;
    call->result = 0;
}
