#include "memory.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "fail.h"

#define GUARD_BYTES MEMORY_ALIGNMENT

void memory_create(struct memory *memory, uint64_t bytes)
{
    uint8_t *room = mmap(NULL, bytes + 2 * GUARD_BYTES, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED || mprotect(room + GUARD_BYTES, bytes, PROT_READ | PROT_WRITE) == -1) {
        fail("%" PRIu64 " MB of guest memory: %s; give less with --mem=MB", bytes >> 20,
             strerror(errno));
    }
    *memory = (struct memory){.base = room + GUARD_BYTES, .bytes = bytes};
}

void memory_protect(struct memory *memory, uint64_t start, uint64_t end, int protection)
{
    if (memory->segment_count == SEGMENTS_MAX) {
        fail("the unikernel has more than %d segments", SEGMENTS_MAX);
    }
    memory_at(memory, start, end - start, PROT_READ | PROT_WRITE);
    if (mprotect(memory->base + start, end - start, protection) == -1) {
        fail("mprotect of guest memory 0x%" PRIx64 "-0x%" PRIx64 ": %s", start, end,
             strerror(errno));
    }
    memory->segments[memory->segment_count++] = (struct segment){start, end, protection};
}

void *memory_at(const struct memory *memory, uint64_t address, uint64_t length, int access)
{
    if (address > memory->bytes || length > memory->bytes - address) {
        fail("guest asked for %" PRIu64 " bytes at 0x%" PRIx64 ", outside its 0x%" PRIx64
             " bytes of memory",
             length, address, memory->bytes);
    }
    for (size_t i = 0; i < memory->segment_count; i++) {
        const struct segment *segment = &memory->segments[i];
        bool overlaps = address < segment->end && segment->start < address + length;
        if (overlaps && (access & ~segment->protection) != 0) {
            fail("guest asked for %" PRIu64 " bytes at 0x%" PRIx64
                 ", which its protection at 0x%" PRIx64 "-0x%" PRIx64 " forbids",
                 length, address, segment->start, segment->end);
        }
    }
    return memory->base + address;
}

void *memory_argument(const struct memory *memory, uint64_t address, uint64_t length, int access)
{
    if (address % _Alignof(uint64_t) != 0) {
        fail("guest passed a hypercall's argument at 0x%" PRIx64 ", expected it aligned to 8 bytes",
             address);
    }
    return memory_at(memory, address, length, access);
}
