/* "lease" and "retire" of a round: how items are handed out, and when enough is known of one. */

#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "campaign/tasks/tasks.h"

#define PER_ITEM_MAX 200 /* answers stand in the row of their item, and are compared with each other */
#define RULES_MAX 20

/* A rule being read. */
typedef struct rule_reader {
    const cci_round_spec *spec;
    json_t *json;
    const cci_path *path;
    cocreate_error *error;
} rule_reader;

static cocreate_status wrong(const rule_reader *r, const char *key, const char *text)
{
    cci_path here = cci_path_key(r->path, key);
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here, "%s", text);
}

/* How many answers a rule asks for; where none is ever extra, no more than an item can have. */
static cocreate_status read_number(const rule_reader *r, const char *key)
{
    int64_t n = 0;
    CCI_TRY(cci_json_i64(r->json, key, 1, PER_ITEM_MAX, &n, r->path, r->error));
    cci_path here = cci_path_key(r->path, key);
    if (r->spec->lease_us == 0 || r->spec->lease_extra || n <= r->spec->lease_per_item)
        return COCREATE_OK;
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, &here,
                         "is never met: an item has at most %lld answers ('per_item' of 'lease')",
                         (long long)r->spec->lease_per_item);
}

/* Is it an answer that people can give? */
static cocreate_status read_label(const rule_reader *r)
{
    const cci_instrument_type *type = r->spec->instrument;
    int64_t value = 0;
    cci_path here = cci_path_key(r->path, "label");
    const json_t *label = json_object_get(r->json, "label");
    if (!label)
        return wrong(r, "label", "expected an answer");
    CCI_TRY(cci_ballot_value(r->spec, label, &here, &value, r->error));
    cocreate_status status = COCREATE_OK;
    if (type->one)
        status = value == 1 ? COCREATE_OK : COCREATE_ERR_ARGUMENT;
    else
        status = type->check_value(r->spec, 0, "", value, NULL);
    return status == COCREATE_OK ? status : wrong(r, "label", "is no answer that this round takes");
}

static cocreate_status read_agree(const rule_reader *r)
{
    static const char *const keys[] = {"agree", "prefix", "label", NULL};
    int prefix = 0;
    CCI_TRY(cci_brief_object(r->json, keys, r->path, r->error));
    CCI_TRY(read_number(r, "agree"));
    CCI_TRY(cci_json_bool_opt(r->json, "prefix", &prefix, r->path, r->error));
    if (!json_object_get(r->json, "label"))
        return COCREATE_OK;
    return prefix ? read_label(r)
                  : wrong(r, "label",
                          "goes with \"prefix\": true; without it say {\"label\": L, \"count\": N}");
}

static cocreate_status read_rule(const rule_reader *r, int *bounds)
{
    static const char *const total[] = {"total", NULL};
    static const char *const count[] = {"label", "count", NULL};
    if (json_object_get(r->json, "total")) {
        *bounds = 1;
        CCI_TRY(cci_brief_object(r->json, total, r->path, r->error));
        return read_number(r, "total");
    }
    if (json_object_get(r->json, "agree"))
        return read_agree(r);
    if (!json_object_get(r->json, "count"))
        return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, r->path,
                             "expected {\"agree\": N}, {\"label\": L, \"count\": N} or {\"total\": N}");
    CCI_TRY(cci_brief_object(r->json, count, r->path, r->error));
    CCI_TRY(read_number(r, "count"));
    return read_label(r);
}

static cocreate_status read_retire(const json_t *json, cci_round_spec *spec, const cci_path *path,
                                   int *bounds, cocreate_error *error)
{
    json_t *list;
    cci_path here = cci_path_key(path, "retire");
    if (!json_object_get(json, "retire"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_array(json, "retire", &list, path, error));
    size_t n = json_array_size(list);
    if (n < 1 || n > RULES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected a list of 1 to %d rules",
                             RULES_MAX);
    for (size_t i = 0; i < n; i++) {
        cci_path item = cci_path_at(&here, i);
        rule_reader r = {spec, json_array_get(list, i), &item, error};
        CCI_TRY(cci_json_object(r.json, &item, error));
        CCI_TRY(read_rule(&r, bounds));
    }
    spec->retire = list;
    return COCREATE_OK;
}

static cocreate_status read_lease(const json_t *json, cci_round_spec *spec, const cci_path *path,
                                  cocreate_error *error)
{
    static const char *const keys[] = {"for_us", "per_item", "extra", NULL};
    static const char *const words[] = {"refuse", "count", NULL};
    json_t *lease;
    cci_path here = cci_path_key(path, "lease");
    if (!json_object_get(json, "lease"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_object(json, "lease", &lease, path, error));
    CCI_TRY(cci_brief_object(lease, keys, &here, error));
    CCI_TRY(cci_json_i64(lease, "for_us", 1, CCI_JSON_INTEGER_MAX / 4, &spec->lease_us, &here, error));
    CCI_TRY(cci_json_i64(lease, "per_item", 1, PER_ITEM_MAX, &spec->lease_per_item, &here, error));
    return cci_brief_choice(lease, "extra", words, 0, &spec->lease_extra, &here, error);
}

/* What would hand out items in another way, or take them away without a word. */
static cocreate_status refuse_others(const json_t *json, const cci_round_spec *spec, const char *key,
                                     const cci_path *path, cocreate_error *error)
{
    static const char *const others[][2] = {
        {"assignment", "gives entries to jurors"},
        {"every_us", "judges entries by periods"},
        {"cuts", "judges entries by periods"},
        {"per_entry_us", "takes votes on an entry for a time of its own"},
        {"replaces", "goes on with the entries of another round"},
        {"hold", "holds money for entries"}};
    cci_path here = cci_path_key(path, key);
    if (spec->unit != CCI_UNIT_OPTION)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is for rounds where each ballot speaks of one entry: \"each\": true");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (json_object_get(json, others[i][0]))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "excludes '%s', which %s", others[i][0],
                                 others[i][1]);
    return spec->rolling && spec->from_round
               ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                               "excludes what another round feeds by periods")
               : COCREATE_OK;
}

cocreate_status cci_tasks_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error)
{
    const char *key = json_object_get(json, "lease")    ? "lease"
                      : json_object_get(json, "retire") ? "retire"
                                                        : NULL;
    int bounds = 0;
    if (!key)
        return COCREATE_OK;
    CCI_TRY(refuse_others(json, spec, key, path, error));
    CCI_TRY(read_lease(json, spec, path, error));
    CCI_TRY(read_retire(json, spec, path, &bounds, error));
    cci_path here = cci_path_key(path, key);
    if (!bounds && (spec->lease_us == 0 || spec->lease_extra))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "no number bounds the answers of an item: add the rule {\"total\": N} to "
                             "'retire'%s",
                             spec->lease_us ? ", or refuse what is extra" : "");
    spec->counted |= CCI_COUNTED_TASK;
    return COCREATE_OK;
}
