/* Limits per attribute: whoever shares its value shares what may be done. */

#include "campaign/limits/limits.h"
#include "campaign/people/people.h"

cocreate_status cci_limit_holder(cci_engine *e, const cci_limit *limit, const char *person, cci_buffer *out,
                                 cocreate_error *error)
{
    json_t *row = NULL;
    cocreate_status status = COCREATE_OK;
    cci_buffer_init(out, &e->allocator);
    if (!limit->attribute) {
        cci_buffer_text(out, person);
    } else {
        status = cci_attributes_get(e, person, &row, error);
        const json_t *value = json_object_get(row, limit->attribute);
        if (status == COCREATE_OK && value)
            status = cci_json_canonical(value, out, error); /* escapes what would end a part of a key */
        json_decref(row);
    }
    if (status == COCREATE_OK && out->failed)
        status = cci_no_memory(error);
    if (status != COCREATE_OK)
        cci_buffer_free(out);
    return status;
}

cocreate_status cci_limit_held(cci_engine *e, const cci_campaign *c, size_t index, const char *person,
                               cci_buffer *out, cocreate_error *error)
{
    char rule[64];
    const char *attribute = c->brief.limits[index].attribute;
    cci_path limits = cci_path_key(&CCI_ROOT, "limits");
    cci_path path = cci_path_at(&limits, index), per = cci_path_key(&path, "per");
    CCI_TRY(cci_limit_holder(e, &c->brief.limits[index], person, out, error));
    if (out->size > 0)
        return COCREATE_OK;
    cci_buffer_free(out);
    return cci_refuse(error, cci_path_text(&per, rule, sizeof rule),
                      "participant '%s' has no attribute '%s'; set it by participant.put first", person,
                      attribute);
}

/* ---- works and replies ---- */

static int counts_works(const cci_limit *limit)
{
    return limit->attribute &&
           (limit->subject == CCI_LIMIT_CONTRIBUTION || limit->subject == CCI_LIMIT_COMMENT);
}

cocreate_status cci_limits_submitted(cci_engine *e, const cci_event *event, const char *contribution,
                                     const char *author, const json_t *doc, cocreate_error *error)
{
    const cci_brief *b = &event->campaign->brief;
    for (size_t i = 0; i < b->n_limits; i++) {
        const cci_limit *limit = &b->limits[i];
        cci_buffer holder;
        if (!counts_works(limit))
            continue;
        CCI_TRY(cci_limit_holder(e, limit, author, &holder, error));
        cocreate_status status = COCREATE_OK;
        if (holder.size > 0) /* two limits by one attribute share the row */
            status = cci_state_put_by(e, event->campaign->part, CCI_KIND_HOLDER,
                                      CCI_KEY(limit->attribute, holder.data, contribution), doc, error);
        cci_buffer_free(&holder);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}
