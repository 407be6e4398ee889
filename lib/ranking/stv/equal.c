/* The mean over all orders of a rank.
 *
 * In one order a member of the rank keeps its factor of what those before it passed on. Let the
 * others be r many and q what each passes on; the mean over all orders of what comes to the member
 * is (M_0 + M_1 + .. + M_r) / (r + 1), where M_k is the mean product of k of the others. Another
 * one who passes on q makes M_k into ((r + 1 - k) M_k + k q M_(k-1)) / (r + 1). What a member keeps
 * is cut to the decimals of the count; that needs the means only so far as they are certain, which
 * 18 decimals nearly always are, and else all of them. */
#include "ranking/stv/equal.h"

#include <string.h>

#include "base/checked.h"

/* One, in the 18 decimals of the means. */
#define ONE UINT64_C(1000000000000000000)

cocreate_status cci_equal_init(cci_equal *e, cci_count *c, uint64_t scale, cocreate_error *error)
{
    const cci_electorate *ballots = c->run->electorate;
    const cocreate_allocator *a = &c->run->allocator;
    memset(e, 0, sizeof *e);
    e->calc = &c->calc;
    e->electorate = ballots;
    e->scale = scale;
    if (ballots->widest == 1)
        return COCREATE_OK;
    e->ballots = cci_alloc(a, ballots->ballots, sizeof *e->ballots);
    e->members = cci_alloc(a, ballots->widest, sizeof *e->members);
    e->kept = cci_alloc(a, ballots->widest, sizeof *e->kept);
    e->passed = cci_alloc(a, ballots->widest, sizeof *e->passed);
    e->means = cci_alloc(a, ballots->widest + 1, sizeof *e->means);
    e->exact = cci_alloc(a, ballots->widest + 1, sizeof *e->exact);
    if (!e->ballots || !e->members || !e->kept || !e->passed || !e->means || !e->exact)
        return cci_no_memory(error);
    for (size_t b = 0; b < ballots->ballots; b++)
        if (ballots->weights[b] > 0 && cci_has_equal_ranks(ballots, b))
            e->ballots[e->count++] = b;
    return COCREATE_OK;
}

void cci_equal_free(cci_equal *e)
{
    if (e->calc == NULL)
        return;
    const cocreate_allocator *a = &e->calc->allocator;
    for (size_t i = 0; i < e->exact_count; i++)
        cci_rational_clear(&e->exact[i]);
    cci_free(a, e->ballots);
    cci_free(a, e->members);
    cci_free(a, e->kept);
    cci_free(a, e->passed);
    cci_free(a, e->means);
    cci_free(a, e->exact);
    memset(e, 0, sizeof *e);
}

static uint64_t part(uint64_t a, uint64_t b, uint64_t of)
{
    uint64_t quotient = 0, rest;
    int fits = cci_muldiv_u64(a, b, of, &quotient, &rest);
    assert(fits);
    (void)fits;
    return quotient;
}

/* What comes to a member, from below, in 18 decimals. The others are `full` who pass on nothing and
 * those of e->passed but for the one at `skip`; together r. Each step loses less than three units
 * in each mean; *lost says what all of it can lose. */
static uint64_t reach(cci_equal *e, size_t full, size_t passing, size_t skip, uint64_t *lost)
{
    size_t r = full, used = 0;
    uint64_t sum = 0;
    e->means[0] = ONE;
    for (size_t i = 0; i < passing; i++) {
        if (i == skip)
            continue;
        used++;
        e->means[used] = 0;
        for (size_t k = used; k > 0; k--)
            e->means[k] = part(e->means[k], r + 1 - k, r + 1) +
                          part(part(e->passed[i], e->means[k - 1], e->scale), k, r + 1);
        r++;
    }
    for (size_t k = 0; k <= used; k++)
        sum += e->means[k] / (r + 1);
    *lost = (used + 1) * (3 * used + 1);
    return sum;
}

static cocreate_status exact_room(cci_equal *e, size_t n, cocreate_error *error)
{
    for (; e->exact_count < n; e->exact_count++)
        CCI_TRY(cci_rational_init(&e->exact[e->exact_count], error));
    return COCREATE_OK;
}

/* The same in fractions: what comes to the member is then e->exact[0]. */
static cocreate_status reach_exactly(cci_equal *e, size_t full, size_t passing, size_t skip,
                                     cocreate_error *error)
{
    cci_rational *x = &e->calc->x, *means = e->exact;
    size_t r = full, used = 0;
    CCI_TRY(exact_room(e, passing + 1, error));
    CCI_TRY(cci_rational_set_i64(&means[0], 1, 1, error));
    for (size_t i = 0; i < passing; i++) {
        if (i == skip)
            continue;
        used++;
        CCI_TRY(cci_rational_set_i64(&means[used], 0, 1, error));
        for (size_t k = used; k > 0; k--) {
            CCI_TRY(cci_rational_set_i64(x, (int64_t)(r + 1 - k), (int64_t)(r + 1), error));
            CCI_TRY(cci_rational_mul(&means[k], x, &means[k], error));
            CCI_TRY(cci_rational_set_i64(x, (int64_t)e->passed[i], (int64_t)e->scale, error));
            CCI_TRY(cci_rational_mul(&means[k - 1], x, &e->calc->y, error));
            CCI_TRY(cci_rational_set_i64(x, (int64_t)k, (int64_t)(r + 1), error));
            CCI_TRY(cci_rational_mul(&e->calc->y, x, &e->calc->y, error));
            CCI_TRY(cci_rational_add(&means[k], &e->calc->y, &means[k], error));
        }
        r++;
    }
    for (size_t k = 1; k <= used; k++)
        CCI_TRY(cci_rational_add(&means[0], &means[k], &means[0], error));
    CCI_TRY(cci_rational_set_i64(x, 1, (int64_t)(r + 1), error));
    return cci_rational_mul(&means[0], x, &means[0], error);
}

/* What a member with this factor keeps of the weight, cut. `skip` is its own place in e->passed, or
 * past the end where it passes on nothing. */
static cocreate_status keep_of(cci_equal *e, uint64_t weight, uint64_t factor, size_t full,
                               size_t passing, size_t skip, uint64_t *out, cocreate_error *error)
{
    uint64_t lost, low = reach(e, full, passing, skip, &lost);
    uint64_t share = part(low, factor, e->scale);
    *out = part(weight, share, ONE);
    if (*out == part(weight, share + lost + 2, ONE))
        return COCREATE_OK;
    cci_rational *x = &e->calc->x;
    int64_t kept;
    CCI_TRY(reach_exactly(e, full, passing, skip, error));
    CCI_TRY(cci_rational_set_i64(x, (int64_t)(weight * factor), (int64_t)e->scale, error));
    CCI_TRY(cci_rational_mul(&e->exact[0], x, x, error));
    CCI_TRY(cci_rational_round(x, 0, CCI_ROUND_FLOOR, &kept, error));
    *out = (uint64_t)kept;
    return COCREATE_OK;
}

/* Sort what the members of a rank of n pass on; returns how many pass on something. */
static size_t sort_passed(cci_equal *e, size_t n, const uint64_t *keep)
{
    size_t passing = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t passed = e->scale - keep[e->members[i]];
        if (passed == 0)
            continue;
        size_t at = passing++;
        for (; at > 0 && e->passed[at - 1] > passed; at--)
            e->passed[at] = e->passed[at - 1];
        e->passed[at] = passed;
    }
    return passing;
}

/* What each of the n members keeps of the weight, into e->kept, and what goes on to the next rank:
 * nothing as long as one of them passes on nothing. */
static cocreate_status share_rank(cci_equal *e, size_t n, const uint64_t *keep, uint64_t weight,
                                  uint64_t *rest, cocreate_error *error)
{
    size_t passing = sort_passed(e, n, keep), full = n - passing;
    uint64_t left = weight, of_full = 0;
    if (full > 0 && passing == 0)
        of_full = weight / n;
    else if (full > 0)
        CCI_TRY(keep_of(e, weight, e->scale, full - 1, passing, passing, &of_full, error));
    for (size_t i = 0; i < n; i++) {
        uint64_t factor = keep[e->members[i]], passed = e->scale - factor;
        size_t own = 0;
        while (passed > 0 && e->passed[own] != passed)
            own++;
        if (passed == 0)
            e->kept[i] = of_full;
        else
            CCI_TRY(keep_of(e, weight, factor, full, passing, own, &e->kept[i], error));
        left -= e->kept[i];
    }
    *rest = full > 0 ? 0 : left;
    return COCREATE_OK;
}

cocreate_status cci_equal_pass(cci_equal *e, size_t ballot, const uint64_t *keep,
                               void (*add)(void *context, uint32_t option, uint64_t kept),
                               uint64_t (*alone)(void *context, uint64_t weight, uint64_t factor,
                                                 uint64_t *rest),
                               void *context, uint64_t *rest, cocreate_error *error)
{
    const cci_electorate *ballots = e->electorate;
    size_t end = ballots->start[ballot + 1];
    *rest = e->scale;
    for (size_t i = ballots->start[ballot], stop; i < end && *rest > 0; i = stop) {
        size_t n = 0;
        stop = cci_rank_end(ballots, i, end);
        for (size_t k = i; k < stop; k++)
            if (keep[ballots->options[k]] > 0)
                e->members[n++] = ballots->options[k];
        if (n == 1)
            e->kept[0] = alone(context, *rest, keep[e->members[0]], rest);
        else if (n > 1)
            CCI_TRY(share_rank(e, n, keep, *rest, rest, error));
        for (size_t k = 0; k < n; k++)
            add(context, e->members[k], e->kept[k]);
    }
    return COCREATE_OK;
}
