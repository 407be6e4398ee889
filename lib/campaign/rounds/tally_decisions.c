/* Decisions of the firm to places: the selected by their places, then all the others. */
#include <stdlib.h>
#include <string.h>

#include "campaign/rounds/tally.h"

typedef struct standing {
    const char *id;
    int64_t order; /* place among the selected; without one after those; then the others */
} standing;

#define ORDER_SELECTED INT64_C(2000000)
#define ORDER_OTHERS INT64_C(3000000)

static int by_order(const void *a, const void *b)
{
    const standing *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->id, y->id);
}

static cocreate_status standing_of(cci_engine *e, const cci_campaign *c, const char *round,
                                   const cci_candidate *candidate, standing *out,
                                   cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_DECISION, CCI_KEY(round, candidate->id), &doc, error));
    const char *verdict = json_string_value(json_object_get(doc, "verdict"));
    json_int_t place = json_integer_value(json_object_get(doc, "place"));
    out->id = candidate->id;
    out->order = ORDER_OTHERS;
    if (verdict && strcmp(verdict, "select") == 0)
        out->order = place > 0 ? place : ORDER_SELECTED;
    json_decref(doc);
    return COCREATE_OK;
}

static int add_places(const standing *s, size_t n, json_t *places, json_t *selected)
{
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && s[end].order == s[i].order)
            end++;
        for (size_t k = i; k < end; k++)
            if (!cci_place_put(places, s[k].id, i + 1, end) ||
                (s[k].order < ORDER_OTHERS && !cci_json_push(selected, json_string(s[k].id))))
                return 0;
        i = end;
    }
    return 1;
}

static cocreate_status result_of(const cci_round_spec *spec, const standing *s, size_t n,
                                 json_t **out, char *reason, cocreate_error *error)
{
    json_t *result = cci_json_new(), *places = json_array(), *selected = json_array();
    int ok = cci_json_put(result, "method", json_string("decision")) && places && selected &&
             add_places(s, n, places, selected) &&
             cci_json_put(result, "places", json_incref(places)) &&
             cci_json_put(result, "winners", json_incref(selected)) &&
             cci_json_put(result, "selected", json_incref(selected));
    size_t count = json_array_size(selected);
    json_decref(places);
    json_decref(selected);
    if (!ok) {
        json_decref(result);
        return cci_no_memory(error);
    }
    if (count < (uint64_t)spec->select_min) {
        cci_reason(reason, "%zu selected, the brief asks for at least %lld", count,
                   (long long)spec->select_min);
        json_decref(result);
        return COCREATE_OK;
    }
    *out = result;
    return COCREATE_OK;
}

cocreate_status cci_tally_decisions(cci_engine *e, const cci_campaign *c, size_t index,
                                    const cci_candidates *list, json_t **out,
                                    char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    standing *s = cci_alloc(&e->allocator, list->n, sizeof *s);
    cocreate_status status = s ? COCREATE_OK : cci_no_memory(error);
    size_t n = 0;
    for (size_t i = 0; i < list->n && status == COCREATE_OK; i++)
        if (!list->items[i].out)
            status = standing_of(e, c, spec->id, &list->items[i], &s[n++], error);
    if (status == COCREATE_OK) {
        qsort(s, n, sizeof *s, by_order);
        status = result_of(spec, s, n, out, reason, error);
    }
    cci_free(&e->allocator, s);
    return status;
}
