/* Drawing ballots for an order of all options. */
#include "ranking/condorcet/drawn_order.h"

#include <string.h>

#include "base/digest.h"
#include "ranking/optimal/lottery.h"
#include "ranking/write.h"

struct drawing {
    cci_contest *c;
    const cci_electorate *e;
    uint32_t *ballots;  /* by what they say: a draw must not know in which order they came */
    uint8_t *drawn;
    int64_t weight;     /* of those not drawn */
    uint32_t *order;    /* the options, ... */
    uint32_t *classes;  /* ... and by option where those begin that are still equal */
    uint32_t *said;     /* by option: its rank on the ballot at hand */
    cci_digest *tickets;
    int by_lot;
    mp_int below, number;
};

/* -- Ballots ---------------------------------------------------------------------------------- */

static int compare_ballots(const cci_electorate *e, uint32_t a, uint32_t b)
{
    size_t i = e->start[a], k = e->start[b], end = e->start[a + 1], stop = e->start[b + 1];
    for (; i < end && k < stop; i++, k++) {
        if (e->options[i] != e->options[k])
            return e->options[i] < e->options[k] ? -1 : 1;
        int last = i + 1 == end || cci_rank_end(e, i, i + 2 < end ? i + 2 : end) == i + 1;
        int other = k + 1 == stop || cci_rank_end(e, k, k + 2 < stop ? k + 2 : stop) == k + 1;
        if (last != other)
            return last ? -1 : 1;
    }
    return (i < end) - (k < stop);
}

static cocreate_status by_ballot(void *context, uint32_t a, uint32_t b, int *out,
                                 cocreate_error *error)
{
    (void)error;
    *out = compare_ballots(context, a, b);
    return COCREATE_OK;
}

/* Draw one of those left. All that say the same are drawn together: the others of them would tell
 * nothing more. */
static cocreate_status draw(struct drawing *d, uint32_t round, uint32_t *out,
                            cocreate_error *error)
{
    mp_set_u64(&d->below, (uint64_t)d->weight);
    CCI_TRY(cci_lottery_number(d->c->run, round, &d->below, &d->number, error));
    int64_t number = mp_get_i64(&d->number);
    size_t i = 0;
    for (;; i++) {
        if (d->drawn[d->ballots[i]])
            continue;
        number -= d->e->weights[d->ballots[i]];
        if (number < 0)
            break;
    }
    *out = d->ballots[i];
    while (i > 0 && compare_ballots(d->e, d->ballots[i - 1], *out) == 0)
        i--;
    for (; i < d->e->ballots && compare_ballots(d->e, d->ballots[i], *out) == 0; i++) {
        d->drawn[d->ballots[i]] = 1;
        d->weight -= d->e->weights[d->ballots[i]];
    }
    return COCREATE_OK;
}

/* -- The order -------------------------------------------------------------------------------- */

static cocreate_status by_order(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const struct drawing *d = context;
    (void)error;
    *out = (d->classes[a] > d->classes[b]) - (d->classes[a] < d->classes[b]);
    if (*out == 0 && d->by_lot)
        *out = memcmp(&d->tickets[a], &d->tickets[b], sizeof *d->tickets);
    else if (*out == 0)
        *out = (d->said[a] > d->said[b]) - (d->said[a] < d->said[b]);
    return COCREATE_OK;
}

/* Part the classes by what is said now. *parts: how many they are. */
static cocreate_status refine(struct drawing *d, size_t *parts, cocreate_error *error)
{
    size_t m = d->c->m, first = 0;
    CCI_TRY(cci_sort(&d->c->run->allocator, d->order, m, by_order, d, error));
    *parts = 0;
    for (size_t i = 0; i < m; i = first) {
        int equal = 0;
        for (first = i + 1; first < m && equal == 0; first += equal == 0)
            CCI_TRY(by_order(d, d->order[i], d->order[first], &equal, error));
        (*parts)++;
        d->said[d->order[i]] = UINT32_MAX; /* marks where a class begins */
    }
    for (size_t i = 0, begin = 0; i < m; i++) {
        begin = d->said[d->order[i]] == UINT32_MAX ? i : begin;
        d->classes[d->order[i]] = (uint32_t)begin;
    }
    return COCREATE_OK;
}

/* What a ballot says: ranks from 0; all it leaves out share the last. */
static void hear(struct drawing *d, uint32_t ballot)
{
    size_t end = d->e->start[ballot + 1];
    uint32_t rank = 0;
    for (size_t o = 0; o < d->c->m; o++)
        d->said[o] = UINT32_MAX - 1;
    for (size_t i = d->e->start[ballot]; i < end; rank++)
        for (size_t stop = cci_rank_end(d->e, i, end); i < stop; i++)
            d->said[d->e->options[i]] = rank;
}

/* [["a"],["b","c"]] */
static void write_ballot(struct drawing *d, uint32_t ballot, int first)
{
    cci_buffer *out = &d->c->run->trace;
    size_t end = d->e->start[ballot + 1];
    cci_buffer_text(out, first ? "[" : ",[");
    for (size_t i = d->e->start[ballot]; i < end;) {
        size_t stop = cci_rank_end(d->e, i, end);
        cci_buffer_text(out, i > d->e->start[ballot] ? "," : "");
        cci_write_ids(d->c->run, out, d->e->options + i, stop - i);
        i = stop;
    }
    cci_buffer_byte(out, ']');
}

static cocreate_status order_all(struct drawing *d, uint32_t *ranks, cocreate_error *error)
{
    cci_run *run = d->c->run;
    size_t m = d->c->m, parts = 1, before;
    uint32_t ballot = 0;
    for (uint32_t b = 0; b < d->e->ballots; b++) {
        d->ballots[b] = b;
        d->weight += d->e->weights[b];
    }
    CCI_TRY(cci_sort(&run->allocator, d->ballots, d->e->ballots, by_ballot,
                     (void *)(uintptr_t)d->e, error));
    for (uint32_t o = 0; o < m; o++)
        d->order[o] = o;
    cci_buffer_text(&run->trace, ",\"drawn\":[");
    for (uint32_t round = 1; parts < m && d->weight > 0; round++) {
        CCI_TRY(draw(d, round, &ballot, error));
        hear(d, ballot);
        before = parts;
        CCI_TRY(refine(d, &parts, error));
        if (parts > before)
            write_ballot(d, ballot, before == 1);
        CCI_TRY(cci_run_progress(run, round, d->e->ballots, error));
    }
    cci_buffer_byte(&run->trace, ']');
    d->by_lot = 1;
    for (size_t o = 0; o < m && parts < m; o++)
        d->tickets[o] = cci_lot_ticket(run->chain.seed, run->chain.context,
                                       run->roster->candidates[o].id);
    if (parts < m)
        CCI_TRY(refine(d, &parts, error));
    memcpy(ranks, d->classes, m * sizeof *ranks);
    return COCREATE_OK;
}

cocreate_status cci_drawn_order(cci_contest *c, uint32_t *ranks, cocreate_error *error)
{
    struct drawing d = {.c = c, .e = c->run->electorate};
    const char *name = c->run->method->name;
    if (c->run->chain.count > 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.ties: %s breaks ties by the ballots it draws; leave it out", name);
    if (!c->run->chain.seeded)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.seed: %s draws ballots and needs a seed of 64 hex digits", name);
    d.ballots = cci_contest_alloc(c, d.e->ballots, sizeof *d.ballots);
    d.drawn = cci_contest_alloc(c, d.e->ballots, sizeof *d.drawn);
    d.order = cci_contest_alloc(c, c->m, sizeof *d.order);
    d.classes = cci_contest_alloc(c, c->m, sizeof *d.classes);
    d.said = cci_contest_alloc(c, c->m, sizeof *d.said);
    d.tickets = cci_contest_alloc(c, c->m, sizeof *d.tickets);
    if (d.ballots == NULL || d.drawn == NULL || d.order == NULL || d.classes == NULL ||
        d.said == NULL || d.tickets == NULL || mp_init_multi(&d.below, &d.number, NULL) != MP_OKAY)
        return cci_no_memory(error);
    cocreate_status status = order_all(&d, ranks, error);
    mp_clear_multi(&d.below, &d.number, NULL);
    return status;
}

void cci_write_drawn_order(cci_contest *c, const uint32_t *ranks)
{
    for (uint32_t o = 0; o < c->m; o++)
        c->list[ranks[o]] = o;
    cci_buffer_text(&c->run->trace, ",\"tie_breaking_ranking\":");
    cci_write_ids(c->run, &c->run->trace, c->list, c->m);
    cci_buffer_text(&c->run->notes, "Pairs of equal strength go by ballots that were drawn: ");
    cci_write_list(c->run, &c->run->notes, c->list, c->m, ", then ");
    cci_buffer_text(&c->run->notes, ".\n");
}
