/* Monroe's rule to the optimum. V voters and k seats: V mod k members represent one more than
 * floor(V / k). How many voters can be represented by whom they approve is a flow, and by the
 * smallest cut it is the least, over sets T of members, of the weight of those who approve someone in
 * T and the room of the members outside of T. */
#include "ranking/committee/districts.h"

#include "ranking/committee/cover.h"
#include "ranking/committee/search.h"
#include "ranking/write.h"

struct districts {
    cci_run *run;
    cci_approvals voters;
    cci_cover cover;
    size_t seats;
    int64_t room, larger; /* voters of a district, and how many districts have one more */
    uint32_t *order;      /* candidates, most supported first */
    int64_t *support;
    int64_t *most;        /* largest first: scratch of as many as there are seats */
    int64_t value, best;
    int found;
};

/* Room of some members together. */
static int64_t room_of(const struct districts *s, size_t members)
{
    int64_t larger = (int64_t)members < s->larger ? (int64_t)members : s->larger;
    return (int64_t)members * s->room + larger;
}

/* Voters that the members represent. */
static int64_t find_flow(struct districts *s)
{
    size_t members = s->cover.members, all = ((size_t)1 << members) - 1;
    uint64_t least = (uint64_t)room_of(s, members); /* all rooms together hold all voters */
    for (size_t set = 1; set <= all; set++) {
        uint64_t cut = (uint64_t)s->cover.covered[set] +
                       (uint64_t)room_of(s, members - cci_cover_size(set));
        least = cut < least ? cut : least;
    }
    s->cover.steps += 4 * (all + 1);
    return (int64_t)least;
}

/* Put a number among the `n` largest so far, at most `seats`. */
static size_t insert(int64_t *most, size_t n, size_t seats, int64_t number)
{
    size_t i = n < seats ? n : seats - 1;
    if (n == seats && most[i] >= number)
        return n;
    for (; i > 0 && most[i - 1] < number; i--)
        most[i] = most[i - 1];
    most[i] = number;
    return n < seats ? n + 1 : n;
}

static int64_t sum(const int64_t *most, size_t n, int64_t limit)
{
    int64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += most[i] < limit - total ? most[i] : limit - total;
    return total;
}

/* A further member represents no more than its district holds and its supporters are, and no more
 * voters are represented than approve some member. */
static int64_t find_bound(struct districts *s, const uint8_t *open, size_t left)
{
    const cci_approvals *v = &s->voters;
    int64_t district = s->room + (s->larger > 0), total = v->total;
    int64_t covered = s->cover.covered[((size_t)1 << s->cover.members) - 1];
    size_t n = 0;
    for (uint32_t o = 0; o < v->candidates; o++)
        if (open[o])
            n = insert(s->most, n, left, s->support[o] < district ? s->support[o] : district);
    int64_t bound = s->value + sum(s->most, n, total - s->value);
    n = 0;
    for (uint32_t o = 0; o < v->candidates; o++) {
        int64_t fresh = 0;
        if (!open[o])
            continue;
        for (size_t i = v->first[o]; i < v->first[o + 1]; i++)
            fresh += s->cover.pattern[v->supporters[i]] == 0 ? v->weights[v->supporters[i]] : 0;
        s->cover.steps += v->first[o + 1] - v->first[o];
        n = insert(s->most, n, left, fresh);
    }
    int64_t reach = covered + sum(s->most, n, total - covered);
    return reach < bound ? reach : bound;
}

/* -- Search ----------------------------------------------------------------------------------- */

static void enter(void *state, uint32_t candidate)
{
    struct districts *s = state;
    cci_cover_enter(&s->cover, candidate);
}

static void leave(void *state, uint32_t candidate)
{
    struct districts *s = state;
    cci_cover_leave(&s->cover, candidate);
}

static int verdict(void *state, const uint8_t *open, size_t left)
{
    struct districts *s = state;
    s->value = find_flow(s);
    int64_t bound = left > 0 ? find_bound(s, open, left) : s->value;
    return s->found ? (bound < s->best) - (bound > s->best) : -1;
}

static void keep(void *state)
{
    struct districts *s = state;
    s->best = s->value;
    s->found = 1;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status solve(struct districts *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_approvals_open(run->electorate, a, &s->voters, error));
    CCI_TRY(cci_cover_init(&s->cover, run, &s->voters, error));
    CCI_TRY(cci_committees_init(best, run, s->seats, error));
    s->room = s->voters.total / run->seats;
    s->larger = s->voters.total % run->seats;
    s->order = cci_alloc(a, m, sizeof *s->order);
    s->support = cci_alloc(a, m, sizeof *s->support);
    s->most = cci_alloc(a, s->seats, sizeof *s->most);
    if (s->order == NULL || s->support == NULL || s->most == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_approvals_order(&s->voters, s->order, s->support, error));
    cci_search_rules rules = {s, enter, leave, NULL, NULL, s->order, verdict, keep, &s->cover.steps};
    return cci_search(run, &rules, s->seats, best, error);
}

static cocreate_status write(struct districts *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    CCI_TRY(cci_committees_elect(best, &run->trace, error));
    cci_buffer_format(&run->trace, "\"represented\":\"%lld\"", (long long)s->best);
    cci_buffer_format(&run->notes,
                      "%lld of %lld voters are represented by a member they approve, and no other "
                      "committee can represent more.\n",
                      (long long)s->best, (long long)s->voters.total);
    return COCREATE_OK;
}

cocreate_status cci_districts_optimum(cci_run *run, cocreate_error *error)
{
    struct districts s = {.run = run, .seats = (size_t)run->seats};
    cci_committees best = {.run = NULL};
    cocreate_status status = solve(&s, &best, error);
    if (status == COCREATE_OK)
        status = write(&s, &best, error);
    cci_committees_free(&best);
    cci_free(&run->allocator, s.order);
    cci_free(&run->allocator, s.support);
    cci_free(&run->allocator, s.most);
    cci_cover_free(&s.cover);
    cci_approvals_close(&s.voters);
    return status;
}
