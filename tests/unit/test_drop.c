/* Entries that leave early because their score is low. Expected by hand from docs/reference/briefs.md. */
#include "rounds.h"

#define SCORES(drop)                                                                                      \
    "{'id':'r','lead':'customer','instrument':'score','method':'score','scale':[0,5],'phase':'vote',"   \
    "'options':{'minimum_count':1},'cut':'all','certify':'auto','drop':{" drop "}}"
#define APPROVALS(drop)                                                                                   \
    "{'id':'r','lead':'customer','instrument':'approve','method':'approval','phase':'vote','cut':'all'," \
    "'certify':'auto','drop':{" drop "}}"

static void cast(cocreate_store *s, int64_t at, const char *voter, const char *ballot, const char *refusal)
{
    char command[512];
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r','ballot':%s}",
             (long long)at, voter, ballot);
    if (refusal)
        refused(s, command, COCREATE_ERR_REFUSED, refusal);
    else
        done(s, command);
}

/* Opened at 100, judged at 120: a has (1 + 2) / 2, b (2 + 1 + 3) / 3 = 2, which is not below 2. */
static void a_low_mean_is_dropped_at_its_deadline(void **state)
{
    (void)state;
    cocreate_store *s = open_round(SCORES("'after_us':20,'below':'2'"));
    cast(s, 101, "c6", "{'a':1,'b':2,'c':5}", NULL);
    cast(s, 102, "c7", "{'a':2}", NULL);
    const char *b[] = {"b"};
    const int64_t one[] = {1};
    assert_status(cocreate_vote(s, "x", "r", 103, "c8", b, one, 1, &check_error), COCREATE_OK);
    cast(s, 104, "c9", "{'b':3}", NULL); /* lifts it */
    cast(s, 120, "c5", "{'a':5}", "'a' is dropped: round 'r' goes on without it");
    done(s, "{'at':120,'actor':'host','do':'tick'}"); /* what is refused takes its transitions back */
    shows(s, "x", "'dropped':1");
    shows(s, "x", "'reason':'3 in 2 ballots before 1970-01-01T00:00:00.000120Z: the mean is below 2'");
    cast(s, 130, "c9", "{'b':0,'d':0}", NULL); /* b 1, d 0: their deadline is over */
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    shows(s, "x", "'selected':['c','b','d','e']"); /* 5, 1, 0; e has no score */
    verified_close(s);
}

/* A sum is 0 where nobody votes; ticks come late, and change nothing. */
static void a_low_sum_is_dropped(void **state)
{
    (void)state;
    cocreate_store *s = open_round(APPROVALS("'after_us':20,'below':'2'"));
    cast(s, 101, "c6", "{'a':1,'b':1}", NULL);
    cast(s, 102, "c7", "{'a':1}", NULL);
    done(s, "{'at':110,'actor':'c3','do':'contribution.withdraw','campaign':'x','contribution':'c'}");
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    shows(s, "x", "'dropped':3"); /* b, d, e */
    shows(s, "x", "'withdrawn':1");
    shows(s, "x", "'reason':'1 in 1 ballot before 1970-01-01T00:00:00.000120Z: the sum is below 2'");
    shows(s, "x", "'selected':['a']");
    verified_close(s);
}

/* What nobody spoke of has no score with a least number of ballots; what is taken back counts no more. */
static void a_score_needs_ballots(void **state)
{
    (void)state;
    cocreate_store *s = open_round(SCORES("'after_us':20,'below':'2','min_ballots':2"));
    cast(s, 101, "c6", "{'a':0,'b':0}", NULL);
    cast(s, 102, "c7", "{'a':1,'b':1}", NULL);
    done(s, "{'at':103,'actor':'c7','do':'ballot.retract','campaign':'x','round':'r'}");
    cast(s, 104, "c8", "{'a':1}", NULL);
    done(s, "{'at':121,'actor':'host','do':'tick'}");
    shows(s, "x", "'dropped':1"); /* a; b has one ballot */
    shows(s, "x", "'reason':'1 in 2 ballots before 1970-01-01T00:00:00.000120Z: the mean is below 2'");
    verified_close(s);
}

/* A pause of 5 makes 120 to 125; what closes or is cancelled before drops nobody. */
static void deadlines_wait_for_pauses_and_end_with_the_round(void **state)
{
    (void)state;
    cocreate_store *s = open_round(SCORES("'after_us':20,'below':'2'"));
    cast(s, 101, "c6", "{'a':0,'b':0}", NULL);
    done(s, "{'at':110,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'storm'}");
    done(s, "{'at':115,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    cast(s, 124, "c6", "{'a':2,'b':0}", NULL);
    done(s, "{'at':125,'actor':'host','do':'tick'}");
    shows(s, "x", "'dropped':1");
    verified_close(s);
    s = open_round(SCORES("'after_us':101,'below':'2'"));
    cast(s, 101, "c6", "{'a':0}", NULL);
    done(s, "{'at':300,'actor':'host','do':'tick'}");
    shows(s, "x", "'counts':{'created':5,'declined':0,'live':5,'removed':0,'withdrawn':0}");
    verified_close(s);
    s = open_round(SCORES("'after_us':20,'below':'2'"));
    cast(s, 101, "c6", "{'a':0}", NULL);
    done(s, "{'at':105,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'storm'}");
    done(s, "{'at':300,'actor':'firm','do':'participant.put','participant':'late','side':'customer'}");
    shows(s, "x", "'counts':{'created':5,'declined':0,'live':5,'removed':0,'withdrawn':0}");
    verified_close(s);
}

/* Open in [10, 210): a was there when it opened, b joins at 50; each has 20. */
static void what_joins_has_its_own_deadline(void **state)
{
    (void)state;
    cocreate_store *s = open_store_with(NULL, NULL);
    done(s, ROUND_FIRM);
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'c1','side':'customer'}");
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'c2','side':'customer'}");
    done(s, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
            "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','moderation':'pre',"
            "'contributors':['customer'],'phases':[{'id':'p','after_us':0,'for_us':200,"
            "'allows':['submit','vote']}],'rounds':[{'id':'r','lead':'customer','instrument':'up',"
            "'phase':'p','rolling':true,'cut':'all','certify':'auto',"
            "'drop':{'after_us':20,'below':'1'}}]}}");
    done(s, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(s, "{'at':20,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':'a'}");
    done(s, "{'at':21,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':'b'}");
    done(s, "{'at':30,'actor':'firm','do':'contribution.screen','campaign':'x','contribution':'a',"
            "'verdict':'accept'}");
    done(s, "{'at':49,'actor':'firm','do':'contribution.screen','campaign':'x','contribution':'b',"
            "'verdict':'accept'}");
    cast(s, 49, "c2", "{'a':1}", NULL);
    done(s, "{'at':69,'actor':'host','do':'tick'}");
    shows(s, "x", "'dropped':1");
    shows(s, "x", "'reason':'0 in 0 ballots before 1970-01-01T00:00:00.000069Z: the sum is below 1'");
    done(s, "{'at':210,'actor':'host','do':'tick'}");
    shows(s, "x", "'selected':['a']");
    /* It is known that it was accepted. */
    exists(s, "{'at':30,'actor':'firm','do':'contribution.screen','campaign':'x','contribution':'a',"
              "'verdict':'accept'}");
    verified_close(s);
}

static void drops_of_a_brief_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *round, *text;
    } cases[] = {
        {"'instrument':'score','scale':[0,5],'drop':{'after_us':1}",
         "$.brief.rounds[0].drop.below: required, but missing"},
        {"'instrument':'score','scale':[0,5],'drop':{'after_us':1,'below':'x'}",
         "$.brief.rounds[0].drop.below: \"x\" is not a number such as 12, -0.25 or 3/4"},
        {"'instrument':'score','scale':[0,5],'drop':{'after_us':0,'below':'1'}",
         "$.brief.rounds[0].drop.after_us: 0 is out of range, expected 1 to 2251799813685247"},
        {"'instrument':'score','scale':[0,5],'drop':{'after_us':1,'below':'1','min_ballots':0}",
         "$.brief.rounds[0].drop.min_ballots: 0 is out of range, expected 1 to 9007199254740991"},
        {"'instrument':'rank','method':'borda','drop':{'after_us':1,'below':'1'}",
         "$.brief.rounds[0].drop: instrument 'rank' gives entries no score while ballots come in"},
        {"'instrument':'approve','method':'approval','weights':1,'drop':{'after_us':1,'below':'1'}",
         "$.brief.rounds[0].drop: counts every ballot alike, which 'weights' and 'channels' do not"},
    };
    cocreate_store *s = open_round(APPROVALS("'after_us':1,'below':'1'"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command,
                 "{'at':20,'actor':'firm','do':'campaign.create','campaign':'y','brief':{"
                 "'brief':'cocreate.brief/1','title':'T','mode':'tinkering',"
                 "'contributors':['customer'],'phases':[{'id':'vote','after_us':0,"
                 "'for_us':9,'allows':['vote','decide']}],'rounds':[{'id':'r','lead':'customer',"
                 "'phase':'vote',%s}]}}",
                 cases[i].round);
        refused(s, command, COCREATE_ERR_SCHEMA, cases[i].text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_low_mean_is_dropped_at_its_deadline),
        cmocka_unit_test(a_low_sum_is_dropped),
        cmocka_unit_test(a_score_needs_ballots),
        cmocka_unit_test(deadlines_wait_for_pauses_and_end_with_the_round),
        cmocka_unit_test(what_joins_has_its_own_deadline),
        cmocka_unit_test(drops_of_a_brief_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
