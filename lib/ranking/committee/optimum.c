/* Thiele's methods to the optimum. A committee cannot gain more by further members than each would
 * add alone: that bounds what is below a node (Nemhauser, Wolsey & Fisher, 1978). */
#include <string.h>

#include "ranking/committee/search.h"
#include "ranking/committee/tally.h"
#include "ranking/committee/thiele.h"
#include "ranking/write.h"

struct optimum {
    const cci_thiele *t;
    cci_tally tally;    /* at most what each would add */
    uint32_t *order;    /* candidates by their sums */
    const uint32_t *rank;
    uint64_t *value;    /* points of who is in */
    uint64_t *best;     /* of the best committee, and whether there is one */
    int found;
    uint64_t *bound, *gain;
    uint64_t *cost;     /* steps to enter each candidate */
    uint64_t steps;
};

/* gain = what a candidate adds, of whom the levels do not know yet */
static void find_gain(struct optimum *s, uint32_t candidate)
{
    const cci_approvals *v = &s->t->voters;
    size_t n = s->tally.limbs;
    memset(s->gain, 0, n * sizeof *s->gain);
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        uint32_t b = v->supporters[i];
        const uint64_t *step = cci_step(&s->t->worth, s->tally.level[b]);
        cci_wide_scale(s->tally.change, step, (uint64_t)v->weights[b], n);
        cci_wide_add(s->gain, s->tally.change, n);
    }
}

static void enter(void *state, uint32_t candidate)
{
    struct optimum *s = state;
    find_gain(s, candidate);
    cci_wide_add(s->value, s->gain, s->tally.limbs);
    cci_tally_up(&s->tally, candidate);
    s->steps += s->cost[candidate];
}

static void leave(void *state, uint32_t candidate)
{
    struct optimum *s = state;
    cci_tally_down(&s->tally, candidate);
    find_gain(s, candidate);
    cci_wide_sub(s->value, s->gain, s->tally.limbs);
    s->steps += s->cost[candidate];
}

static int stands_before(const struct optimum *s, uint32_t a, uint32_t b)
{
    int order = cci_wide_compare(cci_tally_sum(&s->tally, a), cci_tally_sum(&s->tally, b),
                                 s->tally.limbs);
    return order != 0 ? order > 0 : s->rank[a] < s->rank[b];
}

/* From one node to the next little moves: insertion. */
static void sort(struct optimum *s)
{
    for (size_t i = 1; i < s->t->voters.candidates; i++) {
        uint32_t moved = s->order[i];
        size_t k = i;
        for (; k > 0 && stands_before(s, moved, s->order[k - 1]); k--)
            s->order[k] = s->order[k - 1];
        s->order[k] = moved;
        s->steps += i - k;
    }
}

static int verdict(void *state, const uint8_t *open, size_t left)
{
    struct optimum *s = state;
    size_t n = s->tally.limbs;
    memcpy(s->bound, s->value, n * sizeof *s->bound);
    if (left > 0)
        sort(s);
    for (size_t i = 0; left > 0; i++)
        if (open[s->order[i]]) {
            cci_wide_add(s->bound, cci_tally_sum(&s->tally, s->order[i]), n);
            left--;
        }
    return s->found ? -cci_wide_compare(s->bound, s->best, n) : -1;
}

static void keep(void *state)
{
    struct optimum *s = state;
    memcpy(s->best, s->value, s->tally.limbs * sizeof *s->best);
    s->found = 1;
}

static void find_costs(struct optimum *s)
{
    const cci_approvals *v = &s->t->voters;
    for (uint32_t o = 0; o < v->candidates; o++) {
        s->order[o] = o;
        for (size_t i = v->first[o]; i < v->first[o + 1]; i++)
            s->cost[o] += s->tally.limbs * cci_approved(v, v->supporters[i]);
    }
}

static cocreate_status solve(struct optimum *s, cci_committees *best, cocreate_error *error)
{
    const cci_thiele *t = s->t;
    const cocreate_allocator *a = &t->run->allocator;
    size_t m = t->voters.candidates, n = t->worth.limbs;
    CCI_TRY(cci_tally_init(&s->tally, &t->voters, &t->worth, t->worth.most, error));
    CCI_TRY(cci_committees_init(best, t->run, t->seats, error));
    s->rank = best->rank;
    s->order = cci_alloc(a, m, sizeof *s->order);
    s->cost = cci_alloc(a, m, sizeof *s->cost);
    s->value = cci_alloc(a, 4 * n, sizeof *s->value);
    if (s->order == NULL || s->cost == NULL || s->value == NULL)
        return cci_no_memory(error);
    s->best = s->value + n;
    s->bound = s->best + n;
    s->gain = s->bound + n;
    find_costs(s);
    cci_tally_empty(&s->tally);
    cci_search_rules rules = {s, enter, leave, NULL, NULL, s->order, verdict, keep, &s->steps};
    return cci_search(t->run, &rules, t->seats, best, error);
}

/* -- Result ----------------------------------------------------------------------------------- */

/* How many voters approve at least `level` of some members. */
static int64_t count_voters(const cci_approvals *v, const uint8_t *member, size_t level)
{
    int64_t voters = 0;
    for (size_t b = 0; b < v->ballots; b++) {
        size_t hits = 0;
        for (size_t i = v->start[b]; i < v->start[b + 1]; i++)
            hits += member[v->options[i]];
        voters += hits >= level ? v->weights[b] : 0;
    }
    return voters;
}

/* "represented":["9","4"]: as many for each of the best, so the first of them tells it. */
static cocreate_status write_levels(struct optimum *s, const cci_committees *best, size_t levels,
                                    cocreate_error *error)
{
    cci_run *run = s->t->run;
    uint8_t *member = cci_alloc(&run->allocator, run->roster->count, sizeof *member);
    if (member == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < s->t->seats; i++)
        member[best->members[i]] = 1;
    cci_buffer_text(&run->trace, "\"represented\":[");
    for (size_t i = 1; i <= levels; i++) {
        long long voters = (long long)count_voters(&s->t->voters, member, i);
        cci_buffer_format(&run->trace, "%s\"%lld\"", i > 1 ? "," : "", voters);
        if (i == 1)
            cci_buffer_format(&run->notes, "%lld of %lld voters approve a member, and no other "
                                           "committee is better.\n",
                              voters, (long long)s->t->voters.total);
    }
    cci_buffer_byte(&run->trace, ']');
    cci_free(&run->allocator, member);
    return COCREATE_OK;
}

/* Points without the first steps: the largest number of them that the best holds, since one of them
 * outweighs all the others together. */
static void remove_cover(struct optimum *s)
{
    size_t n = s->tally.limbs;
    uint64_t low = 0, high = (uint64_t)s->t->voters.total;
    while (low < high) {
        uint64_t middle = low + (high - low + 1) / 2;
        cci_wide_scale(s->gain, cci_step(&s->t->worth, 1), middle, n);
        if (cci_wide_compare(s->gain, s->best, n) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    cci_wide_scale(s->gain, cci_step(&s->t->worth, 1), low, n);
    cci_wide_sub(s->best, s->gain, n);
}

/* What the best has. */
static cocreate_status write_points(struct optimum *s, cocreate_error *error)
{
    cci_run *run = s->t->run;
    cci_value points = {0, 0, NULL};
    if (s->t->told == CCI_TELL_COVER)
        remove_cover(s);
    CCI_TRY(cci_worth_value(&s->t->worth, s->best, &points, error));
    cci_buffer_text(&run->trace, "\"points\":\"");
    cocreate_status status = cci_value_text(&points, &run->trace, error);
    cci_buffer_byte(&run->trace, '"');
    if (s->t->told == CCI_TELL_POINTS) {
        cci_buffer_text(&run->notes, "The committee has ");
        if (status == COCREATE_OK)
            status = cci_value_say(&points, &run->notes, error);
        cci_buffer_text(&run->notes, " points, and no other has more.\n");
    }
    cci_value_clear(&run->allocator, &points);
    return status;
}

static cocreate_status write(struct optimum *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->t->run;
    cci_buffer_format(&run->trace, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    CCI_TRY(cci_committees_elect(best, &run->trace, error));
    if (s->t->told == CCI_TELL_LEVELS)
        return write_levels(s, best, s->t->worth.levels, error);
    CCI_TRY(write_points(s, error));
    if (s->t->told == CCI_TELL_POINTS)
        return COCREATE_OK;
    cci_buffer_byte(&run->trace, ',');
    return write_levels(s, best, 1, error);
}

cocreate_status cci_thiele_optimum(cci_thiele *t, cocreate_error *error)
{
    const cocreate_allocator *a = &t->run->allocator;
    struct optimum s = {.t = t};
    cci_committees best = {.run = NULL};
    cocreate_status status = solve(&s, &best, error);
    if (status == COCREATE_OK)
        status = write(&s, &best, error);
    cci_committees_free(&best);
    cci_tally_free(&s.tally);
    cci_free(a, s.order);
    cci_free(a, s.cost);
    cci_free(a, s.value);
    return status;
}
