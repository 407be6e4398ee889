#include "campaign/cache.h"
#include "campaign/timers.h"

#include <string.h>

static void campaign_free(const cocreate_allocator *a, cci_campaign *c)
{
    cci_round_cache_free(c->rounds);
    cocreate_ledger_free(c->ledger);
    cci_brief_free(&c->brief);
    json_decref(c->doc);
    cci_free(a, c->id);
    cci_free(a, c);
}

static void drop_dues(cci_engine *e)
{
    for (size_t i = 0; i < e->n_dues; i++)
        cci_free(&e->allocator, e->dues[i].id);
    e->n_dues = 0;
    e->dues_known = 0;
    e->next_due = INT64_MAX;
}

void cci_cache_drop(cci_engine *e)
{
    for (size_t i = 0; i < e->n_campaigns; i++)
        campaign_free(&e->allocator, e->campaigns[i]);
    e->n_campaigns = 0;
    drop_dues(e);
}

void cci_cache_undo(cci_engine *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->n_campaigns; i++)
        if (e->campaigns[i]->dirty)
            campaign_free(&e->allocator, e->campaigns[i]);
        else
            e->campaigns[kept++] = e->campaigns[i];
    e->n_campaigns = kept;
    if (e->campaigns_written)
        drop_dues(e);
}

void cci_cache_clean(cci_engine *e)
{
    for (size_t i = 0; i < e->n_campaigns; i++)
        e->campaigns[i]->dirty = 0;
}

/* ---- campaigns ---- */

/* Published phases are absolute: their times are in the document. */
static cocreate_status read_phases(cci_campaign *c, cocreate_error *error)
{
    json_t *phases = json_object_get(c->doc, "phases");
    for (size_t i = 0; phases && i < c->brief.n_phases; i++) {
        const json_t *phase = json_array_get(phases, i);
        cci_phase *p = &c->brief.phases[i];
        CCI_TRY(cci_json_i64(phase, "opens", INT64_MIN, INT64_MAX, &p->opens, &CCI_ROOT, error));
        CCI_TRY(cci_json_i64(phase, "closes", INT64_MIN, INT64_MAX, &p->closes, &CCI_ROOT, error));
        p->relative = 0;
    }
    return COCREATE_OK;
}

/* Fill a campaign from its document, which it takes over, also on failure. */
static cocreate_status campaign_fill(cci_engine *e, cci_campaign *c, const char *id, json_t *doc,
                                     cocreate_error *error)
{
    c->doc = doc;
    c->id = cci_strndup(&e->allocator, id, strlen(id));
    if (!c->id)
        return cci_no_memory(error);
    json_t *brief;
    CCI_TRY(cci_json_get_object(doc, "brief", &brief, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(doc, "part", 0, INT64_MAX, &c->part, &CCI_ROOT, error));
    CCI_TRY(cci_brief_parse(&e->allocator, brief, &c->brief, error));
    return read_phases(c, error);
}

cocreate_status cci_campaign_find(cci_engine *e, const char *id, cci_campaign **out,
                                  cocreate_error *error)
{
    for (size_t i = 0; i < e->n_campaigns; i++)
        if (strcmp(e->campaigns[i]->id, id) == 0) {
            *out = e->campaigns[i];
            return COCREATE_OK;
        }
    json_t *doc;
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_CAMPAIGN, id, &doc, error));
    if (!doc) {
        *out = NULL;
        return COCREATE_OK;
    }
    cci_campaign *c = cci_alloc(&e->allocator, 1, sizeof *c);
    if (!c) {
        json_decref(doc);
        return cci_no_memory(error);
    }
    c->brief.allocator = e->allocator;
    cocreate_status status = campaign_fill(e, c, id, doc, error);
    if (status == COCREATE_OK &&
        !cci_grow(&e->allocator, (void **)&e->campaigns, &e->cap_campaigns, e->n_campaigns + 1,
                  sizeof *e->campaigns))
        status = cci_no_memory(error);
    if (status != COCREATE_OK) {
        campaign_free(&e->allocator, c);
        return status;
    }
    c->dirty = e->in_transaction && e->campaigns_written;
    e->campaigns[e->n_campaigns++] = c;
    *out = c;
    return COCREATE_OK;
}

cocreate_status cci_campaign_get(cci_engine *e, const char *id, cci_campaign **out,
                                 cocreate_error *error)
{
    cci_campaign *c;
    CCI_TRY(cci_campaign_find(e, id, &c, error));
    if (!c)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no campaign '%s'", id);
    *out = c;
    return COCREATE_OK;
}

/* ---- what is due ---- */

int64_t cci_next_due_of(const json_t *doc)
{
    const char *state = json_string_value(json_object_get(doc, "state"));
    if (state && strcmp(state, "paused") == 0)
        return INT64_MAX; /* nothing is due until campaign.resume */
    int64_t due = cci_timer_next(doc);
    if (!state || strcmp(state, "published") != 0)
        return due;
    json_t *phases = json_object_get(doc, "phases");
    for (size_t i = 0; i < json_array_size(phases); i++) {
        const json_t *phase = json_array_get(phases, i);
        const char *phase_state = json_string_value(json_object_get(phase, "state"));
        if (!phase_state || strcmp(phase_state, "closed") == 0)
            continue;
        const char *key = strcmp(phase_state, "planned") == 0 ? "opens" : "closes";
        int64_t at = json_integer_value(json_object_get(phase, key));
        due = at < due ? at : due;
    }
    return due;
}

static void find_next_due(cci_engine *e)
{
    e->next_due = INT64_MAX;
    for (size_t i = 0; i < e->n_dues; i++)
        if (e->dues[i].at < e->next_due)
            e->next_due = e->dues[i].at;
}

static cocreate_status add_due(cci_engine *e, const char *id, int64_t at, cocreate_error *error)
{
    char *copy = cci_strndup(&e->allocator, id, strlen(id));
    if (!copy || !cci_grow(&e->allocator, (void **)&e->dues, &e->cap_dues, e->n_dues + 1,
                           sizeof *e->dues)) {
        cci_free(&e->allocator, copy);
        return cci_no_memory(error);
    }
    e->dues[e->n_dues++] = (cci_due_time){copy, at};
    if (at < e->next_due)
        e->next_due = at;
    return COCREATE_OK;
}

static cocreate_status collect_due(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    int64_t due = cci_next_due_of(doc);
    return due == INT64_MAX ? COCREATE_OK : add_due(user, id, due, error);
}

cocreate_status cci_cache_dues(cci_engine *e, cocreate_error *error)
{
    if (e->dues_known)
        return COCREATE_OK;
    drop_dues(e);
    cocreate_status status =
        cci_state_scan(e, 0, CCI_KIND_CAMPAIGN, NULL, collect_due, e, error);
    if (status != COCREATE_OK)
        drop_dues(e);
    else
        e->dues_known = 1;
    return status;
}

/* The document of a campaign changed: so may its next due time. */
static cocreate_status update_due(cci_engine *e, const cci_campaign *c, cocreate_error *error)
{
    if (!e->dues_known)
        return COCREATE_OK;
    int64_t due = cci_next_due_of(c->doc);
    for (size_t i = 0; i < e->n_dues; i++)
        if (strcmp(e->dues[i].id, c->id) == 0) {
            if (e->dues[i].at != due) {
                e->dues[i].at = due;
                find_next_due(e);
            }
            return COCREATE_OK;
        }
    return due == INT64_MAX ? COCREATE_OK : add_due(e, c->id, due, error);
}

void cci_rounds_forget(cci_campaign *c)
{
    cci_round_cache_free(c->rounds);
    c->rounds = NULL;
    c->dirty = 1;
}

cocreate_status cci_campaign_put(cci_engine *e, cci_campaign *c, cocreate_error *error)
{
    cci_rounds_forget(c);
    CCI_TRY(cci_state_put(e, 0, CCI_KIND_CAMPAIGN, c->id, c->doc, error));
    return update_due(e, c, error);
}

cocreate_status cci_campaign_put_counts(cci_engine *e, cci_campaign *c, cocreate_error *error)
{
    c->dirty = 1;
    CCI_TRY(cci_state_put(e, 0, CCI_KIND_CAMPAIGN, c->id, c->doc, error));
    return update_due(e, c, error);
}
