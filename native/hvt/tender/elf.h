#pragma once

#include <stdint.h>

#include "../abi.h"
#include "memory.h"

/* A unikernel's file: read by pread only, so that a file that changes cannot harm the tender. */
struct elf {
    const char *path;
    int fd;
    struct elf_headers *headers;
};

/* Opens `path` and checks that it is a static ELF executable for this architecture and hvt. */
struct elf elf_open(const char *path);

/*
 * Finds one of Solo5's notes and reads its content, which is aligned by `alignment` within the
 * note, into fresh memory. Returns NULL if there is no such note.
 */
void *elf_note(const struct elf *elf, uint32_t type, size_t alignment, size_t bytes_max,
               size_t *bytes);

struct program {
    uint64_t entry, end;
};

/* Loads and protects all segments, below `bytes_max` of the memory, then closes the file. */
struct program elf_load(struct elf *elf, struct memory *memory, uint64_t bytes_max);
