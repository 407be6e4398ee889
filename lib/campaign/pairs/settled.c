/* When the order of a field is settled: neighbours by score are told apart, all exact.
 *
 * The score of an option is (wins + 1) / (duels + 2), Laplace's rule, the mean of the Beta distribution that
 * its duels leave of its share of wins; its variance is s (1 - s) / (duels + 3). Two neighbours are told
 * apart where the square of their distance is at least z^2 times the sum of their variances. */
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/pairs/pairs.h"

static int by_score(const void *a, const void *b)
{
    const cci_pair_option *x = a, *y = b;
    int order = cci_compare_products((uint64_t)x->wins + 1, (uint64_t)y->duels + 2, (uint64_t)y->wins + 1,
                                     (uint64_t)x->duels + 2);
    return order ? -order : strcmp(x->id, y->id);
}

enum { Z, SCORE, OTHER, VARIANCE, SUM, NUMBERS };

static cocreate_status score_of(const cci_pair_option *o, cci_rational *n, int slot, cocreate_error *error)
{
    return cci_rational_set_i64(&n[slot], o->wins + 1, o->duels + 2, error);
}

/* (w + 1) (d - w + 1) / (d + 2)^2 (d + 3) */
static cocreate_status variance_of(const cci_pair_option *o, cci_rational *n, cocreate_error *error)
{
    cci_rational *v = &n[VARIANCE], *other = &n[OTHER];
    CCI_TRY(cci_rational_set_i64(v, o->wins + 1, o->duels + 2, error));
    CCI_TRY(cci_rational_set_i64(other, o->duels - o->wins + 1, o->duels + 2, error));
    CCI_TRY(cci_rational_mul(v, other, v, error));
    CCI_TRY(cci_rational_set_i64(other, 1, o->duels + 3, error));
    return cci_rational_mul(v, other, v, error);
}

/* n[Z] is z^2. */
static cocreate_status apart(const cci_pair_option *a, const cci_pair_option *b, cci_rational *n, int *out,
                             cocreate_error *error)
{
    int order;
    CCI_TRY(variance_of(a, n, error));
    CCI_TRY(cci_rational_copy(&n[SUM], &n[VARIANCE], error));
    CCI_TRY(variance_of(b, n, error));
    CCI_TRY(cci_rational_add(&n[SUM], &n[VARIANCE], &n[SUM], error));
    CCI_TRY(cci_rational_mul(&n[SUM], &n[Z], &n[SUM], error));
    CCI_TRY(score_of(a, n, SCORE, error));
    CCI_TRY(score_of(b, n, OTHER, error));
    CCI_TRY(cci_rational_sub(&n[SCORE], &n[OTHER], &n[SCORE], error));
    CCI_TRY(cci_rational_mul(&n[SCORE], &n[SCORE], &n[SCORE], error));
    CCI_TRY(cci_rational_compare(&n[SCORE], &n[SUM], &order, error));
    *out = order >= 0;
    return COCREATE_OK;
}

static cocreate_status count(const cci_round_spec *spec, const cci_pair_option *options, size_t n,
                             cci_rational *numbers, size_t *open, cocreate_error *error)
{
    CCI_TRY(cci_rational_parse(spec->pairs_z, strlen(spec->pairs_z), &numbers[Z], error));
    CCI_TRY(cci_rational_mul(&numbers[Z], &numbers[Z], &numbers[Z], error));
    for (size_t i = 1; i < n; i++) {
        int told = 0, few = options[i - 1].duels < spec->pairs_duels || options[i].duels < spec->pairs_duels;
        if (!few)
            CCI_TRY(apart(&options[i - 1], &options[i], numbers, &told, error));
        *open += !told;
    }
    return COCREATE_OK;
}

cocreate_status cci_pairs_open(const cci_round_spec *spec, cci_pair_option *options, size_t n, size_t *open,
                               cocreate_error *error)
{
    cci_rational numbers[NUMBERS];
    size_t made = 0;
    cocreate_status status = COCREATE_OK;
    *open = 0;
    if (n > 1)
        qsort(options, n, sizeof *options, by_score);
    while (made < NUMBERS && status == COCREATE_OK) {
        status = cci_rational_init(&numbers[made], error);
        made += status == COCREATE_OK;
    }
    if (status == COCREATE_OK)
        status = count(spec, options, n, numbers, open, error);
    while (made > 0)
        cci_rational_clear(&numbers[--made]);
    return status;
}
