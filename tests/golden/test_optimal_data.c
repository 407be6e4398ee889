/* The methods that search on real elections (PrefLib), against what other programs answered:
 * winners of pref_voting 1.18.1, which tries every ranking, and rankings of Condorcet PHP 4.6.1
 * and votelib 0.4.0, which give one of several best ones. The conventions are told in the README
 * beside the answers. */
#include "ranking_ballots.h"

#include <jansson.h>
#include <math.h>

#include "cocreate/formats.h"

static size_t compared;

static json_t *load_json(const char *path)
{
    json_t *json = json_load_file(path, 0, NULL);
    assert_non_null(json);
    return json;
}

/* PrefLib files lie in a folder by their type, some in one of their own. */
static cocreate_profile *load_preflib(const char *file)
{
    char relative[512];
    snprintf(relative, sizeof relative, "data/voting/preflib/%s/%s", strrchr(file, '.') + 1, file);
    const char *path = shared_path_or_null(relative);
    if (path == NULL) {
        snprintf(relative, sizeof relative, "data/voting/preflib/no_condorcet_winner/%s", file);
        path = shared_path(relative);
    }
    assert_non_null(path);
    size_t size = 0;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_read(NULL, strrchr(file, '.') + 1, bytes, size, 0, NULL, NULL, &p,
                                        &check_error),
                  COCREATE_OK);
    free(bytes);
    return p;
}

/* The answer of this program to this method, of this kind; NULL where it gave none in its time. */
static json_t *answer_of(json_t *expected, const char *peer, const char *method, const char *kind)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "methods"), i, row)
        if (strncmp(json_string_value(json_object_get(row, "peer")), peer, strlen(peer)) == 0 &&
            strcmp(json_string_value(json_object_get(row, "method")), method) == 0 &&
            strcmp(json_string_value(json_object_get(row, "kind")), kind) == 0)
            return json_object_get(row, "result");
    return NULL;
}

static int wins(const cocreate_ranking *r, json_int_t option)
{
    for (size_t i = 0; i < cocreate_ranking_winner_count(r); i++)
        if ((json_int_t)cocreate_ranking_winner(r, i) == option)
            return 1;
    return 0;
}

static void same_winners(const cocreate_profile *p, json_t *expected, const char *theirs,
                         const char *ours, const char *options)
{
    json_t *answer = answer_of(expected, "pref_voting", theirs, "winners"), *winner;
    size_t i;
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, ours, options);
    if (cocreate_ranking_winner_count(r) != json_array_size(answer))
        print_error("%s: %s has other winners: %s\n",
                    json_string_value(json_object_get(expected, "file")), ours, winners_text(p, r));
    assert_int_equal(cocreate_ranking_winner_count(r), json_array_size(answer));
    json_array_foreach(answer, i, winner)
        assert_true(wins(r, json_integer_value(winner)));
    compared++;
    cocreate_ranking_free(r);
}

static int is_only_lottery(const cocreate_profile *p)
{
    cocreate_ranking *r = rank(p, "maximal_lotteries", NULL);
    int only = strstr(cocreate_ranking_json(r), "\"extreme_lotteries\":1,") != NULL;
    cocreate_ranking_free(r);
    return only;
}

/* pref_voting takes the support of one lottery of several; ours is that of all (Dutta & Laslier
 * 1999). */
static void same_essential(const cocreate_profile *p, json_t *expected)
{
    json_t *answer = answer_of(expected, "pref_voting", "Essential Set", "winners"), *winner;
    size_t i;
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, "essential_set", NULL);
    json_array_foreach(answer, i, winner)
        assert_true(wins(r, json_integer_value(winner)));
    assert_true(cocreate_ranking_winner_count(r) == json_array_size(answer) ||
                !is_only_lottery(p));
    compared++;
    cocreate_ranking_free(r);
}

/* Their doubles are our fractions. Of several lotteries with margins pref_voting gives any
 * corner; of those of c1 the mean of the corners, as we do. */
static void same_lottery(const cocreate_profile *p, json_t *expected, const char *theirs,
                         const char *options)
{
    json_t *answer = answer_of(expected, "pref_voting", theirs, "lottery");
    if (answer == NULL || (options == NULL && !is_only_lottery(p)))
        return;
    cocreate_ranking *r = rank(p, "maximal_lotteries", options);
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        cocreate_place place = {.size = sizeof place};
        char key[24];
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        snprintf(key, sizeof key, "%llu", (unsigned long long)place.option);
        assert_true(fabs(json_number_value(json_object_get(answer, key)) - place.score) < 1e-9);
    }
    compared++;
    cocreate_ranking_free(r);
}

/* What a ranking costs by their matrix: the disagreements. */
static json_int_t distance(json_t *support, json_t *ranking)
{
    json_int_t sum = 0;
    for (size_t i = 0; i < json_array_size(ranking); i++)
        for (size_t j = i + 1; j < json_array_size(ranking); j++) {
            json_t *high = json_array_get(ranking, i), *low = json_array_get(ranking, j);
            if (json_is_array(high)) {
                high = json_array_get(high, 0);
                low = json_array_get(low, 0);
            }
            sum += json_integer_value(
                json_array_get(json_array_get(support, (size_t)json_integer_value(low)),
                               (size_t)json_integer_value(high)));
        }
    return sum;
}

/* A ranking that another program found is one of ours: it has our distance, and its first option
 * is one of our winners. Where there is only one, it is ours. */
static void one_of_ours(const cocreate_profile *p, json_t *expected, const char *peer,
                        const char *method, const char *kind)
{
    json_t *answer = answer_of(expected, peer, method, kind);
    char text[64];
    if (answer == NULL || json_array_size(answer) != (size_t)json_integer_value(json_object_get(
                                                         expected, "m")))
        return;
    cocreate_ranking *r = rank(p, "kemeny", NULL);
    snprintf(text, sizeof text, "\"distance\":\"%lld\"",
             (long long)distance(json_object_get(expected, "pairwise_support"), answer));
    assert_non_null(strstr(cocreate_ranking_json(r), text));
    json_t *first = json_array_get(answer, 0);
    first = json_is_array(first) ? json_array_get(first, 0) : first;
    assert_true(wins(r, json_integer_value(first)));
    if (strstr(cocreate_ranking_json(r), "\"optima\":\"1\"") != NULL)
        for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
            cocreate_place place = {.size = sizeof place};
            json_t *theirs = json_array_get(answer, i);
            theirs = json_is_array(theirs) ? json_array_get(theirs, 0) : theirs;
            assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
            assert_int_equal(place.option, json_integer_value(theirs));
        }
    compared++;
    cocreate_ranking_free(r);
}

static void check_file(json_t *expected)
{
    cocreate_profile *p = load_preflib(json_string_value(json_object_get(expected, "file")));
    same_winners(p, expected, "Kemeny-Young", "kemeny", NULL);
    same_winners(p, expected, "Slater", "slater", NULL);
    same_winners(p, expected, "Bipartisan Set", "bipartisan_set", NULL);
    same_essential(p, expected);
    same_lottery(p, expected, "Maximal Lottery", NULL);
    same_lottery(p, expected, "C1 Maximal Lottery", "{\"variant\":\"c1\"}");
    one_of_ours(p, expected, "Condorcet PHP", "Kemeny-Young", "ranking");
    cocreate_profile_free(p);
}

static void preflib(void **state)
{
    (void)state;
    const char *index_path = shared_path("data/voting/expected/INDEX.json"), *name;
    if (index_path == NULL)
        skip();
    json_t *index = load_json(index_path), *row;
    size_t files = 0;
    json_object_foreach(index, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        const char *path = strncmp(name, "pref/", 5) == 0 ? shared_path(relative) : NULL;
        if (path == NULL)
            continue;
        json_t *expected = load_json(path);
        check_file(expected);
        json_decref(expected);
        files++;
    }
    json_decref(index);
    print_message("%zu files, %zu comparisons\n", files, compared);
    assert_true(files >= 30 && compared >= 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(preflib)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
