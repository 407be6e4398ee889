/* Runs to places: which run of a contribution counts, and the ranking of what they say. */
#include <string.h>

#include "base/text.h"
#include "campaign/rounds/runs.h"
#include "campaign/rounds/tally.h"
#include "campaign/rounds/turns.h"

/* The run that counts so far. */
typedef struct counting {
    const cci_round_spec *spec;
    const json_t *chosen;     /* ids of the runs that its authors chose, or NULL */
    cci_rational best, value; /* rounded as the round compares them */
    json_t *run;              /* owned, or NULL */
    int64_t at;
    int64_t runs;
    int board;                /* public values only, whoever chose what */
    int64_t mine, last;       /* runs of this contribution, and when the last was */
    const json_t *row;        /* of the round */
    int64_t after;            /* runs up to this instant were rejected */
} counting;

static cocreate_status rounded(const cci_round_spec *spec, const char *text, cci_rational *out,
                               cocreate_error *error)
{
    int64_t scaled, unit = 1;
    CCI_TRY(cci_rational_parse(text, strlen(text), out, error));
    if (spec->decimals < 0)
        return COCREATE_OK;
    for (int64_t i = 0; i < spec->decimals; i++)
        unit *= 10; /* the brief allows at most 18 decimals */
    CCI_TRY(cci_rational_round(out, (int)spec->decimals, CCI_ROUND_HALF_EVEN, &scaled, error));
    return cci_rational_set_i64(out, scaled, unit, error);
}

/* What ranks: of two values the private one. */
static const char *ranked_value(const cci_round_spec *spec, const json_t *run)
{
    return json_string_value(json_object_get(run, spec->splits ? "private" : "value"));
}

/* What runs of one contribution are compared by: what its authors saw, unless they chose. */
static const char *compared_value(const counting *k, const json_t *run)
{
    return k->chosen ? ranked_value(k->spec, run)
                     : json_string_value(json_object_get(run, "value"));
}

static int is_chosen(const counting *k, const json_t *run)
{
    return !k->chosen || cci_json_lists(k->chosen, cci_json_text(run, "run"));
}

/* Is this run to count instead of the one so far? A missing value never counts before one. */
static cocreate_status counts(counting *k, const json_t *run, int64_t at, int *out,
                              cocreate_error *error)
{
    const char *value = compared_value(k, run);
    const char *old = k->run ? compared_value(k, k->run) : NULL;
    int order = 0;
    if (value)
        CCI_TRY(rounded(k->spec, value, &k->value, error));
    if (!is_chosen(k, run))
        *out = 0;
    else if (!k->run)
        *out = 1;
    else if (k->spec->pick == CCI_PICK_FIRST)
        *out = at < k->at;
    else if (k->spec->pick == CCI_PICK_LAST)
        *out = at >= k->at; /* the last one, with a value or not; row order breaks equal times */
    else if (!value || !old)
        *out = value != NULL;
    else {
        CCI_TRY(cci_rational_compare(&k->value, &k->best, &order, error));
        if (k->spec->ascending)
            order = -order;
        *out = order > 0 || (order == 0 && at < k->at);
    }
    return COCREATE_OK;
}

static cocreate_status take_run(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    counting *k = user;
    int64_t at = json_integer_value(json_object_get(doc, "submitted_at"));
    int better;
    (void)id;
    if (at <= k->after)
        return COCREATE_OK;
    k->runs++;
    k->last = k->mine++ == 0 || at > k->last ? at : k->last;
    CCI_TRY(counts(k, doc, at, &better, error));
    if (!better)
        return COCREATE_OK;
    if (compared_value(k, doc))
        CCI_TRY(cci_rational_copy(&k->best, &k->value, error));
    json_t *copy = cci_json_deep_copy(doc);
    if (!copy)
        return cci_no_memory(error);
    json_decref(k->run);
    k->run = copy;
    k->at = at;
    return COCREATE_OK;
}

static cocreate_status run_that_counts(cci_engine *e, const cci_campaign *c, counting *k,
                                       const char *contribution, cocreate_error *error)
{
    char *prefix = cci_state_key(e, CCI_KEY(k->spec->id, contribution, ""));
    json_t *choice = NULL;
    if (!prefix)
        return cci_no_memory(error);
    k->run = NULL;
    k->mine = 0;
    k->after = cci_rejected_until(k->row, contribution);
    cocreate_status status = cci_run_choice(e, c, k->spec->id, contribution, &choice, error);
    k->chosen = json_object_get(choice, "runs");
    if (json_array_size(k->chosen) == 0 || k->board)
        k->chosen = NULL; /* none: the best of all */
    if (status == COCREATE_OK)
        status = cci_state_scan(e, c->part, CCI_KIND_RUN, prefix, take_run, k, error);
    k->chosen = NULL;
    json_decref(choice);
    cci_free(&e->allocator, prefix);
    return status;
}

/* What is ranked: arrays over the candidates still in the game. */
typedef struct table {
    const char **ids, **scores;
    int64_t *at;
    json_t *runs; /* owns the scores' texts; by contribution */
    size_t n;
} table;

static void table_free(const cocreate_allocator *a, table *t)
{
    cci_free(a, (void *)t->ids);
    cci_free(a, (void *)t->scores);
    cci_free(a, t->at);
    json_decref(t->runs);
}

static int count_runs(const counting *k, json_t *run)
{
    return cci_json_put(run, "runs", json_integer(k->mine)) &&
           cci_json_put(run, "last_at", json_integer(k->last));
}

static cocreate_status fill(cci_engine *e, const cci_campaign *c, counting *k,
                            const cci_candidates *list, table *t, cocreate_error *error)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i].out)
            continue;
        cocreate_status status = run_that_counts(e, c, k, list->items[i].id, error);
        json_t *run = k->run;
        k->run = NULL;
        if (status == COCREATE_OK && run && k->board && !count_runs(k, run)) {
            json_decref(run);
            return cci_no_memory(error);
        }
        if (status == COCREATE_OK && run && !cci_json_put(t->runs, list->items[i].id, run))
            status = cci_no_memory(error);
        else if (status != COCREATE_OK)
            json_decref(run);
        CCI_TRY(status);
        if (!run && k->board)
            continue;
        t->ids[t->n] = list->items[i].id;
        t->scores[t->n] = run ? ranked_value(k->spec, run) : NULL;
        t->at[t->n++] = run ? k->at : cci_candidate_at(&list->items[i]);
    }
    return COCREATE_OK;
}

static cocreate_status rank(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                            const json_t *row, const table *t, json_t **out,
                            cocreate_error *error)
{
    json_t *options;
    cci_buffer text;
    cocreate_ranking *ranking = NULL;
    CCI_TRY(cci_tally_options(c, spec, row, &options, error));
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(options, &text, error);
    json_decref(options);
    if (status == COCREATE_OK)
        status = cocreate_rank_scores(&e->allocator, t->ids, t->scores, t->at, t->n, text.data,
                                      &ranking, error);
    cci_buffer_free(&text);
    if (status == COCREATE_OK)
        status = cci_tally_places(ranking, out, error);
    cocreate_ranking_free(ranking);
    return status;
}

/* The run that counted stands beside each place; runs are counted in place of ballots. */
static cocreate_status add_runs(const cci_round_spec *spec, json_t *result, const json_t *runs,
                                int64_t count, cocreate_error *error)
{
    json_t *places = json_object_get(result, "places");
    json_object_del(result, "ballots");
    if (!cci_json_put(result, "runs", json_integer(count)))
        return cci_no_memory(error);
    for (size_t i = 0; i < json_array_size(places); i++) {
        json_t *place = json_array_get(places, i);
        const char *id = json_string_value(json_object_get(place, "id"));
        json_t *run = id ? json_object_get(runs, id) : NULL;
        json_t *value = json_object_get(run, spec->splits ? "private" : "value");
        json_t *seen = spec->splits ? json_object_get(run, "value") : NULL;
        if (run && (!cci_json_put(place, "run", json_incref(json_object_get(run, "run"))) ||
                    !cci_json_put(place, "submitted_at",
                                  json_incref(json_object_get(run, "submitted_at"))) ||
                    (seen && !cci_json_put(place, "public", json_incref(seen))) ||
                    (value && !cci_json_put(place, "value", json_incref(value)))))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* Of who has runs: where it stands, by what, with how many runs, the last one when. */
static cocreate_status add_board(json_t *result, const json_t *runs, cocreate_error *error)
{
    static const char *const of_place[] = {"id", "from", "to", "score", "exact", NULL};
    static const char *const of_run[] = {"runs", "last_at", NULL};
    const json_t *places = json_object_get(result, "places");
    json_t *board = json_array();
    int made = board != NULL;
    for (size_t i = 0; made && i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        const char *id = json_string_value(json_object_get(place, "id"));
        json_t *run = id ? json_object_get(runs, id) : NULL, *item;
        if (!run)
            continue;
        item = cci_json_new();
        made = item != NULL;
        for (size_t k = 0; made && of_place[k]; k++)
            if (json_object_get(place, of_place[k]))
                made = cci_json_put(item, of_place[k], json_incref(json_object_get(place, of_place[k])));
        for (size_t k = 0; made && of_run[k]; k++)
            made = cci_json_put(item, of_run[k], json_incref(json_object_get(run, of_run[k])));
        made = cci_json_push(board, json_incref(item)) && made;
        json_decref(item);
    }
    return cci_json_put(result, "board", board) && made ? COCREATE_OK : cci_no_memory(error);
}

/* Rank the runs by `spec`; `board` writes a board instead of the places of a result. */
static cocreate_status tally(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                             const json_t *row, const cci_candidates *list, int board, json_t **out,
                             char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    counting k = {.spec = spec, .row = row, .board = board};
    json_t *result = NULL;
    CCI_TRY(cci_rational_init(&k.best, error));
    cocreate_status status = cci_rational_init(&k.value, error);
    if (status != COCREATE_OK) {
        cci_rational_clear(&k.best);
        return status;
    }
    table t = {(const char **)cci_alloc(&e->allocator, list->n, sizeof *t.ids),
               (const char **)cci_alloc(&e->allocator, list->n, sizeof *t.scores),
               cci_alloc(&e->allocator, list->n, sizeof *t.at), cci_json_new(), 0};
    if (!t.ids || !t.scores || !t.at || !t.runs)
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = fill(e, c, &k, list, &t, error);
    if (status == COCREATE_OK && k.runs < spec->quorum)
        cci_reason(reason, "%lld run%s, the quorum is %lld", (long long)k.runs, cci_plural(k.runs),
                   (long long)spec->quorum);
    else if (status == COCREATE_OK && board && t.n == 0)
        status = (result = cci_json_new()) ? COCREATE_OK : cci_no_memory(error);
    else if (status == COCREATE_OK)
        status = rank(e, c, spec, row, &t, &result, error);
    if (status == COCREATE_OK && result)
        status = board ? add_board(result, t.runs, error) : add_runs(spec, result, t.runs, k.runs, error);
    table_free(&e->allocator, &t);
    cci_rational_clear(&k.best);
    cci_rational_clear(&k.value);
    if (status != COCREATE_OK) {
        json_decref(result);
        return status;
    }
    *out = result;
    return COCREATE_OK;
}

cocreate_status cci_tally_runs(cci_engine *e, const cci_campaign *c, size_t index,
                               const json_t *row, const cci_candidates *list, json_t **out,
                               char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    return tally(e, c, &c->brief.rounds[index], row, list, 0, out, reason, error);
}

/* Equal values share their places; a lot could not be drawn yet. */
cocreate_status cci_board(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                          json_t **out, cocreate_error *error)
{
    cci_round_spec spec = c->brief.rounds[index];
    cci_candidates list;
    json_t *ids, *result = NULL;
    char reason[CCI_REASON_SIZE];
    cocreate_error why = {0};
    spec.splits = 0;
    spec.ties = NULL;
    spec.quorum = 0;
    spec.pick = spec.pick == CCI_PICK_CHOSEN ? CCI_PICK_BEST : spec.pick;
    *out = NULL;
    if (spec.from_round)
        ids = json_incref(json_object_get(row, "candidates"));
    else
        CCI_TRY(cci_round_published(e, c, &spec, &ids, error));
    cocreate_status status = cci_candidates_load(e, c, ids, &list, error);
    if (status == COCREATE_OK) {
        if (json_array_size(ids) > 0)
            status = tally(e, c, &spec, row, &list, 1, &result, reason, &why);
        cci_candidates_free(&list);
        if (cci_is_verdict(status)) /* numbers that no method ranks: there is no board to show */
            status = COCREATE_OK;
        else if (status != COCREATE_OK && error)
            *error = why;
    }
    json_decref(ids);
    if (status == COCREATE_OK)
        *out = json_incref(json_object_get(result, "board"));
    json_decref(result);
    return status;
}
