/*
 * The seam between the workload and what it runs on.
 *
 * Everything above it (all files of this folder but platform_*.c) is freestanding: no libc, no
 * floating point, no allocation, no errno. A platform implements this header, provides memcpy,
 * memmove, memset and memcmp (which the compiler may call), turns its command line into words and
 * calls workload(). There is one storage, opened once and never closed.
 *
 * A storage function that returns false (or STORAGE_FAILED) has left the reason in storage_error().
 * storage_read, storage_write, storage_sync and the null requests are what is timed: nothing but
 * the platform's own call and the check of its result belongs in them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct words;

enum storage_state {
    STORAGE_FAILED,
    /* The guest fills it. */
    STORAGE_EMPTY,
    /* The host has filled it; the guest only checks. */
    STORAGE_FILLED,
};

/* Whether there is a file system, and so `path` a word and `files` an operation of this platform.
 */
extern const bool platform_takes_path;

/* Opens words->path, or the one device there is, for words->file_bytes in words->request_bytes. */
enum storage_state storage_open(const struct words *words);

/*
 * Transfer exactly `bytes`, which lie within the size that was opened; a short transfer fails. They
 * are a multiple of requests: one in the timed loop, at most a window elsewhere.
 */
bool storage_read(uint64_t offset, uint8_t *data, size_t bytes);
bool storage_write(uint64_t offset, const uint8_t *data, size_t bytes);

/* Makes all writes durable. Where writes are durable when they return, there is nothing to do. */
bool storage_sync(void);

/* Makes the data of all writes durable, of the file's attributes what it takes to find it. */
bool storage_sync_data(void);

/*
 * Null requests go to whoever serves the storage, and transfer nothing: the host's time; a read at
 * the storage's end, of `bytes` or one block; a signal that nobody waits for. They fail as a
 * storage function does.
 */
bool null_clock(void);
bool null_read(uint8_t *data, size_t bytes);
bool null_kick(void);

/* Requests that are wrong. */
enum fault {
    FAULT_BEYOND_END,
    FAULT_ACROSS_END,
    FAULT_MISALIGNED,
    FAULT_SHORT,
    FAULT_LONG,
    FAULT_EMPTY,
    FAULT_WRAPPING,
    FAULT_COUNT,
};

/*
 * Asks for one request that is wrong in this way. Whether it was refused; true, too, where this
 * platform has no such request, or none that must be refused.
 */
bool storage_refuses(enum fault fault, bool writes);

/*
 * Drops what the guest's kernel caches of the storage, all of which is durable. Fails where any of
 * it stays, or where that cannot be told.
 */
bool storage_drop_cache(void);

/*
 * Files beside the storage, each named by a number, in a directory of their own that storage_open
 * has made for OPERATION_FILES; timed, too. files_create: a new one, durable and closed.
 * files_find: by its name, that it has so many bytes. files_list: that there are so many of them,
 * and no other. files_read: opened anew. files_end removes the directory, which must be empty.
 */
bool files_create(uint64_t number, const uint8_t *data, size_t bytes);
bool files_find(uint64_t number, size_t bytes);
bool files_list(uint64_t count);
bool files_read(uint64_t number, uint8_t *data, size_t bytes);
bool files_remove(uint64_t number);
bool files_end(void);

/* Waits to be killed. */
_Noreturn void platform_wait(void);

/* One line: the call that failed and why. Valid after a failure only. */
const char *storage_error(void);

/* A clock that is not set while the guest runs. */
uint64_t clock_ns(void);

/* Hands one whole line, its line feed included, to the console at once. */
void console_print(const char *text, size_t bytes);

/* Memory aligned to a page, never freed; NULL if there is too little. */
void *memory_allocate(size_t bytes);
