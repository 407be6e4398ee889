/* Hostile ids and texts come out as they went in: through every command that takes an id, and out
 * of the log again. */
#include "commands.h"
#include "hostile_ids.h"

#include <jansson.h>

/* A command with the ids that it names. */
static void command(cocreate_store *store, const char *name, const char *actor, int64_t at,
                    json_t *body)
{
    assert_non_null(body);
    json_object_set_new(body, "do", json_string(name));
    json_object_set_new(body, "actor", json_string(actor));
    json_object_set_new(body, "at", json_integer(at));
    char *text = json_dumps(body, JSON_COMPACT);
    assert_non_null(text);
    assert_status(cocreate_execute(store, text, strlen(text), NULL, &check_error), COCREATE_OK);
    free(text);
    json_decref(body);
}

static json_t *brief_of(const char *id)
{
    json_t *brief = json_pack(
        "{s:s,s:s,s:s,s:[s],s:[{s:s,s:i,s:i,s:[s,s,s]},{s:s,s:i,s:i,s:[s]}],"
        "s:[{s:s,s:s,s:s,s:s,s:s}],s:{s:s,s:s}}",
        "brief", "cocreate.brief/1", "title", "T", "mode", "tinkering", "contributors", "customer",
        "phases", "id", id, "opens", 0, "closes", 10, "allows", "submit", "revise", "withdraw",
        "id", "v", "opens", 10, "closes", 20, "allows", "vote", "rounds", "id", id, "lead",
        "customer", "instrument", "approve", "phase", "v", "method", "approval", "rights", "type",
        "exclusive", "terms", id);
    assert_non_null(brief);
    return brief;
}

/* The member at a path of an event is this id, byte for byte. */
static void has(const json_t *event, const char *first, const char *second, const char *id)
{
    const json_t *value = json_object_get(event, first);
    if (second != NULL)
        value = json_object_get(value, second);
    assert_non_null(value);
    assert_string_equal(json_string_value(value), id);
}

static void check_log(cocreate_store *store, const char *id, const char *person)
{
    cocreate_text *log = events_from(store, 1);
    const char *line = cocreate_text_data(log);
    for (size_t n = 0; *line != '\0'; n++) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        json_t *event = json_loadb(line, (size_t)(end - line), 0, NULL);
        assert_non_null(event);
        const char *type = json_string_value(json_object_get(event, "type"));
        if (strcmp(type, "participant.put") == 0)
            has(event, "data", "participant", person);
        else if (strcmp(type, "campaign.created") == 0)
            has(event, "data", "campaign", id);
        else
            has(event, "campaign", NULL, id);
        if (strncmp(type, "contribution.", 13) == 0)
            has(event, "data", "contribution", id);
        if (strcmp(type, "contribution.submitted") == 0) {
            has(event, "data", "terms", id);
            has(event, "data", "title", id);
            has(json_array_get(json_object_get(json_object_get(event, "data"), "authors"), 0),
                "participant", NULL, person);
        }
        if (strcmp(type, "ballot.cast") == 0)
            has(event, "data", "round", id);
        json_decref(event);
        line = end + 1;
    }
    cocreate_text_free(log);
}

static void every_id_comes_out_as_it_went_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < IDS; i++) {
        char id[COCREATE_ID_MAX + 1];
        make_id(i, id);
        const char *options[] = {id};
        cocreate_store *s = open_store();
        command(s, "participant.put", "host", 0,
                json_pack("{s:s,s:s}", "participant", id, "side", "customer"));
        command(s, "campaign.create", "host", 0,
                json_pack("{s:s,s:o}", "campaign", id, "brief", brief_of(id)));
        command(s, "campaign.publish", "host", 0, json_pack("{s:s}", "campaign", id));
        command(s, "contribution.submit", id, 1,
                json_pack("{s:s,s:s,s:s,s:s}", "campaign", id, "contribution", id, "terms", id,
                          "title", id));
        assert_status(cocreate_contribution_submit(s, id, 1, id, id, NULL, id, &check_error),
                      COCREATE_ERR_CONFLICT); /* it had a title */
        command(s, "contribution.revise", id, 2,
                json_pack("{s:s,s:s,s:s}", "campaign", id, "contribution", id, "title", "new"));
        assert_status(cocreate_vote(s, id, id, 10, id, options, NULL, 1, &check_error),
                      COCREATE_ERR_REFUSED); /* their own */
        assert_status(cocreate_vote(s, id, id, 10, id, NULL, NULL, 0, &check_error), COCREATE_OK);
        command(s, "contribution.remove", "host", 11,
                json_pack("{s:s,s:s,s:s}", "campaign", id, "contribution", id, "reason", id));
        command(s, "campaign.cancel", "host", 12,
                json_pack("{s:s,s:s}", "campaign", id, "reason", id));
        check_log(s, id, id);
        cocreate_store_close(s);
    }
}

static void bad_ids_are_refused_everywhere(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "a\nb",         "\x7f",       "\x01", "\xff",
                                      "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80"};
    char long_id[COCREATE_ID_MAX + 2];
    memset(long_id, 'x', sizeof long_id);
    long_id[COCREATE_ID_MAX + 1] = '\0';
    cocreate_store *s = open_store();
    for (size_t i = 0; i <= sizeof bad / sizeof *bad; i++) {
        const char *id = i < sizeof bad / sizeof *bad ? bad[i] : long_id;
        memset(&check_error, 0, sizeof check_error);
        assert_true(cocreate_participant_put(s, 0, "host", id, "firm", NULL, &check_error) < 0);
        assert_true(cocreate_participant_put(s, 0, id, "a", "firm", NULL, &check_error) < 0);
        assert_true(cocreate_contribution_submit(s, id, 0, "host", "a", NULL, NULL, &check_error) <
                    0);
        assert_true(cocreate_contribution_submit(s, "a", 0, "host", id, NULL, NULL, &check_error) <
                    0);
    }
    uint8_t root[32];
    uint64_t size = 9;
    assert_status(cocreate_root(s, root, &size, &check_error), COCREATE_OK);
    assert_int_equal(size, 0);
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_id_comes_out_as_it_went_in),
        cmocka_unit_test(bad_ids_are_refused_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
