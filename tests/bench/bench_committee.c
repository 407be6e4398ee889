/* How fast committees are elected: 10,000 voters with 20 approvals on average, 200 options, 20 seats,
 * everything that cocreate_rank() does on a profile. The reference figures are those of abcvoting
 * 2.14 on another machine, floating point where it has no other way. */
#include "bench.h"

#include "cocreate/ranking.h"

enum { VOTERS = 10000, OPTIONS = 200, RUNS = 5 };

struct rule {
    const char *what, *method, *options;
    double reference; /* seconds; 0 where there is none */
};

static const struct rule rules[] = {
    {"approval voting", "av", "{\"seats\":20}", 0.017},
    {"satisfaction approval voting", "sav", "{\"seats\":20}", 0},
    {"sequential PAV", "pav", "{\"seats\":20}", 3.78},
    {"reverse sequential PAV", "pav", "{\"seats\":20,\"algorithm\":\"revseq\"}", 61.5},
    {"sequential Chamberlin-Courant", "cc", "{\"seats\":20}", 1.96},
    {"Phragmen-Enestroem", "phragmen_enestroem", "{\"seats\":20}", 2.7},
    {"greedy Monroe", "monroe", "{\"seats\":20}", 87.7},
    {"consensus rule", "consensus", "{\"seats\":20}", 0},
    {"E Pluribus Hugo", "eph", "{\"seats\":20}", 0},
    {"exact PAV, 3 seats", "pav", "{\"seats\":3,\"algorithm\":\"exact\"}", 0},
};

struct run {
    const cocreate_profile *profile;
    const struct rule *rule;
};

static void elect(void *argument)
{
    const struct run *run = argument;
    cocreate_ranking *ranking = NULL;
    bench_must(cocreate_rank(run->profile, run->rule->method, run->rule->options, NULL, &ranking,
                             NULL));
    cocreate_ranking_free(ranking);
}

/* Some options are liked by more voters than others. */
static cocreate_profile *build(void)
{
    cocreate_profile *p = NULL;
    uint64_t seed = 20;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, OPTIONS, &p, NULL));
    for (size_t v = 0; v < VOTERS; v++) {
        uint32_t approved[OPTIONS];
        size_t n = 0;
        for (uint32_t o = 0; o < OPTIONS; o++)
            if (bench_random(&seed) % 1000 < 50 + o / 2)
                approved[n++] = o;
        bench_must(cocreate_profile_add(p, approved, NULL, n, 1, 1, NULL));
    }
    return p;
}

int main(void)
{
    cocreate_profile *p = build();
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct run run = {p, &rules[i]};
        double took = bench_best(RUNS, elect, &run);
        if (rules[i].reference > 0)
            printf("%-32s %9.2f ms   abcvoting %9.0f ms, %6.0f times ours\n", rules[i].what,
                   took * 1e3, rules[i].reference * 1e3, rules[i].reference / took);
        else
            printf("%-32s %9.2f ms\n", rules[i].what, took * 1e3);
    }
    cocreate_profile_free(p);
    return 0;
}
