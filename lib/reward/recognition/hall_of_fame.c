/* hall_of_fame: places that are remembered for ever, unless they are struck out. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reward/recognition/teams.h"

enum { LABELS_MAX = 1000 };

typedef struct hall {
    int64_t places;
    const char **labels; /* by place; NULL without */
    size_t n_labels;
} hall;

static const cci_parameter parameters[] = {
    {"places", "integer", 0, "who enters: places 1 to this; by default 1"},
    {"labels", "strings", 0,
     "what places are called, as \"1st place\", \"Honourable mention\"; the last one is for the rest"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "labels");
    json_t *labels;
    hall *h = cci_arena_alloc(&scheme->arena, 1, sizeof *h);
    if (h == NULL)
        return cci_no_memory(error);
    h->places = 1;
    CCI_TRY(cci_json_i64_opt(json, "places", 1, 1000000, &h->places, path, error));
    CCI_TRY(cci_json_get_array_opt(json, "labels", &labels, path, error));
    size_t n = labels != NULL ? json_array_size(labels) : 0;
    if (labels != NULL && (n == 0 || n > LABELS_MAX))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu labels, not 1 to %d", n,
                             LABELS_MAX);
    h->labels = cci_arena_alloc(&scheme->arena, n, sizeof *h->labels);
    if (h->labels == NULL)
        return cci_no_memory(error);
    for (; h->n_labels < n; h->n_labels++) {
        cci_path here = cci_path_at(&at, h->n_labels);
        const char *label = json_string_value(json_array_get(labels, h->n_labels));
        if (label == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not a string");
        h->labels[h->n_labels] = cci_arena_copy(&scheme->arena, label, strlen(label));
        if (h->labels[h->n_labels] == NULL)
            return cci_no_memory(error);
    }
    rule->parameters = h;
    rule->why = "fame costs nothing";
    return COCREATE_OK;
}

/* -- The hall so far -------------------------------------------------------------------------- */

typedef struct inducted {
    const char *campaign, *entry, *person;
    size_t index;
} inducted;

static int compare(const void *a, const void *b)
{
    const inducted *x = a, *y = b;
    int order = strcmp(x->campaign, y->campaign);
    if (order == 0)
        order = strcmp(x->entry, y->entry);
    return order != 0 ? order : strcmp(x->person, y->person);
}

static int by_name(const void *a, const void *b)
{
    const inducted *x = a, *y = b;
    int order = compare(a, b);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The list "hall_of_fame": who is in it, or was struck out of it. Neither enters again. */
static cocreate_status read_hall(cci_evaluation *e, const cci_rule *rule, inducted **out, size_t *n,
                                 cocreate_error *error)
{
    cci_section list;
    CCI_TRY(cci_section_open(e, rule, "hall_of_fame", 1, &list, error));
    inducted *items = cci_arena_alloc(&e->scratch, list.n, sizeof *items);
    if (items == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < list.n; i++) {
        const json_t *row;
        cci_path at;
        int revoked = 0;
        items[i].index = i;
        CCI_TRY(cci_section_row(&list, i, &row, &at, error));
        CCI_TRY(cci_json_id(row, "campaign", &items[i].campaign, &at, error));
        CCI_TRY(cci_json_id(row, "entry", &items[i].entry, &at, error));
        CCI_TRY(cci_json_id(row, "person", &items[i].person, &at, error));
        CCI_TRY(cci_json_bool_opt(row, "revoked", &revoked, &at, error));
    }
    if (list.n > 0)
        qsort(items, list.n, sizeof *items, by_name);
    for (size_t i = 1; i < list.n; i++) {
        cci_path at = cci_path_at(&list.list, items[i].index);
        if (compare(&items[i], &items[i - 1]) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                                 "\"%s\" is there already, in $.hall_of_fame[%zu]", items[i].person,
                                 items[i - 1].index);
    }
    *out = items;
    *n = list.n;
    return COCREATE_OK;
}

/* -- Entering --------------------------------------------------------------------------------- */

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_stand *stand,
                             const char *campaign, const char *person, cocreate_error *error)
{
    const hall *h = rule->parameters;
    cci_trace *t = &e->trace;
    size_t place = (size_t)stand->place;
    cci_buffer b;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "place", CCI_UNIT_NONE, stand->place, error));
    CCI_TRY(cci_trace_integer(t, "places", CCI_UNIT_NONE, h->places, error));
    CCI_TRY(cci_trace_check(t, "place", "at_most", "places", error));
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_detail_text(&b, "campaign", campaign);
    if (h->n_labels > 0)
        cci_detail_text(&b, "label", h->labels[place <= h->n_labels ? place - 1 : h->n_labels - 1]);
    cci_detail_integer(&b, "place", stand->place);
    return cci_recognise_with(e, rule, person, stand->entry->id,
                              h->places == 1 ? "Place {place}: the first place is remembered."
                                             : "Place {place}: the first {places} are remembered.",
                              &b, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const hall *h = rule->parameters;
    cci_path root = CCI_ROOT;
    const char *campaign;
    inducted *members = NULL;
    cci_stand *stands;
    size_t n, n_members = 0;
    CCI_TRY(cci_json_id(e->document, "campaign", &campaign, &root, error));
    CCI_TRY(read_hall(e, rule, &members, &n_members, error));
    CCI_TRY(cci_standing(e, rule, 0, &stands, &n, error));
    for (size_t i = 0; i < n && stands[i].place <= h->places; i++) {
        const cci_entry *entry = stands[i].entry;
        for (size_t k = 0; k < (entry->n_team > 0 ? entry->n_team : 1); k++) {
            inducted key = {campaign, entry->id, cci_member_of(entry, k), 0};
            if (n_members > 0 &&
                bsearch(&key, members, n_members, sizeof key, compare) != NULL)
                continue;
            CCI_TRY(award(e, rule, &stands[i], campaign, key.person, error));
        }
    }
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_hall_of_fame = {
    .kind = "hall_of_fame",
    .title = "Places that are remembered",
    .parameters = parameters,
    .bound = "nothing",
    .source = "a list of campaigns and places that only grows; what is struck out stays struck out",
    .parse = parse,
    .evaluate = evaluate,
};
