#include "files.h"

#include "contents.h"
#include "delay.h"
#include "pattern.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* What is read, beside the window. */
static uint8_t *scratch;

/* What file `number` holds: the pattern, with its number as its stamps. */
static void stamp(const struct words *words, uint8_t *window, uint64_t change)
{
    pattern_restamp(window, words->size_bytes, pattern_stride(words->request_bytes),
                    (uint32_t)change);
}

static bool read_back(const struct words *words, const uint8_t *window, uint64_t number)
{
    if (!files_read(number, scratch, words->size_bytes)) {
        return fail_storage();
    }
    if (__builtin_memcmp(scratch, window, words->size_bytes) == 0) {
        return true;
    }
    uint64_t good_bytes = 0;
    while (scratch[good_bytes] == window[good_bytes]) {
        good_bytes++;
    }
    return fail_data_at(number, good_bytes, scratch[good_bytes], window[good_bytes]);
}

/* The window is without a stamp between loops. */
static inline __attribute__((always_inline)) bool repeat_files(const struct words *words,
                                                               uint8_t *window, uint64_t first,
                                                               uint64_t count, bool (*wait)(void))
{
    if (scratch == NULL && (scratch = memory_allocate(words->size_bytes)) == NULL) {
        return fail_memory(words->size_bytes);
    }
    for (uint64_t number = first; number < first + count; number++) {
        stamp(words, window, number);
        if (!files_create(number, window, words->size_bytes)) {
            return fail_storage();
        }
        stamp(words, window, number);
    }
    if (!files_list(count)) {
        return fail_storage();
    }
    for (uint64_t number = first; number < first + count; number++) {
        stamp(words, window, number);
        if (!files_find(number, words->size_bytes)) {
            return fail_storage();
        }
        if (!read_back(words, window, number)) {
            return false;
        }
        if (!files_remove(number) || !wait()) {
            return fail_storage();
        }
        stamp(words, window, number);
    }
    return true;
}

static inline bool do_nothing(void)
{
    return true;
}

bool files(const struct words *words, uint8_t *window, uint64_t window_bytes, uint64_t first,
           uint64_t count)
{
    (void)window_bytes;
    return repeat_files(words, window, first, count, do_nothing);
}

bool files_delayed(const struct words *words, uint8_t *window, uint64_t window_bytes,
                   uint64_t first, uint64_t count)
{
    (void)window_bytes;
    return repeat_files(words, window, first, count, delay);
}

bool files_check(const struct words *words, uint8_t *window, uint64_t window_bytes, uint64_t done,
                 struct checksum *checksum)
{
    if (!files_end()) {
        return fail_storage();
    }
    return contents_check(words, window, window_bytes, done, checksum);
}
