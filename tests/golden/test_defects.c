/* Defects that users of other platforms reported, and that must not happen here. Each case names its thread.
 * Expected values are by hand. */
#include "rounds.h"

#define METRIC                                                                            \
    "{'id':'r','lead':'metric','phase':'vote','direction':'ascending','cut':{'top':1},"    \
    "'certify':'auto'"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

static void run(cocreate_store *store, int at, const char *contribution, const char *id,
                const char *value)
{
    char command[300];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'%s',"
             "'contribution':'%s',%s}",
             at, id, contribution, value);
    done(store, command);
}

/* codabench#2470, codabench#2018: a submission that failed (n/a) was ranked first, where less is better. */
static void a_missing_score_is_last(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC "}");
    run(store, 110, "a", "1", "'reason':'crashed'");
    run(store, 111, "b", "1", "'value':'0.9'");
    run(store, 112, "c", "1", "'value':'0.2'");
    run(store, 113, "c", "2", "'reason':'timed out'");
    tick(store, 200);
    shows(store, "x", "'from':1,'id':'c'");
    shows(store, "x", "'from':2,'id':'b'");
    shows(store, "x", "'selected':['c']");
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, "x", &shown, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(shown), "\"from\":1,\"id\":\"a\""));
    cocreate_text_free(shown);
    verified_close(store);
}

/* codabench#1171, codabench#2507: the larger error stood above the smaller one. The smaller one wins by the
 * last digit that the brief counts, also when it came later. */
static void a_larger_error_does_not_win(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC ",'ties':['earliest']}");
    run(store, 110, "a", "1", "'value':'0.856714'");
    run(store, 111, "b", "1", "'value':'0.856704'");
    run(store, 112, "c", "1", "'value':'10'"); /* nor as a text, where 10 stands before 9 */
    run(store, 113, "d", "1", "'value':'9'");
    tick(store, 200);
    shows(store, "x", "'from':1,'id':'b'");
    shows(store, "x", "'from':2,'id':'a'");
    shows(store, "x", "'from':3,'id':'d'");
    shows(store, "x", "'from':4,'id':'c'");
    verified_close(store);
}

/* EvalAI-Starters#92: the board showed the first run instead of the best. */
static void the_best_run_counts(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC "}");
    run(store, 110, "a", "1", "'value':'0.9'");
    run(store, 111, "a", "2", "'value':'0.1'");
    run(store, 112, "a", "3", "'value':'0.8'");
    run(store, 113, "b", "1", "'value':'0.2'");
    tick(store, 200);
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* snapshot.js#1210, bettervoting#1379: ties were broken by an order that nobody had declared, as the newest
 * first. Without a chain equal places stay equal, and both are in where the line cuts a tie. */
static void a_tie_is_not_broken_in_silence(void **state)
{
    (void)state;
    cocreate_store *store = open_round("{'id':'r','lead':'customer','instrument':'approve','method':"
                                       "'approval','phase':'vote','certify':'auto','cut':{'top':1}}");
    ballot(store, "c8", "{'a':1,'e':1}");
    ballot(store, "c9", "{'a':1,'e':1,'b':1}");
    tick(store, 200);
    shows(store, "x", "{'exact':'2','from':1,'id':'a','score':2,'to':2}");
    shows(store, "x", "{'exact':'2','from':1,'id':'e','score':2,'to':2}");
    shows(store, "x", "'selected':['a','e']");
    verified_close(store);
}

/* The same with a declared chain: the result names the step, and the earlier one is before. */
static void a_declared_chain_says_what_broke_the_tie(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round("{'id':'r','lead':'customer','instrument':'approve','method':'approval','phase':"
                   "'vote','certify':'auto','ties':['earliest'],'cut':{'top':1}}");
    ballot(store, "c8", "{'a':1,'e':1}");
    tick(store, 200);
    shows(store, "x", "'ties':[{'options':['a','e'],'order':['a','e'],'step':'earliest'}");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* grants-stack#989 and the contracts of Allo: a pool of 1000 among three equal projects paid 333 each, and 1
 * stayed behind. Here 334, 333 and 333 are paid. */
static void no_dust_is_floored_away(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL,
        "{'id':'r','lead':'customer','instrument':'approve','method':'approval','phase':'vote',"
        "'certify':'auto','cut':{'top':3}}",
        ",'rewards':[{'id':'pool','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':"
        "'USD','funds':[{'id':'f','budget':'10.00'}],'rules':[{'id':'p','kind':"
        "'proportional_split','fund':'f','pool':'10.00','weight':'score'}]}}]");
    ballot(store, "c8", "{'a':1,'b':1,'c':1}");
    tick(store, 200);
    shows(store, "x", "{'account':'payable:c1','currency':'USD','minor':334}");
    shows(store, "x", "{'account':'payable:c2','currency':'USD','minor':333}");
    shows(store, "x", "{'account':'payable:c3','currency':'USD','minor':333}");
    shows(store, "x", "{'account':'sponsor:budget','currency':'USD','minor':-1000}");
    verified_close(store);
}

/* plenum#236, plenum#97, consul#1412: results changed when an account was deleted, and who came back voted
 * again. The ballot stays under the pseudonym, which never votes again. */
static void votes_outlive_an_account(void **state)
{
    (void)state;
    cocreate_store *store = open_round("{'id':'r','lead':'customer','instrument':'approve','method':"
                                       "'approval','phase':'vote','certify':'auto','cut':{'top':1}}");
    ballot(store, "c8", "{'a':1}");
    ballot(store, "c9", "{'a':1}");
    ballot(store, "c7", "{'b':1}");
    done(store, "{'at':151,'actor':'firm','do':'participant.erase','participant':'c8'}");
    refused(store, "{'at':152,'actor':'c8','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                   "{'b':1}}",
            COCREATE_ERR_PERMISSION, "'c8' was erased and acts no more");
    refused(store, "{'at':152,'actor':'host','do':'participant.put','participant':'c8','side':"
                   "'customer'}",
            COCREATE_ERR_REFUSED, "participant 'c8' was erased");
    tick(store, 200);
    shows(store, "x", "{'exact':'2','from':1,'id':'a','score':2,'to':1}");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* pybossa#1280, pybossa#1523: one answer was asked for and several came in, as several workers held the task.
 * Who was not assigned is refused at the ballot, in the same transaction. */
static void redundancy_has_no_race(void **state)
{
    (void)state;
    cocreate_store *store = open_round(
        "{'id':'r','lead':'jury','instrument':'score','phase':'vote','method':'score','certify':'auto',"
        "'panel':['j1','j2'],'assignment':{'per_entry':1}}");
    done(store, "{'at':90,'actor':'host','do':'participant.put','participant':'j1','side':'partner'}");
    done(store, "{'at':90,'actor':'host','do':'participant.put','participant':'j2','side':'partner'}");
    done(store, "{'at':110,'actor':'firm','do':'assignment.plan','campaign':'x','round':'r'}");
    cocreate_text *events = events_from(store, 1);
    int first = strstr(cocreate_text_data(events), "\"contribution\":\"a\",\"juror\":\"j1\"") != NULL;
    cocreate_text_free(events);
    for (int i = 1; i <= 2; i++) {
        char command[200];
        snprintf(command, sizeof command,
                 "{'at':120,'actor':'j%d','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                 "{'a':%d}}",
                 i, i);
        char text[100];
        snprintf(text, sizeof text, "$.rounds[0].assignment: 'a' is not assigned to 'j%d'", i);
        if ((i == 1) == first)
            done(store, command);
        else
            refused(store, command, COCREATE_ERR_REFUSED, text);
    }
    verified_close(store);
}

/* DOMjudge#1982: medals skipped unofficial teams wrongly. q is a guest and first of the field: it keeps that
 * place, and the prizes go to the first two others, none lost and none given twice. */
static void guests_take_no_medal_and_lose_none(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL,
        "{'id':'r','lead':'metric','phase':'vote','direction':'ascending','cut':{'top':2},'certify':"
        "'auto','official':['main']}",
        ",'rewards':[{'id':'medals','round':'r','scheme':{'scheme':'cocreate.incentives/1',"
        "'currency':'USD','funds':[{'id':'f','budget':'3.00'}],'rules':[{'id':'m','kind':"
        "'ranked_prizes','fund':'f','prizes':['2.00','1.00']}]}}]");
    for (int i = 0; i < 4; i++) {
        char command[300];
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x','contribution':"
                 "'%c','category':'%s'}",
                 20 + i, i + 6, 'p' + i, i == 1 ? "guest" : "main");
        done(store, command);
    }
    run(store, 110, "p", "1", "'value':'0.3'");
    run(store, 111, "q", "1", "'value':'0.1'");
    run(store, 112, "r", "1", "'value':'0.2'");
    run(store, 113, "s", "1", "'value':'0.4'");
    tick(store, 200);
    shows(store, "x", "{'exact':'1/10','from':1,'id':'q'");
    shows(store, "x", "'selected':['r','p']");
    shows(store, "x", "{'account':'payable:c8','currency':'USD','minor':200}");
    shows(store, "x", "{'account':'payable:c6','currency':'USD','minor':100}");
    shows(store, "x", "{'account':'sponsor:budget','currency':'USD','minor':-300}");
    verified_close(store);
}

/* codabench#1598, habitat-challenge#180: a deadline was off by hours, or late ones got in. The instant a
 * phase closes is outside, and the refusal says the window. */
static void a_deadline_is_an_instant(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC "}");
    refused(store, "{'at':100,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':"
                   "'late'}",
            COCREATE_ERR_REFUSED, NULL);
    assert_non_null(strstr(check_error.text, "1970-01-01T00:00:00.000100Z"));
    run(store, 199, "a", "1", "'value':'0.5'");
    refused(store, "{'at':200,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'2',"
                   "'contribution':'a','value':'0.1'}",
            COCREATE_ERR_REFUSED, NULL);
    tick(store, 200);
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* montage#274: jurors could judge their own entries although they should not. */
static void nobody_judges_their_own(void **state)
{
    (void)state;
    cocreate_store *store = open_round(
        "{'id':'r','lead':'jury','instrument':'score','phase':'vote','method':'score','certify':'auto',"
        "'panel':['c1','c2']}");
    refused(store, "{'at':120,'actor':'c1','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                   "{'a':5}}",
            COCREATE_ERR_REFUSED, NULL);
    done(store, "{'at':120,'actor':'c2','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                "{'a':5}}");
    verified_close(store);
}

/* ioccc-src/winner#68: opening slipped, closing did not, and time to submit was lost. What a pause takes from
 * a phase it gets back: 20 of a pause inside [100, 200) close it at 220. */
static void a_pause_takes_no_time_from_a_phase(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC "}");
    done(store, "{'at':150,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'outage'}");
    refused(store, "{'at':160,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'1',"
                   "'contribution':'a','value':'0.1'}",
            COCREATE_ERR_REFUSED, NULL);
    done(store, "{'at':170,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    run(store, 219, "b", "1", "'value':'0.5'");
    refused(store, "{'at':220,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'1',"
                   "'contribution':'a','value':'0.1'}",
            COCREATE_ERR_REFUSED, NULL);
    tick(store, 220);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* codabench#406, codabench PR 2351: ranks were not computed again when a row left the board. */
static void places_close_up_when_one_leaves(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC "}");
    run(store, 110, "a", "1", "'value':'0.1'");
    run(store, 111, "b", "1", "'value':'0.2'");
    run(store, 112, "c", "1", "'value':'0.3'");
    done(store, "{'at':150,'actor':'c1','do':'contribution.withdraw','campaign':'x','contribution':'a'}");
    tick(store, 200);
    shows(store, "x", "'from':1,'id':'b'");
    shows(store, "x", "'from':2,'id':'c'");
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* Does what this viewer is told hold the text? */
static void assert_hidden(cocreate_text *told, const char *text)
{
    assert_null(strstr(cocreate_text_data(told), text));
    cocreate_text_free(told);
}

/* codabench#1174, codabench#2193, codalab#2794: private scores leaked, and were mixed with public ones. The
 * board goes by 0.10 and 0.15, the places by 0.7777 and 0.6666, which nobody but the firm sees before. */
static void private_scores_are_nobodys_before_the_end(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC ",'splits':true}");
    run(store, 110, "a", "1", "'value':'0.10','private':'0.7777'");
    run(store, 111, "b", "1", "'value':'0.15','private':'0.6666'");
    cocreate_text *told = NULL;
    assert_status(cocreate_view(store, "x", "c1", &told, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(told), "\"id\":\"a\""));
    assert_hidden(told, "0.7777");
    assert_status(cocreate_explain_as(store, "a", "x", "c1", &told, &check_error), COCREATE_OK);
    assert_hidden(told, "0.7777");
    assert_status(cocreate_export_as(store, "x", NULL, "csv:runs", "c1", &told, &check_error), COCREATE_OK);
    assert_hidden(told, "0.7777");
    tick(store, 200);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

#define VOTES "{'id':'r','lead':'customer','instrument':'up','phase':'vote','cut':'all','certify':"

/* dillo#125: votes of duplicates were lost, those before they were closed and those after. c6 and c7 before,
 * c8 after; c6 says it again, which is no further vote. */
static void votes_of_duplicates_are_united(void **state)
{
    (void)state;
    cocreate_store *store = open_round(VOTES "'auto'}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c7", "{'b':1}");
    done(store, "{'at':151,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'a','into':"
                "'b'}");
    done(store, "{'at':152,'actor':'c8','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    exists(store, "{'at':153,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':1}}");
    tick(store, 200);
    shows(store, "x", "'exact':'3','from':1,'id':'b'");
    verified_close(store);
}

/* snapshot.js#946: totals did not say what was invalid. Three voted, one of them is struck. */
static void totals_tell_of_invalid_ballots(void **state)
{
    (void)state;
    cocreate_store *store = open_round(VOTES "'manual'}");
    ballot(store, "c6", "{'a':1}");
    ballot(store, "c7", "{'a':1}");
    ballot(store, "c8", "{'b':1}");
    tick(store, 200);
    done(store, "{'at':210,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c8',"
                "'options':['b'],'reason':'sock puppet'}");
    shows(store, "x", "'stats':{'marked':1,'retracted':0,'valid':2,'void':1,'voters':2}");
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_score_is_last),
        cmocka_unit_test(a_larger_error_does_not_win),
        cmocka_unit_test(the_best_run_counts),
        cmocka_unit_test(a_tie_is_not_broken_in_silence),
        cmocka_unit_test(a_declared_chain_says_what_broke_the_tie),
        cmocka_unit_test(no_dust_is_floored_away),
        cmocka_unit_test(votes_outlive_an_account),
        cmocka_unit_test(redundancy_has_no_race),
        cmocka_unit_test(guests_take_no_medal_and_lose_none),
        cmocka_unit_test(a_deadline_is_an_instant),
        cmocka_unit_test(nobody_judges_their_own),
        cmocka_unit_test(a_pause_takes_no_time_from_a_phase),
        cmocka_unit_test(places_close_up_when_one_leaves),
        cmocka_unit_test(private_scores_are_nobodys_before_the_end),
        cmocka_unit_test(votes_of_duplicates_are_united),
        cmocka_unit_test(totals_tell_of_invalid_ballots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
