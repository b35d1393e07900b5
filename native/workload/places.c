#include "places.h"

#include "pattern.h"
#include "platform.h"
#include "transcript.h"
#include "words.h"

/* Apart from the numbers that make the data. */
static const uint32_t ORDER_SEED = 0x5bd1e995;
static const uint32_t ROTATION_SEED = 0x1b873593;
static const uint32_t MIXED_SEED = 0xe6546b64;

struct places places;

static uint32_t draw(const struct words *words, uint32_t seed, uint64_t number)
{
    return pattern_mix((uint32_t)words->seed ^ seed, (uint32_t)number);
}

static void shuffle(const struct words *words)
{
    uint32_t *order = places.order;
    for (uint32_t i = 0; i < places.count; i++) {
        order[i] = i;
    }
    for (uint32_t i = places.count - 1; i > 0; i--) {
        uint32_t other = draw(words, ORDER_SEED, i) % (i + 1);
        uint32_t place = order[i];
        order[i] = order[other];
        order[other] = place;
    }
}

bool places_prepare(const struct words *words)
{
    enum order order = operation_order(words->operation);
    if (order == ORDER_WHOLE) {
        return true;
    }
    bool is_shuffled = order == ORDER_SHUFFLED;
    places.count = (uint32_t)(words->file_bytes / words->size_bytes);
    size_t table_bytes = places.count * sizeof(uint32_t);
    places.scratch = memory_allocate(words->size_bytes);
    places.writers = memory_allocate(table_bytes);
    places.order = is_shuffled ? memory_allocate(table_bytes) : NULL;
    if (places.scratch == NULL) {
        return fail_memory(words->size_bytes);
    }
    if (places.writers == NULL || (is_shuffled && places.order == NULL)) {
        return fail_memory(table_bytes);
    }
    if (is_shuffled) {
        shuffle(words);
    }
    return true;
}

static uint32_t rotation_of(const struct words *words, uint64_t pass)
{
    return draw(words, ROTATION_SEED, pass) % places.count;
}

struct tour tour_before(const struct words *words, uint64_t number)
{
    uint64_t pass = (number - 1) / places.count;
    return (struct tour){.pass = pass,
                         .index = (uint32_t)((number - 1) % places.count),
                         .rotation = rotation_of(words, pass)};
}

void tour_turn(const struct words *words, struct tour *tour)
{
    tour->pass++;
    tour->index = 0;
    tour->rotation = rotation_of(words, tour->pass);
}

bool places_reads(const struct words *words, uint64_t number)
{
    return !operation_writes(words->operation) ||
           (words->operation == OPERATION_MIXED && draw(words, MIXED_SEED, number) % 10 < 7);
}

void places_settle(const struct words *words, uint64_t done)
{
    if (operation_order(words->operation) == ORDER_WHOLE) {
        return;
    }
    for (uint32_t place = 0; place < places.count; place++) {
        places.writers[place] = 0;
    }
    struct tour tour = tour_before(words, 1);
    for (uint64_t number = 1; number <= done; number++) {
        uint32_t place = tour_next(words, &tour, places.order != NULL);
        if (!places_reads(words, number)) {
            places.writers[place] = (uint32_t)number;
        }
    }
}
