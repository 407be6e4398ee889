/* Metric rounds: which run counts, public and private values, the last call, official entries. */
#include "rounds.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

#define ROUND                                                                            \
    "{'id':'r','lead':'metric','phase':'vote','direction':'ascending','ties':['earliest']," \
    "'cut':{'top':1},'certify':'auto'"

static void run(cocreate_store *store, int at, const char *contribution, const char *id,
                const char *values)
{
    char command[400];
    snprintf(command, sizeof command,
             "{'at':%d,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'%s',"
             "'contribution':'%s',%s}",
             at, id, contribution, values);
    done(store, command);
}

/* a's first run is 0.5, b's 0.4, whatever came later. */
static void the_first_run_can_count(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND ",'pick':'first'}");
    run(store, 110, "a", "2", "'value':'0.5'");
    run(store, 120, "b", "1", "'value':'0.4'");
    run(store, 130, "a", "1", "'value':'0.1'");
    tick(store, 200);
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* The board shows public values: a's best is run 1. Its private value ranks: 0.30 against b's 0.20. */
static void private_values_rank(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND ",'splits':true}");
    run(store, 110, "a", "1", "'value':'0.10','private':'0.30'");
    run(store, 111, "a", "2", "'value':'0.11','private':'0.01'");
    run(store, 120, "b", "1", "'value':'0.15','private':'0.20'");
    refused(store, "{'at':130,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'9',"
                   "'contribution':'c','value':'1'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0].splits: a run of round 'r' has a public and a private value");
    refused(store, "{'at':130,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'9',"
                   "'contribution':'c','private':'1','reason':'crashed'}",
            COCREATE_ERR_SCHEMA, "$.private: a run without a value has no private one");
    tick(store, 200);
    shows(store, "x", "'id':'b','public':'0.15','run':'1','score':0.2,'submitted_at':120,'to':1,"
                      "'value':'0.20'");
    shows(store, "x", "'id':'a','public':'0.10','run':'1'");
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

#define CHOOSE(actor, runs) \
    "{'at':140,'actor':'" actor "','do':'run.choose','campaign':'x','round':'r','contribution':'a'," \
    "'runs':" runs "}"

/* a chooses runs 2 and 3: the better private value of them counts, 0.05. */
static void authors_choose_their_runs(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND ",'splits':true,'pick':{'chosen':2}}");
    run(store, 110, "a", "1", "'value':'0.10','private':'0.30'");
    run(store, 111, "a", "2", "'value':'0.11','private':'0.05'");
    run(store, 112, "a", "3", "'value':'0.12','private':'0.07'");
    run(store, 120, "b", "1", "'value':'0.15','private':'0.06'");
    refused(store, CHOOSE("c2", "['2']"), COCREATE_ERR_PERMISSION, "'c2' is no author of 'a'");
    refused(store, CHOOSE("c1", "['1','2','3']"), COCREATE_ERR_REFUSED,
            "$.rounds[0].pick: 3 runs are chosen, the most is 2");
    refused(store, CHOOSE("c1", "['7']"), COCREATE_ERR_NOT_FOUND, "'a' has no run '7' in round 'r'");
    refused(store, CHOOSE("c1", "[7]"), COCREATE_ERR_SCHEMA, "$.runs[0]: expected a run");
    done(store, CHOOSE("c1", "['2','3']"));
    exists(store, CHOOSE("c1", "['2','3']"));
    tick(store, 200);
    shows(store, "x", "'id':'a','public':'0.11','run':'2'");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

static void other_rounds_choose_nothing(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND "}");
    run(store, 110, "a", "1", "'value':'0.10'");
    refused(store, CHOOSE("c1", "['1']"), COCREATE_ERR_REFUSED,
            "$.rounds[0].pick: nobody chooses runs of round 'r'");
    refused(store, "{'at':140,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'2',"
                   "'contribution':'a','value':'1','private':'2'}",
            COCREATE_ERR_REFUSED, "$.rounds[0].splits: runs of round 'r' have one value");
    verified_close(store);
}

/* The first run at 0.85 or below, at 130, closes the phase 30 later, at 160 instead of 200; the next one
 * changes nothing. */
static void the_first_good_run_calls_last(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND ",'last_call':{'at_least':'0.85','us':30}}");
    run(store, 110, "a", "1", "'value':'0.9'");
    run(store, 130, "b", "1", "'value':'0.85'");
    run(store, 140, "a", "2", "'value':'0.84'");
    refused(store, "{'at':160,'actor':'firm','do':'run.record','campaign':'x','round':'r','run':'3',"
                   "'contribution':'a','value':'0.1'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[0]: round 'r' runs in phase 'vote', from 1970-01-01T00:00:00.000100Z until "
            "before 1970-01-01T00:00:00.000160Z");
    tick(store, 170);
    shows(store, "x", "'state':'decided'");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* b is a guest: it keeps place 1 of the field, and c, the first that is awarded, is selected. */
static void guests_keep_their_place_and_take_no_prize(void **state)
{
    (void)state;
    cocreate_store *store = open_round(ROUND ",'official':['main']}");
    for (int i = 0; i < 3; i++) {
        char command[300];
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x','contribution':"
                 "'%c','category':'%s'}",
                 20 + i, i + 6, 'p' + i, i == 1 ? "guest" : "main");
        done(store, command);
    }
    run(store, 110, "p", "1", "'value':'0.3'");
    run(store, 111, "q", "1", "'value':'0.1'");
    run(store, 112, "r", "1", "'value':'0.2'");
    tick(store, 200);
    shows(store, "x", "{'exact':'1/10','from':1,'id':'q'");
    shows(store, "x", "{'award':{'from':1,'to':1},'exact':'1/5','from':2,'id':'r'");
    shows(store, "x", "{'award':{'from':2,'to':2},'exact':'3/10','from':3,'id':'p'");
    shows(store, "x", "'selected':['r']");
    verified_close(store);
}

/* The board shows public values, rounded as they count, of who has runs: a and b share 0.1, d has none that
 * counts and is last, c and e have no run. Which is better in private nobody sees. */
static void the_board_is_live(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(NULL, ROUND ",'splits':true,'decimals':1}",
                                            ",'visibility':{'counts':'after_close'}");
    cocreate_text *text = NULL;
    tick(store, 100);
    shows(store, "x", "{'binding':true,'board':[],'candidates':5,'id':'r'");
    run(store, 110, "a", "1", "'value':'0.14','private':'0.77'");
    run(store, 112, "a", "2", "'value':'0.21','private':'0.66'");
    run(store, 120, "b", "1", "'value':'0.09','private':'0.55'");
    run(store, 130, "d", "1", "'reason':'crashed'");
    shows(store, "x", "'board':[{'exact':'1/10','from':1,'id':'a','last_at':112,'runs':2,'score':0.1,'to':2},"
                      "{'exact':'1/10','from':1,'id':'b','last_at':120,'runs':1,'score':0.1,'to':2},"
                      "{'from':3,'id':'d','last_at':130,'runs':1,'to':3}]");
    assert_status(cocreate_view(store, "x", "c1", &text, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(text), "board"));
    cocreate_text_free(text);
    assert_status(cocreate_show(store, "x", &text, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(text), "0.55"));
    assert_null(strstr(cocreate_text_data(text), "0.66"));
    cocreate_text_free(text);
    tick(store, 200);
    assert_status(cocreate_show(store, "x", &text, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(text), "board"));
    cocreate_text_free(text);
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_run_can_count),
        cmocka_unit_test(private_values_rank),
        cmocka_unit_test(authors_choose_their_runs),
        cmocka_unit_test(other_rounds_choose_nothing),
        cmocka_unit_test(the_first_good_run_calls_last),
        cmocka_unit_test(the_board_is_live),
        cmocka_unit_test(guests_keep_their_place_and_take_no_prize),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
