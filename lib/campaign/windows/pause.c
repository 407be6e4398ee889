/* {"do":"campaign.pause"} and {"do":"campaign.resume"}. */
#include <string.h>

#include "base/checked.h"
#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/timers.h"
#include "campaign/windows/windows.h"

static int shifts(const cci_campaign *c)
{
    const char *pause = json_string_value(json_object_get(c->brief.json, "pause"));
    return !pause || strcmp(pause, "shifts") == 0;
}

int64_t cci_deadline(const cci_campaign *c, int64_t from, int64_t us)
{
    const json_t *pauses = json_object_get(c->doc, "pauses");
    int64_t end = from + us;
    for (size_t i = 0; shifts(c) && i < json_array_size(pauses); i++) {
        const json_t *pause = json_array_get(pauses, i);
        int64_t begins = json_integer_value(json_object_get(pause, "from"));
        const json_t *until = json_object_get(pause, "until");
        if (!until || begins >= end || json_integer_value(until) <= from)
            continue;
        end += json_integer_value(until) - (begins > from ? begins : from);
    }
    return end;
}

/* ---- campaign.pause ---- */

static cocreate_status decide_pause(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    (void)e;
    const cci_campaign *c = command->campaign;
    const char *reason;
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    decision->exists = cci_campaign_is(c, "paused");
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(cci_require_published(c, error));
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.paused", c, data, error);
}

static cocreate_status apply_paused(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *pause = cci_json_new(), *pauses = NULL;
    int made = cci_json_put(pause, "from", json_integer(event->at)) &&
               cci_json_put(pause, "reason",
                            json_incref(json_object_get(event->data, "reason"))) &&
               (json_object_get(c->doc, "pauses") ||
                cci_json_put(c->doc, "pauses", json_array()));
    pauses = json_object_get(c->doc, "pauses");
    made = cci_json_push(pauses, pause) && made;
    made = made && cci_json_put(c->doc, "state", json_string("paused"));
    return made ? cci_campaign_put(e, c, error) : cci_no_memory(error);
}

/* ---- campaign.resume ---- */

/* How far clocks move: the length of the pause, or 0. */
static int64_t shift_of(const cci_campaign *c, int64_t at)
{
    const json_t *pauses = json_object_get(c->doc, "pauses");
    const json_t *last = json_array_get(pauses, json_array_size(pauses) - 1);
    return shifts(c) && last ? at - json_integer_value(json_object_get(last, "from")) : 0;
}

/* Was the last pause ended? A campaign may be over by that, and is not paused all the same. */
static int has_resumed(const cci_campaign *c)
{
    const json_t *pauses = json_object_get(c->doc, "pauses");
    return json_object_get(json_array_get(pauses, json_array_size(pauses) - 1), "until") != NULL;
}

static cocreate_status decide_resume(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    (void)e;
    const cci_campaign *c = command->campaign;
    int64_t shift = shift_of(c, command->at), closes;
    decision->exists =
        cci_campaign_is(c, "published") || (!cci_campaign_is(c, "paused") && has_resumed(c));
    if (decision->exists)
        return COCREATE_OK;
    if (!cci_campaign_is(c, "paused"))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is %s, not paused", c->id,
                        json_string_value(json_object_get(c->doc, "state")));
    for (size_t i = 0; i < c->brief.n_phases; i++)
        if (c->brief.phases[i].closes != CCI_JSON_INTEGER_MAX &&
            (!cci_add_i64(c->brief.phases[i].closes, shift, &closes) ||
             closes >= CCI_JSON_INTEGER_MAX))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.phases[%zu]: would close beyond the years that a log can hold", i);
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "shift_us", json_integer(shift))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.resumed", c, data, error);
}

/* Move one time of a phase, unless it lies open: a phase that the firm moves on has none. */
static int move(json_t *phase, const char *key, int64_t *time, int64_t by)
{
    if (*time == CCI_JSON_INTEGER_MAX)
        return 1;
    *time += by;
    return cci_json_put(phase, key, json_integer(*time));
}

static cocreate_status apply_resumed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    int64_t shift;
    CCI_TRY(cci_json_i64(event->data, "shift_us", 0, CCI_JSON_INTEGER_MAX, &shift, &CCI_ROOT,
                         error));
    json_t *phases = json_object_get(c ? c->doc : NULL, "phases");
    json_t *pauses = json_object_get(c ? c->doc : NULL, "pauses");
    json_t *last = json_array_get(pauses, json_array_size(pauses) - 1);
    if (!last || json_array_size(phases) != c->brief.n_phases)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu resumes what is not paused",
                        (unsigned long long)event->seq);
    int made = cci_json_put(last, "until", json_integer(event->at)) &&
               cci_json_put(c->doc, "state", json_string("published"));
    for (size_t i = 0; made && i < c->brief.n_phases; i++) {
        json_t *phase = json_array_get(phases, i);
        const char *state = json_string_value(json_object_get(phase, "state"));
        if (!state || strcmp(state, "closed") == 0)
            continue;
        if (strcmp(state, "planned") == 0)
            made = move(phase, "opens", &c->brief.phases[i].opens, shift);
        made = made && move(phase, "closes", &c->brief.phases[i].closes, shift);
    }
    CCI_TRY(made ? cci_campaign_put(e, c, error) : cci_no_memory(error));
    return cci_timers_shift(e, c, shift, error);
}

static const cci_parameter pause_parameters[] = {{"campaign", "id", 1, "a published campaign"},
                                                 {"reason", "text", 1, "why, for everybody to read"},
                                                 {NULL, NULL, 0, NULL}};
static const cci_parameter resume_parameters[] = {{"campaign", "id", 1, "a paused campaign"},
                                                  {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_campaign_pause = {
    "campaign.pause", "Pause a campaign, with a reason", pause_parameters, cci_firm_alone, decide_pause, 0};
const cci_command_type cci_command_campaign_resume = {
    "campaign.resume", "Go on with a paused campaign", resume_parameters, cci_firm_alone, decide_resume, 0};

const cci_event_type cci_event_campaign_paused = {"campaign.paused", apply_paused, NULL};
const cci_event_type cci_event_campaign_resumed = {"campaign.resumed", apply_resumed, NULL};
