/* The manifest of a unikernel that is linked with these bindings. */
#pragma once

#include "../abi.h"

/* Declares one block device; to be used in one file of a unikernel. */
#define MANIFEST_OF_BLOCK_DEVICE(device)                                                           \
    __attribute__((used, section(".note.solo5.manifest"))) static const struct {                   \
        struct note_header header;                                                                 \
        uint32_t gap; /* the content is aligned to 8 bytes */                                      \
        uint32_t version, entry_count;                                                             \
        struct manifest_entry entries[2];                                                          \
    } solo5_manifest = {                                                                           \
        .header = {.name_size = sizeof NOTE_NAME,                                                  \
                   .content_size = sizeof solo5_manifest - sizeof(struct note_header),             \
                   .type = NOTE_TYPE_MANIFEST,                                                     \
                   .name = NOTE_NAME},                                                             \
        .version = MANIFEST_VERSION,                                                               \
        .entry_count = 2,                                                                          \
        .entries = {{.type = DEVICE_RESERVED}, {.name = device, .type = DEVICE_BLOCK}},            \
    }
