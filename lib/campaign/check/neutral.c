/* Neutrality: who is listed first wins nothing by it. Every round with ballots is tallied again with
 * its candidates in the opposite order; but for what a declared tie rule broke, everybody keeps the
 * place. Anonymity needs no second tally: the first does not see who cast a ballot. */

#include "campaign/check/check.h"
#include "campaign/rounds/tally.h"

static json_t *reversed(const json_t *list)
{
    json_t *copy = json_array();
    for (size_t i = json_array_size(list); copy && i-- > 0;)
        if (!cci_json_push(copy, json_incref(json_array_get(list, i)))) {
            json_decref(copy);
            return NULL;
        }
    return copy;
}

/* From the ballots themselves, as verification counts: a seal knows candidates by their number. */
static cocreate_status tally(cci_check *k, cci_campaign *c, size_t round, const json_t *row,
                             json_t **out, cocreate_error *error)
{
    char reason[CCI_REASON_SIZE] = "";
    int verifying = k->e->verifying;
    k->e->verifying = 1;
    cocreate_status status = cci_tally(k->e, c, round, row, out, reason, error);
    k->e->verifying = verifying;
    return status;
}

static const json_t *place_of(const json_t *result, const char *id)
{
    return cci_named(json_object_get(result, "places"), id);
}

/* A tie that a rule broke by lot, time or id may be broken otherwise; so may one inside of a method,
 * which says so among its ties. */
static int tie_free(const json_t *result)
{
    return json_array_size(json_object_get(result, "ties")) == 0;
}

void cci_neutral_compare(cci_check *k, const char *round, const json_t *result, const json_t *again)
{
    if (!result || !tie_free(result))
        return;
    const json_t *places = json_object_get(result, "places");
    for (size_t i = 0; i < json_array_size(places); i++) {
        const json_t *place = json_array_get(places, i);
        const json_t *other = place_of(again, cci_json_text(place, "id"));
        k->checked++;
        if (!other || !json_equal(json_object_get(place, "from"), json_object_get(other, "from")) ||
            !json_equal(json_object_get(place, "to"), json_object_get(other, "to"))) {
            cci_violation(k, "round", round, "the order of its candidates changes places");
            return;
        }
    }
}

static cocreate_status look_at(cci_check *k, cci_campaign *c, size_t round, json_t *row,
                               cocreate_error *error)
{
    json_t *first = NULL, *second = NULL, *turned = cci_json_copy(row);
    json_t *list = reversed(json_object_get(row, "candidates"));
    if (!cci_json_put(turned, "candidates", list)) {
        json_decref(turned);
        return cci_no_memory(error);
    }
    cocreate_status status = tally(k, c, round, row, &first, error);
    if (status == COCREATE_OK)
        status = tally(k, c, round, turned, &second, error);
    if (status == COCREATE_OK)
        cci_neutral_compare(k, c->brief.rounds[round].id, first, second);
    json_decref(first);
    json_decref(second);
    json_decref(turned);
    return status;
}

cocreate_status cci_check_neutral(cci_check *k, cocreate_error *error)
{
    cci_campaign *c;
    CCI_TRY(cci_campaign_get(k->e, k->campaign, &c, error));
    for (size_t i = 0; i < c->brief.n_rounds; i++) {
        json_t *row = NULL;
        cci_round_state state;
        if (c->brief.rounds[i].kind == 0)
            continue;
        CCI_TRY(cci_round_get(k->e, c, c->brief.rounds[i].id, &row, &state, error));
        cocreate_status status = COCREATE_OK;
        if (state == CCI_ROUND_TALLIED || state == CCI_ROUND_CERTIFIED)
            status = look_at(k, c, i, row, error);
        json_decref(row);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}
