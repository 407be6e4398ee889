/* Items of a round from its opening to its end: they join, are answered, end. */
#include "campaign/tasks/tasks.h"

#include <string.h>

#include "base/time.h"
#include "campaign/commands/contribution.h"
#include "campaign/rounds/ballots.h"
#include "campaign/tasks/rows.h"
#include "campaign/timers.h"

static int has_tasks(const cci_round_spec *spec)
{
    return (spec->counted & CCI_COUNTED_TASK) != 0;
}

/* ---- beginning ---- */

static cocreate_status start(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                             const char *contribution, int64_t published, cocreate_error *error)
{
    json_t *row = cci_json_new();
    int made = cci_json_put(row, "at", json_integer(published)) &&
               cci_json_put(row, "answers", json_array()) && cci_json_put(row, "held", json_array());
    cocreate_status status = made ? cci_task_put(e, c, spec, contribution, row, error) : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status start_candidate(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                       const char *contribution, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, contribution, &row, error));
    int64_t published = cci_contribution_since(row);
    json_decref(row);
    return start(e, c, spec, contribution, published, error);
}

cocreate_status cci_tasks_open(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               const json_t *candidates, cocreate_error *error)
{
    size_t n = has_tasks(spec) ? json_array_size(candidates) : 0;
    for (size_t i = 0; i < n; i++)
        CCI_TRY(start_candidate(e, event->campaign, spec, json_string_value(json_array_get(candidates, i)),
                                error));
    return COCREATE_OK;
}

cocreate_status cci_tasks_join(cci_engine *e, const cci_event *event, const char *contribution,
                               const json_t *row, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        int joins = 0;
        if (has_tasks(spec))
            CCI_TRY(cci_round_joins(e, c, spec, row, &joins, error));
        if (joins)
            CCI_TRY(start(e, c, spec, contribution, event->at, error));
    }
    return COCREATE_OK;
}

/* ---- end ---- */

typedef struct closing {
    json_t *ids;
    size_t prefix; /* of a key: the id of the round and what ends it */
} closing;

/* Its own tasks alone: the id is round "\n" contribution. */
static cocreate_status note(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    closing *k = user;
    if (cci_task_out(doc))
        return COCREATE_OK;
    return cci_json_push(k->ids, json_string(id + k->prefix)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status end_one(cci_engine *e, cci_campaign *c, const cci_round_spec *spec, const char *id,
                               const char *out, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_task_get(e, c, spec->id, id, &row, error));
    cocreate_status status =
        row && !cci_task_out(row) ? cci_task_end(e, c, spec, id, row, out, error) : COCREATE_OK;
    json_decref(row);
    return status;
}

cocreate_status cci_tasks_close(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                                cocreate_error *error)
{
    if (!has_tasks(spec))
        return COCREATE_OK;
    closing k = {json_array(), strlen(spec->id) + 1};
    cocreate_status status = k.ids ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_scan_by(e, c->part, CCI_KIND_TASK, CCI_KEY(spec->id, ""), note, &k, error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(k.ids); i++)
        status = end_one(e, c, spec, json_string_value(json_array_get(k.ids, i)), "closed", error);
    json_decref(k.ids);
    return status;
}

cocreate_status cci_tasks_stop(cci_engine *e, const cci_event *event, const char *contribution,
                               cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        if (has_tasks(&c->brief.rounds[i]))
            CCI_TRY(end_one(e, c, &c->brief.rounds[i], contribution, "ended", error));
    return COCREATE_OK;
}

/* What went before a rolling round opened is in none of its rows, and joins it now. */
static cocreate_status join_late(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const char *contribution, cocreate_error *error)
{
    json_t *row = NULL;
    int joins = 0;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, contribution, &row, error));
    cocreate_status status = cci_round_joins(e, c, spec, row, &joins, error);
    json_decref(row);
    return status == COCREATE_OK && joins ? start_candidate(e, c, spec, contribution, error) : status;
}

static cocreate_status bring_back(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                  const char *contribution, cocreate_error *error)
{
    json_t *row = NULL;
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, spec->id, NULL, &state, error));
    CCI_TRY(cci_task_get(e, c, spec->id, contribution, &row, error));
    const char *out = cci_task_out(row);
    cocreate_status status = row ? COCREATE_OK : join_late(e, c, spec, contribution, error);
    if (out && strcmp(out, "ended") == 0 && state == CCI_ROUND_OPEN) {
        json_object_del(row, "out");
        status = cci_task_put(e, c, spec, contribution, row, error);
    }
    json_decref(row);
    return status;
}

cocreate_status cci_tasks_return(cci_engine *e, const cci_event *event, const char *contribution,
                                 cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        if (has_tasks(&c->brief.rounds[i]))
            CCI_TRY(bring_back(e, c, &c->brief.rounds[i], contribution, error));
    return COCREATE_OK;
}

/* ---- answers ---- */

/* A first answer goes to the end; another keeps the place of the one it replaces. */
static cocreate_status keep_answer(const cci_round_spec *spec, const char *voter, int64_t value, json_t *row,
                                   cocreate_error *error)
{
    json_t *answers = json_object_get(row, "answers");
    size_t i = cci_task_answer(row, voter);
    if (i < json_array_size(answers)) {
        json_t *number = json_integer(value), *kept = json_array_get(answers, i);
        return number && json_array_set_new(kept, 1, number) == 0 ? COCREATE_OK : cci_no_memory(error);
    }
    json_t *answer = json_array();
    int made = answer && cci_json_push(answer, json_string(voter)) &&
               cci_json_push(answer, json_integer(value)) &&
               (spec->lease_us == 0 || cci_task_held(row, voter) || cci_json_push(answer, json_integer(1)));
    if (!made) {
        json_decref(answer);
        return cci_no_memory(error);
    }
    return cci_json_push(answers, answer) ? COCREATE_OK : cci_no_memory(error);
}

/* Enough is known: it retires as soon as this event has happened. */
static cocreate_status look(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                            const char *contribution, json_t *row, cocreate_error *error)
{
    size_t rule;
    char reason[CCI_RETIRE_REASON];
    if (cci_task_out(row) || json_object_get(row, "met") || !cci_retire_met(spec, row, &rule, reason))
        return COCREATE_OK;
    if (!cci_json_put(row, "met", json_integer(event->at)))
        return cci_no_memory(error);
    return cci_timer_set_by(e, event->campaign, event->at, "retire", CCI_KEY(spec->id, contribution), error);
}

static cocreate_status answered(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                const char *voter, const char *option, const json_t *mark, json_t *row,
                                cocreate_error *error)
{
    int64_t value = 0;
    CCI_TRY(cci_ballot_value(spec, mark, &CCI_ROOT, &value, error));
    CCI_TRY(keep_answer(spec, voter, value, row, error));
    CCI_TRY(cci_lease_end(e, event->campaign, spec, voter, row, "answered", error));
    CCI_TRY(look(e, event, spec, option, row, error));
    return cci_task_put(e, event->campaign, spec, option, row, error);
}

/* The task of the one option that a ballot is about, and its mark. The row is owned by the caller, and NULL
 * where there is none. */
static cocreate_status task_of(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                               const json_t *marks, const char **option, const json_t **mark, json_t **row,
                               cocreate_error *error)
{
    void *first = json_object_iter((json_t *)(uintptr_t)marks);
    *option = json_object_iter_key(first);
    *mark = json_object_iter_value(first);
    *row = NULL;
    return has_tasks(spec) && first ? cci_task_get(e, event->campaign, spec->id, *option, row, error)
                                    : COCREATE_OK;
}

cocreate_status cci_tasks_answered(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                   const char *voter, const json_t *marks, cocreate_error *error)
{
    const json_t *mark;
    const char *option;
    json_t *row;
    CCI_TRY(task_of(e, event, spec, marks, &option, &mark, &row, error));
    cocreate_status status =
        row ? answered(e, event, spec, voter, option, mark, row, error) : COCREATE_OK;
    json_decref(row);
    return status;
}

cocreate_status cci_tasks_struck(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                 const char *voter, const json_t *marks, cocreate_error *error)
{
    const json_t *mark;
    const char *option;
    json_t *row;
    CCI_TRY(task_of(e, event, spec, marks, &option, &mark, &row, error));
    json_t *answers = json_object_get(row, "answers");
    size_t i = row ? cci_task_answer(row, voter) : 0;
    cocreate_status status = COCREATE_OK;
    if (i < json_array_size(answers)) {
        (void)json_array_remove(answers, i);
        status = cci_task_put(e, event->campaign, spec, option, row, error);
    }
    json_decref(row);
    return status;
}

/* ---- what a ballot needs ---- */

static cocreate_status refuse_unleased(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                       const char *option, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    char until[CCI_TIME_TEXT];
    json_t *row = NULL;
    CCI_TRY(cci_lease_get(e, c, spec->id, voter, &row, error));
    int expired = strcmp(cci_json_text(row, "state"), "expired") == 0 &&
                  strcmp(cci_json_text(row, "contribution"), option) == 0;
    int64_t end = json_integer_value(json_object_get(row, "until"));
    json_decref(row);
    if (expired)
        return cci_refuse_round(error, round, "lease",
                                "the lease of '%.80s' that '%.80s' had ended at %s: task.take it again",
                                option, voter, cci_time_text(end, until));
    return cci_refuse_round(error, round, "lease", "'%.80s' has no lease of '%.80s': task.take it first",
                            voter, option);
}

cocreate_status cci_tasks_require(cci_engine *e, const cci_campaign *c, size_t round, const char *voter,
                                  const char *option, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    json_t *row = NULL;
    CCI_TRY(cci_task_get(e, c, spec->id, option, &row, error));
    const char *out = cci_task_out(row);
    size_t n = json_array_size(json_object_get(row, "answers"));
    int again = row && cci_task_answer(row, voter) < n;
    int may = !row || again || spec->lease_us == 0 || spec->lease_extra || cci_task_held(row, voter);
    cocreate_status status = COCREATE_OK;
    if (out && strcmp(out, "retired") == 0)
        status = cci_task_refuse_retired(spec, round, option, row, error);
    else if (!may)
        status = refuse_unleased(e, c, round, voter, option, error);
    json_decref(row);
    return status;
}

cocreate_status cci_tasks_extra(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const char *voter, const char *option, int *out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = 0;
    if (!spec->lease_extra)
        return COCREATE_OK;
    CCI_TRY(cci_task_get(e, c, spec->id, option, &row, error));
    size_t n = json_array_size(json_object_get(row, "answers"));
    *out = row && cci_task_answer(row, voter) == n && !cci_task_held(row, voter);
    json_decref(row);
    return COCREATE_OK;
}
