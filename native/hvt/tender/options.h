#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../abi.h"
#include "block.h"
#include "delay.h"

/* --block:NAME=PATH and --block-sector-size:NAME=BYTES of one device. */
struct attachment {
    const char *name;
    size_t name_length;
    const char *path;
    uint32_t block_bytes;
};

struct options {
    uint64_t memory_bytes;
    struct attachment attachments[MANIFEST_ENTRIES_MAX];
    size_t attachment_count;
    uint64_t block_max_bytes;
    enum block_sync block_sync;
    enum backend block_backend;
    bool block_ring;
    bool null_kick;
    /* By enum delay_point. */
    uint64_t delays_ns[DELAY_POINTS];
    bool counts;
    const char *unikernel;
    /* NULL-terminated. */
    char **unikernel_words;
};

/* Ends the tender if a word is not understood; with --help, after telling what it understands. */
struct options options_parse(char **words);
