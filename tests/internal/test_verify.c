/* Verification against an operator who changes the store behind the library's back: every kind of
 * row, with and without the hashes made to fit again. */
#include "rounds.h"

#include "campaign/engine.h"

#define MONEY_ROUND                                                                             \
    "{'id':'r','lead':'customer','instrument':'score','phase':'vote','electorate':['customer'],"  \
    "'scale':[0,5],'method':'score','cut':{'top':2,'ties':'out'},'certify':'auto'}"
#define MONEY                                                                                   \
    ",'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1',"               \
    "'currency':'EUR','funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'p',"                 \
    "'kind':'ranked_prizes','fund':'f','prizes':['60.00','40.00']}]}}]"

/* a: 5, 4; b: 4, 4; d: 5. d wins 60.00, a 40.00. */
static cocreate_store *decided_store(void)
{
    cocreate_store *store = open_round_with(NULL, MONEY_ROUND, MONEY);
    ballot(store, "c6", "{'a':5,'b':4}");
    ballot(store, "c7", "{'a':4,'b':4}");
    ballot(store, "c8", "{'d':5}");
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    return store;
}

static cci_engine *engine_of(cocreate_store *store)
{
    cci_engine *e = NULL;
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    return e;
}

static int64_t part_of(cocreate_store *store)
{
    cci_campaign *c = NULL;
    assert_status(cci_campaign_get(engine_of(store), "x", &c, &check_error), COCREATE_OK);
    return c->part;
}

/* `from` becomes `to` in a text of the same or another length. Free with free(). */
static char *replaced(const char *text, size_t size, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    size_t head = (size_t)(at - text), n = strlen(from), m = strlen(to);
    char *out = malloc(size - n + m + 1);
    assert_non_null(out);
    memcpy(out, text, head);
    memcpy(out + head, to, m);
    memcpy(out + head + m, at + n, size - head - n + 1);
    return out;
}

static void change_row(cocreate_store *store, int64_t part, cci_kind kind, const char *id,
                       const char *from, const char *to)
{
    cci_buffer row;
    int found;
    cci_bytes key = {id, strlen(id)};
    cci_buffer_init(&row, &store->allocator);
    assert_status(store->backend->begin(store->self, &check_error), COCREATE_OK);
    assert_status(store->backend->get_row(store->self, part, (int32_t)kind, key, &found, &row,
                                          &check_error),
                  COCREATE_OK);
    assert_true(found);
    char *now = replaced(row.data, row.size, from, to);
    assert_status(store->backend->put_row(store->self, part, (int32_t)kind, key,
                                          (cci_bytes){now, strlen(now)}, &check_error),
                  COCREATE_OK);
    assert_status(store->backend->commit(store->self, &check_error), COCREATE_OK);
    free(now);
    cci_buffer_free(&row);
}

#define verification_fails(store, expected)                                                    \
    assert_failure(cocreate_verify((store), NULL, 0, NULL, NULL, &check_error),                \
                   COCREATE_ERR_VERIFY, (expected))

static void names_the_row_that_was_changed(void **state)
{
    (void)state;
    static const struct {
        cci_kind kind;
        const char *id, *from, *to, *text;
    } cases[] = {
        {CCI_KIND_CONTRIBUTION, "a", "\"title\":\"Idea A\"", "\"title\":\"Idea X\"",
         "contribution 'a': $.title is \"Idea X\", the log gives \"Idea A\""},
        {CCI_KIND_ROUND, "r", "\"from\":1", "\"from\":2",
         "round 'r': $.result.places[0].from is 2, the log gives 1"},
        {CCI_KIND_ENTRY, "000000000001", "\"minor\":6000", "\"minor\":6001",
         "entry '000000000001': $.lines[1].minor is 6001, the log gives 6000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cocreate_store *store = decided_store();
        change_row(store, part_of(store), cases[i].kind, cases[i].id, cases[i].from, cases[i].to);
        verification_fails(store, cases[i].text);
        cocreate_store_close(store);
    }
}

static void finds_rows_too_many(void **state)
{
    (void)state;
    cocreate_store *store = decided_store();
    assert_status(store->backend->begin(store->self, &check_error), COCREATE_OK);
    assert_status(store->backend->put_row(store->self, part_of(store), CCI_KIND_AWARD,
                                          (cci_bytes){"mine", 4}, (cci_bytes){"{}", 2},
                                          &check_error),
                  COCREATE_OK);
    assert_status(store->backend->commit(store->self, &check_error), COCREATE_OK);
    verification_fails(store, "award 'mine' is in the state, but not in the log");
    cocreate_store_close(store);
}

static void put_ballot(cocreate_store *store, const char *voter, const char *data, uint64_t seq)
{
    cci_ballot_row row = {{voter, strlen(voter)}, seq, 1, {data, strlen(data)}};
    assert_status(store->backend->begin(store->self, &check_error), COCREATE_OK);
    assert_status(store->backend->put_ballot(store->self, part_of(store), 0, &row, &check_error),
                  COCREATE_OK);
    assert_status(store->backend->commit(store->self, &check_error), COCREATE_OK);
}

static void finds_ballots_changed_and_stuffed(void **state)
{
    (void)state;
    cocreate_store *store = decided_store();
    put_ballot(store, "c6", "{\"a\":5,\"b\":5}", 20);
    verification_fails(store, "ballot of 'c6' in round 'r': it is not the ballot that the log gives");
    cocreate_store_close(store);

    store = decided_store();
    put_ballot(store, "c9", "{\"a\":5}", 20);
    verification_fails(store, "ballot of 'c9' in round 'r': it is in the state, but not in the log");
    cocreate_store_close(store);
}

/* ---- a log that was written again ---- */

typedef struct rewriting {
    cci_engine *to;
    const char *type, *from, *into;
} rewriting;

/* Copy an event into another log, changed where it is of the type; its hash fits again. */
static cocreate_status copy_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    rewriting *r = user;
    char *text = malloc(row->payload.size + 1);
    assert_non_null(text);
    memcpy(text, row->payload.data, row->payload.size);
    text[row->payload.size] = '\0';
    if (strstr(text, r->type)) {
        char *now = replaced(text, row->payload.size, r->from, r->into);
        free(text);
        text = now;
    }
    cocreate_status status = cci_append(r->to, row->part, row->at, text, strlen(text), error);
    free(text);
    return status;
}

/* A forged store: the log with one event changed and every hash made to fit. */
static cocreate_store *forged(cocreate_store *original, const char *type, const char *from,
                              const char *into)
{
    cocreate_store *store = open_store();
    rewriting r = {engine_of(store), type, from, into};
    assert_status(cci_transaction_begin(r.to, &check_error), COCREATE_OK);
    assert_status(original->backend->scan_events(original->self, 1, 0, copy_event, &r,
                                                 &check_error),
                  COCREATE_OK);
    assert_status(cci_transaction_end(r.to, COCREATE_OK, &check_error), COCREATE_OK);
    return store;
}

static void recomputes_places_and_cents(void **state)
{
    (void)state;
    static const struct {
        const char *type, *from, *to;
    } cases[] = {
        /* d and a change places */
        {"\"round.tallied\"", "\"from\":1,\"id\":\"d\"", "\"from\":1,\"id\":\"a\""},
        {"\"round.tallied\"", "\"selected\":[\"d\",\"a\"]", "\"selected\":[\"a\",\"d\"]"},
        {"\"awards.made\"", "\"minor\":6000", "\"minor\":6001"},
        {"\"fund.deposited\"", "\"minor\":10000", "\"minor\":90000"},
        {"\"a\":5", "\"a\":5", "\"a\":1"},
    };
    cocreate_store *original = decided_store();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cocreate_store *store = forged(original, cases[i].type, cases[i].from, cases[i].to);
        assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error),
                      COCREATE_ERR_VERIFY);
        assert_int_equal(strncmp(check_error.text, "event ", 6), 0);
        cocreate_store_close(store);
    }
    cocreate_store_close(original);
}

static void a_published_root_catches_a_log_that_fits_itself(void **state)
{
    (void)state;
    uint8_t root[32];
    uint64_t size;
    /* c9 never did anything: only the root tells. */
    cocreate_store *original = decided_store();
    assert_status(cocreate_root(original, root, &size, &check_error), COCREATE_OK);
    assert_status(cocreate_verify(original, root, size, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store *store = forged(original, "\"participant\":\"c9\"", "customer", "partner");
    assert_status(cocreate_verify(store, root, size, NULL, NULL, &check_error),
                  COCREATE_ERR_VERIFY);
    char expected[120];
    snprintf(expected, sizeof expected,
             "the first %llu events do not have the root that was published",
             (unsigned long long)size);
    assert_string_equal(check_error.text, expected);
    assert_failure(cocreate_verify(original, root, size + 1, NULL, NULL, &check_error),
                   COCREATE_ERR_VERIFY, (snprintf(expected, sizeof expected,
                                                  "a root was published for %llu events, the log "
                                                  "has %llu",
                                                  (unsigned long long)(size + 1),
                                                  (unsigned long long)size),
                                         expected));
    cocreate_store_close(store);
    cocreate_store_close(original);
}

static int stop(void *user, uint64_t done_, uint64_t total)
{
    (void)done_;
    (void)total;
    ++*(int *)user;
    return 1;
}

static void can_be_cancelled(void **state)
{
    (void)state;
    int calls = 0;
    cocreate_progress progress = {sizeof progress, stop, &calls};
    cocreate_store *store = decided_store();
    for (int i = 0; i < 300; i++)
        assert_status(cocreate_participant_put(store, 300 + i, "host",
                                               (char[]){'p', (char)('a' + i / 26), (char)('a' + i % 26), 0},
                                               "public", NULL, &check_error),
                      COCREATE_OK);
    assert_status(cocreate_verify(store, NULL, 0, &progress, NULL, &check_error),
                  COCREATE_ERR_CANCELLED);
    assert_int_equal(calls, 1);
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_row_that_was_changed),
        cmocka_unit_test(finds_rows_too_many),
        cmocka_unit_test(finds_ballots_changed_and_stuffed),
        cmocka_unit_test(recomputes_places_and_cents),
        cmocka_unit_test(a_published_root_catches_a_log_that_fits_itself),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
