/* Methods that weigh all defeats of an option. */
#include <string.h>

#include "ranking/condorcet/criteria.h"
#include "ranking/write.h"

static const cci_option_spec options[] = {CCI_OPTION_UNRANKED};

/* The margins against each option, worst first; `count` of them in each row of m. */
struct losses {
    cci_contest *c;
    int64_t *margins;
    size_t *count;
    int64_t *points; /* that come first, or NULL */
};

/* Insertion would be quadratic: by merging runs, worst first. */
static void sort_margins(int64_t *values, int64_t *spare, size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            size_t high = middle + width < n ? middle + width : n;
            size_t left = low, right = middle;
            for (size_t i = low; i < high; i++)
                spare[i] = right == high || (left < middle && values[left] >= values[right])
                               ? values[left++]
                               : values[right++];
        }
        memcpy(values, spare, n * sizeof *values);
    }
}

static cocreate_status fill(struct losses *l, int only_losses, cocreate_error *error)
{
    cci_contest *c = l->c;
    int64_t *spare = cci_contest_alloc(c, c->m, sizeof *spare);
    l->margins = cci_contest_alloc(c, c->m * c->m, sizeof *l->margins);
    l->count = cci_contest_alloc(c, c->m, sizeof *l->count);
    if (spare == NULL || l->margins == NULL || l->count == NULL)
        return cci_no_memory(error);
    for (size_t a = 0; a < c->m; a++) {
        int64_t *row = l->margins + a * c->m;
        size_t n = 0;
        for (size_t b = 0; b < c->m; b++)
            if (b != a && (!only_losses || cci_beats(c, b, a)))
                row[n++] = cci_margin_of(c, b, a);
        sort_margins(row, spare, n);
        l->count[a] = n;
    }
    return COCREATE_OK;
}

/* The first difference decides, smaller is better; who has nothing more to lose is better. */
static cocreate_status compare(void *context, uint32_t a, uint32_t b, int *out,
                               cocreate_error *error)
{
    const struct losses *l = context;
    const int64_t *x = l->margins + a * l->c->m, *y = l->margins + b * l->c->m;
    (void)error;
    *out = 0;
    if (l->points != NULL)
        *out = (l->points[a] < l->points[b]) - (l->points[a] > l->points[b]);
    for (size_t i = 0; *out == 0 && (i < l->count[a] || i < l->count[b]); i++) {
        if (i == l->count[a] || i == l->count[b])
            *out = i == l->count[a] ? -1 : 1;
        else
            *out = (x[i] > y[i]) - (x[i] < y[i]);
    }
    return COCREATE_OK;
}

/* ,"losses":{"a":["5","3"],..} */
static void write_losses(const struct losses *l)
{
    cci_contest *c = l->c;
    cci_buffer *out = &c->run->trace;
    if (!cci_is_traced(c))
        return;
    cci_buffer_text(out, ",\"losses\":{");
    for (size_t i = 0; i < c->m; i++) {
        uint32_t a = c->run->roster->by_key[i];
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_write_id(c->run, out, a);
        cci_buffer_text(out, ":[");
        for (size_t k = 0; k < l->count[a]; k++)
            cci_buffer_format(out, k > 0 ? ",\"%lld\"" : "\"%lld\"",
                              (long long)l->margins[a * c->m + k]);
        cci_buffer_byte(out, ']');
    }
    cci_buffer_byte(out, '}');
}

static void note_first(const struct losses *l, const char *what)
{
    cci_buffer *out = &l->c->run->notes;
    for (uint32_t a = 0; a < l->c->m; a++) {
        if (l->c->run->standings[a].from != 1)
            continue;
        cci_buffer_text(out, cci_name(l->c->run, a));
        if (l->count[a] == 0)
            cci_buffer_text(out, " comes first: it loses to nobody");
        else {
            cci_buffer_text(out, " comes first; the margins against it, worst first: ");
            for (size_t k = 0; k < l->count[a] && k < 20; k++)
                cci_buffer_format(out, k > 0 ? ", %lld" : "%lld",
                                  (long long)l->margins[a * l->c->m + k]);
        }
        cci_buffer_text(out, what);
    }
}

static cocreate_status work_leximax(cci_contest *c, cocreate_error *error)
{
    struct losses l = {.c = c};
    CCI_TRY(fill(&l, 0, error));
    CCI_TRY(cci_place_ranked(c, NULL, compare, &l, error));
    cci_write_blank(c);
    write_losses(&l);
    cci_write_pairwise(c, "\"losses\",", "");
    note_first(&l, ".\n");
    return COCREATE_OK;
}

static cocreate_status work_most_wins(cci_contest *c, cocreate_error *error)
{
    struct losses l = {.c = c};
    int64_t *ties = cci_contest_alloc(c, c->m, sizeof *ties);
    l.points = cci_contest_alloc(c, c->m, sizeof *l.points);
    if (ties == NULL || l.points == NULL)
        return cci_no_memory(error);
    cci_count_wins(c, l.points, ties);
    for (size_t a = 0; a < c->m; a++)
        l.points[a] = 2 * l.points[a] + ties[a];
    cci_score_all(c, NULL, l.points, 2);
    CCI_TRY(fill(&l, 1, error));
    CCI_TRY(cci_place_ranked(c, NULL, compare, &l, error));
    cci_write_blank(c);
    write_losses(&l);
    cci_write_pairwise(c, "\"losses\",", "");
    note_first(&l, "; nobody wins more.\n");
    return COCREATE_OK;
}

static cocreate_status work_dodgson(cci_contest *c, cocreate_error *error)
{
    int64_t *sums = cci_contest_alloc(c, c->m, sizeof *sums);
    if (sums == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_sum_losses(c, NULL, sums, error));
    for (size_t a = 0; a < c->m; a++)
        sums[a] = -sums[a];
    cci_score_all(c, NULL, sums, 1);
    CCI_TRY(cci_place_by_keys(c, NULL, sums, NULL, error));
    cci_write_blank(c);
    cci_write_pairwise(c, "", "");
    for (uint32_t a = 0; a < c->m && cci_is_traced(c); a++) {
        cci_buffer_text(&c->run->notes, cci_name(c->run, a));
        cci_buffer_format(&c->run->notes, sums[a] == 0 ? " loses to nobody.\n"
                                                       : " loses by %lld in all.\n",
                          -(long long)sums[a]);
    }
    return COCREATE_OK;
}

static cocreate_status run_leximax(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_leximax, error);
}

static cocreate_status run_most_wins(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_most_wins, error);
}

static cocreate_status run_dodgson(cci_run *run, cocreate_error *error)
{
    return cci_contest_hold(run, work_dodgson, error);
}

#define SORTED "O(ballots * options^2 + options^2 log options), at most 8,192 options"

const cci_method cci_method_leximax = {
    .name = "leximax",
    .title = "Leximax: the smallest worst defeat, then the second worst, and so on",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = SORTED,
    .source = "Leximax, as pref_voting (Holliday & Pacuit) defines it, after arXiv:2411.19857",
    .run = run_leximax,
};

const cci_method cci_method_most_wins_smallest_loss = {
    .name = "most_wins_smallest_loss",
    .title = "The most wins in pairs, then the smallest losses",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = SORTED,
    .source = "Most Wins, Smallest Loss, as pref_voting (Holliday & Pacuit) defines it, after "
              "arXiv:2508.17095",
    .run = run_most_wins,
};

const cci_method cci_method_simplified_dodgson = {
    .name = "simplified_dodgson",
    .title = "Simplified Dodgson: the smallest sum of the margins of all defeats",
    .evidence = CCI_TAKES(COCREATE_BALLOT_RANKING),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .exact = 1,
    .condorcet = 1,
    .tally = COCREATE_TALLY_PAIRS,
    .complexity = "O(ballots * options^2), at most 8,192 options",
    .source = "Tideman, Independence of clones as a criterion for voting rules, Social Choice and "
              "Welfare 4 (1987)",
    .run = run_dodgson,
};
