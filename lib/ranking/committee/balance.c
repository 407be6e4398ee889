/* Balanced loads. Members T and their supporters N(T): however the load of T is shared, someone in
 * N(T) carries at least |T| / weight of N(T); the largest of these ratios is the largest load of the
 * best sharing, those who are in that N(T) all carry it, and the rest is shared without them. */
#include "ranking/committee/balance.h"

#include "base/checked.h"
#include "ranking/committee/cover.h"
#include "ranking/committee/search.h"
#include "ranking/write.h"

/* So many voters by weight carry members / weight each. */
struct level {
    uint64_t members, weight;
};

struct loads {
    size_t lonely; /* members whom nobody approves: their load finds nobody */
    size_t count;
    struct level levels[CCI_COVER_SEATS]; /* from the largest load */
};

struct balance {
    cci_run *run;
    int lexical;
    cci_approvals voters;
    cci_cover cover;
    uint32_t *order;   /* candidates, most supported first */
    int64_t *support;
    size_t lonely;     /* of who is in */
    struct loads now, best;
    int found;
};

/* The largest set of those outside of `done` that has the largest load. */
static size_t find_heaviest(struct balance *s, size_t done, struct level *out)
{
    const int64_t *covered = s->cover.covered;
    size_t all = ((size_t)1 << s->cover.members) - 1, rest = all & ~done, heaviest = 0;
    *out = (struct level){0, 1};
    for (size_t set = rest; set > 0; set = (set - 1) & rest) {
        uint64_t members = cci_cover_size(set);
        uint64_t weight = (uint64_t)(covered[set | done] - covered[done]);
        int order = cci_compare_products(members, out->weight, out->members, weight);
        if (order > 0 || (order == 0 && members > out->members)) {
            heaviest = set;
            *out = (struct level){members, weight};
        }
        s->cover.steps += 4;
    }
    return heaviest;
}

static void find_loads(struct balance *s)
{
    size_t done = 0, all = ((size_t)1 << s->cover.members) - 1;
    s->now.lonely = s->lonely;
    s->now.count = 0;
    while (done != all && (s->lexical || s->now.count == 0))
        done |= find_heaviest(s, done, &s->now.levels[s->now.count++]);
}

/* < 0 where a is better: the largest load counts first, then how many carry it, then the next. */
static int compare(const struct loads *a, const struct loads *b, int lexical)
{
    if (a->lonely != b->lonely)
        return a->lonely < b->lonely ? -1 : 1;
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        const struct level *x = &a->levels[i], *y = &b->levels[i];
        int order = cci_compare_products(x->members, y->weight, y->members, x->weight);
        if (order == 0 && lexical)
            order = (x->weight > y->weight) - (x->weight < y->weight);
        if (order != 0)
            return order;
    }
    return (a->count > b->count) - (a->count < b->count);
}

/* -- Search ----------------------------------------------------------------------------------- */

static void enter(void *state, uint32_t candidate)
{
    struct balance *s = state;
    if (s->support[candidate] == 0)
        s->lonely++;
    else
        cci_cover_enter(&s->cover, candidate);
}

static void leave(void *state, uint32_t candidate)
{
    struct balance *s = state;
    if (s->support[candidate] == 0)
        s->lonely--;
    else
        cci_cover_leave(&s->cover, candidate);
}

/* Further members make no load smaller. */
static int verdict(void *state, const uint8_t *open, size_t left)
{
    struct balance *s = state;
    size_t supported = 0;
    for (size_t o = 0; o < s->voters.candidates; o++)
        supported += open[o] && s->support[o] > 0;
    find_loads(s);
    if (left > supported)
        s->now.lonely += left - supported;
    return s->found ? compare(&s->now, &s->best, s->lexical) : -1;
}

static void keep(void *state)
{
    struct balance *s = state;
    s->best = s->now;
    s->found = 1;
}

/* -- Result ----------------------------------------------------------------------------------- */

/* Members a unit of weight. */
static cci_value load_of(const struct level *l)
{
    return (cci_value){(int64_t)l->members, (int64_t)l->weight, NULL};
}

static cocreate_status write(struct balance *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    cci_buffer *out = &run->trace, *notes = &run->notes;
    cci_buffer_format(out, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    CCI_TRY(cci_committees_elect(best, out, error));
    cci_buffer_text(out, "\"loads\":[");
    for (size_t i = 0; i < s->best.count; i++) {
        cci_buffer_text(out, i > 0 ? ",{\"load\":\"" : "{\"load\":\"");
        cci_value load = load_of(&s->best.levels[i]);
        CCI_TRY(cci_value_text(&load, out, error));
        if (s->lexical)
            cci_buffer_format(out, "\",\"voters\":\"%llu",
                              (unsigned long long)s->best.levels[i].weight);
        cci_buffer_text(out, "\"}");
    }
    cci_buffer_format(out, "],\"unsupported\":%zu", s->best.lonely);
    if (s->best.lonely > 0)
        cci_buffer_format(notes, "%zu member%s approved by nobody.\n", s->best.lonely,
                          s->best.lonely == 1 ? " is" : "s are");
    if (s->best.count == 0)
        return COCREATE_OK;
    cci_buffer_text(notes, "No voter has to carry more than ");
    cci_value most = load_of(&s->best.levels[0]);
    CCI_TRY(cci_value_say(&most, notes, error));
    cci_buffer_text(notes, " of a member, and no other committee does with less.\n");
    return COCREATE_OK;
}

static cocreate_status solve(struct balance *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_approvals_open(run->electorate, a, &s->voters, error));
    CCI_TRY(cci_cover_init(&s->cover, run, &s->voters, error));
    CCI_TRY(cci_committees_init(best, run, (size_t)run->seats, error));
    s->order = cci_alloc(a, m, sizeof *s->order);
    s->support = cci_alloc(a, m, sizeof *s->support);
    if (s->order == NULL || s->support == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_approvals_order(&s->voters, s->order, s->support, error));
    cci_search_rules rules = {s, enter, leave, NULL, NULL, s->order, verdict, keep, &s->cover.steps};
    return cci_search(run, &rules, (size_t)run->seats, best, error);
}

cocreate_status cci_balance_run(cci_run *run, int lexical, cocreate_error *error)
{
    struct balance s = {.run = run, .lexical = lexical};
    cci_committees best = {.run = NULL};
    cocreate_status status = solve(&s, &best, error);
    if (status == COCREATE_OK)
        status = write(&s, &best, error);
    cci_committees_free(&best);
    cci_free(&run->allocator, s.order);
    cci_free(&run->allocator, s.support);
    cci_cover_free(&s.cover);
    cci_approvals_close(&s.voters);
    return status;
}
