#include "uring.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counts.h"
#include "fail.h"

/* Both queues are shared with the kernel; the tender moves the one tail and the other head. */
static struct {
    int fd;
    /* Where a device is in this array, it is among the ring's files. */
    const struct device *devices;
    struct io_uring_sqe *submissions;
    _Atomic uint32_t *submission_tail;
    uint32_t submission_mask;
    const struct io_uring_cqe *completions;
    _Atomic uint32_t *completion_head;
    const _Atomic uint32_t *completion_tail;
    uint32_t completion_mask;
} uring;

static void *map(size_t bytes, off_t offset)
{
    void *room =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, uring.fd, offset);
    if (room == MAP_FAILED) {
        fail("io_uring: mmap: %s", strerror(errno));
    }
    return room;
}

static void create(struct io_uring_params *params)
{
    params->flags = IORING_SETUP_R_DISABLED;
    uring.fd = (int)syscall(SYS_io_uring_setup, TRANSFERS_MAX, params);
    if (uring.fd == -1 && (errno == EINVAL || errno == ENOSYS)) {
        fail("io_uring: this kernel cannot confine a ring, expected Linux 5.10 or later");
    }
    if (uring.fd == -1) {
        fail("io_uring: %s; the kernel may forbid it (sysctl kernel.io_uring_disabled)",
             strerror(errno));
    }
}

static void map_queues(const struct io_uring_params *params)
{
    size_t submission_bytes = params->sq_off.array + params->sq_entries * sizeof(uint32_t);
    size_t completion_bytes =
        params->cq_off.cqes + params->cq_entries * sizeof(struct io_uring_cqe);
    char *rings = map(submission_bytes > completion_bytes ? submission_bytes : completion_bytes,
                      IORING_OFF_SQ_RING);
    uring.submissions = map(params->sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
    uring.submission_tail = (_Atomic uint32_t *)(rings + params->sq_off.tail);
    uring.submission_mask = params->sq_entries - 1;
    uring.completions = (struct io_uring_cqe *)(rings + params->cq_off.cqes);
    uring.completion_head = (_Atomic uint32_t *)(rings + params->cq_off.head);
    uring.completion_tail = (_Atomic uint32_t *)(rings + params->cq_off.tail);
    uring.completion_mask = params->cq_entries - 1;
    uint32_t *array = (uint32_t *)(rings + params->sq_off.array);
    for (uint32_t i = 0; i < params->sq_entries; i++) {
        array[i] = i;
    }
}

static void configure(uint32_t code, const void *argument, uint32_t count, const char *what)
{
    if (syscall(SYS_io_uring_register, uring.fd, code, argument, count) == -1) {
        fail("io_uring: %s: %s", what, strerror(errno));
    }
}

static void register_files(const struct device *devices, size_t count)
{
    int32_t files[MANIFEST_ENTRIES_MAX];
    for (size_t i = 0; i < count; i++) {
        files[i] = devices[i].block_bytes == 0 ? -1 : devices[i].fd;
    }
    configure(IORING_REGISTER_FILES, files, (uint32_t)count, "its files");
}

/* From here on the ring takes these three operations on its own files, and no further settings. */
static void confine(void)
{
    struct io_uring_restriction restrictions[] = {
        {.opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_READ},
        {.opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_WRITE},
        {.opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_FSYNC},
        {.opcode = IORING_RESTRICTION_SQE_FLAGS_REQUIRED, .sqe_flags = IOSQE_FIXED_FILE},
        {.opcode = IORING_RESTRICTION_SQE_FLAGS_ALLOWED,
         .sqe_flags = IOSQE_FIXED_FILE | IOSQE_IO_DRAIN},
    };
    configure(IORING_REGISTER_RESTRICTIONS, restrictions,
              sizeof restrictions / sizeof *restrictions, "its restrictions");
    configure(IORING_REGISTER_ENABLE_RINGS, NULL, 0, "its start");
}

int uring_start(const struct device *devices, size_t count)
{
    struct io_uring_params params = {0};
    create(&params);
    map_queues(&params);
    register_files(devices, count);
    confine();
    uring.devices = devices;
    return uring.fd;
}

static struct io_uring_sqe submission_of(const struct transfer *transfer, size_t index)
{
    struct io_uring_sqe submission = {.fd = (int32_t)(transfer->device - uring.devices),
                                      .flags = IOSQE_FIXED_FILE,
                                      .user_data = index};
    if (transfer->operation == BLOCK_FLUSH) {
        counts_add(&counts.syncs);
        submission.opcode = IORING_OP_FSYNC;
        submission.fsync_flags = IORING_FSYNC_DATASYNC;
        submission.flags |= IOSQE_IO_DRAIN;
        return submission;
    }
    submission.opcode = transfer->operation == BLOCK_READ ? IORING_OP_READ : IORING_OP_WRITE;
    submission.addr = (uintptr_t)transfer->data;
    submission.len = (uint32_t)transfer->bytes;
    submission.off = transfer->offset;
    return submission;
}

static void enter(uint32_t to_submit, uint32_t to_complete)
{
    counts_add(&counts.transfers);
    while (to_complete > 0) {
        long submitted = syscall(SYS_io_uring_enter, uring.fd, to_submit, to_complete,
                                 IORING_ENTER_GETEVENTS, NULL, 0);
        if (submitted == -1 && errno != EINTR && errno != EAGAIN) {
            fail("io_uring: io_uring_enter: %s", strerror(errno));
        }
        if (submitted > 0) {
            to_submit -= (uint32_t)submitted;
        }
        uint32_t ready = atomic_load(uring.completion_tail) - atomic_load(uring.completion_head);
        if (to_submit == 0 && ready >= to_complete) {
            return;
        }
    }
}

/* What would block runs on a thread of the kernel's, which counts among the user's processes. */
static const char *reason_of(int32_t result)
{
    if (result == -ECANCELED) {
        return "Operation canceled: the kernel could start no thread for io_uring; "
               "raise the limit on processes (ulimit -u, or pids.max of the control group)";
    }
    return result < 0 ? strerror(-result) : "the host stopped short";
}

const char *uring_transfer(const struct transfer *transfers, size_t count, size_t *failed)
{
    uint32_t tail = atomic_load(uring.submission_tail);
    for (size_t i = 0; i < count; i++) {
        uring.submissions[tail++ & uring.submission_mask] = submission_of(&transfers[i], i);
    }
    atomic_store(uring.submission_tail, tail);
    enter((uint32_t)count, (uint32_t)count);

    uint32_t head = atomic_load(uring.completion_head);
    const char *reason = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct io_uring_cqe *completion = &uring.completions[head++ & uring.completion_mask];
        size_t index = completion->user_data;
        if (completion->res >= 0 && (uint32_t)completion->res == transfers[index].bytes) {
            continue;
        }
        *failed = index;
        reason = reason_of(completion->res);
    }
    atomic_store(uring.completion_head, head);
    return reason;
}
