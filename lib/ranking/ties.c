/* The tie chain. */
#include "ranking/ties.h"

#include <string.h>

#include "base/digest.h"
#include "ranking/order.h"
#include "ranking/write.h"

struct keys {
    const cci_run *run;
    cci_tie_step step;
    cci_digest *tickets; /* by candidate, for lots */
};

static cocreate_status compare_step(void *context, uint32_t a, uint32_t b, int *out,
                                    cocreate_error *error)
{
    const struct keys *k = context;
    const cci_roster *roster = k->run->roster;
    const cci_candidate *x = &roster->candidates[a], *y = &roster->candidates[b];
    int by_index = (a > b) - (a < b);
    (void)error;
    *out = 0;
    if (k->step == CCI_TIE_EARLIEST)
        *out = (x->at > y->at) - (x->at < y->at);
    else if (k->step == CCI_TIE_ID)
        *out = roster->lexical ? strcmp(x->id, y->id) : by_index;
    else {
        *out = memcmp(&k->tickets[a], &k->tickets[b], sizeof(cci_digest));
        if (*out == 0)
            *out = strcmp(x->id, y->id);
    }
    return COCREATE_OK;
}

/* The time of an option is known for all of them or says nothing: an option must not fall behind
 * because nobody wrote down when it came. */
static int applies(const cci_run *run, cci_tie_step step, const uint32_t *group, size_t n)
{
    if (step == CCI_TIE_EARLIEST)
        for (size_t i = 0; i < n; i++)
            if (run->roster->candidates[group[i]].at == COCREATE_NO_TIME)
                return 0;
    return 1;
}

static const char *const step_names[] = {"id", "earliest", "lot"};

static const char *const step_reasons[] = {"order of id", "the earlier submission", "lot"};

static void record(cci_run *run, cci_tie_step step, const uint32_t *before, const uint32_t *after,
                   size_t n)
{
    if (run->ties.size > 0)
        cci_buffer_byte(&run->ties, ',');
    cci_buffer_text(&run->ties, "{\"options\":");
    cci_write_ids(run, &run->ties, before, n);
    cci_buffer_text(&run->ties, ",\"order\":");
    cci_write_ids(run, &run->ties, after, n);
    cci_buffer_format(&run->ties, ",\"step\":\"%s\"}", step_names[step]);
    cci_buffer_text(&run->tie_notes, "The tie of ");
    cci_write_names(run, &run->tie_notes, before, n);
    cci_buffer_format(&run->tie_notes, " is broken by %s: ", step_reasons[step]);
    cci_write_list(run, &run->tie_notes, after, n, ", then ");
    cci_buffer_byte(&run->tie_notes, '\n');
}

/* One step on one group. */
static cocreate_status break_once(cci_run *run, struct keys *keys, uint32_t *group, size_t n,
                                  size_t offset, size_t *ends, int quiet, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    uint32_t *before = cci_alloc(a, n, sizeof *before);
    if (before == NULL)
        return cci_no_memory(error);
    memcpy(before, group, n * sizeof *before);
    if (keys->step == CCI_TIE_LOT)
        for (size_t i = 0; i < n; i++)
            keys->tickets[group[i]] = cci_lot_ticket(run->chain.seed, run->chain.context,
                                                     run->roster->candidates[group[i]].id);
    cocreate_status status = cci_sort(a, group, n, compare_step, keys, error);
    size_t end = n;
    for (size_t i = n; status == COCREATE_OK && i-- > 0;) {
        ends[i] = offset + end;
        int order = 0;
        if (i > 0)
            status = compare_step(keys, group[i - 1], group[i], &order, error);
        if (order != 0)
            end = i;
    }
    if (status == COCREATE_OK && ends[0] != offset + n && !quiet)
        record(run, keys->step, before, group, n);
    cci_free(a, before);
    return status;
}

static cocreate_status break_all(cci_run *run, struct keys *keys, uint32_t *group, size_t n,
                                 size_t *ends, int quiet, cocreate_error *error)
{
    for (size_t s = 0; s < run->chain.count; s++) {
        keys->step = run->chain.steps[s];
        for (size_t i = 0; i < n;) {
            size_t end = ends[i];
            if (end - i > 1 && applies(run, keys->step, group + i, end - i))
                CCI_TRY(break_once(run, keys, group + i, end - i, i, ends + i, quiet, error));
            i = end;
        }
    }
    return COCREATE_OK;
}

cocreate_status cci_ties_break(cci_run *run, uint32_t *group, size_t n, size_t *ends, int quiet,
                               cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        ends[i] = n;
    if (n < 2 || run->chain.count == 0)
        return COCREATE_OK;
    struct keys keys = {.run = run};
    for (size_t s = 0; s < run->chain.count && keys.tickets == NULL; s++)
        if (run->chain.steps[s] == CCI_TIE_LOT) {
            keys.tickets = cci_alloc(&run->allocator, run->roster->count, sizeof *keys.tickets);
            if (keys.tickets == NULL)
                return cci_no_memory(error);
        }
    cocreate_status status = break_all(run, &keys, group, n, ends, quiet, error);
    cci_free(&run->allocator, keys.tickets);
    return status;
}

cocreate_status cci_ties_place(cci_run *run, uint32_t *group, size_t n, uint64_t first,
                               cocreate_error *error)
{
    size_t *ends = cci_alloc(&run->allocator, n, sizeof *ends);
    if (ends == NULL)
        return cci_no_memory(error);
    cocreate_status status = cci_ties_break(run, group, n, ends, 0, error);
    for (size_t i = 0; status == COCREATE_OK && i < n;) {
        size_t end = ends[i];
        for (size_t begin = i; i < end; i++) {
            run->standings[group[i]].from = first + begin;
            run->standings[group[i]].to = first + end - 1;
        }
    }
    cci_free(&run->allocator, ends);
    return status;
}

static cocreate_status compare_scores(void *context, uint32_t a, uint32_t b, int *out,
                                      cocreate_error *error)
{
    const cci_standing *s = context;
    return cci_value_compare(&s[b].score, &s[a].score, out, error);
}

static cocreate_status place_groups(cci_run *run, uint32_t *order, cci_compare compare,
                                    void *context, cocreate_error *error)
{
    size_t m = run->roster->count;
    for (size_t i = 0; i < m; i++)
        order[i] = (uint32_t)i;
    CCI_TRY(cci_sort(&run->allocator, order, m, compare, context, error));
    for (size_t i = 0; i < m;) {
        size_t end = i + 1;
        for (int equal = 0; end < m && equal == 0; end += equal == 0)
            CCI_TRY(compare(context, order[i], order[end], &equal, error));
        CCI_TRY(cci_ties_place(run, order + i, end - i, i + 1, error));
        i = end;
    }
    return COCREATE_OK;
}

cocreate_status cci_place_by(cci_run *run, cci_compare compare, void *context,
                             cocreate_error *error)
{
    uint32_t *order = cci_alloc(&run->allocator, run->roster->count, sizeof *order);
    if (order == NULL)
        return cci_no_memory(error);
    cocreate_status status = place_groups(run, order, compare, context, error);
    cci_free(&run->allocator, order);
    return status;
}

cocreate_status cci_place_by_score(cci_run *run, cocreate_error *error)
{
    return cci_place_by(run, compare_scores, run->standings, error);
}
