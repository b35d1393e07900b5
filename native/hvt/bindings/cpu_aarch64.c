#include "bindings.h"

/* 16 vectors of 128 bytes: any exception is a fault here, there are no interrupts. */
__asm__(".text\n"
        ".balign 2048\n"
        "fault_vectors:\n"
        ".rept 16\n"
        ".balign 128\n"
        "    b fault_common\n"
        ".endr\n"
        ".balign 128\n"
        "fault_common:\n"
        "    mrs x0, esr_el1\n"
        "    mrs x1, far_el1\n"
        "    mrs x2, elr_el1\n"
        "    b cpu_fault\n");

extern char fault_vectors[];

/* Called by the vectors only. */
_Noreturn void cpu_fault(uint64_t syndrome, uint64_t address, uint64_t pc);

_Noreturn void cpu_fault(uint64_t syndrome, uint64_t address, uint64_t pc)
{
    /* Exception classes 0x20 to 0x25: an access at `address` (Arm ARM, ESR_EL1). */
    uint64_t class = syndrome >> 26 & 0x3f;
    if (class >= 0x20 && class <= 0x25) {
        abort_at("page fault", address, pc);
    }
    abort_at("fault with syndrome", syndrome, pc);
}

void cpu_start(void)
{
    __asm__ volatile("msr vbar_el1, %0\n"
                     "isb\n"
                     :
                     : "r"(fault_vectors)
                     : "memory");
}

void cpu_set_tls(uintptr_t base)
{
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(base) : "memory");
}
