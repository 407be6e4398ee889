/* A draw: all candidates in the order of their lots (cc-tie/1), the first of them the winners, the
 * next the alternates. */
#include <string.h>

#include "base/text.h"
#include "campaign/rounds/tally.h"

static cocreate_status result_of(const cci_round_spec *spec, const char *const *ids,
                                 const uint32_t *order, size_t n, json_t **out,
                                 cocreate_error *error)
{
    json_t *result = cci_json_new(), *places = json_array(), *winners = json_array();
    json_t *alternates = json_array();
    int ok = result && places && winners && alternates;
    for (size_t i = 0; ok && i < n; i++) {
        const char *id = ids[order[i]];
        ok = cci_place_put(places, id, i + 1, i + 1);
        if (ok && i < (uint64_t)spec->draw_winners)
            ok = cci_json_push(winners, json_string(id));
        else if (ok && i < (uint64_t)(spec->draw_winners + spec->draw_alternates))
            ok = cci_json_push(alternates, json_string(id));
    }
    ok = ok && cci_json_put(result, "method", json_string("lot")) &&
         cci_json_put(result, "places", json_incref(places)) &&
         cci_json_put(result, "winners", json_incref(winners)) &&
         cci_json_put(result, "selected", json_incref(winners)) &&
         cci_json_put(result, "alternates", json_incref(alternates));
    json_decref(places);
    json_decref(winners);
    json_decref(alternates);
    if (!ok) {
        json_decref(result);
        return cci_no_memory(error);
    }
    *out = result;
    return COCREATE_OK;
}

cocreate_status cci_tally_lot(const cci_campaign *c, size_t index, const json_t *row,
                              const cci_candidates *list, json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    const char *seed = json_string_value(json_object_get(row, "seed"));
    char context[2 * COCREATE_ID_MAX + 2];
    uint8_t bytes[32];
    size_t n = 0;
    if (!seed || !cci_parse_hex(seed, strlen(seed), bytes, sizeof bytes))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' has no seed", spec->id);
    const char **ids = (const char **)cci_alloc(&list->allocator, list->n, sizeof *ids);
    uint32_t *order = cci_alloc(&list->allocator, list->n, sizeof *order);
    cocreate_status status = ids && order ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < list->n && status == COCREATE_OK; i++)
        if (!list->items[i].out)
            ids[n++] = list->items[i].id;
    if (status == COCREATE_OK)
        status = cocreate_lots(bytes, cci_lot_context(c, spec, context), ids, n, order, error);
    if (status == COCREATE_OK)
        status = result_of(spec, ids, order, n, out, error);
    cci_free(&list->allocator, (void *)ids);
    cci_free(&list->allocator, order);
    return status;
}
