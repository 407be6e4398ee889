/* A store from before there were rows of revisions: its events have no digest, and it verifies as it did. */
#include "campaign.h"

#include "campaign/engine.h"

/* As the library of that time wrote it. */
static void append_old_revision(cocreate_store *s, int64_t at, const char *title, int revision)
{
    cci_engine *e;
    cci_campaign *c;
    json_t *document;
    char payload[400];
    assert_status(cci_engine_of(s, &e, &check_error), COCREATE_OK);
    assert_status(cci_campaign_get(e, "c", &c, &check_error), COCREATE_OK);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    int n = snprintf(payload, sizeof payload,
                     "{\"actor\":\"ann\",\"at\":%lld,\"campaign\":\"c\",\"data\":{\"contribution\":\"a\","
                     "\"revision\":%d,\"title\":\"%s\"},\"seq\":%llu,\"type\":\"contribution.revised\"}",
                     (long long)at, revision, title, (unsigned long long)cci_next_seq(e));
    assert_status(cci_json_parse(payload, (size_t)n, &document, &check_error), COCREATE_OK);
    cci_event event = {.seq = cci_next_seq(e),
                       .at = at,
                       .actor = "ann",
                       .type = "contribution.revised",
                       .campaign = c,
                       .data = json_object_get(document, "data")};
    assert_status(cci_append(e, c->part, at, payload, (size_t)n, &check_error), COCREATE_OK);
    assert_status(cci_apply(e, &event, &check_error), COCREATE_OK);
    assert_status(cci_transaction_end(e, COCREATE_OK, &check_error), COCREATE_OK);
    json_decref(document);
}

static void old_events_write_no_row(void **state)
{
    cocreate_text *out = NULL;
    (void)state;
    cocreate_store *s = begin(OPEN);
    done(s, SUBMIT(100, "ann", "a", ",'title':'One'"));
    append_old_revision(s, 101, "Two", 2);
    assert_status(cocreate_verify(s, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_export(s, "c", NULL, "csv:revisions", &out, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(out), "contribution,number,digest,at,by,note\r\n");
    cocreate_text_free(out);
    done(s, ON(102, "ann", "revise", "a", ",'title':'Three'")); /* rows begin here */
    assert_status(cocreate_export(s, "c", NULL, "csv:revisions", &out, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(out), "note\r\na,3,sha256:"));
    cocreate_text_free(out);
    exists(s, SUBMIT(103, "ann", "a", ",'title':'One'"));
    verified_close(s);
}

/* Another digest than that of the content, in the log itself. */
static void a_digest_in_the_log_is_computed_again(void **state)
{
    cci_engine *e;
    cci_campaign *c;
    (void)state;
    cocreate_store *s = begin(OPEN);
    done(s, SUBMIT(100, "ann", "a", ",'title':'One'"));
    assert_status(cci_engine_of(s, &e, &check_error), COCREATE_OK);
    assert_status(cci_campaign_get(e, "c", &c, &check_error), COCREATE_OK);
    json_t *data = json_pack("{s:s,s:i,s:s,s:s}", "contribution", "a", "revision", 2, "title", "Two",
                             "digest", "sha256:00");
    cci_event event = {9, 101, "ann", "contribution.revised", c, data};
    e->verifying = 1;
    assert_int_equal(cci_apply(e, &event, &check_error), COCREATE_ERR_VERIFY);
    assert_string_equal(check_error.text,
                        "revision 2 of contribution 'a': its content has the digest "
                        "sha256:7fb944cad93b25991aabbcac0a3190b22c4ceccfd58a3430d1cd22bbe98f40a2,"
                        " not sha256:00");
    json_object_set_new(data, "revision", json_integer(4));
    assert_int_equal(cci_apply(e, &event, &check_error), COCREATE_ERR_VERIFY);
    assert_string_equal(check_error.text, "revision 4 of contribution 'a' follows revision 1");
    e->verifying = 0;
    json_decref(data);
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_events_write_no_row),
        cmocka_unit_test(a_digest_in_the_log_is_computed_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
