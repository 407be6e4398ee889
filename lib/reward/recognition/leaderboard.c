/* leaderboard: places by points, numbered in one of five ways. */
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/events.h"
#include "reward/recognition/ranks.h"

typedef struct board {
    const char *of;
    int ranks; /* a cci_ranks */
} board;

static const cci_parameter parameters[] = {
    {"ranks", "choice", 0,
     "of 100, 90, 90, 80: competition (default) 1224, modified 1334, dense 1223, fractional 1 2.5 "
     "2.5 4, ordinal 1234"},
    CCI_PARAMETER_OF,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    board *b = cci_arena_alloc(&scheme->arena, 1, sizeof *b);
    if (b == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice_opt(json, "ranks", cci_ranks_names, &b->ranks, path, error));
    CCI_TRY(cci_read_of(scheme, json, rule, &b->of, path, error));
    rule->parameters = b;
    rule->why = "places cost nothing";
    return COCREATE_OK;
}

/* Most points first; among equals the earlier, unknown times last, then the smaller id. */
static int by_points(const void *a, const void *b)
{
    const cci_total *x = a, *y = b;
    int order = cci_number_compare(y->points, x->points);
    if (order != 0)
        return order;
    if (x->at.known != y->at.known)
        return x->at.known ? -1 : 1;
    if (x->at.known && x->at.at != y->at.at)
        return x->at.at < y->at.at ? -1 : 1;
    return strcmp(x->person, y->person);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_total *total,
                             int64_t twice, size_t tied, size_t n, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    cci_number rank = cci_number_of(twice, 2);
    cci_trace_begin(t);
    CCI_TRY(cci_trace_number(t, "points", CCI_UNIT_NONE, total->points, error));
    CCI_TRY(cci_trace_number(t, "rank", CCI_UNIT_NONE, rank, error));
    CCI_TRY(cci_trace_integer(t, "of", CCI_UNIT_NONE, (int64_t)n, error));
    CCI_TRY(cci_trace_integer(t, "tied", CCI_UNIT_NONE, (int64_t)tied, error));
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_number(&b, "points", total->points);
    cci_detail_number(&b, "rank", rank);
    cci_detail_integer(&b, "tied", (int64_t)tied);
    return cci_recognise_with(e, rule, total->person, "",
                              tied > 1 ? "Rank {rank} of {of} with {points} points, as {tied} have."
                                       : "Rank {rank} of {of} with {points} points.",
                              &b, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const board *b = rule->parameters;
    cci_total *totals = NULL;
    size_t n = 0, kept = 0;
    cci_tied tie = {0, 0, 0};
    CCI_TRY(cci_totals_read(e, rule, b->of, &totals, &n, error));
    /* Who has no points has no rank: nobody is first by missing. */
    for (size_t i = 0; i < n; i++)
        if (totals[i].points.den > 0)
            totals[kept++] = totals[i];
    if (kept > 0)
        qsort(totals, kept, sizeof *totals, by_points);
    for (; tie.first < kept; tie.first += tie.size, tie.before++) {
        const cci_total *tied = &totals[tie.first];
        tie.size = 1;
        while (tie.first + tie.size < kept &&
               cci_number_compare(tied[tie.size].points, tied->points) == 0)
            tie.size++;
        for (size_t i = 0; i < tie.size; i++)
            CCI_TRY(award(e, rule, &tied[i], cci_twice_rank(b->ranks, tie, i), tie.size, kept,
                          error));
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_leaderboard = {
    .kind = "leaderboard",
    .title = "Places by points",
    .parameters = parameters,
    .bound = "nothing",
    .source = "standard competition, modified, dense, fractional and ordinal ranking",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
