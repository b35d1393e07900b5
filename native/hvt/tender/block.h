/* Block devices: the one place where a guest's request is checked before it reaches the host. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../abi.h"
#include "memory.h"
#include "transfer.h"

enum block_sync {
    /* As Solo5: writes reach the host's page cache, no more. */
    BLOCK_SYNC_NEVER,
    /* As the study's modified tender: every write is durable before it completes. */
    BLOCK_SYNC_REQUEST,
    /* The guest decides, by the flush hypercall. */
    BLOCK_SYNC_FLUSH,
};

#define BLOCK_BYTES_MIN 512u
#define BLOCK_BYTES_MAX 32768u /* the greatest power of two in the manifest's 16 bits */

/* All block devices of a guest; a device's index is its handle. */
struct block {
    const struct memory *memory;
    enum block_sync sync;
    /* Bytes of the largest request; where it is less than a block, one block. */
    uint64_t max_bytes;
    struct device devices[MANIFEST_ENTRIES_MAX];
};

struct block_request {
    enum block_operation operation;
    uint64_t handle, offset, address, length;
    enum result result;
};

/*
 * Opens `path` as the device of the manifest's entry, which it completes. `block_bytes` is 0 for
 * the default, or a power of two within the limits above.
 */
void block_attach(struct block *block, struct manifest *manifest, size_t index, const char *path,
                  uint32_t block_bytes);

/* Serves up to RING_ENTRIES requests and sets their results. Ends the guest if the host fails. */
void block_serve(const struct block *block, struct block_request *requests, size_t count);

/* The hypercalls. */
void block_call(const struct block *block, enum block_operation operation, uint64_t argument);
void block_flush_call(const struct block *block, uint64_t argument);
