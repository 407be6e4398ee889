/* cocreate_split(): checks, mirror of negative pools, units, empty weights, cap and minimum. The
 * methods see only positive weights, a pool of whole units and a cap that every quota respects. */
#include "money/split.h"

#include <string.h>

#include "base/text.h"
#include "money/split/claims.h"
#include "money/split/limit.h"
#include "money/split/ties.h"
#include "money/split/weights.h"

#define NO_CAP UINT64_MAX

void cocreate_split_options_init(cocreate_split_options *options)
{
    *options = (cocreate_split_options){.size = sizeof *options};
}

enum on_empty { EMPTY_RETURN, EMPTY_EQUAL, EMPTY_ERROR };

/* The options, read and checked. Amounts are in units. */
struct plan {
    const cocreate_split_options *options;
    const cci_split_method *method;
    enum on_empty on_empty;
    uint64_t unit, pool, cap, minimum;
};

static cocreate_status plan_method(struct plan *plan, cocreate_error *error)
{
    const char *name = plan->options->method;
    plan->method = name != NULL ? cci_split_method_find(name) : cci_split_method_at(0);
    if (plan->method != NULL)
        return COCREATE_OK;
    char shown[64];
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "there is no split method \"%s\"",
                    cci_quote(name, strlen(name), shown, sizeof shown));
}

static cocreate_status plan_on_empty(struct plan *plan, cocreate_error *error)
{
    const char *name = plan->options->on_empty;
    if (name == NULL || strcmp(name, "return") == 0)
        plan->on_empty = EMPTY_RETURN;
    else if (strcmp(name, "equal") == 0)
        plan->on_empty = EMPTY_EQUAL;
    else if (strcmp(name, "error") == 0)
        plan->on_empty = EMPTY_ERROR;
    else {
        char shown[64];
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "on_empty \"%s\" is not known; there are return, equal and error",
                        cci_quote(name, strlen(name), shown, sizeof shown));
    }
    return COCREATE_OK;
}

static cocreate_status plan_amounts(struct plan *plan, int64_t pool, cocreate_error *error)
{
    const cocreate_split_options *o = plan->options;
    const struct {
        const char *name;
        int64_t amount;
    } amounts[] = {{"cap", o->cap}, {"minimum", o->minimum}, {"unit", o->unit}};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        if (amounts[i].amount < 0)
            return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s %lld is negative", amounts[i].name,
                            (long long)amounts[i].amount);
    if (o->cap > 0 && o->minimum > o->cap)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "minimum %lld is above the cap %lld",
                        (long long)o->minimum, (long long)o->cap);
    if (pool == INT64_MIN)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "pool %lld has no positive mirror",
                        (long long)pool);
    plan->unit = o->unit > 0 ? (uint64_t)o->unit : 1;
    plan->pool = (uint64_t)(pool < 0 ? -pool : pool) / plan->unit;
    plan->cap = o->cap > 0 ? (uint64_t)o->cap / plan->unit : NO_CAP;
    plan->minimum = ((uint64_t)o->minimum + plan->unit - 1) / plan->unit;
    return COCREATE_OK;
}

static cocreate_status plan_init(struct plan *plan, int64_t pool, size_t n,
                                 const cocreate_split_options *options, cocreate_error *error)
{
    *plan = (struct plan){.options = options};
    if (options->size != sizeof *options)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "options.size is %zu, not %zu: call cocreate_split_options_init first",
                        options->size, sizeof *options);
    if (n >= UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%zu weights are too many", n);
    CCI_TRY(plan_method(plan, error));
    CCI_TRY(plan_on_empty(plan, error));
    return plan_amounts(plan, pool, error);
}

/* What a split works with. */
struct work {
    cocreate_allocator allocator;
    struct plan plan;
    cci_weights weights;
    uint32_t *rank, *who, *active;
    uint64_t *shares; /* in units */
};

static void work_free(struct work *w)
{
    cci_free(&w->allocator, w->rank);
    cci_free(&w->allocator, w->who);
    cci_free(&w->allocator, w->active);
    cci_free(&w->allocator, w->shares);
}

/* One split among the `n` of w->active, within the cap. */
static cocreate_status split_once(struct work *w, size_t n, cocreate_error *error)
{
    cci_claims claims = {&w->allocator, w->weights.limbs, w->weights.limbs_each, w->rank, w->who,
                         n,             w->plan.pool,     w->plan.cap};
    if (n == 0)
        return COCREATE_OK;
    memcpy(w->who, w->active, n * sizeof *w->who);
    if (w->plan.cap != NO_CAP)
        CCI_TRY(cci_limit(&claims, w->who, w->shares, error));
    if (claims.n == 0)
        return COCREATE_OK;
    return w->plan.method->split(&claims, w->shares, error);
}

/* Split, drop everybody below the minimum together, and again, until nobody is below. Dropping
 * raises the quotas of the others, so that more than two rounds come only from rounding. */
static cocreate_status split_units(struct work *w, size_t n, cocreate_error *error)
{
    size_t active = 0;
    for (size_t i = 0; i < n; i++)
        if (!cci_natural_is_zero(w->weights.limbs + i * w->weights.limbs_each,
                                 w->weights.limbs_each))
            w->active[active++] = (uint32_t)i;
    for (;;) {
        CCI_TRY(split_once(w, active, error));
        size_t kept = 0;
        for (size_t k = 0; k < active; k++) {
            uint32_t claimant = w->active[k];
            if (w->shares[claimant] >= w->plan.minimum)
                w->active[kept++] = claimant;
            else
                w->shares[claimant] = 0;
        }
        if (kept == active)
            return COCREATE_OK;
        active = kept;
    }
}

static cocreate_status fill_in(struct work *w, size_t n, cocreate_error *error)
{
    if (w->weights.all_zero && n > 0) {
        if (w->plan.on_empty == EMPTY_ERROR)
            return cci_fail(error, COCREATE_ERR_ARGUMENT, "all weights are 0");
        if (w->plan.on_empty == EMPTY_EQUAL)
            cci_weights_set_equal(&w->weights, n);
    }
    w->rank = cci_alloc(&w->allocator, n, sizeof *w->rank);
    w->who = cci_alloc(&w->allocator, n, sizeof *w->who);
    w->active = cci_alloc(&w->allocator, n, sizeof *w->active);
    w->shares = cci_alloc(&w->allocator, n, sizeof *w->shares);
    if (w->rank == NULL || w->who == NULL || w->active == NULL || w->shares == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_tie_ranks(&w->allocator, w->plan.options, w->plan.method->name, w->weights.limbs,
                          w->weights.limbs_each, n, w->rank, error));
    return split_units(w, n, error);
}

static void hand_out(const struct work *w, int64_t pool, size_t n, int64_t *shares,
                     int64_t *returned)
{
    int64_t rest = pool;
    for (size_t i = 0; i < n; i++) {
        int64_t share = (int64_t)(w->shares[i] * w->plan.unit);
        shares[i] = pool < 0 ? -share : share;
        rest -= shares[i];
    }
    assert(pool < 0 ? rest <= 0 && rest >= pool : rest >= 0 && rest <= pool);
    *returned = rest;
}

/* Where weights come from: integers or rationals. */
struct source {
    const int64_t *integers;
    const cci_rational *rationals;
};

static cocreate_status split(const cocreate_allocator *allocator, int64_t pool,
                             struct source source, size_t n,
                             const cocreate_split_options *options, int64_t *shares,
                             int64_t *returned, cocreate_error *error)
{
    if ((n > 0 && (shares == NULL || (source.integers == NULL && source.rationals == NULL))) ||
        returned == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is NULL",
                        returned == NULL ? "returned" : shares == NULL ? "shares" : "weights");
    cocreate_split_options defaults;
    cocreate_split_options_init(&defaults);
    struct work w = {.allocator = cci_allocator(allocator)};
    CCI_TRY(plan_init(&w.plan, pool, n, options != NULL ? options : &defaults, error));
    if (source.integers != NULL || n == 0)
        CCI_TRY(cci_weights_from_i64(&w.weights, &w.allocator, source.integers, n, error));
    else
        CCI_TRY(cci_weights_from_rationals(&w.weights, &w.allocator, source.rationals, n, error));
    cocreate_status status = fill_in(&w, n, error);
    if (status == COCREATE_OK)
        hand_out(&w, pool, n, shares, returned);
    work_free(&w);
    cci_weights_free(&w.weights, &w.allocator);
    return status;
}

cocreate_status cci_split_i64(const cocreate_allocator *allocator, int64_t pool,
                              const int64_t *weights, size_t n,
                              const cocreate_split_options *options, int64_t *shares,
                              int64_t *returned, cocreate_error *error)
{
    return split(allocator, pool, (struct source){weights, NULL}, n, options, shares, returned,
                 error);
}

cocreate_status cci_split_rational(const cocreate_allocator *allocator, int64_t pool,
                                   const cci_rational *weights, size_t n,
                                   const cocreate_split_options *options, int64_t *shares,
                                   int64_t *returned, cocreate_error *error)
{
    return split(allocator, pool, (struct source){NULL, weights}, n, options, shares, returned,
                 error);
}

cocreate_status cocreate_split(int64_t pool, const int64_t *weights, size_t n,
                               const cocreate_split_options *options, int64_t *shares,
                               int64_t *returned, cocreate_error *error)
{
    return cci_split_i64(NULL, pool, weights, n, options, shares, returned, error);
}
