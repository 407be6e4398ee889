/* Choices at least cost. */
#include <string.h>

#include "ranking/optimal/choices.h"
#include "ranking/order.h"

/* Prices and bounds are in units of 1 / UNIT of a cost. With prices up to that of the dearest level, 63
 * needs and weights below 2^31, no bound reaches 2^63. */
#define UNIT 65536
#define PRICE_MAX ((int64_t)UNIT * CCI_CHOICES_COST)
/* Ballots are chosen for one by one, or together where there are more than so many. */
#define STEPS_EACH 1024
/* Steps towards good prices, fewer where each is long, and how many without a gain halve them. */
#define STEPS 20000
#define STEPS_MIN 300
#define STEPS_WORK ((size_t)1 << 27)
#define PATIENCE 60
#define HALVINGS 24

/* What is still needed behind some of the classes, at what cost. */
struct state {
    int64_t cost, bound;
    int64_t need[];
};

struct front {
    uint8_t *states; /* `count` of them */
    size_t count, room;
    uint32_t *slots; /* a table of them by need */
    size_t slot_count;
};

struct program {
    const cci_run *run;
    cci_choices *c;
    size_t n, size;       /* needs, bytes of a state */
    int64_t price[CCI_CHOICES_NEEDS];
    int64_t bound;        /* of the whole */
    int64_t at_once;      /* most ballots of a step */
    int64_t grain;        /* costs are multiples of it */
    int64_t most;         /* cost of the best choice known, or one more than any can cost */
    uint32_t *ranked;     /* classes: those with least to choose first */
    int64_t *spare;       /* by class: what the second best level costs more, in units */
    size_t step_count;
    uint32_t *order;      /* by step: a class, and .. */
    int64_t *copies;      /* .. how many of its ballots */
    int64_t *ahead;       /* by step: bound for the classes from there on */
    int64_t *falls, *rises; /* by step and need: what the classes from there on can lose, gain */
    size_t width, steps;
    size_t given_up;      /* more partial choices than so many, and the search has ended; or 0 */
    int truncated, coarse;
    struct front now, next;
    struct state *scratch;
};

/* -- Prices ----------------------------------------------------------------------------------- */

/* A level's cost after what its gains are worth, in units. */
static int64_t left_of(const struct program *p, const int64_t *price, const cci_level *level)
{
    int64_t left = level->cost * UNIT;
    for (size_t b = 0; b < p->n; b++)
        left -= price[b] * level->gains[b];
    return left;
}

/* The level of a class that costs least at these prices, NULL for none. */
static const cci_level *cheapest(const struct program *p, const int64_t *price,
                                 const cci_class *class, int64_t *left)
{
    const cci_level *best = NULL;
    *left = 0;
    for (size_t i = 0; i < class->count; i++) {
        const cci_level *level = &p->c->levels[class->first + i];
        int64_t here = left_of(p, price, level);
        if (here < *left) {
            *left = here;
            best = level;
        }
    }
    return best;
}

/* The bound that prices give, and for each need what the cheapest choice lacks. */
static int64_t price_out(const struct program *p, const int64_t *price, int64_t *lack)
{
    int64_t bound = 0;
    for (size_t b = 0; b < p->n; b++) {
        lack[b] = p->c->need[b];
        bound += price[b] * p->c->need[b];
    }
    for (size_t t = 0; t < p->c->class_count; t++) {
        const cci_class *class = &p->c->classes[t];
        int64_t left;
        const cci_level *level = cheapest(p, price, class, &left);
        bound += left * class->copies;
        for (size_t b = 0; b < p->n && level != NULL; b++)
            lack[b] -= level->gains[b] * class->copies;
    }
    return bound;
}

/* Subgradients: what lacks gets dearer, what abounds gets cheaper. `goal` is about the optimum. Any
 * prices give a true bound, so that floating point may say how far to go. */
static void find_prices(struct program *p, int64_t goal)
{
    int64_t price[CCI_CHOICES_NEEDS], lack[CCI_CHOICES_NEEDS];
    int halved = 0, stuck = 0;
    size_t steps = STEPS_WORK / (p->n * p->c->level_count + 1);
    steps = steps > STEPS ? STEPS : steps < STEPS_MIN ? STEPS_MIN : steps;
    memcpy(price, p->price, sizeof price);
    int64_t bound = price_out(p, price, lack);
    p->bound = bound;
    for (size_t i = 0; i < steps && halved < HALVINGS; i++) {
        double norm = 0; /* only the length of a step */
        for (size_t b = 0; b < p->n; b++)
            norm += price[b] > 0 || lack[b] > 0 ? (double)lack[b] * (double)lack[b] : 0;
        int64_t gap = goal * UNIT - bound;
        if (norm < 1)
            break;
        gap = gap > UNIT ? gap : UNIT;
        for (size_t b = 0; b < p->n; b++) {
            double by = (double)(gap >> halved) * (double)lack[b] / norm;
            by = by > (double)PRICE_MAX ? (double)PRICE_MAX : by;
            by = by < -(double)PRICE_MAX ? -(double)PRICE_MAX : by;
            int64_t moved = price[b] + (int64_t)by + (lack[b] > 0) - (lack[b] < 0);
            price[b] = moved < 0 ? 0 : moved > PRICE_MAX ? PRICE_MAX : moved;
        }
        bound = price_out(p, price, lack);
        if (bound > p->bound) {
            p->bound = bound;
            stuck = 0;
            memcpy(p->price, price, sizeof price);
        } else if (++stuck == PATIENCE) {
            stuck = 0;
            halved++;
            memcpy(price, p->price, sizeof price);
            bound = price_out(p, price, lack);
        }
    }
}

/* -- Steps ------------------------------------------------------------------------------------ */

static cocreate_status by_spare(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const int64_t *spare = context;
    (void)error;
    *out = (spare[a] < spare[b]) - (spare[a] > spare[b]);
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* Classes where any other level costs much more first: there is little to choose. */
static cocreate_status order_classes(struct program *p, cocreate_error *error)
{
    size_t count = p->c->class_count;
    for (uint32_t t = 0; t < count; t++) {
        const cci_class *class = &p->c->classes[t];
        int64_t least;
        const cci_level *best = cheapest(p, p->price, class, &least);
        int64_t second = best == NULL ? INT64_MAX : 0; /* none is the other level */
        for (size_t i = 0; i < class->count; i++) {
            const cci_level *level = &p->c->levels[class->first + i];
            int64_t left = left_of(p, p->price, level);
            if (level != best && left < second)
                second = left;
        }
        p->spare[t] = second - least;
        p->ranked[t] = t;
    }
    CCI_TRY(cci_sort(&p->run->allocator, p->ranked, count, by_spare, p->spare, error));
    for (size_t i = 0, step = 0; i < count; i++) {
        int64_t left = p->c->classes[p->ranked[i]].copies;
        for (; left > 0; left -= p->at_once, step++) {
            p->order[step] = p->ranked[i];
            p->copies[step] = left < p->at_once ? left : p->at_once;
        }
    }
    return COCREATE_OK;
}

/* What the steps from each one on cost at least, and by how much they can meet each need at most. */
static void look_ahead(struct program *p)
{
    size_t end = p->step_count;
    memset(p->falls + end * p->n, 0, p->n * sizeof *p->falls);
    memset(p->rises + end * p->n, 0, p->n * sizeof *p->rises);
    p->ahead[end] = 0;
    for (size_t s = end; s-- > 0;) {
        const cci_class *class = &p->c->classes[p->order[s]];
        int64_t left;
        cheapest(p, p->price, class, &left);
        p->ahead[s] = p->ahead[s + 1] + left * p->copies[s];
        for (size_t b = 0; b < p->n; b++) {
            int fall = 0, rise = 0;
            for (size_t i = 0; i < class->count; i++) {
                int gain = p->c->levels[class->first + i].gains[b];
                fall = gain < fall ? gain : fall;
                rise = gain > rise ? gain : rise;
            }
            p->falls[s * p->n + b] = p->falls[(s + 1) * p->n + b] - fall * p->copies[s];
            p->rises[s * p->n + b] = p->rises[(s + 1) * p->n + b] + rise * p->copies[s];
        }
    }
}

/* -- Fronts ----------------------------------------------------------------------------------- */

static struct state *state_at(const struct program *p, const struct front *f, size_t i)
{
    return (struct state *)(void *)(f->states + i * p->size);
}

static size_t slot_of(const struct program *p, const struct front *f, const int64_t *need)
{
    uint64_t hash = 0;
    for (size_t b = 0; b < p->n; b++)
        hash = (hash ^ (uint64_t)need[b]) * UINT64_C(0x9e3779b97f4a7c15) + (hash >> 29);
    size_t i = (size_t)(hash ^ hash >> 32) & (f->slot_count - 1);
    while (f->slots[i] != UINT32_MAX &&
           memcmp(state_at(p, f, f->slots[i])->need, need, p->n * sizeof *need) != 0)
        i = (i + 1) & (f->slot_count - 1);
    return i;
}

static cocreate_status grow_table(struct program *p, struct front *f, cocreate_error *error)
{
    size_t wanted = f->slot_count == 0 ? 256 : f->slot_count * 2;
    uint32_t *slots = cci_alloc(&p->run->allocator, wanted, sizeof *slots);
    if (slots == NULL)
        return cci_no_memory(error);
    cci_free(&p->run->allocator, f->slots);
    f->slots = slots;
    f->slot_count = wanted;
    memset(slots, 0xff, wanted * sizeof *slots);
    for (size_t i = 0; i < f->count; i++)
        slots[slot_of(p, f, state_at(p, f, i)->need)] = (uint32_t)i;
    return COCREATE_OK;
}

static void clear_front(struct front *f)
{
    f->count = 0;
    if (f->slots != NULL)
        memset(f->slots, 0xff, f->slot_count * sizeof *f->slots);
}

/* Meet p->scratch behind the first `step` classes, unless no choice from there beats the best. */
static cocreate_status meet(struct program *p, size_t step, cocreate_error *error)
{
    struct front *f = &p->next;
    struct state *s = p->scratch;
    s->bound = s->cost * UNIT + p->ahead[step];
    for (size_t b = 0; b < p->n; b++) {
        int64_t enough = -p->falls[step * p->n + b];
        if (s->need[b] > p->rises[step * p->n + b])
            return COCREATE_OK;
        if (s->need[b] < enough)
            s->need[b] = enough; /* more than that can never lack */
        s->bound += p->price[b] * s->need[b];
    }
    if (s->bound > (p->most - 1) * UNIT)
        return COCREATE_OK;
    if (2 * (f->count + 1) > f->slot_count)
        CCI_TRY(grow_table(p, f, error));
    size_t slot = slot_of(p, f, s->need);
    if (f->slots[slot] != UINT32_MAX) {
        struct state *known = state_at(p, f, f->slots[slot]);
        if (s->cost < known->cost)
            memcpy(known, s, p->size);
        return COCREATE_OK;
    }
    if (f->count == 4 * CCI_CHOICES_KEPT) {
        p->truncated = 1;
        return COCREATE_OK;
    }
    if (!cci_grow(&p->run->allocator, (void **)&f->states, &f->room, (f->count + 1) * p->size, 1))
        return cci_no_memory(error);
    f->slots[slot] = (uint32_t)f->count;
    memcpy(state_at(p, f, f->count++), s, p->size);
    return COCREATE_OK;
}

/* All ballots of a step are chosen. */
static cocreate_status end_choice(struct program *p, size_t step, cocreate_error *error)
{
    int64_t kept[CCI_CHOICES_NEEDS], *need = p->scratch->need;
    if (p->given_up > 0 || p->steps++ == CCI_CHOICES_STEPS) {
        p->given_up = CCI_CHOICES_STEPS;
        return COCREATE_OK;
    }
    memcpy(kept, need, p->n * sizeof *kept);
    CCI_TRY(meet(p, step + 1, error));
    memcpy(need, kept, p->n * sizeof *kept);
    return COCREATE_OK;
}

/* Choose `copies` ballots among the levels from the i-th on; the base level is chosen already for
 * all, and `room` units may be lost by choosing others. */
static cocreate_status spread(struct program *p, const cci_class *class, const cci_level *base,
                              int64_t least, size_t i, int64_t copies, int64_t room, size_t step,
                              cocreate_error *error)
{
    static const cci_level none = {0, {0}};
    if (i > class->count)
        return end_choice(p, step, error);
    const cci_level *level = i < class->count ? &p->c->levels[class->first + i] : &none;
    const cci_level *from = base != NULL ? base : &none;
    int64_t loss = (level == &none ? 0 : left_of(p, p->price, level)) - least, moved = 0;
    struct state *s = p->scratch;
    CCI_TRY(spread(p, class, base, least, i + 1, copies, room, step, error));
    if (level == base || (level == &none && base == NULL))
        return COCREATE_OK;
    cocreate_status status = COCREATE_OK;
    while (moved < copies && loss <= room && status == COCREATE_OK && p->given_up == 0) {
        int64_t by = p->coarse && moved > 1 ? moved : 1; /* 1, 2, 4, .., all */
        by = by < copies - moved ? by : copies - moved;
        by = loss > 0 && by > room / loss ? room / loss : by;
        p->truncated |= by > 1;
        moved += by;
        room -= loss * by;
        s->cost += (level->cost - from->cost) * by;
        for (size_t b = 0; b < p->n; b++)
            s->need[b] -= (level->gains[b] - from->gains[b]) * by;
        status = spread(p, class, base, least, i + 1, copies - moved, room, step, error);
    }
    s->cost -= moved * (level->cost - from->cost);
    for (size_t b = 0; b < p->n; b++)
        s->need[b] += moved * (level->gains[b] - from->gains[b]);
    return status;
}

/* How well a state may end: by its bound, and by what it lacks beyond what prices tell. */
static int64_t promise(const struct program *p, const struct state *s)
{
    int64_t lack = 0;
    for (size_t b = 0; b < p->n; b++)
        lack += s->need[b] > 0 ? s->need[b] : 0;
    return s->bound + lack * (UNIT / 256);
}

static cocreate_status by_bound(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct program *p = context;
    int64_t x = promise(p, state_at(p, &p->next, a)), y = promise(p, state_at(p, &p->next, b));
    (void)error;
    *out = (x > y) - (x < y);
    if (*out == 0)
        *out = (a > b) - (a < b);
    return COCREATE_OK;
}

/* The next front becomes the present one: all of it, or the `width` most promising. */
static cocreate_status advance(struct program *p, cocreate_error *error)
{
    struct front moved = p->now;
    const cocreate_allocator *a = &p->run->allocator;
    if (p->next.count > p->width) {
        p->truncated = 1;
        uint32_t *ranked = cci_alloc(a, p->next.count, sizeof *ranked);
        if (ranked == NULL)
            return cci_no_memory(error);
        for (uint32_t i = 0; i < p->next.count; i++)
            ranked[i] = i;
        cocreate_status status = cci_sort(a, ranked, p->next.count, by_bound, p, error);
        clear_front(&p->now);
        if (status == COCREATE_OK &&
            !cci_grow(a, (void **)&p->now.states, &p->now.room, p->width * p->size, 1))
            status = cci_no_memory(error);
        for (size_t i = 0; i < p->width && status == COCREATE_OK; i++)
            memcpy(state_at(p, &p->now, p->now.count++), state_at(p, &p->next, ranked[i]),
                   p->size);
        cci_free(a, ranked);
        clear_front(&p->next);
        return status;
    }
    p->now = p->next;
    p->next = moved;
    clear_front(&p->next);
    return COCREATE_OK;
}

/* One step, from every state of the present front. */
static cocreate_status take_step(struct program *p, size_t step, cocreate_error *error)
{
    const cci_class *class = &p->c->classes[p->order[step]];
    int64_t least;
    const cci_level *base = cheapest(p, p->price, class, &least);
    for (size_t i = 0; i < p->now.count && p->given_up == 0; i++) {
        struct state *s = p->scratch;
        memcpy(s, state_at(p, &p->now, i), p->size);
        int64_t room = (p->most - 1) * UNIT - s->bound;
        if (base != NULL) {
            s->cost += base->cost * p->copies[step];
            for (size_t b = 0; b < p->n; b++)
                s->need[b] -= base->gains[b] * p->copies[step];
        }
        CCI_TRY(spread(p, class, base, least, 0, p->copies[step], room, step, error));
        if (i % 256 == 255)
            CCI_TRY(cci_run_progress(p->run, 0, 0, error));
    }
    return advance(p, error);
}

/* From no class to all of them; p->most falls if something better is found. */
static cocreate_status sweep(struct program *p, cocreate_error *error)
{
    p->truncated = 0;
    clear_front(&p->next);
    p->scratch->cost = 0;
    memcpy(p->scratch->need, p->c->need, p->n * sizeof *p->c->need);
    CCI_TRY(meet(p, 0, error));
    CCI_TRY(advance(p, error));
    for (size_t step = 0; step < p->step_count && p->given_up == 0; step++)
        CCI_TRY(take_step(p, step, error));
    for (size_t i = 0; p->given_up == 0 && i < p->now.count; i++) {
        int64_t cost = state_at(p, &p->now, i)->cost;
        p->most = cost < p->most ? cost : p->most;
    }
    return COCREATE_OK;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Needs that only even gains can meet are even; costs are multiples of what all have in common. */
static void round_up(struct program *p)
{
    const cci_choices *c = p->c;
    p->grain = 0;
    for (size_t i = 0; i < c->level_count; i++)
        p->grain = common_divisor(p->grain, c->levels[i].cost);
    for (size_t b = 0; b < p->n; b++) {
        int64_t gain = 0;
        for (size_t i = 0; i < c->level_count; i++)
            gain = common_divisor(gain, c->levels[i].gains[b]);
        if (gain == 2)
            p->c->need[b] += p->c->need[b] & 1;
    }
}

/* More than any choice can cost. */
static int64_t beyond(const struct program *p)
{
    int64_t sum = 1;
    for (size_t t = 0; t < p->c->class_count; t++) {
        int64_t dearest = 0;
        for (size_t i = 0; i < p->c->classes[t].count; i++) {
            int64_t cost = p->c->levels[p->c->classes[t].first + i].cost;
            dearest = cost > dearest ? cost : dearest;
        }
        sum += dearest * p->c->classes[t].copies;
    }
    return sum;
}

/* Is there a choice that costs from `low` to `high`? Then p->most is the least cost, else it stays
 * high + 1, unless the search is given up. Narrow fronts first, the first of them in coarse steps: what
 * they find at `low` need not be proved by wider ones. */
static cocreate_status look(struct program *p, int64_t low, int64_t high, cocreate_error *error)
{
    static const size_t widths[] = {64, 4096, CCI_CHOICES_KEPT};
    p->most = high + 1;
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        p->width = widths[i];
        p->coarse = i == 0;
        CCI_TRY(sweep(p, error));
        if (p->given_up > 0 || !p->truncated || p->most == low)
            return COCREATE_OK;
    }
    p->given_up = CCI_CHOICES_KEPT;
    return COCREATE_OK;
}

/* " 7/2", reduced. */
static void write_score(const struct program *p, cci_buffer *out, int64_t cost)
{
    int64_t unit = p->c->unit, by = common_divisor(cost, unit);
    cci_buffer_format(out, " %lld", (long long)(cost / by));
    if (unit > by)
        cci_buffer_format(out, "/%lld", (long long)(unit / by));
}

/* The least cost is `low` or more, and at most `most`, if that is less than `end`; a narrow front in
 * coarse steps may find something better. */
static cocreate_status refuse(struct program *p, int64_t low, int64_t most, int64_t end,
                              cocreate_error *error)
{
    cci_buffer text;
    size_t given_up = p->given_up;
    p->given_up = p->steps = 0;
    p->most = most;
    p->width = 64;
    p->coarse = 1;
    CCI_TRY(sweep(p, error));
    cci_buffer_init(&text, &p->run->allocator);
    cci_buffer_text(&text, "at least");
    write_score(p, &text, low);
    if (p->most < end) {
        cci_buffer_text(&text, " and at most");
        write_score(p, &text, p->most);
    }
    cci_buffer_byte(&text, '\0');
    cocreate_status status =
        text.failed ? cci_no_memory(error)
                    : cci_fail(error, COCREATE_ERR_LIMIT,
                               "%s: for %s there are more than %zu ways to choose among %zu kinds of "
                               "ballots; its score is %s",
                               p->run->method->name, p->c->about, given_up, p->c->class_count,
                               text.data);
    cci_buffer_free(&text);
    return status;
}

/* The least cost is mostly the bound, rounded up, or one more: this is asked first, and then ever
 * wider ranges above. A front is the narrower the less a choice may cost beyond the bound. */
static cocreate_status search(struct program *p, int64_t *least, cocreate_error *error)
{
    round_up(p);
    int64_t end = beyond(p), grain = p->grain > 0 ? p->grain : 1;
    find_prices(p, end);
    find_prices(p, p->bound / UNIT + 1);
    CCI_TRY(order_classes(p, error));
    look_ahead(p);
    int64_t low = p->bound <= 0 ? 0 : (p->bound + UNIT - 1) / UNIT, wide = grain;
    low = (low + grain - 1) / grain * grain;
    *least = -1;
    for (; low < end && *least < 0; wide *= 2) {
        int64_t high = end - low > wide ? low + wide - grain : end - 1;
        CCI_TRY(look(p, low, high, error));
        if (p->given_up > 0)
            return refuse(p, low, p->most <= high ? p->most : end, end, error);
        if (p->most <= high)
            *least = p->most;
        low = high + grain;
    }
    return COCREATE_OK;
}

cocreate_status cci_choices_solve(const cci_run *run, cci_choices *c, int64_t *least,
                                  cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct program p = {.run = run, .c = c, .n = c->needs};
    CCI_TRY(cci_choices_merge(c, a, error));
    size_t count = c->class_count;
    int64_t weight = 0;
    for (size_t t = 0; t < count; t++)
        weight += c->classes[t].copies;
    p.at_once = weight / STEPS_EACH + 1;
    for (size_t t = 0; t < count; t++)
        p.step_count += (size_t)((c->classes[t].copies + p.at_once - 1) / p.at_once);
    p.size = sizeof(struct state) + p.n * sizeof(int64_t);
    p.ranked = cci_alloc(a, count, sizeof *p.ranked);
    p.spare = cci_alloc(a, count, sizeof *p.spare);
    p.order = cci_alloc(a, p.step_count, sizeof *p.order);
    p.copies = cci_alloc(a, p.step_count, sizeof *p.copies);
    p.ahead = cci_alloc(a, p.step_count + 1, sizeof *p.ahead);
    p.falls = cci_alloc(a, (p.step_count + 1) * p.n, sizeof *p.falls);
    p.rises = cci_alloc(a, (p.step_count + 1) * p.n, sizeof *p.rises);
    p.scratch = cci_alloc(a, 1, p.size);
    cocreate_status status = p.ranked && p.spare && p.order && p.copies && p.ahead &&
                                     p.falls && p.rises && p.scratch
                                 ? search(&p, least, error)
                                 : cci_no_memory(error);
    cci_free(a, p.ranked);
    cci_free(a, p.spare);
    cci_free(a, p.order);
    cci_free(a, p.copies);
    cci_free(a, p.ahead);
    cci_free(a, p.falls);
    cci_free(a, p.rises);
    cci_free(a, p.scratch);
    cci_free(a, p.now.states);
    cci_free(a, p.now.slots);
    cci_free(a, p.next.states);
    cci_free(a, p.next.slots);
    return status;
}
