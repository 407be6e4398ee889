/* The published schema, embedded by the build from docs/reference/schemas/scheme.schema.json. */
#include "cocreate/reward.h"

extern const char cci_scheme_schema_text[];

const char *cocreate_scheme_schema(void)
{
    return cci_scheme_schema_text;
}
