/* The words of native/PROTOCOL.md, parsed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "operation.h"

struct words {
    enum operation operation;
    /* cache=cold */
    bool is_cold;
    /* Of one operation; and of the storage, a multiple of it. */
    uint64_t size_bytes;
    uint64_t file_bytes;
    uint64_t request_bytes;
    /* Of the longest request: request_bytes, but for the exercise. */
    uint64_t longest_bytes;
    uint64_t samples;
    uint64_t operations;
    uint64_t latency_operations;
    /* 32 bits. */
    uint64_t seed;
    /* Busy-wait that is added to each timed operation. */
    uint64_t delay_ns;
    /* 1: wait behind a last flush to be killed. */
    uint64_t hold;
    /* 1: say of each operation, untimed, that it is durable. */
    uint64_t acknowledge;
    /* 1: of a device whose host has not filled it. */
    uint64_t fill;
    const char *path;
};

/* Why words are refused: a code of the protocol, and the word (of a missing one: its key). */
struct refusal {
    const char *code;
    const char *detail;
};

/*
 * Parses `count` words into `words`, which keep pointing into them.
 * Returns false, and the first fault found in `refusal`, if they are not exactly as specified.
 */
bool words_parse(size_t count, const char *const *texts, struct words *words,
                 struct refusal *refusal);

const char *cache_name(bool is_cold);
