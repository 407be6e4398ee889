#include "campaign/graph/kinds.h"
#include "campaign/instruments/instrument.h"
#include "campaign/rounds/extras.h"
#include "campaign/rounds/periods.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/text.h"

/* A character that the end of the array cuts goes as a whole: the text stands in an event. */
void cci_reason(char reason[CCI_REASON_SIZE], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(reason, CCI_REASON_SIZE, format, args);
    va_end(args);
    size_t length = strlen(reason);
    while (!cci_utf8_valid(reason, length))
        reason[--length] = '\0';
}

void cci_candidates_free(cci_candidates *list)
{
    for (size_t i = 0; i < list->n; i++)
        json_decref(list->items[i].doc);
    cci_free(&list->allocator, list->items);
}

cocreate_status cci_candidates_load(cci_engine *e, const cci_campaign *c, const json_t *ids,
                                    cci_candidates *out, cocreate_error *error)
{
    size_t n = json_array_size(ids);
    cci_candidates list = {e->allocator, cci_alloc(&e->allocator, n, sizeof *list.items), 0};
    if (!list.items)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        cci_candidate *item = &list.items[i];
        item->id = json_string_value(json_array_get(ids, i));
        cocreate_status status =
            item->id ? cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, item->id, &item->doc, error)
                     : cci_fail(error, COCREATE_ERR_CORRUPT, "candidate %zu is no id", i);
        if (status == COCREATE_OK && !item->doc)
            status = cci_fail(error, COCREATE_ERR_CORRUPT, "candidate '%s' is no contribution",
                              item->id);
        if (status != COCREATE_OK) {
            cci_candidates_free(&list);
            return status;
        }
        const char *state = json_string_value(json_object_get(item->doc, "state"));
        item->out = !state || cci_state_ended(state);
        list.n++;
    }
    *out = list;
    return COCREATE_OK;
}

cocreate_status cci_ids_add(cci_string_set *set, const json_t *ids, cocreate_error *error)
{
    uint32_t index;
    int added;
    for (size_t i = 0; i < json_array_size(ids); i++)
        CCI_TRY(cci_string_set_add(set, json_string_value(json_array_get(ids, i)), &index, &added, error));
    return COCREATE_OK;
}

int cci_place_put(json_t *places, const char *id, size_t from, size_t to)
{
    json_t *place = cci_json_new();
    int made = cci_json_put(place, "id", json_string(id)) &&
               cci_json_put(place, "from", json_integer((json_int_t)from)) &&
               cci_json_put(place, "to", json_integer((json_int_t)to)) &&
               cci_json_push(places, json_incref(place));
    json_decref(place);
    return made;
}

static int share_places(const cci_candidates *list, const cci_string_set *chosen, json_t *places,
                        json_t *selected)
{
    size_t in = 0, n = 0;
    int made = 1;
    for (size_t i = 0; i < list->n; i++) {
        n += !list->items[i].out;
        in += !list->items[i].out && cci_string_set_find(chosen, list->items[i].id) != CCI_TABLE_NONE;
    }
    for (int others = 0; others < 2; others++)
        for (size_t i = 0; made && i < list->n; i++) {
            const char *id = list->items[i].id;
            int is_in = cci_string_set_find(chosen, id) != CCI_TABLE_NONE;
            if (list->items[i].out || is_in == others)
                continue;
            made = cci_place_put(places, id, others ? in + 1 : 1, others ? n : in) &&
                   (others || !selected || cci_json_push(selected, json_string(id)));
        }
    return made;
}

cocreate_status cci_places_share(const cci_candidates *list, const json_t *chosen, json_t *places,
                                 json_t *selected, cocreate_error *error)
{
    cci_string_set set;
    cci_string_set_init(&set, &list->allocator);
    cocreate_status status = cci_ids_add(&set, chosen, error);
    if (status == COCREATE_OK && !share_places(list, &set, places, selected))
        status = cci_no_memory(error);
    cci_string_set_free(&set);
    return status;
}

int64_t cci_candidate_at(const cci_candidate *candidate)
{
    json_t *at = json_object_get(candidate->doc, "at");
    return json_is_integer(at) ? json_integer_value(at) : COCREATE_NO_TIME;
}

int cci_round_draws_lots(const cci_round_spec *spec)
{
    if (spec->lead == CCI_LEAD_LOT)
        return 1;
    if (json_is_string(spec->ties))
        return strstr(json_string_value(spec->ties), "lot") != NULL;
    for (size_t i = 0; i < json_array_size(spec->ties); i++) {
        const char *step = json_string_value(json_array_get(spec->ties, i));
        if (step && strcmp(step, "lot") == 0)
            return 1;
    }
    return 0;
}

char *cci_lot_context(const cci_campaign *c, const cci_round_spec *spec,
                      char out[2 * COCREATE_ID_MAX + 2])
{
    snprintf(out, 2 * COCREATE_ID_MAX + 2, "%s/%s", c->id, spec->id);
    return out;
}

cocreate_status cci_tally_options(const cci_campaign *c, const cci_round_spec *spec,
                                  const json_t *row, json_t **out, cocreate_error *error)
{
    char context[2 * COCREATE_ID_MAX + 2];
    if (cci_round_draws_lots(spec) && !json_object_get(row, "seed"))
        return cci_fail(error, COCREATE_ERR_CORRUPT, "round '%s' draws lots, and its seed was not revealed",
                        spec->id);
    json_t *options = cci_json_new();
    int ok = options != NULL;
    if (ok && spec->options)
        ok = json_object_update(options, (json_t *)(uintptr_t)spec->options) == 0;
    if (ok && spec->ties)
        ok = cci_json_put(options, "ties", cci_json_deep_copy(spec->ties));
    if (ok && cci_round_draws_lots(spec)) {
        json_t *seed = json_object_get(row, "seed");
        ok = cci_json_put(options, "seed", json_incref(seed)) &&
             cci_json_put(options, "context", json_string(cci_lot_context(c, spec, context)));
    }
    if (ok && spec->lead == CCI_LEAD_METRIC) {
        const char *direction = spec->ascending ? "ascending" : "descending";
        ok = cci_json_put(options, "direction", json_string(direction)) &&
             (spec->decimals < 0 ||
              cci_json_put(options, "decimals", json_integer(spec->decimals)));
    }
    if (!ok) {
        json_decref(options);
        return cci_no_memory(error);
    }
    *out = options;
    return COCREATE_OK;
}

/* {"id","from","to","score","exact"} of a place of the ranking's JSON. */
static json_t *place_of(const json_t *from)
{
    static const char *const members[] = {"from", "to", "score", "exact", NULL};
    json_t *place = cci_json_new();
    int ok = cci_json_put(place, "id", json_incref(json_object_get(from, "option")));
    for (size_t i = 0; ok && members[i]; i++) {
        json_t *value = json_object_get(from, members[i]);
        if (value && !json_is_null(value))
            ok = cci_json_put(place, members[i], json_incref(value));
    }
    if (ok)
        return place;
    json_decref(place);
    return NULL;
}

static int copy_places(const json_t *from, json_t *to)
{
    for (size_t i = 0; i < json_array_size(from); i++)
        if (!cci_json_push(to, place_of(json_array_get(from, i))))
            return 0;
    return 1;
}

cocreate_status cci_tally_places(const cocreate_ranking *ranking, json_t **out,
                                 cocreate_error *error)
{
    static const char *const members[] = {"method", "ballots", "winners",
                                          "ties",   "digest",  NULL};
    const char *text = cocreate_ranking_json(ranking);
    json_t *full, *result = cci_json_new(), *places = json_array();
    cocreate_status status = cci_json_parse(text, strlen(text), &full, error);
    int ok = status == COCREATE_OK && cci_json_put(result, "places", json_incref(places)) &&
             copy_places(json_object_get(full, "places"), places);
    for (size_t i = 0; ok && members[i]; i++) {
        json_t *value = json_object_get(full, members[i]);
        if (value)
            ok = cci_json_put(result, members[i], json_incref(value));
    }
    json_decref(places);
    if (status == COCREATE_OK)
        json_decref(full);
    if (!ok) {
        json_decref(result);
        return status != COCREATE_OK ? status : cci_no_memory(error);
    }
    *out = result;
    return COCREATE_OK;
}

static cocreate_status evidence(cci_engine *e, const cci_campaign *c, size_t index,
                                const json_t *row, const cci_candidates *list, json_t **out,
                                char *reason, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    size_t in = 0;
    for (size_t i = 0; i < list->n; i++)
        in += !list->items[i].out;
    if (spec->questions)
        return cci_tally_answers(e, c, index, out, reason, error);
    if (in == 0) {
        cci_reason(reason, "no candidates");
        return COCREATE_OK;
    }
    if (spec->periods && spec->instrument->kinds[0] && !json_object_get(row, "only"))
        return cci_tally_periods(e, c, spec, list, out, error);
    if (spec->instrument->kinds[0])
        return cci_tally_ballots(e, c, index, row, list, out, reason, error);
    if (spec->lead == CCI_LEAD_METRIC)
        return cci_tally_runs(e, c, index, row, list, out, reason, error);
    if (spec->lead == CCI_LEAD_LOT)
        return cci_tally_lot(c, index, row, list, out, error);
    return cci_tally_decisions(e, c, index, list, out, reason, error);
}

/* A method may refuse its evidence (numbers too large, a tie no rule breaks): then the round fails
 * with the method's own words, so that one campaign cannot stop the others. */
int cci_is_verdict(cocreate_status status)
{
    switch (status) {
    case COCREATE_ERR_MEMORY: /* the machine's trouble, not the campaign's: try again later */
    case COCREATE_ERR_IO:
    case COCREATE_ERR_BUSY:
    case COCREATE_ERR_CORRUPT:
    case COCREATE_ERR_CANCELLED:
    case COCREATE_ERR_INTERNAL:
        return 0;
    default:
        return status < 0;
    }
}

static int is_official(const cci_round_spec *spec, const json_t *contribution)
{
    return cci_json_lists(spec->official, cci_json_text(contribution, "category"));
}

static int same_place(const json_t *a, const json_t *b)
{
    return json_equal(json_object_get(a, "from"), json_object_get(b, "from")) &&
           json_equal(json_object_get(a, "to"), json_object_get(b, "to"));
}

static int is_in(const cci_string_set *official, const json_t *place)
{
    const char *id = json_string_value(json_object_get(place, "id"));
    return id && cci_string_set_find(official, id) != CCI_TABLE_NONE;
}

static int put_award(json_t *place, json_int_t from, json_int_t to)
{
    json_t *award = cci_json_new();
    int ok = cci_json_put(award, "from", json_integer(from)) &&
             cci_json_put(award, "to", json_integer(to)) &&
             cci_json_put(place, "award", json_incref(award));
    json_decref(award);
    return ok;
}

/* Those at the same place share it among the official ones too. */
static int number_places(const cci_string_set *official, const json_t *places)
{
    json_int_t before = 0;
    for (size_t i = 0; i < json_array_size(places);) {
        const json_t *first = json_array_get(places, i);
        size_t end = i;
        json_int_t tied = 0;
        for (; end < json_array_size(places) && same_place(first, json_array_get(places, end)); end++)
            tied += is_in(official, json_array_get(places, end));
        for (; i < end; i++)
            if (is_in(official, json_array_get(places, i)) &&
                !put_award(json_array_get(places, i), before + 1, before + tied))
                return 0;
        before += tied;
    }
    return 1;
}

/* Places among those whose category is awarded: "award": {"from","to"} beside the place in the whole
 * field. Who is not counted keeps a place, and takes none from the others. */
static cocreate_status number_official(const cci_round_spec *spec, const cci_candidates *list,
                                       json_t *places, cocreate_error *error)
{
    cci_string_set official;
    uint32_t index;
    int added;
    cocreate_status status = COCREATE_OK;
    cci_string_set_init(&official, &list->allocator);
    for (size_t i = 0; i < list->n && status == COCREATE_OK; i++)
        if (is_official(spec, list->items[i].doc))
            status = cci_string_set_add(&official, list->items[i].id, &index, &added, error);
    if (status == COCREATE_OK && !number_places(&official, places))
        status = cci_no_memory(error);
    cci_string_set_free(&official);
    return status;
}

/* Of one period: whoever else has ballots is out of its places. */
static cocreate_status leave_out(cci_candidates *list, const json_t *only, cocreate_error *error)
{
    cci_string_set in;
    if (!only)
        return COCREATE_OK;
    cci_string_set_init(&in, &list->allocator);
    cocreate_status status = cci_ids_add(&in, only, error);
    for (size_t i = 0; status == COCREATE_OK && i < list->n; i++)
        list->items[i].out |= cci_string_set_find(&in, list->items[i].id) == CCI_TABLE_NONE;
    cci_string_set_free(&in);
    return status;
}

cocreate_status cci_tally(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                          json_t **out, char *reason, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    cci_candidates list;
    cocreate_error why = {0};
    json_t *result = NULL;
    CCI_TRY(cci_candidates_load(e, c, json_object_get(row, "candidates"), &list, error));
    cocreate_status status = leave_out(&list, json_object_get(row, "only"), error);
    if (status != COCREATE_OK) {
        cci_candidates_free(&list);
        return status;
    }
    status = evidence(e, c, index, row, &list, &result, reason, &why);
    if (cci_is_verdict(status)) {
        cci_reason(reason, "%s", why.text);
        status = COCREATE_OK;
        result = NULL;
    } else if (status != COCREATE_OK && error) {
        *error = why;
    }
    if (status == COCREATE_OK && result && spec->official)
        status = number_official(spec, &list, json_object_get(result, "places"), error);
    if (status == COCREATE_OK && result && spec->extras)
        status = cci_extras_count(e, c, spec, result, error);
    cci_candidates_free(&list);
    if (status == COCREATE_OK && result && !json_object_get(result, "selected")) {
        json_t *selected = json_array();
        status = cci_cut_apply(spec, json_object_get(result, "places"),
                               json_object_get(result, "winners"), selected, error);
        if (!cci_json_put(result, "selected", selected) && status == COCREATE_OK)
            status = cci_no_memory(error);
    }
    if (status != COCREATE_OK) {
        json_decref(result);
        return status;
    }
    *out = result;
    return COCREATE_OK;
}
