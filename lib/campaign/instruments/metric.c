/* Runs that were measured: see rounds/runs.c. */
#include "campaign/instruments/instrument.h"

const cci_instrument_type cci_instrument_metric = {
    .name = "metric",
    .leads = 1u << CCI_LEAD_METRIC,
};
