/* {"do":"contribution.withdraw"}: its authors take a contribution back. */
#include "campaign/commands.h"
#include "campaign/commands/contribution.h"

static cocreate_status check(const cci_command *command, const char *id, const json_t *row,
                             cocreate_error *error)
{
    CCI_TRY(cci_require_phase(command->campaign, command->at, CCI_ALLOW_WITHDRAW, error));
    if (!cci_contribution_is(row, "submitted") && !cci_contribution_is(row, "published") &&
        !cci_contribution_is(row, "shortlisted"))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' is %s: it cannot be withdrawn", id,
                        cci_contribution_state(row));
    return COCREATE_OK;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = cci_contribution_owned(command, id, row, error);
    decision->exists = status == COCREATE_OK && cci_contribution_is(row, "withdrawn");
    if (status == COCREATE_OK && !decision->exists)
        status = check(command, id, row, error);
    json_t *data =
        status == COCREATE_OK && !decision->exists ? cci_contribution_ending(id, row) : NULL;
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    return cci_decide(decision, "contribution.withdrawn", command->campaign, data, error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    return cci_contribution_move(e, event, id, row, "withdrawn", error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"contribution", "id", 1, "what is withdrawn"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_withdraw = {
    "contribution.withdraw", "Take a contribution back", parameters, NULL, decide, 0};

const cci_event_type cci_event_contribution_withdrawn = {"contribution.withdrawn", apply, NULL};
