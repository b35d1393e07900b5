/*
 * All exits are in KVM's statistics. A program that keeps a descriptor for them (KVM_GET_STATS_FD,
 * Linux 5.14) needs no rights to be asked; our tender does. Of all others debugfs tells, to root,
 * and unless the kernel is locked down. On arm64 the statistics also tell which exits the program
 * served. What is still missing perf counts, by KVM's tracepoints, if that was asked for. debugfs
 * and tracefs are mounted for this process alone where nobody has mounted them.
 */
#define _GNU_SOURCE
#include "exits.h"

#include <dirent.h>
#include <errno.h>
#include <linux/kvm.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MACHINES "/sys/kernel/debug/kvm"
#define TRACEPOINTS "/sys/kernel/tracing/events/kvm"

static int all_counter = -1;
static int served_counter = -1;
static bool is_watched;
static char reason[160];

/* Whether `path` is there, in the end: mounting may be forbidden. */
static bool mount_for(const char *path, const char *type, const char *directory)
{
    if (access(path, F_OK) == 0) {
        return true;
    }
    if (unshare(CLONE_NEWNS) == -1 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1 ||
        mount(type, directory, type, 0, NULL) == -1 || access(path, F_OK) == -1) {
        snprintf(reason, sizeof reason, "%s: %s", path, strerror(errno));
        return false;
    }
    return true;
}

static bool read_number(const char *path, uint64_t *number)
{
    FILE *file = fopen(path, "r");
    unsigned long long value;
    bool found = file != NULL && fscanf(file, "%llu", &value) == 1;
    if (found) {
        *number = value;
    } else {
        snprintf(reason, sizeof reason, "%s: %s", path, strerror(errno));
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

static int count_tracepoint(pid_t pid, const char *name)
{
    char path[sizeof TRACEPOINTS + 64];
    uint64_t id;
    snprintf(path, sizeof path, TRACEPOINTS "/%s/id", name);
    if (!read_number(path, &id)) {
        return -1;
    }
    struct perf_event_attr attributes = {
        .type = PERF_TYPE_TRACEPOINT,
        .size = sizeof attributes,
        .config = id,
        .inherit = 1, /* by the program's threads */
    };
    int counter = (int)syscall(SYS_perf_event_open, &attributes, pid, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (counter == -1) {
        snprintf(reason, sizeof reason, "perf_event_open of kvm:%s: %s", name, strerror(errno));
    }
    return counter;
}

void exits_watch(pid_t pid)
{
    is_watched = true;
    if (mount_for(TRACEPOINTS, "tracefs", "/sys/kernel/tracing")) {
        all_counter = count_tracepoint(pid, "kvm_exit");
        served_counter = count_tracepoint(pid, "kvm_userspace_exit");
    }
}

static bool read_counter(int counter, uint64_t *value)
{
    return counter != -1 && read(counter, value, sizeof *value) == (ssize_t)sizeof *value;
}

/* Adds what a virtual processor's statistics call `name` (linux/kvm.h tells their layout). */
static bool add_statistic(int statistics, const char *name, uint64_t *sum)
{
    struct kvm_stats_header header;
    if (pread(statistics, &header, sizeof header, 0) != sizeof header) {
        return false;
    }
    size_t bytes = sizeof(struct kvm_stats_desc) + header.name_size;
    struct kvm_stats_desc *description = malloc(bytes);
    bool found = false;
    for (uint32_t i = 0; description != NULL && !found && i < header.num_desc; i++) {
        off_t offset = (off_t)(header.desc_offset + i * bytes);
        uint64_t value = 0;
        found = pread(statistics, description, bytes, offset) == (ssize_t)bytes &&
                strncmp(description->name, name, header.name_size) == 0 &&
                pread(statistics, &value, sizeof value,
                      (off_t)(header.data_offset + description->offset)) == sizeof value;
        *sum += found ? value : 0;
    }
    free(description);
    return found;
}

static void read_statistics(int process, int fd, struct exits *exits)
{
    int statistics = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
    if (statistics == -1) {
        snprintf(reason, sizeof reason, "pidfd_getfd: %s", strerror(errno));
        return;
    }
    exits->has_all |= add_statistic(statistics, "exits", &exits->all);
    exits->has_served |= add_statistic(statistics, "mmio_exit_user", &exits->served);
    close(statistics);
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Of each virtual machine that the program has made there is a folder, PID-FD. */
static void read_debugfs(pid_t pid, struct exits *exits)
{
    if (!mount_for(MACHINES, "debugfs", "/sys/kernel/debug")) {
        return;
    }
    DIR *machines = opendir(MACHINES);
    struct dirent *machine;
    char prefix[32];
    snprintf(prefix, sizeof prefix, "%d-", pid);
    while (machines != NULL && (machine = readdir(machines)) != NULL) {
        char path[sizeof MACHINES + sizeof machine->d_name + sizeof "//mmio_exit_user"];
        if (starts_with(machine->d_name, prefix)) {
            snprintf(path, sizeof path, MACHINES "/%s/exits", machine->d_name);
            exits->has_all = read_number(path, &exits->all);
            snprintf(path, sizeof path, MACHINES "/%s/mmio_exit_user", machine->d_name);
            exits->has_served = access(path, F_OK) == 0 && read_number(path, &exits->served);
        }
    }
    if (machines != NULL) {
        closedir(machines);
    }
}

/* Whether the program has a virtual machine, whose statistics it may have kept a descriptor for. */
static bool read_descriptors(pid_t pid, struct exits *exits)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *files = opendir(path);
    int process = (int)syscall(SYS_pidfd_open, pid, 0);
    bool has_machine = false;
    struct dirent *file;
    while (files != NULL && (file = readdir(files)) != NULL) {
        char name[64] = "";
        if (readlinkat(dirfd(files), file->d_name, name, sizeof name - 1) <= 0) {
            continue;
        }
        has_machine |= starts_with(name, "anon_inode:kvm-vcpu:");
        if (starts_with(name, "anon_inode:kvm-vcpu-stats:")) {
            read_statistics(process, atoi(file->d_name), exits);
        }
    }
    if (files != NULL) {
        closedir(files);
    }
    if (process != -1) {
        close(process);
    }
    return has_machine;
}

bool exits_read(pid_t pid, struct exits *exits)
{
    *exits = (struct exits){.has_all = false};
    if (!read_descriptors(pid, exits)) {
        return false;
    }
    if (!exits->has_all) {
        read_debugfs(pid, exits);
    }
    if (!exits->has_served) {
        exits->has_served = read_counter(served_counter, &exits->served);
    }
    if (!exits->has_all && read_counter(all_counter, &exits->all)) {
        exits->has_all = exits->all >= exits->served;
        if (!exits->has_all) {
            snprintf(reason, sizeof reason, "the KVM of this machine passes kvm:kvm_exit by");
        }
    }
    if (is_watched) {
        memcpy(exits->reason, reason, sizeof reason);
    }
    return true;
}
