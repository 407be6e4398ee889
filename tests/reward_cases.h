/* Cases of reward rules: a rule and a result in, awards or a refusal out. */
#ifndef TESTS_REWARD_CASES_H
#define TESTS_REWARD_CASES_H

#include "check.h"

#include <jansson.h>

#include "cocreate/reward.h"

/* One rule of kind `kind` with the members `rule`; it may name the fund "f" of 10,000,000.00 USD and
 * the fund "sales" of revenue. */
struct reward_case {
    const char *kind, *rule;
    const char *result; /* members of the result */
    const char *awards; /* "to=minor ..." in order; points "to=minor UNIT", recognition "to:detail" */
    const char *left;   /* unspent of the fund, or NULL */
    const char *says;   /* the sentence of the first award, or NULL */
    cocreate_status status; /* of a refusal, then `awards` is its text */
};

static void reward_summary(const cocreate_awards *awards, char *out, size_t size)
{
    json_t *whole = json_loads(cocreate_awards_json(awards), 0, NULL);
    const json_t *list = json_object_get(whole, "awards");
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < cocreate_awards_count(awards); i++) {
        cocreate_award a = {.size = sizeof a};
        assert_status(cocreate_awards_at(awards, i, &a, &check_error), COCREATE_OK);
        int64_t replayed = -1;
        assert_status(cocreate_trace_replay(a.trace, strlen(a.trace), &replayed, &check_error),
                      COCREATE_OK);
        assert_int_equal(replayed, a.minor);
        const json_t *detail = json_object_get(json_array_get(list, i), a.kind);
        char *text = detail != NULL ? json_dumps(detail, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
        int n = text != NULL
                    ? snprintf(out + used, size - used, "%s%s:%s", used ? " " : "", a.to, text)
                    : snprintf(out + used, size - used, "%s%s=%lld%s%s", used ? " " : "", a.to,
                               (long long)a.minor, a.fund == NULL ? " " : "",
                               a.fund == NULL ? a.currency : "");
        free(text);
        assert_true(n > 0 && (size_t)n < size - used);
        used += (size_t)n;
    }
    json_decref(whole);
}

static void reward_sentence(const cocreate_awards *awards, size_t i, const char *expected)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_awards_explain(awards, i, &text, &check_error), COCREATE_OK);
    assert_string_equal(cocreate_text_data(text), expected);
    cocreate_text_free(text);
}

/* A test of one case, as its initial state. */
static void reward_gives(void **state)
{
    const struct reward_case *c = *state;
    static const uint8_t seed[32] = {7};
    static char scheme[1 << 16], result[1 << 18], got[1 << 16];
    int n = snprintf(scheme, sizeof scheme,
                     "{\"scheme\":\"cocreate.incentives/1\",\"currency\":\"USD\",\"funds\":["
                     "{\"id\":\"f\",\"budget\":\"10000000.00\"},{\"id\":\"sales\",\"source\":"
                     "\"revenue\"}],\"rules\":[{\"id\":\"r\",\"kind\":\"%s\",%s}]}",
                     c->kind, c->rule);
    assert_true(n > 0 && (size_t)n < sizeof scheme);
    n = snprintf(result, sizeof result, "{%s}", c->result);
    assert_true(n > 0 && (size_t)n < sizeof result);
    cocreate_scheme *s = NULL;
    cocreate_awards *a = NULL;
    cocreate_status status = cocreate_scheme_parse(NULL, scheme, strlen(scheme), &s, &check_error);
    if (status == COCREATE_OK)
        status = cocreate_reward(s, result, strlen(result), seed, &a, &check_error);
    if (c->status != COCREATE_OK) {
        assert_int_equal(status, c->status);
        assert_string_equal(check_error.text, c->awards);
        assert_null(a);
        cocreate_scheme_free(s);
        return;
    }
    assert_status(status, COCREATE_OK);
    reward_summary(a, got, sizeof got);
    assert_string_equal(got, c->awards);
    if (c->left != NULL) {
        json_t *json = json_loads(cocreate_awards_json(a), 0, NULL);
        assert_string_equal(
            json_string_value(json_object_get(json_object_get(json, "unspent"), "USD")), c->left);
        json_decref(json);
    }
    if (c->says != NULL)
        reward_sentence(a, 0, c->says);
    cocreate_awards_free(a);
    cocreate_scheme_free(s);
}

/* In a list of CMUnitTest: a static struct reward_case by its name. */
#define REWARD_CASE(name) {#name, reward_gives, NULL, NULL, &name}

#endif
