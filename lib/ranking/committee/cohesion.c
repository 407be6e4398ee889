/* Groups that agree on some options and deserve as many members: JR, PJR, EJR and EJR+. */
#include <string.h>

#include "ranking/committee/check.h"

static void tell(cci_check *c, size_t deserves, size_t has, int64_t group, const uint32_t *options,
                 size_t n)
{
    c->violated = 1;
    c->deserves = deserves;
    c->agrees = n;
    c->has = has;
    c->group = group;
    memcpy(c->options, options, n * sizeof *options);
    c->option_count = n;
}

/* Those who approve an option and fewer than `level` members. */
static int64_t find_group(const cci_check *c, uint32_t option, size_t level)
{
    const cci_approvals *v = &c->voters;
    int64_t group = 0;
    for (size_t i = v->first[option]; i < v->first[option + 1]; i++)
        if (c->hits[v->supporters[i]] < level)
            group += v->weights[v->supporters[i]];
    return group;
}

cocreate_status cci_find_jr(cci_check *c, cocreate_error *error)
{
    for (uint32_t o = 0; o < c->voters.candidates && !c->violated; o++) {
        int64_t group = find_group(c, o, 1);
        if (cci_check_enough(c, group, 1))
            tell(c, 1, 0, group, &o, 1);
    }
    (void)error;
    return COCREATE_OK;
}

cocreate_status cci_find_ejr_plus(cci_check *c, cocreate_error *error)
{
    for (size_t level = 1; level <= c->seats; level++)
        for (uint32_t o = 0; o < c->voters.candidates; o++) {
            if (c->member[o])
                continue;
            int64_t group = find_group(c, o, level);
            if (cci_check_enough(c, group, level)) {
                tell(c, level, level - 1, group, &o, 1);
                return COCREATE_OK;
            }
            CCI_TRY(cci_check_steps(c, c->voters.first[o + 1] - c->voters.first[o] + 1, error));
        }
    return COCREATE_OK;
}

/* -- Common options --------------------------------------------------------------------------- */

/* Lists of ballots, one behind the other: those left after each choice. */
struct stack {
    uint32_t *ballots;
    size_t room;
    size_t *starts; /* list d is ballots[starts[d]] .. ballots[starts[d + 1] - 1] */
    size_t depth;   /* of the last list */
};

struct cohesion {
    cci_check *c;
    size_t level;
    int together;     /* members that the group approves together count, not those of each */
    struct stack left;
    uint32_t *chosen; /* options they agree on: one for each list but the first */
    struct stack kept; /* PJR: ballots after members were given up */
    uint32_t *given;
};

static int64_t weight_of(const cci_check *c, const struct stack *s)
{
    int64_t weight = 0;
    for (size_t i = s->starts[s->depth]; i < s->starts[s->depth + 1]; i++)
        weight += c->voters.weights[s->ballots[i]];
    return weight;
}

static int approves(const cci_approvals *v, uint32_t ballot, uint32_t option)
{
    size_t low = v->start[ballot], high = v->start[ballot + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->options[middle] == option)
            return 1;
        if (v->options[middle] < option)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* A further list: those of the last that approve an option, or that do not. */
static cocreate_status push(cci_check *c, struct stack *s, uint32_t option, int approving,
                            cocreate_error *error)
{
    size_t first = s->starts[s->depth], end = s->starts[s->depth + 1], at = end;
    if (!cci_grow(&c->allocator, (void **)&s->ballots, &s->room, end + (end - first),
                  sizeof *s->ballots))
        return cci_no_memory(error);
    for (size_t i = first; i < end; i++)
        if (approves(&c->voters, s->ballots[i], option) == approving)
            s->ballots[at++] = s->ballots[i];
    s->starts[++s->depth + 1] = at;
    return cci_check_steps(c, 8 * (end - first) + 1, error);
}

/* Members that the last list approves, together; the first of them that is not below `from`, or the
 * number of candidates, in *next. */
static size_t members_of(const cci_check *c, const struct stack *s, uint8_t *seen, size_t from,
                         uint32_t *next)
{
    const cci_approvals *v = &c->voters;
    size_t n = 0;
    memset(seen, 0, v->candidates);
    for (size_t i = s->starts[s->depth]; i < s->starts[s->depth + 1]; i++)
        for (size_t k = v->start[s->ballots[i]]; k < v->start[s->ballots[i] + 1]; k++)
            seen[v->options[k]] = c->member[v->options[k]];
    *next = (uint32_t)v->candidates;
    for (size_t o = v->candidates; o-- > 0;) {
        n += seen[o];
        if (seen[o] && o >= from)
            *next = (uint32_t)o;
    }
    return n;
}

/* PJR: can so few members be given up that those who approve none of them are enough, and approve
 * fewer than `level` together? */
static cocreate_status give_up(struct cohesion *s, uint8_t *seen, cocreate_error *error)
{
    cci_check *c = s->c;
    struct stack *k = &s->kept;
    const struct stack *l = &s->left;
    size_t n = l->starts[l->depth + 1] - l->starts[l->depth], from = 0;
    if (!cci_grow(&c->allocator, (void **)&k->ballots, &k->room, n, sizeof *k->ballots))
        return cci_no_memory(error);
    memcpy(k->ballots, l->ballots + l->starts[l->depth], n * sizeof *k->ballots);
    k->starts[0] = k->depth = 0;
    k->starts[1] = n;
    for (;;) {
        uint32_t next;
        int64_t group = weight_of(c, k);
        size_t has = members_of(c, k, seen, from, &next);
        int enough = cci_check_enough(c, group, s->level);
        if (enough && has < s->level) {
            tell(c, s->level, has, group, s->chosen, s->level);
            return COCREATE_OK;
        }
        CCI_TRY(cci_check_steps(c, c->voters.candidates, error));
        if (enough && next < c->voters.candidates) {
            s->given[k->depth] = next;
            CCI_TRY(push(c, k, next, 0, error));
            from = next + 1;
            continue;
        }
        if (k->depth == 0)
            return COCREATE_OK;
        from = s->given[--k->depth] + 1; /* not this one, but one after it */
    }
}

/* The next option, not below `from`, that enough of the last list approve; or none. */
static uint32_t next_option(const struct cohesion *s, size_t from, int64_t *support)
{
    const cci_check *c = s->c;
    const struct stack *l = &s->left;
    const cci_approvals *v = &c->voters;
    memset(support, 0, v->candidates * sizeof *support);
    for (size_t i = l->starts[l->depth]; i < l->starts[l->depth + 1]; i++)
        for (size_t k = v->start[l->ballots[i]]; k < v->start[l->ballots[i] + 1]; k++)
            support[v->options[k]] += v->weights[l->ballots[i]];
    for (size_t o = from; o < v->candidates; o++)
        if (cci_check_enough(c, support[o], s->level))
            return (uint32_t)o;
    return (uint32_t)v->candidates;
}

/* Every set of `level` options that enough of the first list approve in common. */
static cocreate_status find_common(struct cohesion *s, int64_t *support, uint8_t *seen,
                                   cocreate_error *error)
{
    cci_check *c = s->c;
    size_t from = 0;
    while (!c->violated) {
        if (s->left.depth == s->level) {
            if (s->together)
                CCI_TRY(give_up(s, seen, error));
            else
                tell(c, s->level, s->level - 1, weight_of(c, &s->left), s->chosen, s->level);
        }
        uint32_t next = (uint32_t)c->voters.candidates;
        if (s->left.depth < s->level)
            next = next_option(s, from, support);
        CCI_TRY(cci_check_steps(c, c->voters.candidates, error));
        if (next < c->voters.candidates) {
            s->chosen[s->left.depth] = next;
            CCI_TRY(push(c, &s->left, next, 1, error));
            from = next + 1;
        } else if (s->left.depth == 0)
            return COCREATE_OK;
        else
            from = s->chosen[--s->left.depth] + 1;
    }
    return COCREATE_OK;
}

/* The ballots that approve fewer than `level` members, and at least as many options. */
static cocreate_status begin(struct cohesion *s, cocreate_error *error)
{
    cci_check *c = s->c;
    struct stack *l = &s->left;
    size_t n = 0;
    if (!cci_grow(&c->allocator, (void **)&l->ballots, &l->room, c->voters.ballots + 1,
                  sizeof *l->ballots))
        return cci_no_memory(error);
    for (uint32_t b = 0; b < c->voters.ballots; b++)
        if (c->hits[b] < s->level && cci_approved(&c->voters, b) >= s->level)
            l->ballots[n++] = b;
    l->starts[0] = l->depth = 0;
    l->starts[1] = n;
    return COCREATE_OK;
}

static cocreate_status search(struct cohesion *s, cocreate_error *error)
{
    cci_check *c = s->c;
    const cocreate_allocator *a = &c->allocator;
    size_t m = c->voters.candidates, n = c->seats + 2;
    s->left.starts = cci_alloc(a, n, sizeof(size_t));
    s->kept.starts = cci_alloc(a, n, sizeof(size_t));
    s->chosen = cci_alloc(a, n, sizeof *s->chosen);
    s->given = cci_alloc(a, n, sizeof *s->given);
    int64_t *support = cci_alloc(a, m, sizeof *support);
    uint8_t *seen = cci_alloc(a, m, sizeof *seen);
    cocreate_status status = s->left.starts != NULL && s->kept.starts != NULL &&
                                     s->chosen != NULL && s->given != NULL && support != NULL &&
                                     seen != NULL
                                 ? COCREATE_OK
                                 : cci_no_memory(error);
    for (s->level = 1; status == COCREATE_OK && !c->violated && s->level <= c->seats; s->level++) {
        status = begin(s, error);
        if (status == COCREATE_OK && cci_check_enough(c, weight_of(c, &s->left), s->level))
            status = find_common(s, support, seen, error);
    }
    cci_free(a, support);
    cci_free(a, seen);
    return status;
}

/* EJR+ implies both and is fast to check; a group that it finds may agree on too little for them. */
static cocreate_status find(cci_check *c, int together, cocreate_error *error)
{
    const cocreate_allocator *a = &c->allocator;
    struct cohesion s = {.c = c, .together = together};
    CCI_TRY(cci_find_ejr_plus(c, error));
    if (!c->violated)
        return COCREATE_OK;
    c->violated = 0;
    cocreate_status status = search(&s, error);
    cci_free(a, s.left.ballots);
    cci_free(a, s.left.starts);
    cci_free(a, s.kept.ballots);
    cci_free(a, s.kept.starts);
    cci_free(a, s.chosen);
    cci_free(a, s.given);
    return status;
}

cocreate_status cci_find_ejr(cci_check *c, cocreate_error *error)
{
    return find(c, 0, error);
}

cocreate_status cci_find_pjr(cci_check *c, cocreate_error *error)
{
    return find(c, 1, error);
}
