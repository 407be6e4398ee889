/* Methods that join majorities with first places. */
#include <string.h>

#include "base/checked.h"
#include "ranking/condorcet/criteria.h"
#include "ranking/majority.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

static cocreate_status by_votes(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_value *votes = context;
    return cci_value_compare(&votes[b], &votes[a], out, error);
}

/* -- Condorcet or plurality, and Daunou -------------------------------------------------------- */

/* First places among those marked decide between them; the others share the last places. */
static cocreate_status elect(cci_contest *c, cci_value *votes, cocreate_error *error)
{
    cci_run *run = c->run;
    cci_rational r;
    CCI_TRY(cci_first_places(c, c->in, votes, error));
    CCI_TRY(cci_place_ranked(c, c->in, by_votes, votes, error));
    CCI_TRY(cci_rational_init(&r, error));
    cocreate_status status = COCREATE_OK;
    for (size_t a = 0; a < c->m && status == COCREATE_OK; a++) {
        if (!c->in[a])
            continue;
        status = cci_value_get(&votes[a], &r, error);
        if (status == COCREATE_OK)
            status = cci_value_set_rational(&run->allocator, &run->standings[a].score, &r, error);
    }
    cci_rational_clear(&r);
    return status;
}

/* Condorcet losers leave, one after the other. Writes "eliminated". */
static void drop_losers(cci_contest *c)
{
    cci_buffer *out = &c->run->trace, *notes = &c->run->notes;
    const char *comma = "";
    size_t left = c->m, loser;
    cci_buffer_text(out, ",\"eliminated\":[");
    while (left > 1 && (loser = cci_majority_loser(c->votes, c->m, c->in)) != SIZE_MAX) {
        c->in[loser] = 0;
        left--;
        cci_buffer_text(out, comma);
        comma = ",";
        cci_write_id(c->run, out, (uint32_t)loser);
        cci_buffer_text(notes, cci_name(c->run, (uint32_t)loser));
        cci_buffer_text(notes, " is beaten by everyone who is left, and leaves.\n");
    }
    cci_buffer_byte(out, ']');
}

static cocreate_status decide(cci_contest *c, int drops, cci_value *votes, cocreate_error *error)
{
    size_t winner = cci_majority_winner(c->votes, c->m, NULL);
    cci_buffer *notes = &c->run->notes;
    cci_write_blank(c);
    memset(c->in, winner == SIZE_MAX, c->m);
    if (winner != SIZE_MAX) {
        c->in[winner] = 1;
        cci_buffer_text(notes, cci_name(c->run, (uint32_t)winner));
        cci_buffer_text(notes, " beats every other option.\n");
        CCI_TRY(cci_place_set(c, c->in, error));
    } else {
        cci_buffer_text(notes, "Nobody beats every other option.\n");
        if (drops)
            drop_losers(c);
        CCI_TRY(elect(c, votes, error));
        cci_buffer_text(notes, "First places decide.\n");
    }
    cci_write_pairwise(c, "", "");
    if (winner == SIZE_MAX) {
        cci_buffer_text(&c->run->trace, ",\"votes\":");
        CCI_TRY(cci_write_values(c->run, &c->run->trace, votes, c->in, error));
    }
    cci_write_one(c, "winner", winner);
    return COCREATE_OK;
}

static cocreate_status with_votes(cci_contest *c, int drops, cocreate_error *error)
{
    cci_value *votes = cci_contest_alloc(c, c->m, sizeof *votes);
    if (votes == NULL)
        return cci_no_memory(error);
    cocreate_status status = decide(c, drops, votes, error);
    for (size_t a = 0; a < c->m; a++)
        cci_value_clear(&c->run->allocator, &votes[a]);
    return status;
}

static cocreate_status work_plurality(cci_contest *c, cocreate_error *error)
{
    return with_votes(c, 0, error);
}

static cocreate_status work_daunou(cci_contest *c, cocreate_error *error)
{
    return with_votes(c, 1, error);
}

/* -- Superior voting -------------------------------------------------------------------------- */

static cocreate_status add(int64_t *sum, int64_t term, cocreate_error *error)
{
    if (cci_add_i64(*sum, term, sum))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_OVERFLOW, "a sum of first places does not fit in 64 bits");
}

/* First places that k options share, in units of 1 / k of a ballot. */
static cocreate_status count_firsts(const cci_electorate *e, cci_shares *firsts,
                                    cocreate_error *error)
{
    for (size_t b = 0; b < e->ballots; b++) {
        size_t end = e->start[b + 1], stop = cci_rank_end(e, e->start[b], end);
        int64_t *row = cci_shares_row(firsts, stop - e->start[b]);
        if (row == NULL)
            return cci_no_memory(error);
        for (size_t i = e->start[b]; i < stop; i++)
            row[e->options[i]] += e->weights[b];
    }
    return COCREATE_OK;
}

/* Everyone has their own first places and those of all they beat. */
static cocreate_status give(cci_contest *c, cci_shares *firsts, cci_shares *points,
                            cocreate_error *error)
{
    CCI_TRY(count_firsts(c->run->electorate, firsts, error));
    for (size_t k = 1; k <= firsts->widest; k++) {
        const int64_t *from = firsts->rows[k];
        int64_t *to = from != NULL ? cci_shares_row(points, k) : NULL;
        if (from == NULL)
            continue;
        if (to == NULL)
            return cci_no_memory(error);
        for (size_t a = 0; a < c->m; a++)
            for (size_t b = 0; b < c->m; b++)
                if (a == b || cci_beats(c, a, b))
                    CCI_TRY(add(&to[a], from[b], error));
        CCI_TRY(cci_run_progress(c->run, k, firsts->widest, error));
    }
    return COCREATE_OK;
}

static cocreate_status score(cci_contest *c, const cci_shares *points, cci_rational *sum,
                             cci_rational *term, cocreate_error *error)
{
    cci_run *run = c->run;
    for (uint32_t a = 0; a < c->m; a++)
        CCI_TRY(cci_shares_value(points, a, sum, term, &run->standings[a].score, error));
    for (uint32_t a = 0; a < c->m && cci_is_traced(c); a++) {
        cci_buffer_text(&run->notes, cci_name(run, a));
        cci_buffer_text(&run->notes, " has ");
        CCI_TRY(cci_value_say(&run->standings[a].score, &run->notes, error));
        cci_buffer_text(&run->notes, " with the first places of those it beats.\n");
    }
    return COCREATE_OK;
}

static cocreate_status by_score(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_standing *s = context;
    return cci_value_compare(&s[b].score, &s[a].score, out, error);
}

static cocreate_status count_superior(cci_contest *c, cci_shares *firsts, cci_shares *points,
                                      cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t widest = c->run->electorate->widest;
    cci_rational sum, term;
    CCI_TRY(cci_shares_init(firsts, a, c->m, widest, error));
    CCI_TRY(cci_shares_init(points, a, c->m, widest, error));
    CCI_TRY(give(c, firsts, points, error));
    CCI_TRY(cci_rational_init(&sum, error));
    cocreate_status status = cci_rational_init(&term, error);
    if (status == COCREATE_OK) {
        status = score(c, points, &sum, &term, error);
        cci_rational_clear(&term);
    }
    cci_rational_clear(&sum);
    CCI_TRY(status);
    CCI_TRY(cci_place_ranked(c, NULL, by_score, c->run->standings, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    return COCREATE_OK;
}

static cocreate_status work_superior(cci_contest *c, cocreate_error *error)
{
    cci_shares firsts = {.rows = NULL}, points = {.rows = NULL};
    cocreate_status status = count_superior(c, &firsts, &points, error);
    cci_shares_free(&firsts);
    cci_shares_free(&points);
    return status;
}

/* -- The methods ------------------------------------------------------------------------------ */

static cocreate_status run_plurality(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_plurality, error);
}

static cocreate_status run_daunou(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_daunou, error);
}

static cocreate_status run_superior(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_superior, error);
}

#define MATRIX "O(ballots * options^2), at most 8,192 options"

const cci_method cci_method_condorcet_plurality = {
    .name = "condorcet_plurality",
    .title = "The Condorcet winner, or else the most first places",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .complexity = MATRIX,
    .source = "Condorcet Plurality, as pref_voting (Holliday & Pacuit) defines it",
    .run = run_plurality,
};

const cci_method cci_method_daunou = {
    .name = "daunou",
    .title = "Daunou: the Condorcet winner, or else first places once Condorcet losers left",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .complexity = MATRIX,
    .source = "Daunou (1803), after Barberà, Bossert & Suzumura, Daunou's voting rule and the "
              "lexicographic assignment of priorities, Social Choice and Welfare 56 (2021)",
    .run = run_daunou,
};

const cci_method cci_method_superior_voting = {
    .name = "superior_voting",
    .title = "Superior voting: first places, one's own and of all one beats",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = MATRIX,
    .source = "Holliday, Superior Voting, as pref_voting defines it",
    .run = run_superior,
};
