/* The seeded sequence of native/PROTOCOL.md that tries what storage must and must not do. */
#pragma once

#include "operation.h"

/* Its operations are the steps; the window is the model, as long as the storage. */
operation_loop exercise;

/* Compares the whole storage with the model. */
operation_check exercise_check;
