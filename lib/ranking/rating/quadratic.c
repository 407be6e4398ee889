/* Quadratic voting: votes cost their square, so that credits buy as many votes as their root. */
#include "base/checked.h"
#include "base/radical.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { CREDITS };

static const cci_option_spec options[] = {
    {"credits", CCI_OPTION_INTEGER, NULL, 1, INT64_C(9007199254740991), 0,
     "what each voter may spend in all; a ballot that spends more is refused"},
};

/* The votes of the candidates: terms start[o] .. start[o + 1], by ascending square-free number. */
struct poll {
    cci_run *run;
    size_t *start;
    cci_radical *terms;
    cci_radical *difference; /* room for the terms of two candidates */
};

/* Points are credits and buy their root; scores are votes and cost their square. */
static cocreate_status check_ballot(const cci_run *run, size_t b, cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int64_t spent = 0, limit = run->options[CREDITS].integer;
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
        int64_t cost = e->values[i];
        int fits = e->info.kind == COCREATE_BALLOT_POINTS || cci_mul_i64(cost, cost, &cost);
        if (!fits || (uint64_t)cost > CCI_RADICAL_MAX)
            return cci_fail_at(error, COCREATE_ERR_LIMIT, run->roster->candidates[e->options[i]].index,
                               "a ballot spends more than %llu credits on %s",
                               (unsigned long long)CCI_RADICAL_MAX, cci_name(run, e->options[i]));
        if (!cci_add_i64(spent, cost, &spent))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the credits of a ballot do not fit 64 bits");
    }
    char shown[CCI_BALLOT_SHOWN];
    if (limit > 0 && spent > limit)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "a ballot spends %lld credits (%s), and every voter has %lld",
                        (long long)spent, cci_ballot_shown(run, b, shown), (long long)limit);
    return COCREATE_OK;
}

/* Votes of one mark: weight * root of the square-free number. */
static cocreate_status read_mark(const cci_electorate *e, size_t b, size_t i, cci_radical *out,
                                 cocreate_error *error)
{
    uint64_t root, free = 1;
    int64_t votes = e->values[i];
    if (e->info.kind == COCREATE_BALLOT_POINTS) {
        cci_radical_split((uint64_t)e->values[i], &root, &free);
        votes = (int64_t)root;
    }
    out->free = free;
    if (!cci_mul_i64(votes, e->weights[b], &out->coefficient))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the votes of a ballot do not fit 64 bits");
    return COCREATE_OK;
}

static cocreate_status by_free(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const cci_radical *terms = context;
    (void)error;
    *out = (terms[a].free > terms[b].free) - (terms[a].free < terms[b].free);
    return COCREATE_OK;
}

/* Sort the n marks of a candidate by number and add up equal ones, into `out`. */
static cocreate_status fold(const cocreate_allocator *a, cci_radical *marks, size_t n,
                            uint32_t *order, cci_radical *out, size_t *kept, cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    CCI_TRY(cci_sort(a, order, n, by_free, marks, error));
    *kept = 0;
    for (size_t i = 0; i < n; i++) {
        const cci_radical *mark = &marks[order[i]];
        cci_radical *last = *kept > 0 ? &out[*kept - 1] : NULL;
        if (last == NULL || last->free != mark->free)
            out[(*kept)++] = *mark;
        else if (!cci_add_i64(last->coefficient, mark->coefficient, &last->coefficient))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the votes of an option do not fit 64 bits");
    }
    return COCREATE_OK;
}

/* Marks by candidate, one after the other; at[o] is one past the last of candidate o. */
static cocreate_status gather(struct poll *p, cci_radical *marks, size_t *at,
                              cocreate_error *error)
{
    const cci_electorate *e = p->run->electorate;
    size_t m = e->candidates;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            at[e->options[i]]++;
    for (size_t o = 0, sum = 0; o < m; o++) {
        size_t n = at[o];
        at[o] = sum;
        sum += n;
    }
    for (size_t b = 0; b < e->ballots; b++) {
        CCI_TRY(check_ballot(p->run, b, error));
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
            CCI_TRY(read_mark(e, b, i, &marks[at[e->options[i]]++], error));
    }
    return COCREATE_OK;
}

static cocreate_status tally(struct poll *p, cci_radical *marks, size_t *at, uint32_t *order,
                             cocreate_error *error)
{
    size_t m = p->run->roster->count, first = 0, widest = 0;
    CCI_TRY(gather(p, marks, at, error));
    for (size_t o = 0; o < m; o++) {
        size_t kept;
        CCI_TRY(fold(&p->run->allocator, marks + first, at[o] - first, order,
                     p->terms + p->start[o], &kept, error));
        first = at[o];
        p->start[o + 1] = p->start[o] + kept;
        widest = kept > widest ? kept : widest;
    }
    p->difference = cci_alloc(&p->run->allocator, 2 * widest, sizeof *p->difference);
    return p->difference != NULL ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status best_first(void *context, uint32_t a, uint32_t b, int *out,
                                  cocreate_error *error)
{
    struct poll *p = context;
    size_t i = p->start[a], k = p->start[b], n = 0;
    while (i < p->start[a + 1] || k < p->start[b + 1]) {
        cci_radical x = i < p->start[a + 1] ? p->terms[i] : (cci_radical){UINT64_MAX, 0};
        cci_radical y = k < p->start[b + 1] ? p->terms[k] : (cci_radical){UINT64_MAX, 0};
        cci_radical *d = &p->difference[n++];
        d->free = x.free < y.free ? x.free : y.free;
        if (!cci_sub_i64(x.free == d->free ? x.coefficient : 0,
                         y.free == d->free ? y.coefficient : 0, &d->coefficient))
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "the votes of two options do not fit 64 bits");
        i += x.free == d->free;
        k += y.free == d->free;
    }
    CCI_TRY(cci_radical_sign(p->difference, n, out, error));
    *out = -*out;
    return COCREATE_OK;
}

static cocreate_status write_trace(const struct poll *p, cocreate_error *error)
{
    cci_run *run = p->run;
    cci_buffer *out = &run->trace;
    cci_buffer_format(out, "\"blank\":\"%lld\",\"votes\":{", (long long)run->electorate->blank);
    for (size_t i = 0; i < run->roster->count; i++) {
        uint32_t o = run->roster->by_key[i];
        size_t n = p->start[o + 1] - p->start[o];
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(run, out, o);
        cci_buffer_text(out, ":\"");
        CCI_TRY(cci_radical_text(p->terms + p->start[o], n, out, error));
        cci_buffer_byte(out, '"');
        if (n == 1 && p->terms[p->start[o]].free == 1)
            cci_value_set(&run->allocator, &run->standings[o].score,
                          p->terms[p->start[o]].coefficient, 1);
        cci_buffer_text(&run->notes, cci_name(run, o));
        cci_buffer_text(&run->notes, " has ");
        CCI_TRY(cci_radical_text(p->terms + p->start[o], n, &run->notes, error));
        cci_buffer_text(&run->notes, " votes.\n");
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}

static cocreate_status work(struct poll *p, cocreate_error *error)
{
    cci_run *run = p->run;
    const cci_electorate *e = run->electorate;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count, n = e->ballots > 0 ? e->start[e->ballots] : 0;
    if (n > UINT32_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "more than %llu marks",
                        (unsigned long long)UINT32_MAX);
    cci_radical *marks = cci_alloc(a, n, sizeof *marks);
    size_t *at = cci_alloc(a, m, sizeof *at);
    uint32_t *order = cci_alloc(a, n, sizeof *order);
    p->start = cci_alloc(a, m + 1, sizeof *p->start);
    p->terms = cci_alloc(a, n, sizeof *p->terms);
    cocreate_status status = marks && at && order && p->start && p->terms
                                 ? tally(p, marks, at, order, error)
                                 : cci_no_memory(error);
    cci_free(a, marks);
    cci_free(a, at);
    cci_free(a, order);
    CCI_TRY(status);
    CCI_TRY(write_trace(p, error));
    return cci_place_by(run, best_first, p, error);
}

static cocreate_status run_quadratic(cci_run *run, cocreate_error *error)
{
    struct poll p = {.run = run};
    cocreate_status status = work(&p, error);
    cci_free(&run->allocator, p.start);
    cci_free(&run->allocator, p.terms);
    cci_free(&run->allocator, p.difference);
    return status;
}

const cci_method cci_method_quadratic = {
    .name = "quadratic",
    .title = "Quadratic voting: v votes for an option cost v squared credits",
    .evidence = CCI_TAKES(COCREATE_BALLOT_POINTS) | CCI_TAKES(COCREATE_BALLOT_SCORE),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .complexity = "O(marks * log marks + marks * cube root of the credits)",
    .source = "Lalley & Weyl, Quadratic voting: how mechanism design can radicalize democracy, AEA "
              "Papers and Proceedings 108 (2018)",
    .run = run_quadratic,
};
