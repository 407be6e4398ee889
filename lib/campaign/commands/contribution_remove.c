/* {"do":"contribution.remove"}: the firm takes a contribution down; a tombstone stays.
 *
 * The tombstone keeps id, authors, reason, time, and the digest of the content. */
#include <string.h>

#include "campaign/care/care.h"
#include "campaign/commands.h"
#include "campaign/commands/contribution.h"

static cocreate_status check(const cci_campaign *c, const char *id, const json_t *row, const char *reason,
                             cci_decision *decision, cocreate_error *error)
{
    const char *state = cci_contribution_state(row);
    if (strcmp(state, "removed") == 0) {
        const char *before = json_string_value(json_object_get(row, "reason"));
        if (!before || strcmp(before, reason) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "contribution '%s' was removed with another 'reason'", id);
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (strcmp(state, "selected") == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' is selected: contribution.forfeit takes its place away first", id);
    return cci_reason_check(c, reason, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id, *reason;
    json_t *row;
    CCI_TRY(cci_json_string(command->body, "reason", &reason, &CCI_ROOT, error));
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = check(command->campaign, id, row, reason, decision, error);
    json_t *data =
        status == COCREATE_OK && !decision->exists ? cci_contribution_ending(id, row) : NULL;
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    if (!cci_json_put(data, "reason", json_string(reason))) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "contribution.removed", command->campaign, data, error);
}

static const char *const content[] = {"title", "fields", "original", "terms", "cost", "category"};
#define N_CONTENT (sizeof content / sizeof *content)

/* Where an appeal may bring it back, the row keeps what nobody is shown. */
static int keep(json_t *row)
{
    json_t *kept = cci_json_new();
    int made = cci_json_put(kept, "state", json_incref(json_object_get(row, "state")));
    for (size_t i = 0; made && i < N_CONTENT; i++) {
        json_t *value = json_object_get(row, content[i]);
        made = !value || cci_json_put(kept, content[i], json_incref(value));
    }
    return cci_json_put(row, "kept", kept) && made;
}

/* What it was removed by, for its tombstone. */
static int note_rule(json_t *row, const cci_event *event)
{
    json_t *flag = json_object_get(event->data, "flag");
    return (!event->campaign->brief.reasons ||
            cci_json_put(row, "rule", json_string("$.moderation.reasons"))) &&
           (!flag || cci_json_put(row, "flag", json_incref(flag)));
}

/* Leave the tombstone: the content goes, its digest stays. */
static cocreate_status bury(cci_engine *e, json_t *row, cocreate_error *error)
{
    json_t *submitted = cci_json_copy(row), *original = json_object_get(row, "original");
    char digest[CCI_DIGEST_TEXT];
    int made = submitted != NULL;
    for (size_t i = 0; made && original && i < 2; i++) { /* what a revision replaced */
        json_t *value = json_object_get(original, content[i]);
        json_object_del(submitted, content[i]);
        made = !value || cci_json_put(submitted, content[i], json_incref(value));
    }
    cocreate_status status =
        made ? cci_contribution_digest(e, submitted, digest, error) : cci_no_memory(error);
    json_decref(submitted);
    CCI_TRY(status);
    for (size_t i = 0; i < N_CONTENT; i++)
        json_object_del(row, content[i]);
    return cci_json_put(row, "content", json_string(digest)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *row;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    int made = (event->campaign->brief.appeal_us == 0 || keep(row)) && note_rule(row, event);
    cocreate_status status = made ? bury(e, row, error) : cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(row);
        return status;
    }
    return cci_contribution_move(e, event, id, row, "removed", error);
}

static const cci_parameter parameters[] = {{"campaign", "id", 1, "the campaign"},
                                           {"contribution", "id", 1, "what is removed"},
                                           {"reason", "text", 1, "why, for everybody to read"},
                                           {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_contribution_remove = {
    "contribution.remove",
    "Take a contribution down; id, authors and the reason stay",
    parameters,
    cci_firm_alone,
    decide,
    0};

const cci_event_type cci_event_contribution_removed = {"contribution.removed", apply, NULL};
