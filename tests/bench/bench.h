/* What the bench programs share: CPU time, the best of several runs, one line a figure. */
#ifndef COCREATE_TESTS_BENCH_H
#define COCREATE_TESTS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cocreate/base.h"

/* The result of a run that must succeed. */
#define bench_must(call) bench_must_((call), #call)

static inline void bench_must_(cocreate_status status, const char *call)
{
    if (status == COCREATE_OK)
        return;
    fprintf(stderr, "%s: %s\n", call, cocreate_status_name(status));
    exit(1);
}

static inline double bench_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Shortest CPU time of `runs` calls. */
static inline double bench_best(int runs, void (*run)(void *), void *argument)
{
    double best = 1e9;
    for (int i = 0; i < runs; i++) {
        double start = bench_seconds();
        run(argument);
        double took = bench_seconds() - start;
        best = took < best ? took : best;
    }
    return best;
}

/* One figure: ours, what bounds it, and how many times the bound we take. */
static inline void bench_line(const char *what, double ours, double bound, const char *bound_name,
                              double items, const char *unit)
{
    printf("%-44s %8.1f ms  %8.2f M%s/s   %s %.1f ms, ratio %.2f\n", what, ours * 1e3,
           items / ours / 1e6, unit, bound_name, bound * 1e3, ours / bound);
}

/* A small generator (splitmix64), the same numbers on every machine. */
static inline uint64_t bench_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

#endif
