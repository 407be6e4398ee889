/* Every command, one a line, in the order of the catalogue; and the check of what one carries. */
#include <string.h>

#include "campaign/care/care.h"
#include "campaign/care/useful.h"
#include "campaign/commands.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/merge.h"
#include "campaign/money/fees.h"
#include "campaign/money/obligations.h"
#include "campaign/money/period.h"
#include "campaign/money/release.h"
#include "campaign/registry.h"
#include "campaign/revisions/lead.h"
#include "campaign/rights/rights.h"
#include "base/time.h"

const char *const cci_firm_alone[] = {"firm", NULL};

const cci_command_type *const cci_command_types[] = {
    &cci_command_campaign_create,
    &cci_command_campaign_publish,
    &cci_command_campaign_cancel,
    &cci_command_campaign_amend,
    &cci_command_campaign_pause,
    &cci_command_campaign_resume,
    &cci_command_phase_advance,
    &cci_command_participant_put,
    &cci_command_participant_suspend,
    &cci_command_participant_restore,
    &cci_command_participant_erase,
    &cci_command_role_grant,
    &cci_command_role_revoke,
    &cci_command_team_form,
    &cci_command_team_join,
    &cci_command_team_leave,
    &cci_command_team_lock,
    &cci_command_team_merge,
    &cci_command_team_dissolve,
    &cci_command_contribution_submit,
    &cci_command_contribution_revise,
    &cci_command_contribution_lead,
    &cci_command_contribution_withdraw,
    &cci_command_contribution_screen,
    &cci_command_contribution_remove,
    &cci_command_contribution_disqualify,
    &cci_command_contribution_forfeit,
    &cci_command_contribution_implement,
    &cci_command_contribution_merge,
    &cci_command_right_grant,
    &cci_command_right_revoke,
    &cci_command_edge_propose,
    &cci_command_edge_accept,
    &cci_command_edge_reject,
    &cci_command_response_post,
    &cci_command_flag_raise,
    &cci_command_flag_uphold,
    &cci_command_flag_dismiss,
    &cci_command_appeal_file,
    &cci_command_appeal_decide,
    &cci_command_useful_mark,
    &cci_command_useful_unmark,
    /* Selection: lib/campaign/rounds. Money: lib/campaign/money. */
    &cci_command_ballot_cast,
    &cci_command_ballot_retract,
    &cci_command_ballot_void,
    &cci_command_decision_make,
    &cci_command_run_record,
    &cci_command_run_choose,
    &cci_command_assignment_plan,
    &cci_command_assignment_accept,
    &cci_command_assignment_decline,
    &cci_command_assignment_start,
    &cci_command_assignment_done,
    &cci_command_assignment_reassign,
    &cci_command_conflict_declare,
    &cci_command_task_take,
    &cci_command_task_release,
    &cci_command_pair_next,
    &cci_command_round_close,
    &cci_command_round_reveal,
    &cci_command_round_certify,
    &cci_command_round_annul,
    &cci_command_award_accept,
    &cci_command_award_decline,
    &cci_command_award_verify,
    &cci_command_award_deliver,
    &cci_command_award_dispute,
    &cci_command_award_report,
    &cci_command_award_pay,
    &cci_command_award_expire,
    &cci_command_award_reverse,
    &cci_command_award_recover,
    &cci_command_award_forgive,
    &cci_command_award_adjust,
    &cci_command_reward_fund,
    &cci_command_reward_close,
    &cci_command_reward_evaluate,
    &cci_command_reward_default,
    &cci_command_fee_pay,
    &cci_command_tick,
    NULL,
};

const cci_command_type *cci_command_find(const char *name)
{
    for (const cci_command_type *const *type = cci_command_types; *type; type++)
        if (strcmp((*type)->name, name) == 0)
            return *type;
    return NULL;
}

#define COMMANDS_MAX 200

const char *cci_command_nearest(const char *name)
{
    const char *names[COMMANDS_MAX + 1] = {NULL};
    for (size_t i = 0; cci_command_types[i] && i < COMMANDS_MAX; i++)
        names[i] = cci_command_types[i]->name;
    return cci_nearest(name, names);
}

/* ---- what a command may carry ---- */

#define PARAMETERS_MAX 16

static cocreate_status check_decimal(const json_t *value, const cci_path *path,
                                     cocreate_error *error)
{
    cci_rational number;
    CCI_TRY(cci_rational_init(&number, error));
    cocreate_status status = cci_json_number(value, &number, path, error);
    cci_rational_clear(&number);
    return status;
}

static cocreate_status check_parameter(const cci_parameter *p, const json_t *body,
                                       cocreate_error *error)
{
    const json_t *value = json_object_get(body, p->name);
    const cci_path path = cci_path_key(&CCI_ROOT, p->name);
    const char *text;
    int64_t integer;
    json_t *container;
    if ((!value || json_is_null(value)) && !p->required)
        return COCREATE_OK;
    if (strcmp(p->type, "id") == 0)
        return cci_json_id(body, p->name, &text, &CCI_ROOT, error);
    if (strcmp(p->type, "integer") == 0)
        return cci_json_i64(body, p->name, -CCI_JSON_INTEGER_MAX, CCI_JSON_INTEGER_MAX, &integer,
                            &CCI_ROOT, error);
    if (strcmp(p->type, "time") == 0)
        return cci_json_time(body, p->name, &integer, &CCI_ROOT, error);
    if (strcmp(p->type, "object") == 0)
        return cci_json_get_object(body, p->name, &container, &CCI_ROOT, error);
    if (strcmp(p->type, "array") == 0)
        return cci_json_get_array(body, p->name, &container, &CCI_ROOT, error);
    if (strcmp(p->type, "boolean") == 0) {
        int flag;
        return cci_json_bool_opt(body, p->name, &flag, &CCI_ROOT, error);
    }
    if (strcmp(p->type, "decimal") == 0 && value)
        return check_decimal(value, &path, error);
    CCI_TRY(cci_json_string(body, p->name, &text, &CCI_ROOT, error));
    if (p->required && text[0] == '\0')
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "must not be empty");
    return COCREATE_OK;
}

cocreate_status cci_parameters_check(const cci_command_type *type, const json_t *body,
                                     cocreate_error *error)
{
    const char *keys[PARAMETERS_MAX + 4] = {"at", "actor", "do"};
    size_t n = 3;
    for (const cci_parameter *p = type->parameters; p->name; p++) {
        assert(n < PARAMETERS_MAX + 3);
        keys[n++] = p->name;
    }
    CCI_TRY(cci_json_keys(body, keys, &CCI_ROOT, error));
    for (const cci_parameter *p = type->parameters; p->name; p++)
        CCI_TRY(check_parameter(p, body, error));
    return COCREATE_OK;
}
