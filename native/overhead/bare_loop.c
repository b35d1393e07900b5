/*
 * The least that timing operations can cost: clock, COUNT operations on the first 4 KiB of FILE,
 * clock. Prints the elapsed nanoseconds. The clock is read outside the loop, as in the workload.
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
    return strcmp(operation, "write-sync") == 0 ? repeat_write_sync : NULL;
}

int main(int words, char **word)
{
    loop *repeat_operation = words == 4 ? loop_of(word[1]) : NULL;
    if (repeat_operation == NULL) {
        fprintf(stderr, "usage: bare_loop read|write|stamped-write|write-sync FILE COUNT\n");
        return EXIT_FAILURE;
    }
    int file = open(word[2], O_RDWR);
    if (file < 0) {
        perror(word[2]);
        return EXIT_FAILURE;
    }
    long count = atol(word[3]);
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
