/* How fast single transferable votes are counted: 100,000 ballots that rank 1 to 30 of 30 options,
 * 5 seats, everything that cocreate_rank() does. The reference figures are those of the fastest
 * other programs on such ballots, on another machine: pyrankvote 0.72 s for a weighted Gregory
 * count, stv-rs 0.9 s for Meek, droop 22.4 s and 27.9 s for quotients and Warren. */
#include "bench.h"

#include <string.h>

#include "cocreate/ranking.h"

enum { BALLOTS = 100000, OPTIONS = 30, RUNS = 5 };

struct contest {
    const cocreate_profile *profile;
    const char *method, *options;
};

static void count(void *argument)
{
    const struct contest *c = argument;
    cocreate_ranking *ranking = NULL;
    bench_must(cocreate_rank(c->profile, c->method, c->options, NULL, &ranking, NULL));
    cocreate_ranking_free(ranking);
}

/* Options near the front are liked better; lengths are even from 1 to all. */
static cocreate_profile *draw(void)
{
    cocreate_profile *p = NULL;
    uint64_t seed = 5;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, OPTIONS, &p, NULL));
    for (size_t b = 0; b < BALLOTS; b++) {
        uint32_t order[OPTIONS];
        size_t n = 1 + (size_t)(bench_random(&seed) % OPTIONS);
        for (uint32_t i = 0; i < OPTIONS; i++)
            order[i] = i;
        for (size_t i = 0; i < n; i++) {
            size_t left = OPTIONS - i, one = (size_t)(bench_random(&seed) % left),
                   two = (size_t)(bench_random(&seed) % left), k = i + (one < two ? one : two);
            uint32_t chosen = order[k];
            memmove(order + i + 1, order + i, (k - i) * sizeof *order);
            order[i] = chosen;
        }
        bench_must(cocreate_profile_add(p, order, NULL, n, 1, 1, NULL));
    }
    return p;
}

static void measure(const cocreate_profile *p, const char *method, const char *options,
                    double reference, const char *peer)
{
    char line[80];
    struct contest c = {p, method, options};
    double took = bench_best(RUNS, count, &c);
    snprintf(line, sizeof line, "%s, 100,000 x 30, 5 seats", method);
    bench_line(line, took, reference, peer, BALLOTS, "ballots");
}

int main(void)
{
    cocreate_profile *p = draw();
    measure(p, "stv_scottish", "{\"seats\":5}", 0.72, "pyrankvote");
    measure(p, "stv_wigm", "{\"seats\":5}", 0.72, "pyrankvote");
    measure(p, "stv_gregory", "{\"seats\":5}", 0.72, "pyrankvote");
    measure(p, "stv_meek", "{\"seats\":5}", 0.9, "stv-rs");
    measure(p, "qpq", "{\"seats\":5}", 22.4, "droop");
    measure(p, "stv_warren", "{\"seats\":5}", 27.9, "droop");
    cocreate_profile_free(p);
    return 0;
}
