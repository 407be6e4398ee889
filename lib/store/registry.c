/* The backends: one file and one line each. */
#include <string.h>

#include "store/backend.h"

static const cci_backend *const backends[] = {
    &cci_backend_sqlite,
};

const cci_backend *cci_backend_find(const char *name)
{
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
        if (strcmp(backends[i]->name, name) == 0)
            return backends[i];
    return NULL;
}
