#include "contents.h"

#include "pattern.h"
#include "places.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* Only the last window may be shorter than the others. */
static uint64_t window_at(const struct words *words, uint64_t window_bytes, uint64_t offset)
{
    uint64_t rest_bytes = words->file_bytes - offset;
    return rest_bytes < window_bytes ? rest_bytes : window_bytes;
}

uint32_t contents_first_seed(const struct words *words)
{
    uint32_t seed = (uint32_t)words->seed;
    return operation_writes(words->operation) ? seed ^ 0xffffffff : seed;
}

/* What a window holds that this operation wrote last, or none if that is 0; a place is a window. */
static struct pattern pattern_at(const struct words *words, uint64_t index, uint64_t writer)
{
    bool is_whole = operation_order(words->operation) == ORDER_WHOLE;
    return (struct pattern){
        .seed = writer == 0 ? contents_first_seed(words) : (uint32_t)words->seed,
        .stamp = is_whole ? (uint32_t)writer : place_stamp((uint32_t)index, writer),
        .stride_bytes = pattern_stride(words->request_bytes),
    };
}

bool contents_fill(const struct words *words, uint8_t *window, uint64_t window_bytes)
{
    uint32_t stamp = 0;
    pattern_fill(window, window_bytes, contents_first_seed(words));
    for (uint64_t offset = 0; offset < words->file_bytes; offset += window_bytes) {
        struct pattern pattern = pattern_at(words, offset / window_bytes, 0);
        pattern_restamp(window, window_bytes, pattern.stride_bytes, stamp ^ pattern.stamp);
        stamp = pattern.stamp;
        if (!storage_write(offset, window, window_at(words, window_bytes, offset))) {
            return fail_storage();
        }
    }
    return storage_sync() || fail_storage();
}

/* A sector that is not transferred would else leave what was there, which may well be right. */
static void spoil(uint8_t *window, uint64_t bytes, struct pattern pattern)
{
    for (uint64_t position = 0; position < bytes; position += SECTOR_BYTES) {
        window[position] = (uint8_t)~pattern_byte(position, pattern);
    }
}

static uint64_t writer_of(const struct words *words, uint64_t index, uint64_t done)
{
    if (!operation_writes(words->operation) || done == 0) {
        return 0;
    }
    return operation_order(words->operation) == ORDER_WHOLE ? done : places.writers[index];
}

bool contents_check(const struct words *words, uint8_t *window, uint64_t window_bytes,
                    uint64_t done, struct checksum *checksum)
{
    if (checksum != NULL) {
        *checksum = (struct checksum){0, 0};
    }
    places_settle(words, done);
    for (uint64_t offset = 0; offset < words->file_bytes; offset += window_bytes) {
        uint64_t index = offset / window_bytes;
        struct pattern pattern = pattern_at(words, index, writer_of(words, index, done));
        uint64_t bytes = window_at(words, window_bytes, offset);
        spoil(window, bytes, pattern);
        if (!storage_read(offset, window, bytes)) {
            return fail_storage();
        }
        uint64_t good_bytes = pattern_check(window, bytes, pattern);
        if (good_bytes < bytes) {
            return fail_data(offset + good_bytes, window[good_bytes],
                             pattern_byte(good_bytes, pattern));
        }
        if (checksum != NULL) {
            checksum_add(checksum, window, bytes);
        }
    }
    return true;
}
