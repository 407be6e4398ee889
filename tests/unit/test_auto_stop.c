/* A campaign that ends by itself where nothing is paid. Expected by hand from docs/reference/briefs.md. */
#include "campaign.h"
#include "explained.h"

#define DO(at, verb, more) "{'at':" #at ",'actor':'boss','do':'" verb "','campaign':'c'" more "}"
#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"

/* One vote is certified at 200 and pays 5.00 of 8.00; another decision stays open until 5000. */
#define ORDER                                                                                             \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'phases':["                               \
               "{'id':'p','opens':0,'closes':100,'allows':['submit']},"                                  \
               "{'id':'q','opens':100,'closes':200,'allows':['vote']},"                                  \
               "{'id':'d','opens':200,'closes':5000,'allows':['decide']}],'rounds':["                    \
               "{'id':'r','lead':'customer','instrument':'up','phase':'q','certify':'auto',"             \
               "'cut':{'top':1}},{'id':'s','lead':'firm','phase':'d'}],"                                 \
               "'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1',"            \
               "'currency':'USD','funds':[{'id':'f','budget':'8.00'}],'rules':[{'id':'win','kind':"      \
               "'ranked_prizes','fund':'f','prizes':['5.00']}]}}]"
#define STOP ",'auto_stop':{'unpaid_us':300}"

static cocreate_store *order(const char *more)
{
    char brief[3000];
    snprintf(brief, sizeof brief, "%s%s", ORDER, more);
    cocreate_store *s = begin(brief);
    done(s, SUBMIT(10, "ann", "a", ""));
    done(s, "{'at':150,'actor':'bob','do':'ballot.cast','campaign':'c','round':'r','ballot':{'a':1}}");
    done(s, TICK(200));
    return s;
}

static void pay(cocreate_store *s, int64_t at)
{
    cocreate_text *shown = NULL;
    char id[17] = "", command[256];
    assert_status(cocreate_show(s, "c", &shown, &check_error), COCREATE_OK);
    const char *found = strstr(strstr(cocreate_text_data(shown), "\"awards\":["), "\"id\":\"");
    assert_non_null(found);
    memcpy(id, found + 6, 16);
    cocreate_text_free(shown);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'boss','do':'award.pay','campaign':'c','award':'%s','reference':'w'}",
             (long long)at, id);
    done(s, command);
}

static int in_log(cocreate_store *s, const char *text)
{
    char *wanted = quoted(text);
    cocreate_text *log = events_from(s, 1);
    int found = strstr(cocreate_text_data(log), wanted) != NULL;
    cocreate_text_free(log);
    free(wanted);
    return found;
}

static void explanations_say_when(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    explains(s, "a", "pat", "The campaign ends by itself at 1970-01-01T00:00:00.000300Z unless an award is "
                            "paid before: nothing was since 1970-01-01T00:00:00Z.");
    pay(s, 250);
    explains(s, "a", "ann", "at 1970-01-01T00:00:00.000550Z unless an award is paid before: nothing was "
                            "since 1970-01-01T00:00:00.000250Z.");
    done(s, DO(260, "campaign.pause", ",'reason':'x'"));
    explains(s, "a", "ann", "the clock at whose end the campaign stops stands while it is paused.");
    done(s, DO(270, "campaign.resume", ""));
    done(s, TICK(560));
    explains(s, "a", "ann", "The campaign is cancelled, because: nothing was paid since "
                            "1970-01-01T00:00:00.000250Z");
    verified_close(s);
    s = order("");
    conceals(s, "a", "ann", "by itself");
    verified_close(s);
}

/* Nothing paid from 0 on: over at 300 exactly, however late the tick; the award stays owed, and is paid. */
static void it_stops_at_its_instant(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    shows(s, "c", "'stop':{'at':300,'since':0}");
    exists(s, TICK(299));
    done(s, TICK(4000));
    assert_true(in_log(s, "'at':300,'campaign':'c','data':{'since':0}"));
    assert_true(in_log(s, "'data':{'returned':[{'currency':'USD','fund':'f','minor':300,'reward':'w'}]}"));
    shows(s, "c", "'reason':'nothing was paid since 1970-01-01T00:00:00Z'");
    shows(s, "c", "'state':'cancelled'");
    refused(s,
            "{'at':4001,'actor':'boss','do':'decision.make','campaign':'c','round':'s','contribution':'a',"
            "'verdict':'select'}",
            COCREATE_ERR_REFUSED, "campaign 'c' is cancelled");
    refused(s, DO(4001, "campaign.cancel", ",'reason':'enough'"), COCREATE_ERR_CONFLICT,
            "campaign 'c' was cancelled with another 'reason'");
    pay(s, 4002);
    verified_close(s);
}

/* Paid at 250: from then on. */
static void a_payment_counts_from_its_instant(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    pay(s, 250);
    shows(s, "c", "'stop':{'at':550,'since':250}");
    done(s, TICK(560));
    assert_true(in_log(s, "'at':550,'campaign':'c','data':{'since':250}"));
    verified_close(s);
}

/* Paused in [260, 360): 650. Paid in a pause, in [400, 500) at 450: 50 of the pause are left, so 800. */
static void pauses_do_not_count(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    done(s, DO(260, "campaign.pause", ",'reason':'x'"));
    done(s, DO(360, "campaign.resume", ""));
    shows(s, "c", "'stop':{'at':400,'since':0}");
    done(s, DO(390, "campaign.pause", ",'reason':'y'"));
    pay(s, 450);
    exists(s, TICK(480)); /* nothing is due in a pause */
    done(s, DO(500, "campaign.resume", ""));
    shows(s, "c", "'stop':{'at':800,'since':450}");
    done(s, TICK(900));
    assert_true(in_log(s, "'at':800,'campaign':'c','data':{'since':450}"));
    verified_close(s);
}

/* With clocks that go on it is due as soon as the pause is over. */
static void a_pause_may_keep_the_clock(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP ",'pause':'keeps'");
    done(s, DO(260, "campaign.pause", ",'reason':'x'"));
    done(s, DO(360, "campaign.resume", ""));
    assert_true(in_log(s, "'at':360,'campaign':'c','data':{'since':0}"));
    verified_close(s);
}

static void it_may_be_amended_to_go_on_for_longer(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    refused(s, DO(250, "campaign.amend", ",'brief':{'auto_stop':{'unpaid_us':299}},'reason':'r'"),
            COCREATE_ERR_REFUSED, "$.auto_stop.unpaid_us: may be raised, but not lowered, once published");
    done(s, DO(250, "campaign.amend", ",'brief':{'auto_stop':{'unpaid_us':400}},'reason':'r'"));
    shows(s, "c", "'stop':{'at':400,'since':0}");
    exists(s, TICK(399));
    done(s, TICK(400));
    shows(s, "c", "'state':'cancelled'");
    verified_close(s);
    s = order("");
    refused(s, DO(250, "campaign.amend", ",'brief':{'auto_stop':{'unpaid_us':400}},'reason':'r'"),
            COCREATE_ERR_REFUSED, "$.auto_stop: cannot be amended once published");
    verified_close(s);
}

/* What was decided or cancelled before does not stop. */
static void what_is_over_does_not_stop(void **state)
{
    (void)state;
    cocreate_store *s = order(STOP);
    done(s, DO(250, "campaign.cancel", ",'reason':'enough'"));
    exists(s, TICK(4000));
    pay(s, 4001);
    exists(s, TICK(9000));
    verified_close(s);
    s = order(",'auto_stop':{'unpaid_us':4999}");
    pay(s, 4998);
    done(s, TICK(5000)); /* the last round ends */
    shows(s, "c", "'state':'decided'");
    exists(s, TICK(100000));
    verified_close(s);
}

static void refuses(const char *members, const char *text)
{
    char brief[4096], *json;
    cocreate_text *out = NULL;
    snprintf(brief, sizeof brief, "{%s}", members);
    json = quoted(brief);
    assert_status(cocreate_brief_check(NULL, json, strlen(json), &out, &check_error), COCREATE_ERR_SCHEMA);
    assert_string_equal(check_error.text, text);
    free(json);
}

static void briefs_that_cannot_stop_are_refused(void **state)
{
    (void)state;
    refuses(OPEN STOP, "$.auto_stop: the brief has no rewards that could be paid");
    refuses(OPEN ",'auto_stop':{}", "$.auto_stop.unpaid_us: required, but missing");
    refuses(BRIEF_HEAD "'mode':'tinkering','contributors':['customer']," PHASES
                       ",'rounds':[{'id':'r','lead':'firm','phase':'q'}],'rewards':[{'id':'w','round':'r',"
                       "'guarantee':'r','scheme':{'scheme':'cocreate.incentives/1','currency':'USD','funds':"
                       "[{'id':'f','budget':'8.00'}],'rules':[{'id':'win','kind':'ranked_prizes','fund':'f',"
                       "'prizes':['5.00']}]}}]" STOP,
            "$.auto_stop: reward 'w' has a guarantee: what promises a prize does not stop by itself");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explanations_say_when),
        cmocka_unit_test(it_stops_at_its_instant),
        cmocka_unit_test(a_payment_counts_from_its_instant),
        cmocka_unit_test(pauses_do_not_count),
        cmocka_unit_test(a_pause_may_keep_the_clock),
        cmocka_unit_test(it_may_be_amended_to_go_on_for_longer),
        cmocka_unit_test(what_is_over_does_not_stop),
        cmocka_unit_test(briefs_that_cannot_stop_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
