/* Selecting period by period. */
#include "campaign/rounds/periods.h"

#include <string.h>

#include "base/table.h"
#include "campaign/commands.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/instruments/instrument.h"
#include "campaign/money/occasion.h"
#include "campaign/rounds/reviews.h"
#include "campaign/timers.h"

#define PERIODS_MAX 999999

/* ---- the brief ---- */

static const cci_round_spec *source_of(const cci_brief *b, const cci_round_spec *spec)
{
    return spec->from_round ? cci_brief_round(b, spec->from_round) : NULL;
}

/* What was decided has taken effect: it cannot fail for want of a number, nor wait for a turn. */
static cocreate_status check_decisions(const cci_brief *b, const json_t *json, const cci_round_spec *spec,
                                       const cci_path *path, cocreate_error *error)
{
    const cci_round_spec *from = source_of(b, spec);
    if (!spec->rolling)
        return COCREATE_OK;
    if (spec->lead != CCI_LEAD_FIRM && !json_object_get(json, "cuts"))
        return cci_brief_wrong(path, "rolling", error,
                               "is only for rounds with ballots, led by the firm, or of a jury with 'cuts'");
    if (json_object_get(json, "assignment") || json_object_get(json, "coverage"))
        return cci_brief_wrong(path, "rolling", error, "excludes 'assignment' and 'coverage': entries join");
    if (from && !from->periods)
        return cci_brief_wrong(path, "rolling", error,
                               "candidates of another round join only where that selects by 'every_us'");
    if (spec->in_turn || spec->reopens || spec->replaces)
        return cci_brief_wrong(path, "rolling", error, "excludes 'in_turn', 'on_none' and 'replaces'");
    return spec->select_min == 0 ? COCREATE_OK
                                 : cci_brief_wrong(path, "select", error,
                                                   "what a rolling round selects stands at once: the least "
                                                   "number is 0");
}

cocreate_status cci_periods_read(const cci_brief *b, json_t *json, cci_round_spec *spec, int ballots,
                                 const cci_path *path, cocreate_error *error)
{
    int decisions = spec->instrument->leads & CCI_LEADS_DECIDERS && !ballots;
    if (decisions) {
        CCI_TRY(cci_json_bool_opt(json, "rolling", &spec->rolling, path, error));
        CCI_TRY(check_decisions(b, json, spec, path, error));
    }
    CCI_TRY(cci_cuts_read(json, spec, path, error));
    const char *key = spec->cuts ? "cuts" : "every_us";
    if (!json_object_get(json, key))
        return COCREATE_OK;
    spec->periods = 1;
    if (!spec->cuts)
        CCI_TRY(cci_json_i64(json, key, 1, CCI_JSON_INTEGER_MAX / 4, &spec->every_us, path, error));
    if (!spec->rolling || spec->questions)
        return cci_brief_wrong(path, key, error, "is only for rolling rounds that select");
    if (spec->quorum > 0 || spec->quorum_share)
        return cci_brief_wrong(path, key, error, "excludes 'quorum', which is of the whole round");
    return cci_round_draws_lots(spec)
               ? cci_brief_wrong(path, key, error, "excludes lots, whose seed is revealed at the end")
               : COCREATE_OK;
}

int cci_periods_feed(const cci_campaign *c, const cci_round_spec *spec)
{
    const cci_round_spec *from = source_of(&c->brief, spec);
    return spec->rolling && from && from->periods;
}

/* ---- rows ---- */

static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    return cci_json_push(user, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_periods_list(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                 cocreate_error *error)
{
    json_t *list = json_array();
    cocreate_status status =
        list ? cci_state_scan_by(e, c->part, CCI_KIND_PERIOD, CCI_KEY(round, ""), collect, list, error)
             : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = list;
    else
        json_decref(list);
    return status;
}

/* The ids of all periods: whom they selected, or who was a candidate. */
static cocreate_status ids_of(cci_engine *e, const cci_campaign *c, const char *round, int selected,
                              json_t **out, cocreate_error *error)
{
    json_t *list = NULL, *ids = json_array();
    int made = ids != NULL;
    cocreate_status status = made ? cci_periods_list(e, c, round, &list, error) : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(ids);
        return status;
    }
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const json_t *of = selected ? json_object_get(json_object_get(row, "result"), "selected")
                                    : json_object_get(row, "candidates");
        for (size_t k = 0; made && k < json_array_size(of); k++)
            made = cci_json_push(ids, json_incref(json_array_get(of, k)));
    }
    json_decref(list);
    if (made) {
        *out = ids;
        return COCREATE_OK;
    }
    json_decref(ids);
    return cci_no_memory(error);
}

cocreate_status cci_periods_selected(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                     cocreate_error *error)
{
    return ids_of(e, c, round, 1, out, error);
}

/* ---- one period ---- */

/* Who is judged in the period that ends at `until`. */
typedef struct chooser {
    cci_engine *e;
    const cci_campaign *c;
    const cci_round_spec *spec;
    int64_t opens, closes, until;
    cci_string_set done; /* judged for good in earlier periods */
    json_t *ids;
} chooser;

static cocreate_status is_decided(const chooser *ch, const char *id, int *out, cocreate_error *error)
{
    json_t *doc = NULL;
    CCI_TRY(cci_state_get_by(ch->e, ch->c->part, CCI_KIND_DECISION, CCI_KEY(ch->spec->id, id), &doc, error));
    *out = doc != NULL;
    json_decref(doc);
    return COCREATE_OK;
}

static cocreate_status choose(const chooser *ch, const char *id, cocreate_error *error)
{
    json_t *doc;
    int in = 1;
    if (cci_string_set_find(&ch->done, id) != CCI_TABLE_NONE)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(ch->e, ch->c->part, CCI_KIND_CONTRIBUTION, id, &doc, error));
    const char *state = cci_json_text(doc, "state");
    int64_t from = cci_contribution_since(doc);
    if (cci_state_ended(state))
        in = 0;
    else if (ch->spec->per_entry_us)
        in = (from > ch->opens ? from : ch->opens) <= ch->until - ch->spec->per_entry_us ||
             ch->until >= ch->closes; /* nobody votes any more */
    json_decref(doc);
    if (in && cci_round_decides(ch->spec))
        CCI_TRY(is_decided(ch, id, &in, error));
    return !in || cci_json_push(ch->ids, json_string(id)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status choose_all(chooser *ch, const json_t *all, cocreate_error *error)
{
    json_t *done;
    int once = ch->spec->per_entry_us > 0 || cci_round_decides(ch->spec);
    CCI_TRY(ids_of(ch->e, ch->c, ch->spec->id, !once, &done, error));
    cocreate_status status = cci_ids_add(&ch->done, done, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(all); i++)
        status = choose(ch, json_string_value(json_array_get(all, i)), error);
    json_decref(done);
    return status;
}

/* Everybody who may have votes, in `all`; those of this period in `only`. */
static cocreate_status candidates(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  int64_t until, json_t **all, json_t **only, cocreate_error *error)
{
    chooser ch = {.e = e, .c = c, .spec = spec, .until = until, .ids = json_array()};
    cocreate_status status = !ch.ids ? cci_no_memory(error)
                             : cci_periods_feed(c, spec)
                                 ? cci_periods_selected(e, c, spec->from_round, all, error)
                                 : cci_round_published(e, c, spec, all, error);
    if (status != COCREATE_OK) {
        json_decref(ch.ids);
        return status;
    }
    cci_string_set_init(&ch.done, &e->allocator);
    cci_phase_window(c, spec->phase, &ch.opens, &ch.closes);
    status = choose_all(&ch, *all, error);
    cci_string_set_free(&ch.done);
    if (status == COCREATE_OK) {
        *only = ch.ids;
        return COCREATE_OK;
    }
    json_decref(*all);
    json_decref(ch.ids);
    return status;
}

/* The tally of the period; `only` keeps the others out of its places. */
static cocreate_status result_of(cci_engine *e, const cci_campaign *c, size_t round, const json_t *opened,
                                 json_t *all, json_t *only, json_t *data, cocreate_error *error)
{
    char reason[CCI_REASON_SIZE] = "";
    json_t *result = NULL, *row = cci_json_new();
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(row, "candidates", json_incref(all)) || !cci_json_put(row, "only", json_incref(only)) ||
        !cci_json_put(row, "opened_at", json_incref(json_object_get(opened, "opened_at"))) ||
        !cci_json_put(row, "until", json_incref(json_object_get(data, "until"))))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_tally(e, c, round, row, &result, reason, error);
    json_decref(row);
    CCI_TRY(status);
    int made = result ? cci_json_put(data, "result", result)
                      : cci_json_put(data, "reason", json_string(reason));
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* Whom the cut brings into review; after the last instant nobody decides. */
static cocreate_status put_review(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const json_t *all, int64_t until, json_t *data, cocreate_error *error)
{
    int64_t opens, closes = 0;
    json_t *ids = NULL;
    cci_phase_window(c, spec->phase, &opens, &closes);
    if (!spec->cuts || !cci_round_decides(spec) || until >= closes)
        return COCREATE_OK;
    CCI_TRY(cci_review_begin(e, c, spec, all, &ids, error));
    return cci_json_put(data, "review", ids) ? COCREATE_OK : cci_no_memory(error);
}

/* The data of "round.cut", from the state alone. */
static cocreate_status compute(cci_engine *e, const cci_campaign *c, size_t round, int64_t until,
                               json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *row, *all = NULL, *only = NULL, *data = cci_json_new();
    cci_round_state state;
    cocreate_status status = data ? cci_round_get(e, c, spec->id, &row, &state, error)
                                  : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(data);
        return status;
    }
    const json_t *last = json_object_get(row, "cut_at");
    int64_t from = json_integer_value(last ? last : json_object_get(row, "opened_at"));
    int64_t number = json_integer_value(json_object_get(row, "periods")) + 1;
    status = candidates(e, c, spec, until, &all, &only, error);
    if (status == COCREATE_OK) {
        int made = cci_json_put(data, "round", json_string(spec->id)) &&
                   cci_json_put(data, "period", json_integer(number)) &&
                   cci_json_put(data, "from", json_integer(from)) &&
                   cci_json_put(data, "until", json_integer(until)) &&
                   cci_json_put(data, "candidates", json_incref(only));
        status = made ? result_of(e, c, round, row, all, only, data, error) : cci_no_memory(error);
        if (status == COCREATE_OK)
            status = put_review(e, c, spec, all, until, data, error);
        json_decref(all);
        json_decref(only);
    }
    json_decref(row);
    if (status == COCREATE_OK)
        *out = data;
    else
        json_decref(data);
    return status;
}

static cocreate_status decide_cut(cci_engine *e, const cci_campaign *c, size_t round, int64_t until,
                                  cci_decision *decision, cocreate_error *error)
{
    json_t *data = NULL;
    CCI_TRY(compute(e, c, round, until, &data, error));
    return cci_decide(decision, "round.cut", c, data, error);
}

cocreate_status cci_periods_decide(cci_engine *e, cci_campaign *c, int64_t at, const char *subject,
                                   cci_decision *decision, cocreate_error *error)
{
    size_t round;
    const char *period;
    CCI_TRY(cci_timer_round(c, subject, &round, &period, error));
    return decide_cut(e, c, round, at, decision, error);
}

cocreate_status cci_periods_due(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                                int64_t closes, cci_decision *decision, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const json_t *last = json_object_get(row, "cut_at");
    if (!spec->periods || (last && json_integer_value(last) >= closes))
        return COCREATE_OK;
    if (spec->cuts && !cci_round_decides(spec) && cci_cuts_next(row) != closes)
        return COCREATE_OK; /* the cuts alone select */
    return decide_cut(e, c, round, closes, decision, error);
}

/* ---- what happens ---- */

/* The period of this number ends then; INT64_MAX: with the phase. */
static cocreate_status start_timer(cci_engine *e, cci_campaign *c, const cci_round_spec *spec, int64_t number,
                                   int64_t until, cocreate_error *error)
{
    char text[CCI_STATE_NUMBER];
    if (until == INT64_MAX)
        return COCREATE_OK;
    return cci_timer_set_by(e, c, until, "cut", CCI_KEY(spec->id, cci_state_number(number, text)), error);
}

cocreate_status cci_periods_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 cocreate_error *error)
{
    int64_t first = cci_later(event->at, spec->every_us);
    if (!spec->periods)
        return COCREATE_OK;
    if (spec->cuts)
        CCI_TRY(cci_cuts_open(e, event, spec, &first, error));
    return start_timer(e, event->campaign, spec, 1, first, error);
}

cocreate_status cci_periods_close(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                  cocreate_error *error)
{
    return spec->periods ? cci_timers_clear(e, event->campaign, "cut", spec->id, error) : COCREATE_OK;
}

static cocreate_status put_round(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 int64_t number, int64_t until, int64_t *next, cocreate_error *error)
{
    json_t *row;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, event->campaign, spec->id, &row, &state, error));
    cocreate_status status =
        !row || state != CCI_ROUND_OPEN
            ? cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu cuts round '%s', which is not open",
                       (unsigned long long)event->seq, spec->id)
        : cci_json_put(row, "periods", json_integer(number)) &&
                cci_json_put(row, "cut_at", json_integer(until)) && cci_cuts_drop(row, until)
            ? cci_state_put(e, event->campaign->part, CCI_KIND_ROUND, spec->id, row, error)
            : cci_no_memory(error);
    *next = spec->cuts ? cci_cuts_next(row) : cci_later(until, spec->every_us);
    json_decref(row);
    return status;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    size_t index;
    int64_t number, until, next = INT64_MAX;
    char text[CCI_STATE_NUMBER];
    CCI_TRY(cci_round_named(c, event->data, &index, error));
    CCI_TRY(cci_json_i64(event->data, "period", 1, PERIODS_MAX, &number, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(event->data, "until", INT64_MIN, INT64_MAX, &until, &CCI_ROOT, error));
    const cci_round_spec *spec = &c->brief.rounds[index];
    const json_t *selected = json_object_get(json_object_get(event->data, "result"), "selected");
    const json_t *judged = spec->per_entry_us ? json_object_get(event->data, "candidates") : NULL;
    CCI_TRY(cci_state_put_by(e, c->part, CCI_KIND_PERIOD, CCI_KEY(spec->id, cci_state_number(number, text)),
                             event->data, error));
    CCI_TRY(put_round(e, event, spec, number, until, &next, error));
    CCI_TRY(cci_round_move(e, event, index, selected, judged, error));
    if (selected)
        CCI_TRY(cci_occasion_cut(c, spec, number, error));
    cci_rounds_forget(c);
    CCI_TRY(cci_timers_clear(e, c, "cut", spec->id, error));
    return start_timer(e, c, spec, number + 1, next, error);
}

static cocreate_status check(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    size_t index;
    int64_t until;
    json_t *again = NULL;
    CCI_TRY(cci_round_named(event->campaign, event->data, &index, error));
    CCI_TRY(cci_json_i64(event->data, "until", INT64_MIN, INT64_MAX, &until, &CCI_ROOT, error));
    CCI_TRY(compute(e, event->campaign, index, until, &again, error));
    int same = json_equal(again, event->data);
    json_decref(again);
    return same ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY,
                           "round '%s': the result of a period is not what is recomputed",
                           event->campaign->brief.rounds[index].id);
}

const cci_event_type cci_event_round_cut = {"round.cut", apply, check};

/* ---- the whole ---- */

/* What they were selected by is not one scale. */
cocreate_status cci_tally_periods(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const cci_candidates *list, json_t **out, cocreate_error *error)
{
    json_t *ids = NULL, *result = cci_json_new(), *places = json_array(), *selected = json_array();
    cocreate_status status = places && selected ? cci_periods_selected(e, c, spec->id, &ids, error)
                                                : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_places_share(list, ids, places, selected, error);
    if (status == COCREATE_OK && !(cci_json_put(result, "method", json_string(spec->method)) &&
                                   cci_json_put(result, "places", json_incref(places)) &&
                                   cci_json_put(result, "winners", json_incref(selected)) &&
                                   cci_json_put(result, "selected", json_incref(selected))))
        status = cci_no_memory(error);
    json_decref(ids);
    json_decref(places);
    json_decref(selected);
    if (status == COCREATE_OK)
        *out = result;
    else
        json_decref(result);
    return status;
}

static cocreate_status collect_selected(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    return strcmp(cci_json_text(doc, "verdict"), "select") != 0 ||
                   cci_json_push(user, json_incref(json_object_get(doc, "contribution")))
               ? COCREATE_OK
               : cci_no_memory(error);
}

cocreate_status cci_rolling_selected(cci_engine *e, const cci_campaign *c, const char *round, json_t **out,
                                     cocreate_error *error)
{
    json_t *ids = json_array();
    cocreate_status status =
        ids ? cci_state_scan_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(round, ""), collect_selected, ids,
                                error)
            : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = ids;
    else
        json_decref(ids);
    return status;
}

cocreate_status cci_rolling_decided(cci_engine *e, const cci_event *event, size_t round,
                                    const char *contribution, int selects, cocreate_error *error)
{
    json_t *ids = json_array();
    cocreate_status status = cci_json_push(ids, json_string(contribution)) ? COCREATE_OK :
        cci_no_memory(error);
    if (status == COCREATE_OK && event->campaign->brief.rounds[round].rolling)
        status = cci_round_move(e, event, round, selects ? ids : NULL, selects ? NULL : ids, error);
    if (status == COCREATE_OK && selects && event->campaign->brief.rounds[round].rolling)
        status = cci_occasion_decision(e, event->campaign, &event->campaign->brief.rounds[round],
                                       contribution, error);
    json_decref(ids);
    return status;
}
