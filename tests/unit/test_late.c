/* What is handed over late is worth less, as the final fixes of Topcoder's Digital Run: a fifth for each 24
 * hours. Expected by hand: 5.00 made at 200 and due by 250; a fifth is 1.00. */
#include "awards.h"

#define LATE ",'late':{'after_us':50,'each_us':20,'share':'1/5'}"

#define DELIVER(at, digest) award(s, at, "ann", "deliver", ",'digest':'" digest "'", COCREATE_OK, NULL)

/* Delivered at the last instant before it is late. */
static void in_time_nothing_is_lost(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(LATE, "", ""), 1);
    award(s, 240, "boss", "pay", ",'reference':'w'", COCREATE_ERR_REFUSED,
          "$.rewards[0].late: award 'ID' waits for its delivery: award.deliver comes before");
    DELIVER(249, D1);
    assert_false(in_log(s, "'type':'award.reduced'"));
    award(s, 260, "ann", "deliver", ",'digest':'" D2 "'", COCREATE_OK, NULL); /* the first counts */
    assert_false(in_log(s, "'type':'award.reduced'"));
    award(s, 261, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    shows(s, "c", "{'account':'cash:bank','currency':'USD','minor':500}");
    verified_close(s);
}

/* Steps are those begun: 250 is one, 270 the second, 310 the fourth, 330 the fifth, and nothing is left. */
static void each_step_begun_costs_a_share(void **state)
{
    (void)state;
    static const struct {
        int64_t at;
        const char *reduced, *left;
    } cases[] = {
        {250, "'due':250,'minor':100,'steps':1}", "'minor':400}"},
        {269, "'due':250,'minor':100,'steps':1}", "'minor':400}"},
        {270, "'due':250,'minor':200,'steps':2}", "'minor':300}"},
        {329, "'due':250,'minor':400,'steps':4}", "'minor':100}"},
        {330, "'due':250,'minor':500,'steps':5}", NULL},
        {999999, "'due':250,'minor':500,'steps':49988}", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char payable[100];
        cocreate_store *s = contest(CONTEST(LATE, "", ""), 1);
        DELIVER(cases[i].at, D1);
        assert_true(in_log(s, cases[i].reduced));
        if (cases[i].left) {
            snprintf(payable, sizeof payable, "{'account':'payable:ann','currency':'USD',%s", cases[i].left);
            shows(s, "c", payable);
        }
        shows(s, "c", "'late':'delivered after 1970-01-01T00:00:00.000250Z'");
        award(s, cases[i].at, "ann", "deliver", ",'digest':'" D1 "'", COCREATE_EXISTS, NULL);
        verified_close(s);
    }
}

/* What is left is paid, and the rest is in the fund again. */
static void what_is_left_is_paid(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(LATE, "", ""), 1);
    DELIVER(275, D1);
    explains(s, "a", "It was delivered after 1970-01-01T00:00:00.000250Z, and is 3.00 by that.");
    award(s, 280, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    shows(s, "c", "{'account':'cash:bank','currency':'USD','minor':300}");
    refused(s, DO(290, "award.adjust", ",'reward':'w','disqualify':['a']"), COCREATE_ERR_REFUSED,
            "$.rewards[0].late: awards of reward 'w' lose by their delivery, and are not made again as a "
            "whole; award.decline and award.reverse are about one award");
    verified_close(s);
}

/* A pause that shifts clocks is not counted: paused in [220, 240), due at 270. */
static void pauses_do_not_count(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(LATE, "", ""), 1);
    done(s, DO(220, "campaign.pause", ",'reason':'x'"));
    done(s, DO(240, "campaign.resume", ""));
    DELIVER(275, D1);
    assert_true(in_log(s, "'due':270,'minor':100,'steps':1}"));
    verified_close(s);
}

static void briefs_that_are_wrong(void **state)
{
    (void)state;
    refuses(CONTEST(",'late':{'after_us':0,'each_us':1,'share':'1/5'}", "", ""),
            "$.rewards[0].late.after_us: 0 is out of range, expected 1 to 2251799813685247");
    refuses(CONTEST(",'late':{'after_us':1,'each_us':1}", "", ""),
            "$.rewards[0].late.share: required, but missing");
    refuses(CONTEST(",'late':{'after_us':1,'each_us':1,'share':'6/5'}", "", ""),
            "$.rewards[0].late.share: not above 0 and at most 1");
    refuses(CONTEST(LATE, ",'lifecycle':{'on_decline':'promote'}", ""),
            "$.rewards[0].late: excludes \"on_decline\": \"promote\", which makes all awards again");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_time_nothing_is_lost), cmocka_unit_test(each_step_begun_costs_a_share),
        cmocka_unit_test(what_is_left_is_paid),    cmocka_unit_test(pauses_do_not_count),
        cmocka_unit_test(briefs_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
