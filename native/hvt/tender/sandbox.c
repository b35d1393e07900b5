#include "sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/kvm.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fail.h"

#if !defined(__has_feature) /* gcc says it by a macro */
#define __has_feature(feature) 0
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define KVM_READ_COUNTER KVM_GET_REGS
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define KVM_READ_COUNTER KVM_GET_ONE_REG
#endif

/* Steps of a filter (seccomp(2)); both architectures are little-endian. */
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF(value, then_skip, else_skip)                                                            \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), then_skip, else_skip)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW_CALL(name) IF(__NR_##name, 0, 1), ALLOW

void sandbox_enter(const struct vm *vm)
{
    close(vm->kvm);
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
    return; /* AddressSanitizer has needs of its own */
#endif
    struct sock_filter steps[] = {
        LOAD(arch),
        IF(ARCHITECTURE, 1, 0),
        KILL,
        LOAD(nr),
        ALLOW_CALL(pread64),
        ALLOW_CALL(pwrite64),
        ALLOW_CALL(fdatasync),
        ALLOW_CALL(io_uring_enter),
        ALLOW_CALL(read), /* the ring's eventfd */
        ALLOW_CALL(futex),
        ALLOW_CALL(clock_gettime),
        ALLOW_CALL(clock_nanosleep),
        ALLOW_CALL(restart_syscall),
        ALLOW_CALL(ppoll),
        ALLOW_CALL(rt_sigreturn),
        ALLOW_CALL(exit_group),
        /* write, to the console and for messages */
        IF(__NR_write, 0, 5),
        LOAD(args[0]),
        IF(STDOUT_FILENO, 1, 0),
        IF(STDERR_FILENO, 0, 1),
        ALLOW,
        KILL,
        /* ioctl, to run the virtual CPU and to tell where it was */
        IF(__NR_ioctl, 0, 5),
        LOAD(args[0]),
        IF(vm->vcpu, 0, 3),
        LOAD(args[1]),
        IF(KVM_RUN, 2, 0),
        IF(KVM_READ_COUNTER, 1, 0),
        KILL,
        ALLOW,
    };
    struct sock_fprog filter = {.len = sizeof steps / sizeof *steps, .filter = steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) != 0) {
        fail("sandbox: %s; the kernel must have seccomp filters", strerror(errno));
    }
}
