/* Lower bounds for orders from prices on circles of three. */
#include "ranking/optimal/bound.h"

#include <string.h>

/* All costs together make at most so many units, and no price is more: 64 options have 83,328
 * circles of three, so that no sum of prices overflows. */
#define UNITS_MAX ((int64_t)1 << 40)
#define SCALE_MAX 65536

struct ascent {
    const cci_run *run;
    size_t n, circles;
    int64_t most;   /* all in units of bounds */
    int64_t *cost;  /* what is ruled out costs more than `most` */
    int64_t *left;  /* costs less prices */
    int64_t *price; /* two circles for each a < b < c: a-b-c-a, then a-c-b-a */
    int64_t *best;  /* prices of the best bound */
    int64_t whole;  /* the best bound */
    uint8_t *over;  /* set where a above b is the cheaper */
};

/* -- One set of prices ------------------------------------------------------------------------ */

/* Take the prices off the costs. The bound that they give. */
static int64_t apply(struct ascent *s, const int64_t *price)
{
    size_t n = s->n;
    int64_t *left = s->left, bound = 0;
    memcpy(left, s->cost, n * n * sizeof *left);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            for (size_t c = b + 1; c < n; c++, price += 2) {
                bound += price[0] + price[1];
                left[a * n + b] -= price[0];
                left[b * n + c] -= price[0];
                left[c * n + a] -= price[0];
                left[a * n + c] -= price[1];
                left[c * n + b] -= price[1];
                left[b * n + a] -= price[1];
            }
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            int64_t there = left[a * n + b], back = left[b * n + a];
            s->over[a * n + b] = there <= back;
            s->over[b * n + a] = there > back;
            bound += there < back ? there : back;
        }
    return bound;
}

/* A circle that the cheapest choice of every pair leaves empty should cost more, one that it uses
 * twice or thrice should cost less: by how much, for the two circles through a, b, c. */
static void slopes(const struct ascent *s, size_t a, size_t b, size_t c, int64_t slope[2])
{
    int64_t used = s->over[a * s->n + b] + s->over[b * s->n + c] + s->over[c * s->n + a];
    slope[0] = 1 - used;
    slope[1] = used - 2;
}

/* Squared length of the step that prices can take: none falls below 0. */
static int64_t length(const struct ascent *s)
{
    const int64_t *price = s->price;
    int64_t sum = 0, slope[2];
    for (size_t a = 0; a < s->n; a++)
        for (size_t b = a + 1; b < s->n; b++)
            for (size_t c = b + 1; c < s->n; c++, price += 2) {
                slopes(s, a, b, c, slope);
                for (int k = 0; k < 2; k++)
                    sum += price[k] > 0 || slope[k] > 0 ? slope[k] * slope[k] : 0;
            }
    return sum;
}

static void step(struct ascent *s, int64_t by)
{
    int64_t *price = s->price, slope[2];
    for (size_t a = 0; a < s->n; a++)
        for (size_t b = a + 1; b < s->n; b++)
            for (size_t c = b + 1; c < s->n; c++, price += 2) {
                slopes(s, a, b, c, slope);
                for (int k = 0; k < 2; k++) {
                    int64_t now = price[k] + slope[k] * by;
                    price[k] = now < 0 ? 0 : now > s->most ? s->most : now;
                }
            }
}

#define STEPS 400
#define PATIENCE 12

/* Polyak's steps, halved when they stop to help. Leaves the best prices found in `best`. */
static cocreate_status ascend(struct ascent *s, cocreate_error *error)
{
    int halved = 0, stuck = 0;
    memcpy(s->price, s->best, 2 * s->circles * sizeof *s->price);
    s->whole = apply(s, s->best);
    int64_t bound = s->whole;
    for (int i = 0; i < STEPS && s->whole < s->most && halved < 12; i++) {
        int64_t norm = length(s);
        if (norm == 0)
            break;
        int64_t by = ((s->most - bound) >> halved) / norm;
        step(s, by > 0 ? by : 1);
        bound = apply(s, s->price);
        if (bound > s->whole) {
            s->whole = bound;
            stuck = 0;
            memcpy(s->best, s->price, 2 * s->circles * sizeof *s->price);
        } else if (++stuck == PATIENCE) {
            stuck = 0;
            halved++;
            bound = s->whole;
            memcpy(s->price, s->best, 2 * s->circles * sizeof *s->price);
            apply(s, s->price);
        }
        if (i % 16 == 15)
            CCI_TRY(cci_run_progress(s->run, 0, 0, error));
    }
    apply(s, s->best);
    return COCREATE_OK;
}

/* -- What the bound settles ------------------------------------------------------------------- */

/* b stands above a in every best order where the other way would cost more than an order that is
 * known; and so on along chains. True if something new was settled. */
static int settle(struct ascent *s, uint64_t *before)
{
    size_t n = s->n;
    int news = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            if (a != b && s->whole + s->left[a * n + b] - s->left[b * n + a] > s->most)
                before[a] |= cci_bit(b);
    for (size_t k = 0; k < n; k++)
        for (size_t a = 0; a < n; a++)
            if (before[a] & cci_bit(k))
                before[a] |= before[k];
    for (size_t a = 0; a < n; a++)
        for (uint64_t rest = before[a]; rest != 0; rest &= rest - 1) {
            int64_t *cost = &s->cost[a * n + cci_lowest(rest)];
            news |= *cost <= s->most;
            *cost = s->most + 1;
        }
    return news;
}

static void finish(const struct ascent *s, cci_order_bound *out)
{
    size_t n = s->n;
    const int64_t *price = s->best;
    out->whole = s->whole;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++) {
            int64_t there = s->left[a * n + b], back = s->left[b * n + a];
            out->pairs[a * n + b] = out->pairs[b * n + a] = there < back ? there : back;
            for (size_t c = b + 1; c < n; c++, price += 2) {
                int64_t both = price[0] + price[1];
                out->prices[(a * n + b) * n + c] = out->prices[(a * n + c) * n + b] = both;
                out->prices[(b * n + a) * n + c] = out->prices[(b * n + c) * n + a] = both;
                out->prices[(c * n + a) * n + b] = out->prices[(c * n + b) * n + a] = both;
            }
        }
}

static cocreate_status work(struct ascent *s, const int64_t *cost, cci_order_bound *out,
                            cocreate_error *error)
{
    for (size_t i = 0; i < s->n * s->n; i++)
        s->cost[i] = cci_order_bound_units(out, cost[i]);
    for (int round = 0; round < 4; round++) {
        CCI_TRY(ascend(s, error));
        if (!settle(s, out->before))
            break;
    }
    s->whole = apply(s, s->best); /* with what was settled last */
    finish(s, out);
    return COCREATE_OK;
}

int64_t cci_order_bound_drop(const cci_order_bound *b, size_t option, uint64_t rest)
{
    size_t n = b->n;
    int64_t sum = 0;
    for (; rest != 0; rest &= rest - 1) {
        size_t other = cci_lowest(rest);
        const int64_t *prices = &b->prices[(option * n + other) * n];
        sum += b->pairs[option * n + other];
        for (uint64_t third = rest & (rest - 1); third != 0; third &= third - 1)
            sum += prices[cci_lowest(third)];
    }
    return sum;
}

void cci_order_bound_close(cci_order_bound *b, const cocreate_allocator *a)
{
    cci_free(a, b->prices);
    cci_free(a, b->pairs);
    b->prices = b->pairs = NULL;
}

static void choose_units(const int64_t *cost, size_t n, cci_order_bound *out)
{
    int64_t sum = 1;
    for (size_t i = 0; i < n * n; i++)
        sum += cost[i];
    out->scale = UNITS_MAX / sum < SCALE_MAX ? UNITS_MAX / sum : SCALE_MAX;
    for (; out->scale == 0 && sum >> out->shift > UNITS_MAX;)
        out->shift++;
    out->scale = out->scale > 0 ? out->scale : 1;
}

cocreate_status cci_order_bound_open(const cci_run *run, const int64_t *cost, size_t n,
                                     int64_t most, cci_order_bound *out, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t circles = n * (n - 1) * (n - 2) / 6;
    *out = (cci_order_bound){.n = n, .most = most};
    choose_units(cost, n, out);
    struct ascent s = {.run = run, .n = n, .circles = circles};
    s.most = cci_order_bound_units(out, most);
    s.cost = cci_alloc(a, n * n, sizeof *s.cost);
    s.left = cci_alloc(a, n * n, sizeof *s.left);
    s.over = cci_alloc(a, n * n, sizeof *s.over);
    s.price = cci_alloc(a, 2 * circles, sizeof *s.price);
    s.best = cci_alloc(a, 2 * circles, sizeof *s.best);
    out->prices = cci_alloc(a, n * n * n, sizeof *out->prices);
    out->pairs = cci_alloc(a, n * n, sizeof *out->pairs);
    cocreate_status status = s.cost && s.left && s.over && s.price && s.best && out->prices &&
                                     out->pairs
                                 ? work(&s, cost, out, error)
                                 : cci_no_memory(error);
    cci_free(a, s.cost);
    cci_free(a, s.left);
    cci_free(a, s.over);
    cci_free(a, s.price);
    cci_free(a, s.best);
    if (status != COCREATE_OK)
        cci_order_bound_close(out, a);
    return status;
}
