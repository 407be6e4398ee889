/* Recomputing an amount from its trace: every step must follow from the ones before. */
#include <inttypes.h>
#include <string.h>

#include "cocreate/reward.h"
#include "reward/guards.h"
#include "reward/rule.h"
#include "reward/steps.h"

/* What the steps so far have established. */
typedef struct replay {
    int64_t value; /* the amount so far */
    int has_value;
    int is_badge;
    int64_t rank;  /* 0: none yet */
    int64_t place; /* whose prize is next: the rank, or what a tie step says */
    int tied_away; /* a tie step asks for an apportion, so no prize may follow */
    int claimed;   /* the next apportion must be of `pool` and of the part `part` */
    int64_t pool;
    cci_rational part;
    int weighed; /* a weight step was there: the next share must be of `weight` */
    cci_rational weight;
    int qualified; /* threshold or selected */
    int64_t each;  /* of a first_to_reach overflow; 0: none */
    cci_figures figures; /* the numbers that have a name */
} replay;

typedef cocreate_status step_function(replay *r, const json_t *step, const cci_path *path,
                                      cocreate_error *error);

static cocreate_status broken(const cci_path *path, cocreate_error *error, const char *what)
{
    return cci_json_fail(error, COCREATE_ERR_VERIFY, path, "%s", what);
}

static cocreate_status minor_of(const json_t *step, const char *key, int64_t *out,
                                const cci_path *path, cocreate_error *error)
{
    return cci_json_i64(step, key, 0, CCI_MINOR_MAX, out, path, error);
}

static cocreate_status number_of(const json_t *step, const char *key, cci_rational *out,
                                 const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(step, key);
    cci_path at = cci_path_key(path, key);
    if (value == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "missing");
    return cci_json_number(value, out, &at, error);
}

static int equal(const cci_rational *a, const cci_rational *b)
{
    return mp_cmp(&a->num, &b->num) == MP_EQ && mp_cmp(&a->den, &b->den) == MP_EQ;
}

static cocreate_status set_value(replay *r, int64_t value, const cci_path *path,
                                 cocreate_error *error)
{
    if (r->has_value || r->is_badge)
        return broken(path, error, "a second amount, without a team to share the first");
    r->value = value;
    r->has_value = 1;
    return COCREATE_OK;
}

/* The next apportion must give num/den of a pool. */
static cocreate_status claim(replay *r, int64_t pool, int64_t num, int64_t den,
                             cocreate_error *error)
{
    r->claimed = 1;
    r->pool = pool;
    return cci_rational_set_i64(&r->part, num, den, error);
}

static cocreate_status replay_rank(replay *r, const json_t *step, const cci_path *path,
                                   cocreate_error *error)
{
    CCI_TRY(cci_json_i64(step, "rank", 1, CCI_MINOR_MAX, &r->rank, path, error));
    r->place = r->rank;
    return COCREATE_OK;
}

typedef struct tie {
    int64_t from, to, among;
} tie;

static cocreate_status read_tie(const replay *r, const json_t *step, tie *out,
                                const cci_path *path, cocreate_error *error)
{
    json_t *places;
    cci_path at = cci_path_key(path, "places");
    CCI_TRY(cci_json_get_array(step, "places", &places, path, error));
    CCI_TRY(cci_json_i64(step, "among", 2, CCI_MINOR_MAX, &out->among, path, error));
    const json_t *from = json_array_get(places, 0), *to = json_array_get(places, 1);
    if (json_array_size(places) != 2 || !json_is_integer(from) || !json_is_integer(to))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not two places");
    out->from = json_integer_value(from);
    out->to = json_integer_value(to);
    if (out->from < 1 || out->to > CCI_MINOR_MAX || out->from > out->to)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not two places, the best first");
    if (out->from != r->rank)
        return broken(&at, error, "the tie does not begin at the rank");
    if (out->to - out->from + 1 != out->among)
        return broken(&at, error, "there are not as many places as are tied");
    return COCREATE_OK;
}

static cocreate_status check_prizes(const json_t *step, int64_t pool, const tie *t,
                                    const cci_path *path, cocreate_error *error)
{
    json_t *prizes;
    cci_path at = cci_path_key(path, "prizes");
    int64_t sum = 0;
    CCI_TRY(cci_json_get_array_opt(step, "prizes", &prizes, path, error));
    if (prizes == NULL)
        return COCREATE_OK;
    if (json_array_size(prizes) > (size_t)t->among)
        return broken(&at, error, "there are more prizes than places");
    for (size_t i = 0; i < json_array_size(prizes); i++) {
        json_int_t prize = json_integer_value(json_array_get(prizes, i));
        if (prize < 0 || prize > CCI_MINOR_MAX - sum)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not a list of amounts");
        sum += prize;
    }
    return sum == pool ? COCREATE_OK : broken(&at, error, "the prizes do not sum to the pool");
}

static cocreate_status replay_same_prize(replay *r, const json_t *step, const tie *t,
                                         const cci_path *path, cocreate_error *error)
{
    int64_t awards, prize, pool;
    CCI_TRY(cci_json_i64(step, "awards", 0, t->among, &awards, path, error));
    CCI_TRY(minor_of(step, "prize", &prize, path, error));
    CCI_TRY(minor_of(step, "pool", &pool, path, error));
    if (prize != 0 && awards > CCI_MINOR_MAX / prize)
        return broken(path, error, "the awards are more than 2^53 - 1 minor units");
    if (awards * prize != pool)
        return broken(path, error, "the pool is not the prize times the awards");
    return claim(r, pool, 1, t->among, error);
}

/* Half of the own prize and half of an equal part: (g*p + P) / (2*g*P) of the pool P. */
static cocreate_status replay_hort(replay *r, const json_t *step, const tie *t,
                                   const cci_path *path, cocreate_error *error)
{
    int64_t prize, pool;
    CCI_TRY(cci_json_i64(step, "place", t->from, t->to, &r->place, path, error));
    CCI_TRY(minor_of(step, "prize", &prize, path, error));
    CCI_TRY(minor_of(step, "pool", &pool, path, error));
    if (prize > pool || pool == 0)
        return broken(path, error, "the prize is more than the pool it is in");
    CCI_TRY(claim(r, pool, prize, pool, error));
    cci_rational term = {0};
    cocreate_status status = cci_rational_init(&term, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&term, 1, t->among, error);
    if (status == COCREATE_OK)
        status = cci_rational_add(&r->part, &term, &r->part, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&term, 1, 2, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&r->part, &term, &r->part, error);
    cci_rational_clear(&term);
    return status;
}

static cocreate_status replay_tie(replay *r, const json_t *step, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const policies[] = {"pool", "same_prize", "hort", "earlier", "lot", NULL};
    int policy;
    int64_t pool;
    tie t;
    if (r->rank == 0)
        return broken(path, error, "a tie without a rank");
    CCI_TRY(cci_json_choice(step, "policy", policies, &policy, path, error));
    CCI_TRY(read_tie(r, step, &t, path, error));
    if (policy >= 3)
        return cci_json_i64(step, "place", t.from, t.to, &r->place, path, error);
    r->tied_away = 1;
    if (policy == 1)
        return replay_same_prize(r, step, &t, path, error);
    if (policy == 2)
        return replay_hort(r, step, &t, path, error);
    CCI_TRY(minor_of(step, "pool", &pool, path, error));
    CCI_TRY(check_prizes(step, pool, &t, path, error));
    return claim(r, pool, 1, t.among, error);
}

static cocreate_status replay_prize(replay *r, const json_t *step, const cci_path *path,
                                    cocreate_error *error)
{
    int64_t place, minor;
    CCI_TRY(cci_json_i64(step, "place", 1, CCI_MINOR_MAX, &place, path, error));
    CCI_TRY(minor_of(step, "minor", &minor, path, error));
    if (place != r->place || r->tied_away)
        return broken(path, error, "the prize is not that of the place");
    return set_value(r, minor, path, error);
}

static cocreate_status replay_weight(replay *r, const json_t *step, const cci_path *path,
                                     cocreate_error *error)
{
    const char *of = NULL;
    r->weighed = 1;
    CCI_TRY(number_of(step, "weight", &r->weight, path, error));
    CCI_TRY(cci_json_string_opt(step, "of", &of, path, error));
    const cci_named *named = of == NULL ? NULL : cci_figures_find(&r->figures, of);
    if (of != NULL && (named == NULL || !equal(&named->value, &r->weight)))
        return broken(path, error, "the weight is not the number it is said to be");
    return COCREATE_OK;
}

/* What apportion and cap have in common: exact = pool * weight / of. */
typedef struct share {
    int64_t pool, minor;
    cci_rational weight, of, exact, part;
} share;

static void share_clear(share *s)
{
    cci_rational_clear(&s->weight);
    cci_rational_clear(&s->of);
    cci_rational_clear(&s->exact);
    cci_rational_clear(&s->part);
}

static cocreate_status share_read(replay *r, const json_t *step, share *s, const cci_path *path,
                                  cocreate_error *error)
{
    CCI_TRY(cci_rational_init(&s->weight, error));
    CCI_TRY(cci_rational_init(&s->of, error));
    CCI_TRY(cci_rational_init(&s->exact, error));
    CCI_TRY(cci_rational_init(&s->part, error));
    CCI_TRY(minor_of(step, "pool", &s->pool, path, error));
    CCI_TRY(minor_of(step, "minor", &s->minor, path, error));
    CCI_TRY(number_of(step, "weight", &s->weight, path, error));
    CCI_TRY(number_of(step, "of", &s->of, path, error));
    CCI_TRY(number_of(step, "exact", &s->exact, path, error));
    if (cci_rational_sign(&s->of) <= 0 || cci_rational_sign(&s->weight) < 0)
        return broken(path, error, "a weight is negative, or the weights sum to 0");
    CCI_TRY(cci_rational_div(&s->weight, &s->of, &s->part, error));
    if (r->weighed && !equal(&r->weight, &s->weight))
        return broken(path, error, "the weight is not the one of the step before");
    if (r->claimed && (s->pool != r->pool || !equal(&s->part, &r->part)))
        return broken(path, error, "the pool or the part of it does not follow from the tie, the "
                                   "overflow or the team");
    cci_rational product = {0};
    cocreate_status status = cci_rational_init(&product, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&product, s->pool, 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(&product, &s->part, &product, error);
    if (status == COCREATE_OK && !equal(&product, &s->exact))
        status = broken(path, error, "exact is not pool * weight / of");
    cci_rational_clear(&product);
    r->claimed = r->weighed = 0;
    return status;
}

/* Methods whose shares never leave the quota: floor(exact), or one more. */
static int keeps_quota(const char *method)
{
    return strcmp(method, "largest_remainder") == 0 || strcmp(method, "first_gets") == 0;
}

static cocreate_status check_apportion(const share *s, const json_t *step, const cci_path *path,
                                       cocreate_error *error)
{
    const char *method;
    int64_t whole, extra;
    CCI_TRY(cci_json_string(step, "method", &method, path, error));
    CCI_TRY(cci_json_i64(step, "extra", -CCI_MINOR_MAX, CCI_MINOR_MAX, &extra, path, error));
    CCI_TRY(cci_rational_round(&s->exact, 0, CCI_ROUND_FLOOR, &whole, error));
    if (s->minor - whole != extra || s->minor > s->pool)
        return broken(path, error, "minor is not floor(exact) + extra");
    int integral = mp_cmp_d(&s->exact.den, 1) == MP_EQ;
    if ((keeps_quota(method) && (extra < 0 || extra > !integral)) ||
        (strcmp(method, "floor_return") == 0 && extra != 0))
        return broken(path, error, "the method does not give so many extra units");
    return COCREATE_OK;
}

static cocreate_status replay_apportion(replay *r, const json_t *step, const cci_path *path,
                                        cocreate_error *error)
{
    share s = {0};
    int expected = r->claimed || r->weighed;
    cocreate_status status = expected ? share_read(r, step, &s, path, error)
                                      : broken(path, error, "nothing says what is apportioned");
    if (status == COCREATE_OK)
        status = check_apportion(&s, step, path, error);
    if (status == COCREATE_OK)
        status = set_value(r, s.minor, path, error);
    share_clear(&s);
    return status;
}

static cocreate_status check_cap(const share *s, const json_t *step, const cci_path *path,
                                 cocreate_error *error)
{
    int64_t limit, whole;
    CCI_TRY(minor_of(step, "limit", &limit, path, error));
    CCI_TRY(cci_rational_round(&s->exact, 0, CCI_ROUND_CEIL, &whole, error));
    if (s->minor != limit || whole <= limit)
        return broken(path, error, "exact does not exceed the limit, or minor is not the limit");
    return COCREATE_OK;
}

static cocreate_status replay_cap(replay *r, const json_t *step, const cci_path *path,
                                  cocreate_error *error)
{
    share s = {0};
    cocreate_status status = r->weighed ? share_read(r, step, &s, path, error)
                                        : broken(path, error, "nothing says what is capped");
    if (status == COCREATE_OK)
        status = check_cap(&s, step, path, error);
    if (status == COCREATE_OK)
        status = set_value(r, s.minor, path, error);
    share_clear(&s);
    return status;
}

static cocreate_status replay_threshold(replay *r, const json_t *step, const cci_path *path,
                                        cocreate_error *error)
{
    cci_rational value = {0}, needed = {0};
    int order = -1;
    cocreate_status status = cci_rational_init(&value, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&needed, error);
    if (status == COCREATE_OK)
        status = number_of(step, "value", &value, path, error);
    if (status == COCREATE_OK)
        status = number_of(step, "threshold", &needed, path, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&value, &needed, &order, error);
    if (status == COCREATE_OK && order < 0)
        status = broken(path, error, "the threshold is not reached");
    cci_rational_clear(&needed);
    cci_rational_clear(&value);
    r->qualified = 1;
    return status;
}

static cocreate_status replay_selected(replay *r, const json_t *step, const cci_path *path,
                                       cocreate_error *error)
{
    (void)step;
    (void)path;
    (void)error;
    r->qualified = 1;
    return COCREATE_OK;
}

static cocreate_status replay_overflow(replay *r, const json_t *step, const cci_path *path,
                                       cocreate_error *error)
{
    static const char *const policies[] = {"first_to_reach", "prorata", NULL};
    int policy;
    int64_t each, bound, qualified, position;
    CCI_TRY(cci_json_choice(step, "policy", policies, &policy, path, error));
    CCI_TRY(cci_json_i64(step, "each", 1, CCI_MINOR_MAX, &each, path, error));
    CCI_TRY(minor_of(step, "bound", &bound, path, error));
    CCI_TRY(cci_json_i64(step, "qualified", 1, CCI_MINOR_MAX, &qualified, path, error));
    if (!r->qualified)
        return broken(path, error, "an overflow without a threshold");
    if (qualified <= bound / each)
        return broken(path, error, "the bound is enough for all that qualified");
    if (policy == 1)
        return claim(r, bound, 1, qualified, error);
    CCI_TRY(cci_json_i64(step, "position", 1, qualified, &position, path, error));
    if (position > bound / each)
        return broken(path, error, "the position is beyond the bound");
    r->each = each;
    return COCREATE_OK;
}

static cocreate_status replay_amount(replay *r, const json_t *step, const cci_path *path,
                                     cocreate_error *error)
{
    int64_t minor;
    CCI_TRY(minor_of(step, "minor", &minor, path, error));
    if (!r->qualified || r->claimed)
        return broken(path, error, "nothing says why the amount is due");
    if (r->each != 0 && minor != r->each)
        return broken(path, error, "the amount is not the one of the overflow");
    return set_value(r, minor, path, error);
}

static cocreate_status replay_where(replay *r, const json_t *step, const cci_path *path,
                                    cocreate_error *error)
{
    const char *condition;
    CCI_TRY(cci_json_string(step, "condition", &condition, path, error));
    if (r->rank == 0 || r->has_value || r->tied_away)
        return broken(path, error, "a badge follows from a rank alone");
    r->is_badge = 1;
    return COCREATE_OK;
}

static cocreate_status replay_team(replay *r, const json_t *step, const cci_path *path,
                                   cocreate_error *error)
{
    int64_t members, pool;
    int split;
    CCI_TRY(cci_json_i64(step, "members", 1, CCI_MINOR_MAX, &members, path, error));
    CCI_TRY(cci_json_choice(step, "split", cci_team_splits, &split, path, error));
    CCI_TRY(minor_of(step, "pool", &pool, path, error));
    if (!r->has_value || pool != r->value)
        return broken(path, error, "the team does not share the amount so far");
    CCI_TRY(claim(r, pool, 1, members, error));
    if (CCI_TEAM_DECLARED + split != CCI_TEAM_EQUAL)
        CCI_TRY(number_of(step, "share", &r->part, path, error));
    r->has_value = 0;
    return COCREATE_OK;
}

static cocreate_status replay_pay(replay *r, const json_t *step, const cci_path *path,
                                  cocreate_error *error)
{
    const char *of;
    int64_t minor, value;
    CCI_TRY(cci_json_string(step, "of", &of, path, error));
    CCI_TRY(cci_json_i64(step, "minor", -CCI_MINOR_MAX, CCI_MINOR_MAX, &minor, path, error));
    const cci_named *named = cci_figures_find(&r->figures, of);
    if (named == NULL || mp_cmp_d(&named->value.den, 1) != MP_EQ)
        return broken(path, error, "the amount is not a whole number of the trace");
    CCI_TRY(cci_rational_round(&named->value, 0, CCI_ROUND_FLOOR, &value, error));
    if (value != minor)
        return broken(path, error, "the amount is not the number it is said to be");
    return set_value(r, minor, path, error);
}

/* A guard of the campaign leaves less of the amount, or nothing. */
static cocreate_status replay_guard(replay *r, const json_t *step, const cci_path *path,
                                    cocreate_error *error)
{
    int guard;
    int64_t minor, limit, used, left = 0;
    CCI_TRY(cci_json_choice(step, "guard", cci_guard_names, &guard, path, error));
    CCI_TRY(minor_of(step, "minor", &minor, path, error));
    if (!r->has_value || r->claimed || r->weighed)
        return broken(path, error, "a guard before the amount");
    if (guard == CCI_GUARD_PERSON_CAP || guard == CCI_GUARD_HOUSEHOLD_CAP) {
        CCI_TRY(minor_of(step, "limit", &limit, path, error));
        CCI_TRY(minor_of(step, "used", &used, path, error));
        left = used < limit ? limit - used : 0;
    }
    if (left >= r->value || minor != left)
        return broken(path, error, "the guard does not leave that amount");
    r->value = minor;
    return COCREATE_OK;
}

static cocreate_status replay_grant(replay *r, const json_t *step, const cci_path *path,
                                    cocreate_error *error)
{
    const char *of;
    CCI_TRY(cci_json_string(step, "of", &of, path, error));
    if (r->has_value || r->tied_away || r->claimed || r->weighed)
        return broken(path, error, "recognition beside an amount");
    r->is_badge = 1;
    return COCREATE_OK;
}

static cocreate_status replay_named(replay *r, const json_t *step, const cci_path *path,
                                    cocreate_error *error)
{
    return cci_steps_replay(&r->figures, json_string_value(json_object_get(step, "op")), step, path,
                            error);
}

static const struct {
    const char *op;
    step_function *run;
} steps[] = {
    {"rank", replay_rank},       {"tie", replay_tie},
    {"prize", replay_prize},     {"weight", replay_weight},
    {"apportion", replay_apportion}, {"cap", replay_cap},
    {"threshold", replay_threshold}, {"overflow", replay_overflow},
    {"selected", replay_selected},   {"amount", replay_amount},
    {"where", replay_where},     {"team", replay_team},
    {"value", replay_named},     {"calc", replay_named},
    {"check", replay_named},     {"say", replay_named},
    {"pay", replay_pay},         {"grant", replay_grant},
    {"guard", replay_guard},
};

static cocreate_status replay_step(replay *r, const json_t *step, const cci_path *path,
                                   cocreate_error *error)
{
    const char *op;
    CCI_TRY(cci_json_object(step, path, error));
    CCI_TRY(cci_json_string(step, "op", &op, path, error));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(steps[i].op, op) == 0)
            return steps[i].run(r, step, path, error);
    cci_path at = cci_path_key(path, "op");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "no step is called \"%.40s\"", op);
}

static cocreate_status replay_all(replay *r, const json_t *trace, cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    CCI_TRY(cci_rational_init(&r->part, error));
    CCI_TRY(cci_rational_init(&r->weight, error));
    CCI_TRY(cci_json_array(trace, &root, error));
    for (size_t i = 0; i < json_array_size(trace); i++) {
        cci_path at = cci_path_at(&root, i);
        CCI_TRY(replay_step(r, json_array_get(trace, i), &at, error));
    }
    if (r->claimed || r->weighed || (!r->has_value && !r->is_badge))
        return broken(&root, error, "the steps end before an amount");
    return COCREATE_OK;
}

cocreate_status cocreate_trace_replay(const char *trace, size_t size, int64_t *minor,
                                      cocreate_error *error)
{
    json_t *document;
    replay r = {0};
    CCI_TRY(cci_json_parse(trace, size, &document, error));
    cocreate_status status = replay_all(&r, document, error);
    cci_figures_free(&r.figures);
    cci_rational_clear(&r.part);
    cci_rational_clear(&r.weight);
    json_decref(document);
    if (status == COCREATE_OK)
        *minor = r.value;
    return status;
}
