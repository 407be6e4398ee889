/* shapley: a pool shared by what players add to the coalitions that they join, on average over all
 * orders of joining. */
#include <string.h>

#include "reward/sharing/shapley_game.h"

typedef struct shapley {
    int64_t pool;
    cci_game game;
    int on_empty;
    int clip; /* negative values count as 0 */
} shapley;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"pool", "amount", 1, "what is shared"},
    {"game", "choice", 1,
     "table: the worth of each coalition is listed; synergy: what each coalition adds to its parts; "
     "airport: the largest cost of its players; majority: 1 if their weights reach the quota, else 0"},
    {"missing", "choice", 0,
     "coalitions that a table does not list: error (default) or zero, they are worth nothing"},
    {"quota", "number", 0, "what a majority weighs at least; required for majority"},
    {"permutations", "integer", 0,
     "draw so many orders by the seed and average over them; by default all orders, exactly"},
    {"negative", "choice", 0,
     "a negative value: error (default), or clip_renormalise: 0, the pool is shared by the others"},
    CCI_PARAMETER_ON_EMPTY,
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_ROUNDING,
    CCI_PARAMETER_END,
};

static cocreate_status read_quota(const json_t *json, cci_game *game, const cci_path *path,
                                  cocreate_error *error)
{
    const json_t *quota = json_object_get(json, "quota");
    cci_path at = cci_path_key(path, "quota");
    int given = quota != NULL && !json_is_null(quota);
    if (game->form != CCI_GAME_MAJORITY)
        return given ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                     "given, but only a majority has a quota")
                     : COCREATE_OK;
    if (!given)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    CCI_TRY(cci_number_read(quota, &game->quota, &at, error));
    return game->quota.num > 0 ? COCREATE_OK
                               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const games[] = {"table", "synergy", "airport", "majority", NULL};
    static const char *const missing[] = {"error", "zero", NULL};
    static const char *const negative[] = {"error", "clip_renormalise", NULL};
    cci_path permutations = cci_path_key(path, "permutations");
    cci_path missing_at = cci_path_key(path, "missing");
    int form = 0;
    shapley *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_read_pool(scheme, json, rule, &s->pool, path, error));
    CCI_TRY(cci_json_choice(json, "game", games, &form, path, error));
    s->game.form = form == 0   ? CCI_GAME_TABLE
                   : form == 1 ? CCI_GAME_SYNERGY
                   : form == 2 ? CCI_GAME_AIRPORT
                               : CCI_GAME_MAJORITY;
    CCI_TRY(cci_json_choice_opt(json, "missing", missing, &s->game.missing, path, error));
    CCI_TRY(cci_json_choice_opt(json, "negative", negative, &s->clip, path, error));
    CCI_TRY(cci_json_i64_opt(json, "permutations", 1, CCI_GAME_DRAWS_MAX, &s->game.permutations,
                             path, error));
    CCI_TRY(cci_read_on_empty(json, &s->on_empty, path, error));
    CCI_TRY(read_quota(json, &s->game, path, error));
    if (s->game.permutations > 0 && (form == 1 || form == 2))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &permutations,
                             "given, but a game of %s is solved exactly for any number of players",
                             games[form]);
    if (form != 0 && json_object_get(json, "missing") != NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &missing_at,
                             "given, but only a table lists every coalition");
    rule->parameters = s;
    return COCREATE_OK;
}

/* Who is excluded weighs nothing, and so does a negative value where the rule says so. */
static cocreate_status settle(cci_evaluation *e, const cci_rule *rule, const cci_path *at,
                              cci_claims *claims, cocreate_error *error)
{
    const shapley *s = rule->parameters;
    for (size_t i = 0; i < claims->n; i++) {
        int negative = cci_rational_sign(&claims->weights[i]) < 0;
        if (negative && !s->clip)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, at,
                                 "the value of \"%s\" is negative: rule \"%s\" can only clip it",
                                 claims->ids[i], rule->id);
        if (negative || !cci_person_eligible(e, rule, claims->ids[i]))
            CCI_TRY(cci_rational_set_i64(&claims->weights[i], 0, 1, error));
    }
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_claims *claims,
                             size_t i, const cci_rational *worth, cocreate_error *error)
{
    const shapley *s = rule->parameters;
    cci_trace *t = &e->trace;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "players", CCI_UNIT_NONE, (int64_t)claims->n, error));
    CCI_TRY(cci_trace_value(t, "worth", CCI_UNIT_NONE, worth, error));
    if (!claims->equal) {
        CCI_TRY(cci_trace_value(t, "value", CCI_UNIT_NONE, &claims->weights[i], error));
        if (s->game.permutations > 0) {
            CCI_TRY(cci_trace_integer(t, "orders", CCI_UNIT_NONE, s->game.permutations, error));
            cci_trace_say(t, "Sampled: on average over {orders} orders of the {players} players, "
                             "drawn by the seed, you add {value} of the {worth} that all are "
                             "worth.");
        } else {
            cci_trace_say(t, "On average over all orders of the {players} players you add {value} "
                             "of the {worth} that all are worth.");
        }
    }
    CCI_TRY(cci_trace_share(t, rule, s->pool, claims, i, "Shapley value", "value", error));
    return cci_pay_person(e, rule, claims->ids[i], "", claims->shares[i], error);
}

static cocreate_status share(cci_evaluation *e, const cci_rule *rule, const cci_people *people,
                             cci_claims *claims, cci_rational *worth, cocreate_error *error)
{
    const shapley *s = rule->parameters;
    cci_path root = CCI_ROOT;
    cci_path at = cci_path_key(&root, s->game.form <= CCI_GAME_SYNERGY ? "coalitions" : "players");
    CCI_TRY(cci_claims_init(e, people->n, claims, error));
    CCI_TRY(cci_rational_init(worth, error));
    for (size_t i = 0; i < people->n; i++)
        claims->ids[i] = people->ids[i];
    CCI_TRY(cci_game_solve(e, rule, &s->game, people, claims, worth, error));
    CCI_TRY(settle(e, rule, &at, claims, error));
    CCI_TRY(cci_claims_split(e, rule, s->pool, s->on_empty, "value", &at, claims, error));
    for (size_t i = 0; i < claims->n; i++)
        if (claims->shares[i] > 0)
            CCI_TRY(award(e, rule, claims, i, worth, error));
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const shapley *s = rule->parameters;
    cci_people people;
    cci_claims claims = {0};
    cci_rational worth = {0};
    CCI_TRY(cci_game_players(e, rule, &s->game, &people, error));
    cocreate_status status = share(e, rule, &people, &claims, &worth, error);
    cci_rational_clear(&worth);
    cci_claims_free(&claims);
    return status;
}

const cci_rule_kind cci_rule_shapley = {
    .kind = "shapley",
    .title = "A pool shared by what players add to coalitions",
    .parameters = parameters,
    .bound = "the pool",
    .source = "Shapley, A Value for n-Person Games, 1953; Littlechild & Owen, Management Science 20, "
              "1973, for the airport; Castro, Gomez & Tejada, 2009, for sampled orders",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
