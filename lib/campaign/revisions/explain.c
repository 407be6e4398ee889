/* Who revised a contribution, in a sentence. */
#include "base/time.h"
#include "campaign/commands/contribution.h"
#include "campaign/report/explain.h"
#include "campaign/revisions/revisions.h"

typedef struct history {
    json_t *list;
    int sight, removed;
} history;

static cocreate_status add(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    history *h = user;
    (void)id;
    cci_revision_strip(doc, h->sight);
    if (h->removed)
        cci_revision_clear(doc);
    return cci_json_push(h->list, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

/* "Revised 2 times, the last at ...: with these words." */
static cocreate_status say(cci_story *s, const json_t *list, cocreate_error *error)
{
    char at[CCI_TIME_TEXT];
    const json_t *last = json_array_get(list, json_array_size(list) - 1);
    json_int_t n = json_integer_value(json_object_get(last, "number")) - 1;
    const char *note = cci_json_text(last, "note"), *by = cci_json_text(last, "by");
    cci_time_text(json_integer_value(json_object_get(last, "at")), at);
    return cci_story_say(s, error, "Revised %lld time%s, last at %s%s%s%s%s%s", (long long)n,
                         n == 1 ? "" : "s", at,
                         *by ? " by '" : "", by, *by ? "'" : "", *note ? ", because: " : ".", note);
}

cocreate_status cci_story_revisions(cci_story *s, const json_t *contribution, cocreate_error *error)
{
    int removed = !s->v.host && cci_contribution_is(contribution, "removed");
    history h = {json_array(), cci_revision_sight(&s->v, contribution), removed};
    cocreate_status status = h.list ? cci_state_scan_by(s->e, s->c->part, CCI_KIND_REVISION,
                                                        CCI_KEY(s->id, ""), add, &h, error)
                                    : cci_no_memory(error);
    if (status == COCREATE_OK && json_array_size(h.list) > 0) {
        status = cci_json_put(s->facts, "revisions", json_incref(h.list)) ? say(s, h.list, error)
                                                                          : cci_no_memory(error);
    }
    json_decref(h.list);
    return status;
}
