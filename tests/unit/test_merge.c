/* Duplicates: a contribution is merged into another, and its supporters with it. Expected by hand from
 * docs/reference/briefs.md. */
#include "rounds.h"

#define ROUND(instrument) \
    "{'id':'r','lead':'customer','instrument':'" instrument "','phase':'vote','certify':'auto','cut':'all'"
#define MERGE(at, actor, from, to) \
    "{'at':" #at ",'actor':'" actor "','do':'contribution.merge','campaign':'x','contribution':'" from \
    "','into':'" to "'}"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

static void scores(cocreate_store *store, const char *id, const char *exact)
{
    char text[80];
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, "x", &shown, &check_error), COCREATE_OK);
    snprintf(text, sizeof text, "\"exact\":\"%s\",\"from\":", exact);
    const char *at = cocreate_text_data(shown);
    char wanted[40];
    snprintf(wanted, sizeof wanted, "\"id\":\"%s\",\"score\"", id);
    int found = 0;
    while (!found && (at = strstr(at, text)) != NULL) {
        const char *end = strchr(at, '}'), *name = strstr(at, wanted);
        found = name && name < end;
        at++;
    }
    if (!found)
        print_error("%s\n  gives '%s' no score %s\n", cocreate_text_data(shown), id, exact);
    cocreate_text_free(shown);
    assert_true(found);
}

static void tells(cocreate_store *store, const char *viewer, const char *id, const char *sentence)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_explain_as(store, id, "x", viewer, &text, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(text), sentence) != NULL;
    if (!found)
        print_error("%s\n  does not hold %s\n", cocreate_text_data(text), sentence);
    cocreate_text_free(text);
    assert_true(found);
}

static void explains(cocreate_store *store, const char *id, const char *sentence)
{
    tells(store, "host", id, sentence);
}

/* c6 and c7 for a, c7 and c8 for b; after the merge c9, who says a. Together four people. */
static void supporters_are_united_before_and_after(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("up") "}");
    const char *a[] = {"a"};
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c7", "{'a':1}");
    ballot(s, "c7", "{'b':1}");
    ballot(s, "c8", "{'b':1}");
    ballot(s, "c1", "{'c':1}");
    done(s, MERGE(151, "firm", "a", "b"));
    exists(s, MERGE(152, "firm", "a", "b"));
    assert_status(cocreate_vote(s, "x", "r", 152, "c9", a, NULL, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_vote(s, "x", "r", 152, "c9", a, NULL, 1, &check_error), COCREATE_EXISTS);
    exists(s, "{'at':153,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    exists(s, "{'at':153,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}");
    cocreate_text *log = events_from(s, 1); /* what was said stays */
    assert_non_null(strstr(cocreate_text_data(log),
                           "{\"actor\":\"c9\",\"at\":152,\"campaign\":\"x\",\"data\":{\"ballot\":{\"a\":1}"));
    cocreate_text_free(log);
    tick(s, 200);
    scores(s, "b", "4");
    exists(s, "{'at':201,'actor':'c9','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    explains(s, "b", "1 vote of round 'r' came with 'a'; 1 voter had voted for both.");
    explains(s, "a", "It was merged into 'b'; votes for it count for that one.");
    explains(s, "a", "1 vote of round 'r' went with it; 1 voter had voted for both.");
    /* Everybody may see counts, and ballots those who cast them. */
    tells(s, "c6", "a", "It was merged into 'b'; votes for it count for that one.");
    tells(s, "c6", "a", "1 vote of round 'r' went with it.\"");
    tells(s, "c6", "b", "1 vote of round 'r' came with 'a'.\"");
    shows(s, "x", "'id':'a','into':'b'");
    shows(s, "x", "'counts':{'created':5,'declined':0,'live':4,'merged':1,'removed':0,'withdrawn':0}");
    shows(s, "x", "'from':'a','state':'accepted','to':'b','type':'merged_into'");
    shows(s, "x", "'selected':['b','c','d','e']");
    verified_close(s);
}

/* One ballot stands for both, and is taken back by either name. */
static void a_union_is_retracted_by_either_name(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("up") "}");
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c7", "{'a':1}");
    ballot(s, "c7", "{'b':1}");
    ballot(s, "c8", "{'b':1}");
    done(s, MERGE(151, "firm", "a", "b"));
    done(s, MERGE(151, "firm", "b", "c")); /* a chain */
    done(s, "{'at':152,'actor':'c7','do':'ballot.retract','campaign':'x','round':'r','options':['a']}");
    exists(s, "{'at':153,'actor':'c7','do':'ballot.retract','campaign':'x','round':'r','options':['b']}");
    done(s, "{'at':153,'actor':'c6','do':'ballot.retract','campaign':'x','round':'r','options':['c']}");
    done(s, "{'at':154,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}");
    tick(s, 200);
    scores(s, "c", "2"); /* c8, and c6 again */
    verified_close(s);
}

/* Nobody passes "no votes for your own" by way of a duplicate. */
static void an_author_cannot_support_by_way_of_a_duplicate(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("up") "}");
    ballot(s, "c2", "{'a':1}"); /* b is theirs */
    ballot(s, "c6", "{'a':1}");
    done(s, MERGE(151, "firm", "a", "b"));
    refused(s, "{'at':152,'actor':'c2','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}",
            COCREATE_ERR_REFUSED, "$.rounds[0].self_vote: 'c2' is an author of 'b': leave it out");
    explains(s, "b", "1 vote of round 'r' came with 'a'; 1 vote could not go along.");
    tick(s, 200);
    scores(s, "b", "1");
    verified_close(s);
}

/* What one ballot makes of two marks. */
static void instruments_say_what_both_marks_make(void **state)
{
    (void)state;
    static const struct {
        const char *round, *ballot, *exact;
    } cases[] = {
        {ROUND("approve") ",'method':'approval'}", "{'a':1,'b':1,'c':1}", "1"},
        {ROUND("score") ",'scale':[0,5],'method':'score','options':{'aggregate':'sum'}}",
         "{'a':4,'b':2,'c':1}", "4"},
        {ROUND("points") ",'points':10,'method':'cumulative'}", "{'a':4,'b':2,'c':1}", "6"},
        {ROUND("quadratic") ",'credits':30}", "{'a':-3,'b':2,'c':1}", "2"},
        {ROUND("rank") ",'method':'borda'}", "{'a':1,'b':3,'c':2}", "3"}, /* before c, d, e */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cocreate_store *s = open_round(cases[i].round);
        ballot(s, "c6", cases[i].ballot);
        done(s, MERGE(151, "firm", "a", "b"));
        tick(s, 200);
        scores(s, "b", cases[i].exact);
        verified_close(s);
        s = open_round(cases[i].round); /* merged before: the same */
        done(s, MERGE(149, "firm", "a", "b"));
        ballot(s, "c6", cases[i].ballot);
        tick(s, 200);
        scores(s, "b", cases[i].exact);
        verified_close(s);
    }
}

/* Of two ballots the later stands, or the first where ballots stay. */
static void of_two_ballots_one_stands(void **state)
{
    (void)state;
    static const char *const rounds[] = {ROUND("updown") "}", ROUND("updown") ",'recast':false}"};
    static const char *const exact[] = {"-1", "1"};
    for (int i = 0; i < 2; i++) {
        cocreate_store *s = open_round(rounds[i]);
        ballot(s, "c6", "{'a':1}");
        ballot(s, "c6", "{'b':-1}");
        done(s, MERGE(151, "firm", "a", "b"));
        tick(s, 200);
        scores(s, "b", exact[i]);
        verified_close(s);
        s = open_round(rounds[i]);
        ballot(s, "c6", "{'b':1}");
        ballot(s, "c6", "{'a':-1}");
        done(s, MERGE(151, "firm", "a", "b"));
        tick(s, 200);
        scores(s, "b", exact[i]);
        verified_close(s);
    }
}

/* c6: a over b says nothing any more; a over c and then c over b: the later duel. c7: a over c. So b wins 1
 * of 2 against c: (1 + 1) / (2 + 2). */
static void duels_go_along(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("pair") "}");
    ballot(s, "c6", "{'a':1,'b':0}");
    ballot(s, "c6", "{'a':1,'c':0}");
    ballot(s, "c6", "{'b':0,'c':1}");
    ballot(s, "c7", "{'a':1,'c':0}");
    done(s, MERGE(151, "firm", "a", "b"));
    refused(s,
            "{'at':152,'actor':'c8','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1,'b':0}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].instrument: a duel is between two options, the ballot names 1");
    refused(s,
            "{'at':152,'actor':'c6','do':'ballot.retract','campaign':'x','round':'r','options':['a','b']}",
            COCREATE_ERR_REFUSED,
            "$.options: the two were merged: there is no duel between them any more");
    explains(s, "b",
             "1 vote of round 'r' came with 'a'; 1 voter had voted for both; 1 vote could not go along.");
    tick(s, 200);
    scores(s, "b", "1/2");
    verified_close(s);
}

/* What was voided stays so: c6 supports neither, c7's vote for a counts no more. */
static void what_was_voided_stays_so(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("up") "}");
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c7", "{'a':1}");
    ballot(s, "c7", "{'b':1}");
    ballot(s, "c8", "{'a':1}");
    done(s, "{'at':151,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c6','options':"
            "['a'],'reason':'bribed'}");
    done(s, "{'at':151,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c7','options':"
            "['b'],'reason':'bribed'}");
    done(s, MERGE(152, "firm", "a", "b"));
    refused(s, "{'at':153,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}",
            COCREATE_ERR_REFUSED, "the ballot of 'c6' in round 'r' was voided: bribed");
    tick(s, 200);
    scores(s, "b", "1");
    verified_close(s);
}

/* 2 supporters of a and 2 of b, one of them the same: 3 reach the milestone when they are united. */
static void milestones_are_reached_together(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, ROUND("up") "}",
        ",'milestones':[{'id':'m','round':'r','target':3,'within_us':1000,'on_miss':'none'}]");
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c7", "{'a':1}");
    ballot(s, "c7", "{'b':1}");
    ballot(s, "c8", "{'b':1}");
    done(s, MERGE(151, "firm", "a", "b"));
    shows(s, "x", "{'contribution':'b','deadline':1012,'from':12,'next':0,'reached':[{'at':151,'count':3,"
                  "'milestone':'m'}],'state':'complete'}");
    shows(s, "x", "'from':11,'next':0,'reached':[],'state':'stopped'");
    done(s, "{'at':152,'actor':'c9','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    tick(s, 200);
    verified_close(s);
}

/* b alone has 1 at 170, which is below 2; with the supporter of a it stays. */
static void what_is_merged_lifts_a_low_score(void **state)
{
    (void)state;
    cocreate_store *s =
        open_round(ROUND("approve") ",'method':'approval','drop':{'after_us':70,'below':'2'}}");
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c7", "{'b':1}");
    ballot(s, "c8", "{'a':1,'b':1,'c':1}");
    ballot(s, "c9", "{'c':1}");
    done(s, MERGE(151, "firm", "a", "b"));
    tick(s, 200);
    shows(s, "x", "'selected':['b','c']"); /* 3 and 2 */
    shows(s, "x", "'dropped':2");          /* d, e */
    scores(s, "b", "3");
    verified_close(s);
}

/* Two live votes become one, so that another one is free. */
static void what_is_live_at_once_is_given_back(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(
        NULL, ROUND("up") "}", ",'limits':[{'subject':'ballot','max':2,'concurrent':true}]");
    ballot(s, "c6", "{'a':1}");
    ballot(s, "c6", "{'b':1}");
    refused(s, "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'c':1}}",
            COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'c6' has 2 of at most 2 live ballots: retract one first");
    done(s, MERGE(151, "firm", "a", "b"));
    done(s, "{'at':152,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'c':1}}");
    refused(s, "{'at':153,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'d':1}}",
            COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'c6' has 2 of at most 2 live ballots: retract one first");
    verified_close(s);
}

static void only_what_stands_is_merged_into_what_stands(void **state)
{
    (void)state;
    cocreate_store *s = open_round(ROUND("up") "}");
    refused(s, MERGE(150, "c1", "a", "b"), COCREATE_ERR_PERMISSION,
            "$.merge: 'c1' is on the customer side, and the firm merges contributions");
    refused(s, MERGE(150, "firm", "a", "z"), COCREATE_ERR_NOT_FOUND,
            "$.into: campaign 'x' has no contribution 'z'");
    refused(s, MERGE(150, "firm", "a", "a"), COCREATE_ERR_SCHEMA,
            "$.into: a contribution is merged into another one");
    done(s, MERGE(151, "firm", "a", "b"));
    refused(s, MERGE(152, "firm", "a", "c"), COCREATE_ERR_CONFLICT, "contribution 'a' was merged into 'b'");
    refused(s,
            "{'at':152,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'a','into':'b',"
            "'reason':'the same'}",
            COCREATE_ERR_CONFLICT, "contribution 'a' was merged with another 'reason'");
    refused(s, MERGE(152, "firm", "b", "a"), COCREATE_ERR_REFUSED,
            "$.into: contribution 'a' was merged into 'b': merge into that one");
    done(s, MERGE(153, "firm", "b", "c"));
    refused(s, MERGE(154, "firm", "d", "a"), COCREATE_ERR_REFUSED,
            "$.into: contribution 'a' was merged into 'c': merge into that one");
    done(s, "{'at':155,'actor':'c4','do':'contribution.withdraw','campaign':'x','contribution':'d'}");
    refused(s, MERGE(156, "firm", "e", "d"), COCREATE_ERR_REFUSED,
            "$.into: contribution 'd' is withdrawn");
    refused(s, MERGE(156, "firm", "d", "e"), COCREATE_ERR_REFUSED,
            "contribution 'd' is withdrawn: it cannot be merged");
    tick(s, 200);
    refused(s, MERGE(201, "firm", "e", "c"), COCREATE_ERR_REFUSED,
            "campaign 'x' is decided");
    verified_close(s);
}

static void rounds_that_count_or_judge_hold_a_merge_up(void **state)
{
    (void)state;
    cocreate_store *s = open_round(
        "{'id':'r','lead':'jury','panel':['c8','c9'],'instrument':'score','scale':[0,5],"
        "'method':'score','phase':'vote'}");
    refused(s, MERGE(150, "firm", "a", "b"), COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: the jury of round 'r' judges 'a': merge it before or after");
    verified_close(s);
    s = open_round("{'id':'r','lead':'customer','instrument':'up','phase':'vote','certify':'manual'}");
    tick(s, 200);
    refused(s, MERGE(201, "firm", "a", "b"), COCREATE_ERR_REFUSED,
            "$.rounds[0]: 'a' is in round 'r', which is tallied: merge it once the round is certified");
    done(s, "{'at':202,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    verified_close(s);
    s = open_round("{'id':'r','lead':'customer','instrument':'budget','budget':'1000','phase':'vote'}");
    refused(s, MERGE(150, "firm", "a", "b"), COCREATE_ERR_REFUSED,
            "$.rounds[0].budget: 'a' costs 100 and 'b' 200: ballots of round 'r' were checked by that; merge "
            "them from 1970-01-01T00:00:00.000200Z");
    verified_close(s);
    s = open_round_with(NULL, ROUND("up") "}",
                        ",'milestones':[{'id':'m','round':'r','target':1,'within_us':1000,'on_reach':"
                        "'freeze','on_miss':'none'}]");
    ballot(s, "c6", "{'b':1}");
    refused(s, MERGE(151, "firm", "a", "b"), COCREATE_ERR_REFUSED,
            "$.milestones[0].on_reach: 'b' has reached milestone 'm', which freezes its votes");
    verified_close(s);
}

/* c and d are no candidates of the second round: who is voted on goes into who is. */
static void both_are_candidates_or_neither(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    done(s, ROUND_FIRM);
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'c3','side':'customer'}");
    done(s, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
            "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
            "'merge':'authors','roles':{'contribution.screen':['moderator']},'phases':["
            "{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
            "{'id':'p','after_us':100,'for_us':50,'allows':['decide']},"
            "{'id':'q','after_us':150,'for_us':50,'allows':['vote']}],'rounds':["
            "{'id':'t','lead':'firm','phase':'p','certify':'auto'},"
            "{'id':'r','lead':'customer','instrument':'up','phase':'q','candidates':{'round':'t'}}]}}");
    done(s, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(s, "{'at':1,'actor':'c3','do':'contribution.submit','campaign':'x','contribution':'a'}");
    done(s, "{'at':1,'actor':'c3','do':'contribution.submit','campaign':'x','contribution':'c'}");
    done(s, "{'at':1,'actor':'firm','do':'participant.put','participant':'c4','side':'customer'}");
    done(s, "{'at':1,'actor':'c4','do':'contribution.submit','campaign':'x','contribution':'d'}");
    done(s, "{'at':110,'actor':'firm','do':'decision.make','campaign':'x','round':'t','contribution':'a',"
            "'verdict':'select'}");
    refused(s, MERGE(160, "c3", "a", "c"), COCREATE_ERR_REFUSED,
            "$.rounds[1]: 'c' is no candidate of round 'r', which votes on 'a': merge them from "
            "1970-01-01T00:00:00.000200Z, or the other way round");
    refused(s, MERGE(160, "c3", "a", "d"), COCREATE_ERR_PERMISSION,
            "$.merge: 'c3' is no author of contribution 'd'; an author of both, or the firm, may merge them");
    done(s, MERGE(160, "c3", "c", "a")); /* both are theirs */
    done(s, "{'at':161,'actor':'c4','do':'ballot.cast','campaign':'x','round':'r','ballot':{'c':1}}");
    tick(s, 200);
    scores(s, "a", "1");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supporters_are_united_before_and_after),
        cmocka_unit_test(a_union_is_retracted_by_either_name),
        cmocka_unit_test(an_author_cannot_support_by_way_of_a_duplicate),
        cmocka_unit_test(instruments_say_what_both_marks_make),
        cmocka_unit_test(of_two_ballots_one_stands),
        cmocka_unit_test(duels_go_along),
        cmocka_unit_test(what_was_voided_stays_so),
        cmocka_unit_test(milestones_are_reached_together),
        cmocka_unit_test(what_is_merged_lifts_a_low_score),
        cmocka_unit_test(what_is_live_at_once_is_given_back),
        cmocka_unit_test(only_what_stands_is_merged_into_what_stands),
        cmocka_unit_test(rounds_that_count_or_judge_hold_a_merge_up),
        cmocka_unit_test(both_are_candidates_or_neither),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
