/* selector_bonus, selector_points: for those who supported what was selected in the end. */
#include "reward/recognition/selector.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/share.h"

enum { POSITIONS_MAX = 64 };

static const char *const weights[] = {
    "hit_rate",            "brier",             "harmonic",
    "geometric",           "linear_increment",  "sqrt_increment",
    "quadratic_increment", "bounded_increment", "convergent_linear_increment",
    "convergent_sqrt_increment", NULL};
static const char *const cuts[] = {"return", "author", "voters", NULL};

#define SELECTOR_PARAMETERS                                                                       \
    {"select", "condition", 0, "which entries are selected, as rank<=1; by default selected"},    \
        {"weight", "choice", 1,                                                                   \
         "of a voter: hit_rate, brier; of the k-th vote for an entry: harmonic 1/k, geometric "   \
         "ratio^k; of a vote with the stakes before it f(R + r) - f(R): linear_increment, "       \
         "sqrt_increment, quadratic_increment, bounded_increment, convergent_linear_increment, "  \
         "convergent_sqrt_increment"},                                                            \
        {"ratio", "number", 0, "of geometric, more than 0 and at most 1; by default 1/2"},        \
        {"constant", "number", 0,                                                                 \
         "s of quadratic x(x + 2s) (0), bounded x/(x + 2s), convergent_linear x(x + 2s)/(x + "    \
         "4s), convergent_sqrt x/sqrt(x + 2s); required by the last three, more than 0"},         \
        {"window_s", "integer", 0,                                                                \
         "seconds after submitted_at in which a vote weighs its part of them; by default 0"},     \
        {"cut", "choice", 0,                                                                      \
         "what votes in the window weigh less: return (default), to the author, or to voters"},   \
        {"min_votes", "integer", 0,                                                               \
         "votes that somebody needs for hit_rate and brier; by default 1"},                       \
        CCI_PARAMETER_GUARDS

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "shared in proportion to what votes weigh"},
    SELECTOR_PARAMETERS,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static const cci_parameter points_parameters[] = {
    CCI_PARAMETER_UNIT,
    {"pool", "number", 0, "points shared in proportion to what votes weigh; this or each"},
    {"each", "number", 0, "points for a weight of 1; not for curves"},
    SELECTOR_PARAMETERS,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

/* -- Reading ---------------------------------------------------------------------------------- */

static int of_persons(const cci_selector *s)
{
    return s->weight <= CCI_TASTE_BRIER;
}

static cocreate_status refuse(const cci_path *path, const char *key, const char *why,
                              cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", why);
}

static cocreate_status read_curve(const json_t *json, cci_selector *s, const cci_path *path,
                                  cocreate_error *error)
{
    CCI_TRY(cci_row_number(json, "ratio", 1, &s->ratio, path, error));
    CCI_TRY(cci_row_number(json, "constant", 1, &s->constant, path, error));
    int ratio = s->ratio.den > 0, constant = s->constant.den > 0;
    if (ratio && s->weight != CCI_TASTE_GEOMETRIC)
        return refuse(path, "ratio", "only geometric has a ratio", error);
    if (ratio && (s->ratio.num <= 0 || s->ratio.num > s->ratio.den))
        return refuse(path, "ratio", "is not more than 0 and at most 1", error);
    if (constant && s->weight < CCI_TASTE_QUADRATIC)
        return refuse(path, "constant", "only quadratic, bounded and convergent curves have one",
                      error);
    if (constant && s->constant.num < 0)
        return refuse(path, "constant", "is less than 0", error);
    if (s->weight > CCI_TASTE_QUADRATIC && (!constant || s->constant.num == 0))
        return refuse(path, "constant", "required by this curve, and more than 0", error);
    if (!ratio)
        s->ratio = (cci_number){1, 2};
    return COCREATE_OK;
}

static cocreate_status read_window(const json_t *json, cci_selector *s, const cci_path *path,
                                   cocreate_error *error)
{
    s->min_votes = 1;
    CCI_TRY(cci_json_i64_opt(json, "window_s", 0, 1000000000, &s->window, path, error));
    CCI_TRY(cci_json_choice_opt(json, "cut", cuts, &s->cut, path, error));
    CCI_TRY(cci_json_i64_opt(json, "min_votes", 1, 1000000000, &s->min_votes, path, error));
    if (s->window > 0 && of_persons(s))
        return refuse(path, "window_s", "only votes have a window, not hit_rate and brier", error);
    if (s->cut != CCI_CUT_RETURN && s->window == 0)
        return refuse(path, "cut", "given, but there is no window_s", error);
    if (s->min_votes > 1 && !of_persons(s))
        return refuse(path, "min_votes", "only hit_rate and brier need votes", error);
    return COCREATE_OK;
}

static cocreate_status read_selector(cocreate_scheme *scheme, const json_t *json, cci_rule *rule,
                                     cci_selector *s, const cci_path *path, cocreate_error *error)
{
    cci_path select_at = cci_path_key(path, "select"), guards_at = cci_path_key(path, "guards");
    const char *select = "selected";
    CCI_TRY(cci_json_string_opt(json, "select", &select, path, error));
    CCI_TRY(cci_where_parse(&scheme->arena, select, &s->select, &select_at, error));
    CCI_TRY(cci_json_choice(json, "weight", weights, &s->weight, path, error));
    CCI_TRY(read_curve(json, s, path, error));
    CCI_TRY(read_window(json, s, path, error));
    CCI_TRY(cci_read_guards(scheme, json, &s->guards, path, error));
    if (s->guards.self)
        return refuse(&guards_at, "self", "votes for what is one's own never count", error);
    scheme->needs |= s->select.needs;
    rule->parameters = s;
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_selector *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_pool(scheme, json, rule, &s->pool, path, error));
    return read_selector(scheme, json, rule, s, path, error);
}

static cocreate_status read_points(const cci_rule *rule, const json_t *json, const char *key,
                                   int64_t *out, const cci_path *path, cocreate_error *error)
{
    cci_number n;
    cci_path at = cci_path_key(path, key);
    CCI_TRY(cci_row_number(json, key, 1, &n, path, error));
    if (n.den == 0)
        return COCREATE_OK;
    CCI_TRY(cci_points_minor(rule, n, out, &at, error));
    return *out > 0 ? COCREATE_OK : refuse(path, key, "is not more than 0", error);
}

static cocreate_status parse_points(cocreate_scheme *scheme, const json_t *json,
                                    const cci_path *path, cci_rule *rule, cocreate_error *error)
{
    cci_selector *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(read_points(rule, json, "pool", &s->pool, path, error));
    CCI_TRY(read_points(rule, json, "each", &s->each, path, error));
    if ((s->pool > 0) == (s->each > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "needs one of \"pool\" and \"each\"");
    CCI_TRY(read_selector(scheme, json, rule, s, path, error));
    if (s->each > 0 && (s->weight > CCI_TASTE_GEOMETRIC || s->cut == CCI_CUT_AUTHOR))
        return refuse(path, "each", "weights of curves and what authors get are parts of a pool",
                      error);
    rule->why = "points cost nothing";
    return COCREATE_OK;
}

/* -- Claims ----------------------------------------------------------------------------------- */

typedef struct tasting {
    cci_taste_claim *claims;
    size_t n;
    char *selected;       /* by entry */
    const cci_vote *votes; /* by entry and time */
    size_t n_votes;
} tasting;

static cocreate_status mark_selected(cci_evaluation *e, const cci_rule *rule, tasting *w,
                                     cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    cci_stand *stands;
    size_t n;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    w->selected = cci_arena_alloc(&e->scratch, e->result->n, 1);
    if (w->selected == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        w->selected[stands[i].entry - e->result->entries] =
            (char)cci_where_holds(&s->select, stands[i].entry, stands[i].place);
    return COCREATE_OK;
}

/* By person, then entry; what votes weigh less comes last. */
static int by_person(const void *a, const void *b)
{
    const cci_taste_claim *x = a, *y = b;
    if ((x->person == NULL) != (y->person == NULL))
        return x->person != NULL ? -1 : 1;
    int order = x->person != NULL ? strcmp(x->person, y->person) : 0;
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Claims are told apart by their number in that order: a person may have several. */
static cocreate_status name_claim(cci_evaluation *e, size_t i, const char **out,
                                  cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_buffer_format(&b, "%020zu", i);
    return cci_arena_finish(&e->scratch, &b, out, error);
}

static cocreate_status age_of(const cci_rule *rule, const cci_vote *vote, int64_t *age,
                              cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    cci_vote_path path;
    if (s->window == 0)
        return COCREATE_OK;
    if (!vote->entry->submitted.known)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_vote_at(vote, &path),
                             "entry \"%s\" has no \"submitted_at\", from which rule \"%s\" counts",
                             vote->entry->id, rule->id);
    if (!cci_sub_i64(vote->at.at, vote->entry->submitted.at, age) || *age < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, cci_vote_at(vote, &path),
                             "is before entry \"%s\" was submitted", vote->entry->id);
    return COCREATE_OK;
}

/* A claim for each vote that supported what was selected. */
static cocreate_status claim_votes(cci_evaluation *e, const cci_rule *rule, tasting *w,
                                   cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    cci_taste_claim last = {0};
    for (size_t i = 0; i < w->n_votes; i++) {
        const cci_vote *v = &w->votes[i];
        cci_vote_path path;
        cci_taste_claim c = {.person = v->voter, .entry = v->entry, .stake = v->stake,
                             .before = {0, 1}, .position = 1};
        if (!w->selected[v->entry - e->result->entries])
            continue;
        if (v->entry == last.entry) {
            c.position = last.position + 1;
            if (!cci_number_add(last.before, last.stake, &c.before))
                return cci_json_fail(error, COCREATE_ERR_OVERFLOW, cci_vote_at(v, &path),
                                     "the weights before it do not fit 64 bits");
        }
        CCI_TRY(age_of(rule, v, &c.age, error));
        last = c;
        if (s->weight != CCI_TASTE_GEOMETRIC || c.position <= POSITIONS_MAX)
            w->claims[w->n++] = c;
    }
    return COCREATE_OK;
}

/* A claim for what the votes of a window weigh less: of each author, or to return. */
static void claim_cuts(const cci_rule *rule, tasting *w)
{
    const cci_selector *s = rule->parameters;
    size_t n = w->n;
    if (s->window == 0 || s->cut == CCI_CUT_VOTERS || n == 0 || s->each > 0)
        return;
    for (size_t i = 0; i < n; i++) {
        cci_taste_claim c = {.entry = s->cut == CCI_CUT_AUTHOR ? w->claims[i].entry : NULL};
        if (i > 0 && (c.entry == NULL || c.entry == w->claims[i - 1].entry))
            continue;
        w->claims[w->n++] = c;
    }
}

static int by_voter(const void *a, const void *b)
{
    const cci_vote *x = a, *y = b;
    int order = strcmp(x->voter, y->voter);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* A claim for each voter with votes enough, whatever they supported. */
static void claim_voters(const cci_evaluation *e, const cci_rule *rule, cci_vote *votes, tasting *w)
{
    const cci_selector *s = rule->parameters;
    if (w->n_votes > 0)
        qsort(votes, w->n_votes, sizeof *votes, by_voter);
    for (size_t i = 0, next; i < w->n_votes; i = next) {
        cci_taste_claim c = {.person = votes[i].voter};
        for (next = i; next < w->n_votes && strcmp(votes[next].voter, votes[i].voter) == 0; next++)
            c.hits += w->selected[votes[next].entry - e->result->entries];
        c.supported = (int64_t)(next - i);
        if (c.supported >= s->min_votes)
            w->claims[w->n++] = c;
    }
}

/* -- Weights ---------------------------------------------------------------------------------- */

/* sum + 1 - (p - outcome)^2 */
static cocreate_status add_score(const cci_vote *v, int hit, cci_rational *sum,
                                 cci_rational *miss, cocreate_error *error)
{
    cci_number p = v->probability;
    CCI_TRY(cci_rational_set_i64(miss, hit ? p.den - p.num : p.num, p.den, error));
    CCI_TRY(cci_rational_mul(miss, miss, miss, error));
    CCI_TRY(cci_rational_sub(sum, miss, sum, error));
    return cci_add_number(sum, (cci_number){1, 1}, error);
}

static cocreate_status sum_scores(const cci_evaluation *e, const tasting *w, cci_claims *sums,
                                  cocreate_error *error)
{
    cci_rational miss = {0};
    CCI_TRY(cci_rational_init(&miss, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0, k = 0; i < w->n_votes && k < w->n && status == COCREATE_OK; i++) {
        const cci_vote *v = &w->votes[i];
        while (k < w->n && strcmp(w->claims[k].person, v->voter) < 0)
            k++;
        if (k < w->n && strcmp(w->claims[k].person, v->voter) == 0)
            status = add_score(v, w->selected[v->entry - e->result->entries], &sums->weights[k],
                               &miss, error);
    }
    cci_rational_clear(&miss);
    return status;
}

/* What a vote weighs less goes to the claim of its entry's author, or the last one. */
static cocreate_status add_cut(const cci_evaluation *e, const tasting *w, size_t i,
                               cci_claims *sums, cocreate_error *error)
{
    cci_rational full = {0};
    size_t to = w->n - 1, low = 0;
    if (w->claims[to].person != NULL || w->claims[i].person == NULL)
        return COCREATE_OK;
    for (low = i; w->claims[to].entry != NULL && low < to;) {
        size_t middle = low + (to - low) / 2;
        const cci_taste_claim *c = &w->claims[middle];
        if (c->person != NULL || c->entry < w->claims[i].entry)
            low = middle + 1;
        else
            to = middle;
    }
    CCI_TRY(cci_rational_init(&full, error));
    cocreate_status status = cci_trace_get(&e->trace, "full", &full, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(&sums->weights[to], &full, &sums->weights[to], error);
    if (status == COCREATE_OK)
        status = cci_trace_get(&e->trace, "weight", &full, error);
    if (status == COCREATE_OK)
        status = cci_rational_sub(&sums->weights[to], &full, &sums->weights[to], error);
    cci_rational_clear(&full);
    return status;
}

static cocreate_status weigh(cci_evaluation *e, const cci_rule *rule, const tasting *w,
                             cci_claims *sums, cci_claims *out, cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    if (s->weight == CCI_TASTE_BRIER)
        CCI_TRY(sum_scores(e, w, sums, error));
    for (size_t i = 0; i < w->n; i++) {
        CCI_TRY(name_claim(e, i, &out->ids[i], error));
        CCI_TRY(cci_trace_taste(&e->trace, s, &w->claims[i], &sums->weights[i], error));
        CCI_TRY(cci_trace_get(&e->trace, "weight", &out->weights[i], error));
        CCI_TRY(add_cut(e, w, i, sums, error));
    }
    return COCREATE_OK;
}

/* -- Awards ----------------------------------------------------------------------------------- */

static cocreate_status pay_each(cci_evaluation *e, const cci_rule *rule, int64_t *minor,
                                cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    cci_trace *t = &e->trace;
    CCI_TRY(cci_trace_integer(t, "each", CCI_UNIT_MINOR, s->each, error));
    CCI_TRY(cci_trace_calc(t, "exact", CCI_UNIT_MINOR, "product", CCI_ARGS("weight", "each"),
                           error));
    CCI_TRY(cci_trace_calc(t, "minor", CCI_UNIT_MINOR, "half_up", CCI_ARGS("exact"), error));
    cci_trace_say(t, "At {each} for 1 that is {minor} points.");
    return cci_trace_pay(t, "minor", minor, error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const tasting *w, size_t i,
                             const cci_rational *sum, const cci_claims *claims,
                             cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    const cci_taste_claim *c = &w->claims[i];
    int64_t minor = claims->shares[i];
    if (s->each == 0 && minor == 0)
        return COCREATE_OK;
    if (c->person == NULL && c->entry == NULL)
        return COCREATE_OK; /* returned */
    CCI_TRY(cci_trace_taste(&e->trace, s, c, sum, error));
    cci_say_taste(&e->trace, s, c);
    if (s->each > 0)
        CCI_TRY(pay_each(e, rule, &minor, error));
    else
        CCI_TRY(cci_trace_share(&e->trace, rule, s->pool, claims, i, "in weight", "weight", error));
    if (c->person == NULL)
        return cci_pay(e, rule, c->entry, minor, error);
    return cci_pay_person(e, rule, c->person, c->entry != NULL ? c->entry->id : "", minor, error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const tasting *w,
                             cci_claims *sums, cci_claims *claims, cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "votes");
    CCI_TRY(cci_claims_init(e, w->n, sums, error));
    CCI_TRY(cci_claims_init(e, w->n, claims, error));
    CCI_TRY(weigh(e, rule, w, sums, claims, error));
    if (s->each == 0)
        CCI_TRY(cci_claims_split(e, rule, s->pool, CCI_EMPTY_RETURN, "weight", &at, claims, error));
    for (size_t i = 0; i < w->n; i++)
        CCI_TRY(award(e, rule, w, i, &sums->weights[i], claims, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const cci_selector *s = rule->parameters;
    tasting w = {0};
    cci_claims sums = {0}, claims = {0};
    cci_vote *votes = NULL;
    int timed = !of_persons(s) || s->guards.pair_cap > 0 || s->guards.serial > 0 ||
                s->guards.min_age_days > 0;
    CCI_TRY(mark_selected(e, rule, &w, error));
    CCI_TRY(cci_votes_read(e, rule, &s->guards, timed, &votes, &w.n_votes, error));
    w.votes = votes;
    w.claims = cci_arena_alloc(&e->scratch, 2 * w.n_votes, sizeof *w.claims);
    if (w.claims == NULL)
        return cci_no_memory(error);
    if (of_persons(s)) {
        claim_voters(e, rule, votes, &w);
    } else {
        CCI_TRY(claim_votes(e, rule, &w, error));
        claim_cuts(rule, &w);
    }
    if (w.n > 0)
        qsort(w.claims, w.n, sizeof *w.claims, by_person);
    cocreate_status status = share(e, rule, &w, &sums, &claims, error);
    cci_claims_free(&claims);
    cci_claims_free(&sums);
    return status;
}

const cci_rule_kind cci_rule_selector_bonus = {
    .kind = "selector_bonus",
    .title = "A pool for those who supported what was selected",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Steem, evaluate_reward_curve and the reverse auction window of curation; Brier, "
              "Verification of Forecasts, Monthly Weather Review 78(1), 1950",
    .parse = parse,
    .evaluate = evaluate,
};

const cci_rule_kind cci_rule_selector_points = {
    .kind = "selector_points",
    .title = "Points for those who supported what was selected",
    .parameters = points_parameters,
    .bound = "nothing: points are no money",
    .source = "as selector_bonus",
    .parse = parse_points,
    .evaluate = evaluate,
};
