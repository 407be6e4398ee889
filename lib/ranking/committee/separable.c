/* Electing by score, and all committees of a tie at the last seat. */
#include "ranking/committee/separable.h"

#include "ranking/ties.h"
#include "ranking/write.h"

/* With places by score: a tie that goes on past the last seat is one that no step broke. */
static cocreate_status elect_places(cci_run *run, cocreate_error *error)
{
    uint64_t seats = (uint64_t)run->seats;
    CCI_TRY(cci_place_by_score(run, error));
    for (uint32_t o = 0; o < run->roster->count; o++) {
        const cci_standing *s = &run->standings[o];
        run->selected[o] = s->to <= seats;
        if (s->from <= seats && s->to > seats)
            return cci_fail(error, COCREATE_ERR_TIE,
                            "%llu options such as %s tie for the last %llu of %llu seats, and no "
                            "tie step tells who is elected: add id or lot to ties, or ask for all "
                            "committees by ties=parallel",
                            (unsigned long long)(s->to - s->from + 1), cci_name(run, o),
                            (unsigned long long)(seats - s->from + 1), (unsigned long long)seats);
    }
    return COCREATE_OK;
}

/* Who is in every committee, and every choice of the rest among those who tie for the last seats. */
static cocreate_status add_all(cci_run *run, cci_committees *c, uint32_t *set, uint32_t *tied,
                               cocreate_error *error)
{
    size_t seats = (size_t)run->seats, certain = 0, n = 0;
    for (uint32_t o = 0; o < run->roster->count; o++) {
        if (run->standings[o].to <= seats)
            set[certain++] = o;
        else if (run->standings[o].from <= seats)
            tied[n++] = o;
    }
    return cci_committees_add_choices(c, set, certain, tied, n, error);
}

static cocreate_status elect_committees(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    cci_committees c = {.run = NULL};
    CCI_TRY(cci_place_by_score(run, error));
    uint32_t *set = cci_alloc(a, m, sizeof *set), *tied = cci_alloc(a, m, sizeof *tied);
    cocreate_status status = set != NULL && tied != NULL
                                 ? cci_committees_init(&c, run, (size_t)run->seats, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = add_all(run, &c, set, tied, error);
    if (status == COCREATE_OK)
        status = cci_committees_elect(&c, &run->trace, error);
    cci_committees_free(&c);
    cci_free(a, set);
    cci_free(a, tied);
    return status;
}

cocreate_status cci_elect_by_score(cci_run *run, cocreate_error *error)
{
    run->selected = cci_alloc(&run->allocator, run->roster->count, sizeof *run->selected);
    if (run->selected == NULL)
        return cci_no_memory(error);
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\"%s", (long long)run->electorate->blank,
                      run->chain.parallel ? "," : "");
    if (!run->chain.parallel)
        return elect_places(run, error);
    CCI_TRY(elect_committees(run, error));
    cci_buffer_format(&run->trace, "\"seats\":%lld", (long long)run->seats);
    return COCREATE_OK;
}
