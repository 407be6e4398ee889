/* Ballot papers in parcels. */
#include "ranking/stv/papers.h"

#include <string.h>

#include "ranking/order.h"

static const cci_bundle empty = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};

/* Room for one more paper that a split makes. */
static cocreate_status make_room(cci_papers *p, size_t need, cocreate_error *error)
{
    const cocreate_allocator *a = &p->calc->allocator;
    size_t room[4] = {p->room, p->room, p->room, p->room};
    if (need <= p->room)
        return COCREATE_OK;
    if (need >= CCI_NO_PAPER)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "more than %u shares of ballots with equal ranks",
                        (unsigned)(CCI_NO_PAPER - 1));
    if (!cci_grow(a, (void **)&p->at, &room[0], need, sizeof *p->at) ||
        !cci_grow(a, (void **)&p->next, &room[1], need, sizeof *p->next) ||
        !cci_grow(a, (void **)&p->ballot, &room[2], need, sizeof *p->ballot) ||
        !cci_grow(a, (void **)&p->share, &room[3], need, sizeof *p->share))
        return cci_no_memory(error);
    p->room = room[3];
    return COCREATE_OK;
}

/* An unused paper, its share empty. */
static cocreate_status new_paper(cci_papers *p, uint32_t *out, cocreate_error *error)
{
    if (p->unused != CCI_NO_PAPER) {
        *out = p->unused;
        p->unused = p->next[*out];
        return COCREATE_OK;
    }
    CCI_TRY(make_room(p, p->size + 1, error));
    *out = (uint32_t)p->size++;
    p->share[*out] = (cci_value){0, 1, NULL};
    return COCREATE_OK;
}

static void drop_paper(cci_papers *p, uint32_t paper)
{
    cci_value_clear(&p->calc->allocator, &p->share[paper]);
    p->next[paper] = p->unused;
    p->unused = paper;
}

static void append(cci_papers *p, cci_bundle *to, uint32_t paper)
{
    p->next[paper] = CCI_NO_PAPER;
    if (to->first == CCI_NO_PAPER)
        to->first = paper;
    else
        p->next[to->last] = paper;
    to->last = paper;
}

void cci_bundle_clear(cci_papers *p, cci_bundle *bundle)
{
    cci_value_clear(&p->calc->allocator, &bundle->count);
    *bundle = empty;
}

cocreate_status cci_bundle_join(cci_papers *p, cci_bundle *to, cci_bundle *from,
                                cocreate_error *error)
{
    CCI_TRY(cci_calc_add(p->calc, &to->count, &from->count, &to->count, error));
    if (from->first != CCI_NO_PAPER) {
        if (to->first == CCI_NO_PAPER)
            to->first = from->first;
        else
            p->next[to->last] = from->first;
        to->last = from->last;
    }
    cci_bundle_clear(p, from);
    return COCREATE_OK;
}

int cci_has_equal_ranks(const cci_electorate *e, size_t ballot)
{
    if (e->widest == 1)
        return 0;
    for (size_t i = e->start[ballot], stop; i < e->start[ballot + 1]; i = stop) {
        stop = cci_rank_end(e, i, e->start[ballot + 1]);
        if (stop - i > 1)
            return 1;
    }
    return 0;
}

/* -- All papers ------------------------------------------------------------------------------- */

void cci_papers_reset(cci_papers *p, cci_bundle *all)
{
    const cci_electorate *e = p->electorate;
    const cocreate_allocator *a = &p->calc->allocator;
    int64_t weight = 0; /* no overflow: the sum of all weights is an int64 */
    cci_bundle_clear(p, all);
    for (size_t i = 0; p->share != NULL && i < p->size; i++)
        cci_value_clear(a, &p->share[i]);
    p->unused = CCI_NO_PAPER;
    p->size = e->ballots;
    for (size_t b = 0; b < e->ballots; b++) {
        p->at[b] = e->start[b];
        if (!p->strict) {
            p->ballot[b] = (uint32_t)b;
            p->share[b] = (cci_value){e->weights[b], 1, NULL};
        }
        if (e->weights[b] == 0 || (p->whole && cci_has_equal_ranks(e, b)))
            continue;
        append(p, all, (uint32_t)b);
        weight += e->weights[b];
    }
    cci_value_set(a, &all->count, weight, 1);
}

cocreate_status cci_papers_init(cci_papers *p, const cci_electorate *e, cci_calc *calc, int whole,
                                cci_bundle *all, cocreate_error *error)
{
    const cocreate_allocator *a = &calc->allocator;
    size_t m = e->candidates;
    memset(p, 0, sizeof *p);
    *all = empty;
    p->calc = calc;
    p->electorate = e;
    p->whole = whole;
    p->strict = whole || e->widest == 1;
    p->unused = CCI_NO_PAPER;
    p->spent = empty;
    if (e->ballots >= CCI_NO_PAPER)
        return cci_fail(error, COCREATE_ERR_LIMIT, "more than %u distinct ballots",
                        (unsigned)(CCI_NO_PAPER - 1));
    p->sorted = cci_alloc(a, m, sizeof *p->sorted);
    p->touched = cci_alloc(a, m, sizeof *p->touched);
    p->is_touched = cci_alloc(a, m, sizeof *p->is_touched);
    if (p->sorted == NULL || p->touched == NULL || p->is_touched == NULL)
        return cci_no_memory(error);
    for (size_t o = 0; o < m; o++)
        p->sorted[o] = empty;
    if (!p->strict)
        CCI_TRY(make_room(p, e->ballots, error));
    else {
        p->at = cci_alloc(a, e->ballots, sizeof *p->at);
        p->next = cci_alloc(a, e->ballots, sizeof *p->next);
        if (p->at == NULL || p->next == NULL)
            return cci_no_memory(error);
    }
    cci_papers_reset(p, all);
    return COCREATE_OK;
}

void cci_papers_free(cci_papers *p)
{
    if (p->calc == NULL)
        return;
    const cocreate_allocator *a = &p->calc->allocator;
    for (size_t i = 0; p->share != NULL && i < p->size; i++)
        cci_value_clear(a, &p->share[i]);
    for (size_t o = 0; p->sorted != NULL && o < p->electorate->candidates; o++)
        cci_value_clear(a, &p->sorted[o].count);
    cci_value_clear(a, &p->spent.count);
    cci_free(a, p->at);
    cci_free(a, p->next);
    cci_free(a, p->ballot);
    cci_free(a, p->share);
    cci_free(a, p->gather);
    cci_free(a, p->sorted);
    cci_free(a, p->touched);
    cci_free(a, p->is_touched);
    memset(p, 0, sizeof *p);
}

/* -- Sorting ---------------------------------------------------------------------------------- */

static cci_bundle *touch(cci_papers *p, uint32_t option)
{
    if (!p->is_touched[option]) {
        p->is_touched[option] = 1;
        p->touched[p->touched_count++] = option;
    }
    return &p->sorted[option];
}

/* Papers without equal ranks: counts are whole, and their sum is an int64. */
static void sort_strict(cci_papers *p, const cci_bundle *bundle, const uint8_t *open)
{
    const cci_electorate *e = p->electorate;
    for (uint32_t paper = bundle->first, next; paper != CCI_NO_PAPER; paper = next) {
        size_t i = p->at[paper], end = e->start[paper + 1];
        next = p->next[paper];
        while (i < end && !open[e->options[i]])
            i++;
        p->at[paper] = i;
        if (i == end) {
            p->spent.count.num += e->weights[paper];
            continue;
        }
        cci_bundle *to = touch(p, e->options[i]);
        append(p, to, paper);
        to->count.num += e->weights[paper];
    }
}

/* Give a share of `paper` to an option: joined with another share of the same ballot that is
 * already there, since both stand at the same rank. */
static cocreate_status give_share(cci_papers *p, uint32_t paper, uint32_t option, size_t at,
                                  const cci_value *share, cocreate_error *error)
{
    uint32_t same, ballot = p->ballot[paper];
    cci_bundle *to = touch(p, option);
    CCI_TRY(cci_calc_add(p->calc, &to->count, share, &to->count, error));
    if (to->last != CCI_NO_PAPER && p->ballot[to->last] == ballot)
        return cci_calc_add(p->calc, &p->share[to->last], share, &p->share[to->last], error);
    CCI_TRY(new_paper(p, &same, error));
    p->ballot[same] = ballot;
    p->at[same] = at;
    append(p, to, same);
    return cci_calc_copy(p->calc, share, &p->share[same], error);
}

static cocreate_status split(cci_papers *p, uint32_t paper, const uint8_t *open, cci_value *share,
                             cocreate_error *error)
{
    const cci_electorate *e = p->electorate;
    size_t end = e->start[p->ballot[paper] + 1];
    for (size_t i = p->at[paper]; i < end;) {
        size_t stop = cci_rank_end(e, i, end);
        int64_t n = 0;
        for (size_t k = i; k < stop; k++)
            n += open[e->options[k]];
        if (n > 0) {
            cci_value part = {1, n, NULL};
            CCI_TRY(cci_calc_mul(p->calc, &p->share[paper], &part, share, error));
            for (size_t k = i; k < stop; k++)
                if (open[e->options[k]])
                    CCI_TRY(give_share(p, paper, e->options[k], i, share, error));
            return COCREATE_OK;
        }
        i = stop;
    }
    return cci_calc_add(p->calc, &p->spent.count, &p->share[paper], &p->spent.count, error);
}

static cocreate_status by_ballot(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    const uint32_t *ballot = context;
    (void)error;
    *out = (ballot[a] > ballot[b]) - (ballot[a] < ballot[b]);
    return COCREATE_OK;
}

/* Ballot by ballot, so that the shares of one ballot meet again. */
static cocreate_status sort_shared(cci_papers *p, const cci_bundle *bundle, const uint8_t *open,
                                   cocreate_error *error)
{
    const cocreate_allocator *a = &p->calc->allocator;
    size_t n = 0;
    for (uint32_t paper = bundle->first; paper != CCI_NO_PAPER; paper = p->next[paper])
        n++;
    if (!cci_grow(a, (void **)&p->gather, &p->gather_room, n, sizeof *p->gather))
        return cci_no_memory(error);
    n = 0;
    for (uint32_t paper = bundle->first; paper != CCI_NO_PAPER; paper = p->next[paper])
        p->gather[n++] = paper;
    CCI_TRY(cci_sort(a, p->gather, n, by_ballot, p->ballot, error));
    cci_value share = {0, 1, NULL};
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        status = split(p, p->gather[i], open, &share, error);
        drop_paper(p, p->gather[i]);
    }
    cci_value_clear(a, &share);
    return status;
}

static cocreate_status by_number(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)context, (void)error;
    *out = (a > b) - (a < b);
    return COCREATE_OK;
}

cocreate_status cci_papers_sort(cci_papers *p, cci_bundle *bundle, const uint8_t *open,
                                cocreate_error *error)
{
    for (size_t i = 0; i < p->touched_count; i++) {
        p->is_touched[p->touched[i]] = 0;
        cci_bundle_clear(p, &p->sorted[p->touched[i]]);
    }
    p->touched_count = 0;
    cci_bundle_clear(p, &p->spent);
    if (p->strict)
        sort_strict(p, bundle, open);
    else
        CCI_TRY(sort_shared(p, bundle, open, error));
    cci_bundle_clear(p, bundle);
    return cci_sort(&p->calc->allocator, p->touched, p->touched_count, by_number, NULL, error);
}
