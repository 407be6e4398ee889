/* {"do":"round.annul"}: a result is void, for a reason, while nothing was awarded by it. A round that
 * `replaces` it in the brief opens from the same candidates. */
#include <string.h>

#include "campaign/guards.h"
#include "campaign/money/pledges.h"
#include "campaign/rounds/rounds.h"

static const cci_round_spec *successor(const cci_campaign *c, const char *id)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        if (c->brief.rounds[i].replaces && strcmp(c->brief.rounds[i].replaces, id) == 0)
            return &c->brief.rounds[i];
    return NULL;
}

/* A round replaces one before it in the brief, so this ends. */
cocreate_status cci_round_standing(cci_engine *e, const cci_campaign *c, const char *id,
                                   const char **out, cocreate_error *error)
{
    const cci_round_spec *next;
    cci_round_state state;
    *out = id;
    while ((next = successor(c, *out)) != NULL) {
        CCI_TRY(cci_round_get(e, c, *out, NULL, &state, error));
        if (state != CCI_ROUND_ANNULLED)
            return COCREATE_OK;
        *out = next->id;
    }
    return COCREATE_OK;
}

/* Nothing may build on the result: no award, no later round. */
static cocreate_status check_unused(cci_engine *e, const cci_campaign *c,
                                    const cci_round_spec *spec, cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rewards; i++) {
        const cci_reward_spec *reward = &c->brief.rewards[i];
        const char *round = reward->round;
        if (!round)
            continue;
        CCI_TRY(cci_round_standing(e, c, round, &round, error));
        if (strcmp(round, spec->id) == 0 &&
            json_object_get(json_object_get(c->doc, "awarded"), reward->id))
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "reward '%s' was awarded by round '%s': adjust the awards instead",
                            reward->id, spec->id);
    }
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *later = &c->brief.rounds[i];
        const char *from = later->from_round;
        cci_round_state state;
        if (!from)
            continue;
        CCI_TRY(cci_round_standing(e, c, from, &from, error));
        CCI_TRY(cci_round_get(e, c, later->id, NULL, &state, error));
        if (strcmp(from, spec->id) == 0 && state != CCI_ROUND_PLANNED &&
            state != CCI_ROUND_ANNULLED)
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "round '%s' takes its candidates from round '%s' and is %s: annul it "
                            "first",
                            later->id, spec->id, cci_round_state_name(state));
    }
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    size_t round;
    const char *reason;
    cci_round_state state;
    CCI_TRY(cci_round_named(c, command->body, &round, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    const cci_round_spec *spec = &c->brief.rounds[round];
    CCI_TRY(cci_round_get(e, c, spec->id, NULL, &state, error));
    if (state == CCI_ROUND_ANNULLED) {
        decision->exists = 1;
        return COCREATE_OK;
    }
    CCI_TRY(cci_require_published(c, error));
    if (state != CCI_ROUND_TALLIED && state != CCI_ROUND_CERTIFIED)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "round '%s' is %s: only a result can be annulled", spec->id,
                        cci_round_state_name(state));
    CCI_TRY(check_unused(e, c, spec, error));
    return cci_round_decide(decision, c, "round.annulled", spec->id, "reason", json_string(reason),
                            error);
}

/* ---- what happens ---- */

cocreate_status cci_round_give_back(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                    const char *id, cocreate_error *error)
{
    int64_t part = event->campaign->part;
    const char *to = spec->from_round ? "shortlisted" : "published";
    json_t *doc, *right;
    CCI_TRY(cci_state_get(e, part, CCI_KIND_CONTRIBUTION, id, &doc, error));
    const char *state = json_string_value(json_object_get(doc, "state"));
    int moved = state && (strcmp(state, "selected") == 0 || strcmp(state, "not_selected") == 0 ||
                          strcmp(state, "shortlisted") == 0);
    cocreate_status status = COCREATE_OK;
    if (moved)
        status = cci_json_put(doc, "state", json_string(to))
                     ? cci_state_put(e, part, CCI_KIND_CONTRIBUTION, id, doc, error)
                     : cci_no_memory(error);
    json_decref(doc);
    const char *effective = event->campaign->brief.rights.effective;
    if (status != COCREATE_OK || !moved || !effective || strcmp(effective, "on_select") != 0)
        return status;
    CCI_TRY(cci_state_get(e, part, CCI_KIND_RIGHT, id, &right, error));
    state = json_string_value(json_object_get(right, "state"));
    if (state && strcmp(state, "active") == 0) {
        json_object_del(right, "active_at");
        status = cci_json_put(right, "state", json_string("held"))
                     ? cci_state_put(e, part, CCI_KIND_RIGHT, id, right, error)
                     : cci_no_memory(error);
    }
    json_decref(right);
    return status;
}

/* The row keeps what was annulled, and why. */
static cocreate_status annul_row(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 json_t *row, cocreate_error *error)
{
    json_t *result = json_object_get(row, "result");
    if (!result)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' has no result to annul", spec->id);
    int ok = cci_json_put(row, "annulled", json_incref(result)) &&
             cci_json_put(row, "annulled_at", json_integer(event->at)) &&
             cci_json_put(row, "reason",
                          json_incref(json_object_get(event->data, "reason"))) &&
             cci_json_put(row, "state", json_string(cci_round_state_name(CCI_ROUND_ANNULLED)));
    if (!ok)
        return cci_no_memory(error);
    json_object_del(row, "result");
    return cci_state_put(e, event->campaign->part, CCI_KIND_ROUND, spec->id, row, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    const cci_round_spec *spec = &event->campaign->brief.rounds[index];
    CCI_TRY(cci_round_get(e, event->campaign, spec->id, &row, &state, error));
    const json_t *ids = json_object_get(row, "candidates");
    cocreate_status status = COCREATE_OK;
    int moved = state == CCI_ROUND_CERTIFIED && !cci_round_advises(event->campaign, index);
    for (size_t i = 0; moved && i < json_array_size(ids); i++)
        if (status == COCREATE_OK)
            status = cci_round_give_back(e, event, spec, json_string_value(json_array_get(ids, i)), error);
    if (status == COCREATE_OK)
        status = cci_pledges_end(e, event, index, NULL, error);
    if (status == COCREATE_OK)
        status = annul_row(e, event, spec, row, error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a tallied or certified round by which nothing was awarded"},
    {"reason", "text", 1, "why, for everybody to read"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_round_annul = {
    "round.annul", "Annul the result of a round, with a reason", parameters, cci_firm_alone, decide, 0};

const cci_event_type cci_event_round_annulled = {"round.annulled", apply, NULL};
