/*
 * The workload as a Solo5 application: one block device named storage, which the host has filled.
 * It links with Solo5's own bindings, for any of its targets, and with those of ../hvt.
 */
#include <solo5.h>

#include "platform.h"
#include "words.h"
#include "workload.h"

/* Solo5 keeps it in 16 bits. */
#define LARGEST_BLOCK 32768

/* Of hvt/bindings/hvt_block.h; NULL with Solo5's own bindings. */
__attribute__((weak)) bool hvt_block_offers_more(void);
__attribute__((weak)) solo5_result_t hvt_block_write(solo5_handle_t handle, solo5_off_t offset,
                                                     const uint8_t *buf, size_t size);
__attribute__((weak)) solo5_result_t hvt_block_read(solo5_handle_t handle, solo5_off_t offset,
                                                    uint8_t *buf, size_t size);
__attribute__((weak)) solo5_result_t hvt_block_flush(solo5_handle_t handle);
__attribute__((weak)) solo5_result_t hvt_null_kick(void);

enum { PAGE_BYTES = 4096, WORDS_MAX = 64, COMMAND_LINE_BYTES = 8192 };

const bool platform_takes_path = false;

static solo5_handle_t storage;
static uint64_t block_bytes;
static uint64_t end;
static bool offers_more;
static const char *error;

/* Of one call of solo5_block_read and solo5_block_write, at most. */
static size_t request_bytes;

static uintptr_t heap;
static uintptr_t heap_end;

static bool failed(const char *reason)
{
    error = reason;
    return false;
}

static uint8_t two_blocks[2 * LARGEST_BLOCK];

/* Stock bindings refuse more than one block a call, before they call the tender. */
static bool takes_more(size_t bytes)
{
    return bytes > block_bytes && block_bytes <= LARGEST_BLOCK &&
           solo5_block_read(storage, 0, two_blocks, 2 * block_bytes) == SOLO5_R_OK;
}

enum storage_state storage_open(const struct words *words)
{
    struct solo5_block_info info;
    if (solo5_block_acquire("storage", &storage, &info) != SOLO5_R_OK) {
        failed("solo5_block_acquire: no device storage");
        return STORAGE_FAILED;
    }
    block_bytes = info.block_size;
    end = info.capacity;
    request_bytes = takes_more(words->longest_bytes) ? words->longest_bytes : block_bytes;
    offers_more = hvt_block_offers_more != NULL && hvt_block_offers_more();
    if (words->file_bytes > info.capacity) {
        failed("solo5_block_acquire: the device is smaller than the file");
        return STORAGE_FAILED;
    }
    if (words->request_bytes % block_bytes != 0) {
        failed("solo5_block_acquire: request is not a multiple of the device's block");
        return STORAGE_FAILED;
    }
    return words->fill == 0 ? STORAGE_FILLED : STORAGE_EMPTY;
}

static size_t step_bytes(size_t rest_bytes)
{
    return rest_bytes < request_bytes ? rest_bytes : request_bytes;
}

/* One block a call is the study's third cause. */
bool storage_read(uint64_t offset, uint8_t *data, size_t bytes)
{
    if (offers_more) {
        return hvt_block_read(storage, offset, data, bytes) == SOLO5_R_OK ||
               failed("hvt_block_read: refused");
    }
    size_t step;
    for (size_t done = 0; done < bytes; done += step) {
        step = step_bytes(bytes - done);
        if (solo5_block_read(storage, offset + done, data + done, step) != SOLO5_R_OK) {
            return failed("solo5_block_read: refused");
        }
    }
    return true;
}

bool storage_write(uint64_t offset, const uint8_t *data, size_t bytes)
{
    if (offers_more) {
        return hvt_block_write(storage, offset, data, bytes) == SOLO5_R_OK ||
               failed("hvt_block_write: refused");
    }
    size_t step;
    for (size_t done = 0; done < bytes; done += step) {
        step = step_bytes(bytes - done);
        if (solo5_block_write(storage, offset + done, data + done, step) != SOLO5_R_OK) {
            return failed("solo5_block_write: refused");
        }
    }
    return true;
}

/* An exit (hvt) or a system call (spt) without work; virtio reads a clock that it shares. */
bool null_clock(void)
{
    return solo5_clock_wall() != 0 || failed("solo5_clock_wall: no time");
}

/* All the way but the transfer under hvt, whose tender is who refuses; spt and virtio refuse
 * before. */
bool null_read(uint8_t *data, size_t bytes)
{
    (void)bytes;
    return solo5_block_read(storage, end, data, block_bytes) == SOLO5_R_EINVAL ||
           failed("solo5_block_read: not refused at the end");
}

bool null_kick(void)
{
    return (hvt_null_kick != NULL && hvt_null_kick() == SOLO5_R_OK) ||
           failed("null-kick: this tender offers none");
}

/* Solo5's documentation of solo5_block_read and solo5_block_write refuses each of them. */
bool storage_refuses(enum fault fault, bool writes)
{
    uint64_t offset = 0;
    size_t bytes = block_bytes;
    switch (fault) {
    case FAULT_BEYOND_END:
        offset = end;
        break;
    case FAULT_ACROSS_END:
        offset = end - block_bytes;
        bytes = 2 * block_bytes;
        break;
    case FAULT_MISALIGNED:
        offset = block_bytes / 2;
        break;
    case FAULT_SHORT:
        bytes = block_bytes - 1;
        break;
    case FAULT_LONG:
        bytes = block_bytes + 1;
        break;
    case FAULT_EMPTY:
        bytes = 0;
        break;
    case FAULT_WRAPPING:
        offset = -block_bytes;
        break;
    case FAULT_COUNT:
        return false;
    }
    solo5_result_t result = writes ? solo5_block_write(storage, offset, two_blocks, bytes)
                                   : solo5_block_read(storage, offset, two_blocks, bytes);
    return result != SOLO5_R_OK;
}

/* Solo5 has no flush: there the host alone decides how durable a completed write is. */
bool storage_sync(void)
{
    return hvt_block_flush == NULL || hvt_block_flush(storage) == SOLO5_R_OK ||
           failed("hvt_block_flush: refused");
}

bool storage_sync_data(void)
{
    return storage_sync();
}

/* A unikernel caches nothing; the host's cache is for whoever boots it to bypass. */
bool storage_drop_cache(void)
{
    return true;
}

_Noreturn void platform_wait(void)
{
    static const uint64_t SECOND_NS = 1000000000;
    for (;;) {
        solo5_yield(solo5_clock_monotonic() + SECOND_NS, NULL);
    }
}

const char *storage_error(void)
{
    return error;
}

uint64_t clock_ns(void)
{
    return solo5_clock_monotonic();
}

void console_print(const char *text, size_t bytes)
{
    solo5_console_write(text, bytes);
}

void *memory_allocate(size_t bytes)
{
    uintptr_t start = (heap + PAGE_BYTES - 1) & -(uintptr_t)PAGE_BYTES;
    if (start > heap_end || bytes > heap_end - start) {
        return NULL;
    }
    heap = start + bytes;
    return (void *)start;
}

/* Volatile: a compiler may otherwise take a function's loop for a call of that very function. */
typedef volatile uint8_t byte;

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((byte *)to)[i] = ((const uint8_t *)from)[i];
    }
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        size_t at = (uintptr_t)to < (uintptr_t)from ? i : bytes - 1 - i;
        ((byte *)to)[at] = ((const uint8_t *)from)[at];
    }
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((byte *)to)[i] = (uint8_t)value;
    }
    return to;
}

int memcmp(const void *left, const void *right, size_t bytes)
{
    const uint8_t *a = left;
    const uint8_t *b = right;
    for (size_t i = 0; i < bytes; i++) {
        if (a[i] != b[i]) {
            return a[i] - b[i];
        }
    }
    return 0;
}

/* Splits a command line at its spaces, in place; words beyond the maximum stay with the last. */
static size_t split(char *line, const char *words[static WORDS_MAX])
{
    size_t count = 0;
    for (;;) {
        while (*line == ' ') {
            *line++ = '\0';
        }
        if (*line == '\0') {
            return count;
        }
        words[count++] = line;
        if (count == WORDS_MAX) {
            return count;
        }
        while (*line != '\0' && *line != ' ') {
            line++;
        }
    }
}

/* The stack grows down from the heap's end; it gets this much. */
enum { STACK_BYTES = 0x40000 };

int solo5_app_main(const struct solo5_start_info *info)
{
    static char line[COMMAND_LINE_BYTES];
    const char *words[WORDS_MAX];
    heap = info->heap_start;
    heap_end = info->heap_size > STACK_BYTES ? heap + info->heap_size - STACK_BYTES : heap;
    for (size_t i = 0; i + 1 < sizeof line && info->cmdline[i] != '\0'; i++) {
        line[i] = info->cmdline[i];
    }
    return workload(split(line, words), words) ? SOLO5_EXIT_SUCCESS : SOLO5_EXIT_FAILURE;
}
