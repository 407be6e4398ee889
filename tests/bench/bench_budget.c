/* How fast sequential rules elect committees and spend budgets, exactly.
 *
 * 10,000 voters with 20 approvals each on average, 200 options, 20 seats: the whole of
 * cocreate_rank() on a profile that is there. A budget the size of the largest file of Pabulib
 * (Lodz 2022: 90,494 voters, 160 projects): from the bytes of the file on. The ballots are made up;
 * the reference figures are those of abcvoting and pabutools with exact fractions on another
 * machine. */
#include "bench.h"

#include <string.h>

#include "base/memory.h"
#include "cocreate/formats.h"
#include "cocreate/ranking.h"

enum { RUNS = 5 };

typedef struct task {
    const cocreate_profile *profile;
    const char *file; /* to be read first, or NULL */
    size_t size;
    const char *method, *options;
} task;

static void run(void *argument)
{
    const task *t = argument;
    cocreate_profile *read = NULL;
    cocreate_ranking *r = NULL;
    if (t->file != NULL)
        bench_must(cocreate_profile_read(NULL, "pb", t->file, t->size, 0, NULL, NULL, &read, NULL));
    if (t->method != NULL)
        bench_must(cocreate_rank(t->file != NULL ? read : t->profile, t->method, t->options, NULL,
                                 &r, NULL));
    cocreate_ranking_free(r);
    cocreate_profile_free(read);
}

static void measure(task *t, const char *what, const char *method, const char *options,
                    double reference)
{
    t->method = method;
    t->options = options;
    double ours = bench_best(RUNS, run, t);
    printf("%-44s %8.4f s   peer %6.2f s, %7.0f times\n", what, ours, reference, reference / ours);
}

/* Popular options first, as elections have it: option o is approved with a chance that falls. */
static size_t approvals(uint64_t *seed, uint32_t *out, size_t options, size_t mean)
{
    size_t n = 0;
    for (uint32_t o = 0; o < options; o++)
        if (bench_random(seed) % (options * options) < 2 * mean * (options - o))
            out[n++] = o;
    return n;
}

static void committees(void)
{
    enum { OPTIONS = 200, VOTERS = 10000 };
    uint64_t seed = 7;
    uint32_t ballot[OPTIONS];
    cocreate_profile *p = NULL;
    bench_must(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, OPTIONS, &p, NULL));
    for (size_t v = 0; v < VOTERS; v++) {
        size_t n = approvals(&seed, ballot, OPTIONS, 20);
        bench_must(cocreate_profile_add(p, ballot, NULL, n, 1, 1, NULL));
    }
    task t = {.profile = p};
    measure(&t, "sequential Phragmen, 20 seats", "phragmen_seq", "{\"seats\":20}", 8.14);
    measure(&t, "equal shares + Phragmen, 20 seats", "equal_shares", "{\"seats\":20}", 16.6);
    measure(&t, "equal shares alone, 20 seats", "equal_shares",
            "{\"seats\":20,\"completion\":\"none\"}", 16.6);
    cocreate_profile_free(p);
}

static void budgets(void)
{
    enum { PROJECTS = 160, VOTERS = 90494 };
    uint64_t seed = 11;
    cocreate_allocator a = cci_allocator(NULL);
    cci_buffer file;
    cci_buffer_init(&file, &a);
    cci_buffer_text(&file, "META\nkey;value\nvote_type;approval\nbudget;6110000\nPROJECTS\n"
                           "project_id;cost\n");
    for (int i = 0; i < PROJECTS; i++)
        cci_buffer_format(&file, "P%03d;%d\n", i, (int)(15000 + bench_random(&seed) % 400000));
    cci_buffer_text(&file, "VOTES\nvoter_id;age;sex;vote\n");
    for (int v = 0; v < VOTERS; v++) {
        uint32_t ballot[PROJECTS];
        size_t n = approvals(&seed, ballot, PROJECTS, 4);
        cci_buffer_format(&file, "%d;%d;%s;", v, (int)(16 + bench_random(&seed) % 70),
                          bench_random(&seed) % 2 ? "F" : "M");
        for (size_t i = 0; i < n; i++)
            cci_buffer_format(&file, "%sP%03u", i > 0 ? "," : "", (unsigned)ballot[i]);
        cci_buffer_byte(&file, '\n');
    }
    task t = {.file = file.data, .size = file.size};
    measure(&t, "90,494 voters, 160 projects: reading alone", NULL, NULL, 3.99);
    measure(&t, "reading and equal shares, cost", "equal_shares", "{}", 12.3);
    measure(&t, "reading and equal shares, cardinality", "equal_shares",
            "{\"satisfaction\":\"cardinality\"}", 12.3);
    measure(&t, "reading and greedy", "greedy", "{}", 16.7);
    measure(&t, "reading and sequential Phragmen", "phragmen_seq", "{}", 17.3);
    measure(&t, "reading and maximum welfare", "max_welfare", "{}", 18.8);
    cci_buffer_free(&file);
}

int main(void)
{
    committees();
    budgets();
    return 0;
}
