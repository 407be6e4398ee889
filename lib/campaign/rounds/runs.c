/* {"do":"run.record"}: a metric of a contribution was measured, or could not be. */
#include <string.h>

#include "base/time.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/guards.h"
#include "campaign/limits/limits.h"
#include "campaign/people/teams.h"
#include "campaign/rounds/cache.h"
#include "campaign/rounds/runs.h"

typedef struct run_in {
    const char *run, *contribution, *value, *private, *reason;
    int64_t submitted_at;
    cci_buffer text, private_text; /* of values given as numbers */
} run_in;

/* A value is kept as its author wrote it; a JSON number as exact text. */
static cocreate_status read_value(const json_t *body, const char *key, const char **out,
                                  cci_buffer *text, cocreate_error *error)
{
    const json_t *value = json_object_get(body, key);
    if (!json_is_number(value))
        return cci_json_string_opt(body, key, out, &CCI_ROOT, error);
    cci_path path = cci_path_key(&CCI_ROOT, key);
    cci_rational number;
    CCI_TRY(cci_rational_init(&number, error));
    cocreate_status status = cci_json_number(value, &number, &path, error);
    if (status == COCREATE_OK)
        status = cci_rational_text(&number, text, error);
    cci_rational_clear(&number);
    *out = text->data;
    return status;
}

static cocreate_status read_run(const cci_command *command, run_in *in, cocreate_error *error)
{
    const json_t *body = command->body;
    in->submitted_at = command->at;
    CCI_TRY(cci_json_id(body, "run", &in->run, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(body, "contribution", &in->contribution, &CCI_ROOT, error));
    CCI_TRY(read_value(body, "value", &in->value, &in->text, error));
    CCI_TRY(read_value(body, "private", &in->private, &in->private_text, error));
    CCI_TRY(cci_json_string_opt(body, "reason", &in->reason, &CCI_ROOT, error));
    if (json_object_get(body, "submitted_at"))
        CCI_TRY(cci_json_time(body, "submitted_at", &in->submitted_at, &CCI_ROOT, error));
    if (in->submitted_at > command->at)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.submitted_at: is after the command's at");
    if (in->private && !in->value)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.private: a run without a value has no private one");
    if (!in->value == !in->reason)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.value: a run has a value, or a reason why it is missing");
    return COCREATE_OK;
}

/* Runs of one contribution in one window. */
typedef struct window {
    int64_t from, to;
    int64_t count, oldest;
    cci_engine *engine; /* for the works of a team */
    int64_t part;
    const char *round;
} window;

static cocreate_status count_run(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    window *w = user;
    int64_t at = json_integer_value(json_object_get(doc, "submitted_at"));
    (void)id;
    (void)error;
    if (at < w->from || at >= w->to)
        return COCREATE_OK;
    w->oldest = w->count == 0 || at < w->oldest ? at : w->oldest;
    w->count++;
    return COCREATE_OK;
}

/* Runs of one work of a team; the id is "team \n contribution". */
static cocreate_status count_work(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    window *w = user;
    (void)doc;
    return cci_state_scan_by(w->engine, w->part, CCI_KIND_RUN, CCI_KEY(w->round, strchr(id, '\n') + 1, ""),
                             count_run, w, error);
}

static cocreate_status check_limits(cci_engine *e, const cci_campaign *c, const char *round,
                                    const run_in *in, const char *team, cocreate_error *error)
{
    char *prefix = cci_state_key(e, CCI_KEY(round, in->contribution, ""));
    if (!prefix)
        return cci_no_memory(error);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < c->brief.n_limits && status == COCREATE_OK; i++) {
        const cci_limit *limit = &c->brief.limits[i];
        if (limit->subject != CCI_LIMIT_RUN)
            continue;
        window w = {.engine = e, .part = c->part, .round = round};
        cci_limit_window(limit, in->submitted_at, &w.from, &w.to);
        status = limit->per_team && team
                     ? cci_team_works(e, c, team, count_work, &w, error)
                     : cci_state_scan(e, c->part, CCI_KIND_RUN, prefix, count_run, &w, error);
        cci_limit_use use = {.what = "run",
                             .who = limit->per_team && team ? "the team of" : "contribution",
                             .count = w.count,
                             .oldest = w.oldest,
                             .until = w.to};
        if (status == COCREATE_OK && w.count >= limit->max)
            status = cci_limit_refuse(c, i, in->contribution, &use, error);
    }
    cci_free(&e->allocator, prefix);
    return status;
}

/* Whoever was published takes part, also one that another round selected or not; a round that takes
 * its candidates from an earlier one has those alone. */
static cocreate_status check_contribution(cci_engine *e, const cci_campaign *c,
                                          const struct cci_round_cache *r, const char *id,
                                          cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    json_t *doc;
    CCI_TRY(cci_contribution_find(e, c, id, &doc, error));
    const char *state = json_string_value(json_object_get(doc, "state"));
    cocreate_status status = COCREATE_OK;
    if (!state || cci_state_ended(state) || strcmp(state, "submitted") == 0)
        status = cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s, not published", id,
                          state ? state : "in no state");
    if (status == COCREATE_OK && !cci_kind_taken(doc, spec->from_kind))
        status = cci_refuse_round(error, r->index, "candidates",
                                  "round '%s' takes no contribution of kind '%s'", spec->id,
                                  cci_contribution_kind(doc));
    if (status == COCREATE_OK && spec->from_round &&
        cci_string_set_find(&r->candidates, id) == CCI_TABLE_NONE)
        status = cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' is no candidate of round '%s'", id,
                          spec->id);
    json_decref(doc);
    return status;
}

static json_t *run_document(const cci_command *command, const char *round, const run_in *in)
{
    json_t *doc = cci_json_new();
    if (!cci_json_put(doc, "round", json_string(round)) ||
        !cci_json_put(doc, "run", json_string(in->run)) ||
        !cci_json_put(doc, "contribution", json_string(in->contribution)) ||
        !cci_json_put(doc, "submitted_at", json_integer(in->submitted_at)) ||
        !cci_json_put(doc, "by", json_string(command->actor)) ||
        (in->value && !cci_json_put(doc, "value", json_string(in->value))) ||
        (in->private && !cci_json_put(doc, "private", json_string(in->private))) ||
        (in->reason && !cci_json_put(doc, "reason", json_string(in->reason)))) {
        json_decref(doc);
        return NULL;
    }
    return doc;
}

/* The same run again: EXISTS if it says the same (when is that of the first), else CONFLICT naming
 * the member. */
static cocreate_status compare_runs(const json_t *old, const json_t *now, const char *run,
                                    const run_in *in, int64_t at, cocreate_error *error)
{
    static const char *const members[] = {"contribution", "value", "private", "reason", "by",
                                          NULL};
    for (size_t i = 0; members[i]; i++) {
        json_t *a = json_object_get(old, members[i]), *b = json_object_get(now, members[i]);
        if (!a != !b || (a && !json_equal(a, b)))
            return cci_fail(error, COCREATE_ERR_CONFLICT, "run '%s' exists with another %s", run,
                            members[i]);
    }
    if (in->submitted_at != at &&
        json_integer_value(json_object_get(old, "submitted_at")) != in->submitted_at)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "run '%s' exists with another submitted_at",
                        run);
    return COCREATE_EXISTS;
}

/* A value that the round could not compare must not come to its tally. */
static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *value,
                                   cocreate_error *error)
{
    int64_t scaled;
    if (!value || spec->decimals < 0)
        return COCREATE_OK;
    cci_rational number;
    CCI_TRY(cci_rational_init(&number, error));
    cocreate_status status = cci_rational_parse(value, strlen(value), &number, error);
    if (status == COCREATE_OK) {
        status = cci_rational_round(&number, (int)spec->decimals, CCI_ROUND_HALF_EVEN, &scaled,
                                    error);
        if (status == COCREATE_ERR_OVERFLOW)
            status = cci_refuse_round(error, round, "decimals",
                                      "the value %.80s with %lld decimals does not fit 64 bits", value,
                                      (long long)spec->decimals);
    }
    cci_rational_clear(&number);
    return status;
}

static cocreate_status check_run(cci_engine *e, const cci_command *command, size_t round,
                                 const run_in *in, cocreate_error *error)
{
    cci_campaign *c = command->campaign;
    const cci_round_spec *spec = &c->brief.rounds[round];
    struct cci_round_cache *r;
    int64_t opens, closes;
    if (spec->lead != CCI_LEAD_METRIC)
        return cci_refuse_round(error, round, "lead", "round '%s' is not led by a metric", spec->id);
    CCI_TRY(cci_round_cache_get(e, c, round, command->at, CCI_ALLOW_RUN, &r, error));
    CCI_TRY(check_contribution(e, c, r, in->contribution, error));
    if (in->private && !spec->splits)
        return cci_refuse_round(error, round, "splits", "runs of round '%s' have one value", spec->id);
    if (in->value && !in->private && spec->splits)
        return cci_refuse_round(error, round, "splits",
                                "a run of round '%s' has a public and a private value", spec->id);
    CCI_TRY(check_value(spec, round, in->value, error));
    CCI_TRY(check_value(spec, round, in->private, error));
    if (cci_phase_window(c, spec->phase, &opens, &closes) && in->submitted_at < opens)
        return cci_refuse_round(error, round, "phase", "the run was submitted before phase '%s' opened",
                                spec->phase);
    json_t *work;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, in->contribution, &work, error));
    cocreate_status status = check_limits(
        e, c, spec->id, in, json_string_value(json_object_get(work, "team")), error);
    json_decref(work);
    return status;
}

static cocreate_status decide_read(cci_engine *e, const cci_command *command, size_t round,
                                   const run_in *in, cci_decision *decision,
                                   cocreate_error *error)
{
    json_t *old;
    const char *id = command->campaign->brief.rounds[round].id;
    cocreate_status status = cci_state_get_by(e, command->campaign->part, CCI_KIND_RUN,
                                              CCI_KEY(id, in->contribution, in->run), &old, error);
    CCI_TRY(status);
    json_t *doc = run_document(command, id, in);
    if (!doc)
        status = cci_no_memory(error);
    else if (old)
        status = compare_runs(old, doc, in->run, in, command->at, error);
    else
        status = check_run(e, command, round, in, error);
    json_decref(old);
    decision->exists = status == COCREATE_EXISTS;
    if (status != COCREATE_OK) {
        json_decref(doc);
        return decision->exists ? COCREATE_OK : status;
    }
    CCI_TRY(cci_decide(decision, "run.recorded", command->campaign, doc, error));
    return cci_last_call_decide(e, command, round, in->run, in->contribution, in->value,
                                in->submitted_at, decision, error);
}

static cocreate_status decide_run(cci_engine *e, const cci_command *command,
                                  cci_decision *decision, cocreate_error *error)
{
    size_t round;
    run_in in = {0};
    CCI_TRY(cci_round_named(command->campaign, command->body, &round, error));
    cci_buffer_init(&in.text, &e->allocator);
    cci_buffer_init(&in.private_text, &e->allocator);
    cocreate_status status = read_run(command, &in, error);
    if (status == COCREATE_OK)
        status = decide_read(e, command, round, &in, decision, error);
    cci_buffer_free(&in.text);
    cci_buffer_free(&in.private_text);
    return status;
}

static cocreate_status apply_run(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *round, *contribution, *run;
    CCI_TRY(cci_json_id(event->data, "round", &round, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "run", &run, &CCI_ROOT, error));
    return cci_state_put_by(e, event->campaign->part, CCI_KIND_RUN, CCI_KEY(round, contribution, run),
                            event->data, error);
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"round", "id", 1, "a metric-led round of its brief"},
    {"contribution", "id", 1, "whose run it is"},
    {"run", "id", 1, "unique among the runs of the contribution in this round"},
    {"value", "decimal", 0, "the metric as exact decimal text, as \"0.856704\""},
    {"private", "decimal", 0, "in a round with splits: what ranks, and is not shown before"},
    {"reason", "text", 0, "why there is no value; such a run never ranks above one with a value"},
    {"submitted_at", "time", 0, "when it was handed in; default: at"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_run_record = {
    .name = "run.record",
    .title = "Record what a metric says of a contribution",
    .parameters = parameters,
    .sides = cci_firm_alone,
    .decide = decide_run,
};

const cci_event_type cci_event_run_recorded = {"run.recorded", apply_run, NULL};
