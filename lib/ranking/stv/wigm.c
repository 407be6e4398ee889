/* The weighted inclusive Gregory method.
 *
 * The reference rule of the Proportional Representation Foundation (WIGM): products and quotients
 * are cut to four decimals each, and ties go straight to a prepared order, the tie chain here. That
 * rule has the quota droop_exact and leaves out, or not, the batch of sure losers (B.2). */
#include "ranking/stv/plain.h"

enum { QUOTA, DECIMALS, BATCH };
enum { BATCH_NONE, BATCH_SURE_LOSERS };

static const char *const batches[] = {"none", "sure_losers", NULL};

static const cci_option_spec options[] = {
    {"quota", CCI_OPTION_CHOICE, cci_quota_names, 0, 0, 0,
     "votes that elect: droop floor(V/(seats+1))+1, droop_exact more than V/(seats+1), "
     "hare V/seats, hagenbach_bischoff V/(seats+1)"},
    CCI_DECIMALS_OPTION(4),
    {"batch", CCI_OPTION_CHOICE, batches, 0, 0, 0,
     "sure_losers: options whom all others' votes and surpluses could not save leave together"},
};

static cocreate_status pass_surplus(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    return cci_count_pass_surplus(c, candidate, CCI_SHRINK_TWICE, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    const cci_option_value *o = c->run->options;
    const cci_plain wigm = {(cci_quota_kind)o[QUOTA].integer, CCI_LOOK_NOWHERE,
                            o[BATCH].integer == BATCH_SURE_LOSERS, pass_surplus};
    return cci_plain_count(c, &wigm, error);
}

static cocreate_status run_wigm(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, cci_plain_decimals(&run->options[DECIMALS]), rule, error);
}

const cci_method cci_method_stv_wigm = {
    .name = "stv_wigm",
    .title = "Single transferable vote, weighted inclusive Gregory method",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Proportional Representation Foundation, Reference WIGM rule (2011)",
    .run = run_wigm,
};
