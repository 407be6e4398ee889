/* The clock of LEGO Ideas: 100 supporters within 60 days of publication; that adds 365 days for 1,000, then
 * 183 for 5,000 and 183 for 10,000; who misses a deadline expires, who reaches 10,000 goes to the review.
 * The days are those of the platform's rules, the instants are their sums. */
#include "commands.h"

#define DAY INT64_C(86400000000)
#define D100 (60 * DAY) /* of idea a, which is published at 0; of b and c one and two microseconds later */
#define D1000 (425 * DAY)
#define D5000 (608 * DAY)
#define D10000 (791 * DAY)

static const char brief[] =
    "{'at':0,'actor':'lego','do':'campaign.create','campaign':'ideas','brief':{'brief':'cocreate.brief/1',"
    "'title':'Ideas','mode':'tinkering','contributors':['customer'],'phases':["
    "{'id':'in','after_us':0,'for_us':3600000000,'allows':['submit']},"
    "{'id':'support','after_us':3600000000,'for_us':69996400000000,'allows':['vote']},"
    "{'id':'review','after_us':70000000000000,'for_us':86400000000,'allows':['decide']}],"
    "'rounds':[{'id':'support','lead':'customer','instrument':'approve','method':'approval',"
    "'phase':'support',"
    "'binding':false,'cut':'all','certify':'auto'},"
    "{'id':'review','lead':'firm','phase':'review','candidates':{'milestone':'m10000'},'certify':'auto'}],"
    "'milestones':[{'id':'m100','round':'support','target':100,'within_us':5184000000000},"
    "{'id':'m1000','round':'support','target':1000,'within_us':31536000000000},"
    "{'id':'m5000','round':'support','target':5000,'within_us':15811200000000},"
    "{'id':'m10000','round':'support','target':10000,'within_us':15811200000000,'on_reach':'advance'}]}}";

/* Supporters first..last - 1 of an idea, one after another, the last of them at `at`. */
static void support(cocreate_store *s, const char *idea, int first, int last, int64_t at)
{
    assert_status(cocreate_store_begin(s, &check_error), COCREATE_OK);
    for (int i = first; i < last; i++) {
        char voter[16];
        snprintf(voter, sizeof voter, "v%d", i);
        assert_status(cocreate_vote(s, "ideas", "support", at - (last - 1 - i), voter, &idea, NULL, 1,
                                    &check_error),
                      COCREATE_OK);
    }
    assert_status(cocreate_store_commit(s, &check_error), COCREATE_OK);
}

/* One vote, at `at`, done or refused with this text. */
static void vote(cocreate_store *s, const char *idea, int voter, int64_t at, const char *refusal)
{
    char name[16];
    snprintf(name, sizeof name, "v%d", voter);
    cocreate_status status =
        cocreate_vote(s, "ideas", "support", at, name, &idea, NULL, 1, &check_error);
    assert_int_equal(status, refusal ? COCREATE_ERR_REFUSED : COCREATE_OK);
    if (refusal)
        assert_string_equal(check_error.text, refusal);
}

static cocreate_store *open_ideas(void)
{
    cocreate_store *s = open_store();
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'lego','side':'firm'}");
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'maker','side':'customer'}");
    assert_status(cocreate_store_begin(s, &check_error), COCREATE_OK);
    for (int i = 0; i < 10200; i++) {
        char voter[16];
        snprintf(voter, sizeof voter, "v%d", i);
        assert_status(cocreate_participant_put(s, 0, "host", voter, "customer", NULL, &check_error),
                      COCREATE_OK);
    }
    assert_status(cocreate_store_commit(s, &check_error), COCREATE_OK);
    done(s, brief);
    done(s, "{'at':0,'actor':'lego','do':'campaign.publish','campaign':'ideas'}");
    for (int i = 0; i < 3; i++) {
        char idea[2] = {(char)('a' + i), 0};
        assert_status(cocreate_contribution_submit(s, "ideas", i, "maker", idea, NULL, NULL, &check_error),
                      COCREATE_OK);
    }
    return s;
}

/* Let time pass up to `to` in ticks of `step`, or in none. */
static void pass(cocreate_store *s, int64_t *now, int64_t to, int64_t step)
{
    for (; step > 0 && *now + step < to; *now += step)
        assert_true(cocreate_tick(s, *now + step, &check_error) >= 0);
    *now = to;
}

/* The whole chain; the root of its log. */
static void run(int64_t step, uint8_t root[32])
{
    int64_t now = DAY / 24;
    cocreate_store *s = open_ideas();
    support(s, "a", 0, 99, now + 200);
    support(s, "b", 100, 199, now + 300);
    support(s, "c", 200, 300, now + 400); /* 100 within the first hours */
    shows(s, "ideas", "'reached':[{'at':3600000400,'count':100,'milestone':'m100'}],'state':'waiting'}");
    pass(s, &now, D100 - 1, step);
    vote(s, "a", 99, D100 - 1, NULL); /* the hundredth in the last microsecond */
    pass(s, &now, D100 + 1, step);
    /* b's deadline is now. */
    vote(s, "b", 199, D100 + 1, "'b' is expired: round 'support' goes on without it");
    assert_status(cocreate_tick(s, D100 + 1, &check_error), COCREATE_OK);
    shows(s, "ideas", "'reason':'99 of 100 supporters before 1970-03-02T00:00:00.000001Z'");
    support(s, "a", 300, 1199, D1000 - 2); /* 999 */
    pass(s, &now, D1000 - 1, step);
    vote(s, "a", 1199, D1000 - 1, NULL); /* 1,000; c has 100 and expires two microseconds after D1000 */
    support(s, "a", 1200, 5200, D5000 - 1); /* 5,000 in the last microsecond */
    shows(s, "ideas", "'counts':{'created':3,'declined':0,'expired':2,'live':1,'removed':0,'withdrawn':0}");
    support(s, "a", 5200, 10199, D10000 - 2); /* 9,999 */
    pass(s, &now, D10000 - 1, step);
    vote(s, "a", 10199, D10000 - 1, NULL);
    shows(s, "ideas", "'id':'a','revision':1,'state':'shortlisted'");
    shows(s, "ideas", "{'contribution':'a','deadline':68342400000000,'from':0,'next':3,'reached':["
                      "{'at':5183999999999,'count':100,'milestone':'m100'},"
                      "{'at':36719999999999,'count':1000,'milestone':'m1000'},"
                      "{'at':52531199999999,'count':5000,'milestone':'m5000'},"
                      "{'at':68342399999999,'count':10000,'milestone':'m10000'}],'state':'complete'}");
    assert_status(cocreate_tick(s, INT64_C(70000000000000), &check_error), COCREATE_OK);
    done(s, "{'at':70000000000001,'actor':'lego','do':'decision.make','campaign':'ideas','round':'review',"
            "'contribution':'a','verdict':'select'}");
    refused(s, "{'at':70000000000001,'actor':'lego','do':'decision.make','campaign':'ideas','round':'review',"
               "'contribution':'c','verdict':'select'}",
            COCREATE_ERR_NOT_FOUND, "'c' is no candidate of round 'review'");
    assert_status(cocreate_tick(s, INT64_C(70086400000000), &check_error), COCREATE_OK);
    shows(s, "ideas", "'state':'decided'");
    assert_status(cocreate_verify(s, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    assert_status(cocreate_root(s, root, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(s);
}

static void the_chain_is_judged_at_its_instants_whatever_the_ticks(void **state)
{
    (void)state;
    uint8_t often[32], never[32];
    run(0, never);
    run(DAY / 3, often);
    assert_memory_equal(often, never, sizeof never);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_is_judged_at_its_instants_whatever_the_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
