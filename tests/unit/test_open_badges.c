/* Recognition as credentials of Open Badges 3.0: every member that the specification requires. */
#include "check.h"

#include <jansson.h>

#include "cocreate/reward.h"

#define ISSUER "{\"id\":\"https://example.org/\",\"type\":[\"Profile\"],\"name\":\"Example\"}"
#define ABOUT \
    "{\"issuer\":" ISSUER ",\"base\":\"https://example.org/badges\",\"valid_from\":" \
    "\"2026-01-01T01:00:00+01:00\",\"valid_until\":1798761600000000,\"subjects\":{\"ana\":\"did:example:1\"}}"

static cocreate_awards *make(void)
{
    static const char scheme[] =
        "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"EUR\",\"funds\":[{\"id\":\"f\",\"budget\":"
        "\"9.00\"}],\"rules\":[{\"id\":\"top 3\",\"kind\":\"badge\",\"where\":\"rank<=3\",\"criteria\":{"
        "\"narrative\":\"Among the best three\"},\"role\":\"author\",\"title\":\"Finalist\"},{\"id\":\"m\","
        "\"kind\":\"hall_of_fame\"},{\"id\":\"p\",\"kind\":\"ranked_prizes\",\"fund\":\"f\",\"prizes\":["
        "\"9.00\"]}]}";
    static const char result[] = "{\"campaign\":\"c\",\"entries\":[{\"id\":\"e\",\"owner\":\"ana\","
                                 "\"score\":2},{\"id\":\"g\",\"owner\":\"bo\",\"score\":1}]}";
    cocreate_scheme *s = NULL;
    cocreate_awards *a = NULL;
    assert_status(cocreate_scheme_parse(NULL, scheme, sizeof scheme - 1, &s, &check_error),
                  COCREATE_OK);
    assert_status(cocreate_reward(s, result, sizeof result - 1, NULL, &a, &check_error),
                  COCREATE_OK);
    cocreate_scheme_free(s);
    return a;
}

static json_t *badge(const cocreate_awards *awards, size_t index)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_awards_open_badge(awards, index, ABOUT, sizeof ABOUT - 1, &text,
                                             &check_error), COCREATE_OK);
    json_t *json = json_loads(cocreate_text_data(text), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    char *sorted = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(sorted, cocreate_text_data(text)); /* canonical */
    free(sorted);
    cocreate_text_free(text);
    return json;
}

static const char *at(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));
    assert_non_null(text);
    return text;
}

static int has(const json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), text) == 0)
            return 1;
    return 0;
}

/* Cardinalities of 1EdTech, Open Badges Specification 3.0, B.1: what is 1 or 1..* is there. */
static void has_what_is_required(void **state)
{
    (void)state;
    cocreate_awards *awards = make();
    cocreate_award award = {.size = sizeof award};
    assert_status(cocreate_awards_at(awards, 0, &award, &check_error), COCREATE_OK);
    json_t *json = badge(awards, 0);
    const json_t *context = json_object_get(json, "@context");
    assert_string_equal(json_string_value(json_array_get(context, 0)),
                        "https://www.w3.org/ns/credentials/v2");
    assert_string_equal(json_string_value(json_array_get(context, 1)),
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json");
    char id[80];
    snprintf(id, sizeof id, "https://example.org/badges/awards/%s", award.id);
    assert_string_equal(at(json, "id"), id);
    assert_true(has(json_object_get(json, "type"), "VerifiableCredential"));
    assert_true(has(json_object_get(json, "type"), "AchievementCredential"));
    assert_string_equal(at(json, "name"), "Finalist");
    assert_string_equal(at(json, "validFrom"), "2026-01-01T00:00:00Z");
    assert_string_equal(at(json, "validUntil"), "2027-01-01T00:00:00Z");
    assert_string_equal(at(json_object_get(json, "issuer"), "name"), "Example");
    assert_null(json_object_get(json, "proof"));
    const json_t *subject = json_object_get(json, "credentialSubject");
    assert_string_equal(at(subject, "id"), "did:example:1");
    assert_string_equal(at(subject, "role"), "author");
    assert_true(has(json_object_get(subject, "type"), "AchievementSubject"));
    const json_t *achievement = json_object_get(subject, "achievement");
    assert_string_equal(at(achievement, "id"), "https://example.org/badges/achievements/top%203");
    assert_true(has(json_object_get(achievement, "type"), "Achievement"));
    assert_string_equal(at(achievement, "name"), "Finalist");
    assert_string_equal(at(achievement, "description"), "Among the best three");
    assert_string_equal(at(json_object_get(achievement, "criteria"), "narrative"),
                        "Among the best three");
    json_decref(json);
    cocreate_awards_free(awards);
}

/* Who has no URI is identified by id; what has no criteria tells its reason. */
static void identifies_recipients(void **state)
{
    (void)state;
    cocreate_awards *awards = make();
    json_t *json = badge(awards, 1);
    const json_t *subject = json_object_get(json, "credentialSubject");
    const json_t *identity = json_array_get(json_object_get(subject, "identifier"), 0);
    assert_null(json_object_get(subject, "id"));
    assert_string_equal(at(identity, "identityHash"), "bo");
    assert_string_equal(at(identity, "identityType"), "accountId");
    assert_string_equal(at(identity, "type"), "IdentityObject");
    assert_true(json_is_false(json_object_get(identity, "hashed")));
    json_decref(json);
    json = badge(awards, 2);
    subject = json_object_get(json, "credentialSubject");
    assert_string_equal(at(json_object_get(subject, "achievement"), "name"), "m");
    assert_string_equal(at(json_object_get(subject, "achievement"), "description"),
                        "Place 1: the first place is remembered.");
    assert_null(json_object_get(subject, "role"));
    json_decref(json);
    cocreate_awards_free(awards);
}

static void adds_the_type_of_a_profile(void **state)
{
    (void)state;
    static const char about[] =
        "{\"issuer\":{\"id\":\"urn:x:y\"},\"base\":\"urn:x:\",\"valid_from\":0}";
    cocreate_awards *awards = make();
    cocreate_text *text = NULL;
    assert_status(cocreate_awards_open_badge(awards, 0, about, sizeof about - 1, &text,
                                             &check_error), COCREATE_OK);
    assert_non_null(strstr(cocreate_text_data(text),
                           "\"issuer\":{\"id\":\"urn:x:y\",\"type\":[\"Profile\"]}"));
    cocreate_text_free(text);
    cocreate_awards_free(awards);
}

static void refuses(void **state)
{
    (void)state;
    static const struct {
        const char *about;
        size_t index;
        cocreate_status status;
        const char *error;
    } cases[] = {
        {ABOUT, 9, COCREATE_ERR_ARGUMENT, "there is no award 9 of 4"},
        {ABOUT, 3, COCREATE_ERR_ARGUMENT, "award 3 is money, not recognition"},
        {"{\"base\":\"urn:x:\"}", 0, COCREATE_ERR_SCHEMA, "$.issuer: required, but missing"},
        {"{\"issuer\":\"example\"}", 0, COCREATE_ERR_SCHEMA,
         "$.issuer: \"example\" is no URI such as \"https://example.org/badges/\""},
        {"{\"issuer\":\"urn:x\",\"base\":\"urn:x:\"}", 0, COCREATE_ERR_SCHEMA,
         "$.valid_from: required, but missing"},
        {"{\"issuer\":\"urn:x\",\"base\":\"urn:x:\",\"valid_from\":0,\"subjects\":{\"ana\":\"ana\"}}", 0,
         COCREATE_ERR_SCHEMA,
         "$.subjects.ana: \"ana\" is no URI such as \"https://example.org/badges/\""},
    };
    cocreate_awards *awards = make();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cocreate_text *text = NULL;
        assert_int_equal(cocreate_awards_open_badge(awards, cases[i].index, cases[i].about,
                                                    strlen(cases[i].about), &text, &check_error),
                         cases[i].status);
        assert_string_equal(check_error.text, cases[i].error);
        assert_null(text);
    }
    cocreate_awards_free(awards);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_what_is_required),
        cmocka_unit_test(identifies_recipients),
        cmocka_unit_test(adds_the_type_of_a_profile),
        cmocka_unit_test(refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
