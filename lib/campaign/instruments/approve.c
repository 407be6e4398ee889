/* Approvals: a ballot names the options it approves. */
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

const cci_instrument_type cci_instrument_approve = {
    .name = "approve",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_APPROVAL},
    .each = 1,
    .one = "an approval of",
};
