#include "campaign/rounds/rounds.h"

#include <string.h>

#include "base/time.h"
#include "campaign/graph/kinds.h"
#include "campaign/guards.h"
#include "campaign/milestones/milestones.h"

static const char *const state_names[] = {"planned", "open",   "closed",
                                          "tallied", "failed", "certified",
                                          "annulled"};

const char *cci_round_state_name(cci_round_state state)
{
    return state_names[state];
}

cocreate_status cci_round_find(const cci_campaign *c, const char *id, size_t *index,
                               cocreate_error *error)
{
    const cci_round_spec *spec = cci_brief_round(&c->brief, id);
    if (!spec)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no round '%s'", c->id, id);
    *index = (size_t)(spec - c->brief.rounds);
    return COCREATE_OK;
}

cocreate_status cci_round_decide(cci_decision *d, const cci_campaign *c, const char *type,
                                 const char *round, const char *key, json_t *value,
                                 cocreate_error *error)
{
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "round", json_string(round));
    if (key)
        made &= cci_json_put(data, key, value);
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(d, type, c, data, error);
}

cocreate_status cci_round_named(const cci_campaign *c, const json_t *object, size_t *index,
                                cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_id(object, "round", &id, &CCI_ROOT, error));
    return cci_round_find(c, id, index, error);
}

cocreate_status cci_round_get(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                              cci_round_state *state, cocreate_error *error)
{
    json_t *found;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_ROUND, id, &found, error));
    cci_round_state s = CCI_ROUND_PLANNED;
    if (found) {
        const char *name = json_string_value(json_object_get(found, "state"));
        while (s <= CCI_ROUND_ANNULLED && (!name || strcmp(name, state_names[s]) != 0))
            s++;
        if (s > CCI_ROUND_ANNULLED) {
            json_decref(found);
            return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' is in no known state", id);
        }
    }
    *state = s;
    if (row)
        *row = found;
    else
        json_decref(found);
    return COCREATE_OK;
}

/* Does this round take its candidates from that one, or from a milestone of it? */
static int takes_from(const cci_brief *b, const cci_round_spec *spec, const char *round)
{
    if (spec->from_round)
        return strcmp(spec->from_round, round) == 0;
    for (size_t i = 0; spec->from_milestone && i < b->n_milestones; i++)
        if (strcmp(b->milestones[i].id, spec->from_milestone) == 0)
            return strcmp(b->rounds[b->milestones[i].round].id, round) == 0;
    return 0;
}

/* Does a binding round follow, at once or after advice? Rounds take from earlier ones alone. */
static int leads_on(const cci_brief *b, size_t index)
{
    for (size_t i = index + 1; i < b->n_rounds; i++)
        if (takes_from(b, &b->rounds[i], b->rounds[index].id) &&
            (b->rounds[i].binding || leads_on(b, i)))
            return 1;
    return 0;
}

int cci_round_final(const cci_campaign *c, size_t index)
{
    return !leads_on(&c->brief, index);
}

int cci_round_advises(const cci_campaign *c, size_t index)
{
    return !c->brief.rounds[index].binding && cci_round_final(c, index);
}

static unsigned phase_allows(const cci_campaign *c, const char *id)
{
    const cci_phase *phase = cci_brief_phase(&c->brief, id);
    return phase ? phase->allows : 0;
}

cocreate_status cci_round_require_open(cci_engine *e, const cci_campaign *c, size_t index,
                                       int64_t at, unsigned allows, json_t **row,
                                       cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    char from[CCI_TIME_TEXT], until[CCI_TIME_TEXT];
    int64_t opens, closes;
    if (!cci_campaign_is(c, "decided"))
        CCI_TRY(cci_require_published(c, error));
    if (!cci_phase_window(c, spec->phase, &opens, &closes))
        return cci_refuse_round(error, index, NULL, "phase '%s' has no times yet", spec->phase);
    if (at < opens || at >= closes || !(phase_allows(c, spec->phase) & allows))
        return cci_refuse_round(error, index, NULL,
                                "round '%s' runs in phase '%s', from %s until before %s", spec->id,
                                spec->phase, cci_time_text(opens, from), cci_time_text(closes, until));
    json_t *found;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, spec->id, &found, &state, error));
    if (state != CCI_ROUND_OPEN) {
        json_decref(found);
        return cci_refuse_round(error, index, NULL, "round '%s' is %s, not open", spec->id,
                                cci_round_state_name(state));
    }
    if (row)
        *row = found;
    else
        json_decref(found);
    return COCREATE_OK;
}

int cci_round_ranks(const cci_round_spec *spec, const json_t *row)
{
    return cci_kind_taken(row, spec->from_kind) && !json_is_true(json_object_get(row, "late"));
}

/* Is it a rolling round that is open? */
static cocreate_status is_rolling(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec, int *out,
                                  cocreate_error *error)
{
    cci_round_state state = CCI_ROUND_PLANNED;
    if (spec->rolling)
        CCI_TRY(cci_round_get(e, c, spec->id, NULL, &state, error));
    *out = state == CCI_ROUND_OPEN;
    return COCREATE_OK;
}

cocreate_status cci_round_joins(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const json_t *row, int *out, cocreate_error *error)
{
    *out = 0;
    return cci_round_ranks(spec, row) ? is_rolling(e, c, spec, out, error) : COCREATE_OK;
}

typedef struct published {
    json_t *ids;
    cci_engine *engine;
    const cci_campaign *campaign;
    const cci_round_spec *spec;
    int closing; /* a rolling round */
} published;

static cocreate_status has_reached(const published *p, const char *id, int *out, cocreate_error *error)
{
    const cci_brief *b = &p->campaign->brief;
    *out = 1;
    if (!p->spec->from_milestone)
        return COCREATE_OK;
    return cci_milestone_reached(p->engine, p->campaign, id, cci_milestone_find(b, p->spec->from_milestone),
                                 out, error);
}

/* Works that ended while a rolling round was open had votes: they stay in its list, out of its places. */
static int is_candidate(const published *p, const char *state)
{
    static const char *const live[] = {"published", "shortlisted", "selected", "not_selected", NULL};
    for (size_t i = 0; state && live[i]; i++)
        if (strcmp(state, live[i]) == 0)
            return 1;
    return p->closing && state && cci_state_ended(state) && strcmp(state, "declined") != 0;
}

static cocreate_status collect_published(void *user, const char *id, json_t *doc,
                                         cocreate_error *error)
{
    published *p = user;
    int reached;
    CCI_TRY(has_reached(p, id, &reached, error));
    if (!reached || !cci_round_ranks(p->spec, doc))
        return COCREATE_OK;
    if (is_candidate(p, json_string_value(json_object_get(doc, "state"))) &&
        !cci_json_push(p->ids, json_string(id)))
        return cci_no_memory(error);
    return COCREATE_OK;
}

cocreate_status cci_round_published(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                    json_t **out, cocreate_error *error)
{
    int closing = 0;
    CCI_TRY(is_rolling(e, c, spec, &closing, error));
    json_t *ids = json_array();
    published p = {ids, e, c, spec, closing};
    if (!ids)
        return cci_no_memory(error);
    cocreate_status status =
        cci_state_scan(e, c->part, CCI_KIND_CONTRIBUTION, NULL, collect_published, &p, error);
    if (status != COCREATE_OK) {
        json_decref(ids);
        return status;
    }
    *out = ids;
    return COCREATE_OK;
}
