/*
 * leash PROGRAM [WORDS]: runs a program of which nothing outlives its owner.
 *
 * The owner holds the other end of descriptor 3, a socket. When that closes, if only because the
 * owner was killed, the program is killed; when the program has ended, everything that it started
 * is. Forking twice, new sessions and ignored signals help nothing: orphans come to this process
 * (PR_SET_CHILD_SUBREAPER), which ends last, as the program ended. Its end proves theirs.
 *
 * The program's number is written to descriptor 3 in decimal, a line. Its stderr is its stdout.
 * When nothing of it is left, a second line tells what it and all that it started took:
 * microseconds of CPU time, and the resident KiB of the largest of them at its most.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OWNER = 3 };

static void fail(const char *what)
{
    dprintf(STDERR_FILENO, "leash: %s: %s\n", what, strerror(errno));
    exit(126);
}

/* 0 of a process that has ended meanwhile. */
static pid_t parent_of(pid_t pid)
{
    char path[32], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return 0;
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    const char *name_end = strrchr(text, ')');
    int parent = 0;
    return name_end != NULL && sscanf(name_end, ") %*c %d", &parent) == 1 ? parent : 0;
}

/* All processes that there are, in ascending order but where numbers have begun anew. */
static size_t list_processes(pid_t **processes)
{
    static size_t room;
    size_t count = 0;
    DIR *directory = opendir("/proc");
    if (directory == NULL) {
        fail("/proc");
    }
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        pid_t pid = atoi(entry->d_name);
        if (pid <= 0) {
            continue;
        }
        if (count == room) {
            room = room * 2 + 1024;
            *processes = realloc(*processes, room * sizeof **processes);
            if (*processes == NULL) {
                fail("realloc");
            }
        }
        (*processes)[count++] = pid;
    }
    closedir(directory);
    return count;
}

/* False where the kernel does not list them (CONFIG_PROC_CHILDREN). */
static bool kill_listed_children(void)
{
    FILE *list = fopen("/proc/thread-self/children", "re");
    if (list == NULL) {
        return false;
    }
    for (pid_t pid; fscanf(list, "%d", &pid) == 1;) {
        kill(pid, SIGKILL);
    }
    fclose(list);
    return true;
}

/*
 * A child keeps its number until it is waited for, so that no other process can be hit. One that
 * forks and ends, over and over, must be hit in between: a list of all processes is slow, and the
 * newest come first there.
 */
static void kill_children(void)
{
    if (kill_listed_children()) {
        return;
    }
    static pid_t *processes;
    pid_t self = getpid();
    for (size_t left = list_processes(&processes); left-- > 0;) {
        if (parent_of(processes[left]) == self) {
            kill(processes[left], SIGKILL);
        }
    }
}

/* Waits for what has ended. False when there are no children any more, and so no descendants. */
static int reap(pid_t program, int *status)
{
    for (;;) {
        int found;
        pid_t pid = waitpid(-1, &found, WNOHANG | __WALL);
        if (pid <= 0) {
            return pid == 0;
        }
        if (pid == program) {
            *status = found;
        }
    }
}

static pid_t spawn(char **words, const sigset_t *usual)
{
    pid_t self = getpid();
    pid_t pid = fork();
    if (pid == -1) {
        fail("fork");
    }
    if (pid > 0) {
        return pid;
    }
    setpgid(0, 0); /* what it sends to its group must not reach the leash */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != self) {
        _exit(126);
    }
    close(OWNER);
    sigprocmask(SIG_SETMASK, usual, NULL);
    execvp(words[0], words);
    dprintf(STDERR_FILENO, "%s: %s\n", words[0], strerror(errno));
    _exit(127);
}

static long long microseconds(struct timeval time)
{
    return 1000000LL * time.tv_sec + time.tv_usec;
}

/* An owner that is gone is told nothing. */
static void tell_usage(void)
{
    struct rusage used;
    char text[64];
    getrusage(RUSAGE_CHILDREN, &used);
    int length =
        snprintf(text, sizeof text, "%lld %ld\n",
                 microseconds(used.ru_utime) + microseconds(used.ru_stime), used.ru_maxrss);
    send(OWNER, text, (size_t)length, MSG_NOSIGNAL);
}

static void ignore(int signal)
{
    (void)signal; /* it only interrupts ppoll */
}

int main(int count, char **words)
{
    if (count < 2) {
        fputs("usage: leash PROGRAM [WORDS], descriptor 3 a socket of its owner\n", stderr);
        return 2;
    }
    dup2(STDOUT_FILENO, STDERR_FILENO);
    sigset_t usual, ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &usual);
    signal(SIGCHLD, ignore);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1) {
        fail("PR_SET_CHILD_SUBREAPER");
    }
    pid_t program = spawn(words + 1, &usual);
    dprintf(OWNER, "%d\n", program);

    int status = -1;
    struct pollfd owner = {.fd = OWNER, .events = POLLIN};
    while (reap(program, &status) && status == -1 && ppoll(&owner, 1, NULL, &usual) <= 0) {
    }
    setpriority(PRIO_PROCESS, 0, -20); /* root outruns what forks in a loop; others need a while */
    struct timespec moment = {.tv_nsec = 100 * 1000 * 1000};
    while (reap(program, &status)) {
        kill_children();
        sigtimedwait(&ended, NULL, &moment);
    }
    tell_usage();
    if (WIFSIGNALED(status)) {
        prctl(PR_SET_DUMPABLE, 0); /* a core would be none of the program's */
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}
