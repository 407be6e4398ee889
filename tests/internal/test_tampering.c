/* Every row of a log of 1,000 events of every type, changed in every way by somebody who can write the file:
 * each is caught, and what is said names the row. Here are the events; rows, ballots and the head are in
 * test_tampering_state.c. */
#include "tampering.h"

#include "base/json.h"
#include "campaign/registry.h"

/* ---- tampering ---- */

static void flip_text(uint64_t i)
{
    event *e = &events[i];
    size_t at = (size_t)(i * 7919) % e->size;
    e->text[at] ^= 1;
    write_event(i, "payload", e->text, e->size);
    e->text[at] ^= 1;
}

static void flip_hash(uint64_t i)
{
    cci_digest leaf = events[i].leaf;
    leaf.bytes[i % 32] ^= (uint8_t)(1 << i % 8);
    write_event(i, "leaf", leaf.bytes, sizeof leaf.bytes);
}

static void remove_row(uint64_t i)
{
    sql("DELETE FROM event WHERE seq = %llu", ull(i));
}

/* With the next one; the last has none. */
static void swap_rows(uint64_t i)
{
    sql("UPDATE event SET seq = -1 WHERE seq = %llu", ull(i));
    sql("UPDATE event SET seq = %llu WHERE seq = %llu", ull(i), ull(i + 1));
    sql("UPDATE event SET seq = %llu WHERE seq = -1", ull(i + 1));
}

static void repeat_row(uint64_t i)
{
    sql("UPDATE event SET seq = -seq - 1 WHERE seq > %llu", ull(i));
    sql("UPDATE event SET seq = -seq WHERE seq < 0");
    sql("INSERT INTO event SELECT seq + 1, part, at, payload, leaf FROM event WHERE seq = %llu",
        ull(i));
}

static void change_time(uint64_t i)
{
    sql("UPDATE event SET at = at + 1 WHERE seq = %llu", ull(i));
}

static void change_number(uint64_t i)
{
    sql("UPDATE event SET seq = seq + 100000 WHERE seq = %llu", ull(i));
}

static void change_campaign(uint64_t i)
{
    sql("UPDATE event SET part = part + 40960000 WHERE seq = %llu", ull(i));
}

static void change_actor(uint64_t i)
{
    const event *e = &events[i];
    char *text = malloc(e->size + 1);
    assert_non_null(text);
    memcpy(text, e->text, e->size + 1);
    char *actor = strstr(text, "\"actor\":\"");
    assert_non_null(actor);
    actor[9] = actor[9] == 'x' ? 'y' : 'x';
    write_event(i, "payload", text, e->size);
    free(text);
}

static void cut_tail(uint64_t i)
{
    sql("DELETE FROM event WHERE seq >= %llu", ull(i));
}

/* ---- a forger, who makes the hashes fit again ---- */

/* The first amount is one more, or else the first number, or a text is longer. */
static int forge_value(json_t *value, const char *only)
{
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member)
    {
        if (json_is_integer(member) && (!only || strcmp(key, only) == 0))
            return json_integer_set(member, json_integer_value(member) + 1) == 0;
        if (forge_value(member, only))
            return 1;
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        if (forge_value(json_array_get(value, i), only))
            return 1;
    return 0;
}

static int forge_text(json_t *value)
{
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member)
    {
        char longer[300];
        if (json_is_string(member) && json_string_length(member) < 200) {
            snprintf(longer, sizeof longer, "%sx", json_string_value(member));
            return json_string_set(member, longer) == 0;
        }
        if (forge_text(member))
            return 1;
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        if (forge_text(json_array_get(value, i)))
            return 1;
    return 0;
}

/* Write another event `i`, with its own hash; its digest. */
static cci_digest forge(uint64_t i)
{
    json_t *document = NULL;
    cci_buffer text;
    cci_digest leaf;
    cci_buffer_init(&text, &kept->allocator);
    assert_status(cci_json_parse(events[i].text, events[i].size, &document, &check_error),
                  COCREATE_OK);
    json_t *data = json_object_get(document, "data");
    if (!forge_value(data, "minor") && !forge_value(data, NULL) && !forge_text(data))
        json_object_set_new(data, "more", json_integer(1));
    assert_status(cci_json_canonical(document, &text, &check_error), COCREATE_OK);
    cocreate_log_leaf(text.data, text.size, leaf.bytes);
    write_event(i, "payload", text.data, text.size);
    write_event(i, "leaf", leaf.bytes, sizeof leaf.bytes);
    cci_buffer_free(&text);
    json_decref(document);
    return leaf;
}

/* The tree of the whole log with event `i` of another digest. */
static cci_tree forged_tree(uint64_t i, const cci_digest *leaf)
{
    cci_tree tree = events[i - 1].tree;
    cci_tree_append(&tree, leaf);
    for (uint64_t k = i + 1; k <= last; k++)
        cci_tree_append(&tree, &events[k].leaf);
    return tree;
}

static void the_log_is_long_and_has_the_types(void **state)
{
    (void)state;
    size_t missing = 0;
    assert_true(last >= 1000);
    for (size_t i = 0; cci_event_types[i]; i++) {
        char text[100];
        uint64_t k = 1;
        snprintf(text, sizeof text, "\"type\":\"%s\"}", cci_event_types[i]->type);
        while (k <= last && !strstr(events[k].text, text))
            k++;
        if (k > last)
            print_error("no event %s\n", cci_event_types[i]->type);
        missing += k > last;
    }
    assert_int_equal(missing, 0); /* whoever adds a type tells a tale of it */
}

/* ---- events ---- */

#define HASH "event %llu: its text does not have the hash that was recorded"
#define BESIDE "event %llu: number or time beside the text differ from those inside"
#define GAP ":memory:: event %llu is missing"

static const struct {
    const char *name;
    void (*tamper)(uint64_t i);
    const char *text;
    int offset; /* of the event that is named */
    int needs_next;
} rows[] = {
    {"a byte of its text", flip_text, HASH, 0, 0},
    {"a byte of its hash", flip_hash, HASH, 0, 0},
    {"another actor", change_actor, HASH, 0, 0},
    {"removed", remove_row, GAP, 0, 1},
    {"swapped with the next", swap_rows, BESIDE, 0, 1},
    {"repeated", repeat_row, BESIDE, 1, 0},
    {"another time", change_time, BESIDE, 0, 0},
    {"another number", change_number, GAP, 0, 0},
    {"another campaign", change_campaign,
     "event %llu: it is filed under another campaign than it names", 0, 0},
};

static void tamper_event(uint64_t i)
{
    const cci_tree *head = &events[last].tree;
    char text[TEXT_MAX];
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const trial t = {i, 0, head, 0, 0, 0, 0};
        if (i == last && rows[k].needs_next)
            continue;
        rows[k].tamper(i);
        snprintf(text, sizeof text, rows[k].text, ull(i + (uint64_t)rows[k].offset));
        expect(&t, i, rows[k].name, text);
        undo_tampering();
    }
    /* The tail is gone: the head tells, or, where the head was written again, a published root. */
    const trial cut = {i, 0, head, 0, 0, 0, 0}, hidden = {i, 0, &events[i - 1].tree, last, 0, 0, 0};
    cut_tail(i);
    snprintf(text, sizeof text, "the head says %llu events, the log has %llu", ull(last), ull(i - 1));
    expect(&cut, i, "the tail is gone", text);
    snprintf(text, sizeof text, "a root was published for %llu events, the log has %llu", ull(last),
             ull(i - 1));
    expect(&hidden, i, "the tail is gone and the head is written again", text);
    undo_tampering();
}

static void every_event_in_every_way(void **state)
{
    (void)state;
    begin_replay();
    for (uint64_t i = 1; i <= last; i++) {
        tamper_event(i);
        replay(i, i);
    }
    end_replay();
}

/* Who keeps the log writes another event and every hash after it. What the event says is computed again
 * where it was computed at first; state rows tell on who forgot them; for the rest there is the root that
 * somebody else has. */
static void a_forger_fails_at_a_published_root(void **state)
{
    (void)state;
    uint64_t by_meaning = 0;
    begin_replay();
    for (uint64_t i = 1; i <= last; i++) {
        char text[TEXT_MAX], place[40];
        cci_digest leaf = forge(i);
        cci_tree tree = forged_tree(i, &leaf), here = events[i - 1].tree;
        cci_tree_append(&here, &leaf);
        cci_digest root = cci_tree_root(&tree), published = cci_tree_root(&events[last].tree);
        assert_true(memcmp(root.bytes, published.bytes, sizeof root.bytes) != 0);
        snprintf(place, sizeof place, "event %llu", ull(i));
        const trial alone = {i, i, &here, 0, 0, 0, 0}, anchored = {i, i, &here, i, 0, 0, 0};
        cocreate_status status = try(&alone);
        by_meaning += status != COCREATE_OK;
        if (status != COCREATE_OK) {
            assert_int_equal(status, COCREATE_ERR_VERIFY);
            assert_int_equal(strncmp(check_error.text, place, strlen(place)), 0);
            assert_int_equal(check_error.where, i);
        } else {
            snprintf(text, sizeof text,
                     "the first %llu events do not have the root that was published", ull(i));
            expect(&anchored, i, "forged", text);
        }
        undo_tampering();
        replay(i, i);
    }
    end_replay();
    print_message("%llu of %llu forged events are caught by what they say, the others by a root\n",
                  ull(by_meaning), ull(last));
}

/* The forger's whole log, replayed to its end and held against the rows that stand. */
static void a_forger_forgets_the_state(void **state)
{
    (void)state;
    uint64_t forged = 0, caught = 0;
    begin_replay();
    for (uint64_t i = 1; i <= last; i++) {
        if (i % 23 == 0) {
            cci_digest leaf = forge(i);
            const cci_tree tree = forged_tree(i, &leaf);
            const trial own = {i, 0, &tree, 0, 1, 0, 0}, old = {i, 0, &events[last].tree, 0, 0, 0, 0};
            cocreate_status status = try(&own);
            assert_true(status == COCREATE_OK || status == COCREATE_ERR_VERIFY);
            forged++;
            caught += status == COCREATE_ERR_VERIFY;
            assert_status(try(&old), COCREATE_ERR_VERIFY); /* the head was not written again */
            undo_tampering();
        }
        replay(i, i);
    }
    end_replay();
    print_message("%llu of %llu whole forged logs are caught without a published root\n", ull(caught),
                  ull(forged));
    assert_true(caught * 2 > forged);
}

/* ---- as a host sees it ---- */

static void a_sample_through_the_door(void **state)
{
    (void)state;
    uint8_t root[32];
    uint64_t size;
    char text[TEXT_MAX];
    assert_status(cocreate_verify(kept, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_root(kept, root, &size, &check_error), COCREATE_OK);
    for (uint64_t i = 97; i < last; i += 331)
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
            sql("SAVEPOINT tampering");
            rows[k].tamper(i);
            snprintf(text, sizeof text, rows[k].text, ull(i + (uint64_t)rows[k].offset));
            assert_failure(cocreate_verify(kept, NULL, 0, NULL, NULL, &check_error),
                           COCREATE_ERR_VERIFY, text);
            undo_tampering();
            sql("RELEASE tampering");
            cases++;
        }
    assert_status(cocreate_verify(kept, root, size, NULL, NULL, &check_error), COCREATE_OK);
}

static void enough_cases(void **state)
{
    (void)state;
    print_message("%llu events, %llu cases\n", ull(last), ull(cases));
    assert_true(cases >= 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_is_long_and_has_the_types),
        cmocka_unit_test(every_event_in_every_way),
        cmocka_unit_test(a_forger_fails_at_a_published_root),
        cmocka_unit_test(a_forger_forgets_the_state),
        cmocka_unit_test(a_sample_through_the_door),
        cmocka_unit_test(enough_cases),
    };
    return cmocka_run_group_tests_name("tampering", tests, open_log, close_log) != 0;
}
