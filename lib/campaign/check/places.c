/* Invariants of results. */
#include <string.h>

#include "campaign/check/check.h"

static json_int_t integer_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static const json_t *result_of(const cci_check *k, size_t round)
{
    return json_object_get(json_array_get(json_object_get(k->shown, "rounds"), round), "result");
}

static const char *round_of(const cci_check *k, size_t round)
{
    return cci_json_text(json_array_get(json_object_get(k->shown, "rounds"), round), "id");
}

cocreate_status cci_check_missing(cci_check *k, cocreate_error *error)
{
    (void)error;
    for (size_t r = 0; r < json_array_size(json_object_get(k->shown, "rounds")); r++) {
        const json_t *result = result_of(k, r), *places = json_object_get(result, "places");
        json_int_t last = 0, missing = 0; /* last place with a value, first without */
        if (strcmp(cci_json_text(result, "method"), "metric") != 0)
            continue;
        for (size_t i = 0; i < json_array_size(places); i++) {
            const json_t *place = json_array_get(places, i);
            json_int_t from = integer_of(place, "from");
            k->checked++;
            if (json_object_get(place, "score"))
                last = from > last ? from : last;
            else if (missing == 0 || from < missing)
                missing = from;
        }
        if (missing && missing <= last)
            cci_violation(k, "round", round_of(k, r),
                          "a contribution without a value stands above one with a value");
    }
    return COCREATE_OK;
}

/* Places of a round, as members of an object; NULL without memory. */
static json_t *placed(cci_check *k, size_t round, const json_t *places)
{
    json_t *ids = cci_json_new();
    json_int_t n = (json_int_t)json_array_size(places);
    for (size_t i = 0; ids && i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        json_int_t from = integer_of(place, "from"), to = integer_of(place, "to");
        k->checked++;
        if (from < 1 || to < from || to > n)
            cci_violation(k, "round", round_of(k, round), "a place lies outside of its list");
        if (!cci_json_put(ids, cci_json_text(place, "id"), json_true())) {
            json_decref(ids);
            return NULL;
        }
    }
    return ids;
}

cocreate_status cci_check_places(cci_check *k, cocreate_error *error)
{
    for (size_t r = 0; r < json_array_size(json_object_get(k->shown, "rounds")); r++) {
        const json_t *result = result_of(k, r), *places = json_object_get(result, "places");
        const json_t *selected = json_object_get(result, "selected");
        json_t *ids = placed(k, r, places);
        if (!ids)
            return cci_no_memory(error);
        for (size_t i = 0; i < json_array_size(selected); i++)
            if (!json_object_get(ids, json_string_value(json_array_get(selected, i))))
                cci_violation(k, "round", round_of(k, r), "somebody selected has no place");
        json_decref(ids);
    }
    return COCREATE_OK;
}
