#include "bindings.h"
#include "hvt_block.h"
#include "hypercall.h"
#include "solo5.h"

/* How often to look for a completion before asking the tender to wait: some exits' worth. */
enum { LOOKS = 1000 };

static const struct manifest *manifest(void)
{
    return (const struct manifest *)boot->manifest;
}

/* The device of a handle; NULL if there is none. */
static const struct manifest_entry *device_of(solo5_handle_t handle)
{
    if (handle >= manifest()->entry_count || manifest()->entries[handle].type != DEVICE_BLOCK) {
        return NULL;
    }
    return &manifest()->entries[handle];
}

static uint64_t request_max_bytes(const struct manifest_entry *device)
{
    uint64_t block_bytes = device->block_bytes;
    if (!boot_offers(FEATURE_BLOCK_MAX) || boot->block_max_bytes < block_bytes) {
        return block_bytes;
    }
    return boot->block_max_bytes & -block_bytes;
}

/* One exit a request. */
static solo5_result_t serve_by_hypercalls(enum hypercall number, solo5_handle_t handle,
                                          solo5_off_t offset, const uint8_t *buf, uint64_t size,
                                          uint64_t request_bytes)
{
    struct block_call call;
    call.handle = handle;
    call.offset = offset;
    call.address = (uintptr_t)buf;
    for (;;) {
        call.length = size < request_bytes ? size : request_bytes;
        hypercall(number, &call);
        size -= call.length;
        if (size == 0 || call.result != RESULT_OK) {
            return (solo5_result_t)call.result;
        }
        call.offset += call.length;
        call.address += call.length;
    }
}

static void ring_await(struct block_ring *ring, uint32_t completed)
{
    for (int look = 0; look < LOOKS; look++) {
        if (ring->completed == completed) {
            return;
        }
        cpu_relax();
    }
    struct ring_wait_call call = {.completed = completed};
    hypercall(HYPERCALL_RING_WAIT, &call);
}

/* Submits the `count` entries behind those submitted before; returns their first failure. */
static solo5_result_t ring_serve(struct block_ring *ring, uint32_t count)
{
    uint32_t first = ring->submitted;
    ring->submitted = first + count;
    if (ring->asleep) {
        hypercall(HYPERCALL_RING_KICK, NULL);
    }
    ring_await(ring, first + count);
    for (uint32_t i = 0; i < count; i++) {
        int32_t result = ring->entries[(first + i) % RING_ENTRIES].result;
        if (result != RESULT_OK) {
            return (solo5_result_t)result;
        }
    }
    return SOLO5_R_OK;
}

/* As many requests as the ring holds are on their way at once. */
static solo5_result_t serve_by_ring(struct ring_entry entry, uint64_t size, uint64_t request_bytes)
{
    struct block_ring *ring = (struct block_ring *)boot->block_ring;
    for (;;) {
        uint32_t count = 0;
        do {
            entry.length = (uint32_t)(size < request_bytes ? size : request_bytes);
            ring->entries[(ring->submitted + count++) % RING_ENTRIES] = entry;
            entry.offset += entry.length;
            entry.address += entry.length;
            size -= entry.length;
        } while (size > 0 && count < RING_ENTRIES);
        solo5_result_t result = ring_serve(ring, count);
        if (size == 0 || result != SOLO5_R_OK) {
            return result;
        }
    }
}

static solo5_result_t transfer(enum block_operation operation, solo5_handle_t handle,
                               solo5_off_t offset, const uint8_t *buf, size_t size,
                               bool in_one_request)
{
    const struct manifest_entry *device = device_of(handle);
    if (device == NULL || size == 0 || ((size | offset) & (device->block_bytes - 1u)) != 0) {
        return SOLO5_R_EINVAL;
    }
    uint64_t request_bytes = request_max_bytes(device);
    if (in_one_request && size > request_bytes) {
        return SOLO5_R_EINVAL;
    }
    if (boot_offers(FEATURE_BLOCK_RING)) {
        struct ring_entry entry = {.operation = operation,
                                   .handle = (uint32_t)handle,
                                   .offset = offset,
                                   .address = (uintptr_t)buf};
        return serve_by_ring(entry, size, request_bytes);
    }
    return serve_by_hypercalls(operation == BLOCK_READ ? HYPERCALL_BLOCK_READ
                                                       : HYPERCALL_BLOCK_WRITE,
                               handle, offset, buf, size, request_bytes);
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    return transfer(BLOCK_WRITE, handle, offset, buf, size, true);
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    return transfer(BLOCK_READ, handle, offset, buf, size, true);
}

bool hvt_block_offers_more(void)
{
    return boot_offers(FEATURE_BLOCK_MAX | FEATURE_BLOCK_RING);
}

solo5_result_t hvt_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                               size_t size)
{
    return transfer(BLOCK_WRITE, handle, offset, buf, size, false);
}

solo5_result_t hvt_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
    return transfer(BLOCK_READ, handle, offset, buf, size, false);
}

solo5_result_t hvt_block_flush(solo5_handle_t handle)
{
    if (device_of(handle) == NULL) {
        return SOLO5_R_EINVAL;
    }
    if (!boot_offers(FEATURE_BLOCK_FLUSH)) {
        return SOLO5_R_OK;
    }
    if (boot_offers(FEATURE_BLOCK_RING)) {
        struct ring_entry entry = {.operation = BLOCK_FLUSH, .handle = (uint32_t)handle};
        return serve_by_ring(entry, 0, 0);
    }
    struct flush_call call = {.handle = handle};
    hypercall(HYPERCALL_BLOCK_FLUSH, &call);
    return (solo5_result_t)call.result;
}

static bool equal(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    for (solo5_handle_t i = 0; i < manifest()->entry_count; i++) {
        const struct manifest_entry *device = device_of(i);
        if (device != NULL && equal(device->name, name)) {
            *handle = i;
            *info = (struct solo5_block_info){.capacity = device->capacity_bytes,
                                              .block_size = device->block_bytes};
            return SOLO5_R_OK;
        }
    }
    return SOLO5_R_EINVAL;
}
