/* What one viewer sees of a campaign. Expected answers by hand from docs/reference/briefs.md. */
#include "campaign.h"

#define TALK(more)                                                                                \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],"                                  \
               "'form':[{'key':'n','type':'integer'},{'key':'m','type':'text','private':true}],"  \
               "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit']},"               \
               "{'id':'v','opens':200,'closes':300,'allows':['vote']}],"                          \
               "'rounds':[{'id':'r','lead':'customer','instrument':'approve','phase':'v',"        \
               "'method':'approval','certify':'auto'}]" more

/* Ann's and Bob's ideas; Cat votes for Ann's. */
static cocreate_store *told(const char *brief)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(100, "ann", "a", ",'fields':{'n':1,'m':'ann@example.org'}"));
    done(s, SUBMIT(101, "bob", "b", ",'fields':{'n':2}"));
    done(s, "{'at':210,'actor':'cat','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    return s;
}

/* Does what this viewer sees hold a text (written with ')? */
static int sees(cocreate_store *s, const char *viewer, const char *text)
{
    cocreate_text *shown = NULL;
    char *wanted = quoted(text);
    assert_status(cocreate_view(s, "c", viewer, &shown, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(shown), wanted) != NULL;
    cocreate_text_free(shown);
    free(wanted);
    return found;
}

/* For everybody: anybody, ann, cat who voted, boss of the firm, the host, as a row of 0 and 1. */
#define assert_seen(store, text, expected) seen_((store), (text), (expected), __FILE__, __LINE__)

static void seen_(cocreate_store *s, const char *text, const char *expected, const char *file, int line)
{
    static const char *const viewers[] = {NULL, "ann", "pat", "cat", "boss", "host"};
    char got[7] = "";
    for (int i = 0; i < 6; i++)
        got[i] = sees(s, viewers[i], text) ? '1' : '0';
    if (strcmp(got, expected) != 0) {
        print_error("%s: seen by %s, expected %s\n", text, got, expected);
        _fail(file, line);
    }
}

static void without_a_policy_all_is_seen_but_the_books(void **state)
{
    (void)state;
    cocreate_store *s = told(TALK(""));
    assert_seen(s, "'id':'a'", "111111");
    assert_seen(s, "'participant':'bob'", "111111");
    assert_seen(s, "'counts':{'created':2", "111111");
    assert_seen(s, "'balances'", "000011");
    assert_seen(s, "ann@example.org", "010011"); /* a private field */
    verified_close(s);
}

static void audiences_see_what_they_may(void **state)
{
    (void)state;
    static const struct {
        const char *word, *works, *names, *counts;
    } cases[] = {
        /* whether anybody, ann, pat, cat, boss, host see ann's work, her name, how many there are */
        {"all", "111111", "111111", "111111"},        {"nobody", "000001", "000001", "000001"},
        {"owner", "010001", "010001", "000001"},      {"firm", "010011", "010011", "000011"},
        {"voted", "010111", "010111", "000111"},      {"after_close", "010011", "010011", "000011"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char brief[2048];
        snprintf(brief, sizeof brief, TALK(",'visibility':{'contributions':'%s'}"), cases[i].word);
        cocreate_store *s = told(brief);
        assert_seen(s, "'id':'a'", cases[i].works);
        assert_seen(s, "'counts':{'created':2", cases[i].counts);
        assert_seen(s, "'candidates':2", cases[i].counts);
        assert_seen(s, "'events'", cases[i].counts);
        verified_close(s);
        snprintf(brief, sizeof brief, TALK(",'visibility':{'identities':'%s'}"), cases[i].word);
        s = told(brief);
        assert_seen(s, "'participant':'ann'", cases[i].names);
        assert_seen(s, "'by':'ann'", cases[i].names);
        assert_seen(s, "'id':'a'", "111111");
        verified_close(s);
        snprintf(brief, sizeof brief, TALK(",'visibility':{'counts':'%s'}"), cases[i].word);
        s = told(brief);
        assert_seen(s, "'counts':{'created':2", cases[i].counts);
        assert_seen(s, "'id':'b'", "111111");
        verified_close(s);
    }
}

/* When every phase has closed, what was kept back is told, with its places. */
static void after_close_all_is_told(void **state)
{
    (void)state;
    cocreate_store *s =
        told(TALK(",'visibility':{'contributions':'after_close','identities':'owner',"
                  "'counts':'after_close'}"));
    assert_seen(s, "'places'", "000000");
    assert_status(cocreate_tick(s, 300, &check_error), COCREATE_OK);
    assert_seen(s, "'places'", "111111");
    assert_seen(s, "'id':'b'", "111111");
    assert_seen(s, "'participant':'ann'", "010001");
    verified_close(s);
}

static void what_waits_for_moderation_is_not_there(void **state)
{
    (void)state;
    cocreate_store *s = begin(TALK(",'moderation':'pre'"));
    done(s, SUBMIT(100, "ann", "a", ""));
    assert_seen(s, "'id':'a'", "010011");
    done(s, ON(101, "boss", "screen", "a", ",'verdict':'accept'"));
    assert_seen(s, "'id':'a'", "111111");
    verified_close(s);
}

/* Nor is what ended before: by its author, by the firm, into another one. What was published and goes stays
 * to be seen, as does what an appeal brings back once it is accepted. */
static void what_was_never_published_is_not_there(void **state)
{
    (void)state;
    cocreate_store *s = begin(BRIEF_HEAD
        "'mode':'tinkering','contributors':['customer'],'moderation':{'pre':true,'appeal_us':50},"
        "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','withdraw']}]");
    done(s, SUBMIT(100, "ann", "a1", ""));
    done(s, SUBMIT(100, "ann", "a2", ""));
    done(s, SUBMIT(100, "ann", "a3", ""));
    done(s, SUBMIT(100, "ann", "a4", ""));
    done(s, SUBMIT(100, "ann", "a5", ""));
    done(s, SUBMIT(100, "bob", "b", ""));
    done(s, ON(101, "boss", "screen", "b", ",'verdict':'accept'"));
    done(s, ON(101, "boss", "screen", "a5", ",'verdict':'accept'"));
    done(s, ON(102, "ann", "withdraw", "a1", ""));
    done(s, ON(102, "boss", "merge", "a2", ",'into':'b'"));
    done(s, ON(102, "boss", "remove", "a3", ",'reason':'spam'"));
    done(s, ON(102, "boss", "disqualify", "a4", ",'reason':'late'"));
    done(s, ON(102, "ann", "withdraw", "a5", ""));
    assert_seen(s, "'id':'a1'", "010011");
    assert_seen(s, "'id':'a2'", "010011");
    assert_seen(s, "'id':'a3'", "010011");
    assert_seen(s, "'id':'a4'", "010011");
    assert_seen(s, "'id':'a5'", "111111");
    assert_seen(s, "'unpublished':true", "010011");
    done(s, ON(103, "boss", "remove", "a1", ",'reason':'spam'")); /* what was unseen stays so */
    assert_seen(s, "'id':'a1'", "010011");
    done(s, "{'at':104,'actor':'ann','do':'appeal.file','campaign':'c','appeal':'p','contribution':'a3',"
            "'reason':'mine'}");
    done(s, "{'at':105,'actor':'boss','do':'appeal.decide','campaign':'c','appeal':'p',"
            "'verdict':'overturned','answer':'so'}");
    assert_seen(s, "'id':'a3'", "010011"); /* it waits again */
    done(s, ON(106, "boss", "screen", "a3", ",'verdict':'accept'"));
    assert_seen(s, "'id':'a3'", "111111");
    verified_close(s);
}

static void who_looks_has_to_be_known(void **state)
{
    (void)state;
    cocreate_text *out = NULL;
    cocreate_store *s = begin(TALK(""));
    assert_status(cocreate_view(s, "c", "eve", &out, &check_error), COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text, "no participant 'eve'");
    done(s, "{'at':1,'actor':'boss','do':'campaign.create','campaign':'d','brief':{" TALK("") "}}");
    assert_status(cocreate_view(s, "d", "ann", &out, &check_error), COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text, "no campaign 'd'"); /* not published: as if there were none */
    assert_status(cocreate_view(s, "e", "ann", &out, &check_error), COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text, "no campaign 'e'");
    assert_status(cocreate_view(s, "d", "boss", &out, &check_error), COCREATE_OK);
    cocreate_text_free(out);
    refused(s, "{'at':2,'actor':'boss','do':'campaign.amend','campaign':'c','reason':'x',"
               "'brief':{'visibility':{'counts':'firm'}}}",
            COCREATE_ERR_REFUSED, "$.visibility: cannot be amended once published");
    refused(s, "{'at':2,'actor':'boss','do':'campaign.create','campaign':'f','brief':{" TALK(
                   ",'visibility':{'counts':'me'}") "}}",
            COCREATE_ERR_SCHEMA,
            "$.brief.visibility.counts: expected \"all\", \"nobody\", \"owner\", \"firm\", \"voted\" or "
            "\"after_close\", got \"me\"");
    cocreate_store_close(s);
}

/* Blind review: panel of three, of whom jim is of the firm's side and ann writes herself. */
#define BLIND(more)                                                                               \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],"                                  \
               "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','flag','comment']},"  \
               "{'id':'v','opens':200,'closes':300,'allows':['decide']}],"                        \
               "'rounds':[{'id':'r','lead':'jury','phase':'v','panel':['jim','cat','ann']," \
               "'select':[0,2],'certify':'auto'}]" more

static cocreate_store *judged(const char *brief)
{
    cocreate_store *s = open_store();
    char command[2048];
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'jim','side':'firm'}");
    static const char *const people[][2] = {
        {"boss", "firm"}, {"ann", "customer"}, {"bob", "customer"}, {"cat", "customer"}, {"pat", "public"}};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        assert_status(cocreate_participant_put(s, 0, "host", people[i][0], people[i][1], NULL, &check_error),
                      COCREATE_OK);
    snprintf(command, sizeof command,
             "{'at':0,'actor':'boss','do':'campaign.create','campaign':'c','brief':{%s}}", brief);
    done(s, command);
    done(s, "{'at':0,'actor':'boss','do':'campaign.publish','campaign':'c'}");
    done(s, SUBMIT(100, "bob", "b", ""));
    done(s, SUBMIT(101, "ann", "a", ""));
    return s;
}

/* Is a text in what cocreate_explain_as() says of b to this viewer? -1: b is not found. */
static int hears(cocreate_store *s, const char *viewer, const char *text)
{
    cocreate_text *told = NULL;
    cocreate_status status = cocreate_explain_as(s, "b", "c", viewer, &told, &check_error);
    if (status == COCREATE_ERR_NOT_FOUND) {
        assert_string_equal(check_error.text, "no contribution, award or participant has the id 'b'");
        return -1;
    }
    assert_true(status >= 0);
    int found = strstr(cocreate_text_data(told), text) != NULL;
    cocreate_text_free(told);
    return found;
}

static void jurors_see_works_and_no_names(void **state)
{
    (void)state;
    cocreate_store *s =
        judged(BLIND(",'visibility':{'contributions':'firm','identities':'firm','jurors':'firm'}"));
    /* cat and jim judge; b's author is bob */
    assert_int_equal(hears(s, "cat", "bob"), 0);
    assert_int_equal(hears(s, "jim", "bob"), 0); /* though of the firm's side */
    assert_int_equal(hears(s, "boss", "bob"), 1);
    assert_int_equal(hears(s, "bob", "bob"), 1);
    assert_int_equal(hears(s, "pat", "b"), -1);
    assert_int_equal(hears(s, NULL, "b"), -1);
    assert_int_equal(sees(s, "cat", "'panel'"), 0);
    assert_int_equal(sees(s, "bob", "'panel'"), 0);
    assert_int_equal(sees(s, "boss", "'panel':['jim','cat','ann']"), 1);
    done(s, "{'at':210,'actor':'cat','do':'decision.make','campaign':'c','round':'r','contribution':'b',"
            "'verdict':'select'}");
    assert_status(cocreate_tick(s, 300, &check_error), COCREATE_OK);
    assert_int_equal(hears(s, "boss", "'cat' decided: select"), 1);
    assert_int_equal(hears(s, "bob", "'cat'"), 0);
    assert_int_equal(hears(s, "jim", "bob"), 1); /* the result is there */
    verified_close(s);
}

static char *exported(cocreate_store *s, const char *format, const char *viewer)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_export_as(s, "c", NULL, format, viewer, &text, &check_error), COCREATE_OK);
    char *copy = malloc(cocreate_text_size(text) + 1);
    assert_non_null(copy);
    memcpy(copy, cocreate_text_data(text), cocreate_text_size(text) + 1);
    cocreate_text_free(text);
    return copy;
}

static void assert_exported(cocreate_store *s, const char *viewer, const char *expected)
{
    char *text = exported(s, "csv:ballots", viewer);
    const char *rows = strstr(text, "\r\n") + 2;
    if (strcmp(rows, expected) != 0)
        print_error("to %s\n%s", viewer ? viewer : "anybody", rows);
    assert_string_equal(rows, expected);
    free(text);
}

static void ballots_are_secret_unless_the_brief_opens_them(void **state)
{
    (void)state;
    static const char row[] = "r,cat,,1,15,cast,,\"{\"\"a\"\":1}\"\r\n";
    cocreate_text *text = NULL;
    cocreate_store *s = told(TALK(""));
    assert_exported(s, "host", row);
    assert_exported(s, "cat", row);
    assert_exported(s, "boss", "");
    assert_exported(s, "ann", "");
    assert_exported(s, NULL, "");
    assert_failure(cocreate_export_as(s, "c", "r", "preflib", "ann", &text, &check_error),
                   COCREATE_ERR_PERMISSION, "$.visibility.ballots: who voted what is not for 'ann'");
    assert_failure(cocreate_report_as(s, "c", "lockstep", COCREATE_NO_TIME, "boss", &text, &check_error),
                   COCREATE_ERR_PERMISSION, "$.visibility.ballots: who voted is not for 'boss'");
    verified_close(s);
    s = told(TALK(",'visibility':{'ballots':'after_close'}"));
    assert_exported(s, "ann", "");
    assert_exported(s, "boss", row);
    assert_failure(cocreate_export_as(s, "c", "r", "preflib", NULL, &text, &check_error),
                   COCREATE_ERR_PERMISSION,
                   "$.visibility.ballots: who voted what is not for everybody until every phase has closed");
    refused(s, "{'at':211,'actor':'boss','do':'campaign.amend','campaign':'c','reason':'x',"
               "'brief':{'visibility':{'ballots':'all'}}}",
            COCREATE_ERR_REFUSED, "$.visibility: cannot be amended once published");
    assert_status(cocreate_tick(s, 300, &check_error), COCREATE_OK);
    assert_exported(s, NULL, row);
    verified_close(s);
    s = told(TALK(",'visibility':{'counts':'voted'}"));
    assert_failure(cocreate_report_as(s, "c", "funnel", COCREATE_NO_TIME, "ann", &text, &check_error),
                   COCREATE_ERR_PERMISSION,
                   "$.visibility.counts: how much there is is not for 'ann' before they have voted");
    assert_failure(cocreate_export_as(s, "c", NULL, "csv:ledger", "ann", &text, &check_error),
                   COCREATE_ERR_PERMISSION, "the table 'ledger' is for the firm");
    assert_failure(cocreate_export_as(s, NULL, NULL, "csv:participants", "boss", &text, &check_error),
                   COCREATE_ERR_PERMISSION,
                   "the table 'participants' is for the firm, of a campaign: name one");
    assert_failure(cocreate_export_as(s, NULL, NULL, "jsonl", "boss", &text, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "jsonl of the whole store is for the host: name a campaign");
    verified_close(s);
}

/* The same refusal for an id that is hidden and for one that is none, by whoever may not see it. */
static void refusals_do_not_tell_what_is_hidden(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "{'at':110,'actor':'%s','do':'contribution.withdraw','campaign':'c','contribution':'%s'}",
        "{'at':110,'actor':'%s','do':'contribution.revise','campaign':'c','contribution':'%s','title':'x'}",
        "{'at':110,'actor':'%s','do':'flag.raise','campaign':'c','contribution':'%s',"
        "'flag':'f','reason':'x'}",
        "{'at':110,'actor':'%s','do':'contribution.submit','campaign':'c','contribution':'n',"
        "'kind':'comment','reply_to':'%s'}",
        "{'at':110,'actor':'%s','do':'edge.propose','campaign':'c','from':'%s','to':'a','type':'derives'}",
        "{'at':110,'actor':'%s','do':'edge.propose','campaign':'c','from':'a','to':'%s','type':'derives'}",
        "{'at':110,'actor':'%s','do':'appeal.file','campaign':'c','contribution':'%s',"
        "'appeal':'l','reason':'x'}",
        "{'at':110,'actor':'%s','do':'run.choose','campaign':'c','round':'r','contribution':'%s','runs':[]}",
    };
    static const char *const hidden[] = {
        BLIND(",'kinds':['entry','comment'],'visibility':{'contributions':'owner'}"),
        BLIND(",'kinds':['entry','comment'],'moderation':'pre'")};
    for (size_t k = 0; k < 2; k++) {
        cocreate_store *s = judged(hidden[k]);
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
            char of_b[300], of_x[300], expected[sizeof check_error.text];
            snprintf(of_b, sizeof of_b, commands[i], "pat", "b");
            snprintf(of_x, sizeof of_x, commands[i], "pat", "z");
            cocreate_status unknown = execute(s, of_x, NULL);
            snprintf(expected, sizeof expected, "%s", check_error.text);
            for (char *at = strstr(expected, "'z'"); at; at = strstr(at, "'z'"))
                at[1] = 'b';
            assert_true(unknown < 0);
            assert_int_equal(execute(s, of_b, NULL), unknown);
            assert_string_equal(check_error.text, expected);
        }
        refused(s, ON(110, "pat", "withdraw", "b", ""), COCREATE_ERR_NOT_FOUND,
                "campaign 'c' has no contribution 'b'");
        /* its author and the firm are told */
        refused(s, ON(110, "ann", "withdraw", "a", ""), COCREATE_ERR_REFUSED,
                "$.phases: no phase allows 'withdraw'");
        verified_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_policy_all_is_seen_but_the_books),
        cmocka_unit_test(audiences_see_what_they_may),
        cmocka_unit_test(after_close_all_is_told),
        cmocka_unit_test(what_waits_for_moderation_is_not_there),
        cmocka_unit_test(what_was_never_published_is_not_there),
        cmocka_unit_test(who_looks_has_to_be_known),
        cmocka_unit_test(jurors_see_works_and_no_names),
        cmocka_unit_test(ballots_are_secret_unless_the_brief_opens_them),
        cmocka_unit_test(refusals_do_not_tell_what_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
