#include "campaign/commands/contribution.h"

#include <string.h>

#include "campaign/graph/kinds.h"
#include "campaign/milestones/milestones.h"
#include "campaign/limits/categories.h"
#include "campaign/rights/rights.h"
#include "campaign/rounds/drop.h"
#include "campaign/tasks/tasks.h"

cocreate_status cci_contribution_find(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                                      cocreate_error *error)
{
    json_t *found;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &found, error));
    if (!found)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "campaign '%s' has no contribution '%s'", c->id, id);
    *row = found;
    return COCREATE_OK;
}

cocreate_status cci_contribution_named(cci_engine *e, const cci_command *command, const char **id,
                                       json_t **row, cocreate_error *error)
{
    CCI_TRY(cci_json_id(command->body, "contribution", id, &CCI_ROOT, error));
    return cci_contribution_find(e, command->campaign, *id, row, error);
}

const char *cci_contribution_state(const json_t *row)
{
    const char *state = json_string_value(json_object_get(row, "state"));
    return state ? state : "";
}

int cci_contribution_is(const json_t *row, const char *state)
{
    return strcmp(cci_contribution_state(row), state) == 0;
}

int64_t cci_contribution_since(const json_t *row)
{
    const json_t *published = json_object_get(row, "published_at");
    return json_integer_value(published ? published : json_object_get(row, "at"));
}

int cci_contribution_by(const json_t *row, const char *participant)
{
    const json_t *authors = json_object_get(row, "authors");
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const char *author = json_string_value(
            json_object_get(json_array_get(authors, i), "participant"));
        if (author && strcmp(author, participant) == 0)
            return 1;
    }
    return 0;
}

cocreate_status cci_contribution_owned(const cci_command *command, const char *id,
                                       const json_t *row, cocreate_error *error)
{
    if (strcmp(command->actor, CCI_HOST) == 0 || cci_contribution_by(row, command->actor))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is no author of contribution '%s'",
                    command->actor, id);
}

cocreate_status cci_contribution_of(cci_engine *e, const cci_event *event, const char **id,
                                    json_t **row, cocreate_error *error)
{
    CCI_TRY(cci_json_id(event->data, "contribution", id, &CCI_ROOT, error));
    json_t *found;
    CCI_TRY(cci_state_get(e, event->campaign->part, CCI_KIND_CONTRIBUTION, *id, &found, error));
    if (!found)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "event %llu is about no contribution",
                        (unsigned long long)event->seq);
    *row = found;
    return COCREATE_OK;
}

static int add(json_t *counts, const char *key, int64_t by)
{
    int64_t value = json_integer_value(json_object_get(counts, key)) + by;
    return cci_json_put(counts, key, json_integer(value));
}

/* The counts of one kind, {} at first; NULL when memory is short. Borrowed. */
static json_t *counts_of(cci_campaign *c, const char *kind)
{
    json_t *kinds = json_object_get(c->doc, "kinds");
    if (!kinds && cci_json_put(c->doc, "kinds", cci_json_new()))
        kinds = json_object_get(c->doc, "kinds");
    json_t *counts = json_object_get(kinds, kind);
    if (kinds && !counts && cci_json_put(kinds, kind, cci_json_new()))
        counts = json_object_get(kinds, kind);
    return counts;
}

cocreate_status cci_count(cci_campaign *c, const json_t *row, const char *key, int64_t by,
                          cocreate_error *error)
{
    const char *kind = json_string_value(json_object_get(row, "kind"));
    int made = add(json_object_get(c->doc, "counts"), key, by);
    if (made && kind)
        made = add(counts_of(c, kind), key, by);
    return made ? COCREATE_OK : cci_no_memory(error);
}

int cci_contribution_unpublished(const json_t *row)
{
    const char *state = cci_contribution_state(row);
    return strcmp(state, "submitted") == 0 || strcmp(state, "declined") == 0 ||
           json_is_true(json_object_get(row, "unpublished"));
}

json_t *cci_contribution_ending(const char *id, const json_t *row)
{
    json_t *data = cci_json_new();
    if (cci_json_put(data, "contribution", json_string(id)) &&
        (!cci_contribution_unpublished(row) || cci_json_put(data, "unpublished", json_true())))
        return data;
    json_decref(data);
    return NULL;
}

/* What returns from its end, by an appeal, is looked at as it is then. */
static int note_sight(json_t *row, const cci_event *event, const char *state)
{
    if (!cci_state_ended(state))
        json_object_del(row, "unpublished");
    return !json_is_true(json_object_get(event->data, "unpublished")) ||
           cci_json_put(row, "unpublished", json_true());
}

static cocreate_status fill_row(json_t *row, const cci_event *event, const char *state,
                                cocreate_error *error)
{
    json_t *reason = json_object_get(event->data, "reason");
    json_object_del(row, "reason");
    int made = note_sight(row, event, state) && cci_json_put(row, "state", json_string(state)) &&
               cci_json_put(row, "changed_at", json_integer(event->at)) &&
               cci_json_put(row, "by", json_string(event->actor)) &&
               (!reason || cci_json_put(row, "reason", json_incref(reason)));
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_contribution_move(cci_engine *e, const cci_event *event, const char *id,
                                      json_t *row, const char *state, cocreate_error *error)
{
    cci_campaign *c = event->campaign;
    int was = !cci_state_ended(cci_contribution_state(row)), is = !cci_state_ended(state);
    cocreate_status status =
        cci_count(c, row, cci_state_count(cci_contribution_state(row)), -1, error);
    if (status == COCREATE_OK)
        status = cci_count(c, row, cci_state_count(state), 1, error);
    if (status == COCREATE_OK)
        status = fill_row(row, event, state, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, c->part, CCI_KIND_CONTRIBUTION, id, row, error);
    if (status == COCREATE_OK && was != is)
        status = cci_category_count(e, c, row, is - was, error);
    json_decref(row);
    if (status == COCREATE_OK && cci_state_ended(state))
        status = cci_right_release(e, event, id, error);
    if (status == COCREATE_OK && cci_state_ended(state))
        status = cci_milestones_stop(e, event, id, error);
    if (status == COCREATE_OK && cci_state_ended(state))
        status = cci_drop_stop(e, event, id, error);
    if (status == COCREATE_OK && cci_state_ended(state))
        status = cci_tasks_stop(e, event, id, error);
    return status == COCREATE_OK ? cci_campaign_put(e, c, error) : status;
}

cocreate_status cci_require_contributor(const cci_campaign *c, const char *participant,
                                        const char *side, cocreate_error *error)
{
    if (cci_side_bit(side) & c->brief.contributors)
        return COCREATE_OK;
    return cci_refuse(error, "$.contributors", "'%s' is on the %s side, which does not contribute",
                      participant, side);
}
