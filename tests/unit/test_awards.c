/* Awards of a campaign after they are made: accepted, declined, verified, paid, expired, taken back, made
 * again. Every store is verified at the end: the log gives the same rows. */
#include "rounds.h"

#define DAY INT64_C(86400000000)

#define RANK "{'id':'r','lead':'customer','instrument':'rank','method':'borda','phase':'vote'," \
             "'certify':'auto','cut':{'top':5}}"
/* 500.00, 300.00 and 200.00 of 1100.00: a, b and c win, d and e are selected, too. */
#define PRIZES(more)                                                                          \
    ",'rewards':[{'id':'prize','round':'r','scheme':{'scheme':'cocreate.incentives/1',"         \
    "'currency':'USD','funds':[{'id':'f','budget':'1100.00'}],'rules':[{'id':'win','kind':"      \
    "'ranked_prizes','fund':'f','prizes':['500.00','300.00','200.00']}]" more "}}]"

static cocreate_store *awarded(const char *rewards)
{
    cocreate_store *store = open_round_with(NULL, RANK, rewards);
    ballot(store, "c6", "{'a':1,'b':2,'c':3,'d':4,'e':5}");
    done(store, "{'at':200,'actor':'host','do':'tick'}");
    return store;
}

/* The id of the award to somebody, of what is shown; the k-th from the end if there are several. */
static const char *award_to(cocreate_store *store, const char *to)
{
    static char ids[16][17];
    static int next;
    char pattern[40];
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, "x", &shown, &check_error), COCREATE_OK);
    const char *text = strstr(cocreate_text_data(shown), "\"awards\":["), *at = text;
    snprintf(pattern, sizeof pattern, "\"to\":\"%s\"", to);
    at = strstr(text, pattern);
    assert_non_null(at);
    while (strncmp(at, "\"id\":\"", 6) != 0) /* before "to" in the same award */
        at--;
    char *id = ids[next++ % 16];
    memcpy(id, at + 6, 16);
    id[16] = '\0';
    cocreate_text_free(shown);
    return id;
}

/* {'at':..,'actor':..,'do':..,'campaign':'x', more}; %s in `more` is the award to somebody. */
static const char *order(cocreate_store *store, int64_t at, const char *actor, const char *verb,
                         const char *more, const char *to)
{
    static char command[8][512];
    static int next;
    char filled[300];
    char *out = command[next++ % 8];
    snprintf(filled, sizeof filled, more, to ? award_to(store, to) : "");
    snprintf(out, 512, "{'at':%lld,'actor':'%s','do':'%s','campaign':'x',%s}", (long long)at, actor,
             verb, filled);
    return out;
}

#define ORDER(at, actor, verb, more, to) order(store, at, actor, verb, more, to)
#define BALANCE(account, minor) "{'account':'" account "','currency':'USD','minor':" #minor "}"

static void explains(cocreate_store *store, const char *id, const char *sentence)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(store, id, NULL, &text, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(text), sentence))
        print_error("%s\n", cocreate_text_data(text));
    assert_non_null(strstr(cocreate_text_data(text), sentence));
    cocreate_text_free(text);
}

static void says(cocreate_store *store, const char *command, cocreate_status status,
                 const char *format, const char *to)
{
    char text[240];
    snprintf(text, sizeof text, format, award_to(store, to));
    refused(store, command, status, text);
}

static void are_accepted_and_paid(void **state)
{
    (void)state;
    cocreate_store *store = awarded(PRIZES(
        ",'lifecycle':{'accept_days':10,'hold_days':3,'claim_expiry_days':61,'verify':['identity']}"));
    explains(store, award_to(store, "c1"),
             "\"It is to be accepted before 1970-01-11T00:00:00.000200Z.\"");
    says(store, ORDER(201, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"),
         COCREATE_ERR_REFUSED, "award '%s' is not accepted", "c1");
    says(store, ORDER(201, "c2", "award.accept", "'award':'%s'", "c1"), COCREATE_ERR_PERMISSION,
         "award '%s' is not that of 'c2'", "c1");
    done(store, ORDER(202, "c1", "award.accept", "'award':'%s'", "c1"));
    exists(store, ORDER(202, "c1", "award.accept", "'award':'%s'", "c1"));
    done(store, ORDER(203, "firm", "award.accept", "'award':'%s'", "c2"));
    says(store, ORDER(204, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"),
         COCREATE_ERR_REFUSED, "award '%s' is held until 1970-01-04T00:00:00.000200Z", "c1");
    says(store, ORDER(4 * DAY, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"),
         COCREATE_ERR_REFUSED, "award '%s': the identity of 'c1' is not verified", "c1");
    refused(store,
            ORDER(4 * DAY, "firm", "award.verify",
                  "'reward':'prize','participant':'nobody','facts':{'verified':true}", NULL),
            COCREATE_ERR_NOT_FOUND, "no participant 'nobody'");
    for (int k = 0; k < 2; k++) {
        const char *verify = ORDER(4 * DAY, "firm", "award.verify",
                                   k ? "'reward':'prize','participant':'c2','facts':{'verified':true}"
                                     : "'reward':'prize','participant':'c1','facts':{'verified':true}",
                                   NULL);
        done(store, verify);
        exists(store, verify);
    }
    done(store, ORDER(4 * DAY, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"));
    exists(store, ORDER(4 * DAY, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"));
    refused(store, ORDER(4 * DAY, "firm", "award.pay", "'award':'%s','reference':'p1'", "c2"),
            COCREATE_ERR_CONFLICT, "reference 'p1' is that of another payment");
    shows(store, "x", BALANCE("cash:bank", 50000));
    explains(store, award_to(store, "c1"), "\"Paid by 'bank' with reference 'p1'.\"");
    /* c3 never answered; c2 accepted, but was not paid in time. */
    refused(store, ORDER(5 * DAY, "firm", "reward.close", "'reward':'prize'", NULL),
            COCREATE_ERR_REFUSED, NULL);
    done(store, ORDER(11 * DAY, "firm", "award.expire", "'reward':'prize'", NULL));
    exists(store, ORDER(11 * DAY, "firm", "award.expire", "'reward':'prize'", NULL));
    shows(store, "x", BALANCE("escrow:prize:f", 20000));
    explains(store, award_to(store, "c3"), "\"It is expired, because: not accepted in time\"");
    done(store, ORDER(62 * DAY, "firm", "award.expire", "'reward':'prize'", NULL));
    done(store, ORDER(62 * DAY, "firm", "reward.close", "'reward':'prize'", NULL));
    exists(store, ORDER(62 * DAY, "firm", "reward.close", "'reward':'prize'", NULL));
    shows(store, "x", BALANCE("sponsor:budget", -50000));
    verified_close(store);
}

static void are_declined_to_the_next(void **state)
{
    (void)state;
    cocreate_store *store = awarded(PRIZES(",'lifecycle':{'on_decline':'promote'}"));
    done(store, ORDER(201, "c1", "award.decline", "'award':'%s','reason':'conflict of interest'",
                      "c1"));
    exists(store, ORDER(201, "c1", "award.decline", "'award':'%s','reason':'conflict of interest'",
                        "c1"));
    shows(store, "x", BALANCE("payable:c2", 50000));
    shows(store, "x", BALANCE("payable:c3", 30000));
    shows(store, "x", BALANCE("payable:c4", 20000));
    says(store, ORDER(202, "firm", "award.pay", "'award':'%s','reference':'p'", "c1"),
         COCREATE_ERR_REFUSED, "award '%s' is declined", "c1");
    explains(store, award_to(store, "c1"), "\"It is declined, because: conflict of interest\"");
    verified_close(store);
}

static void are_shared_among_the_others(void **state)
{
    (void)state;
    cocreate_store *store = awarded(PRIZES(",'lifecycle':{'on_decline':'redistribute'}"));
    done(store, ORDER(201, "c3", "award.decline", "'award':'%s'", "c3"));
    shows(store, "x", BALANCE("payable:c1", 62500));
    shows(store, "x", BALANCE("payable:c2", 37500));
    verified_close(store);
}

static void are_deducted_from(void **state)
{
    (void)state;
    cocreate_store *store = awarded(
        PRIZES(",'deductions':[{'id':'fee','rate':'0.05','account':'fees:platform'},{'id':'wht',"
               "'rate':'0.30','where':'payee.class=NRA','account':'withheld:tax:US'}]"));
    shows(store, "x", BALANCE("fees:platform", 5000));
    shows(store, "x", BALANCE("payable:c1", 47500));
    explains(store, award_to(store, "c1"),
             "\"Of it 25.00 is deducted as 'fee' and goes to 'fees:platform'.\"");
    done(store, ORDER(201, "firm", "award.verify",
                      "'reward':'prize','participant':'c1','facts':{'class':'NRA'}", NULL));
    shows(store, "x", BALANCE("payable:c1", 32500));
    shows(store, "x", BALANCE("withheld:tax:US", 15000));
    done(store, ORDER(202, "firm", "award.pay", "'award':'%s','reference':'p'", "c1"));
    shows(store, "x", BALANCE("cash:bank", 32500));
    verified_close(store);
}

/* The winner is paid, then disqualified: the others move up as far as there is cash. */
static void are_made_again(void **state)
{
    (void)state;
    cocreate_store *store = awarded(PRIZES(""));
    refused(store, ORDER(201, "firm", "award.adjust", "'reward':'other'", NULL),
            COCREATE_ERR_NOT_FOUND, "the campaign has no reward 'other'");
    refused(store,
            ORDER(201, "firm", "award.adjust", "'reward':'prize','disqualify':['z']", NULL),
            COCREATE_ERR_NOT_FOUND, "$.disqualify[0]: no contribution 'z'");
    exists(store, ORDER(201, "firm", "award.adjust", "'reward':'prize'", NULL));
    done(store, ORDER(202, "firm", "award.pay", "'award':'%s','reference':'p1'", "c1"));
    const char *adjust = ORDER(203, "firm", "award.adjust",
                               "'reward':'prize','disqualify':['a'],'reason':'bought votes'", NULL);
    refused(store, adjust, COCREATE_ERR_REFUSED,
            "rule 'win', 'c2': 200.00 more is due, but only 0.00 of fund 'f' is there to spend");
    done(store, ORDER(204, "firm", "reward.fund",
                      "'reward':'prize','fund':'f','minor':50000,'reference':'more'", NULL));
    exists(store, ORDER(204, "firm", "reward.fund",
                        "'reward':'prize','fund':'f','minor':50000,'reference':'more'", NULL));
    refused(store, ORDER(204, "firm", "reward.fund",
                         "'reward':'prize','fund':'f','minor':5,'reference':'more'", NULL),
            COCREATE_ERR_CONFLICT, "the key \"deposit:more\" exists with other content");
    adjust = ORDER(205, "firm", "award.adjust",
                   "'reward':'prize','disqualify':['a'],'reason':'bought votes'", NULL);
    done(store, adjust);
    exists(store, adjust);
    shows(store, "x", BALANCE("payable:c2", 50000));
    shows(store, "x", BALANCE("payable:c4", 20000));
    shows(store, "x", BALANCE("receivable:clawback:c1", -50000));
    shows(store, "x", BALANCE("escrow:prize:f", 50000));
    explains(store, award_to(store, "c1"), "\"It was paid, and 'c1' owes 500.00 of it.\"");
    done(store, ORDER(206, "firm", "award.recover",
                      "'award':'%s','minor':30000,'reference':'back'", "c1"));
    exists(store, ORDER(206, "firm", "award.recover",
                        "'award':'%s','minor':30000,'reference':'back'", "c1"));
    done(store, ORDER(207, "firm", "award.forgive",
                      "'award':'%s','minor':20000,'reference':'board 7'", "c1"));
    shows(store, "x", BALANCE("cash:bank", 20000));
    /* A selected contribution that is disqualified alone changes nothing of the money. */
    done(store, ORDER(208, "firm", "award.reverse", "'award':'%s','reason':'by mistake'", "c3"));
    verified_close(store);
}

/* Payments take as long each when there are many as when there are few: the journal is read once. */
static void many_are_paid(void **state)
{
    (void)state;
    cocreate_store *store = awarded(
        ",'rewards':[{'id':'thanks','round':'r','scheme':{'scheme':'cocreate.incentives/1',"
        "'currency':'USD','funds':[{'id':'f','budget':'50.00'}],'rules':[{'id':'w','kind':"
        "'threshold_award','fund':'f','metric':'selected','each':'10.00','max_awards':5}]}}]");
    static const char *const people[] = {"c1", "c2", "c3", "c4", "c5"};
    for (int i = 0; i < 5; i++) {
        char more[80];
        snprintf(more, sizeof more, "'award':'%%s','reference':'p%d'", i);
        done(store, ORDER(201 + i, "firm", "award.pay", more, people[i]));
    }
    shows(store, "x", BALANCE("cash:bank", 5000));
    shows(store, "x", "'entries':11");
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(are_accepted_and_paid),   cmocka_unit_test(are_declined_to_the_next),
        cmocka_unit_test(are_shared_among_the_others),
        cmocka_unit_test(are_deducted_from),       cmocka_unit_test(are_made_again),
        cmocka_unit_test(many_are_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
