#include <string.h>

#include "cocreate/money.h"
#include "money/split/claims.h"

static const cci_split_method *const methods[] = {
    &cci_split_largest_remainder,
    &cci_split_sainte_lague,
    &cci_split_dhondt,
    &cci_split_adams,
    &cci_split_huntington_hill,
    &cci_split_dean,
    &cci_split_first_gets,
    &cci_split_floor_return,
};

#define METHOD_COUNT (sizeof methods / sizeof methods[0])

const cci_split_method *cci_split_method_at(size_t index)
{
    return index < METHOD_COUNT ? methods[index] : NULL;
}

const cci_split_method *cci_split_method_find(const char *name)
{
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (strcmp(methods[i]->name, name) == 0)
            return methods[i];
    return NULL;
}

size_t cocreate_split_method_count(void)
{
    return METHOD_COUNT;
}

const char *cocreate_split_method_at(size_t index)
{
    return index < METHOD_COUNT ? methods[index]->name : NULL;
}
