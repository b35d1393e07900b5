/*
 * What each operation is, a row each: whoever must tell operations apart asks here.
 * fixtures/operations.ts is the same table for the host.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Of the storage, an operation is at all of it, at the next place, or at one that is drawn. */
enum order { ORDER_WHOLE, ORDER_NEXT, ORDER_SHUFFLED };

/* X(NAME, word, whether it changes the storage, order, its loop, its loop with a delay, its check)
 */
#define OPERATIONS(X)                                                                              \
    X(READ, "read", false, ORDER_WHOLE, repeat_read, repeat_read_delayed, contents_check)          \
    X(WRITE, "write", true, ORDER_WHOLE, repeat_write, repeat_write_delayed, contents_check)       \
    X(WRITE_SYNC, "write-sync", true, ORDER_WHOLE, repeat_write_sync, repeat_write_sync_delayed,   \
      contents_check)                                                                              \
    X(RANDOM_READ, "random-read", false, ORDER_SHUFFLED, random_read, random_read_delayed,         \
      contents_check)                                                                              \
    X(RANDOM_WRITE, "random-write", true, ORDER_SHUFFLED, random_write, random_write_delayed,      \
      contents_check)                                                                              \
    X(MIXED, "mixed", true, ORDER_SHUFFLED, mixed, mixed_delayed, contents_check)                  \
    X(COMMIT, "commit", true, ORDER_NEXT, commit, commit_delayed, contents_check)                  \
    X(FILES, "files", false, ORDER_WHOLE, files, files_delayed, files_check)                       \
    X(EXERCISE, "exercise", true, ORDER_WHOLE, exercise, exercise, exercise_check)                 \
    X(NULL_LOOP, "null-loop", false, ORDER_WHOLE, repeat_nothing, repeat_nothing_delayed,          \
      contents_check)                                                                              \
    X(NULL_CLOCK, "null-clock", false, ORDER_WHOLE, repeat_clock, repeat_clock_delayed,            \
      contents_check)                                                                              \
    X(NULL_READ, "null-read", false, ORDER_WHOLE, repeat_end, repeat_end_delayed, contents_check)  \
    X(NULL_KICK, "null-kick", false, ORDER_WHOLE, repeat_kick, repeat_kick_delayed, contents_check)

#define OPERATION_OF(name, ...) OPERATION_##name,

enum operation { OPERATIONS(OPERATION_OF) OPERATION_COUNT };

/* The operation's word on the command line. */
const char *operation_name(enum operation operation);

/* Whether what the storage holds before the first operation differs from what it holds then. */
bool operation_writes(enum operation operation);

enum order operation_order(enum operation operation);

struct words;
struct checksum;

/*
 * Does `count` operations on the words' size and request, with `window` (window_bytes long, a
 * multiple of the request) as the data. They are numbered from `first` on, the boot's first is 1.
 * Returns false if one failed, and has printed why.
 */
typedef bool operation_loop(const struct words *words, uint8_t *window, uint64_t window_bytes,
                            uint64_t first, uint64_t count);

/*
 * Reads everything back, compares it with what the first `done` operations must have left, and
 * computes the checksum, which is NULL where nobody needs one. Returns false if it failed, and has
 * printed why.
 */
typedef bool operation_check(const struct words *words, uint8_t *window, uint64_t window_bytes,
                             uint64_t done, struct checksum *checksum);
