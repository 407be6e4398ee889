/* Rules that become tighter: with notice, from their instant on, never for what was counted. Expected by hand
 * from docs/reference/commands.md, campaign.amend. */
#include "campaign.h"

#define DO(at, verb, more) \
    "{'at':" #at ",'actor':'boss','do':'" verb "','campaign':'c'" more "}"
#define NOTICED(at, from, members) \
    DO(at, "campaign.amend", ",'reason':'r','from':" #from ",'brief':{" members "}")
#define AMEND(at, members) DO(at, "campaign.amend", ",'reason':'r','brief':{" members "}")
#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"

#define PHASE(id, opens, closes, allows) \
    "{'id':'" id "','opens':" #opens ",'closes':" #closes ",'allows':[" allows "]}"
#define SUBMITTING PHASE("p", 100, 200, "'submit','withdraw'")
#define LAST PHASE("z", 400, 500, "'vote'")
#define VOTING PHASE("q", 200, 300, "'vote'") "," LAST
#define APPROVE(id, phase, more) \
    "{'id':'" id "','lead':'customer','instrument':'approve','method':'approval','phase':'" phase \
    "','certify':'auto'" more "}"
/* Two rounds, the first from 200 on and the second from 400 on; 50 of notice. */
#define RULED(rounds, more)                                                                             \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer','public'],'phases':[" SUBMITTING "," VOTING \
               "],'rounds':[" rounds "],'amend':{'notice_us':50}" more
#define FIRST APPROVE("r", "q", ",'cut':'all'")
#define SECOND(more) APPROVE("s", "z", ",'candidates':{'round':'r'}" more)
#define LIMIT(max) "'limits':[{'subject':'contribution','max':" #max "}]"
#define PHASES_ARE(list) "'phases':[" list "]"

/* At 200 at most 1 each, announced at 140: whoever has 2 keeps them. */
static void a_lower_limit_counts_from_its_instant_on(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), "," LIMIT(2)));
    done(s, SUBMIT(110, "ann", "a", ""));
    refused(s, AMEND(120, LIMIT(1)), COCREATE_ERR_REFUSED,
            "$.limits[0].max: may be raised, but not lowered, once published; with notice it may: 'from' "
            "1970-01-01T00:00:00.000170Z on");
    refused(s, NOTICED(120, 169, LIMIT(1)), COCREATE_ERR_REFUSED,
            "$.amend.notice_us: rules change with notice of 50 us, from 1970-01-01T00:00:00.000170Z on");
    done(s, NOTICED(120, 170, LIMIT(1)));
    exists(s, NOTICED(121, 171, LIMIT(1)));
    shows(s, "c", "'notice':{'brief':{");
    refused(s, AMEND(130, LIMIT(3)), COCREATE_ERR_REFUSED,
            "$.amend: version 2 of the rules is announced: the next from 1970-01-01T00:00:00.000170Z on");
    done(s, SUBMIT(130, "ann", "b", "")); /* the limit is still 2 */
    refused(s, SUBMIT(130, "ann", "x", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 2 contributions");
    done(s, SUBMIT(169, "bob", "d", ""));
    refused(s, SUBMIT(170, "bob", "e", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 contribution, by version 2 of the rules");
    refused(s, SUBMIT(171, "ann", "x", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 1 contribution, by version 2 of the rules");
    done(s, TICK(175));
    shows(s, "c", "'from':170,'version':2}]");
    done(s, AMEND(180, LIMIT(4))); /* relaxed at once, and a version, too */
    shows(s, "c", "'from':180,'version':3}]");
    done(s, TICK(200));
    cocreate_text *text = events_from(s, 1); /* all three were counted */
    assert_non_null(strstr(cocreate_text_data(text), "\"candidates\":[\"a\",\"b\",\"d\"]"));
    cocreate_text_free(text);
    verified_close(s);
}

/* The second round is tallied by version 2, the first by version 1: which was announced while it ran. */
static void rounds_keep_the_rules_they_open_with(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), ""));
    done(s, SUBMIT(110, "ann", "a", ""));
    done(s, SUBMIT(111, "bob", "b", ""));
    done(s, TICK(210));
    refused(s, NOTICED(210, 260, "'rounds':[" APPROVE("r", "q", ",'cut':{'top':1}") "," SECOND("") "]"),
            COCREATE_ERR_REFUSED,
            "$.rounds[0]: round 'r' may open before 1970-01-01T00:00:00.000260Z and keeps the rules that it "
            "opens with");
    refused(s, AMEND(210, "'rounds':[" FIRST "," SECOND(",'quorum':3") "]"), COCREATE_ERR_REFUSED,
            "$.rounds[1]: cannot be amended once published; with notice it may: 'from' "
            "1970-01-01T00:00:00.000260Z on");
    refused(s, NOTICED(210, 401, "'rounds':[" FIRST "," SECOND(",'quorum':3") "]"), COCREATE_ERR_REFUSED,
            "$.rounds[1]: round 's' may open before 1970-01-01T00:00:00.000401Z and keeps the rules that it "
            "opens with");
    done(s, NOTICED(210, 400, "'rounds':[" FIRST "," SECOND(",'quorum':3") "]")); /* at the very opening */
    done(s, "{'at':220,'actor':'cat','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    done(s, TICK(300));
    shows(s, "c", "'rules':1,");
    done(s, "{'at':420,'actor':'cat','do':'ballot.cast','campaign':'c','round':'s','ballot':{'a':1}}");
    shows(s, "c", "'rules':2,");
    done(s, TICK(500));
    shows(s, "c", "'reason':'1 ballot, the quorum is 3'");
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(s, "a", "c", &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "Round 'r' goes by version 1 of 2 of the rules, in "
                                                     "force from 1970-01-01T00:00:00Z on."));
    cocreate_text_free(text);
    verified_close(s);
}

/* The same campaign announced, paused and cancelled. */
static void pauses_shift_the_notice(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), "," LIMIT(2)));
    done(s, NOTICED(120, 170, LIMIT(1)));
    done(s, DO(130, "campaign.pause", ",'reason':'x'"));
    done(s, DO(180, "campaign.resume", "")); /* 50 later: 220 */
    done(s, SUBMIT(190, "ann", "a", ""));
    done(s, SUBMIT(219, "ann", "b", ""));
    done(s, SUBMIT(220, "bob", "e", ""));
    refused(s, SUBMIT(221, "bob", "f", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 contribution, by version 2 of the rules");
    done(s, NOTICED(222, 300, LIMIT(1) ",'title':'New'"));
    done(s, DO(230, "campaign.cancel", ",'reason':'y'"));
    exists(s, TICK(400));
    refused(s, AMEND(400, "'title':'Newer'"), COCREATE_ERR_REFUSED,
            "campaign 'c' is cancelled");
    verified_close(s);
}

static void phases_end_earlier_and_allow_less(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), ""));
    refused(s, NOTICED(110, 180, PHASES_ARE(PHASE("p", 100, 179, "'submit','withdraw'") "," VOTING)),
            COCREATE_ERR_REFUSED,
            "$.phases[0].closes: the phase would close at 1970-01-01T00:00:00.000179Z, before that is in "
            "force, at 1970-01-01T00:00:00.000180Z");
    refused(s,
            NOTICED(110, 250, PHASES_ARE(SUBMITTING "," PHASE("q", 200, 290, "'vote'") "," LAST)),
            COCREATE_ERR_REFUSED,
            "$.phases[1].closes: round 'r' may open before 1970-01-01T00:00:00.000250Z and keeps the rules "
            "that it opens with");
    refused(s,
            NOTICED(110, 250, PHASES_ARE(SUBMITTING "," PHASE("q", 200, 300, "'comment'") "," LAST)),
            COCREATE_ERR_SCHEMA, NULL); /* a round that nobody may vote in */
    done(s, SUBMIT(115, "ann", "a", ""));
    done(s, NOTICED(120, 170, PHASES_ARE(PHASE("p", 100, 180, "'submit'") "," VOTING)
                    ",'contributors':['public']"));
    done(s, SUBMIT(169, "ann", "b", ""));
    done(s, ON(169, "ann", "withdraw", "a", ""));
    refused(s, ON(170, "ann", "withdraw", "b", ""), COCREATE_ERR_REFUSED, NULL);
    refused(s, SUBMIT(170, "ann", "d", ""), COCREATE_ERR_REFUSED, NULL);
    done(s, SUBMIT(179, "pat", "d", ""));
    refused(s, SUBMIT(180, "pat", "e", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000180Z, not at 1970-01-01T00:00:00.000180Z");
    verified_close(s);
}

/* Limits of ballots and who may vote are rules of the rounds. */
static void limits_and_eligibility_are_added(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), ",'limits':[]"));
    refused(s, NOTICED(110, 201, "'limits':[{'subject':'ballot','max':1}]"), COCREATE_ERR_REFUSED,
            "$.limits[0]: round 'r' may open before 1970-01-01T00:00:00.000201Z and keeps the rules that it "
            "opens with");
    refused(s, NOTICED(110, 201, "'eligibility':{'vote':['=',['side'],'customer']}"), COCREATE_ERR_REFUSED,
            "$.eligibility.vote: round 'r' may open before 1970-01-01T00:00:00.000201Z and keeps the rules "
            "that it opens with");
    done(s, NOTICED(110, 160, "'limits':[{'subject':'contribution','max':1}],"
                              "'eligibility':{'contribute':['=',['side'],'public']}"));
    done(s, SUBMIT(159, "ann", "a", ""));
    refused(s, SUBMIT(160, "ann", "b", ""), COCREATE_ERR_REFUSED, NULL);
    done(s, SUBMIT(160, "pat", "b", ""));
    refused(s, SUBMIT(161, "pat", "d", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'pat' has 1 of at most 1 contribution, by version 2 of the rules");
    verified_close(s);
}

/* What never goes back, even with notice. */
static void settings_go_one_way(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {"'visibility':{'counts':'all'}", "$.visibility: cannot be amended once published"},
        {"'form':[{'key':'k','type':'text'}]", "$.form: cannot be amended once published"},
        {"'mode':'collaborating'", "$.mode: cannot be amended once published"},
        {"'rights':{'type':'exclusive','terms':'t'}", "$.rights: cannot be amended once published"},
        {"'moderation':'pre'", "$.moderation: cannot be amended once published"},
        {"'roles':{'decision.make':['manager']}", "$.roles: cannot be amended once published"},
        {"'fees':[{'id':'f','on':'publish','amount':'10.00','currency':'EUR'}]",
         "$.fees: cannot be amended once published"},
        {"'milestones':[{'id':'m','round':'s','target':1,'within_us':9}]",
         "$.milestones: cannot be amended once published"},
        {"'kinds':['idea']", "$.kinds: cannot be amended once published"},
        {"'pause':'keeps'", "$.pause: cannot be amended once published"},
        {"'amend':{'notice_us':49}", "$.amend.notice_us: may be raised, but not lowered, once published"},
        {"'rounds':[" FIRST "," SECOND(",'binding':false") "]",
         "$.rounds[1].binding: stays binding once published"},
        {"'rounds':[" FIRST "," SECOND(",'ties':['id']") "]",
         "$.rounds[1].ties: cannot be amended once published"},
        {"'rounds':[" FIRST "]", "$.rounds: has as many items as when it was published"},
    };
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), ",'visibility':{'counts':'after_close'}"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command, NOTICED(110, 300, "%s"), cases[i].members);
        refused(s, command, COCREATE_ERR_REFUSED, cases[i].text);
    }
    done(s, AMEND(120, "'amend':{'notice_us':60}"));
    refused(s, NOTICED(120, 179, "'title':'U'"), COCREATE_ERR_REFUSED,
            "$.amend.notice_us: rules change with notice of 60 us, from 1970-01-01T00:00:00.000180Z on");
    verified_close(s);
    s = begin(OPEN);
    refused(s, NOTICED(110, 300, "'title':'U'"), COCREATE_ERR_REFUSED,
            "$.amend: the brief names no notice: it may be relaxed, at once and without 'from'");
    refused(s, AMEND(110, "'amend':{'notice_us':1}"), COCREATE_ERR_REFUSED,
            "$.amend: cannot be amended once published");
    verified_close(s);
}

/* Who was a team stays one, whatever is sent again; new ones are smaller. */
#define TEAM(at, actor, verb, team, more) DO_AS(at, actor, "team." verb, ",'team':'" team "'" more)
#define DO_AS(at, actor, verb, more) \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "','campaign':'c'" more "}"
#define MEMBERS(list) ",'members':[" list "]"
#define WHO(id) "{'participant':'" id "'}"
#define ALL_THREE MEMBERS(WHO("ann") "," WHO("bob") "," WHO("cat"))

static void a_smaller_team_max_is_for_new_teams(void **state)
{
    (void)state;
    cocreate_store *s = begin(RULED(FIRST "," SECOND(""), ",'team_max':3"));
    done(s, TEAM(110, "ann", "form", "t", ALL_THREE));
    done(s, SUBMIT(110, "ann", "a", ",'authors':[" WHO("ann") "," WHO("bob") "," WHO("cat") "]"));
    done(s, NOTICED(110, 160, "'team_max':1"));
    exists(s, TEAM(170, "ann", "form", "t", ALL_THREE));
    exists(s, TEAM(170, "ann", "join", "t", ALL_THREE));
    exists(s, SUBMIT(170, "ann", "a", ",'authors':[" WHO("ann") "," WHO("bob") "," WHO("cat") "]"));
    refused(s, SUBMIT(170, "ann", "b", ",'authors':[" WHO("ann") "," WHO("bob") "]"), COCREATE_ERR_REFUSED,
            "$.team_max: 2 authors, a team has at most 1");
    done(s, SUBMIT(170, "bob", "b", ",'team':'t'")); /* as it was formed */
    shows(s, "c", "{'participant':'cat','share':'1/3'}");
    done(s, TEAM(171, "ann", "leave", "t", MEMBERS(WHO("ann") "," WHO("bob"))));
    exists(s, TEAM(171, "ann", "leave", "t", MEMBERS(WHO("ann") "," WHO("bob"))));
    refused(s, TEAM(172, "ann", "join", "t", ALL_THREE), COCREATE_ERR_REFUSED,
            "$.team_max: 3 authors, a team has at most 1");
    refused(s, TEAM(172, "cat", "form", "u", MEMBERS(WHO("cat") "," WHO("ann"))), COCREATE_ERR_REFUSED,
            "$.team_max: 2 authors, a team has at most 1");
    done(s, TEAM(172, "cat", "form", "u", ""));
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lower_limit_counts_from_its_instant_on),
        cmocka_unit_test(rounds_keep_the_rules_they_open_with),
        cmocka_unit_test(pauses_shift_the_notice),
        cmocka_unit_test(a_smaller_team_max_is_for_new_teams),
        cmocka_unit_test(phases_end_earlier_and_allow_less),
        cmocka_unit_test(limits_and_eligibility_are_added),
        cmocka_unit_test(settings_go_one_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
