/* The catalogue of commands and the page that documents it say the same. */
#include "commands.h"

#include <jansson.h>

/* docs/reference/commands.md has a section for every command, with every parameter as it is. */
static void the_catalogue_is_that_of_the_documents(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    char *page = read_file(COCREATE_SOURCE_DIR "/docs/reference/commands.md", NULL);
    assert_status(cocreate_commands(NULL, &text, &check_error), COCREATE_OK);
    json_t *catalogue = json_loads(cocreate_text_data(text), 0, NULL), *command, *parameter;
    assert_true(json_array_size(catalogue) >= 14);
    size_t i, k;
    json_array_foreach(catalogue, i, command)
    {
        char line[512];
        snprintf(line, sizeof line, "\n## %s\n\n%s. By: ",
                 json_string_value(json_object_get(command, "do")),
                 json_string_value(json_object_get(command, "title")));
        const char *section = strstr(page, line);
        if (section == NULL)
            print_error("docs/reference/commands.md lacks %s\n", line);
        assert_non_null(section);
        json_array_foreach(json_object_get(command, "parameters"), k, parameter)
        {
            if (k < 2) /* at and actor are said once for all */
                continue;
            snprintf(line, sizeof line, "| `%s` | %s | %s | %s |\n",
                     json_string_value(json_object_get(parameter, "name")),
                     json_string_value(json_object_get(parameter, "type")),
                     json_is_true(json_object_get(parameter, "required")) ? "yes" : "no",
                     json_string_value(json_object_get(parameter, "about")));
            if (strstr(section, line) == NULL)
                print_error("docs/reference/commands.md lacks %s\n", line);
            assert_non_null(strstr(section, line));
        }
    }
    json_decref(catalogue);
    cocreate_text_free(text);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_that_of_the_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
