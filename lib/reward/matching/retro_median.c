/* retro_median: a budget shared after the fact by the medians of ballots. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reward/sharing/share.h"

typedef struct retro {
    int64_t pool, quorum, minimum, max_ballot;
} retro;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is shared"},
    {"quorum", "integer", 0, "ballots that a project needs; by default 1"},
    {"minimum", "amount", 0,
     "projects that would get less get nothing, together, and the others share again until all get so much"},
    {"max_ballot", "amount", 0, "the most that a ballot may give a project"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    retro *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    if (r == NULL)
        return cci_no_memory(error);
    r->quorum = 1;
    CCI_TRY(cci_read_pool(scheme, json, rule, &r->pool, path, error));
    CCI_TRY(cci_json_i64_opt(json, "quorum", 1, INT32_MAX, &r->quorum, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum", &r->minimum, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_ballot", &r->max_ballot, path, error));
    rule->parameters = r;
    return COCREATE_OK;
}

typedef struct ballot {
    const char *project, *voter;
    int64_t amount;
    size_t index;
} ballot;

static int by_voter(const void *a, const void *b)
{
    const ballot *x = a, *y = b;
    int order = strcmp(x->project, y->project);
    if (order == 0)
        order = strcmp(x->voter, y->voter);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_amount(const void *a, const void *b)
{
    const ballot *x = a, *y = b;
    int order = strcmp(x->project, y->project);
    if (order == 0)
        order = (x->amount > y->amount) - (x->amount < y->amount);
    return order != 0 ? order : strcmp(x->voter, y->voter);
}

static cocreate_status read_ballot(const cci_evaluation *e, const cci_rule *rule, const json_t *row,
                                   ballot *b, int *counts, const cci_path *path,
                                   cocreate_error *error)
{
    const retro *r = rule->parameters;
    cci_path project = cci_path_key(path, "project"), amount = cci_path_key(path, "amount");
    const json_t *value = json_object_get(row, "amount");
    char text[COCREATE_AMOUNT_TEXT];
    CCI_TRY(cci_json_id(row, "voter", &b->voter, path, error));
    CCI_TRY(cci_json_id(row, "project", &b->project, path, error));
    const cci_entry *entry = cci_result_find(e->result, b->project);
    if (entry == NULL && json_object_get(e->document, e->result->list) != NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &project, "\"%s\" is not among the %s",
                             b->project, e->result->list);
    *counts = entry != NULL ? cci_eligible(rule, entry) : cci_person_eligible(e, rule, b->project);
    *counts = *counts && cci_person_eligible(e, rule, b->voter);
    b->amount = -1;
    if (value == NULL || json_is_null(value))
        return COCREATE_OK; /* an abstention */
    CCI_TRY(cci_row_amount(e, row, "amount", &b->amount, path, error));
    if (r->max_ballot > 0 && b->amount > r->max_ballot)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &amount,
                             "more than the %s that rule \"%s\" lets a ballot give a project",
                             cci_amount_text(e->scheme, r->max_ballot, text), rule->id);
    return COCREATE_OK;
}

/* Ballots by project and amount; abstentions are left out, but nobody votes on a project twice. */
static cocreate_status read_ballots(cci_evaluation *e, const cci_rule *rule, ballot **out, size_t *n,
                                    cocreate_error *error)
{
    cci_section list;
    size_t read = 0;
    CCI_TRY(cci_section_open(e, rule, "ballots", 0, &list, error));
    ballot *ballots = cci_arena_alloc(&e->scratch, list.n, sizeof *ballots);
    if (ballots == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        cci_path path;
        int counts = 0;
        CCI_TRY(cci_section_row(&list, i, &row, &path, error));
        ballots[read].index = i;
        CCI_TRY(read_ballot(e, rule, row, &ballots[read], &counts, &path, error));
        read += counts != 0;
    }
    *n = 0;
    *out = ballots;
    if (read == 0)
        return COCREATE_OK;
    qsort(ballots, read, sizeof *ballots, by_voter);
    for (size_t i = 1; i < read; i++) {
        cci_path path = cci_path_at(&list.list, ballots[i].index);
        if (strcmp(ballots[i].project, ballots[i - 1].project) == 0 &&
            strcmp(ballots[i].voter, ballots[i - 1].voter) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "\"%s\" votes on \"%s\" at $.ballots[%zu] already", ballots[i].voter,
                                 ballots[i].project, ballots[i - 1].index);
    }
    for (size_t i = 0; i < read; i++)
        if (ballots[i].amount >= 0)
            ballots[(*n)++] = ballots[i];
    if (*n > 0)
        qsort(ballots, *n, sizeof *ballots, by_amount);
    return COCREATE_OK;
}

/* A project's ballots. */
typedef struct lot {
    const ballot *ballots;
    size_t n;
    int64_t twice; /* the median, times 2 */
} lot;

static size_t group(const cci_rule *rule, const ballot *ballots, size_t n, lot *out)
{
    const retro *r = rule->parameters;
    size_t count = 0;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && strcmp(ballots[end].project, ballots[i].project) == 0;)
            end++;
        size_t size = end - i;
        if ((int64_t)size < r->quorum)
            continue;
        const ballot *b = &ballots[i];
        out[count++] = (lot){b, size, b[(size - 1) / 2].amount + b[size / 2].amount};
    }
    return count;
}

/* Whoever would get less than the minimum gets nothing, all of them at once, until nobody would. The sum of
 * what the medians of the others weigh. */
static cocreate_status drop_small(const retro *r, cci_claims *claims, int64_t *dropped,
                                  cocreate_error *error)
{
    cci_rational least = {0};
    cocreate_status status = cci_rational_init(&least, error);
    *dropped = 0;
    for (int again = 1; again && status == COCREATE_OK;) {
        again = 0;
        /* pool * weight / total < minimum */
        status = cci_rational_set_i64(&least, 0, 1, error);
        for (size_t i = 0; i < claims->n && status == COCREATE_OK; i++)
            status = cci_rational_add(&least, &claims->weights[i], &least, error);
        cci_rational ratio = {0};
        if (status == COCREATE_OK)
            status = cci_rational_init(&ratio, error);
        if (status == COCREATE_OK)
            status = cci_rational_set_i64(&ratio, r->minimum, r->pool, error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(&least, &ratio, &least, error);
        cci_rational_clear(&ratio);
        for (size_t i = 0; i < claims->n && status == COCREATE_OK; i++) {
            int order = 0;
            if (cci_rational_sign(&claims->weights[i]) == 0)
                continue;
            status = cci_rational_compare(&claims->weights[i], &least, &order, error);
            if (status == COCREATE_OK && order < 0) {
                status = cci_rational_set_i64(&claims->weights[i], 0, 1, error);
                again = 1;
                ++*dropped;
            }
        }
    }
    cci_rational_clear(&least);
    return status;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_claims *claims,
                             size_t i, const lot *l, int64_t dropped, cocreate_error *error)
{
    const retro *r = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "ballots", CCI_UNIT_NONE, (int64_t)l->n, error));
    CCI_TRY(cci_trace_integer(t, "quorum", CCI_UNIT_NONE, r->quorum, error));
    CCI_TRY(cci_trace_check(t, "ballots", "at_least", "quorum", error));
    CCI_TRY(cci_trace_integer(t, "lower", CCI_UNIT_MINOR, l->ballots[(l->n - 1) / 2].amount, error));
    CCI_TRY(cci_trace_integer(t, "upper", CCI_UNIT_MINOR, l->ballots[l->n / 2].amount, error));
    CCI_TRY(cci_trace_calc(t, "both", CCI_UNIT_MINOR, "sum", CCI_ARGS("lower", "upper"), error));
    CCI_TRY(cci_trace_calc(t, "median", CCI_UNIT_MINOR, "quotient", CCI_ARGS("both", "2"), error));
    CCI_TRY(cci_trace_value(t, "all medians", CCI_UNIT_MINOR, &claims->total, error));
    CCI_TRY(cci_trace_integer(t, "pool", CCI_UNIT_MINOR, r->pool, error));
    cci_trace_say(t, "The median of {ballots} ballots is {median}; the pool of {pool} is shared by the "
                     "medians, {all medians} in all.");
    if (dropped > 0) {
        CCI_TRY(cci_trace_integer(t, "dropped", CCI_UNIT_NONE, dropped, error));
        CCI_TRY(cci_trace_integer(t, "minimum", CCI_UNIT_MINOR, r->minimum, error));
        cci_trace_say(t, "{dropped} would have got less than {minimum} and get nothing.");
    }
    CCI_TRY(cci_trace_share(t, rule, r->pool, claims, i, "median", "median", error));
    const cci_entry *entry = cci_result_find(e->result, claims->ids[i]);
    return entry != NULL ? cci_pay(e, rule, entry, claims->shares[i], error)
                         : cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const lot *lots,
                             size_t n, cci_claims *claims, cocreate_error *error)
{
    const retro *r = rule->parameters;
    int64_t dropped = 0;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "ballots");
    CCI_TRY(cci_claims_init(e, n, claims, error));
    for (size_t i = 0; i < n; i++) {
        claims->ids[i] = lots[i].ballots[0].project;
        CCI_TRY(cci_rational_set_i64(&claims->weights[i], lots[i].twice, 2, error));
    }
    if (r->minimum > 0)
        CCI_TRY(drop_small(r, claims, &dropped, error));
    CCI_TRY(cci_claims_split(e, rule, r->pool, CCI_EMPTY_RETURN, "median", &at, claims, error));
    for (size_t i = 0; i < n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, claims, i, &lots[i], dropped, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    ballot *ballots = NULL;
    size_t n = 0;
    cci_claims claims = {0};
    CCI_TRY(read_ballots(e, rule, &ballots, &n, error));
    lot *lots = cci_arena_alloc(&e->scratch, n, sizeof *lots);
    if (lots == NULL)
        return cci_no_memory(error);
    n = group(rule, ballots, n, lots);
    cocreate_status status = share(e, rule, lots, n, &claims, error);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_retro_median = {
    .kind = "retro_median",
    .title = "A pool shared by the medians of ballots, with a quorum",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Optimism, Retroactive Public Goods Funding round 3, 2023: quorum 17, at most 5,000,000 a "
              "ballot, at least 1,500, 30,000,000 in all",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
