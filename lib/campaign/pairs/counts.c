/* "adaptive" of a round, and what its ballots say of each option. */

#include "campaign/pairs/pairs.h"

cocreate_status cci_pairs_read(json_t *json, cci_round_spec *spec, const cci_path *path,
                               cocreate_error *error)
{
    static const char *const keys[] = {"seed", "settled", NULL};
    static const char *const settled_keys[] = {"duels", "z", NULL};
    json_t *adaptive, *settled = NULL;
    cci_path here = cci_path_key(path, "adaptive"), there = cci_path_key(&here, "settled");
    cci_rational z;
    if (!json_object_get(json, "adaptive"))
        return COCREATE_OK;
    CCI_TRY(cci_json_get_object(json, "adaptive", &adaptive, path, error));
    CCI_TRY(cci_brief_object(adaptive, keys, &here, error));
    if (spec->rolling)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "needs to know all options from the start, and others join a rolling round");
    spec->pairs_seed = "";
    CCI_TRY(cci_json_string_opt(adaptive, "seed", &spec->pairs_seed, &here, error));
    spec->counted |= CCI_COUNTED_DUEL;
    CCI_TRY(cci_json_get_object_opt(adaptive, "settled", &settled, &here, error));
    if (!settled)
        return COCREATE_OK;
    CCI_TRY(cci_brief_object(settled, settled_keys, &there, error));
    CCI_TRY(cci_brief_i64(settled, "duels", 1, 1000000, 1, &spec->pairs_duels, &there, error));
    cci_path text = cci_path_key(&there, "z");
    CCI_TRY(cci_json_string(settled, "z", &spec->pairs_z, &there, error));
    CCI_TRY(cci_rational_init(&z, error));
    cocreate_status status = cci_json_number(json_object_get(settled, "z"), &z, &text, error);
    if (status == COCREATE_OK && cci_rational_sign(&z) < 0)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &text, "expected a number from 0 on");
    cci_rational_clear(&z);
    return status;
}

static int add(json_t *row, const char *key, json_int_t by)
{
    return cci_json_put(row, key, json_integer(json_integer_value(json_object_get(row, key)) + by));
}

/* Add to the members of a row, which is made where there is none. */
static cocreate_status change(cci_engine *e, const cci_event *event, cci_kind kind, const char *const *key,
                              const char *const members[2], const json_int_t by[2], cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get_by(e, event->campaign->part, kind, key, &row, error));
    if (!row)
        row = cci_json_new();
    int made = row != NULL;
    for (int i = 0; i < 2 && members[i]; i++)
        made = made && add(row, members[i], by[i]);
    cocreate_status status = made ? cci_state_put_by(e, event->campaign->part, kind, key, row, error)
                                  : cci_no_memory(error);
    json_decref(row);
    return status;
}

static cocreate_status count(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                             const json_t *marks, int sign, cocreate_error *error)
{
    static const char *const members[2] = {"duels", "wins"};
    const char *option;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)marks, option, value) {
        const json_int_t by[2] = {sign, sign * json_integer_value(value)};
        CCI_TRY(change(e, event, CCI_KIND_DUEL, CCI_KEY(spec->id, option), members, by, error));
    }
    return COCREATE_OK;
}

cocreate_status cci_pairs_changed(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                  const char *voter, const json_t *old, const json_t *now, int voided,
                                  cocreate_error *error)
{
    static const char *const members[2] = {"seen", NULL};
    const json_int_t by[2] = {now ? 1 : -1, 0};
    const char *option;
    json_t *value;
    if (!(spec->counted & CCI_COUNTED_DUEL))
        return COCREATE_OK;
    CCI_TRY(count(e, event, spec, old, -1, error));
    CCI_TRY(count(e, event, spec, now, 1, error));
    if ((old && now) || voided)
        return COCREATE_OK;
    json_object_foreach ((json_t *)(uintptr_t)(now ? now : old), option, value) {
        const char *const *key = CCI_KEY(spec->id, voter, option);
        CCI_TRY(change(e, event, CCI_KIND_DUEL_SEEN, key, members, by, error));
    }
    return COCREATE_OK;
}
