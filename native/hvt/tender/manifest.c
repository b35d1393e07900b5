#include "manifest.h"

#include <string.h>

#include "fail.h"

struct manifest *manifest_read(const struct elf *elf)
{
    size_t bytes;
    size_t bytes_max =
        sizeof(struct manifest) + MANIFEST_ENTRIES_MAX * sizeof(struct manifest_entry);
    struct manifest *manifest =
        elf_note(elf, NOTE_TYPE_MANIFEST, _Alignof(struct manifest_entry), bytes_max, &bytes);
    if (manifest == NULL) {
        fail("%s: not a Solo5 unikernel: no manifest", elf->path);
    }
    if (bytes < sizeof *manifest + sizeof *manifest->entries) {
        fail("%s: manifest: %zu bytes are too few for an entry", elf->path, bytes);
    }
    if (manifest->version != MANIFEST_VERSION || manifest->entry_count > MANIFEST_ENTRIES_MAX ||
        bytes != sizeof *manifest + manifest->entry_count * sizeof *manifest->entries) {
        fail("%s: manifest: version %u with %u entries in %zu bytes", elf->path, manifest->version,
             manifest->entry_count, bytes);
    }
    for (size_t i = 0; i < manifest->entry_count; i++) {
        const struct manifest_entry *entry = &manifest->entries[i];
        bool reserved = entry->type == DEVICE_RESERVED && entry->name[0] == '\0';
        if (reserved != (i == 0) || entry->name[DEVICE_NAME_SIZE - 1] != '\0' || entry->attached) {
            fail("%s: manifest: entry %zu is invalid", elf->path, i);
        }
    }
    return manifest;
}

static void attach(struct block *block, struct manifest *manifest,
                   const struct attachment *attachment)
{
    for (size_t i = 1; i < manifest->entry_count; i++) {
        const struct manifest_entry *entry = &manifest->entries[i];
        if (entry->type == DEVICE_BLOCK && attachment->path != NULL &&
            strlen(entry->name) == attachment->name_length &&
            memcmp(entry->name, attachment->name, attachment->name_length) == 0) {
            block_attach(block, manifest, i, attachment->path, attachment->block_bytes);
            return;
        }
    }
    fail("block device %.*s: %s", (int)attachment->name_length, attachment->name,
         attachment->path == NULL ? "has a block size, but no --block:NAME=PATH"
                                  : "the unikernel's manifest does not declare it");
}

void manifest_attach(struct manifest *manifest, struct block *block, const struct options *options)
{
    for (size_t i = 0; i < options->attachment_count; i++) {
        attach(block, manifest, &options->attachments[i]);
    }
    for (size_t i = 1; i < manifest->entry_count; i++) {
        const struct manifest_entry *entry = &manifest->entries[i];
        if (entry->type == DEVICE_NET) {
            fail("the unikernel needs network device %s: this tender has no network", entry->name);
        }
        if (!entry->attached) {
            fail("the unikernel needs block device %s: attach it with --block:%s=PATH", entry->name,
                 entry->name);
        }
    }
}
