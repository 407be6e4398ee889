/* Money beyond certified rounds: royalties period by period, the prize of a contest in which nobody was
 * chosen, fees. Every store is verified at the end. */
#include "rounds.h"

#define RANK "{'id':'r','lead':'customer','instrument':'rank','method':'borda','phase':'vote'," \
             "'certify':'auto','cut':{'top':1}}"
/* LEGO Ideas: 1 % of the net sales of the set that was chosen. */
#define ROYALTY                                                                                \
    ",'rewards':[{'id':'sales','on':'period','round':'r','scheme':{'scheme':"                      \
    "'cocreate.incentives/1','currency':'USD','funds':[{'id':'net','source':'revenue'}],"         \
    "'rules':[{'id':'royalty','kind':'royalty','fund':'net','base':'net','rate':'0.01'}]}}]"
#define SOLD(at, period, rows)                                                                 \
    "{'at':" #at ",'actor':'firm','do':'reward.evaluate','campaign':'x','reward':'sales',"        \
    "'period':'" period "','lists':{'sales':[" rows "]}}"
#define BALANCE(account, minor) "{'account':'" account "','currency':'USD','minor':" #minor "}"

/* spec: 12345678 cents of net sales give 6172839/50 cents: 123456 are paid, 39/50 are carried. */
static void carry_what_is_less_than_a_cent(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(NULL, RANK, ROYALTY);
    ballot(store, "c6", "{'a':1,'b':2}");
    refused(store, SOLD(150, "Q1", "{'entry':'a','gross':'123456.78'}"), COCREATE_ERR_REFUSED,
            "$.rewards[0].round: round 'r' is open; the reward follows its certification");
    done(store, "{'at':200,'actor':'host','do':'tick'}");
    done(store, SOLD(210, "Q1", "{'entry':'a','gross':'123456.78'}"));
    exists(store, SOLD(211, "Q1", "{'entry':'a','gross':'123456.78'}"));
    refused(store, SOLD(212, "Q1", "{'entry':'a','gross':'1.00'}"), COCREATE_ERR_CONFLICT,
            "period 'Q1' was evaluated with other 'lists'; what was wrong in it is corrected in the "
            "next");
    shows(store, "x", BALANCE("payable:c1", 123456));
    /* 0.78 of a cent is carried; 22 cents sold add 0.22 of one. */
    done(store, SOLD(220, "Q2", "{'entry':'a','gross':'0.22'}"));
    shows(store, "x", BALANCE("payable:c1", 123457));
    /* Nothing sold pays nothing, and is a period all the same. */
    done(store, "{'at':230,'actor':'firm','do':'reward.evaluate','campaign':'x','reward':'sales',"
                "'period':'Q3','lists':{'sales':[]}}");
    shows(store, "x", BALANCE("payable:c1", 123457));
    shows(store, "x", BALANCE("sponsor:budget", -123457));
    verified_close(store);
}

static void name_what_is_wrong(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(NULL, RANK, ROYALTY);
    ballot(store, "c6", "{'a':1,'b':2}");
    done(store, "{'at':200,'actor':'host','do':'tick'}");
    refused(store, SOLD(210, "Q1", "{'entry':'z','gross':'1.00'}"), COCREATE_ERR_SCHEMA,
            "$.lists.sales[0].entry: no entry has the id \"z\"");
    refused(store, "{'at':210,'actor':'firm','do':'reward.evaluate','campaign':'x','reward':"
                   "'sales','period':'Q1','lists':{'entries':[]}}",
            COCREATE_ERR_SCHEMA, "$.lists.entries: is kept by the campaign");
    refused(store, "{'at':210,'actor':'firm','do':'reward.evaluate','campaign':'x','reward':"
                   "'other','period':'Q1'}",
            COCREATE_ERR_NOT_FOUND, "the campaign has no reward 'other'");
    refused(store, "{'at':210,'actor':'c1','do':'reward.evaluate','campaign':'x','reward':"
                   "'sales','period':'Q1'}",
            COCREATE_ERR_PERMISSION, NULL);
    verified_close(store);
}

/* ---- a guaranteed prize (99designs) ---- */

#define FIRM(id, phase, candidates, most)                                                      \
    "{'id':'" id "','lead':'firm','phase':'" phase "','candidates':" candidates                 \
    ",'select':[1," #most "],'certify':'auto'}"
#define CONTEST                                                                               \
    ",'rewards':[{'id':'prize','round':'winner','guarantee':'finalists','default':{'after_us':50," \
    "'among':[{'round':'finalists'},'contributors']},'scheme':{'scheme':'cocreate.incentives/1',"  \
    "'currency':'USD','funds':[{'id':'f','budget':'100.00'}],'rules':[{'id':'win','kind':"        \
    "'winner_takes_all','fund':'f','prize':'100.00'}]}}]"

static cocreate_store *contest(void)
{
    cocreate_store *store = open_store_with(NULL, NULL);
    done(store, ROUND_FIRM);
    for (int i = 1; i <= 4; i++) {
        char command[256];
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d',"
                 "'side':'customer'}",
                 i);
        done(store, command);
    }
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
                "'brief':'cocreate.brief/1','title':'A logo','mode':'tinkering',"
                "'contributors':['customer'],'kinds':['entry','comment'],'phases':["
                "{'id':'in','after_us':0,'for_us':90,'allows':['submit','comment']},"
                "{'id':'short','after_us':90,'for_us':10,'allows':['decide']},"
                "{'id':'final','after_us':100,'for_us':100,'allows':['decide']}],"
                "'rounds':[" FIRM("finalists", "short", "'published'", 3) ","
                FIRM("winner", "final", "{'round':'finalists'}", 1) "]" CONTEST "}}");
    done(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 1; i <= 4; i++) {
        char command[256];
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x',"
                 "'contribution':'%c'}",
                 10 + i, i, 'a' + i - 1);
        done(store, command);
    }
    /* Who comments takes no part. */
    done(store, "{'at':20,'actor':'firm','do':'contribution.submit','campaign':'x','contribution':'z',"
                "'kind':'comment','reply_to':'a'}");
    return store;
}

#define SELECT(at, round, id)                                                                  \
    "{'at':" #at ",'actor':'firm','do':'decision.make','campaign':'x','round':'" round          \
    "','contribution':'" id "','verdict':'select'}"
#define SHARE(at)                                                                              \
    "{'at':" #at ",'actor':'firm','do':'reward.default','campaign':'x','reward':'prize',"         \
    "'fund':'f'}"

static void is_shared_where_nobody_is_chosen(void **state)
{
    (void)state;
    cocreate_store *store = contest();
    done(store, SELECT(101, "finalists", "a"));
    done(store, SELECT(101, "finalists", "c"));
    done(store, SELECT(101, "finalists", "d"));
    done(store, "{'at':115,'actor':'host','do':'tick'}");
    refused(store, "{'at':120,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'-'}",
            COCREATE_ERR_REFUSED,
            "$.rewards[0].guarantee: round 'finalists' chose 3, and reward 'prize' is promised "
            "since");
    refused(store, SHARE(150), COCREATE_ERR_REFUSED,
            "$.rewards[0].default: round 'winner' is open; only where it failed is the prize "
            "shared");
    done(store, "{'at':210,'actor':'host','do':'tick'}");
    refused(store, SHARE(240), COCREATE_ERR_REFUSED,
            "$.rewards[0].default.after_us: the prize is shared from 1970-01-01T00:00:00.000260Z "
            "on");
    done(store, SHARE(260));
    exists(store, SHARE(261));
    /* 10,000 cents among three: the smallest id takes the cent that is left. */
    shows(store, "x", BALANCE("payable:c1", 3334));
    shows(store, "x", BALANCE("payable:c3", 3333));
    shows(store, "x", BALANCE("payable:c4", 3333));
    verified_close(store);
}

/* Who is an author of two finalists has one share. */
static void coauthors_share_once(void **state)
{
    (void)state;
    cocreate_store *store = contest();
    done(store, "{'at':21,'actor':'firm','do':'campaign.amend','campaign':'x','reason':'-','brief':"
                "{'team_max':2}}");
    done(store, "{'at':22,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':'e',"
                "'authors':[{'participant':'c1'},{'participant':'c2'}]}");
    done(store, SELECT(101, "finalists", "a"));
    done(store, SELECT(101, "finalists", "e"));
    done(store, SELECT(101, "finalists", "d"));
    done(store, "{'at':210,'actor':'host','do':'tick'}");
    done(store, SHARE(260));
    shows(store, "x", BALANCE("payable:c1", 3334));
    shows(store, "x", BALANCE("payable:c2", 3333));
    shows(store, "x", BALANCE("payable:c4", 3333));
    verified_close(store);
}

/* Without finalists those who took part share. */
static void is_shared_by_all_without_finalists(void **state)
{
    (void)state;
    cocreate_store *store = contest();
    done(store, "{'at':210,'actor':'host','do':'tick'}");
    done(store, SHARE(260));
    for (int i = 1; i <= 4; i++) {
        char balance[80];
        snprintf(balance, sizeof balance,
                 "{'account':'payable:c%d','currency':'USD','minor':2500}", i);
        shows(store, "x", balance);
    }
    verified_close(store);
}

/* ---- fees ---- */

/* Quirky asked 10 dollars an idea, a Russian contest service 3,500 roubles a contest. */
static void are_paid_before_a_submission(void **state)
{
    (void)state;
    cocreate_store *store = open_store_with(NULL, NULL);
    static const char pay[] =
        "{'at':20,'actor':'firm','do':'fee.pay','campaign':'x','fee':'idea','participant':'%s',"
        "'reference':'p1'}";
    char command[300];
    done(store, ROUND_FIRM);
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'ann','side':"
                "'customer'}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
                "'brief':'cocreate.brief/1','title':'Ideas','mode':'collaborating',"
                "'contributors':['customer'],'fees':[{'id':'idea','on':'submit','currency':'USD',"
                "'amount':'10.00'},{'id':'activation','on':'publish','currency':'RUB','amount':"
                "'3500.00'}],'phases':[{'id':'in','after_us':0,'for_us':90,'allows':['submit']}]}}");
    done(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    shows(store, "x", "{'account':'fees:activation','currency':'RUB','minor':350000}");
    static const char submit[] = "{'at':%d,'actor':'ann','do':'contribution.submit','campaign':'x',"
                                 "'contribution':'%s'}";
    snprintf(command, sizeof command, submit, 15, "a");
    refused(store, command, COCREATE_ERR_REFUSED,
            "$.fees[0]: a submission costs 10.00 USD; 'ann' has paid 0 and submitted 0: fee.pay "
            "first");
    snprintf(command, sizeof command, pay, "ann");
    done(store, command);
    exists(store, command);
    snprintf(command, sizeof command, pay, "firm");
    refused(store, command, COCREATE_ERR_CONFLICT, "reference 'p1' is that of a payment by 'ann'");
    shows(store, "x", BALANCE("fees:idea", 1000));
    shows(store, "x", BALANCE("cash:bank", -1000));
    snprintf(command, sizeof command, submit, 30, "a");
    done(store, command);
    exists(store, command);
    snprintf(command, sizeof command, submit, 31, "b");
    refused(store, command, COCREATE_ERR_REFUSED,
            "$.fees[0]: a submission costs 10.00 USD; 'ann' has paid 1 and submitted 1: fee.pay "
            "first");
    refused(store, "{'at':32,'actor':'firm','do':'fee.pay','campaign':'x','fee':'activation',"
                   "'participant':'ann','reference':'p2'}",
            COCREATE_ERR_REFUSED, "$.fees[1]: the firm pays 'activation' when it publishes");
    verified_close(store);
}

/* ---- what the campaign itself knows ---- */

/* Quadratic funding: one gift of 4.00 to a is matched by nothing, four of 1.00 to b by
 * (4 x 1)^2 - 4 = 12.00, by whatever channel they came; what was voided is no gift. */
static void match_the_pledges_of_a_round(void **state)
{
    (void)state;
    static const char *const channels[][2] = {{"", ""}, {",'channels':{'web':1,'tv':1}", ",'channel':'tv'"}};
    for (size_t i = 0; i < 2; i++) {
        char round[400], command[300];
        snprintf(round, sizeof round,
                 "{'id':'r','lead':'customer','instrument':'pledge','count_by':'amount','phase':'vote',"
                 "'certify':'auto','cut':'all'%s}",
                 channels[i][0]);
        cocreate_store *store = open_round_with(
            NULL, round,
            ",'rewards':[{'id':'match','round':'r','lists':{'gifts':{'round':'r'}},'scheme':{'scheme':"
            "'cocreate.incentives/1','currency':'USD','funds':[{'id':'pool','budget':'12.00'}],"
            "'rules':[{'id':'qf','kind':'quadratic_funding','fund':'pool','pool':'12.00'}]}}]");
        static const char *const gifts[][2] = {{"c5", "{'a':400}"}, {"c6", "{'b':100}"}, {"c7", "{'b':100}"},
                                               {"c8", "{'b':100}"}, {"c9", "{'b':100}"}, {"c4", "{'a':900}"}};
        for (size_t k = 0; k < sizeof gifts / sizeof *gifts; k++) {
            snprintf(command, sizeof command,
                     "{'at':150,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r'%s,'ballot':%s}",
                     gifts[k][0], channels[i][1], gifts[k][1]);
            done(store, command);
        }
        done(store, "{'at':160,'actor':'host','do':'ballot.void','campaign':'x','round':'r','voter':'c4',"
                    "'options':['a'],'reason':'card refused'}");
        done(store, "{'at':200,'actor':'host','do':'tick'}");
        shows(store, "x", BALANCE("payable:c2", 1200));
        verified_close(store);
    }
}

static void lists_are_checked(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"{'votes':{'round':'s'}}", "$.rewards[0].lists.votes: there is no round 's'"},
        {"{'lineage':1}", "$.rewards[0].lists.lineage: expected \"edges\""},
        {"{'sales':{'round':'r'}}",
         "$.rewards[0].lists.sales: the campaign knows votes, supports, pledges, gifts, ballots, facts, "
         "persons and lineage; other lists are reported"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char brief[1500], *at = brief;
        snprintf(brief, sizeof brief,
                 "{'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':"
                 "['customer'],'phases':[{'id':'vote','after_us':0,'for_us':90,'allows':['vote',"
                 "'submit']}],'rounds':[" RANK "],'rewards':[{'id':'p','round':'r','lists':%s,"
                 "'scheme':{'scheme':'cocreate.incentives/1','currency':'USD','funds':[{'id':'f',"
                 "'budget':'1.00'}],'rules':[{'id':'w','kind':'winner_takes_all','fund':'f','prize':"
                 "'1.00'}]}}]}",
                 wrong[i][0]);
        while ((at = strchr(at, '\'')) != NULL)
            *at = '"';
        assert_failure(cocreate_brief_check(NULL, brief, strlen(brief), NULL, &check_error),
                       COCREATE_ERR_SCHEMA, wrong[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carry_what_is_less_than_a_cent),
        cmocka_unit_test(name_what_is_wrong),
        cmocka_unit_test(is_shared_where_nobody_is_chosen),
        cmocka_unit_test(coauthors_share_once),
        cmocka_unit_test(is_shared_by_all_without_finalists),
        cmocka_unit_test(are_paid_before_a_submission),
        cmocka_unit_test(match_the_pledges_of_a_round),
        cmocka_unit_test(lists_are_checked),
    };
    return cmocka_run_group_tests_name("award_periods", tests, NULL, NULL) != 0;
}
