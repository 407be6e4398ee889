/* Flags, removals and appeals. */
#include "campaign.h"

#define CARE \
    BRIEF_HEAD "'mode':'tinkering','contributors':['customer'],'extra_fields':true," \
               "'moderation':{'appeal_us':50,'reasons':['spam','copied']},'rights':{'type':'exclusive'," \
               "'terms':'v1','effective':'on_select'}," \
               "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','revise','flag']}]"
#define DO(at, actor, verb, more) \
    "{'at':" #at ",'actor':'" actor "','do':'" verb "','campaign':'c'," more "}"
#define RAISE(at, actor, flag, id, reason) \
    DO(at, actor, "flag.raise", "'flag':'" flag "','contribution':'" id "','reason':'" reason "'")
#define FILE_FOR(at, actor, appeal, what) \
    DO(at, actor, "appeal.file", "'appeal':'" appeal "'," what ",'reason':'it is mine'")
#define DECIDE(at, appeal, verdict) \
    DO(at, "boss", "appeal.decide", "'appeal':'" appeal "','verdict':'" verdict "','answer':'so'")

static cocreate_store *begin_care(void)
{
    cocreate_store *s = begin(CARE);
    done(s, SUBMIT(110, "ann", "a", ",'title':'Boat','fields':{'x':1},'terms':'v1'"));
    return s;
}

static void an_upheld_flag_takes_down(void **state)
{
    (void)state;
    cocreate_store *s = begin_care();
    refused(s, RAISE(90, "bob", "f", "a", "spam"), COCREATE_ERR_TIME, NULL);
    refused(s, RAISE(111, "bob", "f", "a", "ugly"), COCREATE_ERR_REFUSED,
            "$.moderation.reasons: 'ugly' is none of the reasons, as 'spam'");
    refused(s, RAISE(111, "ann", "f", "a", "spam"), COCREATE_ERR_REFUSED,
            "'ann' is an author of contribution 'a': contribution.withdraw takes it back");
    done(s, RAISE(111, "bob", "f", "a", "spam"));
    exists(s, RAISE(111, "bob", "f", "a", "spam"));
    refused(s, RAISE(112, "bob", "f", "a", "copied"), COCREATE_ERR_CONFLICT,
            "flag 'f' exists with another 'reason'");
    refused(s, RAISE(112, "cat", "f", "a", "spam"), COCREATE_ERR_CONFLICT,
            "flag 'f' exists with another 'actor'");
    refused(s, RAISE(112, "bob", "g", "a", "copied"), COCREATE_ERR_REFUSED,
            "'bob' has flagged this revision of contribution 'a' already, by flag 'f'");
    done(s, ON(113, "ann", "revise", "a", ",'title':'Ship'"));
    done(s, RAISE(114, "bob", "g", "a", "copied"));
    refused(s, DO(115, "cat", "flag.uphold", "'flag':'g'"), COCREATE_ERR_PERMISSION,
            "'cat' is on the customer side, which may not flag.uphold");
    refused(s, DO(115, "boss", "flag.uphold", "'flag':'h'"), COCREATE_ERR_NOT_FOUND,
            "campaign 'c' has no flag 'h'");
    done(s, DO(115, "boss", "flag.uphold", "'flag':'g','note':'see d4'"));
    exists(s, DO(116, "boss", "flag.uphold", "'flag':'g','note':'see d4'"));
    refused(s, DO(116, "boss", "flag.uphold", "'flag':'g'"), COCREATE_ERR_CONFLICT,
            "flag 'g' is upheld with another 'note'");
    refused(s, DO(116, "boss", "flag.dismiss", "'flag':'g'"), COCREATE_ERR_CONFLICT,
            "flag 'g' is upheld already");
    shows(s, "c", "'changed_at':115,'flag':'g','id':'a','reason':'copied','rule':'$.moderation.reasons',"
                  "'state':'removed'}");
    shows(s, "c", "'removed':1");
    refused(s, RAISE(117, "cat", "h", "a", "spam"), COCREATE_ERR_REFUSED,
            "contribution 'a' is removed: it cannot be flagged");
    done(s, DO(118, "boss", "flag.uphold", "'flag':'f'")); /* it is gone already */
    shows(s, "c", "'removed':1");
    verified_close(s);
}

/* Back as it was: content, state, counts, the grant of rights; and the flag is dismissed for good. */
static void an_overturned_removal_returns(void **state)
{
    (void)state;
    cocreate_store *s = begin_care();
    done(s, ON(111, "ann", "revise", "a", ",'title':'Ship'"));
    done(s, RAISE(112, "bob", "f", "a", "spam"));
    refused(s, FILE_FOR(113, "ann", "p", "'contribution':'a'"), COCREATE_ERR_REFUSED,
            "contribution 'a' is published: only what was removed or declined is appealed against");
    done(s, DO(120, "boss", "flag.uphold", "'flag':'f'"));
    shows(s, "c", "'state':'released'");
    refused(s, FILE_FOR(121, "bob", "p", "'contribution':'a'"), COCREATE_ERR_PERMISSION,
            "'bob' is no author of contribution 'a'");
    refused(s, FILE_FOR(121, "ann", "p", "'contribution':'a','flag':'f'"), COCREATE_ERR_SCHEMA,
            "$: an appeal names a 'contribution' or a 'flag'");
    refused(s, FILE_FOR(121, "ann", "p", "'contribution':'z'"), COCREATE_ERR_NOT_FOUND,
            "campaign 'c' has no contribution 'z'");
    done(s, FILE_FOR(169, "ann", "p", "'contribution':'a'"));
    exists(s, FILE_FOR(169, "ann", "p", "'contribution':'a'"));
    refused(s, FILE_FOR(169, "ann", "q", "'contribution':'a'"), COCREATE_ERR_REFUSED,
            "contribution 'a' was appealed for already, by appeal 'p'");
    refused(s, FILE_FOR(169, "bob", "p", "'contribution':'a'"), COCREATE_ERR_CONFLICT,
            "appeal 'p' exists with another 'actor'");
    shows(s, "c", "'appeal':{'appeal':'p','state':'filed'}");
    refused(s, DECIDE(170, "q", "upheld"), COCREATE_ERR_NOT_FOUND, "campaign 'c' has no appeal 'q'");
    done(s, DECIDE(170, "p", "overturned"));
    exists(s, DECIDE(171, "p", "overturned"));
    refused(s, DECIDE(171, "p", "upheld"), COCREATE_ERR_CONFLICT, "appeal 'p' is decided: overturned");
    shows(s, "c", "'state':'published','terms':'v1','title':'Ship'}");
    shows(s, "c", "'counts':{'created':1,'declined':0,'live':1,'removed':0,'withdrawn':0}");
    shows(s, "c", "'state':'held'");
    refused(s, FILE_FOR(172, "bob", "q", "'flag':'f'"), COCREATE_ERR_REFUSED,
            "flag 'f' was appealed for already, by appeal 'p'");
    exists(s, SUBMIT(110, "ann", "a", ",'title':'Boat','fields':{'x':1},'terms':'v1'"));
    verified_close(s);
}

static void an_upheld_removal_is_final(void **state)
{
    (void)state;
    cocreate_store *s = begin_care();
    refused(s, ON(111, "boss", "remove", "a", ",'reason':'ugly'"), COCREATE_ERR_REFUSED,
            "$.moderation.reasons: 'ugly' is none of the reasons, as 'spam'");
    done(s, ON(111, "boss", "remove", "a", ",'reason':'spam'"));
    done(s, FILE_FOR(112, "ann", "p", "'contribution':'a'"));
    done(s, DECIDE(113, "p", "upheld"));
    shows(s, "c", "'appeal':{'appeal':'p','state':'upheld'}");
    refused(s, FILE_FOR(114, "ann", "q", "'contribution':'a'"), COCREATE_ERR_REFUSED,
            "contribution 'a' was appealed for already, by appeal 'p'");
    exists(s, SUBMIT(110, "ann", "a", ",'title':'Boat','fields':{'x':1},'terms':'v1'"));
    verified_close(s);
}

static void a_dismissed_flag_is_looked_at_again(void **state)
{
    (void)state;
    cocreate_store *s = begin_care();
    done(s, RAISE(111, "bob", "f", "a", "spam"));
    done(s, DO(112, "boss", "flag.dismiss", "'flag':'f'"));
    refused(s, FILE_FOR(113, "cat", "p", "'flag':'f'"), COCREATE_ERR_PERMISSION,
            "'cat' did not raise flag 'f'");
    done(s, FILE_FOR(113, "bob", "p", "'flag':'f'"));
    done(s, DECIDE(114, "p", "overturned"));
    shows(s, "c", "'state':'raised'");
    done(s, DO(115, "boss", "flag.uphold", "'flag':'f'"));
    shows(s, "c", "'state':'removed'");
    verified_close(s);
}

static void appeals_have_their_time(void **state)
{
    (void)state;
    cocreate_store *s = begin_care();
    done(s, ON(111, "boss", "remove", "a", ",'reason':'spam'"));
    refused(s, FILE_FOR(161, "ann", "p", "'contribution':'a'"), COCREATE_ERR_REFUSED,
            "$.moderation.appeal_us: appeals against it were heard before "
            "1970-01-01T00:00:00.000161Z, not at 1970-01-01T00:00:00.000161Z");
    verified_close(s);
    s = begin(OPEN);
    done(s, SUBMIT(110, "ann", "a", ""));
    done(s, ON(111, "boss", "remove", "a", ",'reason':'anything'"));
    refused(s, FILE_FOR(112, "ann", "p", "'contribution':'a'"), COCREATE_ERR_REFUSED,
            "$.moderation: the campaign hears no appeals");
    verified_close(s);
}

/* What was declined is screened again. */
static void a_decline_is_appealed(void **state)
{
    (void)state;
    cocreate_store *s = begin(OPEN ",'moderation':{'pre':true,'appeal_us':50}");
    done(s, SUBMIT(110, "ann", "a", ""));
    done(s, ON(111, "boss", "screen", "a", ",'verdict':'decline','reason':'dull'"));
    done(s, FILE_FOR(112, "ann", "p", "'contribution':'a'"));
    done(s, DECIDE(113, "p", "overturned"));
    shows(s, "c", "'state':'submitted'");
    done(s, ON(114, "boss", "screen", "a", ",'verdict':'accept'"));
    shows(s, "c", "'counts':{'created':1,'declined':0,'live':1,'removed':0,'withdrawn':0}");
    verified_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_upheld_flag_takes_down),
        cmocka_unit_test(an_overturned_removal_returns),
        cmocka_unit_test(an_upheld_removal_is_final),
        cmocka_unit_test(a_dismissed_flag_is_looked_at_again),
        cmocka_unit_test(appeals_have_their_time),
        cmocka_unit_test(a_decline_is_appealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
