/* Schulze: a stands above b where its strongest path to b is stronger than the one back. */
#include <string.h>

#include "ranking/condorcet/paths.h"
#include "ranking/condorcet/relation.h"
#include "ranking/pairwise.h"
#include "ranking/write.h"

enum { STRENGTH, UNRANKED };
enum { WINNING_VOTES, MARGINS };
enum { BOTTOM, IGNORED };

static const char *const strengths[] = {"winning_votes", "margins", NULL};
static const char *const unranked[] = {"bottom", "ignored", NULL};

static const cci_option_spec options[] = {
    {"strength", CCI_OPTION_CHOICE, strengths, 0, 0, 0,
     "of a majority: the votes for it, or by how many it wins"},
    {"unranked", CCI_OPTION_CHOICE, unranked, 0, 0, 0,
     "options a ballot leaves out: below all it ranks, or not compared"},
};

struct contest {
    size_t m;
    int64_t *votes; /* for a over b */
    int64_t *links; /* strength of the majority of a over b, or 0 */
    int64_t *paths;
    uint32_t *order;
    uint32_t *previous; /* for one path at a time */
    cci_relation over;  /* who stands above whom */
};

static int above(const struct contest *c, uint32_t a, uint32_t b)
{
    return c->paths[a * c->m + b] > c->paths[b * c->m + a];
}

static void make_links(const cci_run *run, struct contest *c)
{
    int margins = run->options[STRENGTH].integer == MARGINS;
    for (size_t i = 0; i < c->m; i++)
        for (size_t j = 0; j < c->m; j++) {
            int64_t with = c->votes[i * c->m + j], against = c->votes[j * c->m + i];
            c->links[i * c->m + j] = with > against ? (margins ? with - against : with) : 0;
        }
    memcpy(c->paths, c->links, c->m * c->m * sizeof *c->paths);
}

/* -- Places ----------------------------------------------------------------------------------- */

/* "Above" is a strict partial order (Schulze 2011, 4.1). */
static cocreate_status place(cci_run *run, struct contest *c, cocreate_error *error)
{
    for (uint32_t a = 0; a < c->m; a++) {
        int64_t under = 0;
        for (uint32_t b = 0; b < c->m; b++)
            if (above(c, a, b)) {
                cci_relation_set(&c->over, a, b);
                under++;
            }
        cci_value_set(&run->allocator, &run->standings[a].score, under, 1);
    }
    return cci_place_relation(run, &c->over, error);
}

/* -- Trace and sentences ---------------------------------------------------------------------- */

static void write_trace(cci_run *run, const struct contest *c)
{
    cci_buffer *out = &run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\"", (long long)run->electorate->blank);
    if (c->m > CCI_TRACE_OPTIONS) {
        cci_buffer_text(out, ",\"omitted\":[\"pairwise\",\"strongest_paths\"]");
        return;
    }
    for (uint32_t i = 0; i < c->m; i++)
        c->order[i] = i;
    cci_buffer_text(out, ",\"order\":");
    cci_write_ids(run, out, c->order, c->m);
    cci_buffer_text(out, ",\"pairwise\":");
    cci_write_matrix(run, out, c->votes);
    cci_buffer_text(out, ",\"strongest_paths\":");
    cci_write_matrix(run, out, c->paths);
}

/* A shortest of the strongest paths from a to b, by breadth. Writes "B-A-C". */
static void write_path(cci_run *run, const struct contest *c, uint32_t a, uint32_t b)
{
    int64_t weakest = c->paths[a * c->m + b];
    size_t head = 0, tail = 0;
    for (uint32_t i = 0; i < c->m; i++)
        c->previous[i] = UINT32_MAX;
    c->previous[b] = b; /* backwards from b, so that the links read forwards */
    c->order[tail++] = b;
    while (head < tail && c->previous[a] == UINT32_MAX) {
        uint32_t to = c->order[head++];
        for (uint32_t from = 0; from < c->m; from++)
            if (c->previous[from] == UINT32_MAX && c->links[from * c->m + to] >= weakest) {
                c->previous[from] = to;
                c->order[tail++] = from;
            }
    }
    assert(c->previous[a] != UINT32_MAX);
    cci_buffer_text(&run->notes, cci_name(run, a));
    while (a != b) {
        a = c->previous[a];
        cci_buffer_byte(&run->notes, '-');
        cci_buffer_text(&run->notes, cci_name(run, a));
    }
}

/* "B beats C by the path B-A-C, weakest link 21; the strongest path back has 19." */
static void write_pair(cci_run *run, const struct contest *c, uint32_t a, uint32_t b)
{
    cci_buffer *out = &run->notes;
    int64_t there = c->paths[a * c->m + b], back = c->paths[b * c->m + a];
    cci_buffer_text(out, cci_name(run, a));
    cci_buffer_text(out, there > back ? " beats " : " and ");
    cci_buffer_text(out, cci_name(run, b));
    if (there == back) {
        cci_buffer_format(out, " are not ordered: their strongest paths to each other have %lld.\n",
                          (long long)there);
        return;
    }
    cci_buffer_text(out, " by the path ");
    write_path(run, c, a, b);
    cci_buffer_format(out, ", weakest link %lld", (long long)there);
    if (back > 0)
        cci_buffer_format(out, "; the strongest path back has %lld.\n", (long long)back);
    else
        cci_buffer_text(out, "; there is no path back.\n");
}

/* The first option against each of the others; for many options that is left out. */
static void write_notes(cci_run *run, const struct contest *c)
{
    uint32_t first = 0;
    if (c->m > CCI_TRACE_OPTIONS)
        return;
    for (uint32_t a = 1; a < c->m; a++)
        if (run->standings[a].from < run->standings[first].from)
            first = a;
    for (uint32_t b = 0; b < c->m; b++)
        if (b != first)
            write_pair(run, c, above(c, b, first) ? b : first, above(c, b, first) ? first : b);
}

/* -- The method ------------------------------------------------------------------------------- */

static cocreate_status work(cci_run *run, struct contest *c, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    CCI_TRY(cci_pairwise(run, run->options[UNRANKED].integer == BOTTOM, &c->votes, error));
    c->links = cci_alloc(a, c->m * c->m, sizeof *c->links);
    c->paths = cci_alloc(a, c->m * c->m, sizeof *c->paths);
    c->order = cci_alloc(a, c->m, sizeof *c->order);
    c->previous = cci_alloc(a, c->m, sizeof *c->previous);
    if (c->links == NULL || c->paths == NULL || c->order == NULL || c->previous == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(&c->over, a, c->m, error));
    make_links(run, c);
    CCI_TRY(cci_strongest_paths(a, c->paths, c->m, CCI_CPU_BEST, run, error));
    CCI_TRY(place(run, c, error));
    write_trace(run, c);
    write_notes(run, c);
    return COCREATE_OK;
}

static cocreate_status run_schulze(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct contest c = {.m = run->roster->count};
    cocreate_status status = work(run, &c, error);
    cci_free(a, c.votes);
    cci_free(a, c.links);
    cci_free(a, c.paths);
    cci_free(a, c.order);
    cci_free(a, c.previous);
    cci_free(a, c.over.rows);
    return status;
}

const cci_method cci_method_schulze = {
    .name = "schulze",
    .title = "Schulze: strongest paths of majorities",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 8,192 options",
    .source = "Schulze, A new monotonic, clone-independent, reversal symmetric, and "
              "Condorcet-consistent single-winner election method, Social Choice and Welfare 36 "
              "(2011)",
    .run = run_schulze,
};
