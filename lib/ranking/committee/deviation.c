/* Groups that would do better with other members: full justified representation and the core. */
#include <string.h>

#include "ranking/committee/check.h"

struct deviation {
    cci_check *c;
    size_t size;     /* options that the group asks for, of whom it deserves as many */
    uint32_t *needs; /* approved options that bring a ballot into the group; more than size: never */
    uint32_t *gets;  /* approved options among those chosen */
    uint32_t *order; /* candidates, most supported first */
    int64_t *support;
    size_t *chosen;  /* places in the order */
    size_t depth;
};

static void change(struct deviation *s, size_t place, uint32_t by)
{
    const cci_approvals *v = &s->c->voters;
    uint32_t o = s->order[place];
    for (size_t i = v->first[o]; i < v->first[o + 1]; i++)
        s->gets[v->supporters[i]] += by; /* modulo 2^32 */
}

/* Voters who get what they need if all options yet to be chosen are to their liking. */
static int64_t find_group(const struct deviation *s)
{
    const cci_approvals *v = &s->c->voters;
    size_t left = s->size - s->depth;
    int64_t group = 0;
    for (size_t b = 0; b < v->ballots; b++)
        if (s->needs[b] <= s->size && s->gets[b] + left >= s->needs[b])
            group += v->weights[b];
    return group;
}

/* Every set of `size` options in lexical order of places, but for those that cannot win enough. */
static cocreate_status walk(struct deviation *s, size_t agrees, size_t has, cocreate_error *error)
{
    cci_check *c = s->c;
    size_t m = c->voters.candidates, from = 0;
    for (;;) {
        int64_t group = find_group(s);
        int enough = cci_check_enough(c, group, s->size);
        CCI_TRY(cci_check_steps(c, c->voters.ballots + 1, error));
        if (enough && s->depth == s->size) {
            c->violated = 1;
            c->deserves = c->option_count = s->size;
            c->agrees = agrees;
            c->has = has;
            c->group = group;
            for (size_t i = 0; i < s->size; i++)
                c->options[i] = s->order[s->chosen[i]];
            break;
        }
        if (enough && from + (s->size - s->depth) <= m) {
            s->chosen[s->depth++] = from;
            change(s, from++, 1);
            continue;
        }
        if (s->depth == 0)
            break;
        from = s->chosen[--s->depth];
        change(s, from++, UINT32_MAX);
    }
    while (s->depth > 0)
        change(s, s->chosen[--s->depth], UINT32_MAX);
    return COCREATE_OK;
}

/* Full: everyone of the group approves at least `agrees` of the options and fewer members. */
static cocreate_status search_full(struct deviation *s, cocreate_error *error)
{
    cci_check *c = s->c;
    for (s->size = 1; s->size <= c->seats && !c->violated; s->size++)
        for (size_t agrees = 1; agrees <= s->size && !c->violated; agrees++) {
            for (size_t b = 0; b < c->voters.ballots; b++)
                s->needs[b] = c->hits[b] < agrees ? (uint32_t)agrees : UINT32_MAX;
            CCI_TRY(walk(s, agrees, agrees - 1, error));
        }
    return COCREATE_OK;
}

/* Core: everyone of the group approves more of the options than of the members. */
static cocreate_status search_core(struct deviation *s, cocreate_error *error)
{
    cci_check *c = s->c;
    for (size_t b = 0; b < c->voters.ballots; b++)
        s->needs[b] = c->hits[b] + 1;
    for (s->size = 1; s->size <= c->seats && !c->violated; s->size++)
        CCI_TRY(walk(s, 0, 0, error));
    return COCREATE_OK;
}

static cocreate_status find(cci_check *c, int full, cocreate_error *error)
{
    const cocreate_allocator *a = &c->allocator;
    struct deviation s = {.c = c};
    s.needs = cci_alloc(a, c->voters.ballots, sizeof *s.needs);
    s.gets = cci_alloc(a, c->voters.ballots, sizeof *s.gets);
    s.order = cci_alloc(a, c->voters.candidates, sizeof *s.order);
    s.support = cci_alloc(a, c->voters.candidates, sizeof *s.support);
    s.chosen = cci_alloc(a, c->seats, sizeof *s.chosen);
    cocreate_status status = s.needs && s.gets && s.order && s.support && s.chosen
                                 ? cci_approvals_order(&c->voters, s.order, s.support, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = full ? search_full(&s, error) : search_core(&s, error);
    cci_free(a, s.needs);
    cci_free(a, s.gets);
    cci_free(a, s.order);
    cci_free(a, s.support);
    cci_free(a, s.chosen);
    return status;
}

cocreate_status cci_find_fjr(cci_check *c, cocreate_error *error)
{
    return find(c, 1, error);
}

cocreate_status cci_find_core(cci_check *c, cocreate_error *error)
{
    return find(c, 0, error);
}
