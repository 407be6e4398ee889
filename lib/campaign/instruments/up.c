/* Up-votes: each voter once for each option liked, whenever. What LEGO Ideas calls support is an
 * up-vote that stays ("recast": false). */
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

const cci_instrument_type cci_instrument_up = {
    .name = "up",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_APPROVAL},
    .method = "approval",
    .unit = CCI_UNIT_OPTION,
    .one = "an up-vote for",
};
