/* How fast Kemeny's method finds all best rankings: 500 voters who order the options at random,
 * which is the hardest electorate, from profile to result. The reference is a plain program for 15
 * options, 2.9 ms on another machine; no other library answers beyond 10. */
#include "bench.h"

#include "cocreate/ranking.h"

enum { VOTERS = 500 };

static cocreate_profile *electorate(size_t m, uint64_t seed)
{
    cocreate_profile *p = NULL;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, m, &p, NULL));
    for (size_t v = 0; v < VOTERS; v++) {
        uint32_t options[64];
        int64_t ranks[64];
        for (uint32_t i = 0; i < m; i++) {
            size_t at = (size_t)(bench_random(&seed) % (i + 1));
            options[i] = options[at];
            options[at] = i;
            ranks[i] = i + 1;
        }
        bench_must(cocreate_profile_add(p, options, ranks, m, 1, 1, NULL));
    }
    return p;
}

static void count(void *argument)
{
    cocreate_ranking *r = NULL;
    bench_must(cocreate_rank(argument, "kemeny", NULL, NULL, &r, NULL));
    cocreate_ranking_free(r);
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {8, 10, 15, 20, 21, 25, 30};
    static const double bounds[] = {0.005, 0.005, 0.005, 0.3, 0.3, 0.3, 0.3};
    size_t largest = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 25;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0] && sizes[i] <= largest; i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            char what[48];
            cocreate_profile *p = electorate(sizes[i], seed);
            snprintf(what, sizeof what, "kemeny, %zu options, electorate %d", sizes[i], (int)seed);
            bench_line(what, bench_best(3, count, p), bounds[i], "goal", 1, "elections");
            cocreate_profile_free(p);
        }
    return 0;
}
