#pragma once

#include <stdatomic.h>
#include <stdint.h>

/* What a run cost, for --counts. The ring's thread counts too. */
struct counts {
    /* Returns of KVM_RUN to the tender. */
    _Atomic uint64_t exits;
    /* Block requests by kind; those of the ring included. */
    _Atomic uint64_t reads, writes, flushes;
    /* fdatasync calls on backing files, and their io_uring equivalents. */
    _Atomic uint64_t syncs;
    /* System calls that carried block data: one a request, or one a batch with io_uring. */
    _Atomic uint64_t transfers;
    /* Wake-ups of the ring's thread by the guest, without an exit to the tender. */
    _Atomic uint64_t kicks;
};

extern struct counts counts;

/* One line on standard error. */
void counts_print(void);

static inline void counts_add(_Atomic uint64_t *counter)
{
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}
