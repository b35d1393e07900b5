#include "operations.h"

#include "contents.h"
#include "delay.h"
#include "exercise.h"
#include "pattern.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

typedef bool request_call(uint64_t offset, uint8_t *data, size_t bytes);
typedef void stamp_call(uint8_t *window, uint64_t window_bytes, uint32_t stride_bytes,
                        uint64_t number);

static inline bool write_request(uint64_t offset, uint8_t *data, size_t bytes)
{
    return storage_write(offset, data, bytes);
}

static inline bool do_nothing(void)
{
    return true;
}

/* What is read stays as it is. */
static inline void leave(uint8_t *window, uint64_t window_bytes, uint32_t stride_bytes,
                         uint64_t number)
{
    (void)window, (void)window_bytes, (void)stride_bytes, (void)number;
}

/* Inlined with constant functions: what remains is a plain loop of direct calls. */
static inline __attribute__((always_inline)) bool repeat(const struct words *words, uint8_t *window,
                                                         uint64_t window_bytes, uint64_t first,
                                                         uint64_t count, stamp_call *stamp,
                                                         request_call *transfer, bool (*sync)(void),
                                                         bool (*wait)(void))
{
    const uint64_t size_bytes = words->size_bytes;
    const uint64_t request_bytes = words->request_bytes;
    const uint32_t stride_bytes = pattern_stride(request_bytes);
    for (uint64_t number = first; number < first + count; number++) {
        uint64_t cursor = 0;
        stamp(window, window_bytes, stride_bytes, number);
        for (uint64_t offset = 0; offset < size_bytes; offset += request_bytes) {
            if (!transfer(offset, window + cursor, request_bytes)) {
                return fail_storage();
            }
            cursor += request_bytes;
            if (cursor == window_bytes) {
                cursor = 0;
            }
        }
        if (!sync() || !wait()) {
            return fail_storage();
        }
    }
    return true;
}

/* One loop for each way to pass the time, so that none of them branches on it. */
#define LOOP(name, stamp, transfer, sync, wait)                                                    \
    static bool name(const struct words *words, uint8_t *window, uint64_t window_bytes,            \
                     uint64_t first, uint64_t count)                                               \
    {                                                                                              \
        return repeat(words, window, window_bytes, first, count, stamp, transfer, sync, wait);     \
    }

LOOP(repeat_read, leave, storage_read, do_nothing, do_nothing)
LOOP(repeat_write, pattern_stamp, write_request, do_nothing, do_nothing)
LOOP(repeat_write_sync, pattern_stamp, write_request, storage_sync, do_nothing)
LOOP(repeat_read_delayed, leave, storage_read, do_nothing, delay)
LOOP(repeat_write_delayed, pattern_stamp, write_request, do_nothing, delay)
LOOP(repeat_write_sync_delayed, pattern_stamp, write_request, storage_sync, delay)

struct steps {
    operation_loop *loop;
    operation_loop *delayed_loop;
    operation_check *check;
};

#define STEPS_OF(id, name, writes, ...) [OPERATION_##id] = {__VA_ARGS__},

static const struct steps steps[OPERATION_COUNT] = {OPERATIONS(STEPS_OF)};

operation_loop *operations_loop_of(enum operation operation, bool delayed)
{
    return delayed ? steps[operation].delayed_loop : steps[operation].loop;
}

operation_check *operations_check_of(enum operation operation)
{
    return steps[operation].check;
}
