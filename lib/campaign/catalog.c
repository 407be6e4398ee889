/* The commands as a document, from the tables that check them. */
#include "campaign/engine.h"

static json_t *parameter_document(const cci_parameter *p)
{
    json_t *json = cci_json_new();
    if (!cci_json_put(json, "name", json_string(p->name)) ||
        !cci_json_put(json, "type", json_string(p->type)) ||
        !cci_json_put(json, "required", json_boolean(p->required)) ||
        !cci_json_put(json, "about", json_string(p->about))) {
        json_decref(json);
        return NULL;
    }
    return json;
}

/* "at" and "actor" belong to every command. */
static const cci_parameter implied[] = {
    {"at", "time", 1, "now: microseconds since 1970, or text as \"2009-07-26T18:18:28Z\""},
    {"actor", "id", 1, "who commands: a participant, or \"host\", the platform itself"},
    {NULL, NULL, 0, NULL}};

static json_t *command_document(const cci_command_type *type)
{
    json_t *json = cci_json_new(), *parameters = json_array();
    int made = json && parameters;
    for (const cci_parameter *p = implied; made && p->name; p++)
        made = cci_json_push(parameters, parameter_document(p));
    for (const cci_parameter *p = type->parameters; made && p->name; p++)
        made = cci_json_push(parameters, parameter_document(p));
    made &= cci_json_put(json, "parameters", parameters);
    made &= cci_json_put(json, "do", json_string(type->name));
    made &= cci_json_put(json, "title", json_string(type->title));
    if (made)
        return json;
    json_decref(json);
    return NULL;
}

cocreate_status cocreate_commands(const cocreate_allocator *allocator, cocreate_text **out,
                                  cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    json_t *list = json_array();
    cci_buffer text;
    cci_buffer_init(&text, allocator);
    int made = list != NULL;
    for (const cci_command_type *const *type = cci_command_types; made && *type; type++)
        made = cci_json_push(list, command_document(*type));
    cocreate_status status = made ? cci_json_canonical(list, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(list);
    return status;
}
