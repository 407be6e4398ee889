/* Who revised what, when and why. Digests by hashlib in Python, the rest by hand from
 * docs/reference/commands.md. */
#include "campaign.h"

#define D1 "56897ff4233b20994a5931c7be8a23dbaebd4b7cefbbd1c67b6641a7d52afda1" /* of {"fields":{"n":1}} */
#define D2 "3872bdec615acceec963b7c9d23e0f3b43ec7c07fc33a2dccadf87812fb7fcdf" /* of {"fields":{"n":2}} */
/* of {"fields":{"n":2},"title":"Two"} */
#define D3 "32e4e085a7d06640c75ad0f8fdbfe9a557449a569c5efe774aaf818b6bfc663c"

static char *shown_to(cocreate_store *s, const char *viewer)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_view(s, "c", viewer, &text, &check_error), COCREATE_OK);
    char *copy = malloc(cocreate_text_size(text) + 1);
    assert_non_null(copy);
    memcpy(copy, cocreate_text_data(text), cocreate_text_size(text) + 1);
    cocreate_text_free(text);
    return copy;
}

/* Does a view hold this text? */
static int sees(cocreate_store *s, const char *viewer, const char *text)
{
    char *wanted = quoted(text), *shown = shown_to(s, viewer);
    int found = strstr(shown, wanted) != NULL;
    free(wanted);
    free(shown);
    return found;
}

static int explains(cocreate_store *s, const char *id, const char *viewer, const char *text)
{
    cocreate_text *out = NULL;
    assert_status(cocreate_explain_as(s, id, "c", viewer, &out, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(out), text) != NULL;
    cocreate_text_free(out);
    return found;
}

static void rows_say_who_when_and_why(void **state)
{
    cocreate_text *out = NULL;
    (void)state;
    cocreate_store *s = begin(FIXED);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    assert_false(sees(s, "host", "'revisions'")); /* what was never revised has none */
    done(s, ON(101, "ann", "revise", "a", N(2) ",'note':'two is more'"));
    done(s, ON(102, "host", "revise", "a", ",'title':'Two'"));
    shows(s, "c",
          "'revisions':["
          "{'at':100,'contribution':'a','digest':"
          "'sha256:" D1 "','number':1},"
          "{'at':101,'by':'ann','contribution':'a','digest':"
          "'sha256:" D2 "','note':'two is more','number':2},"
          "{'at':102,'by':'host','contribution':'a','digest':"
          "'sha256:" D3 "','number':3}]");
    assert_true(explains(s, "a", "host", "Revised 2 times, last at 1970-01-01T00:00:00.000102Z by 'host'."));
    assert_status(cocreate_export(s, "c", NULL, "csv:revisions", &out, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(out),
                        "contribution,number,digest,at,by,note\r\n"
                        "a,1,sha256:" D1 ",100,,\r\n"
                        "a,2,sha256:" D2 ",101,ann,two is more\r\n"
                        "a,3,sha256:" D3 ",102,host,\r\n");
    cocreate_text_free(out);
    assert_status(cocreate_export_person(s, "ann", &out, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(out),
                           "\"revisions\":[{\"at\":101,\"by\":\"ann\",\"campaign\":\"c\",\"contribution\":"
                           "\"a\""));
    cocreate_text_free(out);
    verified_close(s);
}

static void notes_are_bounded_and_part_of_what_is_sent_again(void **state)
{
    char note[1100] = ",'note':'", text[2048];
    (void)state;
    cocreate_store *s = begin(FIXED);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    refused(s, ON(101, "ann", "revise", "a", N(2) ",'note':''"), COCREATE_ERR_SCHEMA,
            "$.note: expected 1 to 1000 bytes, got 0");
    memset(note + strlen(note), 'x', 1001);
    strcat(note, "'");
    snprintf(text, sizeof text, ON(101, "ann", "revise", "a", "%s"), ",'title':'x'");
    snprintf(text + strlen(text) - 1, sizeof text - strlen(text), "%s}", note);
    refused(s, text, COCREATE_ERR_SCHEMA, "$.note: expected 1 to 1000 bytes, got 1001");
    refused(s, ON(101, "ann", "revise", "a", N(1) ",'note':'why'"), COCREATE_ERR_CONFLICT,
            "contribution 'a' has this content already, as revision 1, without this 'note'");
    done(s, ON(101, "ann", "revise", "a", N(2) ",'note':'why'"));
    exists(s, ON(102, "ann", "revise", "a", N(2) ",'note':'why'"));
    exists(s, ON(102, "ann", "revise", "a", N(2)));
    refused(s, ON(102, "ann", "revise", "a", N(2) ",'note':'because'"), COCREATE_ERR_CONFLICT,
            "contribution 'a' has this content already, as revision 2, without this 'note'");
    refused(s, ON(102, "bob", "revise", "a", N(2)), COCREATE_ERR_PERMISSION,
            "'bob' is no author of contribution 'a'");
    verified_close(s);
}

/* Names, private fields and what was removed stay where they are kept. */
static void viewers_learn_no_more_than_of_the_contribution(void **state)
{
    (void)state;
    cocreate_store *s = begin(BRIEF_HEAD
                              "'mode':'submitting','contributors':['customer'],"
                              "'visibility':{'identities':'firm'},"
                              "'form':[{'key':'n','type':'integer','private':true}]," PHASES);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    done(s, ON(101, "ann", "revise", "a", N(2) ",'note':'two is more'"));
    assert_true(sees(s, "bob", "'revisions':[{'at':100,'contribution':'a','number':1},"
                               "{'at':101,'contribution':'a','note':'two is more','number':2}]"));
    assert_true(sees(s, "ann", "'by':'ann','contribution':'a','digest':'sha256:" D2 "'"));
    assert_true(sees(s, "boss", "'by':'ann','contribution':'a','digest':'sha256:" D2 "'"));
    assert_true(explains(s, "a", "bob",
                         "Revised 1 time, last at 1970-01-01T00:00:00.000101Z, because: two is more"));
    assert_false(explains(s, "a", "bob", "digest"));
    done(s, ON(110, "boss", "remove", "a", ",'reason':'spam'"));
    assert_true(sees(s, "bob", "'revisions':[{'at':100,'contribution':'a','number':1},"
                               "{'at':101,'contribution':'a','number':2}]"));
    assert_false(explains(s, "a", "ann", "two is more"));
    verified_close(s);
}

static void who_does_not_see_a_contribution_sees_no_revision(void **state)
{
    cocreate_text *out = NULL;
    (void)state;
    cocreate_store *s = begin(BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],"
                                         "'visibility':{'contributions':'owner'}," PHASES);
    done(s, SUBMIT(100, "ann", "a", ",'title':'One'"));
    done(s, ON(101, "ann", "revise", "a", ",'title':'Two','note':'more'"));
    assert_false(sees(s, "bob", "'revisions'"));
    assert_true(sees(s, "ann", "'note':'more'"));
    assert_status(cocreate_export_as(s, "c", NULL, "csv:revisions", "bob", &out, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(out), "contribution,number,digest,at,by,note\r\n");
    cocreate_text_free(out);
    verified_close(s);
}

/* ---- what a phase takes ---- */

#define FINALS                                                                                  \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["                      \
               "{'id':'p','opens':100,'closes':200,'allows':['submit','revise']},"              \
               "{'id':'q','opens':200,'closes':300,'allows':['decide']},"                       \
               "{'id':'f','opens':250,'closes':400,'allows':['revise'],'revises':{'round':'cut'}}," \
               "{'id':'w','opens':400,'closes':500,'allows':['decide']}],"                      \
               "'rounds':[{'id':'cut','phase':'q','lead':'firm','select':[1,2],'certify':'auto'}," \
               "{'id':'win','phase':'w','lead':'firm','candidates':{'round':'cut'},'certify':'auto'}]"

static void finalists_alone_revise_in_their_phase(void **state)
{
    (void)state;
    cocreate_store *s = begin(FINALS);
    done(s, SUBMIT(100, "ann", "a", ",'title':'A'"));
    done(s, SUBMIT(100, "bob", "b", ",'title':'B'"));
    done(s, "{'at':210,'actor':'boss','do':'decision.make','campaign':'c','round':'cut','contribution':'a',"
            "'verdict':'select'}");
    refused(s, ON(260, "ann", "revise", "a", ",'title':'A2'"), COCREATE_ERR_REFUSED,
            "$.phases[2].revises: phase 'f' takes revisions of what round 'cut' selects, once that is "
            "certified");
    refused(s, ON(310, "bob", "revise", "b", ",'title':'B2'"), COCREATE_ERR_REFUSED,
            "$.phases[2].revises: phase 'f' takes revisions of what round 'cut' selected, and 'b' is not "
            "among the 1");
    done(s, ON(310, "ann", "revise", "a", ",'title':'A2','note':'as asked'"));
    refused(s, ON(410, "ann", "revise", "a", ",'title':'A3'"), COCREATE_ERR_REFUSED,
            "$.phases[2]: phase 'f' allows 'revise' from 1970-01-01T00:00:00.000250Z until before "
            "1970-01-01T00:00:00.000400Z, not at 1970-01-01T00:00:00.000410Z");
    verified_close(s);
}

/* ---- what a round makes of them ---- */

/* Everybody votes and revises in one phase. */
static cocreate_store *voting(const char *instrument, const char *more)
{
    char brief[1024];
    snprintf(brief, sizeof brief,
             BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["
                        "{'id':'p','opens':100,'closes':200,'allows':['submit']},"
                        "{'id':'v','opens':200,'closes':300,'allows':['vote','revise']}],'rounds':[{'id':'r',"
                        "'phase':'v','lead':'customer','instrument':'%s','certify':'auto','cut':'all'%s}]",
             instrument, more);
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(100, "ann", "a", ",'title':'A'"));
    done(s, SUBMIT(100, "ann", "b", ",'title':'B'"));
    return s;
}

static void vote(cocreate_store *s, const char *voter, const char *marks)
{
    char command[400];
    snprintf(command, sizeof command,
             "{'at':210,'actor':'%s','do':'ballot.cast','campaign':'c','round':'r','ballot':%s}",
             voter, marks);
    done(s, command);
}

static void scores(cocreate_store *s, const char *a, const char *b)
{
    assert_status(cocreate_tick(s, 300, &check_error), COCREATE_OK);
    if (a)
        shows(s, "c", a);
    if (b)
        shows(s, "c", b);
    assert_status(cocreate_check(s, NULL, NULL, &check_error), COCREATE_OK);
    verified_close(s);
}

static int tells(cocreate_store *s, const char *text)
{
    cocreate_text *log = events_from(s, 1);
    char *wanted = quoted(text);
    int found = strstr(cocreate_text_data(log), wanted) != NULL;
    free(wanted);
    cocreate_text_free(log);
    return found;
}

/* bob says a and b, cat a alone: one ballot is left, of b. */
static void a_revision_clears_the_ballots_that_speak_of_it(void **state)
{
    (void)state;
    cocreate_store *s = voting("approve", ",'method':'approval','revisions':'clear'");
    vote(s, "bob", "{'a':1,'b':1}");
    vote(s, "cat", "{'a':1}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_true(tells(s, "'data':{'ballots':2,'contribution':'a','ended':1,'round':'r'},"));
    done(s, ON(221, "ann", "revise", "a", ",'title':'A3'")); /* nobody speaks of it any more */
    scores(s, "'id':'b','score':1", "'id':'a','score':0");
}

static void who_lost_a_mark_votes_again_where_ballots_stay(void **state)
{
    const char *b[] = {"b"};
    (void)state;
    cocreate_store *s = voting("approve", ",'method':'approval','recast':false,'revisions':'clear'");
    vote(s, "bob", "{'a':1,'b':1}");
    vote(s, "cat", "{'a':1}");
    refused(s, "{'at':211,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].recast: 'bob' has voted in round 'r', and a ballot cast stays");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    done(s, "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    refused(s, "{'at':222,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'b':1}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].recast: 'bob' has voted in round 'r', and a ballot cast stays");
    assert_status(cocreate_vote(s, "c", "r", 223, "cat", b, NULL, 1, &check_error), COCREATE_OK);
    scores(s, "'id':'a','score':1", "'id':'b','score':1");
}

static void ballots_of_one_option_end(void **state)
{
    (void)state;
    cocreate_store *s = voting("up", ",'method':'approval','recast':false,'revisions':'clear'");
    vote(s, "bob", "{'a':1}");
    vote(s, "bob", "{'b':1}");
    vote(s, "cat", "{'a':1}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_true(tells(s, "'data':{'ballots':2,'contribution':'a','ended':2,'round':'r'},"));
    done(s, "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    scores(s, "'id':'a','score':1", "'id':'b','score':1");
}

/* What was said beside a mark goes with it. */
static void extras_go_with_their_mark(void **state)
{
    cocreate_text *out = NULL;
    (void)state;
    cocreate_store *s = voting("approve", ",'method':'approval','extras':['would_buy'],'revisions':'clear'");
    done(s, "{'at':210,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1,'b':1},"
            "'extras':{'would_buy':['a','b']}}");
    vote(s, "cat", "{'a':1}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_status(cocreate_export(s, "c", NULL, "csv:extras", &out, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(out), "bob,b,"));
    assert_null(strstr(cocreate_text_data(out), "bob,a,"));
    cocreate_text_free(out);
    scores(s, "'id':'b','score':1", "'id':'a','score':0");
}

/* bob by the blog, which counts 1; cat on a social network, which counts 3. Who lost a mark may come by
 * another channel. */
static void channels_are_cleared_as_others(void **state)
{
    (void)state;
    cocreate_store *s = voting("choice", ",'channels':{'blog':1,'social':3},'revisions':'clear'");
    done(s, "{'at':210,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','channel':'blog',"
            "'ballot':{'a':1}}");
    done(s, "{'at':210,'actor':'cat','do':'ballot.cast','campaign':'c','round':'r','channel':'social',"
            "'ballot':{'b':1}}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_true(tells(s, "'data':{'ballots':1,'contribution':'a','ended':1,'round':'r'},"));
    done(s, "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','channel':'social',"
            "'ballot':{'a':1}}");
    scores(s, "'id':'a','score':3", "'id':'b','score':3");
}

/* Three duels of bob's: those of a go, b against d stays. */
static void duels_of_what_is_revised_go(void **state)
{
    (void)state;
    cocreate_store *s = voting("pair", ",'recast':false,'revisions':'clear'");
    done(s, SUBMIT(100, "ann", "d", ",'title':'D'"));
    vote(s, "bob", "{'a':1,'b':0}");
    vote(s, "bob", "{'a':1,'d':0}");
    vote(s, "bob", "{'b':1,'d':0}");
    vote(s, "cat", "{'b':0,'d':1}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_true(tells(s, "'data':{'ballots':2,'contribution':'a','ended':2,'round':'r'},"));
    /* A ballot cast stays, but this one did not. */
    done(s, "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':0,'b':1}}");
    refused(s,
            "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'b':0,'d':1}}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].recast: 'bob' has voted in round 'r', and a ballot cast stays");
    scores(s, NULL, NULL);
}

/* What was held for it is held no more, as when it is retracted; what is for b is captured at the end. */
static void pledges_of_what_is_revised_are_given_back(void **state)
{
    (void)state;
    cocreate_store *s = voting("pledge", ",'pledge_min':100,'hold':{'currency':'EUR','rail':'card'},"
                                         "'revisions':'clear'");
    vote(s, "bob", "{'a':500}");
    vote(s, "bob", "{'b':300}");
    vote(s, "cat", "{'a':250}");
    shows(s, "c", "'pledges':{'captured':0,'currency':'EUR','held':1050,'returned':0}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    shows(s, "c", "'pledges':{'captured':0,'currency':'EUR','held':300,'returned':0}");
    scores(s, "'pledges':{'captured':300,'currency':'EUR','held':0,'returned':0}", NULL);
}

/* One live ballot each: what is cleared makes room. */
static void cleared_ballots_make_room(void **state)
{
    (void)state;
    cocreate_store *s = voting("up", ",'method':'approval','revisions':'clear'}],'limits':[{"
                                     "'subject':'ballot','max':1,'concurrent':true");
    vote(s, "bob", "{'a':1}");
    refused(s, "{'at':210,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'b':1}}",
            COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'bob' has 1 of at most 1 live ballot: retract one first");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    done(s, "{'at':221,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'b':1}}");
    scores(s, "'id':'b','score':1", "'id':'a','score':0");
}

static void ballots_are_kept_or_nothing_is_revised(void **state)
{
    (void)state;
    cocreate_store *s = voting("approve", ",'method':'approval'");
    vote(s, "bob", "{'a':1}");
    done(s, ON(220, "ann", "revise", "a", ",'title':'A2'"));
    assert_false(tells(s, "ballots.cleared"));
    scores(s, "'id':'a','score':1", NULL);
    s = voting("approve", ",'method':'approval','revisions':'refuse'");
    vote(s, "bob", "{'b':1}");
    refused(s, ON(220, "ann", "revise", "a", ",'title':'A2'"), COCREATE_ERR_REFUSED,
            "$.rounds[0].revisions: round 'r' votes on 'a': revise it from 1970-01-01T00:00:00.000300Z");
    scores(s, "'id':'b','score':1", NULL);
}

/* Random ballots and revisions against plain sets: a ballot of all options or of each, recast or not. */
static void random_stories_are_those_of_sets(void **state)
{
    static const char *const instruments[] = {"approve", "up"};
    static const char *const more[] = {",'method':'approval','revisions':'clear'",
                                       ",'method':'approval','recast':false,'revisions':'clear'"};
    static const char *const voters[] = {"bob", "cat"};
    (void)state;
    for (unsigned seed = 1; seed <= 80; seed++) {
        int marks[2][2] = {{0}}, may[2][2] = {{1, 1}, {1, 1}}, whole = seed % 2 == 0, recast = seed % 4 < 2;
        uint64_t random = seed * UINT64_C(0x9E3779B97F4A7C15);
        cocreate_store *s = voting(instruments[!whole], more[!recast]);
        for (int step = 0; step < 30; step++) {
            random = random * UINT64_C(6364136223846793005) + 1;
            int v = random >> 40 & 1, k = random >> 41 & 1, both = whole && (random >> 42 & 1);
            char command[300];
            if ((random >> 43 & 7) == 0) {
                snprintf(command, sizeof command,
                         "{'at':%d,'actor':'ann','do':'contribution.revise','campaign':'c',"
                         "'contribution':'%c','title':'T%d'}", 210 + step, 'a' + k, step);
                done(s, command);
                for (int i = 0; i < 2; i++) {
                    if (whole && marks[i][k])
                        may[i][0] = may[i][1] = 1;
                    marks[i][k] = 0;
                    may[i][k] |= !whole;
                }
                continue;
            }
            int now[2] = {k == 0 || both, k == 1 || both};
            int same = whole ? now[0] == marks[v][0] && now[1] == marks[v][1] : marks[v][k];
            snprintf(command, sizeof command,
                     "{'at':%d,'actor':'%s','do':'ballot.cast','campaign':'c','round':'r','ballot':{%s}}",
                     210 + step, voters[v], both ? "'a':1,'b':1" : k ? "'b':1" : "'a':1");
            cocreate_status status = execute(s, command, NULL);
            if (same) {
                assert_int_equal(status, COCREATE_EXISTS);
            } else if (!recast && !may[v][k]) {
                assert_int_equal(status, COCREATE_ERR_REFUSED);
            } else {
                assert_status(status, COCREATE_OK);
                may[v][k] = 0;
                marks[v][k] = 1;
                if (whole) {
                    memcpy(marks[v], now, sizeof now);
                    may[v][0] = may[v][1] = 0;
                }
            }
        }
        char a[64], b[64];
        snprintf(a, sizeof a, "'id':'a','score':%d", marks[0][0] + marks[1][0]);
        snprintf(b, sizeof b, "'id':'b','score':%d", marks[0][1] + marks[1][1]);
        int any = marks[0][0] + marks[0][1] + marks[1][0] + marks[1][1];
        scores(s, any ? a : NULL, any ? b : NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_say_who_when_and_why),
        cmocka_unit_test(notes_are_bounded_and_part_of_what_is_sent_again),
        cmocka_unit_test(viewers_learn_no_more_than_of_the_contribution),
        cmocka_unit_test(who_does_not_see_a_contribution_sees_no_revision),
        cmocka_unit_test(finalists_alone_revise_in_their_phase),
        cmocka_unit_test(a_revision_clears_the_ballots_that_speak_of_it),
        cmocka_unit_test(who_lost_a_mark_votes_again_where_ballots_stay),
        cmocka_unit_test(ballots_of_one_option_end),
        cmocka_unit_test(extras_go_with_their_mark),
        cmocka_unit_test(channels_are_cleared_as_others),
        cmocka_unit_test(duels_of_what_is_revised_go),
        cmocka_unit_test(pledges_of_what_is_revised_are_given_back),
        cmocka_unit_test(cleared_ballots_make_room),
        cmocka_unit_test(ballots_are_kept_or_nothing_is_revised),
        cmocka_unit_test(random_stories_are_those_of_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
