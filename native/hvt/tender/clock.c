#include "clock.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "../abi.h"
#include "fail.h"

#define NS_PER_S 1000000000ull

void clock_walltime(const struct memory *memory, uint64_t argument)
{
    struct walltime_call *call = memory_argument(memory, argument, sizeof *call, PROT_WRITE);
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) == -1) {
        fail("clock_gettime: %s", strerror(errno));
    }
    call->ns = (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
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
