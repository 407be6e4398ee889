/* How long methods on majorities take from a profile to a result, of 200 and of 500 options.
 *
 * Two electorates: weights for each pair drawn at random, as a ballot each that ranks just these two
 * (unranked=ignored), so that next to no two majorities are equally strong; and 1,001 complete
 * ballots in random order, of which many are. The figures of the peer, pref_voting 1.18.1, are its
 * CPU seconds on such a matrix of margins, without what it takes to build one from ballots. */
#include "bench.h"

#include "cocreate/ranking.h"

enum { RUNS = 3 };

typedef struct task {
    const cocreate_profile *profile;
    const char *method, *options;
    size_t winners;
} task;

static void rank_once(void *argument)
{
    task *t = argument;
    cocreate_ranking *r = NULL;
    bench_must(cocreate_rank(t->profile, t->method, t->options, NULL, &r, NULL));
    t->winners = cocreate_ranking_winner_count(r);
    cocreate_ranking_free(r);
}

static cocreate_profile *empty(size_t m)
{
    cocreate_profile *p = NULL;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, m, &p, NULL));
    return p;
}

static cocreate_profile *random_pairs(size_t m)
{
    cocreate_profile *p = empty(m);
    uint64_t seed = m;
    for (uint32_t a = 0; a < m; a++)
        for (uint32_t b = 0; b < a; b++) {
            uint64_t drawn = bench_random(&seed);
            uint32_t pair[2] = {drawn % 2 ? a : b, drawn % 2 ? b : a};
            int64_t weight = (int64_t)(1 + drawn / 2 % 1000000000);
            bench_must(cocreate_profile_add(p, pair, NULL, 2, 1, weight, NULL));
        }
    return p;
}

static cocreate_profile *random_ballots(size_t m, size_t ballots)
{
    cocreate_profile *p = empty(m);
    uint64_t seed = m + ballots;
    uint32_t *order = malloc(m * sizeof *order);
    if (order == NULL)
        exit(1);
    for (uint32_t i = 0; i < m; i++)
        order[i] = i;
    for (size_t b = 0; b < ballots; b++) {
        for (size_t i = m - 1; i > 0; i--) {
            size_t k = bench_random(&seed) % (i + 1);
            uint32_t swapped = order[i];
            order[i] = order[k];
            order[k] = swapped;
        }
        bench_must(cocreate_profile_add(p, order, NULL, m, 1, 1, NULL));
    }
    free(order);
    return p;
}

/* `peer`: its seconds, or 0 where there is no figure. */
static void measure(const cocreate_profile *p, size_t m, const char *what, const char *method,
                    const char *options, double peer)
{
    char line[80];
    task t = {.profile = p, .method = method, .options = options};
    double took = bench_best(RUNS, rank_once, &t);
    snprintf(line, sizeof line, "%s, %zu options, %s", method, m, what);
    printf("%-52s %8.1f ms, %3zu winners", line, took * 1e3, t.winners);
    if (m == 500)
        printf("  at most 100 ms, ratio %.2f", took / 0.1);
    if (peer > 0)
        printf("  peer %.1f s, %.0f times ours", peer, peer / took);
    putchar('\n');
}

int main(void)
{
    static const size_t sizes[] = {200, 500};
    static const double ranked_pairs[] = {6.90, 209}, split_cycle[] = {17.7, 0}, schulze[] = {2.03, 37.9};
    for (int i = 0; i < 2; i++) {
        size_t m = sizes[i];
        cocreate_profile *p = random_pairs(m);
        measure(p, m, "pairs", "ranked_pairs", "{\"unranked\":\"ignored\"}", ranked_pairs[i]);
        measure(p, m, "pairs", "river", "{\"unranked\":\"ignored\"}", 0);
        measure(p, m, "pairs", "split_cycle", "{\"unranked\":\"ignored\"}", split_cycle[i]);
        measure(p, m, "pairs", "schulze", "{\"unranked\":\"ignored\"}", schulze[i]);
        cocreate_profile_free(p);
        p = random_ballots(m, 1001);
        measure(p, m, "1,001 ballots, by id", "ranked_pairs", "{\"ties\":\"id\"}", ranked_pairs[i]);
        measure(p, m, "1,001 ballots", "ranked_pairs", NULL, 0);
        measure(p, m, "1,001 ballots", "river", NULL, 0);
        measure(p, m, "1,001 ballots", "split_cycle", NULL, split_cycle[i]);
        measure(p, m, "1,001 ballots", "copeland", NULL, 0);
        cocreate_profile_free(p);
    }
    cocreate_profile *p = random_ballots(20, 1001);
    measure(p, 20, "1,001 ballots", "stable_voting", NULL, 0);
    measure(p, 20, "1,001 ballots", "simple_stable_voting", NULL, 0);
    measure(p, 20, "1,001 ballots", "banks", NULL, 0);
    cocreate_profile_free(p);
    return 0;
}
