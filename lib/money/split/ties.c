#include "money/split/ties.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/text.h"
#include "money/split/order.h"

#define LOT_CONTEXT "split:"

struct ties {
    const char *const *ids; /* or NULL: by index */
    const cci_limb *weights;
    size_t weight_limbs;
    cci_digest *tickets;
};

/* Bytewise, and by index where ids repeat, so that repetitions are found in a fixed order. */
static int lower_id(void *context, uint32_t a, uint32_t b)
{
    const struct ties *t = context;
    int order = t->ids == NULL ? 0 : strcmp(t->ids[a], t->ids[b]);
    return order != 0 ? order < 0 : a < b;
}

static int lower_ticket(void *context, uint32_t a, uint32_t b)
{
    const struct ties *t = context;
    int order = memcmp(t->tickets[a].bytes, t->tickets[b].bytes, sizeof t->tickets[a].bytes);
    return order != 0 ? order < 0 : lower_id(context, a, b);
}

static int larger_weight(void *context, uint32_t a, uint32_t b)
{
    const struct ties *t = context;
    int order = cci_natural_compare(t->weights + a * t->weight_limbs,
                                    t->weights + b * t->weight_limbs, t->weight_limbs);
    return order != 0 ? order > 0 : lower_id(context, a, b);
}

/* Put the indices in order of their ids, which must be valid and distinct. */
static cocreate_status order_by_id(struct ties *t, uint32_t *order, size_t n,
                                   cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    if (t->ids == NULL)
        return COCREATE_OK;
    for (size_t i = 0; i < n; i++) {
        if (cci_id_check(t->ids[i], "id", NULL) == COCREATE_OK)
            continue;
        char what[32];
        snprintf(what, sizeof what, "id %zu", i);
        cocreate_error why;
        cocreate_status status = cci_id_check(t->ids[i], what, &why);
        return cci_fail_at(error, status, i, "%s", why.text);
    }
    cci_order(order, n, lower_id, t);
    for (size_t i = 1; i < n; i++)
        if (strcmp(t->ids[order[i - 1]], t->ids[order[i]]) == 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, order[i],
                               "id \"%s\" stands at %u and again at %u", t->ids[order[i]],
                               (unsigned)order[i - 1], (unsigned)order[i]);
    return COCREATE_OK;
}

static cocreate_status order_by_lot(struct ties *t, const cocreate_allocator *allocator,
                                    const uint8_t *seed, const char *method, uint32_t *order,
                                    size_t n, cocreate_error *error)
{
    if (seed == NULL)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "ties \"lot\" need a seed");
    char context[64];
    int length = snprintf(context, sizeof context, LOT_CONTEXT "%s", method);
    assert(length > 0 && (size_t)length < sizeof context);
    (void)length;
    t->tickets = cci_alloc(allocator, n, sizeof *t->tickets);
    if (t->tickets == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        char index[24];
        snprintf(index, sizeof index, "%zu", i);
        t->tickets[i] = cci_lot_ticket(seed, context, t->ids != NULL ? t->ids[i] : index);
    }
    cci_order(order, n, lower_ticket, t);
    cci_free(allocator, t->tickets);
    return COCREATE_OK;
}

static cocreate_status order_all(struct ties *t, const cocreate_allocator *allocator,
                                 const cocreate_split_options *options, const char *method,
                                 uint32_t *order, size_t n, cocreate_error *error)
{
    const char *rule = options->ties != NULL ? options->ties : "id";
    CCI_TRY(order_by_id(t, order, n, error));
    if (strcmp(rule, "id") == 0)
        return COCREATE_OK;
    if (strcmp(rule, "lot") == 0)
        return order_by_lot(t, allocator, options->seed, method, order, n, error);
    if (strcmp(rule, "weight") == 0) {
        cci_order(order, n, larger_weight, t);
        return COCREATE_OK;
    }
    char shown[64];
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    "ties \"%s\" are not known; there are id, lot and weight",
                    cci_quote(rule, strlen(rule), shown, sizeof shown));
}

cocreate_status cci_tie_ranks(const cocreate_allocator *allocator,
                              const cocreate_split_options *options, const char *method,
                              const cci_limb *weights, size_t weight_limbs, size_t n,
                              uint32_t *rank, cocreate_error *error)
{
    struct ties ties = {options->ids, weights, weight_limbs, NULL};
    uint32_t *order = cci_alloc(allocator, n, sizeof *order);
    if (order == NULL)
        return cci_no_memory(error);
    cocreate_status status = order_all(&ties, allocator, options, method, order, n, error);
    if (status == COCREATE_OK)
        for (size_t place = 0; place < n; place++)
            rank[order[place]] = (uint32_t)place;
    cci_free(allocator, order);
    return status;
}
