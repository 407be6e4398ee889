/* Rounds led by customers, by the firm and by a metric. Expected places and sums are worked out by
 * hand in the comments. */
#include "rounds.h"

#define SCORE_ROUND \
    "{'id':'r','lead':'customer','instrument':'score','phase':'vote','electorate':['customer']," \
    "'scale':[0,5],'method':'score'"

static void tick(cocreate_store *store, int64_t at, cocreate_status expected)
{
    assert_status(cocreate_tick(store, at, &check_error), expected);
}

/* a: 5, 4 = 4.5; b: 4, 4 = 4; d: 5 = 5 */
static void means_rank_and_the_cut_takes_the_top(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round(SCORE_ROUND ",'cut':{'top':2,'ties':'out'},'certify':'auto'}");
    ballot(store, "c6", "{'a':5,'b':4}");
    ballot(store, "c7", "{'a':4,'b':4}");
    ballot(store, "c8", "{'d':5}");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['d','a']");
    shows(store, "x", "{'exact':'9/2','from':2,'id':'a','score':4.5,'to':2}");
    shows(store, "x", "'state':'decided'");
    tick(store, 200, COCREATE_EXISTS);
    tick(store, 900, COCREATE_EXISTS);
    verified_close(store);
}

/* a and b are tied for places 2 and 3. */
static void ties_across_the_line_are_in_or_out(void **state)
{
    (void)state;
    static const char *const cuts[] = {"in", "out"};
    static const char *const selected[] = {"'selected':['d','a','b']", "'selected':['d']"};
    for (int i = 0; i < 2; i++) {
        char round[400];
        snprintf(round, sizeof round, "%s,'cut':{'top':2,'ties':'%s'},'certify':'auto'}",
                 SCORE_ROUND, cuts[i]);
        cocreate_store *store = open_round(round);
        ballot(store, "c6", "{'a':4,'b':4,'d':5}");
        tick(store, 200, COCREATE_OK);
        shows(store, "x", selected[i]);
        verified_close(store);
    }
}

static void a_line_is_compared_exactly(void **state)
{
    (void)state;
    /* b: (3 + 3 + 4) / 3 = 3.333.. is below 3.34; a: 3.5 */
    cocreate_store *store = open_round(SCORE_ROUND ",'cut':{'at_least':'3.34'},'certify':'auto'}");
    ballot(store, "c6", "{'a':3,'b':3}");
    ballot(store, "c7", "{'a':4,'b':3}");
    ballot(store, "c8", "{'b':4}");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

static void windows_are_half_open(void **state)
{
    (void)state;
    static const char text[] =
        "$.rounds[0]: round 'r' runs in phase 'vote', from 1970-01-01T00:00:00.000100Z until "
        "before 1970-01-01T00:00:00.000200Z";
    cocreate_store *store = open_round(SCORE_ROUND "}");
    refused(store,
            "{'at':99,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{}}",
            COCREATE_ERR_REFUSED, text);
    done(store,
         "{'at':100,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{}}");
    done(store,
         "{'at':199,'actor':'c7','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    refused(store,
            "{'at':200,'actor':'c8','do':'ballot.cast','campaign':'x','round':'r','ballot':{}}",
            COCREATE_ERR_REFUSED, text);
    verified_close(store);
}

static void ballots_are_checked(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE_ROUND ",'choices':[1,2]}");
    static const struct {
        const char *voter, *ballot;
        cocreate_status status;
        const char *text;
    } cases[] = {
        {"c6", "{'a':6}", COCREATE_ERR_REFUSED,
         "$.rounds[0].scale: the score 6 for 'a' is outside 0..5"},
        {"c6", "{'a':'5'}", COCREATE_ERR_SCHEMA,
         "$.ballot.a: must be an integer (1, a rank, a score or points)"},
        {"c6", "{'z':5}", COCREATE_ERR_NOT_FOUND, "'z' is no candidate of round 'r'"},
        {"c1", "{'a':5}", COCREATE_ERR_REFUSED,
         "$.rounds[0].self_vote: 'c1' is an author of 'a': leave it out"},
        {"c6", "{}", COCREATE_ERR_REFUSED,
         "$.rounds[0].choices: the ballot names 0 options, the least is 1"},
        {"c6", "{'a':1,'b':1,'c':1}", COCREATE_ERR_REFUSED,
         "$.rounds[0].choices: the ballot names 3 options, the most is 2"},
        {"firm", "{'a':5}", COCREATE_ERR_PERMISSION,
         "$.rounds[0].electorate: 'firm' is of side 'firm', which does not vote in round 'r'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[512];
        snprintf(command, sizeof command,
                 "{'at':150,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r',"
                 "'ballot':%s}",
                 cases[i].voter, cases[i].ballot);
        refused(store, command, cases[i].status, cases[i].text);
    }
    refused(store,
            "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','voter':'c7',"
            "'ballot':{'a':1}}",
            COCREATE_ERR_PERMISSION, "'c6' cannot vote for 'c7'");
    done(store,
         "{'at':150,'actor':'host','do':'ballot.cast','campaign':'x','round':'r','voter':'c7',"
         "'ballot':{'a':1}}");
    verified_close(store);
}

static void a_ballot_is_cast_once_or_recast(void **state)
{
    (void)state;
    static const char first[] =
        "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':5}}";
    static const char second[] =
        "{'at':151,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'b':2}}";
    cocreate_store *store = open_round(SCORE_ROUND ",'recast':false}");
    done(store, first);
    exists(store, first);
    refused(store, second, COCREATE_ERR_REFUSED,
            "$.rounds[0].recast: 'c6' has voted in round 'r', and a ballot cast stays");
    verified_close(store);

    store = open_round(SCORE_ROUND ",'recast':true,'cut':'all','certify':'auto'}");
    done(store, first);
    done(store, second);
    tick(store, 200, COCREATE_OK); /* only the last one counts: b alone has a score */
    shows(store, "x", "'ballots':{'count':1,'distinct':1,'empty':0,'valid':1,'weight':'1'}");
    shows(store, "x", "{'exact':'2','from':1,'id':'b','score':2,'to':1}");
    verified_close(store);
}

/* A client that never saw the answer sends its command again, however late: nothing happens twice. */
static void what_was_done_can_be_sent_again(void **state)
{
    (void)state;
    static const char vote[] =
        "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':5}}";
    static const char other[] =
        "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':4}}";
    const char *options[] = {"a"};
    const int64_t five[] = {5};
    cocreate_store *store = open_round(SCORE_ROUND ",'cut':'all','certify':'auto'}");
    done(store, vote);
    tick(store, 200, COCREATE_OK);
    exists(store, vote);
    exists(store, "{'at':300,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r',"
                  "'ballot':{'a':5}}");
    exists(store, "{'at':11,'actor':'c1','do':'contribution.submit','campaign':'x',"
                  "'contribution':'a','title':'Idea A','cost':100}");
    exists(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    assert_status(cocreate_vote(store, "x", "r", 150, "c6", options, five, 1, &check_error),
                  COCREATE_EXISTS);
    refused(store, other, COCREATE_ERR_TIME,
            "at 1970-01-01T00:00:00.000150Z is before the last event, at "
            "1970-01-01T00:00:00.000200Z");
    verified_close(store);
}

static void the_fast_path_writes_the_same_bytes(void **state)
{
    (void)state;
    cocreate_store *a = open_round(SCORE_ROUND "}"), *b = open_round(SCORE_ROUND "}");
    const char *options[] = {"d", "a"};
    const int64_t values[] = {2, 5};
    ballot(a, "c6", "{'d':2,'a':5}");
    assert_status(cocreate_vote(b, "x", "r", 150, "c6", options, values, 2, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_vote(b, "x", "r", 150, "c6", options, values, 2, &check_error),
                  COCREATE_EXISTS);
    cocreate_text *x = events_from(a, 1), *y = events_from(b, 1);
    assert_string_equal(cocreate_text_data(x), cocreate_text_data(y));
    cocreate_text_free(x);
    cocreate_text_free(y);
    const char *twice[] = {"a", "a"};
    assert_failure(cocreate_vote(b, "x", "r", 151, "c7", twice, values, 2, &check_error),
                   COCREATE_ERR_ARGUMENT, "the ballot names 'a' twice");
    assert_failure(cocreate_vote(b, "x", "r", 149, "c7", options, values, 2, &check_error),
                   COCREATE_ERR_TIME,
                   "at 1970-01-01T00:00:00.000149Z is before the last event, at "
                   "1970-01-01T00:00:00.000150Z");
    assert_failure(cocreate_vote(b, "x", "r", 151, "c7", options, NULL, 2, &check_error),
                   COCREATE_ERR_ARGUMENT, "a ballot of round 'r' needs values");
    verified_close(a);
    verified_close(b);
}

/* a > b > c, b > a > c, c > b > a: first choices tie at 1, then c falls by its id... Schulze: b beats
 * a 2:1 and c 2:1. */
static void rankings_and_approvals(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round("{'id':'r','lead':'customer','instrument':'rank','phase':'vote',"
                   "'electorate':['customer'],'method':'schulze','cut':'winners',"
                   "'certify':'auto'}");
    const char *first[] = {"a", "b", "c"}, *second[] = {"b", "a", "c"}, *third[] = {"c", "b", "a"};
    assert_status(cocreate_vote(store, "x", "r", 150, "c6", first, NULL, 3, NULL), COCREATE_OK);
    assert_status(cocreate_vote(store, "x", "r", 150, "c7", second, NULL, 3, NULL), COCREATE_OK);
    assert_status(cocreate_vote(store, "x", "r", 150, "c8", third, NULL, 3, NULL), COCREATE_OK);
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['b']");
    verified_close(store);

    /* Approvals with costs 100..500 and a budget of 7.00: e (500) has 2 votes, a (100) 2, b (200) 1:
     * a and e by votes (a stands first), then 100 is left and b does not fit. */
    store = open_round("{'id':'r','lead':'customer','instrument':'approve','phase':'vote',"
                       "'electorate':['customer'],'method':'greedy','budget':'7.00',"
                       "'cut':'winners','certify':'auto'}");
    ballot(store, "c6", "{'e':1,'a':1}");
    ballot(store, "c7", "{'e':1,'a':1}");
    ballot(store, "c8", "{'b':1}");
    refused(store,
            "{'at':150,'actor':'c9','do':'ballot.cast','campaign':'x','round':'r',"
            "'ballot':{'b':2}}",
            COCREATE_ERR_ARGUMENT, "an approval of 'b' is 1, not 2");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['a','e']");
    verified_close(store);
}

static void a_missed_quorum_fails_the_round_and_returns_the_money(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL, SCORE_ROUND ",'quorum':2,'certify':'auto'}",
        ",'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1',"
        "'currency':'EUR','funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'p',"
        "'kind':'ranked_prizes','fund':'f','prizes':['100.00']}]}}]");
    shows(store, "x", "{'account':'escrow:w:f','currency':'EUR','minor':10000}");
    ballot(store, "c6", "{'a':5}");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'reason':'1 ballot, the quorum is 2'");
    shows(store, "x", "'balances':[]");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

static void withdrawn_entries_leave_the_ranking(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE_ROUND ",'cut':{'top':1},'certify':'auto'}");
    ballot(store, "c6", "{'a':5,'b':4}");
    done(store,
         "{'at':160,'actor':'c1','do':'contribution.withdraw','campaign':'x','contribution':'a'}");
    refused(store,
            "{'at':161,'actor':'c7','do':'ballot.cast','campaign':'x','round':'r',"
            "'ballot':{'a':5}}",
            COCREATE_ERR_REFUSED, "'a' was withdrawn or removed since round 'r' opened: leave it out");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

#define FIRM_ROUND "{'id':'r','lead':'firm','phase':'vote','select':[1,2]"

static void the_firm_decides_with_places_and_reasons(void **state)
{
    (void)state;
    cocreate_store *store = open_round(FIRM_ROUND ",'certify':'manual'}");
    static const char head[] = "{'at':150,'actor':'firm','do':'decision.make','campaign':'x',"
                               "'round':'r','contribution':";
    char command[512];
    snprintf(command, sizeof command, "%s'b','verdict':'select','place':2,'reason':'bold'}", head);
    done(store, command);
    exists(store, command);
    snprintf(command, sizeof command, "%s'd','verdict':'select','place':1}", head);
    done(store, command);
    snprintf(command, sizeof command, "%s'e','verdict':'select'}", head);
    refused(store, command, COCREATE_ERR_REFUSED,
            "$.rounds[0].select: round 'r' selects at most 2, and so many are selected: reject one "
            "first");
    snprintf(command, sizeof command, "%s'e','verdict':'reject','place':3}", head);
    refused(store, command, COCREATE_ERR_SCHEMA, "$.place: a rejected entry has no place");
    refused(store,
            "{'at':150,'actor':'c1','do':'decision.make','campaign':'x','round':'r',"
            "'contribution':'a','verdict':'select'}",
            COCREATE_ERR_PERMISSION,
            "$.rounds[0].electorate: 'c1' is of side 'customer', which does not decide in round "
            "'r'");
    done(store, "{'at':160,'actor':'firm','do':'round.close','campaign':'x','round':'r',"
                "'reason':'agreed'}");
    refused(store,
            "{'at':161,'actor':'firm','do':'decision.make','campaign':'x','round':'r',"
            "'contribution':'a','verdict':'select'}",
            COCREATE_ERR_REFUSED, "$.rounds[0]: round 'r' is tallied, not open");
    done(store, "{'at':170,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    exists(store, "{'at':171,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    shows(store, "x", "'places':[{'from':1,'id':'d','to':1},{'from':2,'id':'b','to':2},"
                      "{'from':3,'id':'a','to':5},");
    shows(store, "x", "'selected':['d','b']");
    verified_close(store);
}

static void too_few_selected_fail_the_round(void **state)
{
    (void)state;
    cocreate_store *store = open_round(FIRM_ROUND "}");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'reason':'0 selected, the brief asks for at least 1'");
    verified_close(store);
}

static void customers_close_with_their_phase(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE_ROUND "}");
    refused(store,
            "{'at':150,'actor':'firm','do':'round.close','campaign':'x','round':'r',"
            "'reason':'we like this result'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].phase: a round led by customers closes with its phase, never earlier");
    verified_close(store);
}

#define METRIC_ROUND \
    "{'id':'r','lead':'metric','phase':'vote','direction':'ascending','decimals':4," \
    "'ties':['earliest'],'cut':{'top':1},'certify':'auto'"

static void run(cocreate_store *store, int at, const char *contribution, const char *id,
                const char *value)
{
    assert_status(cocreate_run_record(store, "x", "r", at, "firm", id, contribution, value,
                                      value ? NULL : "crashed", &check_error),
                  COCREATE_OK);
}

/* The Netflix tie: 0.856704 and 0.856714 are both 0.8567, and the earlier run wins. Who has no value
 * ranks below who has one: d (submitted at 14), e (at 15), c (its missing run is of 141). */
static void runs_round_tie_and_go_missing(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC_ROUND ",'pick':'best'}");
    run(store, 110, "a", "1", "0.9");
    run(store, 120, "b", "1", "0.856704");
    run(store, 130, "a", "2", "0.856714");
    run(store, 140, "a", "3", "0.856650001"); /* also 0.8567, and later */
    run(store, 141, "c", "1", NULL);
    assert_status(cocreate_run_record(store, "x", "r", 142, "firm", "1", "c", NULL, "crashed",
                                      &check_error),
                  COCREATE_EXISTS);
    assert_failure(cocreate_run_record(store, "x", "r", 142, "firm", "1", "c", "0.1", NULL,
                                       &check_error),
                   COCREATE_ERR_CONFLICT, "run '1' exists with another value");
    assert_failure(cocreate_run_record(store, "x", "r", 142, "firm", "2", "c", "0,1", NULL,
                                       &check_error),
                   COCREATE_ERR_SCHEMA, "$.value: \"0,1\" is not a number such as 12, -0.25 or 3/4");
    tick(store, 200, COCREATE_OK);
    shows(store, "x",
          "'places':[{'exact':'8567/10000','from':1,'id':'b','run':'1','score':0.8567,"
          "'submitted_at':120,'to':1,'value':'0.856704'},{'exact':'8567/10000','from':2,'id':'a',"
          "'run':'2','score':0.8567,'submitted_at':130,'to':2,'value':'0.856714'},");
    shows(store, "x", "{'from':5,'id':'c','run':'1','submitted_at':141,'to':5}");
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

static void the_last_run_can_count(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC_ROUND ",'pick':'last'}");
    run(store, 110, "a", "1", "0.1");
    run(store, 120, "b", "1", "0.2");
    run(store, 130, "a", "2", "0.3");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* SHA-256 of 32 zero bytes, as `head -c 32 /dev/zero | sha256sum` prints it. */
#define ZERO_SEED "0000000000000000000000000000000000000000000000000000000000000000"
#define ZERO_COMMITMENT \
    "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"

static void lots_wait_for_the_seed_that_was_committed(void **state)
{
    (void)state;
    const char *ids[] = {"a", "b", "c", "d", "e"};
    uint32_t order[5];
    uint8_t seed[32] = {0};
    char expected[64];
    cocreate_store *store = open_round(SCORE_ROUND ",'ties':['lot'],'seed_commitment':'"
                                       ZERO_COMMITMENT "','cut':{'top':1},'certify':'auto'}");
    for (int i = 0; i < 5; i++) {
        const int64_t three[] = {3, 3, 3, 3, 3};
        char voter[4];
        snprintf(voter, sizeof voter, "c%d", i + 6);
        if (i < 4)
            assert_status(cocreate_vote(store, "x", "r", 150, voter, ids, three, 5, &check_error),
                          COCREATE_OK);
    }
    refused(store,
            "{'at':160,'actor':'firm','do':'round.reveal','campaign':'x','round':'r','seed':'"
            ZERO_SEED "'}",
            COCREATE_ERR_REFUSED, "round 'r' is open: the seed is revealed once it is closed");
    tick(store, 200, COCREATE_OK);
    shows(store, "x", "'state':'closed'");
    refused(store,
            "{'at':201,'actor':'firm','do':'round.reveal','campaign':'x','round':'r','seed':'"
            "1111111111111111111111111111111111111111111111111111111111111111'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].seed_commitment: the seed is not the one committed to");
    done(store, "{'at':202,'actor':'firm','do':'round.reveal','campaign':'x','round':'r','seed':'"
                ZERO_SEED "'}");
    assert_status(cocreate_lots(seed, "x/r", ids, 5, order, &check_error), COCREATE_OK);
    snprintf(expected, sizeof expected, "'selected':['%s']", ids[order[0]]);
    shows(store, "x", expected);
    verified_close(store);
}

static void ticks_late_or_in_steps_give_the_same_log(void **state)
{
    (void)state;
    cocreate_text *logs[2];
    for (int steps = 0; steps < 2; steps++) {
        cocreate_store *store = open_round(SCORE_ROUND ",'certify':'auto'}");
        for (int64_t at = 90; steps && at < 250; at += 7)
            assert_true(cocreate_tick(store, at, NULL) >= COCREATE_OK);
        tick(store, 300, steps ? COCREATE_EXISTS : COCREATE_OK);
        logs[steps] = events_from(store, 1);
        cocreate_store_close(store);
    }
    assert_string_equal(cocreate_text_data(logs[0]), cocreate_text_data(logs[1]));
    cocreate_text_free(logs[0]);
    cocreate_text_free(logs[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_rank_and_the_cut_takes_the_top),
        cmocka_unit_test(ties_across_the_line_are_in_or_out),
        cmocka_unit_test(a_line_is_compared_exactly),
        cmocka_unit_test(windows_are_half_open),
        cmocka_unit_test(ballots_are_checked),
        cmocka_unit_test(a_ballot_is_cast_once_or_recast),
        cmocka_unit_test(what_was_done_can_be_sent_again),
        cmocka_unit_test(the_fast_path_writes_the_same_bytes),
        cmocka_unit_test(rankings_and_approvals),
        cmocka_unit_test(a_missed_quorum_fails_the_round_and_returns_the_money),
        cmocka_unit_test(withdrawn_entries_leave_the_ranking),
        cmocka_unit_test(the_firm_decides_with_places_and_reasons),
        cmocka_unit_test(too_few_selected_fail_the_round),
        cmocka_unit_test(customers_close_with_their_phase),
        cmocka_unit_test(runs_round_tie_and_go_missing),
        cmocka_unit_test(the_last_run_can_count),
        cmocka_unit_test(lots_wait_for_the_seed_that_was_committed),
        cmocka_unit_test(ticks_late_or_in_steps_give_the_same_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
