/* Phragmen's minimax rule: the largest load of a voter is as small as can be. */
#include "ranking/committee/balance.h"

static cocreate_status run_minimax_phragmen(cci_run *run, cocreate_error *error)
{
    return cci_balance_run(run, 0, error);
}

const cci_method cci_method_minimax_phragmen = {
    .name = "minimax_phragmen",
    .title = "Minimax Phragmen: the smallest largest load of a voter",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "exponential, at most 20 seats and 10^10 steps",
    .source = "Brill, Freeman, Janson & Lackner, Phragmen's voting methods and justified "
              "representation, Mathematical Programming 203 (2024), max-Phragmen without the order "
              "of the smaller loads",
    .run = run_minimax_phragmen,
};
