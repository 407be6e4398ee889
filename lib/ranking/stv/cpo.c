/* Comparison of pairs of outcomes.
 *
 * N. Tideman, The single transferable vote (1995). An outcome is a set of as many options as there
 * are seats. Between two of them, all options in neither are passed over; those in both who have
 * more than the quota pass their surplus on; what the options of each outcome then have is
 * compared. The outcome that beats all others is elected, and where there is none the one whose
 * worst defeat is smallest. Papers pass on by the weighted inclusive Gregory method in exact
 * fractions; all who have a surplus at one time pass it on together, so that no order among them
 * matters. */
#include "ranking/stv/count.h"

#include <string.h>

#include "ranking/committees.h"
#include "ranking/write.h"

/* Most outcomes that are compared with one another. */
#define OUTCOMES_MAX 1000

enum { QUOTA };

static const char *const quotas[] = {"hagenbach_bischoff", "droop", "hare", NULL};

static const cci_option_spec options[] = {
    {"quota", CCI_OPTION_CHOICE, quotas, 0, 0, 0,
     "votes beyond which a surplus passes on: hagenbach_bischoff V/(seats+1), droop "
     "floor(V/(seats+1))+1, hare V/seats"},
};

typedef struct comparison {
    cci_count count;
    cci_committees best;
    size_t outcomes;
    uint32_t *members;  /* outcomes * seats, in lexical order */
    cci_value *worst;   /* the largest margin by which an outcome is beaten, or below 0 */
    uint8_t *in;        /* 1: in the first of two outcomes, 2: in the second, 3: in both */
    uint8_t *surplus;   /* has one to pass on now */
    uint8_t *passed;    /* has passed it on */
} comparison;

/* -- Outcomes --------------------------------------------------------------------------------- */

/* How many ways to choose k of n; past the limit the limit + 1. */
static size_t choices(size_t n, size_t k)
{
    size_t total = 1;
    for (size_t i = 1; i <= k && total <= OUTCOMES_MAX; i++)
        total = total * (n - k + i) / i; /* a binomial coefficient each time */
    return total;
}

static cocreate_status list_outcomes(comparison *x, cocreate_error *error)
{
    cci_count *c = &x->count;
    size_t m = c->candidates, k = c->seats;
    x->outcomes = choices(m, k < m - k ? k : m - k);
    if (x->outcomes > OUTCOMES_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "stv_cpo compares at most %d outcomes, and there are more ways to choose "
                        "%zu of %zu options",
                        OUTCOMES_MAX, k, m);
    x->members = cci_alloc(&c->run->allocator, x->outcomes * k, sizeof *x->members);
    x->worst = cci_alloc(&c->run->allocator, x->outcomes, sizeof *x->worst);
    if (x->members == NULL || x->worst == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < k; i++)
        x->members[i] = (uint32_t)i;
    for (size_t n = 1; n < x->outcomes; n++) {
        uint32_t *now = x->members + n * k;
        size_t at = k;
        memcpy(now, now - k, k * sizeof *now);
        while (now[at - 1] == m - k + at - 1)
            at--;
        now[at - 1]++;
        for (; at < k; at++)
            now[at] = now[at - 1] + 1;
    }
    return COCREATE_OK;
}

/* -- Two outcomes ----------------------------------------------------------------------------- */

/* All papers back to their first option that is in one of the two. */
static cocreate_status deal(comparison *x, cocreate_error *error)
{
    static const cci_value one = {1, 1, NULL};
    cci_count *c = &x->count;
    cci_bundle all = {CCI_NO_PAPER, CCI_NO_PAPER, {0, 1, NULL}};
    for (size_t o = 0; o < c->candidates; o++) {
        cci_value_set(&c->run->allocator, &c->votes[o], 0, 1);
        cci_pile_free(c, &c->piles[o]);
        c->receives[o] = x->in[o] > 0;
        x->passed[o] = 0;
    }
    cci_value_set(&c->run->allocator, &c->exhausted, 0, 1);
    cci_buffer_clear(&c->sentences);
    cci_buffer_clear(&c->surplus);
    cci_papers_reset(&c->papers, &all);
    CCI_TRY(cci_papers_sort(&c->papers, &all, c->receives, error));
    return cci_count_credit(c, &one, error);
}

/* Surpluses of options in both outcomes pass on, until there are none. Who has the quota receives
 * no more. */
static cocreate_status pass_surpluses(comparison *x, cocreate_error *error)
{
    cci_count *c = &x->count;
    for (size_t passing = 1; passing > 0;) {
        passing = 0;
        for (uint32_t o = 0; o < c->candidates; o++) {
            int order = -1;
            if (x->in[o] == 3 && !x->passed[o])
                CCI_TRY(cci_count_against_quota(c, o, &order, error));
            x->surplus[o] = order > 0;
            passing += order > 0;
            if (order >= 0)
                c->receives[o] = 0;
        }
        for (uint32_t o = 0; o < c->candidates; o++)
            if (x->surplus[o]) {
                CCI_TRY(cci_count_pass_surplus(c, o, CCI_SHRINK_ONCE, error));
                x->passed[o] = 1;
            }
    }
    return COCREATE_OK;
}

/* By how much the first outcome beats the second, into count.sum. */
static cocreate_status set_margin(comparison *x, size_t first, size_t second,
                                  cocreate_error *error)
{
    cci_count *c = &x->count;
    size_t k = c->seats;
    memset(x->in, 0, c->candidates);
    for (size_t i = 0; i < k; i++) {
        x->in[x->members[first * k + i]] |= 1;
        x->in[x->members[second * k + i]] |= 2;
    }
    CCI_TRY(deal(x, error));
    CCI_TRY(pass_surpluses(x, error));
    cci_value_set(&c->run->allocator, &c->sum, 0, 1);
    for (size_t o = 0; o < c->candidates; o++) {
        if (x->in[o] == 1)
            CCI_TRY(cci_calc_add(&c->calc, &c->sum, &c->votes[o], &c->sum, error));
        else if (x->in[o] == 2)
            CCI_TRY(cci_calc_sub(&c->calc, &c->sum, &c->votes[o], &c->sum, error));
    }
    return COCREATE_OK;
}

/* The outcome was beaten by count.sum. */
static cocreate_status note_defeat(comparison *x, size_t outcome, cocreate_error *error)
{
    cci_count *c = &x->count;
    int order = 1;
    if (!cci_value_missing(&x->worst[outcome]))
        CCI_TRY(cci_value_compare(&c->sum, &x->worst[outcome], &order, error));
    return order > 0 ? cci_calc_copy(&c->calc, &c->sum, &x->worst[outcome], error) : COCREATE_OK;
}

static cocreate_status compare_all(comparison *x, cocreate_error *error)
{
    static const cci_value none = {0, 1, NULL};
    cci_count *c = &x->count;
    for (size_t i = 0; i < x->outcomes; i++) {
        CCI_TRY(cci_run_progress(c->run, i, x->outcomes, error));
        for (size_t j = i + 1; j < x->outcomes; j++) {
            CCI_TRY(set_margin(x, i, j, error));
            CCI_TRY(note_defeat(x, j, error));
            CCI_TRY(cci_calc_sub(&c->calc, &none, &c->sum, &c->sum, error));
            CCI_TRY(note_defeat(x, i, error));
        }
    }
    return COCREATE_OK;
}

/* -- The result ------------------------------------------------------------------------------- */

static cocreate_status elect(comparison *x, cocreate_error *error)
{
    cci_count *c = &x->count;
    cci_run *run = c->run;
    size_t first = 0;
    int order = 0, sign = -1;
    for (size_t i = 0; i < x->outcomes; i++) {
        CCI_TRY(cci_value_compare(&x->worst[i], &x->worst[first], &order, error));
        first = order < 0 ? i : first;
    }
    for (size_t i = 0; i < x->outcomes; i++) {
        CCI_TRY(cci_value_compare(&x->worst[i], &x->worst[first], &order, error));
        if (order == 0)
            CCI_TRY(cci_committees_add(&x->best, x->members + i * c->seats, error));
    }
    CCI_TRY(cci_committees_elect(&x->best, &run->trace, error));
    if (!cci_value_missing(&x->worst[first]))
        CCI_TRY(cci_calc_sign(&x->worst[first], &sign, error));
    cci_buffer_format(&run->trace, "\"condorcet\":%s,\"outcomes\":%zu,\"quota\":\"",
                      sign < 0 ? "true" : "false", x->outcomes);
    CCI_TRY(cci_value_text(&c->quota, &run->trace, error));
    cci_buffer_byte(&run->trace, '"');
    if (cci_value_missing(&x->worst[first]))
        return COCREATE_OK;
    cci_buffer_text(&run->trace, ",\"worst\":\"");
    CCI_TRY(cci_value_text(&x->worst[first], &run->trace, error));
    cci_buffer_byte(&run->trace, '"');
    cci_buffer_format(&run->notes,
                      sign < 0 ? "The committee beats each of the other %zu in a comparison.\n"
                               : "No committee beats each of the other %zu; this one's worst "
                                 "defeat is the smallest.\n",
                      x->outcomes - 1);
    return COCREATE_OK;
}

static cocreate_status work(comparison *x, cci_run *run, cocreate_error *error)
{
    static const cci_quota_kind kinds[] = {CCI_QUOTA_HAGENBACH, CCI_QUOTA_DROOP, CCI_QUOTA_HARE};
    cci_count *c = &x->count;
    size_t m = run->roster->count;
    CCI_TRY(cci_committees_init(&x->best, run, (size_t)run->seats, error));
    CCI_TRY(cci_count_init(c, run, CCI_EXACT, error));
    CCI_TRY(cci_count_quota(c, kinds[run->options[QUOTA].integer], error));
    CCI_TRY(list_outcomes(x, error));
    x->in = cci_alloc(&run->allocator, m, sizeof *x->in);
    x->surplus = cci_alloc(&run->allocator, m, sizeof *x->surplus);
    x->passed = cci_alloc(&run->allocator, m, sizeof *x->passed);
    if (x->in == NULL || x->surplus == NULL || x->passed == NULL)
        return cci_no_memory(error);
    CCI_TRY(compare_all(x, error));
    return elect(x, error);
}

static cocreate_status run_cpo(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    comparison x;
    memset(&x, 0, sizeof x);
    cocreate_status status = work(&x, run, error);
    for (size_t i = 0; x.worst != NULL && i < x.outcomes; i++)
        cci_value_clear(a, &x.worst[i]);
    cci_free(a, x.members);
    cci_free(a, x.worst);
    cci_free(a, x.in);
    cci_free(a, x.surplus);
    cci_free(a, x.passed);
    cci_committees_free(&x.best);
    cci_count_free(&x.count);
    return status;
}

const cci_method cci_method_stv_cpo = {
    .name = "stv_cpo",
    .title = "Single transferable vote by comparison of pairs of outcomes",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .parallel = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(outcomes^2 * ranked options); at most 1,000 outcomes",
    .source = "Tideman, The single transferable vote, Journal of Economic Perspectives 9 (1995); "
              "Tideman & Richardson, Better voting methods through technology (2000)",
    .run = run_cpo,
};
