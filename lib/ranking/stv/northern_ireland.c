/* Local elections in Northern Ireland.
 *
 * The Local Elections (Northern Ireland) Order 1985 (SI 1985/454), schedule 2, rules 47 to 52: the
 * quota is a whole number (48); a surplus passes on by the papers that came last, to two decimals
 * (49), unless it is less than what parts the lowest from the next (49(10)); who leaves goes with
 * all others who can (51(12)), first preferences first and then by value (51(2) to (9)); ties go by
 * the earliest difference, then by lot (50, 51(13)), which is the tie chain here. The last place
 * also goes to who has as much as all others and the surpluses together (52(2)). */
#include "ranking/stv/plain.h"

/* One place is left, and somebody has as many votes as all other hopefuls with the surpluses. */
static cocreate_status elect_last(cci_count *c, cocreate_error *error)
{
    size_t n = 0;
    int order = 0;
    if (cci_seats_left(c) != 1 || c->hopefuls < 2)
        return COCREATE_OK;
    CCI_TRY(cci_count_extreme(c, 1, c->group, &n, error));
    if (n > 1)
        return COCREATE_OK;
    CCI_TRY(cci_count_surplus_due(c, &c->sum, error));
    for (uint32_t o = 0; o < c->candidates; o++)
        if (c->hopeful[o] && o != c->group[0])
            CCI_TRY(cci_calc_add(&c->calc, &c->sum, &c->votes[o], &c->sum, error));
    CCI_TRY(cci_value_compare(&c->votes[c->group[0]], &c->sum, &order, error));
    if (order < 0)
        return COCREATE_OK;
    CCI_TRY(cci_count_elect(c, c->group[0], error));
    c->surplus_due[c->group[0]] = 0;
    return COCREATE_OK;
}

static cocreate_status elect(cci_count *c, cocreate_error *error)
{
    return cci_count_elect_reaching(c, CCI_LOOK_EARLIEST, error);
}

static cocreate_status act(cci_count *c, cocreate_error *error)
{
    uint32_t surplus = CCI_NO_PAPER;
    size_t n = 0;
    CCI_TRY(cci_count_surplus_due(c, &c->factor, error));
    CCI_TRY(cci_count_sure_losers(c, &c->factor, 0, c->group, &n, error));
    if (n == 0)
        CCI_TRY(cci_count_largest_due(c, CCI_LOOK_EARLIEST, &surplus, error));
    if (surplus != CCI_NO_PAPER)
        return cci_count_pass_last(c, surplus, error);
    if (n == 0) {
        CCI_TRY(cci_count_lowest(c, CCI_LOOK_EARLIEST, &c->group[0], error));
        n = 1;
    }
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_count_eliminate(c, c->group[i], error));
    if (c->hopefuls <= cci_seats_left(c))
        return COCREATE_OK;
    return cci_count_pass_eliminated(c, n, 1, elect, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    CCI_TRY(cci_count_quota(c, CCI_QUOTA_DROOP, error));
    for (int over = 0; !over;) {
        CCI_TRY(cci_count_begin(c, error));
        CCI_TRY(elect(c, error));
        CCI_TRY(elect_last(c, error));
        CCI_TRY(cci_plain_over(c, &over, error));
        if (!over) {
            CCI_TRY(act(c, error));
            CCI_TRY(cci_plain_over(c, &over, error));
        }
        CCI_TRY(cci_count_end(c, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_northern_ireland(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, 2, rule, error);
}

const cci_method cci_method_stv_northern_ireland = {
    .name = "stv_northern_ireland",
    .title = "Single transferable vote as in local elections in Northern Ireland",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "The Local Elections (Northern Ireland) Order 1985 (SI 1985/454), schedule 2, "
              "rules 41 to 52",
    .run = run_northern_ireland,
};
