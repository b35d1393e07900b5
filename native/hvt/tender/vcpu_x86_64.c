#include "vcpu.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../abi.h"
#include "fail.h"

/* In the part of low memory that the guest's own page tables leave out. */
#define GDT 0x1000u
#define PML4 0x2000u
#define PDPT 0x3000u
#define PAGE_DIRECTORIES 0x4000u /* four: 4 GiB */
#define PAGE_TABLE 0x8000u       /* of the first 2 MiB */

#define PAGE_BYTES 0x1000u
#define LARGE_PAGE_BYTES 0x200000u
#define GIB 0x40000000ull

/* Intel SDM volume 3, 4.5: 4-level paging. */
#define PRESENT 0x1u
#define WRITABLE 0x2u
#define LARGE 0x80u

static uint64_t *table_at(const struct vm *vm, uint64_t address)
{
    return memory_at(&vm->memory, address, PAGE_BYTES, PROT_READ | PROT_WRITE);
}

static void map_memory(const struct vm *vm)
{
    table_at(vm, PML4)[0] = PDPT | PRESENT | WRITABLE;
    uint64_t *first = table_at(vm, PAGE_TABLE);
    for (uint64_t page = BOOT_INFO_ADDRESS; page < LARGE_PAGE_BYTES; page += PAGE_BYTES) {
        first[page / PAGE_BYTES] = page | PRESENT | (page >= LOAD_ADDRESS_MIN ? WRITABLE : 0);
    }
    for (uint64_t address = 0; address < vm->memory.bytes; address += LARGE_PAGE_BYTES) {
        uint64_t directory = PAGE_DIRECTORIES + address / GIB * PAGE_BYTES;
        table_at(vm, PDPT)[address / GIB] = directory | PRESENT | WRITABLE;
        table_at(vm, directory)[address % GIB / LARGE_PAGE_BYTES] =
            address == 0 ? PAGE_TABLE | PRESENT | WRITABLE : address | PRESENT | WRITABLE | LARGE;
    }
}

static void set_registers(const struct vm *vm, uint64_t entry, uint64_t stack)
{
    /* Flat 64-bit segments, type "accessed" as a virtual machine must be entered with. */
    const struct kvm_segment code = {
        .limit = 0xffffffff, .selector = 1 * 8, .type = 9, .present = 1, .s = 1, .l = 1, .g = 1};
    const struct kvm_segment data = {
        .limit = 0xffffffff, .selector = 2 * 8, .type = 3, .present = 1, .s = 1, .db = 1, .g = 1};
    uint64_t *gdt = table_at(vm, GDT);
    gdt[1] = 0x00af99000000ffff;
    gdt[2] = 0x00cf93000000ffff;
    struct kvm_sregs system = {
        .cr0 = 1u << 31 | 1u << 16 | 1u << 5 | 1u << 0, /* paging, write protect, NE, protected */
        .cr3 = PML4,
        .cr4 = 1u << 10 | 1u << 9 | 1u << 5, /* SSE exceptions, SSE, PAE */
        .efer = 1u << 10 | 1u << 8,          /* long mode active and enabled */
        .cs = code,
        .ds = data,
        .es = data,
        .fs = data,
        .gs = data,
        .ss = data,
        .gdt = {.base = GDT, .limit = 3 * 8 - 1},
        .tr = {.type = 11, .present = 1}, /* a busy 64-bit TSS */
        .ldt = {.unusable = 1},
    };
    if (ioctl(vm->vcpu, KVM_SET_SREGS, &system) == -1) {
        fail("KVM: KVM_SET_SREGS: %s", strerror(errno));
    }
    struct kvm_regs general = {
        .rip = entry,
        .rflags = 0x2,
        .rsp = stack - 8, /* as after a call: the ABI wants rsp + 8 aligned to 16 */
        .rdi = BOOT_INFO_ADDRESS,
    };
    if (ioctl(vm->vcpu, KVM_SET_REGS, &general) == -1) {
        fail("KVM: KVM_SET_REGS: %s", strerror(errno));
    }
}

/* Without it the guest would see a CPU without any feature. */
static void pass_cpuid(const struct vm *vm)
{
    enum { ENTRIES = 256 };
    struct kvm_cpuid2 *cpuid = calloc(1, sizeof *cpuid + ENTRIES * sizeof *cpuid->entries);
    if (cpuid == NULL) {
        fail("no memory for the CPUID table");
    }
    cpuid->nent = ENTRIES;
    if (ioctl(vm->kvm, KVM_GET_SUPPORTED_CPUID, cpuid) == -1 ||
        ioctl(vm->vcpu, KVM_SET_CPUID2, cpuid) == -1) {
        fail("KVM: CPUID: %s", strerror(errno));
    }
    free(cpuid);
}

uint64_t vcpu_prepare(struct vm *vm, uint64_t entry, uint64_t stack)
{
    map_memory(vm);
    pass_cpuid(vm);
    set_registers(vm, entry, stack);
    int khz = ioctl(vm->vcpu, KVM_GET_TSC_KHZ, 0);
    if (khz <= 0) {
        fail("KVM: KVM_GET_TSC_KHZ: %s; the guest's clock needs a stable time-stamp counter",
             khz == 0 ? "no frequency" : strerror(errno));
    }
    return (uint64_t)khz * 1000;
}

bool vcpu_hypercall(const struct kvm_run *run, uint32_t *number, uint64_t *argument)
{
    if (run->exit_reason != KVM_EXIT_IO || run->io.direction != KVM_EXIT_IO_OUT ||
        run->io.size != sizeof(uint32_t) || run->io.count != 1 || run->io.port < HYPERCALL_PORT) {
        return false;
    }
    uint32_t data;
    memcpy(&data, (const char *)run + run->io.data_offset, sizeof data);
    *number = run->io.port - HYPERCALL_PORT;
    *argument = data;
    return true;
}

struct kvm_ioeventfd vcpu_hypercall_location(uint32_t number)
{
    return (struct kvm_ioeventfd){
        .addr = HYPERCALL_PORT + number, .len = sizeof(uint32_t), .flags = KVM_IOEVENTFD_FLAG_PIO};
}

uint64_t vcpu_program_counter(const struct vm *vm)
{
    struct kvm_regs general;
    return ioctl(vm->vcpu, KVM_GET_REGS, &general) == -1 ? 0 : general.rip;
}
