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
    return pwrite(file, data, BYTES, 0) == BYTES ? fsync(file) : -1;
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

int main(int words, char **word)
{
    bool writes = words == 4 && strcmp(word[1], "write-sync") == 0;
    if (words != 4 || (!writes && strcmp(word[1], "read") != 0)) {
        fprintf(stderr, "usage: bare_loop read|write-sync FILE COUNT\n");
        return EXIT_FAILURE;
    }
    int file = open(word[2], O_RDWR);
    if (file < 0) {
        perror(word[2]);
        return EXIT_FAILURE;
    }
    long count = atol(word[3]);
    int64_t start_ns = now_ns();
    bool done = writes ? repeat(file, count, write_once) : repeat(file, count, read_once);
    int64_t end_ns = now_ns();
    if (!done) {
        perror(word[1]);
        return EXIT_FAILURE;
    }
    printf("%lld\n", (long long)(end_ns - start_ns));
    return EXIT_SUCCESS;
}
