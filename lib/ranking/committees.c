/* Committees that tie, and which of them is elected. */
#include "ranking/committees.h"

#include <string.h>

#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

cocreate_status cci_committees_init(cci_committees *c, cci_run *run, size_t seats,
                                    cocreate_error *error)
{
    memset(c, 0, sizeof *c);
    c->run = run;
    c->seats = seats;
    c->sorted = cci_alloc(&run->allocator, seats, sizeof *c->sorted);
    return c->sorted != NULL ? COCREATE_OK : cci_no_memory(error);
}

void cci_committees_free(cci_committees *c)
{
    if (c->run == NULL)
        return;
    cci_free(&c->run->allocator, c->members);
    cci_free(&c->run->allocator, c->sorted);
    memset(c, 0, sizeof *c);
}

static int compare_sets(const uint32_t *a, const uint32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static cocreate_status by_number(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

cocreate_status cci_committees_add(cci_committees *c, const uint32_t *members,
                                   cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t n = c->seats, low = 0, high = c->count;
    memcpy(c->sorted, members, n * sizeof *members);
    CCI_TRY(cci_sort(a, c->sorted, n, by_number, NULL, error));
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_sets(c->members + middle * n, c->sorted, n);
        if (order == 0)
            return COCREATE_OK;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (c->count == CCI_COMMITTEES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "more than %d committees tie; break ties by id, earliest or lot",
                        CCI_COMMITTEES_MAX);
    if (!cci_grow(a, (void **)&c->members, &c->room, (c->count + 1) * n, sizeof *c->members))
        return cci_no_memory(error);
    uint32_t *at = c->members + low * n;
    memmove(at + n, at, (c->count - low) * n * sizeof *at);
    memcpy(at, c->sorted, n * sizeof *at);
    c->count++;
    return COCREATE_OK;
}

void cci_place_selected(cci_run *run)
{
    size_t m = run->roster->count, k = 0;
    for (size_t i = 0; i < m; i++)
        k += run->selected[i];
    for (size_t i = 0; i < m; i++) {
        run->standings[i].from = run->selected[i] ? 1 : k + 1;
        run->standings[i].to = run->selected[i] ? k : m;
    }
}

/* Everyone in some committee is elected. */
static void elect_all(cci_committees *c)
{
    cci_run *run = c->run;
    size_t m = run->roster->count, n = c->seats;
    for (size_t o = 0; o < m; o++) {
        size_t in = 0;
        for (size_t i = 0; i < c->count * n; i++)
            in += c->members[i] == o;
        run->selected[o] = in > 0;
        run->standings[o].from = in > 0 ? 1 : n + 1;
        run->standings[o].to = in == c->count ? n : m;
    }
}

/* rank[o]: where the chain puts candidate o among all; equal where it does not tell. */
static cocreate_status rank_all(cci_run *run, uint32_t *order, size_t *ends, uint32_t *rank,
                                cocreate_error *error)
{
    size_t m = run->roster->count;
    for (size_t i = 0; i < m; i++)
        order[i] = (uint32_t)i;
    CCI_TRY(cci_ties_break(run, order, m, ends, 1, error));
    for (size_t i = 0; i < m; i++)
        rank[order[i]] = (uint32_t)ends[i];
    return COCREATE_OK;
}

/* The ranks of a committee, best first. */
static cocreate_status ranks_of(cci_committees *c, size_t set, const uint32_t *rank, uint32_t *out,
                                cocreate_error *error)
{
    for (size_t i = 0; i < c->seats; i++)
        out[i] = rank[c->members[set * c->seats + i]];
    return cci_sort(&c->run->allocator, out, c->seats, by_number, NULL, error);
}

static cocreate_status first_set(cci_committees *c, const uint32_t *rank, uint32_t *best,
                                 uint32_t *now, size_t *out, cocreate_error *error)
{
    size_t bytes = c->seats * sizeof *now;
    int tied = 0;
    *out = 0;
    CCI_TRY(ranks_of(c, 0, rank, best, error));
    for (size_t i = 1; i < c->count; i++) {
        CCI_TRY(ranks_of(c, i, rank, now, error));
        int order = compare_sets(now, best, c->seats);
        tied = order == 0 || (order > 0 && tied);
        if (order < 0) {
            memcpy(best, now, bytes);
            *out = i;
        }
    }
    if (tied)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "%zu committees tie, and no tie step tells which is elected: add id or lot "
                        "to ties, or ask for all of them by ties=parallel",
                        c->count);
    return COCREATE_OK;
}

static cocreate_status elect_first(cci_committees *c, cocreate_error *error)
{
    cci_run *run = c->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count, set = 0;
    uint32_t *order = cci_alloc(a, m, sizeof *order), *rank = cci_alloc(a, m, sizeof *rank);
    uint32_t *best = cci_alloc(a, m, sizeof *best), *now = cci_alloc(a, m, sizeof *now);
    size_t *ends = cci_alloc(a, m, sizeof *ends);
    cocreate_status status = order && rank && best && now && ends ? COCREATE_OK
                                                                  : cci_no_memory(error);
    if (status == COCREATE_OK && c->count > 1)
        status = rank_all(run, order, ends, rank, error);
    if (status == COCREATE_OK && c->count > 1)
        status = first_set(c, rank, best, now, &set, error);
    cci_free(a, order);
    cci_free(a, rank);
    cci_free(a, best);
    cci_free(a, now);
    cci_free(a, ends);
    CCI_TRY(status);
    for (size_t i = 0; i < c->seats; i++)
        run->selected[c->members[set * c->seats + i]] = 1;
    cci_place_selected(run);
    return COCREATE_OK;
}

cocreate_status cci_committees_elect(cci_committees *c, cci_buffer *out, cocreate_error *error)
{
    cci_run *run = c->run;
    assert(c->count > 0);
    cci_free(&run->allocator, run->selected);
    run->selected = cci_alloc(&run->allocator, run->roster->count, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    if (run->chain.parallel)
        elect_all(c);
    else
        CCI_TRY(elect_first(c, error));
    cci_buffer_format(out, "\"committee_count\":%zu,\"committees\":[", c->count);
    for (size_t i = 0; i < c->count && i < CCI_TRACE_COMMITTEES; i++) {
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_ids(run, out, c->members + i * c->seats, c->seats);
    }
    cci_buffer_text(out, "],");
    if (c->count > 1)
        cci_buffer_format(&run->notes, "%zu committees are equally good.\n", c->count);
    return COCREATE_OK;
}
