/* What the files of these bindings share; applications see solo5.h and hvt_block.h. */
#pragma once

#include "../abi.h"

extern const struct boot_info *boot;

/* Whether the tender offers one of these features. */
static inline bool boot_offers(uint32_t features)
{
    return (boot->host_features & features) != 0;
}

/* Installs fault handlers; cpu_x86_64.c and cpu_aarch64.c. */
void cpu_start(void);

static inline uint64_t cpu_cycles(void)
{
#if defined(__x86_64__)
    uint32_t low, high;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
#elif defined(__aarch64__)
    uint64_t cycles;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(cycles));
    return cycles;
#endif
}

/* For a loop that waits for another CPU. */
static inline void cpu_relax(void)
{
#if defined(__x86_64__)
    __asm__ volatile("pause");
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void cpu_set_tls(uintptr_t base);

/* Where compiled code keeps its stack guard, with -mstack-protector-guard=global. */
extern uintptr_t __stack_chk_guard;

/* Ends the guest with SOLO5_EXIT_ABORT after a line that tells why and where. */
_Noreturn void abort_at(const char *reason, uint64_t detail, uint64_t address);
