/* {"do":"campaign.create"}: a campaign begins as the draft of a brief. */
#include <string.h>

#include "campaign/cache.h"
#include "campaign/commands.h"
#include "presets/presets.h"

#define NAMES_MAX 200 /* among which the nearest is looked for */

static cocreate_status no_preset(const char *name, cocreate_error *error)
{
    const char *names[NAMES_MAX + 1] = {NULL};
    for (size_t i = 0; cci_presets[i] && i < NAMES_MAX; i++)
        names[i] = cci_presets[i]->name;
    const char *nearest = cci_nearest(name, names);
    if (nearest)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                        "$.preset: no preset '%.60s'; did you mean '%s'?", name, nearest);
    return cci_fail(error, COCREATE_ERR_NOT_FOUND,
                    "$.preset: no preset '%.60s'; there are %zu, from %s on", name,
                    cocreate_preset_count(), names[0]);
}

/* A preset with members put in place of its own. */
static cocreate_status read_preset(const char *name, json_t *override, json_t **out,
                                   cocreate_error *error)
{
    const cci_preset *preset = cci_preset_find(name);
    if (!preset)
        return no_preset(name, error);
    json_t *brief;
    CCI_TRY(cci_json_parse_canonical(preset->brief, strlen(preset->brief), &brief, error));
    if (override && json_object_update(brief, override) != 0) {
        json_decref(brief);
        return cci_no_memory(error);
    }
    *out = brief;
    return COCREATE_OK;
}

/* The brief that a command carries or names, as it was written. */
static cocreate_status read_source(const json_t *body, json_t **out, cocreate_error *error)
{
    json_t *brief = NULL, *override = NULL;
    const char *preset = NULL;
    CCI_TRY(cci_json_get_object_opt(body, "brief", &brief, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object_opt(body, "override", &override, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(body, "preset", &preset, &CCI_ROOT, error));
    if (!brief == !preset)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$: a campaign is created from either a 'brief' or a 'preset'");
    if (brief && override)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.override: is only for a preset");
    if (preset)
        return read_preset(preset, override, out, error);
    *out = json_incref(brief);
    return COCREATE_OK;
}

/* The same id again: EXISTS for the same brief, else CONFLICT naming the first member. */
static cocreate_status compare(const cci_campaign *c, const cci_brief *brief,
                               cci_decision *decision, cocreate_error *error)
{
    const char *key, *original = json_string_value(json_object_get(c->doc, "original"));
    char digest[CCI_DIGEST_TEXT];
    json_t *value;
    if (original) { /* it was amended since */
        CCI_TRY(cci_brief_digest(brief, digest, error));
        decision->exists = strcmp(digest, original) == 0;
        if (decision->exists)
            return COCREATE_OK;
    }
    json_object_foreach(brief->json, key, value)
    {
        if (!json_equal(value, json_object_get(c->brief.json, key)))
            return cci_fail(error, COCREATE_ERR_CONFLICT,
                            "campaign '%s' exists with another '%s' in its brief", c->id, key);
    }
    decision->exists = 1;
    return COCREATE_OK;
}

/* The path in a brief as the sender of the command sees it. */
static cocreate_status refuse_brief(cocreate_error *error, cocreate_status status,
                                    const json_t *body)
{
    const char *preset = json_string_value(json_object_get(body, "preset"));
    if (!error || status == COCREATE_ERR_MEMORY)
        return status;
    if (preset)
        return cci_fail(error, status, "preset '%.60s' as overridden: %s", preset, error->text);
    return cci_fail(error, status, "$.brief%s", error->text + (error->text[0] == '$'));
}

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    const char *id;
    json_t *source;
    cci_brief brief;
    CCI_TRY(cci_json_id(command->body, "campaign", &id, &CCI_ROOT, error));
    CCI_TRY(read_source(command->body, &source, error));
    cocreate_status status = cci_brief_parse(&e->allocator, source, &brief, error);
    json_decref(source);
    if (status != COCREATE_OK)
        return refuse_brief(error, status, command->body);
    if (command->campaign) {
        status = compare(command->campaign, &brief, decision, error);
        cci_brief_free(&brief);
        return status;
    }
    status = cci_brief_sense(&brief, error);
    if (status != COCREATE_OK) {
        cci_brief_free(&brief);
        return refuse_brief(error, status, command->body);
    }
    json_t *data = cci_json_new();
    int made = cci_json_put(data, "campaign", json_string(id)) &&
               cci_json_put(data, "brief", json_incref(brief.json));
    cci_brief_free(&brief);
    if (!made) {
        json_decref(data);
        return cci_no_memory(error);
    }
    return cci_decide(decision, "campaign.created", NULL, data, error);
}

static json_t *first_counts(void)
{
    static const char *const counts[] = {"created", "live", "declined", "withdrawn", "removed"};
    json_t *object = cci_json_new();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (!cci_json_put(object, counts[i], json_integer(0))) {
            json_decref(object);
            return NULL;
        }
    return object;
}

static cocreate_status apply(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    const char *id;
    json_t *brief;
    int64_t number;
    cci_campaign *there;
    CCI_TRY(cci_json_id(event->data, "campaign", &id, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object(event->data, "brief", &brief, &CCI_ROOT, error));
    CCI_TRY(cci_campaign_find(e, id, &there, error));
    if (there)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "campaign '%s' is created a second time", id);
    CCI_TRY(e->store->backend->allocate(e->store->self, "campaign", &number, error));
    json_t *doc = cci_json_new();
    int made = cci_json_put(doc, "part", json_integer(number << 12)) &&
               cci_json_put(doc, "brief", json_incref(brief)) &&
               cci_json_put(doc, "state", json_string("draft")) &&
               cci_json_put(doc, "created_at", json_integer(event->at)) &&
               cci_json_put(doc, "created_by", json_string(event->actor)) &&
               cci_json_put(doc, "counts", first_counts());
    cocreate_status status = made ? cci_state_put(e, 0, CCI_KIND_CAMPAIGN, id, doc, error)
                                  : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static const cci_parameter parameters[] = {
    {"campaign", "id", 1, "of the new campaign"},
    {"brief", "object", 0, "the brief, schema cocreate.brief/1"},
    {"preset", "text", 0, "or the name of a preset"},
    {"override", "object", 0, "members put in place of those of the preset"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_campaign_create = {
    "campaign.create", "Create a campaign from a brief or a preset", parameters, cci_firm_alone, decide, 1};

const cci_event_type cci_event_campaign_created = {"campaign.created", apply, NULL};
