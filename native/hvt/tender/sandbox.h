#pragma once

#include "device.h"

/* Descriptors that serving the guest needs; -1 where it needs none. */
struct permits {
    int vcpu;
    /* Kept open, and never used. */
    int statistics;
    /* The ring's eventfd: there is a second thread. */
    int kick;
    /* An io_uring, which reaches the devices by itself. */
    int uring;
    const struct device *devices;
    size_t device_count;
};

/*
 * Gives up, for all threads, every system call that serving a guest does not need, and every
 * descriptor: nothing more can be opened, and no privilege can be gained.
 */
void sandbox_enter(const struct permits *permits);
