/* Random elections against the modules of oracle/, independent counts with Python's fractions: ties,
 * truncation, weights 0, withdrawn options, every variant and tie chains. */
#define _POSIX_C_SOURCE 200809L
#include "ranking_ballots.h"

#include <jansson.h>

#define ELECTIONS 2000
#define SEED 20250601

static json_int_t number(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static json_int_t number_at(const json_t *array, size_t i)
{
    return json_integer_value(json_array_get(array, i));
}

static cocreate_profile *build(const json_t *e)
{
    size_t m = (size_t)number(e, "m"), i;
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, (int32_t)number(e, "kind"), m, &p, &check_error),
                  COCREATE_OK);
    for (i = 0; i < m; i++) {
        const json_t *at = json_array_get(json_object_get(e, "times"), i);
        cocreate_option option = {
            .size = sizeof option,
            .cost = json_integer_value(json_array_get(json_object_get(e, "costs"), i)),
            .at = json_is_null(at) ? COCREATE_NO_TIME : json_integer_value(at),
            .withdrawn =
                (int32_t)json_integer_value(json_array_get(json_object_get(e, "withdrawn"), i))};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    assert_status(cocreate_profile_set_budget(p, number(e, "budget"), 0, &check_error),
                  COCREATE_OK);
    json_t *ballot;
    json_array_foreach(json_object_get(e, "ballots"), i, ballot)
    {
        uint32_t options[64];
        int64_t values[64];
        const json_t *chosen = json_object_get(ballot, "options");
        size_t n = json_array_size(chosen);
        for (size_t k = 0; k < n; k++) {
            options[k] = (uint32_t)json_integer_value(json_array_get(chosen, k));
            values[k] =
                json_integer_value(json_array_get(json_object_get(ballot, "values"), k));
        }
        assert_status(cocreate_profile_add(p, options, values, n, 1, number(ballot, "weight"),
                                           &check_error),
                      COCREATE_OK);
    }
    return p;
}

static int same_place(const cocreate_ranking *r, size_t i, const json_t *expected)
{
    const json_t *row = json_array_get(json_object_get(expected, "places"), i);
    const json_t *scores = json_object_get(expected, "scores");
    char key[24];
    cocreate_place place = {.size = sizeof place};
    assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
    snprintf(key, sizeof key, "%d", (int)place.option);
    const char *score = json_string_value(json_object_get(scores, key));
    int same = row == NULL || ((json_int_t)place.option == number_at(row, 0) &&
                               (json_int_t)place.from == number_at(row, 1) &&
                               (json_int_t)place.to == number_at(row, 2));
    return same && (scores == NULL || (place.has_score != 0) == (score != NULL)) &&
           (score == NULL || strcmp(place.exact, score) == 0);
}

/* The winners as a set. */
static int same_winners(const cocreate_ranking *r, const json_t *winners)
{
    size_t n = cocreate_ranking_winner_count(r), found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < json_array_size(winners); k++)
            found += (json_int_t)cocreate_ranking_winner(r, i) == number_at(winners, k);
    return n == json_array_size(winners) && found == n;
}

/* Every member of the expected trace is in the trace. */
static int same_trace(const cocreate_ranking *r, json_t *expected)
{
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *value;
    const char *key;
    int same = 1;
    assert_non_null(whole);
    json_object_foreach(expected, key, value)
        same &= json_equal(json_object_get(json_object_get(whole, "trace"), key), value);
    json_decref(whole);
    return same;
}

/* The JSON of a result is canonical, whatever the election. */
static void check_json(const cocreate_ranking *r)
{
    const char *json = cocreate_ranking_json(r);
    cocreate_text *canonical = NULL;
    assert_status(cocreate_canonical_json(NULL, json, strlen(json), &canonical, &check_error),
                  COCREATE_OK);
    assert_string_equal(cocreate_text_data(canonical), json);
    cocreate_text_free(canonical);
}

static int same_result(const cocreate_ranking *r, const json_t *expected)
{
    const json_t *places = json_object_get(expected, "places");
    size_t n = cocreate_ranking_size(r);
    int same = places == NULL || n == json_array_size(places);
    for (size_t i = 0; same && i < n; i++)
        same = same_place(r, i, expected);
    return same && same_winners(r, json_object_get(expected, "winners")) &&
           same_trace(r, json_object_get(expected, "trace"));
}

static const struct {
    const char *name;
    cocreate_status status;
} refusals[] = {
    {"ERR_TIE", COCREATE_ERR_TIE},           {"ERR_LIMIT", COCREATE_ERR_LIMIT},
    {"ERR_ARGUMENT", COCREATE_ERR_ARGUMENT}, {"ERR_SCHEMA", COCREATE_ERR_SCHEMA},
    {"ERR_OVERFLOW", COCREATE_ERR_OVERFLOW},
};

static cocreate_status expected_status(const json_t *expected)
{
    const char *name = json_string_value(json_object_get(expected, "error"));
    for (size_t i = 0; name != NULL && i < sizeof refusals / sizeof refusals[0]; i++)
        if (strcmp(refusals[i].name, name) == 0)
            return refusals[i].status;
    assert_null(name);
    return COCREATE_OK;
}

static void check_election(const char *line)
{
    json_t *e = json_loads(line, 0, NULL);
    assert_non_null(e);
    const json_t *expected = json_object_get(e, "expected");
    char *options = json_dumps(json_object_get(e, "options"), 0);
    cocreate_profile *p = build(e);
    cocreate_ranking *r = NULL;
    cocreate_status status = cocreate_rank(p, json_string_value(json_object_get(e, "method")),
                                           options, NULL, &r, &check_error);
    int same = status == expected_status(expected) &&
               (status != COCREATE_OK || same_result(r, expected));
    if (!same)
        print_error("%s\n%s\n", line,
                    r != NULL ? cocreate_ranking_json(r) : check_error.text);
    assert_true(same);
    if (r != NULL)
        check_json(r);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    free(options);
    json_decref(e);
}

static void check_module(const char *module, unsigned long seed, size_t elections)
{
    static char line[1 << 20];
    char command[2048];
    snprintf(command, sizeof command, "python3 '%s/tests/golden/oracle/run.py' %s %lu %zu 2>&1",
             COCREATE_SOURCE_DIR, module, seed, elections);
    FILE *oracle = popen(command, "r");
    assert_non_null(oracle);
    size_t checked = 0;
    while (fgets(line, sizeof line, oracle) != NULL && line[0] == '{') {
        check_election(line);
        checked++;
    }
    int status = pclose(oracle);
    if (checked == 0 && status != 0) {
        print_message("%s: no python3 to run the oracle: %s\n", module, line);
        skip();
    }
    if (checked < elections)
        print_error("%s\n", line);
    assert_int_equal(checked, elections);
}

static void random_elections(void **state)
{
    check_module(*state, SEED, ELECTIONS);
}

/* By hand: test_ranking_oracle MODULE SEED ELECTIONS. */
static const char *by_hand_module;
static unsigned long by_hand_seed;
static size_t by_hand_elections;

static void asked_elections(void **state)
{
    (void)state;
    check_module(by_hand_module, by_hand_seed, by_hand_elections);
}

int main(int argc, char **argv)
{
    /* One line a module of tests/golden/oracle. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(random_elections, "budget"),
        cmocka_unit_test_prestate(random_elections, "classic"),
        cmocka_unit_test_prestate(random_elections, "committee"),
        cmocka_unit_test_prestate(random_elections, "condorcet"),
        cmocka_unit_test_prestate(random_elections, "elimination"),
        cmocka_unit_test_prestate(random_elections, "optimal"),
        cmocka_unit_test_prestate(random_elections, "positional"),
        cmocka_unit_test_prestate(random_elections, "rating"),
        cmocka_unit_test_prestate(random_elections, "stv"),
        cmocka_unit_test_prestate(random_elections, "stv_meek"),
    };
    const struct CMUnitTest asked[] = {cmocka_unit_test(asked_elections)};
    if (argc == 4) {
        by_hand_module = argv[1];
        by_hand_seed = strtoul(argv[2], NULL, 10);
        by_hand_elections = strtoul(argv[3], NULL, 10);
        return cmocka_run_group_tests(asked, NULL, NULL) != 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
