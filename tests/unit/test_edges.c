/* Edges: what builds on what, by whose consent, for which credit; never in a circle. */
#include "rounds.h"

#define PICK "{'id':'r','lead':'firm','phase':'vote','select':[1,3],'certify':'auto'}"
#define EDGE(at, actor, verb, from, type, to, more)                                                       \
    "{'at':" #at ",'actor':'" actor "','do':'edge." verb "','campaign':'x','from':'" from "','to':'" to   \
    "','type':'" type "'" more "}"

static void an_edge_needs_the_other_author(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    refused(s, EDGE(20, "c1", "propose", "b", "derives", "a", ""), COCREATE_ERR_PERMISSION,
            "'c1' is no author of contribution 'b'");
    done(s, EDGE(20, "c2", "propose", "b", "derives", "a", ",'credit':'0.25'"));
    exists(s, EDGE(21, "c2", "propose", "b", "derives", "a", ",'credit':'1/4'"));
    refused(s, EDGE(21, "c2", "propose", "b", "derives", "a", ",'credit':'1/3'"), COCREATE_ERR_CONFLICT,
            "the edge exists with another 'credit'");
    shows(s, "x", "'edges':[{'at':20,'by':'c2','credit':'1/4','from':'b','state':'proposed','to':'a',"
                  "'type':'derives'}]");
    refused(s, EDGE(22, "c2", "accept", "b", "derives", "a", ""), COCREATE_ERR_PERMISSION,
            "'c2' is no author of contribution 'a'");
    refused(s, EDGE(22, "c1", "accept", "b", "amends", "a", ""), COCREATE_ERR_NOT_FOUND,
            "there is no edge by which 'b' amends 'a'");
    done(s, EDGE(22, "c1", "accept", "b", "derives", "a", ""));
    exists(s, EDGE(23, "c1", "accept", "b", "derives", "a", ""));
    refused(s, EDGE(23, "c1", "reject", "b", "derives", "a", ",'reason':'no'"), COCREATE_ERR_CONFLICT,
            "the edge is accepted");
    shows(s, "x", "'edges':[{'at':22,'by':'c1','credit':'1/4','from':'b','state':'accepted','to':'a',"
                  "'type':'derives'}]");
    done(s, EDGE(24, "c3", "propose", "c", "derives", "a", ""));
    done(s, EDGE(25, "c1", "reject", "c", "derives", "a", ",'reason':'it is not'"));
    refused(s, EDGE(26, "c3", "propose", "c", "derives", "a", ""), COCREATE_ERR_REFUSED,
            "the edge was rejected: it is not");
    verified_close(s);
}

/* 1/2 + 1/3 leave 1/6. */
static void credit_is_at_most_the_whole(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    done(s, EDGE(20, "c5", "propose", "e", "combines", "a", ",'credit':'1/2'"));
    done(s, EDGE(20, "c5", "propose", "e", "combines", "b", ",'credit':'1/3'"));
    refused(s, EDGE(20, "c5", "propose", "e", "combines", "c", ",'credit':'0.17'"), COCREATE_ERR_REFUSED,
            "$.credit: with 17/100 here, 'e' would credit more than the whole of itself");
    refused(s, EDGE(20, "c5", "propose", "e", "combines", "c", ",'credit':0"), COCREATE_ERR_SCHEMA,
            "$.credit: a credit is above 0");
    done(s, EDGE(21, "c1", "reject", "e", "combines", "a", ",'reason':'no'"));
    done(s, EDGE(22, "c5", "propose", "e", "combines", "c", ",'credit':'2/3'"));
    verified_close(s);
}

static void edges_close_no_circle(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    done(s, EDGE(20, "firm", "propose", "b", "derives", "a", "")); /* the firm speaks for both */
    done(s, EDGE(20, "firm", "propose", "c", "derives", "b", ""));
    refused(s, EDGE(20, "firm", "propose", "a", "derives", "c", ""), COCREATE_ERR_REFUSED,
            "'c' derives 'a' already, if by way of others: the edge would close a circle");
    done(s, EDGE(20, "firm", "propose", "a", "requires", "c", "")); /* another order */
    done(s, EDGE(20, "firm", "propose", "a", "incompatible", "b", ""));
    done(s, EDGE(20, "firm", "propose", "b", "incompatible", "a", "")); /* has none */
    done(s, EDGE(20, "c4", "propose", "d", "derives", "e", ""));
    done(s, EDGE(20, "c5", "propose", "e", "derives", "d", ""));
    done(s, EDGE(21, "c5", "accept", "d", "derives", "e", ""));
    refused(s, EDGE(22, "c4", "accept", "e", "derives", "d", ""), COCREATE_ERR_REFUSED,
            "'d' derives 'e' already, if by way of others: the edge would close a circle");
    verified_close(s);
}

#define DECIDE(id, verdict)                                                                                \
    "{'at':150,'actor':'firm','do':'decision.make','campaign':'x','round':'r','contribution':'" id        \
    "','verdict':'" verdict "'}"

/* a excludes b, c needs b. */
static void choices_follow_the_edges(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    done(s, EDGE(20, "firm", "propose", "a", "incompatible", "b", ""));
    done(s, EDGE(20, "firm", "propose", "c", "requires", "b", ""));
    done(s, EDGE(20, "c4", "propose", "d", "incompatible", "b", "")); /* b has not agreed: says nothing yet */
    done(s, DECIDE("a", "select"));
    refused(s, DECIDE("b", "select"), COCREATE_ERR_REFUSED,
            "'b' is incompatible with 'a', which is selected: reject that one first");
    refused(s, DECIDE("c", "select"), COCREATE_ERR_REFUSED,
            "'c' requires 'b', which is not selected: select that one first");
    done(s, DECIDE("a", "reject"));
    done(s, DECIDE("b", "select"));
    refused(s, DECIDE("a", "select"), COCREATE_ERR_REFUSED,
            "'a' is incompatible with 'b', which is selected: reject that one first");
    done(s, DECIDE("c", "select"));
    refused(s, DECIDE("b", "reject"), COCREATE_ERR_REFUSED,
            "'b' is required by 'c', which is selected: reject that one first");
    done(s, DECIDE("d", "select"));
    verified_close(s);
}

static void edges_are_guarded(void **state)
{
    (void)state;
    cocreate_store *s = open_round(PICK);
    refused(s, EDGE(20, "c1", "propose", "a", "derives", "a", ""), COCREATE_ERR_SCHEMA,
            "$.to: an edge joins two contributions");
    refused(s, EDGE(20, "c1", "propose", "a", "replies", "b", ""), COCREATE_ERR_SCHEMA,
            "$.type: 'replies' is made by contribution.submit with reply_to");
    refused(s, EDGE(20, "c1", "propose", "a", "merged_into", "b", ""), COCREATE_ERR_SCHEMA,
            "$.type: 'merged_into' cannot be proposed; 'duplicate_of' can");
    refused(s, EDGE(20, "c1", "propose", "a", "derives", "z", ""), COCREATE_ERR_NOT_FOUND,
            "campaign 'x' has no contribution 'z'");
    done(s, "{'at':30,'actor':'c2','do':'contribution.withdraw','campaign':'x','contribution':'b'}");
    refused(s, EDGE(31, "c1", "propose", "a", "derives", "b", ""), COCREATE_ERR_REFUSED,
            "contribution 'b' is withdrawn");
    done(s, EDGE(31, "c1", "propose", "a", "carries_over", "b", ""));
    done(s, "{'at':40,'actor':'firm','do':'campaign.cancel','campaign':'x','reason':'no'}");
    refused(s, EDGE(41, "c1", "propose", "a", "derives", "c", ""), COCREATE_ERR_REFUSED,
            "campaign 'x' is cancelled");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_needs_the_other_author),
        cmocka_unit_test(credit_is_at_most_the_whole),
        cmocka_unit_test(edges_close_no_circle),
        cmocka_unit_test(choices_follow_the_edges),
        cmocka_unit_test(edges_are_guarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
