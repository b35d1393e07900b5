#include "fuzz.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../tender/fail.h"

enum { ALLOCATIONS_MAX = 64, FILES_MAX = 128 };

jmp_buf fuzz_failed;
static void *allocations[ALLOCATIONS_MAX];
static size_t allocation_count;
static int files[FILES_MAX];
static size_t file_count;

void fuzz_report(const char *finding)
{
    fprintf(stderr, "FINDING: %s\n", finding);
    abort();
}

void fail(const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (!fuzz_is_orderly(message)) {
        fuzz_report(message);
    }
    longjmp(fuzz_failed, 1);
}

static void *keep(void *allocation)
{
    FUZZ_CHECK(allocation_count < ALLOCATIONS_MAX);
    allocations[allocation_count++] = allocation;
    return allocation;
}

void fuzz_clean_up(void)
{
    while (allocation_count > 0) {
        free(allocations[--allocation_count]);
    }
    while (file_count > 0) {
        close(files[--file_count]);
    }
}

/* The seams, under the names that the tender's objects know. */
void *fuzz_malloc(size_t bytes);
void *fuzz_calloc(size_t count, size_t bytes);
void *fuzz_aligned_alloc(size_t alignment, size_t bytes);
void fuzz_free(void *allocation);
int fuzz_open(const char *path, int flags, ...);
int fuzz_close(int fd);
ssize_t fuzz_write(int fd, const void *data, size_t bytes);
int fuzz_clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
                         struct timespec *rest);

void *fuzz_malloc(size_t bytes)
{
    return keep(malloc(bytes));
}

void *fuzz_calloc(size_t count, size_t bytes)
{
    return keep(calloc(count, bytes));
}

/* The bounce buffer: to allocate it anew for each run would take most of the time. */
void *fuzz_aligned_alloc(size_t alignment, size_t bytes)
{
    static _Alignas(4096) uint8_t buffer[1 << 20];
    FUZZ_CHECK(alignment == 4096 && bytes == sizeof buffer);
    return buffer;
}

void fuzz_free(void *allocation)
{
    for (size_t i = 0; i < allocation_count; i++) {
        if (allocations[i] == allocation) {
            allocations[i] = allocations[--allocation_count];
            free(allocation);
            return;
        }
    }
    FUZZ_CHECK(allocation == NULL);
}

int fuzz_open(const char *path, int flags, ...)
{
    int fd = open(path, flags);
    if (fd != -1) {
        FUZZ_CHECK(file_count < FILES_MAX);
        files[file_count++] = fd;
    }
    return fd;
}

int fuzz_close(int fd)
{
    size_t i = 0;
    while (i < file_count && files[i] != fd) {
        i++;
    }
    FUZZ_CHECK(i < file_count);
    files[i] = files[--file_count];
    return close(fd);
}

/* The console: reads of every page that it is given, and shows nothing. */
ssize_t fuzz_write(int fd, const void *data, size_t bytes)
{
    FUZZ_CHECK(fd == STDOUT_FILENO);
    const volatile char *text = data;
    for (size_t i = 0; i < bytes; i += 4096) {
        (void)text[i];
    }
    (void)text[bytes - 1];
    return (ssize_t)bytes;
}

/* Sleeps may rightly take years. */
int fuzz_clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
                         struct timespec *rest)
{
    (void)rest;
    FUZZ_CHECK(clock == CLOCK_MONOTONIC && flags == 0);
    FUZZ_CHECK(request->tv_sec >= 0 && request->tv_nsec >= 0 && request->tv_nsec < 1000000000);
    return 0;
}
