/* Monroe's rule: every member represents as many voters as any other, but for one. */
#include "ranking/committee/credits.h"
#include "ranking/committee/districts.h"

enum { ALGORITHM };
enum { GREEDY, EXACT };

static const char *const algorithms[] = {"greedy", "exact", NULL};

static const cci_option_spec options[] = {
    {"algorithm", CCI_OPTION_CHOICE, algorithms, 0, 0, 0,
     "greedy: round by round the option joins that most of the voters left approve, and a district "
     "of them is represented, of each the same part; exact: the committee that can represent most "
     "voters by whom they approve"},
};

/* The voters of a district; the first ones are larger by one. */
static void district(const cci_approvals *voters, size_t seats, size_t round, int64_t *num,
                     int64_t *den)
{
    int64_t k = (int64_t)seats;
    *num = voters->total / k + ((int64_t)round < voters->total % k);
    *den = 1;
}

static cocreate_status run_monroe(cci_run *run, cocreate_error *error)
{
    return run->options[ALGORITHM].integer == GREEDY ? cci_credits_run(run, district, error)
                                                     : cci_districts_optimum(run, error);
}

const cci_method cci_method_monroe = {
    .name = "monroe",
    .title = "Monroe: districts of voters, the same size for each member",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "greedy: O(seats * approvals); exact: exponential, at most 20 seats and 10^10 "
                  "steps",
    .source = "Monroe, Fully proportional representation, American Political Science Review 89 "
              "(1995); greedy: Skowron, Faliszewski & Slinko, Achieving fully proportional "
              "representation, Artificial Intelligence 222 (2015), algorithm A, with votes in parts",
    .run = run_monroe,
};
