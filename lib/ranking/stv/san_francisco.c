/* San Francisco's ranked choice, for any number of seats: the lowest leave until no more are left
 * than there are seats. Charter, section 13.102: those leave together who have fewer votes in all
 * than the next (e); there is no quota and nothing of a winner passes on. For one seat whoever has
 * a majority of the continuing ballots (c, d) also is the one who stays. */
#include "ranking/stv/plain.h"

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static const cci_value none = {0, 1, NULL};
    for (int over = 0; !over;) {
        size_t n = 0;
        CCI_TRY(cci_count_begin(c, error));
        CCI_TRY(cci_plain_over(c, &over, error));
        if (!over) {
            CCI_TRY(cci_count_sure_losers(c, &none, 0, c->group, &n, error));
            if (n == 0) {
                CCI_TRY(cci_count_lowest(c, CCI_LOOK_NOWHERE, &c->group[0], error));
                n = 1;
            }
            for (size_t i = 0; i < n; i++)
                CCI_TRY(cci_count_eliminate(c, c->group[i], error));
            CCI_TRY(cci_count_pass_eliminated(c, n, 0, NULL, error));
        }
        CCI_TRY(cci_count_end(c, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_san_francisco(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, CCI_EXACT, rule, error);
}

const cci_method cci_method_stv_san_francisco = {
    .name = "stv_san_francisco",
    .title = "Ranked choice as in San Francisco: the lowest leave, no surpluses",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Charter of the City and County of San Francisco, section 13.102",
    .run = run_san_francisco,
};
