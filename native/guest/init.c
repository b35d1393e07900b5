/*
 * PID 1 of a Linux guest: makes the machine ready, mounts the storage, runs the workload on it, and
 * powers off.
 *
 *     init device=/dev/vda WORD…       the workload's file is on the ext4 of that disk
 *     init raw=/dev/vda WORD…          its file is that disk
 *
 * The kernel hands over what follows ` -- ` on its command line. The initramfs holds this program
 * as /init, /workload, and the kernel modules with their load order in /modules/order. A fault is
 * told as the guest protocol's closing line (native/PROTOCOL.md), code `guest`.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../workload/line.h"
#include "../workload/platform.h"

#define STORAGE "/storage"
#define MODULES "/modules"

/* Emulated machines find a disk within a second; one that takes this long has none. */
enum { DEVICE_DEADLINE_MS = 30 * 1000 };

/* The kernel panics when PID 1 ends: if the power stays on, the host's deadline ends the guest. */
static _Noreturn void power_off(void)
{
    sync();
    tcdrain(STDOUT_FILENO); /* else lines that a slow console still buffers are lost */
    reboot(RB_POWER_OFF);
    printf("init: power off: %s\n", strerror(errno));
    for (;;)
        pause();
}

/* For lines of the protocol, of which a fault is one (workload/line.c). */
void console_print(const char *text, size_t bytes)
{
    fwrite(text, 1, bytes, stdout);
}

__attribute__((format(printf, 1, 2))) static void print_fail(const char *format, ...)
{
    struct line line;
    char detail[sizeof line.text];
    va_list values;
    va_start(values, format);
    vsnprintf(detail, sizeof detail, format, values);
    va_end(values);
    line_begin(&line, "fail code=guest detail=");
    line_text(&line, detail);
    line_print(&line);
}

static _Noreturn void fail(const char *call, const char *subject)
{
    print_fail("%s %s: %s", call, subject, strerror(errno));
    power_off();
}

static void mount_at(const char *source, const char *target, const char *type)
{
    if (mkdir(target, 0755) != 0 && errno != EEXIST)
        fail("mkdir", target);
    if (mount(source, target, type, 0, NULL) != 0)
        fail("mount", target);
}

static void load_module(const char *name)
{
    char path[256];
    int length = snprintf(path, sizeof path, MODULES "/%s", name);
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        fail("load", name);
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || syscall(SYS_finit_module, file, "", 0) != 0)
        fail("load", path);
    close(file);
}

static void load_modules(void)
{
    FILE *order = fopen(MODULES "/order", "re");
    if (order == NULL)
        fail("open", MODULES "/order");
    char name[256];
    while (fgets(name, sizeof name, order) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        load_module(name);
    }
    if (ferror(order))
        fail("read", MODULES "/order");
    fclose(order);
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* The watch is set before the first look, so a node that appears between the two is not missed. */
static void wait_for_device(const char *device)
{
    char events[4096];
    long deadline_ms = now_ms() + DEVICE_DEADLINE_MS;
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch < 0 || inotify_add_watch(watch, "/dev", IN_CREATE) < 0)
        fail("watch", "/dev");
    struct pollfd change = {.fd = watch, .events = POLLIN};
    while (access(device, F_OK) != 0) {
        long rest_ms = deadline_ms - now_ms();
        if (rest_ms <= 0) {
            errno = ETIMEDOUT;
            fail("wait for", device);
        }
        if (poll(&change, 1, (int)rest_ms) < 0 && errno != EINTR)
            fail("poll", "/dev");
        while (read(watch, events, sizeof events) > 0)
            ;
    }
    close(watch);
}

static pid_t start_workload(char **words)
{
    pid_t pid = fork();
    if (pid < 0)
        fail("fork", words[0]);
    if (pid == 0) {
        execv(words[0], words);
        print_fail("exec %s: %s", words[0], strerror(errno));
        _exit(1);
    }
    return pid;
}

/* A workload that exits has printed its closing line; one that was killed could not. */
static void wait_for_workload(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            fail("wait for", "/workload");
    if (WIFSIGNALED(status))
        print_fail("/workload: %s", strsignal(WTERMSIG(status)));
}

/* What follows `key` in `word`, or NULL if `word` starts with something else. */
static const char *after(const char *word, const char *key)
{
    return strncmp(word, key, strlen(key)) == 0 ? word + strlen(key) : NULL;
}

int main(int argc, char **argv)
{
    char path[256];
    setvbuf(stdout, NULL, _IOLBF, 0);
    const char *on_file_system = argc < 2 ? NULL : after(argv[1], "device=");
    const char *raw = argc < 2 ? NULL : after(argv[1], "raw=");
    const char *device = on_file_system != NULL ? on_file_system : raw;
    if (device == NULL) {
        print_fail("expected the word device=PATH, got %s", argc < 2 ? "nothing" : argv[1]);
        power_off();
    }
    mount_at("proc", "/proc", "proc");
    mount_at("sys", "/sys", "sysfs");
    mount_at("dev", "/dev", "devtmpfs");
    load_modules();
    wait_for_device(device);
    if (raw == NULL)
        mount_at(device, STORAGE, "ext4");
    snprintf(path, sizeof path, "path=%s", raw == NULL ? STORAGE "/data" : raw);
    argv[0] = "/workload";
    argv[1] = path;
    wait_for_workload(start_workload(argv));
    /* Too late for a closing line: data that did not arrive is missed when the host reads it. */
    if (raw == NULL && umount(STORAGE) != 0)
        printf("init: unmount " STORAGE ": %s\n", strerror(errno));
    power_off();
}
