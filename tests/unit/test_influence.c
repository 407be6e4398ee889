/* What an entry earns, shared in phases by what people did. Shares are worked out by hand in each test. */
#include "awards.h"

#define IF(id, share, from) "{'id':'" id "','share':'" share "','from':" from "}"
#define ROUND(id, instrument)                                                                  \
    "{'id':'" id "','lead':'customer','binding':false,'phase':'q','certify':'auto','instrument':'" \
    instrument "','electorate':['customer','public']"

/* People vote, score, answer and pledge in [100, 200); the firm chooses in [200, 300). */
#define HELPED(phases, team, prize)                                                                          \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["                                   \
               "{'id':'p','opens':0,'closes':100,'allows':['submit']},"                                      \
               "{'id':'q','opens':100,'closes':200,'allows':['vote']},"                                      \
               "{'id':'z','opens':200,'closes':300,'allows':['decide']}],'rounds':["                         \
               ROUND("v", "approve") ",'method':'approval'},"                                                \
               ROUND("m", "score") ",'method':'score','scale':[0,5],'each':true},"                           \
               ROUND("s", "survey") ",'questions':[{'key':'k','type':'integer'}]},"                          \
               ROUND("l", "pledge") "},"                                                                     \
               "{'id':'r','lead':'firm','phase':'z','certify':'auto'}],"                                     \
               "'rewards':[{'id':'w','round':'r','influence':[" phases "],'scheme':{"                        \
               "'scheme':'cocreate.incentives/1','currency':'USD',"                                          \
               "'funds':[{'id':'f','budget':'" prize "'}],'rules':"                                          \
               "[{'id':'win','kind':'winner_takes_all','fund':'f','prize':'" prize "'" team "}]}}]"
#define VOTE(at, actor, round, ballot)                                                      \
    "{'at':" #at ",'actor':'" actor "','do':'ballot.cast','campaign':'c','round':'" round \
    "','ballot':{" ballot "}}"
#define PAID(who, minor) "{'account':'payable:" who "','currency':'USD','minor':" #minor "}"

static cocreate_store *helped(const char *brief)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(10, "ann", "a", ""));
    done(s, SUBMIT(11, "bob", "b", ""));
    done(s, SUBMIT(12, "cat", "c", ""));
    return s;
}

static void chosen(cocreate_store *s)
{
    done(s, DO(250, "decision.make", ",'round':'r','contribution':'a','verdict':'select'"));
    done(s, TICK(300));
}

#define FOUR                                                                                     \
    IF("idea", "1/2", "'authors'") "," IF("votes", "1/4", "{'votes':'v'}") ","                   \
    IF("rating", "0.125", "{'majority':'m'}") "," IF("research", "1/8", "{'ballots':'s'}")

/* bob and cat vote for a (1/8 each) and give it the 4 that most give (1/16 each), pat gives 1 and answers
 * (1/8): 8/16, 3/16, 3/16 and 2/16 of 16.00. */
static void phases_are_shared_by_what_people_did(void **state)
{
    (void)state;
    cocreate_store *s = helped(HELPED(FOUR, "", "16.00"));
    done(s, VOTE(110, "bob", "v", "'a':1,'c':1"));
    done(s, VOTE(110, "cat", "v", "'a':1"));
    done(s, VOTE(110, "pat", "v", "'b':1"));
    done(s, VOTE(110, "bob", "m", "'a':4"));
    done(s, VOTE(110, "cat", "m", "'a':4"));
    done(s, VOTE(110, "pat", "m", "'a':1"));
    done(s, VOTE(110, "pat", "s", "'k':3"));
    chosen(s);
    shows(s, "c", PAID("ann", 800));
    shows(s, "c", PAID("bob", 300));
    shows(s, "c", PAID("cat", 300));
    shows(s, "c", PAID("pat", 200));
    verified_close(s);
}

/* Nobody answers: the other seven eighths are the whole, 8/14, 3/14 and 3/14 of 14.00. Two marks that as many
 * gave are both those of the majority. */
static void who_did_nothing_gets_nothing(void **state)
{
    (void)state;
    cocreate_store *s = helped(HELPED(FOUR, ",'team':{'split':'declared'}", "14.00"));
    done(s, VOTE(110, "bob", "v", "'a':1"));
    done(s, VOTE(110, "cat", "v", "'a':1"));
    done(s, VOTE(110, "bob", "m", "'a':4"));
    done(s, VOTE(110, "cat", "m", "'a':0"));
    chosen(s);
    shows(s, "c", PAID("ann", 800));
    shows(s, "c", PAID("bob", 300));
    shows(s, "c", PAID("cat", 300));
    verified_close(s);
}

/* b and c amend a, with credits 1/2 and 1/4: 1/6 and 1/12 of the whole; bob pledges 1.00 and pat 3.00: 1/16
 * and 3/16. Of 48.00 that is 24, 8 + 3, 4 and 9. */
static void edges_and_pledges_weigh(void **state)
{
    (void)state;
    cocreate_store *s = helped(HELPED(IF("idea", "1/2", "'authors'") ","
                                      IF("parts", "1/4", "{'edges':'amends'}") ","
                                      IF("presale", "1/4", "{'pledges':'l'}"), "", "48.00"));
    done(s, "{'at':20,'actor':'bob','do':'edge.propose','campaign':'c','from':'b','to':'a','type':'amends',"
            "'credit':'1/2'}");
    done(s, "{'at':20,'actor':'cat','do':'edge.propose','campaign':'c','from':'c','to':'a','type':'amends',"
            "'credit':'1/4'}");
    done(s, "{'at':21,'actor':'ann','do':'edge.accept','campaign':'c','from':'b','to':'a','type':'amends'}");
    done(s, "{'at':21,'actor':'ann','do':'edge.accept','campaign':'c','from':'c','to':'a','type':'amends'}");
    done(s, VOTE(110, "bob", "l", "'a':100"));
    done(s, VOTE(110, "pat", "l", "'a':300"));
    done(s, VOTE(110, "cat", "l", "'b':900"));
    chosen(s);
    shows(s, "c", PAID("ann", 2400));
    shows(s, "c", PAID("bob", 1100));
    shows(s, "c", PAID("cat", 400));
    shows(s, "c", PAID("pat", 900));
    verified_close(s);
}

/* Nobody voted, and authors have no phase: the author has it all. */
static void nobody_helped(void **state)
{
    (void)state;
    cocreate_store *s = helped(HELPED(IF("votes", "1", "{'votes':'v'}"), "", "5.00"));
    chosen(s);
    shows(s, "c", PAID("ann", 500));
    verified_close(s);
}

static void wrong_briefs_are_refused(void **state)
{
    (void)state;
    refuses(HELPED(IF("idea", "0.5", "'authors'") "," IF("v", "0.49", "{'votes':'v'}"), "", "5.00"),
            "$.rewards[0].influence: the shares of the phases sum to 99/100, not to 1: add or take "
            "away the rest");
    refuses(HELPED("", "", "5.00"),
            "$.rewards[0].influence: the shares of the phases sum to 0, not to 1: add or take "
            "away the rest");
    refuses(HELPED(IF("idea", "1", "'authors'") "," IF("idea", "1", "'authors'"), "", "5.00"),
            "$.rewards[0].influence[1].id: 'idea' names another one already");
    refuses(HELPED(IF("idea", "0", "'authors'"), "", "5.00"), "$.rewards[0].influence[0].share: not above 0");
    refuses(HELPED("{'id':'idea','from':'authors'}", "", "5.00"),
            "$.rewards[0].influence[0].share: required, but missing");
    refuses(HELPED(IF("v", "1", "{'votes':'v','pledges':'l'}"), "", "5.00"),
            "$.rewards[0].influence[0].from: expected \"authors\", or one of votes, majority, ballots and "
            "pledges with a round, or edges with a type");
    refuses(HELPED(IF("v", "1", "{'votes':'x'}"), "", "5.00"),
            "$.rewards[0].influence[0].from.votes: there is no round 'x'");
    refuses(HELPED(IF("v", "1", "{'votes':'s'}"), "", "5.00"),
            "$.rewards[0].influence[0].from.votes: round 's' has no ballots");
    refuses(HELPED(IF("v", "1", "{'pledges':'v'}"), "", "5.00"),
            "$.rewards[0].influence[0].from.pledges: round 'v' has no pledges");
    refuses(HELPED(IF("v", "1", "{'majority':'v'}"), "", "5.00"),
            "$.rewards[0].influence[0].from.majority: round 'v' has no scores or votes up and down");
    refuses(HELPED(IF("v", "1", "{'ballots':'r'}"), "", "5.00"),
            "$.rewards[0].influence[0].from.ballots: round 'r' has no ballots");
    refuses(HELPED(IF("v", "1", "'authors'"), ",'team':{'split':'equal'}", "5.00"),
            "$.rewards[0].influence: gives shares, but rule 'win' splits 'equal': leave its 'team' away");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phases_are_shared_by_what_people_did),
        cmocka_unit_test(who_did_nothing_gets_nothing),
        cmocka_unit_test(edges_and_pledges_weigh),
        cmocka_unit_test(nobody_helped),
        cmocka_unit_test(wrong_briefs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
