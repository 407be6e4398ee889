/* How contributions end: disqualified, forfeited, implemented; a shortlisted one may be withdrawn. */
#include "rounds.h"

#define PICK "{'id':'r','lead':'firm','phase':'vote','select':[1,2],'certify':'auto'}"
#define END(at, actor, verb, id)                                                                        \
    "{'at':" #at ",'actor':'" actor "','do':'contribution." verb "','campaign':'x','contribution':'" id \
    "','reason':'so'}"
#define SELECT(at, id)                                                                           \
    "{'at':" #at ",'actor':'firm','do':'decision.make','campaign':'x','round':'r','contribution':'" id \
    "','verdict':'select'}"

static void the_disqualified_are_out_of_every_round(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    done(s, END(150, "firm", "disqualify", "a"));
    exists(s, END(151, "firm", "disqualify", "a"));
    refused(s, "{'at':151,'actor':'firm','do':'contribution.disqualify','campaign':'x','contribution':'a',"
               "'reason':'else'}",
            COCREATE_ERR_CONFLICT, "contribution 'a' is disqualified with another 'reason'");
    refused(s, SELECT(152, "a"), COCREATE_ERR_REFUSED,
            "'a' is disqualified: round 'r' goes on without it");
    refused(s, END(152, "c1", "disqualify", "b"), COCREATE_ERR_PERMISSION,
            "'c1' is on the customer side, which may not contribution.disqualify");
    done(s, SELECT(153, "b"));
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    refused(s, END(201, "firm", "disqualify", "b"), COCREATE_ERR_REFUSED,
            "contribution 'b' is selected: it cannot be disqualified, only forfeited");
    shows(s, "x", "'counts':{'created':5,'declined':0,'disqualified':1,'live':4,'removed':0,'withdrawn':0}");
    verified_close(s);
}

static void the_selected_are_implemented_or_forfeited(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    done(s, SELECT(150, "a"));
    done(s, SELECT(150, "b"));
    refused(s, END(151, "firm", "implement", "a"), COCREATE_ERR_REFUSED,
            "contribution 'a' is published: it cannot be implemented");
    done(s, "{'at':200,'actor':'host','do':'tick'}");
    refused(s, END(201, "c1", "implement", "a"), COCREATE_ERR_PERMISSION, NULL);
    done(s, END(201, "firm", "implement", "a"));
    refused(s, END(202, "c1", "forfeit", "b"), COCREATE_ERR_PERMISSION,
            "'c1' is no author of contribution 'b'");
    done(s, END(202, "c2", "forfeit", "b"));
    exists(s, END(203, "firm", "forfeit", "b"));
    shows(s, "x", "'counts':{'created':5,'declined':0,'forfeited':1,'implemented':1,'live':3,'removed':0,"
                  "'withdrawn':0}");
    verified_close(s);
}

/* c is on the shortlist of the first round, leaves, and is no candidate who can be selected any more. */
static void the_shortlisted_may_withdraw(void **state)
{
    (void)state;
    cocreate_store *s = open_store();
    done(s, ROUND_FIRM);
    done(s, "{'at':0,'actor':'host','do':'participant.put','participant':'c3','side':'customer'}");
    done(s, "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
            "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],'phases':["
            "{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
            "{'id':'p','after_us':100,'for_us':50,'allows':['decide']},"
            "{'id':'q','after_us':150,'for_us':50,'allows':['decide','withdraw']}],'rounds':["
            "{'id':'r','lead':'firm','phase':'p','certify':'auto'},"
            "{'id':'t','lead':'firm','phase':'q','candidates':{'round':'r'}}]}}");
    done(s, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    done(s, "{'at':1,'actor':'c3','do':'contribution.submit','campaign':'x','contribution':'c'}");
    done(s, SELECT(110, "c"));
    done(s, "{'at':150,'actor':'host','do':'tick'}");
    shows(s, "x", "'state':'shortlisted'");
    done(s, "{'at':152,'actor':'c3','do':'contribution.withdraw','campaign':'x','contribution':'c'}");
    refused(s,
            "{'at':153,'actor':'firm','do':'decision.make','campaign':'x','round':'t','contribution':'c',"
            "'verdict':'select'}",
            COCREATE_ERR_REFUSED, "'c' was withdrawn or removed since round 't' opened: leave it out");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_disqualified_are_out_of_every_round),
        cmocka_unit_test(the_selected_are_implemented_or_forfeited),
        cmocka_unit_test(the_shortlisted_may_withdraw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
