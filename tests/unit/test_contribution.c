/* Contributions: who may submit what and when, revisions, moderation, tombstones, limits. */
#include "campaign.h"

/* [100, 200) and [300, 400), to the microsecond. */
static void windows_are_half_open(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    refused(s, SUBMIT(99, "ann", "a", N(1)), COCREATE_ERR_REFUSED, NULL);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    done(s, SUBMIT(199, "ann", "b", N(1)));
    refused(s, SUBMIT(200, "ann", "c", N(1)), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000200Z, not at 1970-01-01T00:00:00.000200Z");
    exists(s, SUBMIT(200, "ann", "b", N(1))); /* a repetition is no new submission */
    refused(s, ON(299, "ann", "withdraw", "a", ""), COCREATE_ERR_REFUSED,
            "$.phases[1]: phase 'q' allows 'withdraw' from 1970-01-01T00:00:00.000300Z until "
            "before 1970-01-01T00:00:00.000400Z, not at 1970-01-01T00:00:00.000299Z");
    done(s, ON(399, "ann", "withdraw", "a", ""));
    refused(s, ON(400, "ann", "withdraw", "b", ""), COCREATE_ERR_REFUSED, NULL);
    exists(s, ON(400, "ann", "withdraw", "a", ""));
    cocreate_store_close(s);
}

static void the_brief_says_who_contributes(void **state)
{
    (void)state;
    /* Co-designing: the firm offers, customers choose. */
    cocreate_store *s = begin(BRIEF_HEAD "'mode':'co-designing','contributors':['firm'],"
                                         "'form':[{'key':'n','type':'integer'}]," PHASES);
    refused(s, SUBMIT(100, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.contributors: 'ann' is on the customer side, which does not contribute");
    done(s, SUBMIT(100, "boss", "a", ""));
    cocreate_store_close(s);
    s = begin(FIXED);
    refused(s, SUBMIT(100, "boss", "a", N(1)), COCREATE_ERR_REFUSED,
            "$.contributors: 'boss' is on the firm side, which does not contribute");
    refused(s, SUBMIT(100, "host", "a", N(1)), COCREATE_ERR_SCHEMA,
            "$.authors: the host is no author; say who is");
    refused(s, SUBMIT(100, "ann", "a", N(1) ",'authors':[{'participant':'bob'}]"),
            COCREATE_ERR_PERMISSION, "$.authors: 'ann' submits for others only");
    done(s, SUBMIT(100, "host", "a", N(1) ",'authors':[{'participant':'bob'}]"));
    cocreate_store_close(s);
}

typedef struct form_case {
    const char *name, *form, *fields, *text; /* text NULL: accepted */
} form_case;

#define F(members) "{'key':'f'," members "}"

static form_case form_cases[] = {
    {"missing", F("'type':'text','required':true"), "{}",
     "$.form[0].required: field 'f' is missing"},
    {"null is missing", F("'type':'text','required':true"), "{'f':null}",
     "$.form[0].required: field 'f' is missing"},
    {"not required", F("'type':'text'"), "{}", NULL},
    {"unknown", F("'type':'text'"), "{'f':'x','g':1}", "$.form: the form has no field 'g'"},
    {"text", F("'type':'text'"), "{'f':3}", "$.form[0].type: field 'f' must be a text"},
    {"text at most", F("'type':'text','max':3"), "{'f':'abc'}", NULL},
    {"text too long", F("'type':'text','max':3"), "{'f':'abcd'}",
     "$.form[0].max: field 'f' has 4 bytes, at most 3"},
    {"text too short", F("'type':'text','min':1"), "{'f':''}",
     "$.form[0].min: field 'f' has 0 bytes, at least 1"},
    {"integer", F("'type':'integer'"), "{'f':1.5}",
     "$.form[0].type: field 'f' must be an integer"},
    {"integer at least", F("'type':'integer','min':-3"), "{'f':-3}", NULL},
    {"integer too small", F("'type':'integer','min':-3"), "{'f':-4}",
     "$.form[0].min: field 'f' is -4, at least -3"},
    {"integer too large", F("'type':'integer','max':8"), "{'f':9}",
     "$.form[0].max: field 'f' is 9, at most 8"},
    {"decimal", F("'type':'decimal','min':'0.1','max':'1/3'"), "{'f':'0.3333'}", NULL},
    {"decimal too large", F("'type':'decimal','min':'0.1','max':'1/3'"), "{'f':'0.3334'}",
     "$.form[0].max: field 'f' is 0.3334, at most 1/3"},
    {"decimal as a number", F("'type':'decimal','min':'0.1'"), "{'f':0.1}", NULL},
    {"no decimal", F("'type':'decimal'"), "{'f':true}",
     "$.form[0].type: field 'f' must be an exact number, as \"0.25\" or 3"},
    {"choice", F("'type':'choice','choices':['a','b']"), "{'f':'b'}", NULL},
    {"no choice", F("'type':'choice','choices':['a','b']"), "{'f':'c'}",
     "$.form[0].choices: field 'f' is none of the choices, as 'a'"},
    {"digest", F("'type':'digest'"),
     "{'f':'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}", NULL},
    {"no digest", F("'type':'digest'"), "{'f':'sha256:e3b0'}",
     "$.form[0].type: field 'f' must be \"sha256:\" and 64 hex digits"},
    {"amount", F("'type':'amount','max':100"), "{'f':100}", NULL},
    {"no amount", F("'type':'amount'"), "{'f':-1}",
     "$.form[0].type: field 'f' must be an integer of minor units, not below 0"},
};

static void the_form_is_kept(void **state)
{
    const form_case *c = *state;
    char text[2048];
    snprintf(text, sizeof text,
             BRIEF_HEAD "'mode':'submitting','contributors':['customer'],'form':[%s]," PHASES,
             c->form);
    cocreate_store *s = begin(text);
    snprintf(text, sizeof text, SUBMIT(100, "ann", "a", ",'fields':%s"), c->fields);
    if (c->text == NULL)
        done(s, text);
    else
        refused(s, text, COCREATE_ERR_REFUSED, c->text);
    cocreate_store_close(s);
}

static void open_contribution_may_go_beyond_the_form(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'extra_fields':true");
    done(s, SUBMIT(100, "ann", "a", ",'fields':{'idea':['anything',{'at':1}]}"));
    cocreate_store_close(s);
    s = begin(OPEN);
    refused(s, SUBMIT(100, "ann", "a", ",'fields':{'idea':1}"), COCREATE_ERR_REFUSED,
            "$.form: the form has no field 'idea'");
    cocreate_store_close(s);
}

static void shares_sum_to_one(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'team_max':3");
#define TEAM(id, list) SUBMIT(100, "ann", id, ",'authors':[" list "]")
    refused(s, TEAM("a", "{'participant':'ann','share':'1/2'},{'participant':'bob','share':'1/3'}"),
            COCREATE_ERR_SCHEMA, "$.authors: the shares sum to 5/6, not to 1");
    refused(s, TEAM("a", "{'participant':'ann','share':'1/2'},{'participant':'bob'}"),
            COCREATE_ERR_SCHEMA, "$.authors: either every author has a share or none");
    refused(s, TEAM("a", "{'participant':'ann','share':0},{'participant':'bob','share':1}"),
            COCREATE_ERR_SCHEMA, "$.authors[0].share: a share is above 0");
    refused(s, TEAM("a", "{'participant':'ann'},{'participant':'ann'}"), COCREATE_ERR_SCHEMA,
            "$.authors[1].participant: 'ann' is an author already");
    refused(s, TEAM("a", "{'participant':'ann'},{'participant':'nobody'}"), COCREATE_ERR_NOT_FOUND,
            "no participant 'nobody'");
    refused(s, TEAM("a", "{'participant':'ann'},{'participant':'pat'}"), COCREATE_ERR_REFUSED,
            "$.contributors: 'pat' is on the public side, which does not contribute");
    refused(s, TEAM("a", ""), COCREATE_ERR_SCHEMA, "$.authors: expected 1 to 100 authors");
    refused(s,
            TEAM("a", "{'participant':'ann'},{'participant':'bob'},{'participant':'cat'},"
                      "{'participant':'boss'}"),
            COCREATE_ERR_REFUSED, "$.team_max: 4 authors, a team has at most 3");
    done(s, TEAM("a", "{'participant':'ann','share':'2/4'},{'participant':'bob','share':'0.5'}"));
    exists(s, TEAM("a", "{'participant':'ann'},{'participant':'bob'}")); /* equal shares */
    done(s, TEAM("b", "{'participant':'ann'},{'participant':'bob'},{'participant':'cat'}"));
    cocreate_text *log = events_from(s, 9);
    assert_non_null(strstr(cocreate_text_data(log), "{\"participant\":\"bob\",\"share\":\"1/2\"}"));
    assert_non_null(strstr(cocreate_text_data(log), "{\"participant\":\"cat\",\"share\":\"1/3\"}"));
    cocreate_text_free(log);
    cocreate_store_close(s);
}

static void terms_are_accepted(void **state)
{
    (void)state;
    cocreate_store *s =
        begin(OPEN ",'rights':{'type':'exclusive','terms':'v2','effective':'on_select'}");
    refused(s, SUBMIT(100, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.rights.terms: a submission accepts terms 'v2'");
    refused(s, SUBMIT(100, "ann", "a", ",'terms':'v1'"), COCREATE_ERR_REFUSED,
            "$.rights.terms: a submission accepts terms 'v2', not 'v1'");
    done(s, SUBMIT(100, "ann", "a", ",'terms':'v2'"));
    cocreate_store_close(s);
    s = begin(OPEN);
    refused(s, SUBMIT(100, "ann", "a", ",'terms':'v2'"), COCREATE_ERR_REFUSED,
            "$.rights.terms: the brief has no terms to accept");
    refused(s, SUBMIT(100, "ann", "a", ",'cost':-1"), COCREATE_ERR_SCHEMA, NULL);
    done(s, SUBMIT(100, "ann", "a", ",'cost':0,'category':'x'"));
    cocreate_store_close(s);
}

static void the_same_again_exists_other_content_conflicts(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'extra_fields':true,'team_max':2");
    done(s, SUBMIT(100, "ann", "a", ",'title':'One','fields':{'x':1},'cost':5,'category':'k'"));
    exists(s, SUBMIT(101, "ann", "a", ",'category':'k','cost':5,'fields':{'x':1},'title':'One'"));
#define CONFLICT(actor, more, field)                               \
    refused(s, SUBMIT(101, actor, "a", more), COCREATE_ERR_CONFLICT, \
            "contribution 'a' exists with other '" field "'")
    CONFLICT("bob", ",'title':'One','fields':{'x':1},'cost':5,'category':'k'", "authors");
    CONFLICT("ann", ",'title':'Two','fields':{'x':1},'cost':5,'category':'k'", "title");
    CONFLICT("ann", ",'title':'One','fields':{'x':2},'cost':5,'category':'k'", "fields");
    CONFLICT("ann", ",'title':'One','fields':{'x':1},'cost':6,'category':'k'", "cost");
    CONFLICT("ann", ",'title':'One','fields':{'x':1},'cost':5", "category");
    /* A revision does not hide the submission. */
    done(s, ON(110, "ann", "revise", "a", ",'title':'Two'"));
    done(s, ON(111, "ann", "revise", "a", ",'title':'Three','fields':{}"));
    exists(s, SUBMIT(120, "ann", "a", ",'title':'One','fields':{'x':1},'cost':5,'category':'k'"));
    /* A tombstone knows it too. */
    done(s, ON(130, "boss", "remove", "a", ",'reason':'copied'"));
    exists(s, SUBMIT(130, "ann", "a", ",'title':'One','fields':{'x':1},'cost':5,'category':'k'"));
    refused(s, SUBMIT(130, "ann", "a", ",'title':'Three'"), COCREATE_ERR_CONFLICT,
            "contribution 'a' was removed and had other content");
    cocreate_store_close(s);
}

/* RFC 8785 writes 5.0 and 5 alike, and so the log cannot tell them apart. */
static void numbers_are_equal_by_value(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    done(s, SUBMIT(100, "ann", "a", N(5.0)));
    exists(s, SUBMIT(100, "ann", "a", N(5.0)));
    exists(s, SUBMIT(100, "ann", "a", N(5)));
    exists(s, SUBMIT(100, "ann", "a", N(50e-1)));
    exists(s, ON(100, "ann", "revise", "a", N(5.0)));
    refused(s, SUBMIT(100, "ann", "a", N(5.5)), COCREATE_ERR_CONFLICT,
            "contribution 'a' exists with other 'fields'");
    cocreate_store_close(s);
}

static void authors_revise_and_withdraw(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    refused(s, ON(101, "bob", "revise", "a", N(2)), COCREATE_ERR_PERMISSION,
            "'bob' is no author of contribution 'a'");
    refused(s, ON(101, "ann", "revise", "x", N(2)), COCREATE_ERR_NOT_FOUND,
            "campaign 'c' has no contribution 'x'");
    refused(s, ON(101, "ann", "revise", "a", ""), COCREATE_ERR_SCHEMA,
            "$: a revision has 'fields' or a 'title'");
    refused(s, ON(101, "ann", "revise", "a", N(9)), COCREATE_ERR_REFUSED,
            "$.form[0].max: field 'n' is 9, at most 8");
    exists(s, ON(101, "ann", "revise", "a", N(1)));
    done(s, ON(101, "ann", "revise", "a", N(2)));
    exists(s, ON(101, "ann", "revise", "a", N(2)));
    done(s, ON(101, "host", "revise", "a", N(3) ",'title':'Three'"));
    refused(s, ON(102, "bob", "withdraw", "a", ""), COCREATE_ERR_PERMISSION,
            "'bob' is no author of contribution 'a'");
    done(s, ON(102, "ann", "withdraw", "a", ""));
    exists(s, ON(102, "ann", "withdraw", "a", ""));
    refused(s, ON(102, "ann", "revise", "a", N(4)), COCREATE_ERR_REFUSED,
            "contribution 'a' is withdrawn: it cannot be revised");
    refused(s, ON(250, "ann", "revise", "a", N(4)), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'revise' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000200Z, not at 1970-01-01T00:00:00.000250Z");
    cocreate_store_close(s);
}

static void moderation_comes_first(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED ",'moderation':'pre'");
#define SCREEN(id, more) ON(150, "boss", "screen", id, more)
    done(s, SUBMIT(100, "ann", "a", N(1)));
    done(s, SUBMIT(100, "ann", "b", N(1)));
    refused(s, SCREEN("a", ",'verdict':'maybe'"), COCREATE_ERR_SCHEMA, NULL);
    refused(s, SCREEN("a", ",'verdict':'decline'"), COCREATE_ERR_SCHEMA,
            "$.reason: a declined contribution is told why");
    done(s, SCREEN("a", ",'verdict':'accept'"));
    exists(s, SCREEN("a", ",'verdict':'accept'"));
    refused(s, SCREEN("a", ",'verdict':'decline','reason':'dark'"), COCREATE_ERR_CONFLICT,
            "contribution 'a' exists with 'verdict' accept");
    done(s, SCREEN("b", ",'verdict':'decline','reason':'dark'"));
    exists(s, SCREEN("b", ",'verdict':'decline','reason':'dark'"));
    refused(s, SCREEN("b", ",'verdict':'decline','reason':'dull'"), COCREATE_ERR_CONFLICT,
            "contribution 'b' is declined with another 'reason'");
    refused(s, SCREEN("b", ",'verdict':'accept'"), COCREATE_ERR_CONFLICT,
            "contribution 'b' exists with 'verdict' decline");
    refused(s, ON(150, "ann", "withdraw", "b", ""), COCREATE_ERR_REFUSED,
            "contribution 'b' is declined: it cannot be withdrawn");
    done(s, ON(150, "ann", "withdraw", "a", ""));
    refused(s, SCREEN("a", ",'verdict':'accept'"), COCREATE_ERR_REFUSED,
            "contribution 'a' is withdrawn: it cannot be screened");
    cocreate_store_close(s);
    s = begin(FIXED);
    done(s, SUBMIT(100, "ann", "a", N(1)));
    refused(s, SCREEN("a", ",'verdict':'accept'"), COCREATE_ERR_REFUSED,
            "$.moderation: contributions are published without screening");
    cocreate_store_close(s);
}

/* created = live + declined + withdrawn + removed */
static void nothing_is_deleted_in_silence(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED ",'moderation':'pre'");
    done(s, SUBMIT(100, "ann", "a", N(1)));
    done(s, SUBMIT(100, "ann", "b", N(1)));
    done(s, SUBMIT(100, "ann", "d", N(1)));
    done(s, SUBMIT(100, "ann", "e", N(1)));
    done(s, SCREEN("a", ",'verdict':'decline','reason':'dark'"));
    done(s, ON(150, "ann", "withdraw", "b", ""));
    done(s, ON(150, "boss", "remove", "d", ",'reason':'copied'"));
    exists(s, ON(150, "boss", "remove", "d", ",'reason':'copied'"));
    refused(s, ON(150, "boss", "remove", "d", ",'reason':'ugly'"), COCREATE_ERR_CONFLICT,
            "contribution 'd' was removed with another 'reason'");
    shows(s, "c", "'created':4,'declined':1,'live':1,'removed':1,'withdrawn':1");
    done(s, ON(150, "boss", "remove", "a", ",'reason':'illegal'"));
    shows(s, "c", "'created':4,'declined':0,'live':1,'removed':2,'withdrawn':1");
    cocreate_store_close(s);
}

/* ---- limits ---- */

static void limits_count_in_fixed_windows(void **state)
{
    (void)state;
    /* Windows [95, 125), [125, 155), [155, 185) of 30 from -25 on. */
    cocreate_store *s = begin(OPEN ",'limits':[{'subject':'contribution','max':2,'window_us':30,"
                                   "'offset_us':5}]");
    done(s, SUBMIT(100, "ann", "a", ""));
    done(s, SUBMIT(124, "ann", "b", ""));
    refused(s, SUBMIT(124, "ann", "x", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 2 of at most 2 contributions before "
            "1970-01-01T00:00:00.000125Z");
    done(s, SUBMIT(124, "bob", "d", ""));
    done(s, SUBMIT(125, "ann", "e", ""));
    done(s, SUBMIT(125, "ann", "f", ""));
    done(s, ON(126, "ann", "withdraw", "f", "")); /* withdrawing gives nothing back */
    refused(s, SUBMIT(154, "ann", "x", ""), COCREATE_ERR_REFUSED, NULL);
    done(s, SUBMIT(155, "ann", "g", ""));
    cocreate_store_close(s);
}

static void limits_may_be_for_the_whole_campaign(void **state)
{
    (void)state;
    cocreate_store *s =
        begin(OPEN ",'team_max':2,'limits':[{'subject':'contribution','max':1}]");
    done(s, SUBMIT(100, "ann", "a", ""));
    refused(s, SUBMIT(199, "ann", "x", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 1 of at most 1 contribution");
    refused(s,
            SUBMIT(199, "bob", "x", ",'authors':[{'participant':'bob'},{'participant':'ann'}]"),
            COCREATE_ERR_REFUSED,
            "$.limits[0]: participant 'ann' has 1 of at most 1 contribution");
    done(s, SUBMIT(199, "bob", "x", ""));
    cocreate_store_close(s);
}

static void teams_have_limits_of_their_own(void **state)
{
    (void)state;
    cocreate_store *s = begin(
        OPEN ",'team_max':2,'limits':[{'subject':'contribution','per':'team','max':1}]");
    done(s, TEAM("a", "{'participant':'ann'},{'participant':'bob'}"));
    refused(s, TEAM("x", "{'participant':'bob'},{'participant':'ann'}"), COCREATE_ERR_REFUSED,
            "$.limits[0]: the team of 'bob' has 1 of at most 1 contribution");
    done(s, TEAM("b", "{'participant':'ann'},{'participant':'cat'}"));
    done(s, SUBMIT(100, "ann", "d", ""));
    refused(s, SUBMIT(100, "ann", "x", ""), COCREATE_ERR_REFUSED,
            "$.limits[0]: the team of 'ann' has 1 of at most 1 contribution");
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_are_half_open),
        cmocka_unit_test(the_brief_says_who_contributes),
        cmocka_unit_test(open_contribution_may_go_beyond_the_form),
        cmocka_unit_test(shares_sum_to_one),
        cmocka_unit_test(terms_are_accepted),
        cmocka_unit_test(the_same_again_exists_other_content_conflicts),
        cmocka_unit_test(numbers_are_equal_by_value),
        cmocka_unit_test(authors_revise_and_withdraw),
        cmocka_unit_test(moderation_comes_first),
        cmocka_unit_test(nothing_is_deleted_in_silence),
        cmocka_unit_test(limits_count_in_fixed_windows),
        cmocka_unit_test(limits_may_be_for_the_whole_campaign),
        cmocka_unit_test(teams_have_limits_of_their_own),
    };
    struct CMUnitTest forms[sizeof form_cases / sizeof *form_cases];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        forms[i] = (struct CMUnitTest){form_cases[i].name, the_form_is_kept, NULL, NULL,
                                       &form_cases[i]};
    int bad = cmocka_run_group_tests_name("contributions", tests, NULL, NULL);
    return (bad | cmocka_run_group_tests_name("form", forms, NULL, NULL)) != 0;
}
