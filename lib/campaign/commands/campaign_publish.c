/* {"do":"campaign.publish"}: the brief is fixed, and its relative phases become instants. */
#include <string.h>

#include "base/checked.h"
#include "base/time.h"
#include "campaign/commands.h"
#include "campaign/guards.h"
#include "campaign/windows/auto_stop.h"
#include "campaign/windows/versions.h"

static json_t *phase_document(const cci_phase *p, int64_t opens, int64_t closes)
{
    json_t *json = cci_json_new();
    if (!cci_json_put(json, "id", json_string(p->id)) ||
        !cci_json_put(json, "opens", json_integer(opens)) ||
        !cci_json_put(json, "closes", json_integer(closes))) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* The phases as instants: relative ones count from now. */
static cocreate_status fix_phases(const cci_brief *brief, int64_t at, json_t **out,
                                  cocreate_error *error)
{
    json_t *list = json_array();
    for (size_t i = 0; i < brief->n_phases; i++) {
        const cci_phase *p = &brief->phases[i];
        int64_t base = p->relative ? at : 0, opens, closes;
        if (!cci_add_i64(p->opens, base, &opens) || !cci_add_i64(p->closes, base, &closes) ||
            closes > CCI_JSON_INTEGER_MAX) {
            json_decref(list);
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.phases[%zu]: closes beyond the years that a log can hold", i);
        }
        if (!cci_json_push(list, phase_document(p, opens, closes))) {
            json_decref(list);
            return cci_no_memory(error);
        }
    }
    *out = list;
    return COCREATE_OK;
}

static int64_t phase_time(const cci_brief *brief, const json_t *phases, const char *phase,
                          const char *key)
{
    size_t i = 0;
    while (i + 1 < brief->n_phases && strcmp(brief->phases[i].id, phase) != 0)
        i++;
    return json_integer_value(json_object_get(json_array_get(phases, i), key));
}

/* A round that takes over candidates cannot begin before the round that selects them ends. One that judges in
 * turn, or sends them back, waits for it: a last call may end it early; one that rolls takes whom its
 * periods select. */
static cocreate_status check_order(const cci_brief *brief, const json_t *phases,
                                   cocreate_error *error)
{
    for (size_t i = 0; i < brief->n_rounds; i++)
        for (size_t j = 0; j < i; j++) {
            const cci_round_spec *round = &brief->rounds[i], *from = &brief->rounds[j];
            if (!round->from_round || strcmp(round->from_round, from->id) != 0 || round->in_turn ||
                round->reopens || round->rolling)
                continue;
            if (phase_time(brief, phases, from->phase, "closes") >
                phase_time(brief, phases, round->phase, "opens"))
                return cci_fail(error, COCREATE_ERR_SCHEMA,
                                "$.rounds[%zu].phase: '%s' opens before '%s' closes, which selects "
                                "the candidates",
                                i, round->phase, from->phase);
        }
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    (void)e;
    const cci_campaign *c = command->campaign;
    /* What was cancelled is not published again, but the command that once published it is known. */
    const json_t *since = json_object_get(c->doc, "published_at");
    if (cci_campaign_is(c, "cancelled") && !(since && json_integer_value(since) == command->at))
        return cci_fail(error, COCREATE_ERR_REFUSED, "campaign '%s' is cancelled", c->id);
    if (!cci_campaign_is(c, "draft")) {
        decision->exists = 1;
        return COCREATE_OK;
    }
    json_t *phases = NULL, *data;
    CCI_TRY(fix_phases(&c->brief, command->at, &phases, error));
    cocreate_status status = check_order(&c->brief, phases, error);
    if (status != COCREATE_OK) {
        json_decref(phases);
        return status;
    }
    data = cci_json_new();
    if (!cci_json_put(data, "phases", phases)) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.published", c, data, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *given;
    CCI_TRY(cci_json_get_array(event->data, "phases", &given, &CCI_ROOT, error));
    if (!c || json_array_size(given) != c->brief.n_phases)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu publishes other phases",
                        (unsigned long long)event->seq);
    json_t *phases = cci_json_deep_copy(given);
    if (!phases)
        return cci_no_memory(error);
    int made = cci_json_put(c->doc, "phases", phases) &&
               cci_json_put(c->doc, "state", json_string("published")) &&
               cci_json_put(c->doc, "published_at", json_integer(event->at));
    for (size_t i = 0; made && i < c->brief.n_phases; i++) {
        json_t *phase = json_array_get(phases, i);
        cci_phase *p = &c->brief.phases[i];
        CCI_TRY(cci_json_time(phase, "opens", &p->opens, &CCI_ROOT, error));
        CCI_TRY(cci_json_time(phase, "closes", &p->closes, &CCI_ROOT, error));
        p->relative = 0;
        made = cci_json_put(phase, "state", json_string("planned"));
    }
    if (!made)
        return cci_no_memory(error);
    CCI_TRY(cci_rules_begin(c, event->at, error));
    CCI_TRY(cci_stop_set(e, c, event->at, error));
    return cci_campaign_put(e, c, error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "a draft"}, {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_campaign_publish = {"campaign.publish",
                                                       "Publish a campaign: its brief is fixed from now on",
                                                       parameters,
                                                       cci_firm_alone,
                                                       decide,
                                                       0};

const cci_event_type cci_event_campaign_published = {"campaign.published", apply, NULL};
