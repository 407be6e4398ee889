/* What rules of recognition have in common besides events: periods, totals, details, points. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/awards.h"
#include "reward/recognition/events.h"

const char *const cci_period_names[] = {"day", "week", "month", "all", NULL};

int64_t cci_period_of(cci_period period, int64_t day)
{
    char text[CCI_TIME_TEXT];
    if (period == CCI_WEEK) { /* 1970-01-01 was a Thursday */
        int64_t from_monday = day + 3;
        return from_monday >= 0 ? from_monday / 7 : -((-from_monday - 1) / 7) - 1;
    }
    if (period == CCI_MONTH && day > -719528 && day < 2932897) {
        cci_time_text(day * CCI_DAY_US, text);
        int64_t year = 0;
        for (int i = 0; i < 4; i++)
            year = year * 10 + (text[i] - '0');
        return year * 12 + (text[5] - '0') * 10 + (text[6] - '0');
    }
    return period == CCI_ALWAYS ? 0 : day;
}

/* -- Totals ----------------------------------------------------------------------------------- */

cocreate_status cci_read_of(cocreate_scheme *scheme, const json_t *json, const cci_rule *rule,
                            const char **of, const cci_path *path, cocreate_error *error)
{
    const char *id = NULL;
    cci_path at = cci_path_key(path, "of");
    CCI_TRY(cci_json_id_opt(json, "of", &id, path, error));
    *of = NULL;
    if (id == NULL)
        return COCREATE_OK;
    for (size_t i = 0; i < rule->index; i++)
        if (strcmp(scheme->rules[i].id, id) == 0 && scheme->rules[i].unit != NULL)
            *of = scheme->rules[i].id;
    return *of != NULL ? COCREATE_OK
                       : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                       "no rule of points before this one is called \"%s\"", id);
}

static int by_person(const void *a, const void *b)
{
    return strcmp(((const cci_total *)a)->person, ((const cci_total *)b)->person);
}

static cocreate_status totals_of_rule(cci_evaluation *e, const cci_rule *rule, const char *of,
                                      cci_total **out, size_t *n, cocreate_error *error)
{
    size_t count = 0, kept = 0;
    cci_total *totals = cci_arena_alloc(&e->scratch, e->awards->n, sizeof *totals);
    if (totals == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < e->awards->n; i++) {
        const cci_award *award = &e->awards->items[i];
        int64_t scale = 1;
        if (strcmp(award->rule_id, of) != 0 || !cci_person_eligible(e, rule, award->to))
            continue;
        for (int32_t k = 0; k < award->exponent; k++)
            scale *= 10;
        totals[count++] =
            (cci_total){.person = award->to, .points = cci_number_of(award->minor, scale)};
    }
    if (count > 0)
        qsort(totals, count, sizeof *totals, by_person);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || strcmp(totals[kept - 1].person, totals[i].person) != 0)
            totals[kept++] = totals[i];
        else if (!cci_number_add(totals[kept - 1].points, totals[i].points,
                                 &totals[kept - 1].points))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.rules[%zu]: the points of \"%s\" do not fit 64 bits", rule->index,
                            totals[i].person);
    }
    *out = totals;
    *n = kept;
    return COCREATE_OK;
}

cocreate_status cci_totals_read(cci_evaluation *e, const cci_rule *rule, const char *of,
                                cci_total **out, size_t *n, cocreate_error *error)
{
    cci_section section;
    size_t count = 0;
    if (of != NULL)
        return totals_of_rule(e, rule, of, out, n, error);
    CCI_TRY(cci_section_open(e, rule, "totals", 0, &section, error));
    cci_total *totals = cci_arena_alloc(&e->scratch, section.n, sizeof *totals);
    if (totals == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < section.n; i++) {
        const json_t *row;
        cci_path at;
        cci_total *t = &totals[i];
        CCI_TRY(cci_section_row(&section, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "person", &t->person, &at, error));
        CCI_TRY(cci_row_number(row, "points", 1, &t->points, &at, error));
        CCI_TRY(cci_row_number(row, "best", 1, &t->best, &at, error));
        CCI_TRY(cci_row_time(row, "at", &t->at, &at, error));
    }
    if (section.n > 0)
        qsort(totals, section.n, sizeof *totals, by_person);
    for (size_t i = 0; i < section.n; i++) {
        if (i > 0 && strcmp(totals[i].person, totals[i - 1].person) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &section.list,
                                 "\"%s\" is there twice", totals[i].person);
    }
    for (size_t i = 0; i < section.n; i++)
        if (cci_person_eligible(e, rule, totals[i].person))
            totals[count++] = totals[i];
    *out = totals;
    *n = count;
    return COCREATE_OK;
}

/* -- Details ---------------------------------------------------------------------------------- */

static void key_of(cci_buffer *b, const char *key)
{
    cci_buffer_format(b, "%s\"%s\":", b->size > 0 ? "," : "{", key);
}

void cci_detail_text(cci_buffer *b, const char *key, const char *text)
{
    if (text == NULL)
        return;
    key_of(b, key);
    cci_json_quote(b, text, strlen(text));
}

void cci_detail_integer(cci_buffer *b, const char *key, int64_t value)
{
    key_of(b, key);
    cci_buffer_format(b, "%" PRId64, value);
}

void cci_detail_number(cci_buffer *b, const char *key, cci_number value)
{
    key_of(b, key);
    cci_buffer_byte(b, '"');
    cci_number_text(value, b);
    cci_buffer_byte(b, '"');
}

cocreate_status cci_recognise_with(cci_evaluation *e, const cci_rule *rule, const char *person,
                                   const char *component, const char *say, cci_buffer *b,
                                   cocreate_error *error)
{
    const char *detail;
    if (say != NULL)
        cci_trace_say(&e->trace, say);
    cci_trace_grant(&e->trace, rule->kind->kind);
    cci_buffer_text(b, b->size > 0 ? "}" : "{}");
    CCI_TRY(cci_arena_finish(&e->scratch, b, &detail, error));
    return cci_recognise(e, rule, person, component, rule->kind->kind, detail, error);
}

/* -- Times and numbers ------------------------------------------------------------------------ */

cocreate_status cci_document_time(const cci_evaluation *e, const char *key, cci_time *out,
                                  cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    return cci_row_time(e->document, key, out, &root, error);
}

cocreate_status cci_need_time(const cci_evaluation *e, const cci_rule *rule, const char *key,
                              int64_t *out, cocreate_error *error)
{
    cci_time time;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, key);
    CCI_TRY(cci_document_time(e, key, &time, error));
    if (!time.known)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "required by rule \"%s\", but missing", rule->id);
    *out = time.at;
    return COCREATE_OK;
}

int cci_number_mul(cci_number a, cci_number b, cci_number *out)
{
    cci_number x = cci_number_of(a.num, b.den), y = cci_number_of(b.num, a.den), r;
    if (!cci_mul_i64(x.num, y.num, &r.num) || !cci_mul_i64(x.den, y.den, &r.den) ||
        r.num == INT64_MIN)
        return 0;
    *out = r;
    return 1;
}

int cci_number_add(cci_number a, cci_number b, cci_number *out)
{
    int64_t p, q, num, den;
    cci_number ratio = cci_number_of(a.den, b.den); /* both over their least common multiple */
    if (!cci_mul_i64(a.num, ratio.den, &p) || !cci_mul_i64(b.num, ratio.num, &q) ||
        !cci_add_i64(p, q, &num) || !cci_mul_i64(a.den, ratio.den, &den) || num == INT64_MIN)
        return 0;
    *out = cci_number_of(num, den);
    return 1;
}

cocreate_status cci_points_minor(const cci_rule *rule, cci_number n, int64_t *minor,
                                 const cci_path *path, cocreate_error *error)
{
    cci_number scale = {1, 1};
    for (int32_t i = 0; i < rule->unit_exponent; i++)
        scale.num *= 10;
    if (!cci_number_mul(n, scale, &n) || n.num > CCI_MINOR_MAX || n.num < -CCI_MINOR_MAX)
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, path,
                             "more than 2^53 - 1 minor units of %s", rule->unit);
    if (n.den != 1)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "is not worth a whole number of minor units of %s", rule->unit);
    *minor = n.num;
    return COCREATE_OK;
}
