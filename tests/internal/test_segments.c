/* Sealed ballots: what they hold, that a tally of them is the tally of the ballots, and that
 * verification sees what was changed. */
#include "rounds.h"

#include "campaign/segments/segment.h"
#include "failing_allocator.h"

enum { VOTERS = 1500 }; /* more than CCI_SEAL_LEAST */

/* ---- columns ---- */

static void push(cci_segment *s, cci_column_name column, int64_t value)
{
    assert_true(cci_segment_push(s, column, value));
}

/* Two ballots: two marks in channel 1, and none. */
static void fill_segment(cci_segment *s, int64_t low, int64_t high)
{
    static const int64_t of_ballot[][2] = {{2, 0}, {1, 0}, {70000, 1}, {7, 0}};
    for (int i = 0; i < 4; i++) {
        push(s, (cci_column_name)i, of_ballot[i][0]);
        push(s, (cci_column_name)i, of_ballot[i][1]);
    }
    push(s, CCI_COLUMN_OPTION, 3);
    push(s, CCI_COLUMN_OPTION, 258);
    push(s, CCI_COLUMN_VALUE, low);
    push(s, CCI_COLUMN_VALUE, high);
}

static void keeps_numbers_of_every_width(void **state)
{
    static const int64_t bounds[][2] = {{1, 1},           {-5, 250},       {-5, 251},
                                        {0, 65536},       {-1, INT64_C(1) << 32},
                                        {INT64_MIN, INT64_MAX}};
    cocreate_allocator a = cci_allocator(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        cci_segment out, in;
        cci_buffer bytes;
        cci_segment_init(&out, &a);
        cci_segment_init(&in, &a);
        cci_buffer_init(&bytes, &a);
        fill_segment(&out, bounds[i][0], bounds[i][1]);
        cci_segment_encode(&out, &bytes);
        assert_false(bytes.failed);
        assert_status(cci_segment_decode(&in, bytes.data, bytes.size, &check_error), COCREATE_OK);
        for (size_t k = 0; k < CCI_COLUMNS; k++) {
            assert_int_equal(in.columns[k].n, 2);
            assert_memory_equal(in.columns[k].items, out.columns[k].items, 2 * sizeof(int64_t));
        }
        cci_segment_free(&out);
        cci_segment_free(&in);
        cci_buffer_free(&bytes);
    }
}

/* By hand: version 1, 2 ballots, 2 marks; a column is width, least number, differences. */
static void encodes_as_documented(void **state)
{
    static const uint8_t expected[] = {
        1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0,               /* head */
        1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0,                  /* lengths 2, 0 */
        1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0,                  /* channels 1, 0 */
        4, 1, 0, 0, 0, 0, 0, 0, 0, 0x6f, 0x11, 1, 0, 0, 0, 0, 0, /* counts 70000, 1 */
        1, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0,                  /* weights 7, 0 */
        1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 255,                /* options 3, 258 */
        0, 1, 0, 0, 0, 0, 0, 0, 0};                       /* values 1, 1 */
    cocreate_allocator a = cci_allocator(NULL);
    cci_segment s;
    cci_buffer bytes;
    (void)state;
    cci_segment_init(&s, &a);
    cci_buffer_init(&bytes, &a);
    fill_segment(&s, 1, 1);
    cci_segment_encode(&s, &bytes);
    assert_int_equal(bytes.size, sizeof expected);
    assert_memory_equal(bytes.data, expected, sizeof expected);
    cci_segment_free(&s);
    cci_buffer_free(&bytes);
}

/* Every byte changed in every bit, and every length: read or refused, never a crash. */
static void refuses_damaged_bytes(void **state)
{
    cocreate_allocator a = cci_allocator(NULL);
    cci_segment s, in;
    cci_buffer bytes;
    (void)state;
    cci_segment_init(&s, &a);
    cci_segment_init(&in, &a);
    cci_buffer_init(&bytes, &a);
    fill_segment(&s, -5, 300);
    cci_segment_encode(&s, &bytes);
    for (size_t size = 0; size < bytes.size; size++)
        assert_failure(cci_segment_decode(&in, bytes.data, size, &check_error),
                       COCREATE_ERR_CORRUPT, "a segment of ballots is damaged");
    for (size_t bit = 0; bit < 8 * bytes.size; bit++) {
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
        cocreate_status status = cci_segment_decode(&in, bytes.data, bytes.size, &check_error);
        assert_true(status == COCREATE_OK || status == COCREATE_ERR_CORRUPT);
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
    }
    cci_segment_free(&s);
    cci_segment_free(&in);
    cci_buffer_free(&bytes);
}

/* ---- rounds ---- */

static cci_engine *engine_of(cocreate_store *store)
{
    cci_engine *e = NULL;
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    return e;
}

static cci_campaign *campaign_of(cocreate_store *store)
{
    cci_campaign *c = NULL;
    assert_status(cci_campaign_get(engine_of(store), "x", &c, &check_error), COCREATE_OK);
    return c;
}

/* Ballots of two or three of the options a..e with values from `least` on (one value: equal ranks);
 * where there are two values, -1 and 1, of one option. */
static void cast_many(cocreate_store *store, int voters, int least, int values, const char *channel)
{
    char command[512];
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    for (int i = 0; i < voters; i++) {
        int first = i % 3, last = values == 2 ? first : first + 1 + i % 2, n;
        snprintf(command, sizeof command, "v%04d", i);
        assert_status(cocreate_participant_put(store, 150, "host", command, "customer", NULL,
                                               &check_error),
                      COCREATE_OK);
        n = snprintf(command, sizeof command,
                     "{'at':150,'actor':'v%04d','do':'ballot.cast','campaign':'x','round':'r',"
                     "%s'ballot':{",
                     i, !channel ? "" : i % 4 ? "'channel':'blog'," : "'channel':'shop',");
        for (int k = first; k <= last; k++)
            n += snprintf(command + n, sizeof command - (size_t)n, "%s'%c':%d",
                          k > first ? "," : "", 'a' + k,
                          least + (values == 2 ? 2 : 1) * ((i / 7 + k) % values));
        snprintf(command + n, sizeof command - (size_t)n, "}}");
        done(store, command);
    }
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
}

static json_t *tally_without(cocreate_store *store, int by_rows, const char *voter)
{
    cci_engine *e = engine_of(store);
    cci_campaign *c = campaign_of(store);
    json_t *row = NULL, *result = NULL;
    cci_round_state round_state;
    char reason[CCI_REASON_SIZE] = "";
    assert_status(cci_round_get(e, c, "r", &row, &round_state, &check_error), COCREATE_OK);
    if (voter) {
        json_t *voters = json_object();
        assert_int_equal(json_object_set_new(voters, voter, json_true()), 0);
        assert_int_equal(json_object_set_new(row, "without", voters), 0);
    }
    e->verifying = by_rows;
    assert_status(cci_tally(e, c, 0, row, &result, reason, &check_error), COCREATE_OK);
    e->verifying = 0;
    assert_non_null(result);
    json_decref(row);
    return result;
}

static json_t *tally(cocreate_store *store, int by_rows)
{
    return tally_without(store, by_rows, NULL);
}

static json_t *seal_of(cocreate_store *store)
{
    json_t *doc = NULL;
    assert_status(cci_state_get(engine_of(store), campaign_of(store)->part, CCI_KIND_SEAL, "r",
                                &doc, &check_error),
                  COCREATE_OK);
    return doc;
}

static void sealed_as(cocreate_store *store, const char *expected)
{
    json_t *doc = seal_of(store);
    cci_buffer text;
    char *wanted = quoted(expected);
    cci_buffer_init(&text, &store->allocator);
    assert_status(cci_json_canonical(doc, &text, &check_error), COCREATE_OK);
    assert_string_equal(text.data, wanted);
    free(wanted);
    cci_buffer_free(&text);
    json_decref(doc);
}

static void same_by_seal_and_rows(cocreate_store *store)
{
    json_t *sealed = tally(store, 0), *rows = tally(store, 1);
    assert_true(json_equal(sealed, rows));
    json_decref(sealed);
    json_decref(rows);
}

#define CUT ",'cut':{'top':2,'ties':'in'},'certify':'manual'"
#define VOTE "{'id':'r','lead':'customer','phase':'vote',"

static void counts_what_the_rows_count(void **state)
{
    static const struct {
        const char *round;
        int least, values, channels;
    } cases[] = {
        {VOTE "'instrument':'approve','method':'approval'" CUT "}", 1, 1, 0},
        {VOTE "'instrument':'approve','method':'approval','channels':{'blog':3,'shop':2}" CUT "}", 1, 1, 1},
        {VOTE "'instrument':'score','method':'score','scale':[-3,5]" CUT "}", -3, 9, 0},
        {VOTE "'instrument':'score','method':'score','scale':[-3,5],'options':{'margin':'yes'}" CUT "}",
         -3, 9, 0},
        {VOTE "'instrument':'score','method':'majority_judgment','scale':[0,5]" CUT "}", 0, 6, 0},
        {VOTE "'instrument':'points','method':'cumulative','points':40" CUT "}", 0, 9, 0},
        {VOTE "'instrument':'points','method':'score','points':40" CUT "}", 0, 9, 0},
        {VOTE "'instrument':'rank','method':'borda'" CUT "}", 1, 5, 0},
        {VOTE "'instrument':'rank','method':'borda'" CUT "}", 1, 1, 0},
        {VOTE "'instrument':'rank','method':'schulze'" CUT "}", 1, 5, 0},
        {VOTE "'instrument':'rank','method':'schulze'" CUT "}", 1, 1, 0},
        {VOTE "'instrument':'rank','method':'irv'" CUT "}", 1, 5, 0},
        {VOTE "'instrument':'updown','method':'score'" CUT "}", -1, 2, 0},
        {VOTE "'instrument':'label','accept':['yes'],'labels':['no','maybe','yes']" CUT "}", 0, 2, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cocreate_store *store = open_round(cases[i].round);
        cast_many(store, VOTERS, cases[i].least, cases[i].values,
                  cases[i].channels ? "blog" : NULL);
        assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
        sealed_as(store, "{'ballots':1500,'candidates':5,'retracted':0,'segments':1,'voided':0,"
                         "'voters':1500}");
        same_by_seal_and_rows(store);
        verified_close(store);
    }
}

static void distinct_is(cocreate_store *store, const char *data)
{
    char id[CCI_SEGMENT_ID_SIZE];
    int64_t part = campaign_of(store)->part;
    cci_distinct_id("r", id);
    cci_bytes key = {id, strlen(id)};
    assert_status(store->backend->begin(store->self, &check_error), COCREATE_OK);
    assert_status(data ? store->backend->put_row(store->self, part, CCI_KIND_SEAL, key,
                                                 (cci_bytes){data, strlen(data)}, &check_error)
                       : store->backend->delete_row(store->self, part, CCI_KIND_SEAL, key,
                                                    &check_error),
                  COCREATE_OK);
    assert_status(store->backend->commit(store->self, &check_error), COCREATE_OK);
}

/* Who is out of the game counts for nobody, and whoever voted for nobody else is blank. Stores from
 * before differing ballots were counted have no such row. */
static void counts_who_runs(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round(VOTE "'instrument':'updown','method':'score'" CUT "}");
    cast_many(store, VOTERS, -1, 2, NULL);
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    done(store, "{'at':210,'actor':'firm','do':'contribution.remove','campaign':'x',"
                "'contribution':'b','reason':'copied'}");
    same_by_seal_and_rows(store);
    json_t *result = tally(store, 0);
    const json_t *ballots = json_object_get(result, "ballots");
    assert_int_equal(json_integer_value(json_object_get(ballots, "distinct")), 6); /* 3 options, up or down */
    assert_int_equal(json_integer_value(json_object_get(ballots, "valid")), 1000); /* 1500 less a third */
    json_decref(result);
    result = tally_without(store, 0, "v0000"); /* one of a's voters: a seal cannot tell */
    ballots = json_object_get(result, "ballots");
    assert_int_equal(json_integer_value(json_object_get(ballots, "count")), VOTERS - 1);
    json_decref(result);
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    distinct_is(store, NULL);
    same_by_seal_and_rows(store);
    verified_close(store);
}

static void does_not_seal_few(void **state)
{
    (void)state;
    cocreate_store *store = open_round(VOTE "'instrument':'approve','method':'approval'" CUT "}");
    cast_many(store, CCI_SEAL_LEAST - 1, 1, 1, NULL);
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    assert_null(seal_of(store));
    verified_close(store);
}

static void breaks_when_a_ballot_is_voided(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round(VOTE "'instrument':'approve','method':'approval','retract':true" CUT "}");
    cast_many(store, VOTERS, 1, 1, NULL);
    done(store, "{'at':160,'actor':'v0001','do':'ballot.retract','campaign':'x','round':'r'}");
    done(store, "{'at':160,'actor':'firm','do':'ballot.void','campaign':'x','round':'r',"
                "'voter':'v0002','reason':'bought'}");
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    sealed_as(store, "{'ballots':1498,'candidates':5,'retracted':1,'segments':1,'voided':1,"
                     "'voters':1498}");
    same_by_seal_and_rows(store);
    done(store, "{'at':210,'actor':'firm','do':'ballot.void','campaign':'x','round':'r',"
                "'voter':'v0003','reason':'bought'}");
    assert_null(seal_of(store));
    shows(store, "x", "'void':2");
    verified_close(store);
}

/* ---- tampering ---- */

static cci_bytes segment_id(void)
{
    static char id[CCI_SEGMENT_ID_SIZE];
    cci_segment_id("r", 1, id);
    return (cci_bytes){id, strlen(id)};
}

static void put_segment(cocreate_store *store, int64_t part, cci_bytes data)
{
    assert_status(store->backend->begin(store->self, &check_error), COCREATE_OK);
    if (data.data)
        assert_status(store->backend->put_row(store->self, part, CCI_KIND_SEGMENT, segment_id(),
                                              data, &check_error),
                      COCREATE_OK);
    else
        assert_status(store->backend->delete_row(store->self, part, CCI_KIND_SEGMENT,
                                                 segment_id(), &check_error),
                      COCREATE_OK);
    assert_status(store->backend->commit(store->self, &check_error), COCREATE_OK);
}

static void tally_is_damaged(cocreate_store *store)
{
    cci_engine *e = engine_of(store);
    json_t *row = NULL, *result = NULL;
    cci_round_state round_state;
    char reason[CCI_REASON_SIZE] = "";
    assert_status(cci_round_get(e, campaign_of(store), "r", &row, &round_state, &check_error),
                  COCREATE_OK);
    assert_failure(cci_tally(e, campaign_of(store), 0, row, &result, reason, &check_error),
                   COCREATE_ERR_CORRUPT, "the sealed ballots of round 'r' are damaged");
    json_decref(row);
}

static void tells_what_was_changed(void **state)
{
    cci_buffer data;
    int found = 0;
    (void)state;
    cocreate_store *store = open_round(VOTE "'instrument':'approve','method':'approval'" CUT "}");
    cast_many(store, VOTERS, 1, 1, NULL);
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    int64_t part = campaign_of(store)->part;
    cci_buffer_init(&data, &store->allocator);
    assert_status(store->backend->get_row(store->self, part, CCI_KIND_SEGMENT, segment_id(),
                                          &found, &data, &check_error),
                  COCREATE_OK);
    assert_true(found);
    /* One option for another: a tally cannot see it, verification does. */
    char *last = data.data + data.size - 10; /* of the options, before the column of values */
    *last = (char)(*last ^ 1);
    put_segment(store, part, (cci_bytes){data.data, data.size});
    assert_failure(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_ERR_VERIFY,
                   "sealed ballots of round 'r/000001': it is not what the log gives");
    put_segment(store, part, (cci_bytes){NULL, 0});
    tally_is_damaged(store);
    distinct_is(store, "{}");
    tally_is_damaged(store);
    distinct_is(store, NULL);
    tally_is_damaged(store);
    cci_buffer_free(&data);
    cocreate_store_close(store);
}

/* A store from before there were seals has none: it verifies and is counted from its rows. */
static void needs_no_seal(void **state)
{
    (void)state;
    cocreate_store *store = open_round(VOTE "'instrument':'approve','method':'approval'" CUT "}");
    cast_many(store, VOTERS, 1, 1, NULL);
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    json_t *before = tally(store, 0);
    cci_engine *e = engine_of(store);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    assert_status(cci_seal_break(e, campaign_of(store), 0, &check_error), COCREATE_OK);
    assert_status(cci_transaction_end(e, COCREATE_OK, &check_error), COCREATE_OK);
    assert_null(seal_of(store));
    json_t *after = tally(store, 0);
    assert_true(json_equal(before, after));
    json_decref(before);
    json_decref(after);
    verified_close(store);
}

/* ---- memory ---- */

static void stands_short_memory(void **state)
{
    failing_allocator fa;
    (void)state;
    failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
    cocreate_store *store = open_round_with(
        &fa.allocator, VOTE "'instrument':'approve','method':'approval'" CUT "}", "");
    cast_many(store, CCI_SEAL_LEAST, 1, 1, NULL);
    for (size_t n = 0;; n++) {
        fa.requests = fa.refused = 0;
        fa.granted_first = n;
        cocreate_status status = cocreate_tick(store, 200, &check_error);
        if (status == COCREATE_OK)
            break;
        assert_int_equal(status, COCREATE_ERR_MEMORY);
        fa.granted_first = FAIL_NEVER;
        assert_null(seal_of(store));
    }
    fa.granted_first = FAIL_NEVER;
    same_by_seal_and_rows(store);
    verified_close(store);
    assert_int_equal(fa.live, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_numbers_of_every_width),
        cmocka_unit_test(encodes_as_documented),
        cmocka_unit_test(refuses_damaged_bytes),
        cmocka_unit_test(counts_what_the_rows_count),
        cmocka_unit_test(counts_who_runs),
        cmocka_unit_test(does_not_seal_few),
        cmocka_unit_test(breaks_when_a_ballot_is_voided),
        cmocka_unit_test(tells_what_was_changed),
        cmocka_unit_test(needs_no_seal),
        cmocka_unit_test(stands_short_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
