/* Categories in rounds: a budget for each, and how often a voter may vote in each. Expected by hand. */
#include "campaign.h"

#define CATEGORIES "'categories':[{'id':'x','budget':'5.00','per_voter':2},{'id':'y','budget':'3.00'}]"
#define CAMPAIGN(round)                                                                                      \
    BRIEF_HEAD "'mode':'collaborating','contributors':['customer'],'phases':[{'id':'p','opens':100,"         \
               "'closes':200,'allows':['submit']},{'id':'q','opens':200,'closes':300,'allows':['vote']}]," \
    CATEGORIES ",'rounds':[" round "]"
#define BUDGET                                                                              \
    "{'id':'r','lead':'customer','instrument':'budget','phase':'q','certify':'auto'," \
    "'by_category':true"
#define CAST(at, voter, ballot) \
    "{'at':" #at ",'actor':'" voter "','do':'ballot.cast','campaign':'c','round':'r','ballot':" ballot "}"

/* Costs in cents: in x a 300, b 200, d 200; in y k 300, l 100. */
static cocreate_store *projects(const char *brief)
{
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(100, "ann", "a", ",'title':'A; \\\"1\\\"','category':'x','cost':300"));
    done(s, SUBMIT(100, "ann", "b", ",'category':'x','cost':200"));
    done(s, SUBMIT(100, "ann", "d", ",'category':'x','cost':200"));
    done(s, SUBMIT(100, "ann", "k", ",'category':'y','cost':300"));
    done(s, SUBMIT(100, "ann", "l", ",'category':'y','cost':100"));
    return s;
}

/* x has 5.00: a and b (2 votes each) win, d (1) does not fit. y has 3.00: k (2 votes) wins, l (1) does not
 * fit. */
static void each_category_spends_its_own(void **state)
{
    (void)state;
    cocreate_text *text = NULL;
    cocreate_store *s = projects(CAMPAIGN(BUDGET ",'electorate':['customer','public']}"));
    refused(s, CAST(200, "bob", "{'a':1,'b':1,'d':1}"), COCREATE_ERR_REFUSED,
            "$.categories[0].budget: the ballot costs 7.00 in category 'x', the budget is 5.00");
    refused(s, CAST(200, "bob", "{'k':1,'l':1}"), COCREATE_ERR_REFUSED,
            "$.categories[1].budget: the ballot costs 4.00 in category 'y', the budget is 3.00");
    done(s, CAST(201, "bob", "{'a':1,'b':1,'k':1}"));
    done(s, CAST(202, "cat", "{'a':1,'d':1,'k':1}"));
    done(s, CAST(203, "pat", "{'b':1,'l':1}"));
    done(s, "{'at':300,'actor':'host','do':'tick'}");
    shows(s, "c", "'selected':['a','b','k']");
    shows(s, "c", "'categories':{'x':{'budget':'5.00',");
    shows(s, "c", "'places':[{'from':1,'id':'a','to':3},{'from':1,'id':'b','to':3},"
                  "{'from':1,'id':'k','to':3},{'from':4,'id':'d','to':5},{'from':4,'id':'l','to':5}]");
    assert_status(cocreate_export(s, "c", "r", "pabulib", &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "\nbudget;8.00\n"));
    assert_non_null(strstr(cocreate_text_data(text),
                           "PROJECTS\nproject_id;cost;name;category\na;3.00;\"A; \"\"1\"\"\";x\nb;2.00;b;x\n"
                           "d;2.00;d;x\nk;3.00;k;y\nl;1.00;l;y\nVOTES\n"));
    cocreate_text_free(text);
    verified_close(s);
}

static void a_ballot_names_so_many_of_a_category(void **state)
{
    (void)state;
    cocreate_store *s = projects(CAMPAIGN("{'id':'r','lead':'customer','instrument':'approve','phase':'q',"
                                          "'method':'approval','cut':'all'}"));
    refused(s, CAST(200, "bob", "{'a':1,'b':1,'d':1,'k':1}"), COCREATE_ERR_REFUSED,
            "$.categories[0].per_voter: the ballot speaks of 3 contributions of category 'x', the most is 2");
    done(s, CAST(200, "bob", "{'a':1,'b':1,'k':1,'l':1}"));
    verified_close(s);
}

/* Support is a ballot for each entry: what is retracted gives its room back. */
static void a_voter_supports_so_many_of_a_category(void **state)
{
    (void)state;
    static const char *const d[] = {"d"};
    cocreate_store *s = projects(CAMPAIGN("{'id':'r','lead':'customer','instrument':'up','phase':'q',"
                                          "'retract':true,'cut':'all'}"));
    done(s, CAST(200, "bob", "{'a':1}"));
    done(s, CAST(201, "bob", "{'b':1}"));
    exists(s, CAST(202, "bob", "{'b':1}"));
    refused(s, CAST(202, "bob", "{'d':1}"), COCREATE_ERR_REFUSED,
            "$.categories[0].per_voter: participant 'bob' has 2 of at most 2 votes in category 'x' in round "
            "'r': retract one first");
    done(s, CAST(202, "bob", "{'k':1}"));
    done(s, CAST(202, "bob", "{'l':1}"));
    done(s, "{'at':203,'actor':'bob','do':'ballot.retract','campaign':'c','round':'r','options':['a']}");
    assert_status(cocreate_vote(s, "c", "r", 204, "bob", d, NULL, 1, &check_error), COCREATE_OK);
    refused(s, CAST(205, "bob", "{'a':1}"), COCREATE_ERR_REFUSED, NULL);
    verified_close(s);
}

static void briefs_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {"'categories':[{'id':'x'}],'rounds':[" BUDGET "}]",
         "$.brief.categories[0].budget: required, but missing"},
        {"'categories':[{'id':'x','budget':'1.0'},{'id':'y','budget':'1.00'}],'rounds':[" BUDGET "}]",
         "$.brief.categories[1].budget: '1.00' has 2 decimals, the first has 1: costs are in one unit"},
        {"'categories':[{'id':'x','budget':'much'}],'rounds':[" BUDGET "}]",
         "$.brief.categories[0].budget: 'much' is no amount, as \"10000.00\""},
        {"'rounds':[" BUDGET "}]", "$.brief.rounds[0].by_category: the brief has no categories"},
        {CATEGORIES ",'rounds':[" BUDGET ",'budget':'1.00'}]",
         "$.brief.rounds[0].by_category: excludes 'budget'"},
        {CATEGORIES ",'rounds':[" BUDGET ",'cut':'all'}]",
         "$.brief.rounds[0].by_category: needs the cut \"winners\""},
        {"'categories':[{'id':'x','per_voter':0}]",
         "$.brief.categories[0].per_voter: 0 is out of range, expected 1 to 9007199254740991"},
    };
    cocreate_store *s = begin(OPEN);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'boss','do':'campaign.create','campaign':'d','brief':{" BRIEF_HEAD
                 "'mode':'tinkering','contributors':['customer'],'phases':[{'id':'q','opens':200,"
                 "'closes':300,'allows':['vote']}],%s}}",
                 cases[i].members);
        refused(s, command, COCREATE_ERR_SCHEMA, cases[i].text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_category_spends_its_own),
        cmocka_unit_test(a_ballot_names_so_many_of_a_category),
        cmocka_unit_test(a_voter_supports_so_many_of_a_category),
        cmocka_unit_test(briefs_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
