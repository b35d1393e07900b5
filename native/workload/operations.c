#include "operations.h"

#include "platform.h"

typedef bool request_call(uint64_t offset, uint8_t *data, size_t bytes);

static inline bool write_request(uint64_t offset, uint8_t *data, size_t bytes)
{
    return storage_write(offset, data, bytes);
}

static inline bool sync_nothing(void)
{
    return true;
}

/* Inlined with constant functions: what remains is a plain loop of direct calls. */
static inline __attribute__((always_inline)) bool repeat(const struct words *words, uint8_t *window,
                                                         uint64_t window_bytes, uint64_t count,
                                                         request_call *transfer, bool (*sync)(void))
{
    const uint64_t size_bytes = words->size_bytes;
    const uint64_t request_bytes = words->request_bytes;
    for (uint64_t n = 0; n < count; n++) {
        uint64_t cursor = 0;
        for (uint64_t offset = 0; offset < size_bytes; offset += request_bytes) {
            if (!transfer(offset, window + cursor, request_bytes)) {
                return false;
            }
            cursor += request_bytes;
            if (cursor == window_bytes) {
                cursor = 0;
            }
        }
        if (!sync()) {
            return false;
        }
    }
    return true;
}

static bool repeat_read(const struct words *words, uint8_t *window, uint64_t window_bytes,
                        uint64_t count)
{
    return repeat(words, window, window_bytes, count, storage_read, sync_nothing);
}

static bool repeat_write(const struct words *words, uint8_t *window, uint64_t window_bytes,
                         uint64_t count)
{
    return repeat(words, window, window_bytes, count, write_request, sync_nothing);
}

static bool repeat_write_sync(const struct words *words, uint8_t *window, uint64_t window_bytes,
                              uint64_t count)
{
    return repeat(words, window, window_bytes, count, write_request, storage_sync);
}

operations_loop *operations_loop_of(enum operation operation)
{
    switch (operation) {
    case OPERATION_READ:
        return repeat_read;
    case OPERATION_WRITE:
        return repeat_write;
    case OPERATION_WRITE_SYNC:
        return repeat_write_sync;
    }
    return NULL;
}
