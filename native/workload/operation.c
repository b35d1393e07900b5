#include "operation.h"

struct traits {
    const char *name;
    bool writes;
};

#define TRAITS_OF(id, name, writes, ...) [OPERATION_##id] = {name, writes},

static const struct traits traits[OPERATION_COUNT] = {OPERATIONS(TRAITS_OF)};

const char *operation_name(enum operation operation)
{
    return traits[operation].name;
}

bool operation_writes(enum operation operation)
{
    return traits[operation].writes;
}
