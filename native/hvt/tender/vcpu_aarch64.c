#include "vcpu.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../abi.h"
#include "fail.h"

/* In the part of low memory that the guest's own page tables leave out; one level each. */
#define TABLE_512_GIB 0x1000u
#define TABLE_1_GIB 0x2000u
#define TABLES_2_MIB 0x3000u /* four: 4 GiB */
#define TABLE_4_KIB 0x7000u  /* of the first 2 MiB */

#define PAGE_BYTES 0x1000u
#define LARGE_PAGE_BYTES 0x200000u
#define GIB 0x40000000ull

/* Descriptors, Arm ARM D8.3: type, then attributes. */
#define TABLE 3u
#define PAGE 3u
#define BLOCK 1u
#define MEMORY_INDEX (0u << 2) /* into MAIR_EL1 below */
#define DEVICE_INDEX (1u << 2)
#define READ_ONLY (1u << 7)
#define SHARED (3u << 8)
#define ACCESSED (1u << 10)
#define NEVER_AT_EL0 (1ull << 54)
#define NEVER_AT_EL1 (1ull << 53)
#define MEMORY (MEMORY_INDEX | SHARED | ACCESSED | NEVER_AT_EL0)
#define DEVICE (DEVICE_INDEX | SHARED | ACCESSED | NEVER_AT_EL0 | NEVER_AT_EL1)

/* Index 0: normal memory, write-back; index 1: device, in order and unmerged (nGnRE). */
#define MAIR 0x04ffu
/* 40-bit addresses in TTBR0 and TTBR1 halves, 4 KiB pages, inner shareable write-back walks. */
#define TCR                                                                                        \
    (24ull << 0 | 1u << 8 | 1u << 10 | 3u << 12 | 24ull << 16 | 1u << 24 | 1u << 26 | 3u << 28 |   \
     2ull << 30 | 2ull << 32)
/* Translation and both caches on, over the bits that are reserved as one. */
#define SCTLR (0x30d00800u | 1u << 0 | 1u << 2 | 1u << 12)
#define FLOATING_POINT (3u << 20) /* CPACR_EL1: no trap */
/* EL1 with its own stack pointer; debug, abort, IRQ and FIQ masked. */
#define PSTATE 0x3c5u

#define CORE(field)                                                                                \
    (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE |                                         \
     (offsetof(struct kvm_regs, field) / sizeof(uint32_t)))
#define SYSTEM(op1, crn, crm, op2) ARM64_SYS_REG(3, op1, crn, crm, op2)

static uint64_t *table_at(const struct vm *vm, uint64_t address)
{
    return memory_at(&vm->memory, address, PAGE_BYTES, PROT_READ | PROT_WRITE);
}

static void map_memory(const struct vm *vm)
{
    table_at(vm, TABLE_512_GIB)[0] = TABLE_1_GIB | TABLE;
    uint64_t *first = table_at(vm, TABLE_4_KIB);
    for (uint64_t page = BOOT_INFO_ADDRESS; page < LARGE_PAGE_BYTES; page += PAGE_BYTES) {
        first[page / PAGE_BYTES] =
            page | PAGE | MEMORY | (page < LOAD_ADDRESS_MIN ? READ_ONLY | NEVER_AT_EL1 : 0);
    }
    for (uint64_t address = 0; address < vm->memory.bytes; address += LARGE_PAGE_BYTES) {
        uint64_t table = TABLES_2_MIB + address / GIB * PAGE_BYTES;
        table_at(vm, TABLE_1_GIB)[address / GIB] = table | TABLE;
        table_at(vm, table)[address % GIB / LARGE_PAGE_BYTES] =
            address == 0 ? TABLE_4_KIB | TABLE : address | BLOCK | MEMORY;
    }
    table_at(vm, TABLE_1_GIB)[HYPERCALL_MMIO / GIB] = HYPERCALL_MMIO | BLOCK | DEVICE;
}

static void set_register(const struct vm *vm, uint64_t id, uint64_t value)
{
    struct kvm_one_reg request = {.id = id, .addr = (uintptr_t)&value};
    if (ioctl(vm->vcpu, KVM_SET_ONE_REG, &request) == -1) {
        fail("KVM: KVM_SET_ONE_REG 0x%llx: %s", (unsigned long long)id, strerror(errno));
    }
}

static void set_registers(const struct vm *vm, uint64_t entry, uint64_t stack)
{
    set_register(vm, SYSTEM(0, 1, 0, 2), FLOATING_POINT); /* CPACR_EL1 */
    set_register(vm, SYSTEM(0, 10, 2, 0), MAIR);          /* MAIR_EL1 */
    set_register(vm, SYSTEM(0, 2, 0, 2), TCR);            /* TCR_EL1 */
    set_register(vm, SYSTEM(0, 2, 0, 0), TABLE_512_GIB);  /* TTBR0_EL1 */
    set_register(vm, SYSTEM(0, 1, 0, 0), SCTLR);          /* SCTLR_EL1 */
    set_register(vm, CORE(regs.pstate), PSTATE);
    set_register(vm, CORE(sp_el1), stack - 16);
    set_register(vm, CORE(regs.regs[0]), BOOT_INFO_ADDRESS);
    set_register(vm, CORE(regs.pc), entry);
}

uint64_t vcpu_prepare(struct vm *vm, uint64_t entry, uint64_t stack)
{
    struct kvm_vcpu_init target;
    if (ioctl(vm->fd, KVM_ARM_PREFERRED_TARGET, &target) == -1 ||
        ioctl(vm->vcpu, KVM_ARM_VCPU_INIT, &target) == -1) {
        fail("KVM: KVM_ARM_VCPU_INIT: %s", strerror(errno));
    }
    map_memory(vm);
    set_registers(vm, entry, stack);
    uint64_t counter_hz;
    __asm__("mrs %0, cntfrq_el0" : "=r"(counter_hz));
    return counter_hz;
}

bool vcpu_hypercall(const struct kvm_run *run, uint32_t *number, uint64_t *argument)
{
    uint64_t offset = run->mmio.phys_addr - HYPERCALL_MMIO;
    if (run->exit_reason != KVM_EXIT_MMIO || !run->mmio.is_write ||
        run->mmio.len != sizeof(uint32_t) || offset % 8 != 0 || offset / 8 > UINT32_MAX) {
        return false;
    }
    uint32_t data;
    memcpy(&data, run->mmio.data, sizeof data);
    *number = (uint32_t)(offset / 8);
    *argument = data;
    return true;
}

struct kvm_ioeventfd vcpu_hypercall_location(uint32_t number)
{
    return (struct kvm_ioeventfd){.addr = HYPERCALL_MMIO + 8ull * number, .len = sizeof(uint32_t)};
}

uint64_t vcpu_program_counter(const struct vm *vm)
{
    uint64_t counter = 0;
    struct kvm_one_reg request = {.id = CORE(regs.pc), .addr = (uintptr_t)&counter};
    return ioctl(vm->vcpu, KVM_GET_ONE_REG, &request) == -1 ? 0 : counter;
}
