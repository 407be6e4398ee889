/* Rounds and rewards name rules of other floors: tried here, so that a brief cannot fail later. */
#include <string.h>

#include "campaign/brief_read.h"
#include "cocreate/money.h"
#include "cocreate/ranking.h"
#include "cocreate/reward.h"

#define REWARDS_MAX 100

/* Options of the profile on which a method is tried. */
#define PROBE_OPTIONS 2

int32_t cci_instrument_ballot(cci_instrument instrument)
{
    switch (instrument) {
    case CCI_INSTRUMENT_RANK:
        return COCREATE_BALLOT_RANKING;
    case CCI_INSTRUMENT_SCORE:
        return COCREATE_BALLOT_SCORE;
    case CCI_INSTRUMENT_POINTS:
        return COCREATE_BALLOT_POINTS;
    default:
        return COCREATE_BALLOT_APPROVAL;
    }
}

int cci_seats_fit(json_t *options, size_t running)
{
    const json_t *seats = json_object_get(options, "seats");
    json_int_t asked = json_integer_value(seats); /* 0 where it is none */
    if (asked <= (json_int_t)running || asked > COCREATE_OPTIONS_MAX || running == 0)
        return 1;
    return cci_json_put(options, "seats", json_integer((json_int_t)running));
}

/* The options as the method will see them: with the tie chain and some seed. */
static cocreate_status options_text(const cci_round_spec *round, cci_buffer *out,
                                    cocreate_error *error)
{
    json_t *options = cci_json_copy(round->options);
    int made = options != NULL;
    if (made && round->ties)
        made = cci_json_put(options, "ties", cci_json_deep_copy(round->ties));
    if (made && round->seed_commitment)
        made = cci_json_put(options, "seed", json_string(round->seed_commitment + 7));
    made = made && cci_seats_fit(options, PROBE_OPTIONS);
    cocreate_status status =
        made ? cci_json_canonical(options, out, error) : cci_no_memory(error);
    json_decref(options);
    return status;
}

static cocreate_status set_budget(cocreate_profile *profile, const char *budget,
                                  const cci_path *path, cocreate_error *error)
{
    const char *point = strchr(budget, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    int64_t amount = -1;
    cocreate_status status = COCREATE_ERR_PARSE;
    if (decimals <= 18)
        status = cocreate_amount_parse(budget, (int32_t)decimals, &amount, error);
    if (status == COCREATE_ERR_MEMORY)
        return status;
    cci_path here = cci_path_key(path, "budget");
    if (status != COCREATE_OK || amount < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "'%.40s' is no amount, as \"10000.00\"", budget);
    return cocreate_profile_set_budget(profile, amount, (int32_t)decimals, error);
}

/* An error of another floor, told of this round: "$.seats: ..." becomes "$.rounds[0].options.seats:
 * ..."; what speaks of no path is put behind the path of the method. */
static cocreate_status retell(cocreate_error *error, cocreate_status status, const cci_path *round,
                              const char *key)
{
    char place[128];
    cci_path here = cci_path_key(round, key);
    if (!error)
        return status;
    cci_path_text(&here, place, sizeof place);
    if (error->text[0] == '$')
        return cci_fail(error, status, "%s%s", place, error->text + 1);
    return cci_fail(error, status, "%s: %s", place, error->text);
}

cocreate_status cci_brief_method(const cocreate_allocator *a, const cci_round_spec *round,
                                 const cci_path *path, cocreate_error *error)
{
    cocreate_profile *profile;
    cocreate_ranking *ranking;
    cci_buffer options;
    CCI_TRY(cocreate_profile_new(a, cci_instrument_ballot(round->instrument), PROBE_OPTIONS,
                                 &profile, error));
    cci_buffer_init(&options, a);
    cocreate_status status = options_text(round, &options, error);
    if (status == COCREATE_OK && round->budget)
        status = set_budget(profile, round->budget, path, error);
    if (status == COCREATE_OK) {
        status = cocreate_rank(profile, round->method, options.data, NULL, &ranking, error);
        if (status == COCREATE_OK)
            cocreate_ranking_free(ranking);
        else if (status != COCREATE_ERR_MEMORY)
            status = retell(error, COCREATE_ERR_SCHEMA, path,
                            status == COCREATE_ERR_SCHEMA ? "options" : "method");
    }
    cci_buffer_free(&options);
    cocreate_profile_free(profile);
    return status;
}

/* ---- rewards ---- */

cocreate_status cci_scheme_exponent(const json_t *scheme, int32_t *out, cocreate_error *error)
{
    json_t *unit = json_object_get(scheme, "minor_unit");
    cocreate_currency currency = {.size = sizeof currency};
    if (json_is_integer(unit)) {
        *out = (int32_t)json_integer_value(unit);
        return COCREATE_OK;
    }
    CCI_TRY(cocreate_currency_find(json_string_value(json_object_get(scheme, "currency")),
                                   &currency, error));
    *out = currency.exponent;
    return COCREATE_OK;
}

static cocreate_status check_scheme(const cci_brief *b, const json_t *scheme, const cci_path *path,
                                    cocreate_error *error)
{
    cci_buffer text;
    cocreate_scheme *parsed;
    cci_buffer_init(&text, &b->allocator);
    cocreate_status status = cci_json_canonical(scheme, &text, error);
    if (status == COCREATE_OK) {
        status = cocreate_scheme_parse(&b->allocator, text.data, text.size, &parsed, error);
        if (status == COCREATE_OK)
            cocreate_scheme_free(parsed);
        else if (status != COCREATE_ERR_MEMORY)
            status = retell(error, status, path, "scheme");
    }
    cci_buffer_free(&text);
    return status;
}

static cocreate_status check_round(const cci_brief *b, const cci_reward_spec *reward,
                                   const cci_path *path, cocreate_error *error)
{
    for (size_t i = 0; i < b->n_rounds; i++)
        if (strcmp(b->rounds[i].id, reward->round) == 0)
            return COCREATE_OK;
    cci_path here = cci_path_key(path, "round");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no round '%s'",
                         reward->round);
}

/* Costs are minor units, a budget is text: where a scheme on the round has a currency, the budget is
 * written with its decimals, or costs would be compared in another unit. */
static cocreate_status check_budget(const cci_brief *b, const cci_reward_spec *reward,
                                    cocreate_error *error)
{
    size_t i = 0;
    int32_t exponent;
    while (strcmp(b->rounds[i].id, reward->round) != 0)
        i++;
    const char *budget = b->rounds[i].budget;
    if (!budget)
        return COCREATE_OK;
    CCI_TRY(cci_scheme_exponent(reward->scheme, &exponent, error));
    const char *point = strchr(budget, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    if (decimals == (size_t)exponent)
        return COCREATE_OK;
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"), item = cci_path_at(&rounds, i);
    cci_path here = cci_path_key(&item, "budget");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "'%s' has %zu decimals, %s, which reward '%s' pays in, has %d", budget,
                         decimals, json_string_value(json_object_get(reward->scheme, "currency")),
                         reward->id, (int)exponent);
}

/* The fund whose account escrow:<reward>:<fund> two rewards would share: the ids of both may hold
 * colons. NULL is the rule. */
static const char *shared_fund(const cci_reward_spec *a, const cci_reward_spec *b)
{
    const json_t *funds = json_object_get(a->scheme, "funds");
    const json_t *others = json_object_get(b->scheme, "funds");
    size_t n = strlen(a->id);
    if (strncmp(b->id, a->id, n) != 0 || b->id[n] != ':')
        return NULL;
    const char *rest = b->id + n + 1;
    size_t m = strlen(rest);
    for (size_t i = 0; i < json_array_size(funds); i++) {
        const char *fund = json_string_value(json_object_get(json_array_get(funds, i), "id"));
        if (!fund || strncmp(fund, rest, m) != 0 || fund[m] != ':')
            continue;
        for (size_t j = 0; j < json_array_size(others); j++) {
            const json_t *id = json_object_get(json_array_get(others, j), "id");
            if (json_is_string(id) && strcmp(json_string_value(id), fund + m + 1) == 0)
                return json_string_value(id);
        }
    }
    return NULL;
}

/* Awards are named by scheme and result, escrow accounts by reward and fund: no two rewards may give
 * the same names. */
static cocreate_status check_distinct(const cci_brief *b, const cci_reward_spec *reward,
                                      const cci_path *path, cocreate_error *error)
{
    cci_path here = cci_path_key(path, "scheme");
    for (const cci_reward_spec *other = b->rewards; other < reward; other++) {
        if (json_equal(other->scheme, reward->scheme))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is that of reward '%.60s': their awards would have the same ids; "
                                 "give its rules other ids",
                                 other->id);
        if (shared_fund(other, reward) || shared_fund(reward, other))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "a fund would share its escrow account with one of reward "
                                 "'%.60s'; give it another id",
                                 other->id);
    }
    return COCREATE_OK;
}

cocreate_status cci_brief_rewards(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"id", "round", "scheme", NULL};
    json_t *list, *scheme;
    cci_path path = cci_path_key(&CCI_ROOT, "rewards");
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "rewards", REWARDS_MAX, &list,
                           (void **)&b->rewards, &b->n_rewards, sizeof *b->rewards, &CCI_ROOT,
                           error));
    for (size_t i = 0; i < b->n_rewards; i++) {
        json_t *json = json_array_get(list, i);
        cci_path here = cci_path_at(&path, i);
        cci_reward_spec *reward = &b->rewards[i];
        CCI_TRY(cci_brief_object(json, keys, &here, error));
        CCI_TRY(cci_json_id(json, "id", &reward->id, &here, error));
        for (size_t j = 0; j < i; j++)
            if (strcmp(b->rewards[j].id, reward->id) == 0)
                return cci_brief_repeated(&here, "id", reward->id, error);
        CCI_TRY(cci_json_id(json, "round", &reward->round, &here, error));
        CCI_TRY(check_round(b, reward, &here, error));
        CCI_TRY(cci_json_get_object(json, "scheme", &scheme, &here, error));
        CCI_TRY(check_scheme(b, scheme, &here, error));
        reward->scheme = scheme;
        CCI_TRY(check_distinct(b, reward, &here, error));
        CCI_TRY(check_budget(b, reward, error));
    }
    return COCREATE_OK;
}
