#include "operations.h"

#include "contents.h"
#include "delay.h"
#include "exercise.h"
#include "files.h"
#include "pattern.h"
#include "places.h"
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

/* The loop's own work: the call stays, as one of a platform does. */
static __attribute__((noinline)) bool request_nothing(uint64_t offset, uint8_t *data, size_t bytes)
{
    __asm__ volatile("" : : "r"(offset), "r"(data), "r"(bytes) : "memory");
    return true;
}

static inline bool request_clock(uint64_t offset, uint8_t *data, size_t bytes)
{
    (void)offset, (void)data, (void)bytes;
    return null_clock();
}

static inline bool request_end(uint64_t offset, uint8_t *data, size_t bytes)
{
    (void)offset;
    return null_read(data, bytes);
}

static inline bool request_kick(uint64_t offset, uint8_t *data, size_t bytes)
{
    (void)offset, (void)data, (void)bytes;
    return null_kick();
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
LOOP(repeat_nothing, leave, request_nothing, do_nothing, do_nothing)
LOOP(repeat_clock, leave, request_clock, do_nothing, do_nothing)
LOOP(repeat_end, leave, request_end, do_nothing, do_nothing)
LOOP(repeat_kick, leave, request_kick, do_nothing, do_nothing)
LOOP(repeat_read_delayed, leave, storage_read, do_nothing, delay)
LOOP(repeat_write_delayed, pattern_stamp, write_request, do_nothing, delay)
LOOP(repeat_write_sync_delayed, pattern_stamp, write_request, storage_sync, delay)
LOOP(repeat_nothing_delayed, leave, request_nothing, do_nothing, delay)
LOOP(repeat_clock_delayed, leave, request_clock, do_nothing, delay)
LOOP(repeat_end_delayed, leave, request_end, do_nothing, delay)
LOOP(repeat_kick_delayed, leave, request_kick, do_nothing, delay)

/* What an operation at a place does there. */
enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_MIXED };

static inline __attribute__((always_inline)) bool
access_place(const struct words *words, uint64_t offset, uint8_t *data, request_call *transfer)
{
    const uint64_t size_bytes = words->size_bytes;
    const uint64_t request_bytes = words->request_bytes;
    for (uint64_t done = 0; done < size_bytes; done += request_bytes) {
        if (!transfer(offset + done, data + done, request_bytes)) {
            return false;
        }
    }
    return true;
}

/* The window is one place; between loops it is without a stamp. */
static inline __attribute__((always_inline)) bool visit(const struct words *words, uint8_t *window,
                                                        uint64_t first, uint64_t count,
                                                        enum access access, bool is_shuffled,
                                                        bool (*sync)(void), bool (*wait)(void))
{
    const uint64_t size_bytes = words->size_bytes;
    const uint32_t stride_bytes = pattern_stride(words->request_bytes);
    struct tour tour = tour_before(words, first);
    uint32_t stamp = 0;
    bool done = true;
    for (uint64_t number = first; done && number < first + count; number++) {
        uint32_t place = tour_next(words, &tour, is_shuffled);
        uint64_t offset = place * size_bytes;
        if (access == ACCESS_READ || (access == ACCESS_MIXED && places_reads(words, number))) {
            done = access_place(words, offset, places.scratch, storage_read);
        } else {
            uint32_t next_stamp = place_stamp(place, number);
            pattern_restamp(window, size_bytes, stride_bytes, stamp ^ next_stamp);
            stamp = next_stamp;
            done = access_place(words, offset, window, write_request);
        }
        done = done && sync() && wait();
    }
    pattern_restamp(window, size_bytes, stride_bytes, stamp);
    return done || fail_storage();
}

#define VISIT(name, access, is_shuffled, sync, wait)                                               \
    static bool name(const struct words *words, uint8_t *window, uint64_t window_bytes,            \
                     uint64_t first, uint64_t count)                                               \
    {                                                                                              \
        (void)window_bytes;                                                                        \
        return visit(words, window, first, count, access, is_shuffled, sync, wait);                \
    }

VISIT(random_read, ACCESS_READ, true, do_nothing, do_nothing)
VISIT(random_write, ACCESS_WRITE, true, do_nothing, do_nothing)
VISIT(mixed, ACCESS_MIXED, true, do_nothing, do_nothing)
VISIT(commit, ACCESS_WRITE, false, storage_sync_data, do_nothing)
VISIT(random_read_delayed, ACCESS_READ, true, do_nothing, delay)
VISIT(random_write_delayed, ACCESS_WRITE, true, do_nothing, delay)
VISIT(mixed_delayed, ACCESS_MIXED, true, do_nothing, delay)
VISIT(commit_delayed, ACCESS_WRITE, false, storage_sync_data, delay)

struct steps {
    operation_loop *loop;
    operation_loop *delayed_loop;
    operation_check *check;
};

#define STEPS_OF(id, name, writes, order, ...) [OPERATION_##id] = {__VA_ARGS__},

static const struct steps steps[OPERATION_COUNT] = {OPERATIONS(STEPS_OF)};

operation_loop *operations_loop_of(enum operation operation, bool delayed)
{
    return delayed ? steps[operation].delayed_loop : steps[operation].loop;
}

operation_check *operations_check_of(enum operation operation)
{
    return steps[operation].check;
}
