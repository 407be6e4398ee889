/* Two schemes on one result: who would get more, who less, and what each would cost. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/awards.h"

enum { BEFORE, AFTER };

/* An award as a preview sees it; `unit` is what is counted: a currency, points, or what is recognised. */
typedef struct row {
    const cci_award *award;
    const char *unit;
    int side;
    size_t index;
} row;

/* Equal rows are added up. */
typedef struct sum {
    const cci_award *award;
    const char *unit;
    int64_t minor[2];
} sum;

static int compare_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* Amounts before recognition, then the unit and its decimals. */
static int compare_unit(const row *a, const row *b)
{
    int recognised = (a->award->detail != NULL) - (b->award->detail != NULL);
    if (recognised != 0)
        return recognised;
    int order = strcmp(a->unit, b->unit);
    if (order != 0)
        return order;
    return (a->award->exponent > b->award->exponent) - (a->award->exponent < b->award->exponent);
}

/* Recognition counts as the same where it is of the same entry and says the same. */
static int compare_person(const row *a, const row *b)
{
    int order = strcmp(a->award->to, b->award->to);
    if (order == 0)
        order = compare_unit(a, b);
    if (order == 0 && a->award->detail != NULL)
        order = compare_text(a->award->entry, b->award->entry);
    if (order == 0)
        order = compare_text(a->award->detail, b->award->detail);
    return order;
}

static int last(const row *a, const row *b)
{
    return a->side != b->side ? a->side - b->side : (a->index > b->index) - (a->index < b->index);
}

static int by_person(const void *a, const void *b)
{
    int order = compare_person(a, b);
    return order != 0 ? order : last(a, b);
}

static int by_unit(const void *a, const void *b)
{
    int order = compare_unit(a, b);
    return order != 0 ? order : last(a, b);
}

static cocreate_status add_rows(const row *rows, size_t n, sum *out, cocreate_error *error)
{
    *out = (sum){.award = rows[0].award, .unit = rows[0].unit};
    for (size_t i = 0; i < n; i++) {
        int64_t *minor = &out->minor[rows[i].side];
        int64_t one = rows[i].award->detail != NULL ? 1 : rows[i].award->minor;
        if (!cci_add_i64(*minor, one, minor) || *minor > CCI_MINOR_MAX || *minor < -CCI_MINOR_MAX)
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the awards of %s add up to more than 2^53 - 1 minor units", out->unit);
    }
    return COCREATE_OK;
}

static void text(cci_buffer *b, const char *before, const char *value)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, value, strlen(value));
}

static void amount(cci_buffer *b, const char *name, int64_t minor, int32_t exponent)
{
    char printed[COCREATE_AMOUNT_TEXT] = "";
    cocreate_status status = cocreate_amount_print(minor, exponent, printed, NULL);
    assert(status == COCREATE_OK);
    (void)status;
    cci_buffer_format(b, "\"%s\":\"%s\",\"%s_minor\":", name, printed, name);
    cci_buffer_i64(b, minor);
    cci_buffer_byte(b, ',');
}

/* Both sums and what changes; of a person, or of all where `to` is NULL. */
static void write_amounts(cci_buffer *b, const sum *s, const char *to)
{
    int32_t exponent = s->award->exponent;
    cci_buffer_byte(b, '{');
    amount(b, "after", s->minor[AFTER], exponent);
    amount(b, "before", s->minor[BEFORE], exponent);
    amount(b, "change", s->minor[AFTER] - s->minor[BEFORE], exponent); /* each within 2^53 */
    if (to != NULL) {
        text(b, "\"to\":", to);
        cci_buffer_byte(b, ',');
    }
    text(b, "\"unit\":", s->unit);
    cci_buffer_byte(b, '}');
}

static void write_recognition(cci_buffer *b, const sum *s)
{
    cci_buffer_text(b, "{\"after\":");
    cci_buffer_i64(b, s->minor[AFTER]);
    cci_buffer_text(b, ",\"before\":");
    cci_buffer_i64(b, s->minor[BEFORE]);
    if (s->award->entry != NULL)
        text(b, ",\"entry\":", s->award->entry);
    text(b, ",\"kind\":", s->award->kind);
    text(b, ",\"to\":", s->award->to);
    cci_buffer_text(b, ",\"what\":");
    cci_buffer_text(b, s->award->detail);
    cci_buffer_byte(b, '}');
}

/* The members of one list: amounts of persons, recognition of persons, or amounts of all. */
static cocreate_status write_list(const row *rows, size_t n, int recognised,
                                  int (*same)(const row *, const row *), cci_buffer *b,
                                  cocreate_error *error)
{
    int first = 1;
    for (size_t i = 0, next; i < n; i = next) {
        sum s;
        for (next = i + 1; next < n && same(&rows[i], &rows[next]) == 0;)
            next++;
        if ((rows[i].award->detail != NULL) != recognised)
            continue;
        CCI_TRY(add_rows(rows + i, next - i, &s, error));
        if (!first)
            cci_buffer_byte(b, ',');
        first = 0;
        if (recognised)
            write_recognition(b, &s);
        else
            write_amounts(b, &s, same == compare_person ? s.award->to : NULL);
    }
    return COCREATE_OK;
}

static void write_side(cci_buffer *b, const char *before, const cocreate_scheme *scheme,
                       const cocreate_awards *awards)
{
    char printed[COCREATE_AMOUNT_TEXT];
    int64_t bound = 0;
    for (size_t i = 0; i < scheme->n_funds; i++)
        bound += scheme->funds[i].revenue ? 0 : scheme->funds[i].bound; /* at most the budgets */
    cci_buffer_text(b, before);
    text(b, "{\"awards\":", awards->digest);
    text(b, ",\"liability\":{", scheme->currency);
    text(b, ":", cci_amount_text(scheme, bound, printed));
    text(b, "},\"scheme\":", scheme->digest);
    cci_buffer_byte(b, '}');
}

/* The members in canonical order. */
static cocreate_status write_json(const cocreate_scheme *const schemes[2],
                                  cocreate_awards *const awards[2], row *rows, size_t n,
                                  cci_buffer *b, cocreate_error *error)
{
    qsort(rows, n, sizeof *rows, by_person);
    write_side(b, "{\"after\":", schemes[AFTER], awards[AFTER]);
    write_side(b, ",\"before\":", schemes[BEFORE], awards[BEFORE]);
    cci_buffer_text(b, ",\"people\":[");
    CCI_TRY(write_list(rows, n, 0, compare_person, b, error));
    cci_buffer_text(b, "],\"recognition\":[");
    CCI_TRY(write_list(rows, n, 1, compare_person, b, error));
    qsort(rows, n, sizeof *rows, by_unit);
    cci_buffer_text(b, "],\"totals\":[");
    CCI_TRY(write_list(rows, n, 0, compare_unit, b, error));
    cci_buffer_text(b, "]}");
    return b->failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status compare(const cocreate_scheme *const schemes[2],
                               cocreate_awards *const awards[2], cocreate_text **out,
                               cocreate_error *error)
{
    const cocreate_allocator *a = &schemes[BEFORE]->arena.allocator;
    size_t n = 0, count = awards[BEFORE]->n + awards[AFTER]->n; /* both lie in memory */
    row *rows = cci_alloc(a, count, sizeof *rows);
    cci_buffer b;
    if (rows == NULL)
        return cci_no_memory(error);
    for (int side = BEFORE; side <= AFTER; side++)
        for (size_t i = 0; i < awards[side]->n; i++) {
            const cci_award *award = &awards[side]->items[i];
            rows[n++] = (row){.award = award,
                              .unit = award->detail != NULL ? award->kind : award->currency,
                              .side = side, .index = i};
        }
    cci_buffer_init(&b, a);
    cocreate_status status = write_json(schemes, awards, rows, n, &b, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    cci_free(a, rows);
    return status;
}

cocreate_status cocreate_reward_preview(const cocreate_scheme *before, const cocreate_scheme *after,
                                        const char *result, size_t size, const uint8_t *seed,
                                        cocreate_text **out, cocreate_error *error)
{
    const cocreate_scheme *schemes[2] = {before, after};
    static const char *const names[2] = {"before", "after"};
    cocreate_awards *awards[2] = {NULL, NULL};
    cocreate_error inner = {0};
    cocreate_status status = COCREATE_OK;
    for (int side = BEFORE; side <= AFTER && status == COCREATE_OK; side++) {
        status = cocreate_reward(schemes[side], result, size, seed, &awards[side], &inner);
        if (status != COCREATE_OK)
            status = cci_fail_at(error, status, inner.where, "%s: %s", names[side], inner.text);
    }
    if (status == COCREATE_OK)
        status = compare(schemes, awards, out, error);
    cocreate_awards_free(awards[AFTER]);
    cocreate_awards_free(awards[BEFORE]);
    return status;
}
