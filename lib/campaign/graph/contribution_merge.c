/* {"do":"contribution.merge"}: a duplicate goes, and its supporters with it. */
#include <string.h>

#include "base/time.h"
#include "campaign/care/useful.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/kinds.h"
#include "campaign/graph/merge.h"
#include "campaign/guards.h"
#include "campaign/instruments/instrument.h"
#include "campaign/milestones/milestones.h"
#include "campaign/rounds/about.h"

/* What the command is about. */
typedef struct pair {
    const char *from, *to, *reason;
    json_t *from_row, *to_row; /* owned */
} pair;

static cocreate_status load(cci_engine *e, const cci_command *command, pair *p, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    CCI_TRY(cci_json_string_opt(command->body, "reason", &p->reason, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(command->body, "into", &p->to, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_named(e, command, &p->from, &p->from_row, error));
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, p->to, &p->to_row, error));
    return p->to_row ? COCREATE_OK
                     : cci_fail(error, COCREATE_ERR_NOT_FOUND,
                                "$.into: campaign '%s' has no contribution '%s'", c->id, p->to);
}

/* The firm, or whom it gave the role; where the brief says so, who is an author of both. */
static cocreate_status check_actor(cci_engine *e, const cci_command *command, const pair *p,
                                   cocreate_error *error)
{
    const cci_brief *b = &command->campaign->brief;
    const char *side, *actor = command->actor;
    CCI_TRY(cci_side_of(e, actor, &side, error));
    if (cci_speaks_for_firm(side) ||
        json_object_get(json_object_get(b->json, "roles"), command->name))
        return COCREATE_OK;
    if (!b->authors_merge)
        return cci_fail_about(error, COCREATE_ERR_PERMISSION, "$.merge",
                              "'%s' is on the %s side, and the firm merges contributions", actor, side);
    int first = cci_contribution_by(p->from_row, actor);
    if (first && cci_contribution_by(p->to_row, actor))
        return COCREATE_OK;
    return cci_fail_about(error, COCREATE_ERR_PERMISSION, "$.merge",
                          "'%s' is no author of contribution '%s'; an author of both, or the firm, may "
                          "merge them",
                          actor, first ? p->to : p->from);
}

/* ---- is it merged already? ---- */

static cocreate_status check_repeated(const pair *p, cci_decision *decision, cocreate_error *error)
{
    if (!cci_contribution_is(p->from_row, "merged"))
        return COCREATE_OK;
    if (strcmp(cci_json_text(p->from_row, "into"), p->to) != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "contribution '%s' was merged into '%s'", p->from,
                        cci_json_text(p->from_row, "into"));
    if (strcmp(cci_json_text(p->from_row, "reason"), p->reason ? p->reason : "") != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT,
                        "contribution '%s' was merged with another 'reason'", p->from);
    decision->exists = 1;
    return COCREATE_OK;
}

/* ---- may it be? ---- */

static cocreate_status check_states(cci_engine *e, const cci_campaign *c, const pair *p,
                                    cocreate_error *error)
{
    static const char *const may[] = {"submitted", "published", "shortlisted", "not_selected", NULL};
    const char *state = cci_contribution_state(p->from_row), *end;
    char last[COCREATE_ID_MAX + 1];
    size_t i = 0;
    while (may[i] && strcmp(may[i], state) != 0)
        i++;
    if (!may[i])
        return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s: it cannot be merged", p->from,
                        state);
    if (strcmp(p->from, p->to) == 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.into: a contribution is merged into another one");
    if (cci_contribution_is(p->to_row, "merged")) {
        CCI_TRY(cci_merge_target(e, c->part, p->to, last, error));
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.into: contribution '%s' was merged into '%s': merge into that one", p->to, last);
    }
    end = cci_contribution_is(p->to_row, "submitted") ? "not published yet"
                                                      : cci_state_end(cci_contribution_state(p->to_row));
    if (end)
        return cci_fail(error, COCREATE_ERR_REFUSED, "$.into: contribution '%s' is %s", p->to, end);
    const char *a = cci_contribution_kind(p->from_row), *b = cci_contribution_kind(p->to_row);
    return strcmp(a, b) == 0 ? COCREATE_OK
                             : cci_fail(error, COCREATE_ERR_REFUSED,
                                        "$.into: '%s' is of kind '%s', and '%s' of kind '%s'", p->to, b,
                                        p->from, a);
}

/* A round that is open, in which `from` is a candidate. */
static cocreate_status check_open(cci_engine *e, const cci_campaign *c, size_t index, const json_t *round,
                                  const pair *p, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    char until[CCI_TIME_TEXT];
    int64_t opens, closes;
    int frozen = -1;
    if (spec->lead == CCI_LEAD_JURY)
        return cci_refuse_round(error, index, "lead",
                                "the jury of round '%s' judges '%s': merge it before or after", spec->id,
                                p->from);
    if (!spec->instrument->kinds[0])
        return COCREATE_OK;
    cci_phase_window(c, spec->phase, &opens, &closes);
    if (spec->counted & CCI_COUNTED_TASK)
        return cci_refuse_round(error, index, spec->lease_us ? "lease" : "retire",
                                "'%s' is an item of round '%s', whose answers are counted one by one: "
                                "merge it before, or from %s",
                                p->from, spec->id, cci_time_text(closes, until));
    if (spec->counted & CCI_COUNTED_DUEL)
        return cci_refuse_round(error, index, "adaptive",
                                "'%s' is compared in round '%s', which chooses pairs by what was: merge it "
                                "before, or from %s",
                                p->from, spec->id, cci_time_text(closes, until));
    if (!cci_round_votes_on(spec, round, p->to, p->to_row))
        return cci_refuse_round(error, index, NULL,
                                "'%s' is no candidate of round '%s', which votes on '%s': merge them from "
                                "%s, or the other way round", p->to, spec->id, p->from,
                                cci_time_text(closes, until));
    json_int_t cost = json_integer_value(json_object_get(p->from_row, "cost"));
    json_int_t other = json_integer_value(json_object_get(p->to_row, "cost"));
    if (spec->budget && cost != other)
        return cci_refuse_round(error, index, "budget",
                                "'%s' costs %lld and '%s' %lld: ballots of round '%s' were checked by "
                                "that; merge them from %s", p->from, (long long)cost, p->to,
                                (long long)other, spec->id, cci_time_text(closes, until));
    if (spec->counted & CCI_COUNTED_MILESTONE)
        CCI_TRY(cci_milestone_frozen(e, c, p->to, &frozen, error));
    if (frozen < 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "$.milestones[%d].on_reach: '%s' has reached milestone '%s', which freezes its votes",
                    frozen, p->to, c->brief.milestones[frozen].id);
}

static cocreate_status check_rounds(cci_engine *e, const cci_campaign *c, const pair *p,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        json_t *row = NULL;
        cci_round_state state;
        CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
        cocreate_status status = COCREATE_OK;
        if (state == CCI_ROUND_OPEN && cci_round_votes_on(spec, row, p->from, p->from_row))
            status = check_open(e, c, i, row, p, error);
        if ((state == CCI_ROUND_CLOSED || state == CCI_ROUND_TALLIED) &&
            cci_json_lists(json_object_get(row, "candidates"), p->from))
            status = cci_refuse_round(error, i, NULL,
                                      "'%s' is in round '%s', which is %s: merge it once the round is "
                                      "certified", p->from, spec->id, cci_round_state_name(state));
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

static cocreate_status check(cci_engine *e, const cci_command *command, const pair *p, cci_decision *decision,
                             cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    CCI_TRY(check_actor(e, command, p, error));
    CCI_TRY(check_repeated(p, decision, error));
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(cci_require_published(c, error));
    CCI_TRY(check_states(e, c, p, error));
    return check_rounds(e, c, p, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    pair p = {0};
    cocreate_status status = load(e, command, &p, error);
    if (status == COCREATE_OK)
        status = check(e, command, &p, decision, error);
    json_t *data =
        status == COCREATE_OK && !decision->exists ? cci_contribution_ending(p.from, p.from_row) : NULL;
    json_decref(p.from_row);
    json_decref(p.to_row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    if (!cci_json_put(data, "into", json_string(p.to)) ||
        (p.reason && !cci_json_put(data, "reason", json_string(p.reason)))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.merged", command->campaign, data, error);
}

/* ---- what happens ---- */

static cocreate_status note(json_t *brought, const char *round, const cci_merge_tally *tally,
                            cocreate_error *error)
{
    if (tally->moved + tally->both + tally->dropped == 0)
        return COCREATE_OK;
    json_t *item = cci_json_new();
    int made = cci_json_put(item, "round", json_string(round)) &&
               cci_json_put(item, "moved", json_integer(tally->moved)) &&
               cci_json_put(item, "both", json_integer(tally->both)) &&
               cci_json_put(item, "dropped", json_integer(tally->dropped)) &&
               cci_json_push(brought, json_incref(item));
    json_decref(item);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* The votes of every round that is open. */
static cocreate_status move_votes(cci_engine *e, const cci_event *event, const char *from, const char *to,
                                  const json_t *target, json_t *brought, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        cci_round_state state;
        cci_merge_tally tally;
        CCI_TRY(cci_round_get(e, c, spec->id, NULL, &state, error));
        if (state != CCI_ROUND_OPEN || !spec->instrument->kinds[0])
            continue;
        CCI_TRY(cci_merge_ballots(e, event, i, from, to, target, &tally, error));
        CCI_TRY(note(brought, spec->id, &tally, error));
    }
    return COCREATE_OK;
}

static cocreate_status merge(cci_engine *e, const cci_event *event, const char *from, json_t *row,
                             const char *to, cocreate_error *error)
{
    json_t *target = NULL, *brought = json_array();
    CCI_TRY(brought ? COCREATE_OK : cci_no_memory(error));
    int made = cci_json_put(row, "into", json_string(to)) && cci_json_put(row, "brought", brought);
    CCI_TRY(made ? COCREATE_OK : cci_no_memory(error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_CONTRIBUTION, to, &target, error));
    cocreate_status status =
        target ? move_votes(e, event, from, to, target, brought, error)
               : cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu merges into nothing",
                          (unsigned long long)event->seq);
    if (status == COCREATE_OK)
        status = cci_useful_merge(e, event, from, to, target, error);
    json_decref(target);
    return status == COCREATE_OK
               ? cci_edge_put(e, event, from, "merged_into", to, "accepted", NULL, NULL, error)
               : status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *from, *to;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(event->data, "into", &to, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_of(e, event, &from, &row, error));
    cocreate_status status = cci_state_ended(cci_contribution_state(row)) || strcmp(from, to) == 0
                                 ? cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu merges what has ended",
                                            (unsigned long long)event->seq)
                                 : merge(e, event, from, row, to, error);
    if (status != COCREATE_OK) {
        json_decref(row);
        return status;
    }
    return cci_contribution_move(e, event, from, row, "merged", error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"contribution", "id", 1, "the duplicate, which goes"},
                                           {"into", "id", 1, "the contribution that stands for both"},
                                           {"reason", "text", 0, "why, for everybody to read"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_merge = {
    .name = "contribution.merge",
    .title = "Merge a contribution into another, and its votes with it",
    .parameters = parameters,
    .decide = decide,
};

const cci_event_type cci_event_contribution_merged = {"contribution.merged", apply, NULL};
