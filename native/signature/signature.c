/*
 * signature: prints the hypervisor's signature, as CPUID tells it to a guest on x86-64 (leaf
 * 0x40000000: `KVMKVMKVM`, `TCGTCGTCGTCG`). Prints nothing where there is none to be asked.
 */
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

enum { FEATURES = 1, HYPERVISOR_BIT = 1u << 31, SIGNATURE = 0x40000000 };

int main(void)
{
    unsigned a, words[3], c, d;
    __cpuid(FEATURES, a, words[0], c, d);
    if ((c & (unsigned)HYPERVISOR_BIT) == 0) {
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
