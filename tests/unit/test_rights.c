/* Grants of rights: held, released when the hold ends, granted by contract, revoked, and asked for before
 * money is paid. Expected by hand from docs/reference/briefs.md. */
#include "rounds.h"

#define RIGHT(at, actor, verb, id, more) \
    "{'at':" #at ",'actor':'" actor "','do':'right." verb "','campaign':'x','contribution':'" id "'" more "}"
#define TICK(at) "{'at':" #at ",'actor':'host','do':'tick'}"

/* a and b by c1 and c2 at 10; c6 votes for a, which is certified at 200 and wins 500.00. */
static cocreate_store *granted(const char *rights)
{
    char command[1500];
    cocreate_store *s = open_store();
    done(s, ROUND_FIRM);
    for (int i = 1; i < 8; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d','side':'customer'}", i);
        done(s, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'T','mode':'tinkering','contributors':['customer'],"
             "'phases':[{'id':'in','after_us':0,'for_us':100,'allows':['submit']},"
             "{'id':'vote','after_us':100,'for_us':100,'allows':['vote','withdraw']}],'rounds':["
             "{'id':'r','lead':'customer','instrument':'up','phase':'vote','certify':'auto',"
             "'cut':{'top':1}}],"
             "'rights':{%s},'rewards':[{'id':'prize','round':'r','scheme':{"
             "'scheme':'cocreate.incentives/1','currency':'USD','funds':[{'id':'f','budget':'500.00'}],"
             "'rules':[{'id':'win','kind':'ranked_prizes','fund':'f','prizes':['500.00']}]}}]}}",
             rights);
    done(s, command);
    done(s, "{'at':0,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "{'at':10,'actor':'c%d','do':'contribution.submit','campaign':'x','contribution':'%c'%s}",
                 i + 1,
                 'a' + i, strstr(rights, "'none'") ? "" : ",'terms':'v1'");
        done(s, command);
    }
    return s;
}

static void win(cocreate_store *s)
{
    done(s, "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    done(s, TICK(200));
}

static void pay(cocreate_store *s, int64_t at, const char *refusal)
{
    cocreate_text *shown = NULL;
    char id[17] = "", command[256], text[256];
    assert_status(cocreate_show(s, "x", &shown, &check_error), COCREATE_OK);
    const char *found = strstr(strstr(cocreate_text_data(shown), "\"awards\":["), "\"id\":\"");
    assert_non_null(found);
    memcpy(id, found + 6, 16);
    cocreate_text_free(shown);
    snprintf(command, sizeof command,
             "{'at':%lld,'actor':'firm','do':'award.pay','campaign':'x','award':'%s','reference':'w'}",
             (long long)at, id);
    if (!refusal) {
        done(s, command);
        exists(s, command);
        return;
    }
    snprintf(text, sizeof text, "$.rights.required: award '%s' is for 'a', whose grant of rights is %s: "
                                "right.grant first",
             id, refusal);
    refused(s, command, COCREATE_ERR_REFUSED, text);
}

/* Held for 50 from 10 on: released at 60, whatever the ticks; selected at 200 it stays so, until it is
 * granted by contract. */
static void a_hold_ends_at_its_instant(void **state)
{
    (void)state;
    cocreate_store *s =
        granted("'type':'exclusive','terms':'v1','hold_us':50,'release':'event','required':true");
    exists(s, TICK(59)); /* nothing is due yet */
    shows(s, "x", "'rights':[{'accepted_at':10,'contribution':'a','due':60,'state':'held'");
    done(s, TICK(140));
    cocreate_text *log = events_from(s, 1);
    assert_non_null(strstr(cocreate_text_data(log),
                           "\"at\":60,\"campaign\":\"x\",\"data\":{\"contribution\":\"a\"}"));
    cocreate_text_free(log);
    win(s);
    shows(s, "x", "{'accepted_at':10,'contribution':'a','released_at':60,'state':'released'");
    pay(s, 201, "released");
    refused(s, RIGHT(202, "c2", "grant", "a", ""), COCREATE_ERR_PERMISSION,
            "'c2' is no author of contribution 'a'");
    refused(s, RIGHT(202, "firm", "grant", "a", ""), COCREATE_ERR_SCHEMA,
            "$.reference: missing: 'firm' is no author of 'a' and names the contract");
    done(s, RIGHT(202, "firm", "grant", "a", ",'reference':'deed 7'"));
    exists(s, RIGHT(203, "firm", "grant", "a", ",'reference':'deed 7'"));
    refused(s, RIGHT(203, "c1", "grant", "a", ",'type':'cc'"), COCREATE_ERR_CONFLICT,
            "the rights of 'a' are granted with another 'type': right.revoke first");
    shows(s, "x", "{'accepted_at':10,'active_at':202,'by':'firm','contribution':'a','reference':'deed 7',"
                  "'state':'active','terms':'v1','type':'exclusive'}");
    pay(s, 204, NULL);
    cocreate_text *text = NULL;
    assert_status(cocreate_explain(s, "a", "x", &text, &check_error), COCREATE_OK);
    if (!strstr(cocreate_text_data(text), "granted by the contract"))
        print_error("%s\n", cocreate_text_data(text));
    assert_non_null(strstr(cocreate_text_data(text), "It was granted by the contract 'deed 7'."));
    cocreate_text_free(text);
    verified_close(s);
}

/* What is selected in time is granted, and its timer goes; a pause makes the hold longer. */
static void a_hold_that_is_not_over_ends_in_a_grant(void **state)
{
    (void)state;
    cocreate_store *s =
        granted("'type':'exclusive','terms':'v1','hold_us':200,'release':'event','required':true");
    done(s, "{'at':120,'actor':'firm','do':'campaign.pause','campaign':'x','reason':'fire'}");
    done(s, "{'at':130,'actor':'firm','do':'campaign.resume','campaign':'x'}");
    shows(s, "x", "'contribution':'b','due':220,'state':'held'");
    done(s, "{'at':150,'actor':'c6','do':'ballot.cast','campaign':'x','round':'r','ballot':{'a':1}}");
    done(s, TICK(1000));
    shows(s, "x", "{'accepted_at':10,'active_at':210,'contribution':'a','state':'active'");
    shows(s, "x", "{'accepted_at':10,'contribution':'b','released_at':220,'state':'released'");
    pay(s, 1001, NULL);
    verified_close(s);
}

/* A brief from before there were such events: nothing but what is shown. */
static void without_events_the_end_is_shown(void **state)
{
    (void)state;
    cocreate_store *s = granted("'type':'exclusive','terms':'v1','hold_us':50");
    win(s);
    shows(s, "x", "{'accepted_at':10,'active_at':200,'contribution':'a','state':'active'");
    shows(s, "x", "{'accepted_at':10,'contribution':'b','state':'released'");
    pay(s, 201, NULL);
    verified_close(s);
}

static void authors_revoke_where_and_when_they_may(void **state)
{
    (void)state;
    cocreate_store *s = granted("'type':'nonexclusive','terms':'v1','effective':'on_submit','locked':true,"
                                "'revocable_after_us':80,'required':true");
    refused(s, RIGHT(20, "c2", "revoke", "b", ",'reason':'mine'"), COCREATE_ERR_REFUSED,
            "$.rights.revocable_after_us: the grant of 'b' may be revoked from 1970-01-01T00:00:00.000090Z");
    done(s, RIGHT(90, "c2", "revoke", "b", ",'reason':'mine'"));
    exists(s, RIGHT(91, "c2", "revoke", "b", ",'reason':'mine'"));
    refused(s, RIGHT(91, "c2", "revoke", "b", ",'reason':'other'"), COCREATE_ERR_CONFLICT,
            "the rights of 'b' were revoked with another 'reason'");
    win(s);
    refused(s, RIGHT(201, "c1", "revoke", "a", ",'reason':'mine'"), COCREATE_ERR_REFUSED,
            "$.rights.locked: contribution 'a' is selected: its grant stays");
    done(s, RIGHT(202, "firm", "revoke", "a", ",'reason':'no use'")); /* the firm may give back */
    pay(s, 203, "revoked");
    done(s, RIGHT(204, "c1", "grant", "a", ",'grantee':'heirs'"));
    pay(s, 205, NULL);
    verified_close(s);
    s = granted("'type':'nonexclusive','terms':'v1','effective':'on_submit'");
    refused(s, RIGHT(90, "c2", "revoke", "b", ",'reason':'mine'"), COCREATE_ERR_REFUSED,
            "$.rights.revocable_after_us: is not given: the authors of 'b' cannot revoke its grant, the firm "
            "can");
    verified_close(s);
}

static void rights_come_by_contract(void **state)
{
    (void)state;
    cocreate_store *s = granted("'type':'assignment','terms':'v1','effective':'on_contract','required':true");
    refused(s, RIGHT(20, "c2", "revoke", "b", ",'reason':'mine'"), COCREATE_ERR_REFUSED,
            "the rights of 'b' are proposed, not active: contribution.withdraw takes the work back");
    win(s);
    pay(s, 201, "proposed");
    done(s, RIGHT(202, "c1", "grant", "a", ""));
    pay(s, 203, NULL);
    verified_close(s);
    s = granted("'type':'none'");
    refused(s, RIGHT(20, "c2", "revoke", "b", ",'reason':'mine'"), COCREATE_ERR_NOT_FOUND,
            "there is no grant of rights of 'b'");
    refused(s, RIGHT(20, "c2", "grant", "b", ""), COCREATE_ERR_SCHEMA,
            "$.type: missing: the brief asks for no rights by itself");
    refused(s, RIGHT(20, "c2", "grant", "b", ",'type':'cc'"), COCREATE_ERR_SCHEMA,
            "$.terms: missing: the brief names none");
    done(s, RIGHT(20, "c2", "grant", "b", ",'type':'cc','terms':'BY-SA 4.0'"));
    done(s, "{'at':110,'actor':'c1','do':'contribution.withdraw','campaign':'x','contribution':'a'}");
    refused(s, RIGHT(111, "c1", "grant", "a", ",'type':'cc','terms':'BY-SA 4.0'"), COCREATE_ERR_REFUSED,
            "contribution 'a' is withdrawn");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hold_ends_at_its_instant),
        cmocka_unit_test(a_hold_that_is_not_over_ends_in_a_grant),
        cmocka_unit_test(without_events_the_end_is_shown),
        cmocka_unit_test(authors_revoke_where_and_when_they_may),
        cmocka_unit_test(rights_come_by_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
