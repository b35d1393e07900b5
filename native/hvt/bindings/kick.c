#include "bindings.h"
#include "hvt_block.h"
#include "hypercall.h"

solo5_result_t hvt_null_kick(void)
{
    if (!boot_offers(FEATURE_NULL_KICK)) {
        return SOLO5_R_EINVAL;
    }
    hypercall(HYPERCALL_NULL_KICK, NULL);
    return SOLO5_R_OK;
}
