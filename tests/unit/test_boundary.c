/* Between a store and its host: previews, hooks, the outbox. */
#include "campaign.h"

static uint64_t size_of(cocreate_store *store)
{
    uint8_t root[32];
    uint64_t size;
    assert_status(cocreate_root(store, root, &size, &check_error), COCREATE_OK);
    return size;
}

/* ---- previews ---- */

static void preview_changes_nothing(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN);
    static const char command[] = "{\"at\":150,\"actor\":\"ann\",\"do\":\"contribution.submit\","
                                  "\"campaign\":\"c\",\"contribution\":\"a\"}";
    uint8_t before[32], after[32];
    uint64_t size;
    cocreate_text *text = NULL, *done_text = NULL;
    assert_status(cocreate_root(store, before, &size, &check_error), COCREATE_OK);
    assert_status(cocreate_preview(store, command, sizeof command - 1, &text, &check_error),
                  COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\"contribution.submitted\""));
    assert_status(cocreate_root(store, after, &size, &check_error), COCREATE_OK);
    assert_memory_equal(before, after, 32);
    /* What is previewed is what is done. */
    assert_status(cocreate_execute(store, command, sizeof command - 1, &done_text, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), cocreate_text_data(done_text));
    cocreate_text_free(text);
    cocreate_text_free(done_text);
    /* It is refused as it would be. */
    static const char late[] = "{\"at\":250,\"actor\":\"ann\",\"do\":\"contribution.submit\","
                               "\"campaign\":\"c\",\"contribution\":\"b\"}";
    assert_status(cocreate_preview(store, late, sizeof late - 1, NULL, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_status(cocreate_preview(store, command, sizeof command - 1, NULL, &check_error),
                  COCREATE_EXISTS);
    cocreate_store_close(store);
}

static void preview_inside_a_batch_undoes_itself_alone(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN);
    static const char command[] = "{\"at\":150,\"actor\":\"bob\",\"do\":\"contribution.submit\","
                                  "\"campaign\":\"c\",\"contribution\":\"b\"}";
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    done(store, SUBMIT(150, "ann", "a", ""));
    uint64_t size = size_of(store);
    assert_status(cocreate_preview(store, command, sizeof command - 1, NULL, &check_error),
                  COCREATE_OK);
    assert_int_equal(size_of(store), size);
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
    assert_int_equal(size_of(store), size);
    done(store, SUBMIT(151, "bob", "b", ""));
    verified_close(store);
}

/* ---- hooks ---- */

typedef struct host {
    cocreate_store *store;
    int asked, deny, vetoes;
    cocreate_status inside; /* what a call from inside a hook gave */
    uint64_t first, last;
    int told;
    char action[64], campaign[64];
} host;

static int32_t authorize(void *user, const char *actor, const char *action, const char *campaign)
{
    host *h = user;
    assert_non_null(actor);
    h->asked++;
    snprintf(h->action, sizeof h->action, "%s", action);
    snprintf(h->campaign, sizeof h->campaign, "%s", campaign ? campaign : "-");
    h->inside = cocreate_tick(h->store, 1000, NULL);
    return !h->deny;
}

static int32_t veto(void *user, const char *events, char *reason)
{
    host *h = user;
    assert_int_equal(events[0], '[');
    assert_int_equal(events[strlen(events) - 1], ']');
    h->vetoes++;
    if (!strstr(events, "\"contribution\":\"spam\""))
        return 0;
    snprintf(reason, COCREATE_REASON, "that looks like spam");
    return 1;
}

static void observe(void *user, uint64_t first, uint64_t last)
{
    host *h = user;
    h->told++;
    h->first = first;
    h->last = last;
}

static void set_hooks(host *h)
{
    const cocreate_hooks hooks = {sizeof hooks, h, authorize, veto, observe};
    assert_status(cocreate_store_hooks(h->store, &hooks, &check_error), COCREATE_OK);
}

static void hooks_are_asked_and_told(void **state)
{
    (void)state;
    host h = {.store = begin(OPEN)};
    uint64_t size = size_of(h.store);
    set_hooks(&h);
    done(h.store, SUBMIT(150, "ann", "a", ""));
    assert_int_equal(h.asked, 1);
    assert_string_equal(h.action, "contribution.submit");
    assert_string_equal(h.campaign, "c");
    assert_int_equal(h.inside, COCREATE_ERR_BUSY);
    assert_int_equal(h.told, 1);
    assert_int_equal(h.first, size + 1); /* the phase opened, too */
    assert_int_equal(h.last, size_of(h.store));
    refused(h.store, SUBMIT(151, "bob", "spam", ""), COCREATE_ERR_REFUSED,
            "veto: that looks like spam");
    assert_int_equal(h.told, 1);
    h.deny = 1;
    refused(h.store, SUBMIT(152, "bob", "b", ""), COCREATE_ERR_PERMISSION,
            "the host denies 'bob' contribution.submit");
    assert_int_equal(size_of(h.store), h.last);
    assert_status(cocreate_store_hooks(h.store, NULL, &check_error), COCREATE_OK);
    done(h.store, SUBMIT(153, "bob", "spam", ""));
    assert_int_equal(h.told, 1);
    verified_close(h.store);
}

static void a_batch_is_told_once(void **state)
{
    (void)state;
    host h = {.store = begin(OPEN)};
    set_hooks(&h);
    assert_status(cocreate_store_begin(h.store, &check_error), COCREATE_OK);
    done(h.store, SUBMIT(150, "ann", "a", ""));
    uint64_t first = size_of(h.store);
    done(h.store, SUBMIT(151, "bob", "b", ""));
    refused(h.store, SUBMIT(151, "cat", "spam", ""), COCREATE_ERR_REFUSED,
            "veto: that looks like spam");
    assert_int_equal(h.told, 0);
    assert_status(cocreate_store_commit(h.store, &check_error), COCREATE_OK);
    assert_int_equal(h.told, 1);
    assert_true(h.first <= first);
    assert_int_equal(h.last, size_of(h.store));
    assert_status(cocreate_store_begin(h.store, &check_error), COCREATE_OK);
    done(h.store, SUBMIT(152, "cat", "x", ""));
    assert_status(cocreate_store_rollback(h.store, &check_error), COCREATE_OK);
    assert_int_equal(h.told, 1);
    verified_close(h.store);
}

static void hooks_of_another_size_are_refused(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN);
    const cocreate_hooks hooks = {.size = 3};
    assert_status(cocreate_store_hooks(store, &hooks, &check_error), COCREATE_ERR_ARGUMENT);
    cocreate_store_close(store);
}

/* ---- the outbox ---- */

static size_t lines_of(const cocreate_text *text)
{
    size_t n = 0;
    for (const char *c = cocreate_text_data(text); *c; c++)
        n += *c == '\n';
    return n;
}

static void outbox_goes_on_where_it_stopped(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN);
    done(store, SUBMIT(150, "ann", "a", ""));
    done(store, SUBMIT(151, "bob", "b", ""));
    done(store, SUBMIT(152, "cat", "x", ""));
    uint64_t next = 1;
    cocreate_text *text;
    assert_status(cocreate_events_since(store, next, 2, "c", "contribution.", &next, &text,
                                        &check_error),
                  COCREATE_OK);
    assert_int_equal(lines_of(text), 2);
    assert_non_null(strstr(cocreate_text_data(text), "\"contribution\":\"b\""));
    cocreate_text_free(text);
    assert_status(cocreate_events_since(store, next, 0, "c", "contribution.submitted", &next, &text,
                                        &check_error),
                  COCREATE_OK);
    assert_int_equal(lines_of(text), 1);
    assert_int_equal(next, size_of(store) + 1);
    cocreate_text_free(text);
    done(store, SUBMIT(153, "ann", "d", ""));
    assert_status(cocreate_events_since(store, next, 0, NULL, NULL, &next, &text, &check_error),
                  COCREATE_OK);
    assert_int_equal(lines_of(text), 1);
    cocreate_text_free(text);
    assert_status(cocreate_events_since(store, 1, 0, "other", NULL, NULL, &text, &check_error),
                  COCREATE_OK);
    assert_int_equal(lines_of(text), 0);
    cocreate_text_free(text);
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(preview_changes_nothing),
        cmocka_unit_test(preview_inside_a_batch_undoes_itself_alone),
        cmocka_unit_test(hooks_are_asked_and_told),
        cmocka_unit_test(a_batch_is_told_once),
        cmocka_unit_test(hooks_of_another_size_are_refused),
        cmocka_unit_test(outbox_goes_on_where_it_stopped),
    };
    return cmocka_run_group_tests_name("boundary", tests, NULL, NULL) != 0;
}
