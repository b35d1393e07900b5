/* The loop that is timed, and what must have come of it. */
#pragma once

#include "operation.h"

/* `delayed` ones call delay() at the end of each operation. */
operation_loop *operations_loop_of(enum operation operation, bool delayed);
operation_check *operations_check_of(enum operation operation);
