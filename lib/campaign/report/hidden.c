/* Refusals do not tell what an actor may not see: a command that names a hidden contribution is answered
 * as if there were none of that id. */
#include "campaign/report/hidden.h"

#include <string.h>

#include "campaign/report/viewer.h"

#define NAMED_MAX 8

typedef struct named {
    const char *ids[NAMED_MAX + 1]; /* NULL-ended */
    size_t n;
} named;

/* Ballots name candidates, which whoever may vote has to know; and whom the brief gives what else the firm
 * does has to know what it is done to. */
static int is_concerned(const cci_engine *e, const cci_command_type *type, const cci_command *command)
{
    const cci_campaign *c = command->campaign;
    if (c && type->sides && json_object_get(json_object_get(c->brief.json, "roles"), type->name))
        return 0;
    return c && !e->verifying && strcmp(command->actor, CCI_HOST) != 0 &&
           strncmp(command->name, "ballot.", 7) != 0 && strncmp(command->name, "task.", 5) != 0 &&
           (c->brief.visibility.contributions != CCI_SEEN_BY_ALL || c->brief.pre_moderation);
}

/* The contributions that the command names, that exist, and that its actor may not see. */
static cocreate_status find_hidden(cci_engine *e, const cci_command *command, named *out,
                                   cocreate_error *error)
{
    const char *const *members = cci_naming_members;
    cci_viewer v;
    CCI_TRY(cci_viewer_read(e, command->campaign, command->actor, command->at, &v, error));
    for (size_t i = 0; members[i] && !v.firm; i++) {
        int hides;
        CCI_TRY(cci_viewer_hides(e, &v, command->body, members[i], &hides, error));
        if (hides)
            out->ids[out->n++] = json_string_value(json_object_get(command->body, members[i]));
    }
    return COCREATE_OK;
}

cocreate_status cci_hidden_refuse(cci_engine *e, const cci_command_type *type, const cci_command *command,
                                  cocreate_error *error)
{
    named hidden = {.n = 0};
    if (!is_concerned(e, type, command))
        return COCREATE_OK;
    CCI_TRY(find_hidden(e, command, &hidden, error));
    if (hidden.n == 0)
        return COCREATE_OK;
    cci_decision decision = {0};
    cci_buffer_init(&decision.payload, &e->allocator);
    e->hidden = hidden.ids;
    e->hidden_part = command->campaign->part;
    cocreate_status status = type->decide(e, command, &decision, error);
    e->hidden = NULL;
    cci_decision_free(&decision);
    return status;
}
