/* The journal: sums, idempotency, reversal, hashes, and nothing half done when memory is short. */
#include "check.h"

#include "cocreate/ledger.h"
#include "failing_allocator.h"



static cocreate_status post(cocreate_ledger *l, const char *key, int64_t at, const char *from,
                            const char *to, int64_t minor, cocreate_error *error)
{
    const char *const accounts[] = {from, to}, *const currencies[] = {"EUR", "EUR"};
    const int64_t amounts[] = {-minor, minor};
    return cocreate_ledger_post(l, key, at, NULL, accounts, currencies, amounts, 2, error);
}

static int64_t balance(const cocreate_ledger *l, const char *account, const char *currency)
{
    int64_t minor = -1;
    assert_status(cocreate_ledger_balance(l, account, currency, &minor, &check_error), COCREATE_OK);
    return minor;
}

static cocreate_ledger *funded(const cocreate_allocator *allocator)
{
    cocreate_ledger *l;
    assert_status(cocreate_ledger_new(allocator, &l, &check_error), COCREATE_OK);
    assert_status(post(l, "fund", 1, "sponsor:budget", "escrow:c1", 200000, &check_error),
                  COCREATE_OK);
    return l;
}

static void check_text(cocreate_text *text, const char *expected)
{
    assert_string_equal(cocreate_text_data(text), expected);
    assert_int_equal(cocreate_text_size(text), strlen(expected));
    cocreate_text_free(text);
}

static void check_balances(const cocreate_ledger *l, const char *expected)
{
    cocreate_text *text;
    assert_status(cocreate_ledger_balances(l, &text, &check_error), COCREATE_OK);
    check_text(text, expected);
}

/* SHA-256 of the entry without its hash, by the public function. */
static void check_hash(const char *entry)
{
    char hash[65], plain[4096];
    const char *at = strstr(entry, ",\"hash\":\"");
    assert_non_null(at);
    size_t head = (size_t)(at - entry);
    size_t skip = strlen(",\"hash\":\"") + 64 + 1;
    assert_true(strlen(entry) < sizeof plain);
    memcpy(plain, entry, head);
    memcpy(plain + head, at + skip, strlen(at + skip) + 1);
    uint8_t digest[32];
    cocreate_sha256(plain, strlen(plain), digest);
    for (int i = 0; i < 32; i++)
        snprintf(hash + 2 * i, 3, "%02x", digest[i]);
    assert_memory_equal(at + strlen(",\"hash\":\""), hash, 64);
}

static void moves_money(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    const char *const accounts[] = {"payable:bo", "escrow:c1", "withheld:tax:US"};
    const char *const currencies[] = {"EUR", "EUR", "EUR"};
    const int64_t minor[] = {26250, -37500, 11250}; /* 375.00 less 30 % */
    assert_status(cocreate_ledger_post(l, "award:1", 2, "place 2-3", accounts, currencies, minor, 3,
                                       &check_error),
                  COCREATE_OK);
    assert_int_equal(balance(l, "escrow:c1", "EUR"), 162500);
    assert_int_equal(balance(l, "payable:bo", "EUR"), 26250);
    assert_int_equal(balance(l, "payable:bo", "USD"), 0);
    assert_int_equal(balance(l, "payable:nobody", "EUR"), 0);
    assert_int_equal(cocreate_ledger_count(l), 2);
    assert_null(cocreate_ledger_entry(l, 2));
    check_balances(l, "[{\"account\":\"escrow:c1\",\"currency\":\"EUR\",\"minor\":162500},"
                      "{\"account\":\"payable:bo\",\"currency\":\"EUR\",\"minor\":26250},"
                      "{\"account\":\"sponsor:budget\",\"currency\":\"EUR\",\"minor\":-200000},"
                      "{\"account\":\"withheld:tax:US\",\"currency\":\"EUR\",\"minor\":11250}]");
    cocreate_ledger_free(l);
}

static void links_entries_by_hash(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    assert_status(post(l, "award:1", 2, "escrow:c1", "payable:bo", 5, &check_error), COCREATE_OK);
    const char *first = cocreate_ledger_entry(l, 0), *second = cocreate_ledger_entry(l, 1);
    assert_non_null(strstr(first, "\"prev\":\"0000000000000000000000000000000000000000000000000000"
                                  "000000000000\"}"));
    check_hash(first);
    check_hash(second);
    char prev[80] = "\"prev\":\"";
    memcpy(prev + 8, strstr(first, "\"hash\":\"") + 8, 64);
    strcpy(prev + 72, "\"");
    assert_non_null(strstr(second, prev));
    cocreate_text *canonical;
    assert_status(cocreate_canonical_json(NULL, second, strlen(second), &canonical, &check_error),
                  COCREATE_OK);
    check_text(canonical, second);
    cocreate_ledger_free(l);
}

/* Posting the same awards again adds 0 entries, whatever the order of the lines and the time. */
static void is_idempotent(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    const char *const accounts[] = {"payable:bo", "escrow:c1"}, *const currencies[] = {"EUR", "EUR"};
    const int64_t minor[] = {37500, -37500};
    assert_status(post(l, "award:1", 5, "escrow:c1", "payable:bo", 37500, &check_error),
                  COCREATE_OK);
    assert_status(post(l, "award:1", 5, "escrow:c1", "payable:bo", 37500, &check_error),
                  COCREATE_EXISTS);
    assert_status(cocreate_ledger_post(l, "award:1", 0, NULL, accounts, currencies, minor, 2,
                                       &check_error),
                  COCREATE_EXISTS);
    assert_int_equal(cocreate_ledger_count(l), 2);
    cocreate_ledger_free(l);
}

/* The same key with a changed amount is an error, and the journal is unchanged. */
static void refuses_other_content(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    cocreate_text *before, *after;
    assert_status(post(l, "a", 5, "escrow:c1", "payable:bo", 37500, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_encode(l, &before, &check_error), COCREATE_OK);
    assert_failure(post(l, "a", 5, "escrow:c1", "payable:bo", 37600, &check_error),
                   COCREATE_ERR_CONFLICT,
                   "the key \"a\" exists with another amount for \"escrow:c1\": -37500, not -37600");
    assert_failure(post(l, "a", 5, "escrow:c1", "payable:cy", 37500, &check_error),
                   COCREATE_ERR_CONFLICT, "the key \"a\" exists with another account");
    const char *const accounts[] = {"escrow:c1", "payable:bo"}, *const currencies[] = {"EUR", "EUR"};
    const int64_t minor[] = {-37500, 37500};
    assert_failure(cocreate_ledger_post(l, "a", 5, "memo", accounts, currencies, minor, 2,
                                        &check_error),
                   COCREATE_ERR_CONFLICT, "the key \"a\" exists with another memo");
    assert_status(cocreate_ledger_encode(l, &after, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(before), cocreate_text_data(after));
    cocreate_text_free(before);
    cocreate_text_free(after);
    cocreate_ledger_free(l);
}

struct bad_post {
    const char *key, *memo, *accounts[3], *currencies[3];
    int64_t at, minor[3];
    size_t n;
    cocreate_status status;
    uint64_t where;
    const char *text;
};

static void refuses(void **state)
{
    const struct bad_post *b = *state;
    cocreate_ledger *l = funded(NULL);
    assert_failure(cocreate_ledger_post(l, b->key, b->at, b->memo, b->accounts, b->currencies,
                                        b->minor, b->n, &check_error),
                   b->status, b->text);
    assert_int_equal(check_error.where, b->where);
    assert_int_equal(cocreate_ledger_count(l), 1);
    check_balances(l, "[{\"account\":\"escrow:c1\",\"currency\":\"EUR\",\"minor\":200000},"
                      "{\"account\":\"sponsor:budget\",\"currency\":\"EUR\",\"minor\":-200000}]");
    cocreate_ledger_free(l);
}

#define EUR3 {"EUR", "EUR", "EUR"}
#define BIG INT64_C(9007199254740991)
static struct bad_post unbalanced = {"k", NULL, {"cash:a", "cash:b", NULL}, EUR3, 2, {-5, 4, 0}, 2,
                                     COCREATE_ERR_ARGUMENT, 1,
                                     "the lines in EUR sum to -1 minor units, not to 0"};
static struct bad_post currencies_mixed = {
    "k", NULL, {"cash:a", "cash:b", NULL}, {"EUR", "USD", NULL}, 2, {-5, 5, 0}, 2,
    COCREATE_ERR_ARGUMENT, 0, "the lines in EUR sum to -5 minor units, not to 0"};
static struct bad_post single = {"k", NULL, {"cash:a", NULL, NULL}, EUR3, 2, {5, 0, 0}, 1,
                                 COCREATE_ERR_ARGUMENT, 0,
                                 "an entry has at least 2 lines, not 1"};
static struct bad_post zero = {"k", NULL, {"cash:a", "cash:b", "cash:c"}, EUR3, 2, {5, 0, -5}, 3,
                               COCREATE_ERR_ARGUMENT, 1, "line 1: the amount is 0"};
static struct bad_post no_account = {"k", NULL, {"cash:a", "", NULL}, EUR3, 2, {5, -5, 0}, 2,
                                     COCREATE_ERR_ARGUMENT, 1, "line 1: account is empty"};
static struct bad_post no_currency = {
    "k", NULL, {"cash:a", "cash:b", NULL}, {"eur", "EUR", NULL}, 2, {5, -5, 0}, 2,
    COCREATE_ERR_ARGUMENT, 0,
    "line 0: the currency \"eur\" is not 1 to 12 characters of A-Z, 0-9 and _"};
static struct bad_post overdrawn = {
    "k", NULL, {"cash:a", "escrow:c1", NULL}, EUR3, 2, {200001, -200001, 0}, 2,
    COCREATE_ERR_REFUSED, 1,
    "line 1: the balance of \"escrow:c1\" would be -1 minor units of EUR, and it may not become "
    "negative"};
static struct bad_post owed = {
    "k", NULL, {"cash:a", "payable:x", NULL}, EUR3, 2, {1, -1, 0}, 2, COCREATE_ERR_REFUSED, 1,
    "line 1: the balance of \"payable:x\" would be -1 minor units of EUR, and it may not become "
    "negative"};
static struct bad_post early = {"k", NULL, {"cash:a", "cash:b", NULL}, EUR3, 0, {1, -1, 0}, 2,
                                COCREATE_ERR_TIME, 0,
                                "the time 0 is before that of the last entry, 1"};
static struct bad_post huge = {"k", NULL, {"cash:a", "cash:b", NULL}, EUR3, 2,
                               {INT64_MIN, INT64_MAX, 0}, 2, COCREATE_ERR_OVERFLOW, 0,
                               "line 0: the amount is beyond 2^53 - 1 minor units"};
static struct bad_post heavy = {
    "k", NULL, {"cash:a", "cash:a", "cash:b"}, {"EUR", "EUR", "EUR"}, 2, {BIG, 1, -BIG}, 3,
    COCREATE_ERR_ARGUMENT, 2, "the lines in EUR sum to 1 minor units, not to 0"};
static struct bad_post two_lines = {"k", "a\nb", {"cash:a", "cash:b", NULL}, EUR3, 2, {1, -1, 0}, 2,
                                    COCREATE_ERR_ARGUMENT, 0, "the memo is not one line of UTF-8"};
static struct bad_post no_key = {"", NULL, {"cash:a", "cash:b", NULL}, EUR3, 2, {1, -1, 0}, 2,
                                 COCREATE_ERR_ARGUMENT, 0, "key is empty"};

static void keeps_balances_in_range(void **state)
{
    (void)state;
    cocreate_ledger *l;
    assert_status(cocreate_ledger_new(NULL, &l, &check_error), COCREATE_OK);
    assert_status(post(l, "1", 0, "sponsor:a", "cash:b", BIG, &check_error), COCREATE_OK);
    assert_failure(post(l, "2", 0, "sponsor:c", "cash:b", 1, &check_error), COCREATE_ERR_OVERFLOW,
                   "line 1: the balance of \"cash:b\" would pass 2^53 - 1 minor units");
    assert_int_equal(cocreate_ledger_count(l), 1);
    cocreate_ledger_free(l);
}

static void reverses_once(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    assert_status(post(l, "a", 2, "escrow:c1", "payable:bo", 37500, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_reverse(l, "a", "rev:a", 3, "declined", &check_error),
                  COCREATE_OK);
    assert_int_equal(balance(l, "escrow:c1", "EUR"), 200000);
    assert_int_equal(balance(l, "payable:bo", "EUR"), 0);
    assert_non_null(strstr(cocreate_ledger_entry(l, 2), "\"reverses\":\"a\""));
    assert_status(cocreate_ledger_reverse(l, "a", "rev:a", 4, "declined", &check_error),
                  COCREATE_EXISTS);
    assert_failure(cocreate_ledger_reverse(l, "a", "rev:2", 4, NULL, &check_error),
                   COCREATE_ERR_REFUSED, "\"a\" is reversed by \"rev:a\" already");
    assert_failure(cocreate_ledger_reverse(l, "a", "fund", 4, NULL, &check_error),
                   COCREATE_ERR_CONFLICT, "the key \"fund\" exists with another reversed entry");
    assert_failure(cocreate_ledger_reverse(l, "b", "rev:b", 4, NULL, &check_error),
                   COCREATE_ERR_NOT_FOUND, "no entry has the key \"b\"");
    /* What was paid out cannot be reversed: there is nothing left to take it from. */
    assert_status(post(l, "c", 5, "escrow:c1", "payable:cy", 100, &check_error), COCREATE_OK);
    assert_status(post(l, "pay", 6, "payable:cy", "cash:sepa", 100, &check_error), COCREATE_OK);
    assert_failure(cocreate_ledger_reverse(l, "c", "rev:c", 7, NULL, &check_error),
                   COCREATE_ERR_REFUSED,
                   "line 1: the balance of \"payable:cy\" would be -100 minor units of EUR, and it "
                   "may not become negative");
    cocreate_ledger_free(l);
}

/* Every entry sums to 0, so all balances do. */
static void sums_to_zero(void **state)
{
    (void)state;
    cocreate_ledger *l = funded(NULL);
    uint32_t random = 1;
    char names[20][24];
    for (int i = 0; i < 20; i++)
        snprintf(names[i], sizeof names[i], "cash:%d", i);
    for (int i = 0; i < 2000; i++) {
        char key[24];
        random = random * 1664525u + 1013904223u;
        snprintf(key, sizeof key, "k%d", i);
        assert_status(post(l, key, i + 1, names[random >> 8 & 15], names[16 + (random >> 16 & 3)],
                           1 + (random >> 20), &check_error),
                      COCREATE_OK);
    }
    int64_t sum = balance(l, "sponsor:budget", "EUR") + balance(l, "escrow:c1", "EUR");
    for (int i = 0; i < 20; i++)
        sum += balance(l, names[i], "EUR");
    assert_int_equal(sum, 0);
    cocreate_ledger_free(l);
}

static cocreate_ledger *example(void)
{
    cocreate_ledger *l = funded(NULL);
    assert_status(post(l, "a", 2, "escrow:c1", "payable:bo", 37500, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_reverse(l, "a", "rev:a", 3, "declined \"politely\"",
                                          &check_error),
                  COCREATE_OK);
    return l;
}

static void round_trips(void **state)
{
    (void)state;
    cocreate_ledger *l = example(), *again;
    cocreate_text *text, *text_again;
    assert_status(cocreate_ledger_encode(l, &text, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_decode(NULL, cocreate_text_data(text), cocreate_text_size(text),
                                         &again, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_ledger_encode(again, &text_again, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), cocreate_text_data(text_again));
    assert_failure(cocreate_ledger_reverse(again, "a", "rev:2", 9, NULL, &check_error),
                   COCREATE_ERR_REFUSED, "\"a\" is reversed by \"rev:a\" already");
    cocreate_text_free(text_again);
    cocreate_text_free(text);
    cocreate_ledger_free(again);
    cocreate_ledger_free(l);
    assert_status(cocreate_ledger_decode(NULL, "", 0, &again, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_ledger_count(again), 0);
    assert_status(cocreate_ledger_encode(again, &text, &check_error), COCREATE_OK);
    check_text(text, "");
    cocreate_ledger_free(again);
}

/* Each byte changed, each line dropped or repeated: never accepted. */
static void notices_every_change(void **state)
{
    (void)state;
    cocreate_ledger *l = example(), *other = NULL;
    cocreate_text *text;
    assert_status(cocreate_ledger_encode(l, &text, &check_error), COCREATE_OK);
    size_t size = cocreate_text_size(text);
    char *copy = malloc(size + 1);
    for (size_t i = 0; i < size; i++) {
        memcpy(copy, cocreate_text_data(text), size + 1);
        copy[i] = (char)(copy[i] ^ 1);
        assert_true(cocreate_ledger_decode(NULL, copy, size, &other, &check_error) < 0);
        assert_null(other);
    }
    for (size_t i = 1; i < size; i++)
        if (cocreate_text_data(text)[i - 1] != '\n')
            assert_true(cocreate_ledger_decode(NULL, cocreate_text_data(text), i, &other,
                                               &check_error) < 0);
    free(copy);
    cocreate_text_free(text);
    cocreate_ledger_free(l);
}

static void tell_decode(const char *text, cocreate_status status, uint64_t where,
                        const char *expected)
{
    cocreate_ledger *l;
    assert_failure(cocreate_ledger_decode(NULL, text, strlen(text), &l, &check_error), status,
                   expected);
    assert_int_equal(check_error.where, where);
}

static void names_what_does_not_match(void **state)
{
    (void)state;
    cocreate_ledger *l = example();
    char text[4096];
    const char *first = cocreate_ledger_entry(l, 0), *second = cocreate_ledger_entry(l, 1);
    snprintf(text, sizeof text, "%s\n%s\n", first, first);
    tell_decode(text, COCREATE_ERR_VERIFY, 2, "line 2: n is 1, not 2");
    snprintf(text, sizeof text, "%s\n", second);
    tell_decode(text, COCREATE_ERR_VERIFY, 1, "line 1: n is 2, not 1");
    snprintf(text, sizeof text, "%s\n%s", first, second);
    tell_decode(text, COCREATE_ERR_VERIFY, 2, "line 2: the line does not end");
    snprintf(text, sizeof text, "%s \n", first);
    tell_decode(text, COCREATE_ERR_VERIFY, 1, "line 1: the line is not in canonical form");
    snprintf(text, sizeof text, "%s\n%s\n", first, second);
    memcpy(strstr(text, "-37500"), "-37400", 6);
    tell_decode(text, COCREATE_ERR_VERIFY, 2,
                "line 2: the lines in EUR sum to 100 minor units, not to 0");
    snprintf(text, sizeof text, "%s\n%s\n", first, second);
    memcpy(strstr(text, "payable:bo"), "payable:by", 10);
    tell_decode(text, COCREATE_ERR_VERIFY, 2, "line 2: the hash is not that of the entry");
    tell_decode("{}\n", COCREATE_ERR_SCHEMA, 1, "line 1: $.n: required, but missing");
    cocreate_ledger_free(l);
}

/* ---- memory ---- */

static void survives_short_memory(void **state)
{
    failing_mode mode = *state == NULL ? FAIL_ONCE : FAIL_FOREVER;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cocreate_ledger *l = NULL;
        cocreate_text *text = NULL;
        cocreate_status s = cocreate_ledger_new(&fa.allocator, &l, &check_error);
        for (int i = 0; i < 12 && s == COCREATE_OK; i++) {
            char key[24], to[24];
            snprintf(key, sizeof key, "k%d", i);
            snprintf(to, sizeof to, "cash:%d", i);
            s = post(l, key, i, "sponsor:a", to, 10, &check_error);
            assert_int_equal(cocreate_ledger_count(l), i + (s == COCREATE_OK));
            assert_int_equal(balance(l, to, "EUR"), s == COCREATE_OK ? 10 : 0);
        }
        if (s == COCREATE_OK)
            s = cocreate_ledger_reverse(l, "k3", "r3", 20, "memo", &check_error);
        if (s == COCREATE_OK)
            s = cocreate_ledger_balances(l, &text, &check_error);
        if (s == COCREATE_OK) {
            cocreate_text_free(text);
            text = NULL;
            s = cocreate_ledger_encode(l, &text, &check_error);
        }
        if (s == COCREATE_OK) {
            cocreate_ledger *again = NULL;
            s = cocreate_ledger_decode(&fa.allocator, cocreate_text_data(text),
                                       cocreate_text_size(text), &again, &check_error);
            assert_true((s == COCREATE_OK) == (again != NULL));
            cocreate_ledger_free(again);
        }
        cocreate_text_free(text);
        cocreate_ledger_free(l);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0) {
            assert_int_equal(s, COCREATE_OK);
            break;
        }
        assert_int_equal(s, COCREATE_ERR_MEMORY);
    }
}

#define BAD(name) {"refuses/" #name, refuses, NULL, NULL, &name}

int main(void)
{
    static int forever;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_money),
        cmocka_unit_test(links_entries_by_hash),
        cmocka_unit_test(is_idempotent),
        cmocka_unit_test(refuses_other_content),
        BAD(unbalanced), BAD(currencies_mixed), BAD(single), BAD(zero), BAD(no_account),
        BAD(no_currency), BAD(overdrawn), BAD(owed), BAD(early), BAD(huge), BAD(heavy),
        BAD(two_lines), BAD(no_key),
        cmocka_unit_test(keeps_balances_in_range),
        cmocka_unit_test(reverses_once),
        cmocka_unit_test(sums_to_zero),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(notices_every_change),
        cmocka_unit_test(names_what_does_not_match),
        {"survives_short_memory/once", survives_short_memory, NULL, NULL, NULL},
        {"survives_short_memory/forever", survives_short_memory, NULL, NULL, &forever},
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
