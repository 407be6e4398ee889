/* Random elections against oracle_ranking.py, an independent count with Python's fractions: ties,
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
        uint32_t options[16];
        int64_t values[16];
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
    cocreate_place place = {.size = sizeof place};
    assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
    const char *score = json_string_value(json_array_get(scores, i));
    return (json_int_t)place.option == json_integer_value(json_array_get(row, 0)) &&
           (json_int_t)place.from == json_integer_value(json_array_get(row, 1)) &&
           (json_int_t)place.to == json_integer_value(json_array_get(row, 2)) &&
           (scores == NULL || (place.has_score != 0) == (score != NULL)) &&
           (score == NULL || strcmp(place.exact, score) == 0);
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

static void check_election(const char *line)
{
    json_t *e = json_loads(line, 0, NULL);
    assert_non_null(e);
    const json_t *expected = json_object_get(e, "expected");
    const json_t *winners = json_object_get(expected, "winners");
    char *options = json_dumps(json_object_get(e, "options"), 0);
    cocreate_profile *p = build(e);
    cocreate_ranking *r = rank(p, json_string_value(json_object_get(e, "method")), options);
    size_t n = cocreate_ranking_size(r), w = cocreate_ranking_winner_count(r);
    int same = n == json_array_size(json_object_get(expected, "places"));
    same &= w == json_array_size(winners);
    for (size_t i = 0; same && i < n; i++)
        same &= same_place(r, i, expected);
    for (size_t i = 0; same && i < w; i++)
        same &= (json_int_t)cocreate_ranking_winner(r, i) ==
                json_integer_value(json_array_get(winners, i));
    if (!same)
        print_error("%s\n%s\n", line, cocreate_ranking_json(r));
    assert_true(same);
    check_json(r);
    cocreate_ranking_free(r);
    cocreate_profile_free(p);
    free(options);
    json_decref(e);
}

static void random_elections(void **state)
{
    static char line[65536];
    char command[2048];
    (void)state;
    snprintf(command, sizeof command, "python3 '%s/tests/golden/oracle_ranking.py' %d %d 2>&1",
             COCREATE_SOURCE_DIR, SEED, ELECTIONS);
    FILE *oracle = popen(command, "r");
    assert_non_null(oracle);
    size_t checked = 0;
    while (fgets(line, sizeof line, oracle) != NULL && line[0] == '{') {
        check_election(line);
        checked++;
    }
    int status = pclose(oracle);
    if (checked == 0 && status != 0) {
        print_message("no python3 to run the oracle\n");
        skip();
    }
    assert_int_equal(checked, ELECTIONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_elections)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
