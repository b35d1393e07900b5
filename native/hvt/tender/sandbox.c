#include "sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/kvm.h>
#include <linux/seccomp.h>
#include <stdlib.h>
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

#define FDS_MAX (MANIFEST_ENTRIES_MAX + 4)
/* Four calls on every device, each with some steps around them. */
#define STEPS_MAX (4 * (2 * FDS_MAX + 8) + 64)

/* Ascending. */
struct descriptors {
    int fds[FDS_MAX];
    size_t count;
};

struct filter {
    struct sock_filter steps[STEPS_MAX];
    size_t count;
};

static int compare(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

/* The backing files, but for those that the kernel holds for an io_uring. */
static struct descriptors data_of(const struct permits *permits)
{
    struct descriptors data = {.count = 0};
    for (size_t i = 0; permits->uring == -1 && i < permits->device_count; i++) {
        if (permits->devices[i].block_bytes != 0) {
            data.fds[data.count++] = permits->devices[i].fd;
        }
    }
    return data;
}

/* Before Linux 5.9 they stay open, out of reach of what the filter allows. */
static void close_between(unsigned first, unsigned end)
{
    if (first < end && syscall(__NR_close_range, first, end - 1, 0) == -1 && errno != ENOSYS) {
        fail("close_range: %s", strerror(errno));
    }
}

static void close_others(const struct permits *permits)
{
    struct descriptors kept = data_of(permits);
    const int others[] = {permits->vcpu, permits->statistics, permits->kick, permits->uring};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i] != -1) {
            kept.fds[kept.count++] = others[i];
        }
    }
    qsort(kept.fds, kept.count, sizeof *kept.fds, compare);
    unsigned first = STDERR_FILENO + 1;
    for (size_t i = 0; i < kept.count; i++) {
        close_between(first, (unsigned)kept.fds[i]);
        first = (unsigned)kept.fds[i] + 1;
    }
    close_between(first, ~0u);
}

/* Steps of a filter, seccomp(2); both architectures are little-endian. */
static void add(struct filter *filter, struct sock_filter step)
{
    filter->steps[filter->count++] = step;
}

static void add_load(struct filter *filter, size_t field)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)field));
}
#define LOAD(filter, field) add_load(filter, offsetof(struct seccomp_data, field))

/* Skips that many steps unless the value is the one that was loaded. */
static void add_unless(struct filter *filter, uint32_t value, size_t skipped)
{
    add(filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, (uint8_t)skipped));
}

static void add_end(struct filter *filter, uint32_t action)
{
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

static void allow_value(struct filter *filter, uint32_t value)
{
    add_unless(filter, value, 1);
    add_end(filter, SECCOMP_RET_ALLOW);
}

/* Only as a call on one of these descriptors. */
static void allow_on(struct filter *filter, uint32_t number, const int *fds, size_t count)
{
    if (count == 0 || fds[0] == -1) {
        return;
    }
    add_unless(filter, number, 2 * count + 2);
    LOAD(filter, args[0]);
    for (size_t i = 0; i < count; i++) {
        allow_value(filter, (uint32_t)fds[i]);
    }
    add_end(filter, SECCOMP_RET_KILL_PROCESS);
}

/* To run the virtual CPU, and to tell where it was. */
static void allow_ioctl(struct filter *filter, int vcpu)
{
    add_unless(filter, __NR_ioctl, 8);
    LOAD(filter, args[0]);
    add_unless(filter, (uint32_t)vcpu, 5);
    LOAD(filter, args[1]);
    allow_value(filter, (uint32_t)KVM_RUN);
    allow_value(filter, (uint32_t)KVM_READ_COUNTER);
    add_end(filter, SECCOMP_RET_KILL_PROCESS);
}

static struct filter filter_of(const struct permits *permits)
{
    static const int console[] = {STDOUT_FILENO, STDERR_FILENO};
    static const uint32_t always[] = {__NR_clock_gettime, __NR_clock_nanosleep,
                                      __NR_restart_syscall, __NR_ppoll, __NR_exit_group};
    struct descriptors data = data_of(permits);
    struct filter filter = {.count = 0};
    LOAD(&filter, arch);
    add(&filter,
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)ARCHITECTURE, 1, 0));
    add_end(&filter, SECCOMP_RET_KILL_PROCESS);
    LOAD(&filter, nr);
    allow_ioctl(&filter, permits->vcpu);
    allow_on(&filter, __NR_pread64, data.fds, data.count);
    allow_on(&filter, __NR_pwrite64, data.fds, data.count);
    allow_on(&filter, __NR_fdatasync, data.fds, data.count);
    allow_on(&filter, __NR_io_uring_enter, &permits->uring, 1);
    allow_on(&filter, __NR_read, &permits->kick, 1);
    allow_on(&filter, __NR_write, console, 2);
    if (permits->kick != -1) {
        allow_value(&filter, __NR_futex);
    }
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
        allow_value(&filter, always[i]);
    }
    add_end(&filter, SECCOMP_RET_KILL_PROCESS);
    return filter;
}

void sandbox_enter(const struct permits *permits)
{
    close_others(permits);
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
    return; /* AddressSanitizer has needs of its own */
#endif
    struct filter filter = filter_of(permits);
    struct sock_fprog program = {.len = (unsigned short)filter.count, .filter = filter.steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0) {
        fail("sandbox: %s; the kernel must have seccomp filters", strerror(errno));
    }
}
