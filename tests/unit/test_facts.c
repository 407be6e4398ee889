/* What a scheme reads of authors: their attributes as they were when they handed in. Expected by hand from
 * docs/reference/briefs.md and docs/reference/rewards/{price_list,reliability_bonus}.md. */
#include "campaign.h"

#define PUT(at, id, attributes)                                                                  \
    "{'at':" #at ",'actor':'host','do':'participant.put','participant':'" id "','side':'customer'," \
    "'attributes':{" attributes "}}"
#define ERASE(at, id) "{'at':" #at ",'actor':'host','do':'participant.erase','participant':'" id "'}"
#define SELECT(id)                                                                                    \
    "{'at':150,'actor':'boss','do':'decision.make','campaign':'c','round':'r','contribution':'" id "'," \
    "'verdict':'select'}"
#define TICK(when) "{'at':" #when ",'actor':'host','do':'tick'}"

#define REWARDED(lists, rules)                                                              \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'extra_fields':true,'phases':[" \
               "{'id':'p','opens':0,'closes':100,'allows':['submit']},"                     \
               "{'id':'q','opens':100,'closes':200,'allows':['decide']}],"                  \
               "'rounds':[{'id':'r','lead':'firm','phase':'q','certify':'auto','select':[0,2]}]," \
               "'rewards':[{'id':'w','round':'r','lists':{" lists "},'scheme':{"            \
               "'scheme':'cocreate.incentives/1','currency':'USD',"                         \
               "'funds':[{'id':'f','budget':'100.00'}],'rules':[" rules "]}}]"

#define PRICED                                                                                        \
    REWARDED("'facts':{'tier':['attribute','tier'],'way':['field','way']}",                           \
             "{'id':'work','kind':'price_list','fund':'f','price':'0.80','factors':[{'by':'tier',"    \
             "'values':{'amateur':1,'guru':7}},{'by':'way','values':{'fast':1,'slow':'3/2'}}]}")

/* A guru whose work was found the slow way: 0.80 x 7 x 3/2 = 8.40, whatever becomes of the guru. */
static void a_price_is_what_it_was(void **state)
{
    (void)state;
    static const char *const later[] = {NULL, PUT(120, "ann", "'tier':'amateur'"), ERASE(120, "ann")};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        cocreate_store *s = begin(PRICED);
        done(s, PUT(5, "ann", "'tier':'guru'"));
        done(s, SUBMIT(10, "ann", "a", ",'fields':{'way':'slow'}"));
        if (later[i])
            done(s, later[i]);
        done(s, SELECT("a"));
        done(s, TICK(200));
        shows(s, "c", "'amount':'8.40'");
        verified_close(s);
    }
}

/* bob's reliability is 80 with his first work and 95 with his second, whose id comes first. They share both
 * prizes, 40.00 each: 10 % of it is 4.00. */
static void a_person_is_who_handed_in_first(void **state)
{
    (void)state;
    cocreate_store *s = begin(
        REWARDED("'persons':{'reliability':['attribute','reliability']}",
                 "{'id':'places','kind':'ranked_prizes','fund':'f','prizes':['50.00','30.00']},"
                 "{'id':'sure','kind':'reliability_bonus','fund':'f','rule':'places'}"));
    done(s, PUT(5, "bob", "'reliability':80"));
    done(s, SUBMIT(10, "bob", "z", ""));
    done(s, PUT(15, "bob", "'reliability':95"));
    done(s, SUBMIT(20, "bob", "a", ""));
    done(s, SELECT("a"));
    done(s, SELECT("z"));
    done(s, TICK(200));
    shows(s, "c", "{'amount':'4.00','at':200,'currency':'USD','entry':'z'");
    shows(s, "c", "{'amount':'4.00','at':200,'currency':'USD','entry':'a'");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_is_what_it_was),
        cmocka_unit_test(a_person_is_who_handed_in_first),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL) != 0;
}
