/* Thiele's methods round by round, forward and backward. */
#include <string.h>

#include "ranking/committee/tally.h"
#include "ranking/committee/thiele.h"
#include "ranking/ties.h"
#include "ranking/write.h"

struct count {
    cci_thiele *t;
    cci_run *run;
    int backward;
    cci_tally tally;
    uint8_t *open;    /* who could join, or leave */
    uint32_t *tied;
    size_t *ends;
    cci_value *values; /* of the open ones in this round */
    uint64_t *points;  /* of the committee */
    cci_buffer rounds;
};

/* -- A round ---------------------------------------------------------------------------------- */

/* The open ones that add most, or backward least, in order of index. */
static size_t find_tied(struct count *c)
{
    size_t n = 0;
    for (uint32_t o = 0; o < c->t->voters.candidates; o++) {
        if (!c->open[o])
            continue;
        const uint64_t *sum = cci_tally_sum(&c->tally, o);
        int order = 1;
        if (n > 0) {
            order = cci_wide_compare(sum, cci_tally_sum(&c->tally, c->tied[0]), c->tally.limbs);
            order = c->backward ? -order : order;
        }
        if (order > 0)
            n = 0;
        if (order >= 0)
            c->tied[n++] = o;
    }
    return n;
}

static void move(struct count *c, uint32_t candidate)
{
    c->open[candidate] = 0;
    if (c->backward)
        cci_tally_down(&c->tally, candidate);
    else
        cci_tally_up(&c->tally, candidate);
}

/* Who joins or leaves, by the tie chain. */
static cocreate_status choose(struct count *c, size_t round, uint32_t *out, cocreate_error *error)
{
    size_t n = find_tied(c);
    CCI_TRY(cci_ties_break(c->run, c->tied, n, c->ends, 0, error));
    size_t first = c->backward ? n - 1 : 0;
    *out = c->tied[first];
    if ((c->backward ? n > 1 && c->ends[n - 2] == n : c->ends[0] > 1))
        return cci_fail(error, COCREATE_ERR_TIE,
                        "options such as %s tie in round %zu, and no tie step tells who %s: add id "
                        "or lot to ties, or follow every order by ties=parallel",
                        cci_name(c->run, *out), round, c->backward ? "leaves" : "joins");
    return COCREATE_OK;
}

static cocreate_status find_values(struct count *c, cocreate_error *error)
{
    for (uint32_t o = 0; o < c->t->voters.candidates; o++)
        if (c->open[o])
            CCI_TRY(cci_worth_value(&c->t->worth, cci_tally_sum(&c->tally, o), &c->values[o],
                                    error));
    return COCREATE_OK;
}

static cocreate_status write_round(struct count *c, size_t round, uint32_t chosen,
                                   cocreate_error *error)
{
    cci_run *run = c->run;
    cci_buffer *out = &c->rounds, *notes = &run->notes;
    cci_buffer_text(out, round > 1 ? ",{" : "{");
    cci_buffer_text(out, c->backward ? "\"eliminated\":" : "\"elected\":");
    cci_write_id(run, out, chosen);
    cci_buffer_text(out, ",\"points\":\"");
    CCI_TRY(cci_value_text(&c->values[chosen], out, error));
    cci_buffer_format(out, "\",\"round\":%zu", round);
    if (run->roster->count <= CCI_TRACE_OPTIONS) {
        cci_buffer_text(out, ",\"scores\":");
        CCI_TRY(cci_write_values(run, out, c->values, c->open, error));
    }
    cci_buffer_byte(out, '}');
    cci_buffer_format(notes, "Round %zu: ", round);
    cci_buffer_text(notes, cci_name(run, chosen));
    cci_buffer_text(notes, c->backward ? " leaves and takes " : " joins and adds ");
    CCI_TRY(cci_value_say(&c->values[chosen], notes, error));
    cci_buffer_text(notes, " points.\n");
    return COCREATE_OK;
}

static cocreate_status write_points(struct count *c, cci_buffer *out, cocreate_error *error)
{
    cci_value points = {0, 0, NULL};
    cocreate_status status = cci_worth_value(&c->t->worth, c->points, &points, error);
    cci_buffer_text(out, "\"points\":\"");
    if (status == COCREATE_OK)
        status = cci_value_text(&points, out, error);
    cci_value_clear(&c->run->allocator, &points);
    cci_buffer_byte(out, '"');
    return status;
}

static void write_head(struct count *c)
{
    cci_buffer_format(&c->run->trace, "\"blank\":\"%lld\",",
                      (long long)c->run->electorate->blank);
}

/* -- One order -------------------------------------------------------------------------------- */

/* The last value of each is its score; the members of the committee share its points. */
static cocreate_status finish(struct count *c, cocreate_error *error)
{
    cci_run *run = c->run;
    for (size_t o = 0; o < run->roster->count; o++) {
        run->standings[o].score = c->values[o];
        c->values[o] = (cci_value){0, 0, NULL};
    }
    write_head(c);
    if (run->roster->count > CCI_TRACE_OPTIONS)
        cci_buffer_text(&run->trace, "\"omitted\":[\"scores\"],");
    CCI_TRY(write_points(c, &run->trace, error));
    cci_buffer_text(&run->trace, ",\"rounds\":[");
    cci_buffer_add(&run->trace, c->rounds.data, c->rounds.size);
    cci_buffer_byte(&run->trace, ']');
    return c->rounds.failed ? cci_no_memory(error) : COCREATE_OK;
}

static cocreate_status forward(struct count *c, cocreate_error *error)
{
    cci_run *run = c->run;
    size_t m = run->roster->count, seats = c->t->seats;
    cci_tally_empty(&c->tally);
    for (size_t o = 0; o < m; o++) {
        run->standings[o].from = seats + 1;
        run->standings[o].to = m;
    }
    for (size_t round = 1; round <= seats; round++) {
        uint32_t chosen = 0;
        CCI_TRY(choose(c, round, &chosen, error));
        CCI_TRY(find_values(c, error));
        CCI_TRY(write_round(c, round, chosen, error));
        cci_wide_add(c->points, cci_tally_sum(&c->tally, chosen), c->tally.limbs);
        move(c, chosen);
        run->selected[chosen] = 1;
        run->standings[chosen].from = run->standings[chosen].to = round;
        CCI_TRY(cci_run_progress(run, round, seats, error));
    }
    return finish(c, error);
}

/* The points of everyone together. */
static void sum_everyone(struct count *c)
{
    const cci_approvals *v = &c->t->voters;
    for (size_t b = 0; b < v->ballots; b++)
        for (size_t i = 1; i <= cci_approved(v, b); i++) {
            cci_wide_scale(c->tally.change, cci_step(&c->t->worth, i), (uint64_t)v->weights[b],
                           c->tally.limbs);
            cci_wide_add(c->points, c->tally.change, c->tally.limbs);
        }
}

static cocreate_status backward(struct count *c, cocreate_error *error)
{
    cci_run *run = c->run;
    size_t m = run->roster->count, seats = c->t->seats;
    cci_tally_everyone(&c->tally);
    sum_everyone(c);
    for (size_t o = 0; o < m; o++) {
        run->standings[o].from = 1;
        run->standings[o].to = seats;
        run->selected[o] = 1;
    }
    for (size_t round = 1; round <= m - seats; round++) {
        uint32_t chosen = 0;
        CCI_TRY(choose(c, round, &chosen, error));
        CCI_TRY(find_values(c, error));
        CCI_TRY(write_round(c, round, chosen, error));
        cci_wide_sub(c->points, cci_tally_sum(&c->tally, chosen), c->tally.limbs);
        move(c, chosen);
        run->selected[chosen] = 0;
        run->standings[chosen].from = run->standings[chosen].to = m + 1 - round;
        CCI_TRY(cci_run_progress(run, round, m - seats, error));
    }
    CCI_TRY(find_values(c, error));
    return finish(c, error);
}

/* -- Every order ------------------------------------------------------------------------------ */

/* Bring the tally to a committee. */
static void visit(struct count *c, const uint32_t *members, size_t n)
{
    size_t m = c->t->voters.candidates;
    memset(c->open, !c->backward, m);
    for (size_t i = 0; i < n; i++)
        c->open[members[i]] = (uint8_t)c->backward;
    if (!c->backward)
        cci_tally_empty(&c->tally);
    else
        cci_tally_everyone(&c->tally);
    for (uint32_t o = 0; o < m; o++)
        if (!c->open[o] && c->backward)
            cci_tally_down(&c->tally, o);
        else if (!c->open[o])
            cci_tally_up(&c->tally, o);
}

/* What one committee becomes in a round, for each of those that tie. */
static cocreate_status spread(struct count *c, const uint32_t *members, size_t n, uint32_t *set,
                              cci_committees *next, cocreate_error *error)
{
    visit(c, members, n);
    size_t tied = find_tied(c);
    for (size_t i = 0; i < tied; i++) {
        size_t size = 0;
        for (size_t k = 0; k < n; k++)
            if (members[k] != c->tied[i])
                set[size++] = members[k];
        if (!c->backward)
            set[size++] = c->tied[i];
        CCI_TRY(cci_committees_add(next, set, error));
    }
    return COCREATE_OK;
}

static cocreate_status advance(struct count *c, cci_committees *now, uint32_t *set,
                               cocreate_error *error)
{
    cci_committees next;
    size_t size = c->backward ? now->seats - 1 : now->seats + 1;
    cocreate_status status = cci_committees_init(&next, c->run, size, error);
    for (size_t i = 0; status == COCREATE_OK && i < now->count; i++) {
        status = spread(c, now->members + i * now->seats, now->seats, set, &next, error);
        if (status == COCREATE_OK)
            status = cci_run_progress(c->run, i, now->count, error);
    }
    cci_committees_free(now);
    *now = next;
    return status;
}

static cocreate_status every_order(struct count *c, cci_committees *now, uint32_t *set,
                                   cocreate_error *error)
{
    uint32_t m = (uint32_t)c->t->voters.candidates;
    size_t universes = 0;
    CCI_TRY(cci_committees_init(now, c->run, c->backward ? m : 1, error));
    for (uint32_t o = 0; o < m; o++)
        set[o] = o;
    if (c->backward)
        CCI_TRY(cci_committees_add(now, set, error));
    else
        CCI_TRY(spread(c, set, 0, set, now, error));
    for (; now->seats != c->t->seats; universes += now->count)
        CCI_TRY(advance(c, now, set, error));
    write_head(c);
    CCI_TRY(cci_committees_elect(now, &c->run->trace, error));
    cci_buffer_format(&c->run->trace, "\"universes\":%zu", universes + 1);
    return COCREATE_OK;
}

static cocreate_status parallel(struct count *c, cocreate_error *error)
{
    cci_committees now = {.run = NULL};
    uint32_t *set = cci_alloc(&c->run->allocator, c->t->voters.candidates + 1, sizeof *set);
    cocreate_status status =
        set != NULL ? every_order(c, &now, set, error) : cci_no_memory(error);
    cci_free(&c->run->allocator, set);
    cci_committees_free(&now);
    return status;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status open(struct count *c, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    size_t m = c->run->roster->count;
    CCI_TRY(cci_tally_init(&c->tally, &c->t->voters, &c->t->worth, c->t->worth.steps, error));
    c->open = cci_alloc(a, m, sizeof *c->open);
    c->tied = cci_alloc(a, m, sizeof *c->tied);
    c->ends = cci_alloc(a, m, sizeof *c->ends);
    c->values = cci_alloc(a, m, sizeof *c->values);
    c->points = cci_alloc(a, c->t->worth.limbs, sizeof *c->points);
    c->run->selected = cci_alloc(a, m, sizeof *c->run->selected);
    if (!c->open || !c->tied || !c->ends || !c->values || !c->points || !c->run->selected)
        return cci_no_memory(error);
    memset(c->open, 1, m);
    return COCREATE_OK;
}

static cocreate_status run_rounds(cci_thiele *t, int back, cocreate_error *error)
{
    const cocreate_allocator *a = &t->run->allocator;
    struct count c = {.t = t, .run = t->run, .backward = back};
    cci_buffer_init(&c.rounds, a);
    cocreate_status status = open(&c, error);
    if (status == COCREATE_OK)
        status = t->run->chain.parallel ? parallel(&c, error)
                 : back                 ? backward(&c, error)
                                        : forward(&c, error);
    for (size_t o = 0; c.values != NULL && o < t->run->roster->count; o++)
        cci_value_clear(a, &c.values[o]);
    cci_free(a, c.open);
    cci_free(a, c.tied);
    cci_free(a, c.ends);
    cci_free(a, c.values);
    cci_free(a, c.points);
    cci_buffer_free(&c.rounds);
    cci_tally_free(&c.tally);
    return status;
}

cocreate_status cci_thiele_forward(cci_thiele *t, cocreate_error *error)
{
    return run_rounds(t, 0, error);
}

cocreate_status cci_thiele_backward(cci_thiele *t, cocreate_error *error)
{
    return run_rounds(t, 1, error);
}
