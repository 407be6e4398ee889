/* How fast places come out of 100,000 distinct complete rankings of 20 options, from the profile to
 * the result: instant runoff, plurality and Borda, beside what elsim takes for the count alone (it
 * gets its ballots as an array of bytes and gives one winner). */
#include "bench.h"

#include "cocreate/ranking.h"

enum { BALLOTS = 100000, OPTIONS = 20, RUNS = 15 };

typedef struct count {
    const cocreate_profile *profile;
    const char *method, *options;
} count;

static void rank(void *argument)
{
    const count *c = argument;
    cocreate_ranking *ranking = NULL;
    bench_must(cocreate_rank(c->profile, c->method, c->options, NULL, &ranking, NULL));
    cocreate_ranking_free(ranking);
}

static cocreate_profile *make(void)
{
    cocreate_profile *p = NULL;
    uint64_t seed = 20;
    uint32_t order[OPTIONS];
    int64_t ranks[OPTIONS];
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, OPTIONS, &p, NULL));
    for (uint32_t i = 0; i < OPTIONS; i++) {
        order[i] = i;
        ranks[i] = (int64_t)i + 1;
    }
    for (size_t b = 0; b < BALLOTS; b++) {
        for (size_t i = OPTIONS - 1; i > 0; i--) {
            size_t k = (size_t)(bench_random(&seed) % (i + 1));
            uint32_t moved = order[i];
            order[i] = order[k];
            order[k] = moved;
        }
        bench_must(cocreate_profile_add(p, order, ranks, OPTIONS, 1, 1, NULL));
    }
    return p;
}

int main(void)
{
    static const struct {
        const char *what, *method, *options;
        double reference;
    } counts[] = {
        {"instant runoff", "irv", NULL, 0.0070},
        {"instant runoff, batches", "irv", "{\"elimination\":\"batch\"}", 0.0070},
        {"plurality", "plurality", NULL, 0.0004},
        {"Borda", "borda", NULL, 0.0043},
        {"Baldwin", "baldwin", NULL, 0}, /* 0: no figure to compare with */
        {"Bucklin", "bucklin", NULL, 0},
        {"Coombs", "coombs", NULL, 0},
    };
    cocreate_profile *p = make();
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        count c = {p, counts[i].method, counts[i].options};
        double took = bench_best(RUNS, rank, &c);
        if (counts[i].reference > 0)
            bench_line(counts[i].what, took, counts[i].reference, "elsim", (double)BALLOTS,
                       "ballots");
        else
            printf("%-44s %8.1f ms\n", counts[i].what, took * 1e3);
    }
    cocreate_profile_free(p);
    return 0;
}
