/* Rolling rounds whose cuts come at given instants: a board that reviews a few times a year what has
 * qualified until then, and crowds that select at them. */
#include "commands.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_true(cocreate_tick(store, at, &check_error) >= 0);
}

#define BRIEF(rounds)                                                                                   \
    "'brief':{'brief':'cocreate.brief/1','title':'Sets','mode':'tinkering','control':'open',"            \
    "'contributors':['customer'],'milestones':[{'id':'m','round':'u','target':2,'within_us':300,"         \
    "'on_reach':'advance'}],'phases':["                                                                  \
    "{'id':'crowd','after_us':0,'for_us':300,'allows':['submit','vote','withdraw']},"                     \
    "{'id':'board','after_us':0,'for_us':400,'allows':['decide']}],'rounds':[" rounds "]"
#define CROWD                                                                                     \
    "{'id':'u','lead':'customer','phase':'crowd','instrument':'up','rolling':true,'cut':{'at_least':'2'}," \
    "'certify':'auto'}"
#define BOARD(cuts)                                                                                  \
    ",{'id':'r','lead':'jury','phase':'board','candidates':{'milestone':'m'},'select':[0,9],'rolling':true," \
    "'panel':['j1','j2'],'cuts':" cuts ",'certify':'auto'}"

/* Published at 100; the crowd votes until 400, the board decides until 500. */
static cocreate_store *open_sets(const char *brief, const char *pause)
{
    char command[3000];
    cocreate_store *store = open_store();
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}");
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'j1','side':'firm'}");
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'j2','side':'firm'}");
    for (int i = 1; i <= 4; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d','side':'customer'}", i);
        done(store, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x',%s%s}}", brief, pause);
    done(store, command);
    done(store, "{'at':100,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (const char *id = "abcd"; *id; id++) {
        snprintf(command, sizeof command,
                 "{'at':101,'actor':'c4','do':'contribution.submit','campaign':'x','contribution':'%c'}",
                 *id);
        done(store, command);
    }
    return store;
}

static void vote(cocreate_store *store, int at, const char *id, int voters)
{
    char command[300];
    for (int i = 1; i <= voters; i++) {
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'ballot.cast','campaign':'x','round':'u','ballot':{'%s':1}}",
                 at, i, id);
        done(store, command);
    }
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

#define DECIDE(at, contribution, verdict)                                                      \
    "{'at':" #at ",'actor':'j1','do':'decision.make','campaign':'x','round':'r','contribution':'" \
    contribution "','verdict':'" verdict "'}"

/* a qualifies before the first cut, b before the second, c after the last, d never. */
static void a_review_takes_what_has_qualified(void **state)
{
    (void)state;
    cocreate_store *store = open_sets(BRIEF(CROWD BOARD("[{'after_us':100},{'after_us':200}]")), "");
    vote(store, 110, "a", 2);
    shows(store, "x", "'cuts':[200,300],");
    refused(store, DECIDE(111, "a", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].cuts: 'a' is in no review of round 'r' yet: the next takes it up, from "
            "1970-01-01T00:00:00.000200Z");
    refused(store, DECIDE(111, "b", "select"), COCREATE_ERR_NOT_FOUND, "'b' is no candidate of round 'r'");
    explains(store, "a", "It waits for the review of round 'r' that begins at 1970-01-01T00:00:00.000200Z.");
    tick(store, 200);
    shows(store, "x", "'cuts':[300],");
    shows(store, "x", "'review':['a'],'round':'r','until':200}");
    vote(store, 210, "b", 2);
    done(store, DECIDE(220, "a", "select"));
    shows(store, "x", "'id':'a','revision':1,'state':'selected'");
    refused(store, DECIDE(221, "b", "reject"), COCREATE_ERR_REFUSED,
            "$.rounds[1].cuts: 'b' is in no review of round 'r' yet: the next takes it up, from "
            "1970-01-01T00:00:00.000300Z");
    refused(store, DECIDE(222, "a", "reject"), COCREATE_ERR_REFUSED,
            "$.rounds[1].rolling: 'a' was decided on, which took effect at once: contribution.implement or "
            "contribution.disqualify goes on from it");
    tick(store, 300);
    shows(store, "x", "'review':['b'],'round':'r','until':300}");
    explains(store, "b", "Review 2 of round 'r' took it up at 1970-01-01T00:00:00.000300Z.");
    vote(store, 310, "c", 2);
    refused(store, DECIDE(311, "c", "select"), COCREATE_ERR_REFUSED,
            "$.rounds[1].cuts: 'c' came after the last review of round 'r' began, and none follows");
    done(store, DECIDE(320, "b", "reject"));
    tick(store, 400); /* the crowd is certified, and brings nobody back */
    shows(store, "x", "'id':'b','revision':1,'state':'not_selected'");
    shows(store, "x", "'id':'c','revision':1,'state':'shortlisted'");
    tick(store, 500);
    shows(store, "x", "'selected':['a'],'winners':['a']}");
    shows(store, "x", "'id':'a','revision':1,'state':'selected'");
    shows(store, "x", "'id':'c','revision':1,'state':'not_selected'");
    shows(store, "x", "'state':'decided'");
    explains(store, "a", "Review 1 of round 'r' took it up at 1970-01-01T00:00:00.000200Z.");
    verified_close(store);
}

/* A pause moves the instants that have not come, and no others; what is withdrawn is not taken up. */
static void pauses_shift_them(void **state)
{
    (void)state;
    cocreate_store *store = open_sets(BRIEF(CROWD BOARD("[150,250,300]")), "");
    vote(store, 110, "a", 2);
    vote(store, 110, "b", 2);
    done(store, "{'at':120,'actor':'c4','do':'contribution.withdraw','campaign':'x','contribution':'b'}");
    tick(store, 160);
    shows(store, "x", "'review':['a'],'round':'r','until':150}");
    done(store, "{'at':170,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'holidays'}");
    done(store, "{'at':180,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(store, "x", "'cuts':[260,310],");
    tick(store, 259);
    shows(store, "x", "'cuts':[260,310],");
    tick(store, 260);
    shows(store, "x", "'cuts':[310],");
    verified_close(store);
}

/* With "keeps" they stand. A pause before the round opens counts likewise: see cci_deadline(). */
static void or_keep_them(void **state)
{
    (void)state;
    cocreate_store *store =
        open_sets(BRIEF(CROWD BOARD("['1970-01-01T00:00:00.000250Z']")), ",'pause':'keeps'");
    done(store, "{'at':170,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'holidays'}");
    done(store, "{'at':180,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(store, "x", "'cuts':[250],");
    vote(store, 190, "a", 2);
    tick(store, 250);
    shows(store, "x", "'review':['a'],'round':'r','until':250}");
    verified_close(store);
}

/* A crowd selects at them, and after the last nobody is selected; a cut at the end of the phase counts. */
static void crowds_select_at_them(void **state)
{
    (void)state;
    static const char *const cuts[] = {"[200,350]", "[200,400]"};
    static const char *const last[] = {"'id':'b','revision':1,'state':'not_selected'",
                                       "'id':'b','revision':1,'state':'selected'"};
    for (int i = 0; i < 2; i++) {
        char brief[2000];
        snprintf(brief, sizeof brief,
                 BRIEF("{'id':'u','lead':'customer','phase':'crowd','instrument':'up','rolling':true,"
                       "'cut':{'at_least':'2'},'certify':'auto','cuts':%s}"),
                 cuts[i]);
        cocreate_store *store = open_sets(brief, "");
        vote(store, 110, "a", 2);
        tick(store, 200);
        shows(store, "x", "'selected':['a']");
        refused(store,
                "{'at':210,'actor':'c3','do':'ballot.cast','campaign':'x','round':'u','ballot':{'a':1}}",
                COCREATE_ERR_REFUSED,
                "$.rounds[0].cuts: 'a' was judged in a period that is over: leave it out");
        tick(store, 360);
        vote(store, 370, "b", 2);
        tick(store, 400);
        shows(store, "x", "'state':'certified'");
        shows(store, "x", last[i]);
        verified_close(store);
    }
}

#define REFUSED(rounds, text)                                                                           \
    refused(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'y'," BRIEF(rounds) "}}", \
            COCREATE_ERR_SCHEMA, text)

static void briefs_that_are_wrong(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    REFUSED(CROWD BOARD("[]"), "$.brief.rounds[1].cuts: expected 1 to 100 instants, not 0");
    REFUSED(CROWD BOARD("[true]"), "$.brief.rounds[1].cuts[0]: expected an instant or {\"after_us\": "
                                   "MICROSECONDS} from the publication on");
    REFUSED(CROWD BOARD("['May']"), "$.brief.rounds[1].cuts[0]: expected an instant, as "
                                    "\"2026-01-31T00:00:00Z\" or in microseconds");
    REFUSED(CROWD BOARD("[{'after':1}]"),
            "$.brief.rounds[1].cuts[0].after: unknown key, known are \"after_us\"");
    REFUSED(CROWD BOARD("[200,{'after_us':1}]"),
            "$.brief.rounds[1].cuts[1]: cuts are all instants, or all of 'after_us'");
    REFUSED(CROWD BOARD("[200,200]"), "$.brief.rounds[1].cuts[1]: comes no later than the cut before");
    REFUSED(CROWD BOARD("[200],'every_us':9"),
            "$.brief.rounds[1].cuts: excludes 'every_us': periods end by the one or the other");
    REFUSED(CROWD BOARD("[200],'coverage':1"),
            "$.brief.rounds[1].rolling: excludes 'assignment' and 'coverage': entries join");
    REFUSED(CROWD ",{'id':'r','lead':'jury','phase':'board','select':[0,9],'cuts':[200]}",
            "$.brief.rounds[1].cuts: is only for rolling rounds that select");
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_review_takes_what_has_qualified), cmocka_unit_test(pauses_shift_them),
        cmocka_unit_test(or_keep_them),                      cmocka_unit_test(crowds_select_at_them),
        cmocka_unit_test(briefs_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
