/* Votes that equal ranks share. */
#include "ranking/shares.h"

#include <string.h>

cocreate_status cci_shares_init(cci_shares *s, const cocreate_allocator *a, size_t candidates,
                                size_t widest, cocreate_error *error)
{
    *s = (cci_shares){.allocator = *a, .candidates = candidates, .widest = widest};
    s->rows = cci_alloc(a, widest + 1, sizeof(int64_t *));
    if (s->rows == NULL)
        return cci_no_memory(error);
    for (size_t k = 0; k <= widest; k++)
        s->rows[k] = NULL;
    return COCREATE_OK;
}

void cci_shares_free(cci_shares *s)
{
    if (s->rows == NULL)
        return;
    for (size_t k = 1; k <= s->widest; k++)
        cci_free(&s->allocator, s->rows[k]);
    cci_free(&s->allocator, s->rows);
    s->rows = NULL;
}

void cci_shares_clear(cci_shares *s)
{
    for (size_t k = 1; k <= s->widest; k++)
        if (s->rows[k] != NULL)
            memset(s->rows[k], 0, s->candidates * sizeof(int64_t));
}

int64_t *cci_shares_row(cci_shares *s, size_t k)
{
    assert(k >= 1 && k <= s->widest);
    if (s->rows[k] == NULL)
        s->rows[k] = cci_alloc(&s->allocator, s->candidates, sizeof(int64_t));
    return s->rows[k];
}

cocreate_status cci_shares_value(const cci_shares *s, uint32_t option, cci_rational *sum,
                                 cci_rational *term, cci_value *out, cocreate_error *error)
{
    int64_t whole = s->rows[1] != NULL ? s->rows[1][option] : 0;
    int split = 0;
    for (size_t k = 2; k <= s->widest; k++) {
        if (s->rows[k] == NULL || s->rows[k][option] == 0)
            continue;
        if (!split)
            CCI_TRY(cci_rational_set_i64(sum, whole, 1, error));
        split = 1;
        CCI_TRY(cci_rational_set_i64(term, s->rows[k][option], (int64_t)k, error));
        CCI_TRY(cci_rational_add(sum, term, sum, error));
    }
    if (split)
        return cci_value_set_rational(&s->allocator, out, sum, error);
    cci_value_set(&s->allocator, out, whole, 1);
    return COCREATE_OK;
}

int64_t cci_shares_whole(const cci_shares *s, uint32_t option)
{
    int64_t sum = 0;
    for (size_t k = 1; k <= s->widest; k++)
        sum += s->rows[k] != NULL ? s->rows[k][option] : 0;
    return sum;
}
