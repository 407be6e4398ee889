#include "campaign/check/check.h"

const cci_invariant cci_invariants[] = {
    {"log", "the log is gapless, in time, hashed, and its replay gives the state", NULL},
    {"counts", "created = live + every way to end, as the list of contributions says",
     cci_check_counts},
    {"shares", "the shares of the authors of a contribution sum to 1", cci_check_shares},
    {"balances", "the balances of a currency sum to 0", cci_check_balances},
    {"floors", "nothing is owed that is not there", cci_check_floors},
    {"missing", "a missing value never stands above a present one", cci_check_missing},
    {"places", "places lie within the list, and who is selected has one", cci_check_places},
    {"selected", "who is selected is so by a certified round", cci_check_selected},
    {NULL, NULL, NULL},
};
