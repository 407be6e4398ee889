/* Pledges that are held: what is reserved, captured and given back, to the last cent, by hand. The rule is
 * all or nothing: Threadless printed what fifty had paid for before (2014), Kickstarter charges nobody
 * for what missed its goal. */
#include "rounds.h"

#include <jansson.h>

#define HELD                                                                                  \
    "{'id':'r','lead':'customer','instrument':'pledge','phase':'vote','electorate':['customer']," \
    "'pledge_min':100,'hold':{'currency':'EUR','rail':'card'},'cut':{'at_least':'2'}"

/* Balances of the campaign "x" as "account=minor ...", in their order. */
static void balances_are(cocreate_store *store, const char *expected)
{
    char got[1024] = "";
    size_t used = 0;
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, "x", &text, &check_error), COCREATE_OK);
    json_t *shown = json_loads(cocreate_text_data(text), 0, NULL), *row;
    size_t i;
    json_array_foreach(json_object_get(shown, "balances"), i, row)
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%s=%lld", used ? " " : "",
                                 json_string_value(json_object_get(row, "account")),
                                 (long long)json_integer_value(json_object_get(row, "minor")));
    assert_string_equal(got, expected);
    json_decref(shown);
    cocreate_text_free(text);
}

/* The first round of the campaign as show tells what it holds. */
static void pledges_are(cocreate_store *store, const char *expected)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_show(store, "x", &text, &check_error), COCREATE_OK);
    json_t *shown = json_loads(cocreate_text_data(text), 0, NULL);
    json_t *round = json_array_get(json_object_get(shown, "rounds"), 0);
    char *got = json_dumps(json_object_get(round, "pledges"), JSON_COMPACT | JSON_SORT_KEYS);
    char *wanted = quoted(expected);
    assert_string_equal(got, wanted);
    free(wanted);
    free(got);
    json_decref(shown);
    cocreate_text_free(text);
}

static void verified(cocreate_store *store)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_verify(store, NULL, 0, NULL, &text, &check_error), COCREATE_OK);
    cocreate_text_free(text);
    cocreate_store_close(store);
}

/* 'a' has two backers, 10.00 + 5.00 after c3 raised 2.50 to 5.00; 'b' one of 7.00, who took back the pledge
 * for 'a'. Two are needed. */
static cocreate_store *with_pledges(const char *more)
{
    char rounds[1024];
    snprintf(rounds, sizeof rounds, "%s%s}", HELD, more);
    cocreate_store *store = open_round(rounds);
    const char *options[] = {"a"};
    const int64_t first[] = {1000};
    assert_status(cocreate_vote(store, "x", "r", 150, "c2", options, first, 1, &check_error),
                  COCREATE_OK);
    ballot(store, "c3", "{'a':250}");
    ballot(store, "c3", "{'a':500}");
    ballot(store, "c4", "{'a':300}");
    ballot(store, "c4", "{'b':700}");
    done(store, "{'at':150,'actor':'c4','do':'ballot.retract','campaign':'x','round':'r',"
                "'options':['a']}");
    return store;
}

/* The same, and a decision of the firm beside it: the campaign goes on until that is certified. */
static cocreate_store *with_another_round(void)
{
    cocreate_store *store = with_pledges("},{'id':'f','lead':'firm','phase':'vote'");
    done(store, "{'at':150,'actor':'firm','do':'decision.make','campaign':'x','round':'f',"
                "'contribution':'c','verdict':'select'}");
    return store;
}

static void what_is_selected_is_captured_together(void **state)
{
    (void)state;
    cocreate_store *store = with_pledges("");
    /* Held money has not moved: no account has a balance. */
    balances_are(store, "");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':2200,'returned':0}");
    done(store, "{'at':200,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    balances_are(store, "cash:card=-1500 pledges:r:a=1500");
    pledges_are(store, "{'captured':1500,'currency':'EUR','held':0,'returned':700}");
    verified(store);
}

static void what_is_voided_is_given_back(void **state)
{
    (void)state;
    cocreate_store *store = with_pledges("");
    done(store, "{'at':150,'actor':'firm','do':'ballot.void','campaign':'x','round':'r',"
                "'voter':'c3','options':['a'],'reason':'a stolen card'}");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':1700,'returned':0}");
    done(store, "{'at':200,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    balances_are(store, "");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':0,'returned':1700}");
    verified(store);
}

/* 'b' is merged into 'a': what c4 pledged for it is for 'a', and of the two pledges of c3 the later one
 * stands: 10.00 + 1.00 + 7.00. Nothing is left for 'b'. */
static void what_is_merged_is_held_for_the_other(void **state)
{
    (void)state;
    cocreate_store *store = with_pledges("");
    ballot(store, "c3", "{'b':100}");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':2300,'returned':0}");
    done(store, "{'at':151,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'b',"
                "'into':'a','reason':'the same'}");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':1800,'returned':0}");
    done(store, "{'at':200,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    balances_are(store, "cash:card=-1800 pledges:r:a=1800");
    verified(store);
}

static void a_round_that_fails_gives_all_back(void **state)
{
    (void)state;
    cocreate_store *store = with_pledges(",'quorum':{'ballots':9}");
    done(store, "{'at':200,'actor':'host','do':'tick'}");
    balances_are(store, "");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':0,'returned':2200}");
    verified(store);
}

static void an_annulled_round_gives_back_what_it_captured(void **state)
{
    (void)state;
    cocreate_store *store = with_another_round();
    done(store, "{'at':200,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    balances_are(store, "cash:card=-1500 pledges:r:a=1500");
    done(store, "{'at':201,'actor':'firm','do':'round.annul','campaign':'x','round':'r',"
                "'reason':'bots'}");
    balances_are(store, "");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':0,'returned':2200}");
    verified(store);
}

static void a_cancelled_campaign_gives_back_what_is_held(void **state)
{
    (void)state;
    cocreate_store *store = with_pledges("");
    done(store, "{'at':151,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no yard'}");
    pledges_are(store, "{'captured':0,'currency':'EUR','held':0,'returned':2200}");
    balances_are(store, "");
    verified(store);
}

/* Of what the round selected before a campaign was cancelled nothing is lost. */
static void what_was_captured_stays(void **state)
{
    (void)state;
    cocreate_store *store = with_another_round();
    done(store, "{'at':200,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    done(store, "{'at':201,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no yard'}");
    balances_are(store, "cash:card=-1500 pledges:r:a=1500");
    verified(store);
}

static void briefs_that_hold_what_they_cannot(void **state)
{
    static const char *const wrong[][2] = {
        {"'hold':{'currency':'EUX'}", "$.brief.rounds[0].hold.currency: 'EUX' is no currency of ISO 4217"},
        {"'hold':{}", "$.brief.rounds[0].hold.currency: required, but missing"},
        {"'hold':{'currency':'EUR'},'every_us':10",
         "$.brief.rounds[0].hold: a round that selects by periods has no end that all pledges share"},
        {"'hold':{'currency':'EUR'},'binding':false",
         "$.brief.rounds[0].hold: a round that only advises decides about no money"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char command[1024];
        cocreate_store *store = open_store();
        done(store, ROUND_FIRM);
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
                 "'brief':'cocreate.brief/1','title':'A round','mode':'collaborating',"
                 "'control':'open','contributors':['customer'],'phases':[{'id':'in',"
                 "'after_us':0,'for_us':90,'allows':['submit','vote']}],'rounds':["
                 "{'id':'r','lead':'customer','instrument':'pledge','phase':'in',%s}]}}",
                 wrong[i][0]);
        refused(store, command, COCREATE_ERR_SCHEMA, wrong[i][1]);
        cocreate_store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_selected_is_captured_together),
        cmocka_unit_test(what_is_voided_is_given_back),
        cmocka_unit_test(what_is_merged_is_held_for_the_other),
        cmocka_unit_test(a_round_that_fails_gives_all_back),
        cmocka_unit_test(an_annulled_round_gives_back_what_it_captured),
        cmocka_unit_test(a_cancelled_campaign_gives_back_what_is_held),
        cmocka_unit_test(what_was_captured_stays),
        cmocka_unit_test(briefs_that_hold_what_they_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
