/* {"do":"award.pay"}: an award left the house; the reference is that of the payment. */
#include <string.h>

#include "base/text.h"
#include "campaign/money/journal.h"
#include "campaign/rights.h"

static cocreate_status check_award(const json_t *row, const char *id, const char *reference,
                                   const char *rail, cci_decision *decision,
                                   cocreate_error *error)
{
    const char *state = json_string_value(json_object_get(row, "state"));
    const char *old = json_string_value(json_object_get(row, "reference"));
    const char *old_rail = json_string_value(json_object_get(row, "rail"));
    if (!row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "the campaign has no award '%s'", id);
    if (json_integer_value(json_object_get(row, "minor")) == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s' has no amount to pay", id);
    if (state && strcmp(state, "paid") == 0) {
        if (!old || strcmp(old, reference) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "award '%s' is paid with another reference", id);
        if (!old_rail || strcmp(old_rail, rail) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "award '%s' is paid by another rail",
                            id);
        decision->exists = 1;
    }
    return COCREATE_OK;
}

static cocreate_status decide_pay(cci_engine *e, const cci_command *command,
                                  cci_decision *decision, cocreate_error *error)
{
    const char *id, *reference, *rail = "bank";
    json_t *row;
    CCI_TRY(cci_json_id(command->body, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(command->body, "reference", &reference, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "rail", &rail, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, command->campaign->part, CCI_KIND_AWARD, id, &row, error));
    cocreate_status status = check_award(row, id, reference, rail, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (!cci_json_put(data, "award", json_string(id)) ||
        !cci_json_put(data, "reference", json_string(reference)) ||
        !cci_json_put(data, "rail", json_string(rail))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "award.paid", command->campaign, data, error);
}

static cocreate_status post_payment(cci_engine *e, const cci_event *event, const json_t *row,
                                    const char *id, const char *reference, const char *rail,
                                    cocreate_error *error)
{
    const char *to = json_string_value(json_object_get(row, "to"));
    const char *currency = json_string_value(json_object_get(row, "currency"));
    cocreate_ledger *ledger = NULL;
    char *payable = cci_account(e, "payable", to ? to : "", NULL);
    char *cash = cci_account(e, "cash", rail, NULL);
    char *key = cci_account(e, "pay", id, NULL);
    cocreate_status status = COCREATE_OK;
    if (!payable || !cash || !key)
        status = cci_no_memory(error);
    else
        status = cci_journal_load(e, event->campaign, &ledger, error);
    if (status == COCREATE_OK) {
        size_t before = cocreate_ledger_count(ledger);
        cci_transfer t = {key,  reference, payable,
                          cash, currency,  json_integer_value(json_object_get(row, "minor"))};
        status = cci_journal_transfer(ledger, event->at, &t, error);
        if (status == COCREATE_OK)
            status = cci_journal_save(e, event->campaign, ledger, before, error);
    }
    cocreate_ledger_free(ledger);
    cci_free(&e->allocator, payable);
    cci_free(&e->allocator, cash);
    cci_free(&e->allocator, key);
    return status;
}

static cocreate_status apply_pay(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id, *reference, *rail;
    json_t *row;
    int64_t part = event->campaign->part;
    CCI_TRY(cci_json_id(event->data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "reference", &reference, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "rail", &rail, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, part, CCI_KIND_AWARD, id, &row, error));
    cocreate_status status = COCREATE_OK;
    if (!row)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "award '%s' is paid but was never made", id);
    if (!cci_json_put(row, "state", json_string("paid")) ||
        !cci_json_put(row, "reference", json_string(reference)) ||
        !cci_json_put(row, "rail", json_string(rail)) ||
        !cci_json_put(row, "paid_at", json_integer(event->at)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = post_payment(e, event, row, id, reference, rail, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, part, CCI_KIND_AWARD, id, row, error);
    if (status == COCREATE_OK && json_object_get(row, "entry"))
        status = cci_right_reach(e, event, "on_payment",
                                 json_string_value(json_object_get(row, "entry")), error);
    json_decref(row);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "an award of it, as shown"},
    {"reference", "id", 1, "of the payment outside, unique there"},
    {"rail", "id", 0, "how it was paid: account cash:<rail>; default bank"},
    {NULL, NULL, 0, NULL}};

static const char *const sides[] = {"firm", NULL};

const cci_command_type cci_command_award_pay = {
    .name = "award.pay",
    .title = "Record that an award was paid",
    .parameters = parameters,
    .sides = sides,
    .decide = decide_pay,
};

const cci_event_type cci_event_award_paid = {"award.paid", apply_pay, NULL};
