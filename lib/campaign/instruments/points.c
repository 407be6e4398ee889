/* Points that a ballot shares out among options. */
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "cocreate/profile.h"

#define POINTS_MAX 1000000

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    return cci_json_i64(json, "points", 1, POINTS_MAX, &spec->points, path, error);
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    (void)spec;
    (void)round;
    if (value >= 0)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT, "the points %lld for '%s' are negative",
                    (long long)value, option);
}

static cocreate_status check_ballot(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    int64_t sum;
    CCI_TRY(cci_ballot_sum(ballot, "points", &sum, error));
    if (sum <= spec->points)
        return COCREATE_OK;
    return cci_refuse_round(error, r->index, "points", "the ballot gives %lld points, the most is %lld",
                            (long long)sum, (long long)spec->points);
}

static const char *const members[] = {"points", NULL};

const cci_instrument_type cci_instrument_points = {
    .name = "points",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_POINTS},
    .members = members,
    .read = read,
    .check_value = check_value,
    .check_ballot = check_ballot,
    .both = CCI_BOTH_SUM,
    .needs_values = 1,
};
