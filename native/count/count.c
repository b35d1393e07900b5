/*
 * count [--exits] FILE PROGRAM [WORDS]: runs a program and, at the last moment of its life, writes
 * to FILE what the kernel counted of it, as JSON:
 *
 *   {"hostReads":N,"hostWrites":N,"hostReadBytes":N,"hostWriteBytes":N,"kvmExits":N,"tenderExits":N}
 *
 * Reads and writes are the system calls of /proc/PID/io (syscr, syscw), their bytes what these
 * moved (rchar, wchar): to and from files, cached or not, and all else, so also to the console. The
 * bytes are left out where the program has an io_uring, whose transfers the kernel counts nowhere.
 * Exits are those of its virtual machine, all of them and those that the program served; left out
 * where they are not told. With --exits the latter are counted by perf (exits.c), and
 * `"exitsUnknown":"REASON"` says why one of them is not.
 * Nothing is traced but the end (PTRACE_EVENT_EXIT): the program runs at its own speed until then.
 * Ends as the program ended.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exits.h"

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "count: %s: %s\n", what, strerror(errno));
    exit(126);
}

/* The number behind `name` in a file of `name: number` or `number` lines. */
static bool read_number(const char *path, const char *name, uint64_t *number)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    char line[256];
    bool found = false;
    while (!found && fgets(line, sizeof line, file) != NULL) {
        found = strncmp(line, name, strlen(name)) == 0 &&
                sscanf(line + strlen(name), "%" SCNu64, number) == 1;
    }
    fclose(file);
    return found;
}

/* At its end a program still has its files. */
static bool has_ring(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *files = opendir(path);
    if (files == NULL) {
        fail(path);
    }
    bool found = false;
    struct dirent *file;
    while (!found && (file = readdir(files)) != NULL) {
        char name[64] = "";
        found = readlinkat(dirfd(files), file->d_name, name, sizeof name - 1) > 0 &&
                strcmp(name, "anon_inode:[io_uring]") == 0;
    }
    closedir(files);
    return found;
}

static void print_exits(FILE *file, const struct exits *exits)
{
    if (exits->has_all) {
        fprintf(file, ",\"kvmExits\":%" PRIu64, exits->all);
    }
    if (exits->has_served) {
        fprintf(file, ",\"tenderExits\":%" PRIu64, exits->served);
    }
    if (exits->reason[0] != '\0' && !(exits->has_all && exits->has_served)) {
        fprintf(file, ",\"exitsUnknown\":\"%s\"", exits->reason);
    }
}

static void write_counts(const char *path, pid_t pid)
{
    char io[64];
    snprintf(io, sizeof io, "/proc/%d/io", pid);
    uint64_t reads, writes, read_bytes, write_bytes;
    struct exits exits;
    if (!read_number(io, "syscr: ", &reads) || !read_number(io, "syscw: ", &writes) ||
        !read_number(io, "rchar: ", &read_bytes) || !read_number(io, "wchar: ", &write_bytes)) {
        fail(io);
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fail(path);
    }
    fprintf(file, "{\"hostReads\":%" PRIu64 ",\"hostWrites\":%" PRIu64, reads, writes);
    if (!has_ring(pid)) {
        fprintf(file, ",\"hostReadBytes\":%" PRIu64 ",\"hostWriteBytes\":%" PRIu64, read_bytes,
                write_bytes);
    }
    if (exits_read(pid, &exits)) {
        print_exits(file, &exits);
    }
    if (fputs("}\n", file) == EOF || fclose(file) == EOF) {
        fail(path);
    }
}

/* Stops until the parent traces it. */
static pid_t spawn(char **words, bool counts_exits)
{
    pid_t pid = fork();
    if (pid == -1) {
        fail("fork");
    }
    if (pid == 0) {
        raise(SIGSTOP);
        execvp(words[0], words);
        fail(words[0]);
    }
    int status;
    if (waitpid(pid, &status, WUNTRACED) == -1) {
        fail("waitpid");
    }
    if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL) == -1) {
        fail("ptrace");
    }
    if (counts_exits) {
        exits_watch(pid);
    }
    kill(pid, SIGCONT);
    return pid;
}

/* Lets the program go on, unless it was told to stop (ptrace(2), "Group-stop"). */
static void resume(pid_t pid, int status, const char *path)
{
    int event = status >> 16;
    int signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
        ptrace(PTRACE_LISTEN, pid, 0, 0);
        return;
    }
    if (event == PTRACE_EVENT_EXIT) {
        write_counts(path, pid);
    }
    /* Without an event it is one that was on its way to the program. */
    ptrace(PTRACE_CONT, pid, 0, event == 0 ? signal : 0);
}

int main(int count, char **words)
{
    bool counts_exits = count > 1 && strcmp(words[1], "--exits") == 0;
    words += counts_exits ? 2 : 1;
    if (count < (counts_exits ? 4 : 3)) {
        fputs("usage: count [--exits] FILE PROGRAM [WORDS]\n", stderr);
        return 2;
    }
    pid_t pid = spawn(words + 1, counts_exits);
    int status;
    for (;;) {
        if (waitpid(pid, &status, __WALL) == -1) {
            fail("waitpid");
        }
        if (!WIFSTOPPED(status)) {
            break;
        }
        resume(pid, status, words[0]);
    }
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}
