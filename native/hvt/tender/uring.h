/* io_uring(7) by its system calls: submit all, wait for all. */
#pragma once

#include "transfer.h"

void uring_start(void);

/* Returns NULL, or why a transfer failed and which. */
const char *uring_transfer(const struct transfer *transfers, size_t count, size_t *failed);
