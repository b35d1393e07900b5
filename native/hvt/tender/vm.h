#pragma once

#include <stdint.h>

#include "memory.h"

struct kvm_run;
struct block;

/* A virtual machine of one virtual CPU. */
struct vm {
    int kvm, fd, vcpu;
    struct kvm_run *run;
    struct memory memory;
};

/* Opens /dev/kvm and makes a machine with `memory_bytes` of zeroed memory. */
void vm_create(struct vm *vm, uint64_t memory_bytes);

/* A file descriptor that becomes readable when the guest issues this hypercall, without an exit. */
int vm_hypercall_eventfd(const struct vm *vm, uint32_t number);

/* Runs the guest until it halts; returns its status. */
int vm_run(struct vm *vm, struct block *block);
