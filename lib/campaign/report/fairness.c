/* Who was paid for what they gave: unpaid works, pay for what was accepted, how it concentrates. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/report/facts.h"

typedef struct purse {
    const char *currency;
    json_t *people;  /* {author: minor units} */
    int64_t *values; /* of the authors, ascending */
    int64_t total;
} purse;

/* Money that stands: offered, accepted or paid. */
static int is_money(const json_t *award)
{
    const char *state = json_string_value(json_object_get(award, "state"));
    int gone = state && (strcmp(state, "reversed") == 0 || strcmp(state, "declined") == 0 ||
                         strcmp(state, "expired") == 0);
    return !gone && json_is_string(json_object_get(award, "currency")) &&
           json_integer_value(json_object_get(award, "minor")) > 0;
}

static cocreate_status add_award(purse *p, const json_t *award, cocreate_error *error)
{
    const char *to = json_string_value(json_object_get(award, "to"));
    int64_t minor = json_integer_value(json_object_get(award, "minor")), sum;
    if (!to || strcmp(cci_json_text(award, "currency"), p->currency) != 0)
        return COCREATE_OK;
    if (!cci_add_i64(p->total, minor, &p->total) ||
        !cci_add_i64(json_integer_value(json_object_get(p->people, to)), minor, &sum))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the awards in %s add up to too much",
                        p->currency);
    return cci_json_put(p->people, to, json_integer(sum)) ? COCREATE_OK : cci_no_memory(error);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Gini: the sum of (2i - n - 1) x_i over n times the total, x ascending, i from 1. */
static cocreate_status
gini(const purse *p, size_t n, cci_rational *sum, cci_rational *term, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        cci_rational x = {{0}, {0}};
        CCI_TRY(cci_rational_set_i64(term, 2 * (int64_t)(i + 1) - (int64_t)n - 1, 1, error));
        cocreate_status status = cci_rational_init(&x, error);
        if (status == COCREATE_OK)
            status = cci_rational_set_i64(&x, p->values[i], 1, error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(term, &x, term, error);
        if (status == COCREATE_OK)
            status = cci_rational_add(sum, term, sum, error);
        cci_rational_clear(&x);
        CCI_TRY(status);
    }
    CCI_TRY(cci_rational_set_i64(term, (int64_t)n, 1, error));
    CCI_TRY(cci_rational_div(sum, term, sum, error));
    CCI_TRY(cci_rational_set_i64(term, p->total, 1, error));
    return cci_rational_div(sum, term, sum, error);
}

static cocreate_status
add_gini(const cci_known *f, const purse *p, size_t n, json_t *row, cocreate_error *error)
{
    cci_rational sum = {{0}, {0}}, term = {{0}, {0}};
    cci_buffer text;
    cci_buffer_init(&text, &f->e->allocator);
    cocreate_status status = cci_rational_init(&sum, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&term, error);
    if (status == COCREATE_OK)
        status = gini(p, n, &sum, &term, error);
    if (status == COCREATE_OK)
        status = cci_rational_text(&sum, &text, error);
    if (status == COCREATE_OK && !cci_json_put(row, "gini", json_stringn(text.data, text.size)))
        status = cci_no_memory(error);
    cci_buffer_free(&text);
    cci_rational_clear(&sum);
    cci_rational_clear(&term);
    return status;
}

/* Everybody who gave something and everybody who got something; who got nothing counts with 0. */
/* Who has nothing may have nothing but what was never published: that is for the firm. */
static json_t *named(const cci_known *f, json_t *people)
{
    const char *id;
    json_t *value, *paid;
    if (f->viewer->firm)
        return json_incref(people);
    paid = cci_json_new();
    json_object_foreach(people, id, value)
    {
        if (paid && json_integer_value(value) > 0 && !cci_json_put(paid, id, json_incref(value))) {
            json_decref(paid);
            paid = NULL;
        }
    }
    return paid;
}

static cocreate_status add_currency(const cci_known *f, purse *p, const json_t *authors,
                                    int64_t accepted, json_t *list, cocreate_error *error)
{
    const char *id;
    json_t *value, *row = cci_json_new();
    size_t n = 0;
    int ok = 1;
    for (size_t i = 0; i < json_array_size(f->awards); i++)
        if (is_money(json_array_get(f->awards, i))) {
            cocreate_status status = add_award(p, json_array_get(f->awards, i), error);
            if (status != COCREATE_OK) {
                json_decref(row);
                return status;
            }
        }
    json_object_foreach((json_t *)(uintptr_t)authors, id,
                        value) if (!json_object_get(p->people, id)) ok =
        cci_json_put(p->people, id, json_integer(0)) && ok;
    p->values = cci_alloc(&f->e->allocator, json_object_size(p->people), sizeof *p->values);
    if (!p->values || !ok) {
        json_decref(row);
        return cci_no_memory(error);
    }
    json_object_foreach(p->people, id, value) p->values[n++] = json_integer_value(value);
    qsort(p->values, n, sizeof *p->values, by_size);
    cci_report_put(&ok, row, "currency", json_string(p->currency));
    cci_report_count(&ok, row, "minor", p->total);
    cci_report_count(&ok, row, "people", (int64_t)n);
    cci_report_ratio(&ok, row, "minor_per_accepted", p->total, accepted);
    cci_report_ratio(&ok, row, "top_share", p->values[n - 1], p->total);
    cocreate_status status = ok ? add_gini(f, p, n, row, error) : cci_no_memory(error);
    if (cci_viewer_sees_names(f->viewer, NULL))
        cci_report_put(&ok, row, "by_person", named(f, p->people));
    if (status == COCREATE_OK && !(cci_json_push(list, json_incref(row)) && ok))
        status = cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status add_currencies(const cci_known *f, const json_t *authors, int64_t accepted,
                                      json_t *list, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(f->awards); i++) {
        const json_t *award = json_array_get(f->awards, i);
        const char *currency = json_string_value(json_object_get(award, "currency"));
        size_t k = 0;
        while (is_money(award) && k < json_array_size(list) &&
               strcmp(json_string_value(json_object_get(json_array_get(list, k), "currency")),
                      currency) != 0)
            k++;
        if (!is_money(award) || k < json_array_size(list))
            continue;
        purse p = {.currency = currency, .people = cci_json_new()};
        cocreate_status status =
            p.people ? add_currency(f, &p, authors, accepted, list, error) : cci_no_memory(error);
        cci_free(&f->e->allocator, p.values);
        json_decref(p.people);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

static cocreate_status gather(const cci_known *f, json_t *authors, json_t *paid, int64_t *works,
                              int64_t *accepted, cocreate_error *error)
{
    int ok = 1;
    for (size_t i = 0; i < json_array_size(f->awards); i++) {
        const json_t *award = json_array_get(f->awards, i);
        const char *entry = json_string_value(json_object_get(award, "entry"));
        if (entry && is_money(award))
            cci_report_put(&ok, paid, entry, json_true());
    }
    for (size_t i = 0; i < f->n_works; i++) {
        const cci_work *w = &f->works[i];
        const char *author;
        if (w->is_reply || w->by_firm)
            continue;
        ++*works;
        *accepted += w->selected;
        for (size_t k = 0; (author = cci_author_at(w->doc, k)) != NULL; k++)
            cci_report_put(&ok, authors, author, json_true());
    }
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status
fill(const cci_known *f, json_t *authors, json_t *paid, json_t *out, cocreate_error *error)
{
    json_t *list = json_array();
    int64_t works = 0, accepted = 0, unpaid = 0;
    int ok = 1;
    cci_report_put(&ok, out, "currencies", list);
    if (!ok || !authors || !paid)
        return cci_no_memory(error);
    CCI_TRY(gather(f, authors, paid, &works, &accepted, error));
    for (size_t i = 0; i < f->n_works; i++)
        unpaid +=
            !f->works[i].is_reply && !f->works[i].by_firm && !json_object_get(paid, f->works[i].id);
    cci_report_count(&ok, out, "works", works);
    cci_report_count(&ok, out, "accepted", accepted);
    cci_report_count(&ok, out, "unpaid", unpaid);
    cci_report_count(&ok, out, "authors", (int64_t)json_object_size(authors));
    return ok ? add_currencies(f, authors, accepted, list, error) : cci_no_memory(error);
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    json_t *authors = cci_json_new(), *paid = cci_json_new();
    cocreate_status status = fill(f, authors, paid, out, error);
    json_decref(authors);
    json_decref(paid);
    return status;
}

const cci_report_type cci_report_fairness = {
    "fairness", "who was paid for what they gave, and how it concentrates", make, 0};
