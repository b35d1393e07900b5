#include "bindings.h"
#include "hypercall.h"
#include "solo5.h"

void solo5_console_write(const char *buf, size_t size)
{
    struct puts_call call = {.address = (uintptr_t)buf, .length = size};
    hypercall(HYPERCALL_PUTS, &call);
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
