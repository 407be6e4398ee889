/* Options of a method: strict reading by its table, from JSON or from a command line, where every
 * value is a string. */
#include <string.h>

#include "base/text.h"
#include "ranking/method.h"
#include "ranking/write.h"

const char *const cci_common_options[] = {"ties",  "seed",      "context", "seats",
                                          "margin", "bootstrap", NULL};

#define COMMON_COUNT 6

static const char *const no_yes[] = {"no", "yes", NULL};

/* An integer, or the decimal text of one. */
static cocreate_status read_integer(const json_t *json, const char *key, int64_t min, int64_t max,
                                    int64_t *out, cocreate_error *error)
{
    const json_t *value = json_object_get(json, key);
    cci_path path = cci_path_key(&CCI_ROOT, key);
    int64_t number;
    if (!json_is_string(value) ||
        !cci_parse_i64(json_string_value(value), json_string_length(value), &number))
        return cci_json_i64_opt(json, key, min, max, out, &CCI_ROOT, error);
    if (number < min || number > max)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "%lld is out of range, expected %lld to %lld", (long long)number,
                             (long long)min, (long long)max);
    *out = number;
    return COCREATE_OK;
}

/* The k-th piece of a text cut at commas, without blanks around it; 0 past the last. */
static int piece(const char *text, size_t k, const char **start, size_t *size)
{
    for (; k > 0; k--) {
        text = strchr(text, ',');
        if (text == NULL)
            return 0;
        text++;
    }
    *size = strcspn(text, ",");
    while (*size > 0 && *text == ' ')
        text++, (*size)--;
    while (*size > 0 && text[*size - 1] == ' ')
        (*size)--;
    *start = text;
    return 1;
}

/* A number alone is a list of one. */
static size_t list_size(const json_t *value)
{
    if (json_is_array(value))
        return json_array_size(value);
    size_t n = json_is_string(value) || json_is_number(value);
    if (!json_is_string(value))
        return n;
    for (const char *s = json_string_value(value); *s != '\0'; s++)
        n += *s == ',';
    return n;
}

static cocreate_status read_number(const json_t *list, size_t i, cci_rational *out,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_at(path, i);
    if (json_is_array(list))
        return cci_json_number(json_array_get(list, i), out, &at, error);
    if (json_is_number(list))
        return cci_json_number(list, out, path, error);
    const char *start = "";
    size_t size = 0;
    char shown[48];
    int found = piece(json_string_value(list), i, &start, &size);
    assert(found);
    (void)found;
    cocreate_status status = cci_rational_parse(start, size, out, NULL);
    if (status == COCREATE_ERR_PARSE)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected a number, got \"%s\"",
                             cci_quote(start, size, shown, sizeof shown));
    return status == COCREATE_OK ? status : cci_no_memory(error);
}

static cocreate_status read_numbers(const cocreate_allocator *a, const json_t *value, int64_t max,
                                    cci_option_value *out, const cci_path *path,
                                    cocreate_error *error)
{
    size_t n = list_size(value);
    if (n == 0 || n > (uint64_t)max)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "expected a list of 1 to %lld numbers", (long long)max);
    out->numbers = cci_alloc(a, n, sizeof *out->numbers);
    if (out->numbers == NULL)
        return cci_no_memory(error);
    for (; out->count < n; out->count++) {
        cci_rational *number = &out->numbers[out->count];
        CCI_TRY(cci_rational_init(number, error));
        cocreate_status status = read_number(value, out->count, number, path, error);
        if (status != COCREATE_OK) {
            cci_rational_clear(number);
            return status;
        }
    }
    return COCREATE_OK;
}

/* The value, or what its text says. */
static cocreate_status read_json(json_t *value, cci_option_value *out, const cci_path *path,
                                 cocreate_error *error)
{
    if (json_is_string(value)) {
        cocreate_error why = {.status = COCREATE_OK};
        cocreate_status status = cci_json_parse_canonical(
            json_string_value(value), json_string_length(value), &out->json, &why);
        return status == COCREATE_OK ? status : cci_json_fail(error, status, path, "%s", why.text);
    }
    out->json = json_incref(value);
    return COCREATE_OK;
}

static cocreate_status read_option(cci_run *run, const json_t *json, size_t i,
                                   cocreate_error *error)
{
    const cci_option_spec *spec = &run->method->options[i];
    cci_option_value *out = &run->options[i];
    const json_t *value = json_object_get(json, spec->name);
    cci_path path = cci_path_key(&CCI_ROOT, spec->name);
    out->integer = spec->standard;
    if (spec->type == CCI_OPTION_INTEGER && spec->choices != NULL && json_is_string(value) &&
        strcmp(json_string_value(value), spec->choices[0]) == 0) {
        out->integer = spec->min - 1;
        return COCREATE_OK;
    }
    if (spec->type == CCI_OPTION_INTEGER)
        return read_integer(json, spec->name, spec->min, spec->max, &out->integer, error);
    if (value == NULL || json_is_null(value))
        return COCREATE_OK;
    if (spec->type == CCI_OPTION_JSON)
        return read_json(json_object_get(json, spec->name), out, &path, error);
    if (spec->type == CCI_OPTION_NUMBERS)
        return read_numbers(&run->allocator, value, spec->max, out, &path, error);
    int choice = (int)spec->standard;
    CCI_TRY(cci_json_choice(json, spec->name, spec->choices, &choice, &CCI_ROOT, error));
    out->integer = choice;
    return COCREATE_OK;
}

/* -- The tie chain ---------------------------------------------------------------------------- */

static const char *const steps[] = {"id", "earliest", "lot", "parallel"};

#define PARALLEL 3

static cocreate_status add_step(const char *text, size_t size, cci_chain *out,
                                const cci_path *path, cocreate_error *error)
{
    int step = -1;
    for (int i = 0; i <= PARALLEL; i++)
        if (strlen(steps[i]) == size && memcmp(steps[i], text, size) == 0)
            step = i;
    if (step < 0) {
        char shown[64];
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "no tie step \"%s\"; the steps are id, earliest, lot and parallel",
                             cci_quote(text, size, shown, sizeof shown));
    }
    if (out->parallel || (step == PARALLEL && out->count > 0))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "\"parallel\" follows every order of a tie: it stands alone");
    if (step == PARALLEL) {
        out->parallel = 1;
        return COCREATE_OK;
    }
    for (size_t i = 0; i < out->count; i++)
        if ((int)out->steps[i] == step)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                                 "the step \"%s\" stands twice", steps[step]);
    out->steps[out->count++] = (cci_tie_step)step;
    return COCREATE_OK;
}

static cocreate_status read_steps(const json_t *value, cci_chain *out, const cci_path *path,
                                  cocreate_error *error)
{
    if (json_is_string(value)) {
        const char *start;
        size_t size;
        for (size_t i = 0; piece(json_string_value(value), i, &start, &size); i++)
            CCI_TRY(add_step(start, size, out, path, error));
        return COCREATE_OK;
    }
    if (!json_is_array(value))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "expected a list of tie steps, such as \"earliest,lot\"");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        cci_path at = cci_path_at(path, i);
        if (!json_is_string(item))
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "expected a tie step");
        CCI_TRY(add_step(json_string_value(item), json_string_length(item), out, &at, error));
    }
    return COCREATE_OK;
}

static int draws(const cci_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->steps[i] == CCI_TIE_LOT)
            return 1;
    return 0;
}

cocreate_status cci_chain_read(const json_t *json, cci_chain *out, cocreate_error *error)
{
    cci_path path = cci_path_key(&CCI_ROOT, "ties");
    const json_t *ties = json_object_get(json, "ties");
    cci_chain chain = *out; /* the default */
    const char *seed = NULL, *context = NULL;
    if (ties != NULL && !json_is_null(ties)) {
        chain = (cci_chain){.count = 0};
        CCI_TRY(read_steps(ties, &chain, &path, error));
    }
    CCI_TRY(cci_json_string_opt(json, "seed", &seed, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(json, "context", &context, &CCI_ROOT, error));
    path = cci_path_key(&CCI_ROOT, "seed");
    if (seed != NULL && !cci_parse_hex(seed, strlen(seed), chain.seed, sizeof chain.seed))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "expected 64 hex digits");
    chain.seeded = seed != NULL;
    if (seed == NULL && draws(&chain))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "the tie step \"lot\" needs a seed of 64 hex digits");
    path = cci_path_key(&CCI_ROOT, "context");
    if (context != NULL && strlen(context) > COCREATE_ID_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "expected at most %d bytes",
                             COCREATE_ID_MAX);
    if (context != NULL)
        memcpy(chain.context, context, strlen(context) + 1);
    *out = chain;
    return COCREATE_OK;
}

/* -- All of them ------------------------------------------------------------------------------ */

/* What tells how firm the result is. */
static cocreate_status read_robustness(cci_run *run, const json_t *json, cocreate_error *error)
{
    const json_t *seed = json_object_get(json, "seed");
    cci_path path = cci_path_key(&CCI_ROOT, "seed");
    CCI_TRY(read_integer(json, "bootstrap", 0, CCI_BOOTSTRAP_MAX, &run->bootstrap, error));
    if (json_object_get(json, "margin") != NULL)
        CCI_TRY(cci_json_choice(json, "margin", no_yes, &run->wants_margin, &CCI_ROOT, error));
    if (run->bootstrap > 0 && (seed == NULL || json_is_null(seed)))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "\"bootstrap\" draws ballots and needs a seed of 64 hex digits");
    return COCREATE_OK;
}

static cocreate_status read_common(cci_run *run, const json_t *json, cocreate_error *error)
{
    const cci_method *method = run->method;
    cci_path path = cci_path_key(&CCI_ROOT, "seats");
    const json_t *seats = json_object_get(json, "seats");
    run->seats = 1;
    run->budgeted = (method->elects & CCI_ELECTS_BUDGET) != 0;
    if (seats != NULL && !json_is_null(seats)) {
        if (method->elects == CCI_ELECTS_BUDGET)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                                 "%s selects what its budget buys: it has no seats", method->name);
        CCI_TRY(read_integer(json, "seats", 1, COCREATE_OPTIONS_MAX, &run->seats, error));
        run->budgeted = 0;
    }
    if (method->chain != NULL) {
        path = cci_path_key(&CCI_ROOT, "ties");
        CCI_TRY(add_step(method->chain, strlen(method->chain), &run->chain, &path, error));
    }
    CCI_TRY(cci_chain_read(json, &run->chain, error));
    CCI_TRY(read_robustness(run, json, error));
    path = cci_path_key(&CCI_ROOT, "ties");
    if (run->chain.parallel && !method->parallel)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "%s does not follow all tie orders (\"parallel\")", method->name);
    return COCREATE_OK;
}

static cocreate_status read_all(cci_run *run, const json_t *json, cocreate_error *error)
{
    const char *keys[CCI_OPTIONS_MAX + COMMON_COUNT + 1] = {NULL};
    size_t n = run->method->option_count;
    assert(n <= CCI_OPTIONS_MAX);
    for (size_t i = 0; i < n; i++)
        keys[i] = run->method->options[i].name;
    for (size_t i = 0; i < COMMON_COUNT; i++)
        keys[n + i] = cci_common_options[i];
    CCI_TRY(cci_json_keys(json, keys, &CCI_ROOT, error));
    for (size_t i = 0; i < n; i++)
        CCI_TRY(read_option(run, json, i, error));
    return read_common(run, json, error);
}

/* Equal ranks are ties too, of a ballot: "ties": "split" or "each" means the option of the method that has
 * these choices. */
static cocreate_status move_ballot_ties(const cci_run *run, json_t *json, cocreate_error *error)
{
    json_t *ties = json_object_get(json, "ties");
    const char *word = json_string_value(ties); /* NULL for others */
    if (word == NULL || (strcmp(word, "split") != 0 && strcmp(word, "each") != 0))
        return COCREATE_OK;
    for (size_t i = 0; i < run->method->option_count; i++) {
        const cci_option_spec *spec = &run->method->options[i];
        if (spec->type != CCI_OPTION_CHOICE || strcmp(spec->choices[0], "split") != 0 ||
            json_object_get(json, spec->name) != NULL)
            continue;
        if (json_object_set(json, spec->name, ties) != 0)
            return cci_no_memory(error);
        json_object_del(json, "ties");
        return COCREATE_OK;
    }
    return COCREATE_OK;
}

cocreate_status cci_options_read(cci_run *run, const char *text, cocreate_error *error)
{
    json_t *json = NULL;
    if (text == NULL)
        text = "{}";
    CCI_TRY(cci_json_parse(text, strlen(text), &json, error));
    cocreate_status status = move_ballot_ties(run, json, error);
    if (status == COCREATE_OK)
        status = read_all(run, json, error);
    json_decref(json);
    return status;
}

void cci_options_free(cci_run *run)
{
    for (size_t i = 0; i < CCI_OPTIONS_MAX; i++) {
        for (size_t k = 0; k < run->options[i].count; k++)
            cci_rational_clear(&run->options[i].numbers[k]);
        cci_free(&run->allocator, run->options[i].numbers);
        json_decref(run->options[i].json);
        run->options[i] = (cci_option_value){0, NULL, 0, NULL};
    }
}

/* -- Writing ---------------------------------------------------------------------------------- */

static void write_chain(const cci_run *run, cci_buffer *out)
{
    if (run->chain.parallel)
        cci_buffer_text(out, "\"parallel\"");
    for (size_t i = 0; i < run->chain.count; i++)
        cci_buffer_format(out, "%s\"%s\"", i > 0 ? "," : "", steps[run->chain.steps[i]]);
}

static cocreate_status write_option(const cci_run *run, size_t i, cci_buffer *out,
                                    cocreate_error *error)
{
    const cci_option_spec *spec = &run->method->options[i];
    const cci_option_value *value = &run->options[i];
    if (spec->type == CCI_OPTION_INTEGER && value->integer < spec->min && spec->choices != NULL)
        cci_buffer_format(out, "\"%s\"", spec->choices[0]);
    else if (spec->type == CCI_OPTION_INTEGER && value->integer < spec->min)
        cci_buffer_text(out, "null");
    else if (spec->type == CCI_OPTION_INTEGER)
        cci_buffer_i64(out, value->integer);
    else if (spec->type == CCI_OPTION_CHOICE && value->integer < 0)
        cci_buffer_text(out, "null");
    else if (spec->type == CCI_OPTION_CHOICE)
        cci_buffer_format(out, "\"%s\"", spec->choices[value->integer]);
    else if (spec->type == CCI_OPTION_JSON)
        return cci_json_canonical(value->json, out, error);
    else {
        for (size_t k = 0; k < value->count; k++) {
            cci_buffer_text(out, k > 0 ? ",\"" : "[\"");
            CCI_TRY(cci_rational_text(&value->numbers[k], out, error));
            cci_buffer_byte(out, '"');
        }
        cci_buffer_byte(out, ']');
    }
    return COCREATE_OK;
}

/* What stands under the j-th name: an option of the method, or one that every method takes. */
enum { CONTEXT = CCI_OPTIONS_MAX, SEED, TIES, MARGIN, BOOTSTRAP, MEMBERS_MAX };

static cocreate_status write_member(const cci_run *run, int which, cci_buffer *out,
                                    cocreate_error *error)
{
    if (which == CONTEXT)
        cci_json_quote(out, run->chain.context, strlen(run->chain.context));
    else if (which == SEED) {
        cci_buffer_byte(out, '"');
        cci_buffer_hex(out, run->chain.seed, sizeof run->chain.seed);
        cci_buffer_byte(out, '"');
    } else if (which == MARGIN)
        cci_buffer_text(out, "\"yes\"");
    else if (which == BOOTSTRAP)
        cci_buffer_i64(out, run->bootstrap);
    else if (which == TIES) {
        cci_buffer_byte(out, '[');
        write_chain(run, out);
        cci_buffer_byte(out, ']');
    } else
        return write_option(run, (size_t)which, out, error);
    return COCREATE_OK;
}

/* Lists and JSON values are only written where there are any. */
static int is_given(const cci_run *run, size_t i)
{
    cci_option_type type = run->method->options[i].type;
    return (type != CCI_OPTION_NUMBERS || run->options[i].count > 0) &&
           (type != CCI_OPTION_JSON || run->options[i].json != NULL);
}

cocreate_status cci_options_write(const cci_run *run, cci_buffer *out, cocreate_error *error)
{
    struct {
        const char *name;
        int which;
    } members[MEMBERS_MAX], moved;
    size_t n = 0;
    for (size_t i = 0; i < run->method->option_count; i++)
        if (is_given(run, i)) {
            members[n].name = run->method->options[i].name;
            members[n++].which = (int)i;
        }
    if (run->wants_margin)
        members[n].name = "margin", members[n++].which = MARGIN;
    if (run->bootstrap > 0)
        members[n].name = "bootstrap", members[n++].which = BOOTSTRAP;
    if (draws(&run->chain) || run->bootstrap > 0 ||
        (run->method->draws && run->chain.seeded)) {
        members[n].name = "context", members[n++].which = CONTEXT;
        members[n].name = "seed", members[n++].which = SEED;
    }
    if (run->chain.count > 0 || run->chain.parallel)
        members[n].name = "ties", members[n++].which = TIES;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && strcmp(members[k - 1].name, members[k].name) > 0; k--) {
            moved = members[k];
            members[k] = members[k - 1];
            members[k - 1] = moved;
        }
    cci_buffer_byte(out, '{');
    for (size_t i = 0; i < n; i++) {
        cci_buffer_format(out, "%s\"%s\":", i > 0 ? "," : "", members[i].name);
        CCI_TRY(write_member(run, members[i].which, out, error));
    }
    cci_buffer_byte(out, '}');
    return COCREATE_OK;
}
