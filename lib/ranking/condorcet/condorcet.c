/* Who beats everyone else, whom everyone else beats, and whom nobody beats. */
#include "ranking/condorcet/criteria.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

/* Places come from a set that may be empty; then everyone shares them all, and nobody wins: a tie
 * chain cannot make a Condorcet winner. */
static cocreate_status elect(cci_contest *c, int found, cocreate_error *error)
{
    CCI_TRY(cci_place_set(c, found ? c->in : NULL, error));
    if (found)
        return COCREATE_OK;
    c->run->selected = cci_alloc(&c->run->allocator, c->m, sizeof *c->run->selected);
    return c->run->selected != NULL ? COCREATE_OK : cci_no_memory(error);
}

/* The comparison that was closest for the winner, or for the loser. */
static void write_closest(cci_contest *c, uint32_t a, const char *verdict)
{
    cci_buffer *out = &c->run->notes;
    uint32_t closest = UINT32_MAX;
    int64_t least = INT64_MAX;
    for (uint32_t b = 0; b < c->m; b++) {
        int64_t margin = cci_margin_of(c, a, b);
        if (b != a && (margin < 0 ? -margin : margin) < least) {
            least = margin < 0 ? -margin : margin;
            closest = b;
        }
    }
    cci_buffer_text(out, cci_name(c->run, a));
    cci_buffer_text(out, verdict);
    if (closest != UINT32_MAX) {
        cci_buffer_text(out, " The closest comparison: ");
        cci_write_result(c, out, a, closest);
        cci_buffer_byte(out, '.');
    }
    cci_buffer_byte(out, '\n');
}

static cocreate_status work_condorcet(cci_contest *c, cocreate_error *error)
{
    size_t winner = cci_majority_winner(c->votes, c->m, NULL);
    if (winner != SIZE_MAX)
        c->in[winner] = 1;
    CCI_TRY(elect(c, winner != SIZE_MAX, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_write_one(c, "winner", winner);
    if (winner != SIZE_MAX)
        write_closest(c, (uint32_t)winner, " beats every other option.");
    else
        cci_buffer_text(&c->run->notes, "Nobody beats every other option: there is no winner.\n");
    return COCREATE_OK;
}

static cocreate_status work_loser(cci_contest *c, cocreate_error *error)
{
    size_t loser = cci_majority_loser(c->votes, c->m, NULL);
    for (size_t a = 0; a < c->m; a++)
        c->in[a] = a != loser || c->m == 1;
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_blank(c);
    cci_write_one(c, "loser", loser);
    cci_write_pairwise(c, "", "");
    if (loser != SIZE_MAX)
        write_closest(c, (uint32_t)loser, " is beaten by every other option.");
    else
        cci_buffer_text(&c->run->notes, "Nobody is beaten by every other option.\n");
    return COCREATE_OK;
}

static cocreate_status work_weak(cci_contest *c, cocreate_error *error)
{
    size_t unbeaten = 0;
    for (size_t a = 0; a < c->m; a++) {
        c->in[a] = 1;
        for (size_t b = 0; b < c->m && c->in[a]; b++)
            c->in[a] = !cci_beats(c, b, a);
        unbeaten += c->in[a];
    }
    CCI_TRY(elect(c, unbeaten > 0, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"unbeaten\":");
    cci_write_set(c, &c->run->trace, c->in);
    if (unbeaten == 0)
        cci_buffer_text(&c->run->notes, "Every option is beaten by another one: there is no winner.\n");
    else {
        cci_write_set_names(c, &c->run->notes, c->in);
        cci_buffer_text(&c->run->notes, unbeaten == 1 ? " is" : " are");
        cci_buffer_text(&c->run->notes, " beaten by nobody.\n");
    }
    return COCREATE_OK;
}

static cocreate_status run_condorcet(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_condorcet, error);
}

static cocreate_status run_loser(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_loser, error);
}

static cocreate_status run_weak(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_weak, error);
}

#define SOURCE "Brandt et al., Handbook of Computational Social Choice (2016), chapters 2 and 3"

const cci_method cci_method_condorcet = {
    .name = "condorcet",
    .title = "Condorcet winner: who beats every other option, if there is one",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = SOURCE,
    .run = run_condorcet,
};

const cci_method cci_method_condorcet_loser = {
    .name = "condorcet_loser",
    .title = "Condorcet loser: whom every other option beats, if there is one, stands last",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = SOURCE,
    .run = run_loser,
};

const cci_method cci_method_weak_condorcet = {
    .name = "weak_condorcet",
    .title = "Weak Condorcet winners: whom no other option beats, if there are any",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = SOURCE,
    .run = run_weak,
};
