/* Reports: each on a small log whose answer is known by hand. */
#include "commands.h"

#include <jansson.h>
#include <stdio.h>

/* ---- campaigns of one phase ---- */

static cocreate_store *start(const char *more)
{
    static const char *const people[][2] = {{"firm", "firm"},
                                            {"ann", "customer"},
                                            {"bob", "customer"},
                                            {"cat", "customer"},
                                            {"lab", "partner"}};
    char command[2048];
    cocreate_store *store = open_store();
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        assert_status(cocreate_participant_put(store, 0, "host", people[i][0], people[i][1], NULL,
                                               &check_error),
                      COCREATE_OK);
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{'brief':'"
             "cocreate.brief/1',"
             "'title':'T','mode':'collaborating','control':'open','contributors':['customer','"
             "partner','firm'],"
             "'extra_fields':true,'phases':[{'id':'in','after_us':0,'for_us':1000,"
             "'allows':['submit','comment','review','revise']},"
             "{'id':'vote','after_us':1000,'for_us':1000,'allows':['vote','decide']}]%s}}",
             more);
    done(store, command);
    done(store, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    return store;
}

static void
submit(cocreate_store *store, int at, const char *author, const char *id, const char *more)
{
    char command[1024];
    snprintf(
        command, sizeof command,
        "{'at':%d,'actor':'%s','do':'contribution.submit','campaign':'x','contribution':'%s'%s}",
        at, author, id, more);
    done(store, command);
}

#define ROUND                                                                                      \
    ",'rounds':[{'id':'r','phase':'vote','lead':'firm','instrument':'decision','select':[1,1],'"   \
    "certify':'auto'}]"
#define KINDS ",'kinds':['idea','comment','task_result']"

static json_t *report_at(cocreate_store *store, const char *name, int64_t as_of)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_report(store, "x", name, as_of, &text, &check_error), COCREATE_OK);
    json_t *all = json_loads(cocreate_text_data(text), 0, NULL);
    cocreate_text_free(text);
    json_t *one = json_incref(json_object_get(json_object_get(all, "reports"), name));
    json_decref(all);
    assert_non_null(one);
    return one;
}

static json_t *report_of(cocreate_store *store, const char *name)
{
    return report_at(store, name, COCREATE_NO_TIME);
}

static void says(const json_t *report, const char *key, const char *expected)
{
    const char *text = json_string_value(json_object_get(report, key));
    if (!text || strcmp(text, expected) != 0)
        fail_msg("%s is %s, expected %s", key, text ? text : "missing", expected);
}

static void counts(const json_t *report, const char *key, json_int_t expected)
{
    json_t *value = json_object_get(report, key);
    if (!json_is_integer(value) || json_integer_value(value) != expected)
        fail_msg("%s is %lld, expected %lld", key, (long long)json_integer_value(value),
                 (long long)expected);
}

/* ---- forms ---- */

static void is_form(cocreate_store *store, const char *form, const char *because)
{
    json_t *report = report_of(store, "form");
    says(report, "form", form);
    says(report, "because", because);
    json_decref(report);
    cocreate_store_close(store);
}

static void six_logs_have_their_form(void **state)
{
    cocreate_store *store = start("");
    (void)state;
    submit(store, 1, "ann", "a", "");
    is_form(store, "user-generated content", "nothing is selected, and no work builds on another");

    store = start(ROUND);
    submit(store, 1, "ann", "a", "");
    submit(store, 2, "bob", "b", "");
    is_form(store, "crowdsourcing",
            "a brief asks, a binding round selects, and each entry is worked on apart");

    store = start(",'team_max':3");
    submit(store, 1, "ann", "a",
           ",'authors':[{'participant':'ann','share':'1/2'},{'participant':'bob','share':'1/2'}]");
    is_form(store, "mass collaboration",
            "nothing is selected, and at least half of the works have several authors or build on "
            "others");

    store = start(ROUND KINDS);
    submit(store, 1, "ann", "a", ",'kind':'task_result'");
    submit(store, 2, "bob", "b", ",'kind':'idea'");
    is_form(store, "co-production", "at least half of the works are results of tasks");

    store = start(ROUND ",'rights':{'type':'nonexclusive','terms':'v1','effective':'on_select'}");
    submit(store, 1, "lab", "a", ",'terms':'v1'");
    submit(store, 2, "firm", "b", ",'terms':'v1'");
    is_form(store, "open innovation", "rights go in to the firm and out from it");

    store = start(ROUND KINDS);
    submit(store, 1, "ann", "a", "");
    submit(store, 2, "bob", "b", "");
    submit(store, 3, "firm", "c", ",'kind':'comment','reply_to':'a'");
    done(store, "{'at':4,'actor':'bob','do':'edge.propose','campaign':'x','from':'b','to':'a','"
                "type':'derives'}");
    done(store, "{'at':5,'actor':'ann','do':'edge.accept','campaign':'x','from':'b','to':'a','type'"
                ":'derives'}");
    is_form(store, "co-creation",
            "works build on others, and firm and customers answer each other");
}

/* ---- us and them ---- */

/* One way is 0, as often each way 1 (the index is 2 min / sum): 1 from the firm and 2 to it are
 * 2/3. */
static void we_is_measured(void **state)
{
    cocreate_store *store = start(KINDS);
    (void)state;
    submit(store, 1, "ann", "a", "");
    submit(store, 2, "firm", "c1", ",'kind':'comment','reply_to':'a'");
    json_t *report = report_of(store, "we");
    says(report, "we_index", "0");
    json_decref(report);
    submit(store, 3, "ann", "c2", ",'kind':'comment','reply_to':'c1'");
    report = report_of(store, "we");
    says(report, "we_index", "1");
    json_decref(report);
    submit(store, 4, "bob", "c3", ",'kind':'comment','reply_to':'c1'");
    report = report_of(store, "we");
    says(report, "we_index", "2/3");
    json_decref(report);
    cocreate_store_close(store);
}

/* Answered after 10, 20 and 90; d waits since 8, at 200: p50 is the second of three, p90 the third.
 */
static void listening_is_timed(void **state)
{
    cocreate_store *store = start(KINDS);
    (void)state;
    submit(store, 1, "ann", "a", "");
    submit(store, 2, "bob", "b", "");
    submit(store, 3, "cat", "c", "");
    submit(store, 8, "cat", "d", "");
    submit(store, 11, "firm", "ra", ",'kind':'comment','reply_to':'a'");
    submit(store, 22, "firm", "rb", ",'kind':'comment','reply_to':'b'");
    submit(store, 93, "firm", "rc", ",'kind':'comment','reply_to':'c'");
    submit(store, 200, "firm", "rc2", ",'kind':'comment','reply_to':'c'");
    json_t *report = report_of(store, "listening");
    counts(report, "contributions", 4);
    counts(report, "unanswered", 1);
    counts(report, "first_answer_p50_us", 20);
    counts(report, "first_answer_p90_us", 90);
    says(report, "waiting_longest", "d");
    counts(report, "waiting_us", 192);
    json_decref(report);
    cocreate_store_close(store);
}

/* The firm answers ann at 10 and 12; what bob and cat wrote at 20 nobody answers, for 30 days, which are not
 * more than 30. Of the longest, 30 days twice and ann's, which are 8 us more, the second and the third. */
static void touch_is_kept(void **state)
{
    const int64_t month = 30 * INT64_C(86400000000), now = 20 + month;
    cocreate_store *store = start(KINDS ",'team_max':2");
    (void)state;
    submit(store, 0, "ann", "a", "");
    submit(store, 1, "ann", "a2", "");
    submit(store, 10, "firm", "r1", ",'kind':'comment','reply_to':'a'");
    submit(store, 12, "firm", "r2", ",'kind':'comment','reply_to':'a2'");
    submit(store, 20, "bob", "b", ",'authors':[{'participant':'bob'},{'participant':'cat'}]");
    submit(store, 20, "ann", "r3", ",'kind':'comment','reply_to':'b'");
    json_t *report = report_at(store, "touch", now);
    counts(report, "contributors", 3);
    counts(report, "never", 2);
    counts(report, "longest_p50_us", month);
    counts(report, "longest_p90_us", month + 8);
    const json_t *people = json_object_get(report, "people"), *quiet = json_object_get(report, "quiet");
    static const int expected[3] = {3, 1, 0}; /* more than 7, 30, 90 days */
    for (size_t i = 0; i < 3; i++)
        counts(json_array_get(quiet, i), "people", expected[i]);
    says(json_array_get(people, 0), "participant", "ann");
    counts(json_array_get(people, 0), "touches", 2);
    counts(json_array_get(people, 0), "last_at", 12);
    says(json_array_get(people, 1), "participant", "bob");
    counts(json_array_get(people, 1), "touches", 0);
    assert_null(json_object_get(json_array_get(people, 1), "last_at"));
    says(json_array_get(people, 2), "participant", "cat");
    counts(json_array_get(people, 2), "silent_us", month);
    json_decref(report);
    cocreate_store_close(store);
}

/* ---- fairness, funnel, roles ---- */

/* Three authors get 300, 0, 0: Gini = (-2*0 + 0*0 + 2*300)/(3*300) = 2/3, the top share is 1. */
static void pay_is_weighed(void **state)
{
    cocreate_store *store =
        start(ROUND ",'rewards':[{'id':'p','round':'r','scheme':{'scheme':'cocreate.incentives/"
                    "1','currency':'EUR',"
                    "'funds':[{'id':'f','budget':'3.00'}],'rules':[{'id':'first','kind':'ranked_"
                    "prizes','fund':'f','prizes':['3.00']}]}}]");
    (void)state;
    submit(store, 1, "ann", "a", "");
    submit(store, 2, "bob", "b", "");
    submit(store, 3, "cat", "c", "");
    done(store, "{'at':1500,'actor':'firm','do':'decision.make','campaign':'x','round':'r','"
                "contribution':'a',"
                "'verdict':'select'}");
    done(store, "{'at':2000,'actor':'host','do':'tick'}");
    json_t *report = report_of(store, "fairness");
    json_t *money = json_array_get(json_object_get(report, "currencies"), 0);
    counts(report, "works", 3);
    counts(report, "accepted", 1);
    counts(report, "unpaid", 2);
    says(money, "gini", "2/3");
    says(money, "top_share", "1");
    says(money, "minor_per_accepted", "300");
    json_decref(report);

    report = report_of(store, "funnel");
    json_t *steps = json_object_get(report, "steps");
    assert_int_equal(json_array_size(steps), 6);
    counts(json_array_get(steps, 0), "works", 3);
    counts(json_array_get(steps, 3), "works", 1);
    counts(json_array_get(steps, 4), "works", 1);
    counts(json_array_get(steps, 5), "works", 0);
    json_decref(report);

    report = report_of(store, "roles");
    json_t *people = json_object_get(report, "people");
    counts(json_object_get(report, "counts"), "inventor", 1);
    assert_non_null(json_object_get(json_object_get(people, "ann"), "inventor"));
    assert_null(json_object_get(json_object_get(people, "bob"), "inventor"));
    json_decref(report);
    cocreate_store_close(store);
}

/* ---- texts that are nearly the same ---- */

static uint64_t random_state;

static unsigned draw(unsigned below)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((random_state >> 33) % below);
}

#define WORDS 60
#define WORD 7 /* with its blank */

static void invent(char text[WORDS * WORD + 1])
{
    for (int i = 0; i < WORDS * WORD; i++)
        text[i] = (i + 1) % WORD == 0 ? ' ' : (char)('a' + draw(26));
    text[WORDS * WORD] = '\0';
}

/* 1,000 texts and 200 copies with one letter changed in 10 % of the words: recall >= 0.95, and at
 * most one false pair in 10^5 (of 719,400). */
static void copies_are_found(void **state)
{
    enum { TEXTS = 1000, COPIES = 200 };
    static char texts[TEXTS + COPIES][WORDS * WORD + 1];
    cocreate_store *store = start("");
    char more[WORDS * WORD + 60], id[16];
    int found = 0, false_pairs = 0;
    (void)state;
    random_state = 20070902;
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    for (int i = 0; i < TEXTS + COPIES; i++) {
        if (i < TEXTS)
            invent(texts[i]);
        else
            memcpy(texts[i], texts[i - TEXTS], sizeof texts[i]);
        for (int k = 0; i >= TEXTS && k < WORDS / 10; k++)
            texts[i][(10 * k + (int)draw(10)) * WORD + (int)draw(WORD - 1)] =
                (char)('a' + draw(26));
        snprintf(id, sizeof id, "t%04d", i);
        snprintf(more, sizeof more, ",'fields':{'text':'%.*s'}", WORDS * WORD, texts[i]);
        submit(store, 1, "ann", id, more);
    }
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
    json_t *report = report_of(store, "duplicates");
    static const char *const lists[] = {"duplicates", "similar"};
    for (int l = 0; l < 2; l++) {
        json_t *list = json_object_get(report, lists[l]);
        for (size_t i = 0; i < json_array_size(list); i++) {
            int a = atoi(json_string_value(json_object_get(json_array_get(list, i), "first")) + 1);
            int b = atoi(json_string_value(json_object_get(json_array_get(list, i), "second")) + 1);
            *(b - a == TEXTS ? &found : &false_pairs) += 1;
        }
    }
    json_decref(report);
    if (found < COPIES * 95 / 100 || false_pairs > 7)
        fail_msg("%d of %d copies, %d false pairs", found, COPIES, false_pairs);
    cocreate_store_close(store);
}

/* ---- voters in lockstep ---- */

/* 50 voters who choose the same 10 of 40 works within an hour, among others who choose 3 to 10 at
 * random times of a week. At most 0.1 % of the others are flagged, at least 95 % of the 50. */
static void lockstep_is_seen(void **state)
{
    enum { WORKS = 40, PLANTED = 50, OTHERS = 2000 };
    cocreate_store *store = open_store();
    char id[16], names[WORKS][8];
    const char *chosen[10];
    int planted = 0, others = 0;
    (void)state;
    random_state = 20140827;
    assert_status(cocreate_store_begin(store, &check_error), COCREATE_OK);
    done(store,
         "{'at':0,'actor':'host','do':'participant.put','participant':'ann','side':'customer'}");
    for (int i = 0; i < PLANTED + OTHERS; i++) {
        snprintf(id, sizeof id, "%c%04d", i < PLANTED ? 'p' : 'o', i);
        assert_status(
            cocreate_participant_put(store, 0, "host", id, "customer", NULL, &check_error),
            COCREATE_OK);
    }
    done(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'x','brief':{'brief':'"
                "cocreate.brief/1',"
                "'title':'T','mode':'collaborating','control':'open','contributors':['customer'],"
                "'phases':[{'id':'in','after_us':0,'for_us':1000,'allows':['submit']},"
                "{'id':'vote','after_us':1000,'for_us':604800000000,'allows':['vote']}],"
                "'rounds':[{'id':'r','phase':'vote','lead':'customer','instrument':'approve','"
                "method':'approval',"
                "'electorate':['customer']}]}}");
    done(store, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'x'}");
    for (int i = 0; i < WORKS; i++) {
        snprintf(names[i], sizeof names[i], "w%02d", i);
        submit(store, 1, "ann", names[i], "");
    }
    /* The others one after another over the week, the planted all in hour 80. */
    for (int i = 0, p = 0; i < OTHERS; i++) {
        int64_t at = 1000 + (int64_t)i * 302000000;
        for (; p < PLANTED && at >= 80 * INT64_C(3600000000); p++) {
            for (int k = 0; k < 10; k++)
                chosen[k] = names[k];
            snprintf(id, sizeof id, "p%04d", p);
            assert_status(cocreate_vote(store, "x", "r", at, id, chosen, NULL, 10, &check_error),
                          COCREATE_OK);
        }
        unsigned n = 3 + draw(8), from = draw(WORKS), step = 1 + 2 * draw(2);
        for (unsigned k = 0; k < n; k++)
            chosen[k] = names[(from + k * (step == 1 ? 7 : 3)) % WORKS];
        snprintf(id, sizeof id, "o%04d", PLANTED + i);
        assert_status(cocreate_vote(store, "x", "r", at, id, chosen, NULL, n, &check_error),
                      COCREATE_OK);
    }
    assert_status(cocreate_store_commit(store, &check_error), COCREATE_OK);
    json_t *report = report_of(store, "lockstep");
    json_t *clusters = json_object_get(report, "clusters");
    for (size_t i = 0; i < json_array_size(clusters); i++) {
        json_t *voters = json_object_get(json_array_get(clusters, i), "voters");
        for (size_t k = 0; k < json_array_size(voters); k++)
            *(json_string_value(json_array_get(voters, k))[0] == 'p' ? &planted : &others) += 1;
    }
    json_decref(report);
    if (planted < PLANTED * 95 / 100 || others > OTHERS / 1000)
        fail_msg("%d of %d planted voters, %d of %d others", planted, PLANTED, others, OTHERS);
    cocreate_store_close(store);
}

/* 12 voters in step approve w0 to w4 within an hour; ten others x, one more w0, each in an hour of their own.
 * With all of them w0 has 13 approvals and x 10; without the 12 it is 1 and 10. The result stays. */
static void a_second_tally_leaves_the_flagged_out(void **state)
{
    static const char *const in_step[] = {"w0", "w1", "w2", "w3", "w4"}, *const x[] = {"x"};
    char id[16];
    (void)state;
    cocreate_store *store = open_store();
    assert_status(cocreate_participant_put(store, 0, "host", "ann", "customer", NULL, &check_error),
                  COCREATE_OK);
    for (int i = 0; i < 23; i++) {
        snprintf(id, sizeof id, "p%02d", i);
        assert_status(cocreate_participant_put(store, 0, "host", id, "customer", NULL, &check_error),
                      COCREATE_OK);
    }
    done(store, "{'at':0,'actor':'host','do':'campaign.create','campaign':'x','brief':{'brief':'"
                "cocreate.brief/1','title':'T','mode':'collaborating','control':'open',"
                "'contributors':['customer'],'phases':[{'id':'in','after_us':0,'for_us':1000,"
                "'allows':['submit']},{'id':'vote','after_us':1000,'for_us':604800000000,'allows':['vote']}],"
                "'rounds':[{'id':'r','phase':'vote','lead':'customer','instrument':'approve','method':"
                "'approval','cut':{'top':1},'certify':'auto','electorate':['customer']}]}}");
    done(store, "{'at':0,'actor':'host','do':'campaign.publish','campaign':'x'}");
    for (int i = 0; i < 5; i++)
        submit(store, 1, "ann", in_step[i], "");
    submit(store, 1, "ann", "x", "");
    for (int i = 0; i < 23; i++) {
        int64_t at = 2000 + (i < 12 ? 0 : (i - 11) * INT64_C(3600000000));
        snprintf(id, sizeof id, "p%02d", i);
        assert_status(cocreate_vote(store, "x", "r", at, id, i < 12 || i == 22 ? in_step : x, NULL,
                                    i < 12 ? 5 : 1, &check_error),
                      COCREATE_OK);
    }
    json_t *report = report_of(store, "lockstep"); /* no result yet */
    assert_int_equal(json_integer_value(json_object_get(report, "flagged")), 12);
    assert_int_equal(json_array_size(json_object_get(report, "without_flagged")), 0);
    json_decref(report);
    assert_status(cocreate_tick(store, 604800001000, &check_error), COCREATE_OK);
    shows(store, "x", "'selected':['w0']");
    report = report_of(store, "lockstep");
    char *text = json_dumps(json_object_get(report, "without_flagged"), JSON_COMPACT | JSON_SORT_KEYS);
    const char *begins = "[{\"changes\":true,\"places\":[{\"from\":1,\"id\":\"x\",\"to\":1},"
                         "{\"from\":2,\"id\":\"w0\",\"to\":2},{\"from\":3,\"id\":\"w1\",\"to\":6},";
    if (strncmp(text, begins, strlen(begins)) != 0 || !strstr(text, "\"selected\":[\"x\"]"))
        fail_msg("%s", text);
    free(text);
    json_decref(report);
    shows(store, "x", "'selected':['w0']");
    verified_close(store);
}

static void refuses_what_there_is_not(void **state)
{
    cocreate_store *store = start("");
    cocreate_text *text = NULL;
    cocreate_report_info info = {.size = sizeof info};
    (void)state;
    assert_int_equal(cocreate_report(store, "x", "mood", COCREATE_NO_TIME, &text, &check_error),
                     COCREATE_ERR_NOT_FOUND);
    assert_string_equal(check_error.text,
                        "no report 'mood'; there are funnel, form, we, roles, listening, touch, "
                        "fairness, channels, duplicates, lockstep");
    assert_int_equal(cocreate_report(store, "y", NULL, COCREATE_NO_TIME, &text, &check_error),
                     COCREATE_ERR_NOT_FOUND);
    assert_int_equal(cocreate_report(store, "x", NULL, -1, &text, &check_error),
                     COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text, "a report is not of a time before the last event");
    assert_null(text);
    for (size_t i = 0; i < cocreate_report_count(); i++)
        assert_status(cocreate_report_at(i, &info, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_report_at(cocreate_report_count(), &info, &check_error),
                     COCREATE_ERR_ARGUMENT);
    assert_string_equal(check_error.text, "there are 10 reports, none is number 10");
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_logs_have_their_form),  cmocka_unit_test(we_is_measured),
        cmocka_unit_test(listening_is_timed),        cmocka_unit_test(touch_is_kept),
        cmocka_unit_test(pay_is_weighed),
        cmocka_unit_test(copies_are_found),          cmocka_unit_test(lockstep_is_seen),
        cmocka_unit_test(a_second_tally_leaves_the_flagged_out),
        cmocka_unit_test(refuses_what_there_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
