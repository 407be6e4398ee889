/* Choice voting as drafted by Californians for Electoral Reform.
 *
 * Draft of Elections Code, section 10059 (2011): in a round all surpluses pass on, the value of a
 * paper times the surplus over the votes cut to five decimals (g); else the lowest leaves (h). Some
 * that could not win may leave together where that does not change the order of election (k).
 * The draft words the threshold as a whole number (a)(2); droop, written with its authors, counts
 * with V/(seats+1) plus one unit, which is the default here. */
#include "ranking/stv/plain.h"

enum { QUOTA, BATCH };
enum { BATCH_NONE, BATCH_SURE_LOSERS };

static const char *const quotas[] = {"droop_exact", "droop", NULL};
static const char *const batches[] = {"none", "sure_losers", NULL};

static const cci_option_spec options[] = {
    {"quota", CCI_OPTION_CHOICE, quotas, 0, 0, 0,
     "votes that elect: droop_exact V/(seats+1) plus 0.00001, droop floor(V/(seats+1))+1"},
    {"batch", CCI_OPTION_CHOICE, batches, 0, 0, 0,
     "sure_losers: options that cannot win leave together, where the order of election stays"},
};

/* Would these losers, who have `total` votes with all surpluses, leave the order of election as it
 * is? Condition (3) of (k); group is sorted, fewest votes first. */
static cocreate_status keeps_order(cci_count *c, const uint32_t *group, size_t losers,
                                   const cci_value *total, const cci_value *surplus, int *out,
                                   cocreate_error *error)
{
    int order = 0, sign = 0;
    *out = c->electeds + 1 == c->seats || c->hopefuls - losers + c->electeds == c->seats;
    if (*out)
        return COCREATE_OK;
    const cci_value *most = &c->votes[group[c->hopefuls - 1]];
    CCI_TRY(cci_calc_sub(&c->calc, &c->quota, most, &c->term, error));
    CCI_TRY(cci_value_compare(total, &c->term, &order, error));
    CCI_TRY(cci_calc_sign(surplus, &sign, error));
    *out = order < 0;
    if (*out || sign != 0)
        return COCREATE_OK;
    CCI_TRY(cci_calc_add(&c->calc, &c->term, &c->votes[group[losers - 1]], &c->term, error));
    CCI_TRY(cci_value_compare(total, &c->term, &order, error));
    *out = order < 0;
    return COCREATE_OK;
}

/* The largest defeat set, fewest votes first, into c->group. */
static cocreate_status defeat_set(cci_count *c, size_t *n, cocreate_error *error)
{
    size_t hopefuls;
    *n = 0;
    CCI_TRY(cci_count_surplus_due(c, &c->factor, error));
    CCI_TRY(cci_calc_copy(&c->calc, &c->factor, &c->sum, error));
    CCI_TRY(cci_count_by_votes(c, c->group, &hopefuls, error));
    for (size_t i = 0; i + 1 < hopefuls && hopefuls - i - 1 >= cci_seats_left(c); i++) {
        int order = 0, good = 0;
        CCI_TRY(cci_calc_add(&c->calc, &c->sum, &c->votes[c->group[i]], &c->sum, error));
        CCI_TRY(cci_value_compare(&c->sum, &c->votes[c->group[i + 1]], &order, error));
        if (order >= 0)
            continue;
        CCI_TRY(keeps_order(c, c->group, i + 1, &c->sum, &c->factor, &good, error));
        *n = good ? i + 1 : *n;
    }
    return COCREATE_OK;
}

static cocreate_status act(cci_count *c, cocreate_error *error)
{
    size_t n = 0, passed = 0;
    uint32_t chosen;
    if (c->run->options[BATCH].integer == BATCH_SURE_LOSERS) {
        CCI_TRY(defeat_set(c, &n, error));
        if (n > 0)
            return cci_plain_eliminate(c, c->group, n, error);
    }
    for (size_t i = 0; i < c->electeds; i++)
        if (c->surplus_due[c->elected[i].candidate]) {
            CCI_TRY(cci_count_pass_surplus(c, c->elected[i].candidate, CCI_SHRINK_ONCE, error));
            passed++;
        }
    if (passed > 0)
        return COCREATE_OK;
    CCI_TRY(cci_count_lowest(c, CCI_LOOK_NOWHERE, &chosen, error));
    return cci_plain_eliminate(c, &chosen, 1, error);
}

static cocreate_status rule(cci_count *c, cocreate_error *error)
{
    static const cci_quota_kind kinds[] = {CCI_QUOTA_DROOP_EXACT, CCI_QUOTA_DROOP};
    CCI_TRY(cci_count_quota(c, kinds[c->run->options[QUOTA].integer], error));
    for (int over = 0; !over;) {
        CCI_TRY(cci_count_begin(c, error));
        CCI_TRY(cci_count_elect_reaching(c, CCI_LOOK_NOWHERE, error));
        CCI_TRY(cci_plain_over(c, &over, error));
        if (!over) {
            CCI_TRY(act(c, error));
            CCI_TRY(cci_plain_over(c, &over, error));
        }
        CCI_TRY(cci_count_end(c, error));
    }
    return COCREATE_OK;
}

static cocreate_status run_cfer(cci_run *run, cocreate_error *error)
{
    return cci_count_run(run, 5, rule, error);
}

const cci_method cci_method_stv_cfer = {
    .name = "stv_cfer",
    .title = "Choice voting as drafted by Californians for Electoral Reform",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(ranked options + rounds * options)",
    .source = "Californians for Electoral Reform, draft of California Elections Code 10050 to "
              "10060, version 4c (2011), as in droop 0.14",
    .run = run_cfer,
};
