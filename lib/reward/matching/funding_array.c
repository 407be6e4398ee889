/* cocreate_quadratic_funding(): the rule's matches and its settlement, for arrays. */
#include <string.h>

#include "base/json.h"
#include "cocreate/mechanisms.h"
#include "reward/matching/match.h"
#include "reward/matching/settle.h"

enum { WEIGHT_ONE = 1000000000 };

void cocreate_matching_options_init(cocreate_matching_options *options)
{
    *options = (cocreate_matching_options){.size = sizeof *options, .match = "qf", .unit = 100};
}

static cocreate_status check_options(const cocreate_matching_options *o, cci_match_form *form,
                                     cocreate_error *error)
{
    if (o->size < sizeof *o)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the options were not set by cocreate_matching_options_init()");
    const char *match = o->match == NULL ? "qf" : o->match;
    *form = strcmp(match, "qf") == 0         ? CCI_MATCH_QF
            : strcmp(match, "pairwise") == 0 ? CCI_MATCH_PAIRWISE
                                             : CCI_MATCH_GITCOIN_CLR;
    if (*form == CCI_MATCH_GITCOIN_CLR && strcmp(match, "gitcoin_clr") != 0)
        return cci_fail_about(error, COCREATE_ERR_ARGUMENT, match,
                              "is not a match: \"qf\", \"pairwise\" or \"gitcoin_clr\"");
    if (*form != CCI_MATCH_QF && (o->bound < 1 || o->bound > CCI_JSON_INTEGER_MAX))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the bound is not from 1 to 2^53 - 1");
    if (o->unit < 1 || o->unit > INT64_C(1000000000000000000))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the unit is not from 1 to 10^18");
    if (o->minimum < 0 || o->cap < 0 || o->cap > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the minimum or the cap is not from 0 to 2^53 - 1");
    return COCREATE_OK;
}

static cocreate_status check_gifts(const cci_match_round *round, cocreate_error *error)
{
    if (round->n >= UINT32_MAX || round->n_donors >= UINT32_MAX || round->n_projects >= UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "too many gifts, donors or projects");
    for (size_t i = 0; i < round->n; i++) {
        if (round->donors[i] >= round->n_donors || round->projects[i] >= round->n_projects)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "gift %zu: there is no such donor or project", i);
        if (round->amounts[i] < 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "gift %zu: is less than 0", i);
    }
    return COCREATE_OK;
}

typedef struct numbers {
    size_t n, n_big, n_exact;
    mp_int *big;
    cci_rational *exact;
    int64_t *shares;
} numbers;

static void numbers_free(const cocreate_allocator *a, numbers *x)
{
    for (size_t i = 0; i < x->n_big; i++)
        mp_clear(&x->big[i]);
    for (size_t i = 0; i < x->n_exact; i++)
        cci_rational_clear(&x->exact[i]);
    cci_free(a, x->big);
    cci_free(a, x->exact);
    cci_free(a, x->shares);
}

static cocreate_status numbers_init(const cocreate_allocator *a, numbers *x, cocreate_error *error)
{
    x->big = cci_alloc(a, x->n, sizeof *x->big);
    x->exact = cci_alloc(a, x->n, sizeof *x->exact);
    x->shares = cci_alloc(a, x->n, sizeof *x->shares);
    if (x->big == NULL || x->exact == NULL || x->shares == NULL)
        return cci_no_memory(error);
    for (; x->n_big < x->n; x->n_big++)
        CCI_TRY(cci_big_status(mp_init(&x->big[x->n_big]), error));
    for (; x->n_exact < x->n; x->n_exact++)
        CCI_TRY(cci_rational_init(&x->exact[x->n_exact], error));
    return COCREATE_OK;
}

static cocreate_status pay(const cci_match_round *round, const cci_gifts *gifts, numbers *x,
                           cci_settlement *s, cocreate_error *error)
{
    int bits = 0;
    mp_int scale;
    cocreate_split_options options;
    const cocreate_allocator *a = &round->allocator;
    CCI_TRY(cci_match(round, gifts, x->big, &bits, error));
    CCI_TRY(cci_big_status(mp_init(&scale), error));
    cocreate_status status = cci_big_status(mp_2expt(&scale, bits), error);
    for (size_t i = 0; i < x->n && status == COCREATE_OK; i++)
        status = cci_rational_set_big(&x->exact[i], &x->big[i], &scale, error);
    mp_clear(&scale);
    CCI_TRY(status);
    cocreate_split_options_init(&options);
    CCI_TRY(cci_settle_matches(a, x->exact, x->n, s, error));
    return cci_settle_shares(a, x->exact, x->n, s, &options, x->shares, error);
}

static cocreate_status fund(const cci_match_round *round, numbers *x, cci_settlement *s,
                            cocreate_error *error)
{
    const cocreate_allocator *a = &round->allocator;
    cci_gifts gifts = {0};
    s->capped = cci_alloc(a, x->n, 1);
    cocreate_status status = s->capped == NULL ? cci_no_memory(error) : COCREATE_OK;
    if (status == COCREATE_OK)
        status = cci_rational_init(&s->total, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&s->rest, error);
    if (status == COCREATE_OK)
        status = numbers_init(a, x, error);
    if (status == COCREATE_OK)
        status = cci_gifts_gather(round, &gifts, error);
    if (status == COCREATE_OK)
        status = pay(round, &gifts, x, s, error);
    cci_gifts_free(&gifts);
    cci_rational_clear(&s->rest);
    cci_rational_clear(&s->total);
    cci_free(a, s->capped);
    return status;
}

/* Weights as fractions, in memory that the caller frees. */
static cocreate_status read_weights(const int64_t *weights, cci_match_round *round,
                                    cci_match_weight **out, cocreate_error *error)
{
    if (weights == NULL)
        return COCREATE_OK;
    for (size_t i = 0; i < round->n_donors; i++)
        if (weights[i] < 0 || weights[i] > WEIGHT_ONE)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "the weight of donor %zu is not from 0 to 10^9", i);
    *out = cci_alloc(&round->allocator, round->n_donors, sizeof **out);
    if (*out == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < round->n_donors; i++)
        (*out)[i] = (cci_match_weight){weights[i], WEIGHT_ONE};
    round->weights = *out;
    return COCREATE_OK;
}

cocreate_status cocreate_quadratic_funding(const uint32_t *donors, const uint32_t *projects,
                                           const int64_t *amounts, size_t n_gifts, size_t n_donors,
                                           size_t n_projects, int64_t pool,
                                           const cocreate_matching_options *options,
                                           int64_t *matches, int64_t *returned,
                                           cocreate_error *error)
{
    cocreate_matching_options defaults;
    cocreate_matching_options_init(&defaults);
    const cocreate_matching_options *o = options == NULL ? &defaults : options;
    cci_match_form form = CCI_MATCH_QF;
    CCI_TRY(check_options(o, &form, error));
    if (pool < 0 || pool > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the pool is not from 0 to 2^53 - 1");
    cci_match_round round = {.allocator = cci_allocator(NULL), .n = n_gifts, .n_donors = n_donors,
                             .n_projects = n_projects, .donors = donors, .projects = projects,
                             .amounts = amounts, .minimum = o->minimum, .form = form,
                             .bound = o->bound, .unit = o->unit};
    cci_settlement s = {.pool = pool, .cap = o->cap, .scale_up = o->scale_up != 0};
    cci_match_weight *weights = NULL;
    numbers x = {.n = n_projects};
    CCI_TRY(check_gifts(&round, error));
    cocreate_status status = read_weights(o->weights, &round, &weights, error);
    if (status == COCREATE_OK)
        status = fund(&round, &x, &s, error);
    if (status == COCREATE_OK) {
        int64_t left = pool;
        for (size_t i = 0; i < n_projects; i++) {
            matches[i] = x.shares[i];
            left -= x.shares[i];
        }
        *returned = left;
    }
    cci_free(&round.allocator, weights);
    numbers_free(&round.allocator, &x);
    return status;
}
