/* Quadratic votes: v votes for an option, for or against, cost v * v of the voter's credits. */
#include "base/checked.h"
#include "base/text.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "cocreate/profile.h"

#define CREDITS_MAX INT64_C(1000000000000)

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    return cci_json_i64(json, "credits", 1, CREDITS_MAX, &spec->points, path, error);
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    int64_t cost;
    if (cci_mul_i64(value, value, &cost) && cost <= spec->points)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "credits",
                            "%lld votes for '%s' cost their square, and a ballot has %lld credit%s",
                            (long long)value, option, (long long)spec->points, cci_plural(spec->points));
}

/* Each square is at most 10^12 and a ballot names at most 10^6 options: the sum fits. */
static cocreate_status check_ballot(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    int64_t spent = 0;
    for (size_t i = 0; i < ballot->n; i++)
        spent += ballot->values[i] * ballot->values[i];
    if (spent <= spec->points)
        return COCREATE_OK;
    return cci_refuse_round(error, r->index, "credits", "the ballot spends %lld credits, the most is %lld",
                            (long long)spent, (long long)spec->points);
}

static const char *const members[] = {"credits", NULL};

const cci_instrument_type cci_instrument_quadratic = {
    .name = "quadratic",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_SCORE},
    .method = "quadratic",
    .members = members,
    .read = read,
    .check_value = check_value,
    .check_ballot = check_ballot,
    .needs_values = 1,
};
