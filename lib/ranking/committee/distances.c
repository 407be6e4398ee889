/* The least largest distance, by branch and bound. */
#include "ranking/committee/distances.h"

#include <string.h>

#include "ranking/committee/approvals.h"
#include "ranking/committee/search.h"
#include "ranking/write.h"

struct distances {
    cci_run *run;
    int lexical;
    cci_approvals voters;
    size_t seats;
    uint32_t *hits;    /* of each ballot: approved members */
    uint32_t *chances; /* and open candidates it approves */
    int64_t *now;      /* voters by distance, 0 .. farthest */
    int64_t *best;
    size_t farthest;
    uint32_t *order;   /* candidates, most supported first */
    int64_t *support;
    int found;
    uint64_t steps;
};

/* The least distances that members yet to come can leave. */
static void find_distances(struct distances *s, size_t left)
{
    const cci_approvals *v = &s->voters;
    memset(s->now, 0, (s->farthest + 1) * sizeof *s->now);
    for (size_t b = 0; b < v->ballots; b++) {
        size_t common = s->hits[b] + (s->chances[b] < left ? s->chances[b] : left);
        s->now[cci_approved(v, b) + s->seats - 2 * common] += v->weights[b];
    }
    s->steps += 4 * v->ballots;
}

/* < 0 where a is better: from the largest distance down the fewer voters, or just the fewer
 * candidates. */
static int compare(const struct distances *s, const int64_t *a, const int64_t *b)
{
    for (size_t d = s->farthest + 1; d-- > 0;) {
        if (s->lexical && a[d] != b[d])
            return a[d] < b[d] ? -1 : 1;
        if (!s->lexical && (a[d] > 0 || b[d] > 0))
            return (a[d] > 0) - (b[d] > 0);
    }
    return 0;
}

/* -- Search ----------------------------------------------------------------------------------- */

static void change(struct distances *s, uint32_t candidate, uint32_t hits, uint32_t chances)
{
    const cci_approvals *v = &s->voters;
    for (size_t i = v->first[candidate]; i < v->first[candidate + 1]; i++) {
        s->hits[v->supporters[i]] += hits; /* modulo 2^32 */
        s->chances[v->supporters[i]] += chances;
    }
    s->steps += v->first[candidate + 1] - v->first[candidate];
}

static void enter(void *state, uint32_t candidate)
{
    change(state, candidate, 1, UINT32_MAX);
}

static void leave(void *state, uint32_t candidate)
{
    change(state, candidate, UINT32_MAX, 1);
}

static void drop(void *state, uint32_t candidate)
{
    change(state, candidate, 0, UINT32_MAX);
}

static void restore(void *state, uint32_t candidate)
{
    change(state, candidate, 0, 1);
}

static int verdict(void *state, const uint8_t *open, size_t left)
{
    struct distances *s = state;
    (void)open;
    find_distances(s, left);
    return s->found ? compare(s, s->now, s->best) : -1;
}

static void keep(void *state)
{
    struct distances *s = state;
    memcpy(s->best, s->now, (s->farthest + 1) * sizeof *s->best);
    s->found = 1;
}

/* --------------------------------------------------------------------------------------------- */

static cocreate_status solve(struct distances *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    CCI_TRY(cci_approvals_open(run->electorate, a, &s->voters, error));
    CCI_TRY(cci_committees_init(best, run, s->seats, error));
    s->farthest = s->voters.longest + s->seats;
    s->hits = cci_alloc(a, s->voters.ballots, sizeof *s->hits);
    s->chances = cci_alloc(a, s->voters.ballots, sizeof *s->chances);
    s->now = cci_alloc(a, s->farthest + 1, sizeof *s->now);
    s->best = cci_alloc(a, s->farthest + 1, sizeof *s->best);
    s->order = cci_alloc(a, m, sizeof *s->order);
    s->support = cci_alloc(a, m, sizeof *s->support);
    if (!s->hits || !s->chances || !s->now || !s->best || !s->order || !s->support)
        return cci_no_memory(error);
    for (size_t b = 0; b < s->voters.ballots; b++)
        s->chances[b] = (uint32_t)cci_approved(&s->voters, b);
    CCI_TRY(cci_approvals_order(&s->voters, s->order, s->support, error));
    cci_search_rules rules = {s, enter, leave, drop, restore, s->order, verdict, keep, &s->steps};
    return cci_search(run, &rules, s->seats, best, error);
}

static cocreate_status write(struct distances *s, cci_committees *best, cocreate_error *error)
{
    cci_run *run = s->run;
    cci_buffer *out = &run->trace;
    size_t largest = s->farthest;
    cci_buffer_format(out, "\"blank\":\"%lld\",", (long long)run->electorate->blank);
    CCI_TRY(cci_committees_elect(best, out, error));
    while (largest > 0 && s->best[largest] == 0)
        largest--;
    if (s->lexical) {
        cci_buffer_text(out, "\"distances\":[");
        for (size_t d = largest + 1, written = 0; d-- > 0;)
            if (s->best[d] > 0)
                cci_buffer_format(out, "%s{\"distance\":%zu,\"voters\":\"%lld\"}",
                                  written++ > 0 ? "," : "", d, (long long)s->best[d]);
        cci_buffer_text(out, "],");
    }
    cci_buffer_format(out, "\"max_distance\":%zu", largest);
    cci_buffer_format(&run->notes,
                      "No ballot differs from the committee in more than %zu options, and no other "
                      "committee is nearer to all.\n",
                      largest);
    return COCREATE_OK;
}

cocreate_status cci_distances_run(cci_run *run, int lexical, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct distances s = {.run = run, .lexical = lexical, .seats = (size_t)run->seats};
    cci_committees best = {.run = NULL};
    cocreate_status status = solve(&s, &best, error);
    if (status == COCREATE_OK)
        status = write(&s, &best, error);
    cci_committees_free(&best);
    cci_free(a, s.hits);
    cci_free(a, s.chances);
    cci_free(a, s.now);
    cci_free(a, s.best);
    cci_free(a, s.order);
    cci_free(a, s.support);
    cci_approvals_close(&s.voters);
    return status;
}
