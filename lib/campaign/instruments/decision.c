/* Decisions, one a candidate, with a verdict and a reason: see rounds/decisions.c. */
#include "campaign/instruments/instrument.h"

const cci_instrument_type cci_instrument_decision = {
    .name = "decision",
    .leads = CCI_LEADS_DECIDERS,
};
