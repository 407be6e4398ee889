/* The rewards and fees of a brief. Schemes are those of another floor: tried here, so that a brief cannot
 * fail later. */
#include <string.h>

#include "campaign/brief_read.h"
#include "campaign/money/influence.h"
#include "campaign/money/late.h"
#include "campaign/money/lists.h"
#include "campaign/money/obligations.h"
#include "campaign/money/occasion.h"
#include "campaign/predicate/predicate.h"
#include "cocreate/money.h"
#include "cocreate/reward.h"
#include "reward/number.h"

#define REWARDS_MAX 100

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
            status = cci_brief_retell(error, status, path, "scheme");
    }
    cci_buffer_free(&text);
    return status;
}

static cocreate_status known_round(const cci_brief *b, const char *id, const cci_path *path,
                                   const char *key, cocreate_error *error)
{
    cci_path here = cci_path_key(path, key);
    return cci_brief_round(b, id)
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no round '%s'", id);
}

/* Costs are minor units, a budget is text: where a scheme on the round has a currency, the budget is
 * written with its decimals, or costs would be compared in another unit. */
static cocreate_status check_budget(const cci_brief *b, const cci_reward_spec *reward,
                                    cocreate_error *error)
{
    const cci_round_spec *round = cci_brief_round(b, reward->round);
    int32_t exponent;
    assert(round); /* it is known */
    const char *budget = round->budget;
    if (!budget)
        return COCREATE_OK;
    CCI_TRY(cci_scheme_exponent(reward->scheme, &exponent, error));
    const char *point = strchr(budget, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    if (decimals == (size_t)exponent)
        return COCREATE_OK;
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"),
             item = cci_path_at(&rounds, (size_t)(round - b->rounds));
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

/* "round": made once, when the round is certified. "period": by reward.evaluate, on what the round
 * selected, or where none is named on every contribution that takes part. */
static cocreate_status read_occasion(const cci_brief *b, const json_t *json,
                                     cci_reward_spec *reward, const cci_path *path,
                                     cocreate_error *error)
{
    static const char *const words[] = {"round", "period", "cut", "decision", NULL};
    int on = CCI_ON_ROUND;
    CCI_TRY(cci_json_choice_opt(json, "on", words, &on, path, error));
    reward->on = (cci_reward_on)on;
    reward->periodic = on == CCI_ON_PERIOD;
    if (reward->periodic)
        CCI_TRY(cci_json_id_opt(json, "round", &reward->round, path, error));
    else
        CCI_TRY(cci_json_id(json, "round", &reward->round, path, error));
    if (reward->round)
        CCI_TRY(known_round(b, reward->round, path, "round", error));
    return cci_occasion_check(b, reward, path, error);
}

/* {"round": ID}, "contributors", or those of them for whom a predicate holds: {"where": P}. */
static cocreate_status check_group(const cci_brief *b, json_t *group, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const keys[] = {"round", "where", NULL};
    const char *round;
    const json_t *where = json_object_get(group, "where");
    cci_path at = cci_path_key(path, "where");
    if (json_is_string(group) && strcmp(json_string_value(group), "contributors") == 0)
        return COCREATE_OK;
    if (!json_is_object(group))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "expected \"contributors\", {\"where\": P} or {\"round\": ID}");
    CCI_TRY(cci_brief_object(group, keys, path, error));
    if (where && json_object_get(group, "round"))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is for contributors, and excludes 'round'");
    if (where)
        return cci_predicate_check(where, &at, error);
    CCI_TRY(cci_json_id(group, "round", &round, path, error));
    return known_round(b, round, path, "round", error);
}

/* Which funds are shared by themselves; the scheme is checked later. */
static cocreate_status read_default_funds(const json_t *json, const json_t *split, cci_reward_spec *reward,
                                          const cci_path *path, cocreate_error *error)
{
    const json_t *funds = json_object_get(json_object_get(json, "scheme"), "funds");
    json_t *list = NULL;
    cci_path here = cci_path_key(path, "funds");
    CCI_TRY(cci_json_get_array_opt(split, "funds", &list, path, error));
    reward->default_funds = list;
    if (list && (!reward->default_event || json_array_size(list) == 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "names the funds that are shared by themselves, at least one: 'by' is event");
    for (size_t i = 0; i < json_array_size(list); i++) {
        cci_path item = cci_path_at(&here, i);
        size_t k = 0;
        while (k < json_array_size(funds) &&
               !json_equal(json_object_get(json_array_get(funds, k), "id"), json_array_get(list, i)))
            k++;
        if (k == json_array_size(funds))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "the scheme has no such fund");
    }
    return COCREATE_OK;
}

/* What happens to the prize where nobody is chosen: first group that has somebody shares it. */
static cocreate_status read_default(const cci_brief *b, const json_t *json,
                                    cci_reward_spec *reward, const cci_path *path,
                                    cocreate_error *error)
{
    static const char *const keys[] = {"after_us", "among", "by", "funds", NULL};
    static const char *const ways[] = {"command", "event", NULL};
    json_t *split = NULL, *among;
    cci_path here = cci_path_key(path, "default");
    CCI_TRY(cci_json_get_object_opt(json, "default", &split, path, error));
    if (!split)
        return COCREATE_OK;
    if (reward->on != CCI_ON_ROUND)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is for rewards that follow a round");
    CCI_TRY(cci_brief_object(split, keys, &here, error));
    CCI_TRY(cci_brief_i64(split, "after_us", 0, CCI_JSON_INTEGER_MAX, 0, &reward->default_us, &here,
                          error));
    CCI_TRY(cci_json_choice_opt(split, "by", ways, &reward->default_event, &here, error));
    CCI_TRY(read_default_funds(json, split, reward, &here, error));
    CCI_TRY(cci_json_get_array(split, "among", &among, &here, error));
    cci_path list = cci_path_key(&here, "among");
    if (json_array_size(among) == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &list, "somebody must share");
    for (size_t i = 0; i < json_array_size(among); i++) {
        cci_path item = cci_path_at(&list, i);
        CCI_TRY(check_group(b, json_array_get(among, i), &item, error));
    }
    reward->among = among;
    return COCREATE_OK;
}

/* What is not answered in time ends by itself: there must be a time, and a result that stands. */
static cocreate_status read_expiry(const json_t *json, cci_reward_spec *reward, const cci_path *path,
                                   cocreate_error *error)
{
    static const char *const words[] = {"command", "event", NULL};
    const json_t *lifecycle = json_object_get(reward->scheme, "lifecycle");
    cci_path here = cci_path_key(path, "expires");
    CCI_TRY(cci_json_choice_opt(json, "expires", words, &reward->expires, path, error));
    if (!reward->expires)
        return COCREATE_OK;
    if (reward->on != CCI_ON_ROUND)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is for rewards that follow a round");
    return json_integer_value(json_object_get(lifecycle, "accept_days")) > 0 ||
                   json_integer_value(json_object_get(lifecycle, "claim_expiry_days")) > 0
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                               "the lifecycle of the scheme has no 'accept_days' and no 'claim_expiry_days'");
}

/* What was delivered is paid by itself. */
static cocreate_status read_release(json_t *json, cci_reward_spec *reward, const cci_path *path,
                                    cocreate_error *error)
{
    static const char *const keys[] = {"after_us", "rail", NULL};
    json_t *release = NULL;
    cci_path here = cci_path_key(path, "release");
    CCI_TRY(cci_json_get_object_opt(json, "release", &release, path, error));
    if (!release)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(release, keys, &here, error));
    if (!json_object_get(release, "rail") && !cci_json_put(release, "rail", json_string("bank")))
        return cci_no_memory(error);
    CCI_TRY(cci_json_id(release, "rail", &reward->release_rail, &here, error));
    return cci_json_i64(release, "after_us", 1, CCI_JSON_INTEGER_MAX / 4, &reward->release_us, &here, error);
}

static cocreate_status read_lists(const cci_brief *b, const json_t *json, cci_reward_spec *reward,
                                  const cci_path *path, cocreate_error *error)
{
    json_t *lists = NULL;
    cci_path here = cci_path_key(path, "lists");
    CCI_TRY(cci_json_get_object_opt(json, "lists", &lists, path, error));
    reward->lists = lists;
    return cci_lists_check(b, lists, &here, error);
}

cocreate_status cci_brief_rewards(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"id",        "on",      "round", "scheme",
                                       "guarantee", "default", "lists", "expires", "release",
                                       "obligations", "influence", "late", NULL};
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
        CCI_TRY(read_occasion(b, json, reward, &here, error));
        CCI_TRY(cci_json_id_opt(json, "guarantee", &reward->guarantee, &here, error));
        if (reward->guarantee)
            CCI_TRY(known_round(b, reward->guarantee, &here, "guarantee", error));
        CCI_TRY(read_default(b, json, reward, &here, error));
        CCI_TRY(read_lists(b, json, reward, &here, error));
        CCI_TRY(cci_json_get_object(json, "scheme", &scheme, &here, error));
        CCI_TRY(check_scheme(b, scheme, &here, error));
        reward->scheme = scheme;
        CCI_TRY(check_distinct(b, reward, &here, error));
        CCI_TRY(read_expiry(json, reward, &here, error));
        CCI_TRY(cci_occasion_once(b, reward, &here, error));
        CCI_TRY(read_release(json, reward, &here, error));
        CCI_TRY(cci_late_read(json, reward, &here, error));
        CCI_TRY(cci_obligations_read(json, reward, &here, error));
        CCI_TRY(cci_influence_read(b, json, reward, &here, error));
        if (reward->round)
            CCI_TRY(check_budget(b, reward, error));
    }
    return COCREATE_OK;
}

/* ---- fees ---- */

static const char *const refund_keys[] = {"id", "on", "share", "rounding", NULL};

/* A share of what goes back, in whatever currency it is; something always goes back. */
static cocreate_status read_refund(json_t *json, cci_fee *fee, const cci_path *path, cocreate_error *error)
{
    static const char *const roundings[] = {"floor", "half_up", "half_even", "ceil", NULL};
    cci_path here = cci_path_key(path, "share");
    const json_t *value = json_object_get(json, "share");
    cci_number share = {0, 0};
    int rounding = 0;
    if (!value)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "required, but missing");
    CCI_TRY(cci_number_read(value, &share, &here, error));
    if (share.num <= 0 || cci_number_compare(share, (cci_number){1, 1}) >= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not above 0 and below 1");
    CCI_TRY(cci_brief_choice(json, "rounding", roundings, 0, &rounding, path, error));
    fee->numerator = share.num;
    fee->denominator = share.den;
    fee->rounding = roundings[rounding];
    return COCREATE_OK;
}

static cocreate_status read_fee(json_t *json, cci_fee *fee, const cci_path *path,
                                cocreate_error *error)
{
    static const char *const keys[] = {"id", "on", "currency", "amount", NULL};
    static const char *const words[] = {"publish", "submit", "refund", NULL};
    cocreate_currency currency = {.size = sizeof currency};
    int on = 0;
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_choice(json, "on", words, &on, path, error));
    fee->on_submit = on == 1;
    fee->on_refund = on == 2;
    CCI_TRY(cci_brief_object(json, fee->on_refund ? refund_keys : keys, path, error));
    CCI_TRY(cci_json_id(json, "id", &fee->id, path, error));
    if (fee->on_refund)
        return read_refund(json, fee, path, error);
    CCI_TRY(cci_json_id(json, "currency", &fee->currency, path, error));
    CCI_TRY(cci_json_string(json, "amount", &fee->amount, path, error));
    if (cocreate_currency_find(fee->currency, &currency, NULL) != COCREATE_OK) {
        cci_path here = cci_path_key(path, "currency");
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "'%.40s' is no currency of ISO 4217",
                             fee->currency);
    }
    if (cocreate_amount_parse(fee->amount, currency.exponent, &fee->minor, NULL) == COCREATE_OK &&
        fee->minor > 0 && fee->minor <= CCI_JSON_INTEGER_MAX)
        return COCREATE_OK;
    cci_path here = cci_path_key(path, "amount");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                         "'%.40s' is no amount above 0 with %d decimals", fee->amount,
                         (int)currency.exponent);
}

cocreate_status cci_brief_fees(cci_brief *b, cocreate_error *error)
{
    json_t *list = json_object_get(b->json, "fees");
    cci_path path = cci_path_key(&CCI_ROOT, "fees");
    if (!list)
        return COCREATE_OK;
    CCI_TRY(cci_brief_list(&b->allocator, b->json, "fees", REWARDS_MAX, &list, (void **)&b->fees,
                           &b->n_fees, sizeof *b->fees, &CCI_ROOT, error));
    for (size_t i = 0; i < b->n_fees; i++) {
        cci_path here = cci_path_at(&path, i);
        CCI_TRY(read_fee(json_array_get(list, i), &b->fees[i], &here, error));
        for (size_t j = 0; j < i; j++)
            if (strcmp(b->fees[j].id, b->fees[i].id) == 0)
                return cci_brief_repeated(&here, "id", b->fees[i].id, error);
    }
    return COCREATE_OK;
}
