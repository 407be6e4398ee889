/* "on_none": "reopen": who qualified could not be verified, and the contest goes on. */
#include <string.h>

#include "campaign/commands.h"
#include "campaign/rounds/turns.h"
#include "campaign/windows/windows.h"

/* ---- the brief ---- */

/* Can what went on be verified again, to its end? Times that go by hand are not known yet. */
static int lasts(const cci_brief *b, const cci_round_spec *spec, const cci_round_spec *source)
{
    const cci_phase *judging = cci_brief_phase(b, spec->phase);
    const cci_phase *contest = cci_brief_phase(b, source->phase);
    return !judging || !contest || judging->manual || contest->manual ||
           judging->relative != contest->relative || judging->closes > contest->closes;
}

/* Nothing else may build on a result that may be undone. */
static cocreate_status check_others(const cci_brief *b, size_t index, const char *source,
                                    cocreate_error *error)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"), rewards = cci_path_key(&CCI_ROOT, "rewards");
    const char *id = b->rounds[index].id;
    for (size_t i = 0; i < b->n_rounds; i++) {
        const cci_round_spec *other = &b->rounds[i];
        cci_path here = cci_path_at(&rounds, i);
        int takes = other->from_round && strcmp(other->from_round, source) == 0;
        int stands_in = other->replaces && (strcmp(other->replaces, source) == 0 ||
                                            strcmp(other->replaces, id) == 0);
        if (i != index && takes)
            return cci_brief_wrong(&here, "candidates", error,
                                   "round '%.60s' may open again by 'on_none': take them from the one that "
                                   "verifies it", source);
        if (stands_in)
            return cci_brief_wrong(&here, "replaces", error,
                                   "round '%.60s' opens again by itself: see 'on_none'", other->replaces);
    }
    for (size_t i = 0; i < b->n_rewards; i++) {
        const cci_reward_spec *reward = &b->rewards[i];
        cci_path here = cci_path_at(&rewards, i);
        if (!reward->periodic && reward->round && strcmp(reward->round, source) == 0)
            return cci_brief_wrong(&here, "round", error,
                                   "the round that it follows may open again: let it follow '%.60s', which "
                                   "verifies it", id);
    }
    return COCREATE_OK;
}

cocreate_status cci_reopen_check(const cci_brief *b, cocreate_error *error)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds");
    for (size_t i = 0; i < b->n_rounds; i++) {
        const cci_round_spec *spec = &b->rounds[i];
        cci_path here = cci_path_at(&rounds, i);
        if (!spec->reopens)
            continue;
        const cci_round_spec *from = spec->from_round ? cci_brief_round(b, spec->from_round) : NULL;
        if (!from || from->lead != CCI_LEAD_METRIC || from->from_round || !spec->binding)
            return cci_brief_wrong(&here, "on_none", error,
                                   "round '%.60s' can reopen only a metric round of all that is published, "
                                   "from which it takes its candidates and selects bindingly", spec->id);
        if (!lasts(b, spec, from))
            return cci_brief_wrong(&here, "phase", error, "ends before what round '%.60s' reopens does",
                                   spec->id);
        CCI_TRY(check_others(b, i, spec->from_round, error));
    }
    return COCREATE_OK;
}

const cci_round_spec *cci_reopened_by(const cci_campaign *c, const cci_round_spec *spec)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *other = &c->brief.rounds[i];
        if (other->reopens && other->from_round && strcmp(other->from_round, spec->id) == 0)
            return other;
    }
    return NULL;
}

/* ---- is it due? ---- */

/* When the metric round would have closed; `moved` where the last call changed that. */
static int64_t would_close(const cci_campaign *c, const cci_round_spec *source, const json_t *row, int *moved)
{
    const json_t *call = json_object_get(row, "last_call"), *left = json_object_get(call, "left_us");
    int64_t opens, closes = INT64_MIN;
    *moved = left != NULL;
    if (left)
        return cci_deadline(c, json_integer_value(json_object_get(call, "at")), json_integer_value(left));
    cci_phase_window(c, source->phase, &opens, &closes);
    return closes;
}

static json_t *reopened(const cci_round_spec *spec, const cci_round_spec *source, const json_t *row,
                        int64_t closes, int moved)
{
    json_t *data = cci_json_new(), *candidates = json_object_get(row, "candidates");
    int made = cci_json_put(data, "round", json_string(spec->id)) &&
               cci_json_put(data, "source", json_string(source->id)) &&
               cci_json_put(data, "rejected", candidates ? json_incref(candidates) : json_array()) &&
               (!moved || cci_json_put(data, "closes", json_integer(closes)));
    if (made)
        return data;
    json_decref(data);
    return NULL;
}

/* The data of the event; NULL where it is not due. */
static cocreate_status compute(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec, int64_t at,
                               json_t **out, cocreate_error *error)
{
    json_t *from, *row = NULL;
    cci_round_state state, own = CCI_ROUND_PLANNED;
    size_t index;
    int moved;
    *out = NULL;
    CCI_TRY(cci_round_find(c, spec->from_round, &index, error));
    const cci_round_spec *source = &c->brief.rounds[index];
    CCI_TRY(cci_round_get(e, c, source->id, &from, &state, error));
    int64_t closes = would_close(c, source, from, &moved);
    json_decref(from);
    if (state != CCI_ROUND_CERTIFIED || at >= closes)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &own, error));
    if (own == CCI_ROUND_FAILED && !(*out = reopened(spec, source, row, closes, moved))) {
        json_decref(row);
        return cci_no_memory(error);
    }
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_reopen_due(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec, int64_t at,
                               cci_decision *decision, cocreate_error *error)
{
    json_t *data = NULL;
    if (!spec->reopens)
        return COCREATE_OK;
    CCI_TRY(compute(e, c, spec, at, &data, error));
    return data ? cci_decide(decision, "round.reopened", c, data, error) : COCREATE_OK;
}

int64_t cci_rejected_until(const json_t *row, const char *contribution)
{
    const json_t *at = json_object_get(json_object_get(row, "rejected"), contribution);
    return at ? json_integer_value(at) : INT64_MIN;
}

/* ---- what happens ---- */

typedef struct taken {
    json_t *decisions, *keys;
} taken;

static cocreate_status take_decision(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    taken *t = user;
    return cci_json_push(t->decisions, json_incref(doc)) && cci_json_push(t->keys, json_string(id))
               ? COCREATE_OK
               : cci_no_memory(error);
}

/* What was decided goes into the attempt, so that everybody may be decided on again. */
static cocreate_status take_decisions(cci_engine *e, const cci_campaign *c, const char *round,
                                      json_t *attempt, cocreate_error *error)
{
    taken t = {json_array(), json_array()};
    cocreate_status status = t.decisions && t.keys ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status =
            cci_state_scan_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(round, ""), take_decision, &t, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(t.keys); i++)
        status = cci_state_delete(e, c->part, CCI_KIND_DECISION, json_string_value(json_array_get(t.keys, i)),
                                  error);
    if (status == COCREATE_OK && !cci_json_put(attempt, "decisions", json_incref(t.decisions)))
        status = cci_no_memory(error);
    json_decref(t.decisions);
    json_decref(t.keys);
    return status;
}

/* The members that an attempt had move from the row into its "attempts". */
static int keep_attempt(json_t *row, json_t *attempt, const char *state, int64_t at)
{
    static const char *const members[] = {"opened_at", "closed_at", "result", "last_call", "reason", "passed",
                                          "turn", NULL};
    int planned = strcmp(state, "planned") == 0, made = 1;
    for (size_t i = 0; made && members[i]; i++) {
        json_t *value = json_object_get(row, members[i]);
        if (value && strcmp(members[i], "turn") != 0)
            made = cci_json_put(attempt, members[i], json_incref(value));
        if (planned || strcmp(members[i], "opened_at") != 0)
            json_object_del(row, members[i]);
    }
    if (planned)
        json_object_del(row, "candidates");
    made = made && cci_json_put(attempt, "reopened_at", json_integer(at)) &&
           (json_object_get(row, "attempts") || cci_json_put(row, "attempts", json_array()));
    return made && cci_json_push(json_object_get(row, "attempts"), json_incref(attempt)) &&
           cci_json_put(row, "state", json_string(state));
}

static int add_rejected(json_t *row, const json_t *ids, int64_t at)
{
    json_t *before = json_object_get(row, "rejected"), *now = before ? cci_json_copy(before) : cci_json_new();
    int made = now != NULL;
    for (size_t i = 0; made && i < json_array_size(ids); i++)
        made = cci_json_put(now, json_string_value(json_array_get(ids, i)), json_integer(at));
    if (made && json_object_size(now) > 0)
        made = cci_json_put(row, "rejected", json_incref(now));
    json_decref(now);
    return made;
}

static cocreate_status reset(cci_engine *e, const cci_event *event, const char *round, const json_t *rejected,
                             cocreate_error *error)
{
    json_t *row = NULL, *attempt = cci_json_new();
    cci_round_state state;
    const char *to = rejected ? "open" : "planned";
    cocreate_status status = attempt ? cci_round_get(e, event->campaign, round, &row, &state, error)
                                     : cci_no_memory(error);
    if (status == COCREATE_OK && !row)
        status = cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu reopens round '%s', which never opened",
                          (unsigned long long)event->seq, round);
    if (status == COCREATE_OK && !rejected)
        status = take_decisions(e, event->campaign, round, attempt, error);
    if (status == COCREATE_OK && (!keep_attempt(row, attempt, to, event->at) ||
                                  (rejected && !add_rejected(row, rejected, event->at))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, event->campaign->part, CCI_KIND_ROUND, round, row, error);
    json_decref(attempt);
    json_decref(row);
    return status;
}

/* The certificate shortlisted some and left others out: all are in the contest again. */
static cocreate_status give_back(cci_engine *e, const cci_event *event, const cci_round_spec *source,
                                 cocreate_error *error)
{
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, event->campaign, source->id, &row, &state, error));
    const json_t *ids = json_object_get(row, "candidates");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(ids); i++)
        status = cci_round_give_back(e, event, source, json_string_value(json_array_get(ids, i)), error);
    json_decref(row);
    return status;
}

/* The phase that the last call ended lasts as long as it would have. */
static cocreate_status open_phase(const cci_event *event, const cci_round_spec *source, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    int64_t closes;
    if (!json_object_get(event->data, "closes"))
        return COCREATE_OK;
    CCI_TRY(cci_json_i64(event->data, "closes", INT64_MIN, INT64_MAX, &closes, &CCI_ROOT, error));
    for (size_t i = 0; i < c->brief.n_phases; i++) {
        json_t *phase = json_array_get(json_object_get(c->doc, "phases"), i);
        if (strcmp(c->brief.phases[i].id, source->phase) != 0)
            continue;
        if (!cci_json_put(phase, "closes", json_integer(closes)) ||
            !cci_json_put(phase, "state", json_string("open")))
            return cci_no_memory(error);
        c->brief.phases[i].closes = closes;
    }
    return COCREATE_OK;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    size_t index, from;
    json_t *rejected;
    CCI_TRY(cci_round_named(c, event->data, &index, error));
    CCI_TRY(cci_json_get_array(event->data, "rejected", &rejected, &CCI_ROOT, error));
    const cci_round_spec *spec = &c->brief.rounds[index];
    if (!spec->reopens || !spec->from_round)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu: round '%s' reopens nothing",
                        (unsigned long long)event->seq, spec->id);
    CCI_TRY(cci_round_find(c, spec->from_round, &from, error));
    const cci_round_spec *source = &c->brief.rounds[from];
    CCI_TRY(give_back(e, event, source, error));
    CCI_TRY(reset(e, event, source->id, rejected, error));
    CCI_TRY(reset(e, event, spec->id, NULL, error));
    CCI_TRY(open_phase(event, source, error));
    return cci_campaign_put(e, c, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    json_t *again = NULL;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    const cci_round_spec *spec = &event->campaign->brief.rounds[index];
    if (spec->reopens && spec->from_round)
        CCI_TRY(compute(e, event->campaign, spec, event->at, &again, error));
    int same = again && json_equal(again, event->data);
    json_decref(again);
    return same ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY,
                           "round '%s' reopens another, recomputed it does not, or otherwise", spec->id);
}

const cci_event_type cci_event_round_reopened = {"round.reopened", apply, check};
