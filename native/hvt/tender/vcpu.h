/* What differs between architectures; vcpu_x86_64.c and vcpu_aarch64.c implement it. */
#pragma once

#include <linux/kvm.h>
#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

/*
 * Writes the page tables and sets the registers: the guest starts at `entry` with the address of
 * its boot info as the sole argument and its stack below `stack`. Returns the rate of its cycle
 * counter in Hz.
 */
uint64_t vcpu_prepare(struct vm *vm, uint64_t entry, uint64_t stack);

/* Whether the guest left for a hypercall; if so, which one, and the address of its argument. */
bool vcpu_hypercall(const struct kvm_run *run, uint32_t *number, uint64_t *argument);

/* Where a write means hypercall `number`: address, length and flags. */
struct kvm_ioeventfd vcpu_hypercall_location(uint32_t number);

/* For messages; 0 if it cannot be read. */
uint64_t vcpu_program_counter(const struct vm *vm);
