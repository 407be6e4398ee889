/* What time alone makes happen: phases close and open. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/money/occasion.h"
#include "campaign/rounds/rounds.h"
#include "campaign/timers.h"

int cci_campaign_is(const cci_campaign *c, const char *state)
{
    const char *is = json_string_value(json_object_get(c->doc, "state"));
    return is && strcmp(is, state) == 0;
}

int cci_phase_window(const cci_campaign *c, const char *phase, int64_t *opens, int64_t *closes)
{
    const cci_phase *p = cci_brief_phase(&c->brief, phase);
    if (!p || p->relative || cci_campaign_is(c, "draft"))
        return 0;
    *opens = p->opens;
    *closes = p->closes;
    return 1;
}

/* The boundary of a phase that comes first: earliest, closing before opening, then as listed. */
typedef struct boundary {
    int64_t at;
    int opens;
    const char *phase;
} boundary;

static int first_boundary(const cci_campaign *c, int64_t at, boundary *out)
{
    json_t *phases = json_object_get(c->doc, "phases");
    int found = 0;
    for (size_t i = 0; i < json_array_size(phases); i++) {
        const json_t *phase = json_array_get(phases, i);
        const char *state = json_string_value(json_object_get(phase, "state"));
        if (!state || strcmp(state, "closed") == 0)
            continue;
        int opens = strcmp(state, "planned") == 0;
        boundary b = {json_integer_value(json_object_get(phase, opens ? "opens" : "closes")), opens,
                      c->brief.phases[i].id};
        if (b.at <= at &&
            (!found || b.at < out->at || (b.at == out->at && b.opens < out->opens))) {
            *out = b;
            found = 1;
        }
    }
    return found;
}

cocreate_status cci_due(cci_engine *e, cci_campaign *c, int64_t at, cci_decision *decision,
                        cocreate_error *error)
{
    boundary b = {0};
    int published = cci_campaign_is(c, "published");
    if (cci_campaign_is(c, "paused"))
        return COCREATE_OK;
    if (published && cci_occasion_waits(c)) /* it follows what has just happened */
        return cci_occasion_decide(e, c, decision, error);
    int crossed = published && first_boundary(c, at, &b);
    int64_t timer = cci_timer_next(c->doc);
    if (timer <= at && (!crossed || timer < b.at))
        return cci_timer_decide(e, c, decision, error);
    if (cci_campaign_is(c, "cancelled"))
        return cci_reward_due(e, c, decision, error);
    if (!published)
        return COCREATE_OK;
    if (!crossed)
        return cci_round_due(e, c, at, decision, error);
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "phase", json_string(b.phase))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, b.opens ? "phase.opened" : "phase.closed", c, data, error);
}

/* A phase that goes by hand opens and closes when it is said. */
static int set_time(cci_phase *p, json_t *phase, const char *state, int64_t at)
{
    int opens = strcmp(state, "open") == 0;
    if (!p->manual)
        return 1;
    *(opens ? &p->opens : &p->closes) = at;
    return cci_json_put(phase, opens ? "opens" : "closes", json_integer(at));
}

static cocreate_status set_phase_state(cci_engine *e, const cci_event *event, const char *state,
                                       cocreate_error *error)
{
    const char *id;
    CCI_TRY(cci_json_id(event->data, "phase", &id, &CCI_ROOT, error));
    cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_phases; i++) {
        if (strcmp(c->brief.phases[i].id, id) != 0)
            continue;
        json_t *phase = json_array_get(json_object_get(c->doc, "phases"), i);
        if (!phase)
            return cci_fail(error, COCREATE_ERR_CORRUPT, "phase '%s' is of a campaign that was not published",
                            id);
        if (!set_time(&c->brief.phases[i], phase, state, event->at) ||
            !cci_json_put(phase, "state", json_string(state)))
            return cci_no_memory(error);
        return cci_campaign_put(e, c, error);
    }
    return cci_fail(error, COCREATE_ERR_CORRUPT, "an event names the unknown phase '%s'", id);
}

static cocreate_status apply_opened(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return set_phase_state(e, event, "open", error);
}

static cocreate_status apply_closed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return set_phase_state(e, event, "closed", error);
}

const cci_event_type cci_event_phase_opened = {"phase.opened", apply_opened, NULL};
const cci_event_type cci_event_phase_closed = {"phase.closed", apply_closed, NULL};
