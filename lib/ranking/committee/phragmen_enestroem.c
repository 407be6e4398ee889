/* Phragmen's first method, later Enestroem's: the members cost the same, and voters pay with their
 * vote. */
#include "ranking/committee/credits.h"

/* All votes together pay for the committee. */
static void price(const cci_approvals *voters, size_t seats, size_t round, int64_t *num,
                  int64_t *den)
{
    (void)round;
    *num = voters->total;
    *den = (int64_t)seats;
}

static cocreate_status run_phragmen_enestroem(cci_run *run, cocreate_error *error)
{
    return cci_credits_run(run, price, error);
}

const cci_method cci_method_phragmen_enestroem = {
    .name = "phragmen_enestroem",
    .title = "Phragmen-Enestroem: the most votes win and pay a quota of them",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(seats * approvals)",
    .source = "Janson, Phragmen's and Thiele's election methods, arXiv:1611.08826 (2018), 18.5, with "
              "the Hare quota",
    .run = run_phragmen_enestroem,
};
