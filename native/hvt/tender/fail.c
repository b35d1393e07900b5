#include "fail.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#define MESSAGE_MAX 1024

/* What comes from a guest or its file must not pass for a line of ours, or move the terminal. */
static void clean(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char character = (unsigned char)text[i];
        text[i] = character < ' ' || character == 0x7f ? '?' : text[i];
    }
}

void fail(const char *format, ...)
{
    char message[MESSAGE_MAX];
    int length = snprintf(message, sizeof message, "hvt: ");
    va_list arguments;
    va_start(arguments, format);
    length += vsnprintf(message + length, sizeof message - 1 - (size_t)length, format, arguments);
    va_end(arguments);
    if (length > MESSAGE_MAX - 2) {
        length = MESSAGE_MAX - 2;
    }
    clean(message, (size_t)length);
    message[length++] = '\n';
    /* One write: lines of two threads do not mix. Where stderr is gone, the status tells. */
    ssize_t written = write(STDERR_FILENO, message, (size_t)length);
    (void)written;
    _exit(1);
}
