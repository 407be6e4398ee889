/* The corners of the polytope of optimal lotteries.
 *
 * An optimal lottery draws only essential options, wins nothing from any of these on average (each
 * of them is in a lottery that is optimal too), and loses to no other. So the polytope lies in the
 * null space of the payoffs among essential options: mostly a line, which is one corner. */
#include <string.h>

#include "ranking/optimal/big.h"
#include "ranking/optimal/game.h"

#define WORDS (CCI_GAME_MAX / 64)

/* A ray of the cone: a point of the null space, and on which of the walls it lies. */
struct ray {
    mp_int *at;
    uint64_t on[WORDS];
};

struct hull {
    const cci_run *run;
    const int64_t *payoff;
    size_t n, k, rank, d; /* options, essential ones, rank of their payoffs, k - rank */
    uint32_t *members;    /* essential ones, those of the pivots first */
    mp_int *rows;         /* k * k: the payoffs, eliminated */
    mp_int *basis;        /* k * d: what each member gets for each coordinate */
    mp_int scale, one, two;
    mp_int *wall;         /* d: a linear form that is not negative on the cone */
    struct ray *rays;
    mp_int *values;       /* of a wall at the rays */
    size_t count, room;
    mp_int *sums;         /* k: of a ray */
};

/* -- The null space --------------------------------------------------------------------------- */

static mp_int *row_cell(const struct hull *h, size_t i, size_t j)
{
    return &h->rows[i * h->k + j];
}

static void swap_columns(struct hull *h, size_t a, size_t b)
{
    uint32_t moved = h->members[a];
    h->members[a] = h->members[b];
    h->members[b] = moved;
    for (size_t i = 0; i < h->k; i++)
        mp_exch(row_cell(h, i, a), row_cell(h, i, b));
}

/* Find a cell that is not 0 at or behind (r, r) and put it there. */
static int find_pivot(struct hull *h, size_t r)
{
    for (size_t j = r; j < h->k; j++)
        for (size_t i = r; i < h->k; i++)
            if (!mp_iszero(row_cell(h, i, j))) {
                for (size_t c = 0; c < h->k && i != r; c++)
                    mp_exch(row_cell(h, i, c), row_cell(h, r, c));
                if (j != r)
                    swap_columns(h, j, r);
                return 1;
            }
    return 0;
}

/* Eliminate above and below each pivot, in integers: then the pivots all are `scale`. */
static cocreate_status reduce_rows(struct hull *h, cocreate_error *error)
{
    mp_set(&h->scale, 1);
    for (; h->rank < h->k && find_pivot(h, h->rank); h->rank++) {
        size_t r = h->rank;
        for (size_t i = 0; i < h->k; i++) {
            for (size_t j = 0; j < h->k && i != r; j++) {
                if (j == r)
                    continue;
                CCI_BIG(mp_mul(row_cell(h, i, j), row_cell(h, r, r), &h->one));
                CCI_BIG(mp_mul(row_cell(h, i, r), row_cell(h, r, j), &h->two));
                CCI_BIG(mp_sub(&h->one, &h->two, &h->one));
                CCI_BIG(mp_div(&h->one, &h->scale, row_cell(h, i, j), NULL));
            }
            if (i != r)
                mp_zero(row_cell(h, i, r));
        }
        CCI_BIG(mp_copy(row_cell(h, r, r), &h->scale));
        CCI_TRY(cci_run_progress(h->run, 0, 0, error));
    }
    h->d = h->k - h->rank;
    assert(h->d > 0); /* a lottery is in it */
    return COCREATE_OK;
}

/* Coordinate t is what the (rank + t)-th member gets, times |scale|. */
static cocreate_status make_basis(struct hull *h, cocreate_error *error)
{
    int negative = mp_isneg(&h->scale);
    for (size_t t = 0; t < h->d; t++)
        for (size_t i = 0; i < h->k; i++) {
            mp_int *to = &h->basis[i * h->d + t];
            if (i < h->rank)
                CCI_BIG(mp_copy(row_cell(h, i, h->rank + t), to));
            if (i < h->rank && !negative)
                CCI_BIG(mp_neg(to, to));
            if (i == h->rank + t)
                CCI_BIG(mp_abs(&h->scale, to));
        }
    return COCREATE_OK;
}

/* -- Double description ----------------------------------------------------------------------- */

static cocreate_status add_ray(struct hull *h, struct ray *made, cocreate_error *error)
{
    const cocreate_allocator *a = &h->run->allocator;
    if (h->count == CCI_GAME_CORNERS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s: the lotteries that tie have more than %d corners",
                        h->run->method->name, CCI_GAME_CORNERS_MAX);
    if (!cci_grow(a, (void **)&h->rays, &h->room, h->count + 1, sizeof *h->rays))
        return cci_no_memory(error);
    memset(&h->rays[h->count], 0, sizeof *h->rays);
    h->rays[h->count].at = cci_bigs(a, h->d);
    if (h->rays[h->count].at == NULL)
        return cci_no_memory(error);
    *made = h->rays[h->count++];
    return COCREATE_OK;
}

static void set_on(struct ray *r, size_t wall)
{
    r->on[wall / 64] |= UINT64_C(1) << wall % 64;
}

/* The cone in which no coordinate is negative. Walls are numbered as options: members first. */
static cocreate_status start(struct hull *h, cocreate_error *error)
{
    for (size_t t = 0; t < h->d; t++) {
        struct ray made;
        CCI_TRY(add_ray(h, &made, error));
        mp_set(&made.at[t], 1);
        for (size_t u = 0; u < h->d; u++)
            if (u != t)
                set_on(&h->rays[t], h->rank + u);
    }
    return COCREATE_OK;
}

static cocreate_status dot(struct hull *h, const mp_int *a, const mp_int *b, size_t n, mp_int *out,
                           cocreate_error *error)
{
    mp_zero(&h->two);
    for (size_t i = 0; i < n; i++) {
        CCI_BIG(mp_mul(&a[i], &b[i], &h->one));
        CCI_BIG(mp_add(&h->two, &h->one, &h->two));
    }
    return cci_big_status(mp_copy(&h->two, out), error);
}

/* Of the first `count` rays two are neighbours if no third one lies on all the walls that both lie
 * on. */
static int are_neighbours(const struct hull *h, size_t count, size_t a, size_t b)
{
    uint64_t both[WORDS];
    for (size_t w = 0; w < WORDS; w++)
        both[w] = h->rays[a].on[w] & h->rays[b].on[w];
    for (size_t c = 0; c < count; c++) {
        int contains = c != a && c != b;
        for (size_t w = 0; w < WORDS && contains; w++)
            contains = (h->rays[c].on[w] & both[w]) == both[w];
        if (contains)
            return 0;
    }
    return 1;
}

/* Where the edge between a ray inside and one outside meets the wall. */
static cocreate_status cut_edge(struct hull *h, const mp_int *values, size_t in, size_t out,
                                size_t wall, cocreate_error *error)
{
    struct ray made;
    CCI_TRY(add_ray(h, &made, error));
    const struct ray *a = &h->rays[in], *b = &h->rays[out];
    for (size_t t = 0; t < h->d; t++) {
        CCI_BIG(mp_mul(&b->at[t], &values[in], &h->one));
        CCI_BIG(mp_mul(&a->at[t], &values[out], &h->two));
        CCI_BIG(mp_sub(&h->one, &h->two, &made.at[t]));
    }
    CCI_BIG(cci_bigs_reduce(made.at, h->d, &h->one, &h->two));
    struct ray *kept = &h->rays[h->count - 1];
    for (size_t w = 0; w < WORDS; w++)
        kept->on[w] = a->on[w] & b->on[w];
    set_on(kept, wall);
    return COCREATE_OK;
}

static cocreate_status cut_edges(struct hull *h, const mp_int *values, size_t before, size_t wall,
                                 cocreate_error *error)
{
    for (size_t i = 0; i < before; i++) {
        if (mp_iszero(&values[i]) || mp_isneg(&values[i]))
            continue;
        for (size_t j = 0; j < before; j++)
            if (mp_isneg(&values[j]) && are_neighbours(h, before, i, j))
                CCI_TRY(cut_edge(h, values, i, j, wall, error));
        CCI_TRY(cci_run_progress(h->run, 0, 0, error));
    }
    return COCREATE_OK;
}

/* Cut the cone by h->wall: rays outside go, and every edge that leads outside ends at a new one. */
static cocreate_status cut(struct hull *h, size_t wall, cocreate_error *error)
{
    const cocreate_allocator *a = &h->run->allocator;
    size_t before = h->count, kept = 0;
    mp_int *values = cci_bigs(a, before);
    cocreate_status status = values != NULL ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < before && status == COCREATE_OK; i++) {
        status = dot(h, h->wall, h->rays[i].at, h->d, &values[i], error);
        if (status == COCREATE_OK && mp_iszero(&values[i]))
            set_on(&h->rays[i], wall);
    }
    if (status == COCREATE_OK)
        status = cut_edges(h, values, before, wall, error);
    for (size_t i = 0; i < h->count && status == COCREATE_OK; i++)
        if (i < before && mp_isneg(&values[i]))
            cci_bigs_free(a, h->rays[i].at, h->d);
        else
            h->rays[kept++] = h->rays[i];
    if (status == COCREATE_OK)
        h->count = kept;
    cci_bigs_free(a, values, before);
    return status;
}

/* The form that says: a member gets nothing negative, or one of the others wins nothing. */
static cocreate_status make_wall(struct hull *h, size_t wall, const uint32_t *others,
                                 cocreate_error *error)
{
    for (size_t t = 0; t < h->d; t++) {
        mp_zero(&h->wall[t]);
        if (wall < h->k) {
            CCI_BIG(mp_copy(&h->basis[wall * h->d + t], &h->wall[t]));
            continue;
        }
        size_t other = others[wall - h->k];
        for (size_t i = 0; i < h->k; i++) {
            mp_set_i64(&h->one, h->payoff[h->members[i] * h->n + other]);
            CCI_BIG(mp_mul(&h->one, &h->basis[i * h->d + t], &h->two));
            CCI_BIG(mp_add(&h->wall[t], &h->two, &h->wall[t]));
        }
    }
    return COCREATE_OK;
}

/* -- All together ----------------------------------------------------------------------------- */

static cocreate_status add_corner(struct hull *h, const struct ray *r, cci_rational *sum,
                                  cci_rational *term, cocreate_error *error)
{
    mp_int *total = &h->sums[h->k];
    mp_zero(total);
    for (size_t i = 0; i < h->k; i++) {
        CCI_TRY(dot(h, &h->basis[i * h->d], r->at, h->d, &h->sums[i], error));
        CCI_BIG(mp_add(total, &h->sums[i], total));
    }
    for (size_t i = 0; i < h->k; i++) {
        CCI_TRY(cci_rational_set_big(term, &h->sums[i], total, error));
        CCI_TRY(cci_rational_add(&sum[h->members[i]], term, &sum[h->members[i]], error));
    }
    return COCREATE_OK;
}

static cocreate_status find_rays(struct hull *h, const uint32_t *others, cocreate_error *error)
{
    const cocreate_allocator *a = &h->run->allocator;
    for (size_t i = 0; i < h->k; i++)
        for (size_t j = 0; j < h->k; j++)
            mp_set_i64(row_cell(h, i, j), h->payoff[h->members[i] * h->n + h->members[j]]);
    CCI_TRY(reduce_rows(h, error));
    h->basis = cci_bigs(a, h->k * h->d);
    h->wall = cci_bigs(a, h->d);
    if (h->basis == NULL || h->wall == NULL)
        return cci_no_memory(error);
    CCI_TRY(make_basis(h, error));
    CCI_TRY(start(h, error));
    for (size_t wall = 0; wall < h->n && h->d > 1; wall++) {
        if (wall >= h->rank && wall < h->k)
            continue; /* a coordinate: there from the start */
        CCI_TRY(make_wall(h, wall, others, error));
        CCI_TRY(cut(h, wall, error));
    }
    return COCREATE_OK;
}

static cocreate_status work(struct hull *h, const uint8_t *essential, uint32_t *others,
                            cci_rational *sum, cci_rational *term, cocreate_error *error)
{
    const cocreate_allocator *a = &h->run->allocator;
    size_t rest = 0;
    h->members = cci_alloc(a, h->n, sizeof *h->members);
    if (h->members == NULL)
        return cci_no_memory(error);
    for (uint32_t i = 0; i < h->n; i++)
        if (essential[i])
            h->members[h->k++] = i;
        else
            others[rest++] = i;
    h->rows = cci_bigs(a, h->k * h->k);
    h->sums = cci_bigs(a, h->k + 1);
    if (h->rows == NULL || h->sums == NULL)
        return cci_no_memory(error);
    CCI_TRY(find_rays(h, others, error));
    CCI_TRY(cci_rational_init(term, error));
    for (size_t i = 0; i < h->count; i++)
        CCI_TRY(add_corner(h, &h->rays[i], sum, term, error));
    return COCREATE_OK;
}

cocreate_status cci_game_corners(const cci_run *run, const int64_t *payoff, size_t n,
                                 const uint8_t *essential, cci_rational *sum, size_t *corners,
                                 cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct hull h = {.run = run, .payoff = payoff, .n = n};
    cci_rational term = {0};
    assert(n <= CCI_GAME_MAX);
    CCI_BIG(mp_init_multi(&h.scale, &h.one, &h.two, NULL));
    uint32_t *others = cci_alloc(a, n, sizeof *others);
    cocreate_status status = others != NULL ? work(&h, essential, others, sum, &term, error)
                                            : cci_no_memory(error);
    *corners = h.count;
    for (size_t i = 0; i < h.count; i++)
        cci_bigs_free(a, h.rays[i].at, h.d);
    cci_free(a, others);
    cci_free(a, h.members);
    cci_free(a, h.rays);
    cci_bigs_free(a, h.rows, h.k * h.k);
    cci_bigs_free(a, h.sums, h.k + 1);
    cci_bigs_free(a, h.basis, h.k * h.d);
    cci_bigs_free(a, h.wall, h.d);
    cci_rational_clear(&term);
    mp_clear_multi(&h.scale, &h.one, &h.two, NULL);
    return status;
}
