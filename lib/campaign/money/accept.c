/* {"do":"award.accept"} and {"do":"award.decline"}: what the recipient says, or the firm for them. A prize
 * that is declined may go to the next on the list: the awards are then made again without the entry. */

#include "campaign/money/adjust.h"

static cocreate_status accept(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    return cci_book_accept(b, json_string_value(json_object_get(data, "award")), at, error);
}

static cocreate_status decline(cci_book *b, const json_t *data, int64_t at, cocreate_error *error)
{
    return cci_book_decline(b, json_string_value(json_object_get(data, "award")),
                            json_string_value(json_object_get(data, "reason")), at, error);
}

/* The actor may speak for the recipient of the award. */
static cocreate_status check_actor(cci_engine *e, const cci_command *command,
                                   cocreate_error *error)
{
    const char *id, *reward;
    json_t *row;
    CCI_TRY(cci_json_id(command->body, "award", &id, &CCI_ROOT, error));
    CCI_TRY(cci_award_named(e, command->campaign, id, &row, &reward, error));
    cocreate_status status = cci_require_recipient(e, command, row, error);
    json_decref(row);
    return status;
}

static cocreate_status decide_accept(cci_engine *e, const cci_command *command,
                                     cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", NULL};
    CCI_TRY(check_actor(e, command, error));
    return cci_money_decide(e, command, "award.accepted", keys, accept, decision, error);
}

static cocreate_status decide_decline(cci_engine *e, const cci_command *command,
                                      cci_decision *decision, cocreate_error *error)
{
    static const char *const keys[] = {"award", "reason", NULL};
    CCI_TRY(check_actor(e, command, error));
    CCI_TRY(cci_money_decide(e, command, "award.declined", keys, decline, decision, error));
    if (decision->exists)
        return COCREATE_OK;
    const char *id = json_string_value(json_object_get(command->body, "award"));
    return cci_promote_decide(e, command->campaign, &id, 1, decision, error);
}

static cocreate_status apply_accept(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, accept, error);
}

static cocreate_status apply_decline(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return cci_money_done(e, event, decline, error);
}

static const cci_parameter accept_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                  {"award", "id", 1, "an award of it, as shown"},
                                                  {NULL, NULL, 0, NULL}};

static const cci_parameter decline_parameters[] = {{"campaign", "id", 1, "the campaign"},
                                                   {"award", "id", 1, "an award of it, as shown"},
                                                   {"reason", "text", 0, "why"},
                                                   {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_award_accept = {
    "award.accept", "Accept an award: the recipient, or the firm for them", accept_parameters, NULL,
    decide_accept, 0};

const cci_command_type cci_command_award_decline = {
    "award.decline", "Decline an award that is not paid: the recipient, or the firm for them",
    decline_parameters, NULL, decide_decline, 0};

const cci_event_type cci_event_award_accepted = {"award.accepted", apply_accept, NULL};
const cci_event_type cci_event_award_declined = {"award.declined", apply_decline, NULL};
