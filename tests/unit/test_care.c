/* Official answers, their trail, and what is overdue. */
#include "campaign.h"

#define POST(at, actor, id, response, more)                                                                \
    "{'at':" #at ",'actor':'" actor "','do':'response.post','campaign':'c','contribution':'" id             \
    "','response':'" response "'" more "}"
#define DIGEST "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void lacks(cocreate_store *store, const char *campaign, const char *text)
{
    cocreate_text *shown = NULL;
    assert_status(cocreate_show(store, campaign, &shown, &check_error), COCREATE_OK);
    assert_null(strstr(cocreate_text_data(shown), text));
    cocreate_text_free(shown);
}

static void answers_leave_a_trail(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'answer_within_us':50");
    done(s, SUBMIT(110, "ann", "a", ""));
    done(s, SUBMIT(120, "bob", "b", ""));
    done(s, POST(130, "boss", "a", "r1", ",'kind':'ack'"));
    lacks(s, "c", "answered_at");
    lacks(s, "c", "overdue");
    done(s, POST(140, "boss", "a", "r2", ",'kind':'answer','text':'We like it'"));
    done(s, POST(150, "host", "a", "r3", ",'kind':'status','status':'planned'"));
    exists(s, POST(150, "boss", "a", "r3", ",'kind':'status','status':'planned'"));
    exists(s, POST(140, "boss", "a", "r2", ",'kind':'answer','text':'We like it'")); /* late, but the same */
    shows(s, "c", "'answered_at':140");
    shows(s, "c", "'status':'planned'");
    shows(s, "c", "{'at':130,'by':'boss','contribution':'a','kind':'ack','response':'r1'}");
    /* b was to be answered before 170. */
    done(s, "{'at':169,'actor':'host','do':'participant.put','participant':'eve','side':'public'}");
    lacks(s, "c", "overdue");
    done(s, "{'at':170,'actor':'host','do':'participant.put','participant':'fay','side':'public'}");
    shows(s, "c", "'overdue':[{'contribution':'b','due':170}]");
    done(s, POST(171, "boss", "b", "r1", ",'kind':'note','digest':'" DIGEST "'"));
    shows(s, "c", "overdue");
    done(s, POST(172, "boss", "b", "r2", ",'kind':'answer','digest':'" DIGEST "'"));
    lacks(s, "c", "overdue");
    shows(s, "c", "'answered_at':172");
    verified_close(s);
}

/* Whoever left waits no more; who was removed may still be told why. */
static void what_has_ended_is_not_overdue(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'answer_within_us':5");
    done(s, SUBMIT(110, "ann", "a", ""));
    done(s, SUBMIT(110, "bob", "b", ""));
    done(s, ON(111, "bob", "withdraw", "b", ""));
    done(s, ON(120, "boss", "remove", "a", ",'reason':'spam'"));
    lacks(s, "c", "overdue");
    done(s, POST(121, "boss", "a", "r", ",'kind':'answer','text':'It was an advertisement'"));
    shows(s, "c", "'text':'It was an advertisement'");
    verified_close(s);
}

static void responses_are_refused(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN);
    done(s, SUBMIT(110, "ann", "a", ""));
    refused(s, POST(111, "ann", "a", "r", ",'kind':'ack'"), COCREATE_ERR_PERMISSION,
            "'ann' is on the customer side, which may not response.post");
    refused(s, POST(111, "boss", "z", "r", ",'kind':'ack'"), COCREATE_ERR_NOT_FOUND,
            "campaign 'c' has no contribution 'z'");
    refused(s, POST(111, "boss", "a", "r", ",'kind':'like'"), COCREATE_ERR_SCHEMA, NULL);
    refused(s, POST(111, "boss", "a", "r", ",'kind':'status'"), COCREATE_ERR_SCHEMA,
            "$.status: a response of kind 'status' says which");
    refused(s, POST(111, "boss", "a", "r", ",'kind':'answer','status':'done'"), COCREATE_ERR_SCHEMA,
            "$.status: is only for responses of kind 'status', not 'answer'");
    refused(s, POST(111, "boss", "a", "r", ",'kind':'note'"), COCREATE_ERR_SCHEMA,
            "$: a response of kind 'note' has a 'text' or its 'digest'");
    refused(s, POST(111, "boss", "a", "r", ",'kind':'answer','digest':'sha256:00'"), COCREATE_ERR_SCHEMA,
            "$.digest: must be \"sha256:\" and 64 hex digits");
    done(s, POST(112, "boss", "a", "r", ",'kind':'answer','text':'Yes'"));
    refused(s, POST(113, "boss", "a", "r", ",'kind':'answer','text':'No'"), COCREATE_ERR_CONFLICT,
            "response 'r' to contribution 'a' exists with another 'text'");
    refused(s, POST(113, "boss", "a", "r", ",'kind':'ack'"), COCREATE_ERR_CONFLICT,
            "response 'r' to contribution 'a' exists with another 'kind'");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_leave_a_trail),
        cmocka_unit_test(what_has_ended_is_not_overdue),
        cmocka_unit_test(responses_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
