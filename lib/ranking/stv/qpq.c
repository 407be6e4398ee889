/* Quota preferential by quotient.
 *
 * D. R. Woodall, QPQ, a quota-preferential STV-like election rule, Voting matters 17 (2003). A
 * hopeful's quotient is the number of ballots that rank it first among the hopeful, over one more
 * than the number of candidates those ballots have elected so far (2.3). The quota is the number of
 * active ballots over seats + 1 less what the inactive ones have elected (2.4). The highest
 * quotient above the quota is elected, and its ballots have then elected 1 / quotient each (2.5a);
 * else the lowest leaves (2.5b). The count then starts anew without it, or goes on. */
#include "ranking/stv/plain.h"

enum { VARIANT };
enum { RESTART, CONTINUE };

static const char *const variants[] = {"restart", "continue", NULL};

static const cci_option_spec options[] = {
    {"variant", CCI_OPTION_CHOICE, variants, 0, 0, 0,
     "after an elimination the count starts anew without the option, or continues"},
};

/* Beside the count: what the inactive ballots have elected. Each parcel's value is what one of its
 * ballots has elected; the quotients stand where other counts have votes. */
typedef struct quotients {
    cci_count count;
    cci_value active, elected_by_spent;
} quotients;

/* What was last sorted becomes parcels of ballots that have elected `elected` each. */
static cocreate_status take(quotients *q, const cci_value *elected, cocreate_error *error)
{
    cci_count *c = &q->count;
    cci_papers *p = &c->papers;
    CCI_TRY(cci_calc_sub(&c->calc, &q->active, &p->spent.count, &q->active, error));
    CCI_TRY(cci_calc_add(&c->calc, &c->exhausted, &p->spent.count, &c->exhausted, error));
    CCI_TRY(cci_calc_mul(&c->calc, &p->spent.count, elected, &c->term, error));
    CCI_TRY(cci_calc_add(&c->calc, &q->elected_by_spent, &c->term, &q->elected_by_spent, error));
    for (size_t i = 0; i < p->touched_count; i++) {
        cci_parcel *parcel;
        CCI_TRY(cci_pile_add(c, &c->piles[p->touched[i]], &p->sorted[p->touched[i]], &parcel,
                             error));
        CCI_TRY(cci_calc_copy(&c->calc, elected, &parcel->value, error));
    }
    return COCREATE_OK;
}

/* All ballots to their first hopeful; none has elected anybody. */
static cocreate_status start(quotients *q, cci_bundle *all, cocreate_error *error)
{
    static const cci_value none = {0, 1, NULL};
    cci_count *c = &q->count;
    const cocreate_allocator *a = &c->run->allocator;
    for (size_t i = 0; i < c->electeds; i++) {
        c->status[c->elected[i].candidate] = CCI_HOPEFUL;
        c->hopeful[c->elected[i].candidate] = 1;
    }
    c->hopefuls += c->electeds;
    c->electeds = 0;
    for (size_t o = 0; o < c->candidates; o++)
        cci_pile_free(c, &c->piles[o]);
    cci_value_set(a, &q->elected_by_spent, 0, 1);
    cci_value_set(a, &c->exhausted, c->run->electorate->blank, 1);
    CCI_TRY(cci_calc_copy(&c->calc, &c->valid, &q->active, error));
    CCI_TRY(cci_papers_sort(&c->papers, all, c->hopeful, error));
    return take(q, &none, error);
}

static cocreate_status restart(quotients *q, cocreate_error *error)
{
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    cci_papers_reset(&q->count.papers, &all);
    return start(q, &all, error);
}

/* The quotient of a hopeful: its ballots over 1 + what they have elected. */
static cocreate_status set_quotient(cci_count *c, uint32_t candidate, cocreate_error *error)
{
    const cci_pile *pile = &c->piles[candidate];
    const cocreate_allocator *a = &c->run->allocator;
    cci_value_set(a, &c->sum, 0, 1);
    cci_value_set(a, &c->factor, 1, 1);
    for (size_t i = 0; i < pile->count; i++) {
        const cci_parcel *parcel = &pile->parcels[i];
        CCI_TRY(cci_calc_add(&c->calc, &c->sum, &parcel->papers.count, &c->sum, error));
        CCI_TRY(cci_calc_mul(&c->calc, &parcel->papers.count, &parcel->value, &c->term, error));
        CCI_TRY(cci_calc_add(&c->calc, &c->factor, &c->term, &c->factor, error));
    }
    return cci_calc_div(&c->calc, &c->sum, &c->factor, &c->votes[candidate], error);
}

static cocreate_status set_quotients(quotients *q, cocreate_error *error)
{
    cci_count *c = &q->count;
    for (uint32_t o = 0; o < c->candidates; o++)
        if (c->hopeful[o])
            CCI_TRY(set_quotient(c, o, error));
    cci_value_set(&c->run->allocator, &c->sum, (int64_t)c->seats + 1, 1);
    CCI_TRY(cci_calc_sub(&c->calc, &c->sum, &q->elected_by_spent, &c->sum, error));
    /* Ballots have elected at most the seats, so that this is at least 1. */
    return cci_calc_div(&c->calc, &q->active, &c->sum, &c->quota, error);
}

static cocreate_status elect(quotients *q, uint32_t candidate, cocreate_error *error)
{
    cci_count *c = &q->count;
    cci_pile pile;
    static const cci_value one = {1, 1, NULL};
    CCI_TRY(cci_count_elect(c, candidate, error));
    c->surplus_due[candidate] = 0;
    CCI_TRY(cci_calc_div(&c->calc, &one, &c->votes[candidate], &c->factor, error));
    CCI_TRY(cci_count_gather(c, &candidate, 1, 0, &pile, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < pile.count && status == COCREATE_OK; i++) {
        status = cci_papers_sort(&c->papers, &pile.parcels[i].papers, c->hopeful, error);
        if (status == COCREATE_OK)
            status = take(q, &c->factor, error);
    }
    cci_pile_free(c, &pile);
    return status;
}

static cocreate_status eliminate(quotients *q, uint32_t candidate, cocreate_error *error)
{
    cci_count *c = &q->count;
    cci_pile pile;
    CCI_TRY(cci_count_eliminate(c, candidate, error));
    if (c->run->options[VARIANT].integer == RESTART && c->hopefuls > cci_seats_left(c))
        return restart(q, error);
    CCI_TRY(cci_count_gather(c, &candidate, 1, 0, &pile, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < pile.count && status == COCREATE_OK; i++) {
        status = cci_papers_sort(&c->papers, &pile.parcels[i].papers, c->hopeful, error);
        if (status == COCREATE_OK)
            status = take(q, &pile.parcels[i].value, error);
    }
    cci_pile_free(c, &pile);
    return status;
}

static cocreate_status play_round(quotients *q, int *over, cocreate_error *error)
{
    cci_count *c = &q->count;
    size_t n = 0;
    int above = 0;
    uint32_t chosen;
    CCI_TRY(set_quotients(q, error));
    CCI_TRY(cci_count_begin(c, error));
    CCI_TRY(cci_plain_over(c, over, error));
    if (!*over) {
        CCI_TRY(cci_count_extreme(c, 1, c->group, &n, error));
        CCI_TRY(cci_count_against_quota(c, c->group[0], &above, error));
        if (above > 0) {
            CCI_TRY(cci_count_pick(c, c->group, n, 0, CCI_LOOK_NOWHERE, &chosen, error));
            CCI_TRY(elect(q, chosen, error));
        } else {
            CCI_TRY(cci_count_lowest(c, CCI_LOOK_NOWHERE, &chosen, error));
            CCI_TRY(eliminate(q, chosen, error));
        }
        *over = cci_seats_left(c) == 0;
    }
    return cci_count_end(c, error);
}

static cocreate_status work(quotients *q, cci_run *run, cocreate_error *error)
{
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    CCI_TRY(cci_count_open(&q->count, run, CCI_EXACT, 0, &all, error));
    q->count.quotients = q->count.iterative = 1;
    CCI_TRY(start(q, &all, error));
    for (int over = 0; !over;)
        CCI_TRY(play_round(q, &over, error));
    return cci_count_finish(&q->count, error);
}

static cocreate_status run_qpq(cci_run *run, cocreate_error *error)
{
    quotients q = {.active = {0, 1, NULL}};
    cocreate_status status = work(&q, run, error);
    cci_value_clear(&run->allocator, &q.active);
    cci_value_clear(&run->allocator, &q.elected_by_spent);
    cci_count_free(&q.count);
    return status;
}

const cci_method cci_method_qpq = {
    .name = "qpq",
    .title = "Quota preferential by quotient",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(eliminations * ranked options)",
    .source = "Woodall, QPQ, a quota-preferential STV-like election rule, Voting matters 17 (2003)",
    .run = run_qpq,
};
