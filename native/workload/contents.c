#include "contents.h"

#include "pattern.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* Only the last window may be shorter than the others. */
static uint64_t window_at(const struct words *words, uint64_t window_bytes, uint64_t offset)
{
    uint64_t rest_bytes = words->size_bytes - offset;
    return rest_bytes < window_bytes ? rest_bytes : window_bytes;
}

uint32_t contents_first_seed(const struct words *words)
{
    uint32_t seed = (uint32_t)words->seed;
    return operation_writes(words->operation) ? seed ^ 0xffffffff : seed;
}

bool contents_fill(const struct words *words, uint8_t *window, uint64_t window_bytes)
{
    pattern_fill(window, window_bytes, contents_first_seed(words));
    for (uint64_t offset = 0; offset < words->size_bytes; offset += window_bytes) {
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

/* `checksum` is NULL where nobody needs one. */
static bool check(const struct words *words, uint8_t *window, uint64_t window_bytes, uint32_t seed,
                  uint32_t stamp, struct checksum *checksum)
{
    struct pattern pattern = {seed, stamp, pattern_stride(words->request_bytes)};
    for (uint64_t offset = 0; offset < words->size_bytes; offset += window_bytes) {
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

bool contents_check_first(const struct words *words, uint8_t *window, uint64_t window_bytes)
{
    return check(words, window, window_bytes, contents_first_seed(words), 0, NULL);
}

bool contents_check(const struct words *words, uint8_t *window, uint64_t window_bytes,
                    struct checksum *checksum)
{
    uint64_t last = words->samples * words->operations + words->latency_operations;
    uint32_t stamp = operation_writes(words->operation) ? (uint32_t)last : 0;
    *checksum = (struct checksum){0, 0};
    return check(words, window, window_bytes, (uint32_t)words->seed, stamp, checksum);
}
