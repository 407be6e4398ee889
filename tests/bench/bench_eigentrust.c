/* EigenTrust over many edges, held against its own memory traffic.
 *
 *     bench_eigentrust [EDGES] [PEERS] [ITERATIONS] [RUNS]
 *
 * Memory traffic: as often as there are iterations, each edge's peer and part are read, the trust of that
 * peer is read where it stands, and what comes together is written once for each peer. Ours sorts the
 * edges, divides and multiplies besides.
 */
#include "bench.h"

#include "cocreate/mechanisms.h"

struct work {
    size_t n, n_peers;
    int32_t iterations;
    uint32_t *from, *to;
    int64_t *weights, *scores;
    /* the same graph, by the peers that are trusted */
    size_t *first;
    uint32_t *peers;
    uint64_t *parts, *now, *next;
};

static void flow(void *argument)
{
    struct work *w = argument;
    cocreate_trust_options options;
    cocreate_trust_options_init(&options);
    options.iterations = w->iterations;
    bench_must(cocreate_eigentrust(w->from, w->to, w->weights, w->n, w->n_peers, &options, w->scores,
                                   NULL));
    int64_t sum = -1000000000;
    for (size_t i = 0; i < w->n_peers; i++)
        sum += w->scores[i];
    if (sum > (int64_t)w->n_peers || -sum > (int64_t)w->n_peers) {
        fprintf(stderr, "the scores do not sum to 1\n");
        exit(1);
    }
}

static void traffic(void *argument)
{
    struct work *w = argument;
    for (int32_t round = 0; round < w->iterations; round++) {
        uint64_t *swap = w->now;
        for (size_t j = 0; j < w->n_peers; j++) {
            uint64_t sum = 0;
            for (size_t e = w->first[j]; e < w->first[j + 1]; e++)
                sum += w->now[w->peers[e]] + w->parts[e];
            w->next[j] = sum;
        }
        w->now = w->next;
        w->next = swap;
    }
}

static void group(struct work *w)
{
    for (size_t i = 0; i < w->n; i++)
        w->first[w->to[i] + 1]++;
    for (size_t j = 0; j < w->n_peers; j++)
        w->first[j + 1] += w->first[j];
    for (size_t i = 0; i < w->n; i++) {
        size_t at = w->first[w->to[i]]++;
        w->peers[at] = w->from[i];
        w->parts[at] = (uint64_t)w->weights[i];
    }
    for (size_t j = w->n_peers; j > 0; j--)
        w->first[j] = w->first[j - 1];
    w->first[0] = 0;
}

int main(int argc, char **argv)
{
    struct work w = {.n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000,
                     .n_peers = argc > 2 ? strtoul(argv[2], NULL, 10) : 100000,
                     .iterations = argc > 3 ? atoi(argv[3]) : 150};
    int runs = argc > 4 ? atoi(argv[4]) : 3;
    uint64_t state = 9;
    w.from = malloc(w.n * sizeof *w.from);
    w.to = malloc(w.n * sizeof *w.to);
    w.weights = malloc(w.n * sizeof *w.weights);
    w.scores = malloc(w.n_peers * sizeof *w.scores);
    w.first = calloc(w.n_peers + 1, sizeof *w.first);
    w.peers = malloc(w.n * sizeof *w.peers);
    w.parts = malloc(w.n * sizeof *w.parts);
    w.now = calloc(w.n_peers, sizeof *w.now);
    w.next = calloc(w.n_peers, sizeof *w.next);
    if (w.from == NULL || w.to == NULL || w.weights == NULL || w.scores == NULL || w.first == NULL ||
        w.peers == NULL || w.parts == NULL || w.now == NULL || w.next == NULL || runs < 1 ||
        w.n_peers == 0 || w.iterations < 1)
        return 1;
    for (size_t i = 0; i < w.n; i++) {
        w.from[i] = (uint32_t)(bench_random(&state) % w.n_peers);
        w.to[i] = (uint32_t)(bench_random(&state) % w.n_peers);
        w.weights[i] = (int64_t)(bench_random(&state) % 1000) + 1;
    }
    group(&w);
    double bound = bench_best(runs, traffic, &w);
    bench_line("EigenTrust, all iterations", bench_best(runs, flow, &w), bound, "memory traffic",
               (double)w.n * w.iterations, "edges");
    free(w.next);
    free(w.now);
    free(w.parts);
    free(w.peers);
    free(w.first);
    free(w.scores);
    free(w.weights);
    free(w.to);
    free(w.from);
    return 0;
}
