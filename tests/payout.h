/* What the tests of payouts start from: a scheme, a journal, a payout, and the worked case. */
#ifndef COCREATE_TESTS_PAYOUT_H
#define COCREATE_TESTS_PAYOUT_H

#include "check.h"

#include <jansson.h>

#include "cocreate/cocreate.h"

#define DAY INT64_C(86400000000)

static inline cocreate_scheme *scheme_of(const char *text)
{
    cocreate_scheme *s;
    assert_status(cocreate_scheme_parse(NULL, text, strlen(text), &s, &check_error), COCREATE_OK);
    return s;
}

static inline cocreate_awards *evaluate(const cocreate_scheme *s, const char *result)
{
    cocreate_awards *a;
    assert_status(cocreate_reward(s, result, strlen(result), NULL, &a, &check_error), COCREATE_OK);
    return a;
}

typedef struct house {
    cocreate_scheme *scheme;
    cocreate_ledger *ledger;
    cocreate_payout *payout;
} house;

static inline house open_house(const char *scheme)
{
    house h = {scheme_of(scheme), NULL, NULL};
    assert_status(cocreate_ledger_new(NULL, &h.ledger, &check_error), COCREATE_OK);
    assert_status(
        cocreate_payout_new(NULL, h.scheme, h.ledger, "escrow:", &h.payout, &check_error),
        COCREATE_OK);
    assert_status(cocreate_payout_fund(h.payout, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_fund(h.payout, 2, &check_error), COCREATE_EXISTS);
    return h;
}

/* Saved and loaded it is the same, and the journal holds. */
static inline void close_house(house *h)
{
    cocreate_text *before, *after;
    cocreate_payout *again;
    assert_status(cocreate_ledger_check(h->ledger, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_json(h->payout, &before, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_load(NULL, h->scheme, h->ledger, cocreate_text_data(before),
                                       cocreate_text_size(before), &again, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_payout_json(again, &after, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(before), cocreate_text_data(after));
    cocreate_text_free(before);
    cocreate_text_free(after);
    cocreate_payout_free(again);
    cocreate_payout_free(h->payout);
    cocreate_ledger_free(h->ledger);
    cocreate_scheme_free(h->scheme);
}

static inline void offer(house *h, const char *result, int64_t at, cocreate_status expected)
{
    cocreate_awards *a = evaluate(h->scheme, result);
    assert_status(cocreate_payout_award(h->payout, a, at, &check_error), expected);
    cocreate_awards_free(a);
}

static inline void adjust(house *h, const char *result, int64_t revision, int64_t at,
                   cocreate_status expected)
{
    cocreate_awards *a = evaluate(h->scheme, result);
    assert_status(cocreate_payout_adjust(h->payout, a, revision, at, &check_error), expected);
    cocreate_awards_free(a);
}

static inline void balance_is(const house *h, const char *account, int64_t expected)
{
    int64_t minor = -1;
    assert_status(cocreate_ledger_balance(h->ledger, account, "EUR", &minor, &check_error),
                  COCREATE_OK);
    if (minor != expected)
        print_error("%s: ", account);
    assert_int_equal(minor, expected);
}

static inline void spendable_is(const house *h, const char *fund, int64_t expected)
{
    int64_t minor = -1;
    assert_status(cocreate_payout_spendable(h->payout, fund, &minor, &check_error), COCREATE_OK);
    assert_int_equal(minor, expected);
}

/* The id of the award of a rule to a person, the k-th of them. */
static const char *award_of(const house *h, const char *rule, const char *to, int k)
{
    static char id[8][17];
    static int next;
    cocreate_text *text;
    json_error_t why;
    char *out = id[next++ % 8];
    assert_status(cocreate_payout_json(h->payout, &text, &check_error), COCREATE_OK);
    json_t *doc = json_loads(cocreate_text_data(text), 0, &why), *award;
    size_t i;
    out[0] = '\0';
    json_array_foreach(json_object_get(doc, "awards"), i, award)
        if (strcmp(json_string_value(json_object_get(award, "rule")), rule) == 0 &&
            strcmp(json_string_value(json_object_get(award, "to")), to) == 0 && k-- == 0)
            snprintf(out, 17, "%s", json_string_value(json_object_get(award, "id")));
    json_decref(doc);
    cocreate_text_free(text);
    assert_int_equal(strlen(out), 16);
    return out;
}

static inline cocreate_status pay(house *h, const char *award, const char *reference, int64_t at)
{
    return cocreate_payout_pay(h->payout, award, reference, "bank", at, &check_error);
}

/* Prizes 1000, 500 and 250 from a score of 60; 5.00 for taking part; 100 among the voters. */
#define WORKED(more)                                                                              \
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"main\","        \
    "\"budget\":\"2000.00\"}],\"rules\":[{\"id\":\"prizes\",\"kind\":\"ranked_prizes\",\"fund\":"     \
    "\"main\",\"prizes\":[\"1000.00\",\"500.00\",\"250.00\"],\"eligibility\":{\"min_score\":60}},"    \
    "{\"id\":\"taste\",\"kind\":\"proportional_split\",\"fund\":\"main\",\"pool\":\"100.00\","        \
    "\"weight\":\"votes\",\"eligibility\":{\"status\":\"voter\"}},{\"id\":\"thanks\",\"kind\":"       \
    "\"threshold_award\",\"fund\":\"main\",\"metric\":\"supporters\",\"threshold\":1,\"each\":"       \
    "\"5.00\",\"max_awards\":10}]" more "}"
#define VOTERS                                                                                    \
    "{\"id\":\"v1\",\"status\":\"voter\",\"votes\":1},{\"id\":\"v2\",\"status\":\"voter\","            \
    "\"votes\":1},{\"id\":\"v3\",\"status\":\"voter\",\"votes\":1}"
#define PERSON(id, score) "{\"id\":\"" id "\",\"score\":" score ",\"supporters\":1}"
#define CLOSED                                                                                    \
    "{\"entries\":[" PERSON("ana", "91") "," PERSON("bo", "84") "," PERSON("cy", "84") ","        \
    PERSON("dee", "55") "," VOTERS "]}"
#define WITHOUT_CY                                                                                \
    "{\"entries\":[" PERSON("ana", "91") "," PERSON("bo", "84") ","                                \
    "{\"id\":\"cy\",\"score\":84,\"supporters\":1,\"status\":\"disqualified\"}," PERSON("dee",     \
                                                                                     "55")       \
    "," VOTERS "]}"
#define NRA                                                                                       \
    ",\"deductions\":[{\"id\":\"wht\",\"rate\":\"0.30\",\"where\":\"payee.class=NRA\","              \
    "\"account\":\"withheld:tax:US\"}]"

#endif
