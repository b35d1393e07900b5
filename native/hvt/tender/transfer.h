/* How the host carries a request out; what is here has been checked. */
#pragma once

#include <stddef.h>

#include "device.h"

enum backend {
    /* As Solo5: pread and pwrite through the host's page cache. */
    BACKEND_PREAD,
    /* pread and pwrite past the page cache (O_DIRECT). */
    BACKEND_DIRECT,
    /* Through the page cache, one system call for all requests that are there. */
    BACKEND_IO_URING,
};

/* Chooses the backend; before transfer_open. */
void transfer_start(enum backend backend);

/* Opens a backing file for reading and writing; returns its descriptor. */
int transfer_open(const char *path);

/*
 * Of the io_uring through which these devices, at which their handles index, will be reached; -1
 * with another backend. Before the first transfer.
 */
int transfer_uring(const struct device *devices, size_t count);

/* Ends the guest unless the backend can transfer single blocks of this device. */
void transfer_probe(const struct device *device);

/*
 * Carries all out and returns when they are complete. A flush comes after what stands before it;
 * otherwise the order is not defined. Ends the guest if the host fails one.
 */
void transfer_all(const struct transfer *transfers, size_t count);
