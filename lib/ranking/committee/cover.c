/* Weights covered by every subset of a committee. */
#include "ranking/committee/cover.h"

#include <string.h>

cocreate_status cci_cover_init(cci_cover *c, const cci_run *run, const cci_approvals *voters,
                               cocreate_error *error)
{
    const cocreate_allocator *a = &voters->allocator;
    memset(c, 0, sizeof *c);
    if (run->seats > CCI_COVER_SEATS)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s looks at every subset of a committee: %lld seats, at most %d",
                        run->method->name, (long long)run->seats, CCI_COVER_SEATS);
    c->voters = voters;
    c->covered = cci_alloc(a, (size_t)1 << run->seats, sizeof *c->covered);
    c->inside = cci_alloc(a, (size_t)1 << run->seats, sizeof *c->inside);
    c->pattern = cci_alloc(a, voters->ballots, sizeof *c->pattern);
    if (c->covered != NULL && c->inside != NULL && c->pattern != NULL)
        return COCREATE_OK;
    cci_cover_free(c);
    return cci_no_memory(error);
}

void cci_cover_free(cci_cover *c)
{
    if (c->voters == NULL)
        return;
    const cocreate_allocator *a = &c->voters->allocator;
    cci_free(a, c->covered);
    cci_free(a, c->inside);
    cci_free(a, c->pattern);
    memset(c, 0, sizeof *c);
}

/* Those who approve the new one and nobody of a set are those whose pattern is inside of its
 * complement: sums over subsets, one bit after the other. */
void cci_cover_enter(cci_cover *c, uint32_t candidate)
{
    const cci_approvals *v = c->voters;
    size_t half = (size_t)1 << c->members;
    memset(c->inside, 0, half * sizeof *c->inside);
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        uint32_t ballot = v->supporters[i];
        c->inside[c->pattern[ballot]] += v->weights[ballot];
        c->pattern[ballot] |= (uint32_t)half;
    }
    for (size_t bit = 1; bit < half; bit *= 2)
        for (size_t set = 0; set < half; set++)
            if (set & bit)
                c->inside[set] += c->inside[set ^ bit];
    for (size_t set = 0; set < half; set++)
        c->covered[set | half] = c->covered[set] + c->inside[half - 1 - set];
    c->steps += half * (c->members + 1) + (v->first[candidate + 1] - v->first[candidate]);
    c->members++;
}

void cci_cover_leave(cci_cover *c, uint32_t candidate)
{
    const cci_approvals *v = c->voters;
    uint32_t bit = (uint32_t)1 << --c->members;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++)
        c->pattern[v->supporters[i]] &= ~bit;
}
