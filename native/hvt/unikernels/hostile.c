/*
 * Issues hypercalls with arguments drawn from the seed that is its word: numbers, addresses and
 * lengths at and beyond every limit. It ends when the tender ends it, or after as many as it can.
 */
#include <solo5.h>

#include "../abi.h"
#include "../bindings/bindings.h"
#include "../bindings/hypercall.h"

enum { CALLS = 200 };

static uint64_t state;

static uint64_t draw(void)
{
    state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    uint64_t mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

enum { SCRATCH_BYTES = 65536 };

static _Alignas(4096) uint8_t scratch[SCRATCH_BYTES];

/* A word that something might mishandle: near a limit of memory, of a device, or of a type. */
static uint64_t draw_word(void)
{
    const uint64_t limits[] = {
        0,
        BOOT_INFO_ADDRESS,
        LOAD_ADDRESS_MIN,
        (uintptr_t)scratch,
        UINT32_MAX,
        boot->memory_bytes,
        INT64_MAX,
        boot->memory_bytes + RING_BYTES,
        UINT64_MAX,
        SCRATCH_BYTES,
        1,
        boot->block_ring,
    };
    uint64_t word = limits[draw() % (sizeof limits / sizeof *limits)];
    return draw() % 2 == 0 ? word : word + draw() % 16 - 8;
}

/* Most words are sound ones, so that a guest lives long enough to try many. */
static uint64_t draw_word_or(uint64_t sound)
{
    return draw() % 64 == 0 ? draw_word() : sound;
}

static struct block_call draw_block_call(void)
{
    return (struct block_call){
        .handle = draw_word_or(1),
        .offset = draw() % 4 == 0 ? draw_word() : draw() % 2048 * 512,
        .address = draw_word_or((uintptr_t)scratch + draw() % 4096),
        .length = draw_word_or(draw() % 16 * 512),
    };
}

static void disturb_ring(void)
{
    struct block_ring *ring = (struct block_ring *)boot->block_ring;
    if (!boot_offers(FEATURE_BLOCK_RING)) {
        return;
    }
    uint32_t count = (uint32_t)(draw() % 8);
    for (uint32_t i = 0; i < count; i++) {
        struct block_call call = draw_block_call();
        ring->entries[(ring->submitted + i) % RING_ENTRIES] =
            (struct ring_entry){.operation = (uint32_t)(draw() % 4),
                                .handle = (uint32_t)call.handle,
                                .offset = call.offset,
                                .address = call.address,
                                .length = (uint32_t)call.length};
    }
    ring->submitted += draw() % 100 == 0 ? (uint32_t)draw() : count;
    hypercall(HYPERCALL_RING_KICK, NULL);
}

static void try_hypercall(void)
{
    static const enum hypercall numbers[] = {HYPERCALL_BLOCK_READ, HYPERCALL_BLOCK_WRITE,
                                             HYPERCALL_BLOCK_FLUSH, HYPERCALL_WALLTIME};
    static struct block_call call;
    static struct puts_call puts;
    call = draw_block_call();
    puts = (struct puts_call){.address = draw_word_or((uintptr_t)scratch),
                              .length = draw_word_or(draw() % 64)};
    uint64_t number = draw() % 64 == 0 ? draw() % 64 : numbers[draw() % 4];
    uint64_t argument = draw_word_or((uintptr_t)&call);
    if (draw() % 16 == 0) {
        number = HYPERCALL_PUTS;
        argument = (uintptr_t)&puts;
    }
    if (number != HYPERCALL_POLL) { /* which may rightly take years */
        hypercall((enum hypercall)number, (void *)argument);
    }
}

int solo5_app_main(const struct solo5_start_info *info)
{
    for (const char *digit = info->cmdline; *digit != '\0'; digit++) {
        state = state * 10 + (uint64_t)(*digit - '0');
    }
    for (int i = 0; i < CALLS; i++) {
        disturb_ring();
        try_hypercall();
    }
    return SOLO5_EXIT_SUCCESS;
}
