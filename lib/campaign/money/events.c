/* Events about money: written to the journal when they happen, recomputed when they are verified. */
#include <inttypes.h>
#include <string.h>

#include "campaign/money/award.h"
#include "campaign/money/book.h"
#include "campaign/money/fees.h"
#include "campaign/money/journal.h"
#include "campaign/money/later.h"
#include "campaign/money/occasion.h"
#include "campaign/money/refund.h"
#include "campaign/timers.h"
#include "campaign/windows/auto_stop.h"

/* ---- lines {"reward","fund","currency","minor"} between the sponsor and the escrow ---- */

static cocreate_status move_fund(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                                 const json_t *line, int deposit, cocreate_error *error)
{
    const char *reward = json_string_value(json_object_get(line, "reward"));
    const char *fund = json_string_value(json_object_get(line, "fund"));
    const char *currency = json_string_value(json_object_get(line, "currency"));
    json_int_t minor = json_integer_value(json_object_get(line, "minor"));
    if (!reward || !fund || !currency || minor < 0 || (minor == 0 && !json_object_get(line, "fees")))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a line about a fund is not complete");
    char *escrow = cci_account(e, "escrow", reward, fund);
    char *key = cci_account(e, deposit ? "fund" : "return", reward, fund);
    cocreate_status status = COCREATE_OK;
    if (!escrow || !key) {
        status = cci_no_memory(error);
    } else {
        cci_transfer t = {key, NULL, escrow, "sponsor:budget", currency, minor};
        if (deposit) {
            t.from = "sponsor:budget";
            t.to = escrow;
        }
        if (minor > 0)
            status = cci_journal_transfer(ledger, event->at, &t, error);
        if (status == COCREATE_OK && !deposit)
            status = cci_refund_post(e, ledger, line, escrow, event->at, error);
    }
    cci_free(&e->allocator, escrow);
    cci_free(&e->allocator, key);
    return status;
}

/* Post something for each item of an array of the event's data, and write the new entries. */
typedef cocreate_status (*poster)(cci_engine *e, cocreate_ledger *ledger, const cci_event *event,
                                  const json_t *item, int flag, cocreate_error *error);

static cocreate_status post_all(cci_engine *e, const cci_event *event, const char *list,
                                poster post, int flag, cocreate_error *error)
{
    json_t *items = json_object_get(event->data, list);
    cocreate_ledger *ledger;
    CCI_TRY(cci_journal_get(e, event->campaign, &ledger, error));
    size_t before = cocreate_ledger_count(ledger);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(items) && status == COCREATE_OK; i++)
        status = post(e, ledger, event, json_array_get(items, i), flag, error);
    if (status == COCREATE_OK)
        status = cci_journal_save(e, event->campaign, ledger, before, error);
    return status;
}

/* A member of the campaign's document; steals `value`. */
static cocreate_status set_member(cci_engine *e, const cci_event *event, const char *key,
                                  json_t *value, cocreate_error *error)
{
    event->campaign->dirty = 1;
    if (!cci_json_put(event->campaign->doc, key, value))
        return cci_no_memory(error);
    return cci_campaign_put(e, event->campaign, error);
}

static cocreate_status apply_deposited(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    cocreate_ledger *ledger;
    CCI_TRY(post_all(e, event, "funds", move_fund, 1, error));
    CCI_TRY(cci_journal_get(e, event->campaign, &ledger, error));
    size_t before = cocreate_ledger_count(ledger);
    CCI_TRY(cci_fees_post(e, ledger, event, error));
    CCI_TRY(cci_journal_save(e, event->campaign, ledger, before, error));
    return set_member(e, event, "funded", json_true(), error);
}

static cocreate_status apply_decided(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    CCI_TRY(post_all(e, event, "returned", move_fund, 0, error));
    CCI_TRY(set_member(e, event, "state", json_string("decided"), error));
    CCI_TRY(cci_timers_clear(e, event->campaign, "milestone", NULL, error));
    return cci_stop_clear(e, event->campaign, error);
}

static cocreate_status apply_returned(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    CCI_TRY(post_all(e, event, "returned", move_fund, 0, error));
    return set_member(e, event, "returned", json_true(), error);
}

/* ---- awards ---- */

cocreate_status cci_award_put_row(cci_engine *e, const cci_event *event, const json_t *award,
                                  cocreate_error *error)
{
    json_t *row = cci_json_copy(award);
    const char *id = json_string_value(json_object_get(award, "id"));
    cocreate_status status = COCREATE_OK;
    if (!cci_json_put(row, "state", json_string("offered")) ||
        !cci_json_put(row, "at", json_integer(event->at)) ||
        !cci_json_put(row, "reward", json_incref(json_object_get(event->data, "reward"))))
        status = cci_no_memory(error);
    else if (!id)
        status = cci_fail(error, COCREATE_ERR_CORRUPT, "an award has no id");
    else
        status = cci_state_put(e, event->campaign->part, CCI_KIND_AWARD, id, row, error);
    json_decref(row);
    return status;
}

/* {"digest"} of the awards, or {"failed"}: why there are none; and of which period, the last. */
static json_t *outcome_of(const json_t *data)
{
    static const char *const members[] = {"digest", "failed", "period"};
    json_t *outcome = cci_json_new();
    for (size_t i = 0; outcome && i < 3; i++) {
        json_t *value = json_object_get(data, members[i]);
        if (value && !cci_json_put(outcome, members[i], json_incref(value))) {
            json_decref(outcome);
            return NULL;
        }
    }
    return outcome;
}

cocreate_status cci_awards_offer(cci_book *b, const json_t *data, int64_t at,
                                 cocreate_error *error)
{
    const json_t *awards = json_object_get(data, "awards");
    for (size_t i = 0; i < json_array_size(awards); i++) {
        cocreate_status status = cci_book_award(b, json_array_get(awards, i), at, error);
        if (status < 0)
            return status;
    }
    return COCREATE_OK;
}

static cocreate_status apply_awards(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    json_t *awards = json_object_get(event->data, "awards");
    const char *reward;
    CCI_TRY(cci_json_id(event->data, "reward", &reward, &CCI_ROOT, error));
    CCI_TRY(cci_money_apply(e, event, reward, NULL, cci_awards_offer, error));
    for (size_t i = 0; i < json_array_size(awards); i++)
        if (!cci_is_money(json_array_get(awards, i)))
            CCI_TRY(cci_award_put_row(e, event, json_array_get(awards, i), error));
    CCI_TRY(cci_money_note(event->campaign, "awarded", reward, outcome_of(event->data), error));
    CCI_TRY(cci_occasion_done(event, error));
    return cci_campaign_put(e, event->campaign, error);
}

/* ---- verification ---- */

static cocreate_status compare_award(const json_t *recorded, const json_t *again,
                                     cocreate_error *error)
{
    const char *id = json_string_value(json_object_get(recorded, "id"));
    const char *to = json_string_value(json_object_get(recorded, "to"));
    const char *amount = json_string_value(json_object_get(recorded, "amount"));
    const char *now = json_string_value(json_object_get(again, "amount"));
    json_int_t a = json_integer_value(json_object_get(recorded, "minor"));
    json_int_t b = json_integer_value(json_object_get(again, "minor"));
    if (json_equal(recorded, again))
        return COCREATE_OK;
    if (a != b)
        return cci_fail(error, COCREATE_ERR_VERIFY,
                        "award '%s' to '%.60s': %.24s (%" PRId64 " minor units) is recorded, "
                        "%.24s (%" PRId64 ") recomputed",
                        id ? id : "?", to ? to : "?", amount ? amount : "", (int64_t)a,
                        now ? now : "", (int64_t)b);
    return cci_fail(error, COCREATE_ERR_VERIFY, "award '%s' to '%.60s' differs when recomputed",
                    id ? id : "?", to ? to : "?");
}

cocreate_status cci_awards_compare(const json_t *recorded, const json_t *again, const char *reward,
                                   cocreate_error *error)
{
    json_t *a = json_object_get(recorded, "awards"), *b = json_object_get(again, "awards");
    if (json_array_size(a) != json_array_size(b))
        return cci_fail(error, COCREATE_ERR_VERIFY,
                        "reward '%s': %zu awards are recorded, %zu recomputed", reward,
                        json_array_size(a), json_array_size(b));
    for (size_t i = 0; i < json_array_size(a); i++)
        CCI_TRY(compare_award(json_array_get(a, i), json_array_get(b, i), error));
    return json_equal(recorded, again)
               ? COCREATE_OK
               : cci_fail(error, COCREATE_ERR_VERIFY, "reward '%s' differs when recomputed",
                          reward);
}

static cocreate_status check_awards(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *reward = json_string_value(json_object_get(event->data, "reward"));
    json_t *again;
    size_t i = 0;
    while (i < event->campaign->brief.n_rewards && reward &&
           strcmp(event->campaign->brief.rewards[i].id, reward) != 0)
        i++;
    if (!reward || i == event->campaign->brief.n_rewards)
        return cci_fail(error, COCREATE_ERR_VERIFY, "awards of no reward of the brief");
    cci_reward_on on = event->campaign->brief.rewards[i].on;
    if (on == CCI_ON_ROUND)
        CCI_TRY(cci_award_compute(e, event->campaign, i, &again, error));
    else if (on == CCI_ON_CUT && cci_made_later(event->data))
        CCI_TRY(cci_later_again(e, event, i, &again, error));
    else
        CCI_TRY(cci_occasion_again(e, event, i, &again, error));
    cocreate_status status = cci_awards_compare(event->data, again, reward, error);
    json_decref(again);
    return status;
}

static cocreate_status compare_lines(const cci_event *event, const char *list, json_t *again,
                                     cocreate_error *error)
{
    json_t *a = json_object_get(event->data, list), *b = json_object_get(again, list);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(a) && status == COCREATE_OK; i++)
        if (!json_equal(json_array_get(a, i), json_array_get(b, i)))
            status = cci_fail(error, COCREATE_ERR_VERIFY,
                              "fund '%.60s': %" PRId64 " minor units are recorded as %s, %" PRId64
                              " recomputed",
                              json_string_value(json_object_get(json_array_get(a, i), "fund")),
                              (int64_t)json_integer_value(
                                  json_object_get(json_array_get(a, i), "minor")),
                              list,
                              (int64_t)json_integer_value(
                                  json_object_get(json_array_get(b, i), "minor")));
    if (status == COCREATE_OK && !json_equal(event->data, again))
        status = cci_fail(error, COCREATE_ERR_VERIFY, "the %s amounts differ when recomputed",
                          list);
    json_decref(again);
    return status;
}

static cocreate_status check_deposited(cci_engine *e, const cci_event *event,
                                       cocreate_error *error)
{
    json_t *again;
    (void)e;
    CCI_TRY(cci_fund_compute(event->campaign, &again, error));
    return compare_lines(event, "funds", again, error);
}

static cocreate_status check_decided(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    json_t *again;
    CCI_TRY(cci_return_compute(e, event->campaign, &again, error));
    return compare_lines(event, "returned", again, error);
}

const cci_event_type cci_event_fund_deposited = {"fund.deposited", apply_deposited,
                                                 check_deposited};
const cci_event_type cci_event_fund_returned = {"fund.returned", apply_returned, check_decided};
const cci_event_type cci_event_awards_made = {"awards.made", apply_awards, check_awards};
const cci_event_type cci_event_campaign_decided = {"campaign.decided", apply_decided,
                                                   check_decided};
