/* A choice: every ballot names one option, as in a poll. */
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "cocreate/profile.h"

static cocreate_status check_ballot(const cci_round_spec *spec, const struct cci_round_cache *r,
                                    const cci_ballot_in *ballot, cocreate_error *error)
{
    (void)spec;
    if (ballot->n == 1)
        return COCREATE_OK;
    return cci_refuse_round(error, r->index, "instrument", "a choice is one option, the ballot names %zu",
                            ballot->n);
}

const cci_instrument_type cci_instrument_choice = {
    .name = "choice",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_APPROVAL},
    .method = "approval",
    .one = "a choice of",
    .check_ballot = check_ballot,
};
