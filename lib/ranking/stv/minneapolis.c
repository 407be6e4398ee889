/* Minneapolis.
 *
 * Code of Ordinances, title 8.5, chapter 167 (2009): the threshold is a whole number; who cannot
 * win whatever becomes of the surpluses leaves first, all together (167.70(1)(c)); then who has the
 * largest surplus is declared elected and it passes on, its fraction of the votes cut to four
 * decimals, and the value of a paper times that fraction cut again (167.20). Others who have the
 * threshold stay continuing candidates until then, and still receive votes. Ties go by lot, which
 * is the tie chain here. Who could still tie with the next is not among the sure losers, although
 * the definition in 167.20 would have it: a tie is not impossible to win. */
#include "ranking/stv/plain.h"

static cocreate_status pass_surplus(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    return cci_count_pass_surplus(c, candidate, CCI_SHRINK_FRACTION, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static const cci_plain minneapolis = {CCI_QUOTA_DROOP, CCI_LOOK_NOWHERE, 1, pass_surplus};
    c->late = 1;
    return cci_plain_count(c, &minneapolis, error);
}

static cocreate_status run_minneapolis(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, 4, rule, error);
}

const cci_method cci_method_stv_minneapolis = {
    .name = "stv_minneapolis",
    .title = "Single transferable vote as in Minneapolis",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Minneapolis Code of Ordinances, title 8.5, chapter 167 (2009)",
    .run = run_minneapolis,
};
