/* The state of a count, quotas, and decisions. */
#include "ranking/stv/count.h"

#include <string.h>

#include "ranking/order.h"

cocreate_status cci_count_open(cci_count *c, cci_run *run, int decimals, int whole,
                               cci_bundle *all, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    const cci_electorate *e = run->electorate;
    size_t m = run->roster->count;
    memset(c, 0, sizeof *c);
    c->run = run;
    c->candidates = c->hopefuls = m;
    c->seats = (size_t)run->seats;
    c->decimals = decimals;
    cci_buffer_init(&c->trace, a);
    cci_buffer_init(&c->sentences, a);
    cci_buffer_init(&c->middle, a);
    cci_buffer_init(&c->surplus, a);
    CCI_TRY(cci_calc_init(&c->calc, a, error));
    cci_value_set(a, &c->valid, e->info.weight - e->blank, 1);
    cci_value_set(a, &c->exhausted, e->blank, 1);
    c->status = cci_alloc(a, m, sizeof *c->status);
    c->hopeful = cci_alloc(a, m, sizeof *c->hopeful);
    c->receives = cci_alloc(a, m, sizeof *c->receives);
    c->surplus_due = cci_alloc(a, m, sizeof *c->surplus_due);
    c->votes = cci_alloc(a, m, sizeof *c->votes);
    c->piles = cci_alloc(a, m, sizeof *c->piles);
    c->elected = cci_alloc(a, m, sizeof *c->elected);
    c->eliminated = cci_alloc(a, m, sizeof *c->eliminated);
    c->latest = cci_alloc(a, m, sizeof *c->latest);
    c->cursor = cci_alloc(a, m, sizeof *c->cursor);
    c->changed = cci_alloc(a, m, sizeof *c->changed);
    c->group = cci_alloc(a, m, sizeof *c->group);
    c->ends = cci_alloc(a, m, sizeof *c->ends);
    c->before = m <= CCI_TRACE_OPTIONS ? cci_alloc(a, m, sizeof *c->before) : NULL;
    if (!c->status || !c->hopeful || !c->receives || !c->surplus_due || !c->votes || !c->piles ||
        !c->elected || !c->eliminated || !c->latest || !c->cursor || !c->changed || !c->group ||
        !c->ends || (m <= CCI_TRACE_OPTIONS && c->before == NULL))
        return cci_no_memory(error);
    memset(c->hopeful, 1, m);
    memset(c->receives, 1, m);
    memset(c->changed, 1, m);
    for (size_t o = 0; o < m; o++)
        cci_value_set(a, &c->votes[o], 0, 1);
    return cci_papers_init(&c->papers, e, &c->calc, whole, all, error);
}

cocreate_status cci_count_init(cci_count *c, cci_run *run, int decimals, cocreate_error *error)
{
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    CCI_TRY(cci_count_open(c, run, decimals, 0, &all, error));
    CCI_TRY(cci_papers_sort(&c->papers, &all, c->receives, error));
    int64_t scale = decimals > 0 ? cci_power_of_ten(decimals) : 1;
    cci_value_set(&run->allocator, &c->factor, scale, scale);
    return cci_count_credit(c, &c->factor, error);
}

void cci_count_free(cci_count *c)
{
    if (c->run == NULL)
        return;
    const cocreate_allocator *a = &c->run->allocator;
    for (size_t o = 0; o < c->candidates; o++) {
        if (c->votes != NULL)
            cci_value_clear(a, &c->votes[o]);
        if (c->before != NULL)
            cci_value_clear(a, &c->before[o]);
        if (c->piles != NULL)
            cci_pile_free(c, &c->piles[o]);
    }
    for (size_t i = 0; i < c->past_count; i++)
        cci_value_clear(a, &c->past[i].votes);
    cci_value *const values[] = {&c->valid, &c->exhausted, &c->quota, &c->exhausted_before,
                                 &c->residual_before, &c->quota_before, &c->sum, &c->term,
                                 &c->factor};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        cci_value_clear(a, values[i]);
    void *const blocks[] = {c->status,     c->hopeful, c->receives, c->surplus_due, c->votes,
                            c->piles,      c->elected, c->eliminated, c->latest,    c->cursor,
                            c->changed,    c->group,   c->ends,     c->before,      c->past,
                            c->point_round};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        cci_free(a, blocks[i]);
    cci_buffer_free(&c->trace);
    cci_buffer_free(&c->sentences);
    cci_buffer_free(&c->middle);
    cci_buffer_free(&c->surplus);
    cci_papers_free(&c->papers);
    cci_calc_free(&c->calc);
}

cocreate_status cci_count_run(cci_run *run, int decimals,
                              cocreate_status (*rule)(cci_count *, cocreate_error *),
                              cocreate_error *error)
{
    cci_count c;
    cocreate_status status = cci_count_init(&c, run, decimals, error);
    if (status == COCREATE_OK)
        status = rule(&c, error);
    if (status == COCREATE_OK)
        status = cci_count_finish(&c, error);
    cci_count_free(&c);
    return status;
}

/* -- Quota ------------------------------------------------------------------------------------ */

const char *const cci_quota_names[] = {"droop", "droop_exact", "hare", "hagenbach_bischoff", NULL};

/* The quota is V / parts, cut or rounded up to so many decimals, plus `more` of them. */
static cocreate_status set_quota(cci_count *c, size_t parts, int decimals, int up, int64_t more,
                                 cocreate_error *error)
{
    cci_value divisor = {(int64_t)parts, 1, NULL};
    CCI_TRY(cci_calc_div(&c->calc, &c->valid, &divisor, &c->quota, error));
    CCI_TRY(cci_calc_round(&c->calc, &c->quota, decimals, up, &c->quota, error));
    if (more == 0)
        return COCREATE_OK;
    cci_value unit = {more, cci_power_of_ten(decimals), NULL};
    return cci_calc_add(&c->calc, &c->quota, &unit, &c->quota, error);
}

cocreate_status cci_count_quota(cci_count *c, cci_quota_kind kind, cocreate_error *error)
{
    c->above = 0;
    if (kind == CCI_QUOTA_DROOP) {
        CCI_TRY(set_quota(c, c->seats + 1, 0, 0, 1, error));
        /* On the scale of the votes, so that sums with them stay small numbers. */
        return c->decimals > 0 ? cci_calc_round(&c->calc, &c->quota, c->decimals, 0, &c->quota,
                                                error)
                               : COCREATE_OK;
    }
    if (kind == CCI_QUOTA_DROOP_EXACT && c->decimals == CCI_EXACT) {
        c->above = 1;
        return set_quota(c, c->seats + 1, CCI_EXACT, 0, 0, error);
    }
    if (kind == CCI_QUOTA_DROOP_EXACT)
        return set_quota(c, c->seats + 1, c->decimals, 0, 1, error);
    return set_quota(c, kind == CCI_QUOTA_HARE ? c->seats : c->seats + 1, c->decimals, 1, 0, error);
}

cocreate_status cci_count_against_quota(const cci_count *c, uint32_t candidate, int *out,
                                        cocreate_error *error)
{
    return cci_value_compare(&c->votes[candidate], &c->quota, out, error);
}

/* -- Deciding --------------------------------------------------------------------------------- */

/* The score of a candidate: its votes when it was decided on. */
static cocreate_status keep_score(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    return cci_calc_copy(&c->calc, &c->votes[candidate], &c->run->standings[candidate].score,
                         error);
}

cocreate_status cci_count_elect(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    int over = 0;
    assert(c->status[candidate] == CCI_HOPEFUL && c->electeds < c->seats);
    if (!cci_value_missing(&c->quota))
        CCI_TRY(cci_count_against_quota(c, candidate, &over, error));
    CCI_TRY(keep_score(c, candidate, error));
    c->status[candidate] = CCI_ELECTED;
    c->hopeful[candidate] = 0;
    c->receives[candidate] = c->late != 0;
    c->hopefuls--;
    c->surplus_due[candidate] = over > 0;
    c->elected[c->electeds++] = (cci_decision){candidate, c->round};
    return COCREATE_OK;
}

cocreate_status cci_count_eliminate(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    assert(c->status[candidate] == CCI_HOPEFUL);
    CCI_TRY(keep_score(c, candidate, error));
    c->status[candidate] = CCI_ELIMINATED;
    c->hopeful[candidate] = c->receives[candidate] = 0;
    c->hopefuls--;
    c->eliminated[c->eliminated_count++] = (cci_decision){candidate, c->round};
    return COCREATE_OK;
}

static cocreate_status most_first(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    const cci_count *c = context;
    CCI_TRY(cci_value_compare(&c->votes[b], &c->votes[a], out, error));
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* Those of group[0 .. n) that have the votes of the first. */
static cocreate_status level(const cci_count *c, const uint32_t *group, size_t n, size_t *out,
                             cocreate_error *error)
{
    int differs = 0;
    for (*out = 1; *out < n; (*out)++) {
        CCI_TRY(cci_value_compare(&c->votes[group[0]], &c->votes[group[*out]], &differs, error));
        if (differs)
            return COCREATE_OK;
    }
    return COCREATE_OK;
}

cocreate_status cci_count_elect_sorted(cci_count *c, uint32_t *group, size_t n, cci_look_back look,
                                       cocreate_error *error)
{
    CCI_TRY(cci_sort(&c->run->allocator, group, n, most_first, c, error));
    while (n > 0 && cci_seats_left(c) > 0) {
        size_t tied = 1;
        uint32_t first = group[0];
        CCI_TRY(level(c, group, n, &tied, error));
        if (tied > cci_seats_left(c)) {
            CCI_TRY(cci_count_pick(c, group, tied, 0, look, &first, error));
            CCI_TRY(cci_count_elect(c, first, error));
            size_t kept = 0;
            for (size_t i = 0; i < tied; i++)
                if (group[i] != first)
                    group[kept++] = group[i];
            n = kept;
            continue;
        }
        for (size_t i = 0; i < tied; i++)
            CCI_TRY(cci_count_elect(c, group[i], error));
        group += tied;
        n -= tied;
    }
    return COCREATE_OK;
}

cocreate_status cci_count_elect_reaching(cci_count *c, cci_look_back look, cocreate_error *error)
{
    uint32_t *group = c->group;
    size_t n = 0;
    for (uint32_t o = 0; o < c->candidates; o++) {
        int order = -1;
        if (c->hopeful[o])
            CCI_TRY(cci_count_against_quota(c, o, &order, error));
        if (order > 0 || (order == 0 && !c->above))
            group[n++] = o;
    }
    return cci_count_elect_sorted(c, group, n, look, error);
}

cocreate_status cci_count_fill(cci_count *c, cocreate_error *error)
{
    size_t n = 0;
    assert(c->hopefuls <= cci_seats_left(c));
    c->first_filled = c->electeds;
    CCI_TRY(cci_count_by_votes(c, c->group, &n, error));
    while (n > 0) {
        CCI_TRY(cci_count_elect(c, c->group[--n], error));
        c->surplus_due[c->group[n]] = 0;
    }
    return COCREATE_OK;
}
