#include "campaign/graph/merge.h"

#include <string.h>

static void copy_id(const char *id, char out[COCREATE_ID_MAX + 1])
{
    size_t n = strlen(id);
    if (n > COCREATE_ID_MAX)
        n = COCREATE_ID_MAX; /* no id */
    memmove(out, id, n);
    out[n] = '\0';
}

/* What a contribution is merged into was live then, so a chain never comes back to its beginning. */
cocreate_status cci_merge_target(cci_engine *e, int64_t part, const char *id, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error)
{
    copy_id(id, out);
    for (int more = 1; more;) {
        json_t *row;
        CCI_TRY(cci_state_get(e, part, CCI_KIND_CONTRIBUTION, out, &row, error));
        const char *into = json_string_value(json_object_get(row, "into"));
        more = into != NULL;
        if (into)
            copy_id(into, out);
        json_decref(row);
    }
    return COCREATE_OK;
}
