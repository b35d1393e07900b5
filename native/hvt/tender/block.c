#include "block.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "counts.h"
#include "delay.h"
#include "fail.h"

void block_attach(struct block *block, struct manifest *manifest, size_t index, const char *path,
                  uint32_t block_bytes)
{
    struct manifest_entry *entry = &manifest->entries[index];
    struct device *device = &block->devices[index];
    *device = (struct device){
        .path = path,
        .fd = transfer_open(path),
        .block_bytes = block_bytes == 0 ? BLOCK_BYTES_MIN : block_bytes,
    };
    off_t capacity = lseek(device->fd, 0, SEEK_END);
    if (capacity == -1) {
        fail("%s: %s: capacity: %s", entry->name, path, strerror(errno));
    }
    device->capacity_bytes = (uint64_t)capacity;
    if (capacity == 0 || device->capacity_bytes % device->block_bytes != 0) {
        fail("%s: %s has %" PRIu64 " bytes, expected one or more blocks of %u", entry->name, path,
             device->capacity_bytes, device->block_bytes);
    }
    transfer_probe(device);
    entry->capacity_bytes = device->capacity_bytes;
    entry->block_bytes = (uint16_t)device->block_bytes;
    entry->attached = true;
}

static bool is_valid(const struct block *block, const struct block_request *request)
{
    if (request->handle >= MANIFEST_ENTRIES_MAX) {
        return false;
    }
    const struct device *device = &block->devices[request->handle];
    if (device->block_bytes == 0) {
        return false;
    }
    uint64_t max_bytes =
        block->max_bytes > device->block_bytes ? block->max_bytes : device->block_bytes;
    switch (request->operation) {
    case BLOCK_READ:
    case BLOCK_WRITE:
        return request->length > 0 && request->length <= max_bytes &&
               request->length % device->block_bytes == 0 &&
               request->offset % device->block_bytes == 0 &&
               request->offset <= device->capacity_bytes &&
               request->length <= device->capacity_bytes - request->offset;
    case BLOCK_FLUSH:
        return block->sync == BLOCK_SYNC_FLUSH;
    }
    return false; /* the ring carries any number */
}

static void count_request(enum block_operation operation)
{
    switch (operation) {
    case BLOCK_READ:
        counts_add(&counts.reads);
        return;
    case BLOCK_WRITE:
        counts_add(&counts.writes);
        return;
    case BLOCK_FLUSH:
        counts_add(&counts.flushes);
        return;
    }
}

void block_serve(const struct block *block, struct block_request *requests, size_t count)
{
    struct transfer transfers[TRANSFERS_MAX];
    size_t transfer_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct block_request *request = &requests[i];
        request->result = is_valid(block, request) ? RESULT_OK : RESULT_EINVAL;
        if (request->result != RESULT_OK) {
            continue;
        }
        count_request(request->operation);
        delay_at(DELAY_REQUEST);
        struct transfer transfer = {
            .operation = request->operation,
            .device = &block->devices[request->handle],
        };
        if (request->operation != BLOCK_FLUSH) {
            transfer.offset = request->offset;
            transfer.bytes = request->length;
            transfer.data = memory_at(block->memory, request->address, request->length,
                                      request->operation == BLOCK_READ ? PROT_WRITE : PROT_READ);
        }
        transfers[transfer_count++] = transfer;
        if (request->operation == BLOCK_WRITE && block->sync == BLOCK_SYNC_REQUEST) {
            transfers[transfer_count++] =
                (struct transfer){.operation = BLOCK_FLUSH, .device = transfer.device};
        }
        if (transfers[transfer_count - 1].operation == BLOCK_FLUSH) {
            delay_at(DELAY_FLUSH);
        }
    }
    transfer_all(transfers, transfer_count);
}

void block_call(const struct block *block, enum block_operation operation, uint64_t argument)
{
    struct block_call *call =
        memory_argument(block->memory, argument, sizeof *call, PROT_READ | PROT_WRITE);
    struct block_request request = {.operation = operation,
                                    .handle = call->handle,
                                    .offset = call->offset,
                                    .address = call->address,
                                    .length = call->length};
    block_serve(block, &request, 1);
    call->result = request.result;
}

void block_flush_call(const struct block *block, uint64_t argument)
{
    struct flush_call *call =
        memory_argument(block->memory, argument, sizeof *call, PROT_READ | PROT_WRITE);
    struct block_request request = {.operation = BLOCK_FLUSH, .handle = call->handle};
    block_serve(block, &request, 1);
    call->result = request.result;
}
