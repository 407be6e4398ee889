/* price_list: a price for each selected entry, times what its facts say: the level of its author, the way it
 * was ordered. */
#include <string.h>

#include "base/checked.h"
#include "reward/section.h"
#include "reward/steps.h"

enum { FACTORS_MAX = 8, VALUES_MAX = 100 };

typedef struct choice {
    const char *word;
    cci_number value;
} choice;

typedef struct factor {
    const char *by; /* a fact of the entry */
    choice *values;
    size_t n;
} factor;

typedef struct price_list {
    int64_t price, max_total;
    factor factors[FACTORS_MAX];
    size_t n;
    const char *rounding;
} price_list;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"price", "amount", 1, "of each selected entry, before its factors"},
    {"factors", "list", 1,
     "[{by, values}]: a fact of the entry, in the list \"facts\" of the result, and what each of its words "
     "multiplies by"},
    {"round", "string", 0, "half_up (default), half_even, floor or ceil: once, of the exact price"},
    {"max_total", "amount", 0, "all prices together; by default the budget of the fund"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* ---- the scheme ---- */

static cocreate_status read_values(cocreate_scheme *scheme, const json_t *json, factor *f,
                                   const cci_path *path,
                                   cocreate_error *error)
{
    json_t *values, *value;
    const char *word;
    cci_path at = cci_path_key(path, "values");
    CCI_TRY(cci_json_get_object(json, "values", &values, path, error));
    size_t n = json_object_size(values);
    if (n == 0 || n > VALUES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu words, not 1 to %d", n, VALUES_MAX);
    f->values = cci_arena_alloc(&scheme->arena, n, sizeof *f->values);
    if (f->values == NULL)
        return cci_no_memory(error);
    json_object_foreach(values, word, value)
    {
        cci_path here = cci_path_key(&at, word);
        choice *c = &f->values[f->n++];
        CCI_TRY(cci_number_read(value, &c->value, &here, error));
        if (c->value.num <= 0 || c->value.num > 1000000 || c->value.den > 1000000)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "not above 0, or with more than 1000000 above or below the line");
        c->word = cci_arena_copy(&scheme->arena, word, strlen(word));
        if (c->word == NULL)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* May a number of the trace be called so? Some names are taken. */
static int is_name(const char *by)
{
    static const char *const taken[] = {"price", "exact", "amount", "entry"};
    for (int i = 0; i < 4; i++)
        if (strcmp(by, taken[i]) == 0)
            return 0;
    return cci_figures_is_name(by);
}

static cocreate_status read_factor(cocreate_scheme *scheme, const json_t *json, price_list *p,
                                   const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"by", "values", NULL};
    factor *f = &p->factors[p->n];
    cci_path at = cci_path_key(path, "by");
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_keys(json, keys, path, error));
    CCI_TRY(cci_json_string(json, "by", &f->by, path, error));
    if (!is_name(f->by))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "'%.30s' is no name of a number in a trace, or one of price, exact, amount, "
                             "entry",
                             f->by);
    f->by = cci_arena_copy(&scheme->arena, f->by, strlen(f->by));
    if (f->by == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->factors[i].by, f->by) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "'%s' is that of another factor", f->by);
    p->n++;
    return read_values(scheme, json, f, path, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule,
                             cocreate_error *error)
{
    static const char *const roundings[] = {"half_up", "half_even", "floor", "ceil", NULL};
    cci_path at = cci_path_key(path, "factors");
    json_t *list;
    int rounding = 0;
    price_list *p = cci_arena_alloc(&scheme->arena, 1, sizeof *p);
    if (p == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_amount(scheme, json, "price", &p->price, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &p->max_total, path, error));
    CCI_TRY(cci_json_choice_opt(json, "round", roundings, &rounding, path, error));
    CCI_TRY(cci_json_get_array(json, "factors", &list, path, error));
    if (json_array_size(list) == 0 || json_array_size(list) > FACTORS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu factors, not 1 to %d",
                             json_array_size(list), FACTORS_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path here = cci_path_at(&at, i);
        CCI_TRY(read_factor(scheme, json_array_get(list, i), p, &here, error));
    }
    p->rounding = roundings[rounding];
    rule->why = p->max_total > 0 ? "at most max_total" : "at most the budget of the fund";
    rule->bound = p->max_total > 0 ? p->max_total : rule->fund->budget;
    rule->parameters = p;
    return COCREATE_OK;
}

/* ---- the result ---- */

/* The row of "facts" of each entry, by its place among the entries; NULL where there is none. */
static cocreate_status read_facts(cci_evaluation *e, const cci_section *section, const json_t **rows,
                                  cocreate_error *error)
{
    for (size_t i = 0; i < section->n; i++) {
        const json_t *row;
        const cci_entry *entry;
        cci_path path;
        CCI_TRY(cci_section_row(section, i, &row, &path, error));
        CCI_TRY(cci_row_entry(e, row, "entry", &entry, &path, error));
        size_t index = (size_t)(entry - e->result->entries);
        if (rows[index] != NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "a second row of entry \"%.60s\"",
                                 entry->id);
        rows[index] = row;
    }
    return COCREATE_OK;
}

static cocreate_status find_value(const cci_evaluation *e, const cci_entry *entry, const json_t *row,
                                  const factor *f, cci_number *out, cocreate_error *error)
{
    const json_t *word = json_object_get(row, f->by);
    cci_entry_path path;
    for (size_t i = 0; i < f->n; i++)
        if (json_is_string(word) && strcmp(json_string_value(word), f->values[i].word) == 0) {
            *out = f->values[i].value;
            return COCREATE_OK;
        }
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_result_path(e->result, entry, &path),
                         json_is_string(word)
                             ? "is selected, and its '%s' in \"facts\", \"%.60s\", has no factor"
                                              : "is selected, and has no '%s' in \"facts\"",
                         f->by, json_is_string(word) ? json_string_value(word) : "");
}

/* price * factor * ...: exact, rounded once. */
static cocreate_status price_of(cci_evaluation *e, const price_list *p, const cci_entry *entry,
                                const json_t *row, int64_t *minor, cocreate_error *error)
{
    const char *args[FACTORS_MAX + 2] = {"price"};
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "price", CCI_UNIT_MINOR, p->price, error));
    for (size_t i = 0; i < p->n; i++) {
        cci_number value = {0, 0};
        CCI_TRY(find_value(e, entry, row, &p->factors[i], &value, error));
        CCI_TRY(cci_trace_number(t, p->factors[i].by, CCI_UNIT_NONE, value, error));
        args[i + 1] = p->factors[i].by;
    }
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "product", args, error));
    CCI_TRY(cci_trace_calc(t, "amount", CCI_UNIT_MINOR, p->rounding, CCI_ARGS("exact"), error));
    return cci_trace_pay(t, "amount", minor, error);
}

/* "The price of {price} times {tier} (tier) times {search} (search) is {amount}." */
static cocreate_status say(cci_evaluation *e, const price_list *p, cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &e->trace.text.allocator);
    cci_buffer_text(&text, "The price of {price}");
    for (size_t i = 0; i < p->n; i++)
        cci_buffer_format(&text, " times {%s} (%s)", p->factors[i].by, p->factors[i].by);
    cci_buffer_text(&text, " is {amount}.");
    cocreate_status status = text.failed ? cci_no_memory(error) : COCREATE_OK;
    if (status == COCREATE_OK)
        cci_trace_say(&e->trace, text.data);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status pay(cci_evaluation *e, const cci_rule *rule, const cci_entry *entry, const json_t *row,
                           int64_t *total, cocreate_error *error)
{
    const price_list *p = rule->parameters;
    int64_t minor = 0;
    CCI_TRY(price_of(e, p, entry, row, &minor, error));
    if (!cci_add_i64(*total, minor, total) || *total > rule->bound) {
        char bound[COCREATE_AMOUNT_TEXT];
        cci_entry_path path;
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_result_path(e->result, entry, &path),
                             "with it the selected entries cost more than the %s that rule \"%s\" may pay",
                             cci_amount_text(e->scheme, rule->bound, bound), rule->id);
    }
    CCI_TRY(say(e, p, error));
    return cci_pay(e, rule, entry, minor, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_stand *stands;
    cci_section section;
    size_t n;
    int64_t total = 0;
    const json_t **rows =
        cci_arena_alloc(&e->scratch, e->result->n ? e->result->n : 1, sizeof *rows);
    if (rows == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_section_open(e, rule, "facts", 1, &section, error));
    CCI_TRY(read_facts(e, &section, rows, error));
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    for (size_t i = 0; i < n; i++) {
        const cci_entry *entry = stands[i].entry;
        if (entry->selected)
            CCI_TRY(pay(e, rule, entry, rows[entry - e->result->entries], &total, error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_price_list = {
    .kind = "price_list",
    .title = "A price for each selected entry, times what its facts say",
    .parameters = parameters,
    .bound = "max_total, or the budget of the fund",
    .source = "Advego: the least price times 1, 5/4, 2, 3 or 7 by the level of the author, and 1, 11/10, 5/4 "
              "or 3/2 by how the author was found",
    .parse = parse,
    .evaluate = evaluate,
};
