/* Attributes of participants: public facts that predicates ask for. */

#include "base/text.h"
#include "campaign/people/people.h"

#define ATTRIBUTES_MAX 100
#define TEXT_MAX 200

cocreate_status cci_attributes_check(const json_t *attributes, const cci_path *path,
                                     cocreate_error *error)
{
    const char *key;
    json_t *value;
    size_t n = json_object_size(attributes);
    if (n > ATTRIBUTES_MAX)
        return cci_json_fail(error, COCREATE_ERR_LIMIT, path, "%zu attributes, more than %d", n,
                             ATTRIBUTES_MAX);
    json_object_foreach((json_t *)(uintptr_t)attributes, key, value)
    {
        cci_path here = cci_path_key(path, key);
        CCI_TRY(cci_id_check(key, "attribute", error));
        if (!json_is_integer(value) && !json_is_boolean(value) && !json_is_string(value))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "expected an integer, a text or a boolean; decimals are texts, as "
                                 "\"0.25\"");
        if (json_string_length(value) > TEXT_MAX)
            return cci_json_fail(error, COCREATE_ERR_LIMIT, &here,
                                 "expected at most %d bytes, got %zu", TEXT_MAX,
                                 json_string_length(value));
    }
    return COCREATE_OK;
}

cocreate_status cci_attributes_get(cci_engine *e, const char *participant, json_t **out,
                                   cocreate_error *error)
{
    return cci_state_get(e, 0, CCI_KIND_ATTRIBUTES, participant, out, error);
}

cocreate_status cci_participant_get(cci_engine *e, const char *participant, json_t **row,
                                    cocreate_error *error)
{
    json_t *found;
    CCI_TRY(cci_state_get(e, 0, CCI_KIND_PARTICIPANT, participant, &found, error));
    if (!found)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no participant '%s'", participant);
    *row = found;
    return COCREATE_OK;
}
