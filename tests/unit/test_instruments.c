/* What the evidence of a round looks like: every instrument with its ballots, refusals and a result
 * worked out by hand. */
#include "rounds.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

#define ROUND(instrument) \
    "{'id':'r','lead':'customer','instrument':'" instrument "','phase':'vote','certify':'auto'"

static void refused_ballot(cocreate_store *store, const char *votes, cocreate_status status,
                           const char *text)
{
    char command[512];
    snprintf(command, sizeof command,
             "{'at':150,'actor':'c9','do':'ballot.cast','campaign':'x','round':'r','ballot':%s}",
             votes);
    refused(store, command, status, text);
}

/* Each option has its own ballot of a voter: a has 3 up-votes, b 1. */
static void up_votes_add_up(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("up") ",'recast':false}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c6", "{'b':1}");
    ballot(store, "c7", "{'a':1}");
    ballot(store, "c8", "{'a':1}");
    exists(store,
           "{'at':151,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    refused_ballot(store, "{'a':2}", COCREATE_ERR_ARGUMENT, "an up-vote for 'a' is 1, not 2");
    refused_ballot(store, "{'a':1,'b':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].each: each option has a ballot of its own, this one names 2");
    refused_ballot(store, "{}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].each: each option has a ballot of its own, this one names 0");
    tick(store, 200);
    shows(store, "x", "{'exact':'3','from':1,'id':'a','score':3,'to':1}");
    shows(store, "x", "{'exact':'1','from':2,'id':'b','score':1,'to':2}");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* a: 10 + 10 - 10 = 10; b: -10; a voter who changes the vote is counted once. */
static void votes_up_and_down_count_their_step(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("updown") ",'step':10}");
    const char *a[] = {"a"};
    const int64_t up[] = {1}, down[] = {-1};
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c7", "{'a':-1}");
    ballot(store, "c7", "{'a':1}");
    ballot(store, "c7", "{'b':-1}");
    assert_status(cocreate_vote(store, "x", "r", 150, "c8", a, up, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_vote(store, "x", "r", 150, "c8", a, down, 1, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_vote(store, "x", "r", 150, "c8", a, down, 1, &check_error),
                  COCREATE_EXISTS);
    refused_ballot(store, "{'a':0}", COCREATE_ERR_ARGUMENT,
                   "a vote on 'a' is 1 (up) or -1 (down), not 0");
    tick(store, 200);
    shows(store, "x", "{'exact':'10','from':1,'id':'a','score':10,'to':1}");
    shows(store, "x", "{'exact':'-10','from':2,'id':'b','score':-10,'to':2}");
    verified_close(store);
}

static void a_choice_is_one_option(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("choice") "}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c6", "{'b':1}"); /* the last one counts */
    ballot(store, "c7", "{'b':1}");
    refused_ballot(store, "{'a':1,'b':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].instrument: a choice is one option, the ballot names 2");
    refused_ballot(store, "{'a':5}", COCREATE_ERR_ARGUMENT, "a choice of 'a' is 1, not 5");
    tick(store, 200);
    shows(store, "x", "{'exact':'2','from':1,'id':'b','score':2,'to':1}");
    shows(store, "x", "{'exact':'0','from':2,'id':'a','score':0,'to':5}");
    verified_close(store);
}

/* a wins 2 of 2 duels: (2 + 1) / (2 + 2) = 3/4; b wins 1 of 2: 1/2; c wins 0 of 2: 1/4. d and e are in
 * none, have no score and come last. */
static void duels_give_the_chance_to_win(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("pair") "}");
    ballot(store, "c6", "{'a':1,'b':0}");
    ballot(store, "c7", "{'c':0,'a':1}");
    ballot(store, "c6", "{'b':0,'c':1}");
    ballot(store, "c6", "{'c':0,'b':1}"); /* the same pair again: it replaces the duel */
    refused_ballot(store, "{'a':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].instrument: a duel is between two options, the ballot names 1");
    refused_ballot(store, "{'a':1,'b':1}", COCREATE_ERR_ARGUMENT,
                   "one option of a duel is 1, the better, and the other 0");
    refused_ballot(store, "{'a':2,'b':1}", COCREATE_ERR_ARGUMENT,
                   "'a' is 1 (the better) or 0 in a duel, not 2");
    tick(store, 200);
    shows(store, "x", "'places':[{'exact':'3/4','from':1,'id':'a','score':0.75,'to':1},"
                      "{'exact':'1/2','from':2,'id':'b','score':0.5,'to':2},");
    shows(store, "x", "{'exact':'1/4','from':3,'id':'c','score':0.25,'to':3},{'from':4,");
    verified_close(store);
}

/* The same duels as rankings of two: a beats b and c, b beats c; options outside a duel are not
 * compared. */
static void duels_feed_methods_of_rankings(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("pair") ",'method':'copeland'}");
    ballot(store, "c6", "{'a':1,'b':0}");
    ballot(store, "c7", "{'c':0,'a':1}");
    ballot(store, "c6", "{'c':0,'b':1}");
    tick(store, 200);
    shows(store, "x", "'unranked':'ignored'");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* c6 spends 3^2 + 2^2 = 13 of 16, c7 4^2 = 16 against a: a = 3 - 4 = -1, b = 2. */
static void votes_cost_their_square(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("quadratic") ",'credits':16}");
    ballot(store, "c6", "{'a':3,'b':2}");
    ballot(store, "c7", "{'a':-4}");
    refused_ballot(store, "{'a':3,'b':3}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].credits: the ballot spends 18 credits, the most is 16");
    refused_ballot(store, "{'a':5}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].credits: 5 votes for 'a' cost their square, and a ballot has 16 "
                   "credits");
    refused_ballot(store, "{'a':3037000500}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].credits: 3037000500 votes for 'a' cost their square, and a ballot "
                   "has 16 credits");
    tick(store, 200);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* Costs are 100 .. 500 for a .. e; a budget of 6.00 buys a, b and c. */
static void purchases_stay_within_the_budget(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("budget") ",'budget':'6.00','ties':['id']}");
    ballot(store, "c6", "{'a':1,'b':1,'c':1}");
    ballot(store, "c7", "{'a':1,'e':1}");
    ballot(store, "c8", "{'b':1,'d':1}");
    refused_ballot(store, "{'b':1,'e':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].budget: the ballot costs 7.00, the budget is 6.00");
    refused_ballot(store, "{'b':2}", COCREATE_ERR_ARGUMENT, "a purchase of 'b' is 1, not 2");
    tick(store, 200);
    shows(store, "x", "'selected':['a','b','c']");
    verified_close(store);
}

/* By backers a leads 2 to 1, by amount b: 5000 to 3000. */
static void pledges_count_backers_or_amounts(void **state)
{
    (void)state;
    for (int amount = 0; amount < 2; amount++) {
        cocreate_store *store =
            open_round(amount ? ROUND("pledge") ",'pledge_min':1000,'count_by':'amount'}"
                              : ROUND("pledge") ",'pledge_min':1000}");
        ballot(store, "c6", "{'a':1000}");
        ballot(store, "c7", "{'a':2000}");
        ballot(store, "c6", "{'b':5000}");
        refused_ballot(store, "{'a':999}", COCREATE_ERR_REFUSED,
                       "$.rounds[0].pledge_min: the pledge of 999 for 'a' is below 1000");
        tick(store, 200);
        shows(store, "x", amount ? "{'exact':'5000','from':1,'id':'b','score':5000,'to':1}"
                                 : "{'exact':'2','from':1,'id':'a','score':2,'to':1}");
        verified_close(store);
    }
}

/* a: good, good, bad = 2/3 accepted; b: bad = 0; who has no label has no score. */
static void labels_go_to_the_majority(void **state)
{
    (void)state;
    cocreate_store *store = open_round(
        ROUND("label") ",'labels':['good','bad','unclear'],'accept':['good'],"
                       "'cut':{'at_least':'1/2'}}");
    const char *a[] = {"a"};
    const int64_t bad[] = {1}, none[] = {3};
    ballot(store, "c6", "{'a':'good'}");
    ballot(store, "c7", "{'a':'good'}");
    ballot(store, "c6", "{'b':'bad'}");
    assert_status(cocreate_vote(store, "x", "r", 150, "c8", a, bad, 1, &check_error), COCREATE_OK);
    exists(store, "{'at':151,'actor':'c8','do':'ballot.cast','campaign':'x','round':'r',"
                  "'ballot':{'a':'bad'}}");
    assert_failure(cocreate_vote(store, "x", "r", 151, "c9", a, none, 1, &check_error),
                   COCREATE_ERR_REFUSED,
                   "$.rounds[0].labels: the label of 'a' is number 3, the labels are 0..2");
    refused_ballot(store, "{'a':'ugly'}", COCREATE_ERR_SCHEMA,
                   "$.ballot.a: 'ugly' is none of the labels");
    refused_ballot(store, "{'a':true}", COCREATE_ERR_SCHEMA,
                   "$.ballot.a: must be one of the labels, or its number from 0");
    tick(store, 200);
    shows(store, "x", "'places':[{'exact':'2/3','from':1,'id':'a'");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

#define QUESTIONS                                                                        \
    ",'questions':[{'key':'colour','type':'choice','choices':['red','blue'],'required':true}," \
    "{'key':'age','type':'integer','min':0,'max':120},{'key':'why','type':'text'}]}"

static void a_survey_counts_answers(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("survey") QUESTIONS);
    const char *a[] = {"a"};
    ballot(store, "c1", "{'colour':'red','age':30}");
    ballot(store, "c2", "{'colour':'red','age':41,'why':'warm'}");
    ballot(store, "c3", "{'colour':'blue'}");
    ballot(store, "c3", "{'colour':'red'}");
    refused_ballot(store, "{'colour':'green'}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions[0]: the answer is none of the choices, as 'red'");
    refused_ballot(store, "{'age':7}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions[0]: this question must be answered");
    refused_ballot(store, "{'colour':'red','age':121}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions[1]: the answer 121 is outside 0..120");
    refused_ballot(store, "{'colour':'red','age':'old'}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions[1]: the answer is no integer");
    refused_ballot(store, "{'colour':'red','why':7}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions[2]: the answer is no text");
    refused_ballot(store, "{'shape':'round'}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].questions: there is no question 'shape'");
    assert_failure(cocreate_vote(store, "x", "r", 150, "c9", a, NULL, 1, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "a ballot of round 'r' answers its questions: ballot.cast");
    tick(store, 200);
    shows(store, "x", "'answers':{'age':{'count':2,'least':30,'most':41,'sum':71},"
                      "'colour':{'count':3,'counts':{'blue':0,'red':3}},'why':{'count':1}}");
    shows(store, "x", "'state':'published'"); /* nobody was selected or not selected */
    refused(store,
            "{'at':200,'actor':'firm','do':'decision.make','campaign':'x','round':'r','contribution':'a',"
            "'verdict':'select','override':true,'reason':'a fault'}",
            COCREATE_ERR_REFUSED, "$.rounds[0].instrument: round 'r' is a survey, which selects nobody");
    verified_close(store);
}

/* Scores may also be given one option at a time, as designs are scored. */
static void scores_may_come_one_by_one(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("score") ",'method':'score','each':true}");
    ballot(store, "c6", "{'a':5}");
    ballot(store, "c6", "{'b':2}");
    ballot(store, "c7", "{'a':4}");
    ballot(store, "c6", "{'b':3}");
    tick(store, 200);
    shows(store, "x", "{'exact':'9/2','from':1,'id':'a','score':4.5,'to':1}");
    shows(store, "x", "{'exact':'3','from':2,'id':'b','score':3,'to':2}");
    verified_close(store);
}

/* A weight of 1 is 2 units of 1/2, and no multiple of 2. */
static void ballots_weigh_what_their_voters_weigh(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("up") ",'weights':'1/2'}");
    const char *a[] = {"a"};
    ballot(store, "c6", "{'a':1}");
    assert_status(cocreate_vote(store, "x", "r", 150, "c7", a, NULL, 1, &check_error),
                  COCREATE_OK);
    tick(store, 200);
    shows(store, "x", "{'exact':'4','from':1,'id':'a','score':4,'to':1}");
    verified_close(store);
    store = open_round(ROUND("up") ",'weights':2}");
    refused_ballot(store, "{'a':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].weights: the weight of 'c9' is no multiple of the unit");
    verified_close(store);
}

/* Lots are those of cc-tie/1 for the seed, in its order. */
#define ZERO_SEED "0000000000000000000000000000000000000000000000000000000000000000"
#define ZERO_COMMITMENT "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"

static void a_lot_draws_winners_and_alternates(void **state)
{
    (void)state;
    const char *ids[] = {"a", "b", "c", "e"};
    uint32_t order[4];
    uint8_t seed[32] = {0};
    char expected[120];
    cocreate_store *store = open_round(
        "{'id':'r','lead':'lot','phase':'vote','certify':'auto','draw':{'winners':2,"
        "'alternates':1},'seed_commitment':'" ZERO_COMMITMENT "'}");
    refused_ballot(store, "{'a':1}", COCREATE_ERR_REFUSED,
                   "$.rounds[0].instrument: round 'r' takes no ballots");
    done(store, "{'at':160,'actor':'c4','do':'contribution.withdraw','campaign':'x',"
                "'contribution':'d'}");
    tick(store, 200);
    done(store, "{'at':202,'actor':'firm','do':'round.reveal','campaign':'x','round':'r','seed':'"
                ZERO_SEED "'}");
    assert_status(cocreate_lots(seed, "x/r", ids, 4, order, &check_error), COCREATE_OK);
    snprintf(expected, sizeof expected, "'selected':['%s','%s']", ids[order[0]], ids[order[1]]);
    shows(store, "x", expected);
    snprintf(expected, sizeof expected, "'alternates':['%s']", ids[order[2]]);
    shows(store, "x", expected);
    verified_close(store);
}

static void members_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {"'lead':'customer','instrument':'label','labels':['a'],'accept':['a']",
         "$.rounds[0].labels: expected a list of 2 to 60 texts"},
        {"'lead':'customer','instrument':'label','labels':['a','a'],'accept':['a']",
         "$.rounds[0].labels[1]: stands in the list twice"},
        {"'lead':'customer','instrument':'label','labels':['a',''],'accept':['a']",
         "$.rounds[0].labels[1]: expected a text"},
        {"'lead':'customer','instrument':'label','labels':['a','b'],'accept':['c']",
         "$.rounds[0].accept[0]: is none of the labels"},
        {"'lead':'customer','instrument':'label','labels':['a','b'],'accept':[]",
         "$.rounds[0].accept: expected at least one of the labels"},
        {"'lead':'customer','instrument':'up','labels':['a','b']",
         "$.rounds[0].labels: is only for instrument 'label'"},
        {"'lead':'customer','instrument':'up','each':false",
         "$.rounds[0].each: ballots of this instrument speak of one option at a time"},
        {"'lead':'customer','instrument':'choice','each':true",
         "$.rounds[0].each: ballots of this instrument speak of all options at once"},
        {"'lead':'customer','instrument':'up','choices':[1,2]",
         "$.rounds[0].choices: each ballot speaks of one option; a limit bounds how many"},
        {"'lead':'customer','instrument':'budget'",
         "$.rounds[0].budget: is missing: ballots spend it, as \"10000.00\""},
        {"'lead':'customer','instrument':'up','weights':'0'",
         "$.rounds[0].weights: expected a number above 0"},
        {"'lead':'customer','instrument':'survey','questions':[]",
         "$.rounds[0].questions: expected a list of 1 to 200 questions"},
        {"'lead':'customer','instrument':'survey','questions':[{'key':'k','type':'text','min':1}]",
         "$.rounds[0].questions[0].min: is only for questions of type 'integer'"},
        {"'lead':'customer','instrument':'survey','questions':[{'key':'k','type':'choice'}]",
         "$.rounds[0].questions[0].choices: expected a list of 1 to 1000 texts"},
        {"'lead':'customer','instrument':'survey','questions':[{'key':'k','type':'text'},"
         "{'key':'k','type':'text'}]",
         "$.rounds[0].questions[1].key: 'k' names another one already"},
        {"'lead':'customer','instrument':'survey','questions':[{'key':'k','type':'text'}],"
         "'method':'score'",
         "$.rounds[0].method: is only for rounds with ballots that rank"},
        {"'lead':'lot'", "$.rounds[0].seed_commitment: lots need the SHA-256 of their seed in the "
                         "brief"},
        {"'lead':'lot','seed_commitment':'" ZERO_COMMITMENT "','cut':'all'",
         "$.rounds[0].cut: is only for rounds that have places"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char brief[1000];
        snprintf(brief, sizeof brief,
                 "{'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':"
                 "['customer'],'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['vote']}],"
                 "'rounds':[{'id':'r','phase':'p',%s}]}",
                 cases[i].members);
        char *json = quoted(brief);
        assert_failure(cocreate_brief_check(NULL, json, strlen(json), NULL, &check_error),
                       COCREATE_ERR_SCHEMA, cases[i].text);
        free(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(up_votes_add_up),
        cmocka_unit_test(votes_up_and_down_count_their_step),
        cmocka_unit_test(a_choice_is_one_option),
        cmocka_unit_test(duels_give_the_chance_to_win),
        cmocka_unit_test(duels_feed_methods_of_rankings),
        cmocka_unit_test(votes_cost_their_square),
        cmocka_unit_test(purchases_stay_within_the_budget),
        cmocka_unit_test(pledges_count_backers_or_amounts),
        cmocka_unit_test(labels_go_to_the_majority),
        cmocka_unit_test(a_survey_counts_answers),
        cmocka_unit_test(scores_may_come_one_by_one),
        cmocka_unit_test(ballots_weigh_what_their_voters_weigh),
        cmocka_unit_test(a_lot_draws_winners_and_alternates),
        cmocka_unit_test(members_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
