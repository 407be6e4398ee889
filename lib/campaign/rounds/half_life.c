#include "campaign/rounds/half_life.h"

#include <stdio.h>
#include <string.h>

#include "campaign/instruments/instrument.h"
#include "cocreate/money.h"
#include "cocreate/ranking.h"

#define LEAST_US INT64_C(3600000000)
#define MOST_US INT64_C(31536000000000)
#define DECIMALS 6
#define MILLION 1000000

/* ---- the brief ---- */

/* Does the method count the sum of what ballots give, as the instrument says where the brief says nothing? */
static int counts_sums(const cci_round_spec *spec)
{
    const char *aggregate = cci_json_text(spec->options, "aggregate");
    size_t said = *aggregate ? 1 : 0;
    return strcmp(spec->method, spec->instrument->method) == 0 && json_object_size(spec->options) == said &&
           (!said || strcmp(aggregate, "sum") == 0);
}

cocreate_status cci_half_life_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                                   cocreate_error *error)
{
    int updown = strcmp(spec->instrument->name, "updown") == 0;
    if (!json_object_get(json, "half_life_us"))
        return COCREATE_OK;
    CCI_TRY(cci_json_i64(json, "half_life_us", LEAST_US, MOST_US, &spec->half_life_us, path, error));
    if (!updown && strcmp(spec->instrument->name, "up") != 0)
        return cci_brief_wrong(path, "half_life_us", error, "is only for the instruments up and updown");
    if (!counts_sums(spec))
        return cci_brief_wrong(path, "method", error,
                               "places go by what votes are worth ('half_life_us'): leave out 'method' and "
                               "'options'");
    return !spec->channels ? COCREATE_OK
                           : cci_brief_wrong(path, "half_life_us", error, "excludes 'channels'");
}

/* ---- places ---- */

int64_t cci_half_life_at(const cci_engine *e, const json_t *row)
{
    const json_t *at = json_object_get(row, "until");
    if (!at)
        at = json_object_get(row, "closed_at");
    return at ? json_integer_value(at) : e->last_at;
}

/* Those that run, as cocreate_rank_scores() reads them: each has the number of its level for a score. */
typedef struct table {
    cocreate_allocator allocator;
    size_t n;
    size_t *which, *levels; /* candidates, and where their sums stand */
    const char **ids, **scores;
    int64_t *at;
    char (*texts)[24];
} table;

static void table_free(table *t)
{
    cci_free(&t->allocator, t->which);
    cci_free(&t->allocator, t->levels);
    cci_free(&t->allocator, (void *)(uintptr_t)t->ids);
    cci_free(&t->allocator, (void *)(uintptr_t)t->scores);
    cci_free(&t->allocator, t->at);
    cci_free(&t->allocator, t->texts);
}

static cocreate_status table_fill(table *t, const cci_candidates *list, const cci_worths *worths,
                                  cocreate_error *error)
{
    const cocreate_allocator *a = &t->allocator;
    t->which = cci_alloc(a, list->n, sizeof *t->which);
    t->levels = cci_alloc(a, list->n, sizeof *t->levels);
    t->ids = (const char **)cci_alloc(a, list->n, sizeof *t->ids);
    t->scores = (const char **)cci_alloc(a, list->n, sizeof *t->scores);
    t->at = cci_alloc(a, list->n, sizeof *t->at);
    t->texts = cci_alloc(a, list->n, sizeof *t->texts);
    if (!t->which || !t->levels || !t->ids || !t->scores || !t->at || !t->texts)
        return cci_no_memory(error);
    for (size_t i = 0; i < list->n; i++)
        if (!list->items[i].out)
            t->which[t->n++] = i;
    CCI_TRY(cci_worths_levels(worths, t->which, t->n, t->levels, error));
    for (size_t i = 0; i < t->n; i++) {
        const cci_candidate *candidate = &list->items[t->which[i]];
        snprintf(t->texts[i], sizeof t->texts[i], "%zu", t->levels[i]);
        t->ids[i] = candidate->id;
        t->scores[i] = t->texts[i];
        t->at[i] = cci_candidate_at(candidate);
    }
    return COCREATE_OK;
}

static cocreate_status rank(const cci_campaign *c, const cci_round_spec *spec, const json_t *row,
                            const table *t, json_t **out, cocreate_error *error)
{
    json_t *options;
    cci_buffer text;
    cocreate_ranking *ranking = NULL;
    cci_round_spec plain = *spec;
    plain.options = NULL; /* those of the method that counts votes alike */
    CCI_TRY(cci_tally_options(c, &plain, row, &options, error));
    cci_buffer_init(&text, &t->allocator);
    cocreate_status status = cci_json_canonical(options, &text, error);
    json_decref(options);
    if (status == COCREATE_OK)
        status = cocreate_rank_scores(&t->allocator, t->ids, t->scores, t->at, t->n, text.data, &ranking,
                                      error);
    cci_buffer_free(&text);
    if (status == COCREATE_OK)
        status = cci_tally_places(ranking, out, error);
    cocreate_ranking_free(ranking);
    return status;
}

/* "12.5": without zeros at the end. */
static cocreate_status worth_text(int64_t millionths, char out[COCREATE_AMOUNT_TEXT], cocreate_error *error)
{
    CCI_TRY(cocreate_amount_print(millionths, DECIMALS, out, error));
    size_t n = strlen(out);
    while (n > 0 && out[n - 1] == '0')
        n--;
    out[n > 0 && out[n - 1] == '.' ? n - 1 : n] = '\0';
    return COCREATE_OK;
}

static cocreate_status put_worth(json_t *place, cci_worths *worths, size_t option, int64_t at,
                                 cocreate_error *error)
{
    int64_t millionths = 0;
    char text[COCREATE_AMOUNT_TEXT];
    CCI_TRY(cci_worths_at(worths, at, option, &millionths, error));
    CCI_TRY(worth_text(millionths, text, error));
    json_t *score = millionths % MILLION == 0 ? json_integer(millionths / MILLION) /* as it is read back */
                                              : json_real((double)millionths / MILLION);
    int made = cci_json_put(place, "score", score) && cci_json_put(place, "exact", json_string(text)) &&
               cci_json_put(place, "points", json_integer(worths->points[option]));
    return made ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status put_worths(json_t *result, const table *t, cci_worths *worths, int64_t at,
                                  cocreate_error *error)
{
    cci_string_set ids;
    uint32_t index;
    int added;
    cocreate_status status = COCREATE_OK;
    const json_t *places = json_object_get(result, "places");
    cci_string_set_init(&ids, &t->allocator);
    for (size_t i = 0; i < t->n && status == COCREATE_OK; i++)
        status = cci_string_set_add(&ids, t->ids[i], &index, &added, error);
    for (size_t i = 0; i < json_array_size(places) && status == COCREATE_OK; i++) {
        json_t *place = json_array_get(places, i);
        index = cci_string_set_find(&ids, cci_json_text(place, "id"));
        status = index == CCI_TABLE_NONE
                     ? cci_fail(error, COCREATE_ERR_INTERNAL, "a place of nobody")
                     : put_worth(place, worths, t->which[index], at, error);
    }
    cci_string_set_free(&ids);
    return status;
}

cocreate_status cci_half_life_rank(const cci_campaign *c, const cci_round_spec *spec, const json_t *row,
                                   const cci_candidates *list, cci_worths *worths, int64_t at, json_t **out,
                                   cocreate_error *error)
{
    table t = {.allocator = worths->allocator};
    json_t *result = NULL;
    cocreate_status status = table_fill(&t, list, worths, error);
    if (status == COCREATE_OK)
        status = rank(c, spec, row, &t, &result, error);
    if (status == COCREATE_OK)
        status = put_worths(result, &t, worths, at, error);
    if (status == COCREATE_OK && !(cci_json_put(result, "method", json_string("half_life")) &&
                                   cci_json_put(result, "at", json_integer(at))))
        status = cci_no_memory(error);
    table_free(&t);
    if (status == COCREATE_OK)
        *out = result;
    else
        json_decref(result);
    return status;
}

/* ---- the board ---- */

static cocreate_status board_ids(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                 const json_t *row, json_t **out, cocreate_error *error)
{
    if (spec->rolling && !spec->from_round)
        return cci_round_published(e, c, spec, out, error);
    *out = json_incref(json_object_get(row, "candidates"));
    return COCREATE_OK;
}

cocreate_status cci_half_life_board(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                    json_t **out, cocreate_error *error)
{
    cci_round_spec spec = c->brief.rounds[index];
    cci_candidates list = {.allocator = e->allocator};
    cci_worths worths = {.allocator = e->allocator};
    json_t *ids, *result = NULL;
    cocreate_error why = {0};
    spec.ties = NULL; /* a lot could not be drawn yet */
    *out = NULL;
    CCI_TRY(board_ids(e, c, &spec, row, &ids, error));
    cocreate_status status = cci_candidates_load(e, c, ids, &list, &why);
    size_t running = 0;
    for (size_t i = 0; status == COCREATE_OK && i < list.n; i++)
        running += !list.items[i].out;
    if (status == COCREATE_OK && running > 0)
        status = cci_round_worths(e, c, index, row, &list, &worths, &why);
    if (status == COCREATE_OK && running > 0)
        status = cci_half_life_rank(c, &spec, row, &list, &worths, e->last_at, &result, &why);
    cci_worths_free(&worths);
    if (list.items)
        cci_candidates_free(&list);
    json_decref(ids);
    if (cci_is_verdict(status)) /* numbers that cannot be counted: there is no board to show */
        status = COCREATE_OK;
    else if (status != COCREATE_OK && error)
        *error = why;
    if (status == COCREATE_OK)
        *out = json_incref(json_object_get(result, "places"));
    json_decref(result);
    return status;
}
