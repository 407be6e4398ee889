/* {"do":"conflict.declare"}: a juror is partial about a contribution, and judges it no more. */
#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/jury/jury.h"

static json_t *conflict_document(const char *juror, const char *contribution, const char *reason)
{
    json_t *doc = cci_json_new();
    if (cci_json_put(doc, "juror", json_string(juror)) &&
        cci_json_put(doc, "contribution", json_string(contribution)) &&
        cci_json_put(doc, "reason", json_string(reason)))
        return doc;
    json_decref(doc);
    return NULL;
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const char *juror = command->actor, *contribution, *reason, *side;
    json_t *doc, *row;
    CCI_TRY(cci_json_id(command->body, "contribution", &contribution, &CCI_ROOT, error));
    CCI_TRY(cci_json_id_opt(command->body, "juror", &juror, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (strcmp(juror, command->actor) != 0 && !cci_speaks_for_firm(side))
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' cannot speak for juror '%s'",
                        command->actor, juror);
    if (strcmp(juror, CCI_HOST) == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "$.juror: '" CCI_HOST "' is no juror");
    CCI_TRY(cci_side_of(e, juror, &side, error));
    CCI_TRY(cci_contribution_find(e, c, contribution, &doc, error));
    json_decref(doc);
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_CONFLICT, CCI_KEY(juror, contribution), &row, error));
    decision->exists = row != NULL; /* a conflict is there or not; the first reason stays */
    json_decref(row);
    if (decision->exists)
        return COCREATE_OK;
    return cci_decide(decision, "conflict.declared", c,
                      conflict_document(juror, contribution, reason), error);
}

/* Work that was expected of the juror is no more; what was done stays done. */
static cocreate_status drop_assignments(cci_engine *e, const cci_campaign *c, const char *juror,
                                        const char *contribution, cocreate_error *error)
{
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        const cci_round_spec *spec = &c->brief.rounds[i];
        json_t *row;
        if (!spec->per_entry)
            continue;
        CCI_TRY(cci_assignment_get(e, c, spec->id, juror, contribution, &row, error));
        const char *state = json_string_value(json_object_get(row, "state"));
        cocreate_status status = COCREATE_OK;
        if (cci_assignment_stands(row) &&
            strcmp(state, cci_assignment_words[CCI_ASSIGNMENT_DONE]) != 0)
            status = cci_assignment_put(e, c, spec->id, juror, contribution,
                                        CCI_ASSIGNMENT_DECLINED, json_object_get(row, "due"),
                                        error);
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *juror, *contribution;
    CCI_TRY(cci_json_id(event->data, "juror", &juror, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "contribution", &contribution, &CCI_ROOT, error));
    cocreate_status status = cci_state_put_by(e, event->campaign->part, CCI_KIND_CONFLICT,
                                              CCI_KEY(juror, contribution), event->data, error);
    return status == COCREATE_OK ? drop_assignments(e, event->campaign, juror, contribution, error)
                                 : status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what the juror cannot judge"},
    {"juror", "id", 0, "who, where the firm or the host declares it; default: the actor"},
    {"reason", "text", 1, "why; it stands in the log"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_conflict_declare = {
    "conflict.declare", "Declare a conflict of interest", parameters, NULL, decide, 0};

const cci_event_type cci_event_conflict_declared = {"conflict.declared", apply, NULL};
