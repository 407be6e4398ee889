/* Copeland: a point for a win, half of one for a tie; Llull: one for either. */
#include "ranking/condorcet/criteria.h"
#include "ranking/ties.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

/* {"a":[3,0,1],..}: comparisons won, tied and lost. */
static void write_records(cci_contest *c, const int64_t *wins, const int64_t *ties)
{
    cci_buffer *out = &c->run->trace;
    cci_buffer_text(out, ",\"records\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t a = c->run->roster->by_key[i];
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(c->run, out, a);
        cci_buffer_format(out, ":[%lld,%lld,%lld]", (long long)wins[a], (long long)ties[a],
                          (long long)c->m - 1 - (long long)wins[a] - (long long)ties[a]);
    }
    cci_buffer_byte(out, '}');
}

static void write_notes(cci_contest *c, const int64_t *wins, const int64_t *ties)
{
    cci_buffer *out = &c->run->notes;
    for (uint32_t a = 0; a < c->m; a++) {
        if (c->run->standings[a].from != 1)
            continue;
        cci_buffer_text(out, cci_name(c->run, a));
        cci_buffer_format(out, " wins %lld of %zu comparisons and ties %lld.\n",
                          (long long)wins[a], c->m - 1, (long long)ties[a]);
    }
}

/* `tie` halves of a point for each tie. */
static cocreate_status count(cci_contest *c, int64_t tie, cocreate_error *error)
{
    int64_t *wins = cci_contest_alloc(c, c->m, sizeof *wins);
    int64_t *ties = cci_contest_alloc(c, c->m, sizeof *ties);
    if (wins == NULL || ties == NULL)
        return cci_no_memory(error);
    cci_count_wins(c, wins, ties);
    for (size_t a = 0; a < c->m; a++)
        cci_value_set(&c->run->allocator, &c->run->standings[a].score,
                      2 * wins[a] + tie * ties[a], 2);
    CCI_TRY(cci_place_by_score(c->run, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    write_records(c, wins, ties);
    write_notes(c, wins, ties);
    return COCREATE_OK;
}

static cocreate_status work_copeland(cci_contest *c, cocreate_error *error)
{
    return count(c, 1, error);
}

static cocreate_status work_llull(cci_contest *c, cocreate_error *error)
{
    return count(c, 2, error);
}

static cocreate_status run_copeland(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_copeland, error);
}

static cocreate_status run_llull(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_llull, error);
}

#define SOURCE                                                                                 \
    "Copeland (1951) and Llull (1299), after Faliszewski, Hemaspaandra, Hemaspaandra & Rothe, " \
    "Llull and Copeland voting computationally resist bribery and constructive control (2009)"

const cci_method cci_method_copeland = {
    .name = "copeland",
    .title = "Copeland: a point for each win in pairs, half of one for each tie",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = SOURCE,
    .run = run_copeland,
};

const cci_method cci_method_llull = {
    .name = "llull",
    .title = "Llull: a point for each comparison in pairs that is not lost",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = SOURCE,
    .run = run_llull,
};
