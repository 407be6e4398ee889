/* What a brief says about people: who is eligible, and which commands need which role. */
#include <string.h>

#include "campaign/brief_read.h"
#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"
#include "campaign/registry.h"

/* {"contribute": P, "vote": P, "comment": P} */
static cocreate_status read_eligibility(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"contribute", "vote", "comment", NULL};
    json_t *json;
    cci_path path = cci_path_key(&CCI_ROOT, "eligibility");
    CCI_TRY(cci_json_get_object_opt(b->json, "eligibility", &json, &CCI_ROOT, error));
    if (!json)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    for (const char *const *key = keys; *key; key++) {
        const json_t *predicate = json_object_get(json, *key);
        cci_path here = cci_path_key(&path, *key);
        if (predicate)
            CCI_TRY(cci_predicate_check(predicate, &here, error));
    }
    return COCREATE_OK;
}

/* A command that names a campaign, whose doors a brief may give to roles. */
static cocreate_status check_command(const char *name, const cci_path *path,
                                     cocreate_error *error)
{
    const cci_command_type *type = cci_command_find(name);
    if (!type)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "there is no such command");
    if (strcmp(name, "ballot.cast") == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "who votes is said by the electorate of a round, as [\"role\", "
                             "\"voter\"]");
    for (const cci_parameter *p = type->parameters; p->name && !type->creates; p++)
        if (strcmp(p->name, "campaign") == 0 && p->required)
            return COCREATE_OK;
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "is no command about one campaign");
}

/* {"contribution.screen": ["moderator"]} */
static cocreate_status read_roles(cci_brief *b, cocreate_error *error)
{
    json_t *json, *list;
    const char *command;
    unsigned bits;
    cci_path path = cci_path_key(&CCI_ROOT, "roles");
    CCI_TRY(cci_json_get_object_opt(b->json, "roles", &json, &CCI_ROOT, error));
    json_object_foreach(json, command, list)
    {
        cci_path here = cci_path_key(&path, command);
        CCI_TRY(check_command(command, &here, error));
        CCI_TRY(cci_brief_words(json, command, cci_role_words, 0, &bits, &path, error));
        if (bits == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "somebody must be allowed");
    }
    return COCREATE_OK;
}

/* {"merge_for_us": so long from publication} */
static cocreate_status read_teams(cci_brief *b, cocreate_error *error)
{
    static const char *const keys[] = {"merge_for_us", NULL};
    json_t *json;
    int64_t length;
    cci_path path = cci_path_key(&CCI_ROOT, "teams");
    CCI_TRY(cci_json_get_object_opt(b->json, "teams", &json, &CCI_ROOT, error));
    if (!json)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(json, keys, &path, error));
    return cci_json_i64(json, "merge_for_us", 1, CCI_JSON_INTEGER_MAX / 4, &length, &path, error);
}

cocreate_status cci_brief_people(cci_brief *b, cocreate_error *error)
{
    CCI_TRY(read_eligibility(b, error));
    CCI_TRY(read_teams(b, error));
    return read_roles(b, error);
}
