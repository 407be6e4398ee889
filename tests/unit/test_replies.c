/* Kinds of contributions, and those that answer another: comments, reviews, answers. */
#include "campaign.h"

#define TALK                                                                                         \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'kinds':['comment','idea','review','text']," \
               "'moderation':'none','phases':[{'id':'p','opens':100,'closes':200,"                   \
               "'allows':['submit','comment','withdraw']},"                                          \
               "{'id':'v','opens':200,'closes':300,'allows':['vote','review']}]"
#define REPLY(at, actor, id, to, more) SUBMIT(at, actor, id, ",'kind':'comment','reply_to':'" to "'" more)

static void a_comment_is_a_contribution(void **state)
{
    (void)state;
    cocreate_store *s = begin(TALK);
    done(s, SUBMIT(100, "ann", "a", ""));
    done(s, REPLY(101, "bob", "k", "a", ",'fields':{'text':'Nice','at':[1]},'channel':'blog'"));
    done(s, REPLY(102, "rex", "m", "k", "")); /* no side is kept from talking; a reply to a reply */
    exists(s, REPLY(103, "bob", "k", "a", ",'fields':{'text':'Nice','at':[1]},'channel':'blog'"));
    refused(s, REPLY(103, "bob", "k", "a", ",'fields':{'text':'Nice','at':[1]},'channel':'tv'"),
            COCREATE_ERR_CONFLICT, "contribution 'k' exists with other 'channel'");
    shows(s, "c", "'counts':{'created':3,'declined':0,'live':3,'removed':0,'withdrawn':0}");
    shows(s, "c", "'kinds':{'comment':{'created':2,'live':2},'idea':{'created':1,'live':1}}");
    shows(s, "c", "'kind':'comment','reply_to':'a'");
    done(s, ON(104, "bob", "withdraw", "k", ""));
    shows(s, "c", "'comment':{'created':2,'live':1,'withdrawn':1}");
    refused(s, REPLY(105, "ann", "n", "k", ""), COCREATE_ERR_REFUSED,
            "$.reply_to: contribution 'k' is withdrawn");
    assert_status(cocreate_verify(s, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(s);
}

static void replies_are_guarded(void **state)
{
    (void)state;
    cocreate_store *s = begin(TALK);
    done(s, SUBMIT(100, "ann", "a", ""));
    refused(s, SUBMIT(101, "bob", "k", ",'kind':'comment'"), COCREATE_ERR_SCHEMA,
            "$.reply_to: a contribution of kind 'comment' says which one it answers");
    refused(s, REPLY(101, "bob", "k", "z", ""), COCREATE_ERR_NOT_FOUND,
            "$.reply_to: campaign 'c' has no contribution 'z'");
    refused(s, SUBMIT(101, "bob", "k", ",'reply_to':'a'"), COCREATE_ERR_SCHEMA,
            "$.reply_to: a contribution of kind 'idea' answers none");
    refused(s, SUBMIT(101, "bob", "k", ",'kind':'design'"), COCREATE_ERR_REFUSED,
            "$.kinds: the campaign takes no 'design', but idea, text, review, comment");
    refused(s, SUBMIT(101, "bob", "k", ",'kind':'poem'"), COCREATE_ERR_SCHEMA, NULL);
    refused(s, REPLY(101, "bob", "k", "a", ",'cost':3"), COCREATE_ERR_SCHEMA,
            "$.cost: is only for works, this is a comment");
    refused(s, REPLY(101, "host", "k", "a", ""), COCREATE_ERR_SCHEMA,
            "$.authors: the host is no author; say who is");
    refused(s, REPLY(101, "bob", "k", "a", ",'authors':[{'participant':'ann'}]"), COCREATE_ERR_PERMISSION,
            "$.authors: 'bob' submits for others only");
    refused(s, SUBMIT(101, "bob", "k", ",'kind':'review','reply_to':'a'"), COCREATE_ERR_REFUSED,
            "$.phases[1]: phase 'v' allows 'review' from 1970-01-01T00:00:00.000200Z until before "
            "1970-01-01T00:00:00.000300Z, not at 1970-01-01T00:00:00.000101Z");
    done(s, SUBMIT(201, "bob", "k", ",'kind':'review','reply_to':'a'"));
    refused(s, REPLY(201, "bob", "l", "a", ""), COCREATE_ERR_REFUSED,
            "$.phases[0]: phase 'p' allows 'comment' from 1970-01-01T00:00:00.000100Z until before "
            "1970-01-01T00:00:00.000200Z, not at 1970-01-01T00:00:00.000201Z");
    cocreate_store_close(s);
}

/* Who may comment is a question of its own: rex, who may not contribute, may; pat may not. */
static void comments_have_an_eligibility(void **state)
{
    (void)state;
    cocreate_store *s = begin(TALK ",'eligibility':{'contribute':['in',['side'],['customer']],"
                                   "'comment':['in',['side'],['customer','partner']]}");
    done(s, SUBMIT(100, "ann", "a", ""));
    done(s, REPLY(101, "rex", "k", "a", ""));
    refused(s, REPLY(102, "pat", "l", "a", ""), COCREATE_ERR_REFUSED,
            "$.eligibility.comment: 'pat' is not eligible: their side is 'public'; needed: one of 2 values");
    exists(s, REPLY(103, "rex", "k", "a", ""));
    cocreate_text *log = events_from(s, 1);
    assert_non_null(strstr(cocreate_text_data(log), "\"eligible\":true,\"kind\":\"comment\""));
    cocreate_text_free(log);
    verified_close(s);
}

/* Terms and forms are those of works; what waits for moderation is not talked about. */
static void works_alone_are_screened_and_have_terms(void **state)
{
    (void)state;
    cocreate_store *s =
        begin(BRIEF_HEAD "'mode':'submitting','contributors':['customer'],'kinds':['design','comment'],"
                         "'moderation':'pre','rights':{'type':'cc','terms':'v1'},"
                         "'form':[{'key':'n','type':'integer','required':true}],"
                         "'phases':[{'id':'p','opens':100,"
                         "'closes':200,'allows':['submit','comment']}]");
    done(s, SUBMIT(100, "ann", "a", ",'terms':'v1'" N(1)));
    refused(s, REPLY(101, "ann", "k", "a", ""), COCREATE_ERR_REFUSED,
            "$.reply_to: contribution 'a' is not published yet");
    refused(s, REPLY(101, "bob", "k", "a", ""), COCREATE_ERR_NOT_FOUND, /* whom nobody told of it */
            "$.reply_to: campaign 'c' has no contribution 'a'");
    done(s, ON(102, "boss", "screen", "a", ",'verdict':'accept'"));
    done(s, REPLY(103, "bob", "k", "a", ""));
    shows(s, "c", "'kind':'comment','reply_to':'a','revision':1,'state':'published'");
    refused(s, REPLY(103, "bob", "l", "a", ",'terms':'v1'"), COCREATE_ERR_SCHEMA,
            "$.terms: is only for works, this is a comment");
    cocreate_store_close(s);
}

#define ROUND(more)                                                                                   \
    TALK ",'rounds':[{'id':'r','lead':'customer','instrument':'approve','phase':'v','method':'approval'," \
         "'certify':'auto'" more "}]"
#define CAST(voter, ballot) \
    "{'at':210,'actor':'" voter "','do':'ballot.cast','campaign':'c','round':'r','ballot':" ballot "}"

/* The best comment has a prize, and is no candidate of the round for ideas. */
static void a_round_takes_works_or_a_kind(void **state)
{
    (void)state;
    static const char *const rounds[] = {ROUND(""), ROUND(",'candidates':{'kind':'comment'}")};
    for (int i = 0; i < 2; i++) {
        cocreate_store *s = begin(rounds[i]);
        done(s, SUBMIT(100, "ann", "a", ""));
        done(s, REPLY(101, "bob", "k", "a", ""));
        if (i == 0) {
            refused(s, CAST("cat", "{'k':1}"), COCREATE_ERR_NOT_FOUND, "'k' is no candidate of round 'r'");
            done(s, CAST("cat", "{'a':1}"));
        } else {
            refused(s, CAST("cat", "{'a':1}"), COCREATE_ERR_NOT_FOUND, "'a' is no candidate of round 'r'");
            done(s, CAST("cat", "{'k':1}"));
        }
        assert_status(cocreate_tick(s, 300, &check_error), COCREATE_OK);
        shows(s, "c", i == 0 ? "'selected':['a']" : "'selected':['k']");
        assert_status(cocreate_verify(s, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
        cocreate_store_close(s);
    }
}

static void kinds_of_a_brief_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *members, *text;
    } cases[] = {
        {",'kinds':['comment','review']", "$.brief.kinds: expected at least one kind of works, as \"idea\""},
        {",'kinds':['idea','idea']", "$.brief.kinds[1]: 'idea' stands there twice"},
        {",'rounds':[{'id':'r','lead':'firm','phase':'q','candidates':{'kind':'comment'}}]",
         "$.brief.rounds[0].candidates.kind: the campaign takes no 'comment'; see $.kinds"},
        {",'rounds':[{'id':'r','lead':'firm','phase':'q','candidates':{'kind':'entry','round':'x'}}]",
         "$.brief.rounds[0].candidates: 'round', 'kind' and 'milestone' exclude each other"},
    };
    cocreate_store *s = begin(OPEN);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char command[2048];
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'boss','do':'campaign.create','campaign':'d','brief':{" OPEN "%s}}",
                 cases[i].members);
        refused(s, command, COCREATE_ERR_SCHEMA, cases[i].text);
    }
    cocreate_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comment_is_a_contribution),
        cmocka_unit_test(replies_are_guarded),
        cmocka_unit_test(comments_have_an_eligibility),
        cmocka_unit_test(works_alone_are_screened_and_have_terms),
        cmocka_unit_test(a_round_takes_works_or_a_kind),
        cmocka_unit_test(kinds_of_a_brief_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
