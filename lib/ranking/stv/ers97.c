/* The rules of the Electoral Reform Society, third edition (Newland & Britton, 1997).
 *
 * The quota has two decimals, rounded up (5.1.6), and sinks until somebody is elected (5.4.8). Who
 * has the quota, or the active votes over one more than the places left, is elected (5.1.7, 5.3.13,
 * 5.4.9). A surplus passes on by the papers that came last (5.3); it waits while candidates can
 * leave whatever becomes of it (5.2.2). Who leaves goes with all others who can, and their papers
 * pass on batch by batch, highest value first (5.4). Ties go by the earliest difference, then by
 * lot (5.2.3, 5.2.5, 5.6.2), which is the tie chain here. */
#include "ranking/stv/plain.h"

/* V, without what is not transferable, over seats + 1, rounded up; as long as nobody is elected. */
static cocreate_status set_quota(cci_count *c, cocreate_error *error)
{
    cci_value parts = {(int64_t)c->seats + 1, 1, NULL};
    cci_value_set(&c->run->allocator, &c->sum, c->run->electorate->info.weight, 1);
    CCI_TRY(cci_calc_sub(&c->calc, &c->sum, &c->exhausted, &c->sum, error));
    CCI_TRY(cci_calc_div(&c->calc, &c->sum, &parts, &c->quota, error));
    return cci_calc_round(&c->calc, &c->quota, c->decimals, 1, &c->quota, error);
}

/* The active votes over one more than the places left, into c->factor: all votes but those not
 * transferable and the quotas of the elected, or what they have where it is less (5.6.1). */
static cocreate_status set_active(cci_count *c, cocreate_error *error)
{
    cci_value parts = {(int64_t)cci_seats_left(c) + 1, 1, NULL};
    cci_value_set(&c->run->allocator, &c->sum, c->run->electorate->info.weight, 1);
    CCI_TRY(cci_calc_sub(&c->calc, &c->sum, &c->exhausted, &c->sum, error));
    for (size_t i = 0; i < c->electeds; i++) {
        const cci_value *votes = &c->votes[c->elected[i].candidate];
        int over = 0;
        CCI_TRY(cci_value_compare(votes, &c->quota, &over, error));
        CCI_TRY(cci_calc_sub(&c->calc, &c->sum, over > 0 ? &c->quota : votes, &c->sum, error));
    }
    return cci_calc_div(&c->calc, &c->sum, &parts, &c->factor, error);
}

/* Does a candidate have the quota, or votes and its share of the active ones? */
static cocreate_status reaches(cci_count *c, uint32_t candidate, int *out, cocreate_error *error)
{
    int quota = 0, active = 0, any = 0;
    CCI_TRY(set_active(c, error));
    CCI_TRY(cci_count_against_quota(c, candidate, &quota, error));
    CCI_TRY(cci_value_compare(&c->votes[candidate], &c->factor, &active, error));
    CCI_TRY(cci_calc_sign(&c->votes[candidate], &any, error));
    *out = any > 0 && (quota >= 0 || active >= 0);
    return COCREATE_OK;
}

/* In descending order of votes. Of equals for whom places are too few those come first who had more
 * at the earliest difference; where there never was one, none of them is elected now (5.6.2). */
static cocreate_status elect(cci_count *c, cocreate_error *error)
{
    while (c->hopefuls > 0 && cci_seats_left(c) > 0) {
        size_t n = 0;
        int good = 0;
        CCI_TRY(cci_count_extreme(c, 1, c->group, &n, error));
        CCI_TRY(reaches(c, c->group[0], &good, error));
        if (!good)
            return COCREATE_OK;
        if (n > cci_seats_left(c))
            CCI_TRY(cci_count_look_back(c, c->group, &n, 0, CCI_LOOK_EARLIEST, error));
        if (n > cci_seats_left(c))
            return COCREATE_OK;
        CCI_TRY(cci_count_elect(c, c->group[0], error));
    }
    return COCREATE_OK;
}

static cocreate_status after_batch(cci_count *c, cocreate_error *error)
{
    CCI_TRY(cci_count_mark(c, error));
    if (c->electeds == 0)
        CCI_TRY(set_quota(c, error));
    return elect(c, error);
}

/* The candidates to leave, into c->group: none where a surplus passes on first. */
static cocreate_status losers(cci_count *c, size_t *n, uint32_t *surplus, cocreate_error *error)
{
    CCI_TRY(cci_count_surplus_due(c, &c->factor, error));
    CCI_TRY(cci_count_sure_losers(c, &c->factor, 1, c->group, n, error));
    *surplus = CCI_NO_PAPER;
    if (*n > 0)
        return COCREATE_OK;
    CCI_TRY(cci_count_largest_due(c, CCI_LOOK_EARLIEST, surplus, error));
    if (*surplus != CCI_NO_PAPER)
        return COCREATE_OK;
    *n = 1;
    return cci_count_lowest(c, CCI_LOOK_EARLIEST, &c->group[0], error);
}

static cocreate_status act(cci_count *c, cocreate_error *error)
{
    uint32_t surplus;
    size_t n = 0;
    CCI_TRY(losers(c, &n, &surplus, error));
    if (n == 0)
        return cci_count_pass_last(c, surplus, error);
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_count_eliminate(c, c->group[i], error));
    if (c->hopefuls <= cci_seats_left(c))
        return COCREATE_OK;
    return cci_count_pass_eliminated(c, n, 0, after_batch, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    CCI_TRY(set_quota(c, error));
    for (int over = 0; !over;) {
        CCI_TRY(cci_count_begin(c, error));
        CCI_TRY(elect(c, error));
        CCI_TRY(cci_plain_over(c, &over, error));
        if (!over) {
            CCI_TRY(act(c, error));
            CCI_TRY(cci_plain_over(c, &over, error));
        }
        CCI_TRY(cci_count_end(c, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_ers97(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, 2, rule, error);
}

const cci_method cci_method_stv_ers97 = {
    .name = "stv_ers97",
    .title = "Single transferable vote by the rules of the Electoral Reform Society, 1997",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Newland & Britton, How to conduct an election by the single transferable vote, "
              "3rd edition, Electoral Reform Society (1997)",
    .run = run_ers97,
};
