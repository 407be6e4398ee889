/* The exact Shapley value of 20 players, beside one look at each coalition for each player. */
#include "bench.h"

#include "reward/sharing/shapley_value.h"

enum { PLAYERS = 20 };

struct game {
    int64_t *values;
    cci_rational phi[PLAYERS];
    uint64_t sum;
};

static void solve(void *argument)
{
    struct game *g = argument;
    bench_must(cci_shapley_exact(g->values, PLAYERS, g->phi, NULL));
}

/* What any method must do that asks who is in which coalition: 2^n * n reads. */
static void look(void *argument)
{
    struct game *g = argument;
    uint64_t sums[PLAYERS] = {0};
    for (uint32_t set = 0; set < UINT32_C(1) << PLAYERS; set++)
        for (uint32_t i = 0; i < PLAYERS; i++)
            sums[i] += (set >> i & 1) != 0 ? (uint64_t)g->values[set] : 0;
    for (uint32_t i = 0; i < PLAYERS; i++)
        g->sum += sums[i];
}

int main(void)
{
    static struct game g;
    uint64_t state = 1;
    size_t n = (size_t)1 << PLAYERS;
    g.values = malloc(n * sizeof *g.values);
    if (g.values == NULL)
        return 1;
    for (size_t i = 1; i < n; i++)
        g.values[i] = (int64_t)(bench_random(&state) >> 11); /* below 2^53 */
    g.values[0] = 0;
    for (int i = 0; i < PLAYERS; i++)
        bench_must(cci_rational_init(&g.phi[i], NULL));
    double ours = bench_best(3, solve, &g), bound = bench_best(3, look, &g);
    bench_line("Shapley value, 20 players, exact", ours, bound, "looking at each coalition",
               (double)n * PLAYERS, "");
    for (int i = 0; i < PLAYERS; i++)
        cci_rational_clear(&g.phi[i]);
    free(g.values);
    return 0;
}
