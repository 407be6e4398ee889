/* Rounds that a jury leads: panel, assignments, conflicts of interest, coverage. */
#include "rounds.h"

#define PANEL "'panel':['j1','j2','j3']"
#define MARKS                                                                               \
    "{'id':'r','lead':'jury','instrument':'score','phase':'vote','method':'score','certify':" \
    "'auto'," PANEL

/* Jurors j1 .. j3; the round of rounds.h with contributions a .. e. */
static cocreate_store *open_jury(const char *round)
{
    cocreate_store *store = open_round(round);
    for (int i = 1; i <= 3; i++) {
        char id[8];
        snprintf(id, sizeof id, "j%d", i);
        assert_status(cocreate_participant_put(store, 90, "host", id, "partner", NULL,
                                               &check_error),
                      COCREATE_OK);
    }
    assert_status(cocreate_tick(store, 100, &check_error), COCREATE_OK);
    return store;
}

#define MARK(juror, marks) \
    "{'at':150,'actor':'" juror "','do':'ballot.cast','campaign':'x','round':'r','ballot':" marks "}"
#define DO(actor, verb, more) \
    "{'at':150,'actor':'" actor "','do':'" verb "','campaign':'x','round':'r'" more "}"

/* a: (4 + 5) / 2 = 9/2, b: 3. Marks come one entry after the other. */
static void a_panel_marks(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(MARKS "}");
    done(store, MARK("j1", "{'a':4}"));
    done(store, MARK("j2", "{'a':5}"));
    done(store, MARK("j2", "{'b':3}"));
    refused(store, MARK("c9", "{'a':4}"), COCREATE_ERR_PERMISSION,
            "$.rounds[0].panel: 'c9' is not on the panel of round 'r'");
    refused(store, DO("firm", "decision.make", ",'contribution':'a','verdict':'select'"),
            COCREATE_ERR_REFUSED, "$.rounds[0].instrument: round 'r' takes ballots, not decisions");
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    shows(store, "x", "{'exact':'9/2','from':1,'id':'a','score':4.5,'to':1}");
    verified_close(store);
}

static void a_panel_decides(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(
        "{'id':'r','lead':'jury','phase':'vote','select':[1,2],'certify':'auto'," PANEL "}");
    done(store, DO("j1", "decision.make", ",'contribution':'a','verdict':'select'"));
    refused(store, DO("firm", "decision.make", ",'contribution':'b','verdict':'select'"),
            COCREATE_ERR_PERMISSION, "$.rounds[0].panel: 'firm' is not on the panel of round 'r'");
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* 5 entries, 2 jurors each, 3 jurors: 10 places, loads 4, 3, 3. Passes give a j1, b j2, c j3, d j1, e
 * j2; then a j3 (the least loaded), b j1 (all have 2, but j2 has b: j1), .. */
static void a_plan_balances_the_load(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(MARKS ",'assignment':{'per_entry':2,'load':4}}");
    cocreate_text *text = NULL;
    assert_status(execute(store, DO("firm", "assignment.plan", ""), &text), COCREATE_OK);
    const char *json = cocreate_text_data(text);
    static const struct {
        const char *juror;
        int least, most;
    } loads[] = {{"\"juror\":\"j1\"", 3, 4}, {"\"juror\":\"j2\"", 3, 4}, {"\"juror\":\"j3\"", 3, 4}};
    int all = 0;
    for (int i = 0; i < 3; i++) {
        int n = 0;
        for (const char *at = json; (at = strstr(at, loads[i].juror)); at++)
            n++;
        assert_in_range(n, loads[i].least, loads[i].most);
        all += n;
    }
    assert_int_equal(all, 10);
    assert_null(strstr(json, "\"short\""));
    cocreate_text_free(text);
    exists(store, DO("firm", "assignment.plan", ""));
    verified_close(store);
}

/* With a load of 1 three jurors take three entries, and the plan says what is missing. */
static void a_plan_says_what_is_short(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(MARKS ",'assignment':{'per_entry':1,'load':1,'due_us':20}}");
    done(store, DO("firm", "assignment.plan", ""));
    cocreate_text *events = events_from(store, 1);
    assert_non_null(strstr(cocreate_text_data(events),
                           "\"offers\":[{\"contribution\":\"a\",\"juror\":\"j1\"},"
                           "{\"contribution\":\"b\",\"juror\":\"j2\"},"
                           "{\"contribution\":\"c\",\"juror\":\"j3\"}],\"round\":\"r\",\"short\":[{"
                           "\"contribution\":\"d\",\"missing\":1},{\"contribution\":\"e\","
                           "\"missing\":1}]"));
    cocreate_text_free(events);
    refused(store, MARK("j1", "{'b':3}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].assignment: 'b' is not assigned to 'j1'");
    done(store, DO("j1", "assignment.accept", ",'contribution':'a'"));
    exists(store, DO("j1", "assignment.accept", ",'contribution':'a'"));
    done(store, DO("j1", "assignment.start", ",'contribution':'a'"));
    refused(store, DO("j1", "assignment.accept", ",'contribution':'a'"), COCREATE_ERR_REFUSED,
            "'a' was started by 'j1' in round 'r' and cannot be accepted any more");
    done(store, MARK("j1", "{'a':3}"));
    exists(store, DO("j1", "assignment.done", ",'contribution':'a'"));
    refused(store, DO("j1", "assignment.decline", ",'contribution':'a','reason':'late'"),
            COCREATE_ERR_REFUSED, "'a' was done by 'j1' in round 'r' and cannot be declined any more");
    refused(store, DO("j2", "assignment.start", ",'contribution':'b','juror':'j1'"),
            COCREATE_ERR_NOT_FOUND, "in round 'r' 'b' is not assigned to 'j1'");
    refused(store, DO("j2", "assignment.start", ",'contribution':'a','juror':'j1'"),
            COCREATE_ERR_PERMISSION, "'j2' cannot speak for juror 'j1'");
    /* j2 declines b: its place is free for d, since b is not offered to j2 again; j3 is late with c. */
    done(store, DO("j2", "assignment.decline", ",'contribution':'b','reason':'no time'"));
    done(store, "{'at':171,'actor':'firm','do':'assignment.plan','campaign':'x','round':'r'}");
    events = events_from(store, 1);
    assert_non_null(strstr(cocreate_text_data(events),
                           "\"expired\":[{\"contribution\":\"c\",\"juror\":\"j3\"}],\"offers\":[{"
                           "\"contribution\":\"b\",\"juror\":\"j3\"},"
                           "{\"contribution\":\"c\",\"juror\":\"j2\"}]"));
    cocreate_text_free(events);
    verified_close(store);
}

/* Only a and b run. j2 may not judge b; so a, which the plan first gave to j1, is handed on to j2,
 * and j1 takes b. */
static void a_plan_hands_on_to_place_all(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(
        "{'id':'r','lead':'jury','instrument':'score','phase':'vote','method':'score','panel':"
        "['j1','j2'],'assignment':{'per_entry':1,'load':1}}");
    for (int i = 0; i < 3; i++) {
        char command[200];
        snprintf(command, sizeof command,
                 "{'at':140,'actor':'c%d','do':'contribution.withdraw','campaign':'x',"
                 "'contribution':'%c'}",
                 i + 3, 'c' + i);
        done(store, command);
    }
    done(store, "{'at':141,'actor':'j2','do':'conflict.declare','campaign':'x','contribution':'b',"
                "'reason':'I taught her'}");
    done(store, DO("firm", "assignment.plan", ""));
    cocreate_text *events = events_from(store, 1);
    assert_non_null(strstr(cocreate_text_data(events),
                           "\"offers\":[{\"contribution\":\"a\",\"juror\":\"j2\"},"
                           "{\"contribution\":\"b\",\"juror\":\"j1\"}],\"round\":\"r\"}"));
    cocreate_text_free(events);
    verified_close(store);
}

static void conflicts_keep_jurors_out(void **state)
{
    (void)state;
    cocreate_store *store =
        open_jury("{'id':'r','lead':'jury','instrument':'score','phase':'vote','method':'score',"
                  "'panel':['j1','c1','j2'],'assignment':{'per_entry':2}}");
    done(store, "{'at':150,'actor':'j2','do':'conflict.declare','campaign':'x','contribution':'b',"
                "'reason':'I taught her'}");
    exists(store, "{'at':150,'actor':'j2','do':'conflict.declare','campaign':'x','contribution':'b',"
                  "'reason':'I taught her'}");
    refused(store,
            "{'at':150,'actor':'j2','do':'conflict.declare','campaign':'x','contribution':'b',"
            "'juror':'j1','reason':'he hates her'}",
            COCREATE_ERR_PERMISSION, "'j2' cannot speak for juror 'j1'");
    done(store, DO("firm", "assignment.plan", ""));
    refused(store, MARK("j2", "{'b':3}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: 'j2' declared a conflict of interest: I taught her");
    refused(store, MARK("c1", "{'a':3}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].self_vote: 'c1' is an author of 'a': leave it out");
    /* a goes to j1 and j2, b to j1 and c1 */
    done(store, MARK("c1", "{'b':3}"));
    done(store, MARK("j2", "{'a':3}"));
    refused(store,
            DO("firm", "assignment.reassign",
               ",'contribution':'b','juror':'j1','to':'j2','reason':'ill'"),
            COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: 'j2' declared a conflict of interest: I taught her");
    refused(store,
            DO("firm", "assignment.reassign",
               ",'contribution':'b','juror':'c1','to':'j2','reason':'ill'"),
            COCREATE_ERR_REFUSED, "'b' is done by 'c1': there is nothing to hand over");
    refused(store,
            DO("firm", "assignment.reassign",
               ",'contribution':'a','juror':'j1','to':'c9','reason':'ill'"),
            COCREATE_ERR_PERMISSION, "$.rounds[0].panel: 'c9' is not on the panel of round 'r'");
    done(store, "{'at':151,'actor':'host','do':'conflict.declare','campaign':'x','contribution':'a',"
                "'juror':'j1','reason':'same office'}");
    refused(store, "{'at':151,'actor':'j1','do':'ballot.cast','campaign':'x','round':'r','ballot':"
                   "{'a':3}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: 'j1' declared a conflict of interest: same office");
    verified_close(store);
}

/* c1 wrote a and works where j1 does; c2 wrote b and is in a team with j2. */
static void colleagues_and_team_mates_do_not_judge(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_store *store = open_jury(MARKS ",'assignment':{'per_entry':1},'coverage':1,"
                                            "'conflict_attribute':'employer'}");
    done(store, "{'at':100,'actor':'host','do':'participant.put','participant':'c1','side':'customer',"
                "'attributes':{'employer':'acme'}}");
    done(store, "{'at':100,'actor':'host','do':'participant.put','participant':'j1','side':'partner',"
                "'attributes':{'employer':'acme'}}");
    done(store, "{'at':100,'actor':'firm','do':'campaign.amend','campaign':'x','brief':{'team_max':2,"
                "'contributors':['customer','partner']},"
                "'reason':'asked for'}");
    done(store, "{'at':100,'actor':'c2','do':'team.form','campaign':'x','team':'red',"
                "'members':[{'participant':'c2'},{'participant':'j2'}]}");
    assert_status(execute(store, DO("firm", "assignment.plan", ""), &text), COCREATE_OK);
    /* a would be for j1, and b for j2 */
    assert_non_null(strstr(cocreate_text_data(text),
                           "\"conflicts\":[\"attribute\",\"team\"],"
                           "\"offers\":[{\"contribution\":\"a\",\"juror\":\"j2\"},"
                           "{\"contribution\":\"b\",\"juror\":\"j1\"}"));
    cocreate_text_free(text);
    refused(store, MARK("j1", "{'a':3}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: 'j1' has the same 'employer' as an author of 'a'");
    refused(store, MARK("j2", "{'b':3}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].lead: 'j2' is in a team with an author of 'b'");
    done(store, MARK("j2", "{'a':3}"));
    done(store, DO("j1", "assignment.start", ",'contribution':'b'"));
    exists(store, DO("firm", "assignment.plan", "")); /* what was begun and done stays */
    shows(store, "x", " has 0 of 1 evaluation','needed':1,'short':4}");
    shows(store, "x", "'assignments':[{'contribution':'b','juror':'j1','round':'r','state':'started'},");
    shows(store, "x", "{'contribution':'a','juror':'j2','round':'r','state':'done'}");
    static const char *const viewers[] = {"firm", "j1", "c1"};
    static const char *const seen[] = {"\"juror\":\"j2\"", "\"juror\":\"j1\"", NULL};
    for (int i = 0; i < 3; i++) {
        assert_status(cocreate_view(store, "x", viewers[i], &text, &check_error), COCREATE_OK);
        assert_true(!seen[i] || strstr(cocreate_text_data(text), seen[i]));
        assert_true(i == 0 || !strstr(cocreate_text_data(text), "\"juror\":\"j2\""));
        assert_true(i == 2 ? !strstr(cocreate_text_data(text), "assignments") : 1);
        cocreate_text_free(text);
    }
    verified_close(store);
}

/* What was not judged often enough is certified only with a reason. */
static void coverage_needs_a_reason(void **state)
{
    (void)state;
    cocreate_store *store = open_jury(MARKS ",'coverage':1}");
    done(store, MARK("j1", "{'a':3}"));
    assert_status(cocreate_tick(store, 200, &check_error), COCREATE_OK);
    shows(store, "x", "'state':'tallied'");
    refused(store, "{'at':201,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].coverage: 'b' has 0 of 1 evaluation, and 4 candidates in all fall short; "
            "certify with a reason");
    done(store, "{'at':202,'actor':'firm','do':'round.certify','campaign':'x','round':'r',"
                "'reason':'the others withdrew by mail'}");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

static void members_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {"'lead':'firm','panel':['j']", "$.rounds[0].panel: is only for rounds led by a jury"},
        {"'lead':'jury','panel':[]", "$.rounds[0].panel: expected a list of 1 to 1000 participants"},
        {"'lead':'jury','panel':['j','j']", "$.rounds[0].panel[1]: 'j' sits there twice"},
        {"'lead':'jury','panel':[7]", "$.rounds[0].panel[0]: expected a participant"},
        {"'lead':'jury','assignment':{'per_entry':1}",
         "$.rounds[0].assignment: needs a panel, to whose members entries are assigned"},
        {"'lead':'jury','assignment':{'load':1}", "$.rounds[0].assignment.per_entry: required, but missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char brief[1000];
        snprintf(brief, sizeof brief,
                 "{'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':"
                 "['customer'],'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['decide']}],"
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
        cmocka_unit_test(a_panel_marks),
        cmocka_unit_test(a_panel_decides),
        cmocka_unit_test(a_plan_balances_the_load),
        cmocka_unit_test(a_plan_says_what_is_short),
        cmocka_unit_test(a_plan_hands_on_to_place_all),
        cmocka_unit_test(conflicts_keep_jurors_out),
        cmocka_unit_test(colleagues_and_team_mates_do_not_judge),
        cmocka_unit_test(coverage_needs_a_reason),
        cmocka_unit_test(members_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
