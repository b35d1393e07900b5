/*
 * Issues hypercalls with arguments drawn from the seed that is its word: numbers, addresses and
 * lengths at and beyond every limit. It ends when the tender ends it, or after as many as it can.
 */
#include <solo5.h>

#include "../abi.h"
#include "../bindings/bindings.h"
#include "../bindings/hypercall.h"

enum { CALLS = 200, WORDS = 8 };

static uint64_t state;

static uint64_t draw(void)
{
    state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    uint64_t mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

/* A word that something might mishandle: near a limit of memory, of a device, or of a type. */
static uint64_t draw_word(void)
{
    static _Alignas(16) uint64_t scratch[512];
    uint64_t limits[] = {0,
                         BOOT_INFO_ADDRESS,
                         LOAD_ADDRESS_MIN,
                         (uintptr_t)scratch,
                         boot->memory_bytes,
                         boot->memory_bytes + RING_BYTES,
                         UINT32_MAX,
                         INT64_MAX,
                         UINT64_MAX,
                         512,
                         4096,
                         1,
                         boot->block_ring};
    uint64_t word = limits[draw() % (sizeof limits / sizeof *limits)];
    switch (draw() % 4) {
    case 0:
        return word + draw() % 16 - 8;
    case 1:
        return word + (draw() % 16) * 512;
    default:
        return word;
    }
}

static void disturb_ring(void)
{
    struct block_ring *ring = (struct block_ring *)boot->block_ring;
    if (!boot_offers(FEATURE_BLOCK_RING)) {
        return;
    }
    uint32_t count = (uint32_t)(draw() % 4);
    for (uint32_t i = 0; i < count; i++) {
        ring->entries[(ring->submitted + i) % RING_ENTRIES] =
            (struct ring_entry){.operation = (uint32_t)(draw() % 5),
                                .handle = (uint32_t)(draw() % 3),
                                .offset = draw_word(),
                                .address = draw_word(),
                                .length = (uint32_t)draw_word()};
    }
    ring->submitted += draw() % 50 == 0 ? (uint32_t)draw() : count;
    hypercall(HYPERCALL_RING_KICK, NULL);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    static const enum hypercall numbers[] = {
        HYPERCALL_WALLTIME,   HYPERCALL_PUTS,       HYPERCALL_BLOCK_WRITE, HYPERCALL_BLOCK_READ,
        HYPERCALL_BLOCK_READ, HYPERCALL_BLOCK_READ, HYPERCALL_BLOCK_FLUSH, HYPERCALL_RING_WAIT};
    for (const char *digit = info->cmdline; *digit != '\0'; digit++) {
        state = state * 10 + (uint64_t)(*digit - '0');
    }
    static uint64_t words[WORDS];
    for (int i = 0; i < CALLS; i++) {
        for (int j = 0; j < WORDS; j++) {
            words[j] = draw_word();
        }
        words[0] = draw() % 2 == 0 ? 1 : words[0]; /* the handle of the device that exists */
        disturb_ring();
        uint64_t number =
            draw() % 64 == 0 ? draw() % 64 : numbers[draw() % (sizeof numbers / sizeof *numbers)];
        uint64_t argument = draw() % 32 == 0 ? draw_word() : (uintptr_t)words;
        if (number != HYPERCALL_POLL) { /* which may rightly take years */
            hypercall((enum hypercall)number, (void *)argument);
        }
    }
    return SOLO5_EXIT_SUCCESS;
}
