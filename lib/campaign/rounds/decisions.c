/* {"do":"decision.make"}: the firm selects or rejects a candidate, with a reason. */
#include <string.h>

#include "campaign/graph/choose.h"
#include "campaign/jury/jury.h"
#include "campaign/people/people.h"
#include "campaign/money/occasion.h"
#include "campaign/rounds/cache.h"
#include "campaign/rounds/override.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"
#include "campaign/rounds/turns.h"

static const char *const verdicts[] = {"select", "reject", NULL};

typedef struct decision_in {
    const char *contribution, *reason, *actor;
    int verdict;
    int64_t place; /* 0 = none */
} decision_in;

static cocreate_status read_decision(const cci_command *command, decision_in *in,
                                     cocreate_error *error)
{
    in->actor = command->actor;
    in->reason = NULL;
    in->place = 0;
    CCI_TRY(cci_json_id(command->body, "contribution", &in->contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(command->body, "verdict", verdicts, &in->verdict, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(command->body, "place", 1, 1000000, &in->place, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(command->body, "reason", &in->reason, &CCI_ROOT, error));
    if (in->verdict == 1 && in->place)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.place: a rejected entry has no place");
    return COCREATE_OK;
}

static json_t *decision_document(const cci_command *command, const char *round,
                                 const decision_in *in)
{
    json_t *doc = cci_json_new();
    if (!cci_json_put(doc, "round", json_string(round)) ||
        !cci_json_put(doc, "contribution", json_string(in->contribution)) ||
        !cci_json_put(doc, "verdict", json_string(verdicts[in->verdict])) ||
        !cci_json_put(doc, "by", json_string(command->actor)) ||
        (in->place && !cci_json_put(doc, "place", json_integer(in->place))) ||
        (in->reason && !cci_json_put(doc, "reason", json_string(in->reason)))) {
        json_decref(doc);
        return NULL;
    }
    return doc;
}

/* Selected so far, without this contribution. */
typedef struct counter {
    const char *but;
    int64_t count;
} counter;

static cocreate_status count_selected(void *user, const char *id, json_t *doc,
                                      cocreate_error *error)
{
    counter *n = user;
    const char *verdict = json_string_value(json_object_get(doc, "verdict"));
    const char *contribution = json_string_value(json_object_get(doc, "contribution"));
    (void)id;
    (void)error;
    if (verdict && contribution && strcmp(verdict, "select") == 0 &&
        strcmp(contribution, n->but) != 0)
        n->count++;
    return COCREATE_OK;
}

static cocreate_status check_room(cci_engine *e, const cci_campaign *c, size_t round,
                                  const decision_in *in, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    counter n = {in->contribution, 0};
    if (in->verdict == 1 || spec->select_max == 0)
        return COCREATE_OK;
    CCI_TRY(
        cci_state_scan_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(spec->id, ""), count_selected, &n, error));
    if (n.count < spec->select_max)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "select",
                            "round '%s' selects at most %lld, and so many are selected%s", spec->id,
                            (long long)spec->select_max, spec->rolling ? "" : ": reject one first");
}

static cocreate_status check_actor(cci_engine *e, const cci_campaign *c, size_t round,
                                   const char *actor, int64_t at, cocreate_error *error)
{
    if (strcmp(actor, CCI_HOST) == 0)
        return COCREATE_OK;
    return cci_electorate_allows(e, c, round, actor, at, error);
}

static cocreate_status check_decision(cci_engine *e, const cci_command *command, size_t round,
                                      const decision_in *in, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    struct cci_round_cache *r;
    if (spec->lead != CCI_LEAD_FIRM && spec->lead != CCI_LEAD_JURY)
        return cci_refuse_round(error, round, "lead", "round '%s' is not led by the firm", spec->id);
    if (spec->kind != 0)
        return cci_refuse_round(error, round, "instrument", "round '%s' takes ballots, not decisions",
                                spec->id);
    CCI_TRY(check_actor(e, c, round, command->actor, command->at, error));
    CCI_TRY(cci_round_cache_get(e, command->campaign, round, command->at, CCI_ALLOW_DECIDE, &r,
                                error));
    uint32_t candidate = cci_string_set_find(&r->candidates, in->contribution);
    if (candidate == CCI_TABLE_NONE)
        CCI_TRY(cci_round_cache_join(e, c, r, in->contribution, &candidate, error));
    if (candidate == CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' is no candidate of round '%s'",
                        in->contribution, spec->id);
    if (r->out_of_game[candidate])
        return cci_round_cache_refuse(c, r, candidate, error);
    CCI_TRY(cci_turns_require(c, round, r->row, in->contribution, error));
    CCI_TRY(cci_review_require(e, c, round, r->row, in->contribution, error));
    if (spec->lead == CCI_LEAD_JURY && strcmp(command->actor, CCI_HOST) != 0)
        CCI_TRY(cci_jury_require(e, c, round, command->actor, in->contribution, error));
    if (spec->lead == CCI_LEAD_FIRM && cci_round_final(c, round))
        CCI_TRY(cci_choice_allowed(e, c, spec->id, in->contribution, in->verdict == 0, error));
    CCI_TRY(check_room(e, c, round, in, error));
    return in->verdict == 0 ? cci_occasion_affords(e, command->campaign, spec, in->contribution, command->at,
                                                   error)
                            : COCREATE_OK;
}

static cocreate_status decide_decision(cci_engine *e, const cci_command *command,
                                       cci_decision *decision, cocreate_error *error)
{
    size_t round;
    decision_in in;
    json_t *old;
    CCI_TRY(cci_round_named(command->campaign, command->body, &round, error));
    CCI_TRY(read_decision(command, &in, error));
    if (json_is_true(json_object_get(command->body, "override")))
        return cci_override_decide(e, command, round, in.contribution, in.verdict == 0, in.reason,
                                   decision, error);
    const char *id = command->campaign->brief.rounds[round].id;
    cocreate_status status = cci_state_get_by(e, command->campaign->part, CCI_KIND_DECISION,
                                              CCI_KEY(id, in.contribution), &old, error);
    CCI_TRY(status);
    json_t *doc = decision_document(command, id, &in);
    decision->exists = doc && old && json_equal(doc, old);
    int stands = old && command->campaign->brief.rounds[round].rolling;
    json_decref(old);
    if (!doc)
        return cci_no_memory(error);
    if (stands && !decision->exists) {
        json_decref(doc);
        return cci_refuse_round(error, round, "rolling",
                                "'%s' was decided on, which took effect at once: contribution.implement or "
                                "contribution.disqualify goes on from it", in.contribution);
    }
    status = decision->exists ? COCREATE_OK : check_decision(e, command, round, &in, error);
    if (decision->exists || status != COCREATE_OK) {
        json_decref(doc);
        return status;
    }
    return cci_decide(decision, "decision.made", command->campaign, doc, error);
}

static cocreate_status apply_decision(cci_engine *e, const cci_event *event,
                                      cocreate_error *error)
{
    if (json_is_true(json_object_get(event->data, "override")))
        return cci_override_apply(e, event, error);
    const char *round, *contribution;
    CCI_TRY(cci_json_id(event->data, "round", &round, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    cocreate_status status = cci_state_put_by(e, event->campaign->part, CCI_KIND_DECISION,
                                              CCI_KEY(round, contribution), event->data, error);
    size_t index = 0;
    if (status == COCREATE_OK)
        status = cci_round_find(event->campaign, round, &index, error);
    if (status == COCREATE_OK)
        status = cci_rolling_decided(e, event, index, contribution,
                                     strcmp(cci_json_text(event->data, "verdict"), "select") == 0, error);
    return status == COCREATE_OK
               ? cci_jury_evaluated(e, event->campaign, &event->campaign->brief.rounds[index],
                                    event->actor, contribution, error)
               : status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a firm-led round of its brief"},
    {"contribution", "id", 1, "a candidate of the round"},
    {"verdict", "text", 1, "select or reject"},
    {"place", "integer", 0, "place among the selected, from 1; equal places are tied"},
    {"reason", "text", 0, "why, for the contributor"},
    {"override", "boolean", 0, "true: against the tally of the round, with a reason"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_decision_make = {
    .name = "decision.make",
    .title = "Select or reject a candidate of a firm-led round",
    .parameters = parameters,
    .decide = decide_decision,
};

const cci_event_type cci_event_decision_made = {"decision.made", apply_decision, NULL};
