/* Geometric rules: each further approved member is worth a fixed part of the one before. */
#include "ranking/committee/thiele.h"

enum { ALGORITHM, BASE };

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, cci_thiele_algorithms, 0, 0, 0, cci_thiele_algorithm_about},
    {"base", CCI_OPTION_NUMBERS, NULL, 1, 1, 0,
     "a number p of at least 1 (2 if not given): a voter's i-th approved member counts 1/p^(i-1)"},
};

/* 1/p^(i-1): the numerator and the denominator of p change places. */
static cocreate_status points(const void *state, size_t i, cci_rational *out,
                              cocreate_error *error)
{
    const cci_rational *base = state;
    mp_int num = {0}, den = {0};
    mp_err result = mp_init(&num);
    if (result == MP_OKAY)
        result = mp_init(&den);
    if (result == MP_OKAY && i - 1 > 1000000)
        result = MP_VAL;
    if (result == MP_OKAY)
        result = mp_expt_u32(&base->den, (uint32_t)(i - 1), &num);
    if (result == MP_OKAY)
        result = mp_expt_u32(&base->num, (uint32_t)(i - 1), &den);
    cocreate_status status = cci_big_status(result, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_big(out, &num, &den, error);
    mp_clear(&num);
    mp_clear(&den);
    return status;
}

static cocreate_status count(cci_run *run, cci_rational *base, cocreate_error *error)
{
    const cci_option_value *given = &run->options[BASE];
    cci_rational one = {0};
    int order = 0;
    CCI_TRY(cci_rational_init(base, error));
    CCI_TRY(cci_rational_set_i64(base, 2, 1, error));
    if (given->count > 0)
        CCI_TRY(cci_rational_copy(base, &given->numbers[0], error));
    cocreate_status status = cci_rational_init(&one, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&one, 1, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(base, &one, &order, error);
    cci_rational_clear(&one);
    CCI_TRY(status);
    if (order < 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.base: expected a number of at least 1");
    return cci_thiele_run(run, (cci_algorithm)run->options[ALGORITHM].integer, points, base, error);
}

static cocreate_status run_geometric(cci_run *run, cocreate_error *error)
{
    cci_rational base = {0};
    cocreate_status status = count(run, &base, error);
    cci_rational_clear(&base);
    return status;
}

const cci_method cci_method_geometric = {
    .name = "geometric",
    .title = "Geometric rule: a voter's i-th member counts 1/p^(i-1)",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "seq and revseq: O(approvals * longest ballot + rounds * options); exact: "
                  "exponential, at most 10^10 steps",
    .source = "Skowron, Faliszewski & Lang, Finding a collective set of items, Artificial "
              "Intelligence 241 (2016); Lackner & Skowron, Multi-Winner Voting with Approval "
              "Preferences (2023), 2.2",
    .run = run_geometric,
};
