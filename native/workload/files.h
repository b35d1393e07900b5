/* Small files, each made, found, read and removed again (native/PROTOCOL.md, Files). */
#pragma once

#include "operation.h"

operation_loop files;
operation_loop files_delayed;

/* That none is left, besides what `contents_check` says of the storage. */
operation_check files_check;
