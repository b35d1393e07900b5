#pragma once

#include <stdint.h>

#include "memory.h"

struct kvm_run;

/* A virtual machine of one virtual CPU. */
struct vm {
    int kvm, fd, vcpu;
    /* What KVM counts of the processor, for whoever looks in from outside; -1 before Linux 5.14. */
    int statistics;
    struct kvm_run *run;
    struct memory memory;
};

/* Opens /dev/kvm and makes a machine with `memory_bytes` of zeroed memory. */
void vm_create(struct vm *vm, uint64_t memory_bytes);
