/* Elimination and points by rank on the elections of PrefLib, against what other programs answered:
 * the winners of pref_voting 1.18.1, the whole order of Condorcet PHP 4.6.1. Their conventions are
 * told in the README beside the answers. */
#include "ranking_ballots.h"

#include <jansson.h>

#include "cocreate/formats.h"

/* pref_voting: without a suffix all who tie for the last place leave together; PUT follows every
 * order. Methods that it takes for complete ballots only answered only there. Not compared: TB, which
 * lets the first of those who tie leave, as our chains do not. */
static const struct row {
    const char *peer, *method, *options;
} rows[] = {
    {"Plurality", "plurality", NULL},
    {"Borda", "borda", NULL},
    {"Dowdall", "borda", "{\"variant\":\"dowdall\"}"},
    {"Anti-Plurality", "veto", NULL},
    {"Positive-Negative Voting", "positive_negative", NULL},
    {"Bucklin", "bucklin", NULL},
    {"Bucklin for Truncated Linear Orders", "bucklin", NULL},
    {"Simplified Bucklin", "bucklin", "{\"variant\":\"simplified\"}"},
    {"Weighted Bucklin", "bucklin", "{\"variant\":\"weighted\"}"},
    {"Approval IRV", "approval_irv", "{\"elimination\":\"all_tied\"}"},
    {"Approval IRV PUT", "approval_irv", "{\"elimination\":\"parallel\"}"},
    {"Split IRV", "split_irv", "{\"elimination\":\"all_tied\"}"},
    {"Split IRV PUT", "split_irv", NULL},
    {"Coombs", "coombs", "{\"elimination\":\"all_tied\"}"},
    {"Coombs PUT", "coombs", "{\"elimination\":\"parallel\"}"},
    {"Baldwin", "baldwin", "{\"elimination\":\"all_tied\"}"},
    {"Baldwin PUT", "baldwin", NULL},
    {"Strict Nanson", "nanson", NULL},
    {"Weak Nanson", "nanson", "{\"variant\":\"weak\"}"},
    {"Raynaud", "raynaud", "{\"elimination\":\"all_tied\"}"},
    {"Benham", "benham", "{\"elimination\":\"all_tied\"}"},
    {"Benham PUT", "benham", NULL},
    {"Woodall", "woodall", "{\"elimination\":\"all_tied\"}"},
    {"Smith IRV", "smith_irv", "{\"elimination\":\"all_tied\"}"},
    {"Smith IRV PUT", "smith_irv", "{\"ties\":\"parallel\"}"},
    {"Tideman Alternative Top Cycle", "tideman_alternative", "{\"elimination\":\"all_tied\"}"},
    {"Tideman Alternative Top Cycle PUT", "tideman_alternative", NULL},
    {"Tideman Alternative GOCHA", "tideman_alternative",
     "{\"elimination\":\"all_tied\",\"variant\":\"schwartz\"}"},
    {"Tideman Alternative GOCHA PUT", "tideman_alternative", "{\"variant\":\"schwartz\"}"},
    {"Bottom-Two-Runoff Instant Runoff", "btr_irv", "{\"elimination\":\"all_tied\"}"},
    {"Bottom-Two-Runoff Instant Runoff PUT", "btr_irv", NULL},
    {"Condorcet IRV", "condorcet_irv", "{\"elimination\":\"all_tied\"}"},
    {"Condorcet IRV PUT", "condorcet_irv", NULL},
    {"Iterated Removal Condorcet Loser", "iterated_removal_condorcet_loser", NULL},
    {"Plurality with Runoff PUT", "two_round", NULL},
};
#define ROWS (sizeof rows / sizeof rows[0])

static size_t compared[ROWS], orders_compared, differences, files;

static json_t *load_json(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (json == NULL)
        print_error("%s: %s\n", path, error.text);
    assert_non_null(json);
    return json;
}

/* PrefLib files lie in a folder by their type, some in one of their own. */
static cocreate_profile *load_profile(const char *file)
{
    const char *type = strrchr(file, '.') + 1;
    char relative[512];
    snprintf(relative, sizeof relative, "data/voting/preflib/%s/%s", type, file);
    if (shared_path_or_null(relative) == NULL)
        snprintf(relative, sizeof relative, "data/voting/preflib/no_condorcet_winner/%s", file);
    const char *path = shared_path(relative);
    assert_non_null(path);
    size_t size = 0;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_read(NULL, type, bytes, size, 0, NULL, NULL, &p, &check_error),
                  COCREATE_OK);
    free(bytes);
    return p;
}

/* What a peer answered, or NULL where it gave nothing in its time. */
static json_t *answer_of(json_t *expected, const char *peer, const char *kind, const char *method)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "methods"), i, row)
        if (strncmp(json_string_value(json_object_get(row, "peer")), peer, strlen(peer)) == 0 &&
            strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0 &&
            strcmp(json_string_value(json_object_get(row, "method")), method) == 0)
            return json_object_get(row, "result");
    return NULL;
}

static int is_winner(const cocreate_ranking *r, json_int_t option)
{
    for (size_t w = 0; w < cocreate_ranking_winner_count(r); w++)
        if ((json_int_t)cocreate_ranking_winner(r, w) == option)
            return 1;
    return 0;
}

static void tell(json_t *expected, const char *method, const char *options,
                 const cocreate_ranking *r, const json_t *answer)
{
    char *text = json_dumps(answer, 0);
    print_error("%s: %s %s: %.2000s, the peer %s\n",
                json_string_value(json_object_get(expected, "file")), method,
                options ? options : "", cocreate_ranking_json(r), text);
    free(text);
    differences++;
}

static void compare_winners(const cocreate_profile *p, json_t *expected, size_t k)
{
    json_t *answer = answer_of(expected, "pref_voting", "winners", rows[k].peer), *winner;
    size_t i, found = 0;
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, rows[k].method, rows[k].options);
    json_array_foreach(answer, i, winner)
        found += (size_t)is_winner(r, json_integer_value(winner));
    if (found != cocreate_ranking_winner_count(r) || found != json_array_size(answer))
        tell(expected, rows[k].method, rows[k].options, r, answer);
    compared[k]++;
    cocreate_ranking_free(r);
}

/* A list of groups, best first, is our order. */
static void compare_order(const cocreate_profile *p, json_t *expected, const char *peer_method,
                          const char *method, const char *options)
{
    json_t *answer = answer_of(expected, "Condorcet", "ranking", peer_method), *group;
    size_t i, at = 0;
    int same = 1;
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, method, options);
    json_array_foreach(answer, i, group)
    {
        size_t n = json_array_size(group), found = 0;
        for (size_t k = 0; k < n && same; k++) {
            cocreate_place place = {.size = sizeof place};
            assert_status(cocreate_ranking_place(r, at + k, &place, &check_error), COCREATE_OK);
            same &= place.from == at + 1 && place.to == at + n;
            for (size_t j = 0; j < n; j++)
                found += json_integer_value(json_array_get(group, j)) == (json_int_t)place.option;
        }
        same &= found == n;
        at += n;
    }
    if (!same || at != cocreate_ranking_size(r))
        tell(expected, method, options, r, answer);
    orders_compared++;
    cocreate_ranking_free(r);
}

static void compare_file(json_t *expected)
{
    cocreate_profile *p = load_profile(json_string_value(json_object_get(expected, "file")));
    for (size_t k = 0; k < ROWS; k++)
        compare_winners(p, expected, k);
    compare_order(p, expected, "BordaCount", "borda", NULL);
    compare_order(p, expected, "DowdallSystem", "borda", "{\"variant\":\"dowdall\"}");
    compare_order(p, expected, "FTPT", "plurality", NULL);
    cocreate_profile_free(p);
}

static void preflib(void **state)
{
    (void)state;
    const char *index_path = shared_path("data/voting/expected/INDEX.json");
    if (index_path == NULL)
        skip();
    json_t *index = load_json(index_path), *row;
    const char *name;
    json_object_foreach(index, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        const char *path = strncmp(name, "pref/", 5) == 0 ? shared_path(relative) : NULL;
        if (path == NULL)
            continue;
        json_t *expected = load_json(path);
        compare_file(expected);
        json_decref(expected);
        files++;
    }
    json_decref(index);
    for (size_t k = 0; k < ROWS; k++)
        print_message("%-36s %3zu files\n", rows[k].peer, compared[k]);
    print_message("%zu files, %zu whole orders, %zu differences\n", files, orders_compared,
                  differences);
    assert_int_equal(differences, 0);
    assert_true(files >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(preflib)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
