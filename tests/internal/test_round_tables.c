/* The tables of an open round, which cost a look at every candidate, are made once, and again only
 * when a candidate has left. */
#include "commands.h"

#include "campaign/cache.h"
#include "campaign/engine.h"

static cci_campaign *campaign_of(cocreate_store *store)
{
    cci_engine *e = NULL;
    cci_campaign *c = NULL;
    assert_status(cci_engine_of(store, &e, &check_error), COCREATE_OK);
    assert_status(cci_campaign_get(e, "x", &c, &check_error), COCREATE_OK);
    return c;
}

#define AT(at, actor, more) "{'at':" #at ",'actor':'" actor "','campaign':'x'," more "}"

static void tables_stay_while_others_join(void **state)
{
    (void)state;
    cocreate_store *store = open_store();
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'ann',"
                "'side':'customer'}");
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'bob',"
                "'side':'customer'}");
    done(store, "{'at':0,'actor':'host','do':'participant.put','participant':'cyd',"
                "'side':'customer'}");
    done(store,
         AT(0, "host",
            "'do':'campaign.create','brief':{'brief':'cocreate.brief/1','title':'T',"
            "'mode':'collaborating','contributors':['customer'],'phases':[{'id':'p','after_us':0,"
            "'for_us':9,'allows':['submit']},{'id':'q','after_us':9,'for_us':9,'allows':"
            "['submit','revise','withdraw','vote']}],'rounds':[{'id':'r','lead':'customer',"
            "'instrument':'approve','method':'approval','phase':'q'}]}"));
    done(store, AT(0, "host", "'do':'campaign.publish'"));
    done(store, AT(1, "ann", "'do':'contribution.submit','contribution':'a'"));
    done(store, AT(10, "bob", "'do':'ballot.cast','round':'r','ballot':{'a':1}"));
    const struct cci_round_cache *tables = campaign_of(store)->rounds;
    assert_non_null(tables);
    done(store, AT(11, "ann", "'do':'contribution.submit','contribution':'b'"));
    done(store, AT(11, "ann", "'do':'contribution.revise','contribution':'a','title':'A'"));
    assert_ptr_equal(campaign_of(store)->rounds, tables);
    refused(store, AT(11, "bob", "'do':'ballot.cast','round':'r','ballot':{'b':1}"),
            COCREATE_ERR_NOT_FOUND, "'b' is no candidate of round 'r'");
    done(store, AT(12, "ann", "'do':'contribution.withdraw','contribution':'a'"));
    /* The ballot that bob sends again stands; that of cyd would be a new one. */
    exists(store, AT(13, "bob", "'do':'ballot.cast','round':'r','ballot':{'a':1}"));
    refused(store, AT(13, "cyd", "'do':'ballot.cast','round':'r','ballot':{'a':1}"),
            COCREATE_ERR_REFUSED, "'a' was withdrawn or removed since round 'r' opened: leave it out");
    shows(store, "x", "'counts':{'created':2,'declined':0,'live':1,'removed':0,'withdrawn':1}");
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables_stay_while_others_join)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
