#pragma once

#include "../abi.h"

/* Hands `argument` to the tender, which may write to it. */
static inline void hypercall(enum hypercall number, void *argument)
{
    uint32_t address = (uint32_t)(uintptr_t)argument; /* all memory is below 4 GiB */
#if defined(__x86_64__)
    uint16_t port = (uint16_t)(HYPERCALL_PORT + (uint32_t)number);
    __asm__ volatile("outl %0, %1" : : "a"(address), "Nd"(port) : "memory");
#elif defined(__aarch64__)
    uint64_t location = HYPERCALL_MMIO + 8 * (uint64_t)number;
    __asm__ volatile("str %w0, [%1]" : : "rZ"(address), "r"(location) : "memory");
#endif
}
