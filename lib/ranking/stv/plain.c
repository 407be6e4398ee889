/* The round that most rules share. */
#include "ranking/stv/plain.h"

#include <string.h>

const char *const cci_exact_word[] = {"exact", NULL};

int cci_plain_decimals(const cci_option_value *value)
{
    return value->integer < 0 ? CCI_EXACT : (int)value->integer;
}

cocreate_status cci_plain_over(cci_count *c, int *out, cocreate_error *error)
{
    *out = cci_seats_left(c) == 0 || c->hopefuls <= cci_seats_left(c);
    return *out && cci_seats_left(c) > 0 ? cci_count_fill(c, error) : COCREATE_OK;
}

cocreate_status cci_plain_eliminate(cci_count *c, const uint32_t *group, size_t n,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < n; i++)
        CCI_TRY(cci_count_eliminate(c, group[i], error));
    return c->hopefuls <= cci_seats_left(c) ? COCREATE_OK : cci_count_pass_on(c, group, n, error);
}

/* Who was elected late keeps receiving papers, and may have a surplus only now. */
static cocreate_status find_due(cci_count *c, cocreate_error *error)
{
    for (size_t i = 0; i < c->electeds; i++) {
        uint32_t o = c->elected[i].candidate;
        int order = 0;
        if (c->receives[o])
            CCI_TRY(cci_count_against_quota(c, o, &order, error));
        c->surplus_due[o] = order > 0;
    }
    return COCREATE_OK;
}

/* What one round does after the elections. */
static cocreate_status act(cci_count *c, const cci_plain *rule, cocreate_error *error)
{
    uint32_t chosen;
    size_t n = 0;
    if (c->late)
        CCI_TRY(find_due(c, error));
    if (rule->batch) {
        CCI_TRY(cci_count_surplus_due(c, &c->factor, error));
        CCI_TRY(cci_count_sure_losers(c, &c->factor, 0, c->group, &n, error));
        if (n > 0)
            return cci_plain_eliminate(c, c->group, n, error);
    }
    CCI_TRY(cci_count_largest_due(c, rule->look, &chosen, error));
    if (chosen != CCI_NO_PAPER)
        return rule->pass_surplus(c, chosen, error);
    CCI_TRY(cci_count_lowest(c, rule->look, &chosen, error));
    return cci_plain_eliminate(c, &chosen, 1, error);
}

cocreate_status cci_plain_count(cci_count *c, const cci_plain *rule, cocreate_error *error)
{
    CCI_TRY(cci_count_quota(c, rule->quota, error));
    for (int over = 0; !over;) {
        CCI_TRY(cci_count_begin(c, error));
        CCI_TRY(cci_count_elect_reaching(c, rule->look, error));
        CCI_TRY(cci_plain_over(c, &over, error));
        if (!over) {
            CCI_TRY(act(c, rule, error));
            CCI_TRY(cci_plain_over(c, &over, error));
        }
        CCI_TRY(cci_count_end(c, error));
    }
    return COCREATE_OK;
}
