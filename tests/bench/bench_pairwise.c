/* The matrix of pairwise comparisons, by ballot: from the ballots as methods read them, and from a
 * profile with everything that takes. References: prototypes of the kernel alone, on a Zen 3 core at
 * about 3.4 GHz: complete ballots as columns, truncated ones as orders. */
#include "bench.h"

#include <string.h>

#include "cocreate/ranking.h"
#include "ranking/electorate.h"
#include "tally/pairs.h"

enum { BALLOTS = 1000000, RUNS = 9 };

typedef struct shape {
    const char *what;
    size_t options, longest; /* longest < options: 1 .. longest ranks */
    int64_t weights;         /* 1 .. so many */
    int tied;
    double reference; /* ns a ballot */
} shape;

typedef struct work {
    cocreate_profile *profile;
    cci_roster roster;
    cci_electorate electorate;
    cci_cpu cpu;
    int64_t *matrix;
} work;

static void count(work *w)
{
    cci_pairs pairs;
    bench_must(cci_pairs_init(&pairs, &w->electorate.allocator, w->roster.count, w->cpu, NULL));
    bench_must(cci_pairs_add(&pairs, &w->electorate, 0, w->electorate.ballots, NULL));
    cci_pairs_settle(&pairs);
    cci_pairs_matrix(&pairs, 1, w->matrix);
    cci_pairs_free(&pairs);
}

static void kernel(void *argument)
{
    count(argument);
}

static void from_profile(void *argument)
{
    work *w = argument;
    cci_reader reader;
    cci_electorate part;
    cci_pairs pairs;
    bench_must(cci_pairs_init(&pairs, &w->electorate.allocator, w->roster.count, w->cpu, NULL));
    bench_must(cci_reader_open(&reader, w->profile, NULL, w->roster.count, &part, NULL));
    for (reader.lean = 1; !cci_reader_done(&reader);) {
        bench_must(cci_reader_next(&reader, 1 << 17, &part, NULL));
        bench_must(cci_pairs_add(&pairs, &part, 0, part.ballots, NULL));
    }
    cci_pairs_settle(&pairs);
    cci_pairs_matrix(&pairs, 1, w->matrix);
    cci_pairs_free(&pairs);
    cci_electorate_close(&part);
}

static void whole_method(void *argument)
{
    work *w = argument;
    cocreate_ranking *r = NULL;
    bench_must(cocreate_rank(w->profile, "schulze", NULL, NULL, &r, NULL));
    cocreate_ranking_free(r);
}

static void fill(work *w, const shape *s)
{
    uint64_t seed = s->options + s->longest;
    size_t m = s->options;
    uint8_t *ranks = calloc(BALLOTS, m);
    int64_t *weights = malloc(BALLOTS * sizeof *weights);
    uint32_t order[256];
    for (size_t b = 0; b < BALLOTS; b++) {
        size_t n = s->longest < m ? 1 + bench_random(&seed) % s->longest : m;
        for (uint32_t i = 0; i < m; i++) {
            size_t k = (size_t)(bench_random(&seed) % (i + 1));
            order[i] = order[k];
            order[k] = i;
        }
        for (size_t i = 0; i < n; i++)
            ranks[b * m + order[i]] = (uint8_t)(s->tied ? i / 2 + 1 : i + 1);
        weights[b] = 1 + (int64_t)(bench_random(&seed) % (uint64_t)s->weights);
    }
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, m, &w->profile, NULL));
    bench_must(cocreate_profile_add_ranks(w->profile, ranks, 1, BALLOTS, m, weights, NULL, NULL));
    bench_must(cci_roster_of_profile(w->profile, &w->roster, NULL));
    bench_must(cci_electorate_open(w->profile, &w->roster, 0, &w->electorate, NULL));
    free(ranks);
    free(weights);
}

static void line(const char *what, double took, double reference)
{
    printf("  %-34s %8.1f ns a ballot, reference %5.1f, ratio %5.2f\n", what, took * 1e9 / BALLOTS,
           reference, took * 1e9 / BALLOTS / reference);
}

static void measure(const shape *s)
{
    work w = {.cpu = CCI_CPU_BEST};
    w.matrix = malloc(s->options * s->options * sizeof *w.matrix);
    fill(&w, s);
    printf("%s (%zu distinct ballots)\n", s->what, w.electorate.ballots);
    line("ballots to matrix", bench_best(RUNS, kernel, &w), s->reference);
    size_t bytes = s->options * s->options * sizeof(int64_t);
    int64_t *best = malloc(bytes);
    memcpy(best, w.matrix, bytes);
    line("profile to matrix", bench_best(RUNS, from_profile, &w), s->reference);
    line("cocreate_rank(\"schulze\")", bench_best(RUNS, whole_method, &w), s->reference);
    w.cpu = CCI_CPU_BASE;
    line("ballots to matrix, portable", bench_best(RUNS, kernel, &w), s->reference);
    if (memcmp(best, w.matrix, bytes) != 0) {
        fprintf(stderr, "the portable path counts other numbers\n");
        exit(1);
    }
    free(best);
    free(w.matrix);
    cci_electorate_close(&w.electorate);
    cci_roster_free(&w.roster, cci_profile_allocator(w.profile));
    cocreate_profile_free(w.profile);
}

int main(int argc, char **argv)
{
    static const shape shapes[] = {
        {"20 options, complete", 20, 20, 1, 0, 4.2},
        {"50 options, complete", 50, 50, 1, 0, 15.4},
        {"100 options, complete", 100, 100, 1, 0, 56},
        {"50 options, complete, weights to 1,000", 50, 50, 1000, 0, 15.4},
        {"50 options, complete, in pairs of equal ranks", 50, 50, 1, 1, 24},
        {"20 options, up to 6 ranked", 20, 6, 1, 0, 13.3},
        {"50 options, up to 5 ranked", 50, 5, 1, 0, 11.0},
        {"100 options, up to 5 ranked", 100, 5, 1, 0, 11.2},
        {"100 options, up to 10 ranked", 100, 10, 1, 0, 20.6},
        {"50 options, up to 40 ranked", 50, 40, 1, 0, 103},
    };
    size_t only = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : SIZE_MAX;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (only == SIZE_MAX || only == i)
            measure(&shapes[i]);
    return 0;
}
