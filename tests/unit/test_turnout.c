/* Channels, quorums, ballots taken back or struck. Sums are worked out by hand. */
#include "rounds.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

#define ROUND(instrument) \
    "{'id':'r','lead':'customer','instrument':'" instrument "','phase':'vote','certify':'auto'"
#define AT(at, actor, verb, more) \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "','campaign':'x','round':'r'" more "}"

/* Blog: a 2, b 0; social: a 0, b 1, which counts 3: b wins 3 to 2, and each channel stands apart. */
static void channels_are_counted_apart(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("choice") ",'channels':{'blog':1,'social':3}}");
    const char *a[] = {"a"};
    done(store, AT(150, "c6", "ballot.cast", ",'channel':'blog','ballot':{'a':1}"));
    done(store, AT(150, "c7", "ballot.cast", ",'channel':'blog','ballot':{'a':1}"));
    done(store, AT(150, "c8", "ballot.cast", ",'channel':'social','ballot':{'b':1}"));
    exists(store, AT(151, "c8", "ballot.cast", ",'channel':'social','ballot':{'b':1}"));
    refused(store, AT(151, "c9", "ballot.cast", ",'ballot':{'b':1}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].channels: a ballot of round 'r' names its channel");
    refused(store, AT(151, "c9", "ballot.cast", ",'channel':'tv','ballot':{'b':1}"),
            COCREATE_ERR_REFUSED, "$.rounds[0].channels: round 'r' has no channel 'tv'");
    assert_failure(cocreate_vote(store, "x", "r", 151, "c9", a, NULL, 1, &check_error),
                   COCREATE_ERR_REFUSED,
                   "$.rounds[0].channels: a ballot of round 'r' names its channel");
    tick(store, 200);
    shows(store, "x", "'selected':['b']");
    shows(store, "x", "'places':[{'exact':'3','from':1,'id':'b','score':3,'to':1},"
                      "{'exact':'2','from':2,'id':'a','score':2,'to':2}");
    shows(store, "x", "'places':[{'exact':'2','from':1,'id':'a','score':2,'to':1},"
                      "{'exact':'0','from':2,'id':'b','score':0,'to':5}");
    shows(store, "x", "'stats':{'marked':2,'retracted':0,'valid':3,'void':0,'voters':3}");
    verified_close(store);
}

static void other_rounds_have_no_channels(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("choice") "}");
    refused(store, AT(150, "c9", "ballot.cast", ",'channel':'tv','ballot':{'b':1}"),
            COCREATE_ERR_REFUSED, "$.rounds[0].channels: round 'r' has no channels");
    verified_close(store);
}

/* 9 customers: 5 of them are 5/9 >= 1/2, 4 are not. Each has as many ballots as options. */
static void a_share_of_the_electorate_must_vote(void **state)
{
    (void)state;
    for (int n = 4; n <= 5; n++) {
        cocreate_store *store =
            open_round(ROUND("up") ",'quorum':{'share':'1/2','of':'electorate'}}");
        for (int i = 0; i < n; i++) {
            char voter[8];
            snprintf(voter, sizeof voter, "c%d", 5 + i);
            ballot(store, voter, "{'a':1}");
            ballot(store, voter, "{'b':1}");
        }
        tick(store, 200);
        shows(store, "x",
              n == 4 ? "'reason':'4 of 9 voted, the quorum is 1/2'"
                     : "'stats':{'marked':2,'retracted':0,'valid':10,'void':0,'voters':5}");
        verified_close(store);
    }
}

static void a_share_of_the_candidates_must_be_marked(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("up") ",'quorum':{'share':'0.5','of':'candidates'}}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c6", "{'b':1}");
    tick(store, 200);
    shows(store, "x", "'reason':'ballots speak of 2 of 5 candidates, the quorum is 0.5'");
    verified_close(store);
    /* 2 of 5 are the quorum itself, and enough. */
    store = open_round(ROUND("up") ",'quorum':{'share':'0.4','of':'candidates'}}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c6", "{'b':1}");
    tick(store, 200);
    shows(store, "x", "'stats':{'marked':2,'retracted':0,'valid':2,'void':0,'voters':1}");
    verified_close(store);
}

/* Taken back, a ballot counts for nothing; another may be cast. */
static void ballots_are_taken_back(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("up") "}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c6", "{'b':1}");
    ballot(store, "c7", "{'b':1}");
    refused(store, AT(150, "c6", "ballot.retract", ""), COCREATE_ERR_SCHEMA,
            "$.options: name the option whose ballot it is");
    refused(store, AT(150, "c7", "ballot.retract", ",'voter':'c6','options':['a']"),
            COCREATE_ERR_PERMISSION, "'c7' cannot retract a ballot of 'c6'");
    refused(store, AT(150, "c6", "ballot.retract", ",'options':['c']"), COCREATE_ERR_NOT_FOUND,
            "'c6' has cast no such ballot in round 'r'");
    done(store, AT(150, "c6", "ballot.retract", ",'options':['b']"));
    exists(store, AT(150, "c6", "ballot.retract", ",'options':['b']"));
    done(store, AT(150, "c7", "ballot.retract", ",'options':['b']"));
    ballot(store, "c7", "{'b':1}");
    tick(store, 200);
    shows(store, "x", "'stats':{'marked':2,'retracted':1,'valid':2,'void':0,'voters':2}");
    shows(store, "x", "'places':[{'exact':'1','from':1,'id':'a','score':1,'to':2},{'exact':'1'");
    verified_close(store);
    store = open_round(ROUND("choice") ",'recast':false}");
    ballot(store, "c6", "{'a':1}");
    refused(store, AT(150, "c6", "ballot.retract", ""), COCREATE_ERR_REFUSED,
            "$.rounds[0].retract: a ballot cast in round 'r' stays");
    refused(store, AT(150, "c6", "ballot.retract", ",'options':['a']"), COCREATE_ERR_SCHEMA,
            "$.options: a voter has one ballot in this round: name none");
    verified_close(store);
}

/* Struck after the tally, before it is certified: b had 2, a 1; without c7's ballots both have 1. */
static void ballots_are_struck_with_a_reason(void **state)
{
    (void)state;
    cocreate_store *store = open_round(
        "{'id':'r','lead':'customer','instrument':'choice','phase':'vote'}");
    ballot(store, "c5", "{'a':1}");
    ballot(store, "c6", "{'b':1}");
    ballot(store, "c7", "{'b':1}");
    refused(store, AT(150, "c6", "ballot.void", ",'voter':'c7','reason':'sock puppet'"),
            COCREATE_ERR_PERMISSION, NULL);
    tick(store, 200);
    shows(store, "x", "'selected':['b']");
    done(store, AT(210, "firm", "ballot.void", ",'voter':'c7','reason':'sock puppet'"));
    exists(store, AT(210, "firm", "ballot.void", ",'voter':'c7','reason':'sock puppet'"));
    shows(store, "x", "'selected':['a','b']");
    shows(store, "x", "'stats':{'marked':2,'retracted':0,'valid':2,'void':1,'voters':2}");
    refused(store, AT(210, "c7", "ballot.retract", ""), COCREATE_ERR_REFUSED,
            "the ballot of 'c7' in round 'r' was voided: sock puppet");
    done(store, "{'at':211,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    refused(store, AT(212, "firm", "ballot.void", ",'voter':'c6','reason':'sock puppet'"),
            COCREATE_ERR_REFUSED,
            "round 'r' is certified: ballots are voided before it is certified");
    verified_close(store);
}

static void a_struck_voter_stays_out(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND("choice") "}");
    ballot(store, "c7", "{'b':1}");
    done(store, AT(150, "firm", "ballot.void", ",'voter':'c7','reason':'sock puppet'"));
    refused(store, AT(151, "c7", "ballot.cast", ",'ballot':{'a':1}"), COCREATE_ERR_REFUSED,
            "the ballot of 'c7' in round 'r' was voided: sock puppet");
    verified_close(store);
}

/* The phases of submission and voting overlap: who joins later takes votes for 40 from then on. */
static void entries_join_a_rolling_round(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    done(store, ROUND_FIRM);
    for (int i = 1; i <= 3; i++) {
        char id[4];
        snprintf(id, sizeof id, "c%d", i);
        assert_status(cocreate_participant_put(store, 0, "host", id, "customer", NULL,
                                               &check_error),
                      COCREATE_OK);
    }
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
                "'brief':'cocreate.brief/1','title':'Ideas','mode':'collaborating','contributors':"
                "['customer'],'phases':[{'id':'p','after_us':0,'for_us':100,'allows':['submit',"
                "'withdraw','vote']}],'rounds':[{'id':'r','lead':'customer','instrument':'up','phase':'p',"
                "'rolling':true,'per_entry_us':40,'certify':'auto'}]}}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(store, "{'at':10,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':'a'}");
    done(store, AT(20, "c2", "ballot.cast", ",'ballot':{'a':1}"));
    refused(store, AT(21, "c2", "ballot.cast", ",'ballot':{'b':1}"), COCREATE_ERR_NOT_FOUND,
            "'b' is no candidate of round 'r'");
    done(store, "{'at':30,'actor':'c2','do':'contribution.submit','campaign':'x','contribution':'b'}");
    refused(store, AT(31, "c2", "ballot.cast", ",'ballot':{'b':1}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].self_vote: 'c2' is an author of 'b': leave it out");
    /* Votes for what is gone when the round closes count for nobody. */
    done(store, "{'at':35,'actor':'c3','do':'contribution.submit','campaign':'x','contribution':'c'}");
    done(store, AT(36, "c1", "ballot.cast", ",'ballot':{'c':1}"));
    done(store, "{'at':37,'actor':'c3','do':'contribution.withdraw','campaign':'x','contribution':'c'}");
    done(store, AT(49, "c3", "ballot.cast", ",'ballot':{'a':1}"));
    refused(store, AT(50, "c1", "ballot.cast", ",'ballot':{'a':1}"), COCREATE_ERR_REFUSED, NULL);
    exists(store, AT(55, "c3", "ballot.cast", ",'ballot':{'a':1}"));
    done(store, AT(69, "c3", "ballot.cast", ",'ballot':{'b':1}"));
    refused(store, AT(70, "c1", "ballot.cast", ",'ballot':{'b':1}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].per_entry_us: 'b' took votes until before 1970-01-01T00:00:00.000070Z");
    tick(store, 100);
    shows(store, "x", "'places':[{'exact':'2','from':1,'id':'a','score':2,'to':1},"
                      "{'exact':'1','from':2,'id':'b','score':1,'to':2}]");
    verified_close(store);
}

static void members_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {"'channels':{}", "$.rounds[0].channels: expected 1 to 100 channels"},
        {"'channels':{'a':-1}", "$.rounds[0].channels.a: -1 is out of range, expected 0 to 1000000"},
        {"'quorum':{'share':'2','of':'electorate'}",
         "$.rounds[0].quorum.share: expected a share above 0, at most 1"},
        {"'quorum':{'share':'1/2','of':'all'}",
         "$.rounds[0].quorum.of: expected \"electorate\" or \"candidates\", got \"all\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char brief[1000];
        snprintf(brief, sizeof brief,
                 "{'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':"
                 "['customer'],'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['vote']}],"
                 "'rounds':[{'id':'r','phase':'p','lead':'customer','instrument':'up',%s}]}",
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
        cmocka_unit_test(channels_are_counted_apart),
        cmocka_unit_test(other_rounds_have_no_channels),
        cmocka_unit_test(a_share_of_the_electorate_must_vote),
        cmocka_unit_test(a_share_of_the_candidates_must_be_marked),
        cmocka_unit_test(ballots_are_taken_back),
        cmocka_unit_test(ballots_are_struck_with_a_reason),
        cmocka_unit_test(a_struck_voter_stays_out),
        cmocka_unit_test(entries_join_a_rolling_round),
        cmocka_unit_test(members_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
