/* How papers pass from one candidate to the next. */
#include <string.h>

#include "ranking/order.h"
#include "ranking/stv/count.h"
#include "ranking/write.h"

/* -- Piles ------------------------------------------------------------------------------------ */

void cci_pile_free(cci_count *c, cci_pile *pile)
{
    for (size_t i = 0; i < pile->count; i++) {
        cci_value_clear(&c->run->allocator, &pile->parcels[i].papers.count);
        cci_value_clear(&c->run->allocator, &pile->parcels[i].value);
    }
    cci_free(&c->run->allocator, pile->parcels);
    memset(pile, 0, sizeof *pile);
}

cocreate_status cci_pile_add(cci_count *c, cci_pile *pile, cci_bundle *papers, cci_parcel **out,
                             cocreate_error *error)
{
    if (!cci_grow(&c->run->allocator, (void **)&pile->parcels, &pile->room, pile->count + 1,
                  sizeof *pile->parcels))
        return cci_no_memory(error);
    *out = &pile->parcels[pile->count++];
    **out = (cci_parcel){*papers, {0, 1, NULL}, c->round == 0};
    *papers = (cci_bundle){CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    return COCREATE_OK;
}

cocreate_status cci_count_credit(cci_count *c, const cci_value *value, cocreate_error *error)
{
    cci_papers *p = &c->papers;
    CCI_TRY(cci_calc_mul(&c->calc, &p->spent.count, value, &c->term, error));
    CCI_TRY(cci_calc_add(&c->calc, &c->exhausted, &c->term, &c->exhausted, error));
    for (size_t i = 0; i < p->touched_count; i++) {
        uint32_t o = p->touched[i];
        cci_parcel *parcel = NULL;
        CCI_TRY(cci_calc_mul(&c->calc, &p->sorted[o].count, value, &c->term, error));
        CCI_TRY(cci_calc_add(&c->calc, &c->votes[o], &c->term, &c->votes[o], error));
        CCI_TRY(cci_pile_add(c, &c->piles[o], &p->sorted[o], &parcel, error));
        CCI_TRY(cci_calc_copy(&c->calc, value, &parcel->value, error));
        c->changed[o] = 1;
    }
    return COCREATE_OK;
}

/* Parcels to be sorted by value. */
struct gathering {
    cci_parcel **parcels;
    uint32_t *order;
    int originals;
};

static cocreate_status by_value(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct gathering *g = context;
    cci_parcel *const *parcels = g->parcels;
    *out = g->originals ? parcels[b]->original - parcels[a]->original : 0;
    if (*out == 0)
        CCI_TRY(cci_value_compare(&parcels[b]->value, &parcels[a]->value, out, error));
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

static cocreate_status join_equal(cci_count *c, const struct gathering *g, size_t n, cci_pile *out,
                                  cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        cci_parcel *from = g->parcels[g->order[i]], *to = NULL;
        int apart = 1;
        if (out->count > 0) {
            to = &out->parcels[out->count - 1];
            CCI_TRY(cci_value_compare(&to->value, &from->value, &apart, error));
        }
        if (apart == 0 && (!g->originals || to->original == from->original)) {
            CCI_TRY(cci_bundle_join(&c->papers, &to->papers, &from->papers, error));
            continue;
        }
        CCI_TRY(cci_pile_add(c, out, &from->papers, &to, error));
        to->original = from->original;
        CCI_TRY(cci_calc_copy(&c->calc, &from->value, &to->value, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_count_gather(cci_count *c, const uint32_t *candidates, size_t n, int originals,
                                 cci_pile *out, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t total = 0, k = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < n; i++)
        total += c->piles[candidates[i]].count;
    struct gathering g = {cci_alloc(a, total, sizeof *g.parcels),
                          cci_alloc(a, total, sizeof *g.order), originals};
    cocreate_status status =
        g.parcels != NULL && g.order != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        for (size_t j = 0; j < c->piles[candidates[i]].count; j++) {
            g.order[k] = (uint32_t)k;
            g.parcels[k++] = &c->piles[candidates[i]].parcels[j];
        }
    if (status == COCREATE_OK)
        status = cci_sort(a, g.order, total, by_value, &g, error);
    if (status == COCREATE_OK)
        status = join_equal(c, &g, total, out, error);
    cci_free(a, g.parcels);
    cci_free(a, g.order);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        cci_pile_free(c, &c->piles[candidates[i]]);
    if (status != COCREATE_OK)
        cci_pile_free(c, out);
    return status;
}

/* -- Passing on ------------------------------------------------------------------------------- */

static cocreate_status pass_pile(cci_count *c, cci_pile *pile,
                                 cocreate_status (*after)(cci_count *, cocreate_error *),
                                 cocreate_error *error)
{
    for (size_t i = 0; i < pile->count; i++) {
        CCI_TRY(cci_papers_sort(&c->papers, &pile->parcels[i].papers, c->receives, error));
        CCI_TRY(cci_count_credit(c, &pile->parcels[i].value, error));
        if (after != NULL)
            CCI_TRY(after(c, error));
        if (cci_seats_left(c) == 0)
            break;
    }
    return COCREATE_OK;
}

static cocreate_status pass_batches(cci_count *c, const uint32_t *candidates, size_t n,
                                    int originals,
                                    cocreate_status (*after)(cci_count *, cocreate_error *),
                                    cocreate_error *error)
{
    cci_pile pile;
    CCI_TRY(cci_count_gather(c, candidates, n, originals, &pile, error));
    for (size_t i = 0; i < n; i++) {
        cci_value_set(&c->run->allocator, &c->votes[candidates[i]], 0, 1);
        c->changed[candidates[i]] = 1;
    }
    cocreate_status status = pass_pile(c, &pile, after, error);
    cci_pile_free(c, &pile);
    return status;
}

cocreate_status cci_count_pass_on(cci_count *c, const uint32_t *candidates, size_t n,
                                  cocreate_error *error)
{
    return pass_batches(c, candidates, n, 0, NULL, error);
}

cocreate_status cci_count_pass_eliminated(cci_count *c, size_t n, int originals,
                                          cocreate_status (*after)(cci_count *, cocreate_error *),
                                          cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        c->group[i] = c->eliminated[c->eliminated_count - n + i].candidate;
    return pass_batches(c, c->group, n, originals, after, error);
}

/* The surplus of an elected candidate, which is no longer due, into c->sum. The caller lets the
 * votes go down to the quota by settle(). */
static cocreate_status take_surplus(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    cci_buffer *out = &c->surplus, *notes = &c->sentences;
    c->surplus_due[candidate] = c->receives[candidate] = 0;
    CCI_TRY(cci_calc_sub(&c->calc, &c->votes[candidate], &c->quota, &c->sum, error));
    cci_buffer_text(out, out->size > 0 ? ",{\"amount\":\"" : "{\"amount\":\"");
    CCI_TRY(cci_count_write(c, out, &c->sum, error));
    cci_buffer_text(out, "\",\"option\":");
    cci_write_id(c->run, out, candidate);
    cci_buffer_byte(out, '}');
    cci_buffer_format(notes, "Round %zu: the surplus of ", c->round);
    cci_buffer_text(notes, cci_name(c->run, candidate));
    cci_buffer_text(notes, ", ");
    CCI_TRY(cci_count_say(c, notes, &c->sum, error));
    cci_write_plural(notes, " votes", &c->sum);
    cci_buffer_text(notes, ", passes on.\n");
    return COCREATE_OK;
}

static cocreate_status settle(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    c->changed[candidate] = 1;
    return cci_calc_copy(&c->calc, &c->quota, &c->votes[candidate], error);
}

/* The new value of a paper of this value. c->sum is the surplus, c->factor surplus per votes. */
static cocreate_status shrink_value(cci_count *c, uint32_t candidate, cci_shrink shrink,
                                    cci_value *value, cocreate_error *error)
{
    static const cci_value one = {1, 1, NULL};
    if (shrink == CCI_SHRINK_ONCE)
        return cci_calc_scale(&c->calc, value, &c->sum, &c->votes[candidate], c->decimals, value,
                              error);
    if (shrink == CCI_SHRINK_FRACTION)
        return cci_calc_scale(&c->calc, value, &c->factor, &one, c->decimals, value, error);
    CCI_TRY(cci_calc_scale(&c->calc, value, &c->sum, &one, c->decimals, value, error));
    return cci_calc_scale(&c->calc, value, &one, &c->votes[candidate], c->decimals, value, error);
}

static cocreate_status shrink_pile(cci_count *c, uint32_t candidate, cci_shrink shrink,
                                   cci_pile *pile, cocreate_error *error)
{
    for (size_t i = 0; i < pile->count; i++)
        CCI_TRY(shrink_value(c, candidate, shrink, &pile->parcels[i].value, error));
    return pass_pile(c, pile, NULL, error);
}

cocreate_status cci_count_pass_surplus(cci_count *c, uint32_t candidate, cci_shrink shrink,
                                       cocreate_error *error)
{
    static const cci_value one = {1, 1, NULL};
    cci_pile pile;
    CCI_TRY(take_surplus(c, candidate, error));
    CCI_TRY(cci_calc_scale(&c->calc, &c->sum, &one, &c->votes[candidate], c->decimals, &c->factor,
                           error));
    CCI_TRY(cci_count_gather(c, &candidate, 1, 0, &pile, error));
    cocreate_status status = shrink_pile(c, candidate, shrink, &pile, error);
    cci_pile_free(c, &pile);
    CCI_TRY(status);
    return settle(c, candidate, error);
}

static cocreate_status pass_together(cci_count *c, cci_pile *pile, cocreate_error *error)
{
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < pile->count && status == COCREATE_OK; i++)
        status = cci_bundle_join(&c->papers, &all, &pile->parcels[i].papers, error);
    if (status == COCREATE_OK)
        status = cci_calc_scale(&c->calc, &c->sum, &(cci_value){1, 1, NULL}, &all.count,
                                c->decimals, &c->factor, error);
    if (status == COCREATE_OK)
        status = cci_papers_sort(&c->papers, &all, c->receives, error);
    cci_value_clear(&c->run->allocator, &all.count);
    CCI_TRY(status);
    return cci_count_credit(c, &c->factor, error);
}

cocreate_status cci_count_pass_inclusive(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    CCI_TRY(take_surplus(c, candidate, error));
    cocreate_status status = pass_together(c, &c->piles[candidate], error);
    cci_pile_free(c, &c->piles[candidate]);
    CCI_TRY(status);
    return settle(c, candidate, error);
}

/* Credit the last parcel, which is sorted: what is spent of it stays with the candidate, so that
 * the surplus is shared by those papers alone that pass on. */
static cocreate_status credit_last(cci_count *c, const cci_value *value, cocreate_error *error)
{
    static const cci_value one = {1, 1, NULL};
    const cocreate_allocator *a = &c->run->allocator;
    cci_papers *p = &c->papers;
    int order = 0, any = 0;
    cci_value_set(a, &p->spent.count, 0, 1);
    cci_value_set(a, &c->term, 0, 1);
    for (size_t i = 0; i < p->touched_count; i++)
        CCI_TRY(cci_calc_add(&c->calc, &c->term, &p->sorted[p->touched[i]].count, &c->term,
                             error));
    CCI_TRY(cci_calc_sign(&c->term, &any, error));
    CCI_TRY(cci_calc_mul(&c->calc, &c->term, value, &c->factor, error));
    CCI_TRY(cci_value_compare(&c->factor, &c->sum, &order, error));
    if (any == 0 || order <= 0)
        CCI_TRY(cci_calc_copy(&c->calc, value, &c->factor, error));
    else
        CCI_TRY(cci_calc_scale(&c->calc, &c->sum, &one, &c->term, c->decimals, &c->factor, error));
    return cci_count_credit(c, &c->factor, error);
}

/* What of the surplus no paper takes along has no one to count for. */
static cocreate_status exhaust_rest(cci_count *c, cocreate_error *error)
{
    const cci_papers *p = &c->papers;
    for (size_t i = 0; i < p->touched_count; i++) {
        const cci_pile *pile = &c->piles[p->touched[i]];
        const cci_parcel *parcel = &pile->parcels[pile->count - 1];
        CCI_TRY(cci_calc_mul(&c->calc, &parcel->papers.count, &parcel->value, &c->term, error));
        CCI_TRY(cci_calc_sub(&c->calc, &c->sum, &c->term, &c->sum, error));
    }
    return cci_calc_add(&c->calc, &c->exhausted, &c->sum, &c->exhausted, error);
}

cocreate_status cci_count_pass_last(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    cci_pile *pile = &c->piles[candidate];
    cocreate_status status = COCREATE_OK;
    CCI_TRY(take_surplus(c, candidate, error));
    if (pile->count > 0) {
        cci_parcel *last = &pile->parcels[pile->count - 1];
        status = cci_papers_sort(&c->papers, &last->papers, c->receives, error);
        if (status == COCREATE_OK)
            status = credit_last(c, &last->value, error);
        if (status == COCREATE_OK)
            status = exhaust_rest(c, error);
    }
    cci_pile_free(c, pile);
    CCI_TRY(status);
    return settle(c, candidate, error);
}
