/*
 * The part of Solo5's public API that guestbench's unikernels use, by its facts: an application
 * that is written for it links with these bindings or with Solo5's own, unchanged.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum {
    SOLO5_R_OK,
    SOLO5_R_AGAIN,
    SOLO5_R_EINVAL,
    SOLO5_R_EUNSPEC,
} solo5_result_t;

#define SOLO5_EXIT_SUCCESS 0
#define SOLO5_EXIT_FAILURE 1
#define SOLO5_EXIT_ABORT 255

struct solo5_start_info {
    const char *cmdline;
    /* Free memory; the stack grows down from its end. */
    uintptr_t heap_start;
    size_t heap_size;
};

/* The application's entry; what it returns is its exit status. */
int solo5_app_main(const struct solo5_start_info *info);

void solo5_exit(int status) __attribute__((noreturn));
void solo5_abort(void) __attribute__((noreturn));

/* Nanoseconds. */
typedef uint64_t solo5_time_t;

/* From the CPU's cycle counter, since an unspecified moment; costs no exit. */
solo5_time_t solo5_clock_monotonic(void);
/* UTC since 1970, from the host. */
solo5_time_t solo5_clock_wall(void);

typedef uint64_t solo5_handle_t;
typedef uint64_t solo5_handle_set_t;

/* Sleeps until the monotonic clock reaches `deadline`: there is no network to wait for. */
void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set);

void solo5_console_write(const char *buf, size_t size);

typedef uint64_t solo5_off_t;

struct solo5_block_info {
    solo5_off_t capacity;
    solo5_off_t block_size;
};

/* Bytes. Offsets and sizes are multiples of the block size; see also block.h. */
solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info);
solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size);
solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size);

/* Thread-local storage in the local-exec model: allocate, initialise, then set the base. */
size_t solo5_tls_size(void);
uintptr_t solo5_tls_tp_offset(uintptr_t tls);
solo5_result_t solo5_tls_init(uintptr_t tls);
solo5_result_t solo5_set_tls_base(uintptr_t base);
