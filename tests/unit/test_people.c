/* Who may act: attributes, predicates, roles, suspension. Expected answers by hand from the rules in
 * docs/reference/briefs.md. */
#include "campaign.h"

#define PUT(at, id, side, more)                                                              \
    "{'at':" #at ",'actor':'boss','do':'participant.put','participant':'" id "','side':'" side \
    "'" more "}"

static cocreate_store *eligible(const char *predicate)
{
    char brief[2048];
    snprintf(brief, sizeof brief, OPEN ",'eligibility':{'contribute':%s}", predicate);
    return begin(brief);
}

/* Does the predicate hold for ann, who joined at 0 and is 17, from "DE", a member, with level 2.50? */
static void says(const char *predicate, const char *why)
{
    cocreate_store *store = eligible(predicate);
    char text[512];
    done(store, PUT(0, "ann", "customer",
                    ",'attributes':{'age':17,'country':'DE','member':true,'level':'2.50'}"));
    if (!why) {
        done(store, SUBMIT(150, "ann", "k", ""));
    } else {
        snprintf(text, sizeof text, "$.eligibility.contribute: 'ann' is not eligible: %s", why);
        refused(store, SUBMIT(150, "ann", "k", ""), COCREATE_ERR_REFUSED, text);
    }
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

static void predicates_compare_exactly(void **state)
{
    (void)state;
    says("['>=',['attribute','age'],17]", NULL);
    says("['>=',['attribute','age'],18]", "attribute 'age' is 17; needed: >= 18");
    says("['<',['attribute','age'],'17.5']", NULL);
    says("['<',['attribute','age'],'50/3']", "attribute 'age' is 17; needed: < '50/3'");
    says("['=',['attribute','age'],'17.0']", NULL); /* one side is an integer: numbers */
    says("['=',['attribute','level'],'2.50']", NULL);
    says("['=',['attribute','level'],'2.5']", /* two texts: bytes */
         "attribute 'level' is '2.50'; needed: = '2.5'");
    says("['>',['attribute','level'],'2.5']", "attribute 'level' is '2.50'; needed: > '2.5'");
    says("['<=',['attribute','level'],'5/2']", NULL);
    says("['>',['attribute','country'],'A']", /* order is that of numbers */
         "attribute 'country' is 'DE'; needed: > 'A'");
    says("['!=',['attribute','country'],'FR']", NULL);
    says("['=',['attribute','member'],true]", NULL);
    says("['=',['attribute','member'],1]", "attribute 'member' is true; needed: = 1");
    says("['in',['attribute','country'],['FR','DE']]", NULL);
    says("['in',['attribute','country'],['FR','US']]",
         "attribute 'country' is 'DE'; needed: one of 2 values");
    says("['=',['side'],'customer']", NULL);
    says("['=',['joined_us'],150]", NULL);
    says("['=',['count','contributions'],0]", NULL);
    says("['=',['count','ballots'],1]", "their count of ballots is 0; needed: = 1");
}

static void what_is_missing_is_false_and_is_told(void **state)
{
    (void)state;
    says("['=',['attribute','x'],1]", "attribute 'x' is missing");
    says("['!=',['attribute','x'],1]", "attribute 'x' is missing");
    says("['<',1,['attribute','x']]", "attribute 'x' is missing");
    says("['in',['attribute','x'],[1]]", "attribute 'x' is missing");
    says("['not',['=',['attribute','x'],1]]", NULL);
    says("['has','age']", NULL);
    says("['has','x']", "attribute 'x' is missing");
}

static void conditions_combine(void **state)
{
    (void)state;
    says("['and',['has','age'],['has','x'],['has','y']]", "attribute 'x' is missing");
    says("['or',['has','x'],['has','age']]", NULL);
    says("['or',['has','x'],['has','y']]", "attribute 'y' is missing");
    says("['not',['has','age']]", "what 'not' excludes is so");
    says("['role','contributor']", "role 'contributor' is needed: role.grant gives it");
    says("['=',['role','juror'],true]", "role juror is false; needed: = true");
}

static void refuses(const char *member, const char *text)
{
    char brief[8192], *json;
    cocreate_text *out = NULL;
    snprintf(brief, sizeof brief, "{" OPEN ",%s}", member);
    json = quoted(brief);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &out, &check_error),
                  strstr(text, " at most ") ? COCREATE_ERR_LIMIT : COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

static void briefs_with_other_predicates_are_refused(void **state)
{
    (void)state;
    refuses("'eligibility':{'vote':[]}",
            "$.eligibility.vote: expected a list that begins with one of and, or, not, has, role, "
            "in, =, !=, <, <=, >, >=");
    refuses("'eligibility':{'vote':['=',1]}", "$.eligibility.vote: '=' has 2 operands, not 1");
    refuses("'eligibility':{'vote':['and']}", "$.eligibility.vote: expected at least one condition");
    refuses("'eligibility':{'vote':['=',1,1.5]}",
            "$.eligibility.vote[2]: expected an integer, a text, a boolean, or one of attribute, "
            "side, role, joined_us and count in a list");
    refuses("'eligibility':{'vote':['has',1]}",
            "$.eligibility.vote[1]: expected the name of an attribute");
    refuses("'eligibility':{'vote':['role','king']}",
            "$.eligibility.vote[1]: expected the name of a role");
    refuses("'eligibility':{'vote':['<',['count','words'],1]}",
            "$.eligibility.vote[1][1]: expected the name of what is counted: contributions, "
            "selected or ballots");
    refuses("'eligibility':{'vote':['in',1,[]]}",
            "$.eligibility.vote[2]: expected a list of integers, texts and booleans");
    refuses("'eligibility':{'vote':['in',1,[null]]}",
            "$.eligibility.vote[2][0]: expected an integer, a text or a boolean");
    refuses("'eligibility':{'vote':['or',['=',['count','ballots'],1],['=',['count','ballots'],2],"
            "['=',['count','ballots'],3],['=',['count','ballots'],4],['=',['count','ballots'],5]]}",
            "$.eligibility.vote[5][1]: a predicate counts at most 4 times");
    refuses("'roles':{'contribution.screen':['boss']}",
            "$.roles['contribution.screen'][0]: expected one of contributor, voter, juror, moderator, "
            "manager, treasurer, auditor");
    refuses("'roles':{'contribution.screen':[]}",
            "$.roles['contribution.screen']: somebody must be allowed");
    refuses("'roles':{'fly':['voter']}", "$.roles.fly: there is no such command");
    refuses("'roles':{'tick':['voter']}", "$.roles.tick: is no command about one campaign");
    refuses("'roles':{'campaign.create':['voter']}",
            "$.roles['campaign.create']: is no command about one campaign");
    refuses("'roles':{'ballot.cast':['voter']}",
            "$.roles['ballot.cast']: who votes is said by the electorate of a round, as [\"role\", "
            "\"voter\"]");
}

/* 17 levels of "not", and 201 parts. */
static void predicates_are_bounded(void **state)
{
    (void)state;
    char deep[512] = "'eligibility':{'vote':", wide[4096] = "'eligibility':{'vote':['and'";
    for (int i = 0; i < 16; i++)
        strcat(deep, "['not',");
    strcat(deep, "['has','a']");
    for (int i = 0; i < 16; i++)
        strcat(deep, "]");
    strcat(deep, "}");
    for (int i = 0; i < 200; i++)
        strcat(wide, ",['has','a']");
    strcat(wide, "]}");
    refuses(deep, "$.eligibility.vote[1][1][1][1][1][1][1][1][1][1][1][1][1][1][1][1]: a predicate "
                  "is nested at most 16 deep");
    refuses(wide, "$.eligibility.vote[200]: a predicate has at most 200 parts");
}

static void attributes_and_weights_change_by_putting_again(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN);
    done(store, PUT(1, "ann", "customer", ",'attributes':{'side':'firm'},'weight':'2/4'"));
    exists(store, PUT(1, "ann", "customer", ",'weight':'0.5'"));
    exists(store, PUT(1, "ann", "customer", ""));
    exists(store, PUT(1, "ann", "customer", ",'attributes':{'side':'firm'}"));
    done(store, PUT(2, "ann", "customer", ",'attributes':{}"));
    done(store, PUT(3, "ann", "customer", ",'weight':1"));
    refused(store, PUT(4, "ann", "public", ",'weight':2"), COCREATE_ERR_CONFLICT,
            "participant 'ann' exists with 'side' customer");
    refused(store, PUT(4, "ann", "customer", ",'weight':0"), COCREATE_ERR_SCHEMA,
            "$.weight: a weight is above 0");
    refused(store, PUT(4, "ann", "customer", ",'attributes':{'a':[1]}"), COCREATE_ERR_SCHEMA,
            "$.attributes.a: expected an integer, a text or a boolean; decimals are texts, as "
            "\"0.25\"");
    done(store, SUBMIT(150, "ann", "k", "")); /* an attribute named 'side' is no side */
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

#define ROLE(at, verb, role, more)                                                              \
    "{'at':" #at ",'actor':'boss','do':'role." verb "','participant':'ann','role':'" role "'" more \
    "}"
#define SCREEN(at) ON(at, "ann", "screen", "k", ",'verdict':'accept'")

static void roles_open_commands(void **state)
{
    (void)state;
    cocreate_store *store =
        begin(OPEN ",'moderation':'pre','roles':{'contribution.screen':['moderator','manager']}");
    const char *needs = "$.roles['contribution.screen']: 'ann' needs the role moderator or manager, "
                        "which role.grant gives";
    done(store, SUBMIT(150, "bob", "k", ""));
    refused(store, SCREEN(150), COCREATE_ERR_PERMISSION, needs);
    refused(store, ON(150, "boss", "screen", "k", ",'verdict':'accept'"), COCREATE_ERR_PERMISSION,
            "$.roles['contribution.screen']: 'boss' needs the role moderator or manager, which "
            "role.grant gives");
    done(store, ROLE(150, "grant", "moderator", ",'campaign':'c','from':160,'until':170"));
    exists(store, ROLE(151, "grant", "moderator", ",'campaign':'c','from':160,'until':170"));
    refused(store, SCREEN(159), COCREATE_ERR_PERMISSION, needs);
    done(store, SCREEN(160));
    done(store, ROLE(160, "revoke", "moderator", ",'campaign':'c'"));
    exists(store, ROLE(160, "revoke", "moderator", ",'campaign':'c'"));
    done(store, SUBMIT(160, "bob", "m", ""));
    refused(store, ON(160, "ann", "screen", "m", ",'verdict':'accept'"), COCREATE_ERR_PERMISSION,
            needs);
    done(store, ROLE(160, "grant", "manager", "")); /* everywhere */
    done(store, ON(161, "ann", "screen", "m", ",'verdict':'accept'"));
    refused(store, ROLE(161, "revoke", "juror", ""), COCREATE_ERR_NOT_FOUND,
            "'ann' was never given the role juror for every campaign");
    refused(store, ROLE(161, "revoke", "juror", ",'campaign':'c'"), COCREATE_ERR_NOT_FOUND,
            "'ann' was never given the role juror for c");
    refused(store, ROLE(161, "grant", "juror", ",'from':5,'until':5"), COCREATE_ERR_SCHEMA,
            "$.until: 1970-01-01T00:00:00.000005Z is not after the beginning, "
            "1970-01-01T00:00:00.000005Z");
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

#define STATUS(at, verb, more)                                                             \
    "{'at':" #at ",'actor':'boss','do':'participant." verb "','participant':'ann'" more "}"

static void who_is_suspended_does_not_act(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN ",'team_max':2");
    done(store, STATUS(100, "suspend", ",'reason':'bloc votes'"));
    exists(store, STATUS(100, "suspend", ",'reason':'bloc votes'"));
    refused(store, SUBMIT(100, "ann", "k", ""), COCREATE_ERR_PERMISSION,
            "'ann' is suspended until participant.restore");
    refused(store,
            SUBMIT(100, "bob", "k", ",'authors':[{'participant':'bob'},{'participant':'ann'}]"),
            COCREATE_ERR_PERMISSION, "'ann' is suspended until participant.restore");
    done(store, STATUS(101, "restore", ""));
    exists(store, STATUS(101, "restore", ""));
    done(store, SUBMIT(101, "ann", "k", ""));
    done(store, STATUS(102, "erase", ""));
    exists(store, STATUS(102, "erase", ""));
    refused(store, STATUS(102, "suspend", ",'reason':'x'"), COCREATE_ERR_REFUSED,
            "participant 'ann' was erased");
    refused(store, PUT(102, "ann", "customer", ""), COCREATE_ERR_REFUSED,
            "participant 'ann' was erased");
    refused(store, ON(102, "ann", "withdraw", "k", ""), COCREATE_ERR_PERMISSION,
            "'ann' was erased and acts no more");
    refused(store, STATUS(102, "restore", ""), COCREATE_ERR_REFUSED, "participant 'ann' was erased");
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

/* An electorate of jurors of age in a round of customers; by the command and by the fast path. */
static void electorates_are_predicates(void **state)
{
    (void)state;
    static const char *const a[] = {"k"};
    cocreate_store *store = begin(
        BRIEF_HEAD "'mode':'collaborating','contributors':['customer'],'phases':["
                   "{'id':'p','opens':100,'closes':200,'allows':['submit']},"
                   "{'id':'q','opens':200,'closes':300,'allows':['vote']}],'rounds':["
                   "{'id':'r','lead':'customer','instrument':'approve','phase':'q',"
                   "'method':'approval','electorate':['and',['=',['side'],'public'],"
                   "['>=',['attribute','age'],18]]}]");
    done(store, SUBMIT(100, "ann", "k", ""));
    refused(store,
            "{'at':200,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'k':1}}",
            COCREATE_ERR_PERMISSION,
            "$.rounds[0].electorate: 'bob' does not belong to it: their side is 'customer'; needed: "
            "= 'public'");
    assert_status(cocreate_vote(store, "c", "r", 200, "pat", a, NULL, 1, &check_error),
                  COCREATE_ERR_PERMISSION);
    assert_string_equal(check_error.text, "$.rounds[0].electorate: 'pat' does not belong to it: "
                                          "attribute 'age' is missing");
    done(store, PUT(200, "pat", "public", ",'attributes':{'age':18}"));
    assert_status(cocreate_vote(store, "c", "r", 200, "pat", a, NULL, 1, &check_error), COCREATE_OK);
    cocreate_text *text = events_from(store, 1);
    assert_non_null(strstr(cocreate_text_data(text),
                           "\"data\":{\"ballot\":{\"k\":1},\"eligible\":true,\"round\":\"r\"}"));
    cocreate_text_free(text);
    done(store, PUT(201, "pat", "public", ",'attributes':{}")); /* changes nothing that was counted */
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

/* 2 in any 20 us, 2 live at once but declined ones, 1 for who has no attribute 'trusted'. */
static void limits_count_in_many_ways(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN ",'limits':[{'subject':'contribution','max':2,'rolling_us':20}]");
    done(store, SUBMIT(100, "ann", "a", ""));
    done(store, SUBMIT(110, "ann", "b", ""));
    refused(store, SUBMIT(119, "ann", "k", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 2 contributions in 20 us; the next from "
            "1970-01-01T00:00:00.000120Z");
    done(store, SUBMIT(120, "ann", "k", ""));
    cocreate_store_close(store);
    store = begin(OPEN ",'limits':[{'subject':'contribution','max':2,'concurrent':true}]");
    done(store, SUBMIT(100, "ann", "a", ""));
    done(store, SUBMIT(100, "ann", "b", ""));
    refused(store, SUBMIT(100, "ann", "k", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 2 live contributions: withdraw one first");
    done(store, ON(100, "ann", "withdraw", "a", ""));
    done(store, SUBMIT(100, "ann", "k", ""));
    cocreate_store_close(store);
    store = begin(OPEN ",'limits':[{'subject':'contribution','max':1,'where':['not',['has','trusted']],"
                       "'exempt':['withdrawn']}]");
    done(store, SUBMIT(100, "ann", "a", ""));
    refused(store, SUBMIT(100, "ann", "b", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 1 of at most 1 contribution");
    done(store, PUT(100, "ann", "customer", ",'attributes':{'trusted':true}"));
    done(store, SUBMIT(100, "ann", "b", ""));
    done(store, SUBMIT(100, "bob", "k", ""));
    done(store, ON(100, "bob", "withdraw", "k", ""));
    done(store, SUBMIT(100, "bob", "l", ""));
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
    refuses("'limits':[{'subject':'contribution','max':1,'rolling_us':1,'window_us':1}]",
            "$.limits[0].rolling_us: excludes 'window_us'");
    refuses("'limits':[{'subject':'contribution','max':1,'rolling_us':1,'concurrent':true}]",
            "$.limits[0].concurrent: what is live at once has no window");
    refuses("'limits':[{'subject':'run','max':1,'concurrent':true}]",
            "$.limits[0].concurrent: is not for limits of runs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predicates_compare_exactly),
        cmocka_unit_test(what_is_missing_is_false_and_is_told),
        cmocka_unit_test(conditions_combine),
        cmocka_unit_test(briefs_with_other_predicates_are_refused),
        cmocka_unit_test(predicates_are_bounded),
        cmocka_unit_test(attributes_and_weights_change_by_putting_again),
        cmocka_unit_test(roles_open_commands),
        cmocka_unit_test(who_is_suspended_does_not_act),
        cmocka_unit_test(electorates_are_predicates),
        cmocka_unit_test(limits_count_in_many_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
