/* How far options are from beating everyone, solved option by option. */
#include "ranking/optimal/nearly.h"

#include "ranking/ties.h"
#include "ranking/write.h"

struct work {
    cci_contest *c;
    const cci_nearly *kind;
    cci_choices choices;
    uint32_t *rank;
    size_t *slot;
};

/* The ranks of a ballot, with those left out behind all others, or not compared. */
static void read_ranks(struct work *w, size_t ballot)
{
    const cci_electorate *e = w->c->run->electorate;
    int ignored = w->c->run->method->option_count > 0 && w->c->run->options[0].integer != 0;
    uint32_t rank = 0;
    for (size_t o = 0; o < w->c->m; o++)
        w->rank[o] = CCI_RANK_NONE;
    for (size_t i = e->start[ballot], end = e->start[ballot + 1]; i < end; rank++)
        for (size_t stop = cci_rank_end(e, i, end); i < stop; i++)
            w->rank[e->options[i]] = rank;
    for (size_t o = 0; o < w->c->m && !ignored; o++)
        if (w->rank[o] == CCI_RANK_NONE)
            w->rank[o] = rank;
}

static cocreate_status solve(struct work *w, size_t option, cocreate_error *error)
{
    cci_run *run = w->c->run;
    const cci_electorate *e = run->electorate;
    int64_t least;
    cci_choices_clear(&w->choices);
    for (size_t o = 0; o < w->c->m; o++)
        w->slot[o] = SIZE_MAX;
    w->kind->needs(w->c, option, &w->choices, w->slot);
    for (size_t b = 0; b < e->ballots && w->choices.needs > 0; b++) {
        read_ranks(w, b);
        CCI_TRY(w->kind->levels(w->c, option, w->rank, w->slot, &w->choices, error));
        CCI_TRY(cci_choices_add_class(&w->choices, &run->allocator, e->weights[b], error));
    }
    w->choices.about = cci_name(run, (uint32_t)option);
    w->choices.unit = w->kind->unit;
    CCI_TRY(cci_choices_solve(run, &w->choices, &least, error));
    if (least >= 0)
        cci_value_set(&run->allocator, &run->standings[option].score, least, w->kind->unit);
    return COCREATE_OK;
}

static cocreate_status compare(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const cci_standing *s = context;
    int missing_a = cci_value_missing(&s[a].score), missing_b = cci_value_missing(&s[b].score);
    if (missing_a || missing_b) {
        *out = missing_a - missing_b;
        return COCREATE_OK;
    }
    return cci_value_compare(&s[a].score, &s[b].score, out, error);
}

static cocreate_status write(struct work *w, cocreate_error *error)
{
    cci_run *run = w->c->run;
    cci_buffer *notes = &run->notes;
    cci_write_blank(w->c);
    cci_write_pairwise(w->c, "", "");
    for (uint32_t o = 0; o < w->c->m && cci_is_traced(w->c); o++) {
        const cci_value *score = &run->standings[o].score;
        cci_buffer_text(notes, cci_name(run, o));
        if (cci_value_missing(score)) {
            cci_buffer_format(notes, " does not win whatever %s.\n", w->kind->many);
            continue;
        }
        cci_buffer_text(notes, score->num == 0 ? " wins although " : " wins when ");
        if (score->num == 0)
            cci_buffer_text(notes, "no");
        else
            CCI_TRY(cci_value_say(score, notes, error));
        cci_buffer_format(notes, " %s.\n",
                          score->num == 0 || score->num == score->den ? w->kind->one
                                                                      : w->kind->many);
    }
    return COCREATE_OK;
}

static cocreate_status check_size(const cci_contest *c, cocreate_error *error)
{
    const cci_electorate *e = c->run->electorate;
    int64_t weight = 0;
    for (size_t b = 0; b < e->ballots; b++)
        weight += e->weights[b];
    if (c->m > CCI_CHOICES_NEEDS + 1)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%s takes at most %d options, and %zu run",
                        c->run->method->name, CCI_CHOICES_NEEDS + 1, c->m);
    if (weight > CCI_CHOICES_WEIGHT)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s takes ballots of a weight up to %lld, and theirs is %lld",
                        c->run->method->name, (long long)CCI_CHOICES_WEIGHT, (long long)weight);
    return COCREATE_OK;
}

static cocreate_status work(struct work *w, cocreate_error *error)
{
    cci_run *run = w->c->run;
    for (size_t o = 0; o < w->c->m; o++) {
        CCI_TRY(solve(w, o, error));
        CCI_TRY(cci_run_progress(run, 0, 0, error));
    }
    CCI_TRY(cci_place_by(run, compare, run->standings, error));
    return write(w, error);
}

cocreate_status cci_nearly_hold(cci_contest *c, const cci_nearly *kind, cocreate_error *error)
{
    const cocreate_allocator *a = &c->run->allocator;
    struct work w = {.c = c, .kind = kind};
    CCI_TRY(check_size(c, error));
    w.rank = cci_alloc(a, c->m, sizeof *w.rank);
    w.slot = cci_alloc(a, c->m, sizeof *w.slot);
    cocreate_status status =
        w.rank != NULL && w.slot != NULL ? work(&w, error) : cci_no_memory(error);
    cci_choices_free(&w.choices, a);
    cci_free(a, w.rank);
    cci_free(a, w.slot);
    return status;
}
