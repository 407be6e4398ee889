/* Random serial dictator: voters are drawn one after the other, and each fills the seats left with
 * those approved. */
#include <string.h>

#include "ranking/committee/approvals.h"
#include "ranking/optimal/lottery.h"
#include "ranking/order.h"
#include "ranking/ties.h"
#include "ranking/write.h"

struct serial {
    cci_run *run;
    cci_approvals voters;
    uint32_t *order;   /* ballots by what they approve: the draw must not know how they came */
    uint8_t *drawn;
    uint32_t *wanted;
    size_t *ends;
    size_t seats, filled;
    int64_t weight;    /* of the ballots not drawn */
    mp_int below, number;
    cci_buffer rounds;
};

/* Where nothing tells apart, the shorter ballot stands first. */
static int compare(const cci_approvals *v, uint32_t a, uint32_t b)
{
    size_t i = v->start[a], k = v->start[b];
    for (; i < v->start[a + 1] && k < v->start[b + 1]; i++, k++)
        if (v->options[i] != v->options[k])
            return v->options[i] < v->options[k] ? -1 : 1;
    return (i < v->start[a + 1]) - (k < v->start[b + 1]);
}

static cocreate_status by_approvals(void *context, uint32_t a, uint32_t b, int *out,
                                    cocreate_error *error)
{
    (void)error;
    *out = compare(context, a, b);
    return COCREATE_OK;
}

/* Draw one of the voters left. All who voted the same are drawn together: the others of them would
 * change nothing. */
static cocreate_status draw(struct serial *s, uint32_t round, uint32_t *out, cocreate_error *error)
{
    mp_set_u64(&s->below, (uint64_t)s->weight);
    CCI_TRY(cci_lottery_number(s->run, round, &s->below, &s->number, error));
    int64_t number = mp_get_i64(&s->number);
    size_t i = 0;
    for (;; i++) {
        if (s->drawn[s->order[i]])
            continue;
        number -= s->voters.weights[s->order[i]];
        if (number < 0)
            break;
    }
    *out = s->order[i];
    while (i > 0 && compare(&s->voters, s->order[i - 1], *out) == 0)
        i--;
    for (; i < s->voters.ballots && compare(&s->voters, s->order[i], *out) == 0; i++) {
        s->drawn[s->order[i]] = 1;
        s->weight -= s->voters.weights[s->order[i]];
    }
    return COCREATE_OK;
}

/* Elect the wanted as far as there are seats, by the tie chain where there are too few. */
static cocreate_status elect(struct serial *s, size_t n, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t left = s->seats - s->filled, first = s->filled + 1;
    if (n > left) {
        CCI_TRY(cci_ties_break(run, s->wanted, n, s->ends, 0, error));
        if (s->ends[left - 1] > left)
            return cci_fail(error, COCREATE_ERR_TIE,
                            "options such as %s are equal for the last seats, and no tie step tells "
                            "who is elected: add id or lot to ties",
                            cci_name(run, s->wanted[left]));
        n = left;
    }
    for (size_t i = 0; i < n; i++) {
        run->selected[s->wanted[i]] = 1;
        run->standings[s->wanted[i]].from = first;
        run->standings[s->wanted[i]].to = first + n - 1;
    }
    s->filled += n;
    return COCREATE_OK;
}

static cocreate_status dictate(struct serial *s, size_t round, cocreate_error *error)
{
    cci_run *run = s->run;
    uint32_t ballot = 0;
    size_t n = 0;
    CCI_TRY(draw(s, (uint32_t)round, &ballot, error));
    for (size_t i = s->voters.start[ballot]; i < s->voters.start[ballot + 1]; i++)
        if (!run->selected[s->voters.options[i]])
            s->wanted[n++] = s->voters.options[i];
    size_t before = s->filled;
    CCI_TRY(elect(s, n, error));
    n = s->filled - before;
    cci_buffer_text(&s->rounds, round > 1 ? ",{\"ballot\":" : "{\"ballot\":");
    cci_write_ids(run, &s->rounds, s->voters.options + s->voters.start[ballot],
                  cci_approved(&s->voters, ballot));
    cci_buffer_text(&s->rounds, ",\"elected\":");
    cci_write_ids(run, &s->rounds, s->wanted, n);
    cci_buffer_format(&s->rounds, ",\"round\":%zu}", round);
    if (n == 0)
        return COCREATE_OK;
    cci_buffer_format(&run->notes, "Draw %zu: the voter elects ", round);
    cci_write_names(run, &run->notes, s->wanted, n);
    cci_buffer_text(&run->notes, ".\n");
    return COCREATE_OK;
}

static cocreate_status fill(struct serial *s, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t m = run->roster->count, n = 0;
    for (size_t round = 1; s->filled < s->seats && s->weight > 0; round++) {
        CCI_TRY(dictate(s, round, error));
        CCI_TRY(cci_run_progress(run, round, s->voters.ballots, error));
    }
    for (uint32_t o = 0; o < m; o++)
        if (!run->selected[o])
            s->wanted[n++] = o;
    if (s->filled < s->seats) {
        cci_buffer_text(&run->notes, "Nobody approves enough options for the last seats.\n");
        CCI_TRY(elect(s, n, error));
    }
    for (uint32_t o = 0; o < m; o++)
        if (!run->selected[o]) {
            run->standings[o].from = s->seats + 1;
            run->standings[o].to = m;
        }
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",\"rounds\":[",
                      (long long)run->electorate->blank);
    cci_buffer_add(&run->trace, s->rounds.data, s->rounds.size);
    cci_buffer_byte(&run->trace, ']');
    return s->rounds.failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status count(struct serial *s, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    if (!run->chain.seeded)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.seed: rsd draws voters and needs a seed of 64 hex digits");
    CCI_TRY(cci_approvals_open(run->electorate, a, &s->voters, error));
    s->order = cci_alloc(a, s->voters.ballots, sizeof *s->order);
    s->drawn = cci_alloc(a, s->voters.ballots, sizeof *s->drawn);
    s->wanted = cci_alloc(a, m, sizeof *s->wanted);
    s->ends = cci_alloc(a, m, sizeof *s->ends);
    run->selected = cci_alloc(a, m, sizeof *run->selected);
    if (!s->order || !s->drawn || !s->wanted || !s->ends || !run->selected)
        return cci_no_memory(error);
    CCI_TRY(cci_big_status(mp_init_multi(&s->below, &s->number, NULL), error));
    for (size_t b = 0; b < s->voters.ballots; b++)
        s->order[b] = (uint32_t)b;
    CCI_TRY(cci_sort(a, s->order, s->voters.ballots, by_approvals, &s->voters, error));
    s->weight = s->voters.total;
    return fill(s, error);
}

static cocreate_status run_rsd(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct serial s = {.run = run, .seats = (size_t)run->seats};
    cci_buffer_init(&s.rounds, a);
    cocreate_status status = count(&s, error);
    cci_free(a, s.order);
    cci_free(a, s.drawn);
    cci_free(a, s.wanted);
    cci_free(a, s.ends);
    mp_clear_multi(&s.below, &s.number, NULL);
    cci_buffer_free(&s.rounds);
    cci_approvals_close(&s.voters);
    return status;
}

const cci_method cci_method_rsd = {
    .name = "rsd",
    .title = "Random serial dictator: drawn voters elect whom they approve, one after the other",
    .evidence = CCI_TAKES(COCREATE_BALLOT_APPROVAL),
    .exact = 1,
    .draws = 1,
    .elects = CCI_ELECTS_COMMITTEE,
    .chain = "id",
    .complexity = "O(approvals + draws * ballots)",
    .source = "Bogomolnaia, Moulin & Stong, Collective choice under dichotomous preferences, Journal "
              "of Economic Theory 122 (2005), random priority; as in abcvoting 2.14 (rsd)",
    .run = run_rsd,
};
