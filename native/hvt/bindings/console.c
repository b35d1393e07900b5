#include "bindings.h"
#include "hypercall.h"
#include "solo5.h"

void solo5_console_write(const char *buf, size_t size)
{
    struct puts_call call = {.address = (uintptr_t)buf, .length = size};
    hypercall(HYPERCALL_PUTS, &call);
}
