// To be preloaded (LD_PRELOAD): the time of day jumps by up to a day, back and forth, a thousand
// times a second, as a machine's does whose clock is set while it runs. CLOCK_MONOTONIC goes on.
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { DAY_SECONDS = 86400, JUMPS_PER_SECOND = 1000 };

static long jump(void)
{
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    unsigned long tick =
        now.tv_sec * JUMPS_PER_SECOND + now.tv_nsec / (1000000000 / JUMPS_PER_SECOND);
    unsigned long mixed = (tick + 1) * 0x9e3779b97f4a7c15UL;
    return (long)((mixed >> 32) % (2 * DAY_SECONDS)) - DAY_SECONDS;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    long result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += jump();
    return (int)result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    (void)zone;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *place)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place)
        *place = now.tv_sec;
    return now.tv_sec;
}
