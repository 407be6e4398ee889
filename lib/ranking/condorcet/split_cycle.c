/* Split Cycle: a majority counts unless it is a weakest one of a circle of majorities. */
#include "ranking/condorcet/split.h"

#include <string.h>

#include "ranking/condorcet/contest.h"
#include "ranking/condorcet/paths.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED, CCI_OPTION_STRENGTH};

cocreate_status cci_split_cycle(const cocreate_allocator *a, const int64_t *links, size_t n,
                                int64_t *paths, cci_relation *defeats, const cci_run *run,
                                cocreate_error *error)
{
    memcpy(paths, links, n * n * sizeof *paths);
    CCI_TRY(cci_strongest_paths(a, paths, n, CCI_CPU_BEST, run, error));
    for (size_t x = 0; x < n; x++)
        for (size_t y = 0; y < n; y++)
            if (links[x * n + y] > paths[y * n + x])
                cci_relation_set(defeats, x, y);
    return COCREATE_OK;
}

/* [["a","b"],..]: a defeats b. */
static void write_defeats(cci_contest *c, const cci_relation *defeats)
{
    cci_buffer *out = &c->run->trace;
    const char *comma = "";
    cci_buffer_text(out, ",\"defeats\":[");
    for (uint32_t a = 0; a < c->m; a++)
        for (uint32_t b = 0; b < c->m; b++)
            if (cci_above(defeats, a, b)) {
                uint32_t pair[2] = {a, b};
                cci_buffer_text(out, comma);
                comma = ",";
                cci_write_ids(c->run, out, pair, 2);
            }
    cci_buffer_byte(out, ']');
}

/* Who defeats each option, and which majorities against an undefeated one were taken back. */
static void write_notes(cci_contest *c, const cci_relation *defeats, const int64_t *links,
                        const int64_t *paths)
{
    cci_buffer *out = &c->run->notes;
    for (uint32_t b = 0; b < c->m; b++) {
        uint32_t by = UINT32_MAX;
        for (uint32_t a = 0; a < c->m && by == UINT32_MAX; a++)
            if (cci_above(defeats, a, b))
                by = a;
        if (by != UINT32_MAX) {
            cci_buffer_text(out, cci_name(c->run, by));
            cci_buffer_text(out, " defeats ");
            cci_buffer_text(out, cci_name(c->run, b));
            cci_buffer_format(out, " with %lld; ", (long long)links[by * c->m + b]);
            if (paths[b * c->m + by] > 0)
                cci_buffer_format(out, "the strongest path back has %lld.\n",
                                  (long long)paths[b * c->m + by]);
            else
                cci_buffer_text(out, "there is no path back.\n");
            continue;
        }
        cci_buffer_text(out, cci_name(c->run, b));
        cci_buffer_text(out, " is undefeated.");
        for (uint32_t a = 0; a < c->m; a++)
            if (links[a * c->m + b] > 0) {
                cci_buffer_text(out, " The majority of ");
                cci_buffer_text(out, cci_name(c->run, a));
                cci_buffer_format(out, " with %lld is split: a path back has %lld.",
                                  (long long)links[a * c->m + b], (long long)paths[b * c->m + a]);
            }
        cci_buffer_byte(out, '\n');
    }
}

static cocreate_status judge(cci_contest *c, cci_relation *defeats, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    int64_t *links = cci_contest_alloc(c, c->m * c->m, sizeof *links);
    int64_t *paths = cci_contest_alloc(c, c->m * c->m, sizeof *paths);
    if (links == NULL || paths == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_relation_init(defeats, a, c->m, error));
    for (size_t x = 0; x < c->m; x++)
        for (size_t y = 0; y < c->m; y++)
            links[x * c->m + y] = cci_strength_of(c, cci_contest_strength(c), x, y);
    CCI_TRY(cci_split_cycle(a, links, c->m, paths, defeats, c->run, error));
    cci_write_blank(c);
    if (cci_is_traced(c)) {
        write_defeats(c, defeats);
        write_notes(c, defeats, links, paths);
    }
    cci_write_pairwise(c, "\"defeats\",", ",\"strongest_paths\"");
    if (cci_is_traced(c)) {
        cci_buffer_text(&c->run->trace, ",\"strongest_paths\":");
        cci_write_matrix(c->run, &c->run->trace, paths);
    }
    cci_relation_close(defeats);
    return cci_place_relation(c->run, defeats, error);
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    cci_relation defeats = {.m = 0};
    cocreate_status status = judge(c, &defeats, error);
    cci_free(&c->run->allocator, defeats.rows);
    return status;
}

static cocreate_status run_split_cycle(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_split_cycle = {
    .name = "split_cycle",
    .title = "Split Cycle: in each circle of majorities the weakest do not count",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 8,192 options",
    .source = "Holliday & Pacuit, Split Cycle: a new Condorcet-consistent voting method independent "
              "of clones and immune to spoilers, Public Choice 197 (2023)",
    .run = run_split_cycle,
};
