#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "../abi.h"
#include "block.h"
#include "clock.h"
#include "console.h"
#include "counts.h"
#include "fail.h"
#include "ring.h"
#include "vcpu.h"

static int request(int fd, unsigned long code, const char *name, unsigned long argument)
{
    int result = ioctl(fd, code, argument);
    if (result == -1) {
        fail("KVM: %s: %s", name, strerror(errno));
    }
    return result;
}
#define REQUEST(fd, code, argument) request(fd, code, #code, (unsigned long)(argument))

void vm_create(struct vm *vm, uint64_t memory_bytes)
{
    vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (vm->kvm == -1) {
        fail("/dev/kvm: %s; load the kvm module and give this user read and write access",
             strerror(errno));
    }
    int version = REQUEST(vm->kvm, KVM_GET_API_VERSION, 0);
    if (version != KVM_API_VERSION) {
        fail("/dev/kvm: API version %d, expected %d", version, KVM_API_VERSION);
    }
    vm->fd = REQUEST(vm->kvm, KVM_CREATE_VM, 0);
    vm->vcpu = REQUEST(vm->fd, KVM_CREATE_VCPU, 0);
    size_t run_bytes = (size_t)REQUEST(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    vm->run = mmap(NULL, run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vm->vcpu, 0);
    if (vm->run == MAP_FAILED) {
        fail("KVM: mmap of the virtual CPU: %s", strerror(errno));
    }

    memory_create(&vm->memory, memory_bytes);
    struct kvm_userspace_memory_region region = {
        .memory_size = memory_bytes,
        .userspace_addr = (uintptr_t)vm->memory.base,
    };
    REQUEST(vm->fd, KVM_SET_USER_MEMORY_REGION, &region);
}

int vm_hypercall_eventfd(const struct vm *vm, uint32_t number)
{
    int fd = eventfd(0, EFD_CLOEXEC);
    if (fd == -1) {
        fail("eventfd: %s", strerror(errno));
    }
    struct kvm_ioeventfd location = vcpu_hypercall_location(number);
    location.fd = fd;
    REQUEST(vm->fd, KVM_IOEVENTFD, &location);
    return fd;
}

static void serve(const struct vm *vm, struct block *block, uint32_t number, uint64_t argument)
{
    const struct memory *memory = &vm->memory;
    switch (number) {
    case HYPERCALL_WALLTIME:
        clock_walltime(memory, argument);
        return;
    case HYPERCALL_PUTS:
        console_puts(memory, argument);
        return;
    case HYPERCALL_POLL:
        clock_poll(memory, argument);
        return;
    case HYPERCALL_BLOCK_READ:
        block_call(block, BLOCK_READ, argument);
        return;
    case HYPERCALL_BLOCK_WRITE:
        block_call(block, BLOCK_WRITE, argument);
        return;
    case HYPERCALL_BLOCK_FLUSH:
        block_flush_call(block, argument);
        return;
    case HYPERCALL_RING_WAIT:
        ring_wait_call(memory, argument);
        return;
    default:
        fail("guest issued hypercall %u, which does not exist, at 0x%" PRIx64, number,
             vcpu_program_counter(vm));
    }
}

/* Why the guest left, if not for a hypercall; it cannot go on. */
static noreturn void fail_on_exit(const struct vm *vm)
{
    uint64_t counter = vcpu_program_counter(vm);
    switch (vm->run->exit_reason) {
    case KVM_EXIT_SHUTDOWN:
        fail("guest faulted without a fault handler (last seen at 0x%" PRIx64 ")", counter);
    case KVM_EXIT_HLT:
        fail("guest stopped its CPU without a halt hypercall at 0x%" PRIx64, counter);
    case KVM_EXIT_IO:
        fail("guest accessed port 0x%x, which does not exist, at 0x%" PRIx64, vm->run->io.port,
             counter);
    case KVM_EXIT_MMIO:
        fail("guest accessed 0x%" PRIx64 ", which is read-only or not memory, at 0x%" PRIx64,
             (uint64_t)vm->run->mmio.phys_addr, counter);
    case KVM_EXIT_FAIL_ENTRY:
        fail("KVM: cannot enter the guest: hardware reason 0x%" PRIx64,
             (uint64_t)vm->run->fail_entry.hardware_entry_failure_reason);
    case KVM_EXIT_INTERNAL_ERROR:
        fail("KVM: internal error %u at 0x%" PRIx64
             "; where KVM emulates, build the unikernel with -mgeneral-regs-only",
             vm->run->internal.suberror, counter);
    default:
        fail("KVM: unexpected exit %u at 0x%" PRIx64, vm->run->exit_reason, counter);
    }
}

int vm_run(struct vm *vm, struct block *block)
{
    for (;;) {
        if (ioctl(vm->vcpu, KVM_RUN, 0) == -1) {
            if (errno == EINTR) {
                continue;
            }
            if (errno == EFAULT) {
                fail("guest broke the protection of its memory at 0x%" PRIx64,
                     vcpu_program_counter(vm));
            }
            fail("KVM: KVM_RUN: %s", strerror(errno));
        }
        counts_add(&counts.exits);
        uint32_t number;
        uint64_t argument;
        if (!vcpu_hypercall(vm->run, &number, &argument)) {
            fail_on_exit(vm);
        }
        if (number == HYPERCALL_HALT) {
            const struct halt_call *call =
                memory_argument(&vm->memory, argument, sizeof *call, PROT_READ);
            if (call->cookie != 0) {
                memory_at(&vm->memory, call->cookie, HALT_COOKIE_BYTES, PROT_READ);
            }
            return call->status;
        }
        serve(vm, block, number, argument);
    }
}
