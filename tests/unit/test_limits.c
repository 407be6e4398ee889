/* Limits of ballots and comments. Expected answers by hand from docs/reference/briefs.md. */
#include "campaign.h"

#define LIMITED(limits) \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'kinds':['idea','comment']," \
               "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','comment','withdraw']}," \
               "{'id':'v','opens':200,'closes':300,'allows':['vote']}," \
               "{'id':'w','opens':200,'closes':400,'allows':['vote']}]," \
               "'rounds':[{'id':'r','lead':'customer','instrument':'up','phase':'v','retract':true," \
               "'binding':false,'cut':'all'}," \
               "{'id':'s','lead':'customer','instrument':'pledge','phase':'w','retract':false,"   \
               "'cut':'all'}],"                                                                   \
               "'limits':[" limits "]"
#define CAST(at, voter, round, ballot) \
    "{'at':" #at ",'actor':'" voter "','do':'ballot.cast','campaign':'c','round':'" round "'," \
    "'ballot':" ballot "}"
#define RETRACT(at, voter, round, option) \
    "{'at':" #at ",'actor':'" voter "','do':'ballot.retract','campaign':'c','round':'" round "'," \
    "'options':['" option "']}"
#define REPLY(at, actor, id, to) SUBMIT(at, actor, id, ",'kind':'comment','reply_to':'" to "'")

/* Three ideas of ann; bob and cat vote. */
static cocreate_store *limited(const char *brief)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(100, "ann", "a", ""));
    done(s, SUBMIT(100, "ann", "b", ""));
    done(s, SUBMIT(100, "ann", "d", ""));
    return s;
}

static void ballots_are_counted_in_all(void **state)
{
    (void)state;
    cocreate_store *s = limited(LIMITED("{'subject':'ballot','max':2}"));
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    done(s, CAST(211, "bob", "s", "{'a':100}"));
    exists(s, CAST(212, "bob", "r", "{'a':1}"));
    done(s, CAST(212, "bob", "s", "{'a':200}")); /* in place of the first: no further one */
    refused(s, CAST(213, "bob", "r", "{'b':1}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 2 of at most 2 ballots");
    done(s, RETRACT(214, "bob", "r", "a")); /* what was cast was cast */
    refused(s, CAST(215, "bob", "r", "{'b':1}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 2 of at most 2 ballots");
    done(s, CAST(216, "cat", "r", "{'b':1}"));
    verified_close(s);
}

static void windows_of_ballots_are_fixed_or_rolling(void **state)
{
    (void)state;
    cocreate_store *s = limited(LIMITED("{'subject':'ballot','max':1,'window_us':10}"));
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    refused(s, CAST(219, "bob", "r", "{'b':1}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 ballot before "
            "1970-01-01T00:00:00.000220Z");
    done(s, CAST(220, "bob", "r", "{'b':1}"));
    verified_close(s);
    s = limited(LIMITED("{'subject':'ballot','max':2,'rolling_us':10}"));
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    done(s, CAST(215, "bob", "r", "{'b':1}"));
    refused(s, CAST(219, "bob", "r", "{'d':1}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 2 of at most 2 ballots in 10 us; the next from "
            "1970-01-01T00:00:00.000220Z");
    done(s, CAST(220, "bob", "r", "{'d':1}"));
    refused(s, CAST(221, "bob", "s", "{'d':9}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 2 of at most 2 ballots in 10 us; the next from "
            "1970-01-01T00:00:00.000225Z");
    verified_close(s);
}

/* What is retracted makes room, and what stands in a round that closed. */
static void live_ballots_give_their_room_back(void **state)
{
    (void)state;
    cocreate_store *s = limited(LIMITED("{'subject':'ballot','max':1,'concurrent':true}"));
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    refused(s, CAST(211, "bob", "r", "{'b':1}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 live ballot: retract one first");
    done(s, RETRACT(212, "bob", "r", "a"));
    done(s, CAST(213, "bob", "r", "{'b':1}"));
    done(s, CAST(214, "cat", "s", "{'b':5}"));
    refused(s, CAST(215, "cat", "s", "{'d':5}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'cat' has 1 of at most 1 live ballot: the next once the round "
            "closes");
    done(s, CAST(300, "bob", "s", "{'a':5}"));
    done(s, "{'at':301,'actor':'boss','do':'ballot.void','campaign':'c','round':'s','voter':'cat',"
            "'options':['b'],'reason':'twice'}");
    done(s, CAST(302, "cat", "s", "{'d':5}"));
    verified_close(s);
}

/* Pledges alone, once an item: and the fast path knows it, too. */
static void pledges_are_limited_by_item(void **state)
{
    (void)state;
    static const char *const a[] = {"a"}, *const b[] = {"b"};
    const int64_t five = 5;
    cocreate_store *s = limited(LIMITED("{'subject':'pledge','max':1},"
                                        "{'subject':'ballot','per':'item','max':1}"));
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    refused(s, CAST(211, "bob", "s", "{'a':5}"), COCREATE_ERR_REFUSED,
            "$.limits[1]: participant 'bob' has 1 of at most 1 ballot about it");
    assert_status(cocreate_vote(s, "c", "s", 212, "bob", b, &five, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_vote(s, "c", "s", 213, "bob", b, &five, 1, &check_error), COCREATE_EXISTS);
    assert_status(cocreate_vote(s, "c", "s", 213, "bob", a, &five, 1, &check_error),
                  COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "$.limits[0]: participant 'bob' has 1 of at most 1 pledge");
    assert_status(cocreate_vote(s, "c", "s", 214, "cat", a, &five, 1, &check_error), COCREATE_OK);
    verified_close(s);
}

static void comments_are_limited_beside_works(void **state)
{
    (void)state;
    cocreate_store *s = limited(LIMITED("{'subject':'contribution','max':3},"
                                        "{'subject':'comment','per':'item','max':1},"
                                        "{'subject':'comment','max':2,'rolling_us':50}"));
    done(s, REPLY(101, "ann", "k", "a")); /* three ideas, and still a comment */
    refused(s, REPLY(102, "ann", "l", "a"), COCREATE_ERR_REFUSED,
            "$.limits[1]: participant 'ann' has 1 of at most 1 comment about it");
    done(s, REPLY(103, "ann", "l", "b"));
    refused(s, REPLY(104, "ann", "m", "d"), COCREATE_ERR_REFUSED,
            "$.limits[2]: participant 'ann' has 2 of at most 2 comments in 50 us; the next from "
            "1970-01-01T00:00:00.000151Z");
    done(s, REPLY(105, "bob", "n", "a"));
    refused(s, SUBMIT(106, "ann", "e", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 3 of at most 3 contributions");
    done(s, REPLY(151, "ann", "m", "d"));
    verified_close(s);
}

/* Comments of somebody do not use up what they may contribute. */
static void comments_are_no_works(void **state)
{
    (void)state;
    cocreate_store *s = limited(LIMITED("{'subject':'contribution','max':1,'where':['=',['side'],"
                                        "'partner']},{'subject':'contribution','max':4}"));
    done(s, REPLY(101, "ann", "k", "a"));
    done(s, REPLY(101, "ann", "l", "a"));
    done(s, SUBMIT(102, "ann", "e", ""));
    refused(s, SUBMIT(103, "ann", "f", ""), COCREATE_ERR_REFUSED,
            "$.limits[1]: participant 'ann' has 4 of at most 4 contributions");
    verified_close(s);
}

#define FLAG(at, actor, id, of) \
    "{'at':" #at ",'actor':'" actor "','do':'flag.raise','campaign':'c','flag':'" id "','contribution':'" of \
    "','reason':'spam'}"
#define FLAGGED(limit) \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':[{'id':'p','opens':100," \
               "'closes':200,'allows':['submit','flag']}],'limits':[" limit "]"

/* All, of a calendar's day, of the last hours, and what nobody has decided on: each by its instant. */
static void flags_are_limited(void **state)
{
    (void)state;
    cocreate_store *s = limited(FLAGGED("{'subject':'flag','max':1}"));
    done(s, FLAG(110, "bob", "f1", "a"));
    exists(s, FLAG(111, "bob", "f1", "a"));
    refused(s, FLAG(199, "bob", "f2", "b"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 flag");
    done(s, FLAG(199, "cat", "f3", "a"));
    verified_close(s);
    s = limited(FLAGGED("{'subject':'flag','max':1,'window_us':50}"));
    done(s, FLAG(110, "bob", "f1", "a"));
    refused(s, FLAG(149, "bob", "f2", "b"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 flag before 1970-01-01T00:00:00.000150Z");
    done(s, FLAG(150, "bob", "f2", "b"));
    verified_close(s);
    s = limited(FLAGGED("{'subject':'flag','max':1,'rolling_us':50}"));
    done(s, FLAG(110, "bob", "f1", "a"));
    refused(s, FLAG(159, "bob", "f2", "b"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 flag in 50 us; the next from "
            "1970-01-01T00:00:00.000160Z");
    done(s, FLAG(160, "bob", "f2", "b"));
    verified_close(s);
    s = limited(FLAGGED("{'subject':'flag','max':1,'concurrent':true}"));
    done(s, FLAG(110, "bob", "f1", "a"));
    refused(s, FLAG(111, "bob", "f2", "b"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 live flag: the next once one is decided");
    done(s, "{'at':112,'actor':'boss','do':'flag.dismiss','campaign':'c','flag':'f1'}");
    done(s, FLAG(112, "bob", "f2", "b"));
    verified_close(s);
}

/* Two in x and one in y; what was withdrawn is exempt. */
static void works_are_limited_by_category(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'categories':[{'id':'x'},{'id':'y'}],'limits':[{'subject':"
                                   "'contribution','per':'category','max':2,'exempt':['withdrawn']}]");
    done(s, SUBMIT(110, "ann", "a", ",'category':'x'"));
    done(s, SUBMIT(110, "ann", "b", ",'category':'x'"));
    refused(s, SUBMIT(110, "ann", "d", ",'category':'x'"), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 2 contributions in category 'x'");
    done(s, SUBMIT(110, "ann", "d", ",'category':'y'"));
    done(s, ON(111, "ann", "withdraw", "a", ""));
    done(s, SUBMIT(112, "ann", "e", ",'category':'x'"));
    verified_close(s);
}

/* bob supports two, cat one: hers do not count, and a has 1. */
static void who_votes_too_little_is_not_counted(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_store *s = limited(
        BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':[{'id':'p','opens':100,"
                   "'closes':200,'allows':['submit']},{'id':'v','opens':200,'closes':300,'allows':['vote']}],"
                   "'rounds':[{'id':'r','lead':'customer','instrument':'up','phase':'v','cut':'all',"
                   "'certify':'auto'}],'limits':[{'subject':'ballot','max':9,'min_to_count':2}]");
    done(s, CAST(210, "bob", "r", "{'a':1}"));
    done(s, CAST(210, "cat", "r", "{'a':1}"));
    done(s, CAST(211, "bob", "r", "{'b':1}"));
    done(s, "{'at':300,'actor':'host','do':'tick'}");
    shows(s, "c", "'below':1,'below_voters':1,");
    shows(s, "c", "'min_to_count':2,'retracted':0,'valid':2,'void':0,'voters':1}");
    shows(s, "c", "{'exact':'1','from':1,'id':'a','score':1,'to':2}");
    assert_status(cocreate_explain(s, "a", "c", &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text),
                           "In round 'r', 1 ballot of who cast fewer than 2 votes did not count."));
    cocreate_text_free(text);
    verified_close(s);
}

#define HOUSE(at, id, value)                                                                     \
    "{'at':" #at ",'actor':'boss','do':'participant.put','participant':'" id "','side':'customer'," \
    "'attributes':{'household':" value "}}"

/* One work and one ballot a household: whoever moves leaves behind what was done from there. */
static void who_shares_an_attribute_shares_a_limit(void **state)
{
    (void)state;
    static const char *const a[] = {"a"};
    const int64_t one = 1;
    cocreate_store *s = begin(LIMITED("{'subject':'contribution','per':{'attribute':'household'},'max':1},"
                                      "{'subject':'ballot','per':{'attribute':'household'},'max':1},"
                                      "{'subject':'comment','per':{'attribute':'household'},'max':1,"
                                      "'concurrent':true}"));
    refused(s, SUBMIT(100, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.limits[0].per: participant 'ann' has no attribute 'household'; set it by participant.put "
            "first");
    done(s, HOUSE(101, "ann", "'4 Elm\\nRoad'"));
    done(s, HOUSE(101, "bob", "'4 Elm\\nRoad'"));
    done(s, HOUSE(101, "cat", "'4 Elm'")); /* what it begins with is no household of theirs */
    done(s, SUBMIT(102, "ann", "a", ""));
    refused(s, SUBMIT(103, "bob", "b", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: the household of 'bob' has 1 of at most 1 contribution");
    done(s, SUBMIT(103, "cat", "d", ""));
    done(s, REPLY(104, "bob", "k", "a"));
    refused(s, REPLY(105, "ann", "l", "d"), COCREATE_ERR_REFUSED,
            "$.limits[2]: the household of 'ann' has 1 of at most 1 live comment: withdraw one first");
    done(s, ON(106, "bob", "withdraw", "k", ""));
    done(s, REPLY(107, "ann", "l", "d"));
    done(s, HOUSE(108, "bob", "5")); /* ann's work stays where it was */
    done(s, SUBMIT(109, "bob", "b", ""));
    done(s, HOUSE(110, "ann", "5"));
    refused(s, SUBMIT(111, "ann", "e", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: the household of 'ann' has 1 of at most 1 contribution");
    done(s, CAST(210, "ann", "r", "{'d':1}"));
    assert_status(cocreate_vote(s, "c", "r", 211, "bob", a, &one, 1, &check_error), COCREATE_ERR_REFUSED);
    assert_string_equal(check_error.text, "$.limits[1]: the household of 'bob' has 1 of at most 1 ballot");
    assert_status(cocreate_vote(s, "c", "r", 211, "cat", a, &one, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_vote(s, "c", "r", 212, "cat", a, &one, 1, &check_error), COCREATE_EXISTS);
    verified_close(s);
}

/* Whom the limit is not for needs no attribute; flags and windows count alike. */
static void shared_limits_have_windows_and_exceptions(void **state)
{
    (void)state;
    cocreate_store *s = begin(LIMITED("{'subject':'contribution','per':{'attribute':'household'},'max':1,"
                                      "'rolling_us':10,'exempt':['withdrawn'],'where':['has','household']}"));
    done(s, SUBMIT(100, "cat", "x", ""));
    done(s, SUBMIT(100, "cat", "y", ""));
    done(s, HOUSE(101, "ann", "true"));
    done(s, HOUSE(101, "bob", "true"));
    done(s, SUBMIT(102, "ann", "a", ""));
    done(s, ON(103, "ann", "withdraw", "a", ""));
    done(s, SUBMIT(104, "bob", "b", ""));
    refused(s, SUBMIT(113, "ann", "d", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: the household of 'ann' has 1 of at most 1 contribution in 10 us; the next from "
            "1970-01-01T00:00:00.000114Z");
    done(s, SUBMIT(114, "ann", "d", ""));
    verified_close(s);
}

static void shared_limits_stand_from_publication_on(void **state)
{
    (void)state;
#define NOTICED(limits) \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'amend':{'notice_us':10}," PHASES "," \
               "'limits':[{'subject':'contribution','max':5}" limits "]"
    cocreate_store *s = begin(NOTICED(""));
    refused(s,
            "{'at':10,'actor':'boss','do':'campaign.amend','campaign':'c','brief':{" NOTICED(
                ",{'subject':'contribution','per':{'attribute':'household'},'max':1}") "},'from':50,"
            "'reason':'fair'}",
            COCREATE_ERR_REFUSED,
            "$.limits[1].per: who shares an attribute is counted from publication on, or not at all");
    verified_close(s);
}

static void limits_of_briefs_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *text;
    } cases[] = {
        {"{'subject':'idea','max':1}",
         "$.brief.limits[0].subject: expected \"contribution\", \"run\", \"ballot\", "
         "\"comment\", \"label\", \"pledge\" or \"flag\", got \"idea\""},
        {"{'subject':'ballot','per':'team','max':1}",
         "$.brief.limits[0].per: 'team' is only for limits of contributions and runs"},
        {"{'subject':'contribution','per':'item','max':1}",
         "$.brief.limits[0].per: 'item' is only for limits of what is about an item: ballots, comments, "
         "labels, pledges"},
        {"{'subject':'pledge','max':1,'exempt':['declined']}",
         "$.brief.limits[0].exempt: is only for limits of contributions and comments"},
        {"{'subject':'ballot','max':1001,'rolling_us':5}",
         "$.brief.limits[0].max: a rolling limit of ballots or flags is at most 1000, got 1001"},
        {"{'subject':'flag','per':'item','max':1}",
         "$.brief.limits[0].per: a person has one flag for a revision of an item"},
        {"{'subject':'contribution','per':'category','max':1}",
         "$.brief.limits[0].per: 'category' is only for limits of contributions, where the brief has "
         "categories; 'per_voter' of a category is for votes"},
        {"{'subject':'run','per':{'attribute':'x'},'max':1}",
         "$.brief.limits[0].per: an attribute is not for limits of runs"},
        {"{'subject':'flag','per':{'attribute':'x'},'max':1,'concurrent':true}",
         "$.brief.limits[0].concurrent: with an attribute is only for limits of contributions and comments"},
        {"{'subject':'flag','per':{'attribute':''},'max':1}",
         "$.brief.limits[0].per.attribute: id is empty"},
        {"{'subject':'ballot','max':2,'min_to_count':3}",
         "$.brief.limits[0].min_to_count: is only for limits of ballots, labels and pledges, and at most "
         "'max', 2"},
    };
    cocreate_store *s = begin(OPEN);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'boss','do':'campaign.create','campaign':'d','brief':{" OPEN
                 ",'limits':[%s]}}",
                 cases[i].limit);
        refused(s, command, i == 4 ? COCREATE_ERR_LIMIT : COCREATE_ERR_SCHEMA, cases[i].text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ballots_are_counted_in_all),
        cmocka_unit_test(windows_of_ballots_are_fixed_or_rolling),
        cmocka_unit_test(live_ballots_give_their_room_back),
        cmocka_unit_test(pledges_are_limited_by_item),
        cmocka_unit_test(comments_are_limited_beside_works),
        cmocka_unit_test(comments_are_no_works),
        cmocka_unit_test(flags_are_limited),
        cmocka_unit_test(works_are_limited_by_category),
        cmocka_unit_test(who_votes_too_little_is_not_counted),
        cmocka_unit_test(who_shares_an_attribute_shares_a_limit),
        cmocka_unit_test(shared_limits_have_windows_and_exceptions),
        cmocka_unit_test(shared_limits_stand_from_publication_on),
        cmocka_unit_test(limits_of_briefs_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
