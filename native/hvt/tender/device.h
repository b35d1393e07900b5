/* A backing file, and what is transferred to and from it. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../abi.h"

struct device {
    const char *path;
    int fd;
    uint64_t capacity_bytes;
    uint32_t block_bytes; /* 0: no device */
};

struct transfer {
    enum block_operation operation;
    const struct device *device;
    uint8_t *data;
    size_t bytes;
    uint64_t offset;
};

/* Requests of the ring, each with a flush behind it. */
#define TRANSFERS_MAX (2 * RING_ENTRIES)
