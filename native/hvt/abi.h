/*
 * What tender and unikernel agree on: version 2 of Solo5's hvt ABI (console, clocks, poll, block
 * devices; no network), and our extensions to it. Numbers and layouts are Solo5's; README.md tells
 * them in words. Addresses are guest-physical, and the guest maps them one to one.
 */
#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ABI_TARGET_HVT 1
#define ABI_VERSION 2

/* ELF notes, each in a PT_NOTE of its own. The content is aligned as its C type is. */
#define NOTE_NAME "Solo5"
#define NOTE_TYPE_ABI 0x31494241u      /* "ABI1" */
#define NOTE_TYPE_MANIFEST 0x3154464du /* "MFT1" */

struct note_header {
    uint32_t name_size, content_size, type;
    char name[8];
};

struct abi_note {
    uint32_t target, version, reserved[2];
};

#define MANIFEST_VERSION 1
#define MANIFEST_ENTRIES_MAX 64
#define DEVICE_NAME_SIZE 68 /* with its NUL */

/* The first entry is always a nameless DEVICE_RESERVED; an index is also a device's handle. */
enum device_type { DEVICE_BLOCK = 1, DEVICE_NET = 2, DEVICE_RESERVED = 1 << 30 };

struct manifest_entry {
    char name[DEVICE_NAME_SIZE];
    uint32_t type;
    uint64_t capacity_bytes;
    uint16_t block_bytes;
    uint8_t unused[14]; /* in Solo5 also a host descriptor; the guest has no business with it */
    uint8_t attached;
    uint8_t padding[7];
};

struct manifest {
    uint32_t version, entry_count;
    struct manifest_entry entries[];
};

static_assert(sizeof(struct note_header) == 20, "ELF note header with the name Solo5");
static_assert(sizeof(struct manifest_entry) == 104, "Solo5's manifest entry");
static_assert(offsetof(struct manifest_entry, capacity_bytes) == 72, "Solo5's manifest entry");
static_assert(offsetof(struct manifest_entry, attached) == 96, "Solo5's manifest entry");

/* Guest memory: below BOOT_INFO_ADDRESS not mapped, from there to LOAD_ADDRESS_MIN read-only. */
#define BOOT_INFO_ADDRESS 0x10000u
#define LOAD_ADDRESS_MIN 0x100000u
#define COMMAND_LINE_SIZE 8192 /* with its NUL */

/* Features that the tender offers. Bit 0 is Solo5's network ring; ours count from the top. */
#define FEATURE_BLOCK_MAX (1u << 31)
#define FEATURE_BLOCK_FLUSH (1u << 30)
#define FEATURE_BLOCK_RING (1u << 29)
#define FEATURE_NULL_KICK (1u << 28)

/* The sole argument of the guest's entry point. */
struct boot_info {
    uint64_t memory_bytes;
    uint64_t kernel_end;
    uint64_t cycles_hz;
    uint64_t command_line;
    uint64_t manifest;
    uint32_t
        host_features; /* an ABI 2 tender without features has the manifest's version here: 1 */
    uint32_t guest_features;
    uint64_t net_ring;
    /* Extensions. Valid where their feature is offered. */
    uint64_t block_max_bytes;
    uint64_t block_ring;
};

static_assert(offsetof(struct boot_info, block_max_bytes) == 56, "Solo5's boot info ends there");

/*
 * A hypercall is one 32-bit write of the argument's address: on x86-64 to port
 * HYPERCALL_PORT + number, on arm64 to physical address HYPERCALL_MMIO + 8 * number.
 */
#define HYPERCALL_PORT 0x500u
#define HYPERCALL_MMIO 0x100000000ull

enum hypercall {
    HYPERCALL_WALLTIME = 1,
    HYPERCALL_PUTS = 2,
    HYPERCALL_POLL = 3,
    HYPERCALL_BLOCK_WRITE = 4,
    HYPERCALL_BLOCK_READ = 5,
    HYPERCALL_HALT = 8,
    /* Extensions: a stock tender ends a guest that tries one. */
    HYPERCALL_BLOCK_FLUSH = 16,
    HYPERCALL_RING_KICK = 17, /* an ioeventfd: does not reach the tender's exit loop */
    HYPERCALL_RING_WAIT = 18,
    HYPERCALL_NULL_KICK = 19, /* an ioeventfd that nobody waits for */
};

enum result { RESULT_OK, RESULT_AGAIN, RESULT_EINVAL, RESULT_EUNSPEC };

struct walltime_call {
    uint64_t ns; /* out: since 1970, UTC */
};

struct puts_call {
    uint64_t address, length;
};

struct poll_call {
    uint64_t timeout_ns;
    uint64_t ready_set; /* out */
    int32_t result;     /* out: devices ready */
};

struct block_call {
    uint64_t handle, offset, address, length;
    int32_t result; /* out: enum result */
};

#define HALT_COOKIE_BYTES 512

struct halt_call {
    uint64_t cookie; /* 0, or the address of that many bytes for a debugger */
    int32_t status;
};

struct flush_call {
    uint64_t handle;
    int32_t result; /* out: enum result */
};

struct ring_wait_call {
    uint64_t completed; /* returns when that many requests in all (mod 2^32) are complete */
};

/*
 * The shared ring. The guest fills entries and then counts `submitted` up; the tender serves them
 * in order, puts each result into its entry and counts `completed` up. Both counters run modulo
 * 2^32; entry n is at n mod RING_ENTRIES, so that submitted - completed never exceeds RING_ENTRIES.
 * The guest kicks only when it finds `asleep` set after it has counted up.
 */
#define RING_ENTRIES 256u

enum block_operation { BLOCK_READ, BLOCK_WRITE, BLOCK_FLUSH };

struct ring_entry {
    uint32_t operation, handle;
    uint64_t offset, address;
    uint32_t length;
    int32_t result; /* out: enum result */
};

struct block_ring {
    _Alignas(64) _Atomic uint32_t submitted;
    _Alignas(64) _Atomic uint32_t completed;
    _Atomic uint32_t asleep;
    _Alignas(64) struct ring_entry entries[RING_ENTRIES];
};

#define RING_BYTES 0x4000u /* taken from the top of the guest's memory, in whole pages */
static_assert(sizeof(struct block_ring) <= RING_BYTES, "the ring fits its pages");
