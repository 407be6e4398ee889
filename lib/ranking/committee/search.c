/* Branch and bound over committees, with a stack of decisions in place of recursion. */
#include "ranking/committee/search.h"

#include <string.h>

#include "ranking/order.h"

struct search {
    cci_run *run;
    const cci_search_rules *rules;
    cci_committees *best;
    size_t seats;
    uint8_t *open;
    uint32_t *path;    /* candidates decided upon, the latest last */
    uint8_t *entered;  /* of each of the path: is it in? */
    uint32_t *members; /* who is in */
    uint32_t *ranked;  /* all candidates by rank */
    uint32_t *first;   /* room for a committee */
    size_t depth, in, undecided;
    int verdict; /* on this node */
    uint64_t nodes;
};

/* Of the committees that can be made here, the one that stands first by the chain. */
static cocreate_status first_by_chain(struct search *s, cocreate_error *error)
{
    size_t n = s->in;
    memcpy(s->first, s->members, n * sizeof *s->first);
    for (size_t i = 0; n < s->seats; i++)
        if (s->open[s->ranked[i]])
            s->first[n++] = s->ranked[i];
    return cci_committees_sort(s->best, s->first, error);
}

/* Is there something to find below this node? */
static cocreate_status is_promising(struct search *s, int *out, cocreate_error *error)
{
    size_t left = s->seats - s->in;
    *out = 0;
    if (s->undecided < left)
        return COCREATE_OK;
    s->verdict = s->rules->verdict(s->rules->state, s->open, left);
    *out = s->verdict <= 0;
    if (s->verdict != 0 || s->best->full == 0)
        return COCREATE_OK;
    CCI_TRY(first_by_chain(s, error));
    *out = cci_committees_wants(s->best, s->first);
    return COCREATE_OK;
}

/* A whole committee that is not beaten. */
static cocreate_status take(struct search *s, cocreate_error *error)
{
    if (s->verdict < 0) {
        s->rules->keep(s->rules->state);
        cci_committees_clear(s->best);
    }
    return cci_committees_add(s->best, s->members, error);
}

static void enter(struct search *s)
{
    size_t i = 0;
    while (!s->open[s->rules->order[i]])
        i++;
    uint32_t candidate = s->rules->order[i];
    s->path[s->depth] = candidate;
    s->entered[s->depth++] = 1;
    s->open[candidate] = 0;
    s->undecided--;
    s->members[s->in++] = candidate;
    s->rules->enter(s->rules->state, candidate);
}

/* Back to the latest candidate who is in, who is dropped now. Returns 0 when there is none. */
static int turn(struct search *s)
{
    const cci_search_rules *r = s->rules;
    while (s->depth > 0) {
        uint32_t candidate = s->path[s->depth - 1];
        if (s->entered[s->depth - 1]) {
            r->leave(r->state, candidate);
            s->in--;
            s->entered[s->depth - 1] = 0;
            if (r->drop != NULL)
                r->drop(r->state, candidate);
            return 1;
        }
        if (r->restore != NULL)
            r->restore(r->state, candidate);
        s->open[candidate] = 1;
        s->undecided++;
        s->depth--;
    }
    return 0;
}

static cocreate_status check_limits(struct search *s, cocreate_error *error)
{
    if (*s->rules->steps > CCI_SEARCH_STEPS)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "%s is searched in at most %llu million steps, and they do not suffice for "
                        "%zu of %zu options: ask for fewer seats or another algorithm",
                        s->run->method->name, (unsigned long long)(CCI_SEARCH_STEPS / 1000000),
                        s->seats, s->run->roster->count);
    *s->rules->steps += s->run->roster->count;
    return ++s->nodes % 1024 == 0 ? cci_run_progress(s->run, s->nodes, 0, error) : COCREATE_OK;
}

static cocreate_status walk(struct search *s, cocreate_error *error)
{
    int going = 1;
    while (going) {
        int promising = 0;
        CCI_TRY(check_limits(s, error));
        CCI_TRY(is_promising(s, &promising, error));
        if (promising && s->in < s->seats) {
            enter(s);
            continue;
        }
        if (promising)
            CCI_TRY(take(s, error));
        going = turn(s);
    }
    return COCREATE_OK;
}

static cocreate_status by_rank(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const uint32_t *rank = context;
    (void)error;
    *out = (rank[a] > rank[b]) - (rank[a] < rank[b]);
    return COCREATE_OK;
}

static cocreate_status start(struct search *s, cocreate_error *error)
{
    const cocreate_allocator *a = &s->run->allocator;
    size_t m = s->run->roster->count;
    s->open = cci_alloc(a, m, sizeof *s->open);
    s->path = cci_alloc(a, m, sizeof *s->path);
    s->entered = cci_alloc(a, m, sizeof *s->entered);
    s->members = cci_alloc(a, m, sizeof *s->members);
    s->ranked = cci_alloc(a, m, sizeof *s->ranked);
    s->first = cci_alloc(a, m, sizeof *s->first);
    if (!s->open || !s->path || !s->entered || !s->members || !s->ranked || !s->first)
        return cci_no_memory(error);
    memset(s->open, 1, m);
    for (size_t o = 0; o < m; o++)
        s->ranked[o] = (uint32_t)o;
    s->undecided = m;
    CCI_TRY(cci_sort(a, s->ranked, m, by_rank, s->best->rank, error));
    return walk(s, error);
}

cocreate_status cci_search(cci_run *run, const cci_search_rules *rules, size_t seats,
                           cci_committees *best, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct search s = {.run = run, .rules = rules, .best = best, .seats = seats};
    cocreate_status status = start(&s, error);
    cci_free(a, s.open);
    cci_free(a, s.path);
    cci_free(a, s.entered);
    cci_free(a, s.members);
    cci_free(a, s.ranked);
    cci_free(a, s.first);
    return status;
}
