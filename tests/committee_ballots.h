/* Approvals as text, and the committees of a trace as text.
 *
 *     cocreate_profile *p = approvals("abcd", "3:ab 6:ad 4:b");
 *     expect_committees(p, "pav", "{\"seats\":2,\"ties\":\"parallel\"}", "ab bd"); */
#ifndef COCREATE_TESTS_COMMITTEE_BALLOTS_H
#define COCREATE_TESTS_COMMITTEE_BALLOTS_H

#include "ranking_ballots.h"

#include <jansson.h>

CHECK_UNUSED static cocreate_profile *approvals(const char *letters, const char *text)
{
    cocreate_profile *p = new_profile(COCREATE_BALLOT_APPROVAL, letters);
    while (*text != '\0') {
        char *end;
        int64_t weight = strtol(text, &end, 10);
        uint32_t options[64];
        size_t n = 0;
        for (text = end + 1; *text != '\0' && *text != ' '; text++)
            options[n++] = (uint32_t)(strchr(letters, *text) - letters);
        assert_status(cocreate_profile_add(p, options, NULL, n, weight > 0 ? weight : 1, weight,
                                           &check_error),
                      COCREATE_OK);
        text += *text == ' ';
    }
    return p;
}

/* All committees that tie, as the trace lists them. */
CHECK_UNUSED static const char *committees_text(const cocreate_ranking *r)
{
    static char text[4096];
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *committee, *id;
    json_t *list = json_object_get(json_object_get(whole, "trace"), "committees");
    size_t i, k;
    text[0] = '\0';
    json_array_foreach(list, i, committee)
    {
        if (i > 0)
            strcat(text, " ");
        json_array_foreach(committee, k, id)
            strcat(text, json_string_value(id));
    }
    json_decref(whole);
    return text;
}

CHECK_UNUSED static void expect_committees(const cocreate_profile *p, const char *method,
                                           const char *options, const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    assert_string_equal(committees_text(r), expected);
    cocreate_ranking_free(r);
}

/* A member of the trace that is a string or a list. */
CHECK_UNUSED static void expect_trace(const cocreate_profile *p, const char *method,
                                      const char *options, const char *key, const char *expected)
{
    cocreate_ranking *r = rank(p, method, options);
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL);
    char *member = json_dumps(json_object_get(json_object_get(whole, "trace"), key),
                              JSON_ENCODE_ANY | JSON_COMPACT);
    assert_non_null(member);
    assert_string_equal(member, expected);
    free(member);
    json_decref(whole);
    cocreate_ranking_free(r);
}

#endif
