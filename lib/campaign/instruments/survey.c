/* Surveys: ballots are answers to the round's own questions. The result tells how many gave which
 * answer; nothing is ranked. */
#include <string.h>

#include "campaign/engine.h"
#include "campaign/instruments/instrument.h"

#define QUESTIONS_MAX 200
#define CHOICES_MAX 1000
#define ANSWER_MAX 4096

static const char *const types[] = {"choice", "integer", "text", NULL};

static cocreate_status read_choices(const json_t *question, int is_choice, const cci_path *path,
                                    cocreate_error *error)
{
    const json_t *choices = json_object_get(question, "choices");
    size_t n = json_array_size(choices);
    cci_path here = cci_path_key(path, "choices");
    if (!is_choice && choices)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is only for questions of type 'choice'");
    if (is_choice && (n < 1 || n > CHOICES_MAX))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "expected a list of 1 to %d texts",
                             CHOICES_MAX);
    for (size_t i = 0; i < n; i++)
        if (!json_is_string(json_array_get(choices, i))) {
            cci_path item = cci_path_at(&here, i);
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &item, "expected a text");
        }
    return COCREATE_OK;
}

static cocreate_status read_bounds(json_t *question, int is_integer, const cci_path *path,
                                   cocreate_error *error)
{
    int64_t min = -CCI_JSON_INTEGER_MAX, max = CCI_JSON_INTEGER_MAX;
    cci_path here = cci_path_key(path, json_object_get(question, "min") ? "min" : "max");
    CCI_TRY(cci_json_i64_opt(question, "min", min, max, &min, path, error));
    CCI_TRY(cci_json_i64_opt(question, "max", -CCI_JSON_INTEGER_MAX, max, &max, path, error));
    if (!is_integer && (json_object_get(question, "min") || json_object_get(question, "max")))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                             "is only for questions of type 'integer'");
    if (min > max)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "min is above max");
    return COCREATE_OK;
}

static const json_t *question_of(const json_t *questions, const char *key, size_t *index)
{
    for (size_t i = 0; i < json_array_size(questions); i++) {
        const json_t *question = json_array_get(questions, i);
        const char *name = json_string_value(json_object_get(question, "key"));
        *index = i;
        if (name && strcmp(name, key) == 0)
            return question;
    }
    return NULL;
}

static cocreate_status read(const cci_brief *brief, json_t *json, cci_round_spec *spec,
                            const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"key", "type", "required", "min", "max", "choices", NULL};
    json_t *list;
    cci_path questions = cci_path_key(path, "questions");
    (void)brief;
    CCI_TRY(cci_json_get_array(json, "questions", &list, path, error));
    size_t n = json_array_size(list), first;
    if (n < 1 || n > QUESTIONS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &questions,
                             "expected a list of 1 to %d questions", QUESTIONS_MAX);
    for (size_t i = 0; i < n; i++) {
        json_t *question = json_array_get(list, i);
        cci_path here = cci_path_at(&questions, i);
        const char *key;
        int type, required;
        CCI_TRY(cci_brief_object(question, keys, &here, error));
        CCI_TRY(cci_json_id(question, "key", &key, &here, error));
        if (question_of(list, key, &first) && first < i)
            return cci_brief_repeated(&here, "key", key, error);
        CCI_TRY(cci_json_choice(question, "type", types, &type, &here, error));
        CCI_TRY(cci_brief_bool(question, "required", 0, &required, &here, error));
        CCI_TRY(read_choices(question, type == 0, &here, error));
        CCI_TRY(read_bounds(question, type == 1, &here, error));
    }
    spec->questions = list;
    return COCREATE_OK;
}

/* ---- answers ---- */

static cocreate_status refuse(cocreate_error *error, size_t round, size_t question, const char *format,
                              ...) CCI_FORMAT(4, 5);

static cocreate_status refuse(cocreate_error *error, size_t round, size_t question, const char *format,
                              ...)
{
    cci_path rounds = cci_path_key(&CCI_ROOT, "rounds"), item = cci_path_at(&rounds, round);
    cci_path questions = cci_path_key(&item, "questions"), here = cci_path_at(&questions, question);
    va_list arguments;
    va_start(arguments, format);
    cci_json_vfail(error, COCREATE_ERR_REFUSED, &here, format, arguments);
    va_end(arguments);
    return COCREATE_ERR_REFUSED;
}

static int is_choice(const json_t *question, const json_t *answer)
{
    return json_is_string(answer) &&
           cci_json_lists(json_object_get(question, "choices"), json_string_value(answer));
}

static cocreate_status check_answer(size_t round, size_t index, const json_t *question,
                                    const json_t *answer, cocreate_error *error)
{
    const char *type = json_string_value(json_object_get(question, "type"));
    const json_t *min = json_object_get(question, "min"), *max = json_object_get(question, "max");
    if (type && strcmp(type, "choice") == 0)
        return is_choice(question, answer)
                   ? COCREATE_OK
                   : refuse(error, round, index, "the answer is none of the choices, as '%.80s'",
                            json_string_value(json_array_get(json_object_get(question, "choices"), 0)));
    if (type && strcmp(type, "text") == 0) {
        if (!json_is_string(answer))
            return refuse(error, round, index, "the answer is no text");
        return json_string_length(answer) <= ANSWER_MAX
                   ? COCREATE_OK
                   : refuse(error, round, index, "the answer has %zu bytes, the most is %d",
                            json_string_length(answer), ANSWER_MAX);
    }
    if (!json_is_integer(answer))
        return refuse(error, round, index, "the answer is no integer");
    json_int_t value = json_integer_value(answer);
    json_int_t least = min ? json_integer_value(min) : -CCI_JSON_INTEGER_MAX;
    json_int_t most = max ? json_integer_value(max) : CCI_JSON_INTEGER_MAX;
    return value >= least && value <= most
               ? COCREATE_OK
               : refuse(error, round, index, "the answer %lld is outside %lld..%lld", (long long)value,
                        (long long)least, (long long)most);
}

static cocreate_status check_document(const cci_round_spec *spec, size_t round,
                                      const json_t *ballot, cocreate_error *error)
{
    const char *key;
    json_t *answer;
    size_t index;
    json_object_foreach((json_t *)(uintptr_t)ballot, key, answer)
    {
        const json_t *question = question_of(spec->questions, key, &index);
        if (!question)
            return cci_refuse_round(error, round, "questions", "there is no question '%.80s'", key);
        CCI_TRY(check_answer(round, index, question, answer, error));
    }
    for (size_t i = 0; i < json_array_size(spec->questions); i++) {
        const json_t *question = json_array_get(spec->questions, i);
        const char *name = json_string_value(json_object_get(question, "key"));
        if (json_is_true(json_object_get(question, "required")) && name &&
            !json_object_get(ballot, name))
            return refuse(error, round, i, "this question must be answered");
    }
    return COCREATE_OK;
}

static const char *const members[] = {"questions", NULL};

const cci_instrument_type cci_instrument_survey = {
    .name = "survey",
    .leads = 1u << CCI_LEAD_CUSTOMER,
    .members = members,
    .read = read,
    .check_document = check_document,
};
