#pragma once

#include <stdnoreturn.h>

/* Ends the tender, and the guest with it: one line on standard error, exit status 1. */
noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
