/* Payments that come by themselves after a delivery, prizes that are shared by themselves, and fees on what
 * goes back. Expected by hand from docs/reference/briefs.md. */
#include "awards.h"
#include "explained.h"

#define RELEASE ",'release':{'after_us':50,'rail':'account'}"

#define DELIVER(at, digest) award(s, at, "ann", "deliver", ",'digest':'" digest "'", COCREATE_OK, NULL)

/* Delivered at 210: paid at 260 exactly. Another version at 230 changes nothing. */
static void what_is_delivered_is_paid(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, "", ""), 1);
    award(s, 205, "bob", "deliver", ",'digest':'" D1 "'", COCREATE_ERR_PERMISSION,
          "award 'ID' is not that of 'bob'");
    award(s, 205, "ann", "deliver", ",'digest':'x'", COCREATE_ERR_SCHEMA,
          "$.digest: must be \"sha256:\" and 64 hex digits");
    award(s, 205, "boss", "dispute", ",'reason':'x'", COCREATE_ERR_REFUSED,
          "award 'ID' is offered and waits for no payment: award.deliver comes before");
    DELIVER(210, D1);
    award(s, 211, "ann", "deliver", ",'digest':'" D1 "'", COCREATE_EXISTS, NULL);
    DELIVER(230, D2);
    shows(s, "c", "'delivered':{'at':210,'digest':'" D2 "'}");
    shows(s, "c", "'release_at':260");
    exists(s, TICK(259));
    done(s, TICK(1000));
    assert_true(in_log(s, "'at':260,'campaign':'c','data':{'award':"));
    shows(s, "c", "'rail':'account','reference':'release:");
    shows(s, "c", "{'account':'cash:account','currency':'USD','minor':500}");
    award(s, 1001, "ann", "deliver", ",'digest':'" D1 "'", COCREATE_ERR_REFUSED,
          "award 'ID' is paid: nothing is to be delivered for it");
    award(s, 1001, "boss", "dispute", ",'reason':'x'", COCREATE_ERR_REFUSED,
          "award 'ID' is paid and waits for no payment: there is nothing to dispute");
    verified_close(s);
}

/* Disputed at 220; delivered again at 300, so that 350 pays. */
static void a_dispute_stops_the_clock(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, "", ""), 1);
    DELIVER(210, D1);
    award(s, 220, "ann", "dispute", ",'reason':'no'", COCREATE_ERR_PERMISSION,
          "'ann' is on the customer side, which may not award.dispute");
    award(s, 220, "boss", "dispute", ",'reason':''", COCREATE_ERR_SCHEMA,
          "$.reason: must not be empty");
    award(s, 220, "boss", "dispute", ",'reason':'files are broken'", COCREATE_OK, NULL);
    award(s, 221, "boss", "dispute", ",'reason':'files are broken'", COCREATE_EXISTS, NULL);
    award(s, 221, "boss", "dispute", ",'reason':'other'", COCREATE_ERR_CONFLICT,
          "award 'ID' is disputed with another 'reason'");
    shows(s, "c", "'disputed':'files are broken'");
    exists(s, TICK(299));
    DELIVER(300, D2);
    shows(s, "c", "'release_at':350");
    done(s, TICK(350));
    shows(s, "c", "{'account':'cash:account','currency':'USD','minor':500}");
    verified_close(s);
}

/* What was paid by hand, or given up, is not paid again. */
static void what_is_settled_waits_no_more(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, "", ""), 1);
    DELIVER(210, D1);
    award(s, 220, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    exists(s, TICK(400));
    shows(s, "c", "{'account':'cash:bank','currency':'USD','minor':500}");
    verified_close(s);
    s = contest(CONTEST(RELEASE, "", ""), 1);
    DELIVER(210, D1);
    award(s, 220, "ann", "decline", "", COCREATE_OK, NULL);
    exists(s, TICK(400));
    verified_close(s);
}

/* An identity must be known: at 260 it is not, and the payment waits for a hand. */
static void what_may_not_be_paid_is_withheld(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, ",'lifecycle':{'verify':['identity']}", ""), 1);
    DELIVER(210, D1);
    done(s, TICK(300));
    assert_true(in_log(s, "'type':'award.withheld'"));
    shows(s, "c", "'withheld':'");
    done(s, DO(310, "award.verify", ",'reward':'w','participant':'ann','facts':{'verified':true}"));
    award(s, 311, "boss", "pay", ",'reference':'w'", COCREATE_OK, NULL);
    verified_close(s);
}

/* Paused in [220, 320): 260 becomes 360. Delivered at 380 in a pause, [370, 400): 20 of it are left: 450. */
static void pauses_do_not_count(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, "", ""), 1);
    DELIVER(210, D1);
    done(s, DO(220, "campaign.pause", ",'reason':'x'"));
    done(s, DO(320, "campaign.resume", ""));
    shows(s, "c", "'release_at':360");
    award(s, 330, "boss", "dispute", ",'reason':'x'", COCREATE_OK, NULL);
    done(s, DO(370, "campaign.pause", ",'reason':'y'"));
    DELIVER(380, D2);
    done(s, DO(400, "campaign.resume", ""));
    shows(s, "c", "'release_at':450");
    done(s, TICK(460));
    assert_true(in_log(s, "'at':450,'campaign':'c','data':{'award':"));
    verified_close(s);
}

/* To ann, whose award it is, to the firm, and to bob, who sees that it is there; where names are the owner's
 * he hears nothing. */
static void explanations_say_what_comes_next(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(RELEASE, "", ""), 1);
    explains(s, "a", "ann", "It is paid by itself 50 us after award.deliver says what was handed over.");
    explains(s, "a", "boss", "after award.deliver says");
    conceals(s, "a", "bob", "by itself");
    DELIVER(210, D1);
    explains(s, "a", "ann", "What it is for was delivered at 1970-01-01T00:00:00.000210Z.");
    explains(s, "a", "ann", "It is paid by itself at 1970-01-01T00:00:00.000260Z, unless the firm disputes "
                            "it before.");
    explains(s, "a", "boss", "It is paid by itself at 1970-01-01T00:00:00.000260Z; award.dispute stops that "
                             "before.");
    explains(s, "a", "bob", "It is paid by itself at 1970-01-01T00:00:00.000260Z.");
    done(s, DO(215, "campaign.pause", ",'reason':'x'"));
    explains(s, "a", "ann", "It is paid by itself some time after campaign.resume: the clock stands while "
                            "the campaign is paused.");
    done(s, DO(216, "campaign.resume", ""));
    award(s, 220, "boss", "dispute", ",'reason':'files are broken'", COCREATE_OK, NULL);
    explains(s, "a", "ann", "The firm disputes the delivery, because: files are broken");
    explains(s, "a", "ann", "award.deliver hands over another one, and the time runs anew.");
    explains(s, "a", "boss", "It stays owed: award.pay pays it, or another delivery does.");
    conceals(s, "a", "bob", "award.deliver");
    DELIVER(300, D2);
    done(s, TICK(350));
    explains(s, "a", "ann", "What it is for was delivered at 1970-01-01T00:00:00.000300Z.");
    conceals(s, "a", "ann", "disputes");
    conceals(s, "a", "ann", "by itself");
    verified_close(s);
    s = contest(CONTEST(RELEASE, "", ",'visibility':{'identities':'owner'}"), 1);
    DELIVER(210, D1);
    explains(s, "a", "ann", "It is paid by itself at");
    conceals(s, "a", "bob", "by itself");
    verified_close(s);
    s = contest(CONTEST(RELEASE, ",'lifecycle':{'verify':['identity']}", ""), 1);
    DELIVER(210, D1);
    done(s, TICK(300));
    explains(s, "a", "ann", "It was to be paid by itself and was not, because: ");
    explains(s, "a", "boss", "It stays owed: award.pay pays it once that is mended.");
    conceals(s, "a", "bob", "once that is mended");
    verified_close(s);
}

static void without_release_nothing_is_delivered(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST("", "", ""), 1);
    award(s, 210, "ann", "deliver", ",'digest':'" D1 "'", COCREATE_ERR_REFUSED,
          "$.rewards[0]: reward 'w' releases no payment by itself: award.pay pays it");
    award(s, 210, "boss", "dispute", ",'reason':'x'", COCREATE_ERR_REFUSED,
          "$.rewards[0]: reward 'w' releases no payment by itself: award.pay pays it");
    verified_close(s);
}

/* ---- defaults that come by themselves ---- */

#define DEFAULT(among) ",'default':{'after_us':100,'by':'event','among':[" among "]}"
#define WON "{'where':['>=',['attribute','wins'],1]}"

/* Nobody is chosen until 200: at 300 who won before shares 8.00, which is bob. */
static void a_prize_is_shared_by_itself(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(DEFAULT(WON ",'contributors'"), "", ""), 0);
    done(s, "{'at':210,'actor':'host','do':'participant.put','participant':'bob','side':'customer',"
            "'attributes':{'wins':2}}");
    refused(s, DO(299, "reward.default", ",'reward':'w','fund':'f'"), COCREATE_ERR_REFUSED,
            "$.rewards[0].default.after_us: the prize is shared from 1970-01-01T00:00:00.000300Z on");
    done(s, TICK(1000));
    assert_true(in_log(s, "'at':300,'campaign':'c','data':{'fund':'f','persons':['bob'],'reward':'w'}"));
    shows(s, "c", "{'account':'payable:bob','currency':'USD','minor':800}");
    exists(s, DO(1001, "reward.default", ",'reward':'w','fund':'f'"));
    verified_close(s);
}

/* Nobody won before, so all contributors share; a pause after the phase moves nothing. */
static void the_next_group_shares(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(DEFAULT(WON ",'contributors'"), "", ""), 0);
    done(s, DO(250, "campaign.pause", ",'reason':'x'"));
    done(s, DO(280, "campaign.resume", ""));
    done(s, TICK(300));
    shows(s, "c", "{'account':'payable:ann','currency':'USD','minor':400}");
    shows(s, "c", "{'account':'payable:bob','currency':'USD','minor':400}");
    verified_close(s);
}

/* Nobody is there: the fund goes back when the last round has ended. */
static void without_heirs_the_fund_goes_back(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(DEFAULT(WON), "", ""), 0);
    done(s, TICK(300));
    assert_true(in_log(s, "nobody is there to share it"));
    done(s, TICK(5000));
    shows(s, "c", "'state':'decided'");
    verified_close(s);
}

/* What could not be shared is, once there is somebody, and money: 3.00 are paid in anew for bob. */
static void what_was_not_shared_is_shared_later(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(DEFAULT(WON), "", ""), 0);
    done(s, TICK(5000));
    shows(s, "c", "'state':'decided'"); /* and the 8.00 are back */
    refused(s, DO(5001, "reward.default", ",'reward':'w','fund':'f'"), COCREATE_ERR_REFUSED,
            "fund 'f': nobody is there to share it");
    done(s, "{'at':5002,'actor':'host','do':'participant.put','participant':'bob','side':'customer',"
            "'attributes':{'wins':2}}");
    refused(s, DO(5003, "reward.default", ",'reward':'w','fund':'f'"), COCREATE_ERR_REFUSED,
            "fund 'f': nothing is there to share");
    done(s, DO(5004, "reward.fund", ",'reward':'w','fund':'f','minor':300,'reference':'anew'"));
    done(s, DO(5005, "reward.default", ",'reward':'w','fund':'f'"));
    shows(s, "c", "{'account':'payable:bob','currency':'USD','minor':300}");
    shows(s, "c", "{'account':'sponsor:budget','currency':'USD','minor':-300}");
    exists(s, DO(5006, "reward.default", ",'reward':'w','fund':'f'"));
    verified_close(s);
}

static void a_cancelled_campaign_shares_nothing(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST(DEFAULT("'contributors'"), "", ""), 0);
    done(s, DO(250, "campaign.cancel", ",'reason':'x'"));
    exists(s, TICK(1000));
    verified_close(s);
}

/* ---- refunds ---- */

#define AGENT(share) ",'fees':[{'id':'agent','on':'refund','share':'" share "'}]"

/* 8.00 less 5.00 is 3.00, of which a tenth is 0.30; of 8.00 a seventh, rounded down, is 1.14. */
static void refunds_pay_their_fee(void **state)
{
    (void)state;
    cocreate_store *s = contest(CONTEST("", "", AGENT("1/10")), 1);
    done(s, TICK(5000));
    assert_true(in_log(s, "'returned':[{'currency':'USD','fees':[{'fee':'agent','minor':30}],'fund':'f',"
                          "'minor':270,'reward':'w'}]"));
    shows(s, "c", "{'account':'fees:agent','currency':'USD','minor':30}");
    shows(s, "c", "{'account':'sponsor:budget','currency':'USD','minor':-530}");
    /* What comes back later pays it, too: 5.00 declined are 0.50 and 4.50. */
    award(s, 5001, "ann", "decline", "", COCREATE_OK, NULL);
    done(s, DO(5002, "reward.close", ",'reward':'w'"));
    shows(s, "c", "{'account':'fees:agent','currency':'USD','minor':80}");
    shows(s, "c", "{'account':'sponsor:budget','currency':'USD','minor':-80}");
    refused(s, DO(5003, "fee.pay", ",'fee':'agent','participant':'ann','reference':'x'"),
            COCREATE_ERR_REFUSED, "$.fees[0]: 'agent' is taken of what goes back to the sponsor, by itself");
    verified_close(s);
    s = contest(CONTEST("", "", AGENT("1/7")), 0);
    done(s, DO(250, "campaign.cancel", ",'reason':'x'"));
    shows(s, "c", "{'account':'fees:agent','currency':'USD','minor':114}");
    shows(s, "c", "{'account':'sponsor:budget','currency':'USD','minor':-114}");
    verified_close(s);
}

static void wrong_briefs_are_refused(void **state)
{
    (void)state;
    refuses(CONTEST("", "", AGENT("1")), "$.fees[0].share: not above 0 and below 1");
    refuses(CONTEST("", "", ",'fees':[{'id':'agent','on':'refund'}]"),
            "$.fees[0].share: required, but missing");
    refuses(CONTEST("", "", ",'fees':[{'id':'agent','on':'refund','share':'1/2','amount':'1.00'}]"),
            "$.fees[0].amount: unknown key, known are \"id\", \"on\", \"share\" or \"rounding\"");
    refuses(CONTEST(",'release':{}", "", ""), "$.rewards[0].release.after_us: required, but missing");
    refuses(CONTEST(DEFAULT("1"), "", ""),
            "$.rewards[0].default.among[0]: expected \"contributors\", {\"where\": P} or {\"round\": ID}");
    refuses(CONTEST(DEFAULT("{'where':['has','x'],'round':'r'}"), "", ""),
            "$.rewards[0].default.among[0].where: is for contributors, and excludes 'round'");
    refuses(CONTEST(",'default':{'among':['contributors'],'funds':['f']}", "", ""),
            "$.rewards[0].default.funds: names the funds that are shared by themselves, at least one: 'by' "
            "is event");
    refuses(CONTEST(",'default':{'by':'event','among':['contributors'],'funds':['g']}", "", ""),
            "$.rewards[0].default.funds[0]: the scheme has no such fund");
    refuses(CONTEST(",'lists':{'persons':{'id':['attribute','x']}}", "", ""),
            "$.rewards[0].lists.persons.id: expected [\"attribute\", KEY] under a name other than id");
    refuses(CONTEST(",'lists':{'facts':{'entry':['field','x']}}", "", ""),
            "$.rewards[0].lists.facts.entry: expected [\"field\", KEY] or [\"attribute\", KEY] under a name "
            "other than entry");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_delivered_is_paid),
        cmocka_unit_test(a_dispute_stops_the_clock),
        cmocka_unit_test(what_is_settled_waits_no_more),
        cmocka_unit_test(what_may_not_be_paid_is_withheld),
        cmocka_unit_test(pauses_do_not_count),
        cmocka_unit_test(explanations_say_what_comes_next),
        cmocka_unit_test(without_release_nothing_is_delivered),
        cmocka_unit_test(a_prize_is_shared_by_itself),
        cmocka_unit_test(the_next_group_shares),
        cmocka_unit_test(without_heirs_the_fund_goes_back),
        cmocka_unit_test(what_was_not_shared_is_shared_later),
        cmocka_unit_test(a_cancelled_campaign_shares_nothing),
        cmocka_unit_test(refunds_pay_their_fee),
        cmocka_unit_test(wrong_briefs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
