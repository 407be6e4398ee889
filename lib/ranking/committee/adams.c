/* Adams: as many voters as can be with an approved member, then the most points where the second is
 * worth 1, the third 1/2, and so on. */
#include "ranking/committee/thiele.h"

/* The first member outweighs all others of all voters. */
static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    const cci_electorate *e = state;
    if (i > 1)
        return cci_rational_set_i64(out, 1, (int64_t)i - 1, error);
    cci_rational voters = {0};
    cocreate_status status = cci_rational_init(&voters, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&voters, e->info.weight, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(out, (int64_t)e->longest, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(out, &voters, out, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&voters, 1, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(out, &voters, out, error);
    cci_rational_clear(&voters);
    return status;
}

static cocreate_status run_adams(cci_run *run, cocreate_error *error)
{
    return cci_thiele_run_lexical(run, CCI_TELL_COVER, points, run->electorate, error);
}

const cci_method cci_method_adams = {
    .name = "adams",
    .title = "Adams: most voters with a member, then proportional approval among the rest",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 10^10 steps",
    .source = "abcvoting 2.14 (adams): coverage first, then 1, 1/2, .. for the second, third, .. "
              "member, after Adams' method of apportionment",
    .run = run_adams,
};
