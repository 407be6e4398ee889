/* Splits of a pool among many, held against the time it takes to sort their weights with qsort().
 *
 *     bench_split [WEIGHTS] [RUNS]
 */
#include "bench.h"

#include <string.h>

#include "cocreate/money.h"

struct work {
    size_t n;
    int64_t *weights, *sorted, *shares;
    const char *method;
    int64_t pool;
};

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void sort_weights(void *argument)
{
    struct work *w = argument;
    memcpy(w->sorted, w->weights, w->n * sizeof *w->weights);
    qsort(w->sorted, w->n, sizeof *w->sorted, by_value);
}

static void split_pool(void *argument)
{
    struct work *w = argument;
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.method = w->method;
    int64_t returned = 0, sum = 0;
    bench_must(cocreate_split(w->pool, w->weights, w->n, &options, w->shares, &returned, NULL));
    for (size_t i = 0; i < w->n; i++)
        sum += w->shares[i];
    if (sum + returned != w->pool) {
        fprintf(stderr, "%s does not sum to the pool\n", w->method);
        exit(1);
    }
}

static void fill(struct work *w, uint64_t largest)
{
    uint64_t state = 4;
    for (size_t i = 0; i < w->n; i++)
        w->weights[i] = (int64_t)(bench_random(&state) % largest) + 1;
}

int main(int argc, char **argv)
{
    struct work w = {.n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000,
                     .pool = INT64_C(123456789012345)};
    int runs = argc > 2 ? atoi(argv[2]) : 5;
    w.weights = malloc(w.n * sizeof *w.weights);
    w.sorted = malloc(w.n * sizeof *w.sorted);
    w.shares = malloc(w.n * sizeof *w.shares);
    if (w.weights == NULL || w.sorted == NULL || w.shares == NULL || runs < 1)
        return 1;
    static const struct {
        const char *name;
        uint64_t largest;
    } weights[] = {{"below 2^20", UINT64_C(1) << 20},
                   {"below 2^40", UINT64_C(1) << 40},
                   {"below 2^62", UINT64_C(1) << 62}};
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        fill(&w, weights[i].largest);
        double sorting = bench_best(runs, sort_weights, &w);
        for (size_t m = 0; m < cocreate_split_method_count(); m++) {
            w.method = cocreate_split_method_at(m);
            char what[64];
            snprintf(what, sizeof what, "%s, weights %s", w.method, weights[i].name);
            bench_line(what, bench_best(runs, split_pool, &w), sorting, "qsort", (double)w.n, "");
        }
    }
    free(w.weights);
    free(w.sorted);
    free(w.shares);
    return 0;
}
