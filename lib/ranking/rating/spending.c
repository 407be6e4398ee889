/* Electing and spending. */
#include "ranking/rating/spending.h"

#include <string.h>

#include "base/checked.h"
#include "ranking/committees.h"
#include "ranking/order.h"
#include "ranking/rating/star.h"
#include "ranking/ties.h"
#include "ranking/write.h"

const cci_option_spec cci_spending_options[1] = {
    {"maximum_score", CCI_OPTION_INTEGER, NULL, 1, 4096, 0,
     "highest score a ballot may give; without it 5, or the highest that is given"},
};

/* Cells kept at once. */
#define CELLS_MAX (UINT64_C(1) << 24)

static void free_rationals(const cocreate_allocator *a, cci_rational *list, size_t n)
{
    for (size_t i = 0; list != NULL && i < n; i++)
        cci_rational_clear(&list[i]);
    cci_free(a, list);
}

static cocreate_status new_rationals(const cocreate_allocator *a, size_t n, cci_rational **out,
                                     cocreate_error *error)
{
    cci_rational *list = cci_alloc(a, n, sizeof *list);
    *out = NULL;
    if (list == NULL)
        return cci_no_memory(error);
    memset(list, 0, n * sizeof *list);
    for (size_t i = 0; i < n; i++) {
        cocreate_status status = cci_rational_init(&list[i], error);
        if (status != COCREATE_OK) {
            free_rationals(a, list, i);
            return status;
        }
    }
    *out = list;
    return COCREATE_OK;
}

/* -- Scores ----------------------------------------------------------------------------------- */

/* sums[class * m + o]: scores of a candidate on the ballots of a class. */
static cocreate_status sum_scores(const cci_spending *s, int64_t *sums, cocreate_error *error)
{
    const cci_electorate *e = s->run->electorate;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; e->weights[b] > 0 && i < e->start[b + 1]; i++) {
            int64_t term, *sum = &sums[s->class_of[b] * e->candidates + e->options[i]];
            if (!cci_mul_i64(e->values[i], e->weights[b], &term) || !cci_add_i64(*sum, term, sum))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "the scores of an option do not fit 64 bits");
        }
    return COCREATE_OK;
}

static cocreate_status total(cci_spending *s, const int64_t *sums, cocreate_error *error)
{
    size_t m = s->run->roster->count;
    for (size_t o = 0; o < m; o++) {
        CCI_TRY(cci_rational_set_i64(&s->sum, 0, 1, error));
        for (size_t c = 0; c < s->classes; c++) {
            if (sums[c * m + o] == 0)
                continue;
            CCI_TRY(cci_rational_set_i64(&s->term, sums[c * m + o], 1, error));
            CCI_TRY(cci_rational_mul(&s->term, &s->shares[c], &s->term, error));
            CCI_TRY(cci_rational_add(&s->sum, &s->term, &s->sum, error));
        }
        CCI_TRY(cci_rational_copy(&s->totals[o], &s->sum, error));
    }
    return COCREATE_OK;
}

static cocreate_status count(cci_spending *s, cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t cells;
    if (!cci_mul_size(s->classes, s->run->roster->count, &cells) || cells > CELLS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "ballots count for %zu different shares, too many for %zu options",
                        s->classes, s->run->roster->count);
    int64_t *sums = cci_alloc(a, cells, sizeof *sums);
    cocreate_status status = sums != NULL ? sum_scores(s, sums, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = total(s, sums, error);
    cci_free(a, sums);
    return status;
}

/* -- Electing --------------------------------------------------------------------------------- */

/* The candidates with the highest total, and the first of them by the chain. */
static cocreate_status choose(cci_spending *s, uint32_t *group, size_t *ends, uint32_t *out,
                              cocreate_error *error)
{
    cci_run *run = s->run;
    size_t n = 0;
    for (uint32_t o = 0; o < run->roster->count; o++) {
        int order = 1;
        if (!s->alive[o])
            continue;
        if (n > 0)
            CCI_TRY(cci_rational_compare(&s->totals[o], &s->totals[group[0]], &order, error));
        if (order > 0)
            n = 0;
        if (order >= 0)
            group[n++] = o;
    }
    CCI_TRY(cci_ties_break(run, group, n, ends, 0, error));
    if (ends[0] > 1)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%zu options tie for a seat, such as %s, and no tie step tells which: add "
                        "id or lot to ties",
                        ends[0], cci_name(run, group[0]));
    *out = group[0];
    return COCREATE_OK;
}

static cocreate_status write_round(cci_spending *s, uint32_t elected, size_t seat,
                                   cocreate_error *error)
{
    cci_run *run = s->run;
    cci_buffer *out = &run->trace;
    int first = 1;
    cci_buffer_text(out, seat > 1 ? ",{\"elected\":" : "{\"elected\":");
    cci_write_id(run, out, elected);
    cci_buffer_text(out, ",\"totals\":{");
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t o = run->roster->by_key[i];
        if (!s->alive[o])
            continue;
        cci_buffer_text(out, first ? "" : ",");
        first = 0;
        cci_write_id(run, out, o);
        cci_buffer_text(out, ":\"");
        CCI_TRY(cci_rational_text(&s->totals[o], out, error));
        cci_buffer_byte(out, '"');
    }
    cci_buffer_text(out, "}}");
    cci_buffer_format(&run->notes, "Seat %zu goes to ", seat);
    cci_buffer_text(&run->notes, cci_name(run, elected));
    cci_buffer_text(&run->notes, " with a total of ");
    CCI_TRY(cci_rational_say(&s->totals[elected], &run->notes, error));
    cci_buffer_text(&run->notes, ".\n");
    return COCREATE_OK;
}

/* -- Spending --------------------------------------------------------------------------------- */

static size_t score_on(const cci_electorate *e, size_t b, uint32_t candidate)
{
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
        if (e->options[i] == candidate)
            return (size_t)e->values[i];
    return 0;
}

static cocreate_status by_share(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_rational *left = context;
    return cci_rational_compare(&left[a], &left[b], out, error);
}

/* Equal shares become one class: class_of_cell and the new shares. */
static cocreate_status merge_cells(cci_spending *s, size_t cells, uint32_t *used,
                                   uint32_t *class_of_cell, cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t n = 0, classes = 0;
    cci_rational *shares;
    for (uint32_t c = 0; c < cells; c++)
        if (s->weights[c] > 0)
            used[n++] = c;
    CCI_TRY(cci_sort(a, used, n, by_share, s->left, error));
    CCI_TRY(new_rationals(a, n, &shares, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        int order = 1;
        if (classes > 0)
            status = cci_rational_compare(&shares[classes - 1], &s->left[used[i]], &order, error);
        if (status == COCREATE_OK && order != 0)
            status = cci_rational_copy(&shares[classes++], &s->left[used[i]], error);
        class_of_cell[used[i]] = (uint32_t)(classes - 1);
    }
    if (status != COCREATE_OK) {
        free_rationals(a, shares, n);
        return status;
    }
    for (size_t i = classes; i < n; i++)
        cci_rational_clear(&shares[i]);
    free_rationals(a, s->shares, s->classes);
    s->shares = shares;
    s->classes = classes;
    return COCREATE_OK;
}

static cocreate_status spend_cells(cci_spending *s, uint32_t elected, size_t cells, cci_spend rule,
                                   uint32_t *used, uint32_t *class_of_cell, cocreate_error *error)
{
    const cci_electorate *e = s->run->electorate;
    size_t width = (size_t)s->maximum + 1;
    for (size_t b = 0; b < e->ballots; b++)
        if (e->weights[b] > 0) /* ballots without weight are in no class */
            s->weights[s->class_of[b] * width + score_on(e, b, elected)] += e->weights[b];
    for (size_t c = 0; c < cells; c++)
        CCI_TRY(cci_rational_copy(&s->left[c], &s->shares[c / width], error));
    CCI_TRY(rule(s, &s->totals[elected], error));
    CCI_TRY(merge_cells(s, cells, used, class_of_cell, error));
    for (size_t b = 0; b < e->ballots; b++)
        s->class_of[b] = e->weights[b] > 0
                             ? class_of_cell[s->class_of[b] * width + score_on(e, b, elected)]
                             : 0;
    return COCREATE_OK;
}

static cocreate_status spend(cci_spending *s, uint32_t elected, cci_spend rule,
                             cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t cells;
    if (!cci_mul_size(s->classes, (size_t)s->maximum + 1, &cells) || cells > CELLS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "ballots count for %zu different shares",
                        s->classes);
    uint32_t *used = cci_alloc(a, cells, sizeof *used);
    uint32_t *class_of_cell = cci_alloc(a, cells, sizeof *class_of_cell);
    s->weights = cci_alloc(a, cells, sizeof *s->weights);
    cocreate_status status =
        used && class_of_cell && s->weights ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = new_rationals(a, cells, &s->left, error);
    if (status == COCREATE_OK)
        status = spend_cells(s, elected, cells, rule, used, class_of_cell, error);
    cci_free(a, used);
    cci_free(a, class_of_cell);
    cci_free(a, s->weights);
    free_rationals(a, s->left, cells);
    s->weights = NULL;
    s->left = NULL;
    return status;
}

/* -- The election ----------------------------------------------------------------------------- */

static cocreate_status fill_seats(cci_spending *s, cci_spend rule, uint32_t *group, size_t *ends,
                                  cocreate_error *error)
{
    cci_run *run = s->run;
    size_t m = run->roster->count, seats = (size_t)run->seats;
    for (size_t seat = 1; seat <= seats; seat++) {
        uint32_t elected = 0;
        CCI_TRY(cci_run_progress(run, seat - 1, seats, error));
        CCI_TRY(count(s, error));
        for (size_t o = 0; o < m; o++)
            if (s->alive[o])
                CCI_TRY(cci_value_set_rational(&run->allocator, &run->standings[o].score,
                                               &s->totals[o], error));
        CCI_TRY(choose(s, group, ends, &elected, error));
        CCI_TRY(write_round(s, elected, seat, error));
        s->alive[elected] = 0;
        run->selected[elected] = 1;
        run->standings[elected].from = run->standings[elected].to = seat;
        if (seat < seats)
            CCI_TRY(spend(s, elected, rule, error));
    }
    for (size_t o = 0; o < m; o++)
        if (s->alive[o]) {
            run->standings[o].from = seats + 1;
            run->standings[o].to = m;
        }
    return COCREATE_OK;
}

static cocreate_status work(cci_spending *s, cci_spend rule, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_star_maximum(run, run->options[0].integer, &s->maximum, error));
    CCI_TRY(cci_rational_init(&s->sum, error));
    CCI_TRY(cci_rational_init(&s->term, error));
    CCI_TRY(new_rationals(a, m, &s->totals, error));
    CCI_TRY(new_rationals(a, 1, &s->shares, error));
    s->classes = 1;
    CCI_TRY(cci_rational_set_i64(&s->shares[0], 1, 1, error));
    s->class_of = cci_alloc(a, run->electorate->ballots, sizeof *s->class_of);
    s->alive = cci_alloc(a, m, sizeof *s->alive);
    run->selected = cci_alloc(a, m, sizeof *run->selected);
    uint32_t *group = cci_alloc(a, m, sizeof *group);
    size_t *ends = cci_alloc(a, m, sizeof *ends);
    cocreate_status status = s->class_of && s->alive && run->selected && group && ends
                                 ? COCREATE_OK
                                 : cci_no_memory(error);
    if (status == COCREATE_OK) {
        memset(s->alive, 1, m);
        cci_buffer_format(&run->trace, "\"blank\":\"%lld\",\"maximum_score\":%lld,\"rounds\":[",
                          (long long)run->electorate->blank, (long long)s->maximum);
        status = fill_seats(s, rule, group, ends, error);
        cci_buffer_byte(&run->trace, ']');
    }
    cci_free(a, group);
    cci_free(a, ends);
    return status;
}

cocreate_status cci_spending_elect(cci_run *run, cci_spend rule, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    cci_spending s = {.run = run};
    cocreate_status status = work(&s, rule, error);
    cci_rational_clear(&s.sum);
    cci_rational_clear(&s.term);
    free_rationals(a, s.totals, run->roster->count);
    free_rationals(a, s.shares, s.classes);
    cci_free(a, s.class_of);
    cci_free(a, s.alive);
    return status;
}
