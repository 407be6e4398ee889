/* Who qualified is verified in turn; where nobody can be, the contest opens again. */
#include "commands.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_true(cocreate_tick(store, at, &check_error) >= 0); /* OK, or EXISTS where nothing is due */
}

#define BRIEF(rounds)                                                                               \
    "'brief':{'brief':'cocreate.brief/1','title':'A contest','mode':'submitting','control':'open'," \
    "'contributors':['customer'],'phases':["                                                        \
    "{'id':'contest','after_us':0,'for_us':1000,'allows':['submit','run','withdraw']},"              \
    "{'id':'judge','after_us':0,'for_us':2000,'allows':['decide']}],'rounds':[" rounds "]"
#define METRIC                                                                                    \
    "{'id':'m','lead':'metric','phase':'contest','direction':'ascending','ties':['earliest'],"     \
    "'last_call':{'at_least':'0.85','us':30},'cut':{'at_least':'0.85'},'certify':'auto'}"
#define VERIFY(more)                                                                           \
    "{'id':'v','lead':'firm','phase':'judge','candidates':{'round':'m'},'certify':'auto'" more "}"
#define IN_TURN ",'in_turn':{'within_us':50},'on_none':'reopen'"

/* Published at 100: the contest lasts until 1100, judging until 2100. Entries a, b, c. */
static cocreate_store *open_contest(const char *brief)
{
    char command[3000];
    cocreate_store *store = open_store();
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    for (int i = 0; i < 3; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d','side':'customer'}", i);
        done(store, command);
    }
    snprintf(command, sizeof command, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x',%s}}",
             brief);
    done(store, command);
    done(store, "{'at':100,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 0; i < 3; i++) {
        snprintf(command, sizeof command,
                 "{'at':110,'actor':'c%d','do':'contribution.submit','campaign':'x','contribution':'%c'}", i,
                 'a' + i);
        done(store, command);
    }
    return store;
}

static void run(cocreate_store *store, int at, const char *contribution, const char *id, const char *value)
{
    char command[300];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'%s',"
             "'contribution':'%s','value':'%s'}",
             at, id, contribution, value);
    done(store, command);
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

#define DECIDE(at, contribution, verdict)                                                       \
    "{'at':" #at ",'actor':'firm','do':'decision.make','campaign':'x','round':'v','contribution':'" \
    contribution "','verdict':'" verdict "','reason':'the source'}"

/* b calls last at 130, a is better: both qualify when the contest closes at 160. */
static cocreate_store *two_qualify(const char *brief)
{
    cocreate_store *store = open_contest(brief);
    run(store, 120, "c", "1", "0.9");
    run(store, 130, "b", "1", "0.85");
    run(store, 140, "a", "1", "0.80");
    tick(store, 160);
    shows(store, "x", "'selected':['a','b']");
    return store;
}

static void the_leader_is_judged_first(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(IN_TURN)));
    shows(store, "x", "'turn':{'contribution':'a','since':160,'until':210}");
    refused(store, DECIDE(165, "b", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].in_turn: it is the turn of 'a' until before 1970-01-01T00:00:00.000210Z, not of "
            "'b'");
    done(store, DECIDE(170, "a", "reject"));
    shows(store, "x", "'turn':{'contribution':'b','since':170,'until':220}");
    exists(store, DECIDE(171, "a", "reject"));
    refused(store, DECIDE(171, "a", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].in_turn: it is the turn of 'b' until before 1970-01-01T00:00:00.000220Z, not of "
            "'a'");
    done(store, DECIDE(180, "b", "select"));
    shows(store, "x", "'state':'decided'");
    shows(store, "x", "'id':'b','revision':1,'state':'selected'");
    shows(store, "x", "'id':'a','revision':1,'state':'not_selected'");
    verified_close(store);
}

/* a is rejected, b's time runs out at 220: the contest opens again until 1100. What they handed in until then
 * counts no more; a comes back at 400 with 0.84 and calls last until 430. */
static void the_contest_opens_again(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(IN_TURN)));
    done(store, DECIDE(170, "a", "reject"));
    tick(store, 219);
    shows(store, "x", "'turn':{'contribution':'b','since':170,'until':220}");
    tick(store, 220);
    shows(store, "x", "{'closes':1100,'id':'contest','opens':100,'state':'open'}");
    shows(store, "x", "'passed':['b']");
    shows(store, "x", "'id':'a','revision':1,'state':'published'");
    refused(store, DECIDE(230, "b", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1]: round 'v' is planned, not open");
    explains(store, "a", "In round 'v', 'firm' decided: reject, because: the source");
    explains(store, "b", "In round 'v' nobody decided on it in time.");
    explains(store, "b", "Nobody was verified, and the contest opened again at 1970-01-01T00:00:00.000220Z; "
                         "what it had handed in until then counts no more.");
    run(store, 300, "c", "2", "0.86");
    run(store, 400, "a", "2", "0.84");
    tick(store, 430);
    shows(store, "x", "'selected':['a']");
    shows(store, "x", "'turn':{'contribution':'a','since':430,'until':480}");
    done(store, DECIDE(440, "a", "select"));
    shows(store, "x", "'id':'a','revision':1,'state':'selected'");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

/* After the planned end nothing opens again: the round has failed for good. */
static void at_the_end_it_fails(void **state)
{
    (void)state;
    cocreate_store *store = open_contest(BRIEF(METRIC "," VERIFY(IN_TURN)));
    run(store, 1090, "b", "1", "0.85");
    tick(store, 1120);
    shows(store, "x", "'turn':{'contribution':'b','since':1120,'until':1170}");
    done(store, DECIDE(1130, "b", "reject"));
    shows(store, "x", "'reason':'0 selected, the brief asks for at least 1'");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

static void who_leaves_loses_the_turn(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(IN_TURN)));
    done(store, "{'at':165,'actor':'firm','do':'contribution.disqualify','campaign':'x','contribution':'a',"
                "'reason':'staff'}");
    shows(store, "x", "'turn':{'contribution':'b','since':165,'until':215}");
    verified_close(store);
}

/* A pause of 100 from 170 on: a's turn lasts until 310, and the contest would last until 1200. */
static void a_pause_moves_the_turn(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(IN_TURN)));
    done(store, "{'at':170,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'holidays'}");
    done(store, "{'at':270,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(store, "x", "'turn':{'contribution':'a','since':160,'until':310}");
    tick(store, 310);
    shows(store, "x", "'turn':{'contribution':'b','since':310,'until':360}");
    tick(store, 360);
    shows(store, "x", "{'closes':1200,'id':'contest','opens':100,'state':'open'}");
    verified_close(store);
}

static void a_cancelled_campaign_waits_for_nobody(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(IN_TURN)));
    done(store, "{'at':170,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no money'}");
    tick(store, 3000);
    verified_close(store);
}

/* Without a time each may take as long as the phase; without "reopen" the round fails. */
static void turns_need_no_time(void **state)
{
    (void)state;
    cocreate_store *store = two_qualify(BRIEF(METRIC "," VERIFY(",'in_turn':{}")));
    shows(store, "x", "'turn':{'contribution':'a','since':160}");
    refused(store, DECIDE(165, "b", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].in_turn: it is the turn of 'a', not of 'b'");
    done(store, DECIDE(170, "a", "reject"));
    done(store, DECIDE(175, "b", "reject"));
    shows(store, "x", "'state':'failed'");
    verified_close(store);
}

/* The firm closes the contest by hand: its phase goes on, and so does it. */
static void what_was_closed_by_hand_opens_again(void **state)
{
    (void)state;
    cocreate_store *store = open_contest(BRIEF(
        "{'id':'m','lead':'metric','phase':'contest','direction':'ascending','cut':{'at_least':'0.85'},"
        "'certify':'auto'}," VERIFY(",'on_none':'reopen','select':[1,2]")));
    run(store, 120, "a", "1", "0.7");
    done(store, "{'at':150,'actor':'firm','do':'round.close','campaign':'x','round':'m','reason':'enough'}");
    done(store, "{'at':160,'actor':'firm','do':'round.close','campaign':'x','round':'v','reason':'fraud'}");
    shows(store, "x", "'id':'m','lead':'metric','opened_at':100,'phase':'contest','state':'open'");
    run(store, 170, "a", "2", "0.7");
    tick(store, 1100);
    shows(store, "x", "'runs':1,'selected':['a']");
    verified_close(store);
}

#define REFUSED(rounds, more, text)                                                                   \
    refused(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'y'," BRIEF(rounds) more "}}", \
            COCREATE_ERR_SCHEMA, text)

static void briefs_say_what_can_reopen(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    REFUSED(METRIC ",{'id':'v','lead':'firm','phase':'judge','in_turn':{}}", "",
            "$.brief.rounds[1].in_turn: is the order of places in the round before: candidates are "
            "{\"round\": ID}");
    REFUSED("{'id':'m','lead':'metric','phase':'contest','on_none':'reopen'}", "",
            "$.brief.rounds[0].on_none: is only for rounds of decisions");
    REFUSED(METRIC ",{'id':'v','lead':'firm','phase':'judge','on_none':'reopen'}", "",
            "$.brief.rounds[1].on_none: round 'v' can reopen only a metric round of all that is published, "
            "from "
            "which it takes its candidates and selects bindingly");
    REFUSED(METRIC "," VERIFY(",'on_none':'never'"), "",
            "$.brief.rounds[1].on_none: expected \"fail\" or \"reopen\", got \"never\"");
    REFUSED(METRIC "," VERIFY(IN_TURN)
            ",{'id':'w','lead':'firm','phase':'judge','candidates':{'round':'m'}}", "",
            "$.brief.rounds[2].candidates: round 'm' may open again by 'on_none': take them from the one "
            "that "
            "verifies it");
    REFUSED(METRIC "," VERIFY(IN_TURN) ",{'id':'w','lead':'firm','phase':'judge','replaces':'v'}", "",
            "$.brief.rounds[2].replaces: round 'v' opens again by itself: see 'on_none'");
    REFUSED(METRIC "," VERIFY(IN_TURN),
            ",'rewards':[{'id':'p','round':'m','scheme':{'scheme':'cocreate.incentives/1','currency':'USD',"
            "'funds':[{'id':'f','budget':'1.00'}],'rules':[{'id':'g','kind':'ranked_prizes','fund':'f',"
            "'prizes':['1.00']}]}}]",
            "$.brief.rewards[0].round: the round that it follows may open again: let it follow 'v', which "
            "verifies it");
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_leader_is_judged_first),
        cmocka_unit_test(the_contest_opens_again),
        cmocka_unit_test(at_the_end_it_fails),
        cmocka_unit_test(who_leaves_loses_the_turn),
        cmocka_unit_test(a_pause_moves_the_turn),
        cmocka_unit_test(a_cancelled_campaign_waits_for_nobody),
        cmocka_unit_test(turns_need_no_time),
        cmocka_unit_test(what_was_closed_by_hand_opens_again),
        cmocka_unit_test(briefs_say_what_can_reopen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
