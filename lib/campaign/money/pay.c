/* {"do":"award.pay"}: an award left the house; the reference is that of the payment. */
#include <string.h>

#include "campaign/money/book.h"
#include "campaign/money/late.h"
#include "campaign/money/obligations.h"
#include "campaign/money/pay.h"
#include "campaign/rights/rights.h"
#include "campaign/windows/auto_stop.h"

static cocreate_status pay(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    const char *id, *reference, *rail;
    CCI_TRY(cci_json_id(data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(data, "reference", &reference, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(data, "rail", &rail, &CCI_ROOT, error));
    cocreate_status status = cci_book_pay(b, id, reference, rail, at, error);
    if (status != COCREATE_OK || b->dry)
        return status;
    json_t *doc = b->staged[b->n_staged - 1].after.doc; /* the one that will be written */
    return cci_json_put(doc, "paid_at", json_integer(at)) ? COCREATE_OK : cci_no_memory(error);
}

/* Where the brief requires it, the rights and the reports come before the money. */
static cocreate_status check_terms(cci_engine *e, const cci_campaign *c, const json_t *data,
                                    cocreate_error *error)
{
    const char *id;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_obligations_require(e, c, id, error));
    CCI_TRY(cci_late_require(e, c, id, error));
    if (!c->brief.rights.required)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_AWARD, id, &row, error));
    int paid = strcmp(cci_json_text(row, "state"), "paid") == 0;
    const char *entry = json_string_value(json_object_get(row, "entry"));
    cocreate_status status =
        paid ? COCREATE_OK : cci_right_require(e, c, id, entry, error);
    json_decref(row);
    return status;
}

cocreate_status cci_pay_try(cci_engine *e, cci_campaign *c, const json_t *data, int64_t at,
                            cocreate_error *error)
{
    const char *id, *reward;
    json_t *row = NULL;
    CCI_TRY(cci_json_id(data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(check_terms(e, c, data, error));
    CCI_TRY(cci_award_named(e, c, id, &row, &reward, error));
    cocreate_status status = cci_money_try(e, c, reward, id, data, at, pay, error);
    json_decref(row);
    return status;
}

static cocreate_status decide_pay(cci_engine *e, const cci_command *command,
                                  cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", "reference", "rail", NULL};
    json_t *rail = json_object_get(command->body, "rail");
    if ((!rail || json_is_null(rail)) &&
        !cci_json_put(command->body, "rail", json_string("bank")))
        return cci_no_memory(error);
    CCI_TRY(check_terms(e, command->campaign, command->body, error));
    return cci_money_decide(e, command, "award.paid", keys, pay, decision, error);
}

static cocreate_status apply_pay(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_json_id(event->data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_money_done(e, event, pay, error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_AWARD, id, &row, error));
    const char *entry = json_string_value(json_object_get(row, "entry"));
    cocreate_status status =
        entry ? cci_right_reach(e, event, "on_payment", entry, error) : COCREATE_OK;
    json_decref(row);
    return status == COCREATE_OK ? cci_stop_paid(e, event, error) : status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"award", "id", 1, "an award of it, as shown"},
    {"reference", "id", 1, "of the payment outside, unique there"},
    {"rail", "id", 0, "how it was paid: account cash:<rail>; default bank"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_pay = {
    .name = "award.pay",
    .title = "Record that an award was paid",
    .parameters = parameters,
    .sides = cci_firm_alone,
    .decide = decide_pay,
};

/* What was paid by itself was due. */
static cocreate_status check_pay(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row = NULL;
    if (!json_object_get(event->data, "released"))
        return COCREATE_OK;
    CCI_TRY(cci_json_id(event->data, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_AWARD, id, &row, error));
    const json_t *due = json_object_get(row, "release_at");
    int over = due && json_integer_value(due) <= event->at;
    json_decref(row);
    return over ? COCREATE_OK
                : cci_fail(error, COCREATE_ERR_VERIFY, "award '%s' is paid by itself, recomputed it waits",
                           id);
}

const cci_event_type cci_event_award_paid = {"award.paid", apply_pay, check_pay};
