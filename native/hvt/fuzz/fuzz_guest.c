/*
 * What a guest does is the input: hypercalls, other exits, and requests of the ring. The tender's
 * own loop (run.c) serves them; what KVM_RUN would bring back is made of the input. The ring is
 * served when it is kicked, by the code of its thread but not from one, so that a run can be
 * repeated.
 */
#include <linux/kvm.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../tender/run.h"
#include "../tender/transfer.h"
#include "../tender/uring.h"
#include "fuzz.h"
/* For its state, and the step of its thread. */
#include "../tender/ring.c"

enum {
    MEMORY_BYTES = 4 << 20,
    RING_ADDRESS = MEMORY_BYTES - RING_BYTES,
    /* Protected as code, constants, and what nobody may touch; then data. */
    CODE = LOAD_ADDRESS_MIN,
    SECRETS = CODE + 0x2000,
    DATA = SECRETS + 0x1000,
    SCRATCH = DATA + 0x1000,
    DISK_BYTES = 64 << 10,
    DEVICES = 3, /* handles 1 and 2, of blocks of two sizes */
};

static struct vm vm = {.kvm = -1, .fd = -1, .vcpu = -1, .statistics = -1};
static struct block block = {.memory = &vm.memory};
static _Alignas(4096) uint8_t run_page[2 * 4096];

static const uint8_t *input;
static size_t input_bytes;

/* What is left of the input, and then zeroes. */
static uint64_t take(size_t bytes)
{
    uint64_t value = 0;
    size_t taken = bytes < input_bytes ? bytes : input_bytes;
    memcpy(&value, input, taken);
    input += taken;
    input_bytes -= taken;
    return value;
}

static const uint64_t limits[] = {
    0,       1,          512,          4096,         BOOT_INFO_ADDRESS, CODE,      SECRETS,    DATA,
    SCRATCH, DISK_BYTES, RING_ADDRESS, MEMORY_BYTES, UINT32_MAX,        INT64_MAX, UINT64_MAX,
};

/* Near something that might be mishandled, or a number of blocks, or anything. */
static uint64_t take_word(void)
{
    uint8_t choice = (uint8_t)take(1);
    if (choice < 0x80) {
        return limits[choice % (sizeof limits / sizeof *limits)] + (uint64_t)(int8_t)take(1);
    }
    return choice < 0xc0 ? 512 * take(1) : take(8);
}

static void take_ring_entries(void)
{
    uint8_t count = (uint8_t)take(1);
    for (uint32_t i = 0; i < count % 8u; i++) {
        uint32_t at = atomic_load(&ring.shared->submitted) + i;
        ring.shared->entries[at % RING_ENTRIES] = (struct ring_entry){
            .operation = (uint32_t)take(1) % 4,
            .handle = (uint32_t)take(1) % 4,
            .offset = take_word(),
            .address = take_word(),
            .length = (uint32_t)take_word(),
            .result = -1,
        };
    }
    /* Now and then many that are old, or more than there can be. */
    atomic_fetch_add(&ring.shared->submitted, count < 0xc0 ? count % 8u : 2u * count);
}

/* The kick, and what the thread then does. */
static void serve_ring(void)
{
    uint32_t count = pending();
    if (count > 0) {
        serve(count);
        FUZZ_CHECK(ring.shared->completed == ring.completed);
    }
}

/* Writes an argument of words to the guest's memory; returns its address. */
static uint64_t take_argument(void)
{
    uint64_t words[5];
    for (size_t i = 0; i < 5; i++) {
        words[i] = take_word();
    }
    if (take(1) % 2 == 0) {
        words[0] %= 4; /* a handle */
    }
    memcpy(vm.memory.base + SCRATCH, words, sizeof words);
    return take(1) % 16 == 0 ? take_word() : SCRATCH;
}

/* The guest has written this argument to the place of this hypercall. */
static void leave_for_hypercall(uint32_t number, uint32_t argument)
{
    struct kvm_run *run = vm.run;
    if (number == HYPERCALL_RING_WAIT && ring.shared != NULL) {
        serve_ring(); /* a read may have changed what is submitted, and a thread would look */
    }
#if defined(__x86_64__)
    run->exit_reason = KVM_EXIT_IO;
    run->io.direction = KVM_EXIT_IO_OUT;
    run->io.size = sizeof argument;
    run->io.count = 1;
    run->io.port = (uint16_t)(HYPERCALL_PORT + number);
    run->io.data_offset = 4096;
    memcpy(run_page + 4096, &argument, sizeof argument);
#elif defined(__aarch64__)
    run->exit_reason = KVM_EXIT_MMIO;
    run->mmio.is_write = 1;
    run->mmio.len = sizeof argument;
    run->mmio.phys_addr = HYPERCALL_MMIO + 8 * number;
    memcpy(run->mmio.data, &argument, sizeof argument);
#endif
}

/* Any exit at all, of all that KVM knows; where the data of one lies is KVM's word, not the
 * guest's. */
static void leave(void)
{
    vm.run->exit_reason = (uint32_t)take(1) % 40;
    for (size_t i = 0; i < 24; i++) {
        vm.run->padding[i] = (char)take(1);
    }
    if (vm.run->exit_reason == KVM_EXIT_IO) {
        vm.run->io.data_offset = 4096;
    }
}

static void run_guest(void)
{
    static const uint32_t calls[] = {
        HYPERCALL_WALLTIME,   HYPERCALL_PUTS,        HYPERCALL_POLL,      HYPERCALL_BLOCK_WRITE,
        HYPERCALL_BLOCK_READ, HYPERCALL_BLOCK_FLUSH, HYPERCALL_RING_WAIT, HYPERCALL_BLOCK_READ,
    };
    while (input_bytes > 0) {
        uint8_t choice = (uint8_t)take(1);
        if (choice < 0x40 && ring.shared != NULL) {
            take_ring_entries();
            serve_ring();
            continue;
        }
        if (choice < 0xf0) {
            leave_for_hypercall(calls[choice % 8], (uint32_t)take_argument());
            return;
        }
        if (choice < 0xf8) {
            leave_for_hypercall((uint32_t)take(2), (uint32_t)take_argument());
            return;
        }
        leave();
        return;
    }
    leave_for_hypercall(HYPERCALL_HALT, SCRATCH);
}

/* In place of the system call: the guest runs until it leaves; its CPU has no registers. */
int fuzz_ioctl(int fd, unsigned long code, ...);
int fuzz_ioctl(int fd, unsigned long code, ...)
{
    FUZZ_CHECK(fd == vm.vcpu);
    if (code != KVM_RUN) {
        return -1;
    }
    run_guest();
    return 0;
}

bool fuzz_is_orderly(const char *message)
{
    /* The host has no reason to fail, whatever the guest wants. */
    return strncmp(message, "guest ", strlen("guest ")) == 0 ||
           strncmp(message, "KVM: ", strlen("KVM: ")) == 0;
}

static void attach(size_t handle, const char *name, uint32_t block_bytes)
{
    int fd = memfd_create(name, 0);
    FUZZ_CHECK(fd != -1 && ftruncate(fd, DISK_BYTES) == 0);
    block.devices[handle] = (struct device){
        .path = name, .fd = fd, .capacity_bytes = DISK_BYTES, .block_bytes = block_bytes};
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    vm.run = (struct kvm_run *)run_page;
    attach(1, "disk", 512);
    attach(2, "disk of large blocks", 4096);
    memory_create(&vm.memory, MEMORY_BYTES);
    memory_protect(&vm.memory, CODE, SECRETS, PROT_READ);
    memory_protect(&vm.memory, SECRETS, DATA, PROT_NONE);
    memory_protect(&vm.memory, DATA, SCRATCH, PROT_READ | PROT_WRITE);
    transfer_start(BACKEND_IO_URING);
    transfer_uring(block.devices, DEVICES);
    return 0;
}

static void set_up(void)
{
    uint8_t choices = (uint8_t)take(1);
    block.sync = (enum block_sync)(choices % 3);
    block.max_bytes = (choices & 0x10) != 0 ? 65536 : 0;
    transfer_start((enum backend)(choices / 32 % 3));
    memset(vm.memory.base + DATA, 0, RING_BYTES);
    memset(vm.memory.base + RING_ADDRESS, 0, RING_BYTES);
    ring.block = &block;
    ring.completed = 0;
    pthread_mutex_init(&ring.mutex, NULL); /* the tender may have failed with it locked */
    ring.shared = (choices & 8) == 0 ? NULL : (void *)(vm.memory.base + RING_ADDRESS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    input = data;
    input_bytes = bytes;
    if (setjmp(fuzz_failed) == 0) {
        set_up();
        run_until_halt(&vm, &block);
    }
    fuzz_clean_up();
    for (size_t handle = 1; handle < DEVICES; handle++) {
        FUZZ_CHECK(lseek(block.devices[handle].fd, 0, SEEK_END) == DISK_BYTES);
    }
    return 0;
}
