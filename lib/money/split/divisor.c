#include "money/split/divisor.h"

#include "base/checked.h"
#include "money/split/order.h"

#define BOTTOM_LIMBS 4

/* The claim of who[k] to its next unit is top / bottom = (weight / d(units)) ^ power. */
struct queue {
    const cci_divisor_rule *rule;
    const cci_claims *claims;
    cci_limb *parts; /* of who[k] from k * part_limbs: top, then bottom */
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
    q->parts = cci_alloc(a, claims->n, q->part_limbs * sizeof *q->parts);
    q->scratch = cci_alloc(a, 2 * q->part_limbs, sizeof *q->scratch);
    q->heap = cci_alloc(a, claims->n, sizeof *q->heap);
    if (q->parts == NULL || q->scratch == NULL || q->heap == NULL) {
        queue_free(q);
        return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* Set the claim of who[k], who holds so many units. */
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

static int larger_claim_first(void *context, uint32_t a, uint32_t b)
{
    struct queue *q = context;
    const cci_limb *top_a = q->parts + a * q->part_limbs, *bottom_a = top_a + q->top_limbs;
    const cci_limb *top_b = q->parts + b * q->part_limbs, *bottom_b = top_b + q->top_limbs;
    int infinite_a = cci_natural_is_zero(bottom_a, BOTTOM_LIMBS);
    int infinite_b = cci_natural_is_zero(bottom_b, BOTTOM_LIMBS);
    int order;
    if (infinite_a != infinite_b) {
        order = infinite_a ? 1 : -1;
    } else if (infinite_a) {
        order = cci_natural_compare(top_a, top_b, q->top_limbs); /* by weight: both hold 0 */
    } else {
        cci_limb *left = q->scratch, *right = q->scratch + q->part_limbs;
        cci_natural_multiply(left, top_a, q->top_limbs, bottom_b, BOTTOM_LIMBS);
        cci_natural_multiply(right, top_b, q->top_limbs, bottom_a, BOTTOM_LIMBS);
        order = cci_natural_compare(left, right, q->part_limbs);
    }
    if (order != 0)
        return order > 0;
    const cci_claims *c = q->claims;
    return c->rank[c->who[a]] < c->rank[c->who[b]];
}

/* Units that everybody is sure of, so that only a few per claimant are left for the queue.
 *
 * Let x be the claim that wins the last unit. Then d(s - 1) <= w/x <= d(s) for every final share s,
 * and since a <= d(a) <= a + 1: w/x - 1 <= s <= w/x + 1. Summed over n claimants, the right side
 * says W/x >= P - n, so s >= w(P - n)/W - 1: at least ceil(w(P - n)/W) - 1 units are sure. All
 * but 2n units at most are given in this way. With P <= n nothing is; with P > n and d(0) = 0
 * everybody is sure of one. A cap only leaves more for those below it. */
static cocreate_status give_sure_units(const struct queue *q, uint64_t *shares,
                                       cocreate_error *error)
{
    const cci_claims *c = q->claims;
    if (c->pool <= c->n) {
        for (size_t k = 0; k < c->n; k++)
            shares[c->who[k]] = 0;
        return COCREATE_OK;
    }
    cci_divisor first;
    q->rule->divisor(0, &first);
    uint64_t least = first.numerator == 0 ? 1 : 0;

    cci_quotas quotas;
    CCI_TRY(cci_quotas_init(&quotas, c, error));
    for (size_t k = 0; k < c->n; k++) {
        const cci_limb *remainder;
        uint64_t sure = cci_quota(&quotas, c, c->pool - c->n, c->who[k], &remainder);
        if (cci_natural_is_zero(remainder, quotas.total_limbs) && sure > 0)
            sure--;
        shares[c->who[k]] = sure > least ? sure : least;
    }
    cci_quotas_free(&quotas, c);
    return COCREATE_OK;
}

static cocreate_status run(struct queue *q, uint64_t *shares, cocreate_error *error)
{
    const cci_claims *c = q->claims;
    CCI_TRY(give_sure_units(q, shares, error));
    uint64_t left = c->pool;
    size_t waiting = 0;
    for (size_t k = 0; k < c->n; k++) {
        uint64_t share = shares[c->who[k]];
        assert(share <= c->cap && share <= left);
        left -= share;
        if (share < c->cap) {
            set_claim(q, (uint32_t)k, share);
            q->heap[waiting++] = (uint32_t)k;
        }
    }
    assert(left <= 2 * (uint64_t)c->n);

    cci_heap_build(q->heap, waiting, larger_claim_first, q);
    for (; left > 0; left--) {
        /* Quotas are within the cap and sum to the pool: there is room for all of it. */
        assert(waiting > 0);
        uint32_t k = q->heap[0];
        uint64_t share = ++shares[c->who[k]];
        if (share < c->cap)
            set_claim(q, k, share);
        else
            q->heap[0] = q->heap[--waiting];
        cci_heap_sink(q->heap, waiting, larger_claim_first, q);
    }
    return COCREATE_OK;
}

cocreate_status cci_divisor_split(const cci_divisor_rule *rule, const cci_claims *claims,
                                  uint64_t *shares, cocreate_error *error)
{
    struct queue q;
    CCI_TRY(queue_init(&q, rule, claims, error));
    cocreate_status status = run(&q, shares, error);
    queue_free(&q);
    return status;
}
