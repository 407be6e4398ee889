/* Events that nobody here wrote: members that are missing, of another type, huge, negative, deep. A log like
 * that is refused, or is a log like another, and what is said of it is not that memory is short. */
#include "tampering.h"

#include "hostile_json.h"

#include "campaign/registry.h"

static void check_answer(cocreate_status status, const char *text)
{
    if (status < 0 && (status != COCREATE_ERR_VERIFY || check_error.text[0] == '\0'))
        fail_msg("%.700s\n  is %s: %s", text, cocreate_status_name(status), check_error.text);
}

/* ---- events that are replayed ---- */

static void replay_hostile(void *user, const json_t *document)
{
    uint64_t i = *(const uint64_t *)user;
    cci_buffer text;
    cci_digest leaf;
    cci_buffer_init(&text, &kept->allocator);
    assert_status(cci_json_canonical(document, &text, &check_error), COCREATE_OK);
    cocreate_log_leaf(text.data, text.size, leaf.bytes);
    write_event(i, "payload", text.data, text.size);
    write_event(i, "leaf", leaf.bytes, sizeof leaf.bytes);
    cci_tree here = events[i - 1].tree;
    cci_tree_append(&here, &leaf);
    const trial alone = {i, i, &here, 0, 0, 0, 0};
    cocreate_status status = try(&alone);
    check_answer(status, text.data);
    cci_buffer_free(&text);
}

static size_t type_of(const json_t *document)
{
    const char *type = json_string_value(json_object_get(document, "type"));
    size_t k = 0;
    while (strcmp(cci_event_types[k]->type, type) != 0)
        k++;
    return k;
}

/* The first events of every type. */
static void events_are_replayed_or_refused(void **state)
{
    (void)state;
    static int seen[200];
    begin_replay();
    for (uint64_t i = 1; i <= last; i++) {
        json_t *document = NULL;
        assert_status(cci_json_parse(events[i].text, events[i].size, &document, &check_error),
                      COCREATE_OK);
        if (seen[type_of(document)]++ < 2) {
            in_turn(document, document, 1, replay_hostile, &i);
            in_turn(document, json_object_get(document, "data"), 3, replay_hostile, &i);
            undo_tampering();
        }
        json_decref(document);
        replay(i, i);
    }
    end_replay();
    print_message("%llu hostile events\n", ull(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_replayed_or_refused),
    };
    return cmocka_run_group_tests_name("hostile logs", tests, open_log, close_log) != 0;
}
