/* The methods on real elections, against what other programs answered: pref_voting 1.18.1 for
 * rankings (PrefLib), pabutools 1.2.3 with exact fractions for budgets (Pabulib). The conventions
 * are told in the README beside the answers. */
#include "ranking_ballots.h"

#include <jansson.h>

#include "cocreate/formats.h"

static json_t *load_json(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (json == NULL)
        print_error("%s: %s\n", path, error.text);
    assert_non_null(json);
    return json;
}

static const char *extension(const char *file)
{
    return strrchr(file, '.') + 1;
}

static cocreate_profile *load_profile(const char *folder, const char *file)
{
    char relative[512];
    snprintf(relative, sizeof relative, "data/voting/%s/%s", folder, file);
    const char *path = shared_path(relative);
    if (path == NULL)
        return NULL;
    size_t size = 0;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_read(NULL, extension(file), bytes, size, 0, NULL, NULL, &p,
                                        &check_error),
                  COCREATE_OK);
    free(bytes);
    return p;
}

/* PrefLib files lie in a folder by their type, some in one of their own. */
static cocreate_profile *load_preflib(const char *file)
{
    char folder[64], relative[512];
    snprintf(folder, sizeof folder, "preflib/%s", extension(file));
    snprintf(relative, sizeof relative, "data/voting/%s/%s", folder, file);
    if (shared_path_or_null(relative) == NULL)
        snprintf(folder, sizeof folder, "preflib/no_condorcet_winner");
    return load_profile(folder, file);
}

/* The answer of a method of pref_voting, or NULL where it gave none in its time. */
static json_t *answer_of(json_t *expected, const char *method)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "methods"), i, row)
    {
        const char *peer = json_string_value(json_object_get(row, "peer"));
        const char *kind = json_string_value(json_object_get(row, "kind"));
        const char *name = json_string_value(json_object_get(row, "method"));
        if (strncmp(peer, "pref_voting", 11) == 0 && strncmp(name, method, strlen(method)) == 0 &&
            (name[strlen(method)] == '\0' || name[strlen(method)] == ' ') &&
            (strcmp(kind, "winners") == 0 || strcmp(kind, "scores") == 0) &&
            (strcmp(name, method) == 0 || strncmp(method, "symmetric", 9) == 0))
            return json_object_get(row, "result");
    }
    return NULL;
}

static size_t compared;

/* The winners are exactly those of the answer, 0-based indices. */
static void expect_same_winners(const cocreate_profile *p, const char *method, const char *options,
                                json_t *answer, const char *file)
{
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, method, options);
    size_t n = cocreate_ranking_winner_count(r), found = 0, i;
    json_t *winner;
    json_array_foreach(answer, i, winner)
        for (size_t w = 0; w < n; w++)
            found += (json_int_t)cocreate_ranking_winner(r, w) == json_integer_value(winner);
    if (found != n || n != json_array_size(answer))
        print_error("%s: %s %s has other winners\n", file, method, options ? options : "");
    assert_int_equal(found, n);
    assert_int_equal(n, json_array_size(answer));
    compared++;
    cocreate_ranking_free(r);
}

/* The scores, integers by 0-based index, are exactly those of the answer. */
static void expect_same_scores(const cocreate_profile *p, const char *method, const char *options,
                               json_t *answer)
{
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, method, options);
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        cocreate_place place = {.size = sizeof place};
        char key[24], score[32];
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        snprintf(key, sizeof key, "%llu", (unsigned long long)place.option);
        snprintf(score, sizeof score, "%lld",
                 (long long)json_number_value(json_object_get(answer, key)));
        assert_string_equal(place.exact, score);
    }
    compared++;
    cocreate_ranking_free(r);
}

static void check_rankings(json_t *expected)
{
    const char *file = json_string_value(json_object_get(expected, "file"));
    cocreate_profile *p = load_preflib(file);
    assert_non_null(p);
    int linear = json_is_true(json_object_get(expected, "linear"));
    expect_same_winners(p, "schulze", NULL,
                        answer_of(expected, "beat_path(strength_function=support)"), file);
    expect_same_winners(p, "schulze", "{\"strength\":\"margins\"}",
                        answer_of(expected, "Beat Path"), file);
    expect_same_winners(p, "irv", "{\"elimination\":\"all_tied\"}",
                        answer_of(expected, linear ? "Instant Runoff" : "Split IRV"), file);
    json_t *all_orders = answer_of(expected, linear ? "Instant Runoff PUT" : "Split IRV PUT");
    expect_same_winners(p, "irv", "{\"elimination\":\"parallel\"}", all_orders, file);
    expect_same_winners(p, "irv", NULL, all_orders, file);
    if (linear) {
        expect_same_winners(p, "plurality", NULL, answer_of(expected, "Plurality"), file);
        expect_same_winners(p, "borda", NULL, answer_of(expected, "Borda"), file);
        expect_same_scores(p, "plurality", NULL, answer_of(expected, "plurality_scores"));
        expect_same_scores(p, "borda", NULL, answer_of(expected, "borda_scores"));
    } else
        expect_same_scores(p, "borda", "{\"variant\":\"symmetric\"}",
                           answer_of(expected, "symmetric_borda_scores"));
    cocreate_profile_free(p);
}

static void check_budget(json_t *expected)
{
    static const char *const methods[][2] = {
        {"greedy Cost_Sat", "{\"satisfaction\":\"cost\"}"},
        {"greedy Cardinality_Sat", "{\"satisfaction\":\"cardinality\"}"},
        {"greedy Additive_Cardinal_Sat", "{\"satisfaction\":\"cardinality\"}"},
        {"greedy Additive_Borda_Sat", "{\"satisfaction\":\"cardinality\"}"}};
    const char *file = json_string_value(json_object_get(expected, "file"));
    cocreate_profile *p = load_profile("pabulib", file);
    assert_non_null(p);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "results"), i, row)
        for (size_t k = 0; k < 4; k++) {
            if (strcmp(json_string_value(json_object_get(row, "method")), methods[k][0]) != 0)
                continue;
            cocreate_ranking *r = rank(p, "greedy", methods[k][1]);
            json_t *order = json_object_get(row, "order");
            size_t n = cocreate_ranking_winner_count(r);
            assert_int_equal(n, json_array_size(order));
            for (size_t w = 0; w < n; w++) {
                cocreate_option option = {.size = sizeof option};
                assert_status(cocreate_profile_option(p, cocreate_ranking_winner(r, w), &option,
                                                      &check_error),
                              COCREATE_OK);
                assert_string_equal(option.id, json_string_value(json_array_get(order, w)));
            }
            compared++;
            cocreate_ranking_free(r);
        }
    cocreate_profile_free(p);
}

/* Every file of the index under this prefix. */
static void check_all(const char *prefix, void (*check)(json_t *), size_t at_least)
{
    const char *index_path = shared_path("data/voting/expected/INDEX.json");
    if (index_path == NULL)
        skip();
    json_t *index = load_json(index_path);
    size_t files = 0;
    const char *name;
    json_t *row;
    compared = 0;
    json_object_foreach(index, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        const char *path = strncmp(name, prefix, strlen(prefix)) == 0 ? shared_path(relative) : NULL;
        if (path == NULL)
            continue;
        json_t *expected = load_json(path);
        check(expected);
        json_decref(expected);
        files++;
    }
    json_decref(index);
    print_message("%s: %zu files, %zu comparisons\n", prefix, files, compared);
    assert_true(files >= at_least);
}

static void preflib(void **state)
{
    (void)state;
    check_all("pref/", check_rankings, 30);
}

static void pabulib(void **state)
{
    (void)state;
    check_all("pb/", check_budget, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(preflib), cmocka_unit_test(pabulib)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
