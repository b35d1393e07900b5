#include "operation.h"

struct traits {
    const char *name;
    bool writes;
    enum order order;
};

#define TRAITS_OF(id, name, writes, order, ...) [OPERATION_##id] = {name, writes, order},

static const struct traits traits[OPERATION_COUNT] = {OPERATIONS(TRAITS_OF)};

const char *operation_name(enum operation operation)
{
    return traits[operation].name;
}

bool operation_writes(enum operation operation)
{
    return traits[operation].writes;
}

enum order operation_order(enum operation operation)
{
    return traits[operation].order;
}
