#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#include "../abi.h"
#include "clock.h"
#include "console.h"
#include "counts.h"
#include "delay.h"
#include "fail.h"
#include "ring.h"
#include "vcpu.h"

int run_eventfd(const struct vm *vm, uint32_t number)
{
    int fd = eventfd(0, EFD_CLOEXEC);
    if (fd == -1) {
        fail("eventfd: %s", strerror(errno));
    }
    struct kvm_ioeventfd location = vcpu_hypercall_location(number);
    location.fd = fd;
    if (ioctl(vm->fd, KVM_IOEVENTFD, &location) == -1) {
        fail("KVM: KVM_IOEVENTFD: %s", strerror(errno));
    }
    return fd;
}

static void serve(const struct vm *vm, const struct block *block, uint32_t number,
                  uint64_t argument)
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

int run_until_halt(const struct vm *vm, const struct block *block)
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
        delay_at(DELAY_EXIT);
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
