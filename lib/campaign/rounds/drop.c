/* Who is below the line, and who leaves for it. */
#include "campaign/rounds/drop.h"

#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "base/time.h"
#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "campaign/timers.h"
#include "campaign/windows/windows.h"

/* ---- the brief ---- */

/* Ballots that name options with numbers; a mean makes sense of scores alone. */
static int takes_numbers(const cci_round_spec *spec)
{
    static const char *const names[] = {"approve", "up",        "updown", "choice", "score",
                                        "points",  "quadratic", "budget", "pledge", NULL};
    for (size_t i = 0; names[i]; i++)
        if (strcmp(spec->instrument->name, names[i]) == 0)
            return 1;
    return 0;
}

cocreate_status cci_drop_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                              cocreate_error *error)
{
    static const char *const keys[] = {"after_us", "below", "score", "min_ballots", NULL};
    static const char *const scores[] = {"sum", "mean", NULL};
    json_t *drop;
    cci_rational line;
    int mean = strcmp(spec->instrument->name, "score") == 0;
    cci_path here = cci_path_key(path, "drop"), below = cci_path_key(&here, "below");
    if (!json_object_get(json, "drop"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_object(json, "drop", &drop, path, error));
    CCI_TRY(cci_brief_object(drop, keys, &here, error));
    if (!takes_numbers(spec))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "instrument '%s' gives entries no score while ballots come in",
                             spec->instrument->name);
    if (json_object_get(json, "weights") || json_object_get(json, "channels"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "counts every ballot alike, which 'weights' and 'channels' do not");
    if (spec->from_round || spec->from_milestone || spec->replaces)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is only for rounds that take what is published");
    CCI_TRY(cci_json_i64(drop, "after_us", 1, CCI_JSON_INTEGER_MAX / 4, &spec->drop_after_us, &here,
                         error));
    CCI_TRY(cci_brief_choice(drop, "score", scores, mean, &spec->drop_mean, &here, error));
    CCI_TRY(cci_brief_i64(drop, "min_ballots", spec->drop_mean, CCI_JSON_INTEGER_MAX, spec->drop_mean,
                          &spec->drop_least, &here, error));
    CCI_TRY(cci_json_string(drop, "below", &spec->drop_below, &here, error));
    CCI_TRY(cci_rational_init(&line, error));
    cocreate_status status = cci_json_number(json_object_get(drop, "below"), &line, &below, error);
    cci_rational_clear(&line);
    spec->counted |= CCI_COUNTED_DROP;
    return status;
}

/* ---- rows ---- */

static int64_t integer(const json_t *row, const char *key)
{
    return json_integer_value(json_object_get(row, key));
}

static cocreate_status get(cci_engine *e, const cci_campaign *c, const char *key, json_t **row,
                           cocreate_error *error)
{
    return cci_state_get(e, c->part, CCI_KIND_DROP, key, row, error);
}

static int64_t deadline_of(const cci_campaign *c, const cci_round_spec *spec, const json_t *row)
{
    int64_t from = integer(row, "from");
    return from > CCI_JSON_INTEGER_MAX - spec->drop_after_us
               ? CCI_JSON_INTEGER_MAX
               : cci_deadline(c, from, spec->drop_after_us);
}

static cocreate_status compare(const cci_round_spec *spec, int64_t sum, int64_t n, cci_rational *score,
                               cci_rational *line, int *out, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(score, sum, spec->drop_mean ? n : 1, error));
    CCI_TRY(cci_rational_parse(spec->drop_below, strlen(spec->drop_below), line, error));
    return cci_rational_compare(score, line, out, error);
}

/* Who has too few ballots has no score yet; a mean needs one at least. */
static cocreate_status is_below(const cci_round_spec *spec, const json_t *row, int *out,
                                cocreate_error *error)
{
    int64_t n = integer(row, "ballots");
    cci_rational score, line;
    int order = 0;
    *out = 0;
    if (n < spec->drop_least)
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&score, error));
    cocreate_status status = cci_rational_init(&line, error);
    if (status == COCREATE_OK) {
        status = compare(spec, integer(row, "sum"), n, &score, &line, &order, error);
        cci_rational_clear(&line);
    }
    cci_rational_clear(&score);
    *out = status == COCREATE_OK && order < 0;
    return status;
}

/* Write the row; its timer stands exactly while it is below and its deadline lies ahead. */
static cocreate_status put(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                           const char *key, json_t *row, cocreate_error *error)
{
    int below = 0, waits = json_is_true(json_object_get(row, "waits"));
    int64_t due = deadline_of(event->campaign, spec, row);
    CCI_TRY(is_below(spec, row, &below, error));
    if (event->at >= due)
        below = waits;
    if (below && !waits) {
        if (!cci_json_put(row, "waits", json_true()))
            return cci_no_memory(error);
        CCI_TRY(cci_timer_set(e, event->campaign, due, "drop", key, error));
    } else if (waits && !below) {
        json_object_del(row, "waits");
        CCI_TRY(cci_timer_drop(e, event->campaign, due, "drop", key, error));
    }
    return cci_state_put(e, event->campaign->part, CCI_KIND_DROP, key, row, error);
}

/* ---- beginning and end ---- */

static cocreate_status start(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                             const char *contribution, cocreate_error *error)
{
    json_t *row = cci_json_new();
    char *key = cci_state_key(e, CCI_KEY(spec->id, contribution));
    int made = key && cci_json_put(row, "from", json_integer(event->at)) &&
               cci_json_put(row, "ballots", json_integer(0)) &&
               cci_json_put(row, "sum", json_integer(0));
    cocreate_status status = made ? put(e, event, spec, key, row, error) : cci_no_memory(error);
    cci_free(&e->allocator, key);
    json_decref(row);
    return status;
}

cocreate_status cci_drop_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              const json_t *candidates, cocreate_error *error)
{
    size_t n = spec->drop_after_us > 0 ? json_array_size(candidates) : 0;
    for (size_t i = 0; i < n; i++)
        CCI_TRY(start(e, event, spec, json_string_value(json_array_get(candidates, i)), error));
    return COCREATE_OK;
}

cocreate_status cci_drop_join(cci_engine *e, const cci_event *event, const char *contribution,
                              const json_t *row, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        int joins = 0;
        if (spec->drop_after_us > 0)
            CCI_TRY(cci_round_joins(e, c, spec, row, &joins, error));
        if (joins)
            CCI_TRY(start(e, event, spec, contribution, error));
    }
    return COCREATE_OK;
}

/* Rows stay as they were: they say who had which score. */
cocreate_status cci_drop_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               cocreate_error *error)
{
    return spec->drop_after_us ? cci_timers_clear(e, event->campaign, "drop", spec->id, error) : COCREATE_OK;
}

static cocreate_status stop(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                            const char *key, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *row = NULL;
    CCI_TRY(get(e, c, key, &row, error));
    cocreate_status status = COCREATE_OK;
    if (json_is_true(json_object_get(row, "waits"))) {
        int64_t due = deadline_of(c, spec, row);
        json_object_del(row, "waits");
        status = cci_timer_drop(e, c, due, "drop", key, error);
        if (status == COCREATE_OK)
            status = cci_state_put(e, c->part, CCI_KIND_DROP, key, row, error);
    }
    json_decref(row);
    return status;
}

cocreate_status cci_drop_stop(cci_engine *e, const cci_event *event, const char *contribution,
                              cocreate_error *error)
{
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < event->campaign->brief.n_rounds && status == COCREATE_OK; i++) {
        const cci_round_spec *spec = &event->campaign->brief.rounds[i];
        if (spec->drop_after_us == 0)
            continue;
        char *key = cci_state_key(e, CCI_KEY(spec->id, contribution));
        status = key ? stop(e, event, spec, key, error) : cci_no_memory(error);
        cci_free(&e->allocator, key);
    }
    return status;
}

/* ---- ballots ---- */

cocreate_status cci_drop_add(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                             const char *id, int64_t ballots, int64_t value, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *row = NULL;
    int64_t sum = 0;
    char *key = cci_state_key(e, CCI_KEY(spec->id, id));
    cocreate_status status = key ? get(e, c, key, &row, error) : cci_no_memory(error);
    if (status == COCREATE_OK && row) {
        if (!cci_add_i64(integer(row, "sum"), value, &sum) || sum > CCI_JSON_INTEGER_MAX ||
            sum < -CCI_JSON_INTEGER_MAX)
            status = cci_fail(error, COCREATE_ERR_OVERFLOW, "the score of '%s' is too large", id);
        else if (!cci_json_put(row, "sum", json_integer(sum)) ||
                 !cci_json_put(row, "ballots", json_integer(integer(row, "ballots") + ballots)))
            status = cci_no_memory(error);
        else
            status = put(e, event, spec, key, row, error);
    }
    cci_free(&e->allocator, key);
    json_decref(row);
    return status;
}

static cocreate_status add_all(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               const json_t *marks, int sign, cocreate_error *error)
{
    const char *option;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)marks, option, value)
    {
        int64_t number = 0;
        CCI_TRY(cci_ballot_value(spec, value, &CCI_ROOT, &number, error));
        if (spec->instrument->evidence)
            number = spec->instrument->evidence(spec, number);
        CCI_TRY(cci_drop_add(e, event, spec, option, sign, sign * number, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_drop_vote(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                              const json_t *old, const json_t *now, cocreate_error *error)
{
    const char *channel, *voided;
    CCI_TRY(add_all(e, event, spec, cci_ballot_marks(old, &channel, &voided), -1, error));
    return add_all(e, event, spec, now, 1, error);
}

/* ---- what is due ---- */

static cocreate_status decide(const cci_campaign *c, const cci_round_spec *spec, const char *contribution,
                              const json_t *row, int64_t at, cci_decision *decision, cocreate_error *error)
{
    char reason[240], until[CCI_TIME_TEXT];
    int64_t n = integer(row, "ballots");
    snprintf(reason, sizeof reason, "%lld in %lld ballot%s before %s: the %s is below %.40s",
             (long long)integer(row, "sum"), (long long)n, cci_plural(n), cci_time_text(at, until),
             spec->drop_mean ? "mean" : "sum", spec->drop_below);
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "contribution", json_string(contribution)) &&
               cci_json_put(data, "round", json_string(spec->id)) &&
               cci_json_put(data, "ballots", json_integer(n)) &&
               cci_json_put(data, "sum", json_incref(json_object_get(row, "sum"))) &&
               cci_json_put(data, "reason", json_string(reason));
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.dropped", c, data, error);
}

cocreate_status cci_drop_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                cci_decision *decision, cocreate_error *error)
{
    size_t round;
    const char *contribution;
    json_t *row = NULL;
    CCI_TRY(cci_timer_round(c, subject, &round, &contribution, error));
    CCI_TRY(get(e, c, subject, &row, error));
    cocreate_status status =
        row ? decide(c, &c->brief.rounds[round], contribution, row, at, decision, error)
            : cci_fail(error, COCREATE_ERR_CORRUPT, "contribution '%s' waits for no score", contribution);
    json_decref(row);
    return status;
}

/* Its end drops every timer it has, this one too. */
static cocreate_status apply_dropped(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row = NULL;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    if (!cci_state_ended(cci_contribution_state(row)))
        return cci_contribution_move(e, event, id, row, "dropped", error);
    json_decref(row);
    return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu drops what has ended",
                    (unsigned long long)event->seq);
}

/* What was counted then is counted again, and is below the line at its deadline. */
static cocreate_status check_dropped(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    const char *id;
    json_t *row = NULL;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &id, &CCI_ROOT, error));
    const cci_campaign *c = event->campaign;
    const cci_round_spec *spec = &c->brief.rounds[index];
    char *key = cci_state_key(e, CCI_KEY(spec->id, id));
    cocreate_status status = key ? get(e, c, key, &row, error) : cci_no_memory(error);
    int same = json_is_true(json_object_get(row, "waits")) && deadline_of(c, spec, row) <= event->at &&
               json_equal(json_object_get(row, "sum"), json_object_get(event->data, "sum")) &&
               json_equal(json_object_get(row, "ballots"), json_object_get(event->data, "ballots"));
    cci_free(&e->allocator, key);
    json_decref(row);
    if (status != COCREATE_OK || same)
        return status;
    return cci_fail(error, COCREATE_ERR_VERIFY, "contribution '%s' is dropped, recomputed it stays", id);
}

const cci_event_type cci_event_contribution_dropped = {"contribution.dropped", apply_dropped,
                                                       check_dropped};
