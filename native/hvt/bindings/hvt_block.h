/*
 * What our tender can do beyond Solo5's API, with block devices above all. Under a tender that
 * offers none of it, stock solo5-hvt included, the same calls work with requests of one block each.
 *
 * Declared weak: linked with Solo5's own bindings, these functions are NULL.
 */
#pragma once

#include <stdbool.h>

#include "solo5.h"

/* Whether hvt_block_write and hvt_block_read have more to use than one block a request. */
__attribute__((weak)) bool hvt_block_offers_more(void);

/*
 * Transfers any multiple of the block size in as few requests as the tender allows and, where it
 * offers a ring, in as few exits.
 */
__attribute__((weak)) solo5_result_t hvt_block_write(solo5_handle_t handle, solo5_off_t offset,
                                                     const uint8_t *buf, size_t size);
__attribute__((weak)) solo5_result_t hvt_block_read(solo5_handle_t handle, solo5_off_t offset,
                                                    uint8_t *buf, size_t size);

/*
 * Makes completed writes durable. Where the tender offers no flush, does nothing: how durable a
 * write is when it returns is then the tender's choice.
 */
__attribute__((weak)) solo5_result_t hvt_block_flush(solo5_handle_t handle);

/*
 * An exit that KVM serves by itself, and nobody learns of. SOLO5_R_EINVAL where the tender offers
 * none.
 */
__attribute__((weak)) solo5_result_t hvt_null_kick(void);
