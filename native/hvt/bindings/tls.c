/* Thread-local storage as the ELF psABIs lay it out: below the pointer (x86-64), above (arm64). */
#include "bindings.h"
#include "solo5.h"

/* From the linker script: the initial values, and sizes as addresses. */
extern char _tdata[], _tdata_bytes[], _tls_bytes[], _tls_alignment[];

enum { POINTER_ALIGNMENT = 16 };

struct thread_control {
    uintptr_t self;
#if defined(__aarch64__)
    uintptr_t reserved;
#endif
};

static size_t align(size_t bytes, size_t alignment)
{
    return (bytes + alignment - 1) & -alignment;
}

size_t solo5_tls_size(void)
{
    return align((size_t)_tls_bytes, POINTER_ALIGNMENT) + sizeof(struct thread_control);
}

uintptr_t solo5_tls_tp_offset(uintptr_t tls)
{
#if defined(__x86_64__)
    return tls + align((size_t)_tls_bytes, POINTER_ALIGNMENT);
#elif defined(__aarch64__)
    return tls;
#endif
}

/* Where the linker expects the variables. */
static char *variables(uintptr_t pointer)
{
#if defined(__x86_64__)
    return (char *)pointer - align((size_t)_tls_bytes, (size_t)_tls_alignment);
#elif defined(__aarch64__)
    return (char *)pointer + align(sizeof(struct thread_control), (size_t)_tls_alignment);
#endif
}

solo5_result_t solo5_tls_init(uintptr_t tls)
{
    if (tls == 0 || (size_t)_tls_alignment > POINTER_ALIGNMENT) {
        return SOLO5_R_EINVAL;
    }
    uintptr_t pointer = solo5_tls_tp_offset(tls);
    *(uintptr_t *)pointer = pointer;
    for (size_t i = 0; i < (size_t)_tdata_bytes; i++) {
        variables(pointer)[i] = _tdata[i];
    }
    return SOLO5_R_OK;
}

solo5_result_t solo5_set_tls_base(uintptr_t base)
{
    cpu_set_tls(base);
    return SOLO5_R_OK;
}
