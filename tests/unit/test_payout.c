/* From awards to payments: deductions, guards, and what comes after: declines, disqualifications, money
 * that is owed. Amounts by hand. */
#include "payout.h"

static const char payees[] = "{\"ana\":{},\"bo\":{\"class\":\"NRA\"},\"cy\":{},\"dee\":{},\"v1\":{},"
                             "\"v2\":{},\"v3\":{}}";

/* Rows N1 to N5 of the worked case: awards, withholding, payment, disqualification after it. */
static void worked_case(void **state)
{
    (void)state;
    house h = open_house(WORKED(NRA));
    assert_status(cocreate_payout_payees(h.payout, payees, strlen(payees), 1, &check_error),
                  COCREATE_OK);
    offer(&h, CLOSED, 2, COCREATE_OK);
    balance_is(&h, "payable:ana", 100500);
    balance_is(&h, "payable:bo", 26600); /* 380.00 less 112.50 and 1.50 */
    balance_is(&h, "withheld:tax:US", 11400);
    balance_is(&h, "payable:cy", 38000);
    balance_is(&h, "payable:dee", 500);
    balance_is(&h, "payable:v1", 3334);
    balance_is(&h, "payable:v2", 3333);
    balance_is(&h, "payable:v3", 3333);
    balance_is(&h, "escrow:main", 13000);
    size_t entries = cocreate_ledger_count(h.ledger);
    offer(&h, CLOSED, 3, COCREATE_EXISTS);
    assert_int_equal(cocreate_ledger_count(h.ledger), entries);
    offer(&h, WITHOUT_CY, 3, COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "other awards were offered before: an adjustment posts "
                                          "the difference");

    assert_status(pay(&h, award_of(&h, "prizes", "cy", 0), "r1", 4), COCREATE_OK);
    assert_status(pay(&h, award_of(&h, "thanks", "cy", 0), "r2", 4), COCREATE_OK);
    balance_is(&h, "cash:bank", 38000);
    adjust(&h, WITHOUT_CY, 1, 5, COCREATE_OK);
    balance_is(&h, "receivable:clawback:cy", -38000);
    balance_is(&h, "escrow:main", 38500);
    spendable_is(&h, "main", 500);
    balance_is(&h, "payable:bo", 26600 + 8750); /* 125.00 less 37.50 */
    balance_is(&h, "withheld:tax:US", 11400 + 3750);
    entries = cocreate_ledger_count(h.ledger);
    adjust(&h, WITHOUT_CY, 1, 6, COCREATE_EXISTS);
    adjust(&h, WITHOUT_CY, 2, 6, COCREATE_EXISTS);
    assert_int_equal(cocreate_ledger_count(h.ledger), entries);
    adjust(&h, CLOSED, 1, 6, COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "revision 1 is past");
    close_house(&h);
}

/* Disqualified and admitted again is as if it had not been, paid or not. */
static void way_does_not_matter(void **state)
{
    (void)state;
    for (int paid = 0; paid < 2; paid++) {
        house h = open_house(WORKED(NRA));
        cocreate_text *before, *after;
        offer(&h, CLOSED, 2, COCREATE_OK);
        if (paid)
            assert_status(pay(&h, award_of(&h, "prizes", "cy", 0), "r1", 4), COCREATE_OK);
        assert_status(cocreate_ledger_balances(h.ledger, &before, &check_error), COCREATE_OK);
        adjust(&h, WITHOUT_CY, 1, 5, COCREATE_OK);
        adjust(&h, CLOSED, 2, 6, COCREATE_OK);
        assert_status(cocreate_ledger_balances(h.ledger, &after, &check_error), COCREATE_OK);
        assert_string_equal(cocreate_text_data(before), cocreate_text_data(after));
        cocreate_text_free(before);
        cocreate_text_free(after);
        close_house(&h);
    }
}

/* Two of three places paid: what they give back is no cash yet. */
static void promises_no_money_twice(void **state)
{
    (void)state;
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
        "\"budget\":\"100.00\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"ranked_prizes\",\"fund\":\"f\","
        "\"prizes\":[\"100.00\"]}]}";
    house h = open_house(scheme);
    offer(&h, "{\"entries\":[{\"id\":\"ana\",\"score\":2},{\"id\":\"bo\",\"score\":1}]}", 2,
          COCREATE_OK);
    const char *award = award_of(&h, "win", "ana", 0);
    assert_status(pay(&h, award, "r1", 3), COCREATE_OK);
    static const char other[] = "{\"entries\":[{\"id\":\"ana\",\"score\":2,\"status\":"
                                "\"disqualified\"},{\"id\":\"bo\",\"score\":1}]}";
    size_t entries = cocreate_ledger_count(h.ledger);
    adjust(&h, other, 1, 4, COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "rule 'win', 'bo': 100.00 more is due, but only 0.00 of "
                                          "fund 'f' is there to spend");
    assert_int_equal(cocreate_ledger_count(h.ledger), entries);
    /* Taken back by hand, and given back: now it is cash. */
    assert_status(cocreate_payout_reverse(h.payout, award, "bought votes", 5, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_payout_reverse(h.payout, award, "bought votes", 5, &check_error),
                  COCREATE_EXISTS);
    balance_is(&h, "receivable:clawback:ana", -10000);
    spendable_is(&h, "f", 0);
    assert_status(cocreate_payout_close(h.payout, 5, &check_error), COCREATE_EXISTS);
    assert_status(
        cocreate_payout_recover(h.payout, award, 10001, "back", "bank", 6, &check_error),
        COCREATE_ERR_REFUSED);
    assert_non_null(strstr(check_error.text, "'ana' owes 100.00 for award "));
    assert_status(cocreate_payout_recover(h.payout, award, 6000, "back", "bank", 6, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_payout_recover(h.payout, award, 6000, "back", "bank", 6, &check_error),
                  COCREATE_EXISTS);
    assert_status(cocreate_payout_recover(h.payout, award, 5000, "back", "bank", 6, &check_error),
                  COCREATE_ERR_CONFLICT);
    balance_is(&h, "cash:bank", 4000);
    assert_status(
        cocreate_payout_write_off(h.payout, award, 4000, "gone", "sponsor", 7, &check_error),
        COCREATE_OK);
    balance_is(&h, "receivable:clawback:ana", 0);
    balance_is(&h, "sponsor:budget", -14000);
    spendable_is(&h, "f", 10000);
    adjust(&h, other, 1, 8, COCREATE_OK);
    balance_is(&h, "payable:bo", 10000);
    close_house(&h);
}

/* The same disqualification where the terms honour payments: cy keeps 380.00 and the sponsor pays. */
static void honours(void **state)
{
    (void)state;
    house h = open_house(WORKED(",\"lifecycle\":{\"on_overpaid\":\"honour\"}"));
    offer(&h, CLOSED, 2, COCREATE_OK);
    assert_status(pay(&h, award_of(&h, "prizes", "cy", 0), "r1", 4), COCREATE_OK);
    adjust(&h, WITHOUT_CY, 1, 5, COCREATE_OK);
    balance_is(&h, "receivable:clawback:cy", 0);
    balance_is(&h, "payable:cy", 0); /* 5.00 were not paid, and go back */
    balance_is(&h, "sponsor:budget", -237500);
    balance_is(&h, "escrow:main", 13000 + 37500 + 500 - 12500);
    spendable_is(&h, "main", 38500);
    close_house(&h);
}

#define LIFE(life)                                                                                \
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"budget\":" \
    "\"100.00\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":["   \
    "\"50.00\",\"30.00\",\"20.00\"]}],\"lifecycle\":{" life "}}"
static const char three[] = "{\"entries\":[{\"id\":\"ana\",\"score\":3},{\"id\":\"bo\",\"score\":2},"
                            "{\"id\":\"cy\",\"score\":1}]}";

static void refuses(cocreate_status status, const char *text)
{
    assert_int_equal(status, COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, text);
}

static void says(house *h, const char *award, const char *reference, int64_t at, const char *text)
{
    char expected[240];
    snprintf(expected, sizeof expected, text, award);
    refuses(pay(h, award, reference, at), expected);
}

static void waits_and_expires(void **state)
{
    (void)state;
    house h = open_house(LIFE("\"hold_days\":3,\"accept_days\":10,\"claim_expiry_days\":61"));
    size_t n = 9;
    offer(&h, three, DAY, COCREATE_OK);
    const char *ana = award_of(&h, "win", "ana", 0), *bo = award_of(&h, "win", "bo", 0);
    says(&h, ana, "r", DAY, "award '%s' is not accepted");
    assert_status(cocreate_payout_accept(h.payout, ana, 2 * DAY, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_accept(h.payout, ana, 2 * DAY, &check_error), COCREATE_EXISTS);
    says(&h, ana, "r", 4 * DAY - 1, "award '%s' is held until 1970-01-05T00:00:00Z");
    assert_status(pay(&h, ana, "r", 4 * DAY), COCREATE_OK);
    assert_status(pay(&h, ana, "r", 4 * DAY), COCREATE_EXISTS);
    assert_status(cocreate_payout_accept(h.payout, bo, 11 * DAY - 1, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_expire(h.payout, 11 * DAY - 1, &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 0);
    assert_status(
        cocreate_payout_accept(h.payout, award_of(&h, "win", "cy", 0), 11 * DAY, &check_error),
        COCREATE_ERR_REFUSED);
    assert_status(cocreate_payout_expire(h.payout, 11 * DAY, &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 1); /* cy did not answer */
    balance_is(&h, "escrow:f", 2000);
    assert_status(cocreate_payout_close(h.payout, 11 * DAY, &check_error), COCREATE_ERR_REFUSED);
    says(&h, bo, "q", 62 * DAY, "award '%s' was to be claimed before 1970-03-04T00:00:00Z");
    assert_status(cocreate_payout_expire(h.payout, 62 * DAY, &n, &check_error), COCREATE_OK);
    assert_int_equal(n, 1);
    assert_status(cocreate_payout_close(h.payout, 62 * DAY, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_close(h.payout, 62 * DAY, &check_error), COCREATE_EXISTS);
    balance_is(&h, "escrow:f", 0);
    balance_is(&h, "sponsor:budget", -5000);
    close_house(&h);
}

static void guards_payments(void **state)
{
    (void)state;
    house h = open_house(LIFE("\"verify\":[\"identity\",\"tax_form\"],\"minimum_payout\":\"25.00\","
                              "\"person_cap\":{\"amount\":\"60.00\",\"days\":365}"));
    offer(&h, three, 1, COCREATE_OK);
    const char *ana = award_of(&h, "win", "ana", 0), *cy = award_of(&h, "win", "cy", 0);
    says(&h, ana, "r", 2, "award '%s': the identity of 'ana' is not verified");
    static const char half[] = "{\"ana\":{\"verified\":true},\"bo\":{},\"cy\":{\"verified\":true,"
                               "\"tax_form\":true}}";
    assert_status(cocreate_payout_payees(h.payout, half, strlen(half), 3, &check_error),
                  COCREATE_OK);
    says(&h, ana, "r", 3, "award '%s': 'ana' has no tax form");
    says(&h, cy, "r", 3, "award '%s' waits: 20.00 is payable to 'cy', the minimum is 25.00");
    static const char whole[] = "{\"ana\":{\"verified\":true,\"tax_form\":true,\"paid\":\"10.01\"}}";
    assert_status(cocreate_payout_payees(h.payout, whole, strlen(whole), 4, &check_error),
                  COCREATE_OK);
    says(&h, ana, "r", 4, "award '%s' would pass the cap of 60.00: 'ana' was paid 10.01");
    static const char less[] = "{\"ana\":{\"verified\":true,\"tax_form\":true,\"paid\":\"10.00\"}}";
    assert_status(cocreate_payout_payees(h.payout, less, strlen(less), 5, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_payout_payees(h.payout, less, strlen(less), 5, &check_error),
                  COCREATE_EXISTS);
    assert_status(pay(&h, ana, "r", 5), COCREATE_OK);
    assert_status(pay(&h, cy, "r", 5), COCREATE_ERR_CONFLICT);
    assert_string_equal(check_error.text, "reference 'r' is that of another payment");
    assert_status(pay(&h, ana, "s", 5), COCREATE_ERR_CONFLICT);
    assert_status(cocreate_payout_pay(h.payout, ana, "r", "post", 5, &check_error),
                  COCREATE_ERR_CONFLICT);
    assert_status(cocreate_payout_decline(h.payout, ana, NULL, 5, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_status(pay(&h, "0000000000000000", "t", 5), COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text, "no award '0000000000000000'");
    balance_is(&h, "cash:bank", 5000);
    close_house(&h);
}

static void cools_down(void **state)
{
    (void)state;
    house h = open_house(WORKED(",\"lifecycle\":{\"cooling_days\":30}"));
    offer(&h, CLOSED, 1, COCREATE_OK);
    const char *prize = award_of(&h, "prizes", "bo", 0), *thanks = award_of(&h, "thanks", "bo", 0);
    assert_status(pay(&h, prize, "r", DAY), COCREATE_OK);
    says(&h, thanks, "s", 30 * DAY,
         "award '%s' waits: 'bo' was paid not long ago and may be paid from 1970-02-01T00:00:00Z");
    assert_status(pay(&h, thanks, "s", 31 * DAY), COCREATE_OK);
    close_house(&h);
}

/* 20.00 as 50:30 among the others: 12.50 and 7.50. */
static void redistributes(void **state)
{
    (void)state;
    house h = open_house(LIFE("\"on_decline\":\"redistribute\""));
    offer(&h, three, 1, COCREATE_OK);
    const char *cy = award_of(&h, "win", "cy", 0);
    assert_status(cocreate_payout_decline(h.payout, cy, "no time", 2, &check_error), COCREATE_OK);
    assert_status(cocreate_payout_decline(h.payout, cy, "no time", 2, &check_error),
                  COCREATE_EXISTS);
    balance_is(&h, "payable:ana", 6250);
    balance_is(&h, "payable:bo", 3750);
    balance_is(&h, "payable:cy", 0);
    balance_is(&h, "escrow:f", 0);
    /* What was evaluated did not change: an adjustment leaves what others left. */
    adjust(&h, three, 1, 3, COCREATE_EXISTS);
    close_house(&h);
}

/* The next on the list: the result without who declined, and the difference. */
static void promotes(void **state)
{
    (void)state;
    house h = open_house(LIFE("\"on_decline\":\"promote\""));
    offer(&h, three, 1, COCREATE_OK);
    assert_status(cocreate_payout_decline(h.payout, award_of(&h, "win", "ana", 0), NULL, 2,
                                          &check_error),
                  COCREATE_OK);
    adjust(&h, "{\"entries\":[{\"id\":\"ana\",\"score\":3,\"status\":\"withdrawn\"},{\"id\":\"bo\","
               "\"score\":2},{\"id\":\"cy\",\"score\":1}]}",
           1, 3, COCREATE_OK);
    balance_is(&h, "payable:ana", 0);
    balance_is(&h, "payable:bo", 5000);
    balance_is(&h, "payable:cy", 3000);
    balance_is(&h, "escrow:f", 2000);
    close_house(&h);
}

/* 299.00 that nobody won, among 3 finalists. */
static void splits_by_default(void **state)
{
    (void)state;
    house h = open_house(
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
        "\"budget\":\"299.00\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"ranked_prizes\",\"fund\":\"f\","
        "\"prizes\":[\"299.00\"]}]}");
    offer(&h, "{\"entries\":[]}", 1, COCREATE_EXISTS);
    const char *const finalists[] = {"cy", "ana", "bo"}, *const twice[] = {"a", "a"};
    assert_status(cocreate_payout_default(h.payout, "f", twice, 2, 2, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text, "recipient 1: 'a' is there twice");
    assert_status(cocreate_payout_default(h.payout, "g", finalists, 3, 2, &check_error),
                  COCREATE_ERR_NOT_FOUND);
    assert_status(cocreate_payout_default(h.payout, "f", finalists, 3, 2, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_payout_default(h.payout, "f", finalists, 3, 2, &check_error),
                  COCREATE_EXISTS);
    assert_status(cocreate_payout_default(h.payout, "f", finalists, 2, 2, &check_error),
                  COCREATE_ERR_CONFLICT);
    balance_is(&h, "payable:ana", 9967);
    balance_is(&h, "payable:bo", 9967);
    balance_is(&h, "payable:cy", 9966);
    close_house(&h);
}

/* One award of `amount` with deductions; the net. */
static void nets(const char *amount, const char *deductions, const char *facts, int64_t expected)
{
    char scheme[1024];
    snprintf(scheme, sizeof scheme,
             "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\","
             "\"budget\":\"%s\"}],\"rules\":[{\"id\":\"win\",\"kind\":\"ranked_prizes\",\"fund\":"
             "\"f\",\"prizes\":[\"%s\"]}],\"deductions\":[%s]}",
             amount, amount, deductions);
    house h = open_house(scheme);
    char table[200];
    snprintf(table, sizeof table, "{\"ana\":%s}", facts);
    assert_status(cocreate_payout_payees(h.payout, table, strlen(table), 1, &check_error),
                  COCREATE_OK);
    offer(&h, "{\"entries\":[{\"id\":\"ana\",\"score\":1}]}", 1, COCREATE_OK);
    balance_is(&h, "payable:ana", expected);
    balance_is(&h, "escrow:f", 0);
    close_house(&h);
}

#define TAKE(id, rate, more) \
    "{\"id\":\"" id "\",\"rate\":\"" rate "\",\"account\":\"fees:x\"" more "}"

static void deducts(void **state)
{
    (void)state;
    nets("333.33", TAKE("a", "0.30", ""), "{}", 23333);   /* 99.999 is 100.00 */
    nets("1000.05", TAKE("a", "0.24", ""), "{}", 76004);  /* 240.012 is 240.01 */
    nets("0.01", TAKE("a", "0.5", ""), "{}", 0);          /* a half is one */
    nets("0.01", TAKE("a", "0.5", ",\"rounding\":\"floor\""), "{}", 1);
    nets("0.05", TAKE("a", "0.5", ",\"rounding\":\"half_even\""), "{}", 3);
    nets("0.03", TAKE("a", "1/3", ",\"rounding\":\"ceil\""), "{}", 2);
    nets("100.00", TAKE("a", "0.05", "") "," TAKE("b", "0.30", ""), "{}", 6500);
    nets("100.00", TAKE("a", "0.05", "") "," TAKE("b", "0.30", ",\"base\":\"rest\""), "{}", 6650);
    nets("100.00", TAKE("a", "0.8", "") "," TAKE("b", "0.3", ""), "{}", 0); /* never below 0 */
    nets("100.00", TAKE("a", "0.3", ",\"where\":\"payee.class=NRA\""), "{\"class\":\"US\"}", 10000);
    nets("100.00", TAKE("a", "0.3", ",\"where\":\"payee.class!=US\""), "{\"class\":\"US\"}", 10000);
    nets("100.00", TAKE("a", "0.3", ",\"where\":\"payee.class!=US\""), "{}", 7000);
    nets("100.00", TAKE("a", "0.24", ",\"where\":\"payee.tax_form=false and payee.paid>=600.00\""),
         "{\"paid\":\"600.00\"}", 7600);
    nets("100.00", TAKE("a", "0.24", ",\"where\":\"payee.tax_form=false and payee.paid>=600.00\""),
         "{\"paid\":\"599.99\"}", 10000);
    nets("100.00", TAKE("a", "0.24", ",\"where\":\"payee.verified=false\""), "{\"verified\":true}",
         10000);
}

/* A form that comes in after the award changes what is deducted, once it is paid no longer. */
static void deducts_again(void **state)
{
    (void)state;
    house h = open_house(WORKED(NRA));
    static const char nra[] = "{\"bo\":{\"class\":\"NRA\"},\"cy\":{\"class\":\"NRA\"}}";
    offer(&h, CLOSED, 1, COCREATE_OK);
    assert_status(pay(&h, award_of(&h, "prizes", "cy", 0), "r", 2), COCREATE_OK);
    assert_status(cocreate_payout_payees(h.payout, nra, strlen(nra), 3, &check_error), COCREATE_OK);
    balance_is(&h, "payable:bo", 26600);
    balance_is(&h, "payable:cy", 350);
    balance_is(&h, "withheld:tax:US", 11400 + 150);
    /* From now on recipients are among the payees. */
    static const char all[] = "{\"bo\":{}}";
    assert_status(cocreate_payout_payees(h.payout, all, strlen(all), 4, &check_error), COCREATE_OK);
    balance_is(&h, "payable:bo", 38000);
    static const char wrong[] = "{\"bo\":{\"clas\":\"x\"}}", negative[] = "{\"bo\":{\"paid\":\"-1\"}}";
    assert_status(cocreate_payout_payees(h.payout, wrong, strlen(wrong), 5, &check_error),
                  COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, "$.bo.clas: unknown key, did you mean \"class\"?");
    assert_status(cocreate_payout_payees(h.payout, negative, strlen(negative), 5, &check_error),
                  COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, "$.bo.paid: is less than 0");
    close_house(&h);
}

static void knows_its_payees(void **state)
{
    (void)state;
    house h = open_house(WORKED(""));
    static const char few[] = "{\"ana\":{}}";
    assert_status(cocreate_payout_payees(h.payout, few, strlen(few), 1, &check_error),
                  COCREATE_OK);
    offer(&h, CLOSED, 2, COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text, "'bo' is not among the payees");
    assert_int_equal(cocreate_ledger_count(h.ledger), 1);
    balance_is(&h, "payable:ana", 0); /* nothing is half done */
    close_house(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_case),       cmocka_unit_test(way_does_not_matter),
        cmocka_unit_test(promises_no_money_twice),
        cmocka_unit_test(honours),           cmocka_unit_test(waits_and_expires),
        cmocka_unit_test(guards_payments),   cmocka_unit_test(cools_down),
        cmocka_unit_test(redistributes),     cmocka_unit_test(promotes),
        cmocka_unit_test(splits_by_default), cmocka_unit_test(deducts),
        cmocka_unit_test(deducts_again),     cmocka_unit_test(knows_its_payees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
