/* How fast files are read. Target: a PrefLib file of 10 MB at 200 MB/s of parsing.
 *
 * Reading is parsing and adding to the profile. A line of count 0 is parsed and checked like any
 * other, but adds nothing: the same file with counts of 0 tells the rate of parsing alone, and the
 * difference is what keeping distinct ballots costs (see bench_profile for its own bound). */
#include "bench.h"

#include <string.h>

#include "cocreate/formats.h"

enum { BYTES = 10000000, RUNS = 7 };

typedef struct job {
    const char *format;
    char *file;
    size_t size, lines;
} job;

static void read_it(void *argument)
{
    const job *j = argument;
    cocreate_profile *p;
    bench_must(cocreate_profile_read(NULL, j->format, j->file, j->size, COCREATE_BALLOT_RANKING,
                                     NULL, NULL, &p, NULL));
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

/* How a format writes a ballot. */
typedef struct dialect {
    const char *format;
    const char *before; /* the first option, behind the count; NULL: the count does not stand there */
    const char *option; /* with its number */
    const char *between, *after;
} dialect;

static const dialect dialects[] = {
    {"soc", ": ", "%u", ",", "\n"},      {"soi", ": ", "%u", ",", "\n"},
    {"csv", NULL, "%u", ",", "\n"},      {"blt", " ", "%u", " ", " 0\n"},
    {"abif", ":", "cand_%u", ">", "\n"}, {"cvr", NULL, "Candidate %u", ",", "\n"},
};

static const dialect *dialect_of(const char *format)
{
    const dialect *d = dialects;
    while (strcmp(d->format, format) != 0)
        d++;
    return d;
}

static void append(job *j, size_t room, const char *text)
{
    j->size += (size_t)snprintf(j->file + j->size, room - j->size, "%s", text);
}

/* What stands before the ballots. */
static void write_head(job *j, size_t room, size_t n_options)
{
    char line[80];
    int csv = strcmp(j->format, "csv") == 0, cvr = strcmp(j->format, "cvr") == 0;
    if (strcmp(j->format, "abif") == 0)
        return;
    snprintf(line, sizeof line,
             strcmp(j->format, "blt") == 0 ? "%zu 1\n" : "# NUMBER ALTERNATIVES: %zu\n", n_options);
    if (!csv && !cvr)
        append(j, room, line);
    for (size_t i = 1; i <= n_options && strcmp(j->format, "blt") != 0; i++) {
        snprintf(line, sizeof line,
                 csv   ? "option %zu%s"
                 : cvr ? "Rank %zu%s"
                       : "# ALTERNATIVE NAME %zu: an oak%s",
                 i, (csv || cvr) && i < n_options ? "," : "\n");
        append(j, room, line);
    }
}

/* Random orders of `ranked` of `n_options`, drawn from `kinds` different ones. */
static job make(const char *format, size_t n_options, size_t ranked, uint64_t kinds,
                const char *count)
{
    size_t room = BYTES + 1000 + n_options * 60;
    job j = {.format = format, .file = malloc(room)};
    const dialect *d = dialect_of(format);
    uint32_t *order = malloc(n_options * sizeof *order);
    write_head(&j, room, n_options);
    for (uint64_t outer = 5; j.size + ranked * 16 < BYTES; j.lines++) {
        uint64_t state = bench_random(&outer) % kinds;
        for (uint32_t i = 0; i < n_options; i++) {
            size_t k = (size_t)(bench_random(&state) % (i + 1));
            order[i] = order[k];
            order[k] = i + 1;
        }
        if (d->before) {
            append(&j, room, count);
            append(&j, room, d->before);
        }
        for (size_t i = 0; i < ranked; i++) {
            char option[40];
            snprintf(option, sizeof option, d->option, (unsigned)order[i]);
            append(&j, room, option);
            append(&j, room, i + 1 < ranked ? d->between : d->after);
        }
    }
    if (strcmp(format, "blt") == 0)
        append(&j, room, "0\n");
    free(order);
    return j;
}

static void figure(const char *what, const char *format, size_t n_options, size_t ranked,
                   uint64_t kinds)
{
    job j = make(format, n_options, ranked, kinds, "1");
    double whole = bench_best(RUNS, read_it, &j), copy = bench_best(RUNS, copy_bytes, &j);
    double mb = (double)j.size / 1e6;
    printf("%-38s %6.1f MB/s, %5.0f ns a ballot   memcpy %.0f MB/s, ratio %.0f\n", what, mb / whole,
           whole / (double)j.lines * 1e9, mb / copy, whole / copy);
    free(j.file);
    if (strcmp(format, "soc") != 0 && strcmp(format, "soi") != 0)
        return;
    j = make(format, n_options, ranked, kinds, "0");
    double parsing = bench_best(RUNS, read_it, &j);
    printf("%-38s %6.1f MB/s, %5.0f ns a ballot   of reading, ratio %.2f\n", "  parsing alone",
           mb / parsing, parsing / (double)j.lines * 1e9, parsing / whole);
    free(j.file);
}

int main(void)
{
    figure("soc, 20 alternatives, all different", "soc", 20, 20, UINT64_MAX);
    figure("soc, 20 alternatives, 1,000 different", "soc", 20, 20, 1000);
    figure("soi, 200 alternatives, 100 ranked", "soi", 200, 100, UINT64_MAX);
    figure("csv, 20 options, all different", "csv", 20, 20, UINT64_MAX);
    figure("blt, 20 candidates, all different", "blt", 20, 20, UINT64_MAX);
    figure("abif, 20 candidates, all different", "abif", 20, 20, UINT64_MAX);
    figure("cvr, 20 candidates, all different", "cvr", 20, 20, UINT64_MAX);
    return 0;
}
