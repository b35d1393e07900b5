#define _DEFAULT_SOURCE
#define _FILE_OFFSET_BITS 64

#include "platform_posix.h"

#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifndef __wasi__ /* which knows no signals, no mappings, no file systems, and no kernel */
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#endif

#include "words.h"
#include "workload.h"

enum { PAGE_BYTES = 4096 };

const bool platform_takes_path = true;

static int file;
static size_t file_bytes;
/* Behind the last byte of the file, or of the device that it is. */
static off_t end;
/* Of the null kick, -1 without. */
static int signal_file = -1;
static char error[256];

COLD bool failed_because(const char *call, const char *reason)
{
    snprintf(error, sizeof error, "%s: %s", call, reason);
    return false;
}

COLD bool failed(const char *call)
{
    return failed_because(call, strerror(errno));
}

COLD static bool failed_short(const char *call, ssize_t done, size_t bytes)
{
    snprintf(error, sizeof error, "%s: %zd of %zu bytes", call, done, bytes);
    return false;
}

/* Whether the page cache, which is all that can be dropped and asked, is all that there is. */
static bool can_be_cold(void)
{
#ifdef __wasi__
    snprintf(error, sizeof error, "cold: WASI tells nothing of what is cached");
    return false;
#else
    const long zfs_magic = 0x2fc12fc1;
    struct statfs system;
    if (fstatfs(file, &system) < 0) {
        return failed("fstatfs");
    }
    if (system.f_type == zfs_magic) {
        snprintf(error, sizeof error, "cold: ZFS has a cache of its own, and tells nothing of it");
        return false;
    }
    return true;
#endif
}

static bool open_signal(void)
{
#ifdef __wasi__
    return failed_because("null-kick", "WASI has nothing to kick");
#else
    signal_file = eventfd(0, EFD_CLOEXEC);
    return signal_file >= 0 || failed("eventfd");
#endif
}

enum storage_state storage_open(const struct words *words)
{
    struct stat status;
    file_bytes = words->file_bytes;
    file = open(words->path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) {
        failed("open");
        return STORAGE_FAILED;
    }
    if (fstat(file, &status) < 0) {
        failed("fstat");
        return STORAGE_FAILED;
    }
    if (words->is_cold && !can_be_cold()) {
        return STORAGE_FAILED;
    }
    bool is_device = S_ISBLK(status.st_mode);
    if (!is_device && ftruncate(file, (off_t)words->file_bytes) < 0) {
        failed("ftruncate");
        return STORAGE_FAILED;
    }
    end = lseek(file, 0, SEEK_END);
    if (end < 0) {
        failed("lseek");
        return STORAGE_FAILED;
    }
    if (words->operation == OPERATION_NULL_KICK && !open_signal()) {
        return STORAGE_FAILED;
    }
    if (words->operation == OPERATION_FILES && !files_begin(words->path)) {
        return STORAGE_FAILED;
    }
    return is_device && words->fill == 0 ? STORAGE_FILLED : STORAGE_EMPTY;
}

bool storage_read(uint64_t offset, uint8_t *data, size_t bytes)
{
    ssize_t done = pread(file, data, bytes, (off_t)offset);
    if (done == (ssize_t)bytes) {
        return true;
    }
    return done < 0 ? failed("pread") : failed_short("pread", done, bytes);
}

COLD static bool write_failed(uint64_t offset, const uint8_t *data, size_t bytes, ssize_t done)
{
    /* A short write tells no reason; the write of the rest does. */
    if (done >= 0 && pwrite(file, data + done, bytes - (size_t)done, (off_t)offset + done) >= 0) {
        return failed_short("pwrite", done, bytes);
    }
    return failed("pwrite");
}

bool storage_write(uint64_t offset, const uint8_t *data, size_t bytes)
{
    ssize_t done = pwrite(file, data, bytes, (off_t)offset);
    return done == (ssize_t)bytes || write_failed(offset, data, bytes, done);
}

/* The system call: a clock that is read without one says nothing of a request. */
bool null_clock(void)
{
#ifdef __wasi__
    return failed_because("null-clock", "WASI has no system calls");
#else
    struct timespec now;
    return syscall(SYS_clock_gettime, CLOCK_REALTIME, &now) == 0 || failed("clock_gettime");
#endif
}

bool null_read(uint8_t *data, size_t bytes)
{
    ssize_t done = pread(file, data, bytes, end);
    if (done == 0) {
        return true;
    }
    return done < 0 ? failed("pread at the end") : failed_short("pread at the end", done, 0);
}

bool null_kick(void)
{
    const uint64_t one = 1;
    return write(signal_file, &one, sizeof one) == sizeof one || failed("write to an eventfd");
}

/*
 * A file has no blocks, grows when it is written beyond its end, and takes a part of what reaches
 * across it. What must be refused is a read where nothing is, and an offset that is none.
 */
bool storage_refuses(enum fault fault, bool writes)
{
    uint8_t two_bytes[2] = {0};
    off_t end = lseek(file, 0, SEEK_END);
    switch (fault) {
    case FAULT_BEYOND_END:
        return writes || pread(file, two_bytes, 2, end) == 0;
    case FAULT_ACROSS_END:
        return writes || pread(file, two_bytes, 2, end - 1) == 1;
    case FAULT_WRAPPING:
        return (writes ? pwrite(file, two_bytes, 1, -1) : pread(file, two_bytes, 1, -1)) == -1;
    case FAULT_MISALIGNED:
    case FAULT_SHORT:
    case FAULT_LONG:
    case FAULT_EMPTY:
        return true;
    case FAULT_COUNT:
        break;
    }
    return false;
}

bool storage_sync(void)
{
    return fsync(file) == 0 || failed("fsync");
}

bool storage_sync_data(void)
{
    return fdatasync(file) == 0 || failed("fdatasync");
}

/* Pages of the file that are in the page cache; -1 if that cannot be told. */
static long count_cached(void)
{
#ifdef __wasi__
    return -1;
#else
    size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    size_t pages = (file_bytes + page_bytes - 1) / page_bytes;
    unsigned char *cached = calloc(pages, 1);
    void *mapped = mmap(NULL, file_bytes, PROT_READ, MAP_SHARED, file, 0);
    long count = -1;
    if (cached != NULL && mapped != MAP_FAILED && mincore(mapped, file_bytes, cached) == 0) {
        count = 0;
        for (size_t page = 0; page < pages; page++) {
            count += cached[page] & 1;
        }
    }
    if (mapped != MAP_FAILED) {
        munmap(mapped, file_bytes);
    }
    free(cached);
    return count;
#endif
}

bool storage_drop_cache(void)
{
    errno = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (errno != 0) {
        return failed("posix_fadvise");
    }
    /* It is advice: a file system that lives in memory, for one, keeps everything. */
    long cached = count_cached();
    if (cached < 0) {
        return failed("mincore");
    }
    if (cached > 0) {
        snprintf(error, sizeof error, "posix_fadvise: %ld pages stay cached", cached);
    }
    return cached == 0;
}

_Noreturn void platform_wait(void)
{
    for (;;) {
        sleep(UINT_MAX); /* WASI has no pause() */
    }
}

const char *storage_error(void)
{
    return error;
}

uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void console_print(const char *text, size_t bytes)
{
    while (bytes > 0) {
        ssize_t done = write(STDOUT_FILENO, text, bytes);
        if (done < 0) {
            perror("workload: stdout");
            exit(EXIT_FAILURE);
        }
        text += done;
        bytes -= (size_t)done;
    }
}

void *memory_allocate(size_t bytes)
{
    void *memory;
    return posix_memalign(&memory, PAGE_BYTES, bytes) == 0 ? memory : NULL;
}

int main(int count, char **words)
{
#ifndef __wasi__
    /* A file size limit is then EFBIG, a storage failure like any other, and no sudden death. */
    signal(SIGXFSZ, SIG_IGN);
#endif
    return workload((size_t)count - 1, (const char *const *)words + 1) ? EXIT_SUCCESS
                                                                       : EXIT_FAILURE;
}
