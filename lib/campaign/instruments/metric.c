/* Runs that were measured: see rounds/runs.c. */
#include "campaign/instruments/instrument.h"

#define CHOSEN_MAX 1000

static cocreate_status read_pick(json_t *json, cci_round_spec *spec, const cci_path *path,
                                 cocreate_error *error)
{
    static const char *const picks[] = {"last", "best", "first", NULL};
    static const char *const keys[] = {"chosen", NULL};
    const json_t *pick = json_object_get(json, "pick");
    cci_path here = cci_path_key(path, "pick");
    int word = CCI_PICK_BEST;
    if (json_is_object(pick)) {
        spec->pick = CCI_PICK_CHOSEN;
        CCI_TRY(cci_brief_object(pick, keys, &here, error));
        return cci_json_i64(pick, "chosen", 1, CHOSEN_MAX, &spec->chosen_max, &here, error);
    }
    CCI_TRY(cci_brief_choice(json, "pick", picks, CCI_PICK_BEST, &word, path, error));
    spec->pick = (cci_pick)word;
    return COCREATE_OK;
}

static cocreate_status read_last_call(json_t *json, cci_round_spec *spec, const cci_path *path,
                                      cocreate_error *error)
{
    static const char *const keys[] = {"at_least", "us", NULL};
    json_t *call;
    cci_rational line;
    cci_path here = cci_path_key(path, "last_call"), at = cci_path_key(&here, "at_least");
    if (!json_object_get(json, "last_call"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_object(json, "last_call", &call, path, error));
    CCI_TRY(cci_brief_object(call, keys, &here, error));
    CCI_TRY(cci_json_string(call, "at_least", &spec->last_call_line, &here, error));
    CCI_TRY(cci_json_i64(call, "us", 1, CCI_JSON_INTEGER_MAX / 4, &spec->last_call_us, &here,
                         error));
    CCI_TRY(cci_rational_init(&line, error));
    cocreate_status status =
        cci_json_number(json_object_get(call, "at_least"), &line, &at, error);
    cci_rational_clear(&line);
    return status;
}

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    static const char *const directions[] = {"descending", "ascending", NULL};
    static const char *const missing[] = {"last", "out", NULL};
    (void)brief;
    spec->decimals = -1;
    CCI_TRY(cci_brief_choice(json, "direction", directions, 0, &spec->ascending, path, error));
    CCI_TRY(cci_json_i64_opt(json, "decimals", 0, 18, &spec->decimals, path, error));
    CCI_TRY(cci_json_bool_opt(json, "splits", &spec->splits, path, error));
    if (json_object_get(json, "missing"))
        CCI_TRY(cci_json_choice(json, "missing", missing, &spec->missing_out, path, error));
    CCI_TRY(read_pick(json, spec, path, error));
    return read_last_call(json, spec, path, error);
}

const cci_instrument_type cci_instrument_metric = {
    .name = "metric",
    .leads = 1u << CCI_LEAD_METRIC,
    .read = read,
};
