/*
 * The least that timing operations can cost: clock, COUNT operations on the first 4 KiB of FILE,
 * clock. Prints the elapsed nanoseconds. The clock is read outside the loop, as in the workload.
 */
#define _GNU_SOURCE

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../workload/pattern.h"

enum { BYTES = 4096 };

static _Alignas(BYTES) char data[BYTES];

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Where it can be seen, so that each reading is made. */
volatile int64_t last_reading_ns;

static int read_once(int file)
{
    return pread(file, data, BYTES, 0) == BYTES ? 0 : -1;
}

static int write_once(int file)
{
    return pwrite(file, data, BYTES, 0) == BYTES ? 0 : -1;
}

/* As the workload numbers what it writes. */
static int stamp_and_write_once(int file)
{
    static uint64_t number;
    pattern_stamp((uint8_t *)data, BYTES, pattern_stride(BYTES), ++number);
    return write_once(file);
}

static int write_and_sync_once(int file)
{
    return write_once(file) == 0 ? fsync(file) : -1;
}

/* fio reads the clock before and after each call, and once more to look how long its job has run.
 */
static int write_and_sync_clocked_once(int file)
{
    last_reading_ns = now_ns();
    last_reading_ns = now_ns();
    int done = write_once(file);
    last_reading_ns = now_ns();
    last_reading_ns = now_ns();
    last_reading_ns = now_ns();
    done = done == 0 ? fsync(file) : -1;
    last_reading_ns = now_ns();
    return done;
}

/* Inlined with a constant function, as the workload's loops are. */
static inline __attribute__((always_inline)) bool repeat(int file, long count, int (*once)(int))
{
    for (long n = 0; n < count; n++) {
        if (once(file) != 0) {
            return false;
        }
    }
    return true;
}

static bool repeat_read(int file, long count)
{
    return repeat(file, count, read_once);
}

static bool repeat_write(int file, long count)
{
    return repeat(file, count, write_once);
}

static bool repeat_stamped_write(int file, long count)
{
    return repeat(file, count, stamp_and_write_once);
}

static bool repeat_write_sync(int file, long count)
{
    return repeat(file, count, write_and_sync_once);
}

static bool repeat_write_sync_clocked(int file, long count)
{
    return repeat(file, count, write_and_sync_clocked_once);
}

/* fio's first process wakes so often, looks after its jobs and for a file, on the same processor
 * here. */
static bool repeat_write_sync_beside(int file, long count)
{
    pid_t other = fork();
    if (other == 0) {
        const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
        struct stat status;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) {
            waitpid(-1, NULL, WNOHANG);
            stat("/tmp/fio-dump-status", &status);
            nanosleep(&pause, NULL);
        }
    }
    bool done = other > 0 && repeat_write_sync(file, count);
    if (other > 0) {
        kill(other, SIGKILL);
        waitpid(other, NULL, 0);
    }
    return done;
}

typedef bool loop(int file, long count);

static loop *loop_of(const char *operation)
{
    if (strcmp(operation, "read") == 0) {
        return repeat_read;
    }
    if (strcmp(operation, "write") == 0) {
        return repeat_write;
    }
    if (strcmp(operation, "stamped-write") == 0) {
        return repeat_stamped_write;
    }
    if (strcmp(operation, "write-sync-clocked") == 0) {
        return repeat_write_sync_clocked;
    }
    if (strcmp(operation, "write-sync-beside") == 0) {
        return repeat_write_sync_beside;
    }
    if (strcmp(operation, "write-sync-warmed") == 0) {
        return repeat_write_sync;
    }
    return strcmp(operation, "write-sync") == 0 ? repeat_write_sync : NULL;
}

int main(int words, char **word)
{
    loop *repeat_operation = words == 4 ? loop_of(word[1]) : NULL;
    if (repeat_operation == NULL) {
        fprintf(stderr,
                "usage: bare_loop read|write|stamped-write|write-sync[-warmed|-clocked|-beside] "
                "FILE COUNT\n");
        return EXIT_FAILURE;
    }
    int file = open(word[2], O_RDWR);
    if (file < 0) {
        perror(word[2]);
        return EXIT_FAILURE;
    }
    long count = atol(word[3]);
    pattern_fill((uint8_t *)data, BYTES, 1); /* which no storage can compress, as the workload's */
    if (strcmp(word[1], "write-sync-warmed") == 0 && !repeat_write_sync(file, 1)) {
        perror(word[1]);
        return EXIT_FAILURE;
    }
    int64_t start_ns = now_ns();
    bool done = repeat_operation(file, count);
    int64_t end_ns = now_ns();
    if (!done) {
        perror(word[1]);
        return EXIT_FAILURE;
    }
    printf("%lld\n", (long long)(end_ns - start_ns));
    return EXIT_SUCCESS;
}
