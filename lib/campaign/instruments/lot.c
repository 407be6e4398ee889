/* No evidence but a seed that was committed before the round opened: see rounds/tally_lot.c. */
#include "campaign/instruments/instrument.h"

#define DRAWN_MAX 1000000

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"winners", "alternates", NULL};
    json_t *draw;
    cci_path here = cci_path_key(path, "draw");
    (void)brief;
    if (!json_object_get(json, "draw") && !cci_json_put(json, "draw", cci_json_new()))
        return cci_no_memory(error);
    CCI_TRY(cci_json_get_object(json, "draw", &draw, path, error));
    CCI_TRY(cci_brief_object(draw, keys, &here, error));
    CCI_TRY(cci_brief_i64(draw, "winners", 1, DRAWN_MAX, 1, &spec->draw_winners, &here, error));
    return cci_brief_i64(draw, "alternates", 0, DRAWN_MAX, 0, &spec->draw_alternates, &here,
                         error);
}

static const char *const members[] = {"draw", NULL};

const cci_instrument_type cci_instrument_lot = {
    .name = "lot",
    .leads = 1u << CCI_LEAD_LOT,
    .members = members,
    .read = read,
};
