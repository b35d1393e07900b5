/*
 * Enters the sandbox as the tender does, and tries to do what it must not, for sandbox.test.ts:
 *
 *     sandbox-escape BACKEND DISK OTHER ATTEMPT
 *
 * BACKEND is `pread`, `io_uring`, or `io_uring ERRNO`: a kernel that answers so. DISK is a device
 * of the tender; OTHER is a file that was open before. Prints `done` or why not, if it lives.
 */
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "../tender/sandbox.h"
#include "../tender/transfer.h"
/* Whoever controls the tender has its ring, too. */
#include "../tender/uring.c"

static struct device devices[MANIFEST_ENTRIES_MAX];
#define DISK (devices[1].fd)
static int other;
static char data[512];

/* Returns what the operation did, or its negative error. */
static int64_t submit(struct io_uring_sqe submission)
{
    uint32_t tail = atomic_load(uring.submission_tail);
    uring.submissions[tail & uring.submission_mask] = submission;
    atomic_store(uring.submission_tail, tail + 1);
    enter(1, 1);
    uint32_t head = atomic_load(uring.completion_head);
    atomic_store(uring.completion_head, head + 1);
    return uring.completions[head & uring.completion_mask].res;
}

static int64_t transfer(uint8_t operation, int fd, uint8_t flags)
{
    return submit((struct io_uring_sqe){.opcode = operation,
                                        .fd = fd,
                                        .flags = flags,
                                        .addr = (uintptr_t)data,
                                        .len = sizeof data});
}

static int64_t ring_open(uint8_t flags)
{
    return submit((struct io_uring_sqe){.opcode = IORING_OP_OPENAT,
                                        .fd = AT_FDCWD,
                                        .flags = flags,
                                        .addr = (uintptr_t) "/etc/passwd",
                                        .open_flags = O_RDONLY});
}

static int64_t ring_socket(uint8_t flags)
{
    return submit((struct io_uring_sqe){.opcode = 45 /* IORING_OP_SOCKET of Linux 5.19 */,
                                        .fd = AF_INET,
                                        .flags = flags,
                                        .off = SOCK_STREAM});
}

static int64_t attempt(const char *name)
{
    struct io_uring_params params = {0};
    int32_t file = other;
#define ATTEMPT(word, result)                                                                      \
    if (strcmp(name, word) == 0) {                                                                 \
        return (result);                                                                           \
    }
    ATTEMPT("transfer",
            (transfer_all(
                 &(struct transfer){BLOCK_READ, &devices[1], (uint8_t *)data, sizeof data, 0}, 1),
             0))
    ATTEMPT("flush", (transfer_all(&(struct transfer){BLOCK_FLUSH, &devices[1], NULL, 0, 0}, 1), 0))
    ATTEMPT("open", openat(AT_FDCWD, "/etc/passwd", O_RDONLY))
    ATTEMPT("socket", socket(AF_INET, SOCK_STREAM, 0))
    ATTEMPT("sigreturn", syscall(SYS_rt_sigreturn))
    ATTEMPT("futex", syscall(SYS_futex, data, 1, 1, NULL, NULL, 0))
    ATTEMPT("read DISK", read(DISK, data, sizeof data))
    ATTEMPT("pread DISK", pread(DISK, data, sizeof data, 0))
    ATTEMPT("pread OTHER", pread(other, data, sizeof data, 0))
    ATTEMPT("pwrite OTHER", pwrite(other, data, sizeof data, 0))
    ATTEMPT("fdatasync OTHER", fdatasync(other))
    ATTEMPT("io_uring_setup", syscall(SYS_io_uring_setup, 1, &params))
    ATTEMPT("io_uring_enter OTHER", syscall(SYS_io_uring_enter, other, 0, 0, 0, NULL, 0))
    ATTEMPT("io_uring_register",
            syscall(SYS_io_uring_register, uring.fd, IORING_REGISTER_FILES, &file, 1))
    ATTEMPT("ring: fixed read", transfer(IORING_OP_READ, 1, IOSQE_FIXED_FILE))
    ATTEMPT("ring: fixed openat", ring_open(IOSQE_FIXED_FILE))
    ATTEMPT("ring: openat", ring_open(0))
    ATTEMPT("ring: socket", ring_socket(0))
    ATTEMPT("ring: fixed socket", ring_socket(IOSQE_FIXED_FILE))
    ATTEMPT("ring: read DISK", transfer(IORING_OP_READ, DISK, 0))
    ATTEMPT("ring: write OTHER", transfer(IORING_OP_WRITE, other, 0))
    ATTEMPT("ring: asynchronous read", transfer(IORING_OP_READ, 1, IOSQE_FIXED_FILE | IOSQE_ASYNC))
    fail("no such attempt: %s", name);
}

/* From now on the kernel refuses to make an io_uring. */
static void refuse_uring(int error)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof steps / sizeof *steps, .filter = steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1) {
        fail("seccomp: %s", strerror(errno));
    }
}

int main(int count, char **words)
{
    if (count != 5) {
        fail("expected BACKEND DISK OTHER ATTEMPT");
    }
    bool is_uring = strncmp(words[1], "io_uring", strlen("io_uring")) == 0;
    if (strchr(words[1], ' ') != NULL) {
        refuse_uring(atoi(strchr(words[1], ' ')));
    }
    transfer_start(is_uring ? BACKEND_IO_URING : BACKEND_PREAD);
    devices[1] =
        (struct device){.path = words[2], .fd = transfer_open(words[2]), .block_bytes = 512};
    other = open(words[3], O_RDWR);
    sandbox_enter(&(struct permits){
        .vcpu = -1,
        .statistics = -1,
        .kick = -1,
        .uring = transfer_uring(devices, MANIFEST_ENTRIES_MAX),
        .devices = devices,
        .device_count = MANIFEST_ENTRIES_MAX,
    });
    errno = 0;
    int64_t result = attempt(words[4]);
    int error = result == -1 && errno != 0 ? errno : result < 0 ? (int)-result : 0;
    const char *text = error == 0 ? "done" : strerror(error);
    ssize_t written = write(STDOUT_FILENO, text, strlen(text));
    (void)written;
    return EXIT_SUCCESS;
}
