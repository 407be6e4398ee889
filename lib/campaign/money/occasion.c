#include "campaign/money/occasion.h"

#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/money/award.h"
#include "campaign/money/book.h"
#include "campaign/money/journal.h"
#include "campaign/money/later.h"
#include "campaign/rounds/reviews.h"

#define OCCASIONS "occasions"

/* ---- the brief ---- */

cocreate_status cci_occasion_check(const cci_brief *b, const cci_reward_spec *reward, const cci_path *path,
                                   cocreate_error *error)
{
    const cci_round_spec *round = reward->round ? cci_brief_round(b, reward->round) : NULL;
    cci_path here = cci_path_key(path, "on");
    if (reward->on == CCI_ON_CUT && round && !round->periods)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "round '%.60s' has no periods: 'cut' is for rounds with 'every_us' or 'cuts'",
                             round->id);
    if (reward->on == CCI_ON_DECISION && round && !(round->rolling && cci_round_decides(round)))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "decisions in round '%.60s' take effect when it is certified: 'decision' is for "
                             "rolling rounds of decisions",
                             round->id);
    return COCREATE_OK;
}

/* The first rule of one scheme whose kind the other has, too; NULL where they share none. */
static const json_t *shared_rule(const json_t *scheme, const json_t *other)
{
    const json_t *rules = json_object_get(scheme, "rules"), *others = json_object_get(other, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++)
        for (size_t k = 0; k < json_array_size(others); k++)
            if (json_equal(json_object_get(json_array_get(rules, i), "kind"),
                           json_object_get(json_array_get(others, k), "kind")))
                return json_array_get(rules, i);
    return NULL;
}

cocreate_status cci_occasion_once(const cci_brief *b, const cci_reward_spec *reward, const cci_path *path,
                                  cocreate_error *error)
{
    cci_path here = cci_path_key(path, "on");
    for (const cci_reward_spec *other = b->rewards; other < reward; other++) {
        if (other->on == reward->on || other->on == CCI_ON_PERIOD || reward->on == CCI_ON_PERIOD ||
            strcmp(other->round, reward->round) != 0 ||
            !json_equal(json_object_get(other->scheme, "currency"),
                        json_object_get(reward->scheme, "currency")))
            continue;
        const json_t *rule = shared_rule(reward->scheme, other->scheme);
        if (rule)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "rule '%.60s' would pay the same people of round '%.60s' again: reward "
                                 "'%.60s' "
                                 "has one of kind '%.40s', too, on another occasion; leave one of them out",
                                 cci_json_text(rule, "id"), reward->round, other->id,
                                 cci_json_text(rule, "kind"));
    }
    return COCREATE_OK;
}

/* ---- what waits ---- */

/* Steals `value`. */
static cocreate_status wait_for(cci_campaign *c, const cci_round_spec *round, cci_reward_on on,
                                const char *key, json_t *value, cocreate_error *error)
{
    int made = value != NULL;
    for (size_t i = 0; made && i < c->brief.n_rewards; i++) {
        const cci_reward_spec *reward = &c->brief.rewards[i];
        if (reward->on != on || strcmp(reward->round, round->id) != 0)
            continue;
        json_t *list = json_object_get(c->doc, OCCASIONS), *item = cci_json_new();
        c->dirty = 1;
        if (!list && cci_json_put(c->doc, OCCASIONS, json_array()))
            list = json_object_get(c->doc, OCCASIONS);
        made = list && cci_json_put(item, "reward", json_string(reward->id)) &&
               cci_json_put(item, key, json_incref(value)) && cci_json_push(list, json_incref(item));
        json_decref(item);
    }
    json_decref(value);
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_occasion_cut(cci_campaign *c, const cci_round_spec *round, int64_t period,
                                 cocreate_error *error)
{
    return wait_for(c, round, CCI_ON_CUT, "period", json_integer(period), error);
}

cocreate_status cci_occasion_decision(cci_engine *e, cci_campaign *c, const cci_round_spec *round,
                                      const char *contribution, cocreate_error *error)
{
    CCI_TRY(wait_for(c, round, CCI_ON_DECISION, "contribution", json_string(contribution), error));
    return cci_occasion_waits(c) ? cci_campaign_put_counts(e, c, error) : COCREATE_OK;
}

int cci_occasion_waits(const cci_campaign *c)
{
    return json_object_get(c->doc, OCCASIONS) != NULL;
}

cocreate_status cci_occasion_done(const cci_event *event, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    json_t *list = json_object_get(c->doc, OCCASIONS);
    static const char *const members[] = {"reward", "period", "contribution"};
    const json_t *first = json_array_get(list, 0);
    if (!json_object_get(event->data, "period") && !json_object_get(event->data, "contribution"))
        return COCREATE_OK;
    if (cci_made_later(event->data)) /* it waits no more since it failed */
        return COCREATE_OK;
    for (size_t i = 0; i < 3; i++) {
        const json_t *a = json_object_get(first, members[i]), *b = json_object_get(event->data, members[i]);
        if (a != b && !(a && b && json_equal(a, b)))
            return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu makes awards that nothing waits for",
                            (unsigned long long)event->seq);
    }
    c->dirty = 1;
    json_array_remove(list, 0);
    if (json_array_size(list) == 0)
        json_object_del(c->doc, OCCASIONS);
    return COCREATE_OK;
}

/* ---- the awards ---- */

/* The result where one contribution is first, and nobody else. */
static json_t *result_of_one(const char *contribution)
{
    json_t *result = cci_json_new(), *place = cci_json_new();
    json_t *places = json_array(), *selected = json_array();
    int made = cci_json_put(place, "id", json_string(contribution)) &&
               cci_json_put(place, "from", json_integer(1)) && cci_json_put(place, "to", json_integer(1));
    made = cci_json_push(places, place) && made;
    made = cci_json_push(selected, json_string(contribution)) && made;
    made = cci_json_put(result, "places", places) && made;
    made = cci_json_put(result, "selected", selected) && made;
    if (made)
        return result;
    json_decref(result);
    return NULL;
}

/* What the scheme is evaluated on: the result of the period, or the one contribution. */
static cocreate_status result_of(cci_engine *e, const cci_campaign *c, const cci_reward_spec *reward,
                                 const json_t *occasion, json_t **out, cocreate_error *error)
{
    const char *contribution = json_string_value(json_object_get(occasion, "contribution"));
    if (contribution) {
        *out = result_of_one(contribution);
        return *out ? COCREATE_OK : cci_no_memory(error);
    }
    char number[CCI_STATE_NUMBER];
    json_t *row = NULL;
    cci_state_number(json_integer_value(json_object_get(occasion, "period")), number);
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_PERIOD, CCI_KEY(reward->round, number), &row, error));
    *out = json_incref(json_object_get(row, "result"));
    json_decref(row);
    return *out ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' has no result of period %s",
                           reward->round, number);
}

/* Does each fund hold what these awards take of it? Asked of all together: what is tried alone fits alone. */
static cocreate_status afford(cci_engine *e, cci_campaign *c, const cci_reward_spec *reward,
                              const json_t *awards, cocreate_error *error)
{
    const json_t *funds = json_object_get(reward->scheme, "funds");
    const char *currency = cci_json_text(reward->scheme, "currency");
    cocreate_ledger *ledger = NULL;
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    for (size_t i = 0; i < json_array_size(funds); i++) {
        const char *fund = cci_json_text(json_array_get(funds, i), "id");
        int64_t held = 0, needed = 0;
        for (size_t k = 0; k < json_array_size(awards); k++) {
            const json_t *award = json_array_get(awards, k);
            int64_t minor = json_integer_value(json_object_get(award, "minor"));
            if (cci_is_money(award) && strcmp(cci_json_text(award, "fund"), fund) == 0 &&
                !cci_add_i64(needed, minor, &needed))
                return cci_fail(error, COCREATE_ERR_OVERFLOW, "the awards of fund '%.60s' are too much",
                                fund);
        }
        char *account = cci_account(e, "escrow", reward->id, fund);
        cocreate_status status =
            account ? cocreate_ledger_balance(ledger, account, currency, &held, error)
                    : cci_no_memory(error);
        cci_free(&e->allocator, account);
        CCI_TRY(status);
        if (needed > held)
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "fund '%.60s' of reward '%.60s' holds %lld minor units, and %lld are needed: "
                            "reward.fund adds to it",
                            fund, reward->id, (long long)held, (long long)needed);
    }
    return COCREATE_OK;
}

/* Ids of awards have to be ids: a long name stands there by its digest. */
static void name_decision(const char *contribution, char out[CCI_DIGEST_TEXT])
{
    size_t n = strlen(contribution);
    if (n < 64) {
        memcpy(out, contribution, n + 1);
        return;
    }
    cci_digest digest = cci_sha256(contribution, n);
    cci_digest_text(&digest, out);
}

static cocreate_status make_awards(cci_engine *e, cci_campaign *c, size_t reward, const json_t *occasion,
                                   const json_t *result, int64_t at, json_t **out, cocreate_error *error)
{
    const json_t *period = json_object_get(occasion, "period");
    char name[CCI_DIGEST_TEXT];
    if (period)
        snprintf(name, sizeof name, "%lld", (long long)json_integer_value(period));
    else
        name_decision(cci_json_text(occasion, "contribution"), name);
    json_t *data = NULL;
    CCI_TRY(cci_award_on(e, c, reward, result, &data, error));
    cocreate_status status = cci_awards_name(e, json_object_get(data, "awards"), name, error);
    if (status == COCREATE_OK)
        status = afford(e, c, &c->brief.rewards[reward], json_object_get(data, "awards"), error);
    if (status == COCREATE_OK)
        status = cci_money_try(e, c, c->brief.rewards[reward].id, NULL, data, at, cci_awards_offer, error);
    if (status >= 0) {
        *out = data;
        return COCREATE_OK;
    }
    json_decref(data);
    return status;
}

/* Data of "awards.made". What a scheme or its fund refuses is recorded: it must not stop the campaign. */
cocreate_status cci_occasion_compute(cci_engine *e, cci_campaign *c, size_t reward, const json_t *occasion,
                                     int64_t at, json_t **out, cocreate_error *error)
{
    static const char *const members[] = {"reward", "period", "contribution"};
    cocreate_error why = {0};
    json_t *data = NULL, *result = NULL;
    CCI_TRY(result_of(e, c, &c->brief.rewards[reward], occasion, &result, error));
    cocreate_status status = make_awards(e, c, reward, occasion, result, at, &data, &why);
    json_decref(result);
    if (status != COCREATE_OK && !cci_is_verdict(status)) {
        if (error)
            *error = why;
        return status;
    }
    int made = 1;
    if (status != COCREATE_OK) {
        data = cci_json_new();
        made = cci_json_put(data, "failed", json_string(why.text));
    }
    for (size_t i = 0; made && i < 3; i++) {
        json_t *value = json_object_get(occasion, members[i]);
        made = !value || cci_json_put(data, members[i], json_incref(value));
    }
    if (made) {
        *out = data;
        return COCREATE_OK;
    }
    json_decref(data);
    return cci_no_memory(error);
}

cocreate_status cci_occasion_decide(cci_engine *e, cci_campaign *c, cci_decision *decision,
                                    cocreate_error *error)
{
    json_t *occasion = json_incref(json_array_get(json_object_get(c->doc, OCCASIONS), 0)), *data = NULL;
    size_t reward = 0;
    cocreate_status status = cci_reward_find(c, cci_json_text(occasion, "reward"), &reward, error);
    if (status == COCREATE_OK)
        status = cci_occasion_compute(e, c, reward, occasion, e->last_at, &data, error);
    json_decref(occasion);
    return status == COCREATE_OK ? cci_decide(decision, "awards.made", c, data, error) : status;
}

cocreate_status cci_occasion_again(cci_engine *e, const cci_event *event, size_t reward, json_t **out,
                                   cocreate_error *error)
{
    json_t *occasion = json_incref(json_array_get(json_object_get(event->campaign->doc, OCCASIONS), 0));
    cocreate_status status =
        occasion ? cci_occasion_compute(e, event->campaign, reward, occasion, event->at, out, error)
                 : cci_fail(error, COCREATE_ERR_VERIFY, "awards are made on no occasion");
    json_decref(occasion);
    return status;
}

cocreate_status cci_occasion_over(cci_engine *e, const cci_campaign *c, const cci_reward_spec *reward,
                                  int *over, cocreate_error *error)
{
    cci_round_state state;
    CCI_TRY(cci_round_get(e, c, reward->round, NULL, &state, error));
    *over = state == CCI_ROUND_CERTIFIED || state == CCI_ROUND_FAILED || state == CCI_ROUND_ANNULLED;
    return COCREATE_OK;
}

/* Nobody is selected whom the fund cannot pay. */
cocreate_status cci_occasion_affords(cci_engine *e, cci_campaign *c, const cci_round_spec *round,
                                     const char *contribution, int64_t at, cocreate_error *error)
{
    for (size_t i = 0; round->rolling && i < c->brief.n_rewards; i++) {
        const cci_reward_spec *reward = &c->brief.rewards[i];
        json_t *occasion, *data = NULL;
        if (reward->on != CCI_ON_DECISION || strcmp(reward->round, round->id) != 0)
            continue;
        occasion = cci_json_new();
        cocreate_status status = cci_json_put(occasion, "contribution", json_string(contribution))
                                     ? cci_occasion_compute(e, c, i, occasion, at, &data, error)
                                     : cci_no_memory(error);
        const char *failed = json_string_value(json_object_get(data, "failed"));
        if (status == COCREATE_OK && failed)
            status = cci_fail(error, COCREATE_ERR_REFUSED, "$.rewards[%zu]: %.300s", i, failed);
        json_decref(occasion);
        json_decref(data);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}
