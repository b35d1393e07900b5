/*
 * hypervisor KIND PROGRAM: runs a program of x86-64 step by step on a processor that is another one
 * than this. Nothing of it tells CPUID of a hypervisor, and vmcall and vmmcall do, by KIND:
 *
 *   none            neither is an instruction
 *   intel, amd      one of them asks BitVisor for the number of a call, the other is no instruction
 *   constant        both return the same whatever they are asked, as a hypervisor may that takes
 * the call for another
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { INSTRUCTION_BYTES = 3, HYPERVISOR_BIT = 1u << 31 };

static const uint8_t CPUID[] = {0x0f, 0xa2};
static const uint8_t VMCALL[] = {0x0f, 0x01, 0xc1};
static const uint8_t VMMCALL[] = {0x0f, 0x01, 0xd9};

static void read_memory(pid_t pid, uint64_t address, void *bytes, size_t count)
{
    for (size_t i = 0; i < count; i += sizeof(long)) {
        long word = ptrace(PTRACE_PEEKDATA, pid, address + i, 0);
        memcpy((char *)bytes + i, &word, count - i < sizeof word ? count - i : sizeof word);
    }
}

/* BitVisor's table of calls: 0 is what asks for numbers. */
static uint64_t number_of(const char *name)
{
    static const char *const calls[] = {"get_vmmcall_number", "boot", "loadcfg"};
    for (uint64_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(name, calls[i]) == 0) {
            return i;
        }
    }
    return 0;
}

/* Whether the call was served, and the program goes on behind it. */
static bool serve(pid_t pid, const char *kind, bool is_intel, struct user_regs_struct *registers)
{
    char name[16] = "";
    bool is_constant = strcmp(kind, "constant") == 0;
    if (!is_constant && strcmp(kind, is_intel ? "intel" : "amd") != 0) {
        return false;
    }
    read_memory(pid, registers->rbx, name, sizeof name - 1);
    registers->rax = is_constant ? 1 : registers->rax == 0 ? number_of(name) : 0;
    registers->rip += INSTRUCTION_BYTES;
    ptrace(PTRACE_SETREGS, pid, 0, registers);
    return true;
}

/* One instruction; returns the signal that the program is to be given. */
static int step(pid_t pid, const char *kind)
{
    struct user_regs_struct registers;
    uint8_t next[8];
    ptrace(PTRACE_GETREGS, pid, 0, &registers);
    read_memory(pid, registers.rip, next, sizeof next);
    bool is_intel = memcmp(next, VMCALL, sizeof VMCALL) == 0;
    if (is_intel || memcmp(next, VMMCALL, sizeof VMMCALL) == 0) {
        return serve(pid, kind, is_intel, &registers) ? 0 : SIGILL;
    }
    bool is_cpuid = memcmp(next, CPUID, sizeof CPUID) == 0 && registers.rax == 1;
    int status;
    ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
    if (waitpid(pid, &status, 0) == -1 || !WIFSTOPPED(status)) {
        exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
    }
    if (is_cpuid) {
        ptrace(PTRACE_GETREGS, pid, 0, &registers);
        registers.rcx &= ~(uint64_t)HYPERVISOR_BIT;
        ptrace(PTRACE_SETREGS, pid, 0, &registers);
    }
    return WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
}

int main(int count, char **words)
{
    if (count != 3) {
        fputs("usage: hypervisor none|intel|amd|constant PROGRAM\n", stderr);
        return 2;
    }
    pid_t pid = fork();
    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        execl(words[2], words[2], (char *)NULL);
        perror(words[2]);
        _exit(EXIT_FAILURE);
    }
    int status;
    waitpid(pid, &status, 0);
    for (;;) {
        int number = step(pid, words[1]);
        if (number == 0) {
            continue;
        }
        /* The program's handler, or its end; the kernel steps into it. */
        ptrace(PTRACE_SINGLESTEP, pid, 0, number);
        if (waitpid(pid, &status, 0) == -1 || !WIFSTOPPED(status)) {
            return EXIT_FAILURE;
        }
    }
}
