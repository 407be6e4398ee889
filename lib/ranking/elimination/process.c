/* The process of an elimination: round by round, with ties and places. */
#include "ranking/elimination/process.h"

#include <string.h>

#include "ranking/elimination/universes.h"
#include "ranking/majority.h"
#include "ranking/order.h"
#include "ranking/pairwise.h"
#include "ranking/ties.h"
#include "ranking/write.h"

const char *const cci_eliminations[] = {"one", "all_tied", "parallel", NULL};
const char *const cci_eliminations_batch[] = {"one", "all_tied", "parallel", "batch", NULL};

const char *const cci_pairs_unranked[] = {"bottom", "ignored", NULL};

static int is_parallel(const cci_process *p)
{
    return p->run->chain.parallel ||
           (p->rule->choice && p->run->options[0].integer == CCI_ELIMINATE_PARALLEL);
}

/* -- For looks -------------------------------------------------------------------------------- */

cocreate_status cci_process_votes(cci_process *p, cocreate_error *error)
{
    CCI_TRY(cci_rounds_count(&p->rounds, p->continuing, error));
    p->exhausted = p->rounds.exhausted;
    return cci_rounds_votes(&p->rounds, p->scores, error);
}

/* Leave in the group only those that the chain puts last, if it tells. */
static cocreate_status ask_chain(cci_process *p, cocreate_error *error)
{
    if (p->n < 2 || p->together || p->run->chain.count == 0)
        return COCREATE_OK;
    CCI_TRY(cci_ties_break(p->run, p->group, p->n, p->ends, !p->record, error));
    size_t first = p->n - 1;
    while (first > 0 && p->ends[first - 1] == p->n)
        first--;
    p->n -= first;
    memmove(p->group, p->group + first, p->n * sizeof *p->group);
    return COCREATE_OK;
}

cocreate_status cci_process_last(cci_process *p, int sign, cocreate_error *error)
{
    p->n = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++) {
        int order = -1;
        if (!p->continuing[o])
            continue;
        if (p->n > 0) {
            CCI_TRY(cci_value_compare(&p->scores[o], &p->scores[p->group[0]], &order, error));
            order *= sign;
        }
        if (order < 0)
            p->n = 0;
        if (order <= 0)
            p->group[p->n++] = o;
    }
    p->tied = p->n;
    p->verdict = CCI_ONE_LEAVES;
    return ask_chain(p, error);
}

cocreate_status cci_process_fewest(cci_process *p, cocreate_error *error)
{
    CCI_TRY(cci_process_votes(p, error));
    CCI_TRY(cci_process_note_majority(p, p->scores, error));
    return cci_process_last(p, 1, error);
}

void cci_process_group(cci_process *p, const uint8_t *marks, int mark, cci_verdict verdict,
                       const char *why)
{
    p->n = 0;
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o] && (marks[o] != 0) == mark)
            p->group[p->n++] = o;
    p->verdict = verdict;
    p->why = why;
}

void cci_process_single(cci_process *p, uint32_t option, cci_verdict verdict, const char *why)
{
    p->group[0] = option;
    p->n = 1;
    p->verdict = verdict;
    p->why = why;
}

cocreate_status cci_process_majority(cci_process *p, const cci_value *votes, uint32_t *out,
                                     cocreate_error *error)
{
    const cci_electorate *e = p->run->electorate;
    cci_value half = {e->info.weight - p->rounds.exhausted, 2, NULL};
    *out = CCI_NOBODY;
    for (uint32_t o = 0; o < e->candidates && *out == CCI_NOBODY; o++) {
        int order = -1;
        if (p->continuing[o])
            CCI_TRY(cci_value_compare(&votes[o], &half, &order, error));
        if (order > 0)
            *out = o;
    }
    return COCREATE_OK;
}

cocreate_status cci_process_note_majority(cci_process *p, const cci_value *votes,
                                          cocreate_error *error)
{
    uint32_t found;
    if (p->searching || p->majority_round > 0)
        return COCREATE_OK;
    CCI_TRY(cci_process_majority(p, votes, &found, error));
    if (found == CCI_NOBODY)
        return COCREATE_OK;
    p->majority = found;
    p->majority_round = p->round;
    return COCREATE_OK;
}

static cocreate_status by_score(void *context, uint32_t a, uint32_t b, int *out,
                                cocreate_error *error)
{
    const cci_process *p = context;
    return cci_value_compare(&p->scores[a], &p->scores[b], out, error);
}

cocreate_status cci_process_sort(cci_process *p, uint32_t *group, size_t n, cocreate_error *error)
{
    return cci_sort(&p->run->allocator, group, n, by_score, p, error);
}

cocreate_status cci_process_safe(cci_process *p, int *safe, cocreate_error *error)
{
    cci_rational *sum = &p->rounds.sum, *term = &p->rounds.term;
    cci_value together = {0, 0, NULL};
    size_t others = 0;
    *safe = p->size - p->n >= p->stop;
    CCI_TRY(cci_value_get(&p->scores[p->group[0]], sum, error));
    CCI_TRY(cci_rational_set_i64(term, (int64_t)p->n, 1, error));
    CCI_TRY(cci_rational_mul(sum, term, sum, error));
    CCI_TRY(cci_value_set_rational(&p->run->allocator, &together, sum, error));
    cocreate_status status = COCREATE_OK;
    for (size_t o = 0, at = 0; o < p->run->roster->count && status == COCREATE_OK; o++) {
        int order = 0;
        if (at < p->n && p->group[at] == o) { /* nothing sorted it since it was found */
            at++;
            continue;
        }
        if (!p->continuing[o])
            continue;
        others++;
        status = cci_value_compare(&together, &p->scores[o], &order, error);
        *safe &= order < 0;
    }
    *safe &= others > 0;
    cci_value_clear(&p->run->allocator, &together);
    return status;
}

/* -- Places ----------------------------------------------------------------------------------- */

/* The score of an option is that of the last round that counted it. */
static cocreate_status keep_score(cci_process *p, uint32_t o, cocreate_error *error)
{
    if (cci_value_missing(&p->scores[o]))
        return COCREATE_OK;
    CCI_TRY(cci_value_get(&p->scores[o], &p->rounds.sum, error));
    return cci_value_set_rational(&p->run->allocator, &p->run->standings[o].score, &p->rounds.sum,
                                  error);
}

/* Places first .. first + n - 1 for the group: by scores, if so ordered, and by the chain. */
static cocreate_status place(cci_process *p, uint32_t *group, size_t n, uint64_t first,
                             cocreate_error *error)
{
    if (n == 0)
        return COCREATE_OK;
    if (!p->ordered)
        return cci_ties_place(p->run, group, n, first, error);
    CCI_TRY(cci_process_sort(p, group, n, error));
    for (size_t end = n; end > 0;) {
        size_t begin = end - 1;
        for (int order = 0; begin > 0 && order == 0; begin -= order == 0)
            CCI_TRY(by_score(p, group[begin - 1], group[end - 1], &order, error));
        CCI_TRY(cci_ties_place(p->run, group + begin, end - begin, first + (n - end), error));
        end = begin;
    }
    return COCREATE_OK;
}

/* The first `n` of the group leave and get the last places. */
static cocreate_status leave(cci_process *p, size_t n, cocreate_error *error)
{
    CCI_TRY(cci_process_tell(p, p->group, n, 0, error));
    for (size_t i = 0; i < n; i++) {
        p->continuing[p->group[i]] = 0;
        CCI_TRY(keep_score(p, p->group[i], error));
    }
    p->size -= n;
    CCI_TRY(place(p, p->group, n, p->size + 1, error));
    if (p->size == 1) /* who is left keeps the scores of the round that decided */
        return cci_process_tell_scores(p, p->scores, 0, error);
    cci_value *scores = p->before;
    p->before = p->scores;
    p->scores = scores;
    p->pending = 1;
    return COCREATE_OK;
}

/* The group wins; the others that are left come after it. */
static cocreate_status win(cci_process *p, cocreate_error *error)
{
    size_t winners = p->n, rest = winners;
    CCI_TRY(cci_process_tell(p, p->group, winners, 1, error));
    CCI_TRY(cci_process_tell_scores(p, p->scores, 0, error));
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o])
            CCI_TRY(keep_score(p, o, error));
    for (size_t i = 0; i < winners; i++) {
        p->continuing[p->group[i]] = 0;
        if (p->rule->elects)
            p->run->selected[p->group[i]] = 1;
    }
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o])
            p->group[rest++] = o;
    CCI_TRY(place(p, p->group, winners, 1, error));
    return place(p, p->group + winners, rest - winners, winners + 1, error);
}

/* Nobody leaves any more: all who are left share the first places, or had every order of their tie
 * followed. */
static cocreate_status end(cci_process *p, int followed, cocreate_error *error)
{
    p->n = 0;
    p->rival = CCI_NOBODY;
    for (uint32_t o = 0; o < p->run->roster->count; o++)
        if (p->continuing[o]) {
            CCI_TRY(keep_score(p, o, error));
            p->group[p->n++] = o;
            if (p->rule->elects && !followed)
                p->run->selected[o] = 1;
        }
    if (p->n > 1 || p->round == 1) { /* else the round before decided */
        CCI_TRY(cci_process_tell(p, p->group, 0, 0, error));
        CCI_TRY(cci_process_tell_scores(p, p->scores, 0, error));
    }
    return followed ? COCREATE_OK : cci_ties_place(p->run, p->group, p->n, 1, error);
}

/* -- Rounds ----------------------------------------------------------------------------------- */

cocreate_status cci_process_look(cci_process *p, cocreate_error *error)
{
    p->ordered = 0;
    p->why = NULL;
    p->rival = CCI_NOBODY;
    p->tied = 0;
    return p->rule->look(p, error);
}

static cocreate_status look_and_record(cci_process *p, cocreate_error *error)
{
    p->record = 1;
    cocreate_status status = cci_process_look(p, error);
    p->record = 0;
    return status;
}

/* Follow every order of the tie. Where they are too many and nobody asked for them, all the tied
 * leave together from here on, which the trace says. */
static cocreate_status follow(cci_process *p, cocreate_error *error)
{
    int asked = is_parallel(p);
    CCI_TRY(cci_universes(p, asked ? CCI_UNIVERSES_MAX : CCI_UNIVERSES_DEFAULT, &p->universes,
                          error));
    if (p->universes == 0 && asked)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "the ties of this count lead to more than %d sets of options; break them "
                        "by ties (id, earliest, lot) or take elimination=all_tied",
                        CCI_UNIVERSES_MAX);
    if (p->universes == 0) {
        p->given_up = p->round;
        p->together = 1;
    }
    return cci_process_look(p, error); /* at the set from which the orders went out */
}

/* How many of the group leave, since one of them should; 0 if every order was followed. */
static cocreate_status choose(cci_process *p, size_t *leaving, cocreate_error *error)
{
    *leaving = p->n;
    if (p->together || (p->n == 1 && p->tied == 1))
        return COCREATE_OK;
    if (p->n == 1) /* by the chain: once more, to tell how */
        return look_and_record(p, error);
    int safe = 0;
    if (p->rule->safe && p->n == p->tied && !is_parallel(p))
        CCI_TRY(cci_process_safe(p, &safe, error));
    if (safe)
        return COCREATE_OK;
    if (p->rule->ends)
        return cci_fail(error, COCREATE_ERR_TIE,
                        "round %zu: %zu options tie for the last place, such as %s, and no tie step tells "
                        "which leaves: add id or lot to ties",
                        p->round, p->n, cci_name(p->run, p->group[0]));
    CCI_TRY(follow(p, error));
    *leaving = p->universes > 0 ? 0 : p->n;
    return COCREATE_OK;
}

static cocreate_status finish_round(cci_process *p, cocreate_error *error)
{
    if (!p->pending)
        return COCREATE_OK;
    p->pending = 0;
    return cci_process_tell_scores(p, p->before, 1, error);
}

static cocreate_status eliminate(cci_process *p, cocreate_error *error)
{
    if (p->size == 1)
        CCI_TRY(cci_process_look(p, error));
    for (p->round = 1; p->size > 1; p->round++) {
        size_t leaving;
        CCI_TRY(cci_run_progress(p->run, p->round, p->run->roster->count, error));
        CCI_TRY(cci_process_look(p, error));
        CCI_TRY(finish_round(p, error));
        if (p->verdict == CCI_WINNERS)
            return win(p, error);
        leaving = p->n;
        if (p->verdict == CCI_ONE_LEAVES) {
            CCI_TRY(choose(p, &leaving, error));
            if (leaving == 0)
                return end(p, 1, error);
            if (p->verdict == CCI_WINNERS) /* seen once the tied leave together */
                return win(p, error);
        }
        if (leaving == p->size)
            return end(p, 0, error);
        CCI_TRY(leave(p, leaving, error));
    }
    return end(p, 0, error);
}

/* -- The whole -------------------------------------------------------------------------------- */

static cocreate_status open(cci_process *p, cocreate_error *error)
{
    cci_run *run = p->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count;
    if (p->rule->choice && run->options[0].integer == CCI_ELIMINATE_PARALLEL &&
        run->chain.count > 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.ties: elimination=parallel follows every order of a tie; leave out one "
                        "of the two");
    p->together = p->rule->choice && run->options[0].integer == CCI_ELIMINATE_ALL_TIED;
    CCI_TRY(cci_rounds_init(&p->rounds, run, p->rule->each, error));
    p->rounds.ends = p->rule->ends;
    p->scores = cci_alloc(a, m, sizeof *p->scores);
    p->before = cci_alloc(a, m, sizeof *p->before);
    p->continuing = cci_alloc(a, m, sizeof *p->continuing);
    p->marks = cci_alloc(a, m, sizeof *p->marks);
    p->scratch = cci_alloc(a, m, sizeof *p->scratch);
    p->group = cci_alloc(a, m, sizeof *p->group);
    p->ends = cci_alloc(a, m, sizeof *p->ends);
    if (p->scores == NULL || p->before == NULL || p->continuing == NULL || p->marks == NULL ||
        p->scratch == NULL || p->group == NULL || p->ends == NULL)
        return cci_no_memory(error);
    memset(p->continuing, 1, m);
    int bottom = p->rule->unranked == 0 || run->options[p->rule->unranked - 1].integer == 0;
    if (p->rule->pairwise)
        CCI_TRY(cci_pairwise(run, bottom, &p->matrix, error));
    if (p->rule->smith)
        CCI_TRY(cci_majority_smith(a, p->matrix, m, NULL, p->marks, error));
    if (p->rule->elects) {
        run->selected = cci_alloc(a, m, 1);
        if (run->selected == NULL)
            return cci_no_memory(error);
    }
    return p->rule->open != NULL ? p->rule->open(p, error) : COCREATE_OK;
}

static void close(cci_process *p)
{
    const cocreate_allocator *a = &p->run->allocator;
    if (p->rule->close != NULL)
        p->rule->close(p);
    for (size_t i = 0; i < p->run->roster->count; i++) {
        if (p->scores != NULL)
            cci_value_clear(a, &p->scores[i]);
        if (p->before != NULL)
            cci_value_clear(a, &p->before[i]);
    }
    cci_free(a, p->scores);
    cci_free(a, p->before);
    cci_free(a, p->continuing);
    cci_free(a, p->marks);
    cci_free(a, p->scratch);
    cci_free(a, p->group);
    cci_free(a, p->ends);
    cci_free(a, p->matrix);
    cci_buffer_free(&p->rounds_trace);
    cci_rounds_free(&p->rounds);
}

cocreate_status cci_process_run(cci_run *run, const cci_rule *rule, cocreate_error *error)
{
    cci_process p = {.run = run, .rule = rule, .size = run->roster->count, .stop = 1,
                     .exhausted = -1, .rival = CCI_NOBODY};
    cci_buffer_init(&p.rounds_trace, &run->allocator);
    cocreate_status status = open(&p, error);
    if (status == COCREATE_OK)
        status = eliminate(&p, error);
    if (status == COCREATE_OK) {
        cci_process_finish_trace(&p);
        if (p.exhausted >= 0)
            cci_value_set(&run->allocator, &run->exhausted, p.exhausted, 1);
    }
    close(&p);
    return status;
}
