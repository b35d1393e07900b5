#pragma once

#include "vm.h"

/*
 * Gives up, for all threads, every system call that serving a guest does not need. What is open
 * stays open, nothing more can be opened, and no privilege can be gained.
 */
void sandbox_enter(const struct vm *vm);
