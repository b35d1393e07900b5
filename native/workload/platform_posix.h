/* What the files of this platform share. */
#pragma once

#include <stdbool.h>

/* Out of the way, so that the linker inlines the storage functions into the timed loop. */
#define COLD __attribute__((cold, noinline))

/* Leaves the call and the errno's text in storage_error(), and is false. */
COLD bool failed(const char *call);

/* The same with a reason of its own. */
COLD bool failed_because(const char *call, const char *reason);

/* The directory of `path`.files, for OPERATION_FILES. */
bool files_begin(const char *path);
