/* What a campaign shows of the care it takes. */
#include "campaign/brief_read.h"
#include "campaign/care/care.h"
#include "campaign/care/useful.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"

cocreate_status cci_brief_care(cci_brief *b, cocreate_error *error)
{
    return cci_json_i64_opt(b->json, "answer_within_us", 1, CCI_JSON_INTEGER_MAX / 4, &b->answer_within_us,
                            &CCI_ROOT, error);
}

#define REASONS_MAX 100

cocreate_status cci_brief_moderation(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"pre", "appeal_us", "reasons", NULL};
    json_t *json = json_object_get(b->json, "moderation"), *list = NULL;
    cci_path path = cci_path_key(&CCI_ROOT, "moderation"), reasons = cci_path_key(&path, "reasons");
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    CCI_TRY(cci_brief_bool(json, "pre", 0, &b->pre_moderation, &path, error));
    CCI_TRY(cci_json_i64_opt(json, "appeal_us", 1, CCI_JSON_INTEGER_MAX / 4, &b->appeal_us, &path, error));
    if (!json_object_get(json, "reasons"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_array(json, "reasons", &list, &path, error));
    size_t n = json_array_size(list);
    if (n < 1 || n > REASONS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &reasons, "expected a list of 1 to %d texts",
                             REASONS_MAX);
    for (size_t i = 0; i < n; i++) {
        cci_path item = cci_path_at(&reasons, i);
        if (!json_string_length(json_array_get(list, i)))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "expected a text");
    }
    b->reasons = list;
    return COCREATE_OK;
}

typedef struct lister {
    json_t *list;
    int64_t within, now;
} lister;

static cocreate_status add_row(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    lister *l = user;
    (void)id;
    return cci_json_push(l->list, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

/* A work that has not ended, and that nobody answered in time. */
static cocreate_status add_overdue(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    lister *l = user;
    int64_t due = json_integer_value(json_object_get(doc, "at")) + l->within;
    if (due > l->now || json_object_get(doc, "answered_at") || cci_kind_replies(cci_contribution_kind(doc)) ||
        cci_state_ended(cci_contribution_state(doc)))
        return COCREATE_OK;
    json_t *item = cci_json_new();
    if (cci_json_put(item, "contribution", json_string(id)) && cci_json_put(item, "due", json_integer(due)))
        return cci_json_push(l->list, item) ? COCREATE_OK : cci_no_memory(error);
    json_decref(item);
    return cci_no_memory(error);
}

static cocreate_status add_list(cci_engine *e, const cci_campaign *c, int64_t now, json_t *document,
                                const char *key, cci_kind kind, cci_state_visitor visit,
                                cocreate_error *error)
{
    lister l = {json_array(), c->brief.answer_within_us, now};
    if (!cci_json_put(document, key, l.list))
        return cci_no_memory(error);
    CCI_TRY(cci_state_scan(e, c->part, kind, NULL, visit, &l, error));
    if (json_array_size(l.list) == 0)
        json_object_del(document, key);
    return COCREATE_OK;
}

cocreate_status cci_care_show(cci_engine *e, const cci_campaign *c, int64_t now, json_t *document,
                              cocreate_error *error)
{
    CCI_TRY(add_list(e, c, now, document, "responses", CCI_KIND_RESPONSE, add_row, error));
    CCI_TRY(add_list(e, c, now, document, "flags", CCI_KIND_FLAG, add_row, error));
    CCI_TRY(add_list(e, c, now, document, "appeals", CCI_KIND_APPEAL, add_row, error));
    CCI_TRY(cci_useful_show(e, c, document, error));
    if (c->brief.answer_within_us > 0)
        CCI_TRY(add_list(e, c, now, document, "overdue", CCI_KIND_CONTRIBUTION, add_overdue, error));
    return COCREATE_OK;
}
