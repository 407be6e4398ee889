/* Ballots of one kind as ballots of another. */
#include "base/json.h"
#include "profile/profile.h"

/* What a conversion is asked to do. */
typedef struct conversion {
    int32_t from, to;
    int64_t top;       /* places that are approved */
    int64_t threshold; /* least value that is approved */
    int has_threshold;
    int64_t unmarked; /* score of the options that a ballot leaves out */
    int has_unmarked;
    size_t n_options;
    uint32_t *options; /* of the present ballot, and then of what becomes of it */
    int64_t *values;
    mark *marks;     /* for sorting */
    uint8_t *marked; /* by option; all 0 between ballots */
} conversion;

static const char *const kind_names[] = {"", "approvals", "rankings", "scores", "points"};

/* --- options --- */

static cocreate_status check_kinds(const conversion *c, cocreate_error *error)
{
    if (c->to < COCREATE_BALLOT_APPROVAL || c->to > COCREATE_BALLOT_POINTS)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%d is not a kind of ballot", (int)c->to);
    if (c->from == COCREATE_BALLOT_RANKING && c->to > COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "rankings have no values that could become %s", kind_names[c->to]);
    return COCREATE_OK;
}

/* Which options a conversion has. */
static const char *const *options_of(int32_t from, int32_t to)
{
    static const char *const none[] = {NULL};
    static const char *const top[] = {"top", NULL};
    static const char *const threshold[] = {"threshold", NULL};
    static const char *const unmarked[] = {"unmarked", NULL};
    if (from == to)
        return none;
    if (to == COCREATE_BALLOT_APPROVAL)
        return from == COCREATE_BALLOT_RANKING ? top : threshold;
    return to == COCREATE_BALLOT_SCORE ? unmarked : none;
}

static cocreate_status parse_options(conversion *c, const char *text, cocreate_error *error)
{
    json_t *json = NULL;
    cci_path root = CCI_ROOT;
    CCI_TRY(cci_json_parse(text, strlen(text), &json, error));
    cocreate_status status = cci_json_keys(json, options_of(c->from, c->to), &root, error);
    if (status == COCREATE_OK) {
        c->has_threshold = json_is_integer(json_object_get(json, "threshold"));
        c->has_unmarked = json_is_integer(json_object_get(json, "unmarked"));
        status = cci_json_i64_opt(json, "top", 1, INT64_MAX, &c->top, &root, error);
    }
    if (status == COCREATE_OK)
        status = cci_json_i64_opt(json, "threshold", INT64_MIN, INT64_MAX, &c->threshold, &root,
                                  error);
    if (status == COCREATE_OK)
        status = cci_json_i64_opt(json, "unmarked", INT64_MIN, INT64_MAX, &c->unmarked, &root,
                                  error);
    json_decref(json);
    return status;
}

static cocreate_status read_options(conversion *c, const char *text, cocreate_error *error)
{
    if (text)
        CCI_TRY(parse_options(c, text, error));
    if (c->from == COCREATE_BALLOT_SCORE && c->to == COCREATE_BALLOT_APPROVAL && !c->has_threshold)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "from scores to approvals: $.threshold is missing, the least score that "
                        "approves");
    return COCREATE_OK;
}

/* --- ballots --- */

/* The first `top` places; more where a tie reaches across the border. */
static size_t keep_top(const conversion *c, size_t n)
{
    size_t kept = 0;
    while (kept < n && ((int64_t)kept < c->top || c->values[kept] == c->values[kept - 1]))
        kept++;
    return kept;
}

static size_t keep_from_threshold(conversion *c, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (c->values[i] >= c->threshold)
            c->options[kept++] = c->options[i];
    return kept;
}

/* Only the order of values counts, the highest first. No points are no mark. */
static size_t rank_by_value(conversion *c, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (c->from != COCREATE_BALLOT_POINTS || c->values[i] > 0) {
            uint64_t ascending = (uint64_t)c->values[i] ^ UINT64_C(1) << 63;
            c->marks[kept++] = (mark){~ascending, 0, c->options[i]};
        }
    cci_key_sort(c->marks, kept);
    int64_t rank = 0;
    for (size_t i = 0; i < kept; i++) {
        rank += i == 0 || c->marks[i].rank != c->marks[i - 1].rank;
        c->options[i] = c->marks[i].option;
        c->values[i] = rank;
    }
    return kept;
}

/* Approved options are tied first. */
static size_t rank_approved(conversion *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        c->values[i] = 1;
    return n;
}

static size_t score_unmarked(conversion *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        c->marked[c->options[i]] = 1;
    for (size_t o = 0; o < c->n_options; o++) {
        if (!c->marked[o]) {
            c->options[n] = (uint32_t)o;
            c->values[n++] = c->unmarked;
        }
        c->marked[o] = 0;
    }
    return n;
}

/* Options and values of a ballot that was read; returns how many options it has now. */
static size_t convert_ballot(conversion *c, size_t n)
{
    if (c->from == c->to)
        return n;
    switch (c->to) {
    case COCREATE_BALLOT_APPROVAL:
        return c->from == COCREATE_BALLOT_RANKING ? keep_top(c, n) : keep_from_threshold(c, n);
    case COCREATE_BALLOT_RANKING:
        return c->from == COCREATE_BALLOT_APPROVAL ? rank_approved(c, n) : rank_by_value(c, n);
    case COCREATE_BALLOT_SCORE:
        return c->has_unmarked ? score_unmarked(c, n) : n;
    default:
        return n; /* as they are; negative scores are refused when they are added */
    }
}

static cocreate_status convert_ballots(conversion *c, const cocreate_profile *p, cci_stage *stage,
                                       cocreate_error *error)
{
    for (size_t i = 0; i < p->distinct; i++) {
        cocreate_error inner = {0};
        int64_t count, weight;
        size_t n = cci_profile_get(p, i, c->options, c->values, &count, &weight);
        n = convert_ballot(c, n);
        const int64_t *values = c->to == COCREATE_BALLOT_APPROVAL ? NULL : c->values;
        cocreate_status status =
            cci_stage_add(stage, c->options, values, n, count, weight, &inner);
        if (status == COCREATE_ERR_MEMORY)
            return cci_no_memory(error);
        if (status != COCREATE_OK)
            return cci_fail_at(error, status, i, "from %s to %s, ballot %zu: %s",
                               kind_names[c->from], kind_names[c->to], i, inner.text);
    }
    return cci_stage_flush(stage, error);
}

/* --- the whole --- */

static cocreate_status fill(conversion *c, const cocreate_profile *p, cocreate_profile *q,
                            cocreate_error *error)
{
    const cocreate_allocator *a = &p->allocator;
    c->n_options = p->n_options;
    c->options = cci_alloc(a, p->n_options, sizeof *c->options);
    c->values = cci_alloc(a, p->n_options, sizeof *c->values);
    c->marks = cci_alloc(a, p->n_options, sizeof *c->marks);
    c->marked = cci_alloc(a, p->n_options, 1);
    if (!c->options || !c->values || !c->marks || !c->marked)
        return cci_no_memory(error);
    cci_stage *stage = NULL;
    CCI_TRY(cci_stage_open(q, &stage, error));
    cocreate_status status = convert_ballots(c, p, stage, error);
    cci_stage_close(stage);
    return status;
}

cocreate_status cocreate_profile_convert(const cocreate_profile *profile, int32_t kind,
                                         const char *options, cocreate_profile **out,
                                         cocreate_error *error)
{
    const cocreate_allocator *a = &profile->allocator;
    conversion c = {.from = profile->kind, .to = kind, .top = INT64_MAX, .threshold = 1};
    cocreate_profile *q = NULL;
    CCI_TRY(check_kinds(&c, error));
    CCI_TRY(read_options(&c, options, error));
    CCI_TRY(cci_profile_describe(profile, kind, &q, error));
    cocreate_status status = fill(&c, profile, q, error);
    cci_free(a, c.options);
    cci_free(a, c.values);
    cci_free(a, c.marks);
    cci_free(a, c.marked);
    if (status == COCREATE_OK)
        *out = q;
    else
        cocreate_profile_free(q);
    return status;
}
