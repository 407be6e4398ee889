/* Real campaigns from brief to ledger, with public facts. Sources beside each. */
#include "commands.h"

#define WEEK INT64_C(604800000000)

static void put_participant(cocreate_store *store, int64_t at, const char *id, const char *side)
{
    assert_status(cocreate_participant_put(store, at, "host", id, side, NULL, &check_error),
                  COCREATE_OK);
}

/* Netflix Prize, 26 July 2009: BellKor's Pragmatic Chaos at 18:18:28 UTC and The Ensemble 20 minutes
 * later; test RMSE 0.856704 and 0.856714, both 0.8567 as the rules round; the earlier one wins.
 * Source: the contest's rules and leaderboard; Wikipedia, "Netflix Prize". */
static void netflix_prize(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    done(store, "{'at':'2006-10-02T00:00:00Z','actor':'host','do':'participant.put',"
                "'participant':'netflix','side':'firm'}");
    int64_t begin = INT64_C(1159747200000000); /* 2006-10-02 */
    put_participant(store, begin, "bellkor", "public");
    put_participant(store, begin, "bigchaos", "public");
    put_participant(store, begin, "pragmatic", "public");
    put_participant(store, begin, "ensemble", "public");
    done(store, "{'at':'2006-10-02T00:00:00Z','actor':'netflix','do':'campaign.create',"
                "'campaign':'netflix-prize','preset':'netflix_prize'}");
    done(store, "{'at':'2006-10-02T00:00:00Z','actor':'netflix','do':'campaign.publish',"
                "'campaign':'netflix-prize'}");
#define ENTRY "'fields':{'predictions':'sha256:" \
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'},'terms':'v1'"
    done(store,
         "{'at':'2009-06-26T18:42:37Z','actor':'bellkor','do':'contribution.submit','campaign':"
         "'netflix-prize','contribution':'pragmatic-chaos','authors':[{'participant':'bellkor',"
         "'share':'1/3'},{'participant':'bigchaos','share':'1/3'},{'participant':'pragmatic',"
         "'share':'1/3'}]," ENTRY "}");
    /* The first beyond 10 %: the contest closes 30 days later. */
    done(store, "{'at':'2009-06-26T18:42:37Z','actor':'netflix','do':'run.record','campaign':"
                "'netflix-prize','round':'rmse','contribution':'pragmatic-chaos','run':'first',"
                "'value':'0.8558','private':'0.8571'}");
    shows(store, "netflix-prize", "{'closes':1248633757000000,'id':'contest'"); /* 2009-07-26T18:42:37 */
    done(store, "{'at':'2009-07-25T00:00:00Z','actor':'ensemble','do':'contribution.submit',"
                "'campaign':'netflix-prize','contribution':'the-ensemble'," ENTRY "}");
    done(store, "{'at':'2009-07-26T18:18:28Z','actor':'netflix','do':'run.record','campaign':"
                "'netflix-prize','round':'rmse','contribution':'pragmatic-chaos','run':'final',"
                "'value':'0.8554','private':'0.856704'}");
    refused(store,
            "{'at':'2009-07-26T18:20:00Z','actor':'netflix','do':'run.record','campaign':"
            "'netflix-prize','round':'rmse','contribution':'pragmatic-chaos','run':'again',"
            "'value':'0.8','private':'0.8'}",
            COCREATE_ERR_REFUSED,
            "$.limits[0]: contribution 'pragmatic-chaos' has 1 of at most 1 run before 2009-07-27T00:00:00Z");
    done(store, "{'at':'2009-07-26T18:38:22Z','actor':'netflix','do':'run.record','campaign':"
                "'netflix-prize','round':'rmse','contribution':'the-ensemble','run':'final',"
                "'value':'0.8553','private':'0.856714'}");
    refused(store,
            "{'at':'2009-09-18T00:00:00Z','actor':'netflix','do':'decision.make','campaign':"
            "'netflix-prize','round':'verify','contribution':'the-ensemble','verdict':'select'}",
            COCREATE_ERR_REFUSED,
            "$.rounds[1].in_turn: it is the turn of 'pragmatic-chaos' until before "
            "2009-10-24T18:42:37Z, not of 'the-ensemble'");
    done(store, "{'at':'2009-09-18T00:00:00Z','actor':'netflix','do':'decision.make','campaign':"
                "'netflix-prize','round':'verify','contribution':'pragmatic-chaos','verdict':'select'}");
    shows(store, "netflix-prize",
          "'ties':[{'options':['pragmatic-chaos','the-ensemble'],'order':['pragmatic-chaos',"
          "'the-ensemble'],'step':'earliest'}]");
    shows(store, "netflix-prize", "'selected':['pragmatic-chaos']");
    /* A million among three, to the cent: 333,333.34 + 2 x 333,333.33. */
    shows(store, "netflix-prize",
          "'balances':[{'account':'escrow:progress:yearly','currency':'USD','minor':20000000},"
          "{'account':'payable:bellkor','currency':'USD','minor':33333334},"
          "{'account':'payable:bigchaos','currency':'USD','minor':33333333},"
          "{'account':'payable:pragmatic','currency':'USD','minor':33333333},"
          "{'account':'sponsor:budget','currency':'USD','minor':-120000000}]");
    verified_close(store);
}

/* A Threadless week by the preset: two designs printed, 2,000.00 USD and 500.00 of credit each. */
static void threadless_week(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    char command[512];
    put_participant(store, 0, "staff", "firm");
    done(store, "{'at':0,'actor':'staff','do':'campaign.create','campaign':'week','preset':"
                "'threadless_2007'}");
    done(store, "{'at':0,'actor':'staff','do':'campaign.publish','campaign':'week'}");
    for (int i = 0; i < 4; i++) {
        char id[] = {'d', (char)('0' + i), '\0'};
        put_participant(store, 2, id, "customer");
        snprintf(command, sizeof command,
                 "{'at':2,'actor':'%s','do':'contribution.submit','campaign':'week',"
                 "'contribution':'tee-%d','fields':{'colors':%d,'template':'t-shirt'},"
                 "'terms':'v1'}",
                 id, i, i + 1);
        done(store, command);
        snprintf(command, sizeof command,
                 "{'at':2,'actor':'staff','do':'contribution.screen','campaign':'week',"
                 "'contribution':'tee-%d','verdict':'%s'%s}",
                 i, i == 3 ? "decline" : "accept", i == 3 ? ",'reason':'a logo'" : "");
        done(store, command);
    }
    shows(store, "week", "'contribution':'tee-3','released_at':2,'state':'released'");
    put_participant(store, 3, "fan", "public");
    static const int marks[] = {5, 2, 4}; /* each design by itself, in its seven days */
    for (int i = 0; i < 3; i++) {
        snprintf(command, sizeof command,
                 "{'at':3,'actor':'fan','do':'ballot.cast','campaign':'week','round':'crowd',"
                 "'ballot':{'tee-%d':%d}}",
                 i, marks[i]);
        done(store, command);
    }
    static const char *const printed[] = {"tee-0", "tee-2"};
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "{'at':%lld,'actor':'staff','do':'decision.make','campaign':'week','round':"
                 "'staff','contribution':'%s','verdict':'select'}",
                 (long long)(2 * WEEK), printed[i]);
        done(store, command);
    }
    shows(store, "week", "{'account':'payable:d0','currency':'USD','minor':200000}"); /* at once */
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'staff','do':'round.certify','campaign':'week','round':'staff'}",
             (long long)(25 * WEEK));
    done(store, command);
    shows(store, "week",
          "'balances':[{'account':'payable:d0','currency':'CREDIT','minor':50000},"
          "{'account':'payable:d2','currency':'CREDIT','minor':50000},"
          "{'account':'sponsor:budget','currency':'CREDIT','minor':-100000},"
          "{'account':'payable:d0','currency':'USD','minor':200000},"
          "{'account':'payable:d2','currency':'USD','minor':200000},"
          "{'account':'sponsor:budget','currency':'USD','minor':-400000}]");
    shows(store, "week", "'mode':'co-designing'");   /* declared */
    shows(store, "week", "'final_lead':'firm','mode':'submitting'"); /* measured */
    verified_close(store);
}

/* Feedback with prizes by the preset: 100.00 for the best, 100.00 for the most creative. */
static void feedback_prizes(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    char command[512];
    put_participant(store, 0, "shop", "firm");
    put_participant(store, 0, "ana", "customer");
    put_participant(store, 0, "bo", "customer");
    done(store, "{'at':0,'actor':'shop','do':'campaign.create','campaign':'f','preset':"
                "'feedback_prizes'}");
    done(store, "{'at':0,'actor':'shop','do':'campaign.publish','campaign':'f'}");
    assert_status(cocreate_contribution_submit(store, "f", 1, "ana", "a", "{\"feedback\":\"x\"}",
                                               "v1", &check_error),
                  COCREATE_OK);
    assert_status(cocreate_contribution_submit(store, "f", 1, "bo", "b", "{\"feedback\":\"y\"}",
                                               "v1", &check_error),
                  COCREATE_OK);
    static const char *const verdicts[][2] = {{"best", "b"}, {"most_creative", "a"}};
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "{'at':%lld,'actor':'shop','do':'decision.make','campaign':'f','round':'%s',"
                 "'contribution':'%s','verdict':'select'}",
                 (long long)(2 * WEEK), verdicts[i][0], verdicts[i][1]);
        done(store, command);
    }
    assert_status(cocreate_tick(store, 4 * WEEK, &check_error), COCREATE_OK);
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "{'at':%lld,'actor':'shop','do':'round.certify','campaign':'f','round':'%s'}",
                 (long long)(4 * WEEK), verdicts[i][0]);
        done(store, command);
    }
    shows(store, "f", "'balances':[{'account':'payable:ana','currency':'USD','minor':10000},"
                      "{'account':'payable:bo','currency':'USD','minor':10000},"
                      "{'account':'sponsor:budget','currency':'USD','minor':-20000}]");
    verified_close(store);
}

/* The citizens' budget of Zandka (Zabrze, 2020): 150,000 PLN, one approval a voter. Facts from
 * Pabulib, poland_zabrze_2020_zandka.pb. By votes: P0097 (74 votes, 50,000) is funded, P0016 (45,
 * 129,000) does not fit, P0015 (36, 55,000) is funded, P0055 (none, 41,000) still fits. */
static const struct {
    const char *id, *name;
    int cost, votes;
} zandka[] = {
    {"P0015", "Traditional lighting", 55000, 36},
    {"P0016", "A pavement of paving stones", 129000, 45},
    {"P0055", "Housing for waste containers", 41000, 0},
    {"P0097", "A new playground", 50000, 74},
};

static void citizens_budget(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    char command[512];
    int voter = 0;
    put_participant(store, 0, "city", "firm");
    refused(store,
            "{'at':0,'actor':'city','do':'campaign.create','campaign':'zandka','brief':{"
            "'brief':'cocreate.brief/1','title':'T','mode':'collaborating','contributors':"
            "['public'],'phases':[{'id':'vote','after_us':0,'for_us':10,'allows':['vote']}],"
            "'rounds':[{'id':'b','lead':'customer','phase':'vote','instrument':'approve',"
            "'electorate':['public'],'method':'greedy','budget':'150000'}],'rewards':[{"
            "'id':'w','round':'b','scheme':{'scheme':'cocreate.incentives/1','currency':'PLN',"
            "'funds':[{'id':'f','budget':'150000.00'}],'rules':[{'id':'g','kind':"
            "'direct_grant','fund':'f'}]}}]}}",
            COCREATE_ERR_SCHEMA,
            "$.brief.rounds[0].budget: '150000' has 0 decimals, PLN, which reward 'w' pays in, has "
            "2");
    done(store,
         "{'at':0,'actor':'city','do':'campaign.create','campaign':'zandka','brief':{"
         "'brief':'cocreate.brief/1','title':'Citizens budget','mode':'collaborating',"
         "'control':'open','contributors':['public'],'extra_fields':true,'phases':["
         "{'id':'propose','after_us':0,'for_us':10,'allows':['submit']},"
         "{'id':'vote','after_us':10,'for_us':10,'allows':['vote']}],'rounds':[{'id':'budget',"
         "'lead':'customer','phase':'vote','instrument':'approve','electorate':['public'],"
         "'choices':[1,1],'method':'greedy','budget':'150000.00','cut':'winners',"
         "'certify':'auto'}],'rewards':[{'id':'works','round':'budget','scheme':{"
         "'scheme':'cocreate.incentives/1','currency':'PLN','funds':[{'id':'city',"
         "'budget':'150000.00'}],'rules':[{'id':'fund','kind':'direct_grant','fund':'city'}]}}]}}");
    done(store, "{'at':0,'actor':'city','do':'campaign.publish','campaign':'zandka'}");
    for (size_t i = 0; i < sizeof zandka / sizeof *zandka; i++) {
        char author[32];
        snprintf(author, sizeof author, "author-%zu", i);
        put_participant(store, 1, author, "public");
        snprintf(command, sizeof command,
                 "{'at':1,'actor':'%s','do':'contribution.submit','campaign':'zandka',"
                 "'contribution':'%s','title':'%s','cost':%d}",
                 author, zandka[i].id, zandka[i].name, zandka[i].cost * 100);
        done(store, command);
    }
    for (size_t i = 0; i < sizeof zandka / sizeof *zandka; i++)
        for (int k = 0; k < zandka[i].votes; k++) {
            char id[24];
            snprintf(id, sizeof id, "voter-%d", voter++);
            put_participant(store, 10, id, "public");
            assert_status(cocreate_vote(store, "zandka", "budget", 10, id,
                                        (const char *const[]){zandka[i].id}, NULL, 1,
                                        &check_error),
                          COCREATE_OK);
        }
    assert_int_equal(voter, 155);
    assert_status(cocreate_tick(store, 20, &check_error), COCREATE_OK);
    shows(store, "zandka", "'ballots':{'count':155,'distinct':3,'empty':0,'valid':155,'weight':'155'}");
    shows(store, "zandka", "'selected':['P0097','P0015','P0055']");
    /* 50,000 + 55,000 + 41,000 = 146,000; 4,000 go back. */
    shows(store, "zandka",
          "'balances':[{'account':'payable:author-0','currency':'PLN','minor':5500000},"
          "{'account':'payable:author-2','currency':'PLN','minor':4100000},"
          "{'account':'payable:author-3','currency':'PLN','minor':5000000},"
          "{'account':'sponsor:budget','currency':'PLN','minor':-14600000}]");
    verified_close(store);
}

#define LONG_ID                                                                                  \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                           \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* Ids of the greatest length reach the journal; a cancelled campaign returns its money. */
static void long_ids_and_cancelled_money(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    put_participant(store, 0, "firm", "firm");
    put_participant(store, 0, LONG_ID, "customer");
#define LONG_BRIEF                                                                               \
    "'brief':{'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':"           \
    "['customer'],'phases':[{'id':'p','after_us':0,'for_us':10,'allows':['submit','decide']}],"    \
    "'rounds':[{'id':'r','lead':'firm','phase':'p','select':[0,1],'certify':'auto'}],'rewards':["  \
    "{'id':'" LONG_ID "','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':'EUR'," \
    "'funds':[{'id':'" LONG_ID "','budget':'1.00'}],'rules':[{'id':'g','kind':'threshold_award',"  \
    "'fund':'" LONG_ID "','metric':'selected','each':'1.00','max_awards':1}]}}]}"
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'a'," LONG_BRIEF "}");
    done(store, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'b'," LONG_BRIEF "}");
    done(store, "{'at':1,'actor':'firm','do':'campaign.publish','campaign':'b'}");
    shows(store, "b", "'account':'escrow:" LONG_ID ":" LONG_ID "','currency':'EUR','minor':100");
    done(store, "{'at':2,'actor':'firm','do':'campaign.cancel','campaign':'b','reason':'moved'}");
    shows(store, "b", "'balances':[],");
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(netflix_prize),
        cmocka_unit_test(threadless_week),
        cmocka_unit_test(feedback_prizes),
        cmocka_unit_test(citizens_budget),
        cmocka_unit_test(long_ids_and_cancelled_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
