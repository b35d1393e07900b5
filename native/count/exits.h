/* How often the virtual machine of a program left its guest, as its kernel tells. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct exits {
    /* All that KVM counts. */
    bool has_all;
    uint64_t all;
    /* Of these, those that the program served. */
    bool has_served;
    uint64_t served;
    /* Why something is not known; empty if it was not asked for. */
    char reason[160];
};

/*
 * Before the program runs: has perf count its exits, too, which makes each a little longer.
 * Without, only what KVM counts anyway is known.
 */
void exits_watch(pid_t pid);

/*
 * When the program is at its end, and still has its files. Returns false if it has no virtual
 * machine.
 */
bool exits_read(pid_t pid, struct exits *exits);
