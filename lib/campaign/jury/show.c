/* What a jury has to do, and what is not yet evaluated often enough, for people to see. */
#include <string.h>

#include "campaign/jury/jury.h"

/* The id is round "\n" juror "\n" contribution. */
static cocreate_status add_assignment(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const char *juror = strchr(id, '\n'), *contribution = juror ? strchr(juror + 1, '\n') : NULL;
    json_t *item = cci_json_copy(doc);
    if (!contribution) {
        json_decref(item);
        return cci_fail(error, COCREATE_ERR_CORRUPT, "an assignment has the name '%.60s'", id);
    }
    if (cci_json_put(item, "round", json_stringn(id, (size_t)(juror - id))) &&
        cci_json_put(item, "juror", json_stringn(juror + 1, (size_t)(contribution - juror - 1))) &&
        cci_json_put(item, "contribution", json_string(contribution + 1)))
        return cci_json_push(user, item) ? COCREATE_OK : cci_no_memory(error);
    json_decref(item);
    return cci_no_memory(error);
}

static cocreate_status add_coverage(cci_engine *e, const cci_campaign *c, size_t index, json_t *shown,
                                    cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    char first[CCI_REASON_SIZE];
    size_t missing = 0;
    json_t *row;
    cci_round_state state;
    if (spec->coverage == 0)
        return COCREATE_OK;
    CCI_TRY(cci_round_get(e, c, spec->id, &row, &state, error));
    if (!row)
        return COCREATE_OK;
    cocreate_status status = cci_jury_coverage(e, c, index, row, &missing, first, error);
    json_decref(row);
    CCI_TRY(status);
    json_t *item = cci_json_new();
    int made = cci_json_put(item, "needed", json_integer(spec->coverage)) &&
               cci_json_put(item, "short", json_integer((json_int_t)missing)) &&
               (missing == 0 || cci_json_put(item, "first", json_string(first))) &&
               cci_json_put(shown, "coverage", json_incref(item));
    json_decref(item);
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_jury_show(cci_engine *e, const cci_campaign *c, json_t *document, cocreate_error *error)
{
    const json_t *rounds = json_object_get(document, "rounds");
    int assigns = 0;
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        assigns |= c->brief.rounds[i].per_entry > 0;
        CCI_TRY(add_coverage(e, c, i, json_array_get(rounds, i), error));
    }
    if (!assigns)
        return COCREATE_OK;
    json_t *list = json_array();
    cocreate_status status = list ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_scan(e, c->part, CCI_KIND_ASSIGNMENT, NULL, add_assignment, list, error);
    if (status == COCREATE_OK && json_array_size(list) > 0 &&
        !cci_json_put(document, "assignments", json_incref(list)))
        status = cci_no_memory(error);
    json_decref(list);
    return status;
}
