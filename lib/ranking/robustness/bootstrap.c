/* Bootstrap confidence of places. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/digest.h"
#include "profile/ballots.h"
#include "ranking/robustness/robustness.h"
#include "ranking/write.h"

/* Most ballots drawn in all, and places kept. */
#define DRAWS_MAX INT64_C(10000000000)
#define PLACES_MAX (UINT64_C(1) << 27)
/* Candidates that the sentences speak of. */
#define SENTENCES_MAX 20

/* xoshiro256** (Blackman & Vigna, Scrambled linear pseudorandom number generators, 2021): integers
 * alone, so that a seed gives the same draws everywhere. */
typedef struct generator {
    uint64_t s[4];
} generator;

static uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static uint64_t next(generator *g)
{
    uint64_t result = rotate(g->s[1] * 5, 7) * 9, t = g->s[1] << 17;
    g->s[2] ^= g->s[0];
    g->s[3] ^= g->s[1];
    g->s[1] ^= g->s[2];
    g->s[0] ^= g->s[3];
    g->s[2] ^= t;
    g->s[3] = rotate(g->s[3], 45);
    return result;
}

/* The seed of the run, kept apart from its lots by the id of the ticket. */
static generator seeded(const cci_run *run)
{
    cci_digest key = cci_lot_ticket(run->chain.seed, run->chain.context, "cocreate.bootstrap/1");
    generator g;
    for (size_t i = 0; i < 4; i++) {
        g.s[i] = 0;
        for (size_t k = 0; k < 8; k++)
            g.s[i] |= (uint64_t)key.bytes[8 * i + k] << (8 * k);
    }
    g.s[0] |= 1; /* the state must not be 0 */
    return g;
}

/* Evenly below `bound`: what lies past the last whole multiple is drawn again. */
static uint64_t below(generator *g, uint64_t bound)
{
    uint64_t rest = (UINT64_MAX % bound + 1) % bound, x;
    do
        x = next(g);
    while (rest != 0 && x > UINT64_MAX - rest);
    return x % bound;
}

/* A distinct ballot as it is drawn. */
typedef struct ball {
    int64_t count;
    int64_t each; /* weight of one such ballot */
    size_t entry; /* in the electorate, or BLANK */
} ball;

#define BLANK SIZE_MAX

struct urn {
    cci_run *run;
    ball *balls;
    size_t n;
    int64_t ballots;
    /* Walker's alias method in integers: of the n * ballots marks, `ballots` stand on each ball; those
     * below threshold[i] draw ball i, the others alias[i]. */
    uint64_t *threshold;
    uint32_t *alias;
    int64_t *weights;
    uint32_t *from, *to; /* [candidate * replicates + replicate] */
    uint64_t *wins;
};

/* -- The urn ---------------------------------------------------------------------------------- */

static cocreate_status read_ball(ball *b, int64_t weight, cocreate_error *error)
{
    if (b->count > 0 && weight % b->count != 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "$.bootstrap: %" PRId64 " equal ballots weigh %" PRId64
                        " together, so that no weight of each can be drawn",
                        b->count, weight);
    b->each = b->count > 0 ? weight / b->count : 0;
    return COCREATE_OK;
}

/* Balls stand in canonical order, so that a seed draws the same ones however the profile was built.
 * Ballots of options that run stand in the electorate in the order of the profile. */
static cocreate_status read_balls(struct urn *u, const cocreate_profile *profile,
                                  uint32_t *options, uint32_t *order, uint8_t *runs,
                                  size_t *entries, cocreate_error *error)
{
    size_t entry = 0;
    for (size_t o = 0; o < u->run->roster->count; o++)
        runs[u->run->roster->candidates[o].index] = 1;
    for (size_t i = 0; i < u->n; i++) {
        int64_t count, weight;
        size_t n = cci_profile_get(profile, i, options, NULL, &count, &weight), said = 0;
        for (size_t k = 0; k < n; k++)
            said += runs[options[k]];
        entries[i] = said > 0 ? entry++ : BLANK;
    }
    assert(entry == u->run->electorate->ballots);
    CCI_TRY(cci_profile_order(profile, order, error));
    for (size_t i = 0; i < u->n; i++) {
        int64_t weight;
        (void)cci_profile_get(profile, order[i], NULL, NULL, &u->balls[i].count, &weight);
        u->balls[i].entry = entries[order[i]];
        CCI_TRY(read_ball(&u->balls[i], weight, error));
    }
    return COCREATE_OK;
}

static void fill_aliases(struct urn *u, uint64_t *marks, uint32_t *small, uint32_t *large)
{
    uint64_t level = (uint64_t)u->ballots;
    size_t n_small = 0, n_large = 0;
    for (uint32_t i = 0; i < u->n; i++) {
        marks[i] = (uint64_t)u->balls[i].count * u->n;
        if (marks[i] < level)
            small[n_small++] = i;
        else
            large[n_large++] = i;
    }
    while (n_small > 0 && n_large > 0) {
        uint32_t s = small[--n_small], l = large[n_large - 1];
        u->threshold[s] = marks[s];
        u->alias[s] = l;
        marks[l] -= level - marks[s];
        if (marks[l] < level) {
            n_large--;
            small[n_small++] = l;
        }
    }
    while (n_large > 0) { /* exactly full, since the marks sum to n * level */
        uint32_t l = large[--n_large];
        u->threshold[l] = level;
        u->alias[l] = l;
    }
}

static cocreate_status prepare(struct urn *u, const cocreate_profile *profile,
                               cocreate_error *error)
{
    const cocreate_allocator *a = &u->run->allocator;
    size_t n_options = cci_profile_options(profile);
    uint32_t *options = cci_alloc(a, n_options, sizeof *options);
    uint8_t *runs = cci_alloc(a, n_options, sizeof *runs);
    uint64_t *marks = cci_alloc(a, u->n, sizeof *marks);
    uint32_t *small = cci_alloc(a, u->n, sizeof *small), *large = cci_alloc(a, u->n, sizeof *large);
    size_t *entries = cci_alloc(a, u->n, sizeof *entries);
    cocreate_status status = options && runs && marks && small && large && entries
                                 ? read_balls(u, profile, options, small, runs, entries, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        fill_aliases(u, marks, small, large);
    cci_free(a, options);
    cci_free(a, runs);
    cci_free(a, marks);
    cci_free(a, entries);
    cci_free(a, small);
    cci_free(a, large);
    return status;
}

/* As many ballots as there are; the electorate gets their weights. */
static cocreate_status draw(struct urn *u, generator *g, cci_electorate *e, cocreate_error *error)
{
    memset(u->weights, 0, e->ballots * sizeof *u->weights);
    e->blank = 0;
    e->info.weight = 0;
    for (int64_t k = 0; k < u->ballots; k++) {
        uint64_t mark = below(g, u->n * (uint64_t)u->ballots);
        size_t i = (size_t)(mark / (uint64_t)u->ballots);
        if (mark % (uint64_t)u->ballots >= u->threshold[i])
            i = u->alias[i];
        const ball *b = &u->balls[i];
        if (!cci_add_i64(e->info.weight, b->each, &e->info.weight))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.bootstrap: the weights drawn do not fit 64 bits");
        if (b->entry == BLANK)
            e->blank += b->each;
        else
            u->weights[b->entry] += b->each;
    }
    return COCREATE_OK;
}

/* -- The replicates --------------------------------------------------------------------------- */

static cocreate_status replicate(struct urn *u, const cci_electorate *drawn, size_t index,
                                 cocreate_error *error)
{
    const cci_run *run = u->run;
    size_t replicates = (size_t)run->bootstrap;
    cci_again again;
    cocreate_status status = cci_again_run(&again, run, drawn, index, replicates, error);
    for (uint32_t o = 0; status == COCREATE_OK && o < run->roster->count; o++) {
        u->from[o * replicates + index] = (uint32_t)again.run.standings[o].from;
        u->to[o * replicates + index] = (uint32_t)again.run.standings[o].to;
        u->wins[o] += (uint64_t)cci_run_wins(&again.run, o);
    }
    cci_again_close(&again);
    return status;
}

static cocreate_status replicate_all(struct urn *u, cocreate_error *error)
{
    generator g = seeded(u->run);
    cci_electorate drawn = *u->run->electorate;
    drawn.weights = u->weights;
    for (size_t i = 0; i < (size_t)u->run->bootstrap; i++) {
        CCI_TRY(draw(u, &g, &drawn, error));
        CCI_TRY(replicate(u, &drawn, i, error));
    }
    return COCREATE_OK;
}

static int compare_u32(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The places that 95 % of the replicates keep within. */
static void interval(const struct urn *u, uint32_t o, uint32_t *from, uint32_t *to)
{
    size_t b = (size_t)u->run->bootstrap, cut = b / 40;
    qsort(u->from + o * b, b, sizeof *u->from, compare_u32);
    qsort(u->to + o * b, b, sizeof *u->to, compare_u32);
    *from = u->from[o * b + cut];
    *to = u->to[o * b + (b - 1 - cut)];
}

static void write_all(const struct urn *u)
{
    cci_run *run = u->run;
    cci_buffer *out = &run->confidence, *notes = &run->notes;
    cci_buffer_text(out, "{\"level\":\"19/20\",\"options\":[");
    for (uint32_t o = 0; o < run->roster->count; o++) {
        uint32_t from, to;
        interval(u, o, &from, &to);
        cci_buffer_format(out, "%s{\"from\":%" PRIu32 ",\"option\":", o > 0 ? "," : "", from);
        cci_write_id(run, out, o);
        cci_buffer_format(out, ",\"to\":%" PRIu32 ",\"wins\":%" PRIu64 "}", to, u->wins[o]);
        if (u->wins[o] == 0 || o >= SENTENCES_MAX)
            continue;
        cci_buffer_text(notes, cci_name(run, o));
        cci_buffer_format(notes,
                          " wins in %" PRIu64 " of %" PRId64
                          " resamplings of the ballots; in 95 %% of them its place is within %" PRIu32
                          " to %" PRIu32 ".\n",
                          u->wins[o], run->bootstrap, from, to);
    }
    cci_buffer_format(out, "],\"replicates\":%" PRId64 "}", run->bootstrap);
}

static cocreate_status check(const struct urn *u, cocreate_error *error)
{
    int64_t draws, b = u->run->bootstrap;
    if (!cci_mul_i64(u->ballots, b, &draws) || draws > DRAWS_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "$.bootstrap: %" PRId64 " times %" PRId64 " ballots are more than %" PRId64
                        " draws; ask for fewer",
                        b, u->ballots, DRAWS_MAX);
    if ((uint64_t)b * u->run->roster->count > PLACES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "$.bootstrap: %" PRId64 " places of %zu options are more than %" PRIu64
                        "; ask for fewer",
                        b, u->run->roster->count, PLACES_MAX);
    return COCREATE_OK;
}

static cocreate_status work(struct urn *u, const cocreate_profile *profile, cocreate_error *error)
{
    const cocreate_allocator *a = &u->run->allocator;
    size_t m = u->run->roster->count, b = (size_t)u->run->bootstrap;
    CCI_TRY(check(u, error));
    u->balls = cci_alloc(a, u->n, sizeof *u->balls);
    u->threshold = cci_alloc(a, u->n, sizeof *u->threshold);
    u->alias = cci_alloc(a, u->n, sizeof *u->alias);
    u->weights = cci_alloc(a, u->n, sizeof *u->weights);
    u->from = cci_alloc(a, m * b, sizeof *u->from);
    u->to = cci_alloc(a, m * b, sizeof *u->to);
    u->wins = cci_alloc(a, m, sizeof *u->wins);
    if (!u->balls || !u->threshold || !u->alias || !u->weights || !u->from || !u->to || !u->wins)
        return cci_no_memory(error);
    CCI_TRY(prepare(u, profile, error));
    CCI_TRY(replicate_all(u, error));
    write_all(u);
    return COCREATE_OK;
}

cocreate_status cci_bootstrap(cci_run *run, const cocreate_profile *profile, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct urn u = {.run = run,
                    .n = cci_profile_distinct(profile),
                    .ballots = run->electorate->info.ballots};
    if (u.n == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "$.bootstrap: there are no ballots to draw");
    cocreate_status status = work(&u, profile, error);
    cci_free(a, u.balls);
    cci_free(a, u.threshold);
    cci_free(a, u.alias);
    cci_free(a, u.weights);
    cci_free(a, u.from);
    cci_free(a, u.to);
    cci_free(a, u.wins);
    return status;
}
