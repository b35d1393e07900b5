#pragma once

#include <stdint.h>

#include "memory.h"

struct kvm_run;

/* A virtual machine of one virtual CPU. */
struct vm {
    int kvm, fd, vcpu;
    struct kvm_run *run;
    struct memory memory;
};

/* Opens /dev/kvm and makes a machine with `memory_bytes` of zeroed memory. */
void vm_create(struct vm *vm, uint64_t memory_bytes);
