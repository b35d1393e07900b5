/*
 * fugitive WAY …: tries to outlive whoever started it.
 *
 *   daemon   starts a process in a session of its own, whose parent ends; stays
 *   hop      starts one that does so again and again, each living for a moment; stays
 *   breed    starts one every millisecond, each in a session of its own, until there are 500
 *   quit     like `daemon`, but ends with status 7
 *   flood    stays where it is, and prints without end
 *
 * Every process ignores all signals that can be ignored, and keeps the console open; none lives on
 * after a minute, whatever became of its test. Further words tell those of one test from others.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MINUTE = 60 };

static void stay(void)
{
    sleep(MINUTE);
    _exit(0);
}

/* Returns when there is a process that nobody waits for, in a session of its own. */
static void leave(void)
{
    if (fork() != 0) {
        wait(NULL);
        return;
    }
    setsid();
    if (fork() != 0) {
        _exit(0);
    }
    stay();
}

static void hop(void)
{
    if (fork() != 0) {
        return;
    }
    for (time_t end = time(NULL) + MINUTE; time(NULL) < end;) {
        if (fork() != 0) {
            _exit(0);
        }
        setsid();
    }
    _exit(0);
}

static void breed(void)
{
    for (int count = 0; count < 500; count++) {
        if (fork() == 0) {
            setsid();
            stay();
        }
        usleep(1000);
    }
}

static void flood(void)
{
    char lines[4096];
    memset(lines, 'y', sizeof lines);
    lines[sizeof lines - 1] = '\n';
    while (write(STDOUT_FILENO, lines, sizeof lines) > 0) {
    }
}

int main(int count, char **words)
{
    for (int number = 1; number < NSIG; number++) {
        signal(number, SIG_IGN);
    }
    const char *way = count > 1 ? words[1] : "";
    if (strcmp(way, "daemon") == 0 || strcmp(way, "quit") == 0) {
        leave();
    } else if (strcmp(way, "hop") == 0) {
        hop();
    } else if (strcmp(way, "flood") == 0) {
        flood();
    } else if (strcmp(way, "breed") != 0) {
        fputs("usage: fugitive daemon|hop|breed|quit|flood [WORDS]\n", stderr);
        return 2;
    }
    puts("away");
    fflush(stdout);
    if (strcmp(way, "quit") == 0) {
        return 7;
    }
    if (strcmp(way, "breed") == 0) {
        breed();
    }
    stay();
}
