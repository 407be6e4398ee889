/* Who is lowest, who is first, and how a tie between them is broken. */
#include "ranking/order.h"
#include "ranking/stv/count.h"
#include "ranking/ties.h"
#include "ranking/write.h"

cocreate_status cci_count_extreme(cci_count *c, int highest, uint32_t *group, size_t *n,
                                  cocreate_error *error)
{
    size_t kept = 0;
    for (uint32_t o = 0; o < c->candidates; o++) {
        int order = 0;
        if (!c->hopeful[o])
            continue;
        if (kept > 0)
            CCI_TRY(cci_value_compare(&c->votes[o], &c->votes[group[0]], &order, error));
        if (kept > 0 && order != 0 && (order > 0) == highest)
            kept = 0;
        if (kept == 0 || order == 0)
            group[kept++] = o;
    }
    *n = kept;
    return COCREATE_OK;
}

/* -- Looking back ----------------------------------------------------------------------------- */

/* The tie of the n was broken by what they had in an earlier round: the first `kept` of them stand
 * out, first where best was asked for, last where worst. */
static void record_past(cci_count *c, uint32_t *group, size_t n, size_t kept, int worst,
                        size_t round)
{
    cci_run *run = c->run;
    cci_buffer *out = &run->ties, *notes = &run->tie_notes;
    if (out->size > 0)
        cci_buffer_byte(out, ',');
    for (size_t i = 1; i < n; i++) /* as they stand in the file */
        for (size_t k = i; k > 0 && k != kept && group[k - 1] > group[k]; k--) {
            uint32_t moved = group[k];
            group[k] = group[k - 1];
            group[k - 1] = moved;
        }
    cci_buffer_text(out, "{\"options\":");
    cci_write_ids(run, out, group, n);
    cci_buffer_text(out, ",\"order\":[");
    const uint32_t *parts[2] = {worst ? group + kept : group, worst ? group : group + kept};
    size_t sizes[2] = {worst ? n - kept : kept, worst ? kept : n - kept};
    for (size_t part = 0; part < 2; part++)
        for (size_t i = 0; i < sizes[part]; i++) {
            if (part + i > 0)
                cci_buffer_byte(out, ',');
            cci_write_id(run, out, parts[part][i]);
        }
    cci_buffer_format(out, "],\"round\":%zu,\"step\":\"look_back\"}", round);
    cci_buffer_text(notes, "The tie of ");
    cci_write_names(run, notes, group, n);
    cci_buffer_format(notes, " is broken by their votes in round %zu: ", round);
    cci_write_names(run, notes, group, kept);
    cci_buffer_format(notes, " had the %s.\n", worst ? "fewest" : "most");
}

/* Narrow the group by the votes at the cursors. */
static cocreate_status narrow(cci_count *c, uint32_t *group, size_t *n, int worst, size_t round,
                              cocreate_error *error)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        uint32_t o = group[i];
        int order = 0;
        if (kept > 0)
            CCI_TRY(cci_value_compare(&c->past[c->cursor[o]].votes,
                                      &c->past[c->cursor[group[0]]].votes, &order, error));
        if (kept > 0 && order != 0 && (order > 0) != worst)
            kept = 0;
        if (kept == 0 || order == 0) {
            group[i] = group[kept];
            group[kept++] = o;
        }
    }
    if (kept < *n)
        record_past(c, group, *n, kept, worst, round);
    *n = kept;
    return COCREATE_OK;
}

/* The next point, from the cursors on, at which the votes of one of the group changed; move the
 * cursors of those who changed there. 0 past the last. */
static uint32_t step(cci_count *c, const uint32_t *group, size_t n, int forward)
{
    uint32_t best = 0;
    for (size_t i = 0; i < n; i++) {
        const cci_past *now = &c->past[c->cursor[group[i]]];
        if (forward && now->after != CCI_NO_PAST) {
            uint32_t point = c->past[now->after].point;
            best = best == 0 || point < best ? point : best;
        } else if (!forward && now->before != CCI_NO_PAST)
            best = now->point > best ? now->point : best;
    }
    for (size_t i = 0; i < n && best > 0; i++) {
        uint32_t *cursor = &c->cursor[group[i]];
        const cci_past *now = &c->past[*cursor];
        if (forward && now->after != CCI_NO_PAST && c->past[now->after].point == best)
            *cursor = now->after;
        else if (!forward && now->point == best && now->before != CCI_NO_PAST)
            *cursor = now->before;
    }
    return best;
}

cocreate_status cci_count_look_back(cci_count *c, uint32_t *group, size_t *n, int worst,
                                    cci_look_back look, cocreate_error *error)
{
    int forward = look == CCI_LOOK_EARLIEST;
    uint32_t point = forward ? 1 : c->point;
    if (look == CCI_LOOK_NOWHERE || c->past_count == 0)
        return COCREATE_OK;
    for (size_t i = 0; i < *n; i++)
        c->cursor[group[i]] = forward ? group[i] : c->latest[group[i]];
    while (*n > 1 && point > 0) {
        CCI_TRY(narrow(c, group, n, worst, c->point_round[point], error));
        uint32_t changed = *n > 1 ? step(c, group, *n, forward) : 0;
        point = forward || changed == 0 ? changed : changed - 1; /* before what changed there */
    }
    return COCREATE_OK;
}

/* -- Ties ------------------------------------------------------------------------------------- */

cocreate_status cci_count_pick(cci_count *c, uint32_t *group, size_t n, int worst,
                               cci_look_back look, uint32_t *out, cocreate_error *error)
{
    assert(n > 0);
    CCI_TRY(cci_count_look_back(c, group, &n, worst, look, error));
    if (n > 1) {
        CCI_TRY(cci_ties_break(c->run, group, n, c->ends, 1, error));
        if (worst ? c->ends[n - 2] == n : c->ends[0] != 1)
            return cci_fail(error, COCREATE_ERR_TIE,
                            "round %zu: %zu options tie, such as %s and %s, and no tie step tells "
                            "which of them %s: add id or lot to ties",
                            c->round, n, cci_name(c->run, group[0]), cci_name(c->run, group[n - 1]),
                            worst ? "is eliminated" : "comes first");
        CCI_TRY(cci_ties_break(c->run, group, n, c->ends, 0, error));
    }
    *out = group[worst ? n - 1 : 0];
    return COCREATE_OK;
}

cocreate_status cci_count_lowest(cci_count *c, cci_look_back look, uint32_t *out,
                                 cocreate_error *error)
{
    size_t n = 0;
    CCI_TRY(cci_count_extreme(c, 0, c->group, &n, error));
    return cci_count_pick(c, c->group, n, 1, look, out, error);
}

cocreate_status cci_count_largest_due(cci_count *c, cci_look_back look, uint32_t *out,
                                      cocreate_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < c->electeds; i++) {
        uint32_t o = c->elected[i].candidate;
        int order = 0;
        if (!c->surplus_due[o])
            continue;
        if (n > 0)
            CCI_TRY(cci_value_compare(&c->votes[o], &c->votes[c->group[0]], &order, error));
        if (order > 0)
            n = 0;
        if (order >= 0)
            c->group[n++] = o;
    }
    *out = CCI_NO_PAPER;
    return n > 0 ? cci_count_pick(c, c->group, n, 0, look, out, error) : COCREATE_OK;
}

/* -- Sure losers ------------------------------------------------------------------------------ */

static cocreate_status fewest_first(void *context, uint32_t a, uint32_t b, int *out,
                                    cocreate_error *error)
{
    const cci_count *c = context;
    CCI_TRY(cci_value_compare(&c->votes[a], &c->votes[b], out, error));
    if (*out == 0)
        *out = (b > a) - (b < a); /* so that the first in the file is elected first */
    return COCREATE_OK;
}

cocreate_status cci_count_by_votes(cci_count *c, uint32_t *group, size_t *n, cocreate_error *error)
{
    *n = 0;
    for (uint32_t o = 0; o < c->candidates; o++)
        if (c->hopeful[o])
            group[(*n)++] = o;
    return cci_sort(&c->run->allocator, group, *n, fewest_first, c, error);
}

cocreate_status cci_count_sure_losers(cci_count *c, const cci_value *surplus, int or_equal,
                                      uint32_t *group, size_t *n, cocreate_error *error)
{
    size_t hopefuls, most = c->hopefuls > cci_seats_left(c) ? c->hopefuls - cci_seats_left(c) : 0;
    CCI_TRY(cci_count_by_votes(c, group, &hopefuls, error));
    CCI_TRY(cci_calc_copy(&c->calc, surplus, &c->sum, error));
    *n = 0;
    for (size_t i = 0; i < most && i + 1 < hopefuls; i++) {
        int order = 0, apart = 0;
        const cci_value *next = &c->votes[group[i + 1]];
        CCI_TRY(cci_calc_add(&c->calc, &c->sum, &c->votes[group[i]], &c->sum, error));
        CCI_TRY(cci_value_compare(&c->sum, next, &order, error));
        CCI_TRY(cci_value_compare(&c->votes[group[i]], next, &apart, error));
        if (apart != 0 && (order < 0 || (or_equal && order == 0))) /* equals stay together */
            *n = i + 1;
    }
    return COCREATE_OK;
}

cocreate_status cci_count_surplus_due(cci_count *c, cci_value *out, cocreate_error *error)
{
    cci_value_set(&c->run->allocator, out, 0, 1);
    for (size_t i = 0; i < c->electeds; i++) {
        uint32_t o = c->elected[i].candidate;
        if (!c->surplus_due[o])
            continue;
        CCI_TRY(cci_calc_add(&c->calc, out, &c->votes[o], out, error));
        CCI_TRY(cci_calc_sub(&c->calc, out, &c->quota, out, error));
    }
    return COCREATE_OK;
}
