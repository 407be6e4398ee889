/* How far the items of each round are, and who has which, for people to see. */
#include <string.h>

#include "campaign/tasks/rows.h"

typedef struct counting {
    const cci_round_spec *spec;
    json_int_t items, available, leased, full, ended, closed, leases, answers, extra;
    json_int_t retired[20]; /* by rule */
    json_int_t retired_all;
} counting;

static cocreate_status count_one(void *user, const char *id, json_t *row, cocreate_error *error)
{
    counting *n = user;
    const char *out = cci_task_out(row);
    const json_t *answers = json_object_get(row, "answers");
    size_t held = json_array_size(json_object_get(row, "held"));
    (void)id;
    (void)error;
    n->items++;
    n->leases += (json_int_t)held;
    n->answers += (json_int_t)json_array_size(answers);
    for (size_t i = 0; i < json_array_size(answers); i++)
        n->extra += json_array_size(json_array_get(answers, i)) > 2;
    if (!out) {
        n->available += json_object_get(row, "load") || n->spec->lease_us == 0;
        n->leased += n->spec->lease_us && !json_object_get(row, "load") && held > 0;
        n->full += n->spec->lease_us && !json_object_get(row, "load") && held == 0;
    } else if (strcmp(out, "retired") == 0) {
        json_int_t rule = json_integer_value(json_object_get(row, "rule"));
        n->retired_all++;
        if (rule >= 0 && rule < 20)
            n->retired[rule]++;
    } else {
        n->ended += strcmp(out, "ended") == 0;
        n->closed += strcmp(out, "closed") == 0;
    }
    return COCREATE_OK;
}

static json_t *retired_of(const counting *n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(n->spec->retire); i++)
        if (!cci_json_push(list, json_integer(n->retired[i]))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static cocreate_status add_counts(const counting *n, json_t *shown, cocreate_error *error)
{
    json_t *item = cci_json_new();
    int made = cci_json_put(item, "items", json_integer(n->items)) &&
               cci_json_put(item, "available", json_integer(n->available)) &&
               cci_json_put(item, "leased", json_integer(n->leased)) &&
               cci_json_put(item, "full", json_integer(n->full)) &&
               cci_json_put(item, "ended", json_integer(n->ended)) &&
               cci_json_put(item, "closed", json_integer(n->closed)) &&
               cci_json_put(item, "retired", json_integer(n->retired_all)) &&
               cci_json_put(item, "retired_by", retired_of(n)) &&
               cci_json_put(item, "leases", json_integer(n->leases)) &&
               cci_json_put(item, "answers", json_integer(n->answers)) &&
               cci_json_put(item, "extra", json_integer(n->extra)) &&
               cci_json_put(shown, "tasks", json_incref(item));
    json_decref(item);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* The id is round "\n" participant. */
static cocreate_status add_lease(void *user, const char *id, json_t *row, cocreate_error *error)
{
    const char *participant = strchr(id, '\n');
    json_t *item = cci_lease_live(row) && participant ? cci_json_copy(row) : NULL;
    if (!cci_lease_live(row))
        return COCREATE_OK;
    json_object_del(item, "state");
    json_object_del(item, "passed");
    if (item && cci_json_put(item, "round", json_stringn(id, (size_t)(participant - id))) &&
        cci_json_put(item, "participant", json_string(participant + 1)))
        return cci_json_push(user, item) ? COCREATE_OK : cci_no_memory(error);
    json_decref(item);
    return cci_no_memory(error);
}

cocreate_status cci_tasks_show(cci_engine *e, const cci_campaign *c, json_t *document, cocreate_error *error)
{
    const json_t *rounds = json_object_get(document, "rounds");
    int leases = 0;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        counting n = {.spec = &c->brief.rounds[i]};
        if (!(n.spec->counted & CCI_COUNTED_TASK))
            continue;
        leases |= n.spec->lease_us > 0;
        CCI_TRY(cci_state_scan_by(e, c->part, CCI_KIND_TASK, CCI_KEY(n.spec->id, ""), count_one, &n, error));
        if (n.items > 0)
            CCI_TRY(add_counts(&n, json_array_get(rounds, i), error));
    }
    json_t *list = leases ? json_array() : NULL;
    cocreate_status status = list || !leases ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK && leases)
        status = cci_state_scan(e, c->part, CCI_KIND_LEASE, NULL, add_lease, list, error);
    if (status == COCREATE_OK && json_array_size(list) > 0 &&
        !cci_json_put(document, "leases", json_incref(list)))
        status = cci_no_memory(error);
    json_decref(list);
    return status;
}
