/* Money and prices of the method of equal shares. */
#include "ranking/budget/purses.h"

#include <math.h>
#include <string.h>

/* Half the distance from 1 to the next double. A correctly rounded operation is off by at most this
 * share of its result. */
#define HALF_ULP 0x1p-53
/* More than a few roundings can do to a value, as a factor. */
#define ABOVE (1 + 0x1p-48)
#define BELOW (1 - 0x1p-48)

/* -- Wallets ---------------------------------------------------------------------------------- */

cocreate_status cci_purses_gather(cci_purses *p, uint32_t wallet, int64_t weight,
                                  cocreate_error *error)
{
    if (wallet == CCI_WALLET_EMPTY)
        return COCREATE_OK;
    if (p->wallets[wallet].gathered == 0) {
        if (!cci_grow(&p->run->allocator, (void **)&p->touched, &p->touched_room,
                      p->touched_count + 1, sizeof *p->touched))
            return cci_no_memory(error);
        p->touched[p->touched_count++] = wallet;
    }
    p->wallets[wallet].gathered += weight; /* part of the weight of all ballots */
    return COCREATE_OK;
}

static void forget_gathered(cci_purses *p)
{
    for (size_t i = 0; i < p->touched_count; i++)
        p->wallets[p->touched[i]].gathered = 0;
    p->touched_count = 0;
}

/* The factor of each number of the pool in what the gathered weight has together. No factor is
 * larger than the votes of the candidate bought at that price, and no more than the weight of all. */
static cocreate_status add_factors(cci_purses *p, cocreate_error *error)
{
    if (!cci_grow(&p->run->allocator, (void **)&p->factor, &p->factor_room, p->pool.count,
                  sizeof *p->factor))
        return cci_no_memory(error);
    memset(p->factor, 0, p->pool.count * sizeof *p->factor);
    for (size_t i = 0; i < p->touched_count; i++) {
        int64_t weight = p->wallets[p->touched[i]].gathered;
        uint32_t w = p->touched[i];
        for (; w != CCI_WALLET_START; w = p->wallets[w].parent)
            p->factor[p->wallets[w].number] -= weight * p->wallets[w].times;
        p->factor[0] += weight;
    }
    return COCREATE_OK;
}

static cocreate_status sum_gathered(cci_purses *p, int sign, mp_int *sum, cocreate_error *error)
{
    CCI_TRY(add_factors(p, error));
    mp_zero(sum);
    for (size_t i = 0; i < p->pool.count; i++)
        if (p->factor[i] != 0)
            CCI_TRY(cci_pool_add_to(&p->pool, sum, &p->pool.num[i], sign * p->factor[i], error));
    return COCREATE_OK;
}

cocreate_status cci_purses_sum(cci_purses *p, int sign, mp_int *sum, cocreate_error *error)
{
    cocreate_status status = sum_gathered(p, sign, sum, error);
    forget_gathered(p);
    return status;
}

/* sum += what is in the wallet. */
static cocreate_status add_wallet(cci_purses *p, mp_int *sum, uint32_t wallet,
                                  cocreate_error *error)
{
    if (wallet == CCI_WALLET_EMPTY)
        return COCREATE_OK;
    for (uint32_t w = wallet; w != CCI_WALLET_START; w = p->wallets[w].parent)
        CCI_TRY(cci_pool_add_to(&p->pool, sum, &p->pool.num[p->wallets[w].number],
                                -p->wallets[w].times, error));
    return cci_pool_add_to(&p->pool, sum, &p->pool.num[0], 1, error);
}

/* What is left in a wallet after paying `times` the last price of the pool. */
static cocreate_status pay(cci_purses *p, uint32_t wallet, int64_t times, uint32_t *out,
                           cocreate_error *error)
{
    uint32_t number = (uint32_t)(p->pool.count - 1), child = p->wallets[wallet].child;
    if (child != 0 && p->wallets[child].number != number)
        child = 0; /* of an earlier purchase */
    uint32_t first = child;
    while (child != 0 && p->wallets[child].times != times)
        child = p->wallets[child].cousin;
    if (child == 0) {
        if (p->wallet_count == UINT32_MAX ||
            !cci_grow(&p->run->allocator, (void **)&p->wallets, &p->wallet_room,
                      p->wallet_count + 1, sizeof *p->wallets))
            return cci_no_memory(error);
        child = (uint32_t)p->wallet_count++;
        double money = p->wallets[wallet].money - p->pool.near[number] * (double)times;
        p->wallets[child] = (cci_wallet){.parent = wallet, .number = number, .times = times,
                                         .money = money > 0 ? money : 0, .cousin = first};
        p->wallets[wallet].child = child;
    }
    *out = child;
    return COCREATE_OK;
}

/* -- Bounds in doubles ------------------------------------------------------------------------ */

static int64_t value_at(const cci_purses *p, size_t i)
{
    return p->value != NULL ? p->value[i] : 1;
}

/* Put supporters without money behind the others. */
static void drop_empty(cci_purses *p, uint32_t c)
{
    size_t begin = p->support->start[c], n = p->alive[c];
    for (size_t i = begin; i < begin + n;) {
        uint32_t g = p->group[i];
        if (p->wallet_of[g] != CCI_WALLET_EMPTY) {
            i++;
            continue;
        }
        size_t last = begin + --n;
        p->group[i] = p->group[last];
        p->group[last] = g;
        if (p->value != NULL) {
            int64_t value = p->value[i];
            p->value[i] = p->value[last];
            p->value[last] = value;
        }
    }
    p->alive[c] = n;
}

/* The factor that turns a price of a unit of value into one of satisfaction, squared where that is
 * a square root; as a fraction. */
static void factor_of(const cci_purses *p, uint32_t c, int64_t *num, int64_t *den)
{
    *num = p->satisfaction == CCI_SATISFACTION_CARDINALITY || p->satisfaction == CCI_SATISFACTION_CC
               ? 1
               : p->cost[c];
    *den = p->satisfaction == CCI_SATISFACTION_EFFORT ? p->support->weight[c] : 1;
}

static double factor_near(const cci_purses *p, uint32_t c)
{
    int64_t num, den;
    factor_of(p, c, &num, &den);
    double factor = (double)num / (double)den;
    return p->satisfaction == CCI_SATISFACTION_SQRT_COST ? sqrt(factor) : factor;
}

/* A bound from below for the price of a unit of value. Whoever is taken to be poor (to give all he
 * has), the cost that is left, shared by the others, is no more than the price: so is this. */
static double bound(double cost, double poor_money, int64_t rich_value, size_t terms,
                    double slack_sum)
{
    double error = poor_money * ((double)terms + 8) * HALF_ULP + slack_sum + cost * 4 * HALF_ULP;
    double left = cost - poor_money - error * 1.001;
    return left > 0 ? left / (double)rich_value * BELOW : 0;
}

/* Raise the price until those who cannot pay it stay the same. */
static void refine(void *context, uint32_t c, cci_racer *racer)
{
    cci_purses *p = context;
    drop_empty(p, c);
    size_t begin = p->support->start[c], end = begin + p->alive[c];
    double cost = (double)p->cost[c], factor = factor_near(p, c);
    double slack = (double)p->support->weight[c] * p->slack * 1.001;
    double price = racer->low * factor;
    int64_t before = -1;
    for (int pass = 0; pass < 64; pass++) {
        double poor = 0, all = 0;
        int64_t rich = 0;
        for (size_t i = begin; i < end; i++) {
            uint32_t g = p->group[i];
            int64_t value = value_at(p, i);
            double has = p->weight[g] * p->money[g];
            all += has;
            if (p->whole && p->money[g] + p->slack < price * (double)value * BELOW)
                continue; /* for sure, so that those who are left are never too few */
            if (!p->whole && p->money[g] < price * (double)value)
                poor += has;
            else
                rich += value * p->run->electorate->weights[g];
        }
        double error = all * ((double)(end - begin) + 8) * HALF_ULP + slack;
        if (all + error * 1.001 < cost * BELOW) {
            racer->out = 1; /* not even all of it is enough */
            return;
        }
        if (rich == 0 || rich == before)
            return; /* with nobody left to pay the rest, only integers tell */
        before = rich;
        double low = bound(cost, poor, rich, end - begin, slack) / factor * BELOW;
        if (low > racer->low)
            racer->low = low;
        price = (cost - poor) / (double)rich;
    }
}

/* -- Exact prices ----------------------------------------------------------------------------- */

/* Compare what is in a wallet with `times` num / (den * divisor). */
static cocreate_status compare_wallet(cci_purses *p, uint32_t wallet, int64_t times,
                                      const cci_offer *offer, int *out, cocreate_error *error)
{
    cci_wallet *w = &p->wallets[wallet];
    int kept = p->value == NULL;
    if (kept && w->asked == p->question) {
        *out = w->answer;
        return COCREATE_OK;
    }
    mp_zero(&p->left);
    mp_zero(&p->right);
    mp_zero(&p->sum);
    CCI_TRY(add_wallet(p, &p->sum, wallet, error));
    CCI_TRY(cci_pool_add_to(&p->pool, &p->left, &p->sum, offer->divisor, error));
    CCI_TRY(cci_pool_add_to(&p->pool, &p->right, &offer->num, times, error));
    *out = (int)mp_cmp(&p->left, &p->right);
    if (kept) {
        w->asked = p->question;
        w->answer = *out;
    }
    return COCREATE_OK;
}

enum { RICH, POOR, SPENT }; /* SPENT: the price is just what he has */

/* How a supporter stands to the price. */
static cocreate_status stand(cci_purses *p, size_t i, const cci_offer *offer, double near,
                             uint8_t *out, cocreate_error *error)
{
    uint32_t g = p->group[i];
    int64_t value = value_at(p, i);
    double asked = near * (double)value, has = p->money[g];
    int order;
    if (has - p->slack > asked * ABOVE)
        order = 1;
    else if (has + p->slack < asked * BELOW)
        order = -1;
    else
        CCI_TRY(compare_wallet(p, p->wallet_of[g], value, offer, &order, error));
    *out = order < 0 ? POOR : order > 0 ? RICH : SPENT;
    return COCREATE_OK;
}

/* Those who certainly have less than the price; and the value that the others give. */
static cocreate_status begin_price(cci_purses *p, uint32_t c, int64_t *rich, cocreate_error *error)
{
    size_t begin = p->support->start[c], end = begin + p->alive[c];
    double price = p->race.racers[c].low * factor_near(p, c) * BELOW;
    const int64_t *weights = p->run->electorate->weights;
    *rich = 0;
    for (size_t i = begin; i < end; i++) {
        uint32_t g = p->group[i];
        int poor = p->money[g] + p->slack < price * (double)value_at(p, i) * BELOW;
        p->poor[i - begin] = poor ? POOR : RICH;
        if (poor && !p->whole)
            CCI_TRY(cci_purses_gather(p, p->wallet_of[g], weights[g], error));
        if (!poor)
            *rich += value_at(p, i) * weights[g];
    }
    return COCREATE_OK;
}

/* (cost - what the poor have) / rich */
static cocreate_status share_rest(cci_purses *p, uint32_t c, int64_t rich, cci_offer *out,
                                  double *near, cocreate_error *error)
{
    CCI_TRY(sum_gathered(p, -1, &out->num, error));
    CCI_TRY(cci_pool_add_to(&p->pool, &out->num, &p->pool.den, p->cost[c], error));
    out->divisor = rich;
    p->question++;
    return cci_pool_double(&p->pool, &out->num, rich, near, error);
}

/* From below: as long as somebody cannot pay his share, he gives what he has (or with `whole`
 * nothing) and the others share what is left of the cost. */
static cocreate_status price(void *context, uint32_t c, cci_offer *out, cocreate_error *error)
{
    cci_purses *p = context;
    drop_empty(p, c);
    size_t begin = p->support->start[c], end = begin + p->alive[c];
    int64_t rich;
    CCI_TRY(begin_price(p, c, &rich, error));
    for (int settled = 0; !settled;) {
        if (rich == 0) {
            out->out = 1;
            break;
        }
        double near;
        CCI_TRY(share_rest(p, c, rich, out, &near, error));
        out->high = near / factor_near(p, c) * ABOVE;
        settled = 1;
        for (size_t i = begin; i < end; i++) {
            uint8_t *how = &p->poor[i - begin];
            if (*how == POOR)
                continue;
            CCI_TRY(stand(p, i, out, near, how, error));
            if (*how != POOR)
                continue;
            int64_t weight = p->run->electorate->weights[p->group[i]];
            if (!p->whole)
                CCI_TRY(cci_purses_gather(p, p->wallet_of[p->group[i]], weight, error));
            rich -= value_at(p, i) * weight;
            settled = 0;
        }
    }
    forget_gathered(p);
    return COCREATE_OK;
}

/* left = num of a * divisor of b * the factor of b, so that prices of satisfaction compare. */
static cocreate_status weigh(cci_purses *p, const cci_offer *a, const cci_offer *b, int64_t x,
                             int64_t y, mp_int *out, cocreate_error *error)
{
    mp_zero(&p->sum);
    CCI_TRY(cci_pool_add_to(&p->pool, &p->sum, &a->num, b->divisor, error));
    if (p->satisfaction == CCI_SATISFACTION_SQRT_COST)
        CCI_TRY_BIG(mp_sqr(&p->sum, &p->sum));
    mp_zero(out);
    CCI_TRY(cci_pool_add_to(&p->pool, out, &p->sum, x, error));
    if (y == 1)
        return COCREATE_OK;
    CCI_TRY_BIG(mp_copy(out, &p->sum));
    mp_zero(out);
    return cci_pool_add_to(&p->pool, out, &p->sum, y, error);
}

static cocreate_status compare(void *context, uint32_t a, const cci_offer *offer_a, uint32_t b,
                               const cci_offer *offer_b, int *out, cocreate_error *error)
{
    cci_purses *p = context;
    int64_t num_a, den_a, num_b, den_b;
    factor_of(p, a, &num_a, &den_a);
    factor_of(p, b, &num_b, &den_b);
    CCI_TRY(weigh(p, offer_a, offer_b, num_b, den_a, &p->left, error));
    CCI_TRY(weigh(p, offer_b, offer_a, num_a, den_b, &p->right, error));
    *out = (int)mp_cmp(&p->left, &p->right);
    return COCREATE_OK;
}

static const cci_race_rules rules = {refine, price, compare};

/* -- Opening and buying ----------------------------------------------------------------------- */

static cocreate_status take_room(cci_purses *p, cocreate_error *error)
{
    const cocreate_allocator *a = &p->run->allocator;
    const cci_support *s = p->support;
    size_t m = s->candidates, entries = s->start[m], most = 0;
    for (size_t c = 0; c < m; c++)
        if (s->start[c + 1] - s->start[c] > most)
            most = s->start[c + 1] - s->start[c];
    p->group = cci_alloc(a, entries, sizeof *p->group);
    p->value = s->value != NULL ? cci_alloc(a, entries, sizeof *p->value) : NULL;
    p->alive = cci_alloc(a, m, sizeof *p->alive);
    p->poor = cci_alloc(a, most, sizeof *p->poor);
    p->weight = cci_alloc(a, s->ballots, sizeof *p->weight);
    p->money = cci_alloc(a, s->ballots, sizeof *p->money);
    p->wallet_of = cci_alloc(a, s->ballots, sizeof *p->wallet_of);
    if (p->group == NULL || (p->value == NULL && s->value != NULL) || p->alive == NULL ||
        p->poor == NULL || p->weight == NULL || p->money == NULL || p->wallet_of == NULL ||
        !cci_grow(a, (void **)&p->wallets, &p->wallet_room, 2, sizeof *p->wallets))
        return cci_no_memory(error);
    memcpy(p->group, s->group, entries * sizeof *p->group);
    if (p->value != NULL)
        memcpy(p->value, s->value, entries * sizeof *p->value);
    for (size_t b = 0; b < s->ballots; b++)
        p->weight[b] = (double)p->run->electorate->weights[b];
    return COCREATE_OK;
}

cocreate_status cci_purses_open(cci_purses *p, cci_run *run, const cci_support *support,
                                const int64_t *cost, cci_satisfaction satisfaction,
                                cocreate_error *error)
{
    memset(p, 0, sizeof *p);
    mp_err result = mp_init_multi(&p->sum, &p->left, &p->right, NULL);
    if (result != MP_OKAY) {
        memset(p, 0, sizeof *p);
        return cci_big_status(result, error);
    }
    p->run = run;
    p->support = support;
    p->cost = cost;
    p->satisfaction = satisfaction;
    cocreate_status status = cci_pool_init(&p->pool, &run->allocator, error);
    if (status == COCREATE_OK)
        status = cci_race_init(&p->race, &run->allocator, support->candidates, &rules, p, error);
    if (status == COCREATE_OK)
        status = take_room(p, error);
    if (status != COCREATE_OK)
        cci_purses_close(p);
    return status;
}

void cci_purses_close(cci_purses *p)
{
    if (p->run == NULL)
        return;
    const cocreate_allocator *a = &p->run->allocator;
    cci_pool_free(&p->pool);
    cci_race_free(&p->race);
    mp_clear_multi(&p->sum, &p->left, &p->right, NULL);
    cci_free(a, p->group);
    cci_free(a, p->value);
    cci_free(a, p->alive);
    cci_free(a, p->poor);
    cci_free(a, p->weight);
    cci_free(a, p->money);
    cci_free(a, p->wallet_of);
    cci_free(a, p->wallets);
    cci_free(a, p->touched);
    cci_free(a, p->factor);
    memset(p, 0, sizeof *p);
}

cocreate_status cci_purses_reset(cci_purses *p, int64_t money, int64_t voters,
                                 const uint8_t *without, cocreate_error *error)
{
    const cci_support *s = p->support;
    cci_pool_clear(&p->pool);
    mp_zero(&p->sum);
    CCI_TRY(cci_pool_add_to(&p->pool, &p->sum, &p->pool.den, money, error));
    CCI_TRY(cci_pool_append(&p->pool, &p->sum, voters, error));
    p->wallet_count = 2;
    p->touched_count = 0;
    p->question = 0;
    p->wallets[CCI_WALLET_EMPTY] = (cci_wallet){.money = 0};
    p->wallets[CCI_WALLET_START] = (cci_wallet){.money = p->pool.near[0]};
    p->slack = p->pool.near[0] * 2 * HALF_ULP;
    for (size_t b = 0; b < s->ballots; b++) {
        p->wallet_of[b] = money > 0 ? CCI_WALLET_START : CCI_WALLET_EMPTY;
        p->money[b] = p->pool.near[0];
    }
    for (uint32_t c = 0; c < s->candidates; c++) {
        p->alive[c] = s->start[c + 1] - s->start[c];
        cci_racer *racer = &p->race.racers[c];
        *racer = (cci_racer){.out = p->cost[c] == 0 || p->alive[c] == 0 ||
                                    (without != NULL && without[c])};
        if (!racer->out)
            racer->low = (double)p->cost[c] / (double)s->total[c] / factor_near(p, c) * BELOW;
    }
    return COCREATE_OK;
}

cocreate_status cci_purses_cheapest(cci_purses *p, uint32_t *tied, size_t *n,
                                    cocreate_error *error)
{
    return cci_race_run(&p->race, tied, n, error);
}

/* What the supporter's purse holds after the purchase; whoever approves of others with it changes
 * their prices. */
static cocreate_status settle(cci_purses *p, size_t i, uint8_t how, cocreate_error *error)
{
    const cci_electorate *e = p->run->electorate;
    uint32_t g = p->group[i], wallet = CCI_WALLET_EMPTY;
    if (how == POOR && p->whole)
        return COCREATE_OK;
    if (how == RICH)
        CCI_TRY(pay(p, p->wallet_of[g], value_at(p, i), &wallet, error));
    p->wallet_of[g] = wallet;
    p->money[g] = p->wallets[wallet].money;
    for (size_t k = e->start[g]; k < e->start[g + 1]; k++)
        p->race.racers[e->options[k]].fresh = 0;
    return COCREATE_OK;
}

cocreate_status cci_purses_buy(cci_purses *p, uint32_t candidate, cocreate_error *error)
{
    cci_offer *offer = &p->race.now;
    offer->out = 0;
    CCI_TRY(price(p, candidate, offer, error));
    assert(!offer->out);
    CCI_TRY(cci_pool_append(&p->pool, &offer->num, offer->divisor, error));
    size_t begin = p->support->start[candidate];
    for (size_t i = begin; i < begin + p->alive[candidate]; i++)
        CCI_TRY(settle(p, i, p->poor[i - begin], error));
    /* A price, a factor, a product and a difference were rounded, none larger than the start. */
    p->slack += p->pool.near[0] * 6 * HALF_ULP;
    p->race.racers[candidate].out = 1;
    return COCREATE_OK;
}

cocreate_status cci_purses_left(cci_purses *p, uint32_t candidate, mp_int *sum,
                                cocreate_error *error)
{
    size_t begin = p->support->start[candidate];
    for (size_t i = begin; i < begin + p->alive[candidate]; i++)
        CCI_TRY(cci_purses_gather(p, p->wallet_of[p->group[i]],
                       p->run->electorate->weights[p->group[i]], error));
    return cci_purses_sum(p, 1, sum, error);
}
