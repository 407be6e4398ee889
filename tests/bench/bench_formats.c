/* How fast files are read. Target: a PrefLib file of 10 MB at 200 MB/s of parsing.
 *
 * Reading is parsing and adding. What adding costs is measured by adding the same ballots again from
 * arrays, one call each; the parse rate is that of the rest. */
#include "bench.h"

#include <string.h>

#include "cocreate/formats.h"

enum { BYTES = 10000000, RUNS = 5 };

typedef struct job {
    const char *format, *file;
    size_t size;
    int32_t kind;
    /* the ballots of the file, for adding them again */
    cocreate_profile *profile;
    size_t n_ballots;
    uint32_t *options; /* n_ballots rows of n_options */
    int64_t *values;
    size_t *n;
    size_t n_options;
} job;

static void read_file_once(void *argument)
{
    const job *j = argument;
    cocreate_profile *p;
    bench_must(
        cocreate_profile_read(NULL, j->format, j->file, j->size, j->kind, NULL, NULL, &p, NULL));
    cocreate_profile_free(p);
}

static void add_again(void *argument)
{
    const job *j = argument;
    cocreate_profile *p;
    bench_must(cocreate_profile_new(NULL, j->kind, j->n_options, &p, NULL));
    for (size_t i = 0; i < j->n_ballots; i++)
        bench_must(cocreate_profile_add(p, j->options + i * j->n_options,
                                        j->values + i * j->n_options, j->n[i], 1, 1, NULL));
    cocreate_profile_free(p);
}

static volatile size_t sink;

static void copy_bytes(void *argument)
{
    const job *j = argument;
    char *copy = malloc(j->size);
    memcpy(copy, j->file, j->size);
    sink = (size_t)copy[j->size / 2];
    free(copy);
}

static void run(job *j, const char *what)
{
    double whole = bench_best(RUNS, read_file_once, j), adding = bench_best(RUNS, add_again, j);
    double copy = bench_best(RUNS, copy_bytes, j), mb = (double)j->size / 1e6;
    double parsing = whole > adding ? whole - adding : 0;
    printf("%-34s %6.1f MB %8zu ballots\n", what, mb, j->n_ballots);
    printf("    read %7.1f ms = %6.1f MB/s, %5.0f ns a ballot; memcpy %.1f ms, ratio %.1f\n",
           whole * 1e3, mb / whole, whole / (double)j->n_ballots * 1e9, copy * 1e3, whole / copy);
    printf("    of it adding the ballots %7.1f ms (%.0f ns each), parsing %7.1f ms = %6.1f MB/s\n",
           adding * 1e3, adding / (double)j->n_ballots * 1e9, parsing * 1e3, mb / parsing);
}

/* Random orders of `ranked` of `n_options`, drawn from `kinds` different ones; as text of one of the
 * formats and as arrays. */
static job make(const char *format, size_t n_options, size_t ranked, uint64_t kinds)
{
    job j = {.format = format, .kind = COCREATE_BALLOT_RANKING, .n_options = n_options};
    size_t room = BYTES + 1000 + n_options * 60, most = BYTES / (2 * ranked) + 1;
    char *file = malloc(room);
    int csv = strcmp(format, "csv") == 0;
    size_t used = 0;
    j.options = malloc(most * n_options * sizeof *j.options);
    j.values = malloc(most * n_options * sizeof *j.values);
    j.n = malloc(most * sizeof *j.n);
    if (!csv)
        used += (size_t)snprintf(file, room, "# NUMBER ALTERNATIVES: %zu\n", n_options);
    for (size_t i = 1; i <= n_options; i++)
        used += (size_t)snprintf(file + used, room - used,
                                 csv ? "option %zu%s" : "# ALTERNATIVE NAME %zu: an alternative%s",
                                 i, csv && i < n_options ? "," : "\n");
    uint64_t outer = 5;
    while (used + ranked * 8 < BYTES && j.n_ballots < most) {
        uint64_t state = bench_random(&outer) % kinds;
        uint32_t *order = j.options + j.n_ballots * n_options;
        for (uint32_t i = 0; i < n_options; i++) {
            size_t k = (size_t)(bench_random(&state) % (i + 1));
            order[i] = order[k];
            order[k] = i;
        }
        int64_t *values = j.values + j.n_ballots * n_options;
        for (size_t i = 0; i < ranked; i++)
            values[i] = (int64_t)i + 1;
        j.n[j.n_ballots++] = ranked;
        if (!csv)
            used += (size_t)snprintf(file + used, room - used, "1: ");
        for (size_t i = 0; i < ranked; i++)
            used += (size_t)snprintf(file + used, room - used, "%u%s", (unsigned)order[i] + 1,
                                     i + 1 < ranked ? "," : "\n");
    }
    j.file = file;
    j.size = used;
    return j;
}

static void figure(const char *what, job j)
{
    run(&j, what);
    free((void *)(uintptr_t)j.file);
    free(j.options);
    free(j.values);
    free(j.n);
}

int main(void)
{
    figure("soc, 20 alternatives, all different", make("soc", 20, 20, UINT64_MAX));
    figure("soc, 20 alternatives, 1,000 different", make("soc", 20, 20, 1000));
    figure("soi, 200 alternatives, 100 ranked", make("soi", 200, 100, UINT64_MAX));
    figure("csv, 20 options, all different", make("csv", 20, 20, UINT64_MAX));
    return 0;
}
