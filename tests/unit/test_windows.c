/* Time as a campaign counts it: grace, what is late, phases by hand, pauses; and categories. Expected by
 * hand from docs/reference/briefs.md. */
#include "campaign.h"

#define PEOPLE BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],"
#define DO(at, verb, more) \
    "{'at':" #at ",'actor':'boss','do':'" verb "','campaign':'c'" more "}"

static void verified(cocreate_store *store)
{
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

/* [100, 200), 10 of grace; then late. Those who vote see what came in time. */
static void grace_and_what_is_late(void **state)
{
    (void)state;
    cocreate_store *store =
        begin(PEOPLE "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit'],'grace_us':10,"
                     "'late':true},{'id':'q','opens':300,'closes':400,'allows':['vote']}],'rounds':["
                     "{'id':'r','lead':'customer','instrument':'approve','method':'approval',"
                     "'phase':'q'}]");
    refused(store, SUBMIT(99, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000200Z, not at 1970-01-01T00:00:00.000099Z");
    done(store, SUBMIT(199, "ann", "a", ""));
    done(store, SUBMIT(209, "ann", "b", ""));
    done(store, SUBMIT(210, "ann", "l", "")); /* 10 after the close: grace is over */
    shows(store, "c", "'id':'l','late':true");
    done(store, "{'at':300,'actor':'host','do':'tick'}");
    cocreate_text *text = events_from(store, 1);
    assert_non_null(strstr(cocreate_text_data(text), "\"candidates\":[\"a\",\"b\"]"));
    cocreate_text_free(text);
    verified(store);
}

/* A ballot about what came late would be one about no candidate, and the round could not be counted. */
static void nobody_votes_on_what_is_late(void **state)
{
    (void)state;
    cocreate_store *store =
        begin(PEOPLE "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit'],'late':true},"
                     "{'id':'q','opens':100,'closes':400,'allows':['vote']}],'rounds':["
                     "{'id':'r','lead':'customer','instrument':'approve','method':'approval',"
                     "'phase':'q','rolling':true,'certify':'auto'}]");
    done(store, SUBMIT(199, "ann", "a", ""));
    done(store, SUBMIT(210, "ann", "l", ""));
    refused(store,
            "{'at':220,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r',"
            "'ballot':{'a':1,'l':1}}",
            COCREATE_ERR_NOT_FOUND, "'l' is no candidate of round 'r'");
    done(store, "{'at':220,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    done(store, "{'at':400,'actor':'host','do':'tick'}");
    shows(store, "c", "'selected':['a']");
    verified(store);
}

static void phases_that_go_by_hand(void **state)
{
    (void)state;
    cocreate_store *store =
        begin(PEOPLE "'phases':[{'id':'p','allows':['submit'],'advance':'manual'},"
                     "{'id':'t','opens':5,'closes':9,'allows':['revise']}]");
    refused(store, SUBMIT(10, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' once phase.advance opens it");
    refused(store, DO(10, "phase.advance", ",'phase':'p','to':'closed'"), COCREATE_ERR_REFUSED,
            "phase 'p' is planned: it cannot be closed before it opened");
    done(store, DO(10, "phase.advance", ",'phase':'p','to':'open'"));
    exists(store, DO(10, "phase.advance", ",'phase':'p','to':'open'"));
    done(store, SUBMIT(10, "ann", "a", ""));
    done(store, DO(20, "phase.advance", ",'phase':'p','to':'closed'"));
    exists(store, DO(20, "phase.advance", ",'phase':'p','to':'closed'"));
    refused(store, DO(21, "phase.advance", ",'phase':'p','to':'open'"), COCREATE_ERR_REFUSED,
            "phase 'p' is closed: it cannot be opened again");
    refused(store, SUBMIT(20, "ann", "b", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000010Z until before "
            "1970-01-01T00:00:00.000020Z, not at 1970-01-01T00:00:00.000020Z");
    refused(store, DO(21, "phase.advance", ",'phase':'t','to':'open'"), COCREATE_ERR_REFUSED,
            "$.phases[1].advance: phase 't' goes by time, not by hand");
    refused(store, DO(21, "phase.advance", ",'phase':'x','to':'open'"), COCREATE_ERR_NOT_FOUND,
            "campaign 'c' has no phase 'x'");
    verified(store);
}

/* Open in [100, 200), a round in [200, 300); paused in [150, 160) and again in [165, 170). */
#define PAUSED                                                                                     \
    PEOPLE "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit']},{'id':'q','opens':200," \
           "'closes':300,'allows':['vote']}],'rounds':[{'id':'r','lead':'customer','instrument':"     \
           "'approve','method':'approval','phase':'q'}]"

static void pauses_shift_what_has_not_closed(void **state)
{
    (void)state;
    cocreate_store *store = begin(PAUSED);
    done(store, DO(150, "campaign.pause", ",'reason':'a rule is unclear'"));
    exists(store, DO(151, "campaign.pause", ",'reason':'a rule is unclear'"));
    refused(store, SUBMIT(155, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "campaign 'c' is paused until campaign.resume");
    done(store, DO(160, "campaign.resume", ""));
    exists(store, DO(160, "campaign.resume", ""));
    done(store, DO(165, "campaign.pause", ",'reason':'again'"));
    done(store, DO(170, "campaign.resume", ""));
    done(store, SUBMIT(214, "ann", "a", "")); /* 200 + 10 + 5 */
    refused(store, SUBMIT(215, "ann", "b", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000215Z, not at 1970-01-01T00:00:00.000215Z");
    done(store, "{'at':215,'actor':'host','do':'tick'}");
    shows(store, "c",
          "'phases':[{'closes':215,'id':'p','opens':100,'state':'closed'},{'closes':315,'id':'q',"
          "'opens':215,'state':'open'}]");
    done(store, DO(220, "campaign.pause", ",'reason':'x'"));
    refused(store,
            "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}",
            COCREATE_ERR_REFUSED, "campaign 'c' is paused until campaign.resume");
    exists(store, "{'at':9000,'actor':'host','do':'tick'}"); /* nothing is due */
    done(store, DO(9000, "campaign.cancel", ",'reason':'y'"));
    refused(store, DO(9000, "campaign.resume", ""), COCREATE_ERR_REFUSED,
            "campaign 'c' is cancelled, not paused");
    refused(store, DO(9000, "campaign.pause", ",'reason':'z'"), COCREATE_ERR_REFUSED,
            "campaign 'c' is cancelled");
    verified(store);
}

static void pauses_may_keep_the_clocks(void **state)
{
    (void)state;
    cocreate_store *store = begin(PAUSED ",'pause':'keeps'");
    done(store, DO(150, "campaign.pause", ",'reason':'x'"));
    done(store, DO(250, "campaign.resume", "")); /* p has closed meanwhile, and q opened */
    shows(store, "c", "'phases':[{'closes':200,'id':'p','opens':100,'state':'closed'},{'closes':300,"
                      "'id':'q','opens':200,'state':'open'}]");
    verified(store);
}

static void categories_are_a_closed_list(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN ",'categories':[{'id':'x','capacity':1},{'id':'y'}]");
    refused(store, SUBMIT(150, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.categories: a contribution names its category, as 'x'");
    refused(store, SUBMIT(150, "ann", "a", ",'category':'z'"), COCREATE_ERR_REFUSED,
            "$.categories: there is no category 'z': name one, as 'x'");
    done(store, SUBMIT(150, "ann", "a", ",'category':'x'"));
    done(store, SUBMIT(150, "ann", "b", ",'category':'y'"));
    refused(store, SUBMIT(150, "bob", "k", ",'category':'x'"), COCREATE_ERR_REFUSED,
            "$.categories[0]: category 'x' has 1 of at most 1 contribution: another category, or one must "
            "go first");
    done(store, ON(150, "ann", "withdraw", "a", ""));
    done(store, SUBMIT(150, "bob", "k", ",'category':'x'"));
    verified(store);
}

static void refuses(const char *members, const char *text)
{
    char brief[4096], *json;
    cocreate_text *out = NULL;
    snprintf(brief, sizeof brief, "{%s}", members);
    json = quoted(brief);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &out, &check_error),
                  COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

static void briefs_with_other_windows_are_refused(void **state)
{
    (void)state;
    refuses(PEOPLE "'phases':[{'id':'p','allows':['vote'],'opens':1,'closes':2,'late':true}]",
            "$.phases[0].late: is only for phases that allow 'submit'");
    refuses(PEOPLE "'phases':[{'id':'p','allows':['vote'],'advance':'manual','opens':1}]",
            "$.phases[0].opens: a phase that is advanced by hand has no times");
    refuses(OPEN ",'categories':[{'id':'x'},{'id':'x'}]",
            "$.categories[1].id: 'x' names another one already");
    refuses(OPEN ",'pause':'stops'", "$.pause: expected \"shifts\" or \"keeps\", got \"stops\"");
}

#define AMEND(at, members) DO(at, "campaign.amend", ",'reason':'r','brief':{" members "}")
#define AGAIN(brief) "{'at':170,'actor':'boss','do':'campaign.create','campaign':'c','brief':{" brief "}}"
#define LIMITED(max) "'limits':[{'subject':'contribution','max':" #max "}]"

/* Sent again after an amendment, what created the campaign is still known; another brief is not. */
static void what_was_amended_is_created_once(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN "," LIMITED(1));
    done(store, AMEND(150, LIMITED(2)));
    done(store, AMEND(160, LIMITED(3)));
    exists(store, AGAIN(OPEN "," LIMITED(1)));
    exists(store, AGAIN(OPEN "," LIMITED(3)));
    refused(store, AGAIN(OPEN "," LIMITED(2)), COCREATE_ERR_CONFLICT,
            "campaign 'c' exists with another 'limits' in its brief");
    verified(store);
}

static void briefs_are_relaxed_and_never_tightened(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN "," LIMITED(1) ",'team_max':2,'categories':[{'id':'x','capacity':1}]");
    exists(store, AMEND(100, "'title':'T'"));
    refused(store, AMEND(100, LIMITED(0)), COCREATE_ERR_SCHEMA,
            "$.limits[0].max: 0 is out of range, expected 1 to 9007199254740991");
    refused(store, AMEND(100, "'team_max':1"), COCREATE_ERR_REFUSED,
            "$.team_max: may be raised, but not lowered, once published");
    refused(store, AMEND(100, "'moderation':'pre'"), COCREATE_ERR_REFUSED,
            "$.moderation: cannot be amended once published");
    refused(store, AMEND(100, "'contributors':['public']"), COCREATE_ERR_REFUSED,
            "$.contributors: words may be added, but not taken away, once published");
    refused(store, AMEND(100, "'limits':[]"), COCREATE_ERR_REFUSED,
            "$.limits: has as many items as when it was published");
    refused(store, AMEND(100, "'categories':[]"), COCREATE_ERR_REFUSED,
            "$.categories: items may be added, but not taken away, once published");
    refused(store,
            AMEND(100, "'phases':[{'id':'p','opens':100,'closes':199,'allows':['submit','revise',"
                       "'withdraw']},{'id':'q','opens':300,'closes':400,'allows':['withdraw','decide']}]"),
            COCREATE_ERR_REFUSED, "$.phases[0].closes: may be raised, but not lowered, once published");
    done(store, SUBMIT(100, "ann", "a", ",'category':'x'"));
    done(store, AMEND(150, LIMITED(2) ",'categories':[{'id':'x','capacity':1},{'id':'y'}]"));
    done(store, SUBMIT(150, "ann", "b", ",'category':'y'"));
    done(store, DO(160, "campaign.pause", ",'reason':'x'"));
    done(store, DO(165, "campaign.resume", "")); /* p closes at 205 */
    done(store,
         AMEND(170, "'phases':[{'id':'p','opens':100,'closes':220,'allows':['submit','revise',"
                    "'withdraw']},{'id':'q','opens':300,'closes':400,'allows':['withdraw','decide']}]"));
    done(store, SUBMIT(224, "bob", "d", ",'category':'y'")); /* and 20 later now */
    refused(store, SUBMIT(225, "bob", "e", ",'category':'y'"), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000225Z, not at 1970-01-01T00:00:00.000225Z");
    done(store, "{'at':230,'actor':'host','do':'tick'}");
    refused(store,
            AMEND(230, "'phases':[{'id':'p','opens':100,'closes':260,'allows':['submit','revise',"
                       "'withdraw']},{'id':'q','opens':300,'closes':400,'allows':['withdraw','decide']}]"),
            COCREATE_ERR_REFUSED, "$.phases[0]: has closed: campaign.create makes another campaign");
    verified(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grace_and_what_is_late),
        cmocka_unit_test(nobody_votes_on_what_is_late),
        cmocka_unit_test(phases_that_go_by_hand),
        cmocka_unit_test(pauses_shift_what_has_not_closed),
        cmocka_unit_test(pauses_may_keep_the_clocks),
        cmocka_unit_test(categories_are_a_closed_list),
        cmocka_unit_test(briefs_with_other_windows_are_refused),
        cmocka_unit_test(what_was_amended_is_created_once),
        cmocka_unit_test(briefs_are_relaxed_and_never_tightened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
