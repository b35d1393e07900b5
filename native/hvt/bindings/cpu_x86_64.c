#include "bindings.h"

#define VECTORS 32

/* Pushed by the CPU and by the vectors below. */
struct fault {
    uint64_t vector, error, rip;
};

/*
 * One stub of 16 bytes a vector. Vectors 8, 10-14, 17, 21, 29 and 30 come with an error code; the
 * others get a zero.
 */
__asm__(".text\n"
        ".balign 16\n"
        "fault_vectors:\n"
        ".set vector, 0\n"
        ".rept 32\n"
        ".balign 16\n"
        ".ifeq (0x60227d00 >> vector) & 1\n"
        "    push $0\n"
        ".endif\n"
        "    push $vector\n"
        "    jmp fault_common\n"
        ".set vector, vector + 1\n"
        ".endr\n"
        "fault_common:\n"
        "    mov %rsp, %rdi\n"
        "    and $-16, %rsp\n"
        "    call cpu_fault\n");

extern char fault_vectors[];

/* Called by the stubs only. */
_Noreturn void cpu_fault(const struct fault *fault);

_Noreturn void cpu_fault(const struct fault *fault)
{
    static const char *const names[VECTORS] = {
        [0] = "divide error",      [6] = "invalid instruction", [8] = "double fault",
        [13] = "protection fault", [14] = "page fault",
    };
    const char *name = names[fault->vector];
    uint64_t detail = fault->error;
    if (fault->vector == 14) {
        __asm__("mov %%cr2, %0" : "=r"(detail));
    } else if (name == NULL) {
        name = "fault of another vector";
        detail = fault->vector;
    }
    abort_at(name, detail, fault->rip);
}

struct __attribute__((packed)) table {
    uint16_t limit;
    uint64_t base;
};

/* A fault loads the code segment anew, and the tender's table is not mapped. */
static void load_segments(void)
{
    static const uint64_t gdt[] = {0, 0x00af9b000000ffff, 0x00cf93000000ffff};
    const struct table table = {.limit = sizeof gdt - 1, .base = (uintptr_t)gdt};
    __asm__ volatile("lgdt %0\n"
                     "push $8\n"
                     "lea 1f(%%rip), %%rax\n"
                     "push %%rax\n"
                     "lretq\n"
                     "1: mov $16, %%eax\n"
                     "mov %%eax, %%ss\n"
                     "mov %%eax, %%ds\n"
                     "mov %%eax, %%es\n"
                     :
                     : "m"(table)
                     : "rax", "memory");
}

void cpu_start(void)
{
    static struct gate {
        uint16_t offset_low, selector;
        uint8_t stack, type;
        uint16_t offset_middle;
        uint32_t offset_high, reserved;
    } gates[VECTORS];
    load_segments();
    for (size_t i = 0; i < VECTORS; i++) {
        uint64_t stub = (uintptr_t)fault_vectors + 16 * i;
        gates[i] = (struct gate){.offset_low = (uint16_t)stub,
                                 .selector = 8,
                                 .type = 0x8e, /* present interrupt gate */
                                 .offset_middle = (uint16_t)(stub >> 16),
                                 .offset_high = (uint32_t)(stub >> 32)};
    }
    const struct table table = {.limit = sizeof gates - 1, .base = (uintptr_t)gates};
    __asm__ volatile("lidt %0" : : "m"(table));
}

void cpu_set_tls(uintptr_t base)
{
    const uint32_t fs_base = 0xc0000100; /* IA32_FS_BASE */
    __asm__ volatile("wrmsr"
                     :
                     : "c"(fs_base), "a"((uint32_t)base), "d"((uint32_t)(base >> 32))
                     : "memory");
}
