/* Proportional Borda: probabilities in proportion to Borda's points. */
#include "ranking/condorcet/contest.h"
#include "ranking/optimal/big.h"
#include "ranking/optimal/lottery.h"

struct points {
    mp_int half, sum, all; /* twice Borda's points, so that halves are whole */
    cci_rational share;
};

/* Twice the points of a: from each comparison the weight, plus what ranks it higher, less what ranks
 * it lower. All of them are weight * m * (m - 1). */
static cocreate_status count(const cci_contest *c, struct points *p, int64_t weight, size_t a,
                             cocreate_error *error)
{
    mp_zero(&p->sum);
    for (size_t b = 0; b < c->m; b++) {
        if (b == a)
            continue;
        mp_set_i64(&p->half, weight);
        CCI_BIG(mp_add(&p->sum, &p->half, &p->sum));
        mp_set_i64(&p->half, cci_margin_of(c, a, b));
        CCI_BIG(mp_add(&p->sum, &p->half, &p->sum));
    }
    return COCREATE_OK;
}

static cocreate_status score(cci_contest *c, struct points *p, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    const cci_electorate *e = c->run->electorate;
    int64_t weight = 0;
    for (size_t b = 0; b < e->ballots; b++)
        weight += e->weights[b];
    mp_set_i64(&p->half, weight);
    mp_set_u64(&p->sum, (uint64_t)c->m * (c->m - 1));
    CCI_BIG(mp_mul(&p->half, &p->sum, &p->all));
    CCI_TRY(cci_rational_init(&p->share, error));
    for (size_t i = 0; i < c->m; i++) {
        cci_value *out = &c->run->standings[i].score;
        if (mp_iszero(&p->all)) {
            cci_value_set(a, out, 1, (int64_t)c->m);
            continue;
        }
        CCI_TRY(count(c, p, weight, i, error));
        CCI_TRY(cci_rational_set_big(&p->share, &p->sum, &p->all, error));
        CCI_TRY(cci_value_set_rational(a, out, &p->share, error));
    }
    return COCREATE_OK;
}

static cocreate_status work(cci_contest *c, cocreate_error *error)
{
    struct points p = {.share = {.num = {0}}};
    CCI_BIG(mp_init_multi(&p.half, &p.sum, &p.all, NULL));
    cocreate_status status = score(c, &p, error);
    mp_clear_multi(&p.half, &p.sum, &p.all, NULL);
    cci_rational_clear(&p.share);
    CCI_TRY(status);
    cci_write_blank(c);
    cci_buffer_text(&c->run->notes,
                    "Everyone is as likely to be drawn as the share of Borda's points says.\n");
    cci_buffer trace;
    cci_buffer_init(&trace, &c->run->allocator);
    status = cci_lottery_place(c->run, &trace, error);
    if (trace.size > 0) { /* its comma stands in front here */
        cci_buffer_byte(&c->run->trace, ',');
        cci_buffer_add(&c->run->trace, trace.data, trace.size - 1);
    }
    if (status == COCREATE_OK && trace.failed)
        status = cci_no_memory(error);
    cci_buffer_free(&trace);
    return status;
}

static cocreate_status run_proportional_borda(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work, error);
}

const cci_method cci_method_proportional_borda = {
    .name = "proportional_borda",
    .title = "Proportional Borda: drawn in proportion to Borda's points",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .exact = 1,
    .draws = 1,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Barbera, Majority and positional voting in a probabilistic framework, Review of "
              "Economic Studies 46 (1979)",
    .run = run_proportional_borda,
};
