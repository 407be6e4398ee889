/* Prizes for what is good enough only. */
#include <string.h>

#include "base/checked.h"
#include "reward/contest/prizes.h"

const char *const cci_on_vacant_names[] = {"return", "roll_down", "roll_over", NULL};

static cocreate_status read_number(const json_t *json, const char *key, cci_number *out,
                                   const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(json, key);
    cci_path at = cci_path_key(path, key);
    return value == NULL || json_is_null(value) ? COCREATE_OK
                                                : cci_number_read(value, out, &at, error);
}

cocreate_status cci_quality_parse(cocreate_scheme *scheme, const json_t *json, cci_quality *out,
                                  const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"least", "quantile", "benchmark", NULL};
    cci_path at = cci_path_key(path, "quality"), quantile_at = cci_path_key(&at, "quantile");
    const char *benchmark = NULL;
    json_t *quality;
    CCI_TRY(cci_json_get_object_opt(json, "quality", &quality, path, error));
    if (quality == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(quality, keys, &at, error));
    CCI_TRY(read_number(quality, "least", &out->least, &at, error));
    CCI_TRY(read_number(quality, "quantile", &out->quantile, &at, error));
    CCI_TRY(cci_json_id_opt(quality, "benchmark", &benchmark, &at, error));
    int has_quantile = out->quantile.den > 0;
    if (has_quantile && (out->quantile.num <= 0 ||
                         cci_number_compare(out->quantile, (cci_number){1, 1}) > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &quantile_at,
                             "not above 0 and at most 1: \"0.5\" is the median");
    if ((out->least.den > 0) + has_quantile + (benchmark != NULL) != 1)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "has not just one of \"least\", \"quantile\" and \"benchmark\"");
    if (benchmark != NULL) {
        out->benchmark = cci_arena_copy(&scheme->arena, benchmark, strlen(benchmark));
        if (out->benchmark == NULL)
            return cci_no_memory(error);
    }
    return COCREATE_OK;
}

/* ceil(q * n) of n scores stand at the quantile or below it. */
static cocreate_status quantile(cci_evaluation *e, cci_number q, const cci_stand *stands, size_t n,
                                cci_number *out, cocreate_error *error)
{
    cci_keyed *scores = cci_arena_alloc(&e->scratch, n, sizeof *scores);
    uint64_t below, rest;
    size_t count = 0;
    if (scores == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        if (stands[i].entry->metrics[CCI_METRIC_SCORE].den > 0)
            scores[count++] =
                (cci_keyed){stands[i].entry->metrics[CCI_METRIC_SCORE], stands[i].entry};
    if (count == 0)
        return COCREATE_OK;
    cci_keyed_sort(scores, count);
    int fits = cci_muldiv_u64((uint64_t)q.num, count, (uint64_t)q.den, &below, &rest);
    assert(fits);
    (void)fits;
    below += rest > 0;
    *out = scores[count - below].key;
    return COCREATE_OK;
}

static cocreate_status reach(cci_evaluation *e, const cci_rule *rule, const char *id,
                             cci_number *out, cocreate_error *error)
{
    const cci_entry *entry = cci_result_find(e->result, id);
    if (entry == NULL)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.%s: \"%s\", the benchmark of rule \"%s\", is not among them",
                        e->result->list, id, rule->id);
    *out = entry->metrics[CCI_METRIC_SCORE];
    if (out->den > 0)
        return COCREATE_OK;
    cci_entry_path path;
    cci_path at = cci_path_key(cci_result_path(e->result, entry, &path), "score");
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                         "missing, though the entry is the benchmark of rule \"%s\"", rule->id);
}

cocreate_status cci_quality_filter(cci_evaluation *e, const cci_rule *rule, const cci_quality *q,
                                   cci_stand *stands, size_t *n, cci_number *needed,
                                   cocreate_error *error)
{
    size_t kept = 0;
    *needed = q->least;
    if (q->quantile.den > 0)
        CCI_TRY(quantile(e, q->quantile, stands, *n, needed, error));
    if (q->benchmark != NULL)
        CCI_TRY(reach(e, rule, q->benchmark, needed, error));
    if (needed->den == 0) {
        *n = q->quantile.den > 0 ? 0 : *n; /* nobody has a score */
        return COCREATE_OK;
    }
    for (size_t i = 0; i < *n; i++) {
        const cci_entry *entry = stands[i].entry;
        cci_number score = entry->metrics[CCI_METRIC_SCORE];
        int is_benchmark = q->benchmark != NULL && strcmp(entry->id, q->benchmark) == 0;
        if (!is_benchmark && score.den > 0 && cci_number_compare(score, *needed) >= 0)
            stands[kept++].entry = entry;
    }
    *n = kept;
    for (size_t i = 0, next; i < kept; i = next) {
        for (next = i + 1; next < kept && stands[next].entry->level == stands[i].entry->level;)
            next++;
        for (size_t k = i; k < next; k++) {
            stands[k].place = (int64_t)i + 1;
            stands[k].tied = next - i;
        }
    }
    return COCREATE_OK;
}
