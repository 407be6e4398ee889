/* Reservations that are settled, voided or expire; statements, rows and the check of a journal. */
#include "check.h"

#include "cocreate/ledger.h"
#include "failing_allocator.h"

#define NEVER INT64_MAX

static const char *const euros[] = {"EUR", "EUR"};

static cocreate_status post(cocreate_ledger *l, const char *key, int64_t at, const char *from,
                            const char *to, int64_t minor, cocreate_error *error)
{
    return cocreate_ledger_post(l, key, at, NULL, (const char *const[]){from, to}, euros,
                                (const int64_t[]){-minor, minor}, 2, error);
}

static cocreate_status reserve(cocreate_ledger *l, const char *key, int64_t at, int64_t expires,
                               int64_t minor, cocreate_error *error)
{
    return cocreate_ledger_reserve(l, key, at, expires, NULL,
                                   (const char *const[]){"escrow:c", "payable:ana"}, euros,
                                   (const int64_t[]){-minor, minor}, 2, error);
}

static cocreate_ledger *funded(const cocreate_allocator *allocator)
{
    cocreate_ledger *l;
    assert_status(cocreate_ledger_new(allocator, &l, &check_error), COCREATE_OK);
    assert_status(post(l, "fund", 1, "sponsor:budget", "escrow:c", 10000, &check_error),
                  COCREATE_OK);
    return l;
}

static void amounts(const cocreate_ledger *l, const char *account, int64_t balance,
                    int64_t available)
{
    int64_t minor = -1;
    assert_status(cocreate_ledger_balance(l, account, "EUR", &minor, &check_error), COCREATE_OK);
    assert_int_equal(minor, balance);
    assert_status(cocreate_ledger_available(l, account, "EUR", &minor, &check_error), COCREATE_OK);
    assert_int_equal(minor, available);
}

/* Encoded, read back and checked, it is the same journal. */
static void round_trip(const cocreate_ledger *l)
{
    cocreate_text *text, *again;
    cocreate_ledger *copy;
    assert_status(cocreate_ledger_check(l, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_encode(l, &text, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_decode(NULL, cocreate_text_data(text), cocreate_text_size(text),
                                         &copy, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_ledger_encode(copy, &again, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), cocreate_text_data(again));
    assert_status(cocreate_ledger_check(copy, &check_error), COCREATE_OK);
    cocreate_text_free(text);
    cocreate_text_free(again);
    cocreate_ledger_free(copy);
}

static void reserves_and_settles(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    assert_status(reserve(l, "hold", 2, 100, 6000, &check_error), COCREATE_OK);
    amounts(l, "escrow:c", 10000, 4000);
    amounts(l, "payable:ana", 0, 0);
    assert_status(reserve(l, "hold", 3, 100, 6000, &check_error), COCREATE_EXISTS);
    assert_status(post(l, "spend", 3, "escrow:c", "payable:bo", 4001, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "line 0: \"escrow:c\" would have 5999 minor units of EUR, "
                                          "of which 6000 are reserved");
    assert_status(post(l, "spend", 3, "escrow:c", "payable:bo", 4000, &check_error), COCREATE_OK);
    amounts(l, "escrow:c", 6000, 0);
    assert_status(cocreate_ledger_settle(l, "hold", "pay", 99, "it is yours", &check_error),
                  COCREATE_OK);
    amounts(l, "escrow:c", 0, 0);
    amounts(l, "payable:ana", 6000, 6000);
    /* Sent again later than it expired, it is what it was. */
    assert_status(cocreate_ledger_settle(l, "hold", "pay", 200, "it is yours", &check_error),
                  COCREATE_EXISTS);
    assert_status(cocreate_ledger_void(l, "hold", "no", 200, NULL, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "\"hold\" is settled by \"pay\" already");
    assert_status(cocreate_ledger_settle(l, "hold", "pay", 200, "another", &check_error),
                  COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "the key \"pay\" exists with another memo");
    round_trip(l);
    cocreate_ledger_free(l);
}

static void voids_and_expires(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    size_t n = 9;
    assert_status(reserve(l, "a", 2, 100, 6000, &check_error), COCREATE_OK);
    assert_status(reserve(l, "b", 2, 50, 4000, &check_error), COCREATE_OK);
    assert_status(reserve(l, "c", 2, NEVER, 1, &check_error), COCREATE_ERR_REFUSED);
    assert_status(cocreate_ledger_void(l, "a", "a:no", 3, "withdrawn", &check_error), COCREATE_OK);
    amounts(l, "escrow:c", 10000, 6000);
    assert_status(reserve(l, "c", 4, NEVER, 5, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_expire(l, 49, &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 0);
    assert_status(cocreate_ledger_settle(l, "b", "b:yes", 50, NULL, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "the reservation \"b\" expired at 50");
    assert_status(cocreate_ledger_expire(l, 50, &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 1);
    amounts(l, "escrow:c", 10000, 9995);
    assert_status(cocreate_ledger_expire(l, INT64_C(9007199254740991), &n, &check_error),
                  COCREATE_OK);
    assert_int_equal(n, 0);
    const char *last = cocreate_ledger_entry(l, cocreate_ledger_count(l) - 1);
    assert_non_null(strstr(last, "\"key\":\"expire:b\",\"lines\":[],\"memo\":null,\"n\":6,"));
    assert_non_null(strstr(last, "\"voids\":\"b\"}"));
    round_trip(l);
    cocreate_ledger_free(l);
}

static void refuses_what_makes_no_sense(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    char key[400];
    memset(key, 'k', sizeof key);
    key[314] = '\0';
    assert_status(reserve(l, key, 2, NEVER, 1, &check_error), COCREATE_ERR_ARGUMENT);
    key[313] = '\0';
    assert_status(reserve(l, key, 2, 3, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_expire(l, 3, NULL, &check_error), COCREATE_OK);
    assert_status(reserve(l, "x", 5, 5, 1, &check_error), COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text, "the reservation expires at 5, not after its own time 5");
    assert_status(cocreate_ledger_settle(l, "fund", "y", 5, NULL, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "\"fund\" is no reservation and cannot be settled");
    assert_status(cocreate_ledger_void(l, "none", "y", 5, NULL, &check_error),
                  COCREATE_ERR_NOT_FOUND);
    assert_status(reserve(l, "x", 5, 6, 1, &check_error), COCREATE_OK);
    assert_status(reserve(l, "x", 5, 7, 1, &check_error), COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "the key \"x\" exists with another expiry");
    assert_status(post(l, "x", 5, "escrow:c", "payable:ana", 1, &check_error),
                  COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "the key \"x\" exists with another kind");
    assert_status(cocreate_ledger_reverse(l, "x", "y", 5, NULL, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "\"x\" is a reservation and cannot be reversed");
    /* The largest balance counts what is still to come. */
    const int64_t most = INT64_C(9007199254740991);
    assert_status(post(l, "m", 5, "sponsor:a", "cash:b", most, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_reserve(l, "o", 5, NEVER, NULL,
                                          (const char *const[]){"sponsor:c", "cash:b"}, euros,
                                          (const int64_t[]){-1, 1}, 2, &check_error),
                  COCREATE_ERR_OVERFLOW);
    round_trip(l);
    cocreate_ledger_free(l);
}

static void check_text(cocreate_text *text, const char *expected)
{
    assert_string_equal(cocreate_text_data(text), expected);
    cocreate_text_free(text);
}

/* By hand: 100.00 paid in, 40.00 out at 10 and 5.00 back at 20, 60.00 reserved from 15 to 30. */
static void states_accounts(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    cocreate_text *text;
    assert_status(post(l, "out", 10, "escrow:c", "payable:bo", 4000, &check_error), COCREATE_OK);
    assert_status(reserve(l, "hold", 15, NEVER, 6000, &check_error), COCREATE_OK);
    assert_status(post(l, "back", 20, "payable:bo", "escrow:c", 500, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_void(l, "hold", "free", 30, NULL, &check_error), COCREATE_OK);
    assert_status(
        cocreate_ledger_statement(l, "escrow:c", "EUR", 10, 20, &text, &check_error), COCREATE_OK);
    check_text(text, "{\"account\":\"escrow:c\",\"closing\":6000,\"currency\":\"EUR\",\"from\":10,"
                     "\"lines\":[{\"at\":10,\"balance\":6000,\"key\":\"out\",\"memo\":null,"
                     "\"minor\":-4000,\"n\":2}],\"opening\":10000,\"reserved\":6000,\"to\":20}");
    assert_status(
        cocreate_ledger_statement(l, "escrow:c", "EUR", 20, 31, &text, &check_error), COCREATE_OK);
    check_text(text, "{\"account\":\"escrow:c\",\"closing\":6500,\"currency\":\"EUR\",\"from\":20,"
                     "\"lines\":[{\"at\":20,\"balance\":6500,\"key\":\"back\",\"memo\":null,"
                     "\"minor\":500,\"n\":4}],\"opening\":6000,\"reserved\":0,\"to\":31}");
    assert_status(cocreate_ledger_statement(l, "x", "EUR", 0, 99, &text, &check_error),
                  COCREATE_OK);
    check_text(text, "{\"account\":\"x\",\"closing\":0,\"currency\":\"EUR\",\"from\":0,"
                     "\"lines\":[],\"opening\":0,\"reserved\":0,\"to\":99}");
    assert_status(cocreate_ledger_statement(l, "x", "EUR", 9, 8, &text, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text,
                        "the statement would end at 8, before it begins at 9");
    cocreate_ledger_free(l);
}

static void writes_rows(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    cocreate_text *text;
    assert_status(reserve(l, "a, \"b\"", 2, 9, 7, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_void(l, "a, \"b\"", "no", 3, "late", &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_rows(l, &text, &check_error), COCREATE_OK);
    check_text(text, "n,key,at,kind,about,memo,account,currency,minor\r\n"
                     "1,fund,1,posted,,,escrow:c,EUR,10000\r\n"
                     "1,fund,1,posted,,,sponsor:budget,EUR,-10000\r\n"
                     "2,\"a, \"\"b\"\"\",2,pending,,,escrow:c,EUR,-7\r\n"
                     "2,\"a, \"\"b\"\"\",2,pending,,,payable:ana,EUR,7\r\n"
                     "3,no,3,void,\"a, \"\"b\"\"\",late,,,\r\n");
    cocreate_ledger_free(l);
}

/* A journal of ours with one thing changed and hashed again; what reading it says. */
static void decode_says(const char *lines, const char *expected)
{
    cocreate_ledger *l = NULL;
    assert_status(cocreate_ledger_decode(NULL, lines, strlen(lines), &l, &check_error),
                  COCREATE_ERR_VERIFY);
    assert_string_equal(check_error.text, expected);
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define FIRST(more)                                                                           \
    "{\"at\":1,\"hash\":\"x\",\"key\":\"k\",\"lines\":[{\"account\":\"a\",\"currency\":\"E\","    \
    "\"minor\":-1},{\"account\":\"b\",\"currency\":\"E\",\"minor\":1}],\"memo\":null,\"n\":1,"   \
    "\"prev\":\"" ZEROS "\"" more "}\n"

static void reads_with_care(void **state)
{
    (void)state;
    decode_says(FIRST(",\"voids\":\"z\""), "line 1: it voids \"z\", which is no entry before");
    decode_says(FIRST(",\"settles\":\"z\""), "line 1: it settles \"z\", which is no entry before");
    decode_says(FIRST(",\"expires\":9"), "line 1: it cannot be pending, reverse, settle, void and "
                                         "expire all at once");
    decode_says(FIRST(",\"pending\":true,\"expires\":1"),
                "line 1: the reservation expires at 1, not after its own time 1");
    decode_says(FIRST(""), "line 1: the hash is not that of the entry");
}

/* Whatever allocation fails, nothing is half done. */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, FAIL_NEVER, FAIL_ONCE);
        cocreate_ledger *l = funded(&fa.allocator);
        assert_status(reserve(l, "x", 2, 9, 5, &check_error), COCREATE_OK);
        assert_status(reserve(l, "y", 2, 9, 5, &check_error), COCREATE_OK);
        fa.granted_first = fa.requests + n;
        fa.refused = 0;
        cocreate_status status = cocreate_ledger_expire(l, 9, NULL, NULL);
        size_t refused = fa.refused;
        fa.granted_first = FAIL_NEVER;
        assert_int_equal(status, refused > 0 ? COCREATE_ERR_MEMORY : COCREATE_OK);
        assert_int_equal(cocreate_ledger_count(l), refused > 0 ? 3 : 5);
        amounts(l, "escrow:c", 10000, refused > 0 ? 9990 : 10000);
        assert_status(cocreate_ledger_expire(l, 9, NULL, &check_error), COCREATE_OK);
        amounts(l, "escrow:c", 10000, 10000);
        round_trip(l);
        cocreate_ledger_free(l);
        assert_int_equal(fa.live, 0);
        if (refused == 0)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reserves_and_settles),        cmocka_unit_test(voids_and_expires),
        cmocka_unit_test(refuses_what_makes_no_sense), cmocka_unit_test(states_accounts),
        cmocka_unit_test(writes_rows),                 cmocka_unit_test(reads_with_care),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
