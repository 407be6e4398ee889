/* Meek's method.
 *
 * B. L. Meek (1969); Hill, Wichmann & Woodall, Algorithm 123 (1987). `reference` is the rule of the
 * Proportional Representation Foundation: nine decimals, kept parts rounded up, until the surplus
 * is below 10^-6. `new_zealand` is schedule 1A of the Local Electoral Regulations 2001: until it is
 * below 0.0001, ties by the earliest difference; its pseudo-random order is the tie chain here.
 * `openstv` is how OpenSTV 1.7 counts: six decimals, rounded down, sure losers leave at once. */
#include "ranking/stv/iterate.h"

enum { VARIANT, DECIMALS, OMEGA, BATCH };
enum { REFERENCE, NEW_ZEALAND, OPENSTV };
enum { BATCH_NONE, BATCH_SURE_LOSERS };

static const char *const variants[] = {"reference", "new_zealand", "openstv", NULL};
static const char *const batches[] = {"none", "sure_losers", NULL};

#define OF_VARIANT 0 /* below the least that can be asked for */

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "reference: the rule of the PR Foundation; new_zealand: schedule 1A; openstv: OpenSTV 1.7"},
    {"decimals", CCI_OPTION_INTEGER, NULL, 1, CCI_KEEP_DECIMALS_MAX, OF_VARIANT,
     "of keep factors, weights and quota; default 9, openstv 6"},
    {"omega", CCI_OPTION_INTEGER, NULL, 1, CCI_KEEP_DECIMALS_MAX, OF_VARIANT,
     "the iteration ends when the surplus is below 10^-omega; default 6, new_zealand 4"},
    {"batch", CCI_OPTION_CHOICE, batches, 0, 0, 0,
     "sure_losers: options whom all others' votes and the surplus could not save leave together"},
};

static cocreate_status run_meek(cci_run *run, cocreate_error *error)
{
    static const int decimals[] = {9, 9, 6}, omegas[] = {6, 4, 6};
    static const cci_look_back looks[] = {CCI_LOOK_NOWHERE, CCI_LOOK_EARLIEST, CCI_LOOK_LATEST};
    const cci_option_value *o = run->options;
    int64_t variant = o[VARIANT].integer;
    cci_iteration rule = {
        .decimals = o[DECIMALS].integer > 0 ? (int)o[DECIMALS].integer : decimals[variant],
        .keep = variant == OPENSTV ? CCI_KEEP_DOWN : CCI_KEEP_UP,
        .update_once = variant == OPENSTV,
        .tie_by_surplus = variant == REFERENCE,
        .batch = variant == OPENSTV || o[BATCH].integer == BATCH_SURE_LOSERS,
        .look = looks[variant],
    };
    int omega = o[OMEGA].integer > 0 ? (int)o[OMEGA].integer : omegas[variant];
    if (omega > rule.decimals)
        omega = rule.decimals;
    rule.omega = cci_power_of_ten(rule.decimals - omega);
    return cci_iterate(run, &rule, error);
}

const cci_method cci_method_stv_meek = {
    .name = "stv_meek",
    .title = "Single transferable vote by Meek's method",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + iterations * groups of ballots that rank the same elected "
                  "before the same hopeful)",
    .source = "Hill, Wichmann & Woodall, Algorithm 123, Single Transferable Vote by Meek's method "
              "(1987); Proportional Representation Foundation, Reference Meek rule; Local "
              "Electoral Regulations 2001 (New Zealand), schedule 1A",
    .run = run_meek,
};
