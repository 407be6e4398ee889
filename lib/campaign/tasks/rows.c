#include "campaign/tasks/rows.h"

#include <stdio.h>
#include <string.h>

#include "campaign/timers.h"

cocreate_status cci_task_get(cci_engine *e, const cci_campaign *c, const char *round,
                             const char *contribution, json_t **out, cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_TASK, CCI_KEY(round, contribution), out, error);
}

cocreate_status cci_lease_get(cci_engine *e, const cci_campaign *c, const char *round,
                              const char *participant, json_t **out, cocreate_error *error)
{
    return cci_state_get_by(e, c->part, CCI_KIND_LEASE, CCI_KEY(round, participant), out, error);
}

cocreate_status cci_lease_put(cci_engine *e, const cci_campaign *c, const char *round,
                              const char *participant, const json_t *row, cocreate_error *error)
{
    return cci_state_put_by(e, c->part, CCI_KIND_LEASE, CCI_KEY(round, participant), row, error);
}

int cci_lease_live(const json_t *row)
{
    return strcmp(cci_json_text(row, "state"), "live") == 0;
}

const char *cci_task_out(const json_t *row)
{
    return json_string_value(json_object_get(row, "out"));
}

size_t cci_task_answer(const json_t *row, const char *voter)
{
    const json_t *answers = json_object_get(row, "answers");
    size_t i = 0, n = json_array_size(answers);
    while (i < n && strcmp(json_string_value(json_array_get(json_array_get(answers, i), 0)), voter) != 0)
        i++;
    return i;
}

int cci_task_held(const json_t *row, const char *participant)
{
    return cci_json_lists(json_object_get(row, "held"), participant);
}

cocreate_status cci_task_refuse_retired(const cci_round_spec *spec, size_t round, const char *contribution,
                                        const json_t *row, cocreate_error *error)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"), item = cci_path_at(&rounds, round);
    cci_path rules = cci_path_key(&item, "retire");
    cci_path rule = cci_path_at(&rules, (size_t)json_integer_value(json_object_get(row, "rule")));
    return cci_refuse_at(error, &rule, "'%.80s' has retired from round '%.60s': %s", contribution, spec->id,
                         cci_json_text(row, "reason"));
}

/* ---- the order ---- */

/* Fewest answers and leases, then the earliest published, then the smallest id: texts that sort so. */
static cocreate_status set_order(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const char *contribution, const json_t *row, json_int_t load, int put,
                                 cocreate_error *error)
{
    char many[24], at[24];
    json_int_t published = json_integer_value(json_object_get(row, "at")) + CCI_JSON_INTEGER_MAX + 1;
    snprintf(many, sizeof many, "%04lld", (long long)load);
    snprintf(at, sizeof at, "%017lld", (long long)published);
    const char *const key[] = {spec->id, many, at, contribution, NULL};
    if (!put)
        return cci_state_delete_by(e, c->part, CCI_KIND_TASK_ORDER, key, error);
    json_t *nothing = cci_json_new();
    cocreate_status status = cci_state_put_by(e, c->part, CCI_KIND_TASK_ORDER, key, nothing, error);
    json_decref(nothing);
    return status;
}

cocreate_status cci_task_put(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                             const char *contribution, json_t *row, cocreate_error *error)
{
    const json_t *was = json_object_get(row, "load");
    json_int_t before = was ? json_integer_value(was) : -1;
    json_int_t load = (json_int_t)(json_array_size(json_object_get(row, "answers")) +
                                   json_array_size(json_object_get(row, "held")));
    if (cci_task_out(row) || load >= spec->lease_per_item) /* 0 where nothing is handed out */
        load = -1;
    if (before >= 0 && before != load)
        CCI_TRY(set_order(e, c, spec, contribution, row, before, 0, error));
    if (load < 0)
        json_object_del(row, "load");
    else if (!cci_json_put(row, "load", json_integer(load)))
        return cci_no_memory(error);
    if (load >= 0 && before != load)
        CCI_TRY(set_order(e, c, spec, contribution, row, load, 1, error));
    return cci_state_put_by(e, c->part, CCI_KIND_TASK, CCI_KEY(spec->id, contribution), row, error);
}

/* ---- ends ---- */

/* Of the lease alone. */
static cocreate_status end_lease(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                                 const char *participant, const char *state, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_lease_get(e, c, spec->id, participant, &row, error));
    cocreate_status status = COCREATE_OK;
    if (cci_lease_live(row)) {
        int64_t until = json_integer_value(json_object_get(row, "until"));
        status = cci_timer_drop_by(e, c, until, "lease", CCI_KEY(spec->id, participant), error);
        if (status == COCREATE_OK)
            status = cci_json_put(row, "state", json_string(state))
                         ? cci_lease_put(e, c, spec->id, participant, row, error)
                         : cci_no_memory(error);
    }
    json_decref(row);
    return status;
}

cocreate_status cci_lease_end(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                              const char *participant, json_t *task, const char *state, cocreate_error *error)
{
    json_t *held = json_object_get(task, "held");
    size_t i = cci_json_index(held, participant);
    if (i == json_array_size(held))
        return COCREATE_OK;
    (void)json_array_remove(held, i);
    return end_lease(e, c, spec, participant, state, error);
}

cocreate_status cci_task_end(cci_engine *e, cci_campaign *c, const cci_round_spec *spec,
                             const char *contribution, json_t *row, const char *out, cocreate_error *error)
{
    json_t *held = json_object_get(row, "held");
    for (size_t i = 0; i < json_array_size(held); i++)
        CCI_TRY(end_lease(e, c, spec, json_string_value(json_array_get(held, i)), out, error));
    (void)json_array_clear(held);
    return cci_json_put(row, "out", json_string(out)) ? cci_task_put(e, c, spec, contribution, row, error)
                                                      : cci_no_memory(error);
}
