/* The catalogue of commands and the page that documents it say the same, and an event lacks nothing that
 * every event of its type has. */
#include "commands.h"

#include "campaign/engine.h"

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

/* A log that nobody here wrote may hold an event of a campaign that names none: refused before its
 * type sees it. */
static void an_event_of_a_campaign_names_one(void **state)
{
    (void)state;
    cci_engine engine = {0};
    json_t *data = json_object();
    size_t storewide = 0;
    for (size_t i = 0; cci_event_types[i]; i++) {
        const cci_event_type *type = cci_event_types[i];
        cci_event event = {.seq = 7, .actor = "host", .type = type->type, .data = data};
        if (cci_event_storewide(type)) {
            storewide++;
            continue;
        }
        assert_failure(cci_apply(&engine, &event, &check_error), COCREATE_ERR_CORRUPT,
                       "event 7 names no campaign");
    }
    assert_int_equal(storewide, 7); /* campaign.created, participant.* (4) and role.* (2) */
    json_decref(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_that_of_the_documents),
        cmocka_unit_test(an_event_of_a_campaign_names_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
