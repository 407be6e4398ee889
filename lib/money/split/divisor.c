#include "money/split/divisor.h"

#include "base/checked.h"
#include "money/split/order.h"

#define BOTTOM_LIMBS 4

/* Claims to units: top / bottom = (weight / d(units)) ^ power, one for each k of who[k], and one
 * more, the threshold. */
struct queue {
    const cci_divisor_rule *rule;
    const cci_claims *claims;
    cci_limb *parts; /* of claim k from k * part_limbs: top, then bottom */
    size_t top_limbs, part_limbs;
    cci_limb *scratch; /* two products of top and bottom */
    uint32_t *heap;    /* values of k */
};

static void queue_free(struct queue *q)
{
    cci_free(q->claims->allocator, q->parts);
    cci_free(q->claims->allocator, q->scratch);
    cci_free(q->claims->allocator, q->heap);
}

static cocreate_status queue_init(struct queue *q, const cci_divisor_rule *rule,
                                  const cci_claims *claims, cocreate_error *error)
{
    const cocreate_allocator *a = claims->allocator;
    *q = (struct queue){.rule = rule, .claims = claims};
    q->top_limbs = rule->power * claims->weight_limbs + CCI_LIMBS_U64;
    q->part_limbs = q->top_limbs + BOTTOM_LIMBS;
    q->parts = cci_alloc(a, claims->n + 1, q->part_limbs * sizeof *q->parts);
    q->scratch = cci_alloc(a, 2 * q->part_limbs, sizeof *q->scratch);
    q->heap = cci_alloc(a, claims->n, sizeof *q->heap);
    if (q->parts == NULL || q->scratch == NULL || q->heap == NULL) {
        queue_free(q);
        return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* The claim of who[k], holding so many units, to the next. */
static void set_claim(struct queue *q, uint32_t k, uint64_t units)
{
    const cci_claims *c = q->claims;
    const cci_limb *weight = cci_claim_weight(c, c->who[k]);
    cci_limb *top = q->parts + k * q->part_limbs, *bottom = top + q->top_limbs;
    cci_divisor d;
    q->rule->divisor(units, &d);

    cci_limb factor[CCI_LIMBS_U64];
    cci_natural_set(factor, CCI_LIMBS_U64, d.denominator);
    if (q->rule->power == 1) {
        cci_natural_multiply(top, weight, c->weight_limbs, factor, CCI_LIMBS_U64);
    } else {
        cci_limb *square = q->scratch;
        cci_natural_multiply(square, weight, c->weight_limbs, weight, c->weight_limbs);
        cci_natural_multiply(top, square, 2 * c->weight_limbs, factor, CCI_LIMBS_U64);
    }
    cci_natural_set(bottom, CCI_LIMBS_U64, d.numerator);
    cci_natural_set(bottom + CCI_LIMBS_U64, CCI_LIMBS_U64, d.numerator_high);
}

/* The threshold total / pool: a claim is larger if d(units) is below pool * weight / total. */
static void set_threshold(struct queue *q, const cci_limb *total, size_t total_limbs,
                          uint64_t pool)
{
    cci_limb *top = q->parts + q->claims->n * q->part_limbs, *bottom = top + q->top_limbs;
    cci_limb factor[CCI_LIMBS_U64];
    cci_natural_set(factor, CCI_LIMBS_U64, pool);
    cci_natural_set(top, q->part_limbs, 0);
    if (q->rule->power == 1) {
        cci_natural_add(top, q->top_limbs, total, total_limbs);
        cci_natural_add(bottom, BOTTOM_LIMBS, factor, CCI_LIMBS_U64);
    } else {
        assert(2 * total_limbs <= q->top_limbs);
        cci_natural_multiply(top, total, total_limbs, total, total_limbs);
        cci_natural_multiply(bottom, factor, CCI_LIMBS_U64, factor, CCI_LIMBS_U64);
    }
}

static int compare_claims(const struct queue *q, size_t a, size_t b)
{
    const cci_limb *top_a = q->parts + a * q->part_limbs, *bottom_a = top_a + q->top_limbs;
    const cci_limb *top_b = q->parts + b * q->part_limbs, *bottom_b = top_b + q->top_limbs;
    int infinite_a = cci_natural_is_zero(bottom_a, BOTTOM_LIMBS);
    int infinite_b = cci_natural_is_zero(bottom_b, BOTTOM_LIMBS);
    if (infinite_a && infinite_b)
        return cci_natural_compare(top_a, top_b, q->top_limbs); /* by weight: both to d(0) = 0 */
    if (infinite_a || infinite_b)
        return infinite_a - infinite_b;
    cci_limb *left = q->scratch, *right = q->scratch + q->part_limbs;
    cci_natural_multiply(left, top_a, q->top_limbs, bottom_b, BOTTOM_LIMBS);
    cci_natural_multiply(right, top_b, q->top_limbs, bottom_a, BOTTOM_LIMBS);
    return cci_natural_compare(left, right, q->part_limbs);
}

static int strongest_first(void *context, uint32_t a, uint32_t b)
{
    const struct queue *q = context;
    int order = compare_claims(q, a, b);
    if (order != 0)
        return order > 0;
    const cci_claims *c = q->claims;
    return c->rank[c->who[a]] < c->rank[c->who[b]];
}

static int weakest_first(void *context, uint32_t a, uint32_t b)
{
    return strongest_first(context, b, a);
}

/* Grant all claims above a threshold near which the last unit will go.
 *
 * The result of the method is the P strongest of all claims, those to a first, a second, a third
 * unit ... of everybody. Those above a threshold are the K strongest, for some K, whatever the
 * threshold; it remains to grant the next P - K or take back the weakest K - P. With a quota q of
 * the (shifted) pool, and a <= d(a) <= a + 1, the claims to all units a < ceil(q) - 1 are above
 * and those from a = ceil(q) on are not; one comparison settles that between. So |K - P| <= 2n; as
 * the shift makes up for the lean of the method, it is in the order of the root of n.
 *
 * A cap only strikes out claims. Writes the shares and *granted = K. */
static cocreate_status grant_above_threshold(struct queue *q, uint64_t *shares, uint64_t *granted,
                                             cocreate_error *error)
{
    const cci_claims *c = q->claims;
    uint64_t shift = c->n / 2, pool = c->pool;
    if (q->rule->lean > 0)
        pool += shift;
    else if (q->rule->lean < 0)
        pool = pool > shift ? pool - shift : 0;

    cci_quotas quotas;
    CCI_TRY(cci_quotas_init(&quotas, c, error));
    set_threshold(q, quotas.total, quotas.total_limbs, pool);
    *granted = 0;
    for (size_t k = 0; k < c->n; k++) {
        const cci_limb *remainder;
        uint64_t units = cci_quota(&quotas, c, pool, c->who[k], &remainder);
        int is_whole = cci_natural_is_zero(remainder, quotas.total_limbs);
        if (units > 0 || !is_whole) {
            units -= (uint64_t)is_whole;
            set_claim(q, (uint32_t)k, units);
            units += compare_claims(q, k, c->n) > 0;
        }
        shares[c->who[k]] = units < c->cap ? units : c->cap;
        *granted += shares[c->who[k]];
    }
    cci_quotas_free(&quotas, c);
    return COCREATE_OK;
}

/* The strongest claims that are not granted yet. */
static void grant(struct queue *q, uint64_t *shares, uint64_t units)
{
    const cci_claims *c = q->claims;
    size_t waiting = 0;
    for (size_t k = 0; k < c->n; k++)
        if (shares[c->who[k]] < c->cap) {
            set_claim(q, (uint32_t)k, shares[c->who[k]]);
            q->heap[waiting++] = (uint32_t)k;
        }
    cci_heap_build(q->heap, waiting, strongest_first, q);
    for (; units > 0; units--) {
        /* Quotas are within the cap and sum to the pool: there is room for all of it. */
        assert(waiting > 0);
        uint32_t k = q->heap[0];
        uint64_t share = ++shares[c->who[k]];
        if (share < c->cap)
            set_claim(q, k, share);
        else
            q->heap[0] = q->heap[--waiting];
        cci_heap_sink(q->heap, waiting, strongest_first, q);
    }
}

/* The weakest claims of those granted. */
static void take_back(struct queue *q, uint64_t *shares, uint64_t units)
{
    const cci_claims *c = q->claims;
    size_t holding = 0;
    for (size_t k = 0; k < c->n; k++)
        if (shares[c->who[k]] > 0) {
            set_claim(q, (uint32_t)k, shares[c->who[k]] - 1);
            q->heap[holding++] = (uint32_t)k;
        }
    cci_heap_build(q->heap, holding, weakest_first, q);
    for (; units > 0; units--) {
        assert(holding > 0);
        uint32_t k = q->heap[0];
        uint64_t share = --shares[c->who[k]];
        if (share > 0)
            set_claim(q, k, share - 1);
        else
            q->heap[0] = q->heap[--holding];
        cci_heap_sink(q->heap, holding, weakest_first, q);
    }
}

cocreate_status cci_divisor_split(const cci_divisor_rule *rule, const cci_claims *claims,
                                  uint64_t *shares, cocreate_error *error)
{
    struct queue q;
    CCI_TRY(queue_init(&q, rule, claims, error));
    uint64_t granted = 0;
    cocreate_status status = grant_above_threshold(&q, shares, &granted, error);
    if (status == COCREATE_OK && granted < claims->pool)
        grant(&q, shares, claims->pool - granted);
    if (status == COCREATE_OK && granted > claims->pool)
        take_back(&q, shares, granted - claims->pool);
    queue_free(&q);
    return status;
}
