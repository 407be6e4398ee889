/* Invariants: each is looked for, and each is found broken where it is. What a campaign shows is a
 * document written by hand with one thing wrong; what the log tells, an event that no command would
 * write, put into a store that was sound before. */
#include "check.h"

#include <inttypes.h>
#include <stdio.h>

#include "campaign/check/check.h"

/* One invariant over one document: how many violations, and the text of the first. */
static uint64_t look(const char *id, const char *json, char first[400])
{
    cci_check k = {.id = id, .campaign = "x"};
    json_t *shown;
    char text[1000];
    size_t size = strlen(json);
    assert_true(size < sizeof text);
    for (size_t i = 0; i <= size; i++)
        text[i] = json[i] == '\'' ? '"' : json[i];
    assert_status(cci_json_parse(text, size, &shown, &check_error), COCREATE_OK);
    k.shown = shown;
    const cci_invariant *invariant = cci_invariants;
    while (invariant->id && strcmp(invariant->id, id) != 0)
        invariant++;
    assert_non_null(invariant->id);
    assert_status(invariant->look(&k, &check_error), COCREATE_OK);
    memcpy(first, k.first, sizeof k.first);
    json_decref(shown);
    return k.violations;
}

static const struct {
    const char *id, *whole, *broken, *text;
} cases[] = {
    {"counts", "{'counts':{'created':2,'live':1,'removed':1},'contributions':[{'state':'published'},"
               "{'state':'removed'}]}",
     "{'counts':{'created':2,'live':1,'removed':1},'contributions':[{'state':'published'}]}",
     "counts: campaign 'x': 1 are counted as removed, 0 are listed"},
    {"counts", "{'counts':{'created':0,'live':0},'contributions':[]}",
     "{'counts':{'created':3,'live':1,'removed':1},'contributions':[{'state':'published'},"
     "{'state':'removed'}]}",
     "counts: campaign 'x': 3 were created, the states sum to 2, 2 are listed"},
    {"counts", "{'counts':{'created':0,'live':0},'contributions':[],'kinds':{'idea':{'created':0}}}",
     "{'counts':{'created':0,'live':0},'contributions':[],'kinds':{'idea':{'created':1}}}",
     "counts: campaign 'x': 0 are counted as created, its kinds sum to 1"},
    {"shares", "{'contributions':[{'id':'a','authors':[{'share':1}]}],'edges':[]}",
     "{'contributions':[{'id':'a','authors':[{'share':1}]}],'edges':[{'from':'a','state':'accepted',"
     "'credit':'2/3'},{'from':'a','state':'accepted','credit':'1/2'},{'from':'a','state':'proposed',"
     "'credit':1}]}",
     "shares: contribution 'a': it credits others with more than the whole of it"},
    {"shares", "{'contributions':[{'id':'a','authors':[{'share':'1/3'},{'share':'2/3'}]}]}",
     "{'contributions':[{'id':'a','authors':[{'share':'1/3'},{'share':'1/3'}]}]}",
     "shares: contribution 'a': the shares of its authors do not sum to 1"},
    {"balances", "{'balances':[{'account':'a','currency':'USD','minor':5},{'account':'a','currency':"
                 "'EUR','minor':0},{'account':'b','currency':'USD','minor':-5}]}",
     "{'balances':[{'account':'a','currency':'USD','minor':5},{'account':'b','currency':'EUR',"
     "'minor':-5}]}",
     "balances: currency 'USD': its balances do not sum to 0"},
    {"floors", "{'balances':[{'account':'sponsor:budget','minor':-5},{'account':'payable:c','minor':5},"
               "{'account':'receivable:c','minor':-1}]}",
     "{'balances':[{'account':'payable:c','minor':-5}]}",
     "floors: account 'payable:c': its balance is on the wrong side of 0"},
    {"floors", "{'balances':[]}", "{'balances':[{'account':'receivable:c','minor':1}]}",
     "floors: account 'receivable:c': its balance is on the wrong side of 0"},
    {"pledges",
     "{'rounds':[{'id':'r','state':'certified','pledges':{'held':0,'captured':5}}],"
     "'balances':[{'account':'pledges:r:a','minor':5},{'account':'pledges:ra:a','minor':7}]}",
     "{'rounds':[{'id':'r','state':'certified','pledges':{'held':0,'captured':6}}],"
     "'balances':[{'account':'pledges:r:a','minor':5}]}",
     "pledges: round 'r': what it captured is not what the accounts have"},
    {"pledges", "{'rounds':[{'id':'r','state':'open','pledges':{'held':5,'captured':0}}]}",
     "{'rounds':[{'id':'r','state':'failed','pledges':{'held':5,'captured':0}}]}",
     "pledges: round 'r': it is over, and still holds pledges"},
    {"pledges", "{'rounds':[{'id':'r'}]}",
     "{'rounds':[{'id':'r','state':'tallied','pledges':{'held':0,'captured':5}}],"
     "'balances':[{'account':'pledges:r:a','minor':5}]}",
     "pledges: round 'r': it captured pledges, and is not certified"},
    {"merged", "{'contributions':[{'id':'a','state':'merged','into':'b'},{'id':'b'}]}",
     "{'contributions':[{'id':'a','state':'merged','into':'c'},{'id':'b'}]}",
     "merged: contribution 'a': it is merged into nothing that is there"},
    {"merged", "{'contributions':[]}",
     "{'contributions':[{'id':'a','state':'merged','into':'b'},{'id':'b','state':'merged','into':'a'}]}",
     "merged: contribution 'a': its merges never end"},
    {"pots",
     "{'balances':[{'account':'payable:c','currency':'USD','minor':5},{'account':'receivable:d',"
     "'currency':'USD','minor':-2}],'awards':[{'fund':'f','currency':'USD','state':'offered','minor':7,"
     "'net':5},{'fund':'f','currency':'USD','state':'reversed','minor':3,'paid':3,'recovered':1},"
     "{'fund':'f','currency':'USD','state':'paid','minor':9}]}",
     "{'balances':[{'account':'payable:c','currency':'USD','minor':5}],'awards':[{'fund':'f',"
     "'currency':'USD','state':'offered','minor':7}]}",
     "pots: currency 'USD': 5 minor units are payable, its awards sum to 7"},
    {"pots", "{'balances':[]}",
     "{'balances':[{'account':'receivable:c','currency':'USD','minor':-5}],'awards':[]}",
     "pots: currency 'USD': -5 minor units are receivable, its awards sum to 0"},
    {"paid",
     "{'brief':{'rights':{'effective':'on_payment'}},'awards':[{'id':'w','state':'paid','fund':'f',"
     "'paid_at':1,'entry':'a'}],'rights':[{'contribution':'a','state':'active'}]}",
     "{'brief':{'rights':{'effective':'on_payment'}},'awards':[{'id':'w','state':'paid','fund':'f',"
     "'paid_at':1,'entry':'a'}],'rights':[{'contribution':'a','state':'held'}]}",
     "paid: award 'w': it is paid, and the rights it pays for are not granted"},
    {"paid", "{'awards':[{'id':'w','state':'offered'}]}", "{'awards':[{'id':'w','state':'paid'}]}",
     "paid: award 'w': it is paid, and nothing tells when, or from what"},
    {"instants", "{'milestones':[{'contribution':'a','state':'waiting','deadline':9}]}",
     "{'milestones':[{'contribution':'a','state':'missed','deadline':9}]}",
     "instants: contribution 'a': its milestone was not judged at the deadline"},
    {"instants", "{'phases':[{'id':'p','state':'open','closes':9}]}",
     "{'phases':[{'id':'p','state':'closed','closes':9}]}",
     "instants: phase 'p': it was not closed when it closes"},
    {"missing", "{'rounds':[{'id':'r','result':{'method':'metric','places':[{'from':1,'score':7},"
                "{'from':2}]}}]}",
     "{'rounds':[{'id':'r','result':{'method':'metric','places':[{'from':1},{'from':2,'score':7}]}}]}",
     "missing: round 'r': a contribution without a value stands above one with a value"},
    {"places", "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':1}],'selected':['a']}}]}",
     "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':2}],'selected':['a']}}]}",
     "places: round 'r': a place lies outside of its list"},
    {"places", "{'rounds':[{'id':'r'}]}",
     "{'rounds':[{'id':'r','result':{'places':[{'id':'a','from':1,'to':1}],'selected':['b']}}]}",
     "places: round 'r': somebody selected has no place"},
    {"selected", "{'contributions':[{'id':'a','state':'selected'}],'rounds':[{'state':'certified',"
                 "'result':{'selected':['a']}}]}",
     "{'contributions':[{'id':'a','state':'selected'}],'rounds':[{'state':'annulled','result':{"
     "'selected':['a']}}]}",
     "selected: contribution 'a': it is selected, and no certified round selected it"},
};

static void each_is_found_broken(void **state)
{
    (void)state;
    char first[400];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(look(cases[i].id, cases[i].whole, first), 0);
        assert_true(look(cases[i].id, cases[i].broken, first) > 0);
        assert_string_equal(first, cases[i].text);
    }
}

/* A row that is changed behind the library's back is named, and nothing is given. */
static void a_changed_row_is_named(void **state)
{
    (void)state;
    static const char row[] = "{\"side\":\"firm\"}";
    cocreate_store *store = NULL;
    cocreate_text *text = NULL;
    cci_engine *e = NULL;
    json_t *doc;
    assert_status(cocreate_store_open(NULL, ":memory:", NULL, &store, &check_error), COCREATE_OK);
    assert_status(cocreate_participant_put(store, 0, "host", "ann", "customer", NULL, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_check(store, NULL, &text, &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text), "{\"checked\":1,\"id\":\"log\""));
    cocreate_text_free(text);
    text = NULL;
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    assert_status(cci_json_parse(row, sizeof row - 1, &doc, &check_error), COCREATE_OK);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    assert_status(cci_transaction_end(
                      e, cci_state_put(e, 0, CCI_KIND_PARTICIPANT, "ann", doc, &check_error),
                      &check_error),
                  COCREATE_OK);
    json_decref(doc);
    assert_status(cocreate_check(store, NULL, &text, &check_error), COCREATE_ERR_VERIFY);
    assert_null(text);
    assert_non_null(strstr(check_error.text, "log: participant 'ann': "));
    cocreate_store_close(store);
}

/* ---- what the log tells ---- */

/* "x": works a by c0 and b by c1 in [0, 10), round r by approvals of customers from 10 on, round l by
 * lot; c1 voted for a at 12. */
static const char *const story[] = {
    "{'at':0,'actor':'host','do':'participant.put','participant':'f0','side':'firm'}",
    "{'at':0,'actor':'host','do':'participant.put','participant':'c0','side':'customer'}",
    "{'at':0,'actor':'host','do':'participant.put','participant':'c1','side':'customer'}",
    "{'at':0,'actor':'host','do':'participant.put','participant':'p0','side':'partner'}",
    "{'at':0,'actor':'f0','do':'campaign.create','campaign':'x','brief':{'brief':'cocreate.brief/1',"
    "'title':'X','mode':'co-designing','contributors':['customer'],"
    "'form':[{'key':'n','type':'integer'}],'phases':["
    "{'id':'in','after_us':0,'for_us':10,'allows':['submit']},"
    "{'id':'vote','after_us':10,'for_us':10,'allows':['vote','decide']}],"
    "'rounds':[{'id':'r','lead':'customer','phase':'vote','instrument':'approve','method':'approval',"
    "'recast':false,'electorate':['customer'],'cut':'all'},"
    "{'id':'j','lead':'jury','phase':'vote','panel':['c0'],'select':[0,1]},"
    "{'id':'l','lead':'lot','phase':'vote','draw':{'winners':1,'alternates':0},"
    "'seed_commitment':'sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925'},"
    "{'id':'t','lead':'customer','phase':'vote','instrument':'label','labels':['y','n'],'accept':['y'],"
    "'electorate':['customer','partner'],'lease':{'for_us':5,'per_item':1}}],"
    "'visibility':{'contributions':'firm'}}}",
    "{'at':0,'actor':'f0','do':'campaign.publish','campaign':'x'}",
    "{'at':1,'actor':'c0','do':'contribution.submit','campaign':'x','contribution':'a'}",
    "{'at':2,'actor':'c1','do':'contribution.submit','campaign':'x','contribution':'b'}",
    "{'at':12,'actor':'c1','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}",
};

static char *quoted(const char *text, char *out)
{
    size_t i = 0;
    for (; text[i]; i++)
        out[i] = text[i] == '\'' ? '"' : text[i];
    out[i] = '\0';
    return out;
}

static cocreate_store *told_store(void)
{
    cocreate_store *store = NULL;
    char text[1500];
    assert_status(cocreate_store_open(NULL, ":memory:", NULL, &store, &check_error), COCREATE_OK);
    for (size_t i = 0; i < sizeof story / sizeof *story; i++)
        assert_status(cocreate_execute(store, quoted(story[i], text), strlen(story[i]), NULL,
                                       &check_error),
                      COCREATE_OK);
    return store;
}

/* An event into the log, past every rule, and without what it would do to the state. */
static void plant(cocreate_store *store, const char *event)
{
    cci_engine *e = NULL;
    json_t *document;
    cci_buffer payload;
    char text[1500];
    quoted(event, text);
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    assert_status(cci_json_parse(text, strlen(text), &document, &check_error), COCREATE_OK);
    json_int_t at = json_integer_value(json_object_get(document, "at"));
    cci_buffer_init(&payload, &e->allocator);
    assert_status(cci_json_canonical(document, &payload, &check_error), COCREATE_OK);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    assert_status(cci_transaction_end(e, cci_append(e, 4096, at, payload.data, payload.size,
                                                    &check_error),
                                      &check_error),
                  COCREATE_OK);
    cci_buffer_free(&payload);
    json_decref(document);
}

static uint64_t violations_of(cocreate_store *store, const char *id, char first[400])
{
    cci_check k = {0};
    assert_status(cci_engine_of(store, &k.e, &check_error), COCREATE_OK);
    assert_status(cci_check_store(&k, id, NULL, NULL, &check_error), COCREATE_OK);
    memcpy(first, k.first, sizeof k.first);
    return k.violations;
}

static const struct {
    const char *id, *events[3], *text;
} told[] = {
    {"ballots",
     {"{'type':'ballot.cast','at':13,'actor':'c1','campaign':'x','data':{'round':'r','ballot':{'b':1}}}"},
     "'c1' votes again in round 'r', where a ballot stays"},
    {"ballots",
     {"{'type':'ballot.cast','at':13,'actor':'c0','campaign':'x','data':{'round':'r','ballot':{'b':1}}}"},
     "ballots: campaign 'x': ballots that stand: 1, the log tells of 2"},
    {"ballots",
     {"{'type':'ballot.voided','at':13,'actor':'f0','campaign':'x','data':{'round':'r','voter':'c1'}}"},
     "ballots: campaign 'x': ballots that stand: 1, the log tells of 0"},
    {"windows",
     {"{'type':'round.closed','at':13,'actor':'host','campaign':'x','data':{'round':'r'}}",
      "{'type':'ballot.cast','at':13,'actor':'c0','campaign':'x','data':{'round':'r','ballot':{'b':1}}}"},
     "round 'r' does not take ballots then"},
    {"windows",
     {"{'type':'campaign.paused','at':13,'actor':'f0','campaign':'x','data':{'reason':'so'}}",
      "{'type':'ballot.cast','at':13,'actor':'c0','campaign':'x','data':{'round':'r','ballot':{'b':1}}}"},
     "campaign 'x' does not run then"},
    {"windows",
     {"{'type':'ballot.cast','at':13,'actor':'p0','campaign':'x','data':{'round':'r','ballot':{'b':1}}}"},
     "'p0' is not of the electorate of round 'r'"},
    {"own",
     {"{'type':'ballot.cast','at':13,'actor':'c0','campaign':'x','data':{'round':'r','ballot':{'a':1}}}"},
     "'c0' is an author of 'a'"},
    {"own",
     {"{'type':'conflict.declared','at':13,'actor':'c0','campaign':'x','data':{'juror':'c0',"
      "'contribution':'b','reason':'kin'}}",
      "{'type':'decision.made','at':13,'actor':'c0','campaign':'x','data':{'round':'j','contribution':'b',"
      "'verdict':'select'}}"},
     "'c0' declared a conflict about 'b'"},
    {"candidates",
     {"{'type':'ballot.cast','at':13,'actor':'c0','campaign':'x','data':{'round':'r','ballot':{'z':1}}}"},
     "'z' was no candidate when the round opened"},
    {"candidates",
     {"{'type':'round.tallied','at':13,'actor':'host','campaign':'x','data':{'round':'r','result':"
      "{'places':[{'id':'a','from':1,'to':1},{'id':'q','from':2,'to':2}]}}}"},
     "'q' was no candidate when the round opened"},
    {"once",
     {"{'type':'award.paid','at':13,'actor':'f0','campaign':'x','data':{'award':'w','rail':'bank',"
      "'reference':'pay1'}}",
      "{'type':'award.paid','at':13,'actor':'f0','campaign':'x','data':{'award':'v','rail':'bank',"
      "'reference':'pay1'}}"},
     "payment 'pay1' was there before"},
    {"once",
     {"{'type':'awards.made','at':13,'actor':'host','campaign':'x','data':{'awards':[{'id':'w'},"
      "{'id':'w'}]}}"},
     "award 'w' was there before"},
    {"instants",
     {"{'type':'milestone.reached','at':13,'actor':'host','campaign':'x','data':{'contribution':'a',"
      "'milestone':'m','count':3}}"},
     "contribution 'a' has 3 of 0"},
    {"pauses",
     {"{'type':'campaign.paused','at':13,'actor':'f0','campaign':'x','data':{'reason':'so'}}",
      "{'type':'campaign.resumed','at':15,'actor':'f0','campaign':'x','data':{'shift_us':3}}"},
     "clocks move by 3 us after a pause of 2 us"},
    {"pauses",
     {"{'type':'campaign.amended','at':13,'actor':'f0','campaign':'x','data':{'brief':{'pause':'keeps'}}}",
      "{'type':'campaign.paused','at':13,'actor':'f0','campaign':'x','data':{'reason':'so'}}",
      "{'type':'campaign.resumed','at':15,'actor':'f0','campaign':'x','data':{'shift_us':2}}"},
     "clocks move by 2 us after a pause of 2 us, which keeps the times"},
    {"tasks",
     {"{'type':'ballot.cast','at':13,'actor':'p0','campaign':'x','data':{'round':'t','ballot':{'a':'y'}}}"},
     "'p0' has no lease of 'a'"},
    {"tasks",
     {"{'type':'task.taken','at':13,'actor':'p0','campaign':'x','data':{'round':'t','participant':'p0',"
      "'contribution':'a','until':18}}",
      "{'type':'task.expired','at':18,'actor':'host','campaign':'x','data':{'round':'t','participant':'p0',"
      "'contribution':'a'}}",
      "{'type':'ballot.cast','at':18,'actor':'p0','campaign':'x','data':{'round':'t','ballot':{'a':'y'}}}"},
     "'p0' has no lease of 'a'"},
    {"tasks",
     {"{'type':'item.retired','at':13,'actor':'host','campaign':'x','data':{'round':'t','contribution':'a'}}",
      "{'type':'task.taken','at':13,'actor':'p0','campaign':'x','data':{'round':'t','participant':'p0',"
      "'contribution':'a','until':18}}"},
     "'a' has retired before"},
    {"lots",
     {"{'type':'round.revealed','at':13,'actor':'f0','campaign':'x','data':{'round':'l','seed':"
      "'0000000000000000000000000000000000000000000000000000000000000001'}}"},
     "the seed of round 'l' is not the one committed to"},
    {"erased",
     {"{'type':'participant.erased','at':13,'actor':'f0','data':{'participant':'c1'}}",
      "{'type':'contribution.withdrawn','at':13,'actor':'c1','campaign':'x','data':{'contribution':'b'}}"},
     "'c1' was erased before"},
    {"erased",
     {"{'type':'participant.erased','at':13,'actor':'f0','data':{'participant':'c1'}}",
      "{'type':'participant.restored','at':13,'actor':'f0','data':{'participant':'c1'}}"},
     "'c1' was erased before"},
    {"one_way",
     {"{'type':'phase.opened','at':13,'actor':'host','campaign':'x','data':{'phase':'in'}}"},
     "phase 'in' is closed before"},
    {"one_way",
     {"{'type':'campaign.cancelled','at':13,'actor':'f0','campaign':'x','data':{'reason':'so'}}",
      "{'type':'campaign.resumed','at':13,'actor':'f0','campaign':'x','data':{'shift_us':0}}"},
     "campaign 'x' is cancelled before"},
    {"one_way",
     {"{'type':'campaign.amended','at':13,'actor':'f0','campaign':'x','data':{'brief':{'visibility':"
      "{'contributions':'all'}}}}"},
     "the visibility of contributions was 'firm', and is opened"},
};

static void what_the_log_tells_is_held_against_it(void **state)
{
    (void)state;
    char first[400];
    cocreate_store *store = told_store();
    assert_int_equal(violations_of(store, NULL, first), 0);
    cocreate_store_close(store);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        store = told_store();
        for (size_t n = 0; n < 3 && told[i].events[n]; n++)
            plant(store, told[i].events[n]);
        assert_true(violations_of(store, told[i].id, first) > 0);
        if (!strstr(first, told[i].text))
            printf("case %zu: %s\n", i, first);
        assert_non_null(strstr(first, told[i].text));
        assert_int_equal(strncmp(first, told[i].id, strlen(told[i].id)), 0);
        /* the replay would have named it, too, or says that nothing of it is in the state */
        assert_true(violations_of(store, "log", first) > 0);
        cocreate_store_close(store);
    }
}

/* Rows that no event gives: a team whose shares are short, personal data of somebody erased. */
static void rows_are_looked_at(void **state)
{
    (void)state;
    static const char team[] = "{\"members\":[{\"participant\":\"c0\",\"share\":\"1/2\"}]}";
    char first[400];
    cci_engine *e = NULL;
    json_t *doc;
    cocreate_store *store = told_store();
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    assert_status(cci_json_parse(team, sizeof team - 1, &doc, &check_error), COCREATE_OK);
    assert_status(cci_transaction_begin(e, &check_error), COCREATE_OK);
    cocreate_status status = cci_state_put(e, 4096, CCI_KIND_TEAM, "t", doc, &check_error);
    const uint8_t salt[32] = {0};
    if (status == COCREATE_OK)
        status = store->backend->put_person(store->self, (cci_bytes){"c0", 2}, salt,
                                            (cci_bytes){"{}", 2}, &check_error);
    assert_status(cci_transaction_end(e, status, &check_error), COCREATE_OK);
    json_decref(doc);
    assert_true(violations_of(store, "shares", first) > 0);
    assert_string_equal(first, "shares: team 't': the shares of its members do not sum to 1");
    plant(store, "{'type':'participant.erased','at':13,'actor':'f0','data':{'participant':'c0'}}");
    assert_true(violations_of(store, "erased", first) > 0);
    assert_non_null(strstr(first, "the personal data of 'c0' is there"));
    cocreate_store_close(store);
}

/* Two tallies of one round, by hand: the second has the candidates in the opposite order. */
static void the_order_of_candidates_is_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *text;
    } pairs[] = {
        {"{'ties':[],'places':[{'id':'a','from':1,'to':1},{'id':'b','from':2,'to':3},{'id':'c','from':2,"
         "'to':3}]}",
         "{'ties':[],'places':[{'id':'a','from':1,'to':1},{'id':'c','from':2,'to':3},{'id':'b','from':2,"
         "'to':3}]}",
         ""},
        {"{'ties':[],'places':[{'id':'a','from':1,'to':1},{'id':'b','from':2,'to':2}]}",
         "{'ties':[],'places':[{'id':'b','from':1,'to':1},{'id':'a','from':2,'to':2}]}",
         "neutral: round 'r': the order of its candidates changes places"},
        {"{'ties':[],'places':[{'id':'a','from':1,'to':2},{'id':'b','from':1,'to':2}]}",
         "{'ties':[],'places':[{'id':'b','from':1,'to':1},{'id':'a','from':2,'to':2}]}",
         "neutral: round 'r': the order of its candidates changes places"},
        {"{'ties':[],'places':[{'id':'a','from':1,'to':1}]}", "{'ties':[],'places':[]}",
         "neutral: round 'r': the order of its candidates changes places"},
        {"{'ties':[{'step':'lot'}],'places':[{'id':'a','from':1,'to':1},{'id':'b','from':2,'to':2}]}",
         "{'ties':[{'step':'lot'}],'places':[{'id':'b','from':1,'to':1},{'id':'a','from':2,'to':2}]}",
         ""}, /* a rule broke it, and says so */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cci_check k = {.id = "neutral", .campaign = "x"};
        json_t *first, *second;
        char a[400], b[400];
        assert_status(cci_json_parse(quoted(pairs[i].first, a), strlen(pairs[i].first), &first, &check_error),
                      COCREATE_OK);
        assert_status(
            cci_json_parse(quoted(pairs[i].second, b), strlen(pairs[i].second), &second, &check_error),
            COCREATE_OK);
        cci_neutral_compare(&k, "r", first, second);
        assert_string_equal(k.first, pairs[i].text);
        assert_int_equal(k.violations > 0, pairs[i].text[0] != '\0');
        json_decref(first);
        json_decref(second);
    }
}

/* The view is right; the brief that it is held against hides more than the one it was made by. */
static void what_strangers_see_is_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *shown, *text;
    } briefs[] = {
        {"{'brief':{'visibility':{'counts':'nobody'}}}", "campaign 'y': a stranger sees counts"},
        {"{'brief':{'visibility':{'contributions':'firm'}}}", "a stranger sees counts"},
        {"{'brief':{'visibility':{'identities':'owner'}}}", "contribution 'a': a stranger sees its authors"},
        {"{'brief':{'form':[{'key':'n','private':true}]}}",
         "contribution 'a': a stranger sees a private field"},
        {"{'state':'draft'}", "campaign 'y': a stranger sees a draft"},
    };
    cocreate_store *store = told_store();
    char text[1500];
    cci_check k = {.id = "visible", .campaign = "y"};
    assert_status(cci_engine_of(store, &k.e, &check_error), COCREATE_OK);
    static const char *const more[] = {
        "{'at':12,'actor':'f0','do':'campaign.create','campaign':'y','brief':{'brief':"
        "'cocreate.brief/1','title':'Y','mode':'co-designing','contributors':['customer'],'form':"
        "[{'key':'n','type':'integer'}],'phases':[{'id':'in','after_us':0,'for_us':10,'allows':"
        "['submit']}],'rounds':[]}}",
        "{'at':12,'actor':'f0','do':'campaign.publish','campaign':'y'}",
        ("{'at':12,'actor':'c0','do':'contribution.submit','campaign':'y','contribution':'a','fields':"
         "{'n':1}}")}; /* clang takes a list of strings without commas for an oversight */
    for (size_t i = 0; i < 3; i++)
        assert_status(cocreate_execute(store, quoted(more[i], text), strlen(more[i]), NULL, &check_error),
                      COCREATE_OK);
    for (size_t i = 0; i < sizeof briefs / sizeof *briefs; i++) {
        json_t *shown;
        k.violations = 0;
        quoted(briefs[i].shown, text);
        assert_status(cci_json_parse(text, strlen(text), &shown, &check_error), COCREATE_OK);
        k.shown = shown;
        assert_status(cci_check_visible(&k, &check_error), COCREATE_OK);
        assert_true(k.violations > 0);
        assert_non_null(strstr(k.first, briefs[i].text));
        json_decref(shown);
    }
    cocreate_store_close(store);
}

/* Every preset's story keeps all of it, and gives each invariant something to look at. */
static void stories_keep_all(void **state)
{
    (void)state;
    static const char *const names[] = {
        "advego_order",       "design99",         "feedback_prizes",      "freelance_contest",
        "ge_powering_your_home", "harley_creed",  "intel_poptent",        "kaggle",
        "lego_ideas",         "local_motors_parts", "local_motors_xc2v",  "muji_monitor",
        "my_starbucks_idea",  "netflix_prize",    "quirky_2013",          "sailing_anarchy_ft10",
        "stackoverflow_bounty", "survey_reward",  "threadless_2007",      "threadless_2014",
        "threadless_funding", "topcoder_dr",      "intel_sl_window"};
    uint64_t looked_at[40] = {0};
    size_t n = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cocreate_store *store = NULL;
        cocreate_text *text = NULL;
        char path[400];
        static char line[1 << 20];
        json_t *report;
        snprintf(path, sizeof path, "%s/tests/scenarios/%s.jsonl", COCREATE_SOURCE_DIR, names[i]);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        assert_status(cocreate_store_open(NULL, ":memory:", NULL, &store, &check_error), COCREATE_OK);
        while (fgets(line, sizeof line, file))
            if (line[0] == '{')
                assert_true(cocreate_execute(store, line, strlen(line), NULL, &check_error) >= 0);
        fclose(file);
        assert_status(cocreate_check(store, NULL, &text, &check_error), COCREATE_OK);
        assert_status(cci_json_parse(cocreate_text_data(text), cocreate_text_size(text), &report,
                                     &check_error),
                      COCREATE_OK);
        const json_t *rows = json_object_get(report, "invariants");
        n = json_array_size(rows);
        for (size_t r = 0; r < n; r++)
            looked_at[r] += (uint64_t)json_integer_value(
                json_object_get(json_array_get(rows, r), "checked"));
        json_decref(report);
        cocreate_text_free(text);
        cocreate_store_close(store);
    }
    for (size_t r = 0; r < n; r++) {
        /* no story erases, merges, pauses, pays or hands out */
        int nowhere = strstr("erased merged pauses paid tasks", cci_invariants[r].id) != NULL;
        if (!nowhere && looked_at[r] == 0)
            printf("%s was looked for in nothing\n", cci_invariants[r].id);
        assert_true(nowhere || looked_at[r] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_found_broken),
        cmocka_unit_test(a_changed_row_is_named),
        cmocka_unit_test(what_the_log_tells_is_held_against_it),
        cmocka_unit_test(rows_are_looked_at),
        cmocka_unit_test(the_order_of_candidates_is_looked_at),
        cmocka_unit_test(what_strangers_see_is_looked_at),
        cmocka_unit_test(stories_keep_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
