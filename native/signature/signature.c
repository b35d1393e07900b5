/*
 * signature: prints what hypervisor this machine is a guest of, on x86-64: the signature that CPUID
 * tells (leaf 0x40000000: `KVMKVMKVM`, `TCGTCGTCGTCG`), or `BitVisor`, which gives CPUID none and
 * is asked by its own call. Prints nothing where there is none to be asked.
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum { FEATURES = 1, HYPERVISOR_BIT = 1u << 31, SIGNATURE = 0x40000000 };

/*
 * BitVisor's call 0: rbx is the address of a call's name, and what comes back in rax its number, or
 * 0 if it has none such. It is there for programs, too (tools/common/call_vmm.c, core/vmmcall.c).
 */
enum { CALL_NUMBERS = 128 };
static const char A_CALL[] = "boot";
static const char NO_CALL[] = "guestbench";

typedef uint64_t ask(const char *name);

static uint64_t ask_intel(const char *name)
{
    uint64_t number;
    __asm__ volatile("vmcall"
                     : "=a"(number)
                     : "a"(0ull), "b"(name)
                     : "rcx", "rdx", "rsi", "rdi", "memory");
    return number;
}

static uint64_t ask_amd(const char *name)
{
    uint64_t number;
    __asm__ volatile("vmmcall"
                     : "=a"(number)
                     : "a"(0ull), "b"(name)
                     : "rcx", "rdx", "rsi", "rdi", "memory");
    return number;
}

static sigjmp_buf before;

/* On hardware nobody serves the instruction. */
static void on_fault(int number)
{
    (void)number;
    siglongjmp(before, 1);
}

static bool answers(ask *asked)
{
    if (sigsetjmp(before, 1) != 0) {
        return false;
    }
    uint64_t number = asked(A_CALL);
    return number > 0 && number < CALL_NUMBERS && asked(NO_CALL) == 0;
}

static bool is_under_bitvisor(void)
{
    const struct sigaction action = {.sa_handler = on_fault};
    sigaction(SIGILL, &action, NULL);
    sigaction(SIGSEGV, &action, NULL);
    return answers(ask_intel) || answers(ask_amd);
}

int main(void)
{
    unsigned a, words[3], c, d;
    __cpuid(FEATURES, a, words[0], c, d);
    /* Others may take the call for one of theirs. */
    if ((c & (unsigned)HYPERVISOR_BIT) == 0) {
        fputs(is_under_bitvisor() ? "BitVisor\n" : "", stdout);
        return 0;
    }
    char text[sizeof words + 1] = "";
    __cpuid(SIGNATURE, a, words[0], words[1], words[2]);
    memcpy(text, words, sizeof words);
    puts(text);
    return 0;
}
#else
int main(void)
{
    return 0;
}
#endif
