/* Items that are handed out, and that retire once enough is known. Expected by hand from
 * docs/reference/briefs.md. */
#include "explained.h"
#include "rounds.h"

#define LABELS(more)                                                                                     \
    "{'id':'r','lead':'customer','instrument':'label','labels':['yes','no','none'],'accept':['yes'],"   \
    "'phase':'vote','cut':'all','certify':'auto'," more "}"
#define LEASE(per_item) "'lease':{'for_us':20,'per_item':" per_item "}"

static void commanded(cocreate_store *s, int64_t at, const char *actor, const char *verb, const char *more,
                      cocreate_status expected, const char *text)
{
    char command[512];
    snprintf(command, sizeof command, "{'at':%lld,'actor':'%s','do':'%s','campaign':'x','round':'r'%s}",
             (long long)at, actor, verb, more);
    command_is_(s, command, expected, text, __FILE__, __LINE__);
}

static void takes(cocreate_store *s, int64_t at, const char *who, const char *more, cocreate_status status,
                  const char *told)
{
    char command[512];
    cocreate_text *out = NULL;
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'%s','do':'task.take','campaign':'x','round':'r'%s}",
             (long long)at, who, more);
    assert_status(execute(s, command, &out), status);
    char *wanted = quoted(told);
    if (!strstr(cocreate_text_data(out), wanted))
        fail_msg("%s\n  does not hold %s", cocreate_text_data(out), wanted);
    free(wanted);
    cocreate_text_free(out);
}

static void cast(cocreate_store *s, int64_t at, const char *voter, const char *ballot,
                 cocreate_status expected,
                 const char *text)
{
    char more[128];
    snprintf(more, sizeof more, ",'ballot':%s", ballot);
    commanded(s, at, voter, "ballot.cast", more, expected, text);
}

/* Items a..e by c1..c5, two places each. The order: fewest answers and leases, then the first published. */
static void items_are_handed_out_in_order(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("2")));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a','participant':'c6','round':'r','until':120");
    takes(s, 100, "c7", "", COCREATE_OK, "'contribution':'b'");
    takes(s, 100, "c1", "", COCREATE_OK, "'contribution':'c'"); /* a is theirs, b has one already */
    takes(s, 101, "c6", "", COCREATE_EXISTS,
          "{'answer':{'contribution':'a','participant':'c6','round':'r','until':120},'events':[],"
          "'status':'exists'}");
    takes(s, 101, "host", ",'participant':'c8'", COCREATE_OK, "'contribution':'d'");
    commanded(s, 101, "c6", "task.take", ",'contribution':'e'", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: 'c6' has 'a' until 1970-01-01T00:00:00.000120Z: answer it, or task.release "
              "it "
              "first");
    commanded(s, 101, "c7", "task.take", ",'participant':'c6'", COCREATE_ERR_PERMISSION,
              "'c7' takes no items for 'c6'");
    cast(s, 102, "c6", "{'a':'yes'}", COCREATE_OK, NULL);
    cast(s, 102, "c6", "{'a':'yes'}", COCREATE_EXISTS, NULL); /* a retry needs no lease */
    shows(s, "x", "'tasks':{'answers':1,'available':5,'closed':0,'ended':0,'extra':0,'full':0,'items':5,"
                  "'leased':0,'leases':3,'retired':0,'retired_by':[]}");
    shows(s, "x", "'leases':[{'at':100,'contribution':'c','participant':'c1','round':'r','until':120},");
    takes(s, 103, "c6", "", COCREATE_OK, "'contribution':'e'"); /* the only one with none */
    cast(s, 104, "c9", "{'a':'no'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].lease: 'c9' has no lease of 'a': task.take it first");
    verified_close(s);
}

/* Of a, which c6 has until 120: to c6, to the firm, and not to its author c1. Once two agree on no it is
 * asked about no more, and who may see ballots is told why. */
static void explanations_say_who_has_what(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("2") ",'retire':[{'agree':2}]"));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    explains(s, "a", "c6", "Your lease of it in round 'r' ends at 1970-01-01T00:00:00.000120Z: answer "
                           "before, or task.release it.");
    explains(s, "a", "firm", "'c6' has it in round 'r' until 1970-01-01T00:00:00.000120Z.");
    conceals(s, "a", "c1", "c6");
    conceals(s, "a", "c1", "lease");
    explains(s, "c6", "c6", "Has 'a' in round 'r' of campaign 'x' until 1970-01-01T00:00:00.000120Z.");
    explains(s, "c6", "firm", "Has 'a' in round 'r'");
    cast(s, 101, "c6", "{'a':'no'}", COCREATE_OK, NULL);
    conceals(s, "a", "c6", "lease");
    conceals(s, "c6", "c6", "Has 'a'");
    takes(s, 102, "c7", ",'contribution':'a'", COCREATE_OK, "'contribution':'a'");
    cast(s, 103, "c7", "{'a':'no'}", COCREATE_OK, NULL);
    explains(s, "a", "c1", "Round 'r' asks no more about it.");
    explains(s, "a", "firm", "Round 'r' asks no more about it, because: ");
    conceals(s, "b", "firm", "asks no more");
    verified_close(s);
}

/* Half-open: at 120 the lease of 100 is over, whatever the ticks. */
static void a_lease_ends_at_its_instant(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("1")));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    commanded(s, 110, "c7", "task.take", ",'contribution':'a'", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: 'a' is leased to 1 of at most 1 until 1970-01-01T00:00:00.000120Z: ask "
              "again "
              "then");
    cast(s, 120, "c6", "{'a':'yes'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].lease: the lease of 'a' that 'c6' had ended at 1970-01-01T00:00:00.000120Z: task.take "
         "it "
         "again");
    takes(s, 120, "c7", "", COCREATE_OK, "'contribution':'a'");
    cast(s, 139, "c7", "{'a':'yes'}", COCREATE_OK, NULL);
    commanded(s, 140, "c8", "task.take", ",'contribution':'a'", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: 'a' cannot be given to 'c8': it has all its answers");
    takes(s, 100, "c6", "", COCREATE_EXISTS, "'contribution':'a'"); /* sent again, late */
    verified_close(s);
    s = open_round(LABELS(LEASE("1"))); /* a pause of 5 makes 120 to 125 */
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    done(s, "{'at':110,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'storm'}");
    done(s, "{'at':115,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(s, "x", "'until':125");
    cast(s, 124, "c6", "{'a':'yes'}", COCREATE_OK, NULL);
    verified_close(s);
}

static void what_is_given_back_comes_last(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("1")));
    commanded(s, 100, "c6", "task.release", "", COCREATE_ERR_NOT_FOUND, "'c6' has no lease in round 'r'");
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    commanded(s, 101, "c6", "task.release", ",'contribution':'b'", COCREATE_ERR_NOT_FOUND,
              "'c6' has no lease of 'b' in round 'r'");
    commanded(s, 101, "c6", "task.release", "", COCREATE_OK, NULL);
    commanded(s, 102, "c6", "task.release", "", COCREATE_EXISTS, NULL);
    takes(s, 103, "c7", "", COCREATE_OK, "'contribution':'a'");
    commanded(s, 104, "c7", "task.release", "", COCREATE_OK, NULL);
    takes(s, 105, "c6", "", COCREATE_OK, "'contribution':'b'"); /* not a again */
    cast(s, 105, "c6", "{'b':'yes'}", COCREATE_OK, NULL);
    takes(s, 106, "c6", "", COCREATE_OK, "'contribution':'c'");
    cast(s, 106, "c6", "{'c':'yes'}", COCREATE_OK, NULL);
    takes(s, 107, "c6", "", COCREATE_OK, "'contribution':'d'");
    cast(s, 107, "c6", "{'d':'yes'}", COCREATE_OK, NULL);
    takes(s, 108, "c6", "", COCREATE_OK, "'contribution':'e'");
    cast(s, 108, "c6", "{'e':'yes'}", COCREATE_OK, NULL);
    takes(s, 109, "c6", "", COCREATE_OK, "'contribution':'a'"); /* nothing else is left */
    commanded(s, 110, "c5", "task.take", "", COCREATE_ERR_NOT_FOUND,
              "$.rounds[0].lease: nothing is left for 'c5' of the 5 items of round 'r': 1 theirs or in "
              "conflict, "
              "3 full, 1 leased; ask again from 1970-01-01T00:00:00.000129Z");
    verified_close(s);
}

/* Redundancy 1 gives one answer: the second hand is told, or counted apart. */
static void ballots_without_a_lease_are_never_silent(void **state)
{
    (void)state;
    cocreate_store *s = open_round(
        LABELS("'lease':{'for_us':20,'per_item':1,'extra':'count'},'retire':[{'total':3}]"));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    cast(s, 101, "c7", "{'a':'no'}", COCREATE_OK, NULL);
    const char *a[] = {"a"};
    const int64_t yes[] = {0};
    assert_status(cocreate_vote(s, "x", "r", 102, "c8", a, yes, 1, &check_error), COCREATE_OK);
    shows(s, "x", "'answers':2,'available':4,'closed':0,'ended':0,'extra':2,'full':0,'items':5,'leased':1,"
                  "'leases':1,'retired':0,'retired_by':[0]");
    cocreate_text *log = events_from(s, 0);
    assert_non_null(strstr(cocreate_text_data(log), "\"data\":{\"ballot\":{\"a\":\"no\"},\"extra\":true,"));
    assert_non_null(strstr(cocreate_text_data(log), "\"data\":{\"ballot\":{\"a\":\"yes\"},\"extra\":true,"));
    cocreate_text_free(log);
    cast(s, 103, "c6", "{'a':'none'}", COCREATE_OK, NULL); /* theirs is not extra; three are enough */
    shows(s, "x", "'extra':2,'full':0,'items':5,'leased':0,'leases':0,'retired':1,'retired_by':[1]");
    cast(s, 104, "c9", "{'a':'no'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].retire[0]: 'a' has retired from round 'r': 3 answers");
    commanded(s, 104, "c9", "task.take", ",'contribution':'a'", COCREATE_ERR_REFUSED,
              "$.rounds[0].retire[0]: 'a' has retired from round 'r': 3 answers");
    cast(s, 104, "c7", "{'a':'no'}", COCREATE_EXISTS, NULL);
    verified_close(s);
}

#define RULES                                                                                             \
    "'retire':[{'agree':2,'prefix':true,'label':'none'},{'agree':3,'prefix':true},"                      \
    "{'label':'yes','count':3},{'agree':4},{'total':5}]"

static void retires(const char *const *labels, const char *reason, int rule)
{
    char wanted[128];
    cocreate_store *s = open_round(LABELS(RULES));
    char voter[16], ballot[32];
    for (int i = 0; labels[i]; i++) {
        snprintf(voter, sizeof voter, "c%d", i + 2);
        snprintf(ballot, sizeof ballot, "{'a':'%s'}", labels[i]);
        cast(s, 100 + i, voter, ballot, COCREATE_OK, NULL);
    }
    cocreate_text *log = events_from(s, 0);
    snprintf(wanted, sizeof wanted, "\"reason\":\"%s\",\"round\":\"r\",\"rule\":%d}", reason, rule);
    if (!strstr(cocreate_text_data(log), wanted))
        fail_msg("%s does not hold %s", cocreate_text_data(log), wanted);
    cocreate_text_free(log);
    cast(s, 120, "c9", "{'a':'yes'}", COCREATE_ERR_REFUSED, NULL);
    commanded(s, 121, "firm", "ballot.void", ",'voter':'c2','options':['a'],'reason':'a bot'", COCREATE_OK,
              NULL);
    cast(s, 122, "c9", "{'a':'yes'}", COCREATE_ERR_REFUSED, NULL); /* what retired stays so */
    verified_close(s);
}

/* The rules of Galaxy Zoo's successors (Caesar): the first 2 say there is nothing, the first 3 agree, 3 in
 * all see it, 4 agree, 5 in all; the first that is met gives the reason. */
static void the_first_rule_that_is_met_retires(void **state)
{
    (void)state;
    retires((const char *const[]){"none", "none", NULL}, "the first 2 answers are 'none'", 0);
    retires((const char *const[]){"no", "no", "no", NULL}, "the first 3 answers are 'no'", 1);
    retires((const char *const[]){"yes", "yes", "yes", NULL}, "the first 3 answers are 'yes'", 1);
    retires((const char *const[]){"no", "yes", "yes", "yes", NULL}, "3 of 4 answers are 'yes'", 2);
    retires((const char *const[]){"none", "no", "no", "no", "no", NULL}, "4 of 5 answers are 'no'", 3);
    retires((const char *const[]){"none", "no", "yes", "no", "yes", NULL}, "5 answers", 4);
}

/* A lease that somebody has of it ends when it retires; their answer comes too late. */
static void what_retires_is_taken_from_everybody(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("3") ",'retire':[{'label':'none','count':1}]"));
    takes(s, 100, "c6", ",'contribution':'b'", COCREATE_OK, "'contribution':'b'");
    takes(s, 100, "c7", ",'contribution':'b'", COCREATE_OK, "'contribution':'b'");
    cast(s, 101, "c6", "{'b':'none'}", COCREATE_OK, NULL);
    cast(s, 102, "c7", "{'b':'yes'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].retire[0]: 'b' has retired from round 'r': 1 of 1 answers are 'none'");
    takes(s, 102, "c7", "", COCREATE_OK, "'contribution':'a'");
    done(s, "{'at':103,'actor':'c1','do':'contribution.withdraw','campaign':'x','contribution':'a'}");
    takes(s, 104, "c7", "", COCREATE_OK, "'contribution':'c'");
    shows(s, "x",
          "'ended':1,'extra':0,'full':0,'items':5,'leased':0,'leases':1,'retired':1,'retired_by':[1]");
    commanded(s, 104, "c8", "task.take", ",'contribution':'a'", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: 'a' cannot be given to 'c8': it takes no answers any more");
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    shows(s, "x", "'closed':3,'ended':1,'extra':0,'full':0,'items':5,'leased':0,'leases':0,'retired':1");
    verified_close(s);
}

/* What is taken back makes room; another answer of the same person keeps its place among the first. */
static void answers_change_until_it_retires(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("2") ",'retire':[{'agree':2,'prefix':true}]"));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    cast(s, 101, "c6", "{'a':'yes'}", COCREATE_OK, NULL);
    takes(s, 102, "c7", ",'contribution':'a'", COCREATE_OK, "'contribution':'a'");
    cast(s, 103, "c7", "{'a':'no'}", COCREATE_OK, NULL);
    commanded(s, 104, "c7", "ballot.retract", ",'options':['a']", COCREATE_OK, NULL);
    takes(s, 105, "c8", ",'contribution':'a'", COCREATE_OK, "'contribution':'a'");
    cast(s, 106, "c8", "{'a':'no'}", COCREATE_OK, NULL);
    cast(s, 107, "c6", "{'a':'no'}", COCREATE_OK, NULL); /* no lease: it changes theirs */
    shows(s, "x", "'retired':1,'retired_by':[1]");
    cast(s, 108, "c6", "{'a':'yes'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].retire[0]: 'a' has retired from round 'r': the first 2 answers are 'no'");
    verified_close(s);
}

static void wrong(const char *round, const char *text)
{
    cocreate_store *s = open_store();
    char command[2048];
    done(s, ROUND_FIRM);
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x',"
             "'brief':{'brief':'cocreate.brief/1',"
             "'title':'T','mode':'tinkering','contributors':['customer'],'phases':[{'id':'vote','after_us':0,"
             "'for_us':9,'allows':['submit','vote']}],'rounds':[%s]}}",
             round);
    refused(s, command, COCREATE_ERR_SCHEMA, text);
    cocreate_store_close(s);
}

static void briefs_are_refused_with_a_reason(void **state)
{
    (void)state;
    wrong("{'id':'r','lead':'customer','instrument':'approve','method':'approval','phase':'vote',"
          "" LEASE("2") "}",
          "$.brief.rounds[0].lease: is for rounds where each ballot speaks of one entry: \"each\": true");
    wrong(LABELS("'lease':{'for_us':1,'per_item':1,'extra':'count'}"),
          "$.brief.rounds[0].lease: no number bounds the answers of an item: add the rule {\"total\": N} to "
          "'retire', or refuse what is extra");
    wrong(LABELS("'retire':[{'agree':2}]"),
          "$.brief.rounds[0].retire: no number bounds the answers of an item: add the rule {\"total\": N} to "
          "'retire'");
    wrong(LABELS(LEASE("2") ",'retire':[{'agree':3}]"),
          "$.brief.rounds[0].retire[0].agree: is never met: an item has at most 2 answers ('per_item' of "
          "'lease')");
    wrong(LABELS(LEASE("2") ",'retire':[{'agree':2,'label':'yes'}]"),
          "$.brief.rounds[0].retire[0].label: goes with \"prefix\": true; without it say {\"label\": L, "
          "\"count\": "
          "N}");
    wrong(LABELS(LEASE("2") ",'retire':[{'count':2,'label':'maybe'}]"),
          "$.brief.rounds[0].retire[0].label: 'maybe' is none of the labels");
    wrong(LABELS(LEASE("2") ",'retire':[{'count':2,'label':7}]"),
          "$.brief.rounds[0].retire[0].label: is no answer that this round takes");
    wrong(LABELS(LEASE("2") ",'retire':[{}]"),
          "$.brief.rounds[0].retire[0]: expected {\"agree\": N}, {\"label\": L, \"count\": N} or {\"total\": "
          "N}");
    wrong(LABELS(LEASE("2") ",'retire':[]"), "$.brief.rounds[0].retire: expected a list of 1 to 20 rules");
    wrong(LABELS(LEASE("2") ",'per_entry_us':5"),
          "$.brief.rounds[0].lease: excludes 'per_entry_us', which takes votes on an entry for a time of its "
          "own");
}

/* A merge would make two answers one. */
static void items_are_not_merged(void **state)
{
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("1")));
    refused(s, "{'at':110,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'a',"
               "'into':'b'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].lease: 'a' is an item of round 'r', whose answers are counted one by one: merge it "
            "before, or from 1970-01-01T00:00:00.000200Z");
    s = (cocreate_store_close(s), open_round(LABELS("'retire':[{'total':2}]")));
    commanded(s, 110, "c6", "task.take", "", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: round 'r' hands out no items");
    cocreate_store_close(s);
}

/* The firm sees every lease, each person their own. */
static void leases_are_seen_by_the_firm_and_their_holder(void **state)
{
    static const char *const viewers[] = {"firm", "c6", "c7", NULL};
    static const int seen[] = {2, 1, 1, 0};
    (void)state;
    cocreate_store *s = open_round(LABELS(LEASE("1")));
    takes(s, 100, "c6", "", COCREATE_OK, "'contribution':'a'");
    takes(s, 100, "c7", "", COCREATE_OK, "'contribution':'b'");
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        cocreate_text *text = NULL;
        int n = 0;
        assert_status(cocreate_view(s, "x", viewers[i], &text, &check_error), COCREATE_OK);
        for (const char *p = cocreate_text_data(text); (p = strstr(p, "\"until\":120")); p++)
            n++;
        assert_int_equal(n, seen[i]);
        cocreate_text_free(text);
    }
    verified_close(s);
}

/* A jury without a panel: whoever may not judge an item is not given it. */
static void jurors_are_not_given_what_they_may_not_judge(void **state)
{
    (void)state;
    cocreate_store *s = open_round("{'id':'r','lead':'jury','instrument':'score','scale':[0,5],'each':true,"
                                   "'method':'score',"
                                   "'electorate':['customer'],'phase':'vote','cut':'all','certify':'auto',"
                                   "" LEASE(
                                       "1") ",'retire':[{'label':0,'count':1}]}");
    done(s, "{'at':100,'actor':'c6','do':'conflict.declare','campaign':'x','contribution':'a','reason':'a "
            "friend'}");
    takes(s, 101, "c6", "", COCREATE_OK, "'contribution':'b'");
    commanded(s, 101, "c1", "task.take", ",'contribution':'a'", COCREATE_ERR_REFUSED,
              "$.rounds[0].lease: 'a' cannot be given to 'c1': it is theirs, or they have a conflict of "
              "interest");
    cast(s, 102, "c6", "{'b':0}", COCREATE_OK, NULL);
    shows(s, "x", "'retired':1,'retired_by':[1]");
    verified_close(s);
}

/* a went before the round opened, by mistake; what returns into a rolling round is handed out as others. */
static void what_returns_is_handed_out(void **state)
{
    (void)state;
    cocreate_store *s = open_round_with(NULL, LABELS("'rolling':true," LEASE("2")),
                                        ",'moderation':{'appeal_us':1000}");
    done(s, "{'at':50,'actor':'firm','do':'contribution.remove','campaign':'x','contribution':'a',"
            "'reason':'dull'}");
    done(s, "{'at':51,'actor':'c1','do':'appeal.file','campaign':'x','appeal':'p','contribution':'a',"
            "'reason':'it is not'}");
    done(s, "{'at':100,'actor':'host','do':'tick'}");
    shows(s, "x", "'items':4");
    done(s, "{'at':101,'actor':'firm','do':'appeal.decide','campaign':'x','appeal':'p',"
            "'verdict':'overturned','answer':'indeed'}");
    shows(s, "x", "'items':5");
    cast(s, 102, "c9", "{'a':'no'}", COCREATE_ERR_REFUSED,
         "$.rounds[0].lease: 'c9' has no lease of 'a': task.take it first");
    takes(s, 103, "c9", "", COCREATE_OK, "'contribution':'a'"); /* the first published of five with none */
    cast(s, 104, "c9", "{'a':'no'}", COCREATE_OK, NULL);
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_handed_out_in_order),
        cmocka_unit_test(explanations_say_who_has_what),
        cmocka_unit_test(a_lease_ends_at_its_instant),
        cmocka_unit_test(what_is_given_back_comes_last),
        cmocka_unit_test(ballots_without_a_lease_are_never_silent),
        cmocka_unit_test(the_first_rule_that_is_met_retires),
        cmocka_unit_test(what_retires_is_taken_from_everybody),
        cmocka_unit_test(answers_change_until_it_retires),
        cmocka_unit_test(briefs_are_refused_with_a_reason),
        cmocka_unit_test(items_are_not_merged),
        cmocka_unit_test(leases_are_seen_by_the_firm_and_their_holder),
        cmocka_unit_test(jurors_are_not_given_what_they_may_not_judge),
        cmocka_unit_test(what_returns_is_handed_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
