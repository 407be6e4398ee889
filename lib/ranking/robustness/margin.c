/* The margin of victory: a lower bound from what decided, an upper bound from ballots that change
 * the result when the method counts them. */
#include <inttypes.h>
#include <string.h>

#include "ranking/order.h"
#include "ranking/pairwise.h"
#include "ranking/robustness/robustness.h"
#include "ranking/write.h"

/* Most options tried as the one that gains. */
#define CHALLENGERS_MAX 16

#define NO_MARGIN INT64_MAX

/* Ballots are cast differently for one option: those that gain it most go first, and all become the
 * same ballot, the last one of `changed`. */
struct search {
    cci_run *run;
    cci_electorate changed;
    int64_t *gain;   /* by ballot */
    uint32_t *order; /* ballots, largest gain first */
    uint32_t *challengers;
    size_t n_challengers;
    uint32_t winner; /* whom they leave */
    int64_t lower, upper;
    uint32_t upper_by;
    uint64_t counted; /* how often the method ran */
};

/* -- The lower bound -------------------------------------------------------------------------- */

static int64_t at_least_one(int64_t n)
{
    return n > 1 ? n : 1;
}

/* ceil(gap / (2 * swing)): a changed ballot takes at most `swing` from one option and gives as much
 * to another. */
static cocreate_status bound_by_gap(const cci_value *gap, int64_t swing, int64_t *lower,
                                    cocreate_error *error)
{
    cci_rational r, twice;
    CCI_TRY(cci_rational_init(&r, error));
    cocreate_status status = cci_rational_init(&twice, error);
    if (status != COCREATE_OK) {
        cci_rational_clear(&r);
        return status;
    }
    status = cci_value_get(gap, &r, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&twice, 2 * swing, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_div(&r, &twice, &r, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&r, 0, CCI_ROUND_CEIL, lower, error);
    cci_rational_clear(&r);
    cci_rational_clear(&twice);
    return status;
}

/* Least score of a winner less the best of the others, where scores alone decide. */
static cocreate_status gap_of_scores(cci_run *run, int *found, cocreate_error *error)
{
    size_t m = run->roster->count, winners = 0;
    const cci_value *least = NULL, *best = NULL;
    *found = 0;
    for (uint32_t o = 0; o < m; o++) {
        const cci_value *score = &run->standings[o].score;
        int order = 0;
        if (cci_value_missing(score))
            return COCREATE_OK;
        const cci_value **kept = cci_run_wins(run, o) ? &least : &best;
        winners += kept == &least;
        if (*kept != NULL)
            CCI_TRY(cci_value_compare(score, *kept, &order, error));
        if (*kept == NULL || (kept == &least ? order < 0 : order > 0))
            *kept = score;
    }
    if (least == NULL || best == NULL || winners > (size_t)run->seats)
        return COCREATE_OK;
    cci_rational a, b;
    CCI_TRY(cci_rational_init(&a, error));
    cocreate_status status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = cci_value_get(least, &a, error);
    if (status == COCREATE_OK)
        status = cci_value_get(best, &b, error);
    if (status == COCREATE_OK)
        status = cci_rational_sub(&a, &b, &a, error);
    if (status == COCREATE_OK)
        status = cci_value_set_rational(&run->allocator, &run->gap, &a, error);
    *found = status == COCREATE_OK;
    cci_rational_clear(&a);
    cci_rational_clear(&b);
    return status;
}

/* Is unranked=bottom in force, or no such option there? */
static int unranked_bottom(const cci_run *run)
{
    for (size_t i = 0; i < run->method->option_count; i++)
        if (strcmp(run->method->options[i].name, "unranked") == 0)
            return run->options[i].integer == 0;
    return 1;
}

/* Someone who beats everyone wins until a majority is undone: half of the least margin. */
static cocreate_status bound_by_majorities(struct search *s, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t m = run->roster->count;
    int64_t *matrix = NULL, least = NO_MARGIN;
    if (run->seats != 1 || m < 2)
        return COCREATE_OK;
    CCI_TRY(cci_pairwise(run, unranked_bottom(run), &matrix, error));
    for (size_t o = 0; o < m; o++) {
        int64_t margin = matrix[s->winner * m + o] - matrix[o * m + s->winner];
        if (o != s->winner && margin < least)
            least = margin;
    }
    cci_free(&run->allocator, matrix);
    if (least > 0)
        s->lower = at_least_one(least / 2 + least % 2);
    return COCREATE_OK;
}

static cocreate_status bound_below(struct search *s, cocreate_error *error)
{
    cci_run *run = s->run;
    int64_t swing = run->swing > 0 ? run->swing : 1;
    int found = !cci_value_missing(&run->gap);
    s->lower = 1;
    if (!found && run->swing > 0)
        CCI_TRY(gap_of_scores(run, &found, error));
    if (found) {
        CCI_TRY(bound_by_gap(&run->gap, swing, &s->lower, error));
        s->lower = at_least_one(s->lower);
    } else if (run->method->condorcet)
        CCI_TRY(bound_by_majorities(s, error));
    return COCREATE_OK;
}

/* -- Ballots for a challenger ----------------------------------------------------------------- */

/* What a ballot says of two options, as far as it prefers the winner. */
static int64_t preference(const cci_electorate *e, size_t b, uint32_t winner, uint32_t challenger)
{
    int ranking = e->info.kind == COCREATE_BALLOT_RANKING;
    int64_t none = ranking ? (int64_t)e->candidates + 1 : 0, of_winner = none, of_challenger = none;
    for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
        int64_t value = e->values[i];
        if (e->options[i] == winner)
            of_winner = value;
        if (e->options[i] == challenger)
            of_challenger = value;
    }
    return ranking ? of_challenger - of_winner : of_winner - of_challenger;
}

static cocreate_status by_gain(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const int64_t *gain = context;
    (void)error;
    *out = (gain[a] < gain[b]) - (gain[a] > gain[b]);
    return COCREATE_OK;
}

/* Largest and least value that any ballot gives, for scores; the largest sum, for points. */
static void extremes(const cci_electorate *e, int64_t *least, int64_t *most)
{
    *least = INT64_MAX;
    *most = INT64_MIN;
    for (size_t b = 0; b < e->ballots; b++) {
        int64_t sum = 0;
        for (size_t i = e->start[b]; i < e->start[b + 1]; i++) {
            sum += e->values[i];
            *least = e->values[i] < *least ? e->values[i] : *least;
            *most = e->values[i] > *most ? e->values[i] : *most;
        }
        if (e->info.kind == COCREATE_BALLOT_POINTS && sum > *most)
            *most = sum;
    }
}

/* The ballot that helps most: the challenger first, then all others, then the winners; approved, or
 * given all points, alone; the best score, with the worst for the winners. */
static void write_ballot(struct search *s, uint32_t challenger)
{
    cci_electorate *e = &s->changed;
    size_t last = e->ballots - 1, at = e->start[last];
    int kind = e->info.kind;
    int64_t least = 0, most = 1;
    if (kind == COCREATE_BALLOT_SCORE || kind == COCREATE_BALLOT_POINTS)
        extremes(s->run->electorate, &least, &most);
    for (int64_t rank = 1; rank <= 3; rank++)
        for (uint32_t o = 0; o < e->candidates; o++) {
            int wins = o != challenger && cci_run_wins(s->run, o);
            if ((o == challenger ? 1 : wins ? 3 : 2) != rank)
                continue;
            if (kind != COCREATE_BALLOT_RANKING && rank == 2)
                continue;
            if (kind != COCREATE_BALLOT_RANKING && kind != COCREATE_BALLOT_SCORE && rank == 3)
                continue;
            e->options[at] = o;
            e->values[at++] = kind == COCREATE_BALLOT_RANKING ? rank : rank == 1 ? most : least;
        }
    e->start[last + 1] = at;
    if (kind == COCREATE_BALLOT_RANKING) /* ranks are dense where no one stands between */
        for (size_t i = e->start[last]; i + 1 < at; i++)
            if (e->values[i + 1] > e->values[i] + 1)
                e->values[i + 1] = e->values[i] + 1;
}

/* Entries of ballots that are no rankings ascend; at most the winners and one more. */
static void sort_ballot(cci_electorate *e)
{
    size_t first = e->start[e->ballots - 1];
    for (size_t i = first + 1; i < e->start[e->ballots]; i++)
        for (size_t k = i; k > first && e->options[k - 1] > e->options[k]; k--) {
            uint32_t option = e->options[k];
            int64_t value = e->values[k];
            e->options[k] = e->options[k - 1];
            e->values[k] = e->values[k - 1];
            e->options[k - 1] = option;
            e->values[k - 1] = value;
        }
}

/* Take weight x from the ballots in order, blank ones before those that would lose; the new ballot
 * gets it. */
static void change(struct search *s, int64_t x)
{
    const cci_electorate *from = s->run->electorate;
    cci_electorate *e = &s->changed;
    int64_t left = x;
    int blank_done = 0;
    memcpy(e->weights, from->weights, from->ballots * sizeof *e->weights);
    e->blank = from->blank;
    for (size_t i = 0; i <= from->ballots && left > 0; i++) {
        if (!blank_done && (i == from->ballots || s->gain[s->order[i]] < 0)) {
            int64_t taken = left < e->blank ? left : e->blank;
            e->blank -= taken;
            left -= taken;
            blank_done = 1;
        }
        if (i == from->ballots)
            break;
        int64_t *weight = &e->weights[s->order[i]];
        int64_t taken = left < *weight ? left : *weight;
        *weight -= taken;
        left -= taken;
    }
    e->weights[from->ballots] = x - left;
}

static cocreate_status changes_result(struct search *s, int64_t x, int *out, cocreate_error *error)
{
    cci_again again;
    change(s, x);
    *out = 0;
    cocreate_error why = {0};
    cocreate_status status = cci_again_run(&again, s->run, &s->changed, s->counted++, 0, &why);
    for (uint32_t o = 0; status == COCREATE_OK && o < s->run->roster->count; o++)
        *out |= cci_run_wins(s->run, o) != cci_run_wins(&again.run, o);
    cci_again_close(&again);
    if (status == COCREATE_ERR_TIE || status == COCREATE_ERR_LIMIT)
        return COCREATE_OK; /* no result, so none that differs */
    if (status != COCREATE_OK && error != NULL)
        *error = why;
    return status;
}

/* The least weight that makes the challenger change the result, if it is below what is known. */
static cocreate_status try_challenger(struct search *s, uint32_t challenger, cocreate_error *error)
{
    const cci_electorate *e = s->run->electorate;
    int64_t below = s->lower - 1, x = s->lower, most = e->info.weight;
    int changed = 0;
    if (s->upper != NO_MARGIN)
        most = s->upper - 1;
    if (most < s->lower)
        return COCREATE_OK;
    for (size_t b = 0; b < e->ballots; b++) {
        s->gain[b] = preference(&s->changed, b, s->winner, challenger);
        s->order[b] = (uint32_t)b;
    }
    CCI_TRY(cci_sort(&s->run->allocator, s->order, e->ballots, by_gain, s->gain, error));
    write_ballot(s, challenger);
    if (e->info.kind != COCREATE_BALLOT_RANKING)
        sort_ballot(&s->changed);
    for (;;) {
        CCI_TRY(changes_result(s, x, &changed, error));
        if (changed || x == most)
            break;
        below = x;
        x = x > most / 2 ? most : 2 * x;
    }
    if (!changed)
        return COCREATE_OK;
    s->upper = x;
    while (s->upper - below > 1) {
        int64_t middle = below + (s->upper - below) / 2;
        CCI_TRY(changes_result(s, middle, &changed, error));
        if (changed)
            s->upper = middle;
        else
            below = middle;
    }
    s->upper_by = challenger;
    return COCREATE_OK;
}

/* -- The search ------------------------------------------------------------------------------- */

/* The electorate with room for one more ballot, and ranks for all. */
static cocreate_status copy_electorate(struct search *s, cocreate_error *error)
{
    const cci_electorate *from = s->run->electorate;
    const cocreate_allocator *a = &s->run->allocator;
    cci_electorate *e = &s->changed;
    size_t n = from->ballots > 0 ? from->start[from->ballots] : 0, m = from->candidates;
    *e = *from;
    e->start = cci_alloc(a, from->ballots + 2, sizeof *e->start);
    e->options = cci_alloc(a, n + m, sizeof *e->options);
    e->values = cci_alloc(a, n + m, sizeof *e->values);
    e->weights = cci_alloc(a, from->ballots + 1, sizeof *e->weights);
    if (!e->start || !e->options || !e->values || !e->weights)
        return cci_no_memory(error);
    for (size_t b = 0; b < from->ballots; b++) {
        e->start[b + 1] = from->start[b + 1];
        for (size_t i = from->start[b]; i < from->start[b + 1]; i++) {
            e->options[i] = from->options[i];
            e->values[i] = from->values != NULL ? from->values[i]
                                                : (int64_t)(i - from->start[b]) + 1;
        }
    }
    e->ballots = from->ballots + 1;
    e->longest = m;
    if (from->info.kind == COCREATE_BALLOT_RANKING)
        e->widest = m;
    return COCREATE_OK;
}

/* Whom to try: the best that do not win, and where several win each of them, who might win alone. */
static cocreate_status find_challengers(struct search *s, uint32_t *sorted, cocreate_error *error)
{
    cci_run *run = s->run;
    size_t m = run->roster->count, winners = 0, n = 0;
    for (uint32_t o = 0; o < m; o++) {
        winners += (size_t)cci_run_wins(run, o);
        s->gain[o] = -(int64_t)run->standings[o].from;
        sorted[o] = o;
    }
    CCI_TRY(cci_sort(&run->allocator, sorted, m, by_gain, s->gain, error));
    s->winner = sorted[0];
    for (size_t i = 0; i < m && n < CHALLENGERS_MAX; i++)
        if (!cci_run_wins(run, sorted[i]))
            s->challengers[n++] = sorted[i];
    for (size_t i = 0; i < m && n < CHALLENGERS_MAX && winners > 1; i++)
        if (cci_run_wins(run, sorted[i]))
            s->challengers[n++] = sorted[i];
    for (size_t i = 0; i < m; i++)
        if (cci_run_wins(run, sorted[i]))
            s->winner = sorted[i]; /* the weakest winner is the first to go */
    s->n_challengers = n;
    return COCREATE_OK;
}

static void write_margin(const struct search *s)
{
    cci_run *run = s->run;
    cci_buffer *out = &run->margin, *notes = &run->notes;
    if (s->upper == NO_MARGIN) {
        cci_buffer_format(out, "{\"by\":null,\"lower\":\"%" PRId64 "\",\"upper\":null}", s->lower);
        cci_buffer_text(notes, "No change of ballots that was tried gives another result.\n");
        return;
    }
    cci_buffer_text(out, "{\"by\":");
    cci_write_id(run, out, s->upper_by);
    cci_buffer_format(out, ",\"lower\":\"%" PRId64 "\",\"upper\":\"%" PRId64 "\"}", s->lower,
                      s->upper);
    if (s->lower == s->upper)
        cci_buffer_format(notes, "The margin of victory is %" PRId64 ": with ", s->upper);
    else
        cci_buffer_format(notes,
                          "The margin of victory is at least %" PRId64 " and at most %" PRId64
                          ": with ",
                          s->lower, s->upper);
    cci_buffer_format(notes, "%" PRId64 " of %" PRId64 " votes cast differently in favour of ",
                      s->upper, run->electorate->info.weight);
    cci_buffer_text(notes, cci_name(run, s->upper_by));
    cci_buffer_text(notes, " the result changes.\n");
}

static cocreate_status work(struct search *s, cocreate_error *error)
{
    cci_run *run = s->run;
    const cocreate_allocator *a = &run->allocator;
    size_t m = run->roster->count, n = run->electorate->ballots;
    s->gain = cci_alloc(a, n > m ? n : m, sizeof *s->gain);
    s->order = cci_alloc(a, n > m ? n : m, sizeof *s->order);
    s->challengers = cci_alloc(a, CHALLENGERS_MAX, sizeof *s->challengers);
    if (!s->gain || !s->order || !s->challengers)
        return cci_no_memory(error);
    CCI_TRY(copy_electorate(s, error));
    CCI_TRY(find_challengers(s, s->order, error));
    CCI_TRY(bound_below(s, error));
    if (run->electorate->info.weight > 0)
        for (size_t i = 0; i < s->n_challengers; i++)
            CCI_TRY(try_challenger(s, s->challengers[i], error));
    write_margin(s);
    return COCREATE_OK;
}

cocreate_status cci_margin(cci_run *run, cocreate_error *error)
{
    const cocreate_allocator *a = &run->allocator;
    struct search s = {.run = run, .upper = NO_MARGIN};
    cocreate_status status = work(&s, error);
    cci_free(a, s.gain);
    cci_free(a, s.order);
    cci_free(a, s.challengers);
    cci_free(a, s.changed.start);
    cci_free(a, s.changed.options);
    cci_free(a, s.changed.values);
    cci_free(a, s.changed.weights);
    return status;
}
