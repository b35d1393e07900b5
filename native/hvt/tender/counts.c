#include "counts.h"

#include <inttypes.h>
#include <stdio.h>

struct counts counts;

void counts_print(void)
{
    fprintf(stderr,
            "hvt: counts exits=%" PRIu64 " reads=%" PRIu64 " writes=%" PRIu64 " flushes=%" PRIu64
            " syncs=%" PRIu64 " transfers=%" PRIu64 " kicks=%" PRIu64 "\n",
            counts.exits, counts.reads, counts.writes, counts.flushes, counts.syncs,
            counts.transfers, counts.kicks);
}
