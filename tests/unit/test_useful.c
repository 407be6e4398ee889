/* What was useful, and who invited whom. Expected answers by hand from docs/reference/briefs.md. */
#include "campaign.h"

#define HELP(more)                                                                                         \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'kinds':['idea','comment','answer']," more  \
               "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','comment','withdraw']},"   \
               "{'id':'v','opens':200,'closes':300,'allows':['vote','comment','withdraw']}],"              \
               "'rounds':[{'id':'r','lead':'customer','instrument':'approve','phase':'v',"                  \
               "'method':'approval'}]"
#define USEFUL "'useful':true,"
#define ANSWER(at, actor, id, to) SUBMIT(at, actor, id, ",'kind':'answer','reply_to':'" to "'")
#define MARK(at, actor, id) \
    "{'at':" #at ",'actor':'" actor "','do':'useful.mark','campaign':'c','contribution':'" id "'}"
#define UNMARK(at, actor, id) \
    "{'at':" #at ",'actor':'" actor "','do':'useful.unmark','campaign':'c','contribution':'" id "'}"

/* Ann asks "a", Cat "b"; Bob, Pat and Rex answer, Bob comments on Pat's answer. */
static cocreate_store *asked(const char *brief)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(100, "ann", "a", ""));
    done(s, SUBMIT(101, "cat", "b", ""));
    done(s, ANSWER(102, "bob", "x", "a"));
    done(s, ANSWER(103, "pat", "y", "a"));
    done(s, ANSWER(104, "rex", "z", "b"));
    done(s, SUBMIT(105, "bob", "k", ",'kind':'comment','reply_to':'y'"));
    return s;
}

static int holds(const char *text, const char *wanted)
{
    char *json = quoted(wanted);
    int found = strstr(text, json) != NULL;
    free(json);
    return found;
}

typedef cocreate_status (*teller)(cocreate_store *s, const char *viewer, cocreate_text **out);

static cocreate_status tell_roles(cocreate_store *s, const char *viewer, cocreate_text **out)
{
    return cocreate_report_as(s, "c", "roles", COCREATE_NO_TIME, viewer, out, &check_error);
}

static cocreate_status tell_view(cocreate_store *s, const char *viewer, cocreate_text **out)
{
    return cocreate_view(s, "c", viewer, out, &check_error);
}

static cocreate_status tell_x(cocreate_store *s, const char *viewer, cocreate_text **out)
{
    return cocreate_explain_as(s, "x", "c", viewer, out, &check_error);
}

static cocreate_status tell_person(cocreate_store *s, const char *person, cocreate_text **out)
{
    return cocreate_export_person(s, person, out, &check_error);
}

static cocreate_status tell_table(cocreate_store *s, const char *viewer, cocreate_text **out)
{
    return cocreate_export_as(s, "c", NULL, "csv:useful", viewer, out, &check_error);
}

#define assert_told(store, tell, viewer, text) told_(store, tell, viewer, text, 1, __FILE__, __LINE__)
#define assert_untold(store, tell, viewer, text) told_(store, tell, viewer, text, 0, __FILE__, __LINE__)

static void told_(cocreate_store *s, teller tell, const char *viewer, const char *text, int expected,
                  const char *file, int line)
{
    cocreate_text *out = NULL;
    assert_status(tell(s, viewer, &out), COCREATE_OK);
    if (holds(cocreate_text_data(out), text) != expected) {
        print_error("%s\n  %s %s\n", cocreate_text_data(out), expected ? "does not hold" : "holds", text);
        _fail(file, line);
    }
    cocreate_text_free(out);
}

static void whoever_asked_marks_what_helped(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    done(s, MARK(110, "ann", "x"));
    exists(s, MARK(111, "ann", "x"));
    done(s, MARK(112, "boss", "x"));
    done(s, MARK(113, "pat", "k")); /* on an answer to an answer */
    refused(s, MARK(114, "cat", "x"), COCREATE_ERR_PERMISSION,
            "'cat' is no author of what contribution 'x' answers: one of those, or the firm, says whether it "
            "is useful");
    refused(s, MARK(114, "bob", "x"), COCREATE_ERR_REFUSED,
            "'bob' is an author of contribution 'x', and nobody marks their own");
    refused(s, MARK(114, "boss", "a"), COCREATE_ERR_REFUSED,
            "contribution 'a' answers no other one: comments, reviews, answers and amendments that were "
            "accepted are marked");
    refused(s, MARK(114, "ann", "q"), COCREATE_ERR_NOT_FOUND, "campaign 'c' has no contribution 'q'");
    refused(s, UNMARK(114, "ann", "y"), COCREATE_ERR_NOT_FOUND, "'ann' has not marked contribution 'y'");
    shows(s, "c", "'useful':[{'at':113,'by':'pat','contribution':'k','state':'marked'},"
                  "{'at':110,'by':'ann','contribution':'x','state':'marked'},"
                  "{'at':112,'by':'boss','contribution':'x','state':'marked'}]");
    assert_told(s, tell_x, "host", " marked it as useful at 1970-01-01T00:00:00.000110Z.");
    assert_told(s, tell_table, "host", "contribution,by,at,state\r\nk,pat,113,marked\r\n"
                "x,ann,110,marked\r\n");
    assert_told(s, tell_person, "ann", "'useful':[{'at':110,'by':'ann','campaign':'c','contribution':'x'");
    assert_untold(s, tell_person, "bob", "'useful'");
    done(s, UNMARK(115, "ann", "x"));
    exists(s, UNMARK(116, "ann", "x"));
    shows(s, "c", "'useful':[{'at':113,'by':'pat','contribution':'k','state':'marked'},"
                  "{'at':112,'by':'boss','contribution':'x','state':'marked'}]");
    done(s, MARK(117, "ann", "x"));
    shows(s, "c", "{'at':117,'by':'ann','contribution':'x','state':'marked'}");
    verified_close(s);
}

static void what_has_ended_is_not_marked(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    done(s, MARK(110, "ann", "y"));
    done(s, ON(111, "bob", "withdraw", "x", ""));
    done(s, ON(111, "boss", "remove", "y", ",'reason':'rude'"));
    refused(s, MARK(112, "ann", "x"), COCREATE_ERR_REFUSED,
            "contribution 'x' is withdrawn: it cannot be marked");
    refused(s, MARK(112, "boss", "y"), COCREATE_ERR_REFUSED,
            "contribution 'y' is removed: it cannot be marked");
    assert_untold(s, tell_roles, "host", "'guide':1"); /* what was removed guides nobody */
    done(s, UNMARK(113, "ann", "y"));
    done(s, "{'at':120,'actor':'boss','do':'campaign.pause','campaign':'c','reason':'rest'}");
    refused(s, MARK(121, "cat", "z"), COCREATE_ERR_REFUSED, "campaign 'c' is paused until campaign.resume");
    done(s, "{'at':122,'actor':'boss','do':'campaign.cancel','campaign':'c','reason':'over'}");
    refused(s, MARK(123, "cat", "z"), COCREATE_ERR_REFUSED, "campaign 'c' is cancelled");
    verified_close(s);
}

static void without_the_member_nothing_is_marked(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(""));
    refused(s, MARK(110, "ann", "x"), COCREATE_ERR_REFUSED,
            "$.useful: the campaign does not mark what is useful");
    /* Answers are the witnesses there: x of Bob is event 12, y of Pat 13, z of Rex 14. */
    assert_told(s, tell_roles, "host", "'guide':3");
    assert_told(s, tell_roles, "host", "'pat':{'guide':13}");
    verified_close(s);
}

/* Event 12 is x, 15 the comment k; the marks are 16 to 18. */
static void a_mark_is_the_witness_of_a_guide(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    assert_told(s, tell_roles, "host", "'guide':0");
    done(s, MARK(110, "boss", "y"));
    done(s, MARK(111, "ann", "x"));
    done(s, MARK(112, "pat", "k"));
    assert_told(s, tell_roles, "host", "'bob':{'consultant':15,'guide':17}");
    assert_told(s, tell_roles, "host", "'pat':{'guide':16}");
    assert_told(s, tell_roles, "host", "'guide':2");
    done(s, UNMARK(113, "boss", "y"));
    done(s, UNMARK(114, "ann", "x"));
    assert_told(s, tell_roles, "host", "'bob':{'consultant':15,'guide':18}");
    assert_told(s, tell_roles, "host", "'guide':1");
    verified_close(s);
}

/* The two answers of Bob and Rex become one: Ann's and Boss's marks go along, Rex's own would not; Ann had
 * marked both. */
static void marks_follow_a_merge(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    done(s, ANSWER(106, "rex", "w", "a"));
    done(s, MARK(110, "ann", "x"));
    done(s, MARK(110, "boss", "x"));
    done(s, MARK(111, "ann", "w"));
    done(s, ON(112, "boss", "merge", "x", ",'into':'w'"));
    shows(s, "c", "'useful':[{'at':111,'by':'ann','contribution':'w','state':'marked'},"
                  "{'at':110,'by':'boss','contribution':'w','state':'marked'}]");
    exists(s, MARK(113, "ann", "x")); /* it stands with what x is now */
    refused(s, UNMARK(113, "ann", "x"), COCREATE_ERR_REFUSED,
            "contribution 'x' was merged into 'w': name that one");
    done(s, UNMARK(114, "ann", "w"));
    refused(s, MARK(115, "ann", "x"), COCREATE_ERR_REFUSED,
            "contribution 'x' was merged into 'w': name that one");
    assert_told(s, tell_roles, "host", "'rex':{'guide':18}"); /* Boss's mark on x, which is w */
    assert_untold(s, tell_roles, "host", "'bob':{'consultant':15,'guide'");
    /* Ann's question is merged into Cat's: both may say what helped. */
    done(s, ON(116, "boss", "merge", "a", ",'into':'b'"));
    done(s, MARK(117, "cat", "y"));
    done(s, MARK(118, "ann", "y"));
    verified_close(s);
}

/* An amendment that was accepted answers what it amends. */
static void an_amendment_is_marked(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    done(s, SUBMIT(106, "bob", "m", ""));
    done(s, "{'at':107,'actor':'bob','do':'edge.propose','campaign':'c','from':'m','to':'b',"
            "'type':'amends'}");
    refused(s, MARK(108, "cat", "m"), COCREATE_ERR_REFUSED, NULL);
    done(s, "{'at':109,'actor':'cat','do':'edge.accept','campaign':'c','from':'m','to':'b',"
            "'type':'amends'}");
    done(s, MARK(110, "cat", "m"));
    refused(s, MARK(110, "ann", "m"), COCREATE_ERR_PERMISSION, NULL);
    verified_close(s);
}

/* Who asked is an author: where names are hidden, so is theirs. */
static void hidden_names_stay_hidden(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL "'visibility':{'identities':'owner'},"));
    done(s, MARK(110, "ann", "x"));
    assert_told(s, tell_view, "pat", "'useful':[{'at':110,'contribution':'x','state':'marked'}]");
    assert_told(s, tell_view, "ann", "'useful':[{'at':110,'by':'ann','contribution':'x','state':'marked'}]");
    assert_told(s, tell_x, "pat", "It was marked as useful at 1970-01-01T00:00:00.000110Z.");
    assert_untold(s, tell_x, "pat", "ann");
    assert_told(s, tell_table, "pat", "x,,110,marked");
    cocreate_text *out = NULL;
    assert_status(cocreate_export_as(s, "c", NULL, "jsonl", "ann", &out, &check_error), COCREATE_OK);
    assert_true(holds(cocreate_text_data(out), "'type':'useful.marked'"));
    cocreate_text_free(out);
    verified_close(s);
}

/* Marks stay with the pseudonym, as votes do. */
static void an_erased_mark_stays(void **state)
{
    (void)state;
    cocreate_store *s = asked(HELP(USEFUL));
    done(s, MARK(110, "ann", "x"));
    done(s, "{'at':111,'actor':'host','do':'participant.erase','participant':'ann'}");
    shows(s, "c", "'useful':[{'at':110,'by':'ann','contribution':'x','state':'marked'}]");
    assert_told(s, tell_roles, "host", "'guide':1");
    verified_close(s);
}

/* ---- invitations ---- */

#define PERSON(at, id, more) \
    "{'at':" #at ",'actor':'host','do':'participant.put','participant':'" id "','side':'customer'" more "}"
#define BY(id) ",'invited_by':'" id "'"

static void an_invitation_is_said_once(void **state)
{
    (void)state;
    cocreate_store *s = begin(HELP(""));
    done(s, PERSON(1, "dan", BY("ann")));
    exists(s, PERSON(2, "dan", BY("ann")));
    exists(s, PERSON(2, "dan", ""));
    refused(s, PERSON(2, "dan", BY("bob")), COCREATE_ERR_CONFLICT,
            "participant 'dan' exists with 'invited_by' 'ann'");
    refused(s, PERSON(2, "bob", BY("ann")), COCREATE_ERR_CONFLICT,
            "participant 'bob' exists with no 'invited_by'");
    refused(s, PERSON(2, "eve", BY("eve")), COCREATE_ERR_SCHEMA,
            "$.invited_by: 'eve' cannot invite themselves");
    refused(s, PERSON(2, "eve", BY("zoe")), COCREATE_ERR_NOT_FOUND,
            "$.invited_by: no participant 'zoe': who invites is registered before");
    done(s, PERSON(3, "dan", BY("ann") ",'weight':2")); /* another weight; the invitation stays */
    done(s, "{'at':4,'actor':'host','do':'participant.erase','participant':'ann'}");
    exists(s, PERSON(5, "dan", BY("ann")));
    refused(s, PERSON(5, "eve", BY("ann")), COCREATE_ERR_REFUSED,
            "$.invited_by: participant 'ann' was erased");
    done(s, "{'at':6,'actor':'host','do':'participant.erase','participant':'dan'}");
    assert_told(s, tell_person, "dan", "'invited_by':'ann'"); /* an id, and no more */
    cocreate_text *out = NULL;
    assert_status(cocreate_export(s, NULL, NULL, "csv:invitations", &out, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(out), "id,by,at\r\ndan,ann,1\r\n");
    cocreate_text_free(out);
    verified_close(s);
}

/* Events: 6 people, campaign.created, .published; dan 9, eve 10, fay 11; phase.opened 12, d 13, f 14, g 15;
 * phase.closed, .opened, round.opened; the ballot 19. */
static void who_was_invited_and_took_part_shows_a_promoter(void **state)
{
    (void)state;
    cocreate_store *s = begin(HELP(""));
    done(s, PERSON(1, "dan", BY("ann")));
    done(s, PERSON(2, "eve", BY("bob")));
    done(s, PERSON(3, "fay", BY("boss")));
    assert_told(s, tell_roles, "host", "'promoter':0");
    done(s, SUBMIT(100, "dan", "d", ""));
    assert_told(s, tell_roles, "host", "'ann':{'promoter':13}");
    done(s, SUBMIT(101, "fay", "f", "")); /* the firm invites, and is no co-creator */
    done(s, SUBMIT(102, "dan", "g", ""));
    assert_told(s, tell_roles, "host", "'people':{'ann':{'promoter':13}}");
    done(s, "{'at':210,'actor':'eve','do':'ballot.cast','campaign':'c','round':'r','ballot':{'d':1}}");
    assert_told(s, tell_roles, "host", "'promoter':3"); /* ann, bob, and eve, who votes */
    assert_told(s, tell_roles, "host", "'bob':{'promoter':19},'eve':{'promoter':19}");
    assert_told(s, tell_person, "ann", "'invited':{'count':1,'people':['dan']}");
    assert_told(s, tell_person, "bob", "'invited':{'count':1,'people':[]}"); /* eve wrote nothing */
    assert_untold(s, tell_person, "cat", "'invited'");
    cocreate_text *out = NULL;
    assert_status(cocreate_explain_as(s, "dan", NULL, "boss", &out, &check_error), COCREATE_OK);
    assert_true(holds(cocreate_text_data(out), "Invited by"));
    cocreate_text_free(out);
    assert_status(cocreate_explain_as(s, "dan", NULL, "cat", &out, &check_error), COCREATE_OK);
    assert_false(holds(cocreate_text_data(out), "Invited"));
    cocreate_text_free(out);
    verified_close(s);
}

static void names_that_are_hidden_are_not_listed(void **state)
{
    (void)state;
    cocreate_store *s = begin(HELP("'visibility':{'identities':'firm'},"));
    done(s, PERSON(1, "dan", BY("ann")));
    done(s, SUBMIT(100, "dan", "d", ""));
    assert_told(s, tell_person, "ann", "'invited':{'count':1,'people':[]}");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_asked_marks_what_helped),
        cmocka_unit_test(what_has_ended_is_not_marked),
        cmocka_unit_test(without_the_member_nothing_is_marked),
        cmocka_unit_test(a_mark_is_the_witness_of_a_guide),
        cmocka_unit_test(marks_follow_a_merge),
        cmocka_unit_test(an_amendment_is_marked),
        cmocka_unit_test(hidden_names_stay_hidden),
        cmocka_unit_test(an_erased_mark_stays),
        cmocka_unit_test(an_invitation_is_said_once),
        cmocka_unit_test(who_was_invited_and_took_part_shows_a_promoter),
        cmocka_unit_test(names_that_are_hidden_are_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
