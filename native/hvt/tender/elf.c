#include "elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#define MACHINE_NAME "x86-64"
#elif defined(__aarch64__)
#define MACHINE EM_AARCH64
#define MACHINE_NAME "arm64"
#endif

#define PROGRAM_HEADERS_MAX 64

struct elf_headers {
    Elf64_Ehdr file;
    Elf64_Phdr program[PROGRAM_HEADERS_MAX];
};

static void read_exactly(const struct elf *elf, void *buffer, size_t bytes, uint64_t offset,
                         const char *what)
{
    size_t done = 0;
    while (done < bytes) {
        ssize_t got = pread(elf->fd, (char *)buffer + done, bytes - done, (off_t)(offset + done));
        if (got == -1 && errno == EINTR) {
            continue;
        }
        if (got == -1) {
            fail("%s: %s at offset %" PRIu64 ": %s", elf->path, what, offset, strerror(errno));
        }
        if (got == 0) {
            fail("%s: %s: expected %zu bytes at offset %" PRIu64 ", found %zu", elf->path, what,
                 bytes, offset, done);
        }
        done += (size_t)got;
    }
}

static void check_file_header(const struct elf *elf)
{
    const Elf64_Ehdr *header = &elf->headers->file;
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) {
        fail("%s: not an ELF file", elf->path);
    }
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
        header->e_machine != MACHINE) {
        fail("%s: not for " MACHINE_NAME " (ELF machine %u)", elf->path, header->e_machine);
    }
    if (header->e_type != ET_EXEC || header->e_version != EV_CURRENT ||
        header->e_ehsize != sizeof *header || header->e_phentsize != sizeof(Elf64_Phdr)) {
        fail("%s: not a static ELF executable", elf->path);
    }
    if (header->e_phnum == 0 || header->e_phnum > PROGRAM_HEADERS_MAX) {
        fail("%s: %u program headers, expected 1 to %d", elf->path, header->e_phnum,
             PROGRAM_HEADERS_MAX);
    }
}

void *elf_note(const struct elf *elf, uint32_t type, size_t alignment, size_t bytes_max,
               size_t *bytes)
{
    for (size_t i = 0; i < elf->headers->file.e_phnum; i++) {
        const Elf64_Phdr *segment = &elf->headers->program[i];
        struct note_header header;
        if (segment->p_type != PT_NOTE || segment->p_filesz < sizeof header) {
            continue;
        }
        read_exactly(elf, &header, sizeof header, segment->p_offset, "note");
        if (header.type != type || header.name_size != sizeof NOTE_NAME ||
            memcmp(header.name, NOTE_NAME, sizeof NOTE_NAME) != 0) {
            continue;
        }
        size_t gap = -sizeof header & (alignment - 1);
        if (header.content_size <= gap || header.content_size - gap > bytes_max ||
            header.content_size > segment->p_filesz - sizeof header) {
            fail("%s: program header %zu: a note with %u bytes of content in a segment of %" PRIu64
                 ", expected %zu to %zu",
                 elf->path, i, header.content_size, segment->p_filesz, gap + 1, gap + bytes_max);
        }
        *bytes = header.content_size - gap;
        void *content = malloc(*bytes);
        if (content == NULL) {
            fail("%s: no memory for a note of %zu bytes", elf->path, *bytes);
        }
        read_exactly(elf, content, *bytes, segment->p_offset + sizeof header + gap, "note");
        return content;
    }
    return NULL;
}

struct elf elf_open(const char *path)
{
    struct elf elf = {.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (elf.fd == -1) {
        fail("%s: could not open the unikernel: %s", path, strerror(errno));
    }
    elf.headers = calloc(1, sizeof *elf.headers);
    if (elf.headers == NULL) {
        fail("%s: no memory for its headers", path);
    }
    read_exactly(&elf, &elf.headers->file, sizeof elf.headers->file, 0, "ELF header");
    check_file_header(&elf);
    read_exactly(&elf, elf.headers->program, elf.headers->file.e_phnum * sizeof(Elf64_Phdr),
                 elf.headers->file.e_phoff, "program headers");

    size_t bytes;
    struct abi_note *abi =
        elf_note(&elf, NOTE_TYPE_ABI, _Alignof(struct abi_note), sizeof *abi, &bytes);
    if (abi == NULL || bytes != sizeof *abi) {
        fail("%s: not a Solo5 unikernel: no ABI note", path);
    }
    if (abi->target != ABI_TARGET_HVT) {
        fail("%s: built for Solo5 target %u, expected hvt (%d)", path, abi->target, ABI_TARGET_HVT);
    }
    if (abi->version != ABI_VERSION) {
        fail("%s: built for version %u of the hvt ABI, expected %d", path, abi->version,
             ABI_VERSION);
    }
    free(abi);
    return elf;
}

static int protection_of(const Elf64_Phdr *segment)
{
    /* The guest's code is data to the tender. */
    bool readable = (segment->p_flags & (PF_R | PF_X)) != 0;
    return (readable ? PROT_READ : 0) | ((segment->p_flags & PF_W) != 0 ? PROT_WRITE : 0);
}

/* What the host's kernel protects, it protects by its own pages: 4 KiB, on a Raspberry Pi 5 16. */
static uint64_t host_page_bytes(void)
{
    return (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Loads one segment behind `end`, the end of the one before; returns its own end. */
static uint64_t load_segment(const struct elf *elf, const Elf64_Phdr *segment,
                             struct memory *memory, uint64_t bytes_max, uint64_t end)
{
    uint64_t address = segment->p_vaddr, bytes = segment->p_memsz, page = host_page_bytes();
    uint64_t start = address & -page;
    if (address < LOAD_ADDRESS_MIN || start < end) {
        fail("%s: segment at 0x%" PRIx64 ", expected it at or above 0x%" PRIx64
             ", in another of the host's pages of %" PRIu64
             " bytes than the one before; link with -z max-page-size=65536",
             elf->path, address, end > LOAD_ADDRESS_MIN ? end : (uint64_t)LOAD_ADDRESS_MIN, page);
    }
    if (segment->p_filesz > bytes) {
        fail("%s: segment at 0x%" PRIx64 ": %" PRIu64 " bytes of file for %" PRIu64 " of memory",
             elf->path, address, segment->p_filesz, bytes);
    }
    if (address > bytes_max || bytes > bytes_max - address) {
        fail("%s: segment at 0x%" PRIx64 " of %" PRIu64
             " bytes does not fit into memory; give more with --mem=MB",
             elf->path, address, bytes);
    }
    if ((segment->p_flags & PF_W) != 0 && (segment->p_flags & PF_X) != 0) {
        fail("%s: segment at 0x%" PRIx64 " is both writable and executable", elf->path, address);
    }
    read_exactly(elf, memory->base + address, segment->p_filesz, segment->p_offset, "segment");
    end = (address + bytes + page - 1) & -page;
    memory_protect(memory, start, end, protection_of(segment));
    return end;
}

struct program elf_load(struct elf *elf, struct memory *memory, uint64_t bytes_max)
{
    struct program program = {.entry = elf->headers->file.e_entry};
    bool entry_loaded = false;
    for (size_t i = 0; i < elf->headers->file.e_phnum; i++) {
        const Elf64_Phdr *segment = &elf->headers->program[i];
        if (segment->p_type != PT_LOAD || segment->p_memsz == 0) {
            continue;
        }
        program.end = load_segment(elf, segment, memory, bytes_max, program.end);
        entry_loaded |= (segment->p_flags & PF_X) != 0 && program.entry >= segment->p_vaddr &&
                        program.entry - segment->p_vaddr < segment->p_memsz;
    }
    if (!entry_loaded) {
        fail("%s: entry point 0x%" PRIx64 " is not in an executable segment", elf->path,
             program.entry);
    }
    close(elf->fd);
    free(elf->headers);
    elf->headers = NULL;
    return program;
}
