/* Matches that look at pairs of donors: what two have given to the same projects tells how far they may act
 * as one. Buterin, Pairwise coordination subsidies, 2019; the CLR program of Gitcoin, 2020. */
#include <string.h>

#include "reward/matching/match.h"

/* Binary places of k, the part of a pair's match that is granted. */
enum { K_BITS = 64 };

typedef struct pairs {
    const cci_match_round *round;
    const cci_gifts *gifts;
    size_t *first;    /* of each donor in `places`, and the end */
    size_t *places;   /* where a donor's gifts stand */
    uint32_t *owners; /* the project of each gift */
    cci_wide *shared; /* of a donor and each later one: the sum of products of roots */
    uint32_t *met;    /* those with whom it is not 0 */
    size_t n_met;
    mp_int k, sum, term, bound; /* for computing */
} pairs;

static void pairs_free(pairs *w)
{
    const cocreate_allocator *a = &w->round->allocator;
    cci_free(a, w->first);
    cci_free(a, w->places);
    cci_free(a, w->owners);
    cci_free(a, w->shared);
    cci_free(a, w->met);
    mp_clear_multi(&w->k, &w->sum, &w->term, &w->bound, NULL);
}

static cocreate_status pairs_init(pairs *w, cocreate_error *error)
{
    const cocreate_allocator *a = &w->round->allocator;
    size_t n = w->gifts->n, donors = w->round->n_donors;
    CCI_TRY(cci_big_status(mp_init_multi(&w->k, &w->sum, &w->term, &w->bound, NULL), error));
    w->first = cci_alloc(a, donors + 2, sizeof *w->first);
    w->places = cci_alloc(a, n, sizeof *w->places);
    w->owners = cci_alloc(a, n, sizeof *w->owners);
    w->shared = cci_alloc(a, donors, sizeof *w->shared);
    w->met = cci_alloc(a, donors, sizeof *w->met);
    if (w->first == NULL || w->places == NULL || w->owners == NULL || w->shared == NULL ||
        w->met == NULL) {
        pairs_free(w);
        return cci_no_memory(error);
    }
    for (size_t p = 0; p < w->round->n_projects; p++)
        for (size_t i = w->gifts->first[p]; i < w->gifts->first[p + 1]; i++)
            w->owners[i] = (uint32_t)p;
    for (size_t i = 0; i < n; i++)
        w->first[w->gifts->donors[i] + 2]++;
    for (size_t d = 0; d < donors; d++)
        w->first[d + 2] += w->first[d + 1];
    for (size_t i = 0; i < n; i++)
        w->places[w->first[w->gifts->donors[i] + 1]++] = i;
    return COCREATE_OK;
}

static cocreate_status check_pairs(const pairs *w, cocreate_error *error)
{
    uint64_t count = 0;
    for (size_t p = 0; p < w->round->n_projects; p++) {
        uint64_t n = w->gifts->first[p + 1] - w->gifts->first[p];
        if (n > CCI_MATCH_PAIRS_MAX)
            n = CCI_MATCH_PAIRS_MAX; /* too many, too, and its square fits */
        count += n * (n - (n > 0)) / 2;
        if (count > CCI_MATCH_PAIRS_MAX)
            return cci_fail(error, COCREATE_ERR_LIMIT,
                            "more than %d pairs of donors give to the same project",
                            (int)CCI_MATCH_PAIRS_MAX);
    }
    return COCREATE_OK;
}

/* Who gives to a project that donor d gives to, later ones only, and the products of their roots. */
static void meet(pairs *w, size_t d)
{
    w->n_met = 0;
    for (size_t i = w->first[d]; i < w->first[d + 1]; i++) {
        size_t mine = w->places[i], p = w->owners[mine];
        for (size_t other = w->gifts->first[p]; other < w->gifts->first[p + 1]; other++) {
            uint32_t j = w->gifts->donors[other];
            cci_wide *sum = &w->shared[j];
            if (j <= d)
                continue;
            if ((sum->word[0] | sum->word[1] | sum->word[2]) == 0)
                w->met[w->n_met++] = j;
            cci_wide_add_product(sum, w->gifts->roots[mine], w->gifts->roots[other]);
        }
    }
}

/* One pair's part of a project's match: k root root of 2^128 with k = M / (M + shared) in 64 binary places;
 * by the program of Gitcoin root root / shared in as many. */
static mp_err add_term(pairs *w, uint64_t a, uint64_t b, uint32_t other, mp_int *match)
{
    cci_wide product = {{0}};
    cci_wide_add_product(&product, a, b);
    mp_err big = cci_wide_get(&product, &w->term);
    if (big == MP_OKAY)
        big = cci_wide_get(&w->shared[other], &w->sum);
    if (w->round->form == CCI_MATCH_GITCOIN_CLR) {
        if (big == MP_OKAY)
            big = mp_mul_2d(&w->term, K_BITS, &w->term);
        if (big == MP_OKAY)
            big = mp_div(&w->term, &w->sum, &w->term, NULL);
    } else {
        if (big == MP_OKAY)
            big = mp_add(&w->sum, &w->bound, &w->sum);
        if (big == MP_OKAY)
            big = mp_mul_2d(&w->bound, K_BITS, &w->k);
        if (big == MP_OKAY)
            big = mp_div(&w->k, &w->sum, &w->k, NULL);
        if (big == MP_OKAY)
            big = mp_mul(&w->term, &w->k, &w->term);
    }
    return big != MP_OKAY ? big : mp_add(match, &w->term, match);
}

static mp_err match_donor(pairs *w, size_t d, mp_int *matches)
{
    mp_err big = MP_OKAY;
    meet(w, d);
    for (size_t i = w->first[d]; i < w->first[d + 1]; i++) {
        size_t mine = w->places[i], p = w->owners[mine];
        for (size_t other = w->gifts->first[p]; other < w->gifts->first[p + 1]; other++) {
            uint32_t j = w->gifts->donors[other];
            if (j > d && big == MP_OKAY)
                big = add_term(w, w->gifts->roots[mine], w->gifts->roots[other], j, &matches[p]);
        }
    }
    for (size_t i = 0; i < w->n_met; i++)
        w->shared[w->met[i]] = (cci_wide){{0}};
    return big;
}

/* A match to the nearest of CCI_ROOT_BITS binary places, from `bits`. */
static mp_err quantise(pairs *w, mp_int *match, int bits)
{
    mp_err big = mp_2expt(&w->term, bits - CCI_ROOT_BITS - 1);
    if (big == MP_OKAY)
        big = mp_add(match, &w->term, match);
    return big != MP_OKAY ? big : mp_div_2d(match, bits - CCI_ROOT_BITS, match, NULL);
}

static mp_err match_all(pairs *w, mp_int *matches)
{
    int bits = w->round->form == CCI_MATCH_GITCOIN_CLR ? K_BITS : CCI_SQUARE_BITS + K_BITS;
    mp_set_i64(&w->bound, w->round->bound);
    mp_err big = mp_mul_2d(&w->bound, CCI_SQUARE_BITS, &w->bound);
    for (size_t d = 0; d < w->round->n_donors && big == MP_OKAY; d++)
        big = match_donor(w, d, matches);
    /* A pair counts twice, once for each; with Gitcoin once, for 1 and the threshold. */
    mp_set_i64(&w->k, w->round->form == CCI_MATCH_GITCOIN_CLR ? w->round->bound + w->round->unit : 2);
    for (size_t p = 0; p < w->round->n_projects && big == MP_OKAY; p++) {
        big = mp_mul(&matches[p], &w->k, &matches[p]);
        if (big == MP_OKAY)
            big = quantise(w, &matches[p], bits);
    }
    return big;
}

cocreate_status cci_match_pairs(const cci_match_round *round, const cci_gifts *gifts,
                                mp_int *matches, int *bits, cocreate_error *error)
{
    pairs w = {.round = round, .gifts = gifts};
    CCI_TRY(check_pairs(&w, error));
    CCI_TRY(pairs_init(&w, error));
    cocreate_status status = cci_big_status(match_all(&w, matches), error);
    pairs_free(&w);
    *bits = CCI_ROOT_BITS;
    return status;
}
