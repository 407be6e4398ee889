/* Maximal lotteries, and the sets of options that they draw. */
#include "ranking/condorcet/contest.h"
#include "ranking/majority.h"
#include "ranking/optimal/game.h"
#include "ranking/optimal/lottery.h"
#include "ranking/write.h"

enum { UNRANKED, VARIANT };
enum { MARGINS, C1 };

static const char *const variants[] = {"margins", "c1", NULL};

static const cci_option_spec options[] = {
    CCI_OPTION_UNRANKED,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "what a majority counts in the game: by how many votes it wins, or one"},
};

/* -- The game --------------------------------------------------------------------------------- */

/* The lotteries draw only from the Smith set: against anyone outside, its members only win. */
static cocreate_status play(cci_contest *c, int c1, cci_game *g, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t n = 0;
    CCI_TRY(cci_majority_smith(a, c->votes, c->m, NULL, c->in, error));
    for (uint32_t i = 0; i < c->m; i++)
        if (c->in[i])
            c->list[n++] = i;
    int64_t *payoff = n <= CCI_GAME_MAX ? cci_alloc(a, n * n, sizeof *payoff) : NULL;
    if (n <= CCI_GAME_MAX && payoff == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n && payoff != NULL; i++)
        for (size_t j = 0; j < n; j++) {
            int64_t margin = cci_margin_of(c, c->list[i], c->list[j]);
            payoff[i * n + j] = c1 ? (margin > 0) - (margin < 0) : margin;
        }
    cocreate_status status = cci_game_open(c->run, payoff, n, g, error);
    cci_free(a, payoff);
    return status;
}

/* -- The lottery ------------------------------------------------------------------------------ */

static void write_essential(cci_contest *c, const cci_game *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->essential[i])
            c->list[n++] = c->list[i];
    cci_write_ids(c->run, &c->run->trace, c->list, n);
}

static void write_notes(cci_contest *c, const cci_game *g)
{
    cci_buffer *notes = &c->run->notes;
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += g->essential[i];
    if (n == 1)
        cci_buffer_text(notes, "One option loses to no other, and it is drawn for certain.\n");
    else
        cci_buffer_format(notes,
                          "One of %zu options is drawn: with these probabilities the draw is not "
                          "expected to lose to any option.\n",
                          n);
    if (g->corners > 1)
        cci_buffer_format(notes,
                          "Other probabilities do as well: these are the mean of %zu extreme "
                          "lotteries.\n",
                          g->corners);
}

static cocreate_status draw(cci_contest *c, const cci_game *g, cocreate_error *error)
{
    cci_run *run = c->run;
    for (size_t i = 0; i < c->m; i++)
        cci_value_set(&run->allocator, &run->standings[i].score, 0, 1);
    for (size_t i = 0; i < g->n; i++)
        CCI_TRY(cci_value_set_rational(&run->allocator, &run->standings[c->list[i]].score,
                                       &g->lottery[i], error));
    cci_write_blank(c);
    cci_buffer_byte(&run->trace, ',');
    write_notes(c, g);
    CCI_TRY(cci_lottery_place(run, &run->trace, error));
    cci_buffer_text(&run->trace, "\"essential\":");
    write_essential(c, g);
    cci_buffer_format(&run->trace, ",\"extreme_lotteries\":%zu", g->corners);
    cci_write_pairwise(c, "", "");
    return COCREATE_OK;
}

static cocreate_status work_lottery(cci_contest *c, cocreate_error *error)
{
    cci_game g = {.n = 0};
    CCI_TRY(play(c, c->run->options[VARIANT].integer == C1, &g, error));
    cocreate_status status = draw(c, &g, error);
    cci_game_close(&g, &c->run->allocator);
    return status;
}

/* -- The sets --------------------------------------------------------------------------------- */

static cocreate_status work_set(cci_contest *c, int c1, cocreate_error *error)
{
    cci_game g = {.n = 0};
    CCI_TRY(play(c, c1, &g, error));
    for (size_t i = 0; i < g.n; i++)
        c->in[c->list[i]] = g.essential[i];
    cci_game_close(&g, &c->run->allocator);
    CCI_TRY(cci_place_set(c, c->in, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    cci_buffer_text(&c->run->trace, ",\"set\":");
    cci_write_set(c, &c->run->trace, c->in);
    cci_write_set_names(c, &c->run->notes, c->in);
    cci_buffer_text(&c->run->notes, c1 ? " can be drawn by a lottery that is expected to win as many "
                                         "comparisons as it loses, or more, against any option.\n"
                                       : " can be drawn by a lottery that is not expected to lose "
                                         "votes to any option.\n");
    return COCREATE_OK;
}

static cocreate_status work_bipartisan(cci_contest *c, cocreate_error *error)
{
    return work_set(c, 1, error);
}

static cocreate_status work_essential(cci_contest *c, cocreate_error *error)
{
    return work_set(c, 0, error);
}

/* -- The methods ------------------------------------------------------------------------------ */

static cocreate_status run_lottery(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_lottery, error);
}

static cocreate_status run_bipartisan(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_bipartisan, error);
}

static cocreate_status run_essential(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_essential, error);
}

#define COMPLEXITY \
    "O(ballots * options^2), and a linear program on at most 128 options of the Smith set with " \
    "integers that grow with their number"

const cci_method cci_method_maximal_lotteries = {
    .name = "maximal_lotteries",
    .title = "Maximal lotteries: probabilities that lose to no option",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = 2,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .draws = 1,
    .complexity = COMPLEXITY,
    .source = "Fishburn, Probabilistic social choice based on simple voting comparisons (1984); "
              "Brandl, Brandt & Seedig, Consistent probabilistic social choice (2016); Brandl, "
              "Brandt & Stricker, An analytical and experimental comparison of maximal lottery "
              "schemes (2022)",
    .run = run_lottery,
};

const cci_method cci_method_bipartisan_set = {
    .name = "bipartisan_set",
    .title = "Bipartisan set: all that the lotteries on the majority graph can draw",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = 1,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = COMPLEXITY,
    .source = "Laffond, Laslier & Le Breton, The bipartisan set of a tournament game (1993); Dutta "
              "& Laslier, Comparison functions and choice correspondences (1999)",
    .run = run_bipartisan,
};

const cci_method cci_method_essential_set = {
    .name = "essential_set",
    .title = "Essential set: all that the maximal lotteries can draw",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = 1,
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = COMPLEXITY,
    .source = "Dutta & Laslier, Comparison functions and choice correspondences, Social Choice and "
              "Welfare 16 (1999)",
    .run = run_essential,
};
