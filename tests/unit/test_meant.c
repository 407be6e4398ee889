/* What people mean: mistakes that would be taken and mean something else, and what is said of them. */
#include "rounds.h"

static void explains(cocreate_store *store, const char *id, const char *sentence, int told)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(store, id, NULL, &text, &check_error), COCREATE_OK);
    int says = strstr(cocreate_text_data(text), sentence) != NULL;
    if (says != told)
        print_error("%s\n  %s %s\n", cocreate_text_data(text), told ? "does not say" : "says", sentence);
    assert_int_equal(says, told);
    cocreate_text_free(text);
}

static void runs(cocreate_store *store, const char *contribution, const char *value)
{
    char command[300];
    snprintf(command, sizeof command,
             "{'at':150,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'1',"
             "'contribution':'%s',%s}", contribution, value);
    done(store, command);
}

#define METRIC(more) "{'id':'m','lead':'metric','phase':'vote','certify':'auto'" more "}"
#define PRIZES \
    ",'rewards':[{'id':'p','round':'m','scheme':{'scheme':'cocreate.incentives/1','currency':'EUR'," \
    "'funds':[{'id':'f','budget':'60.00'}],'rules':[{'id':'w','kind':'ranked_prizes','fund':'f'," \
    "'prizes':['30.00','20.00','10.00']}]}}]"

/* Of five entries a has a value, b says why there is none, c to e never ran. Prizes for three places. */
static cocreate_store *one_ran(const char *rounds, const char *more)
{
    cocreate_store *store = open_round_with(NULL, rounds, more);
    runs(store, "a", "'value':'3'");
    runs(store, "b", "'reason':'it crashed'");
    done(store, "{'at':300,'actor':'host','do':'tick'}");
    return store;
}

static void who_has_no_value_is_out_where_the_brief_says_so(void **state)
{
    (void)state;
    cocreate_store *store = one_ran(METRIC(",'cut':{'top':3},'missing':'out'"), PRIZES);
    shows(store, "x", "'selected':['a']");
    shows(store, "x", "'balances':[{'account':'payable:c1','currency':'EUR','minor':3000},"
                      "{'account':'sponsor:budget','currency':'EUR','minor':-3000}]");
    explains(store, "b", "In round 'm' by metric: shared places 2 to 5 of 5, without a value.", 1);
    explains(store, "a", "In round 'm' by metric: place 1 of 5, score 3.", 1);
    verified_close(store);
    /* Last is what has always been: places 2 to 5 share 20.00 + 10.00. */
    store = one_ran(METRIC(",'cut':{'top':3},'missing':'last'"), PRIZES);
    shows(store, "x", "'selected':['a','b','c','d','e']");
    shows(store, "x", "{'account':'payable:c5','currency':'EUR','minor':750}");
    verified_close(store);
    store = one_ran(METRIC(",'cut':'all','missing':'out'"), "");
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

static void nobody_wins_without_a_value(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC(",'missing':'out','ties':['id']"));
    done(store, "{'at':300,'actor':'host','do':'tick'}");
    shows(store, "x", "'selected':[]");
    verified_close(store);
    store = open_store();
    done(store, ROUND_FIRM);
    refused(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'y','brief':{"
            "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
            "'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['run']}],"
            "'rounds':[{'id':'m','lead':'metric','phase':'p','missing':'first'}]}}", COCREATE_ERR_SCHEMA,
            "$.brief.rounds[0].missing: expected \"last\" or \"out\", got \"first\"");
    cocreate_store_close(store);
}

#define BRIEF(rounds, more)                                                                               \
    "{'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],'phases':["    \
    "{'id':'p','after_us':0,'for_us':9,'allows':['submit','vote','run']},"                                 \
    "{'id':'q','after_us':0,'for_us':99,'allows':['decide']}],'rounds':[" rounds "]" more "}"
#define VOTES(more) "{'id':'r','lead':'customer','instrument':'approve','phase':'p'" more "}"

static void is_wrong(const char *brief, const char *text)
{
    char *json = quoted(brief);
    memset(&check_error, 0, sizeof check_error);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), NULL, &check_error), COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

static void is_right(const char *brief)
{
    char *json = quoted(brief);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), NULL, &check_error), COCREATE_OK);
    free(json);
}

static void a_word_is_no_attribute(void **state)
{
    (void)state;
    is_wrong(BRIEF("", ",'eligibility':{'vote':['>=','age',18]}"),
             "$.eligibility.vote[1]: two constants are compared; an attribute is [\"attribute\", \"age\"]");
    is_wrong(BRIEF("", ",'eligibility':{'contribute':['and',['has','age'],['not',['<',18,'age']]]}"),
             "$.eligibility.contribute[2][1][2]: two constants are compared; an attribute is "
             "[\"attribute\", \"age\"]");
    is_wrong(BRIEF("", ",'limits':[{'subject':'contribution','max':1,'where':['in','level',['gold']]}]"),
             "$.limits[0].where[1]: two constants are compared; an attribute is [\"attribute\", \"level\"]");
    is_wrong(BRIEF(VOTES(",'method':'approval','electorate':['=','side','firm']"), ""),
             "$.rounds[0].electorate[1]: two constants are compared; an attribute is "
             "[\"attribute\", \"side\"]");
    is_right(BRIEF("", ",'eligibility':{'vote':['or',['=',1,1],['=',['attribute','a'],'x'],"
                       "['in',['side'],['firm']]]}"));
    cocreate_store *store = open_store();
    done(store, ROUND_FIRM);
    refused(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'y','brief':"
            BRIEF("", ",'eligibility':{'vote':['>=','age',18]}") "}", COCREATE_ERR_SCHEMA,
            "$.brief.eligibility.vote[1]: two constants are compared; an attribute is "
            "[\"attribute\", \"age\"]");
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'y','brief':" BRIEF("", "") "}");
    cocreate_store_close(store);
}

static void what_may_select_nobody_reopens_nothing(void **state)
{
    (void)state;
    is_wrong(BRIEF("{'id':'m','lead':'metric','phase':'p'},{'id':'v','lead':'firm','phase':'q',"
                   "'candidates':{'round':'m'},'select':[0,1],'on_none':'reopen'}", ""),
             "$.rounds[1].on_none: round 'v' does not fail where it selects nobody, so that nothing opens "
             "again: 'select' begins at 1 here");
    is_right(BRIEF("{'id':'m','lead':'metric','phase':'p'},{'id':'v','lead':'firm','phase':'q',"
                   "'candidates':{'round':'m'},'select':[1,1],'on_none':'reopen'}", ""));
}

static void errors_say_what_would_do(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    refused(store, "{'at':0,'actor':'host','do':'contribution.sumbit'}", COCREATE_ERR_NOT_FOUND,
            "$.do: no command 'contribution.sumbit'; did you mean 'contribution.submit'?");
    refused(store, "{'at':0,'actor':'host','do':'dance'}", COCREATE_ERR_NOT_FOUND,
            "$.do: no command 'dance'");
    cocreate_store_close(store);
    is_wrong(BRIEF(VOTES(""), ""),
             "$.rounds[0].method: required, but missing: how these ballots become places, as \"approval\"");
    is_wrong(BRIEF("{'id':'r','lead':'customer','instrument':'rank','phase':'p'}", ""),
             "$.rounds[0].method: required, but missing: how these ballots become places, as \"schulze\"");
    is_wrong(BRIEF(VOTES(",'method':'approval','cut':{'best':3}"), ""),
             "$.rounds[0].cut.best: unknown key, known are \"top\", \"ties\" or \"at_least\"");
    is_wrong(BRIEF(VOTES(",'method':'approval'"),
                   ",'rewards':[{'id':'p','round':'r','scheme':{'scheme':'cocreate.incentives/1',"
                   "'currency':'EUR','funds':[{'id':'f','budget':'1.00'}],'rules':[{'id':'w',"
                   "'kind':'winner_take_all','fund':'f','prize':'1.00'}]}}]"),
             "$.rewards[0].scheme.rules[0].kind: no kind of rule is called \"winner_take_all\"; did you mean "
             "\"winner_takes_all\"?");
}

/* a (cost 100) is taken down, and returns by an appeal; of 3.00 a and b are bought, c is not. */
static void explanations_do_not_mistake_a_reason(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    done(store, ROUND_FIRM);
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'c','side':'customer'}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
                "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
                "'moderation':{'appeal_us':50},'categories':[{'id':'g','budget':'3.00'}],"
                "'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['submit','vote']}],"
                "'rounds':[{'id':'r','lead':'customer','instrument':'budget','phase':'p','rolling':true,"
                "'by_category':true,'certify':'auto','self_vote':true}]}}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 0; i < 3; i++) {
        char command[200];
        snprintf(command, sizeof command,
                 "{'at':1,'actor':'c','do':'contribution.submit','campaign':'x','contribution':'%c',"
                 "'category':'g','cost':%d}", 'a' + i, 100 + 100 * i);
        done(store, command);
    }
    done(store, "{'at':2,'actor':'firm','do':'contribution.remove','campaign':'x','contribution':'c',"
                "'reason':'spam'}");
    done(store, "{'at':3,'actor':'c','do':'appeal.file','campaign':'x','appeal':'1','contribution':'c',"
                "'reason':'no'}");
    done(store, "{'at':4,'actor':'firm','do':'appeal.decide','campaign':'x','appeal':'1',"
                "'verdict':'overturned','answer':'indeed'}");
    done(store, "{'at':5,'actor':'c','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1,'b':1}}");
    done(store, "{'at':20,'actor':'host','do':'tick'}");
    explains(store, "c", "It is not selected.", 1);
    explains(store, "c", "indeed.\"", 0);
    explains(store, "a", "In category 'g' with a budget of 3.00 by greedy: place 1 of 3, score 1.", 1);
    explains(store, "c", "In category 'g' with a budget of 3.00 by greedy: place 3 of 3, score 0.", 1);
    verified_close(store);
}

static void people_who_were_erased_are_told_so(void **state)
{
    (void)state;
    cocreate_store *store = open_round(METRIC(""));
    done(store, "{'at':150,'actor':'host','do':'participant.erase','participant':'c1'}");
    done(store, "{'at':150,'actor':'host','do':'participant.suspend','participant':'c2','reason':'r'}");
    explains(store, "c1", "Erased: the personal data is destroyed, and the pseudonym acts no more.", 1);
    explains(store, "c2", "Suspended: may not act until restored.", 1);
    explains(store, "c3", "Suspended", 0);
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_no_value_is_out_where_the_brief_says_so),
        cmocka_unit_test(nobody_wins_without_a_value),
        cmocka_unit_test(a_word_is_no_attribute),
        cmocka_unit_test(what_may_select_nobody_reopens_nothing),
        cmocka_unit_test(errors_say_what_would_do),
        cmocka_unit_test(explanations_do_not_mistake_a_reason),
        cmocka_unit_test(people_who_were_erased_are_told_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
