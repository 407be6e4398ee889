/* Every command with every parameter missing, of every other type, empty, too long, beyond all bounds: the
 * refusal names the parameter and says what is wrong, and nothing changes. Commands and parameters come from
 * the catalogue. */
#include "commands.h"

#include <jansson.h>

static cocreate_store *store;
static json_t *catalogue;
static size_t cases;

/* A value of the type, as a sound command has it. */
static json_t *sound(const char *type)
{
    if (strcmp(type, "integer") == 0 || strcmp(type, "time") == 0)
        return json_integer(1);
    if (strcmp(type, "object") == 0)
        return json_object();
    if (strcmp(type, "array") == 0)
        return json_array();
    if (strcmp(type, "boolean") == 0)
        return json_true();
    return json_string("1");
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The command with every parameter sound but `broken`, which is `value` (taken), or missing for NULL. */
static char *command_with(const json_t *type, const char *broken, json_t *value)
{
    const json_t *parameters = json_object_get(type, "parameters");
    json_t *command = json_object();
    json_object_set(command, "do", json_object_get(type, "do"));
    for (size_t i = 0; i < json_array_size(parameters); i++) {
        const json_t *p = json_array_get(parameters, i);
        json_object_set_new(command, text_of(p, "name"), sound(text_of(p, "type")));
    }
    json_object_set_new(command, "actor", json_string("host"));
    if (value)
        json_object_set_new(command, broken, value);
    else
        json_object_del(command, broken);
    char *text = json_dumps(command, JSON_COMPACT);
    json_decref(command);
    assert_non_null(text);
    return text;
}

static void look(uint8_t root[32])
{
    uint64_t size;
    assert_status(cocreate_root(store, root, &size, &check_error), COCREATE_OK);
}

/* Refused with "$.<parameter>: ", some words, and the status. */
static void is_refused(const json_t *type, const char *parameter, json_t *value, const char *words)
{
    char path[100];
    uint8_t before[32], after[32];
    cocreate_error error = {0};
    char *command = command_with(type, parameter, value);
    snprintf(path, sizeof path, "$.%s: ", parameter);
    look(before);
    cocreate_status status = cocreate_execute(store, command, strlen(command), NULL, &error);
    look(after);
    if (status != COCREATE_ERR_SCHEMA || strncmp(error.text, path, strlen(path)) != 0 ||
        !strstr(error.text, words) || memcmp(before, after, sizeof before) != 0)
        fail_msg("%s\n  is %s: %s\n  expected %s...%s", command, cocreate_status_name(status), error.text,
                 path, words);
    free(command);
    cases++;
}

static json_t *long_text(size_t size)
{
    static char text[1000];
    memset(text, 'x', size);
    return json_stringn(text, size);
}

static void break_parameter(const json_t *command, const json_t *parameter)
{
    const char *name = text_of(parameter, "name"), *type = text_of(parameter, "type");
    int required = json_is_true(json_object_get(parameter, "required"));
    int is_text = strcmp(type, "text") == 0, is_id = strcmp(type, "id") == 0;
    int is_integer = strcmp(type, "integer") == 0, is_decimal = strcmp(type, "decimal") == 0;
    int is_time = strcmp(type, "time") == 0;
    if (required) {
        is_refused(command, name, NULL, "required");
        is_refused(command, name, json_null(), "required");
    }
    if (required && (is_text || is_id))
        is_refused(command, name, json_string(""), "empty");
    if (is_id)
        is_refused(command, name, long_text(200), "200 bytes long, at most 128");
    if (strcmp(type, "object") != 0)
        is_refused(command, name, json_object(), "an object");
    if (strcmp(type, "array") != 0)
        is_refused(command, name, json_array(), "an empty array");
    if (strcmp(type, "boolean") != 0)
        is_refused(command, name, json_true(), "true");
    if (!is_integer && !is_decimal && !is_time)
        is_refused(command, name, json_integer(-7), "-7");
    if (!is_decimal)
        is_refused(command, name, json_real(0.5), "0.5");
    if (!is_text && !is_id)
        is_refused(command, name, json_string("a word"), "a word");
    if (is_integer)
        is_refused(command, name, json_string("7"), "\"7\"");
    if (is_decimal)
        is_refused(command, name, json_string("1/0"), "1/0");
}

static void every_parameter_of_every_command(void **state)
{
    (void)state;
    for (size_t i = 0; i < json_array_size(catalogue); i++) {
        const json_t *command = json_array_get(catalogue, i);
        const json_t *parameters = json_object_get(command, "parameters");
        for (size_t k = 0; k < json_array_size(parameters); k++)
            break_parameter(command, json_array_get(parameters, k));
        is_refused(command, "nonsense", json_integer(1), "unknown");
    }
    print_message("%d refusals\n", (int)cases);
    assert_true(cases >= 2000);
}

static int set_up(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    store = open_store();
    assert_status(cocreate_commands(NULL, &text, &check_error), COCREATE_OK);
    catalogue = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    json_decref(catalogue);
    verified_close(store);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_parameter_of_every_command)};
    return cmocka_run_group_tests_name("bad input", tests, set_up, tear_down) != 0;
}
