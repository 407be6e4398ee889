/* The cut: who goes on. */
#include <string.h>

#include "campaign/rounds/rounds.h"

static cocreate_status select_id(json_t *selected, const json_t *place, cocreate_error *error)
{
    json_t *id = json_object_get(place, "id");
    return cci_json_push(selected, json_incref(id)) ? COCREATE_OK : cci_no_memory(error);
}

/* Is the score of a place at least the line? A missing score is not. */
static cocreate_status reaches(const json_t *place, const cci_rational *line, int ascending,
                               cci_rational *score, int *out, cocreate_error *error)
{
    json_t *value = json_object_get(place, "exact");
    if (!value)
        value = json_object_get(place, "score");
    *out = 0;
    if (!value)
        return COCREATE_OK;
    int order;
    CCI_TRY(cci_json_number(value, score, &CCI_ROOT, error));
    CCI_TRY(cci_rational_compare(score, line, &order, error));
    *out = ascending ? order <= 0 : order >= 0;
    return COCREATE_OK;
}

static int has_score(const json_t *place)
{
    return json_object_get(place, "exact") || json_object_get(place, "score");
}

/* Is a place among the first? Ties across the line are in or out together. */
static int is_top(const cci_round_spec *spec, const json_t *place)
{
    if (spec->official) /* only these are counted */
        place = json_object_get(place, "award");
    json_int_t from = json_integer_value(json_object_get(place, "from"));
    json_int_t to = json_integer_value(json_object_get(place, "to"));
    if (!place)
        return 0;
    return spec->cut != CCI_CUT_TOP || to <= spec->cut_top ||
           (from <= spec->cut_top && spec->tie_in);
}

/* `line` may be NULL. */
static cocreate_status cut_places(const cci_round_spec *spec, const json_t *places,
                                  const cci_rational *line, cci_rational *score,
                                  json_t *selected, cocreate_error *error)
{
    for (size_t i = 0; i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        int in = is_top(spec, place) && (!spec->missing_out || has_score(place));
        if (in && line)
            CCI_TRY(reaches(place, line, spec->ascending, score, &in, error));
        if (in)
            CCI_TRY(select_id(selected, place, error));
    }
    return COCREATE_OK;
}

static cocreate_status cut_with_line(const cci_round_spec *spec, const json_t *places,
                                    json_t *selected, cocreate_error *error)
{
    cci_rational line, score;
    CCI_TRY(cci_rational_init(&line, error));
    cocreate_status status = cci_rational_init(&score, error);
    if (status == COCREATE_OK) {
        status = cci_rational_parse(spec->cut_at_least, strlen(spec->cut_at_least), &line, error);
        if (status == COCREATE_OK)
            status = cut_places(spec, places, &line, &score, selected, error);
        cci_rational_clear(&score);
    }
    cci_rational_clear(&line);
    return status;
}

/* The winners share the first place, so that either all of them have a value or none. */
static int nobody_scored(const json_t *places)
{
    return !has_score(json_array_get(places, 0));
}

cocreate_status cci_cut_apply(const cci_round_spec *spec, const json_t *places,
                              const json_t *winners, json_t *selected, cocreate_error *error)
{
    switch (spec->cut) {
    case CCI_CUT_ALL:
    case CCI_CUT_TOP:
    case CCI_CUT_AT_LEAST:
        return spec->cut_at_least ? cut_with_line(spec, places, selected, error)
                                  : cut_places(spec, places, NULL, NULL, selected, error);
    case CCI_CUT_WINNERS:
        if (spec->missing_out && nobody_scored(places))
            return COCREATE_OK;
        return json_array_extend(selected, (json_t *)(uintptr_t)winners) == 0
                   ? COCREATE_OK
                   : cci_no_memory(error);
    }
    return cci_fail(error, COCREATE_ERR_INTERNAL, "a cut of no known kind");
}
