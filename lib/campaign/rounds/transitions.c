/* Events that move a round on, and what certification does to contributions and rights. */
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "campaign/graph/kinds.h"
#include "campaign/money/period.h"
#include "campaign/money/pledges.h"
#include "campaign/rights/rights.h"
#include "campaign/rounds/drop.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"
#include "campaign/rounds/tally.h"
#include "campaign/rounds/turns.h"
#include "campaign/segments/segment.h"
#include "campaign/tasks/tasks.h"
#include "campaign/windows/versions.h"

/* What waits for a time begins with the round, and ends with it. */
static cocreate_status set_clocks(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                  cci_round_state from, cci_round_state to, const json_t *candidates,
                                  cocreate_error *error)
{
    if (to == CCI_ROUND_OPEN) {
        CCI_TRY(cci_drop_open(e, event, spec, candidates, error));
        CCI_TRY(cci_tasks_open(e, event, spec, candidates, error));
        return cci_periods_open(e, event, spec, error);
    }
    if (to != CCI_ROUND_CLOSED || from != CCI_ROUND_OPEN)
        return COCREATE_OK;
    CCI_TRY(cci_drop_close(e, event, spec, error));
    CCI_TRY(cci_tasks_close(e, event->campaign, spec, error));
    CCI_TRY(cci_turns_close(e, event, spec, error));
    return cci_periods_close(e, event, spec, error);
}

/* From which states a round moves to another. A log that somebody else wrote may say anything. */
static cocreate_status check_move(const char *id, cci_round_state from, cci_round_state to,
                                  cocreate_error *error)
{
    static const unsigned before[] = {
        [CCI_ROUND_OPEN] = 1u << CCI_ROUND_PLANNED,
        [CCI_ROUND_CLOSED] = 1u << CCI_ROUND_OPEN | 1u << CCI_ROUND_CLOSED, /* a seed is revealed */
        [CCI_ROUND_TALLIED] = 1u << CCI_ROUND_CLOSED,
        [CCI_ROUND_FAILED] = 1u << CCI_ROUND_PLANNED | 1u << CCI_ROUND_OPEN | 1u << CCI_ROUND_CLOSED,
        [CCI_ROUND_CERTIFIED] = 1u << CCI_ROUND_TALLIED,
    };
    return before[to] >> from & 1u
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' is %s and cannot become %s", id,
                          cci_round_state_name(from), cci_round_state_name(to));
}

/* Change the row of the round an event names: a new state and one more member (or NULL). */
static cocreate_status move_round(cci_engine *e, const cci_event *event, cci_round_state to,
                                  const char *key, json_t *value, cocreate_error *error)
{
    size_t index;
    json_t *row;
    cci_round_state from;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    const char *id = event->campaign->brief.rounds[index].id;
    int64_t version = cci_rules_version(event->campaign);
    CCI_TRY(cci_round_get(e, event->campaign, id, &row, &from, error));
    cocreate_status status = check_move(id, from, to, error);
    if (status != COCREATE_OK) {
        json_decref(row);
        return status;
    }
    if (!row)
        row = cci_json_new();
    int ok = cci_json_put(row, "state", json_string(cci_round_state_name(to))) &&
             cci_json_put(row, "id", json_string(id)) &&
             (!key || cci_json_put(row, key, json_incref(value)));
    if (ok && to == CCI_ROUND_OPEN)
        ok = cci_json_put(row, "opened_at", json_integer(event->at)) &&
             (!version || cci_json_put(row, "rules", json_integer(version)));
    if (ok && to == CCI_ROUND_CLOSED)
        ok = cci_json_put(row, "closed_at", json_integer(event->at));
    status =
        ok ? cci_state_put(e, event->campaign->part, CCI_KIND_ROUND, id, row, error)
           : cci_no_memory(error);
    json_decref(row);
    if (status == COCREATE_OK)
        status = set_clocks(e, event, &event->campaign->brief.rounds[index], from, to, value, error);
    cci_rounds_forget(event->campaign);
    return status;
}

static cocreate_status apply_opened(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_seal_break(e, event->campaign, index, error));
    return move_round(e, event, CCI_ROUND_OPEN, "candidates",
                      json_object_get(event->data, "candidates"), error);
}

/* No more ballots come: they are folded for the tally. */
static cocreate_status seal_round(cci_engine *e, const cci_event *event, size_t index,
                                  cocreate_error *error)
{
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, event->campaign, event->campaign->brief.rounds[index].id, &row,
                          &state, error));
    cocreate_status status =
        cci_seal_round(e, event->campaign, index, json_object_get(row, "candidates"), error);
    json_decref(row);
    return status;
}

/* The candidates of a metric round are those published when it closes: they may join while it
 * runs. */
static cocreate_status close_round(cci_engine *e, const cci_event *event,
                                   const cci_round_spec *spec, cocreate_error *error)
{
    json_t *candidates;
    int fed = cci_periods_feed(event->campaign, spec);
    if ((spec->lead != CCI_LEAD_METRIC && !spec->rolling) || (spec->from_round && !fed))
        return move_round(e, event, CCI_ROUND_CLOSED, NULL, NULL, error);
    CCI_TRY(fed ? cci_periods_selected(e, event->campaign, spec->from_round, &candidates, error)
                : cci_round_published(e, event->campaign, spec, &candidates, error));
    cocreate_status status =
        move_round(e, event, CCI_ROUND_CLOSED, "candidates", candidates, error);
    json_decref(candidates);
    return status;
}

static cocreate_status apply_closed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(close_round(e, event, &event->campaign->brief.rounds[index], error));
    return seal_round(e, event, index, error);
}

static cocreate_status apply_failed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_pledges_end(e, event, index, NULL, error));
    CCI_TRY(cci_default_waits(e, event->campaign, event->campaign->brief.rounds[index].id, error));
    return move_round(e, event, CCI_ROUND_FAILED, "reason",
                      json_object_get(event->data, "reason"), error);
}

static cocreate_status apply_tallied(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return move_round(e, event, CCI_ROUND_TALLIED, "result",
                      json_object_get(event->data, "result"), error);
}

static cocreate_status apply_revealed(cci_engine *e, const cci_event *event,
                                      cocreate_error *error)
{
    return move_round(e, event, CCI_ROUND_CLOSED, "seed", json_object_get(event->data, "seed"),
                      error);
}

/* ---- verification: tally again and compare ---- */

static const char *shown(const json_t *value, cci_buffer *out)
{
    if (value)
        cci_json_canonical(value, out, NULL);
    return value && out->data ? out->data : "missing";
}

static cocreate_status differs(const cci_engine *e, const char *round, const char *what,
                               const json_t *recorded, const json_t *again, cocreate_error *error)
{
    cci_buffer a, b;
    cci_buffer_init(&a, &e->allocator);
    cci_buffer_init(&b, &e->allocator);
    cocreate_status status = cci_fail(error, COCREATE_ERR_VERIFY,
                                      "round '%.40s': %s is %.69s, recomputed %.69s", round, what,
                                      shown(recorded, &a), shown(again, &b));
    cci_buffer_free(&a);
    cci_buffer_free(&b);
    return status;
}

static cocreate_status compare_results(const cci_engine *e, const char *round, const json_t *recorded,
                                       const json_t *again, cocreate_error *error)
{
    json_t *places = json_object_get(recorded, "places"), *now = json_object_get(again, "places");
    size_t n = json_array_size(places), m = json_array_size(now);
    if (json_equal(recorded, again))
        return COCREATE_OK;
    for (size_t i = 0; i < n || i < m; i++) {
        json_t *a = json_array_get(places, i), *b = json_array_get(now, i);
        char what[48];
        snprintf(what, sizeof what, "place %zu", i + 1);
        if (!a || !b || !json_equal(a, b))
            return differs(e, round, what, a, b, error);
    }
    if (!json_equal(json_object_get(recorded, "selected"), json_object_get(again, "selected")))
        return differs(e, round, "the list of the selected",
                       json_object_get(recorded, "selected"), json_object_get(again, "selected"),
                       error);
    return differs(e, round, "the result", json_object_get(recorded, "digest"),
                   json_object_get(again, "digest"), error);
}

static cocreate_status check_outcome(cci_engine *e, const cci_event *event, int tallied,
                                     cocreate_error *error)
{
    size_t index;
    json_t *row, *result = NULL;
    cci_round_state state;
    char reason[CCI_REASON_SIZE];
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    const char *id = event->campaign->brief.rounds[index].id;
    CCI_TRY(cci_round_get(e, event->campaign, id, &row, &state, error));
    if (state != CCI_ROUND_CLOSED) { /* failed before it opened: nothing to recompute */
        json_decref(row);
        return state == CCI_ROUND_PLANNED && !tallied
                   ? COCREATE_OK
                   : cci_fail(error, COCREATE_ERR_VERIFY, "round '%s' is tallied while %s", id,
                              cci_round_state_name(state));
    }
    cocreate_status status = cci_tally(e, event->campaign, index, row, &result, reason, error);
    json_decref(row);
    CCI_TRY(status);
    if (tallied && result)
        status = compare_results(e, id, json_object_get(event->data, "result"), result, error);
    else if (tallied || result)
        status = cci_fail(error, COCREATE_ERR_VERIFY, "round '%s' is recorded as %s, recomputed %s",
                          id, tallied ? "tallied" : "failed", tallied ? reason : "tallied");
    json_decref(result);
    return status;
}

static cocreate_status check_tallied(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return check_outcome(e, event, 1, error);
}

static cocreate_status check_failed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return check_outcome(e, event, 0, error);
}

/* ---- certification ---- */

/* "not_selected" gives way to what another final round selected. */
static int moves(const char *from, const char *to)
{
    if (cci_state_ended(from) || strcmp(from, "implemented") == 0)
        return 0;
    return strcmp(from, "selected") != 0 && strcmp(from, to) != 0;
}

static cocreate_status set_contribution(cci_engine *e, const cci_event *event, const char *id,
                                        const char *to, cocreate_error *error)
{
    json_t *doc;
    int64_t part = event->campaign->part;
    CCI_TRY(cci_state_get(e, part, CCI_KIND_CONTRIBUTION, id, &doc, error));
    const char *from = json_string_value(json_object_get(doc, "state"));
    cocreate_status status = COCREATE_OK;
    int rejected = 0; /* while the round was open, which shortlists it too late */
    if (from && strcmp(from, "not_selected") == 0 && strcmp(to, "shortlisted") == 0)
        status = cci_review_rejected(e, event->campaign, id, &rejected, error);
    if (status == COCREATE_OK && from && !rejected && moves(from, to)) {
        status = cci_json_put(doc, "state", json_string(to))
                     ? cci_state_put(e, part, CCI_KIND_CONTRIBUTION, id, doc, error)
                     : cci_no_memory(error);
        if (status == COCREATE_OK && strcmp(to, "selected") == 0)
            status = cci_right_reach(e, event, "on_select", id, error);
    }
    json_decref(doc);
    return status;
}

/* `to` NULL: note them alone. */
static cocreate_status set_selected(cci_engine *e, const cci_event *event, const json_t *ids,
                                    const char *to, cci_string_set *seen, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        uint32_t index;
        int added;
        CCI_TRY(cci_string_set_add(seen, id, &index, &added, error));
        if (added && to)
            CCI_TRY(set_contribution(e, event, id, to, error));
    }
    return COCREATE_OK;
}

static cocreate_status move_all(cci_engine *e, const cci_event *event, size_t index, const json_t *selected,
                                const json_t *others, int moved, cocreate_error *error)
{
    if (cci_round_advises(event->campaign, index))
        return COCREATE_OK;
    const char *to = cci_round_final(event->campaign, index) ? "selected" : "shortlisted";
    cci_string_set seen;
    cci_string_set_init(&seen, &e->allocator);
    cocreate_status status = set_selected(e, event, selected, moved ? NULL : to, &seen, error);
    if (status == COCREATE_OK)
        status = set_selected(e, event, others, "not_selected", &seen, error);
    cci_string_set_free(&seen);
    return status;
}

cocreate_status cci_round_move(cci_engine *e, const cci_event *event, size_t index, const json_t *selected,
                               const json_t *others, cocreate_error *error)
{
    return move_all(e, event, index, selected, others, 0, error);
}

/* What periods selected has moved then, and perhaps further since. */
static cocreate_status set_contributions(cci_engine *e, const cci_event *event, size_t index,
                                         const json_t *row, cocreate_error *error)
{
    const json_t *selected = json_object_get(json_object_get(row, "result"), "selected");
    return move_all(e, event, index, selected, json_object_get(row, "candidates"),
                    event->campaign->brief.rounds[index].periods, error);
}

static cocreate_status apply_certified(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    size_t index;
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_round_get(e, event->campaign, event->campaign->brief.rounds[index].id, &row,
                          &state, error));
    cocreate_status status = set_contributions(e, event, index, row, error);
    if (status == COCREATE_OK)
        status = cci_pledges_end(e, event, index,
                                 json_object_get(json_object_get(row, "result"), "selected"), error);
    json_decref(row);
    CCI_TRY(status);
    return move_round(e, event, CCI_ROUND_CERTIFIED, NULL, NULL, error);
}

const cci_event_type cci_event_round_opened = {"round.opened", apply_opened, NULL};
const cci_event_type cci_event_round_closed = {"round.closed", apply_closed, NULL};
const cci_event_type cci_event_round_failed = {"round.failed", apply_failed, check_failed};
const cci_event_type cci_event_round_tallied = {"round.tallied", apply_tallied, check_tallied};
const cci_event_type cci_event_round_revealed = {"round.revealed", apply_revealed, NULL};
const cci_event_type cci_event_round_certified = {"round.certified", apply_certified, NULL};
