/* Contests with short memory: the n-th allocation fails, once or from then on, and nothing is leaked or
 * half done. */
#include "check.h"

#include "cocreate/reward.h"
#include "failing_allocator.h"

/* Every kind of contest, and guards. */
static const char contests[] =
    "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"escrow\",\"budget\":"
    "\"2000.00\"}],\"rules\":[{\"id\":\"w\",\"kind\":\"winner_takes_all\",\"fund\":\"escrow\",\"prize\":"
    "\"10.00\",\"quality\":{\"quantile\":\"0.25\"}},{\"id\":\"rp\",\"kind\":\"ranked_prizes\",\"fund\":\""
    "escrow\",\"purse\":\"10.00\",\"table\":{\"form\":\"geometric\",\"places\":4,\"ratio\":\"1/2\"},\"on_"
    "vacant\":\"roll_down\"},{\"id\":\"rq\",\"kind\":\"ranked_prizes\",\"fund\":\"escrow\",\"purse\":\"10"
    ".00\",\"table\":{\"form\":\"power\",\"places\":3,\"exponent\":\"0.5\"},\"based_on\":{\"entries\":9,"
    "\"max_purse\":\"12.00\",\"guaranteed_above\":\"5.00\",\"guaranteed\":\"0.5\"},\"quality\":{\"benchma"
    "rk\":\"c\"}},{\"id\":\"rd\",\"kind\":\"ranked_prizes\",\"fund\":\"escrow\",\"purse\":\"10.00\",\"tab"
    "le\":{\"form\":\"digital_run\"}},{\"id\":\"cp\",\"kind\":\"class_prizes\",\"fund\":\"escrow\",\"list"
    "s\":[{\"id\":\"open\",\"prizes\":[\"3.00\",\"2.00\"]},{\"id\":\"x\",\"role\":\"x\",\"prizes\":[\"9.0"
    "0\"]}]},{\"id\":\"g\",\"kind\":\"guaranteed_prize\",\"fund\":\"escrow\",\"prize\":\"5.00\"},{\"id\":"
    "\"gt\",\"kind\":\"guaranteed_prize\",\"fund\":\"escrow\",\"prize\":\"5.00\",\"fallback\":\"top_rated"
    "\",\"consolation\":\"1.00\"},{\"id\":\"as\",\"kind\":\"assurance\",\"fund\":\"escrow\",\"goal\":\"2."
    "00\",\"max_total\":\"50.00\"},{\"id\":\"ab\",\"kind\":\"assurance_bonus\",\"fund\":\"escrow\",\"peop"
    "le\":9,\"bonus\":\"1.00\",\"max_total\":\"1.50\"},{\"id\":\"pa\",\"kind\":\"participation\",\"fund\""
    ":\"escrow\",\"each\":\"1.00\",\"max_total\":\"2.50\",\"overflow\":\"prorata\"},{\"id\":\"pf\",\"kind"
    "\":\"participation\",\"fund\":\"escrow\",\"each\":\"1.00\",\"max_total\":\"2.50\"},{\"id\":\"co\",\""
    "kind\":\"coupon\",\"each\":\"1\",\"unit\":{\"code\":\"DRINK\"},\"expires\":\"2027-01-31T23:59:59Z\"}"
    ",{\"id\":\"m\",\"kind\":\"milestone\",\"fund\":\"escrow\",\"milestones\":[{\"at\":1,\"amount\":\"3.0"
    "0\"}],\"retainage\":\"0.1\"},{\"id\":\"pp\",\"kind\":\"progress_prize\",\"fund\":\"escrow\",\"prize"
    "\":\"4.00\",\"baseline\":1,\"improvement\":\"0.1\",\"decimals\":2},{\"id\":\"bb\",\"kind\":\"benchma"
    "rk_bonus\",\"fund\":\"escrow\",\"baseline\":0,\"slope\":\"3.00\",\"max\":\"2.00\",\"max_total\":\"3."
    "00\"},{\"id\":\"rb\",\"kind\":\"reliability_bonus\",\"fund\":\"escrow\",\"rule\":\"w\",\"bands\":[{"
    "\"from\":1,\"rate\":\"0.5\"}]}],\"guards\":{\"person_cap\":\"40.00\",\"household_cap\":\"45.00\",\"e"
    "xclude_roles\":[\"staff\"]}}";
static const char contested[] =
    "{\"entries\":[{\"id\":\"a\",\"score\":2,\"submitted_at\":1},{\"id\":\"b\",\"score\":2,\"submitted_at"
    "\":2,\"role\":\"x\"},{\"id\":\"c\",\"score\":1,\"submitted_at\":3,\"roles\":[\"x\",\"finalist\"]},{"
    "\"id\":\"d\",\"score\":\"0.5\",\"submitted_at\":4,\"owner\":\"z\"}],\"persons\":[{\"id\":\"a\",\"rel"
    "iability\":2,\"household\":\"h\"},{\"id\":\"b\",\"household\":\"h\"},{\"id\":\"c\"},{\"id\":\"p\"},{"
    "\"id\":\"q\"},{\"id\":\"z\",\"role\":\"staff\"}],\"pledges\":[{\"entry\":\"a\",\"person\":\"p\",\"am"
    "ount\":\"1.50\"},{\"entry\":\"a\",\"person\":\"q\",\"amount\":\"1.00\"},{\"entry\":\"b\",\"person\":"
    "\"q\",\"amount\":\"1.00\"}],\"progress\":[{\"entry\":\"a\",\"value\":1}],\"measures\":[{\"entry\":\""
    "a\",\"value\":\"0.9\",\"at\":1},{\"entry\":\"b\",\"value\":\"0.8\",\"at\":2}]}";

static const char facts[] = "{\"currency\":\"EUR\",\"prize\":\"100.00\",\"entrants\":3}";

/* Everything once: the status of the first call that fails. */
static cocreate_status run(const cocreate_allocator *allocator)
{
    cocreate_scheme *s = NULL;
    cocreate_awards *a = NULL;
    cocreate_text *text = NULL;
    cocreate_status status =
        cocreate_scheme_parse(allocator, contests, strlen(contests), &s, &check_error);
    assert_int_equal(s != NULL, status == COCREATE_OK);
    if (status == COCREATE_OK) {
        status = cocreate_reward(s, contested, strlen(contested), NULL, &a, &check_error);
        assert_int_equal(a != NULL, status == COCREATE_OK);
    }
    for (size_t i = 0; status == COCREATE_OK && i < cocreate_awards_count(a); i += 7) {
        status = cocreate_awards_explain(a, i, &text, &check_error);
        cocreate_text_free(text);
        text = NULL;
    }
    if (status == COCREATE_OK)
        status = cocreate_advise(allocator, facts, strlen(facts), &text, &check_error);
    cocreate_text_free(text);
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
    return status;
}

static void survives_short_memory(void **state)
{
    failing_mode mode = *state == NULL ? FAIL_ONCE : FAIL_FOREVER;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, mode);
        cocreate_status status = run(&fa.allocator);
        assert_int_equal(fa.live, 0);
        assert_int_equal(status, fa.refused == 0 ? COCREATE_OK : COCREATE_ERR_MEMORY);
        if (fa.refused == 0)
            break;
    }
}

int main(void)
{
    static int forever;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_short_memory),
        cmocka_unit_test_prestate(survives_short_memory, &forever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
