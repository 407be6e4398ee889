/* Who leads a contribution: named by the firm, revises alone what was selected, paid where the leader is. */
#include "awards.h"

/* a, of ann and bob, is chosen at 150 and wins 5.00 for its leader, who revises it in [200, 300). */
#define LED                                                                                                  \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'team_max':2,'phases':["                      \
               "{'id':'p','opens':0,'closes':100,'allows':['submit']},"                                      \
               "{'id':'q','opens':100,'closes':200,'allows':['decide']},"                                    \
               "{'id':'z','opens':200,'closes':300,'allows':['decide','revise'],"                            \
               "'revises':{'round':'r','by':'lead'}}],'rounds':["                                            \
               "{'id':'r','lead':'firm','phase':'q','certify':'auto'},"                                      \
               "{'id':'s','lead':'firm','phase':'z','certify':'auto'}],"                                     \
               "'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1',"                \
               "'currency':'USD','funds':[{'id':'f','budget':'5.00'}],'rules':[{'id':'win','kind':"          \
               "'winner_takes_all','fund':'f','prize':'5.00','team':{'split':'leader'}}]}}]"
#define LEAD(at, who, why) \
    DO(at, "contribution.lead", ",'contribution':'a','participant':'" who "','reason':'" why "'")
#define NEW(at, actor, title) ON(at, actor, "revise", "a", ",'title':'" title "'")

static cocreate_store *led(void)
{
    cocreate_store *s = begin(LED);
    done(s, SUBMIT(10, "ann", "a", ",'authors':[{'participant':'ann'},{'participant':'bob'}]"));
    done(s, SUBMIT(11, "cat", "c", ""));
    return s;
}

static void who_leads_is_named_and_changed(void **state)
{
    (void)state;
    cocreate_store *s = led();
    refused(s, ON(20, "ann", "lead", "a", ",'participant':'ann','reason':'I'"), COCREATE_ERR_PERMISSION,
            "'ann' is on the customer side, which may not contribution.lead");
    refused(s, LEAD(20, "cat", "x"), COCREATE_ERR_REFUSED,
            "'cat' is no author of contribution 'a': one of its 2 is its lead");
    refused(s, LEAD(20, "ann", ""), COCREATE_ERR_SCHEMA, "$.reason: must not be empty");
    done(s, LEAD(21, "ann", "she drew it"));
    exists(s, LEAD(22, "ann", "she drew it"));
    refused(s, LEAD(22, "ann", "another"), COCREATE_ERR_CONFLICT,
            "'ann' leads contribution 'a' already, with another 'reason'");
    shows(s, "c", "'lead':{'at':21,'by':'boss','participant':'ann','reason':'she drew it'}");
    done(s, LEAD(30, "bob", "ann travels"));
    shows(s, "c", "'lead':{'at':30,'by':'boss','participant':'bob','reason':'ann travels'}");
    explains(s, "a", "Led by bob since 1970-01-01T00:00:00.000030Z, because: ann travels");
    done(s, DO(40, "contribution.disqualify", ",'contribution':'a','reason':'copied'"));
    refused(s, LEAD(41, "ann", "again"), COCREATE_ERR_REFUSED,
            "contribution 'a' is disqualified: nobody leads it any more");
    verified_close(s);
}

static void who_leads_revises_and_is_paid(void **state)
{
    (void)state;
    cocreate_store *s = led();
    done(s, LEAD(21, "ann", "she drew it"));
    done(s, DO(150, "decision.make", ",'round':'r','contribution':'a','verdict':'select'"));
    done(s, TICK(200));
    shows(s, "c", "{'account':'payable:ann','currency':'USD','minor':500}");
    refused(s, NEW(210, "bob", "B"), COCREATE_ERR_REFUSED,
            "$.phases[2].revises.by: in phase 'z' who leads a contribution revises it: 'ann' leads 'a'");
    done(s, NEW(210, "ann", "A"));
    done(s, LEAD(220, "bob", "ann travels"));
    done(s, NEW(221, "bob", "B"));
    refused(s, NEW(222, "ann", "C"), COCREATE_ERR_REFUSED,
            "$.phases[2].revises.by: in phase 'z' who leads a contribution revises it: 'bob' leads 'a'");
    done(s, ON(223, "host", "revise", "a", ",'title':'D'"));
    verified_close(s);
}

/* Nobody leads: nobody revises, and a rule that pays the leader says why it cannot. */
static void somebody_has_to_lead(void **state)
{
    (void)state;
    cocreate_store *s = led();
    done(s, DO(150, "decision.make", ",'round':'r','contribution':'a','verdict':'select'"));
    done(s, TICK(200));
    shows(s, "c", "nobody is marked as leader");
    refused(s, NEW(210, "ann", "A"), COCREATE_ERR_REFUSED,
            "$.phases[2].revises.by: in phase 'z' who leads a contribution revises it, and nobody leads 'a': "
            "contribution.lead comes before");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leads_is_named_and_changed),
        cmocka_unit_test(who_leads_revises_and_is_paid),
        cmocka_unit_test(somebody_has_to_lead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
