/* Coverings that look at the votes: by margins, by a share of the voters, and by all of them. */
#include "ranking/condorcet/cover.h"

static const char *const variants[] = {"weak", "strong", NULL};

enum { UNRANKED, OWN };

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};
static const cci_option_spec beta_options[] = {
    CCI_OPTION_UNRANKED,
    {"beta", CCI_OPTION_NUMBERS, NULL, 0, 1, 0,
     "share of the voters, from 1/2 (default) to 1, that has to prefer an option"},
};
static const cci_option_spec pareto_options[] = {
    CCI_OPTION_UNRANKED,
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "a dominates b if everyone prefers a (weak), or if somebody does and nobody prefers b "
     "(strong)"},
};

/* -- By margins ------------------------------------------------------------------------------- */

/* a beats b, and does at least as well as b against everyone. */
static int outweighs(const cci_contest *c, const void *context, size_t a, size_t b)
{
    (void)context;
    if (!cci_beats(c, a, b))
        return 0;
    for (size_t z = 0; z < c->m; z++)
        if (cci_margin_of(c, a, z) < cci_margin_of(c, b, z))
            return 0;
    return 1;
}

static cocreate_status work_weighted(cci_contest *c, cocreate_error *error)
{
    return cci_place_uncovered(c, outweighs, NULL, " covers ", error);
}

/* -- By a share of the voters ----------------------------------------------------------------- */

/* Enough voters prefer a to b, and whoever they prefer to a in such numbers, they do to b. */
static int outvotes(const cci_contest *c, const void *context, size_t a, size_t b)
{
    int64_t enough = *(const int64_t *)context;
    if (enough == 0 || c->votes[a * c->m + b] < enough)
        return 0;
    for (size_t z = 0; z < c->m; z++)
        if (c->votes[z * c->m + a] >= enough && c->votes[z * c->m + b] < enough)
            return 0;
    return 1;
}

/* The least weight that is the share beta of all ballots; 0 where there are none. */
static cocreate_status find_enough(cci_contest *c, cci_rational *share, cci_rational *bound,
                                   int64_t *enough, cocreate_error *error)
{
    const cci_option_value *beta = &c->run->options[OWN];
    int64_t weight = c->run->electorate->info.weight;
    int low = 0, high = 0;
    CCI_TRY(cci_rational_set_i64(share, 1, 2, error));
    if (beta->count > 0) {
        CCI_TRY(cci_rational_compare(&beta->numbers[0], share, &low, error));
        CCI_TRY(cci_rational_set_i64(bound, 1, 1, error));
        CCI_TRY(cci_rational_compare(&beta->numbers[0], bound, &high, error));
        if (low < 0 || high > 0)
            return cci_fail(error, COCREATE_ERR_SCHEMA, "$.beta: expected a number from 1/2 to 1");
        CCI_TRY(cci_rational_copy(share, &beta->numbers[0], error));
    }
    CCI_TRY(cci_rational_set_i64(bound, weight, 1, error));
    CCI_TRY(cci_rational_mul(share, bound, share, error));
    return cci_rational_round(share, 0, CCI_ROUND_CEIL, enough, error);
}

static cocreate_status work_beta(cci_contest *c, cocreate_error *error)
{
    cci_rational share, bound;
    int64_t enough = 0;
    CCI_TRY(cci_rational_init(&share, error));
    cocreate_status status = cci_rational_init(&bound, error);
    if (status == COCREATE_OK) {
        status = find_enough(c, &share, &bound, &enough, error);
        cci_rational_clear(&bound);
    }
    cci_rational_clear(&share);
    CCI_TRY(status);
    return cci_place_uncovered(c, outvotes, &enough, " covers ", error);
}

/* -- By all of them --------------------------------------------------------------------------- */

static int dominates(const cci_contest *c, const void *context, size_t a, size_t b)
{
    int64_t with = c->votes[a * c->m + b], against = c->votes[b * c->m + a];
    (void)context;
    if (c->run->options[OWN].integer == 0)
        return with > 0 && with == c->run->electorate->info.weight;
    return with > 0 && against == 0;
}

static cocreate_status work_pareto(cci_contest *c, cocreate_error *error)
{
    return cci_place_uncovered(c, dominates, NULL, " dominates ", error);
}

/* -- The methods ------------------------------------------------------------------------------ */

static cocreate_status run_weighted(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_weighted, error);
}

static cocreate_status run_beta(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_beta, error);
}

static cocreate_status run_pareto(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_pareto, error);
}

const cci_method cci_method_weighted_covering = {
    .name = "weighted_covering",
    .title = "Weighted covering: nobody beats it and does at least as well against all others",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 8,192 options",
    .source = "Dutta & Laslier, Comparison functions and choice correspondences, Social Choice and "
              "Welfare 16 (1999)",
    .run = run_weighted,
};

const cci_method cci_method_beta_uncovered = {
    .name = "beta_uncovered",
    .title = "Beta-uncovered set: covering by a share of the voters",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = beta_options,
    .option_count = sizeof beta_options / sizeof beta_options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2 + options^3), at most 8,192 options",
    .source = "Munagala & Wang, Improved metric distortion for deterministic social choice rules "
              "(2019), as pref_voting (Holliday & Pacuit) defines it",
    .run = run_beta,
};

const cci_method cci_method_pareto = {
    .name = "pareto",
    .title = "Pareto set: who is dominated by nobody",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = pareto_options,
    .option_count = sizeof pareto_options / sizeof pareto_options[0],
    .exact = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Brandt et al., Handbook of Computational Social Choice (2016), chapter 2",
    .run = run_pareto,
};
