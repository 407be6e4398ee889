/* Is a document a predicate? */
#include <string.h>

#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"

static const char *const condition_words[] = {"and", "or", "not", "has", "role", "in", "=",
                                              "!=",  "<",  "<=",  ">",   ">=",   NULL};
static const char *const value_words[] = {"attribute", "side", "role", "joined_us", "count", NULL};
static const char *const count_words[] = {"contributions", "selected", "ballots", NULL};

static int index_of(const char *const *words, const char *word)
{
    for (int i = 0; word && words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

int cci_predicate_is(const json_t *json)
{
    return index_of(condition_words, json_string_value(json_array_get(json, 0))) >= 0;
}

typedef struct checker {
    int nodes, values, counts, depth;
    cocreate_error *error;
} checker;

static cocreate_status wrong(const checker *k, const cci_path *path, const char *text)
{
    return cci_json_fail(k->error, COCREATE_ERR_SCHEMA, path, "%s", text);
}

/* One more node, one level deeper. */
static cocreate_status enter(checker *k, const cci_path *path)
{
    if (++k->nodes > CCI_PREDICATE_NODES)
        return cci_json_fail(k->error, COCREATE_ERR_LIMIT, path,
                             "a predicate has at most %d parts", CCI_PREDICATE_NODES);
    if (++k->depth > CCI_PREDICATE_DEPTH)
        return cci_json_fail(k->error, COCREATE_ERR_LIMIT, path,
                             "a predicate is nested at most %d deep", CCI_PREDICATE_DEPTH);
    return COCREATE_OK;
}

static int is_literal(const json_t *json)
{
    return json_is_integer(json) || json_is_string(json) || json_is_boolean(json);
}

static cocreate_status check_size(const checker *k, const json_t *json, size_t size,
                                  const cci_path *path)
{
    if (json_array_size(json) == size)
        return COCREATE_OK;
    return cci_json_fail(k->error, COCREATE_ERR_SCHEMA, path, "'%s' has %zu operands, not %zu",
                         json_string_value(json_array_get(json, 0)), size - 1,
                         json_array_size(json) - 1);
}

/* [word, name]: the name is one of a list, or any key where there is none. */
static cocreate_status check_name(const checker *k, const json_t *json, const char *const *names,
                                  const cci_path *path)
{
    CCI_TRY(check_size(k, json, 2, path));
    const char *name = json_string_value(json_array_get(json, 1));
    cci_path here = cci_path_at(path, 1);
    if (!name || !*name || (names && index_of(names, name) < 0))
        return cci_json_fail(k->error, COCREATE_ERR_SCHEMA, &here, "expected the name of %s",
                             names == cci_role_words ? "a role"
                             : names                 ? "what is counted: contributions, selected "
                                                       "or ballots"
                                                     : "an attribute");
    return COCREATE_OK;
}

static cocreate_status check_value(checker *k, const json_t *json, const cci_path *path)
{
    if (is_literal(json))
        return COCREATE_OK;
    int word = index_of(value_words, json_string_value(json_array_get(json, 0)));
    if (word < 0)
        return wrong(k, path,
                     "expected an integer, a text, a boolean, or one of attribute, side, role, "
                     "joined_us and count in a list");
    CCI_TRY(enter(k, path));
    k->depth--;
    if (word == 0)
        return check_name(k, json, NULL, path);
    if (word == 2)
        return check_name(k, json, cci_role_words, path);
    if (word != 4)
        return check_size(k, json, 1, path);
    if (++k->counts > CCI_PREDICATE_COUNTS)
        return cci_json_fail(k->error, COCREATE_ERR_LIMIT, path,
                             "a predicate counts at most %d times", CCI_PREDICATE_COUNTS);
    return check_name(k, json, count_words, path);
}

static cocreate_status check_in(checker *k, const json_t *json, const cci_path *path)
{
    CCI_TRY(check_size(k, json, 3, path));
    cci_path first = cci_path_at(path, 1), second = cci_path_at(path, 2);
    CCI_TRY(check_value(k, json_array_get(json, 1), &first));
    const json_t *list = json_array_get(json, 2);
    size_t n = json_array_size(list);
    if (n == 0)
        return wrong(k, &second, "expected a list of integers, texts and booleans");
    k->values += n > CCI_PREDICATE_VALUES ? CCI_PREDICATE_VALUES + 1 : (int)n;
    if (k->values > CCI_PREDICATE_VALUES)
        return cci_json_fail(k->error, COCREATE_ERR_LIMIT, &second,
                             "a predicate lists at most %d values", CCI_PREDICATE_VALUES);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&second, i);
        if (!is_literal(json_array_get(list, i)))
            return wrong(k, &here, "expected an integer, a text or a boolean");
    }
    return COCREATE_OK;
}

static cocreate_status check_condition(checker *k, const json_t *json, const cci_path *path);

/* ["and", P...] */
static cocreate_status check_all(checker *k, const json_t *json, const cci_path *path)
{
    if (json_array_size(json) < 2)
        return wrong(k, path, "expected at least one condition");
    for (size_t i = 1; i < json_array_size(json); i++) {
        cci_path here = cci_path_at(path, i);
        CCI_TRY(check_condition(k, json_array_get(json, i), &here));
    }
    return COCREATE_OK;
}

static cocreate_status check_condition(checker *k, const json_t *json, const cci_path *path)
{
    const char *word = json_string_value(json_array_get(json, 0));
    if (index_of(condition_words, word) < 0)
        return wrong(k, path,
                     "expected a list that begins with one of and, or, not, has, role, in, =, !=, "
                     "<, <=, >, >=");
    CCI_TRY(enter(k, path));
    cocreate_status status;
    if (strcmp(word, "and") == 0 || strcmp(word, "or") == 0) {
        status = check_all(k, json, path);
    } else if (strcmp(word, "not") == 0) {
        status = check_size(k, json, 2, path);
        if (status == COCREATE_OK)
            status = check_all(k, json, path);
    } else if (strcmp(word, "has") == 0) {
        status = check_name(k, json, NULL, path);
    } else if (strcmp(word, "role") == 0) {
        status = check_name(k, json, cci_role_words, path);
    } else if (strcmp(word, "in") == 0) {
        status = check_in(k, json, path);
    } else {
        cci_path first = cci_path_at(path, 1), second = cci_path_at(path, 2);
        status = check_size(k, json, 3, path);
        if (status == COCREATE_OK)
            status = check_value(k, json_array_get(json, 1), &first);
        if (status == COCREATE_OK)
            status = check_value(k, json_array_get(json, 2), &second);
    }
    k->depth--;
    return status;
}

cocreate_status cci_predicate_check(const json_t *json, const cci_path *path,
                                    cocreate_error *error)
{
    checker k = {.error = error};
    return check_condition(&k, json, path);
}
