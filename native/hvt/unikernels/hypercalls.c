/* Does what its one word says, for hvt.test.ts; written for Solo5's API and hvt_block.h. */
#include <stdbool.h>

#include <solo5.h>

#include "../abi.h"
#include "../bindings/bindings.h"
#include "../bindings/hypercall.h"
#include "hvt_block.h"

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print("failed: " #condition "\n");                                                     \
            return SOLO5_EXIT_FAILURE;                                                             \
        }                                                                                          \
    } while (0)

enum { BUFFER_BYTES = 65536 };

static _Alignas(4096) uint8_t buffer[BUFFER_BYTES];
static _Thread_local int thread_number = 42;

static void print(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0') {
        length++;
    }
    solo5_console_write(text, length);
}

static int write_to(volatile uintptr_t address)
{
    *(volatile uint64_t *)address = 1;
    return SOLO5_EXIT_FAILURE;
}

static int time_passes(void)
{
    /* First, or what a busy host does between the two readings would be missing of the wall's. */
    solo5_time_t wall = solo5_clock_wall();
    solo5_time_t start = solo5_clock_monotonic();
    solo5_yield(start + 50000000, NULL);
    CHECK(solo5_clock_monotonic() - start >= 50000000);
    CHECK(solo5_clock_wall() - wall >= 49000000);
    CHECK(wall > 1600000000000000000);
    return SOLO5_EXIT_SUCCESS;
}

static int threads(const struct solo5_start_info *info)
{
    uintptr_t block = (info->heap_start + 4095) & -(uintptr_t)4096;
    CHECK(solo5_tls_init(block) == SOLO5_R_OK);
    CHECK(solo5_set_tls_base(solo5_tls_tp_offset(block)) == SOLO5_R_OK);
    CHECK(thread_number == 42);
    thread_number = 43;
    CHECK(thread_number == 43);
    return SOLO5_EXIT_SUCCESS;
}

static void fill(uint8_t seed)
{
    for (size_t i = 0; i < BUFFER_BYTES; i++) {
        buffer[i] = (uint8_t)(seed + i / 512 + i);
    }
}

static bool holds(uint8_t seed, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (buffer[i] != (uint8_t)(seed + i / 512 + i)) {
            return false;
        }
    }
    return true;
}

static int refusals(void)
{
    solo5_handle_t storage;
    struct solo5_block_info info;
    CHECK(solo5_block_acquire("other", &storage, &info) == SOLO5_R_EINVAL);
    CHECK(solo5_block_acquire("storage", &storage, &info) == SOLO5_R_OK);
    size_t block = info.block_size;
    CHECK(solo5_block_read(storage, info.capacity - block, buffer, block) == SOLO5_R_OK);
    CHECK(solo5_block_read(storage, info.capacity, buffer, block) != SOLO5_R_OK);
    CHECK(solo5_block_write(storage, info.capacity, buffer, block) != SOLO5_R_OK);
    CHECK(solo5_block_read(storage, 0, buffer, block - 1) != SOLO5_R_OK);
    CHECK(solo5_block_read(storage, 0, buffer, block + 1) != SOLO5_R_OK);
    CHECK(solo5_block_read(storage, block / 2, buffer, block) != SOLO5_R_OK);
    CHECK(solo5_block_read(storage, 0, buffer, 0) != SOLO5_R_OK);
    CHECK(solo5_block_read(storage + 1, 0, buffer, block) != SOLO5_R_OK);
    CHECK(solo5_block_read(0, 0, buffer, block) != SOLO5_R_OK);
    CHECK(solo5_block_read(UINT64_MAX, 0, buffer, block) != SOLO5_R_OK);
    return SOLO5_EXIT_SUCCESS;
}

/* What the bindings would refuse themselves: two blocks where the tender offers one. */
static int oversized(void)
{
    static struct block_call call;
    call = (struct block_call){.handle = 1, .address = (uintptr_t)buffer, .length = 1024};
    hypercall(HYPERCALL_BLOCK_READ, &call);
    CHECK(call.result == RESULT_EINVAL);
    call.length = 512;
    hypercall(HYPERCALL_BLOCK_READ, &call);
    CHECK(call.result == RESULT_OK);
    return SOLO5_EXIT_SUCCESS;
}

/* One operation of 4 KiB of each kind. */
static int blocks(void)
{
    solo5_handle_t storage;
    struct solo5_block_info info;
    CHECK(solo5_block_acquire("storage", &storage, &info) == SOLO5_R_OK);
    CHECK(info.capacity >= 2 * BUFFER_BYTES);
    fill(1);
    CHECK(hvt_block_write(storage, 4096, buffer, 4096) == SOLO5_R_OK);
    CHECK(hvt_block_flush(storage) == SOLO5_R_OK);
    fill(0);
    CHECK(hvt_block_read(storage, 4096, buffer, 4096) == SOLO5_R_OK);
    CHECK(holds(1, 4096));
    return SOLO5_EXIT_SUCCESS;
}

/* Operations of many requests, one from an address that no direct transfer can use. */
static int unaligned(void)
{
    solo5_handle_t storage;
    struct solo5_block_info info;
    size_t bytes = BUFFER_BYTES / 2;
    CHECK(solo5_block_acquire("storage", &storage, &info) == SOLO5_R_OK);
    fill(7);
    CHECK(hvt_block_write(storage, 0, buffer, BUFFER_BYTES) == SOLO5_R_OK);
    fill(0);
    CHECK(hvt_block_read(storage, 0, buffer + 1, bytes) == SOLO5_R_OK);
    for (size_t i = 0; i < bytes; i++) {
        buffer[i] = buffer[i + 1];
    }
    CHECK(holds(7, bytes));
    return SOLO5_EXIT_SUCCESS;
}

/* A flush of the ring, which takes no length, with one nevertheless. */
static int flush_of_length(void)
{
    struct block_ring *ring = (struct block_ring *)boot->block_ring;
    ring->entries[0] =
        (struct ring_entry){.operation = BLOCK_FLUSH, .handle = 1, .length = 4096, .result = -1};
    ring->submitted = 1;
    hypercall(HYPERCALL_RING_KICK, NULL);
    hypercall(HYPERCALL_RING_WAIT, &(struct ring_wait_call){.completed = 1});
    CHECK(ring->entries[0].result == RESULT_OK);
    return SOLO5_EXIT_SUCCESS;
}

/* Halts while the ring's thread is busy with long reads and has yet to look at a write. */
static int halt_early(const struct solo5_start_info *info)
{
    enum { READS = 64, READ_BYTES = 1 << 20 };
    struct block_ring *ring = (struct block_ring *)boot->block_ring;
    struct ring_entry entry = {
        .operation = BLOCK_READ, .handle = 1, .address = info->heap_start, .length = READ_BYTES};
    buffer[0] = 1;
    while (!ring->asleep) {
        cpu_relax();
    }
    for (uint32_t i = 0; i < READS; i++) {
        ring->entries[i] = entry;
    }
    ring->submitted = READS;
    hypercall(HYPERCALL_RING_KICK, NULL);
    while (ring->asleep && ring->completed == 0) {
        cpu_relax();
    }
    ring->entries[READS] = (struct ring_entry){
        .operation = BLOCK_WRITE, .handle = 1, .address = (uintptr_t)buffer, .length = 512};
    ring->submitted = READS + 1;
    hypercall(HYPERCALL_RING_KICK, NULL);
    return SOLO5_EXIT_SUCCESS;
}

static bool equal(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *word = info->cmdline;
    if (equal(word, "fault")) {
        return write_to(8);
    }
    if (equal(word, "write-code")) {
        return write_to(LOAD_ADDRESS_MIN);
    }
    if (equal(word, "time")) {
        return time_passes();
    }
    if (equal(word, "threads")) {
        return threads(info);
    }
    if (equal(word, "refusals")) {
        return refusals();
    }
    if (equal(word, "oversized")) {
        return oversized();
    }
    if (equal(word, "blocks")) {
        return blocks();
    }
    if (equal(word, "unaligned")) {
        return unaligned();
    }
    if (equal(word, "flush-of-length")) {
        return flush_of_length();
    }
    if (equal(word, "halt-early")) {
        return halt_early(info);
    }
    if (equal(word, "sleep") || equal(word, "blocks-sleep")) {
        print(equal(word, "sleep") || blocks() == SOLO5_EXIT_SUCCESS ? "asleep\n" : "");
        solo5_yield(UINT64_MAX, NULL);
    }
    if (equal(word, "exit")) {
        return 7;
    }
    print("hello ");
    print(word);
    print("\n");
    return SOLO5_EXIT_SUCCESS;
}
