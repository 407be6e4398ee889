/* Scottish local elections.
 *
 * The Scottish Local Government Elections Order 2007 (SSI 2007/42), rules 45 to 52: the quota is a
 * whole number (46); who equals or exceeds it is elected (47); the largest surplus passes on first,
 * each paper worth its value times the surplus over the candidate's votes, cut to five decimals
 * (48, 49); else the lowest leaves (50); ties go by the latest stage at which the votes differed,
 * then by lot (49, 51), which is the tie chain here; no transfer once the rest fills the seats
 * (52). */
#include "ranking/stv/plain.h"

static cocreate_status pass_surplus(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    return cci_count_pass_surplus(c, candidate, CCI_SHRINK_ONCE, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static const cci_plain scottish = {CCI_QUOTA_DROOP, CCI_LOOK_LATEST, 0, pass_surplus};
    return cci_plain_count(c, &scottish, error);
}

static cocreate_status run_scottish(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, 5, rule, error);
}

const cci_method cci_method_stv_scottish = {
    .name = "stv_scottish",
    .title = "Single transferable vote as in Scottish local elections",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, "
              "rules 45 to 52",
    .run = run_scottish,
};
