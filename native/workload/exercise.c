#include "exercise.h"

#include "contents.h"
#include "pattern.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* Apart from the numbers that make the data. */
static const uint32_t DRAWS_SEED = 0xa5a5a5a5;

/* A part of the storage. */
struct place {
    uint64_t offset;
    size_t bytes;
};

/* What is read, beside the model; as long as the longest request. */
static uint8_t *buffer;

/* The step's own numbers, of which a step has eight. */
enum draw { DRAW_KIND, DRAW_WHERE, DRAW_LENGTH, DRAW_OFFSET, DRAW_FAULT, DRAW_SIDE, DRAW_DATA = 7 };

static uint32_t draw(const struct words *words, uint64_t step, enum draw which)
{
    return pattern_mix((uint32_t)words->seed ^ DRAWS_SEED, (uint32_t)(8 * step + which));
}

/* `before`: of the step before, or of the last one that had a place. */
static struct place draw_place(const struct words *words, uint64_t step, struct place before)
{
    uint64_t request_bytes = words->request_bytes;
    uint64_t requests = words->size_bytes / request_bytes;
    uint64_t longest = words->longest_bytes / request_bytes;
    uint64_t length = 1 + draw(words, step, DRAW_LENGTH) % longest;
    uint64_t offset;
    switch (draw(words, step, DRAW_WHERE) % 8) {
    case 0:
        offset = 0;
        break;
    case 1:
        offset = requests - length;
        break;
    case 2:
    case 3:
        return before;
    case 4:
        offset = (before.offset + before.bytes) / request_bytes - 1;
        offset = offset < requests - length ? offset : requests - length;
        break;
    default:
        offset = draw(words, step, DRAW_OFFSET) % (requests - length + 1);
    }
    return (struct place){offset * request_bytes, length * request_bytes};
}

/*
 * What a step writes: no two of its words are the same, nor two of different steps at one place.
 * Cheaper than the pattern, as an emulated processor takes microseconds for a byte.
 */
static uint32_t word_at(uint32_t data, uint64_t offset)
{
    return data + (uint32_t)(offset / 4) * 0x9e3779b9;
}

static void fill(uint8_t *model, struct place place, uint32_t data)
{
    uint64_t offset = place.offset;
    uint64_t end = offset + place.bytes;
    while (offset < end) {
        uint32_t word = word_at(data, offset);
        if (offset % 4 == 0 && offset + 4 <= end) {
            __builtin_memcpy(model + offset, &word, 4);
            offset += 4;
        } else {
            model[offset] = (uint8_t)(word >> (8 * (offset % 4)));
            offset++;
        }
    }
}

static bool write_place(const struct words *words, uint64_t step, struct place place,
                        uint8_t *model)
{
    fill(model, place, draw(words, step, DRAW_DATA));
    return storage_write(place.offset, model + place.offset, place.bytes) || fail_storage();
}

/* Each sector's first byte and the last of all are wrong until they are transferred. */
static void spoil(struct place place, const uint8_t *model)
{
    for (size_t i = 0; i < place.bytes; i += SECTOR_BYTES) {
        buffer[i] = (uint8_t)~model[place.offset + i];
    }
    buffer[place.bytes - 1] = (uint8_t)~model[place.offset + place.bytes - 1];
}

/* The first byte of the buffer that is not the model's, or the place's end. */
static size_t compare(struct place place, const uint8_t *model)
{
    size_t i = 0;
    uint64_t found, expected;
    for (; i + sizeof found <= place.bytes; i += sizeof found) {
        __builtin_memcpy(&found, buffer + i, sizeof found);
        __builtin_memcpy(&expected, model + place.offset + i, sizeof expected);
        if (found != expected) {
            break;
        }
    }
    while (i < place.bytes && buffer[i] == model[place.offset + i]) {
        i++;
    }
    return i;
}

static bool read_place(uint64_t step, struct place place, const uint8_t *model)
{
    spoil(place, model);
    if (!storage_read(place.offset, buffer, place.bytes)) {
        return fail_storage();
    }
    size_t good_bytes = compare(place, model);
    if (good_bytes == place.bytes) {
        return true;
    }
    uint64_t offset = place.offset + good_bytes;
    return fail_data_at(step, offset, buffer[good_bytes], model[offset]);
}

/* What is read again comes from the storage, where a cache can be dropped: memory keeps it all. */
static bool flush(void)
{
    if (!storage_sync()) {
        return fail_storage();
    }
    (void)storage_drop_cache();
    return true;
}

static bool refuse(const struct words *words, uint64_t step)
{
    static const char *const faults[FAULT_COUNT] = {
        [FAULT_BEYOND_END] = "beyond the end",          [FAULT_ACROSS_END] = "across the end",
        [FAULT_MISALIGNED] = "in the midst of a block", [FAULT_SHORT] = "of less than a block",
        [FAULT_LONG] = "of a block and a byte",         [FAULT_EMPTY] = "of nothing",
        [FAULT_WRAPPING] = "at the end of all numbers",
    };
    enum fault fault = (enum fault)(draw(words, step, DRAW_FAULT) % FAULT_COUNT);
    bool writes = draw(words, step, DRAW_SIDE) % 2 == 1;
    return storage_refuses(fault, writes) || fail_refusal(step, writes, faults[fault]);
}

bool exercise(const struct words *words, uint8_t *model, uint64_t model_bytes, uint64_t first,
              uint64_t count)
{
    struct place place = {.offset = 0, .bytes = words->request_bytes};
    buffer = memory_allocate(words->longest_bytes);
    if (buffer == NULL) {
        return fail_memory(words->longest_bytes);
    }
    pattern_fill(model, model_bytes, contents_first_seed(words));
    for (uint64_t step = first; step < first + count; step++) {
        uint32_t kind = draw(words, step, DRAW_KIND) % 16;
        bool done;
        if (kind < 13) {
            place = draw_place(words, step, place);
            done =
                kind < 7 ? write_place(words, step, place, model) : read_place(step, place, model);
        } else {
            done = kind == 13 ? flush() : refuse(words, step);
        }
        if (!done) {
            return false;
        }
    }
    return true;
}

bool exercise_check(const struct words *words, uint8_t *model, uint64_t model_bytes, uint64_t steps,
                    struct checksum *checksum)
{
    *checksum = (struct checksum){0, 0};
    for (uint64_t offset = 0; offset < model_bytes; offset += words->longest_bytes) {
        uint64_t rest_bytes = model_bytes - offset;
        uint64_t bytes = rest_bytes < words->longest_bytes ? rest_bytes : words->longest_bytes;
        if (!read_place(steps, (struct place){offset, bytes}, model)) {
            return false;
        }
        checksum_add(checksum, buffer, bytes);
    }
    return true;
}
