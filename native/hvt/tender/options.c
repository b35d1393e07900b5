#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

static const char usage[] =
    "usage: hvt [OPTIONS] [--] UNIKERNEL [WORDS]\n"
    "Runs a unikernel built for version 2 of Solo5's hvt ABI, without network devices, on KVM.\n"
    "  --mem=MB                            guest memory, even, 2 to 4096 (512)\n"
    "  --block:NAME=PATH                   file or device behind block device NAME\n"
    "  --block-sector-size:NAME=BYTES      its block: a power of two, 512 to 32768 (512)\n"
    "  --block-max=BYTES                   largest request of a guest that asks (one block)\n"
    "  --block-sync=never|request|flush    durable: never; every write; when the guest says "
    "(never)\n"
    "  --block-backend=pread|direct|io_uring  how requests reach the host (pread)\n"
    "  --block-ring                        offer a shared ring: requests without exits\n"
    "  --null-kick                         offer an exit that KVM serves and nobody waits for\n"
    "  --delay-exit=NS                     wait that long at every exit (0)\n"
    "  --delay-request=NS                  ... before every request that is served (0)\n"
    "  --delay-flush=NS                    ... before every flush of a file (0)\n"
    "  --counts                            print exits and requests on standard error at the end\n";

/* Returns what follows `prefix` in `word`, or NULL. */
static const char *after(const char *word, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(word, prefix, length) == 0 ? word + length : NULL;
}

static uint64_t parse_number(const char *word, const char *text, uint64_t least, uint64_t most)
{
    char *end;
    errno = 0;
    uint64_t number = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)*text) || *end != '\0' || errno != 0 || number < least ||
        number > most) {
        fail("%s: expected a number from %" PRIu64 " to %" PRIu64, word, least, most);
    }
    return number;
}

static int parse_choice(const char *word, const char *text, const char *const choices[3])
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, choices[i]) == 0) {
            return i;
        }
    }
    fail("%s: expected %s, %s or %s", word, choices[0], choices[1], choices[2]);
}

/* Returns the device that `text` (NAME=VALUE) speaks of, and its value. */
static struct attachment *attachment_of(struct options *options, const char *word, const char *text,
                                        const char **value)
{
    size_t length = strcspn(text, "=");
    if (length == 0 || length >= DEVICE_NAME_SIZE || text[length] == '\0' ||
        text[length + 1] == '\0') {
        fail("%s: expected NAME=VALUE with a name of at most %d characters", word,
             DEVICE_NAME_SIZE - 1);
    }
    *value = text + length + 1;
    for (size_t i = 0; i < options->attachment_count; i++) {
        struct attachment *attachment = &options->attachments[i];
        if (attachment->name_length == length && memcmp(attachment->name, text, length) == 0) {
            return attachment;
        }
    }
    if (options->attachment_count == MANIFEST_ENTRIES_MAX) {
        fail("%s: more than %d devices", word, MANIFEST_ENTRIES_MAX);
    }
    struct attachment *attachment = &options->attachments[options->attachment_count++];
    attachment->name = text;
    attachment->name_length = length;
    return attachment;
}

static void parse_path(struct options *options, const char *word, const char *text)
{
    const char *path;
    struct attachment *attachment = attachment_of(options, word, text, &path);
    attachment->path = path;
}

static void parse_block_bytes(struct options *options, const char *word, const char *text)
{
    const char *value;
    struct attachment *attachment = attachment_of(options, word, text, &value);
    uint64_t bytes = parse_number(word, value, 0, UINT64_MAX);
    if (bytes < BLOCK_BYTES_MIN || bytes > BLOCK_BYTES_MAX || (bytes & (bytes - 1)) != 0) {
        fail("%s: expected a power of two from %u to %u", word, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX);
    }
    attachment->block_bytes = (uint32_t)bytes;
}

/* Whether it is one of the delays. */
static bool parse_delay(struct options *options, const char *word)
{
    static const char *const prefixes[DELAY_POINTS] = {
        [DELAY_EXIT] = "--delay-exit=",
        [DELAY_REQUEST] = "--delay-request=",
        [DELAY_FLUSH] = "--delay-flush=",
    };
    for (int point = 0; point < DELAY_POINTS; point++) {
        const char *value = after(word, prefixes[point]);
        if (value != NULL) {
            options->delays_ns[point] = parse_number(word, value, 0, DELAY_NS_MAX);
            return true;
        }
    }
    return false;
}

static void parse_option(struct options *options, const char *word)
{
    static const char *const syncs[] = {"never", "request", "flush"};
    static const char *const backends[] = {"pread", "direct", "io_uring"};
    const char *value;
    if ((value = after(word, "--mem=")) != NULL) {
        options->memory_bytes = parse_number(word, value, 2, MEMORY_BYTES_MAX >> 20) << 20;
        if (options->memory_bytes % MEMORY_ALIGNMENT != 0) {
            fail("%s: expected an even number of MB", word);
        }
    } else if ((value = after(word, "--block:")) != NULL) {
        parse_path(options, word, value);
    } else if ((value = after(word, "--block-sector-size:")) != NULL) {
        parse_block_bytes(options, word, value);
    } else if ((value = after(word, "--block-max=")) != NULL) {
        options->block_max_bytes = parse_number(word, value, BLOCK_BYTES_MIN, 1u << 30);
    } else if ((value = after(word, "--block-sync=")) != NULL) {
        options->block_sync = (enum block_sync)parse_choice(word, value, syncs);
    } else if ((value = after(word, "--block-backend=")) != NULL) {
        options->block_backend = (enum backend)parse_choice(word, value, backends);
    } else if (strcmp(word, "--block-ring") == 0) {
        options->block_ring = true;
    } else if (strcmp(word, "--null-kick") == 0) {
        options->null_kick = true;
    } else if (strcmp(word, "--counts") == 0) {
        options->counts = true;
    } else if (parse_delay(options, word)) {
        return;
    } else if (strcmp(word, "--help") == 0) {
        fputs(usage, stdout);
        exit(0);
    } else {
        fail("%s: no such option; --help lists them", word);
    }
}

struct options options_parse(char **words)
{
    struct options options = {.memory_bytes = 512ull << 20};
    for (; *words != NULL && **words == '-'; words++) {
        if (strcmp(*words, "--") == 0) {
            words++;
            break;
        }
        parse_option(&options, *words);
    }
    if (*words == NULL) {
        fail("no unikernel given; --help tells the usage");
    }
    options.unikernel = *words;
    options.unikernel_words = words + 1;
    return options;
}
