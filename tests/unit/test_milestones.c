/* Milestones: reached by the ballot that reaches them, missed at their deadline. */
#include "rounds.h"

#define UP                                                                                                \
    "{'id':'r','lead':'customer','instrument':'approve','method':'approval','phase':'vote','cut':'all'," \
    "'certify':'auto'}"
#define MILESTONES(list) ",'milestones':[" list "]"

static void cast(cocreate_store *s, int64_t at, const char *voter, const char *ballot, const char *refusal)
{
    char command[512];
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r','ballot':%s}",
             (long long)at, voter, ballot);
    if (refusal)
        refused(s, command, COCREATE_ERR_REFUSED, refusal);
    else
        done(s, command);
}

/* a is published at 11, b at 12, and so on: 2 supporters within 100. */
static void a_recast_ballot_counts_once(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, UP, MILESTONES("{'id':'m','round':'r','target':2,'within_us':100}"));
    cast(s, 101, "c6", "{'a':1,'b':1}", NULL);
    cast(s, 102, "c6", "{'a':1,'c':1}", NULL); /* b lost its supporter */
    cast(s, 103, "c7", "{'b':1}", NULL);
    shows(s, "x", "{'contribution':'b','deadline':112,'due':112,'from':12,'next':0,'reached':[],"
                  "'state':'waiting'}");
    cast(s, 104, "c8", "{'a':1,'c':1}", NULL); /* both have two */
    shows(s, "x", "{'contribution':'a','deadline':111,'from':11,'next':0,"
                  "'reached':[{'at':104,'count':2,'milestone':'m'}],'state':'complete'}");
    shows(s, "x", "{'contribution':'c','deadline':113,'from':13,'next':0,"
                  "'reached':[{'at':104,'count':2,'milestone':'m'}],'state':'complete'}");
    cast(s, 112, "c9", "{'b':1}", "'b' is expired: round 'r' goes on without it");
    done(s, "{'at':112,'actor':'host','do':'tick'}"); /* what is refused takes its transitions back */
    shows(s, "x", "'expired':1");
    shows(s, "x", "'reason':'1 of 2 supporters before 1970-01-01T00:00:00.000112Z'");
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    shows(s, "x", "'selected':['a','c']"); /* b, d and e have expired */
    verified_close(s);
}

static void a_reached_milestone_may_freeze_votes(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, UP, MILESTONES("{'id':'m','round':'r','target':2,'within_us':100,'on_reach':'freeze',"
                             "'on_miss':'none'}"));
    cast(s, 101, "c6", "{'a':1}", NULL);
    const char *a[] = {"a"};
    assert_status(cocreate_vote(s, "x", "r", 102, "c7", a, NULL, 1, &check_error), COCREATE_OK);
    cast(s, 103, "c8", "{'a':1}",
         "$.milestones[0].on_reach: 'a' has reached milestone 'm', which freezes its votes");
    /* Those that froze it stand, and are known when they come again, by either door. */
    exists(s, "{'at':103,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    exists(s, "{'at':103,'actor':'c7','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    assert_status(cocreate_vote(s, "x", "r", 103, "c6", a, NULL, 1, &check_error), COCREATE_EXISTS);
    cast(s, 103, "c6", "{'a':1,'b':1}",
         "$.milestones[0].on_reach: 'a' has reached milestone 'm', which freezes its votes");
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    shows(s, "x", "'state':'frozen'");
    shows(s, "x", "'state':'missed'");
    shows(s, "x", "'counts':{'created':5,'declined':0,'live':5,'removed':0,'withdrawn':0}");
    verified_close(s);
}

/* A later milestone may run from the publication, the deadline before, or the instant the one before was
 * reached: here 30 after 11, 111 and 102. One ballot may reach two. */
static void deadlines_run_from_three_instants(void **state)
{
    (void)state;
    static const char *const from[] = {"published", "previous", "reached"};
    static const int deadlines[] = {171, 271, 262};
    for (int i = 0; i < 3; i++) {
        char more[400], text[120];
        snprintf(more, sizeof more,
                 MILESTONES("{'id':'m','round':'r','target':1,'within_us':100},"
                            "{'id':'n','round':'r','target':3,'within_us':160,'from':'%s'}"),
                 from[i]);
        cocreate_store *s = open_round_with(NULL, UP, more);
        cast(s, 102, "c6", "{'a':1}", NULL);
        snprintf(text, sizeof text, "{'contribution':'a','deadline':%d,'due':%d", deadlines[i], deadlines[i]);
        shows(s, "x", text);
        verified_close(s);
    }
    cocreate_store *s = open_round_with(
        NULL, UP, MILESTONES("{'id':'m','round':'r','target':1,'within_us':100},"
                             "{'id':'n','round':'r','target':1,'within_us':100}"));
    cast(s, 102, "c6", "{'a':1}", NULL);
    shows(s, "x", "'reached':[{'at':102,'count':1,'milestone':'m'},{'at':102,'count':1,'milestone':'n'}],"
                  "'state':'complete'");
    verified_close(s);
}

/* Money: 700 of 1000 at the deadline, what was pledged is added up. */
static void amounts_are_summed(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL,
        "{'id':'r','lead':'customer','instrument':'points','points':900,'method':'score','phase':'vote',"
        "'cut':'all','certify':'auto'}",
        MILESTONES("{'id':'m','round':'r','metric':'amount','target':1000,'within_us':100}"));
    cast(s, 101, "c6", "{'a':400,'b':100}", NULL);
    cast(s, 102, "c7", "{'a':600,'b':200}", NULL);
    shows(s, "x", "{'contribution':'a','deadline':111,'from':11,'next':0,"
                  "'reached':[{'at':102,'count':1000,'milestone':'m'}],'state':'complete'}");
    done(s, "{'at':112,'actor':'host','do':'tick'}");
    shows(s, "x", "'reason':'300 of 1000 minor units before 1970-01-01T00:00:00.000112Z'");
    verified_close(s);
}

/* Who has left waits for nothing; a campaign that is over judges nobody. */
static void nothing_is_judged_after_the_end(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, UP, MILESTONES("{'id':'m','round':'r','target':2,'within_us':100}"));
    done(s, "{'at':101,'actor':'c1','do':'contribution.withdraw','campaign':'x','contribution':'a'}");
    shows(s, "x", "{'contribution':'a','deadline':111,'from':11,'next':0,'reached':[],'state':'stopped'}");
    done(s, "{'at':111,'actor':'host','do':'campaign.cancel','campaign':'x','reason':'no'}");
    exists(s, "{'at':190,'actor':'host','do':'tick'}");
    shows(s, "x", "'counts':{'created':5,'declined':0,'live':4,'removed':0,'withdrawn':1}");
    verified_close(s);
}

/* a waits until 111; a pause of 50 makes that 161. */
static void a_pause_moves_deadlines(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, UP, MILESTONES("{'id':'m','round':'r','target':1,'within_us':100}"));
    done(s, "{'at':105,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'storm'}");
    exists(s, "{'at':130,'actor':'host','do':'tick'}");
    done(s, "{'at':155,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(s, "x", "{'contribution':'a','deadline':161,'due':161,'from':61,'next':0,'reached':[],"
                  "'state':'waiting'}");
    cast(s, 160, "c6", "{'a':1}", NULL);
    shows(s, "x", "'reached':[{'at':160,'count':1,'milestone':'m'}],'state':'complete'");
    done(s, "{'at':170,'actor':'host','do':'tick'}");
    shows(s, "x", "'expired':4");
    verified_close(s);
}

static void milestones_of_a_brief_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *rounds, *milestones, *text;
    } cases[] = {
        {UP, "{'id':'m','round':'q','target':1,'within_us':1}",
         "$.brief.milestones[0].round: there is no round 'q'"},
        {"{'id':'r','lead':'firm','phase':'vote'}", "{'id':'m','round':'r','target':1,'within_us':1}",
         "$.brief.milestones[0].round: round 'r' takes no ballots that support contributions"},
        {UP,
         "{'id':'m','round':'r','target':1,'within_us':1},"
         "{'id':'m','round':'r','target':1,'within_us':1}",
         "$.brief.milestones[1].id: 'm' names another one already"},
        {UP, "{'id':'m','round':'r','target':1,'within_us':1,'from':'previous'}",
         "$.brief.milestones[0].from: there is no milestone before the first"},
        {UP ",{'id':'s','lead':'firm','phase':'vote','candidates':{'milestone':'n'}}",
         "{'id':'m','round':'r','target':1,'within_us':1}",
         "$.brief.rounds[1].candidates.milestone: there is no milestone 'n'"},
    };
    cocreate_store *s = open_round(UP);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command,
                 "{'at':20,'actor':'firm','do':'campaign.create','campaign':'y','brief':{"
                 "'brief':'cocreate.brief/1','title':'T','mode':'tinkering',"
                 "'contributors':['customer'],'phases':[{'id':'vote','after_us':0,"
                 "'for_us':9,'allows':['vote','decide']}],'rounds':[%s],'milestones':[%s]}}",
                 cases[i].rounds, cases[i].milestones);
        refused(s, command, COCREATE_ERR_SCHEMA, cases[i].text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recast_ballot_counts_once),
        cmocka_unit_test(a_reached_milestone_may_freeze_votes),
        cmocka_unit_test(deadlines_run_from_three_instants),
        cmocka_unit_test(amounts_are_summed),
        cmocka_unit_test(nothing_is_judged_after_the_end),
        cmocka_unit_test(a_pause_moves_deadlines),
        cmocka_unit_test(milestones_of_a_brief_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
