#include "reward/recognition/teams.h"

#include <inttypes.h>

cocreate_status cci_field_read(const cci_evaluation *e, const cci_rule *rule, size_t n,
                               cci_field *out, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "as_of");
    cci_path teams_at = cci_path_key(&root, "teams");
    cci_time closed, as_of;
    (void)rule;
    *out = (cci_field){(int64_t)n, {0, 1}};
    CCI_TRY(cci_json_i64_opt(e->document, "teams", 1, 1000000000, &out->teams, &root, error));
    if (out->teams < (int64_t)n)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &teams_at,
                             "is %" PRId64 ", but %zu entries take part", out->teams, n);
    CCI_TRY(cci_document_time(e, "closed_at", &closed, error));
    CCI_TRY(cci_document_time(e, "as_of", &as_of, error));
    if (!closed.known || !as_of.known)
        return COCREATE_OK;
    if (as_of.at < closed.at)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is before closed_at");
    out->days = cci_number_of(as_of.at - closed.at, CCI_DAY_US);
    return COCREATE_OK;
}

const char *cci_member_of(const cci_entry *entry, size_t i)
{
    if (entry->n_team > 0)
        return entry->team[i].id;
    return entry->owner != NULL ? entry->owner : entry->id;
}
