/* Rolling rounds that select period by period, and decisions that take effect at once. */
#include "commands.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_true(cocreate_tick(store, at, &check_error) >= 0);
}

#define BRIEF(rounds)                                                                               \
    "'brief':{'brief':'cocreate.brief/1','title':'Shirts','mode':'tinkering','control':'open',"      \
    "'contributors':['customer'],'phases':["                                                        \
    "{'id':'crowd','after_us':0,'for_us':250,'allows':['submit','vote']},"                           \
    "{'id':'staff','after_us':0,'for_us':400,'allows':['decide']}],'rounds':[" rounds "]"
#define CROWD(more)                                                                            \
    "{'id':'r','lead':'customer','phase':'crowd','instrument':'score','method':'score','scale':[0,5]," \
    "'rolling':true,'every_us':100,'cut':{'top':2},'certify':'auto'" more "}"
#define STAFF(more)                                                                             \
    "{'id':'s','lead':'firm','phase':'staff','candidates':{'round':'r'},'rolling':true,"         \
    "'select':[0,9],'certify':'auto'" more "}"

/* Published at 100: votes until 350 in periods [100, 200), [200, 300), [300, 350); decisions until 500. */
static cocreate_store *open_shirts(const char *brief)
{
    char command[3000];
    cocreate_store *store = open_store();
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    for (int i = 0; i < 9; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d','side':'customer'}", i);
        done(store, command);
    }
    snprintf(command, sizeof command, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x',%s}}",
             brief);
    done(store, command);
    done(store, "{'at':100,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    return store;
}

static void submit(cocreate_store *store, int at, int author, const char *id)
{
    char command[300];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x','contribution':'%s'}", at,
             author, id);
    done(store, command);
}

static void vote(cocreate_store *store, int at, int voter, const char *ballot)
{
    char command[300];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'c%d','do':'ballot.cast','campaign':'x','round':'r','ballot':%s}", at, voter,
             ballot);
    done(store, command);
}

#define DECIDE(at, contribution, verdict)                                                        \
    "{'at':" #at ",'actor':'firm','do':'decision.make','campaign':'x','round':'s','contribution':'" \
    contribution "','verdict':'" verdict "'}"

static void explains(cocreate_store *store, const char *id, const char *sentence)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(store, id, "x", &text, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(text), sentence))
        print_error("%s\n  does not say %s\n", cocreate_text_data(text), sentence);
    assert_non_null(strstr(cocreate_text_data(text), sentence));
    cocreate_text_free(text);
}

/* The best two of each period go on; who did not comes again. First a 5, b 4, c 3; then c 3, d 1 and e 0;
 * in the last period e alone is left. */
static cocreate_store *two_periods(const char *brief)
{
    cocreate_store *store = open_shirts(brief);
    submit(store, 110, 2, "a");
    submit(store, 111, 3, "b");
    submit(store, 112, 4, "c");
    vote(store, 120, 1, "{'a':5,'b':4,'c':3}");
    tick(store, 199);
    shows(store, "x", "'periods':[],'phase':'crowd'");
    tick(store, 200);
    shows(store, "x", "'candidates':['a','b','c'],'from':100,'period':1,'result':{");
    shows(store, "x", "'selected':['a','b']");
    submit(store, 210, 5, "d");
    submit(store, 211, 6, "e");
    refused(store,
            "{'at':220,'actor':'c1','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':5,'d':1}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].every_us: 'a' was judged in a period that is over: leave it out");
    vote(store, 220, 1, "{'c':3,'d':1,'e':0}");
    tick(store, 300);
    shows(store, "x", "'candidates':['c','d','e'],'from':200,'period':2,'result':{");
    shows(store, "x", "'selected':['c','d']");
    return store;
}

static void every_period_selects(void **state)
{
    (void)state;
    cocreate_store *store = two_periods(BRIEF(CROWD("")));
    shows(store, "x", "'id':'a','revision':1,'state':'selected'");
    shows(store, "x", "'id':'e','revision':1,'state':'published'");
    tick(store, 350);
    shows(store, "x", "'candidates':['e'],'from':300,'period':3,'result':{");
    shows(store, "x", "'selected':['a','b','c','d','e']");
    shows(store, "x", "'state':'decided'");
    explains(store, "c", "Period 1 of round 'r' ended at 1970-01-01T00:00:00.000200Z.");
    explains(store, "c", "In round 'r' by score: place 3 of 3, score 3.");
    explains(store, "c", "2 others passed the cut.");
    explains(store, "c", "In round 'r' by score: place 1 of 3, score 3.");
    verified_close(store);
}

/* The firm decides on them when it likes; what it decides stands at once. */
static void decisions_take_effect_at_once(void **state)
{
    (void)state;
    cocreate_store *store = two_periods(BRIEF(CROWD("") "," STAFF("")));
    shows(store, "x", "'id':'a','revision':1,'state':'shortlisted'");
    refused(store, DECIDE(301, "e", "select"), COCREATE_ERR_NOT_FOUND, "'e' is no candidate of round 's'");
    done(store, DECIDE(302, "a", "select"));
    done(store, DECIDE(303, "c", "reject"));
    exists(store, DECIDE(303, "c", "reject"));
    shows(store, "x", "'id':'a','revision':1,'state':'selected'");
    shows(store, "x", "'id':'c','revision':1,'state':'not_selected'");
    refused(store, DECIDE(304, "c", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].rolling: 'c' was decided on, which took effect at once: contribution.implement or "
            "contribution.disqualify goes on from it");
    tick(store, 350); /* the certificate of the crowd revives nobody */
    shows(store, "x", "'id':'c','revision':1,'state':'not_selected'");
    done(store, DECIDE(400, "e", "select"));
    tick(store, 500);
    shows(store, "x", "'id':'b','revision':1,'state':'not_selected'");
    shows(store, "x", "'selected':['a','e']");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

/* With a time for each, an entry is judged once: a until 180 in the first period, b until 220 in the second,
 * c, whose time would end at 380, in the last. */
static void each_is_judged_when_its_time_is_over(void **state)
{
    (void)state;
    cocreate_store *store = open_shirts(BRIEF(CROWD(",'per_entry_us':70")));
    submit(store, 110, 2, "a");
    submit(store, 150, 3, "b");
    vote(store, 160, 1, "{'a':1,'b':2}");
    tick(store, 200);
    shows(store, "x", "'candidates':['a'],'from':100,'period':1");
    tick(store, 300);
    shows(store, "x", "'candidates':['b'],'from':200,'period':2");
    submit(store, 310, 4, "c");
    tick(store, 350);
    shows(store, "x", "'candidates':['c'],'from':300,'period':3");
    verified_close(store);
}

/* A period of decisions is those made in it; one without any selects nobody. */
static void decisions_have_periods(void **state)
{
    (void)state;
    cocreate_store *store = open_shirts(BRIEF(
        "{'id':'s','lead':'firm','phase':'staff','rolling':true,'every_us':200,'select':[0,9],"
        "'certify':'auto'}"));
    submit(store, 110, 2, "a");
    submit(store, 111, 3, "b");
    done(store, DECIDE(120, "a", "select"));
    done(store, DECIDE(130, "b", "reject"));
    tick(store, 300);
    shows(store, "x", "'candidates':['a','b'],'from':100,'period':1");
    tick(store, 500);
    shows(store, "x", "'candidates':[],'from':300,'period':2,'reason':'no candidates'");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

/* A pause of 40 from 150 on: the first period ends at 240, the phase at 390. */
static void a_pause_moves_the_periods(void **state)
{
    (void)state;
    cocreate_store *store = open_shirts(BRIEF(CROWD("")));
    submit(store, 110, 2, "a");
    done(store, "{'at':150,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'flood'}");
    done(store, "{'at':190,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    tick(store, 239);
    shows(store, "x", "'periods':[]");
    tick(store, 240);
    shows(store, "x", "'period':1");
    done(store, "{'at':250,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'flood'}");
    tick(store, 900);
    verified_close(store);
}

/* 10.00 each from a fund of 30.00. */
#define PAYS(on, round, more)                                                                       \
    "],'rewards':[{'id':'cash','on':'" on "','round':'" round "'" more ",'scheme':{'scheme':"          \
    "'cocreate.incentives/1','currency':'USD','funds':[{'id':'f','budget':'30.00'}],"                 \
    "'rules':[{'id':'printed','kind':'threshold_award','fund':'f','metric':'selected',"       \
    "'each':'10.00','max_awards':3}]}}"
#define BALANCE(account, minor) "{'account':'" account "','currency':'USD','minor':" #minor "}"

/* Two and two are selected, then one: the fund holds three, so the second period pays nobody. */
static void what_a_period_selects_is_paid_at_its_end(void **state)
{
    (void)state;
    cocreate_store *store = two_periods(BRIEF(CROWD("") PAYS("cut", "r", "")));
    shows(store, "x", BALANCE("payable:c2", 1000));
    shows(store, "x", BALANCE("payable:c3", 1000));
    shows(store, "x", BALANCE("escrow:cash:f", 1000));
    shows(store, "x", " holds 1000 minor units, and 2000 are needed: reward.fund adds to it','period':2}}");
    refused(store,
            "{'at':310,'actor':'firm','do':'reward.evaluate','campaign':'x','reward':'cash','period':'3'}",
            COCREATE_ERR_NOT_FOUND, "$.period: period 3 of round 'r' has not ended");
    refused(store, "{'at':310,'actor':'firm','do':'award.adjust','campaign':'x','reward':'cash'}",
            COCREATE_ERR_REFUSED,
            "$.rewards[0].on: what reward 'cash' gave piece by piece is not adjusted as a whole; "
            "award.decline "
            "and award.recover are about one award");
    tick(store, 350);
    cocreate_text *table = NULL;
    assert_status(cocreate_export(store, "x", "r", "csv:periods", &table, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(table), "round,period,from,until,id,place,to,score,selected,"
                                                   "reason\r\n"
                                                   "r,1,100,200,a,1,1,5,true,\r\n"
                                                   "r,1,100,200,b,2,2,4,true,\r\n"
                                                   "r,1,100,200,c,3,3,3,false,\r\n"
                                                   "r,2,200,300,c,1,1,3,true,\r\n"
                                                   "r,2,200,300,d,2,2,1,true,\r\n"
                                                   "r,2,200,300,e,3,3,0,false,\r\n"
                                                   "r,3,300,350,e,1,1,0,true,\r\n");
    cocreate_text_free(table);
    shows(store, "x", BALANCE("payable:c6", 1000));
    shows(store, "x", BALANCE("sponsor:budget", -3000));
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

#define LATER(at, period, more) \
    "{'at':" #at ",'actor':'firm','do':'reward.evaluate','campaign':'x','reward':'cash'," \
    "'period':'" period "'" more "}"
#define PAY_IN(at, minor, reference) \
    "{'at':" #at ",'actor':'firm','do':'reward.fund','campaign':'x','reward':'cash','fund':'f'," \
    "'minor':" #minor ",'reference':'" reference "'}"

/* The second period selected c of c4 and d of c5, and there were 10.00 of the 20.00 that it needs. Paid in
 * are 9.99, one cent less than is missing, then that cent: 10.00 + 10.00 - 20.00 leaves nothing, and the
 * third period needs 10.00 more. In all 30.00 + 9.99 + 0.01 + 10.00 come in, and go to five people. */
static void a_period_is_made_once_its_fund_can_pay(void **state)
{
    (void)state;
    cocreate_store *store = two_periods(BRIEF(CROWD("") PAYS("cut", "r", "")));
    shows(store, "x", BALANCE("escrow:cash:f", 1000));
    refused(store, LATER(310, "2", ""), COCREATE_ERR_REFUSED,
            "$.rewards[0]: fund 'f' of reward 'cash' holds 1000 minor units, and 2000 are needed: "
            "reward.fund adds to it");
    done(store, PAY_IN(311, 999, "one"));
    refused(store, LATER(312, "2", ""), COCREATE_ERR_REFUSED,
            "$.rewards[0]: fund 'f' of reward 'cash' holds 1999 minor units, and 2000 are needed: "
            "reward.fund adds to it");
    done(store, PAY_IN(313, 1, "two"));
    refused(store, LATER(314, "2", ",'lists':{}"), COCREATE_ERR_SCHEMA,
            "$.lists: reward 'cash' follows what its periods selected");
    refused(store, LATER(314, "02", ""), COCREATE_ERR_SCHEMA,
            "$.period: periods of round 'r' are counted from \"1\", not as '02'");
    refused(store, LATER(314, "Q2", ""), COCREATE_ERR_SCHEMA,
            "$.period: periods of round 'r' are counted from \"1\", not as 'Q2'");
    exists(store, LATER(314, "1", "")); /* paid when it ended */
    done(store, LATER(315, "2", ""));
    exists(store, LATER(316, "2", ""));
    shows(store, "x", BALANCE("payable:c4", 1000));
    shows(store, "x", BALANCE("payable:c5", 1000));
    shows(store, "x", "'period':2}}");
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    tick(store, 350); /* the third period finds nothing, and the campaign is over */
    shows(store, "x", "'state':'decided'");
    shows(store, "x", " holds 0 minor units, and 1000 are needed: reward.fund adds to it','period':3}}");
    done(store, PAY_IN(360, 1000, "three"));
    done(store, LATER(361, "3", ""));
    exists(store, LATER(362, "2", ""));
    shows(store, "x", BALANCE("payable:c6", 1000));
    shows(store, "x", BALANCE("sponsor:budget", -5000));
    cocreate_text *found = NULL;
    assert_status(cocreate_check(store, NULL, &found, &check_error), COCREATE_OK);
    cocreate_text_free(found);
    verified_close(store);
}

/* What the firm selects at any time is paid at that time; what is left goes back at the end. */
static void what_the_firm_selects_is_paid_at_once(void **state)
{
    (void)state;
    cocreate_store *store = two_periods(BRIEF(CROWD("") "," STAFF("") PAYS("decision", "s", "")));
    done(store, DECIDE(302, "a", "select"));
    shows(store, "x", BALANCE("payable:c2", 1000));
    shows(store, "x", "'entry':'a'");
    done(store, DECIDE(303, "c", "reject"));
    exists(store, DECIDE(303, "c", "reject"));
    shows(store, "x", BALANCE("escrow:cash:f", 2000));
    done(store, DECIDE(304, "b", "select"));
    done(store, DECIDE(305, "d", "select"));
    tick(store, 350);
    refused(store, DECIDE(360, "e", "select"), COCREATE_ERR_REFUSED,
            "$.rewards[0]: fund 'f' of reward 'cash' holds 0 minor units, and 1000 are needed: reward.fund "
            "adds "
            "to it");
    done(store, "{'at':361,'actor':'firm','do':'reward.fund','campaign':'x','reward':'cash','fund':'f',"
                "'minor':2500,'reference':'more'}");
    done(store, DECIDE(362, "e", "select"));
    tick(store, 500);
    shows(store, "x", BALANCE("payable:c3", 1000));
    shows(store, "x", BALANCE("sponsor:budget", -4000)); /* of 55.00 */
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

#define REFUSED(rounds, text)                                                                        \
    refused(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'y'," BRIEF(rounds) "}}", \
            COCREATE_ERR_SCHEMA, text)
#define FIRM(more) "{'id':'s','lead':'firm','phase':'staff'" more "}"

static void briefs_say_what_may_roll(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    REFUSED("{'id':'r','lead':'customer','phase':'crowd','instrument':'score','method':'score','every_us':9}",
            "$.brief.rounds[0].every_us: is only for rolling rounds that select");
    REFUSED(CROWD(",'quorum':3"),
            "$.brief.rounds[0].every_us: excludes 'quorum', which is of the whole round");
    REFUSED(FIRM(",'rolling':true"),
            "$.brief.rounds[0].select: what a rolling round selects stands at once: the least number is 0");
    REFUSED("{'id':'s','lead':'jury','phase':'staff','select':[0,1],'rolling':true}",
            "$.brief.rounds[0].rolling: is only for rounds with ballots, led by the firm, or of a jury "
            "with 'cuts'");
    REFUSED("{'id':'r','lead':'firm','phase':'staff'}," STAFF(""),
            "$.brief.rounds[1].rolling: candidates of another round join only where that selects by "
            "'every_us'");
    REFUSED(CROWD("") "," STAFF(",'in_turn':{}"),
            "$.brief.rounds[1].rolling: excludes 'in_turn', 'on_none' and 'replaces'");
    REFUSED("{'id':'r','lead':'firm','phase':'staff'}" PAYS("cut", "r", ""),
            "$.brief.rewards[0].on: round 'r' has no periods: 'cut' is for rounds with 'every_us' "
            "or 'cuts'");
    REFUSED(CROWD("") PAYS("decision", "r", ""),
            "$.brief.rewards[0].on: decisions in round 'r' take effect when it is certified: 'decision' is "
            "for "
            "rolling rounds of decisions");
    REFUSED(CROWD("") PAYS("cut", "r", ",'default':{'among':['contributors']}"),
            "$.brief.rewards[0].default: is for rewards that follow a round");
    REFUSED(CROWD("") PAYS("cut", "r", "")
                ",{'id':'more','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':'USD',"
                "'funds':[{'id':'f','budget':'30.00'}],'rules':[{'id':'again','kind':'threshold_award',"
                "'fund':'f','metric':'selected','each':'1.00','max_awards':3}]}}",
            "$.brief.rewards[1].on: rule 'again' would pay the same people of round 'r' again: reward "
            "'cash' has "
            "one of kind 'threshold_award', too, on another occasion; leave one of them out");
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_period_selects),
        cmocka_unit_test(decisions_take_effect_at_once),
        cmocka_unit_test(each_is_judged_when_its_time_is_over),
        cmocka_unit_test(decisions_have_periods),
        cmocka_unit_test(a_pause_moves_the_periods),
        cmocka_unit_test(what_a_period_selects_is_paid_at_its_end),
        cmocka_unit_test(a_period_is_made_once_its_fund_can_pay),
        cmocka_unit_test(what_the_firm_selects_is_paid_at_once),
        cmocka_unit_test(briefs_say_what_may_roll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
