/*
 * The least that timing reads can cost: clock, COUNT reads of the first 4 KiB of FILE, clock.
 * Prints the elapsed nanoseconds. The clock is read outside the loop, as in the workload.
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

int main(int words, char **word)
{
    if (words != 3) {
        fprintf(stderr, "usage: pread_loop FILE COUNT\n");
        return EXIT_FAILURE;
    }
    int file = open(word[1], O_RDONLY);
    if (file < 0) {
        perror(word[1]);
        return EXIT_FAILURE;
    }
    long count = atol(word[2]);
    int64_t start_ns = now_ns();
    for (long n = 0; n < count; n++) {
        if (pread(file, data, BYTES, 0) != BYTES) {
            perror("pread");
            return EXIT_FAILURE;
        }
    }
    printf("%lld\n", (long long)(now_ns() - start_ns));
    return EXIT_SUCCESS;
}
