#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "fail.h"

static int request(int fd, unsigned long code, const char *name, unsigned long argument)
{
    int result = ioctl(fd, code, argument);
    if (result == -1) {
        fail("KVM: %s: %s", name, strerror(errno));
    }
    return result;
}
#define REQUEST(fd, code, argument) request(fd, code, #code, (unsigned long)(argument))

void vm_create(struct vm *vm, uint64_t memory_bytes)
{
    vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (vm->kvm == -1) {
        fail("/dev/kvm: %s; load the kvm module and give this user read and write access",
             strerror(errno));
    }
    int version = REQUEST(vm->kvm, KVM_GET_API_VERSION, 0);
    if (version != KVM_API_VERSION) {
        fail("/dev/kvm: API version %d, expected %d", version, KVM_API_VERSION);
    }
    vm->fd = REQUEST(vm->kvm, KVM_CREATE_VM, 0);
    vm->vcpu = REQUEST(vm->fd, KVM_CREATE_VCPU, 0);
    vm->statistics = ioctl(vm->vcpu, KVM_GET_STATS_FD, NULL);
    size_t run_bytes = (size_t)REQUEST(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    vm->run = mmap(NULL, run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vm->vcpu, 0);
    if (vm->run == MAP_FAILED) {
        fail("KVM: mmap of the virtual CPU: %s", strerror(errno));
    }

    memory_create(&vm->memory, memory_bytes);
    struct kvm_userspace_memory_region region = {
        .memory_size = memory_bytes,
        .userspace_addr = (uintptr_t)vm->memory.base,
    };
    REQUEST(vm->fd, KVM_SET_USER_MEMORY_REGION, &region);
}
