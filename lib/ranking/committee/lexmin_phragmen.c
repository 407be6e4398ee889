/* Phragmen's leximax rule: the largest load is as small as can be, then the second largest, and so
 * on. */
#include "ranking/committee/balance.h"

static cocreate_status run_lexmin_phragmen(cci_run *run, cocreate_error *error)
{
    return cci_balance_run(run, 1, error);
}

const cci_method cci_method_lexmin_phragmen = {
    .name = "lexmin_phragmen",
    .title = "Leximax Phragmen: the smallest largest load of a voter, then the next",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 20 seats and 10^10 steps",
    .source = "Brill, Freeman, Janson & Lackner, Phragmen's voting methods and justified "
              "representation, Mathematical Programming 203 (2024), leximax-Phragmen",
    .run = run_lexmin_phragmen,
};
