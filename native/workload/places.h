/*
 * The places of the storage, each as long as one operation: which one an operation is at, and what
 * each holds (native/PROTOCOL.md, Places).
 */
#pragma once

#include "operation.h"

/* Room for one place, beside the window. */
struct places {
    uint32_t count;
    /* What a pass visits, before its rotation; NULL if one place follows the other. */
    uint32_t *order;
    /* For each place the operation that last wrote it, 0 if none did. */
    uint32_t *writers;
    uint8_t *scratch;
};

extern struct places places;

/*
 * Settles the order and finds the memory, if the operation is one at places; false if that failed,
 * and has printed why.
 */
bool places_prepare(const struct words *words);

/* Settles `writers` as the first `done` operations leave them; nothing where there are no places.
 */
void places_settle(const struct words *words, uint64_t done);

/* Where the operations are. */
struct tour {
    uint64_t pass;
    /* Of this pass: its next operation, and what is added to each place. */
    uint32_t index;
    uint32_t rotation;
};

/* Before operation `number`; a boot's first is 1. */
struct tour tour_before(const struct words *words, uint64_t number);

/* At the start of the next pass. */
void tour_turn(const struct words *words, struct tour *tour);

/* The next operation's place: in the timed loop a table, an addition and two comparisons. */
static inline uint32_t tour_next(const struct words *words, struct tour *tour, bool is_shuffled)
{
    if (tour->index == places.count) {
        tour_turn(words, tour);
    }
    uint32_t index = tour->index++;
    if (!is_shuffled) {
        return index;
    }
    uint32_t place = places.order[index] + tour->rotation;
    return place < places.count ? place : place - places.count;
}

/* Whether operation `number` reads: of `mixed` seven of ten do. */
bool places_reads(const struct words *words, uint64_t number);

/* The stamp of a place that operation `number` wrote, or that none did if that is 0. */
static inline uint32_t place_stamp(uint32_t place, uint64_t number)
{
    return (uint32_t)number ^ place * 0x9e3779b9u;
}
