/* What the data of an event must have because its apply takes it as given: nobody but a decide of this
 * library writes it. A log that somebody else wrote is looked at here, before it is replayed. Members that
 * apply reads with a reader of its own, which fails by itself, need no line. */
#include <string.h>

#include "campaign/verify/verify.h"

typedef struct shape {
    const char *type, *member;
    json_type is;
    const char *of; /* elements are objects with this text; "": texts; NULL: anything */
} shape;

static const shape shapes[] = {
    {"team.formed", "captain", JSON_STRING, NULL},
    {"team.formed", "members", JSON_ARRAY, "participant"},
    {"team.joined", "members", JSON_ARRAY, "participant"},
    {"team.left", "members", JSON_ARRAY, "participant"},
    {"team.merged", "members", JSON_ARRAY, "participant"},
    {"contribution.revised", "revision", JSON_INTEGER, NULL},
    {"campaign.paused", "reason", JSON_STRING, NULL},
    {"round.opened", "candidates", JSON_ARRAY, ""},
    {"round.revealed", "seed", JSON_STRING, NULL},
    {"round.failed", "reason", JSON_STRING, NULL},
    {"round.annulled", "reason", JSON_STRING, NULL},
    {"right.revoked", "reason", JSON_STRING, NULL},
    {"run.recorded", "submitted_at", JSON_INTEGER, NULL},
    {"ballot.cast", "ballot", JSON_OBJECT, NULL},
    {"milestone.reached", "count", JSON_INTEGER, NULL},
    {"payee.verified", "participant", JSON_STRING, NULL},
    {"payee.verified", "facts", JSON_OBJECT, NULL},
    {"awards.adjusted", "revision", JSON_INTEGER, NULL},
    {"awards.adjusted", "struck", JSON_OBJECT, NULL},
    {"reward.evaluated", "digest", JSON_STRING, NULL},
};

static cocreate_status check_elements(const shape *s, const json_t *list, const cci_path *path,
                                      cocreate_error *error)
{
    const char *text;
    for (size_t i = 0; s->of && i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        const cci_path here = cci_path_at(path, i);
        if (s->of[0])
            CCI_TRY(cci_json_string(element, s->of, &text, &here, error));
        else if (!json_is_string(element))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "must be a text");
    }
    return COCREATE_OK;
}

static cocreate_status check_member(const shape *s, const json_t *data, const cci_path *path,
                                    cocreate_error *error)
{
    const char *text;
    int64_t number;
    json_t *value = NULL;
    const cci_path here = cci_path_key(path, s->member);
    if (s->is == JSON_STRING)
        return cci_json_string(data, s->member, &text, path, error);
    if (s->is == JSON_INTEGER)
        return cci_json_i64(data, s->member, INT64_MIN, INT64_MAX, &number, path, error);
    if (s->is == JSON_OBJECT)
        return cci_json_get_object(data, s->member, &value, path, error);
    CCI_TRY(cci_json_get_array(data, s->member, &value, path, error));
    return check_elements(s, value, &here, error);
}

cocreate_status cci_shape_check(const cci_event *event, cocreate_error *error)
{
    const cci_path root = CCI_ROOT, path = cci_path_key(&root, "data");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].type, event->type) == 0)
            CCI_TRY(check_member(&shapes[i], event->data, &path, error));
    return COCREATE_OK;
}
