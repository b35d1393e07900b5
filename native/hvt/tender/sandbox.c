#include "sandbox.h"

#include <errno.h>
#include <linux/kvm.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "fail.h"

static const int allowed[] = {
    SCMP_SYS(pread64),         SCMP_SYS(pwrite64),        SCMP_SYS(fdatasync),
    SCMP_SYS(io_uring_enter),  SCMP_SYS(read), /* the ring's eventfd */
    SCMP_SYS(futex),           SCMP_SYS(clock_gettime),   SCMP_SYS(clock_nanosleep),
    SCMP_SYS(restart_syscall), SCMP_SYS(poll),            SCMP_SYS(ppoll),
    SCMP_SYS(rt_sigreturn),    SCMP_SYS(exit_group),
};

static void check(int error)
{
    if (error != 0)
        fail("sandbox: %s", strerror(-error));
}

static void allow_ioctl(scmp_filter_ctx filter, const struct vm *vm, unsigned long code)
{
    check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 2,
                           SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)vm->vcpu),
                           SCMP_A1(SCMP_CMP_EQ, code)));
}

void sandbox_enter(const struct vm *vm)
{
    close(vm->kvm);
#if defined(__SANITIZE_ADDRESS__)
    return; /* AddressSanitizer has needs of its own */
#endif
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL)
        fail("sandbox: no memory");
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0));
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
        check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                               SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd)));
    allow_ioctl(filter, vm, KVM_RUN);
#if defined(__x86_64__)
    allow_ioctl(filter, vm, KVM_GET_REGS);
#elif defined(__aarch64__)
    allow_ioctl(filter, vm, KVM_GET_ONE_REG);
#endif
    /* All threads; and no new privileges, which is libseccomp's default. */
    check(seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1));
    check(seccomp_load(filter));
    seccomp_release(filter);
}
