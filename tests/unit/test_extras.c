/* Yes beside the mark: what people would buy, counted and part of no ranking. Expected counts by hand. */
#include "rounds.h"

#define SCORE(more)                                                                             \
    "{'id':'r','lead':'customer','instrument':'score','scale':[0,5],'method':'score','phase':'vote'," \
    "'extras':['would_buy','gift'],'certify':'auto','cut':{'top':2}" more "}"
#define SAYS(at, voter, marks, extras)                                                            \
    "{'at':" #at ",'actor':'" voter "','do':'ballot.cast','campaign':'x','round':'r','ballot':" marks "," \
    "'extras':" extras "}"
#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"

/* c6 changes both answers, c7 votes again by the fast path, which says nothing beside the mark, c8 takes it
 * back, c9 is struck. */
static void what_stands_is_counted(void **state)
{
    (void)state;
    static const char *const a[] = {"a"};
    const int64_t three = 3, two = 2;
    cocreate_store *store = open_round(SCORE(",'retract':true"));
    done(store, SAYS(150, "c6", "{'a':5,'b':1}", "{'would_buy':['a'],'gift':['a','b']}"));
    exists(store, SAYS(151, "c6", "{'a':5,'b':1}", "{'gift':['b','a'],'would_buy':['a']}"));
    done(store, SAYS(152, "c6", "{'a':5,'b':1}", "{'would_buy':['b']}"));
    done(store, SAYS(153, "c7", "{'a':2}", "{'would_buy':['a']}"));
    assert_status(cocreate_vote(store, "x", "r", 154, "c7", a, &two, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_vote(store, "x", "r", 154, "c7", a, &two, 1, &check_error), COCREATE_EXISTS);
    assert_status(cocreate_vote(store, "x", "r", 155, "c7", a, &three, 1, &check_error), COCREATE_OK);
    done(store, SAYS(156, "c8", "{'b':3}", "{'would_buy':['b']}"));
    done(store, "{'at':157,'actor':'c8','do':'ballot.retract','campaign':'x','round':'r'}");
    done(store, SAYS(158, "c9", "{'c':1}", "{'would_buy':['c']}"));
    done(store, "{'at':159,'actor':'firm','do':'ballot.void','campaign':'x','round':'r','voter':'c9',"
                "'reason':'twice'}");
    cocreate_text *table = NULL;
    assert_status(cocreate_export(store, "x", NULL, "csv:extras", &table, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(table), "round,voter,contribution,extras\r\n"
                                                   "r,c6,b,\"[\"\"would_buy\"\"]\"\r\n");
    cocreate_text_free(table);
    done(store, TICK(200));
    shows(store, "x", "'extras':{'gift':{},'would_buy':{'b':1}}");
    exists(store, SAYS(210, "c6", "{'a':5,'b':1}", "{'would_buy':['b']}"));
    refused(store, SAYS(210, "c6", "{'a':5,'b':1}", "{'would_buy':['a']}"), COCREATE_ERR_REFUSED,
            "$.rounds[0]: round 'r' runs in phase 'vote', from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000200Z");
    verified_close(store);
}

/* Where each option has a ballot, each has its own answers. */
static void each_option_has_its_own(void **state)
{
    (void)state;
    cocreate_store *store = open_round("{'id':'r','lead':'customer','instrument':'up','phase':'vote',"
                                       "'extras':['would_buy'],'certify':'auto','cut':{'top':2}}");
    done(store, SAYS(150, "c6", "{'a':1}", "{'would_buy':['a']}"));
    done(store, SAYS(151, "c6", "{'b':1}", "{}"));
    done(store, SAYS(152, "c7", "{'a':1}", "{'would_buy':['a']}"));
    done(store, TICK(200));
    shows(store, "x", "'extras':{'would_buy':{'a':2}}");
    verified_close(store);
}

/* b is a duplicate of a: c6 said yes of b and has marked both, c7 of b alone; c1 wrote a, and does not count.
 * Whoever names b later means a. */
static void merging_unites_them(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE(""));
    done(store, SAYS(150, "c6", "{'a':5,'b':1}", "{'would_buy':['b'],'gift':['a']}"));
    done(store, SAYS(150, "c7", "{'b':4}", "{'would_buy':['b']}"));
    done(store, SAYS(150, "c1", "{'b':3}", "{'would_buy':['b']}"));
    done(store, "{'at':160,'actor':'firm','do':'contribution.merge','campaign':'x','contribution':'b',"
                "'into':'a','reason':'the same'}");
    done(store, SAYS(170, "c8", "{'b':2}", "{'would_buy':['b']}"));
    exists(store, SAYS(171, "c8", "{'b':2}", "{'would_buy':['b']}"));
    done(store, TICK(200));
    shows(store, "x", "'extras':{'gift':{'a':1},'would_buy':{'a':3}}");
    verified_close(store);
}

static int sees(cocreate_store *store, const char *viewer)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_view(store, "x", viewer, &text, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(text), "\"extras\":{\"gift\"") != NULL;
    cocreate_text_free(text);
    return found;
}

static void who_sees_them_is_a_policy(void **state)
{
    (void)state;
    cocreate_text *table = NULL;
    cocreate_store *store = open_round_with(NULL, SCORE(""), ",'visibility':{'extras':'nobody'}");
    done(store, SAYS(150, "c6", "{'a':5}", "{'would_buy':['a']}"));
    done(store, TICK(200));
    assert_true(sees(store, "host"));
    assert_false(sees(store, "firm"));
    assert_false(sees(store, "c6"));
    assert_status(cocreate_export_as(store, "x", NULL, "csv:extras", "firm", &table, &check_error),
                  COCREATE_ERR_PERMISSION);
    assert_string_equal(check_error.text,
                        "$.visibility.extras: who said yes beside a mark is not for 'firm'");
    verified_close(store);
    store = open_round_with(NULL, SCORE(""), ",'visibility':{'extras':'firm'}");
    done(store, SAYS(150, "c6", "{'a':5}", "{'would_buy':['a']}"));
    done(store, TICK(200));
    assert_true(sees(store, "firm"));
    assert_false(sees(store, "c6"));
    verified_close(store);
}

static void what_cannot_be_said_is_refused(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE(",'recast':false"));
    refused(store, SAYS(150, "c6", "{'a':5}", "{'would_sell':['a']}"), COCREATE_ERR_SCHEMA,
            "$.extras.would_sell: round 'r' does not ask this");
    refused(store, SAYS(150, "c6", "{'a':5}", "{'gift':['a','b']}"), COCREATE_ERR_SCHEMA,
            "$.extras.gift[1]: the ballot does not speak of 'b'");
    refused(store, SAYS(150, "c6", "{'a':5}", "{'gift':[1]}"), COCREATE_ERR_SCHEMA,
            "$.extras.gift[0]: expected an option");
    refused(store, SAYS(150, "c6", "{'a':5}", "{'gift':'a'}"), COCREATE_ERR_SCHEMA,
            "$.extras.gift: expected an array of options");
    done(store, SAYS(151, "c6", "{'a':5}", "{'gift':['a']}"));
    refused(store, SAYS(152, "c6", "{'a':5}", "{}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].recast: 'c6' has voted in round 'r', and a ballot cast stays");
    verified_close(store);
    store = open_round("{'id':'r','lead':'customer','instrument':'up','phase':'vote','certify':'auto',"
                       "'cut':{'top':2}}");
    refused(store, SAYS(150, "c6", "{'a':1}", "{}"), COCREATE_ERR_REFUSED,
            "$.rounds[0].extras: round 'r' asks nothing beside the mark");
    verified_close(store);
}

#define REFUSED(round, text)                                                                          \
    refused(store,                                                                                    \
            "{'at':300,'actor':'firm','do':'campaign.create','campaign':'y','brief':{"                    \
            "'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':['customer']," \
            "'phases':[{'id':'vote','after_us':0,'for_us':9,'allows':['vote','decide']}],"               \
            "'rounds':[" round "]}}",                                                                 \
            COCREATE_ERR_SCHEMA, text)
#define UP(extras) "{'id':'r','lead':'customer','instrument':'up','phase':'vote','extras':" extras "}"

static void briefs_ask_of_single_options(void **state)
{
    (void)state;
    cocreate_store *store = open_round(SCORE(""));
    REFUSED("{'id':'r','lead':'customer','instrument':'pair','phase':'vote','extras':['x']}",
            "$.brief.rounds[0].extras: stands beside marks of single options: not duels, not a survey");
    REFUSED(UP("[]"), "$.brief.rounds[0].extras: expected 1 to 20 names, got 0");
    REFUSED(UP("['x','x']"), "$.brief.rounds[0].extras[1]: 'x' stands there twice");
    REFUSED(UP("[1]"), "$.brief.rounds[0].extras[0]: expected a name");
    REFUSED("{'id':'r','lead':'firm','phase':'vote','extras':['x']}",
            "$.brief.rounds[0].extras: is only for rounds with ballots");
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_is_counted),        cmocka_unit_test(each_option_has_its_own),
        cmocka_unit_test(merging_unites_them),           cmocka_unit_test(who_sees_them_is_a_policy),
        cmocka_unit_test(what_cannot_be_said_is_refused), cmocka_unit_test(briefs_ask_of_single_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
