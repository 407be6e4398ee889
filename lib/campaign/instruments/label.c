/* Labels: every voter says which of the `labels` fits an option. The score of an option is the share
 * of its labels that are in `accept`; where it is above 1/2 the majority accepts it. */
#include "campaign/engine.h"
#include "campaign/instruments/instrument.h"
#include "cocreate/profile.h"

#define LABELS_MAX 60

static cocreate_status wrong(const cci_path *path, cocreate_error *error, const char *text)
{
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "%s", text);
}

static cocreate_status read_labels(const json_t *labels, const cci_path *path,
                                   cocreate_error *error)
{
    size_t n = json_array_size(labels);
    if (n < 2 || n > LABELS_MAX)
        return wrong(path, error, "expected a list of 2 to 60 texts");
    for (size_t i = 0; i < n; i++) {
        const json_t *label = json_array_get(labels, i);
        cci_path here = cci_path_at(path, i);
        if (!json_is_string(label) || json_string_length(label) == 0)
            return wrong(&here, error, "expected a text");
        if (cci_json_index(labels, json_string_value(label)) < i)
            return wrong(&here, error, "stands in the list twice");
    }
    return COCREATE_OK;
}

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    json_t *labels, *accept;
    cci_path here = cci_path_key(path, "labels"), there = cci_path_key(path, "accept");
    (void)brief;
    CCI_TRY(cci_json_get_array(json, "labels", &labels, path, error));
    CCI_TRY(read_labels(labels, &here, error));
    spec->labels = labels;
    CCI_TRY(cci_json_get_array(json, "accept", &accept, path, error));
    for (size_t i = 0; i < json_array_size(accept); i++) {
        const char *text = json_string_value(json_array_get(accept, i));
        size_t label = cci_json_index(labels, text);
        cci_path item = cci_path_at(&there, i);
        if (label >= json_array_size(labels))
            return wrong(&item, error, "is none of the labels");
        spec->accept |= UINT64_C(1) << label;
    }
    return spec->accept ? COCREATE_OK : wrong(&there, error, "expected at least one of the labels");
}

static cocreate_status check_value(const cci_round_spec *spec, size_t round, const char *option,
                                   int64_t value, cocreate_error *error)
{
    size_t n = json_array_size(spec->labels);
    if (value >= 0 && (uint64_t)value < n)
        return COCREATE_OK;
    return cci_refuse_round(error, round, "labels",
                            "the label of '%s' is number %lld, the labels are 0..%zu", option,
                            (long long)value, n - 1);
}

static int64_t evidence(const cci_round_spec *spec, int64_t value)
{
    return spec->accept >> value & 1 ? 1 : 0;
}

static const char *const members[] = {"labels", "accept", NULL};

const cci_instrument_type cci_instrument_label = {
    .name = "label",
    .leads = CCI_LEADS_VOTERS,
    .kinds = {COCREATE_BALLOT_SCORE},
    .method = "score",
    .unit = CCI_UNIT_OPTION,
    .members = members,
    .read = read,
    .check_value = check_value,
    .evidence = evidence,
    .needs_values = 1,
};
