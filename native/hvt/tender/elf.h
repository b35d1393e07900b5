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

/* The manifest, checked: allocated, its entries without devices attached. */
struct manifest *elf_manifest(const struct elf *elf);

struct program {
    uint64_t entry, end;
};

/* Loads and protects all segments, then closes the file. */
struct program elf_load(struct elf *elf, struct memory *memory);
