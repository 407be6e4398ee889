/* {"do":"reward.close"}: what is left of the funds of a reward goes back, once every award is paid or ended;
 * {"do":"reward.fund"}: the sponsor pays in more. */
#include <inttypes.h>

#include "campaign/money/book.h"
#include "campaign/money/refund.h"

static cocreate_status close_funds(cci_book *b, const json_t *data, int64_t at,
                                   cocreate_error *error)
{
    CCI_TRY(cci_refund_book(b, json_object_get(data, "fees"), at, error));
    return cci_book_close(b, at, error);
}

/* The fund of the scheme, the amount, and the key "fund:<reward>:<fund>:<reference>". */
static cocreate_status pay_in(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    char escrow[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
    const char *fund, *reference;
    int64_t minor = 0;
    CCI_TRY(cci_json_id(data, "fund", &fund, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(data, "reference", &reference, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64(data, "minor", 1, CCI_JSON_INTEGER_MAX, &minor, &CCI_ROOT, error));
    CCI_TRY(cci_book_known_fund(b, fund, error));
    CCI_TRY(cci_account_name(escrow, b->escrow, fund, error));
    CCI_TRY(cci_account_name(key, "deposit:", reference, error));
    return cci_book_deposit(b, key, escrow, minor, at, error);
}

static cocreate_status decide_close(cci_engine *e, const cci_command *command,
                                    cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"reward", "fees", NULL};
    json_t *fees = NULL;
    CCI_TRY(cci_refund_terms(&command->campaign->brief, &fees, error));
    if (fees && !cci_json_put(command->body, "fees", fees))
        return cci_no_memory(error);
    return cci_money_decide(e, command, "reward.closed", keys, close_funds, decision, error);
}

static cocreate_status decide_fund(cci_engine *e, const cci_command *command,
                                   cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"reward", "fund", "minor", "reference", NULL};
    return cci_money_decide(e, command, "fund.added", keys, pay_in, decision, error);
}

static cocreate_status apply_close(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, close_funds, error);
}

static cocreate_status apply_fund(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, pay_in, error);
}

static const cci_parameter close_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                 {"reward", "id", 1, "a reward of the brief"},
                                                 {NULL, NULL, 0, NULL}};

static const cci_parameter fund_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"reward", "id", 1, "a reward of the brief"},
    {"fund", "id", 1, "a fund of its scheme"},
    {"minor", "integer", 1, "minor units"},
    {"reference", "id", 1, "of the payment outside, unique there"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_reward_close = {
    "reward.close", "Give what is left of the funds of a reward back to the sponsor", close_parameters,
    cci_firm_alone, decide_close, 0};

const cci_command_type cci_command_reward_fund = {
    "reward.fund", "Pay in more for a reward", fund_parameters, cci_firm_alone, decide_fund, 0};

const cci_event_type cci_event_reward_closed = {"reward.closed", apply_close, NULL};
const cci_event_type cci_event_fund_added = {"fund.added", apply_fund, NULL};
