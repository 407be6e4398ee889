/* Rows of the state that nobody here wrote: cut, emptied, retyped, swapped, with members that are missing, of
 * another type, huge, negative, deep. Whatever is read of such a store is an answer, or a failure that
 * says what is wrong; no call comes to harm, hangs or loses memory over it. */
#include "tampering.h"

#include "hostile_json.h"

#include "campaign/cache.h"

static int wrong;

/* Words that a failure may have; it must have some. */
static void check_answer(cocreate_status status, const cocreate_error *error, const char *call,
                         const char *text)
{
    int words = error->text[0] != '\0' && error->status == status;
    if (status >= 0 ? error->text[0] == '\0' : words && status != COCREATE_ERR_MEMORY)
        return;
    print_error("%s\n  after %.700s\n  is %s: %s\n", call, text, cocreate_status_name(status), error->text);
    wrong++;
}

#define ASK(call)                                   \
    do {                                            \
        cocreate_text *out = NULL;                  \
        cocreate_error error = {0};                 \
        check_answer((call), &error, #call, about); \
        cocreate_text_free(out);                    \
    } while (0)

/* All that is read of a campaign, and what is due in it. */
static void read_campaign(const char *campaign, const char *about)
{
    static const char tick[] = "{\"at\":1438300800000000,\"actor\":\"host\",\"do\":\"tick\"}";
    static const char *const tables[] = {"csv:contributions", "csv:ballots", "csv:decisions", "csv:runs",
                                         "csv:awards",        "csv:ledger",  "csv:participants"};
    cci_cache_drop(keeper);
    ASK(cocreate_show(kept, NULL, &out, &error));
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

static void read_bytes(const place *p, const char *data, size_t size)
{
    char about[800];
    snprintf(about, sizeof about, "row %.60s of kind %d: %.*s", p->record->id, (int)p->record->kind,
             (int)(size < 600 ? size : 600), data);
    write_row(p->record, data, size);
    read_campaign(p->campaign, about);
}

static void read_hostile_row(void *user, const json_t *document)
{
    cci_buffer data;
    cci_buffer_init(&data, &kept->allocator);
    assert_status(cci_json_canonical(document, &data, &check_error), COCREATE_OK);
    read_bytes(user, data.data, data.size);
    cci_buffer_free(&data);
}

/* The campaign of a part, or of a row of the store the one of the tales. */
static const char *campaign_of(const record *r)
{
    for (size_t i = 0; i < n_records; i++) {
        const record *c = &records[i];
        char part[40];
        snprintf(part, sizeof part, "\"part\":%lld", (long long)r->part);
        if (r->part > 0 && c->kind == CCI_KIND_CAMPAIGN && strstr(c->data, part))
            return c->id;
    }
    return r->kind == CCI_KIND_CAMPAIGN ? r->id : "e";
}

/* The first rows of each kind, with all that `change` makes of them. */
static void each_row(int rows_a_kind, void (*change)(const place *p))
{
    int seen[100] = {0};
    cases = 0;
    assert_status(cci_backend_sqlite.scan_rows(kept->self, -1, -1, (cci_bytes){"", 0}, keep_row, NULL,
                                               &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < n_records; i++) {
        const place p = {&records[i], campaign_of(&records[i])};
        if (strlen(p.campaign) > 1 || seen[records[i].kind]++ >= rows_a_kind)
            continue;
        change(&p);
        write_row(&records[i], records[i].data, records[i].size);
    }
    cci_cache_drop(keeper);
    drop_records();
    print_message("%llu hostile rows\n", ull(cases));
    assert_int_equal(wrong, 0);
    assert_status(cocreate_verify(kept, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
}

static void change_members(const place *p)
{
    json_t *document = NULL;
    if (cci_json_parse(p->record->data, p->record->size, &document, NULL) != COCREATE_OK)
        return; /* sealed ballots are no document */
    in_turn(document, document, 2, read_hostile_row, (void *)(uintptr_t)p);
    json_decref(document);
}

static void members_are_read_or_refused(void **state)
{
    (void)state;
    hostile_step = 6;
    each_row(1, change_members);
}

/* Half of it, nothing, no object, no text, and the row of another kind. */
static void change_whole(const place *p)
{
    static const char *const others[] = {"", "{}", "[]", "null", "\"x\"", "-1", "\xff{\"a\":1}"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        read_bytes(p, others[i], strlen(others[i]));
    read_bytes(p, p->record->data, p->record->size / 2);
    read_bytes(p, p->record->data, p->record->size - 1);
    for (size_t i = 0; i < n_records; i += n_records / 12)
        read_bytes(p, records[i].data, records[i].size);
}

static void whole_rows_are_read_or_refused(void **state)
{
    (void)state;
    each_row(1, change_whole);
}

/* Is it named in what is said of a row that cannot be read? */
static void named(int32_t kind, const char *id, const char *data, const char *text)
{
    cocreate_text *out = NULL;
    sql("SAVEPOINT tampering");
    sql("UPDATE row SET data = CAST('%s' AS BLOB) WHERE kind = %d AND id = CAST('%s' AS BLOB)", data,
        (int)kind, id);
    cci_cache_drop(keeper);
    assert_failure(cocreate_show(kept, "c", &out, &check_error), COCREATE_ERR_CORRUPT, text);
    undo_tampering();
    sql("RELEASE tampering");
    cci_cache_drop(keeper);
}

static void a_row_that_cannot_be_read_is_named(void **state)
{
    (void)state;
    named(CCI_KIND_CAMPAIGN, "c", "[]", "campaign 'c': the row is no object");
    named(CCI_KIND_CONTRIBUTION, "x", "{\"a\":",
          "contribution 'x': line 1, column 6: expected a value, found the end");
    named(CCI_KIND_ROUND, "v", "null", "round 'v': the row is no object");
}

static void the_outbox_ends_where_events_are_missing(void **state)
{
    (void)state;
    char expected[80];
    uint64_t next = 0;
    cocreate_text *out = NULL;
    sql("SAVEPOINT tampering");
    sql("DELETE FROM event WHERE seq > %llu", ull(last - 5));
    snprintf(expected, sizeof expected, "event %llu is missing", ull(last - 4));
    assert_failure(cocreate_events_since(kept, last - 8, 0, NULL, NULL, &next, &out, &check_error),
                   COCREATE_ERR_CORRUPT, expected);
    assert_failure(cocreate_events(kept, last - 4, 2, &out, &check_error), COCREATE_ERR_CORRUPT, expected);
    assert_null(out);
    assert_int_equal(next, 0);
    undo_tampering();
    sql("RELEASE tampering");
    assert_status(cocreate_events_since(kept, last - 8, 0, NULL, NULL, &next, &out, &check_error),
                  COCREATE_OK);
    assert_int_equal(next, last + 1);
    cocreate_text_free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_that_cannot_be_read_is_named),
        cmocka_unit_test(the_outbox_ends_where_events_are_missing),
        cmocka_unit_test(whole_rows_are_read_or_refused),
        cmocka_unit_test(members_are_read_or_refused),
    };
    return cmocka_run_group_tests_name("hostile rows", tests, open_log, close_log) != 0;
}
