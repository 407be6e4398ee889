/* How fast the strongest paths of 1,000 options are found.
 *
 * Three figures of one run, all on the same weights: ours from matrix to matrix, the algorithm as
 * the textbook writes it, and the bare kernel on tiles that are already laid out, which is what the
 * reference figures of 0.050 s (32 bits) and 0.023 s (16 bits) measured on another machine. */
#include "bench.h"

#include <string.h>

#include "base/memory.h"
#include "ranking/condorcet/paths.h"

enum { OPTIONS = 1000, RUNS = 5 };

static const double reference_32 = 0.050, reference_16 = 0.023;

typedef struct contest {
    int64_t *links;
    int64_t *paths;
    cci_cpu cpu;
} contest;

static void ours(void *argument)
{
    contest *c = argument;
    cocreate_allocator a = cci_allocator(NULL);
    memcpy(c->paths, c->links, sizeof(int64_t) * OPTIONS * OPTIONS);
    bench_must(cci_strongest_paths(&a, c->paths, OPTIONS, c->cpu, NULL, NULL));
}

static void plain(void *argument)
{
    contest *c = argument;
    int64_t *p = c->paths;
    memcpy(p, c->links, sizeof(int64_t) * OPTIONS * OPTIONS);
    for (size_t k = 0; k < OPTIONS; k++)
        for (size_t i = 0; i < OPTIONS; i++)
            for (size_t j = 0; j < OPTIONS; j++) {
                int64_t one = p[i * OPTIONS + k], two = p[k * OPTIONS + j];
                int64_t via = one < two ? one : two;
                if (i != j && p[i * OPTIONS + j] < via)
                    p[i * OPTIONS + j] = via;
            }
}

/* Weights of a made-up electorate: for each pair one side wins, by at most `spread` more than half of
 * the votes. */
static void fill(contest *c, uint64_t votes, uint64_t spread)
{
    uint64_t seed = votes;
    memset(c->links, 0, sizeof(int64_t) * OPTIONS * OPTIONS);
    for (size_t i = 0; i < OPTIONS; i++)
        for (size_t j = 0; j < i; j++) {
            int64_t with = (int64_t)(votes / 2 + bench_random(&seed) % spread);
            size_t a = with % 2 ? i : j, b = with % 2 ? j : i;
            c->links[a * OPTIONS + b] = with;
        }
}

static void measure(contest *c, uint64_t votes, uint64_t spread, const char *what,
                    double reference)
{
    char line[80];
    fill(c, votes, spread);
    double textbook = bench_best(1, plain, c);
    int64_t *expected = malloc(sizeof(int64_t) * OPTIONS * OPTIONS);
    memcpy(expected, c->paths, sizeof(int64_t) * OPTIONS * OPTIONS);
    for (size_t i = 0; i < OPTIONS; i++)
        expected[i * OPTIONS + i] = 0;
    static const cci_cpu cpus[] = {CCI_CPU_BEST, CCI_CPU_BASE};
    static const char *const names[] = {"this processor", "portable"};
    for (int k = 0; k < 2; k++) {
        c->cpu = cpus[k];
        double took = bench_best(RUNS, ours, c);
        if (memcmp(expected, c->paths, sizeof(int64_t) * OPTIONS * OPTIONS) != 0) {
            fprintf(stderr, "other paths than the textbook's\n");
            exit(1);
        }
        snprintf(line, sizeof line, "strongest paths, %s, %s", what, names[k]);
        bench_line(line, took, reference, "tiled reference", 1e9, "steps");
        printf("%-44s %8.1f ms  %.1f times ours\n", "  the textbook's three loops", textbook * 1e3,
               textbook / took);
    }
    free(expected);
}

int main(void)
{
    contest c = {.links = malloc(sizeof(int64_t) * OPTIONS * OPTIONS),
                 .paths = malloc(sizeof(int64_t) * OPTIONS * OPTIONS)};
    if (c.links == NULL || c.paths == NULL)
        return 1;
    measure(&c, 60000, 30000, "16 bits", reference_16);
    measure(&c, 1000000, 5000, "a million voters", reference_32);
    measure(&c, 1000000000, 500000000, "32 bits", reference_32);
    measure(&c, UINT64_C(1) << 60, UINT64_C(1) << 59, "of 63 bits", reference_32);
    free(c.links);
    free(c.paths);
    return 0;
}
