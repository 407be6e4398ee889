/* Does a predicate hold for somebody? Every evaluation ends, and gives yes or no. */
#include <string.h>

#include "base/text.h"
#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"

typedef struct evaluation {
    cci_engine *engine;
    const cci_campaign *campaign;
    const char *participant;
    int64_t at;
    json_t *row, *attributes; /* read when first needed */
    int knows_attributes;
    cci_buffer why; /* of the condition that failed last */
    cocreate_error *error;
} evaluation;

/* ---- what is known of a person ---- */

static cocreate_status read_row(evaluation *v)
{
    if (v->row)
        return COCREATE_OK;
    return cci_participant_get(v->engine, v->participant, &v->row, v->error);
}

static cocreate_status attribute(evaluation *v, const char *key, json_t **out)
{
    if (!v->knows_attributes)
        CCI_TRY(cci_attributes_get(v->engine, v->participant, &v->attributes, v->error));
    v->knows_attributes = 1;
    *out = json_incref(json_object_get(v->attributes, key));
    return COCREATE_OK;
}

typedef struct counter {
    evaluation *v;
    size_t skip; /* bytes of "participant \n" */
    json_int_t all, selected;
    int look; /* at the state of each */
} counter;

static cocreate_status count_work(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    counter *n = user;
    json_t *row;
    (void)doc;
    n->all++;
    if (!n->look)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(n->v->engine, n->v->campaign->part, CCI_KIND_CONTRIBUTION, id + n->skip,
                          &row, error));
    const char *state = json_string_value(json_object_get(row, "state"));
    n->selected += state && (strcmp(state, "selected") == 0 || strcmp(state, "implemented") == 0);
    json_decref(row);
    return COCREATE_OK;
}

static cocreate_status count_works(evaluation *v, int selected, json_int_t *out)
{
    counter n = {.v = v, .skip = strlen(v->participant) + 1, .look = selected};
    cocreate_status status = cci_state_scan_by(v->engine, v->campaign->part, CCI_KIND_AUTHOR,
                                               CCI_KEY(v->participant, ""), count_work, &n, v->error);
    *out = selected ? n.selected : n.all;
    return status;
}

/* Rounds of the campaign in which a ballot of the person stands. */
static cocreate_status count_ballots(evaluation *v, json_int_t *out)
{
    const cci_bytes voter = {v->participant, strlen(v->participant)};
    cci_buffer data;
    cocreate_status status = COCREATE_OK;
    cci_buffer_init(&data, &v->engine->allocator);
    *out = 0;
    for (size_t i = 0; i < v->campaign->brief.n_rounds && status == COCREATE_OK; i++) {
        int found = 0;
        uint64_t seq;
        int64_t weight;
        cci_buffer_clear(&data);
        status = v->engine->store->backend->get_ballot(v->engine->store->self, v->campaign->part,
                                                       (int64_t)i, voter, &found, &seq, &weight,
                                                       &data, v->error);
        *out += status == COCREATE_OK && found;
    }
    cci_buffer_free(&data);
    return status;
}

static cocreate_status count(evaluation *v, const char *what, json_t **out)
{
    json_int_t n = 0;
    if (strcmp(what, "ballots") == 0)
        CCI_TRY(count_ballots(v, &n));
    else
        CCI_TRY(count_works(v, strcmp(what, "selected") == 0, &n));
    *out = json_integer(n);
    return *out ? COCREATE_OK : cci_no_memory(v->error);
}

static cocreate_status role(evaluation *v, const char *name, int *holds)
{
    return cci_role_holds(v->engine, v->campaign, v->participant, name, v->at, holds, v->error);
}

/* A value, owned by the caller; NULL where the person lacks the attribute. */
static cocreate_status value_of(evaluation *v, const json_t *x, json_t **out)
{
    const char *word = json_string_value(json_array_get(x, 0));
    const char *name = json_string_value(json_array_get(x, 1));
    int holds = 0;
    if (!word) {
        *out = json_incref((json_t *)(uintptr_t)x);
        return COCREATE_OK;
    }
    if (strcmp(word, "attribute") == 0)
        return attribute(v, name, out);
    if (strcmp(word, "count") == 0)
        return count(v, name, out);
    if (strcmp(word, "role") == 0) {
        CCI_TRY(role(v, name, &holds));
        *out = json_boolean(holds);
        return COCREATE_OK;
    }
    CCI_TRY(read_row(v));
    if (strcmp(word, "side") == 0) {
        *out = json_incref(json_object_get(v->row, "side"));
        return COCREATE_OK;
    }
    *out = json_integer(v->at - json_integer_value(json_object_get(v->row, "at")));
    return *out ? COCREATE_OK : cci_no_memory(v->error);
}

/* ---- why not ---- */

static void say_value(evaluation *v, const json_t *value)
{
    char shown[40];
    if (json_is_integer(value))
        cci_buffer_i64(&v->why, json_integer_value(value));
    else if (json_is_boolean(value))
        cci_buffer_text(&v->why, json_is_true(value) ? "true" : "false");
    else
        cci_buffer_format(&v->why, "'%s'",
                          cci_quote(json_string_value(value), json_string_length(value), shown,
                                    sizeof shown));
}

/* "attribute 'age'", "their side", "their count of ballots", or a literal */
static void say_operand(evaluation *v, const json_t *x)
{
    char shown[40];
    const json_t *name = json_array_get(x, 1);
    const char *word = json_string_value(json_array_get(x, 0));
    if (!word) {
        say_value(v, x);
        return;
    }
    if (name)
        cci_quote(json_string_value(name), json_string_length(name), shown, sizeof shown);
    if (strcmp(word, "attribute") == 0)
        cci_buffer_format(&v->why, "attribute '%s'", shown);
    else if (strcmp(word, "count") == 0)
        cci_buffer_format(&v->why, "their count of %s", shown);
    else if (strcmp(word, "role") == 0)
        cci_buffer_format(&v->why, "role %s", shown);
    else
        cci_buffer_text(&v->why, strcmp(word, "side") == 0 ? "their side"
                                                           : "microseconds since they joined");
}

static void say_missing(evaluation *v, const json_t *x)
{
    cci_buffer_clear(&v->why);
    say_operand(v, x);
    cci_buffer_text(&v->why, " is missing");
}

/* "attribute 'age' is 17; needed: >= 18" */
static void say_compared(evaluation *v, const json_t *p, const json_t *a)
{
    const json_t *x = json_array_get(p, 1), *y = json_array_get(p, 2);
    const char *word = json_string_value(json_array_get(p, 0));
    cci_buffer_clear(&v->why);
    say_operand(v, x);
    cci_buffer_text(&v->why, " is ");
    say_value(v, a);
    cci_buffer_text(&v->why, "; needed: ");
    if (strcmp(word, "in") == 0) {
        cci_buffer_format(&v->why, "one of %zu values", json_array_size(y));
        return;
    }
    cci_buffer_format(&v->why, "%s ", word);
    say_operand(v, y);
}

/* ---- comparisons ---- */

/* Both as numbers: *known = 0 where one is none. */
static cocreate_status order_numbers(const json_t *a, const json_t *b, int *known, int *order,
                                     cocreate_error *error)
{
    cci_rational x = {{0}, {0}}, y = {{0}, {0}};
    cocreate_status status = cci_rational_init(&x, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&y, error);
    *known = 0;
    if (status == COCREATE_OK) {
        cocreate_status read = json_is_boolean(a) || json_is_boolean(b)
                                   ? COCREATE_ERR_SCHEMA
                                   : cci_json_number(a, &x, &CCI_ROOT, NULL);
        if (read == COCREATE_OK)
            read = cci_json_number(b, &y, &CCI_ROOT, NULL);
        *known = read == COCREATE_OK;
        if (read == COCREATE_ERR_MEMORY)
            status = cci_no_memory(error);
    }
    if (status == COCREATE_OK && *known)
        status = cci_rational_compare(&x, &y, order, error);
    cci_rational_clear(&x);
    cci_rational_clear(&y);
    return status;
}

static cocreate_status equal(const json_t *a, const json_t *b, int *out, cocreate_error *error)
{
    int known, order = 0;
    if (!json_is_integer(a) && !json_is_integer(b)) {
        *out = json_equal(a, b);
        return COCREATE_OK;
    }
    CCI_TRY(order_numbers(a, b, &known, &order, error));
    *out = known && order == 0;
    return COCREATE_OK;
}

static cocreate_status compare(const char *word, const json_t *a, const json_t *b, int *out,
                               cocreate_error *error)
{
    int known, order = 0, same;
    if (strcmp(word, "=") == 0 || strcmp(word, "!=") == 0) {
        CCI_TRY(equal(a, b, &same, error));
        *out = word[0] == '!' ? !same : same;
        return COCREATE_OK;
    }
    CCI_TRY(order_numbers(a, b, &known, &order, error));
    int strict = word[1] == '\0';
    *out = known && (word[0] == '<' ? order < 0 || (!strict && order == 0)
                                    : order > 0 || (!strict && order == 0));
    return COCREATE_OK;
}

static cocreate_status holds_compared(evaluation *v, const json_t *p, int *out)
{
    const char *word = json_string_value(json_array_get(p, 0));
    const json_t *list = json_array_get(p, 2);
    json_t *a = NULL, *b = NULL;
    int in = strcmp(word, "in") == 0;
    *out = 0;
    cocreate_status status = value_of(v, json_array_get(p, 1), &a);
    if (status == COCREATE_OK && !in)
        status = value_of(v, list, &b);
    if (status == COCREATE_OK && !a) {
        say_missing(v, json_array_get(p, 1));
    } else if (status == COCREATE_OK && !in && !b) {
        say_missing(v, list);
    } else if (status == COCREATE_OK) {
        for (size_t i = 0; in && i < json_array_size(list) && !*out && status == COCREATE_OK; i++)
            status = equal(a, json_array_get(list, i), out, v->error);
        if (!in)
            status = compare(word, a, b, out, v->error);
        if (!*out)
            say_compared(v, p, a);
    }
    json_decref(a);
    json_decref(b);
    return status;
}

/* ---- conditions ---- */

static cocreate_status holds(evaluation *v, const json_t *p, int *out)
{
    const char *word = json_string_value(json_array_get(p, 0));
    const json_t *first = json_array_get(p, 1);
    json_t *value = NULL;
    if (strcmp(word, "and") == 0 || strcmp(word, "or") == 0) {
        int stops_at = word[0] == 'o'; /* what settles it */
        *out = !stops_at;
        for (size_t i = 1; i < json_array_size(p) && *out != stops_at; i++)
            CCI_TRY(holds(v, json_array_get(p, i), out));
        return COCREATE_OK;
    }
    if (strcmp(word, "not") == 0) {
        CCI_TRY(holds(v, first, out));
        *out = !*out;
        cci_buffer_clear(&v->why);
        cci_buffer_text(&v->why, "what 'not' excludes is so");
        return COCREATE_OK;
    }
    if (strcmp(word, "has") == 0) {
        CCI_TRY(attribute(v, json_string_value(first), &value));
        *out = value != NULL;
        json_decref(value);
        cci_buffer_clear(&v->why);
        char shown[40];
        cci_buffer_format(&v->why, "attribute '%s' is missing",
                          cci_quote(json_string_value(first), json_string_length(first), shown,
                                    sizeof shown));
        return COCREATE_OK;
    }
    if (strcmp(word, "role") == 0) {
        CCI_TRY(role(v, json_string_value(first), out));
        cci_buffer_clear(&v->why);
        cci_buffer_format(&v->why, "role '%s' is needed: role.grant gives it",
                          json_string_value(first));
        return COCREATE_OK;
    }
    return holds_compared(v, p, out);
}

cocreate_status cci_predicate_holds(cci_engine *e, const cci_campaign *c, const json_t *predicate,
                                    const char *participant, int64_t at, int *out,
                                    char why[CCI_WHY_SIZE], cocreate_error *error)
{
    evaluation v = {
        .engine = e, .campaign = c, .participant = participant, .at = at, .error = error};
    cci_buffer_init(&v.why, &e->allocator);
    cocreate_status status = holds(&v, predicate, out);
    if (status == COCREATE_OK && v.why.failed)
        status = cci_no_memory(error);
    if (status == COCREATE_OK) {
        size_t n = v.why.size < CCI_WHY_SIZE - 1 ? v.why.size : CCI_WHY_SIZE - 1;
        memcpy(why, v.why.data ? v.why.data : "", n);
        why[n] = '\0';
    }
    cci_buffer_free(&v.why);
    json_decref(v.row);
    json_decref(v.attributes);
    return status;
}
