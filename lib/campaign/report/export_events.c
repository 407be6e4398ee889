/* The log of a campaign for one viewer. What speaks of others is left to views: an event holds more than
 * a policy could take out of it. */
#include <string.h>

#include "campaign/report/export.h"

/* The course of a campaign, for everybody. */
static const char *const course[] = {"campaign.published", "campaign.paused", "campaign.resumed",
                                     "campaign.cancelled", "campaign.stopped", "phase.opened",
                                     "phase.closed",       NULL};
/* What somebody did, for themselves: these hold what was sent, and what it was answered with. */
static const char *const own[] = {
    "contribution.submitted", "contribution.revised", "contribution.withdrawn", "edge.proposed",
    "edge.accepted",          "edge.rejected",        "response.posted",        "flag.raised",
    "appeal.filed",           "decision.made",        "runs.chosen",            "conflict.declared",
    "assignment.moved",       "task.taken",           "task.released",
    "award.accepted",         "award.declined",       "award.delivered",
    "award.reported",         "useful.marked",        "useful.unmarked",
    NULL};
static const char *const ballots[] = {"ballot.cast", "ballot.retracted", NULL};

typedef struct teller {
    cci_engine *e;
    const cci_campaign *c;
    const cci_viewer *v;
    cci_buffer *out;
} teller;

static int is_one_of(const char *type, const char *const *types)
{
    for (size_t i = 0; types[i]; i++)
        if (strcmp(types[i], type) == 0)
            return 1;
    return 0;
}

/* Whose doing an event is: the actor's, or the voter's for whom the host sent it. */
static int is_own(const teller *t, const json_t *event)
{
    const json_t *data = json_object_get(event, "data"), *taker = json_object_get(data, "participant");
    const char *voter = json_string_value(json_object_get(data, "voter"));
    if (!voter && strncmp(cci_json_text(event, "type"), "task.", 5) == 0)
        voter = json_string_value(taker);
    const char *who = voter ? voter : json_string_value(json_object_get(event, "actor"));
    return who && t->v->id && strcmp(who, t->v->id) == 0;
}

static cocreate_status sees_works(const teller *t, const json_t *data, int *out, cocreate_error *error)
{
    int hides = 0;
    for (size_t i = 0; cci_naming_members[i] && !hides; i++)
        CCI_TRY(cci_viewer_hides(t->e, t->v, data, cci_naming_members[i], &hides, error));
    *out = !hides;
    return COCREATE_OK;
}

static cocreate_status tell(const teller *t, json_t *event, cocreate_error *error)
{
    const char *type = json_string_value(json_object_get(event, "type"));
    int seen = type && is_one_of(type, course);
    if (type && !seen && is_own(t, event))
        seen = is_one_of(type, own) || (is_one_of(type, ballots) && cci_viewer_sees_own_ballots(t->v));
    if (seen)
        CCI_TRY(sees_works(t, json_object_get(event, "data"), &seen, error));
    if (!seen)
        return COCREATE_OK;
    if (!cci_viewer_sees_counts(t->v))
        json_object_del(event, "seq"); /* how much happened before */
    CCI_TRY(cci_json_canonical(event, t->out, error));
    cci_buffer_byte(t->out, '\n');
    return t->out->failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status read_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    const teller *t = user;
    json_t *event;
    if (row->part != t->c->part)
        return COCREATE_OK;
    CCI_TRY(cci_json_parse(row->payload.data, row->payload.size, &event, error));
    cocreate_status status = tell(t, event, error);
    json_decref(event);
    return status;
}

cocreate_status cci_export_events(cci_engine *e, cci_campaign *c, const cci_viewer *v, cci_buffer *out,
                                  cocreate_error *error)
{
    teller t = {e, c, v, out};
    cci_buffer_add(out, "", 0);
    return e->tree.size == 0 ? COCREATE_OK
                             : e->store->backend->scan_events(e->store->self, 1, e->tree.size, read_event,
                                                              &t, error);
}
