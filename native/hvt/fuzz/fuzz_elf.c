/* A unikernel's file is the input: ELF headers, notes, the manifest, and loading into memory. */
#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../tender/block.h"
#include "../tender/elf.h"
#include "../tender/manifest.h"
#include "../tender/options.h"
#include "fuzz.h"

/* Where memory ends for the unikernel; what follows stands for the ring. */
enum { MEMORY_BYTES = 4 << 20, USABLE_BYTES = MEMORY_BYTES - RING_BYTES };

static int file;
static char path[64], disk[64];
static struct memory memory;

static int make_file(const char *name, char *location)
{
    int fd = memfd_create(name, 0);
    FUZZ_CHECK(fd != -1);
    sprintf(location, "/proc/self/fd/%d", fd);
    return fd;
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    file = make_file("unikernel", path);
    FUZZ_CHECK(ftruncate(make_file("disk", disk), 1 << 20) == 0);
    return 0;
}

bool fuzz_is_orderly(const char *message)
{
    return strncmp(message, "mprotect", strlen("mprotect")) != 0;
}

static bool is_zero(uint64_t start, uint64_t end)
{
    const uint8_t *first = memory.base + start;
    return *first == 0 && memcmp(first, first + 1, end - start - 1) == 0;
}

static void check_memory(const struct program *program)
{
    FUZZ_CHECK(program->end <= USABLE_BYTES && program->entry < program->end);
    uint64_t end = LOAD_ADDRESS_MIN;
    for (size_t i = 0; i < memory.segment_count; i++) {
        const struct segment *segment = &memory.segments[i];
        FUZZ_CHECK(segment->start >= end && segment->end >= segment->start);
        end = segment->end;
    }
    FUZZ_CHECK(end == program->end);
    FUZZ_CHECK(is_zero(0, LOAD_ADDRESS_MIN) && is_zero(USABLE_BYTES, MEMORY_BYTES));
}

static void check_manifest(const struct manifest *manifest)
{
    FUZZ_CHECK(manifest->entry_count <= MANIFEST_ENTRIES_MAX);
    for (size_t i = 0; i < manifest->entry_count; i++) {
        const struct manifest_entry *entry = &manifest->entries[i];
        FUZZ_CHECK(memchr(entry->name, '\0', sizeof entry->name) != NULL);
        FUZZ_CHECK(!entry->attached);
    }
}

static void check_devices(const struct manifest *manifest, const struct block *block)
{
    for (size_t i = 0; i < MANIFEST_ENTRIES_MAX; i++) {
        bool is_declared = i > 0 && i < manifest->entry_count;
        FUZZ_CHECK((block->devices[i].block_bytes != 0) == is_declared);
        FUZZ_CHECK(!is_declared || manifest->entries[i].attached);
    }
}

static void load(void)
{
    static struct block block;
    static const struct options options = {
        .attachments = {{.name = "storage", .name_length = 7, .path = disk}},
        .attachment_count = 1,
    };
    memset(&block, 0, sizeof block);
    struct elf elf = elf_open(path);
    struct manifest *manifest = manifest_read(&elf);
    check_manifest(manifest);
    struct program program = elf_load(&elf, &memory, USABLE_BYTES);
    check_memory(&program);
    manifest_attach(manifest, &block, &options);
    check_devices(manifest, &block);
}

/* The corpus is for any machine. */
static void write_file(const uint8_t *data, size_t bytes)
{
    FUZZ_CHECK(ftruncate(file, 0) == 0 && pwrite(file, data, bytes, 0) == (ssize_t)bytes);
#if defined(__aarch64__)
    const size_t place = offsetof(Elf64_Ehdr, e_machine);
    const uint16_t machine = EM_AARCH64;
    if (bytes >= sizeof(Elf64_Ehdr) && data[place] == EM_X86_64 && data[place + 1] == 0) {
        FUZZ_CHECK(pwrite(file, &machine, sizeof machine, (off_t)place) == sizeof machine);
    }
#endif
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    write_file(data, bytes);
    memory_create(&memory, MEMORY_BYTES);
    if (setjmp(fuzz_failed) == 0) {
        load();
    }
    fuzz_clean_up();
    munmap(memory.base - MEMORY_ALIGNMENT, MEMORY_BYTES + 2 * MEMORY_ALIGNMENT);
    return 0;
}
