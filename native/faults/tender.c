/*
 * What a tender must never do, between the requests that it has checked and their transfer. The
 * variable GUESTBENCH_FAULT of this test program says which, and how often:
 *
 *   lost-write=N     every Nth write is answered and not done
 *   lost-operation=N the writes of every Nth 4 KiB, likewise
 *   last-sector      no write reaches the device's last 512 bytes
 *   lost-read=N      every Nth read leaves the guest's memory as it was
 *   stale-read=N     every Nth read finds what was there before the last write
 *   lost-flush=N     every Nth flush is answered and not done
 *   early-flush      a flush is answered before the write ahead of it, which is done with the next
 *                    request, or never
 *   hang             the first request is never answered
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../hvt/tender/transfer.h"

enum { SECTOR_BYTES = 512, MOST_BYTES = 1 << 20, OPERATION_BYTES = 4096 };

void __real_transfer_all(const struct transfer *transfers, size_t count);

static const char *kind = "";
static uint64_t period;
static uint64_t reads, writes, written_bytes, flushes;

/* What was at each place before the last write to it. */
static uint8_t before[MOST_BYTES];

static struct transfer held;
static uint8_t held_data[MOST_BYTES];

static void read_fault(void)
{
    static char text[64];
    const char *fault = getenv("GUESTBENCH_FAULT");
    snprintf(text, sizeof text, "%s", fault == NULL ? "" : fault);
    char *number = strchr(text, '=');
    if (number != NULL) {
        *number++ = '\0';
        period = strtoull(number, NULL, 10);
    }
    kind = text;
}

static bool is(const char *other)
{
    return strcmp(kind, other) == 0;
}

static bool is_nth(uint64_t number)
{
    return number % period == 0;
}

static bool is_in_nth_operation(uint64_t offset_written)
{
    return is_nth(1 + offset_written / OPERATION_BYTES);
}

static bool is_kept(const struct transfer *transfer)
{
    return is("stale-read") && transfer->offset + transfer->bytes <= MOST_BYTES;
}

static void keep(const struct device *device, uint64_t offset, size_t bytes)
{
    if (pread(device->fd, before + offset, bytes, (off_t)offset) < 0) {
        perror("faults: pread");
        exit(EXIT_FAILURE);
    }
}

static void write_faulty(struct transfer write)
{
    uint64_t offset_written = written_bytes;
    bool reaches_end = write.offset + write.bytes == write.device->capacity_bytes;
    writes++;
    written_bytes += write.bytes;
    if (is_kept(&write)) {
        keep(write.device, write.offset, write.bytes);
    }
    if ((is("lost-write") && is_nth(writes)) ||
        (is("lost-operation") && is_in_nth_operation(offset_written))) {
        return;
    }
    if (is("last-sector") && reaches_end) {
        write.bytes -= SECTOR_BYTES;
    }
    if (is("early-flush") && write.bytes <= MOST_BYTES) {
        memcpy(held_data, write.data, write.bytes);
        held = write;
        held.data = held_data;
        return;
    }
    if (write.bytes > 0) {
        __real_transfer_all(&write, 1);
    }
}

static void read_faulty(const struct transfer *read)
{
    reads++;
    if (is("lost-read") && is_nth(reads)) {
        return;
    }
    __real_transfer_all(read, 1);
    if (is_kept(read) && is_nth(reads)) {
        memcpy(read->data, before + read->offset, read->bytes);
    }
}

static void release(void)
{
    if (held.bytes > 0) {
        __real_transfer_all(&held, 1);
        held.bytes = 0;
    }
}

void __wrap_transfer_all(const struct transfer *transfers, size_t count)
{
    if (*kind == '\0') {
        read_fault();
        keep(transfers[0].device, 0, MOST_BYTES);
    }
    if (is("hang")) {
        for (;;) {
        }
    }
    for (size_t i = 0; i < count; i++) {
        switch (transfers[i].operation) {
        case BLOCK_READ:
            release();
            read_faulty(&transfers[i]);
            break;
        case BLOCK_WRITE:
            release();
            write_faulty(transfers[i]);
            break;
        case BLOCK_FLUSH:
            if (!is("lost-flush") || !is_nth(++flushes)) {
                __real_transfer_all(&transfers[i], 1);
            }
            break;
        }
    }
}
