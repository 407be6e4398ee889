/* The Gregory methods in exact fractions: what a surplus passes on.
 *
 * J. B. Gregory (1880) let the last parcel pass on, which elected the candidate; later rules let
 * all papers pass on, each worth the same (inclusive) or in proportion to its value (weighted).
 * Farrell & McAllister, The 1983 change in surplus vote transfer procedures for the Australian
 * Senate (2003), compare them. */
#include "ranking/stv/plain.h"

enum { QUOTA, DECIMALS, VARIANT };

static const char *const variants[] = {"weighted", "inclusive", "last_parcel", NULL};

static const cci_option_spec options[] = {
    {"quota", CCI_OPTION_CHOICE, cci_quota_names, 0, 0, 0,
     "votes that elect: droop floor(V/(seats+1))+1, droop_exact more than V/(seats+1), "
     "hare V/seats, hagenbach_bischoff V/(seats+1)"},
    CCI_DECIMALS_OPTION(CCI_EXACT),
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "what a surplus passes on: all papers in proportion to their value (weighted), all papers at "
     "one value (inclusive), or the transferable papers that came last (last_parcel)"},
};

static cocreate_status pass_weighted(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    return cci_count_pass_surplus(c, candidate, CCI_SHRINK_ONCE, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static cocreate_status (*const passes[])(cci_count *, uint32_t, cocreate_error *) = {
        pass_weighted, cci_count_pass_inclusive, cci_count_pass_last};
    const cci_option_value *o = c->run->options;
    const cci_plain gregory = {(cci_quota_kind)o[QUOTA].integer, CCI_LOOK_NOWHERE, 0,
                               passes[o[VARIANT].integer]};
    return cci_plain_count(c, &gregory, error);
}

static cocreate_status run_gregory(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, cci_plain_decimals(&run->options[DECIMALS]), rule, error);
}

const cci_method cci_method_stv_gregory = {
    .name = "stv_gregory",
    .title = "Single transferable vote, Gregory methods in exact fractions",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Farrell & McAllister, The 1983 change in surplus vote transfer procedures for the "
              "Australian Senate and its consequences for the single transferable vote (2003)",
    .run = run_gregory,
};
