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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_policy_all_is_seen_but_the_books),
        cmocka_unit_test(audiences_see_what_they_may),
        cmocka_unit_test(after_close_all_is_told),
        cmocka_unit_test(what_waits_for_moderation_is_not_there),
        cmocka_unit_test(who_looks_has_to_be_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
