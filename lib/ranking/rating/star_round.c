/* One round of STAR and its ties. */
#include <string.h>

#include "base/checked.h"
#include "ranking/rating/star.h"
#include "ranking/ties.h"
#include "ranking/write.h"

enum { OFFICIAL, VOTES };

static const char *const protocols[] = {"official", "votes", NULL};

const cci_option_spec cci_star_options[CCI_STAR_OPTIONS] = {
    {"maximum_score", CCI_OPTION_INTEGER, NULL, 1, 4096, 0,
     "highest score a ballot may give; without it 5, or the highest that is given"},
    {"protocol", CCI_OPTION_CHOICE, protocols, 0, 0, 0,
     "ties in the scoring round: official takes out who lost most head-to-head matchups, again and "
     "again, then looks at the most and the fewest highest scores; votes compares the votes won in "
     "those matchups, then the highest scores"},
};

cocreate_status cci_star_maximum(const cci_run *run, int64_t declared, int64_t *out,
                                 cocreate_error *error)
{
    const cci_electorate *e = run->electorate;
    int64_t most = declared > 0 ? declared : 5, limit = declared > 0 ? declared : 4096;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            int64_t score = e->values[i];
            if (score < 0 || score > limit)
                return cci_fail_at(error, COCREATE_ERR_ARGUMENT,
                                   run->roster->candidates[e->options[i]].index,
                                   "a ballot scores %s with %lld; %s takes scores from 0 to %lld",
                                   cci_name(run, e->options[i]), (long long)score,
                                   run->method->name, (long long)limit);
            most = score > most ? score : most;
        }
    *out = most;
    return COCREATE_OK;
}

static cocreate_status tally(cci_star *s, cocreate_error *error)
{
    const cci_electorate *e = s->run->electorate;
    for (size_t b = 0; b < e->ballots; b++)
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            int64_t term, *total = &s->totals[e->options[i]];
            if (!cci_mul_i64(e->values[i], e->weights[b], &term) ||
                !cci_add_i64(*total, term, total))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "the scores of an option do not fit 64 bits");
            s->fives[e->options[i]] += e->values[i] == s->maximum ? e->weights[b] : 0;
        }
    return COCREATE_OK;
}

cocreate_status cci_star_open(cci_star *s, cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    memset(s, 0, sizeof *s);
    s->run = run;
    cci_buffer_init(&s->steps, a);
    s->totals = cci_alloc(a, m, sizeof *s->totals);
    s->fives = cci_alloc(a, m, sizeof *s->fives);
    s->group = cci_alloc(a, m, sizeof *s->group);
    s->ends = cci_alloc(a, m, sizeof *s->ends);
    s->scores = cci_alloc(a, m, sizeof *s->scores);
    s->votes = cci_alloc(a, m, sizeof *s->votes);
    s->pool = cci_alloc(a, m, sizeof *s->pool);
    s->level = cci_alloc(a, m, sizeof *s->level);
    if (!s->totals || !s->fives || !s->group || !s->ends || !s->scores ||
        !s->votes || !s->pool || !s->level)
        return cci_no_memory(error);
    CCI_TRY(cci_star_maximum(run, run->options[CCI_STAR_MAXIMUM].integer, &s->maximum, error));
    return tally(s, error);
}

void cci_star_free(cci_star *s)
{
    if (s->run == NULL)
        return;
    const cocreate_allocator *a = &s->run->allocator;
    cci_free(a, s->totals);
    cci_free(a, s->fives);
    cci_free(a, s->group);
    cci_free(a, s->ends);
    cci_free(a, s->scores);
    cci_free(a, s->votes);
    cci_free(a, s->pool);
    cci_free(a, s->matrix);
    cci_free(a, s->level);
    cci_buffer_free(&s->steps);
}

/* -- Head to head ----------------------------------------------------------------------------- */

/* matrix[i * n + k]: weight of the ballots that score group[i] above group[k]. */
static cocreate_status head_to_head(cci_star *s, const uint32_t *group, size_t n,
                                    cocreate_error *error)
{
    const cci_electorate *e = s->run->electorate;
    const cocreate_allocator *a = &s->run->allocator;
    if (n > 8192)
        return cci_fail(error, COCREATE_ERR_LIMIT, "%zu options tie, more than 8192", n);
    int64_t *matrix = cci_alloc(a, n * n, sizeof *matrix);
    if (matrix == NULL)
        return cci_no_memory(error);
    cci_free(a, s->matrix);
    s->matrix = matrix;
    for (size_t b = 0; b < e->ballots; b++) {
        for (size_t k = 0; k < n; k++) {
            s->scores[k] = 0;
            for (size_t i = e->start[b]; i < e->start[b + 1]; i++)
                if (e->options[i] == group[k])
                    s->scores[k] = e->values[i];
        }
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++)
                matrix[i * n + k] += s->scores[i] > s->scores[k] ? e->weights[b] : 0;
    }
    return COCREATE_OK;
}

/* -- The scoring round ------------------------------------------------------------------------ */

/* Who is in the runoff, and who ties for the places in it that are left. */
struct race {
    uint32_t in[2];
    size_t n_in;
    uint32_t *tied; /* in s->group */
    size_t n_tied;  /* more than 2 - n_in, or 0 */
};

static void record(cci_star *s, const char *step, const struct race *r)
{
    cci_buffer_text(&s->steps, s->steps.size > 0 ? ",{\"in\":" : "{\"in\":");
    cci_write_ids(s->run, &s->steps, r->in, r->n_in);
    cci_buffer_format(&s->steps, ",\"step\":\"%s\",\"tied\":", step);
    cci_write_ids(s->run, &s->steps, r->tied, r->n_tied);
    cci_buffer_byte(&s->steps, '}');
}

static void admit(struct race *r, const uint32_t *candidates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r->in[r->n_in++] = candidates[i];
}

/* Order the tied by `count`, most first: groups that fit go in, the first that does not stays tied. */
static cocreate_status by_count(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const int64_t *count = context;
    (void)error;
    *out = (count[a] < count[b]) - (count[a] > count[b]);
    return COCREATE_OK;
}

/* `count` is by candidate. */
static cocreate_status admit_most(cci_star *s, struct race *r, int64_t *count,
                                  cocreate_error *error)
{
    CCI_TRY(cci_sort(&s->run->allocator, r->tied, r->n_tied, by_count, count, error));
    for (size_t i = 0, end; i < r->n_tied; i = end) {
        for (end = i + 1; end < r->n_tied && count[r->tied[end]] == count[r->tied[i]];)
            end++;
        if (r->n_in == 2) {
            r->n_tied = 0;
            return COCREATE_OK;
        }
        if (end - i > 2 - r->n_in) {
            memmove(r->tied, r->tied + i, (end - i) * sizeof *r->tied);
            r->n_tied = end - i;
            return COCREATE_OK;
        }
        admit(r, r->tied + i, end - i);
    }
    r->n_tied = 0;
    return COCREATE_OK;
}

/* Votes of every tied candidate against the other tied ones. */
static cocreate_status by_votes(cci_star *s, struct race *r, cocreate_error *error)
{
    size_t n = r->n_tied;
    CCI_TRY(head_to_head(s, r->tied, n, error));
    int64_t *votes = s->votes;
    for (size_t i = 0; i < n; i++) {
        votes[r->tied[i]] = 0;
        for (size_t k = 0; k < n; k++)
            if (!cci_add_i64(votes[r->tied[i]], s->matrix[i * n + k], &votes[r->tied[i]]))
                return cci_fail(error, COCREATE_ERR_OVERFLOW,
                                "the head-to-head votes of an option do not fit 64 bits");
    }
    CCI_TRY(admit_most(s, r, votes, error));
    record(s, "head_to_head_votes", r);
    if (r->n_tied == 0)
        return COCREATE_OK;
    CCI_TRY(admit_most(s, r, s->fives, error));
    record(s, "highest_scores", r);
    return COCREATE_OK;
}

/* Take out those of the n candidates with the least of `count`, by candidate; none where all have as
 * much. Returns how many are left. */
static size_t drop_least(uint32_t *pool, size_t n, const int64_t *count)
{
    int64_t least = count[pool[0]];
    size_t kept = 0;
    for (size_t i = 1; i < n; i++)
        least = count[pool[i]] < least ? count[pool[i]] : least;
    for (size_t i = 0; i < n; i++)
        if (count[pool[i]] != least)
            pool[kept++] = pool[i];
    return kept > 0 ? kept : n;
}

/* Who lost the most matchups among the n leave. */
static cocreate_status drop_losers(cci_star *s, uint32_t *pool, size_t *n, cocreate_error *error)
{
    size_t size = *n;
    CCI_TRY(head_to_head(s, pool, size, error));
    for (size_t i = 0; i < size; i++) {
        s->votes[pool[i]] = 0;
        for (size_t k = 0; k < size; k++)
            s->votes[pool[i]] -= s->matrix[k * size + i] > s->matrix[i * size + k];
    }
    *n = drop_least(pool, size, s->votes);
    return COCREATE_OK;
}

/* Exactly one has the most highest scores: it alone is left. */
static size_t single_most(const cci_star *s, uint32_t *pool, size_t n)
{
    size_t best = 0, as_good = 1;
    for (size_t i = 1; i < n; i++) {
        as_good = s->fives[pool[i]] == s->fives[pool[best]] ? as_good + 1 : as_good;
        if (s->fives[pool[i]] > s->fives[pool[best]]) {
            best = i;
            as_good = 1;
        }
    }
    if (as_good > 1)
        return n;
    pool[0] = pool[best];
    return 1;
}

/* The official protocol, for one place in the runoff: what is left in `pool` is one, or a true tie. */
static cocreate_status choose_one(cci_star *s, uint32_t *pool, size_t *n, cocreate_error *error)
{
    while (*n > 1) {
        size_t before = *n;
        CCI_TRY(drop_losers(s, pool, n, error));
        if (*n < before)
            continue;
        *n = single_most(s, pool, *n);
        if (*n > 1)
            *n = drop_least(pool, *n, s->fives);
        if (*n == before)
            return COCREATE_OK;
    }
    return COCREATE_OK;
}

static void remove_tied(struct race *r, uint32_t candidate)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->n_tied; i++)
        if (r->tied[i] != candidate)
            r->tied[kept++] = r->tied[i];
    r->n_tied = kept;
}

static cocreate_status by_matchups(cci_star *s, struct race *r, cocreate_error *error)
{
    while (r->n_in < 2 && r->n_tied > 0) {
        size_t n = r->n_tied;
        memcpy(s->pool, r->tied, n * sizeof *s->pool);
        CCI_TRY(choose_one(s, s->pool, &n, error));
        if (n > 2 - r->n_in) { /* a true tie of these */
            memcpy(r->tied, s->pool, n * sizeof *s->pool);
            r->n_tied = n;
            break;
        }
        for (size_t i = 0; i < n; i++)
            remove_tied(r, s->pool[i]);
        admit(r, s->pool, n);
        if (r->n_in == 2)
            r->n_tied = 0;
    }
    record(s, "official", r);
    return COCREATE_OK;
}

/* What the tie chain tells of the places that are left. */
static cocreate_status by_chain(cci_star *s, struct race *r, cocreate_error *error)
{
    size_t slots = 2 - r->n_in;
    CCI_TRY(cci_ties_break(s->run, r->tied, r->n_tied, s->ends, 0, error));
    for (size_t i = 0; i < slots;) {
        if (s->ends[i] > slots) {
            memmove(r->tied, r->tied + i, (s->ends[i] - i) * sizeof *r->tied);
            r->n_tied = s->ends[i] - i;
            return COCREATE_OK;
        }
        admit(r, r->tied + i, s->ends[i] - i);
        i = s->ends[i];
    }
    r->n_tied = 0;
    return COCREATE_OK;
}

static cocreate_status score_round(cci_star *s, const uint8_t *alive, struct race *r,
                                   cocreate_error *error)
{
    r->tied = s->group;
    for (uint32_t o = 0; o < s->run->roster->count; o++)
        if (alive[o])
            r->tied[r->n_tied++] = o;
    CCI_TRY(admit_most(s, r, s->totals, error));
    if (r->n_tied == 0)
        return COCREATE_OK;
    if (s->run->options[CCI_STAR_PROTOCOL].integer == VOTES)
        CCI_TRY(by_votes(s, r, error));
    else
        CCI_TRY(by_matchups(s, r, error));
    return r->n_tied > 0 ? by_chain(s, r, error) : COCREATE_OK;
}

/* -- The runoff ------------------------------------------------------------------------------- */

/* The runoff of two; both win where nothing tells. */
static cocreate_status runoff(cci_star *s, uint32_t a, uint32_t b, cci_buffer *out,
                              cocreate_error *error)
{
    uint32_t pair[2] = {a, b};
    size_t ends[2];
    CCI_TRY(head_to_head(s, pair, 2, error));
    int64_t for_a = s->matrix[1], for_b = s->matrix[2];
    const char *step = "preferences";
    int order = (for_a > for_b) - (for_a < for_b);
    if (order == 0) {
        step = "scores";
        order = (s->totals[a] > s->totals[b]) - (s->totals[a] < s->totals[b]);
    }
    if (order == 0) {
        step = "highest_scores";
        order = (s->fives[a] > s->fives[b]) - (s->fives[a] < s->fives[b]);
    }
    if (order == 0) {
        CCI_TRY(cci_ties_break(s->run, pair, 2, ends, 0, error));
        step = ends[0] == 1 ? "chain" : "tie";
        order = ends[0] > 1 ? 0 : pair[0] == a ? 1 : -1;
    }
    s->level[a] = order >= 0 ? 0 : s->level[a] < 1 ? s->level[a] : 1;
    s->level[b] = order <= 0 ? 0 : s->level[b] < 1 ? s->level[b] : 1;
    cci_buffer_text(out, out->size > 0 && out->data[out->size - 1] == '}' ? ",{\"by\":" : "{\"by\":");
    cci_buffer_format(out, "\"%s\",\"finalists\":", step);
    cci_write_ids(s->run, out, (uint32_t[]){a, b}, 2);
    cci_buffer_format(out, ",\"votes\":[\"%lld\",\"%lld\"]}", (long long)for_a, (long long)for_b);
    cci_buffer *notes = &s->run->notes;
    cci_buffer_text(notes, "Runoff: ");
    cci_buffer_text(notes, cci_name(s->run, a));
    cci_buffer_format(notes, " is preferred by %lld, ", (long long)for_a);
    cci_buffer_text(notes, cci_name(s->run, b));
    cci_buffer_format(notes, " by %lld.\n", (long long)for_b);
    return COCREATE_OK;
}

static cocreate_status runoffs(cci_star *s, const struct race *r, cci_buffer *out,
                               cocreate_error *error)
{
    if (r->n_tied == 0)
        return runoff(s, r->in[0], r->in[1], out, error);
    for (size_t i = 0; i < r->n_tied; i++) {
        CCI_TRY(cci_run_progress(s->run, i, r->n_tied, error));
        if (r->n_in == 1)
            CCI_TRY(runoff(s, r->in[0], r->tied[i], out, error));
        for (size_t k = i + 1; r->n_in == 0 && k < r->n_tied; k++)
            CCI_TRY(runoff(s, r->tied[i], r->tied[k], out, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_star_round(cci_star *s, const uint8_t *alive, cci_buffer *out,
                               cocreate_error *error)
{
    struct race r = {.n_in = 0};
    cci_buffer_clear(&s->steps);
    memset(s->level, 2, s->run->roster->count);
    CCI_TRY(score_round(s, alive, &r, error));
    cci_buffer_text(out, "{\"runoffs\":[");
    if (r.n_in == 1 && r.n_tied == 0)
        s->level[r.in[0]] = 0; /* who is alone wins */
    else
        CCI_TRY(runoffs(s, &r, out, error));
    cci_buffer_text(out, "],\"scoring_ties\":[");
    cci_buffer_add(out, s->steps.data, s->steps.size);
    cci_buffer_text(out, "]}");
    out->failed |= s->steps.failed;
    return COCREATE_OK;
}
