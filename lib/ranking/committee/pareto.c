/* Pareto efficiency: is there a set of as many options that gives nobody less, and someone more? */
#include <string.h>

#include "ranking/committee/check.h"

/* One of the options of a ballot that still lacks some must be chosen: each is tried, without those that
 * were tried before it. */
struct branch {
    uint32_t ballot;
    size_t at;      /* of its options, the one that is tried */
    size_t closed;  /* where those that this branch closed begin */
    int inside;
};

struct rival {
    cci_check *c;
    int64_t *support;    /* weight of those who approve each option */
    uint32_t *order;     /* options by support, most first */
    uint32_t *got;       /* of each ballot: options it approves among the chosen, */
    uint32_t *open;      /* and among those that may still be chosen */
    uint8_t *is_closed;  /* of each option: chosen, or left to another branch */
    uint32_t *closed;    /* the same as a stack */
    size_t closed_count;
    size_t count;        /* c->options[0 .. count - 1] are chosen */
    int64_t sum, goal;   /* approvals of the chosen, and of the committee */
    struct branch *branches;
    size_t depth;
};

static void set_closed(struct rival *r, uint32_t option, int closed)
{
    const cci_approvals *v = &r->c->voters;
    r->is_closed[option] = (uint8_t)closed;
    for (size_t i = v->first[option]; i < v->first[option + 1]; i++)
        r->open[v->supporters[i]] += closed ? UINT32_MAX : 1;
}

static void choose(struct rival *r, uint32_t option)
{
    const cci_approvals *v = &r->c->voters;
    r->c->options[r->count++] = option;
    r->sum += r->support[option];
    for (size_t i = v->first[option]; i < v->first[option + 1]; i++)
        r->got[v->supporters[i]]++;
}

static void give_back(struct rival *r)
{
    const cci_approvals *v = &r->c->voters;
    uint32_t option = r->c->options[--r->count];
    r->sum -= r->support[option];
    for (size_t i = v->first[option]; i < v->first[option + 1]; i++)
        r->got[v->supporters[i]]--;
}

/* Can the seats that are left bring more approvals than the committee has? */
static int may_gain(const struct rival *r)
{
    size_t left = r->c->seats - r->count;
    int64_t most = r->sum;
    for (size_t i = 0; i < r->c->voters.candidates && left > 0; i++)
        if (!r->is_closed[r->order[i]]) {
            most += r->support[r->order[i]];
            left--;
        }
    return most > r->goal;
}

/* The ballot with the fewest ways to make up for what it lacks; *found = 0 where none lacks any, and
 * *dead where one cannot. */
static void find_ballot(const struct rival *r, uint32_t *out, int *found, int *dead)
{
    const cci_check *c = r->c;
    uint32_t least = UINT32_MAX;
    *found = *dead = 0;
    for (uint32_t b = 0; b < c->voters.ballots && !*dead; b++) {
        if (r->got[b] >= c->hits[b])
            continue;
        uint32_t lacks = c->hits[b] - r->got[b];
        *dead = lacks > r->open[b] || lacks > c->seats - r->count;
        if (!*dead && r->open[b] - lacks < least) {
            least = r->open[b] - lacks;
            *out = b;
        }
        *found = 1;
    }
}

/* Nobody lacks anything: more is gained already, or with one more option if there is a seat. */
static int has_more(struct rival *r)
{
    for (size_t i = 0; i < r->c->voters.candidates && r->sum == r->goal; i++) {
        uint32_t o = r->order[i];
        int is_chosen = 0;
        for (size_t k = 0; k < r->count; k++)
            is_chosen |= r->c->options[k] == o;
        if (r->count < r->c->seats && !is_chosen)
            choose(r, o);
    }
    return r->sum > r->goal;
}

/* Open a branch where the chosen may be part of a better set, or find that they are one. */
static cocreate_status look(struct rival *r, int *better, cocreate_error *error)
{
    uint32_t ballot = 0;
    int found, dead;
    CCI_TRY(cci_check_steps(r->c, r->c->voters.ballots + r->c->voters.candidates, error));
    find_ballot(r, &ballot, &found, &dead);
    if (!found) {
        size_t count = r->count;
        *better = has_more(r);
        while (!*better && r->count > count)
            give_back(r);
    } else if (!dead && may_gain(r))
        r->branches[r->depth++] = (struct branch){ballot, r->c->voters.start[ballot],
                                                  r->closed_count, 0};
    return COCREATE_OK;
}

/* The next option of the last branch, or the end of it; 0 where no branch is left. */
static int advance(struct rival *r)
{
    const cci_approvals *v = &r->c->voters;
    while (r->depth > 0) {
        struct branch *b = &r->branches[r->depth - 1];
        size_t end = v->start[b->ballot + 1];
        if (b->inside)
            give_back(r);
        b->inside = 0;
        while (b->at < end && r->is_closed[v->options[b->at]])
            b->at++;
        if (b->at < end && r->open[b->ballot] >= r->c->hits[b->ballot] - r->got[b->ballot]) {
            uint32_t option = v->options[b->at];
            r->closed[r->closed_count++] = option;
            set_closed(r, option, 1);
            choose(r, option);
            b->inside = 1;
            return 1;
        }
        while (r->closed_count > b->closed)
            set_closed(r, r->closed[--r->closed_count], 0);
        r->depth--;
    }
    return 0;
}

static void tell(struct rival *r)
{
    cci_check *c = r->c;
    c->violated = 1;
    memset(r->is_closed, 0, c->voters.candidates);
    for (size_t i = 0; i < r->count; i++)
        r->is_closed[c->options[i]] = 1;
    for (uint32_t o = 0; o < c->voters.candidates; o++)
        if (r->is_closed[o])
            c->options[c->option_count++] = o;
    c->deserves = c->option_count;
    c->agrees = c->has = 0;
    c->group = 0;
    for (size_t b = 0; b < c->voters.ballots; b++)
        if (r->got[b] > c->hits[b]) {
            c->group += c->voters.weights[b];
            c->has = c->hits[b] > c->has ? c->hits[b] : c->has;
        }
}

static cocreate_status search(struct rival *r, cocreate_error *error)
{
    cci_check *c = r->c;
    const cci_approvals *v = &c->voters;
    int better = 0;
    if (v->total > INT64_MAX / (int64_t)c->seats)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "%lld voters times %zu seats do not fit 64 bits", (long long)v->total,
                        c->seats);
    CCI_TRY(cci_approvals_order(v, r->order, r->support, error));
    for (size_t o = 0; o < v->candidates; o++)
        r->goal += c->member[o] ? r->support[o] : 0;
    for (size_t b = 0; b < v->ballots; b++)
        r->open[b] = (uint32_t)cci_approved(v, b);
    do
        CCI_TRY(look(r, &better, error));
    while (!better && advance(r));
    if (better)
        tell(r);
    return COCREATE_OK;
}

cocreate_status cci_find_pareto(cci_check *c, cocreate_error *error)
{
    const cocreate_allocator *a = &c->allocator;
    size_t m = c->voters.candidates, n = c->voters.ballots;
    struct rival r = {.c = c};
    r.support = cci_alloc(a, m, sizeof *r.support);
    r.order = cci_alloc(a, m, sizeof *r.order);
    r.got = cci_alloc(a, n, sizeof *r.got);
    r.open = cci_alloc(a, n, sizeof *r.open);
    r.is_closed = cci_alloc(a, m, 1);
    r.closed = cci_alloc(a, m, sizeof *r.closed);
    r.branches = cci_alloc(a, c->seats + 1, sizeof *r.branches);
    int room = r.support != NULL && r.order != NULL && r.got != NULL && r.open != NULL &&
               r.is_closed != NULL && r.closed != NULL && r.branches != NULL;
    cocreate_status status = room ? search(&r, error) : cci_no_memory(error);
    cci_free(a, r.support);
    cci_free(a, r.order);
    cci_free(a, r.got);
    cci_free(a, r.open);
    cci_free(a, r.is_closed);
    cci_free(a, r.closed);
    cci_free(a, r.branches);
    return status;
}
