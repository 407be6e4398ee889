/* Contributions that answer another one: comments, answers, reviews. They need no form and grant no rights,
 * and anybody registered whom the brief finds eligible may write one while a phase allows it. */
#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/kinds.h"
#include "campaign/limits/limits.h"

static cocreate_status check_target(cci_engine *e, const cci_command *command, const char *kind,
                                    cocreate_error *error)
{
    const char *to = NULL;
    json_t *row = NULL;
    CCI_TRY(cci_json_id_opt(command->body, "reply_to", &to, &CCI_ROOT, error));
    if (!to)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.reply_to: a contribution of kind '%s' says which one it answers", kind);
    CCI_TRY(cci_state_get(e, command->campaign->part, CCI_KIND_CONTRIBUTION, to, &row, error));
    if (!row)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "$.reply_to: campaign '%s' has no contribution '%s'",
                        command->campaign->id, to);
    const char *end = cci_state_end(cci_contribution_state(row));
    if (cci_contribution_is(row, "submitted"))
        end = "not published yet";
    json_decref(row);
    return end ? cci_fail(error, COCREATE_ERR_REFUSED, "$.reply_to: contribution '%s' is %s", to, end)
               : COCREATE_OK;
}

cocreate_status cci_reply_check(cci_engine *e, const cci_command *command, json_t *data,
                                cocreate_error *error)
{
    static const char *const works_only[] = {"terms", "cost", "category", NULL};
    const cci_campaign *c = command->campaign;
    const char *kind = cci_contribution_kind(data);
    unsigned allow = strcmp(kind, "review") == 0 ? CCI_ALLOW_REVIEW : CCI_ALLOW_COMMENT;
    for (size_t i = 0; works_only[i]; i++)
        if (json_object_get(data, works_only[i]))
            return cci_fail(error, COCREATE_ERR_SCHEMA, "$.%s: is only for works, this is a %s",
                            works_only[i], kind);
    CCI_TRY(cci_authors_allowed(e, command, "comment", data, error));
    CCI_TRY(cci_require_phase(c, command->at, allow, error));
    CCI_TRY(check_target(e, command, kind, error));
    CCI_TRY(cci_limits_works(e, command, data, error));
    return cci_form_depth(json_object_get(data, "fields"), error);
}

cocreate_status cci_reply_link(cci_engine *e, const cci_event *event, const char *id, cocreate_error *error)
{
    const char *to = NULL;
    CCI_TRY(cci_json_id_opt(event->data, "reply_to", &to, &CCI_ROOT, error));
    return to ? cci_edge_put(e, event, id, "replies", to, "accepted", NULL, NULL, error) : COCREATE_OK;
}
