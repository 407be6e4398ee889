/* Quadratic funding of many gifts, held against reading and hashing them.
 *
 *     bench_matching [GIFTS] [PROJECTS] [RUNS]
 *
 * Reading and hashing: each gift's (donor, project) is looked up in a hash table and its amount added
 * there, as whoever adds up the gifts of a donor to a project has to. Nothing else is computed.
 */
#include "bench.h"

#include <string.h>

#include "base/table.h"
#include "cocreate/mechanisms.h"

struct work {
    size_t n, n_donors, n_projects;
    uint32_t *donors, *projects;
    int64_t *amounts, *matches;
    uint64_t (*keys)[1];
    int64_t *sums;
    size_t n_keys;
};

static void key_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const struct work *w = owner;
    *bytes = w->keys[index];
    *size = sizeof w->keys[index];
}

static void hash_gifts(void *argument)
{
    struct work *w = argument;
    cci_table table;
    cci_table_init(&table, NULL, w, key_of);
    w->n_keys = 0;
    for (size_t i = 0; i < w->n; i++) {
        uint64_t key = (uint64_t)w->projects[i] << 32 | w->donors[i];
        uint64_t hash = cci_table_hash(&table, &key, sizeof key);
        uint32_t at = cci_table_find_hashed(&table, hash, &key, sizeof key);
        if (at == CCI_TABLE_NONE) {
            at = (uint32_t)w->n_keys++;
            w->keys[at][0] = key;
            w->sums[at] = 0;
            if (!cci_table_reserve(&table, 1))
                exit(1);
            cci_table_insert(&table, hash, at);
        }
        w->sums[at] += w->amounts[i];
    }
    cci_table_free(&table);
}

static void match_gifts(void *argument)
{
    struct work *w = argument;
    int64_t returned = 0, sum = 0, pool = INT64_C(100000000000);
    bench_must(cocreate_quadratic_funding(w->donors, w->projects, w->amounts, w->n, w->n_donors,
                                          w->n_projects, pool, NULL, w->matches, &returned, NULL));
    for (size_t i = 0; i < w->n_projects; i++)
        sum += w->matches[i];
    if (sum + returned != pool) {
        fprintf(stderr, "the matches do not sum to the pool\n");
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct work w = {.n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000,
                     .n_projects = argc > 2 ? strtoul(argv[2], NULL, 10) : 10000};
    int runs = argc > 3 ? atoi(argv[3]) : 5;
    uint64_t state = 4;
    w.n_donors = w.n / 10 + 1;
    w.donors = malloc(w.n * sizeof *w.donors);
    w.projects = malloc(w.n * sizeof *w.projects);
    w.amounts = malloc(w.n * sizeof *w.amounts);
    w.keys = malloc(w.n * sizeof *w.keys);
    w.sums = malloc(w.n * sizeof *w.sums);
    w.matches = malloc(w.n_projects * sizeof *w.matches);
    if (w.donors == NULL || w.projects == NULL || w.amounts == NULL || w.keys == NULL ||
        w.sums == NULL || w.matches == NULL || runs < 1 || w.n_projects == 0)
        return 1;
    for (size_t i = 0; i < w.n; i++) {
        w.donors[i] = (uint32_t)(bench_random(&state) % w.n_donors);
        w.projects[i] = (uint32_t)(bench_random(&state) % w.n_projects);
        w.amounts[i] = (int64_t)(bench_random(&state) % 100000) + 1;
    }
    double hashing = bench_best(runs, hash_gifts, &w);
    bench_line("quadratic funding", bench_best(runs, match_gifts, &w), hashing, "reading and hashing",
               (double)w.n, "");
    free(w.matches);
    free(w.sums);
    free(w.keys);
    free(w.amounts);
    free(w.projects);
    free(w.donors);
    return 0;
}
