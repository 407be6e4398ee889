/* Every instrument, one a line, and what belongs to which. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"

#define CCI_INSTRUMENTS(X) \
    X(decision) \
    X(approve) \
    X(rank) \
    X(score) \
    X(points) \
    X(metric) \
    X(up) \
    X(updown) \
    X(choice) \
    X(pair) \
    X(quadratic) \
    X(budget) \
    X(pledge) \
    X(label) \
    X(survey) \
    X(lot)

#define DECLARE(name) extern const cci_instrument_type cci_instrument_##name;
CCI_INSTRUMENTS(DECLARE)

#define LIST(name) &cci_instrument_##name,
const cci_instrument_type *const cci_instrument_types[] = {CCI_INSTRUMENTS(LIST) NULL};

const cci_instrument_type *cci_instrument_find(const char *name)
{
    for (const cci_instrument_type *const *type = cci_instrument_types; *type; type++)
        if (strcmp((*type)->name, name) == 0)
            return *type;
    return NULL;
}

static int owns(const cci_instrument_type *type, const char *member)
{
    for (const char *const *key = type->members; key && *key; key++)
        if (strcmp(*key, member) == 0)
            return 1;
    return 0;
}

/* "instrument 'score'", "instruments 'score', 'label'" */
static cocreate_status refuse_member(const char *member, const cci_path *path,
                                     cocreate_error *error)
{
    char names[120];
    size_t used = 0, n = 0;
    cci_path here = cci_path_key(path, member);
    for (const cci_instrument_type *const *type = cci_instrument_types; *type; type++)
        if (owns(*type, member) && used + strlen((*type)->name) + 5 < sizeof names)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s'%s'",
                                     n++ ? ", " : "", (*type)->name);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "is only for instrument%s %s",
                         cci_plural((int64_t)n), names);
}

cocreate_status cci_instrument_members(const cci_instrument_type *type, const json_t *json,
                                       const cci_path *path, cocreate_error *error)
{
    for (const cci_instrument_type *const *other = cci_instrument_types; *other; other++)
        for (const char *const *key = (*other)->members; key && *key; key++)
            if (json_object_get(json, *key) && !owns(type, *key))
                return refuse_member(*key, path, error);
    return COCREATE_OK;
}

cocreate_status cci_instrument_options(json_t *json, json_t *options, int made, cocreate_error *error)
{
    if (!made || json_object_get(json, "method") || json_object_get(json, "options")) {
        json_decref(options);
        return made ? COCREATE_OK : cci_no_memory(error);
    }
    return cci_json_put(json, "options", options) ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_ballot_sum(const cci_ballot_in *ballot, const char *what, int64_t *out,
                               cocreate_error *error)
{
    int64_t sum = 0;
    for (size_t i = 0; i < ballot->n; i++)
        if (!cci_add_i64(sum, ballot->values[i], &sum))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i, "the %s sum is too large", what);
    *out = sum;
    return COCREATE_OK;
}
