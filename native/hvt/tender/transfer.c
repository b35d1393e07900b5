#include "transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counts.h"
#include "fail.h"
#include "uring.h"

#define BOUNCE_BYTES 0x100000u
#define BOUNCE_ALIGNMENT 0x1000u

static enum backend backend;

/* For direct transfers from and to addresses that are not aligned to a block. */
static uint8_t *bounce;

void transfer_start(enum backend chosen)
{
    backend = chosen;
    switch (backend) {
    case BACKEND_PREAD:
    case BACKEND_IO_URING:
        return;
    case BACKEND_DIRECT:
        bounce = aligned_alloc(BOUNCE_ALIGNMENT, BOUNCE_BYTES);
        if (bounce == NULL) {
            fail("no memory for direct transfers");
        }
        return;
    }
}

int transfer_uring(const struct device *devices, size_t count)
{
    return backend == BACKEND_IO_URING ? uring_start(devices, count) : -1;
}

int transfer_open(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | (backend == BACKEND_DIRECT ? O_DIRECT : 0));
    if (fd == -1 && errno == EINVAL && backend == BACKEND_DIRECT) {
        fail("%s: its file system has no direct I/O; choose another, or another --block-backend",
             path);
    }
    if (fd == -1) {
        fail("%s: could not open as a block device: %s", path, strerror(errno));
    }
    return fd;
}

void transfer_probe(const struct device *device)
{
    if (backend != BACKEND_DIRECT) {
        return;
    }
    if (pread(device->fd, bounce, device->block_bytes, 0) == -1) {
        fail("%s: direct read of a %u byte block: %s; give larger blocks with "
             "--block-sector-size:NAME=BYTES, or another --block-backend",
             device->path, device->block_bytes, strerror(errno));
    }
}

static noreturn void fail_transfer(const struct transfer *transfer, const char *reason)
{
    static const char *const names[] = {"read", "write", "flush"};
    fail("%s: block %s of %zu bytes at offset %" PRIu64 ": %s", transfer->device->path,
         names[transfer->operation], transfer->bytes, transfer->offset, reason);
}

static void transfer_piece(const struct transfer *transfer, uint8_t *data, size_t bytes,
                           uint64_t offset)
{
    ssize_t done;
    counts_add(&counts.transfers);
    do {
        done = transfer->operation == BLOCK_READ
                   ? pread(transfer->device->fd, data, bytes, (off_t)offset)
                   : pwrite(transfer->device->fd, data, bytes, (off_t)offset);
    } while (done == -1 && errno == EINTR);
    if (done != (ssize_t)bytes) {
        fail_transfer(transfer, done == -1 ? strerror(errno) : "the host stopped short");
    }
}

static void transfer_bounced(const struct transfer *transfer)
{
    for (size_t done = 0; done < transfer->bytes;) {
        size_t rest = transfer->bytes - done;
        size_t piece = rest < BOUNCE_BYTES ? rest : BOUNCE_BYTES;
        if (transfer->operation == BLOCK_WRITE) {
            memcpy(bounce, transfer->data + done, piece);
        }
        transfer_piece(transfer, bounce, piece, transfer->offset + done);
        if (transfer->operation == BLOCK_READ) {
            memcpy(transfer->data + done, bounce, piece);
        }
        done += piece;
    }
}

static void transfer_one(const struct transfer *transfer)
{
    if (transfer->operation == BLOCK_FLUSH) {
        counts_add(&counts.syncs);
        if (fdatasync(transfer->device->fd) == -1) {
            fail_transfer(transfer, strerror(errno));
        }
    } else if (backend == BACKEND_DIRECT &&
               (uintptr_t)transfer->data % transfer->device->block_bytes != 0) {
        transfer_bounced(transfer);
    } else {
        transfer_piece(transfer, transfer->data, transfer->bytes, transfer->offset);
    }
}

static void transfer_by_uring(const struct transfer *transfers, size_t count)
{
    size_t failed = 0;
    const char *reason = uring_transfer(transfers, count, &failed);
    if (reason != NULL) {
        fail_transfer(&transfers[failed], reason);
    }
}

void transfer_all(const struct transfer *transfers, size_t count)
{
    /* A guest may use the ring and hypercalls at once; bounce buffer and io_uring are for one. */
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    if (backend == BACKEND_IO_URING && count > 0) {
        transfer_by_uring(transfers, count);
    }
    for (size_t i = 0; backend != BACKEND_IO_URING && i < count; i++) {
        transfer_one(&transfers[i]);
    }
    pthread_mutex_unlock(&mutex);
}
