#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#define MEMORY_ALIGNMENT 0x200000ull    /* a page of the guest's page tables */
#define MEMORY_BYTES_MAX 0x100000000ull /* hypercalls carry 32-bit addresses */
#define SEGMENTS_MAX 16

/* A part of the guest's memory that its ELF file asked to protect; all else is read and write. */
struct segment {
    uint64_t start, end;
    int protection;
};

/* The guest's memory in the tender, from guest-physical address 0. */
struct memory {
    uint8_t *base;
    uint64_t bytes;
    struct segment segments[SEGMENTS_MAX];
    size_t segment_count;
};

/* Zeroed memory with inaccessible pages around it. */
void memory_create(struct memory *memory, uint64_t bytes);

/* Protects whole pages, against the guest (by KVM) and the tender alike. */
void memory_protect(struct memory *memory, uint64_t start, uint64_t end, int protection);

/*
 * The only way from an address of the guest to a pointer. Ends the guest unless all `length` bytes
 * are in its memory and allow `access` (PROT_READ, PROT_WRITE or both).
 */
void *memory_at(const struct memory *memory, uint64_t address, uint64_t length, int access);

/* The same for the argument of a hypercall, which must be aligned to 8 bytes. */
void *memory_argument(const struct memory *memory, uint64_t address, uint64_t length, int access);
