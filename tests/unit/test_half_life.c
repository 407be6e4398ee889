/* Votes that lose half their worth in every half-life, as in Salesforce Ideas (10 points, 14 days).
 * Expected by hand: 10 points are worth 5 after one half-life, 10 / sqrt(2) = 7.071068 after half of one. */
#include "commands.h"

#define DAY INT64_C(86400000000)

static void run(cocreate_store *store, int64_t at, const char *actor, const char *rest)
{
    char command[3000];
    snprintf(command, sizeof command, "{'at':%lld,'actor':'%s',%s}", (long long)at, actor, rest);
    done(store, command);
}

static cocreate_status create(cocreate_store *store, const char *round)
{
    char command[3000];
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'Ideas','mode':'tinkering','control':'open',"
             "'contributors':['customer'],'phases':[{'id':'open','after_us':0,'for_us':%lld,"
             "'allows':['submit','withdraw','vote']}],'rounds':[{'id':'r','lead':'customer','phase':'open',"
             "'certify':'auto',%s}]}}",
             (long long)(56 * DAY), round);
    return execute(store, command, NULL);
}

#define ROUND "'instrument':'updown','step':10,'rolling':true,'cut':{'top':2},'half_life_us':1209600000000"

static cocreate_store *people(void)
{
    char rest[200], name[8];
    cocreate_store *store = open_store();
    run(store, 0, "host", "'do':'participant.put','participant':'firm','side':'firm'");
    for (int i = 1; i <= 6; i++) {
        snprintf(name, sizeof name, "c%d", i);
        snprintf(rest, sizeof rest, "'do':'participant.put','participant':'%s','side':'customer'", name);
        run(store, 0, "host", rest);
    }
    return store;
}

/* Ideas a to d by c6, from the day 0 on; the phase ends on the day 56. */
static cocreate_store *open_ideas(const char *round)
{
    cocreate_store *store = people();
    assert_status(create(store, round), COCREATE_OK);
    run(store, 0, "firm", "'do':'campaign.publish','campaign':'x'");
    for (const char *id = "abcd"; *id; id++) {
        char rest[200];
        snprintf(rest, sizeof rest, "'do':'contribution.submit','campaign':'x','contribution':'%c'", *id);
        run(store, 1 + (id[0] - 'a'), "c6", rest);
    }
    return store;
}

static void vote(cocreate_store *store, int64_t at, const char *voter, const char *ballot)
{
    char rest[200];
    snprintf(rest, sizeof rest, "'do':'ballot.cast','campaign':'x','round':'r','ballot':%s", ballot);
    run(store, at, voter, rest);
}

static void tick(cocreate_store *store, int64_t at)
{
    assert_true(cocreate_tick(store, at, &check_error) >= 0);
}

static void explains(cocreate_store *store, const char *id, const char *sentence)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(store, id, "x", &text, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(text), sentence))
        print_error("%s\n  does not say %s\n", cocreate_text_data(text), sentence);
    assert_non_null(strstr(cocreate_text_data(text), sentence));
    cocreate_text_free(text);
}

/* Three votes of a month ago are worth less than one of today, and more than one of last week. */
static void new_votes_count_more(void **state)
{
    (void)state;
    cocreate_store *store = open_ideas(ROUND);
    vote(store, 14 * DAY, "c1", "{'a':1}");
    vote(store, 14 * DAY, "c2", "{'a':1}");
    vote(store, 14 * DAY, "c3", "{'a':1}"); /* 30, on the day 42 a quarter: 7.5 */
    vote(store, 14 * DAY, "c1", "{'d':-1}");
    vote(store, 35 * DAY, "c4", "{'c':1}"); /* 10, on the day 42 7.071068 */
    vote(store, 42 * DAY, "c4", "{'b':1}");
    shows(store, "x",
          "'board':[{'exact':'10','from':1,'id':'b','points':10,'score':10,'to':1},"
          "{'exact':'7.5','from':2,'id':'a','points':30,'score':7.5,'to':2},"
          "{'exact':'7.071068','from':3,'id':'c','points':10,'score':7.071068,'to':3},"
          "{'exact':'-2.5','from':4,'id':'d','points':-10,'score':-2.5,'to':4}]");
    explains(store, "a", "In round 'r', which is open, it is at place 2 of 4.");
    explains(store, "a", "Its votes gave it 30 points, which lose half their worth in 14 days: at "
                         "1970-02-12T00:00:00Z they were worth 7.5.");
    tick(store, 56 * DAY); /* a half-life on: nobody overtook anybody */
    shows(store, "x",
          "'result':{'at':4838400000000,'ballots':{'count':6},'digest':");
    shows(store, "x",
          "'method':'half_life','places':[{'exact':'5','from':1,'id':'b','points':10,'score':5,'to':1},"
          "{'exact':'3.75','from':2,'id':'a','points':30,'score':3.75,'to':2},"
          "{'exact':'3.535534','from':3,'id':'c','points':10,'score':3.535534,'to':3},"
          "{'exact':'-1.25','from':4,'id':'d','points':-10,'score':-1.25,'to':4}],'selected':['b','a']");
    explains(store, "b", "In round 'r' by half_life: place 1 of 4, score 5.");
    verified_close(store);
}

/* The last ballot of a voter is what counts, from when it was cast; one taken back counts nothing. */
static void a_vote_begins_anew(void **state)
{
    (void)state;
    cocreate_store *store = open_ideas(ROUND);
    vote(store, 14 * DAY, "c1", "{'a':1}");
    vote(store, 14 * DAY, "c2", "{'b':-1}");
    vote(store, 28 * DAY, "c2", "{'b':1}");
    vote(store, 28 * DAY, "c3", "{'c':1}");
    run(store, 28 * DAY, "c3", "'do':'ballot.retract','campaign':'x','round':'r','options':['c']");
    shows(store, "x",
          "'board':[{'exact':'10','from':1,'id':'b','points':10,'score':10,'to':1},"
          "{'exact':'5','from':2,'id':'a','points':10,'score':5,'to':2},"
          "{'exact':'0','from':3,'id':'c','points':0,'score':0,'to':4},"
          "{'exact':'0','from':3,'id':'d','points':0,'score':0,'to':4}]");
    verified_close(store);
}

/* Equal to the last bit: of one instant and number. The chain breaks it, as elsewhere. */
static void ties_go_by_the_chain(void **state)
{
    (void)state;
    cocreate_store *store = open_ideas("'instrument':'up','rolling':true,'cut':{'top':1,'ties':'out'},"
                                       "'ties':['earliest'],'half_life_us':3600000000");
    vote(store, 14 * DAY, "c2", "{'b':1}");
    vote(store, 14 * DAY, "c1", "{'c':1}");
    vote(store, 14 * DAY - 0, "c3", "{'a':1}");
    shows(store, "x", "'board':[{'exact':'1','from':1,'id':'a','points':1,'score':1,'to':3}");
    tick(store, 56 * DAY); /* 1008 half-lives on nothing is left to show, and the order is the same */
    shows(store, "x", "'places':[{'exact':'0','from':1,'id':'a','points':1,'score':0,'to':1},");
    shows(store, "x", "'selected':['a']");
    shows(store, "x", "{'exact':'0','from':4,'id':'d','points':0,'score':0,'to':4}]");
    explains(store, "c", "It was tied with 2 others; the rule 'earliest' broke the tie.");
    verified_close(store);
}

/* Each period is judged at its end, and the line is worth, not points. */
static void periods_and_lines(void **state)
{
    (void)state;
    cocreate_store *store =
        open_ideas("'instrument':'updown','step':10,'rolling':true,'cut':{'at_least':'6'},"
                   "'every_us':2419200000000,'half_life_us':1209600000000");
    vote(store, 14 * DAY, "c1", "{'a':1}"); /* 5 on the day 28 */
    vote(store, 21 * DAY, "c1", "{'b':1}"); /* 7.07 */
    tick(store, 28 * DAY);
    shows(store, "x", "'selected':['b']");
    vote(store, 42 * DAY, "c2", "{'a':1}"); /* on the day 56 5, and the old one 1.25 */
    tick(store, 56 * DAY);
    shows(store, "x", "{'exact':'6.25','from':1,'id':'a','points':20,'score':6.25,'to':1}");
    shows(store, "x", "'selected':['a','b']");
    explains(store, "a", "Its votes gave it 20 points, which lose half their worth in 14 days: at "
                         "1970-02-26T00:00:00Z they were worth 6.25.");
    verified_close(store);
}

static void wrong(const char *round, const char *text)
{
    cocreate_store *store = people();
    assert_status(create(store, round), COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    cocreate_store_close(store);
}

static void briefs_that_are_wrong(void **state)
{
    (void)state;
    wrong("'instrument':'updown','half_life_us':3599999999",
          "$.brief.rounds[0].half_life_us: "
          "3599999999 is out of range, expected 3600000000 to 31536000000000");
    wrong("'instrument':'updown','half_life_us':31536000000001",
          "$.brief.rounds[0].half_life_us: "
          "31536000000001 is out of range, expected 3600000000 to 31536000000000");
    wrong("'instrument':'approve','method':'approval','half_life_us':86400000000",
          "$.brief.rounds[0].half_life_us: is only for the instruments up and updown");
    wrong("'instrument':'updown','options':{'aggregate':'mean'},'half_life_us':86400000000",
          "$.brief.rounds[0].method: places go by what votes are worth ('half_life_us'): leave out 'method' "
          "and 'options'");
    wrong("'instrument':'updown','channels':{'blog':1},'half_life_us':86400000000",
          "$.brief.rounds[0].half_life_us: excludes 'channels'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_votes_count_more), cmocka_unit_test(a_vote_begins_anew),
        cmocka_unit_test(ties_go_by_the_chain), cmocka_unit_test(periods_and_lines),
        cmocka_unit_test(briefs_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
