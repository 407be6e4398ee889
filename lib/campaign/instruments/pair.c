/* Duels: a ballot compares two options, 1 for the better and 0 for the other. The default score of an
 * option is the share of its duels that it won, one won and one lost added to them (Laplace's rule
 * of succession), so that few duels say little. Methods of rankings get duels as rankings of two. */
#include <string.h>

#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "cocreate/profile.h"

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    (void)brief;
    (void)spec;
    (void)path;
    json_t *options = cci_json_new();
    int made = cci_json_put(options, "prior_count", json_integer(2)) &&
               cci_json_put(options, "prior_mean", json_string("1/2"));
    return cci_instrument_options(json, options, made, error);
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    (void)spec;
    (void)round;
    if (value == 0 || value == 1)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_ARGUMENT,
                    "'%s' is 1 (the better) or 0 in a duel, not %lld", option, (long long)value);
}

static cocreate_status check_ballot(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    (void)spec;
    if (ballot->n != 2 || strcmp(ballot->options[0], ballot->options[1]) == 0)
        return cci_refuse_round(error, r->index, "instrument",
                                "a duel is between two options, the ballot names %zu", ballot->n);
    if (ballot->values[0] == ballot->values[1])
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "one option of a duel is 1, the better, and the other 0");
    return COCREATE_OK;
}

static int64_t evidence(const cci_round_spec *spec, int64_t value)
{
    return spec->kind == COCREATE_BALLOT_RANKING ? 2 - value : value;
}

static const char *const members[] = {"adaptive", NULL};

const cci_instrument_type cci_instrument_pair = {
    .name = "pair",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_SCORE, COCREATE_BALLOT_RANKING},
    .method = "score",
    .unit = CCI_UNIT_PAIR,
    .members = members,
    .read = read,
    .check_value = check_value,
    .check_ballot = check_ballot,
    .evidence = evidence,
    .needs_values = 1,
};
