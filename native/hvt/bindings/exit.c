#include "bindings.h"
#include "hypercall.h"
#include "solo5.h"

_Noreturn void solo5_exit(int status)
{
    struct halt_call call = {.status = status};
    for (;;) {
        hypercall(HYPERCALL_HALT, &call);
    }
}

_Noreturn void solo5_abort(void)
{
    solo5_exit(SOLO5_EXIT_ABORT);
}

static char *append(char *end, const char *text)
{
    while (*text != '\0') {
        *end++ = *text++;
    }
    return end;
}

static char *append_hex(char *end, uint64_t number)
{
    end = append(end, "0x");
    for (int shift = 60; shift >= 0; shift -= 4) {
        *end++ = "0123456789abcdef"[number >> shift & 0xf];
    }
    return end;
}

_Noreturn void abort_at(const char *reason, uint64_t detail, uint64_t address)
{
    char line[160];
    char *end = append(line, "ABORT: ");
    end = append(end, reason);
    end = append(end, " (");
    end = append_hex(end, detail);
    end = append(end, ") at ");
    end = append_hex(end, address);
    end = append(end, "\n");
    solo5_console_write(line, (size_t)(end - line));
    solo5_abort();
}

uintptr_t __stack_chk_guard;

_Noreturn void __stack_chk_fail(void)
{
    abort_at("stack overwritten", 0, (uintptr_t)__builtin_return_address(0));
}
