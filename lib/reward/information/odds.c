/* Probabilities of a row. */
#include <stdlib.h>
#include <string.h>

#include "reward/information/score.h"

static cocreate_status read_probability(const json_t *value, cci_number *out, const cci_path *path,
                                        cocreate_error *error)
{
    CCI_TRY(cci_number_read(value, out, path, error));
    if (out->num < 0 || out->num > out->den)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "is not a probability, which is from 0 to 1");
    return COCREATE_OK;
}

static cocreate_status yes_or_no(cci_arena *arena, const json_t *value, cci_odds *out,
                                 const cci_path *path, cocreate_error *error)
{
    cci_number p;
    CCI_TRY(read_probability(value, &p, path, error));
    out->names = cci_arena_alloc(arena, 2, sizeof *out->names);
    out->p = cci_arena_alloc(arena, 2, sizeof *out->p);
    if (out->names == NULL || out->p == NULL)
        return cci_no_memory(error);
    out->n = 2;
    out->names[0] = "no";
    out->p[0] = cci_number_of(p.den - p.num, p.den);
    out->names[1] = "yes";
    out->p[1] = p;
    return COCREATE_OK;
}

static cocreate_status check_sum(const cci_odds *odds, const cci_path *path, cocreate_error *error)
{
    cci_rational sum = {0}, term = {0};
    int order = 0;
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&term, error);
    for (size_t i = 0; i < odds->n && status == COCREATE_OK; i++) {
        status = cci_rational_set_i64(&term, odds->p[i].num, odds->p[i].den, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(&sum, &term, &sum, error);
    }
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&term, 1, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&sum, &term, &order, error);
    cci_rational_clear(&term);
    cci_rational_clear(&sum);
    if (status != COCREATE_OK || order == 0)
        return status;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "the probabilities sum to %s than 1",
                         order < 0 ? "less" : "more");
}

/* Names come in the order of the object, which may be any: put each where it belongs. */
static void insert(cci_odds *odds, const char *name, cci_number p)
{
    size_t at = odds->n++;
    while (at > 0 && strcmp(odds->names[at - 1], name) > 0) {
        odds->names[at] = odds->names[at - 1];
        odds->p[at] = odds->p[at - 1];
        at--;
    }
    odds->names[at] = name;
    odds->p[at] = p;
}

cocreate_status cci_odds_read(cci_arena *arena, const json_t *row, const char *key, cci_odds *out,
                              const cci_path *path, cocreate_error *error)
{
    cci_path p_at = cci_path_key(path, "p"), at = cci_path_key(path, key);
    const json_t *p = json_object_get(row, "p");
    json_t *object;
    *out = (cci_odds){0};
    CCI_TRY(cci_json_get_object_opt(row, key, &object, path, error));
    if (p != NULL && !json_is_null(p)) {
        if (object != NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "given beside \"p\"");
        return yes_or_no(arena, p, out, &p_at, error);
    }
    if (object == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "required, but missing: there is no \"p\" either");
    size_t n = json_object_size(object);
    if (n > CCI_OUTCOMES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, &at, "names %zu outcomes, more than %d", n,
                             CCI_OUTCOMES_MAX);
    out->names = cci_arena_alloc(arena, n, sizeof *out->names);
    out->p = cci_arena_alloc(arena, n, sizeof *out->p);
    if (out->names == NULL || out->p == NULL)
        return cci_no_memory(error);
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) {
        cci_number probability;
        cci_path here = cci_path_key(&at, name);
        CCI_TRY(read_probability(value, &probability, &here, error));
        insert(out, name, probability);
    }
    return check_sum(out, &at, error);
}

cci_number cci_odds_of(const cci_odds *odds, const char *name)
{
    for (size_t i = 0; i < odds->n; i++)
        if (strcmp(odds->names[i], name) == 0)
            return odds->p[i];
    return (cci_number){0, 1};
}
