#include "reward/contest/equal.h"

#include <stdlib.h>

#include "reward/steps.h"

static int by_id(const void *a, const void *b)
{
    const cci_entry *x = *(const cci_entry *const *)a, *y = *(const cci_entry *const *)b;
    return (x > y) - (x < y);
}

void cci_entries_sort(const cci_entry **entries, size_t n)
{
    if (n > 1)
        qsort(entries, n, sizeof *entries, by_id);
}

cocreate_status cci_equal_pay(cci_evaluation *e, const cci_rule *rule, const cci_equal *what,
                              const cci_entry *const *entries, size_t n, cocreate_error *error)
{
    int64_t *weights = cci_arena_alloc(&e->scratch, n, sizeof *weights);
    int64_t *shares = cci_arena_alloc(&e->scratch, n, sizeof *shares);
    const char **ids = cci_arena_alloc(&e->scratch, n, sizeof *ids);
    size_t mark = e->trace.text.size, figures = e->trace.figures.n;
    if (weights == NULL || shares == NULL || ids == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        weights[i] = 1;
        ids[i] = entries[i]->id;
    }
    CCI_TRY(cci_split_for(e, rule, what->pool, weights, ids, n, 0, 0, shares, error));
    for (size_t i = 0; i < n; i++) {
        e->trace.text.size = mark;
        e->trace.figures.n = figures;
        if (what->place > 0) {
            CCI_TRY(cci_trace_integer(&e->trace, "place", CCI_UNIT_NONE, what->place, error));
            cci_trace_say(&e->trace, "Place {place}.");
        }
        if (what->say != NULL)
            cci_trace_say(&e->trace, what->say);
        cci_trace_weight(&e->trace, what->by, (cci_number){1, 1});
        CCI_TRY(cci_trace_apportion(&e->trace, rule->method, what->pool, (cci_number){1, 1},
                                    (cci_number){(int64_t)n, 1}, shares[i], error));
        CCI_TRY(cci_pay(e, rule, entries[i], shares[i], error));
    }
    return COCREATE_OK;
}
