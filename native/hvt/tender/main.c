/* Runs one unikernel; README.md tells the ABI between it and this program. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../abi.h"
#include "block.h"
#include "counts.h"
#include "delay.h"
#include "elf.h"
#include "fail.h"
#include "manifest.h"
#include "options.h"
#include "ring.h"
#include "run.h"
#include "sandbox.h"
#include "transfer.h"
#include "vcpu.h"
#include "vm.h"

static void on_signal(int number)
{
    fail("ended by signal %d", number);
}

static void install_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigfillset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A console that nobody reads is then an error of write, with a message. */
    signal(SIGPIPE, SIG_IGN);
}

/*
 * No file of ours gets the number of a standard stream that is closed: the console would end up in
 * a disk. What stands in for it cannot be written to, as before.
 */
static void hold_standard_streams(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (fd == -1) {
            fail("/dev/null: %s", strerror(errno));
        }
    } while (fd <= STDERR_FILENO);
    close(fd);
}

/* Joins the words by single spaces into the guest's command line. */
static void write_command_line(char *line, char **words)
{
    size_t length = 0;
    for (char **word = words; *word != NULL; word++) {
        size_t room = COMMAND_LINE_SIZE - length;
        int written = snprintf(line + length, room, "%s%s", word == words ? "" : " ", *word);
        if (written < 0 || (size_t)written >= room) {
            fail("the unikernel's words are longer than %d characters", COMMAND_LINE_SIZE - 1);
        }
        length += (size_t)written;
    }
}

/* Boot info, then the manifest, then the command line, in the guest's read-only low memory. */
static struct boot_info *write_boot_info(const struct memory *memory,
                                         const struct manifest *manifest, char **words)
{
    struct boot_info *info =
        memory_at(memory, BOOT_INFO_ADDRESS, sizeof *info, PROT_READ | PROT_WRITE);
    size_t manifest_bytes = sizeof *manifest + manifest->entry_count * sizeof *manifest->entries;
    info->manifest = BOOT_INFO_ADDRESS + sizeof *info;
    memcpy(memory_at(memory, info->manifest, manifest_bytes, PROT_WRITE), manifest, manifest_bytes);
    info->command_line = info->manifest + manifest_bytes;
    write_command_line(memory_at(memory, info->command_line, COMMAND_LINE_SIZE, PROT_WRITE), words);
    return info;
}

static void offer_extensions(struct boot_info *info, const struct options *options)
{
    if (options->block_max_bytes > 0) {
        info->host_features |= FEATURE_BLOCK_MAX;
        info->block_max_bytes = options->block_max_bytes;
    }
    if (options->block_sync == BLOCK_SYNC_FLUSH) {
        info->host_features |= FEATURE_BLOCK_FLUSH;
    }
    if (options->block_ring) {
        info->host_features |= FEATURE_BLOCK_RING;
        info->block_ring = info->memory_bytes;
    }
    if (options->null_kick) {
        info->host_features |= FEATURE_NULL_KICK;
    }
}

static struct boot_info *load(struct vm *vm, struct elf *elf, const struct manifest *manifest,
                              const struct options *options)
{
    uint64_t memory_bytes = options->memory_bytes - (options->block_ring ? RING_BYTES : 0);
    struct program program = elf_load(elf, &vm->memory, memory_bytes);
    struct boot_info *info = write_boot_info(&vm->memory, manifest, options->unikernel_words);
    info->memory_bytes = memory_bytes;
    info->kernel_end = program.end;
    info->cycles_hz = vcpu_prepare(vm, program.entry, memory_bytes);
    offer_extensions(info, options);
    return info;
}

int main(int argc, char **argv)
{
    (void)argc;
    struct options options = options_parse(argv + 1);
    install_signals();
    hold_standard_streams();
    struct elf elf = elf_open(options.unikernel);
    struct manifest *manifest = manifest_read(&elf);

    /* Not of this frame: the ring's thread serves from them until the process is gone. */
    static struct vm vm;
    static struct block block;
    block.memory = &vm.memory;
    block.sync = options.block_sync;
    block.max_bytes = options.block_max_bytes;
    transfer_start(options.block_backend);
    manifest_attach(manifest, &block, &options);
    struct permits permits = {
        .statistics = -1,
        .kick = -1,
        .uring = transfer_uring(block.devices, MANIFEST_ENTRIES_MAX),
        .devices = block.devices,
        .device_count = MANIFEST_ENTRIES_MAX,
    };

    vm_create(&vm, options.memory_bytes);
    permits.vcpu = vm.vcpu;
    permits.statistics = vm.statistics;
    const struct boot_info *info = load(&vm, &elf, manifest, &options);
    if (options.block_ring) {
        permits.kick = run_eventfd(&vm, HYPERCALL_RING_KICK);
        ring_start(&block, info->block_ring, permits.kick);
    }
    if (options.null_kick) {
        close(run_eventfd(&vm, HYPERCALL_NULL_KICK)); /* KVM keeps it */
    }

    for (int point = 0; point < DELAY_POINTS; point++) {
        delay_set((enum delay_point)point, options.delays_ns[point]);
    }
    sandbox_enter(&permits);
    int status = run_until_halt(&vm, &block);
    if (options.counts) {
        counts_print();
    }
    return status;
}
