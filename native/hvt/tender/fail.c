#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define MESSAGE_MAX 1024

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
    message[length++] = '\n';
    /* One write, so that lines of two threads do not mix. Where stderr is gone, the status tells.
     */
    ssize_t written = write(STDERR_FILENO, message, (size_t)length);
    (void)written;
    _exit(1);
}
