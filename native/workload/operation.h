/*
 * What each operation is, a row each: whoever must tell operations apart asks here.
 * fixtures/operations.ts is the same table for the host.
 */
#pragma once

#include <stdbool.h>

/* X(NAME, word, whether it changes the storage, its loop, its loop with a delay, its check) */
#define OPERATIONS(X)                                                                              \
    X(READ, "read", false, repeat_read, repeat_read_delayed, contents_check)                       \
    X(WRITE, "write", true, repeat_write, repeat_write_delayed, contents_check)                    \
    X(WRITE_SYNC, "write-sync", true, repeat_write_sync, repeat_write_sync_delayed,                \
      contents_check)                                                                              \
    X(EXERCISE, "exercise", true, exercise, exercise, exercise_check)

#define OPERATION_OF(name, ...) OPERATION_##name,

enum operation { OPERATIONS(OPERATION_OF) OPERATION_COUNT };

/* The operation's word on the command line. */
const char *operation_name(enum operation operation);

/* Whether what the storage holds before the first operation differs from what it holds then. */
bool operation_writes(enum operation operation);
