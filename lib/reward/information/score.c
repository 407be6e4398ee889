#include "reward/information/score.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "cocreate/money.h"

cocreate_status cci_refuse_key(const cci_path *path, const char *key, const char *what,
                               cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", what);
}

/* -- Terms of pay ----------------------------------------------------------------------------- */

cocreate_status cci_read_max_awards(const json_t *json, const cci_rule *rule, int64_t *out,
                                    const cci_path *path, cocreate_error *error)
{
    *out = 0;
    CCI_TRY(cci_json_i64_opt(json, "max_awards", 1, INT32_MAX, out, path, error));
    return *out == 0 ? cci_unbounded(rule, path, "\"max_awards\"", error) : COCREATE_OK;
}

cocreate_status cci_bound_each(cocreate_scheme *scheme, cci_rule *rule, int64_t each, int64_t count,
                               const cci_path *path, cocreate_error *error)
{
    char text[COCREATE_AMOUNT_TEXT];
    if (!cci_mul_i64(each, count, &rule->bound) || rule->bound > CCI_MINOR_MAX) {
        cci_path at = cci_path_key(path, "max_awards");
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
    }
    cci_buffer why;
    cci_buffer_init(&why, &scheme->arena.allocator);
    cci_buffer_format(&why, "%" PRId64 " times %s", count, cci_amount_text(scheme, each, text));
    return cci_arena_finish(&scheme->arena, &why, &rule->why, error);
}

/* An amount that may be 0 or less. */
static cocreate_status read_base(const cocreate_scheme *scheme, const json_t *json, int64_t *out,
                                 const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "base");
    const json_t *value = json_object_get(json, "base");
    const char *text = json_string_value(value);
    cocreate_error inner;
    int64_t minor = 0;
    *out = 0;
    if (value == NULL || json_is_null(value))
        return COCREATE_OK;
    if (text == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "an amount is a string such as \"1000.00\"");
    cocreate_status status = cocreate_amount_parse(text, scheme->exponent, &minor, &inner);
    if (status == COCREATE_ERR_OVERFLOW ||
        (status == COCREATE_OK && (minor > CCI_MINOR_MAX || minor < -CCI_MINOR_MAX)))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "more than 2^53 - 1 minor units of %s", scheme->currency);
    if (status != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", inner.text);
    *out = minor;
    return COCREATE_OK;
}

/* floor(base + scale * score) */
static cocreate_status pay_of(const cci_terms_of_pay *terms, cci_number score, int64_t *out,
                              cocreate_error *error)
{
    cci_rational pay = {0}, base = {0};
    cocreate_status status = cci_rational_init(&pay, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&base, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&pay, score.num, score.den, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&base, terms->scale, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&pay, &base, &pay, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&base, terms->base, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(&pay, &base, &pay, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&pay, 0, CCI_ROUND_FLOOR, out, error);
    cci_rational_clear(&base);
    cci_rational_clear(&pay);
    return status;
}

cocreate_status cci_refuse_forms(const cci_form_key *keys, int form, const json_t *json, const cci_path *path,
                                 cocreate_error *error)
{
    for (; keys->key; keys++) {
        const json_t *value = json_object_get(json, keys->key);
        if (value != NULL && !json_is_null(value) && !(keys->forms >> form & 1))
            return cci_refuse_key(path, keys->key, keys->what, error);
    }
    return COCREATE_OK;
}

cocreate_status cci_read_pay(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                             cci_number highest, cci_terms_of_pay *out, const cci_path *path,
                             cocreate_error *error)
{
    int64_t each;
    cocreate_error inner;
    CCI_TRY(read_base(scheme, json, &out->base, path, error));
    CCI_TRY(cci_read_amount(scheme, json, "scale", &out->scale, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "min", &out->least, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max", &out->most, path, error));
    if (out->most > 0 && out->least > out->most)
        return cci_refuse_key(path, "min", "is more than \"max\"", error);
    CCI_TRY(cci_read_max_awards(json, rule, &out->max_awards, path, error));
    if (out->most == 0 && highest.den == 0)
        return cci_unbounded(rule, path, "a \"max\"", error);
    each = out->most;
    if (highest.den > 0) {
        cocreate_status status = pay_of(out, highest, &each, &inner);
        if (status == COCREATE_ERR_MEMORY)
            return cci_no_memory(error);
        if (status != COCREATE_OK) /* beyond 64 bits: whatever "max" says is less */
            each = out->most > 0 ? out->most : INT64_MAX;
        if (out->most > 0 && each > out->most)
            each = out->most;
    }
    if (each < out->least)
        each = out->least;
    return cci_bound_each(scheme, rule, each, out->max_awards, path, error);
}

cocreate_status cci_check_due(const cci_rule *rule, const cci_section *section, size_t due,
                                 int64_t max_awards, cocreate_error *error)
{
    if (due <= (uint64_t)max_awards)
        return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &section->list,
                         "more is due than the %" PRId64 " awards that rule \"%s\" may make",
                         max_awards, rule->id);
}

/* -- Paying ----------------------------------------------------------------------------------- */

/* The sign of a named number less a whole one. */
static cocreate_status compare(const cci_trace *t, const char *name, int64_t than, int *out,
                               cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_trace_get(t, name, &a, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&b, than, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&a, &b, out, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    return status;
}

cocreate_status cci_pay_score(cci_evaluation *e, const cci_rule *rule, const cci_terms_of_pay *terms,
                              const char *person, const char *component, const char *say,
                              cocreate_error *error)
{
    cci_trace *t = &e->trace;
    const char *raw = "scaled", *limit = "";
    char text[160];
    int64_t minor;
    int below = 0, above = 0;
    CCI_TRY(cci_trace_integer(t, "scale", CCI_UNIT_MINOR, terms->scale, error));
    CCI_TRY(cci_trace_calc(t, "scaled", CCI_UNIT_MINOR, "product", CCI_ARGS("scale", "score"), error));
    if (terms->base != 0) {
        CCI_TRY(cci_trace_integer(t, "base", CCI_UNIT_MINOR, terms->base, error));
        CCI_TRY(cci_trace_calc(t, "both", CCI_UNIT_MINOR, "sum", CCI_ARGS("base", "scaled"), error));
        raw = "both";
    }
    CCI_TRY(compare(t, raw, terms->least, &below, error));
    if (terms->most > 0)
        CCI_TRY(compare(t, raw, terms->most, &above, error));
    if (below < 0) {
        CCI_TRY(cci_trace_integer(t, "least", CCI_UNIT_MINOR, terms->least, error));
        CCI_TRY(cci_trace_calc(t, "within", CCI_UNIT_MINOR, "maximum", CCI_ARGS(raw, "least"), error));
        raw = "within";
        limit = ", at least {least}";
    } else if (above > 0) {
        CCI_TRY(cci_trace_integer(t, "most", CCI_UNIT_MINOR, terms->most, error));
        CCI_TRY(cci_trace_calc(t, "within", CCI_UNIT_MINOR, "minimum", CCI_ARGS(raw, "most"), error));
        raw = "within";
        limit = ", at most {most}";
    }
    CCI_TRY(cci_trace_calc(t, "pay", CCI_UNIT_MINOR, "floor", CCI_ARGS(raw), error));
    cci_trace_say(t, say);
    snprintf(text, sizeof text, "%s{scale} times the score%s: {pay}.",
             terms->base != 0 ? "{base} and " : "", limit);
    cci_trace_say(t, text);
    CCI_TRY(cci_trace_pay(t, "pay", &minor, error));
    return cci_pay_person(e, rule, person, component, minor, error);
}

cocreate_status cci_pay_least(cci_evaluation *e, const cci_rule *rule, const cci_terms_of_pay *terms,
                              const char *person, const char *component, const char *say,
                              cocreate_error *error)
{
    cci_trace *t = &e->trace;
    int64_t minor;
    CCI_TRY(cci_trace_integer(t, "least", CCI_UNIT_MINOR, terms->least, error));
    cci_trace_say(t, say);
    cci_trace_say(t, "That is paid the least: {least}.");
    CCI_TRY(cci_trace_pay(t, "least", &minor, error));
    return cci_pay_person(e, rule, person, component, minor, error);
}

/* -- Numbers ---------------------------------------------------------------------------------- */

cocreate_status cci_elementary(const char *operation, const cci_rational *x, const char *decimals,
                          cci_rational *out, cocreate_error *error)
{
    cci_figures figures = {0};
    cocreate_status status = cci_figures_set(&figures, "x", CCI_UNIT_NONE, x, error);
    if (status == COCREATE_OK)
        status = cci_figures_apply(&figures, operation, CCI_ARGS("x", decimals), 2, out, error);
    cci_figures_free(&figures);
    return status;
}

cocreate_status cci_ln_billionths(const cci_rational *x, int64_t *out, cocreate_error *error)
{
    cci_rational y = {0};
    CCI_TRY(cci_rational_init(&y, error));
    cocreate_status status = cci_elementary("ln", x, "9", &y, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&y, 9, CCI_ROUND_FLOOR, out, error); /* exact already */
    cci_rational_clear(&y);
    return status;
}

/* -- Rows ------------------------------------------------------------------------------------- */

cocreate_status cci_outcome_opt(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(json, key);
    if (json_is_boolean(value)) {
        *out = json_is_true(value) ? "yes" : "no";
        return COCREATE_OK;
    }
    return cci_json_id_opt(json, key, out, path, error);
}

cocreate_status cci_row_counts(const json_t *row, int *out, const cci_path *path,
                               cocreate_error *error)
{
    const char *status = "valid";
    CCI_TRY(cci_json_string_opt(row, "status", &status, path, error));
    *out = strcmp(status, "valid") == 0;
    return COCREATE_OK;
}

static int by_question(const void *a, const void *b)
{
    const cci_question *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

cocreate_status cci_questions_read(cci_evaluation *e, const cci_rule *rule, cci_questions *out,
                                   cocreate_error *error)
{
    cci_section section;
    CCI_TRY(cci_section_open(e, rule, "questions", 0, &section, error));
    cci_question *items = cci_arena_alloc(&e->scratch, section.n, sizeof *items);
    if (items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path at;
        CCI_TRY(cci_section_row(&section, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "id", &items[i].id, &at, error));
        CCI_TRY(cci_outcome_opt(row, "outcome", &items[i].outcome, &at, error));
        items[i].index = i;
    }
    if (section.n > 0)
        qsort(items, section.n, sizeof *items, by_question);
    for (size_t i = 1; i < section.n; i++)
        if (strcmp(items[i - 1].id, items[i].id) == 0) {
            cci_path at = cci_path_at(&section.list, items[i].index);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "the id \"%s\" is that of $.questions[%zu] already", items[i].id,
                                 items[i - 1].index);
        }
    *out = (cci_questions){items, section.n};
    return COCREATE_OK;
}

const cci_question *cci_question_find(const cci_questions *questions, const char *id)
{
    size_t low = 0, high = questions->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, questions->items[middle].id);
        if (order == 0)
            return &questions->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

cocreate_status cci_matter_ticket(const cci_evaluation *e, const cci_rule *rule, const char *matter,
                                  const char *person, cci_digest *out, cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &e->scratch.allocator);
    /* Its length first, so that no two pairs give the same text. */
    cci_buffer_format(&text, "%zu:%s:%s", strlen(matter), matter, person);
    if (text.failed) {
        cci_buffer_free(&text);
        return cci_no_memory(error);
    }
    *out = cci_lot_ticket(e->seed, rule->id, text.data);
    cci_buffer_free(&text);
    return COCREATE_OK;
}
