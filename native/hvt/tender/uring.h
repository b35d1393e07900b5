/*
 * io_uring(7) by its system calls: submit all, wait for all. System calls that a ring makes do not
 * pass through the sandbox's filter; the ring has a narrower one of its own.
 */
#pragma once

#include "device.h"

/* Makes a ring that can read, write and flush these devices and do nothing else; its descriptor. */
int uring_start(const struct device *devices, size_t count);

/* Returns NULL, or why a transfer failed and which. */
const char *uring_transfer(const struct transfer *transfers, size_t count, size_t *failed);
