/* Loads of sequential Phragmen. */
#include "ranking/budget/loads.h"

#include <math.h>
#include <string.h>

#define HALF_ULP 0x1p-53
#define ABOVE (1 + 0x1p-48)
#define BELOW (1 - 0x1p-48)

/* A bound from below for the load, from doubles. */
static void refine(void *context, uint32_t c, cci_racer *racer)
{
    cci_loads *l = context;
    const cci_support *s = l->support;
    size_t begin = s->start[c], end = s->start[c + 1];
    double cost = (double)l->cost[c], sum = 0, size = 0, weight = (double)s->weight[c];
    for (size_t i = begin; i < end; i++) {
        double load = l->weight[s->group[i]] * l->load[s->group[i]];
        sum += load;
        size += fabs(load);
    }
    double error = (cost + size) * ((double)(end - begin) + 8) * HALF_ULP + weight * l->slack;
    double low = (cost + sum - error * 1.001) / weight * BELOW;
    if (low > racer->low)
        racer->low = low;
}

/* (cost + sum of loads) / weight */
static cocreate_status price(void *context, uint32_t c, cci_offer *out, cocreate_error *error)
{
    cci_loads *l = context;
    const cci_support *s = l->support;
    const int64_t *weights = l->run->electorate->weights;
    if (!cci_grow(&l->run->allocator, (void **)&l->factor, &l->factor_room, l->pool->count + 1,
                  sizeof *l->factor))
        return cci_no_memory(error);
    memset(l->factor, 0, (l->pool->count + 1) * sizeof *l->factor);
    mp_zero(&out->num);
    for (size_t i = s->start[c]; i < s->start[c + 1]; i++) {
        uint32_t g = s->group[i];
        if (l->last[g] > 0)
            l->factor[l->last[g]] += weights[g]; /* part of the weight of all ballots */
        else if (l->purses != NULL)
            CCI_TRY(cci_purses_gather(l->purses, l->purses->wallet_of[g], weights[g], error));
    }
    if (l->purses != NULL)
        CCI_TRY(cci_purses_sum(l->purses, -1, &out->num, error));
    for (size_t i = l->first; i < l->pool->count; i++)
        if (l->factor[i] != 0)
            CCI_TRY(cci_pool_add_to(l->pool, &out->num, &l->pool->num[i], l->factor[i], error));
    CCI_TRY(cci_pool_add_to(l->pool, &out->num, &l->pool->den, l->cost[c], error));
    out->divisor = s->weight[c];
    double near;
    CCI_TRY(cci_pool_double(l->pool, &out->num, out->divisor, &near, error));
    out->high = near * ABOVE;
    return COCREATE_OK;
}

static cocreate_status compare(void *context, uint32_t a, const cci_offer *offer_a, uint32_t b,
                               const cci_offer *offer_b, int *out, cocreate_error *error)
{
    cci_loads *l = context;
    (void)a, (void)b;
    mp_zero(&l->left);
    mp_zero(&l->right);
    CCI_TRY(cci_pool_add_to(l->pool, &l->left, &offer_a->num, offer_b->divisor, error));
    CCI_TRY(cci_pool_add_to(l->pool, &l->right, &offer_b->num, offer_a->divisor, error));
    *out = (int)mp_cmp(&l->left, &l->right);
    return COCREATE_OK;
}

static const cci_race_rules rules = {refine, price, compare};

static cocreate_status take_room(cci_loads *l, cocreate_error *error)
{
    const cocreate_allocator *a = &l->run->allocator;
    size_t ballots = l->support->ballots;
    l->last = cci_alloc(a, ballots, sizeof *l->last);
    l->weight = cci_alloc(a, ballots, sizeof *l->weight);
    l->load = cci_alloc(a, ballots, sizeof *l->load);
    if (l->last == NULL || l->weight == NULL || l->load == NULL)
        return cci_no_memory(error);
    for (size_t b = 0; b < ballots; b++)
        l->weight[b] = (double)l->run->electorate->weights[b];
    return COCREATE_OK;
}

cocreate_status cci_loads_open(cci_loads *l, cci_run *run, const cci_support *support,
                               const int64_t *cost, cci_purses *purses, cocreate_error *error)
{
    memset(l, 0, sizeof *l);
    mp_err result = mp_init_multi(&l->left, &l->right, NULL);
    if (result != MP_OKAY) {
        memset(l, 0, sizeof *l);
        return cci_big_status(result, error);
    }
    l->run = run;
    l->support = support;
    l->cost = cost;
    l->purses = purses;
    l->pool = purses != NULL ? &purses->pool : &l->own;
    cocreate_status status = cci_pool_init(&l->own, &run->allocator, error);
    if (status == COCREATE_OK)
        status = cci_race_init(&l->race, &run->allocator, support->candidates, &rules, l, error);
    if (status == COCREATE_OK)
        status = take_room(l, error);
    if (status != COCREATE_OK)
        cci_loads_close(l);
    return status;
}

void cci_loads_close(cci_loads *l)
{
    if (l->run == NULL)
        return;
    const cocreate_allocator *a = &l->run->allocator;
    cci_pool_free(&l->own);
    cci_race_free(&l->race);
    mp_clear_multi(&l->left, &l->right, NULL);
    cci_free(a, l->last);
    cci_free(a, l->weight);
    cci_free(a, l->load);
    cci_free(a, l->factor);
    memset(l, 0, sizeof *l);
}

cocreate_status cci_loads_reset(cci_loads *l, const uint8_t *without, cocreate_error *error)
{
    const cci_support *s = l->support;
    const cci_purses *purses = l->purses;
    if (purses == NULL) { /* number 0 is no load */
        cci_pool_clear(l->pool);
        mp_zero(&l->left);
        CCI_TRY(cci_pool_append(l->pool, &l->left, 1, error));
    }
    l->first = l->pool->count;
    l->slack = purses != NULL ? purses->slack : 0;
    memset(l->last, 0, s->ballots * sizeof *l->last);
    for (size_t b = 0; b < s->ballots; b++)
        l->load[b] = purses != NULL ? -purses->money[b] : 0;
    for (size_t c = 0; c < s->candidates; c++)
        l->race.racers[c] = (cci_racer){
            .out = s->start[c + 1] == s->start[c] || (without != NULL && without[c])};
    return COCREATE_OK;
}

cocreate_status cci_loads_lowest(cci_loads *l, uint32_t *tied, size_t *n, cocreate_error *error)
{
    return cci_race_run(&l->race, tied, n, error);
}

cocreate_status cci_loads_elect(cci_loads *l, uint32_t candidate, cocreate_error *error)
{
    const cci_electorate *e = l->run->electorate;
    const cci_support *s = l->support;
    cci_offer *offer = &l->race.now;
    CCI_TRY(price(l, candidate, offer, error));
    CCI_TRY(cci_pool_append(l->pool, &offer->num, offer->divisor, error));
    uint32_t number = (uint32_t)(l->pool->count - 1);
    double load = l->pool->near[number];
    for (size_t i = s->start[candidate]; i < s->start[candidate + 1]; i++) {
        uint32_t g = s->group[i];
        l->last[g] = number;
        l->load[g] = load;
        for (size_t k = e->start[g]; k < e->start[g + 1]; k++)
            l->race.racers[e->options[k]].fresh = 0;
    }
    if (load * 2 * HALF_ULP > l->slack)
        l->slack = load * 2 * HALF_ULP;
    l->race.racers[candidate].out = 1;
    return COCREATE_OK;
}
