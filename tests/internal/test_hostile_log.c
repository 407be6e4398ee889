/* Events and rows that nobody here wrote: members that are missing, of another type, huge, negative, deep.
 * A log like that is refused, or is a log like another, and what is said of it is not that memory is short.
 * Rows are not looked at before they are read; but whatever they are, no call comes to harm over them. */
#include "tampering.h"

#include "campaign/cache.h"
#include "campaign/registry.h"

enum { REPLACEMENTS = 13 };

/* What stands instead of a member, NULL: nothing. */
static json_t *replacement(size_t which, const json_t *old)
{
    json_t *deep = NULL;
    switch (which) {
    case 0: return NULL;
    case 1: return json_null();
    case 2: return json_integer(-1);
    case 3: return json_integer(CCI_JSON_INTEGER_MAX);
    case 4: return json_integer(0);
    case 5: return json_string("");
    case 6: return json_string("nobody");
    case 7: return json_string("9007199254740993/7");
    case 8: return json_array();
    case 9: return cci_json_new();
    case 10: return json_pack("[{s:[n]}]", "id");
    case 11: return json_is_true(old) ? json_false() : json_true();
    default:
        deep = json_array();
        for (int i = 0; i < 40; i++)
            deep = json_pack("[o]", deep);
        return deep;
    }
}

typedef void (*hostile)(void *user, const json_t *document);

static void in_turn(json_t *document, json_t *value, int depth, hostile run, void *user);

static size_t every = 1; /* of the replacements */

static void replace_member(json_t *document, json_t *object, const char *key, int depth, hostile run,
                           void *user)
{
    json_t *old = json_incref(json_object_get(object, key));
    for (size_t i = 0; i < REPLACEMENTS; i += every) {
        json_t *other = replacement(i, old);
        if (other)
            json_object_set_new(object, key, other);
        else
            json_object_del(object, key);
        run(user, document);
    }
    json_object_set(object, key, old);
    in_turn(document, old, depth - 1, run, user);
    json_decref(old);
}

/* Every member of the value, `depth` deep, of lists the first two elements. */
static void in_turn(json_t *document, json_t *value, int depth, hostile run, void *user)
{
    const char *key;
    json_t *member, *keys = json_array();
    if (depth > 0) {
        for (size_t i = 0; i < json_array_size(value) && i < 2; i++)
            in_turn(document, json_array_get(value, i), depth, run, user);
        json_object_foreach(value, key, member)
            json_array_append_new(keys, json_string(key));
        for (size_t i = 0; i < json_array_size(keys); i++)
            replace_member(document, value, json_string_value(json_array_get(keys, i)), depth, run,
                           user);
    }
    json_decref(keys);
}

/* Words that a failure may have; it must have some. */
static void check_answer(cocreate_status status, const cocreate_error *error, const char *call,
                         const char *text)
{
    if (status >= 0)
        return;
    int strict = strcmp(call, "verify") == 0;
    if ((strict && status != COCREATE_ERR_VERIFY) || error->text[0] == '\0' || error->status != status)
        fail_msg("%s\n  after %.700s\n  is %s: %s", call, text, cocreate_status_name(status), error->text);
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
    check_answer(status, &check_error, "verify", text.data);
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

/* ---- rows that are read ---- */

#define ASK(call)                                                       \
    do {                                                                \
        cocreate_text *out = NULL;                                      \
        cocreate_error error = {0};                                     \
        check_answer((call), &error, #call, about);                     \
        cocreate_text_free(out);                                        \
    } while (0)

/* All that is read of a campaign, and what is due in it. */
static void read_campaign(const char *campaign, const char *about)
{
    static const char tick[] = "{\"at\":1438300800000000,\"actor\":\"host\",\"do\":\"tick\"}";
    static const char *const tables[] = {"csv:contributions", "csv:ballots", "csv:decisions", "csv:runs",
                                         "csv:awards",        "csv:ledger",  "jsonl"};
    cci_cache_drop(keeper);
    ASK(cocreate_show(kept, campaign, &out, &error));
    ASK(cocreate_view(kept, campaign, NULL, &out, &error));
    ASK(cocreate_view(kept, campaign, "bob", &out, &error));
    ASK(cocreate_explain(kept, "x", campaign, &out, &error));
    ASK(cocreate_explain(kept, "bob", campaign, &out, &error));
    ASK(cocreate_report(kept, campaign, NULL, COCREATE_NO_TIME, &out, &error));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        ASK(cocreate_export(kept, campaign, NULL, tables[i], &out, &error));
    ASK(cocreate_export_person(kept, "bob", &out, &error));
    ASK(cocreate_preview(kept, tick, strlen(tick), &out, &error));
    cases++;
}

typedef struct place {
    const record *record;
    const char *campaign;
} place;

static void write_row(const record *r, const char *data, size_t size)
{
    char text[100];
    snprintf(text, sizeof text, "UPDATE row SET data = ?1 WHERE part = %lld AND kind = %d AND id = ?2",
             (long long)r->part, (int)r->kind);
    sql_bytes(text, data, size, r->id, r->id_size);
}

static void read_hostile_row(void *user, const json_t *document)
{
    const place *p = user;
    cci_buffer data;
    cci_buffer_init(&data, &kept->allocator);
    assert_status(cci_json_canonical(document, &data, &check_error), COCREATE_OK);
    write_row(p->record, data.data, data.size);
    read_campaign(p->campaign, data.data);
    cci_buffer_free(&data);
}

/* The campaign of a part, or of a row of the store the one of the tales. */
static const char *campaign_of(const record *r)
{
    for (size_t i = 0; i < n_records; i++) {
        const record *c = &records[i];
        char part[40];
        snprintf(part, sizeof part, "\"part\":%lld", (long long)r->part);
        if (c->kind == CCI_KIND_CAMPAIGN && strstr(c->data, part))
            return c->id;
    }
    return r->kind == CCI_KIND_CAMPAIGN ? r->id : "e";
}

static void rows_are_read_or_refused(void **state)
{
    (void)state;
    static int seen[100];
    cases = 0;
    every = 3; /* missing, a huge number, "nobody", {} and deep lists: all is read after each */
    assert_status(cci_backend_sqlite.scan_rows(kept->self, -1, -1, (cci_bytes){"", 0}, keep_row, NULL,
                                               &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < n_records; i++) {
        json_t *document = NULL;
        const place p = {&records[i], campaign_of(&records[i])};
        if (seen[records[i].kind] >= 1 || strlen(p.campaign) > 1 ||
            cci_json_parse(records[i].data, records[i].size, &document, NULL) != COCREATE_OK)
            continue;
        seen[records[i].kind]++;
        in_turn(document, document, 1, read_hostile_row, (void *)(uintptr_t)&p);
        write_row(&records[i], records[i].data, records[i].size);
        json_decref(document);
    }
    cci_cache_drop(keeper);
    drop_records();
    print_message("%llu hostile rows\n", ull(cases));
    assert_status(cocreate_verify(kept, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_replayed_or_refused),
        cmocka_unit_test(rows_are_read_or_refused),
    };
    return cmocka_run_group_tests_name("hostile logs", tests, open_log, close_log) != 0;
}
