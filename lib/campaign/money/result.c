/* From the result of a round to the result a scheme reads. */
#include <string.h>

#include "base/table.h"
#include "campaign/money/award.h"
#include "campaign/revisions/lead.h"
#include "cocreate/money.h"

/* Sole authors are owners; teams are members with their shares, one of whom may lead. */
static int put_authors(json_t *entry, const json_t *authors, const char *lead)
{
    if (json_array_size(authors) == 1)
        return cci_json_put(
            entry, "owner",
            json_incref(json_object_get(json_array_get(authors, 0), "participant")));
    json_t *team = json_array();
    for (size_t i = 0; i < json_array_size(authors); i++) {
        const json_t *author = json_array_get(authors, i);
        json_t *member = cci_json_new(), *share = json_object_get(author, "share");
        if (!cci_json_put(member, "id", json_incref(json_object_get(author, "participant"))) ||
            (share && !cci_json_put(member, "share", json_incref(share))) ||
            (strcmp(cci_json_text(author, "participant"), lead) == 0 &&
             !cci_json_put(member, "leader", json_true())) ||
            !cci_json_push(team, json_incref(member))) {
            json_decref(member);
            json_decref(team);
            return 0;
        }
        json_decref(member);
    }
    return cci_json_put(entry, "team", team);
}

int cci_takes_part(const json_t *contribution)
{
    static const char *const live[] = {"published", "shortlisted", "selected", "not_selected",
                                       "implemented"};
    const char *state = json_string_value(json_object_get(contribution, "state"));
    for (size_t i = 0; state && i < sizeof live / sizeof *live; i++)
        if (strcmp(state, live[i]) == 0)
            return 1;
    return 0;
}

static const char *status_of(const json_t *contribution, int selected, const char *struck)
{
    if (struck)
        return struck;
    const char *state = json_string_value(json_object_get(contribution, "state"));
    if (state && strcmp(state, "withdrawn") == 0)
        return "withdrawn";
    if (state && strcmp(state, "removed") == 0)
        return "disqualified";
    return selected ? "valid" : "not_selected";
}

/* Contributions hold minor units, schemes read amounts: 5500000 is "55000.00". */
static json_t *amount_of(const json_t *minor, int32_t exponent)
{
    char text[COCREATE_AMOUNT_TEXT];
    return cocreate_amount_print(json_integer_value(minor), exponent, text, NULL) == COCREATE_OK
               ? json_string(text)
               : NULL;
}

static int put_facts(json_t *entry, const json_t *place, const json_t *contribution, int selected,
                     const char *struck, int32_t exponent)
{
    json_t *score = json_object_get(place, "exact");
    json_t *at = json_object_get(place, "submitted_at");
    json_t *cost = json_object_get(contribution, "cost");
    if (!score)
        score = json_object_get(place, "score");
    if (!at)
        at = json_object_get(contribution, "at");
    const json_t *award = json_object_get(place, "award"); /* among those that are awarded */
    json_t *rank = json_object_get(award ? award : place, "from");
    return cci_json_put(entry, "id", json_incref(json_object_get(place, "id"))) &&
           (!rank || cci_json_put(entry, "rank", json_incref(rank))) &&
           (!score || cci_json_put(entry, "score", json_incref(score))) &&
           (!at || cci_json_put(entry, "submitted_at", json_incref(at))) &&
           (!cost || cci_json_put(entry, "cost", amount_of(cost, exponent))) &&
           cci_json_put(entry, "selected", json_boolean(selected)) &&
           cci_json_put(entry, "status", json_string(status_of(contribution, selected, struck))) &&
           put_authors(entry, json_object_get(contribution, "authors"), cci_lead_of(contribution));
}

static cocreate_status add_entry(cci_engine *e, const cci_campaign *c, const json_t *place,
                                 const cci_string_set *selected, const json_t *struck,
                                 int32_t exponent,
                                 json_t *entries, cocreate_error *error)
{
    const char *id = json_string_value(json_object_get(place, "id"));
    json_t *contribution;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &contribution, error));
    json_t *entry = cci_json_new();
    int in = cci_string_set_find(selected, id) != CCI_TABLE_NONE;
    const char *why = json_string_value(json_object_get(struck, id));
    int ok = put_facts(entry, place, contribution, in, why, exponent) &&
             cci_json_push(entries, json_incref(entry));
    json_decref(entry);
    json_decref(contribution);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* May this entry be awarded: is it neither struck nor gone? */
static cocreate_status stands(cci_engine *e, const cci_campaign *c, const char *id, const json_t *struck,
                              int *out, cocreate_error *error)
{
    json_t *row = NULL;
    *out = 0;
    if (json_object_get(struck, id))
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &row, error));
    *out = cci_takes_part(row);
    json_decref(row);
    return COCREATE_OK;
}

/* Who is selected, and where `alternates` for each of them that is struck or gone the next alternate that
 * is not. */
static cocreate_status select_entries(cci_engine *e, const cci_campaign *c, const json_t *result,
                                      const json_t *struck, int alternates, cci_string_set *selected,
                                      cocreate_error *error)
{
    const json_t *ids = json_object_get(result, "selected"), *next = json_object_get(result, "alternates");
    size_t missing = 0;
    uint32_t index;
    int added, in;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        CCI_TRY(cci_string_set_add(selected, id, &index, &added, error));
        if (!alternates || !next)
            continue;
        CCI_TRY(stands(e, c, id, struck, &in, error));
        missing += !in;
    }
    for (size_t i = 0; i < json_array_size(next) && missing > 0; i++) {
        const char *id = json_string_value(json_array_get(next, i));
        CCI_TRY(stands(e, c, id, struck, &in, error));
        if (!in || cci_string_set_find(selected, id) != CCI_TABLE_NONE)
            continue;
        CCI_TRY(cci_string_set_add(selected, id, &index, &added, error));
        missing--;
    }
    return COCREATE_OK;
}

static cocreate_status add_entries(cci_engine *e, const cci_campaign *c, const json_t *result,
                                   const cci_string_set *selected, const json_t *struck,
                                   int32_t exponent, json_t *entries, cocreate_error *error)
{
    json_t *places = json_object_get(result, "places");
    for (size_t i = 0; i < json_array_size(places); i++)
        CCI_TRY(add_entry(e, c, json_array_get(places, i), selected, struck, exponent, entries,
                          error));
    return COCREATE_OK;
}

/* Every contribution that takes part, without a place. */
typedef struct collector {
    json_t *entries;
    const json_t *struck;
    int32_t exponent;
} collector;

static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const collector *to = user;
    if (!cci_takes_part(doc))
        return COCREATE_OK;
    json_t *place = cci_json_new(), *entry = cci_json_new();
    const char *why = json_string_value(json_object_get(to->struck, id));
    int ok = cci_json_put(place, "id", json_string(id)) &&
             put_facts(entry, place, doc, 1, why, to->exponent) &&
             cci_json_push(to->entries, json_incref(entry));
    json_decref(place);
    json_decref(entry);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_award_result_of(cci_engine *e, const cci_campaign *c, const json_t *result,
                                    int32_t exponent, const json_t *struck, int alternates,
                                    json_t **out, cocreate_error *error)
{
    json_t *entries = json_array(), *closed = cci_json_new();
    cci_string_set selected;
    cci_string_set_init(&selected, &e->allocator);
    cocreate_status status = cci_json_put(closed, "entries", entries)
                                 ? select_entries(e, c, result, struck, alternates, &selected, error)
                                 : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = add_entries(e, c, result, &selected, struck, exponent, entries, error);
    cci_string_set_free(&selected);
    if (status == COCREATE_OK)
        *out = closed;
    else
        json_decref(closed);
    return status;
}

/* Every contribution that takes part. */
static cocreate_status of_all(cci_engine *e, const cci_campaign *c, int32_t exponent, const json_t *struck,
                              json_t **out, cocreate_error *error)
{
    json_t *entries = json_array(), *closed = cci_json_new();
    collector to = {entries, struck, exponent};
    cocreate_status status =
        cci_json_put(closed, "entries", entries)
            ? cci_state_scan(e, c->part, CCI_KIND_CONTRIBUTION, NULL, collect, &to, error)
            : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = closed;
    else
        json_decref(closed);
    return status;
}

cocreate_status cci_award_result(cci_engine *e, const cci_campaign *c, const char *round,
                                 int32_t exponent, const json_t *struck, int alternates, json_t **out,
                                 cocreate_error *error)
{
    json_t *row;
    cci_round_state state;
    if (!round)
        return of_all(e, c, exponent, struck, out, error);
    CCI_TRY(cci_round_standing(e, c, round, &round, error));
    CCI_TRY(cci_round_get(e, c, round, &row, &state, error));
    cocreate_status status =
        cci_award_result_of(e, c, json_object_get(row, "result"), exponent, struck, alternates, out,
                            error);
    json_decref(row);
    return status;
}
