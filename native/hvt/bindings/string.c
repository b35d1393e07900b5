/* What a compiler may call without being asked; an application's own take precedence. */
#include <stddef.h>
#include <stdint.h>

/* Volatile: a compiler may otherwise take a function's loop for a call of that very function. */
typedef volatile uint8_t byte;

__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((byte *)to)[i] = ((const uint8_t *)from)[i];
    }
    return to;
}

__attribute__((weak)) void *memmove(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        size_t at = (uintptr_t)to < (uintptr_t)from ? i : bytes - 1 - i;
        ((byte *)to)[at] = ((const uint8_t *)from)[at];
    }
    return to;
}

__attribute__((weak)) void *memset(void *to, int value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((byte *)to)[i] = (uint8_t)value;
    }
    return to;
}

__attribute__((weak)) int memcmp(const void *left, const void *right, size_t bytes)
{
    const uint8_t *a = left, *b = right;
    for (size_t i = 0; i < bytes; i++) {
        if (a[i] != b[i]) {
            return a[i] - b[i];
        }
    }
    return 0;
}
