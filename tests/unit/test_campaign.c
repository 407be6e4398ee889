/* Commands as such, participants, campaigns: what refuses them and with which words. */
#include "campaign.h"

/* ---- commands as such ---- */

static void a_command_is_checked_as_text(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    refused(s, "[]", COCREATE_ERR_SCHEMA, "$: expected an object, got an empty array");
    refused(s, "{", COCREATE_ERR_PARSE, NULL);
    refused(s, "{'at':0,'actor':'host'}", COCREATE_ERR_SCHEMA, "$.do: required, but missing");
    refused(s, "{'actor':'host','do':'tick'}", COCREATE_ERR_SCHEMA, "$.at: required, but missing");
    refused(s, "{'at':0,'actor':'host','do':'tock'}", COCREATE_ERR_NOT_FOUND,
            "$.do: no command 'tock'; did you mean 'tick'?");
    refused(s, "{'at':0,'actor':'host','do':'tick','x':1}", COCREATE_ERR_SCHEMA, NULL);
    refused(s, "{'at':'now','actor':'host','do':'tick'}", COCREATE_ERR_SCHEMA,
            "$.at: 'now' is no time: give microseconds, or text as \"2009-07-26T18:18:28Z\"");
    refused(s, "{'at':0,'actor':'ann','do':'tick'}", COCREATE_ERR_NOT_FOUND,
            "actor 'ann' is no registered participant");
    refused(s, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'c'}",
            COCREATE_ERR_NOT_FOUND, "no campaign 'c'");
    refused(s, "{'at':0,'actor':'host','do':'campaign.publish'}", COCREATE_ERR_SCHEMA,
            "$.campaign: required, but missing");
    assert_failure(cocreate_execute(NULL, "{}", 2, NULL, &check_error), COCREATE_ERR_ARGUMENT,
                   "no store is given");
    assert_failure(cocreate_execute(s, NULL, 0, NULL, &check_error), COCREATE_ERR_ARGUMENT,
                   "no command is given");
    cocreate_store_close(s);
}

static void the_outcome_tells_the_events(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    cocreate_text *text = NULL;
    const char *put =
        "{'at':'1970-01-01T00:00:01.5Z','actor':'host','do':'participant.put','participant':'a',"
        "'side':'firm'}";
    assert_int_equal(execute(s, put, &text), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text),
                        "{\"events\":[{\"actor\":\"host\",\"at\":1500000,\"data\":{\"participant\":"
                        "\"a\",\"side\":\"firm\"},\"seq\":1,\"type\":\"participant.put\"}],"
                        "\"status\":\"done\"}");
    cocreate_text_free(text);
    assert_int_equal(execute(s, put, &text), COCREATE_EXISTS);
    assert_string_equal(cocreate_text_data(text), "{\"events\":[],\"status\":\"exists\"}");
    cocreate_text_free(text);
    text = events_from(s, 1);
    assert_string_equal(cocreate_text_data(text),
                        "{\"actor\":\"host\",\"at\":1500000,\"data\":{\"participant\":\"a\","
                        "\"side\":\"firm\"},\"seq\":1,\"type\":\"participant.put\"}\n");
    cocreate_text_free(text);
    cocreate_store_close(s);
}

static void time_never_runs_backwards(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    done(s, SUBMIT(150, "ann", "a", N(1)));
    refused(s, SUBMIT(149, "ann", "b", N(1)), COCREATE_ERR_TIME,
            "at 1970-01-01T00:00:00.000149Z is before the last event, at "
            "1970-01-01T00:00:00.000150Z");
    done(s, SUBMIT(150, "ann", "b", N(1)));
    refused(s, SUBMIT(9007199254740992, "ann", "x", N(1)), COCREATE_ERR_OVERFLOW, NULL);
    assert_status(cocreate_tick(s, INT64_MAX, &check_error), COCREATE_ERR_ARGUMENT);
    assert_status(cocreate_tick(s, INT64_MIN, &check_error), COCREATE_ERR_ARGUMENT);
    /* A late tick has nothing to do: what was due by then has happened. */
    assert_status(cocreate_tick(s, 149, &check_error), COCREATE_EXISTS);
    cocreate_store_close(s);
}

/* ---- participants ---- */

static void participants_are_put_once(void **state)
{
    (void)state;
    const uint8_t secret[32] = {7};
    cocreate_store_options options;
    cocreate_store_options_init(&options);
    options.secret = secret;
    cocreate_store *s = open_store_with(NULL, &options);
#define PUT(id, side, more) \
    "{'at':0,'actor':'host','do':'participant.put','participant':'" id "','side':'" side "'" \
    more "}"
    done(s, PUT("ann", "customer", ""));
    exists(s, PUT("ann", "customer", ""));
    refused(s, PUT("ann", "firm", ""), COCREATE_ERR_CONFLICT,
            "participant 'ann' exists with 'side' customer");
    refused(s, PUT("ann", "customer", ",'person':{}"), COCREATE_ERR_CONFLICT,
            "participant 'ann' exists with another 'person'");
    done(s, PUT("bob", "firm", ",'person':{'name':'Bob','born':1970}"));
    exists(s, PUT("bob", "firm", ",'person':{'born':1970,'name':'Bob'}"));
    refused(s, PUT("bob", "firm", ",'person':{'name':'Rob','born':1970}"), COCREATE_ERR_CONFLICT,
            "participant 'bob' exists with another 'person'");
    refused(s, PUT("bob", "firm", ""), COCREATE_ERR_CONFLICT,
            "participant 'bob' exists with another 'person'");
    /* Attributes alone leave it as it is, also when they come again. */
    done(s, PUT("bob", "firm", ",'attributes':{'a':1}"));
    exists(s, PUT("bob", "firm", ",'attributes':{'a':1}"));
    exists(s, PUT("bob", "firm", ",'attributes':{'a':1},'person':{'name':'Bob','born':1970}"));
    refused(s, PUT("host", "firm", ""), COCREATE_ERR_ARGUMENT,
            "$.participant: 'host' is the platform itself");
    refused(s, PUT("eve", "staff", ""), COCREATE_ERR_SCHEMA, NULL);
    /* Of the person the log holds the commitment alone. */
    cocreate_text *log = events_from(s, 2);
    assert_null(strstr(cocreate_text_data(log), "Bob"));
    assert_non_null(strstr(cocreate_text_data(log), "\"person\":\"hmac-sha256:"));
    cocreate_text_free(log);
    cocreate_store_close(s);

    s = open_store();
    refused(s, PUT("bob", "firm", ",'person':{}"), COCREATE_ERR_ARGUMENT,
            "$.person: personal data needs a store opened with a secret");
    cocreate_store_close(s);
}

static void sides_may_do_what_is_theirs(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    refused(s, "{'at':0,'actor':'ann','do':'participant.put','participant':'z','side':'firm'}",
            COCREATE_ERR_PERMISSION,
            "'ann' is on the customer side, which may not participant.put");
    refused(s, "{'at':0,'actor':'pat','do':'campaign.cancel','campaign':'c','reason':'no'}",
            COCREATE_ERR_PERMISSION, "'pat' is on the public side, which may not campaign.cancel");
    refused(s, ON(0, "rex", "remove", "a", ",'reason':'no'"), COCREATE_ERR_PERMISSION,
            "'rex' is on the partner side, which may not contribution.remove");
    cocreate_store_close(s);
}

/* ---- campaigns ---- */

static void campaigns_are_created_once(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
#define CREATE(more) "{'at':0,'actor':'boss','do':'campaign.create','campaign':'c'" more "}"
    exists(s, CREATE(",'brief':{" FIXED "}"));
    refused(s, CREATE(",'brief':{" FIXED ",'team_max':2}"), COCREATE_ERR_CONFLICT,
            "campaign 'c' exists with another 'team_max' in its brief");
    refused(s, CREATE(""), COCREATE_ERR_SCHEMA,
            "$: a campaign is created from either a 'brief' or a 'preset'");
    refused(s, CREATE(",'brief':{},'preset':'x'"), COCREATE_ERR_SCHEMA,
            "$: a campaign is created from either a 'brief' or a 'preset'");
    refused(s, CREATE(",'brief':{" FIXED "},'override':{}"), COCREATE_ERR_SCHEMA,
            "$.override: is only for a preset");
    refused(s, CREATE(",'preset':'netflix_price'"), COCREATE_ERR_NOT_FOUND,
            "$.preset: no preset 'netflix_price'; did you mean 'netflix_prize'?");
    char text[100];
    cocreate_preset first = {.size = sizeof first};
    assert_status(cocreate_preset_at(0, &first, &check_error), COCREATE_OK);
    snprintf(text, sizeof text, "$.preset: no preset 'x'; there are %zu, from %s on",
             cocreate_preset_count(), first.name);
    refused(s, CREATE(",'preset':'x'"), COCREATE_ERR_NOT_FOUND, text);
    refused(s, CREATE(",'brief':{'title':'T'}"), COCREATE_ERR_SCHEMA,
            "$.brief.brief: required, but missing");
    refused(s,
            "{'at':0,'actor':'boss','do':'campaign.create','campaign':'d','preset':'netflix_prize',"
            "'override':{'team_max':0}}",
            COCREATE_ERR_SCHEMA,
            "preset 'netflix_prize' as overridden: $.team_max: 0 is out of range, expected 1 to "
            "100");
    done(s, "{'at':0,'actor':'boss','do':'campaign.create','campaign':'d','preset':'netflix_prize',"
            "'override':{'title':'Ours'}}");
    cocreate_store_close(s);
}

static void campaigns_are_published_once_and_cancelled_once(void **state)
{
    (void)state;
    cocreate_store *s = begin(FIXED);
    exists(s, "{'at':5,'actor':'boss','do':'campaign.publish','campaign':'c'}");
    done(s, SUBMIT(150, "ann", "a", N(1)));
    refused(s, "{'at':150,'actor':'boss','do':'campaign.cancel','campaign':'c'}",
            COCREATE_ERR_SCHEMA, "$.reason: required, but missing");
    refused(s, "{'at':150,'actor':'boss','do':'campaign.cancel','campaign':'c','reason':''}",
            COCREATE_ERR_SCHEMA, "$.reason: must not be empty");
    done(s, "{'at':150,'actor':'boss','do':'campaign.cancel','campaign':'c','reason':'flood'}");
    exists(s, "{'at':150,'actor':'boss','do':'campaign.cancel','campaign':'c','reason':'flood'}");
    refused(s, "{'at':150,'actor':'boss','do':'campaign.cancel','campaign':'c','reason':'fire'}",
            COCREATE_ERR_CONFLICT, "campaign 'c' was cancelled with another 'reason'");
    refused(s, "{'at':150,'actor':'boss','do':'campaign.publish','campaign':'c'}",
            COCREATE_ERR_REFUSED, "campaign 'c' is cancelled");
    exists(s, "{'at':0,'actor':'boss','do':'campaign.publish','campaign':'c'}");
    refused(s, SUBMIT(150, "ann", "b", N(1)), COCREATE_ERR_REFUSED,
            "campaign 'c' is cancelled");
    exists(s, SUBMIT(150, "ann", "a", N(1)));
    exists(s, "{'at':1000,'actor':'host','do':'tick'}");
    cocreate_store_close(s);
}

static void relative_phases_count_from_publication(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    done(s, "{'at':7,'actor':'host','do':'campaign.create','campaign':'c','brief':{" BRIEF_HEAD
            "'mode':'tinkering','contributors':['customer'],'phases':[{'id':'p','after_us':10,"
            "'for_us':5,'allows':['submit']}]}}");
    refused(s, SUBMIT(8, "host", "a", ",'authors':[{'participant':'ann'}]"), COCREATE_ERR_NOT_FOUND,
            "no participant 'ann'");
    done(s, "{'at':8,'actor':'host','do':'participant.put','participant':'ann','side':'customer'}");
    refused(s, SUBMIT(8, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "campaign 'c' is a draft until campaign.publish");
    done(s, "{'at':9,'actor':'host','do':'campaign.publish','campaign':'c'}");
    cocreate_text *log = events_from(s, 3);
    assert_non_null(strstr(cocreate_text_data(log),
                           "\"phases\":[{\"closes\":24,\"id\":\"p\",\"opens\":19}]"));
    cocreate_text_free(log);
    refused(s, SUBMIT(18, "ann", "a", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'submit' from 1970-01-01T00:00:00.000019Z until before "
            "1970-01-01T00:00:00.000024Z, not at 1970-01-01T00:00:00.000018Z");
    done(s, SUBMIT(19, "ann", "a", ""));
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_checked_as_text),
        cmocka_unit_test(the_outcome_tells_the_events),
        cmocka_unit_test(time_never_runs_backwards),
        cmocka_unit_test(participants_are_put_once),
        cmocka_unit_test(sides_may_do_what_is_theirs),
        cmocka_unit_test(campaigns_are_created_once),
        cmocka_unit_test(campaigns_are_published_once_and_cancelled_once),
        cmocka_unit_test(relative_phases_count_from_publication),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
