/* Ranking by a tally says what ranking by the ballots says, method by method and option by option. */
#include "tally_ballots.h"

#include <jansson.h>

/* The result but for what a tally cannot know. */
static json_t *result_of(cocreate_status status, cocreate_ranking *r)
{
    if (status != COCREATE_OK)
        return json_pack("{s:i,s:s}", "status", (int)status, "text", check_error.text);
    json_t *json = json_loads(cocreate_ranking_json(r), 0, NULL);
    assert_non_null(json);
    json_object_del(json, "digest");
    json_object_set_new(json_object_get(json, "ballots"), "distinct", json_null());
    cocreate_text *text = NULL;
    assert_status(cocreate_ranking_explain(r, &text, &check_error), COCREATE_OK);
    json_object_set_new(json, "explained", json_string(cocreate_text_data(text)));
    cocreate_text_free(text);
    cocreate_ranking_free(r);
    return json;
}

static void compare_rankings(const cocreate_profile *p, const cocreate_tally *t, const char *method,
                             const char *options)
{
    cocreate_ranking *r = NULL;
    cocreate_status status = cocreate_rank(p, method, options, NULL, &r, &check_error);
    json_t *expected = result_of(status, r);
    r = NULL;
    status = cocreate_rank_tally(t, method, options, NULL, &r, &check_error);
    json_t *found = result_of(status, r);
    if (!json_equal(expected, found)) {
        char *one = json_dumps(expected, JSON_SORT_KEYS), *two = json_dumps(found, JSON_SORT_KEYS);
        print_error("%s %s\n%s\n%s\n", method, options, one, two);
        free(one);
        free(two);
    }
    assert_true(json_equal(expected, found));
    json_decref(expected);
    json_decref(found);
}

/* Some values of an option that is no choice. */
static void compare_values(const cocreate_profile *p, const cocreate_tally *t, const char *name,
                           const json_t *option)
{
    const char *key = json_string_value(json_object_get(option, "name"));
    const char *type = json_string_value(json_object_get(option, "type"));
    char options[160];
    if (strcmp(type, "numbers") == 0) {
        snprintf(options, sizeof options, "{\"%s\":\"7,5/2,2,0.5\"}", key);
        compare_rankings(p, t, name, options);
    }
    for (int i = 1; strcmp(type, "integer") == 0 && i < 4; i++) {
        snprintf(options, sizeof options, "{\"%s\":%d}", key, i);
        if (strcmp(key, "bootstrap") != 0)
            compare_rankings(p, t, name, options);
    }
}

/* With the defaults, and with every choice of every option. */
static void compare_method(const cocreate_profile *p, const cocreate_tally *t, const json_t *method)
{
    const char *name = json_string_value(json_object_get(method, "name"));
    size_t i, k;
    json_t *option, *choice;
    compare_rankings(p, t, name, "{}");
    compare_rankings(p, t, name, "{\"ties\":\"id\"}");
    json_array_foreach(json_object_get(method, "options"), i, option)
    {
        const char *key = json_string_value(json_object_get(option, "name"));
        compare_values(p, t, name, option);
        if (strcmp(json_string_value(json_object_get(option, "type")), "choice") != 0 ||
            strcmp(key, "margin") == 0)
            continue;
        json_array_foreach(json_object_get(option, "choices"), k, choice)
        {
            char options[160];
            snprintf(options, sizeof options, "{\"%s\":\"%s\"}", key, json_string_value(choice));
            compare_rankings(p, t, name, options);
        }
    }
}

static json_t *registry(void)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_methods(NULL, &text, &check_error), COCREATE_OK);
    json_t *methods = json_loads(cocreate_text_data(text), 0, NULL);
    assert_non_null(methods);
    cocreate_text_free(text);
    return methods;
}

static const char *const kind_names[] = {"", "values", "places", "pairs"};
static const char *const evidence_names[] = {"", "approval", "ranking", "score", "points"};

static int takes(const json_t *method, int32_t tally, int32_t ballots)
{
    const char *name = json_string_value(json_object_get(method, "tally"));
    size_t i;
    json_t *evidence;
    if (name == NULL || strcmp(name, kind_names[tally]) != 0)
        return 0;
    json_array_foreach(json_object_get(method, "evidence"), i, evidence)
        if (strcmp(json_string_value(evidence), evidence_names[ballots]) == 0)
            return 1;
    return 0;
}

static void ranks_as_the_ballots_do(void **state)
{
    const election *e = *state;
    json_t *methods = registry(), *method;
    size_t k, compared = 0;
    for (uint64_t run = 0; run < 6; run++) {
        uint64_t seed = run * 31 + 7;
        cocreate_profile *p = describe(e);
        for (size_t b = 0; b < (run == 0 ? 0 : e->ballots / 2 + run); b++)
            add_ballot(p, e, &seed);
        for (const int32_t *kind = kinds_of(e); *kind != 0; kind++) {
            cocreate_tally *t = tally_of(p, *kind);
            json_array_foreach(methods, k, method)
                if (takes(method, *kind, e->kind)) {
                    compare_method(p, t, method);
                    compared++;
                }
            cocreate_tally_free(t);
        }
        cocreate_profile_free(p);
    }
    assert_true(compared > 0);
    json_decref(methods);
}

static election rankings = {COCREATE_BALLOT_RANKING, 6, 60, 0, 0, 0},
                tied = {COCREATE_BALLOT_RANKING, 7, 60, 1, 1, 1},
                two = {COCREATE_BALLOT_RANKING, 2, 30, 0, 1, 0},
                one = {COCREATE_BALLOT_RANKING, 1, 9, 0, 0, 1},
                approvals = {COCREATE_BALLOT_APPROVAL, 6, 60, 1, 0, 0},
                scores = {COCREATE_BALLOT_SCORE, 6, 60, 0, 0, 1},
                points = {COCREATE_BALLOT_POINTS, 5, 60, 1, 0, 0};

static void refuses_methods_that_need_more(void **state)
{
    (void)state;
    cocreate_profile *p = describe(&rankings);
    cocreate_tally *places = tally_of(p, COCREATE_TALLY_PLACES), *pairs = tally_of(p, COCREATE_TALLY_PAIRS);
    cocreate_ranking *r = NULL;
    assert_refused(cocreate_rank_tally(pairs, "irv", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "irv needs the ballots themselves, and a tally has none");
    assert_refused(cocreate_rank_tally(places, "schulze", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT,
                   "schulze takes a tally of pairs, and this is one of places");
    assert_refused(cocreate_rank_tally(pairs, "score", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "score takes scores or points, and the ballots are rankings");
    assert_refused(cocreate_rank_tally(pairs, "schulze", "{\"margin\":\"yes\"}", NULL, &r, &check_error),
                   COCREATE_ERR_ARGUMENT, "$.margin: needs the ballots, and a tally has none");
    assert_refused(cocreate_rank_tally(pairs, "nothing", NULL, NULL, &r, &check_error),
                   COCREATE_ERR_NOT_FOUND, "no method \"nothing\"");
    assert_null(r);
    cocreate_tally_free(places);
    cocreate_tally_free(pairs);
    cocreate_profile_free(p);
}

#define CASE(name) {"ranks_as_the_ballots_do/" #name, ranks_as_the_ballots_do, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(rankings), CASE(tied),   CASE(two),    CASE(one),
        CASE(approvals), CASE(scores), CASE(points),
        cmocka_unit_test(refuses_methods_that_need_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
