/* The Smith set and the Schwartz set. */
#include "ranking/condorcet/contest.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

static void write_set(cci_contest *c, const char *one, const char *all, const char *some)
{
    cci_buffer *notes = &c->run->notes;
    size_t members = 0;
    for (size_t a = 0; a < c->m; a++)
        members += c->in[a];
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    if (members == c->m) {
        cci_buffer_text(notes, all);
        return;
    }
    cci_write_set_names(c, notes, c->in);
    cci_buffer_text(notes, members == 1 ? one : some);
}

static cocreate_status work_smith(cci_contest *c, cocreate_error *error)
{
    CCI_TRY(cci_majority_smith(&c->run->allocator, c->votes, c->m, NULL, c->in, error));
    CCI_TRY(cci_place_set(c, c->in, error));
    write_set(c, " beats every other option.\n",
              "All options are in the set: no smaller group beats everyone outside.\n",
              " each beat every option outside the set, and no smaller group does.\n");
    return COCREATE_OK;
}

static cocreate_status work_schwartz(cci_contest *c, cocreate_error *error)
{
    CCI_TRY(cci_majority_schwartz(&c->run->allocator, c->votes, c->m, NULL, c->in, error));
    CCI_TRY(cci_place_set(c, c->in, error));
    write_set(c, " is beaten by nobody, and of every other group some option is beaten from outside.\n",
              "All options are in the set: whoever is beaten beats back, if only by a chain of wins.\n",
              " are in the set: whoever beats one of them is beaten back by it, if only by a chain of "
              "wins.\n");
    return COCREATE_OK;
}

static cocreate_status run_smith(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_smith, error);
}

static cocreate_status run_schwartz(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_schwartz, error);
}

const cci_method cci_method_smith = {
    .name = "smith",
    .title = "Smith set: the smallest group in which each beats everyone outside",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Smith, Aggregation of preferences with variable electorate (1973); Schwartz, The "
              "Logic of Collective Choice (1986): GETCHA; Brandt et al., Handbook of Computational "
              "Social Choice (2016), 3.3 (top cycle)",
    .run = run_smith,
};

const cci_method cci_method_schwartz = {
    .name = "schwartz",
    .title = "Schwartz set: all smallest groups of which nobody is beaten from outside",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Schwartz, The Logic of Collective Choice (1986): GOCHA; Brandt, Fischer & "
              "Harrenstein, The computational complexity of choice sets (2009)",
    .run = run_schwartz,
};
