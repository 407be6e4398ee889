/* What Thiele's methods share. */
#include "ranking/committee/thiele.h"

const char *const cci_thiele_algorithms[] = {"seq", "revseq", "exact", NULL};

const char cci_thiele_algorithm_about[] =
    "seq: round by round the option joins that adds most; revseq: from all options the one leaves "
    "that adds least; exact: the committee with the most points, by branch and bound";

static cocreate_status open(cci_thiele *t, cci_algorithm algorithm, cci_points points,
                            const void *state, cocreate_error *error)
{
    cci_run *run = t->run;
    CCI_TRY(cci_approvals_open(run->electorate, &run->allocator, &t->voters, error));
    size_t levels = t->voters.longest;
    if (algorithm != CCI_REVSEQ && levels > t->seats)
        levels = t->seats;
    return cci_worth_init(&t->worth, run, &t->voters, levels, points, state, error);
}

static cocreate_status count(cci_thiele *t, cci_algorithm algorithm, cci_points points,
                             const void *state, cocreate_error *error)
{
    cocreate_status status = open(t, algorithm, points, state, error);
    if (status == COCREATE_OK)
        status = algorithm == CCI_SEQ      ? cci_thiele_forward(t, error)
                 : algorithm == CCI_REVSEQ ? cci_thiele_backward(t, error)
                                           : cci_thiele_optimum(t, error);
    cci_approvals_close(&t->voters);
    cci_worth_free(&t->worth);
    return status;
}

cocreate_status cci_thiele_run(cci_run *run, cci_algorithm algorithm, cci_points points,
                               const void *state, cocreate_error *error)
{
    cci_thiele t = {.run = run, .seats = (size_t)run->seats};
    return count(&t, algorithm, points, state, error);
}

cocreate_status cci_thiele_run_lexical(cci_run *run, cci_told told, cci_points points,
                                       const void *state, cocreate_error *error)
{
    cci_thiele t = {.run = run, .told = told, .seats = (size_t)run->seats};
    return count(&t, CCI_EXACT, points, state, error);
}
