/* Campaigns at their edges: each test is named for what once went wrong there. */
#include "rounds.h"

#define RANK_ROUND(id, more) \
    "{'id':'" id "','lead':'customer','instrument':'rank','method':'borda'" more "}"
#define CAST(at, voter, ballot)                                          \
    "{'at':" #at ",'actor':'" voter "','do':'ballot.cast','campaign':'x'," \
    "'round':'r','ballot':" ballot "}"
#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"

/* The reason of a failed round was cut in the middle of a character: no JSON text could hold it, and
 * every command of the store failed with "out of memory" from then on. */
static void a_reason_cut_in_a_character_stops_no_store(void **state)
{
    (void)state;
    char first[129], rounds[1024];
    memset(first, 'x', 99);
    for (size_t i = 99; i + 1 < 128; i += 2)
        memcpy(first + i, "\xc3\xa9", 3); /* byte 100 is the middle of an e with an accent */
    snprintf(rounds, sizeof rounds,
             "{'id':'%s','lead':'customer','instrument':'rank','method':'borda','phase':'vote'},"
             "{'id':'s','lead':'customer','instrument':'rank','method':'borda','phase':'vote2',"
             "'candidates':{'round':'%s'}}",
             first, first);
    cocreate_store *store = open_store();
    char command[2048];
    done(store, ROUND_FIRM);
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['firm'],"
             "'phases':[{'id':'vote','after_us':0,'for_us':100,'allows':['submit','vote']},"
             "{'id':'vote2','after_us':100,'for_us':100,'allows':['vote']}],'rounds':[%s]}}",
             rounds);
    done(store, command);
    done(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(store, TICK(300)); /* nobody takes part: the first round fails, the second with it */
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, "x", &shown, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(shown), first));
    assert_non_null(strstr(cocreate_text_data(shown), "candidates from, is failed"));
    cocreate_text_free(shown);
    verified_close(store);
}

/* Canonical JSON ends at 2^53 - 1; a greater rank made a log that nobody could replay. */
static void a_rank_beyond_what_json_holds_is_refused(void **state)
{
    (void)state;
    cocreate_store *store = open_round(RANK_ROUND("r", ",'phase':'vote'"));
    const char *options[] = {"a"};
    const int64_t greatest[] = {INT64_C(9007199254740991)}, more[] = {INT64_C(9007199254740992)};
    assert_failure(cocreate_vote(store, "x", "r", 150, "c6", options, more, 1, &check_error),
                   COCREATE_ERR_ARGUMENT, "the rank 9007199254740992 of 'a' is above 2^53 - 1");
    assert_status(cocreate_vote(store, "x", "r", 150, "c6", options, greatest, 1, &check_error),
                  COCREATE_OK);
    done(store, TICK(200));
    verified_close(store);
}

/* After a cancellation nothing is voted, decided, recorded, closed, revealed or certified. */
static void a_cancelled_campaign_takes_no_evidence(void **state)
{
    (void)state;
    static const char text[] = "campaign 'x' is cancelled";
    cocreate_store *store = open_round(
        RANK_ROUND("r", ",'phase':'vote'") ",{'id':'f','lead':'firm','phase':'vote'},"
        "{'id':'m','lead':'metric','phase':'vote'}");
    done(store, CAST(150, "c6", "{'a':1}"));
    done(store, "{'at':151,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no'}");
    refused(store, CAST(152, "c7", "{'a':1}"), COCREATE_ERR_REFUSED, text);
    const char *options[] = {"a"};
    assert_failure(cocreate_vote(store, "x", "r", 152, "c7", options, NULL, 1, &check_error),
                   COCREATE_ERR_REFUSED, text);
    refused(store,
            "{'at':152,'actor':'firm','do':'decision.make','campaign':'x','round':'f',"
            "'contribution':'a','verdict':'select'}",
            COCREATE_ERR_REFUSED, text);
    refused(store,
            "{'at':152,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'1',"
            "'contribution':'a','value':'1'}",
            COCREATE_ERR_REFUSED, text);
    refused(store,
            "{'at':152,'actor':'firm','do':'round.close','campaign':'x','round':'f',"
            "'reason':'early'}",
            COCREATE_ERR_REFUSED, text);
    verified_close(store);
}

static void a_cancelled_campaign_certifies_nothing(void **state)
{
    (void)state;
    cocreate_store *store = open_round(RANK_ROUND("r", ",'phase':'vote','certify':'manual'"));
    done(store, CAST(150, "c6", "{'a':1}"));
    done(store, TICK(200));
    done(store, "{'at':201,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no'}");
    refused(store, "{'at':202,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}",
            COCREATE_ERR_REFUSED, "campaign 'x' is cancelled");
    verified_close(store);
}

static void a_decided_campaign_stays_decided(void **state)
{
    (void)state;
    cocreate_store *store = open_round(RANK_ROUND("r", ",'phase':'vote','certify':'auto'"));
    done(store, CAST(150, "c6", "{'a':1}"));
    done(store, TICK(200));
    refused(store,
            "{'at':201,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no'}",
            COCREATE_ERR_REFUSED, "campaign 'x' is decided: it cannot be cancelled");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

/* The brief takes hex digits of either case; the seed of a commitment in capitals was never accepted,
 * and the round never decided. SHA-256 of 32 zero bytes is a published value. */
static void a_commitment_in_capitals_can_be_revealed(void **state)
{
    (void)state;
    cocreate_store *store = open_round(RANK_ROUND(
        "r", ",'phase':'vote','certify':'auto','ties':['lot'],'seed_commitment':'sha256:"
             "66687AADF862BD776C8FC18B8E9F8E20089714856EE233B3902A591D0D5F2925'"));
    done(store, CAST(150, "c6", "{'a':1,'b':1}"));
    done(store, TICK(200));
    done(store,
         "{'at':201,'actor':'firm','do':'round.reveal','campaign':'x','round':'r','seed':"
         "'0000000000000000000000000000000000000000000000000000000000000000'}");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

#define SCHEME(fund)                                                                       \
    "{'scheme':'cocreate.incentives/1','currency':'USD','funds':[{'id':'" fund             \
    "','budget':'100.00'}],'rules':[{'id':'w','kind':'threshold_award','fund':'" fund      \
    "','metric':'selected','each':'10.00','max_awards':10}]}"
#define CREATE_WITH(rewards)                                                              \
    "{'at':0,'actor':'host','do':'campaign.create','campaign':'y','brief':{"              \
    "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['firm'],"  \
    "'phases':[{'id':'p','after_us':0,'for_us':9,'allows':['decide']}],"                  \
    "'rounds':[{'id':'r','lead':'firm','phase':'p'}],'rewards':[" rewards "]}}"

/* Two rewards of one scheme made awards of the same ids; the second could not be posted, and no
 * command of the store went through any more. */
static void rewards_of_one_scheme_are_refused(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    refused(store,
            CREATE_WITH("{'id':'one','round':'r','scheme':" SCHEME("cash") "},"
                        "{'id':'two','round':'r','scheme':" SCHEME("cash") "}"),
            COCREATE_ERR_SCHEMA,
            "$.brief.rewards[1].scheme: is that of reward 'one': their awards would have the same "
            "ids; give its rules other ids");
    verified_close(store);
}

/* escrow:a:b:c was the fund "b:c" of reward "a" and the fund "c" of reward "a:b". */
static void rewards_do_not_share_an_escrow_account(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    refused(store,
            CREATE_WITH("{'id':'a','round':'r','scheme':" SCHEME("b:c") "},"
                        "{'id':'a:b','round':'r','scheme':" SCHEME("c") "}"),
            COCREATE_ERR_SCHEMA,
            "$.brief.rewards[1].scheme: a fund would share its escrow account with one of reward 'a'; "
            "give it another id");
    done(store, CREATE_WITH("{'id':'a','round':'r','scheme':" SCHEME("b:c") "},"
                            "{'id':'a:b','round':'r','scheme':" SCHEME("d") "}"));
    done(store, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'y'}");
    shows(store, "y", "{'account':'escrow:a:b:c','currency':'USD','minor':10000}");
    verified_close(store);
}

/* By the time a round takes over candidates they are shortlisted; runs asked for published ones. */
static void a_chained_metric_round_takes_runs_of_its_candidates(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    done(store, ROUND_FIRM);
    done(store,
         "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
         "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['firm'],"
         "'phases':[{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
         "{'id':'p','after_us':100,'for_us':100,'allows':['decide']},"
         "{'id':'q','after_us':200,'for_us':100,'allows':['run']}],"
         "'rounds':[{'id':'f','lead':'firm','phase':'p','select':[1,2],'certify':'auto'},"
         "{'id':'m','lead':'metric','phase':'q','candidates':{'round':'f'},'certify':'auto'}]}}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    static const char *const ids[] = {"a", "b", "c"};
    char command[512];
    for (int i = 0; i < 3; i++) {
        snprintf(command, sizeof command,
                 "{'at':1,'actor':'firm','do':'contribution.submit','campaign':'x',"
                 "'contribution':'%s'}",
                 ids[i]);
        done(store, command);
    }
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "{'at':100,'actor':'firm','do':'decision.make','campaign':'x','round':'f',"
                 "'contribution':'%s','verdict':'select'}",
                 ids[i]);
        done(store, command);
    }
    done(store, "{'at':250,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'1',"
                "'contribution':'b','value':'3'}");
    refused(store,
            "{'at':250,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'1',"
            "'contribution':'c','value':'4'}",
            COCREATE_ERR_NOT_FOUND, "'c' is no candidate of round 'm'");
    done(store, TICK(300));
    shows(store, "x", "'selected':['b']"); /* a has no run */
    verified_close(store);
}

#define RUN(run, contribution, value)                                                     \
    "{'at':150,'actor':'firm','do':'run.record','campaign':'x','round':'m','run':'" run   \
    "','contribution':'" contribution "','value':" value "}"

/* A decimal is a text or a number, the commands say. */
static void a_metric_value_may_be_a_number(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round("{'id':'m','lead':'metric','phase':'vote','certify':'auto'}");
    done(store, RUN("1", "a", "12"));
    exists(store, RUN("1", "a", "12"));
    exists(store, RUN("1", "a", "'12'"));
    refused(store, RUN("1", "a", "13"), COCREATE_ERR_CONFLICT, "run '1' exists with another value");
    done(store, RUN("1", "b", "12.25"));
    done(store, TICK(200));
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

/* One value that 4 decimals could not round made the whole round fail at its end. */
static void a_value_that_cannot_be_rounded_is_refused_at_once(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round("{'id':'m','lead':'metric','phase':'vote','decimals':4,'certify':'auto'}");
    done(store, RUN("1", "a", "'0.8567'"));
    refused(store, RUN("1", "b", "'10000000000000000000'"), COCREATE_ERR_REFUSED,
            "$.rounds[0].decimals: the value 10000000000000000000 with 4 decimals does not fit 64 "
            "bits");
    done(store, TICK(200));
    shows(store, "x", "'selected':['a']");
    verified_close(store);
}

/* An award that was paid by one rail existed, as a success, for a payment by another. */
static void a_payment_by_another_rail_is_another_payment(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL, RANK_ROUND("r", ",'phase':'vote','certify':'auto'"),
        ",'rewards':[{'id':'one','round':'r','scheme':" SCHEME("cash") "}]");
    done(store, CAST(150, "c6", "{'a':1}"));
    done(store, TICK(200));
    cocreate_text *shown = NULL;
    char id[17] = "", command[256];
    assert_status(cocreate_show(store, "x", &shown, &check_error), COCREATE_OK);
    const char *at = strstr(cocreate_text_data(shown), "\"fund\":\"cash\",\"id\":\"");
    assert_non_null(at);
    memcpy(id, at + strlen("\"fund\":\"cash\",\"id\":\""), 16);
    cocreate_text_free(shown);
    static const char pay[] = "{'at':201,'actor':'firm','do':'award.pay','campaign':'x',"
                              "'award':'%s','reference':'p1'%s}";
    snprintf(command, sizeof command, pay, id, ",'rail':'sepa'");
    done(store, command);
    exists(store, command);
    snprintf(command, sizeof command, pay, id, "");
    char text[80];
    snprintf(text, sizeof text, "award '%s' is paid by another rail", id);
    refused(store, command, COCREATE_ERR_CONFLICT, text);
    verified_close(store);
}

/* Fields that were just not too deep for the log were too deep for what shows a campaign. */
static void fields_are_never_too_deep_to_be_shown(void **state)
{
    (void)state;
    cocreate_store *store = open_round(RANK_ROUND("r", ",'phase':'vote'"));
    for (int levels = 50; levels <= 62; levels++) {
        char fields[256], id[8];
        size_t n = 0;
        n += (size_t)snprintf(fields, sizeof fields, "{\"x\":");
        for (int i = 1; i < levels; i++)
            fields[n++] = '[';
        for (int i = 1; i < levels; i++)
            fields[n++] = ']';
        memcpy(fields + n, "}", 2);
        snprintf(id, sizeof id, "deep%d", levels);
        if (levels <= 56)
            assert_status(cocreate_contribution_submit(store, "x", 20, "c6", id, fields, NULL,
                                                       &check_error),
                          COCREATE_OK);
        else
            assert_failure(cocreate_contribution_submit(store, "x", 20, "c6", id, fields, NULL,
                                                        &check_error),
                           COCREATE_ERR_LIMIT, "$.fields: nested deeper than 56");
    }
    shows(store, "x", "'id':'deep56'");
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(store, "deep56", NULL, &text, &check_error), COCREATE_OK);
    cocreate_text_free(text);
    verified_close(store);
}

/* The sentence about an award was made from a second evaluation, which gave other ids once any
 * contribution had changed: nothing was said then. Now it is the recorded trace put into words. */
static void an_award_is_explained_whatever_happened_since(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL, RANK_ROUND("r", ",'phase':'vote','certify':'auto'"),
        ",'rewards':[{'id':'one','round':'r','scheme':" SCHEME("cash") "}]");
    done(store, CAST(150, "c6", "{'a':1}"));
    done(store, TICK(200));
    cocreate_text *before = NULL, *after = NULL;
    assert_status(cocreate_explain(store, "a", NULL, &before, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(before), "10.00 USD, offered. "));
    assert_null(strstr(cocreate_text_data(before), "offered. \""));
    done(store, "{'at':201,'actor':'firm','do':'contribution.remove','campaign':'x',"
                "'contribution':'b','reason':'copied'}");
    assert_status(cocreate_explain(store, "a", NULL, &after, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(after), cocreate_text_data(before));
    cocreate_text_free(before);
    cocreate_text_free(after);
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reason_cut_in_a_character_stops_no_store),
        cmocka_unit_test(a_rank_beyond_what_json_holds_is_refused),
        cmocka_unit_test(a_cancelled_campaign_takes_no_evidence),
        cmocka_unit_test(a_cancelled_campaign_certifies_nothing),
        cmocka_unit_test(a_decided_campaign_stays_decided),
        cmocka_unit_test(a_commitment_in_capitals_can_be_revealed),
        cmocka_unit_test(rewards_of_one_scheme_are_refused),
        cmocka_unit_test(rewards_do_not_share_an_escrow_account),
        cmocka_unit_test(a_chained_metric_round_takes_runs_of_its_candidates),
        cmocka_unit_test(a_metric_value_may_be_a_number),
        cmocka_unit_test(a_value_that_cannot_be_rounded_is_refused_at_once),
        cmocka_unit_test(a_payment_by_another_rail_is_another_payment),
        cmocka_unit_test(fields_are_never_too_deep_to_be_shown),
        cmocka_unit_test(an_award_is_explained_whatever_happened_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
