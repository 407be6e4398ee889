/* 500 hostile ids through every public call that takes an id, and out again byte for byte; and ids
 * that are none, refused by all of them. Commands as text are in tests/internal/test_campaign_ids.c. */
#include "commands.h"
#include "hostile_ids.h"

static char ids[IDS][COCREATE_ID_MAX + 1];
static const char *names[IDS];

static int make_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < IDS; i++) {
        make_id(i, ids[i]);
        names[i] = ids[i];
    }
    return 0;
}

/* The id as a JSON string, quotes included. Ids have no control characters, so that only two bytes
 * need an escape. Good until eight calls later. */
static const char *json_of(const char *id)
{
    static char rooms[8][2 * COCREATE_ID_MAX + 3];
    static unsigned next;
    char *room = rooms[next++ % 8], *out = room;
    *out++ = '"';
    for (; *id != '\0'; id++) {
        if (*id == '"' || *id == '\\')
            *out++ = '\\';
        *out++ = *id;
    }
    *out++ = '"';
    *out = '\0';
    return room;
}

static void holds(const char *text, const char *key, const char *id)
{
    char wanted[2 * COCREATE_ID_MAX + 64];
    snprintf(wanted, sizeof wanted, "\"%s\":%s", key, json_of(id));
    if (strstr(text, wanted) == NULL)
        fail_msg("%s\n  does not hold %s", text, wanted);
}

/* ---- evidence and rankings ---- */

static cocreate_profile *profile_of_ids(void)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, IDS, &p, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < IDS; i++) {
        cocreate_option option = {sizeof option, ids[i], ids[i], 1, COCREATE_NO_TIME, 0};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    return p;
}

static void check_options(const cocreate_profile *p)
{
    for (size_t i = 0; i < IDS; i++) {
        cocreate_option option = {.size = sizeof option};
        size_t index = IDS;
        assert_status(cocreate_profile_option(p, i, &option, &check_error), COCREATE_OK);
        assert_string_equal(option.id, ids[i]);
        assert_string_equal(option.name, ids[i]);
        assert_status(cocreate_profile_find(p, ids[i], &index, &check_error), COCREATE_OK);
        assert_int_equal(index, i);
    }
}

static void options_of_profiles(void **state)
{
    (void)state;
    cocreate_profile *p = profile_of_ids(), *again = NULL;
    cocreate_text *bytes = NULL;
    check_options(p);
    assert_status(cocreate_profile_encode(p, &bytes, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_decode(NULL, cocreate_text_data(bytes),
                                          cocreate_text_size(bytes), &again, &check_error),
                  COCREATE_OK);
    check_options(again);
    cocreate_text_free(bytes);
    cocreate_profile_free(p);
    cocreate_profile_free(again);
}

static void options_of_rankings(void **state)
{
    (void)state;
    static const char chain[] =
        "{\"ties\":\"lot\",\"context\":\"x\",\"seed\":"
        "\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"}";
    static const uint32_t first = 0;
    cocreate_profile *p = profile_of_ids();
    cocreate_ranking *ranking = NULL;
    cocreate_text *text = NULL;
    assert_status(cocreate_profile_add(p, &first, NULL, 1, 1, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    assert_status(cocreate_rank(p, "approval", chain, NULL, &ranking, &check_error), COCREATE_OK);
    for (size_t i = 0; i < IDS; i++)
        holds(cocreate_ranking_json(ranking), "option", ids[i]);
    assert_status(cocreate_ranking_explain(ranking, &text, &check_error), COCREATE_OK);
    cocreate_text_free(text);
    cocreate_ranking_free(ranking);
    cocreate_profile_free(p);

    static const char *scores[IDS];
    for (size_t i = 0; i < IDS; i++)
        scores[i] = i % 3 == 0 ? NULL : "1/3";
    assert_status(cocreate_rank_scores(NULL, names, scores, NULL, IDS, chain, &ranking,
                                       &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < IDS; i++)
        holds(cocreate_ranking_json(ranking), "option", ids[i]);
    cocreate_ranking_free(ranking);
}

/* ---- lots and splits: what an id gets does not depend on where it stands ---- */

static void lots_and_splits(void **state)
{
    (void)state;
    static const uint8_t seed[32] = {5};
    static const char *mirrored[IDS];
    static uint32_t order[IDS], mirrored_order[IDS];
    static int64_t weights[IDS], shares[IDS], mirrored_shares[IDS];
    int64_t returned, sum = 0;
    for (size_t i = 0; i < IDS; i++) {
        mirrored[i] = ids[IDS - 1 - i];
        weights[i] = 1;
    }
    assert_status(cocreate_lots(seed, "x", names, IDS, order, &check_error), COCREATE_OK);
    assert_status(cocreate_lots(seed, "x", mirrored, IDS, mirrored_order, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < IDS; i++)
        assert_string_equal(names[order[i]], mirrored[mirrored_order[i]]);

    cocreate_split_options options;
    cocreate_split_options_init(&options);
    static const char *const ties[] = {"lot", "id"};
    options.seed = seed;
    for (int t = 0; t < 2; t++) {
        options.ties = ties[t];
        options.ids = names;
        assert_status(cocreate_split(777, weights, IDS, &options, shares, &returned, &check_error),
                      COCREATE_OK);
        options.ids = mirrored;
        assert_status(cocreate_split(777, weights, IDS, &options, mirrored_shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        sum = returned;
        for (size_t i = 0; i < IDS; i++) {
            assert_int_equal(shares[i], mirrored_shares[IDS - 1 - i]);
            sum += shares[i];
        }
        assert_int_equal(sum, 777);
    }
}

/* ---- journals ---- */

static void accounts_and_keys_of_journals(void **state)
{
    (void)state;
    cocreate_ledger *ledger = NULL, *again = NULL;
    cocreate_text *text = NULL;
    int64_t minor;
    assert_status(cocreate_ledger_new(NULL, &ledger, &check_error), COCREATE_OK);
    for (size_t i = 0; i < IDS; i++) {
        const char *accounts[] = {ids[i], "sponsor:budget"}, *currencies[] = {"EUR", "EUR"};
        const int64_t amounts[] = {(int64_t)i + 1, -(int64_t)i - 1};
        assert_status(cocreate_ledger_post(ledger, ids[i], 1, ids[i], accounts, currencies,
                                           amounts, 2, &check_error),
                      COCREATE_OK);
    }
    assert_status(cocreate_ledger_encode(ledger, &text, &check_error), COCREATE_OK);
    assert_status(cocreate_ledger_decode(NULL, cocreate_text_data(text), cocreate_text_size(text),
                                         &again, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < IDS; i++) {
        const char *entry = cocreate_ledger_entry(again, i);
        holds(entry, "key", ids[i]);
        holds(entry, "memo", ids[i]);
        holds(entry, "account", ids[i]);
        assert_status(cocreate_ledger_balance(again, ids[i], "EUR", &minor, &check_error),
                      COCREATE_OK);
        assert_int_equal(minor, i + 1);
    }
    cocreate_text_free(text);
    cocreate_ledger_free(ledger);
    cocreate_ledger_free(again);
}

/* ---- rewards ---- */

static void recipients_of_awards(void **state)
{
    (void)state;
    for (size_t i = 0; i < IDS; i++) {
        char json[4096];
        const char *id = ids[i], *quoted_id = json_of(id);
        cocreate_scheme *scheme = NULL;
        cocreate_awards *awards = NULL;
        cocreate_award award = {.size = sizeof award};
        cocreate_text *text = NULL;
        snprintf(json, sizeof json,
                 "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":%s,"
                 "\"budget\":\"1.00\"}],\"rules\":[{\"id\":%s,\"kind\":\"ranked_prizes\","
                 "\"fund\":%s,\"prizes\":[\"1.00\"]}]}",
                 quoted_id, quoted_id, quoted_id);
        assert_status(cocreate_scheme_parse(NULL, json, strlen(json), &scheme, &check_error),
                      COCREATE_OK);
        snprintf(json, sizeof json, "{\"entries\":[{\"id\":%s,\"owner\":%s,\"score\":1}]}",
                 quoted_id, quoted_id);
        assert_status(cocreate_reward(scheme, json, strlen(json), NULL, &awards, &check_error),
                      COCREATE_OK);
        assert_int_equal(cocreate_awards_count(awards), 1);
        assert_status(cocreate_awards_at(awards, 0, &award, &check_error), COCREATE_OK);
        assert_string_equal(award.to, id);
        assert_string_equal(award.entry, id);
        assert_string_equal(award.rule, id);
        assert_string_equal(award.fund, id);
        assert_status(cocreate_awards_explain(awards, 0, &text, &check_error), COCREATE_OK);
        cocreate_text_free(text);
        cocreate_awards_free(awards);
        cocreate_scheme_free(scheme);
    }
}

/* ---- campaigns ---- */

static void run_text(cocreate_store *store, const char *json)
{
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_execute(store, json, strlen(json), NULL, &check_error);
    if (status != COCREATE_OK)
        fail_msg("%s: %s", json, check_error.text);
}

/* A contest decided by runs, in which everything has this one id. */
static cocreate_store *contest_of(const char *id)
{
    static const uint8_t secret[32] = {1};
    char json[8192];
    const char *q = json_of(id);
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.secret = secret;
    cocreate_store *store = open_store_with(NULL, &options);
    snprintf(json, sizeof json, "{\"name\":%s}", q);
    assert_status(cocreate_participant_put(store, 0, "host", id, "customer", json, &check_error),
                  COCREATE_OK);
    snprintf(json, sizeof json,
             "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.create\",\"campaign\":%s,\"brief\":{"
             "\"brief\":\"cocreate.brief/1\",\"title\":%s,\"mode\":\"collaborating\","
             "\"control\":\"open\",\"contributors\":[\"customer\"],\"extra_fields\":true,"
             "\"phases\":[{\"id\":%s,\"after_us\":0,\"for_us\":10,\"allows\":[\"submit\"]},"
             "{\"id\":\"run\",\"after_us\":10,\"for_us\":10,\"allows\":[\"run\"]},"
             "{\"id\":\"vote\",\"after_us\":20,\"for_us\":10,\"allows\":[\"vote\"]}],"
             "\"rounds\":[{\"id\":%s,\"lead\":\"metric\",\"phase\":\"run\","
             "\"direction\":\"descending\",\"cut\":{\"top\":1},\"certify\":\"auto\"},"
             "{\"id\":\"v\",\"lead\":\"customer\",\"instrument\":\"approve\",\"phase\":\"vote\","
             "\"electorate\":[\"customer\"],\"method\":\"approval\",\"self_vote\":true,"
             "\"cut\":\"winners\",\"certify\":\"auto\"}],"
             "\"rewards\":[{\"id\":%s,\"round\":%s,\"scheme\":{"
             "\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":%s,"
             "\"budget\":\"1.00\"}],\"rules\":[{\"id\":%s,\"kind\":\"ranked_prizes\","
             "\"fund\":%s,\"prizes\":[\"1.00\"]}]}}],"
             "\"rights\":{\"type\":\"exclusive\",\"terms\":%s}}}",
             q, q, q, q, q, q, q, q, q, q);
    run_text(store, json);
    snprintf(json, sizeof json,
             "{\"at\":0,\"actor\":\"host\",\"do\":\"campaign.publish\",\"campaign\":%s}", q);
    run_text(store, json);
    return store;
}

static void find_award(cocreate_store *store, const char *campaign, char id[17])
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, campaign, &text, &check_error), COCREATE_OK);
    const char *awards = strstr(cocreate_text_data(text), "\"awards\":[{");
    assert_non_null(awards);
    const char *end = strstr(awards, "\",\"kind\":\"money\"");
    assert_non_null(end);
    memcpy(id, end - 16, 16);
    id[16] = '\0';
    cocreate_text_free(text);
}

/* Events, state and explanations say the id as it went in. */
static void check_told(cocreate_store *store, const char *id)
{
    cocreate_text *text = events_from(store, 1);
    const char *events = cocreate_text_data(text);
    static const char *const keys[] = {"participant", "campaign", "contribution", "round", "run",
                                       "terms",       "actor",    "to",           "fund",  "rule",
                                       "reward",      "entry",    "reference"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        holds(events, keys[i], id);
    cocreate_text_free(text);
    assert_status(cocreate_show(store, id, &text, &check_error), COCREATE_OK);
    holds(cocreate_text_data(text), "id", id);
    holds(cocreate_text_data(text), "reference", id);
    cocreate_text_free(text);
    assert_status(cocreate_explain(store, id, id, &text, &check_error), COCREATE_OK);
    holds(cocreate_text_data(text), "id", id);
    holds(cocreate_text_data(text), "campaign", id);
    cocreate_text_free(text);
}

static void everything_in_a_campaign(void **state)
{
    (void)state;
    for (size_t i = 0; i < IDS; i++) {
        char json[2048], award[17];
        const char *id = ids[i], *options[] = {ids[i]};
        cocreate_store *store = contest_of(id);
        assert_status(cocreate_contribution_submit(store, id, 1, id, id, NULL, id, &check_error),
                      COCREATE_OK);
        assert_status(cocreate_run_record(store, id, id, 11, "host", id, id, "0.5", NULL,
                                          &check_error),
                      COCREATE_OK);
        assert_status(cocreate_run_record(store, id, id, 11, "host", "other", id, NULL, id,
                                          &check_error),
                      COCREATE_OK);
        assert_status(cocreate_vote(store, id, "v", 21, id, options, NULL, 1, &check_error),
                      COCREATE_OK);
        assert_status(cocreate_tick(store, 40, &check_error), COCREATE_OK);
        find_award(store, id, award);
        snprintf(json, sizeof json,
                 "{\"at\":41,\"actor\":\"host\",\"do\":\"award.pay\",\"campaign\":%s,"
                 "\"award\":\"%s\",\"reference\":%s,\"rail\":%s}",
                 json_of(id), award, json_of(id), json_of(id));
        run_text(store, json);
        check_told(store, id);
        assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
        cocreate_store_close(store);
    }
}

/* ---- what is no id ---- */

static const char *bad_id(size_t i)
{
    static const char *const bad[] = {"",         "a\nb",         "\x7f",       "\x01", "\xff",
                                      "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xc2"};
    static char long_id[COCREATE_ID_MAX + 2];
    if (i < sizeof bad / sizeof *bad)
        return bad[i];
    if (i > sizeof bad / sizeof *bad)
        return NULL;
    memset(long_id, 'x', COCREATE_ID_MAX + 1); /* one byte too many */
    return long_id;
}

/* Refused with a reason, in one line of text that is UTF-8 without control characters. */
static void check_refused(cocreate_status status, const char *call)
{
    if (status >= 0 || check_error.status != status || check_error.text[0] == '\0')
        fail_msg("%s: %s: %s", call, cocreate_status_name(status), check_error.text);
    for (const char *c = check_error.text; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == '\x7f')
            fail_msg("%s: a control character in the text", call);
    /* A JSON string takes UTF-8 alone. */
    char json[2 * sizeof check_error.text + 8], *out = json;
    cocreate_text *text = NULL;
    out += sprintf(out, "[\"");
    for (const char *c = check_error.text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            *out++ = '\\';
        *out++ = *c;
    }
    strcpy(out, "\"]");
    assert_int_equal(cocreate_canonical_json(NULL, json, strlen(json), &text, NULL), COCREATE_OK);
    cocreate_text_free(text);
}

#define refuses(call) check_refused((memset(&check_error, 0, sizeof check_error), (call)), #call)

/* Accounts and keys may be longer than an id: they are made of a kind and ids. */
static const char *bad_account(const char *bad)
{
    static char too_long[COCREATE_ACCOUNT_MAX + 2];
    memset(too_long, 'x', COCREATE_ACCOUNT_MAX + 1);
    return strlen(bad) > COCREATE_ID_MAX ? too_long : bad;
}

static void bad_ids_in_journals(const char *bad)
{
    const char *list[] = {"a", bad, "c"};
    const char *currencies[] = {"EUR", "EUR", "EUR"};
    const int64_t amounts[] = {1, 1, -2};
    cocreate_ledger *ledger = NULL;
    assert_status(cocreate_ledger_new(NULL, &ledger, &check_error), COCREATE_OK);
    refuses(cocreate_ledger_post(ledger, "k", 0, NULL, list, currencies, amounts, 3, &check_error));
    assert_int_equal(check_error.where, 1);
    list[1] = "b";
    refuses(cocreate_ledger_post(ledger, bad, 0, NULL, list, currencies, amounts, 3, &check_error));
    assert_status(cocreate_ledger_post(ledger, "k", 0, NULL, list, currencies, amounts, 3,
                                       &check_error),
                  COCREATE_OK);
    refuses(cocreate_ledger_reverse(ledger, "k", bad, 1, NULL, &check_error));
    refuses(cocreate_ledger_reverse(ledger, bad, "l", 1, NULL, &check_error));
    assert_int_equal(cocreate_ledger_count(ledger), 1);
    cocreate_ledger_free(ledger);
}

static void bad_ids_in_memory(const char *bad)
{
    static const uint8_t seed[32] = {5};
    const char *list[] = {"a", bad, "c"}, *scores[] = {"1", "2", "3"};
    const int64_t weights[] = {1, 1, 1};
    int64_t shares[3] = {7, 7, 7}, returned = 7;
    uint32_t order[3];
    size_t index = 7;
    cocreate_profile *p = NULL;
    cocreate_ranking *ranking = NULL;
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.ids = list;
    cocreate_option option = {sizeof option, bad, NULL, 0, COCREATE_NO_TIME, 0};

    refuses(cocreate_lots(seed, "x", list, 3, order, &check_error));
    assert_int_equal(check_error.where, 1);
    refuses(cocreate_split(10, weights, 3, &options, shares, &returned, &check_error));
    assert_int_equal(check_error.where, 1);
    assert_true(shares[0] == 7 && returned == 7);
    refuses(cocreate_rank_scores(NULL, list, scores, NULL, 3, NULL, &ranking, &check_error));
    assert_int_equal(check_error.where, 1);
    assert_null(ranking);
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, 3, &p, &check_error),
                  COCREATE_OK);
    refuses(cocreate_profile_set_option(p, 1, &option, &check_error));
    refuses(cocreate_profile_find(p, bad, &index, &check_error));
    assert_int_equal(index, 7);
    cocreate_profile_free(p);
}

static void bad_ids_in_a_store(cocreate_store *s, const char *id, const char *bad)
{
    const char *options[] = {id, bad};
    cocreate_text *text = NULL;
    uint8_t before[32], after[32];
    uint64_t size;
    assert_status(cocreate_root(s, before, &size, &check_error), COCREATE_OK);
    refuses(cocreate_participant_put(s, 11, "host", bad, "firm", NULL, &check_error));
    refuses(cocreate_participant_put(s, 11, bad, "new", "firm", NULL, &check_error));
    refuses(cocreate_contribution_submit(s, bad, 11, id, "new", NULL, id, &check_error));
    refuses(cocreate_contribution_submit(s, id, 11, bad, "new", NULL, id, &check_error));
    refuses(cocreate_contribution_submit(s, id, 11, id, bad, NULL, id, &check_error));
    refuses(cocreate_run_record(s, bad, id, 11, "host", "new", id, "1", NULL, &check_error));
    refuses(cocreate_run_record(s, id, bad, 11, "host", "new", id, "1", NULL, &check_error));
    refuses(cocreate_run_record(s, id, id, 11, bad, "new", id, "1", NULL, &check_error));
    refuses(cocreate_run_record(s, id, id, 11, "host", bad, id, "1", NULL, &check_error));
    refuses(cocreate_run_record(s, id, id, 11, "host", "new", bad, "1", NULL, &check_error));
    refuses(cocreate_vote(s, bad, "v", 21, id, options, NULL, 1, &check_error));
    refuses(cocreate_vote(s, id, bad, 21, id, options, NULL, 1, &check_error));
    refuses(cocreate_vote(s, id, "v", 21, bad, options, NULL, 1, &check_error));
    refuses(cocreate_vote(s, id, "v", 21, id, options, NULL, 2, &check_error));
    refuses(cocreate_show(s, bad, &text, &check_error));
    refuses(cocreate_explain(s, bad, NULL, &text, &check_error));
    refuses(cocreate_explain(s, id, bad, &text, &check_error));
    assert_null(text);
    assert_status(cocreate_root(s, after, &size, &check_error), COCREATE_OK);
    assert_memory_equal(before, after, sizeof before);
}

static void what_is_no_id_is_refused(void **state)
{
    (void)state;
    cocreate_store *store = contest_of("id");
    assert_status(cocreate_contribution_submit(store, "id", 1, "id", "id", NULL, "id",
                                               &check_error),
                  COCREATE_OK);
    for (size_t i = 0; bad_id(i) != NULL; i++) {
        bad_ids_in_memory(bad_id(i));
        bad_ids_in_journals(bad_account(bad_id(i)));
        bad_ids_in_a_store(store, "id", bad_id(i));
    }
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_of_profiles),
        cmocka_unit_test(options_of_rankings),
        cmocka_unit_test(lots_and_splits),
        cmocka_unit_test(accounts_and_keys_of_journals),
        cmocka_unit_test(recipients_of_awards),
        cmocka_unit_test(everything_in_a_campaign),
        cmocka_unit_test(what_is_no_id_is_refused),
    };
    return cmocka_run_group_tests(tests, make_ids, NULL) != 0;
}
