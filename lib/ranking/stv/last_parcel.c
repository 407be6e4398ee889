/* The last parcel: a surplus passes on by the transferable papers that came last, exactly, at the
 * exact quota. Tideman, The single transferable vote (1995), tells of rules of this kind. */
#include "ranking/stv/plain.h"

enum { QUOTA, DECIMALS };

static const char *const quotas[] = {"hagenbach_bischoff", "droop", "droop_exact", "hare", NULL};

static const cci_option_spec options[] = {
    {"quota", CCI_OPTION_CHOICE, quotas, 0, 0, 0,
     "votes that elect: hagenbach_bischoff V/(seats+1), droop floor(V/(seats+1))+1, "
     "droop_exact more than V/(seats+1), hare V/seats"},
    CCI_DECIMALS_OPTION(CCI_EXACT),
};

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static const cci_quota_kind kinds[] = {CCI_QUOTA_HAGENBACH, CCI_QUOTA_DROOP,
                                           CCI_QUOTA_DROOP_EXACT, CCI_QUOTA_HARE};
    const cci_plain last_parcel = {kinds[c->run->options[QUOTA].integer], CCI_LOOK_NOWHERE, 0,
                                   cci_count_pass_last};
    return cci_plain_count(c, &last_parcel, error);
}

static cocreate_status run_last_parcel(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, cci_plain_decimals(&run->options[DECIMALS]), rule, error);
}

const cci_method cci_method_stv_last_parcel = {
    .name = "stv_last_parcel",
    .title = "Single transferable vote, surpluses by the last parcel",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Tideman, The single transferable vote, Journal of Economic Perspectives 9 (1995)",
    .run = run_last_parcel,
};
