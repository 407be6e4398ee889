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

/* The next choice of `left` among n, in lexical order; 0 after the last. */
static int next_choice(uint32_t *choice, size_t left, size_t n)
{
    size_t i = left;
    while (i > 0 && choice[i - 1] == n - left + i - 1)
        i--;
    if (i == 0)
        return 0;
    choice[i - 1]++;
    for (; i < left; i++)
        choice[i] = choice[i - 1] + 1;
    return 1;
}

/* Who is in every committee, and every choice of the rest among those who tie for the last seats. */
static cocreate_status add_all(cci_run *run, cci_committees *c, uint32_t *set, uint32_t *tied,
                               uint32_t *choice, cocreate_error *error)
{
    size_t seats = (size_t)run->seats, certain = 0, n = 0;
    for (uint32_t o = 0; o < run->roster->count; o++) {
        if (run->standings[o].to <= seats)
            set[certain++] = o;
        else if (run->standings[o].from <= seats)
            tied[n++] = o;
    }
    for (size_t i = 0; i < seats - certain; i++)
        choice[i] = (uint32_t)i;
    do {
        for (size_t i = 0; i < seats - certain; i++)
            set[certain + i] = tied[choice[i]];
        CCI_TRY(cci_committees_add(c, set, error));
    } while (next_choice(choice, seats - certain, n));
    return COCREATE_OK;
}

static cocreate_status elect_committees(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    cci_committees c = {.run = NULL};
    CCI_TRY(cci_place_by_score(run, error));
    uint32_t *set = cci_alloc(a, m, sizeof *set), *tied = cci_alloc(a, m, sizeof *tied);
    uint32_t *choice = cci_alloc(a, m, sizeof *choice);
    cocreate_status status = set != NULL && tied != NULL && choice != NULL
                                 ? cci_committees_init(&c, run, (size_t)run->seats, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = add_all(run, &c, set, tied, choice, error);
    if (status == COCREATE_OK)
        status = cci_committees_elect(&c, &run->trace, error);
    cci_committees_free(&c);
    cci_free(a, set);
    cci_free(a, tied);
    cci_free(a, choice);
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
