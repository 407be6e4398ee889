/* Invariants: each is looked for, and each is found broken where it is. The documents are what
 * cocreate_show() would say, written by hand, with one thing wrong. */
#include "check.h"

#include "campaign/check/check.h"

/* One invariant over one document: how many violations, and the text of the first. */
static uint64_t look(const char *id, const char *json, char first[400])
{
    cci_check k = {.id = id, .campaign = "x"};
    json_t *shown;
    char text[1000];
    size_t size = strlen(json);
    assert_true(size < sizeof text);
    for (size_t i = 0; i <= size; i++)
        text[i] = json[i] == '\'' ? '"' : json[i];
    assert_status(cci_json_parse(text, size, &shown, &check_error), COCREATE_OK);
    k.shown = shown;
    const cci_invariant *invariant = cci_invariants;
    while (invariant->id && strcmp(invariant->id, id) != 0)
        invariant++;
    assert_non_null(invariant->id);
    assert_status(invariant->look(&k, &check_error), COCREATE_OK);
    memcpy(first, k.first, sizeof k.first);
    json_decref(shown);
    return k.violations;
}

static const struct {
    const char *id, *whole, *broken, *text;
} cases[] = {
    {"counts", "{'counts':{'created':2,'live':1,'removed':1},'contributions':[{'state':'published'},"
               "{'state':'removed'}]}",
     "{'counts':{'created':2,'live':1,'removed':1},'contributions':[{'state':'published'}]}",
     "counts: campaign 'x': 1 are counted as removed, 0 are listed"},
    {"counts", "{'counts':{'created':0,'live':0},'contributions':[]}",
     "{'counts':{'created':3,'live':1,'removed':1},'contributions':[{'state':'published'},"
     "{'state':'removed'}]}",
     "counts: campaign 'x': 3 were created, the states sum to 2, 2 are listed"},
    {"shares", "{'contributions':[{'id':'a','authors':[{'share':'1/3'},{'share':'2/3'}]}]}",
     "{'contributions':[{'id':'a','authors':[{'share':'1/3'},{'share':'1/3'}]}]}",
     "shares: contribution 'a': the shares of its authors do not sum to 1"},
    {"balances", "{'balances':[{'account':'a','currency':'USD','minor':5},{'account':'a','currency':"
                 "'EUR','minor':0},{'account':'b','currency':'USD','minor':-5}]}",
     "{'balances':[{'account':'a','currency':'USD','minor':5},{'account':'b','currency':'EUR',"
     "'minor':-5}]}",
     "balances: currency 'USD': its balances do not sum to 0"},
    {"floors", "{'balances':[{'account':'sponsor:budget','minor':-5},{'account':'payable:c','minor':5},"
               "{'account':'receivable:c','minor':-1}]}",
     "{'balances':[{'account':'payable:c','minor':-5}]}",
     "floors: account 'payable:c': its balance is on the wrong side of 0"},
    {"floors", "{'balances':[]}", "{'balances':[{'account':'receivable:c','minor':1}]}",
     "floors: account 'receivable:c': its balance is on the wrong side of 0"},
    {"missing", "{'rounds':[{'id':'r','result':{'method':'metric','places':[{'from':1,'score':7},"
                "{'from':2}]}}]}",
     "{'rounds':[{'id':'r','result':{'method':'metric','places':[{'from':1},{'from':2,'score':7}]}}]}",
     "missing: round 'r': a contribution without a value stands above one with a value"},
    {"places", "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':1}],'selected':['a']}}]}",
     "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':2}],'selected':['a']}}]}",
     "places: round 'r': a place lies outside of its list"},
    {"places", "{'rounds':[{'id':'r'}]}",
     "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':1}],'selected':['b']}}]}",
     "places: round 'r': somebody selected has no place"},
    {"selected", "{'contributions':[{'id':'a','state':'selected'}],'rounds':[{'state':'certified',"
                 "'result':{'selected':['a']}}]}",
     "{'contributions':[{'id':'a','state':'selected'}],'rounds':[{'state':'annulled','result':{"
     "'selected':['a']}}]}",
     "selected: contribution 'a': it is selected, and no certified round selected it"},
};

static void each_is_found_broken(void **state)
{
    (void)state;
    char first[400];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(look(cases[i].id, cases[i].whole, first), 0);
        assert_true(look(cases[i].id, cases[i].broken, first) > 0);
        assert_string_equal(first, cases[i].text);
    }
}

/* A row that is changed behind the library's back is named, and nothing is given. */
static void a_changed_row_is_named(void **state)
{
    (void)state;
    static const char row[] = "{\"side\":\"firm\"}";
    cocreate_store *store = NULL;
    cocreate_text *text = NULL;
    cci_engine *e = NULL;
    json_t *doc;
    assert_status(cocreate_store_open(NULL, ":memory:", NULL, &store, &check_error), COCREATE_OK);
    assert_status(cocreate_participant_put(store, 0, "host", "ann", "customer", NULL, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_check(store, NULL, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "{\"checked\":1,\"id\":\"log\""));
    cocreate_text_free(text);
    text = NULL;
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    assert_status(cci_json_parse(row, sizeof row - 1, &doc, &check_error), COCREATE_OK);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    assert_status(cci_transaction_end(
                      e, cci_state_put(e, 0, CCI_KIND_PARTICIPANT, "ann", doc, &check_error),
                      &check_error),
                  COCREATE_OK);
    json_decref(doc);
    assert_status(cocreate_check(store, NULL, &text, &check_error), COCREATE_ERR_VERIFY);
    assert_null(text);
    assert_non_null(strstr(check_error.text, "log: participant 'ann': "));
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_found_broken),
        cmocka_unit_test(a_changed_row_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
