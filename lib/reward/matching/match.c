#include "reward/matching/match.h"

#include <string.h>

#include "base/checked.h"
#include "base/json.h"

/* ---- wide sums ---- */

static void add_word(cci_wide *sum, int at, uint64_t value)
{
    for (; at < 3 && value != 0; at++) {
        sum->word[at] += value;
        value = sum->word[at] < value; /* the carry */
    }
}

void cci_wide_add_product(cci_wide *sum, uint64_t a, uint64_t b)
{
    uint64_t high, low;
    cci_mul_u64(a, b, &high, &low);
    add_word(sum, 0, low);
    add_word(sum, 1, high);
}

mp_err cci_wide_get(const cci_wide *sum, mp_int *out)
{
    mp_int low;
    mp_err big = mp_init(&low);
    if (big != MP_OKAY)
        return big;
    mp_zero(out);
    for (int i = 3; i-- > 0 && big == MP_OKAY;) {
        mp_set_u64(&low, sum->word[i]);
        big = mp_mul_2d(out, 64, out);
        if (big == MP_OKAY)
            big = mp_add(out, &low, out);
    }
    mp_clear(&low);
    return big;
}

mp_err cci_match_scaled(int64_t c, cci_match_weight weight, int bits, mp_int *out)
{
    mp_int factor;
    mp_err big = mp_init_i64(&factor, weight.num);
    if (big != MP_OKAY)
        return big;
    mp_set_i64(out, c);
    big = mp_mul(out, &factor, out);
    if (big == MP_OKAY)
        big = mp_mul_2d(out, bits, out);
    mp_set_i64(&factor, weight.den);
    if (big == MP_OKAY)
        big = mp_div(out, &factor, out, NULL);
    mp_clear(&factor);
    return big;
}

/* ---- gathering ---- */

void cci_gifts_free(cci_gifts *gifts)
{
    cci_free(&gifts->allocator, gifts->first);
    cci_free(&gifts->allocator, gifts->donors);
    cci_free(&gifts->allocator, gifts->amounts);
    cci_free(&gifts->allocator, gifts->roots);
    memset(gifts, 0, sizeof *gifts);
}

static cocreate_status root_of_part(int64_t amount, cci_match_weight weight, uint64_t *root,
                                    cocreate_error *error)
{
    if (weight.num == weight.den) {
        *root = cci_root((uint64_t)amount);
        return COCREATE_OK;
    }
    mp_int square;
    CCI_TRY(cci_big_status(mp_init(&square), error));
    mp_err big = cci_match_scaled(amount, weight, CCI_SQUARE_BITS, &square);
    if (big == MP_OKAY)
        big = mp_sqrt(&square, &square);
    *root = mp_get_u64(&square);
    mp_clear(&square);
    return cci_big_status(big, error);
}

/* Order the gifts by project: where each project's begin, and the gifts themselves. */
static void by_project(const cci_match_round *round, cci_gifts *g, size_t *order)
{
    size_t at = 0;
    for (size_t i = 0; i < round->n; i++)
        g->first[round->projects[i] + 1]++;
    for (size_t p = 0; p < round->n_projects; p++) {
        size_t count = g->first[p + 1];
        g->first[p + 1] = at; /* moves to its end while the gifts are placed */
        at += count;
    }
    for (size_t i = 0; i < round->n; i++)
        order[g->first[round->projects[i] + 1]++] = i;
}

/* Add up what each donor gives to project p, and keep what counts, from `kept` on. seen[d] is 1 + the place
 * of donor d's gifts to the last project that they gave to. */
static cocreate_status gather_project(const cci_match_round *round, cci_gifts *g,
                                      const size_t *order, size_t n, size_t *seen, size_t *kept,
                                      cocreate_error *error)
{
    size_t start = *kept, end = start;
    for (size_t i = 0; i < n; i++) {
        uint32_t donor = round->donors[order[i]];
        int64_t amount = round->amounts[order[i]];
        size_t at = seen[donor];
        if (at <= start || at > end || g->donors[at - 1] != donor) {
            g->donors[end] = donor;
            g->amounts[end] = 0;
            seen[donor] = at = ++end;
        }
        if (!cci_add_i64(g->amounts[at - 1], amount, &g->amounts[at - 1]) ||
            g->amounts[at - 1] > CCI_JSON_INTEGER_MAX)
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, order[i],
                               "gift %zu: a donor gives a project more than 2^53 - 1 minor units",
                               order[i]);
    }
    for (size_t i = start; i < end; i++) {
        cci_match_weight weight = {1, 1};
        if (round->weights != NULL)
            weight = round->weights[g->donors[i]];
        if (g->amounts[i] == 0 || g->amounts[i] < round->minimum || weight.num == 0)
            continue;
        g->donors[*kept] = g->donors[i];
        g->amounts[*kept] = g->amounts[i];
        CCI_TRY(root_of_part(g->amounts[i], weight, &g->roots[*kept], error));
        ++*kept;
    }
    return COCREATE_OK;
}

cocreate_status cci_gifts_gather(const cci_match_round *round, cci_gifts *out,
                                 cocreate_error *error)
{
    const cocreate_allocator *a = &round->allocator;
    *out = (cci_gifts){.allocator = *a};
    size_t *order = cci_alloc(a, round->n, sizeof *order);
    size_t *seen = cci_alloc(a, round->n_donors, sizeof *seen);
    out->first = cci_alloc(a, round->n_projects + 2, sizeof *out->first);
    out->donors = cci_alloc(a, round->n, sizeof *out->donors);
    out->amounts = cci_alloc(a, round->n, sizeof *out->amounts);
    out->roots = cci_alloc(a, round->n, sizeof *out->roots);
    cocreate_status status = COCREATE_OK;
    if (order == NULL || seen == NULL || out->first == NULL || out->donors == NULL ||
        out->amounts == NULL || out->roots == NULL)
        status = cci_no_memory(error);
    if (status == COCREATE_OK) {
        size_t begin = 0;
        by_project(round, out, order);
        for (size_t p = 0; p < round->n_projects && status == COCREATE_OK; p++) {
            size_t end = out->first[p + 1], start = out->n;
            status = gather_project(round, out, order + begin, end - begin, seen, &out->n, error);
            out->first[p] = start;
            begin = end;
        }
        out->first[round->n_projects] = out->n;
    }
    cci_free(a, seen);
    cci_free(a, order);
    return status;
}

/* ---- the plain form ---- */

static mp_err sums(const cci_gifts *gifts, size_t project, mp_int *roots, mp_int *squares)
{
    cci_wide sum = {{0}}, square = {{0}};
    for (size_t i = gifts->first[project]; i < gifts->first[project + 1]; i++) {
        add_word(&sum, 0, gifts->roots[i]);
        cci_wide_add_product(&square, gifts->roots[i], gifts->roots[i]);
    }
    mp_err big = cci_wide_get(&sum, roots);
    return big != MP_OKAY ? big : cci_wide_get(&square, squares);
}

cocreate_status cci_match_sums(const cci_gifts *gifts, size_t project, mp_int *roots,
                               mp_int *squares, cocreate_error *error)
{
    return cci_big_status(sums(gifts, project, roots, squares), error);
}

/* (sum of roots)^2 less the sum of their squares, which is what was given but for the rounding of the
 * roots: so a single gift is never matched, and no match is negative. */
static cocreate_status match_plain(const cci_match_round *round, const cci_gifts *gifts,
                                   mp_int *matches, cocreate_error *error)
{
    mp_int squares;
    CCI_TRY(cci_big_status(mp_init(&squares), error));
    mp_err big = MP_OKAY;
    for (size_t p = 0; p < round->n_projects && big == MP_OKAY; p++) {
        big = sums(gifts, p, &matches[p], &squares);
        if (big == MP_OKAY)
            big = mp_sqr(&matches[p], &matches[p]);
        if (big == MP_OKAY)
            big = mp_sub(&matches[p], &squares, &matches[p]);
    }
    mp_clear(&squares);
    return cci_big_status(big, error);
}

cocreate_status cci_match(const cci_match_round *round, const cci_gifts *gifts, mp_int *matches,
                          int *bits, cocreate_error *error)
{
    switch (round->form) {
    case CCI_MATCH_PAIRWISE:
    case CCI_MATCH_GITCOIN_CLR:
        return cci_match_pairs(round, gifts, matches, bits, error);
    case CCI_MATCH_CLUSTER:
    case CCI_MATCH_COCM:
        return cci_match_clusters(round, gifts, matches, bits, error);
    case CCI_MATCH_QF:
        break;
    }
    *bits = CCI_SQUARE_BITS;
    return match_plain(round, gifts, matches, error);
}
