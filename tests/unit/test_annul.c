/* Results that are annulled, and results that are overridden. */
#include "rounds.h"

static void tick(cocreate_store *store, int64_t at)
{
    assert_status(cocreate_tick(store, at, &check_error), COCREATE_OK);
}

#define ANNUL(at, more) \
    "{'at':" #at ",'actor':'firm','do':'round.annul','campaign':'x','round':'r','reason':'bribes'" more "}"
#define OVERRIDE(at, actor, id, verdict, more)                                              \
    "{'at':" #at ",'actor':'" actor "','do':'decision.make','campaign':'x','round':'r'," \
    "'contribution':'" id "','verdict':'" verdict "','override':true" more "}"
#define PRIZE                                                                                  \
    ",'rewards':[{'id':'w','round':'r','scheme':{'scheme':'cocreate.incentives/1','currency':" \
    "'USD','funds':[{'id':'cash','budget':'10.00'}],'rules':[{'id':'p','kind':'threshold_award'," \
    "'fund':'cash','metric':'selected','each':'5.00','max_awards':2}]}}]"

/* r is annulled after its tally; s stands in for it in the phase that follows, and the reward too. */
#define REPLACED                                                                             \
    "{'id':'r','lead':'customer','instrument':'choice','phase':'vote'},"                     \
    "{'id':'s','lead':'firm','phase':'again','replaces':'r','select':[1,2],'certify':'auto'}"

static cocreate_store *open_two(const char *rounds, const char *more)
{
    cocreate_store *store = open_store();
    char command[4096];
    done(store, ROUND_FIRM);
    for (int i = 1; i <= 9; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d',"
                 "'side':'customer'}",
                 i);
        done(store, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'A round','mode':'collaborating',"
             "'contributors':['customer'],'phases':["
             "{'id':'in','after_us':0,'for_us':90,'allows':['submit','withdraw']},"
             "{'id':'vote','after_us':90,'for_us':100,'allows':['vote']},"
             "{'id':'again','after_us':190,'for_us':100,'allows':['decide']}],'rounds':[%s]%s}}",
             rounds, more);
    done(store, command);
    done(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 1; i <= 3; i++) {
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x',"
                 "'contribution':'%c'}",
                 10 + i, i, 'a' + i - 1);
        done(store, command);
    }
    return store;
}

static void another_round_stands_in(void **state)
{
    (void)state;
    cocreate_store *store = open_two(REPLACED, PRIZE);
    ballot(store, "c6", "{'a':1}");
    refused(store, ANNUL(150, ""), COCREATE_ERR_REFUSED,
            "round 'r' is open: only a result can be annulled");
    tick(store, 200);
    done(store, ANNUL(210, ""));
    exists(store, ANNUL(211, ""));
    shows(store, "x", "'reason':'bribes'");
    done(store, "{'at':220,'actor':'firm','do':'decision.make','campaign':'x','round':'s',"
                "'contribution':'b','verdict':'select'}");
    tick(store, 300);
    shows(store, "x", "'selected':['b']");
    shows(store, "x", "'state':'decided'");
    verified_close(store);
}

/* Certified, a round can be annulled while nothing was awarded by it: its contributions are candidates
 * again. Where it stands to the end, what would replace it lapses. */
static void certificates_are_undone(void **state)
{
    (void)state;
    cocreate_store *store = open_two(REPLACED, "");
    ballot(store, "c6", "{'a':1}");
    tick(store, 200);
    done(store, "{'at':205,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    shows(store, "x", "'state':'selected'");
    done(store, ANNUL(210, ""));
    shows(store, "x", "'id':'a','revision':1,'state':'published'");
    verified_close(store);
    store = open_two(REPLACED, "");
    ballot(store, "c6", "{'a':1}");
    tick(store, 200);
    done(store, "{'at':205,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    tick(store, 300);
    shows(store, "x", "which it would replace, is certified");
    verified_close(store);
}

static void what_was_awarded_stays(void **state)
{
    (void)state;
    cocreate_store *store = open_round_with(
        NULL, "{'id':'r','lead':'customer','instrument':'choice','phase':'vote'},"
              "{'id':'s','lead':'customer','instrument':'choice','phase':'vote'}",
        PRIZE);
    ballot(store, "c6", "{'a':1}");
    tick(store, 200);
    done(store, "{'at':205,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    refused(store, ANNUL(210, ""), COCREATE_ERR_REFUSED,
            "reward 'w' was awarded by round 'r': adjust the awards instead");
    verified_close(store);
}

/* a won; the firm takes it out and puts b in, with reasons, before it certifies. */
static void the_firm_overrides_with_a_reason(void **state)
{
    (void)state;
    cocreate_store *store = open_round("{'id':'r','lead':'customer','instrument':'choice',"
                                       "'phase':'vote'}");
    ballot(store, "c6", "{'a':1}");
    refused(store, OVERRIDE(150, "firm", "b", "select", ",'reason':'better'"),
            COCREATE_ERR_REFUSED,
            "round 'r' is open: a result is overridden once it is tallied, before it is certified");
    tick(store, 200);
    refused(store, OVERRIDE(210, "firm", "b", "select", ""), COCREATE_ERR_SCHEMA,
            "$.reason: an override needs a reason");
    refused(store, OVERRIDE(210, "c6", "b", "select", ",'reason':'better'"),
            COCREATE_ERR_PERMISSION,
            "'c6' is of side 'customer', and the firm alone overrides results");
    refused(store, OVERRIDE(210, "firm", "z", "select", ",'reason':'better'"),
            COCREATE_ERR_NOT_FOUND, "'z' is no candidate of round 'r'");
    done(store, OVERRIDE(210, "firm", "a", "reject", ",'reason':'copied'"));
    exists(store, OVERRIDE(211, "firm", "a", "reject", ",'reason':'copied'"));
    done(store, OVERRIDE(211, "firm", "b", "select", ",'reason':'the next'"));
    shows(store, "x", "'places':[{'exact':'1','from':1,'id':'a','score':1,'to':1}");
    shows(store, "x", "'selected':['b']");
    done(store, "{'at':212,'actor':'firm','do':'round.certify','campaign':'x','round':'r'}");
    shows(store, "x", "'id':'b','revision':1,'state':'selected'");
    verified_close(store);
}

/* One wins, by an override as by the decision before it. */
static void an_override_keeps_to_the_brief(void **state)
{
    (void)state;
    cocreate_store *store =
        open_round("{'id':'r','lead':'firm','phase':'vote','select':[1,1]}");
    done(store, "{'at':150,'actor':'firm','do':'decision.make','campaign':'x','round':'r','contribution':'a',"
                "'verdict':'select'}");
    tick(store, 200);
    refused(store, OVERRIDE(210, "firm", "b", "select", ",'reason':'better'"), COCREATE_ERR_REFUSED,
            "$.rounds[0].select: round 'r' selects at most 1, and 1 is selected: reject one by an override "
            "first");
    done(store, OVERRIDE(210, "firm", "a", "reject", ",'reason':'copied'"));
    done(store, OVERRIDE(211, "firm", "b", "select", ",'reason':'better'"));
    shows(store, "x", "'selected':['b']");
    verified_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_round_stands_in),
        cmocka_unit_test(certificates_are_undone),
        cmocka_unit_test(what_was_awarded_stays),
        cmocka_unit_test(the_firm_overrides_with_a_reason),
        cmocka_unit_test(an_override_keeps_to_the_brief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
