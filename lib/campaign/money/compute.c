/* What the events about money say, computed from the brief and the state alone: by decide when they
 * happen, by verification again. */
#include <string.h>

#include "base/text.h"
#include "campaign/guards.h"
#include "campaign/money/award.h"
#include "campaign/money/fees.h"
#include "campaign/money/influence.h"
#include "campaign/money/lists.h"
#include "campaign/money/journal.h"
#include "campaign/money/refund.h"
#include "cocreate/money.h"

/* ---- funding ---- */

static json_t *fund_line(const char *reward, const json_t *fund, const json_t *currency,
                         int64_t minor)
{
    json_t *line = cci_json_new();
    if (cci_json_put(line, "reward", json_string(reward)) &&
        cci_json_put(line, "fund", json_incref((json_t *)(uintptr_t)fund)) &&
        cci_json_put(line, "currency", json_incref((json_t *)(uintptr_t)currency)) &&
        cci_json_put(line, "minor", json_integer(minor)))
        return line;
    json_decref(line);
    return NULL;
}

static cocreate_status add_funds(const cci_reward_spec *reward, json_t *lines,
                                 cocreate_error *error)
{
    json_t *funds = json_object_get(reward->scheme, "funds");
    int32_t exponent;
    CCI_TRY(cci_scheme_exponent(reward->scheme, &exponent, error));
    for (size_t i = 0; i < json_array_size(funds); i++) {
        const json_t *fund = json_array_get(funds, i);
        const char *budget = json_string_value(json_object_get(fund, "budget"));
        int64_t minor;
        if (!budget) /* of revenue: paid in as it is earned */
            continue;
        CCI_TRY(cocreate_amount_parse(budget, exponent, &minor, error));
        if (minor > 0 &&
            !cci_json_push(lines, fund_line(reward->id, json_object_get(fund, "id"),
                                            json_object_get(reward->scheme, "currency"), minor)))
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* Lines of the funds; those of rewards by period only where `all`. */
static cocreate_status fund_lines(const cci_campaign *c, int all, json_t **out,
                                  cocreate_error *error)
{
    json_t *data = cci_json_new(), *lines = json_array();
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(data, "funds", lines))
        status = cci_no_memory(error);
    for (size_t i = 0; i < c->brief.n_rewards && status == COCREATE_OK; i++)
        if (all || !c->brief.rewards[i].periodic)
            status = add_funds(&c->brief.rewards[i], lines, error);
    if (status != COCREATE_OK) {
        json_decref(data);
        return status;
    }
    *out = data;
    return COCREATE_OK;
}

cocreate_status cci_fund_compute(const cci_campaign *c, json_t **out, cocreate_error *error)
{
    json_t *data = NULL;
    CCI_TRY(fund_lines(c, 1, &data, error));
    cocreate_status status = cci_fees_lines(c, data, error);
    if (status == COCREATE_OK)
        *out = data;
    else
        json_decref(data);
    return status;
}

/* ---- awards ---- */

static cocreate_status evaluate(cci_engine *e, const json_t *scheme, const json_t *result,
                                const uint8_t *seed, cocreate_awards **out,
                                cocreate_error *error)
{
    cci_buffer text;
    cocreate_scheme *parsed = NULL;
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(scheme, &text, error);
    if (status == COCREATE_OK)
        status = cocreate_scheme_parse(&e->allocator, text.data, text.size, &parsed, error);
    cci_buffer_clear(&text);
    if (status == COCREATE_OK)
        status = cci_json_canonical(result, &text, error);
    if (status == COCREATE_OK)
        status = cocreate_reward(parsed, text.data, text.size, seed, out, error);
    cocreate_scheme_free(parsed);
    cci_buffer_free(&text);
    return status;
}

/* On `of`, or where that is NULL on the result of its round. */
static cocreate_status evaluate_reward(cci_engine *e, const cci_campaign *c, size_t reward,
                                       const json_t *of, const json_t *struck, const json_t *lists,
                                       cocreate_awards **out, cocreate_error *error)
{
    const cci_reward_spec *spec = &c->brief.rewards[reward];
    json_t *row = NULL, *result;
    cci_round_state state;
    uint8_t seed[32];
    int32_t exponent = 0;
    CCI_TRY(cci_scheme_exponent(spec->scheme, &exponent, error));
    if (spec->round)
        CCI_TRY(cci_round_get(e, c, spec->round, &row, &state, error));
    const char *hex = json_string_value(json_object_get(row, "seed"));
    int seeded = hex && cci_parse_hex(hex, strlen(hex), seed, sizeof seed);
    json_decref(row);
    CCI_TRY(of ? cci_award_result_of(e, c, of, exponent, struck, 0, &result, error)
               : cci_award_result(e, c, spec->round, exponent, struck, spec->expires, &result, error));
    cocreate_status status = cci_influence_put(e, c, spec->influence, result, error);
    if (status == COCREATE_OK)
        status = cci_lists_add(e, c, spec->lists, exponent, result, error);
    if (status == COCREATE_OK && lists &&
        json_object_update_missing(result, (json_t *)(uintptr_t)lists) != 0)
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = evaluate(e, spec->scheme, result, seeded ? seed : NULL, out, error);
    json_decref(result);
    return status;
}

static cocreate_status awards_of(cci_engine *e, const cci_campaign *c, size_t reward, const json_t *of,
                                 const json_t *struck, const json_t *lists, json_t **out,
                                 cocreate_error *error)
{
    cocreate_awards *awards;
    CCI_TRY(evaluate_reward(e, c, reward, of, struck, lists, &awards, error));
    const char *json = cocreate_awards_json(awards);
    cocreate_status status = cci_json_parse(json, strlen(json), out, error);
    cocreate_awards_free(awards);
    return status;
}

cocreate_status cci_award_again(cci_engine *e, const cci_campaign *c, size_t reward,
                                const json_t *struck, const json_t *lists, json_t **out,
                                cocreate_error *error)
{
    return awards_of(e, c, reward, NULL, struck, lists, out, error);
}

cocreate_status cci_award_on(cci_engine *e, const cci_campaign *c, size_t reward, const json_t *result,
                             json_t **out, cocreate_error *error)
{
    return awards_of(e, c, reward, result, NULL, NULL, out, error);
}

cocreate_status cci_award_compute(cci_engine *e, const cci_campaign *c, size_t reward,
                                  json_t **out, cocreate_error *error)
{
    const cci_reward_spec *spec = &c->brief.rewards[reward];
    cocreate_error why = {0};
    json_t *data = NULL;
    cocreate_status status = cci_award_again(e, c, reward, NULL, NULL, &data, &why);
    if (cci_is_verdict(status)) { /* recorded with its reason: it must not stop other campaigns */
        data = cci_json_new();
        if (!cci_json_put(data, "failed", json_string(why.text))) {
            json_decref(data);
            return cci_no_memory(error);
        }
    } else if (status != COCREATE_OK) {
        if (error)
            *error = why;
        return status;
    }
    if (!cci_json_put(data, "reward", json_string(spec->id))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    *out = data;
    return COCREATE_OK;
}

/* ---- what is left ---- */

static cocreate_status add_remainder(const cci_engine *e, const cci_brief *b, const cocreate_ledger *ledger,
                                     const json_t *line, json_t *returned, cocreate_error *error)
{
    const char *reward = json_string_value(json_object_get(line, "reward"));
    json_t *fund = json_object_get(line, "fund"), *currency = json_object_get(line, "currency");
    int64_t minor;
    char *account = cci_account(e, "escrow", reward, json_string_value(fund));
    if (!account)
        return cci_no_memory(error);
    cocreate_status status =
        cocreate_ledger_balance(ledger, account, json_string_value(currency), &minor, error);
    cci_free(&e->allocator, account);
    CCI_TRY(status);
    if (minor <= 0)
        return COCREATE_OK;
    json_t *back = fund_line(reward, fund, currency, minor);
    status = back ? cci_refund_line(b, back, error) : cci_no_memory(error);
    if (status == COCREATE_OK && !cci_json_push(returned, json_incref(back)))
        status = cci_no_memory(error);
    json_decref(back);
    return status;
}

cocreate_status cci_return_compute(cci_engine *e, cci_campaign *c, json_t **out,
                                   cocreate_error *error)
{
    json_t *funds, *data = cci_json_new(), *returned = json_array();
    cocreate_ledger *ledger = NULL;
    if (!cci_json_put(data, "returned", returned)) {
        json_decref(data);
        return cci_no_memory(error);
    }
    /* What is for periods to come stays when the rounds have ended: reward.close gives it back. */
    cocreate_status status = fund_lines(c, cci_campaign_is(c, "cancelled"), &funds, error);
    if (status == COCREATE_OK) {
        json_t *lines = json_object_get(funds, "funds");
        status = cci_journal_get(e, c, &ledger, error);
        for (size_t i = 0; i < json_array_size(lines) && status == COCREATE_OK; i++)
            status = add_remainder(e, &c->brief, ledger, json_array_get(lines, i), returned, error);
        json_decref(funds);
    }
    if (status != COCREATE_OK) {
        json_decref(data);
        return status;
    }
    *out = data;
    return COCREATE_OK;
}
