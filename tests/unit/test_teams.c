/* Teams: members with shares, locked, merged, with one run for all. Expected by hand from
 * docs/reference/briefs.md. */
#include "campaign.h"

#define TEAM(at, actor, verb, team, more) \
    "{'at':" #at ",'actor':'" actor "','do':'team." verb "','campaign':'c','team':'" team "'" more "}"
#define TWO(a, b) ",'members':[{'participant':'" a "','share':'1/3'},{'participant':'" b "','share':'2/3'}]"
#define ONE(a) ",'members':[{'participant':'" a "'}]"
#define THREE ",'members':[{'participant':'ann'},{'participant':'bob'},{'participant':'cat'}]"

static void verified(cocreate_store *store)
{
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

static void members_change_and_shares_sum_to_one(void **state)
{
    (void)state;
    cocreate_store *store = begin(OPEN ",'team_max':2");
    done(store, TEAM(100, "ann", "form", "t", ""));
    exists(store, TEAM(100, "ann", "form", "t", ""));
    refused(store, TEAM(100, "ann", "form", "t", TWO("ann", "bob")), COCREATE_ERR_CONFLICT,
            "team 't' was formed with others");
    refused(store, TEAM(100, "cat", "form", "u", ONE("bob")), COCREATE_ERR_PERMISSION,
            "$.members: 'cat' forms a team of others");
    refused(store, TEAM(100, "bob", "form", "u", TWO("bob", "ann")), COCREATE_ERR_REFUSED,
            "'ann' is in team 't': team.leave comes first");
    refused(store, TEAM(100, "bob", "join", "t", TWO("ann", "bob")), COCREATE_ERR_PERMISSION,
            "'bob' is not the captain of team 't'");
    refused(store, TEAM(100, "ann", "join", "t", TWO("bob", "cat")), COCREATE_ERR_REFUSED,
            "$.members: who is in the team stays: team.leave takes people out");
    refused(store, TEAM(100, "ann", "join", "t", ",'members':[{'participant':'ann','share':'1/3'},"
                                                 "{'participant':'bob','share':'1/3'}]"),
            COCREATE_ERR_SCHEMA, "$.members: the shares sum to 2/3, not to 1");
    refused(store, TEAM(100, "ann", "join", "t", THREE), COCREATE_ERR_REFUSED,
            "$.team_max: 3 authors, a team has at most 2");
    refused(store, TEAM(100, "ann", "join", "t", TWO("ann", "pat")), COCREATE_ERR_REFUSED,
            "$.contributors: 'pat' is on the public side, which does not contribute");
    done(store, TEAM(100, "ann", "join", "t", TWO("ann", "bob")));
    exists(store, TEAM(100, "ann", "join", "t", TWO("ann", "bob")));
    done(store, SUBMIT(110, "bob", "k", ",'team':'t'"));
    shows(store, "c", "'authors':[{'participant':'ann','share':'1/3'},{'participant':'bob','share':'2/3'}]");
    refused(store, SUBMIT(110, "cat", "l", ",'team':'t'"), COCREATE_ERR_PERMISSION,
            "'cat' is no member of team 't'");
    refused(store, SUBMIT(110, "ann", "l", ",'team':'t','authors':[{'participant':'ann'}]"),
            COCREATE_ERR_SCHEMA,
            "$.authors: those of a team are its members; leave one of the two out");
    refused(store, TEAM(110, "ann", "leave", "t", ONE("bob")), COCREATE_ERR_REFUSED,
            "captain 'ann' is no member of team 't': name another 'captain'");
    done(store, TEAM(110, "ann", "leave", "t", ONE("bob") ",'captain':'bob'"));
    exists(store, SUBMIT(110, "bob", "k", ",'team':'t'")); /* sent again: as it was then */
    done(store, TEAM(111, "ann", "form", "u", ""));        /* free again */
    done(store, TEAM(112, "bob", "lock", "t", ""));
    refused(store, TEAM(112, "bob", "join", "t", TWO("bob", "cat")), COCREATE_ERR_REFUSED,
            "team 't' is locked: it cannot change");
    done(store, TEAM(113, "bob", "dissolve", "t", ",'reason':'over'"));
    refused(store, SUBMIT(113, "bob", "l", ",'team':'t'"), COCREATE_ERR_REFUSED,
            "team 't' is dissolved");
    done(store, TEAM(114, "bob", "form", "v", ""));
    verified(store);
}

#define RUN(at, work, run)                                                                       \
    "{'at':" #at ",'actor':'boss','do':'run.record','campaign':'c','round':'r','contribution':'" work \
    "','run':'" run "','value':'1'}"

/* One run a day (100 us) and team: those of both count after the merge, so that merging gives no second. */
static void merged_teams_share_their_limits(void **state)
{
    (void)state;
    cocreate_store *store =
        begin(BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'team_max':3,'teams':"
                         "{'merge_for_us':450},'limits':[{'subject':'run','per':'team','max':1,"
                         "'window_us':100},{'subject':'contribution','per':'team','max':1}],'phases':"
                         "[{'id':'p','opens':100,'closes':900,'allows':['submit','run']}],'rounds':["
                         "{'id':'r','lead':'metric','phase':'p'}]");
    done(store, TEAM(100, "ann", "form", "t", TWO("ann", "bob")));
    done(store, TEAM(100, "cat", "form", "u", ""));
    done(store, SUBMIT(100, "ann", "k", ",'team':'t'"));
    done(store, SUBMIT(100, "cat", "l", ",'team':'u'"));
    refused(store, SUBMIT(100, "bob", "m", ",'team':'t'"), COCREATE_ERR_REFUSED,
            "$.limits[1]: the team of 'ann' has 1 of at most 1 contribution");
    done(store, RUN(110, "k", "1"));
    done(store, RUN(120, "l", "1"));
    refused(store, TEAM(130, "ann", "merge", "t", ",'into':'u'" THREE), COCREATE_ERR_PERMISSION,
            "'ann' is on the customer side, which may not team.merge");
    refused(store, TEAM(130, "boss", "merge", "t", ",'into':'u'" ONE("ann")), COCREATE_ERR_REFUSED,
            "$.members: the members of both teams, 2 and 1");
    refused(store, TEAM(130, "boss", "merge", "t", ",'into':'t'" THREE), COCREATE_ERR_REFUSED,
            "$.into: a team does not go into itself");
    done(store, TEAM(130, "boss", "merge", "t", ",'into':'u'" THREE));
    exists(store, TEAM(130, "boss", "merge", "t", ",'into':'u'" THREE));
    refused(store, RUN(140, "k", "2"), COCREATE_ERR_REFUSED,
            "$.limits[0]: the team of 'k' has 2 of at most 1 run before "
            "1970-01-01T00:00:00.000200Z");
    done(store, RUN(200, "l", "2")); /* the next day: one for all of them */
    refused(store, RUN(201, "k", "2"), COCREATE_ERR_REFUSED,
            "$.limits[0]: the team of 'k' has 1 of at most 1 run before "
            "1970-01-01T00:00:00.000300Z");
    refused(store, SUBMIT(210, "bob", "m", ",'team':'u'"), COCREATE_ERR_REFUSED,
            "$.limits[1]: the team of 'ann' has 2 of at most 1 contribution");
    refused(store, SUBMIT(210, "bob", "m", ",'team':'t'"), COCREATE_ERR_REFUSED, "team 't' is merged");
    done(store, TEAM(449, "boss", "leave", "u", TWO("ann", "bob") ",'captain':'ann'"));
    done(store, TEAM(449, "cat", "form", "v", ""));
    refused(store, TEAM(450, "boss", "merge", "v", ",'into':'u'" THREE), COCREATE_ERR_REFUSED,
            "$.teams.merge_for_us: teams merged until before 1970-01-01T00:00:00.000450Z");
    /* A pause that begins at the end of a time gives none back. */
    done(store, "{'at':450,'actor':'boss','do':'campaign.pause','campaign':'c','reason':'-'}");
    done(store, "{'at':470,'actor':'boss','do':'campaign.resume','campaign':'c'}");
    refused(store, TEAM(471, "boss", "merge", "v", ",'into':'u'" THREE), COCREATE_ERR_REFUSED,
            "$.teams.merge_for_us: teams merged until before 1970-01-01T00:00:00.000450Z");
    verified(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_change_and_shares_sum_to_one),
        cmocka_unit_test(merged_teams_share_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
