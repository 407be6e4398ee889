#include "reward/sharing/share.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "money/split.h"

/* Longest number of a trace: what its reader takes. */
enum { TEXT_MAX = 400 };

cocreate_status cci_claims_init(cci_evaluation *e, size_t n, cci_claims *out, cocreate_error *error)
{
    *out = (cci_claims){0};
    out->ids = cci_arena_alloc(&e->scratch, n, sizeof *out->ids);
    out->weights = cci_arena_alloc(&e->scratch, n, sizeof *out->weights);
    out->shares = cci_arena_alloc(&e->scratch, n, sizeof *out->shares);
    if (out->ids == NULL || out->weights == NULL || out->shares == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_rational_init(&out->total, error));
    for (; out->n < n; out->n++)
        CCI_TRY(cci_rational_init(&out->weights[out->n], error));
    return COCREATE_OK;
}

void cci_claims_free(cci_claims *claims)
{
    for (size_t i = 0; i < claims->n; i++)
        cci_rational_clear(&claims->weights[i]);
    cci_rational_clear(&claims->total);
    claims->n = 0;
}

cocreate_status cci_read_on_empty(const json_t *json, int *out, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const choices[] = {"return", "equal", "error", NULL};
    return cci_json_choice_opt(json, "on_empty", choices, out, path, error);
}

static cocreate_status sum_up(cci_claims *claims, cocreate_error *error)
{
    CCI_TRY(cci_rational_set_i64(&claims->total, 0, 1, error));
    for (size_t i = 0; i < claims->n; i++)
        CCI_TRY(cci_rational_add(&claims->total, &claims->weights[i], &claims->total, error));
    return COCREATE_OK;
}

cocreate_status cci_claims_split(cci_evaluation *e, const cci_rule *rule, int64_t pool,
                                 int on_empty, const char *what, const cci_path *at,
                                 cci_claims *claims, cocreate_error *error)
{
    cocreate_split_options options;
    cocreate_error inner;
    int64_t returned;
    CCI_TRY(sum_up(claims, error));
    if (cci_rational_sign(&claims->total) == 0) {
        if (on_empty == CCI_EMPTY_ERROR)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, at,
                                 "nobody has any %s to share the pool of rule \"%s\" by", what,
                                 rule->id);
        if (on_empty == CCI_EMPTY_RETURN)
            return COCREATE_OK; /* shares are 0 */
        claims->equal = 1;
        for (size_t i = 0; i < claims->n; i++)
            CCI_TRY(cci_rational_set_i64(&claims->weights[i], 1, 1, error));
        CCI_TRY(sum_up(claims, error));
    }
    CCI_TRY(cci_split_options_of(e, rule, claims->ids, &options, error));
    cocreate_status status = cci_split_rational(&e->scratch.allocator, pool, claims->weights,
                                                claims->n, &options, claims->shares, &returned,
                                                &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    return status == COCREATE_OK ? status : cci_json_fail(error, status, at, "%s", inner.text);
}

/* "key":"number" */
static cocreate_status put_number(cci_buffer *b, const char *key, const cci_rational *r,
                                  cocreate_error *error)
{
    cci_buffer_format(b, "\"%s\":\"", key);
    size_t start = b->size;
    CCI_TRY(cci_rational_text(r, b, error));
    if (b->size - start > TEXT_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "an exact share needs more than %d characters", TEXT_MAX);
    cci_buffer_byte(b, '"');
    return COCREATE_OK;
}

static cocreate_status put_share(cci_buffer *b, const cci_rule *rule, int64_t pool,
                                 const cci_claims *claims, size_t i, cci_rational *exact,
                                 cocreate_error *error)
{
    int64_t whole;
    CCI_TRY(cci_rational_set_i64(exact, pool, 1, error));
    CCI_TRY(cci_rational_mul(exact, &claims->weights[i], exact, error));
    CCI_TRY(cci_rational_div(exact, &claims->total, exact, error));
    CCI_TRY(cci_rational_round(exact, 0, CCI_ROUND_FLOOR, &whole, error));
    cci_buffer_text(b, ",{");
    CCI_TRY(put_number(b, "exact", exact, error));
    cci_buffer_format(b, ",\"extra\":%" PRId64 ",\"method\":\"%s\",\"minor\":%" PRId64 ",",
                      claims->shares[i] - whole, rule->method, claims->shares[i]);
    CCI_TRY(put_number(b, "of", &claims->total, error));
    cci_buffer_format(b, ",\"op\":\"apportion\",\"pool\":%" PRId64 ",", pool);
    CCI_TRY(put_number(b, "weight", &claims->weights[i], error));
    cci_buffer_byte(b, '}');
    return COCREATE_OK;
}

cocreate_status cci_trace_share(cci_trace *t, const cci_rule *rule, int64_t pool,
                                const cci_claims *claims, size_t i, const char *by,
                                const char *named, cocreate_error *error)
{
    cci_buffer *b = &t->text;
    cci_rational exact = {0};
    if (b->size > 1)
        cci_buffer_byte(b, ',');
    cci_buffer_format(b, "{\"by\":\"%s\"", claims->equal ? "equal" : by);
    if (named != NULL && !claims->equal)
        cci_buffer_format(b, ",\"of\":\"%s\"", named);
    cci_buffer_text(b, ",\"op\":\"weight\",");
    CCI_TRY(put_number(b, "weight", &claims->weights[i], error));
    cci_buffer_byte(b, '}');
    CCI_TRY(cci_rational_init(&exact, error));
    cocreate_status status = put_share(b, rule, pool, claims, i, &exact, error);
    cci_rational_clear(&exact);
    return status;
}

cocreate_status cci_read_pool(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                              int64_t *pool, const cci_path *path, cocreate_error *error)
{
    CCI_TRY(cci_read_amount(scheme, json, "pool", pool, path, error));
    rule->bound = *pool;
    rule->why = "the pool";
    return COCREATE_OK;
}

cocreate_status cci_set_number(cci_rational *r, cci_number n, cocreate_error *error)
{
    return cci_rational_set_i64(r, n.num, n.den, error);
}

cocreate_status cci_add_number(cci_rational *r, cci_number n, cocreate_error *error)
{
    cci_rational term = {0};
    CCI_TRY(cci_rational_init(&term, error));
    cocreate_status status = cci_set_number(&term, n, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(r, &term, r, error);
    cci_rational_clear(&term);
    return status;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void cci_people_sort(cci_people *people)
{
    size_t kept = 0;
    if (people->n == 0)
        return;
    qsort(people->ids, people->n, sizeof *people->ids, by_text);
    for (size_t i = 1; i < people->n; i++)
        if (strcmp(people->ids[kept], people->ids[i]) != 0)
            people->ids[++kept] = people->ids[i];
    people->n = kept + 1;
}

size_t cci_people_find(const cci_people *people, const char *id)
{
    size_t low = 0, high = people->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, people->ids[middle]);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return people->n;
}
