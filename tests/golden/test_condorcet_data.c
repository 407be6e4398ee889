/* The methods on majorities on the elections of PrefLib, against what pref_voting 1.18.1 answered.
 * Its conventions are told in the README beside the answers. Not compared: methods that it takes for
 * complete ballots only, where ballots are not. */
#include "ranking_ballots.h"

#include <jansson.h>

#include "cocreate/formats.h"

static const struct row {
    const char *peer, *method, *options;
} rows[] = {
    {"Condorcet", "condorcet", NULL},
    {"Weak Condorcet", "weak_condorcet", NULL},
    {"Top Cycle", "smith", NULL},
    {"GOCHA", "schwartz", NULL},
    {"Uncovered Set", "uncovered", NULL},
    {"Uncovered Set", "uncovered", "{\"variant\":\"left\"}"},
    {"Uncovered Set - Bordes", "uncovered", "{\"variant\":\"right\"}"},
    {"Uncovered Set - McKelvey", "uncovered", "{\"variant\":\"mckelvey\"}"},
    {"Uncovered Set - Fishburn", "uncovered", "{\"variant\":\"fishburn\"}"},
    {"Banks", "banks", NULL},
    {"Copeland", "copeland", NULL},
    {"Llull", "llull", NULL},
    {"Blacks", "black", NULL},
    {"Minimax", "minimax", "{\"strength\":\"margins\"}"},
    {"Minimax (Support)", "minimax", NULL},
    {"Smith-Minimax", "smith_minimax", "{\"strength\":\"margins\"}"},
    {"Beat Path", "schulze", "{\"strength\":\"margins\"}"},
    {"Ranked Pairs", "ranked_pairs", "{\"strength\":\"margins\"}"},
    {"Ranked Pairs", "ranked_pairs", "{\"strength\":\"margins\",\"ties\":\"parallel\"}"},
    {"Ranked Pairs TB", "ranked_pairs", "{\"strength\":\"margins\",\"ties\":\"id\"}"},
    {"River", "river", "{\"strength\":\"margins\"}"},
    {"River", "river", "{\"strength\":\"margins\",\"ties\":\"parallel\"}"},
    {"River TB", "river", "{\"strength\":\"margins\",\"ties\":\"id\"}"},
    {"Split Cycle", "split_cycle", "{\"strength\":\"margins\"}"},
    {"Stable Voting", "stable_voting", "{\"strength\":\"margins\"}"},
    {"Simple Stable Voting", "simple_stable_voting", "{\"strength\":\"margins\"}"},
    {"Leximax", "leximax", NULL},
    {"Most Wins, Smallest Loss", "most_wins_smallest_loss", NULL},
    {"Simplified Dodgson", "simplified_dodgson", NULL},
    {"Loss-Trimmer Voting", "loss_trimmer", NULL},
    {"Weighted Covering", "weighted_covering", NULL},
    {"beta-Uncovered Set", "beta_uncovered", NULL},
    {"Pareto", "pareto", NULL},
    {"Copeland-Local-Borda", "copeland_local_borda", NULL},
    {"Copeland-Global-Borda", "copeland_global_borda", NULL},
    {"Copeland-Local-Minimax", "copeland_local_minimax", "{\"strength\":\"margins\"}"},
    {"Copeland-Global-Minimax", "copeland_global_minimax", "{\"strength\":\"margins\"}"},
    {"Borda-Minimax Faceoff", "borda_minimax_faceoff", "{\"strength\":\"margins\"}"},
    {"Condorcet Plurality", "condorcet_plurality", NULL},
    {"Daunou", "daunou", NULL},
    {"Superior Voting", "superior_voting", NULL},
};
#define ROWS (sizeof rows / sizeof rows[0])

static size_t compared[ROWS], scores_compared, agreed_compared, files;

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

/* What pref_voting answered, or NULL where it gave nothing in its time. */
static json_t *answer_of(json_t *expected, const char *kind, const char *method)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "methods"), i, row)
        if (strncmp(json_string_value(json_object_get(row, "peer")), "pref_voting", 11) == 0 &&
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

/* Where there is no Condorcet winner the peer names everyone; we name nobody. */
static int names_all_for_none(const struct row *row, size_t answered, size_t m)
{
    return (strcmp(row->method, "condorcet") == 0 || strcmp(row->method, "weak_condorcet") == 0) &&
           answered == m;
}

static void compare_winners(const cocreate_profile *p, json_t *expected, size_t k)
{
    json_t *answer = answer_of(expected, "winners", rows[k].peer), *winner;
    size_t i, found = 0;
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, rows[k].method, rows[k].options);
    size_t n = cocreate_ranking_winner_count(r);
    json_array_foreach(answer, i, winner)
        found += (size_t)is_winner(r, json_integer_value(winner));
    int same = found == n && n == json_array_size(answer);
    if (n == 0)
        same = names_all_for_none(&rows[k], json_array_size(answer), cocreate_ranking_size(r));
    if (!same)
        print_error("%s: %s %s: %s\n", json_string_value(json_object_get(expected, "file")),
                    rows[k].method, rows[k].options ? rows[k].options : "",
                    cocreate_ranking_json(r));
    assert_true(same);
    compared[k]++;
    cocreate_ranking_free(r);
}

/* The scores, (ours * times - less) where theirs are other units. */
static void compare_scores(const cocreate_profile *p, json_t *expected, const char *peer,
                           const char *method, const char *options, double times, double less)
{
    json_t *answer = answer_of(expected, "scores", peer);
    if (answer == NULL)
        return;
    cocreate_ranking *r = rank(p, method, options);
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        cocreate_place place = {.size = sizeof place};
        char key[24];
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        snprintf(key, sizeof key, "%llu", (unsigned long long)place.option);
        assert_true(json_number_value(json_object_get(answer, key)) == place.score * times - less);
    }
    scores_compared++;
    cocreate_ranking_free(r);
}

/* The one option of its own kind of answer, or none. */
static void compare_condorcet(const cocreate_profile *p, json_t *expected)
{
    json_t *winner = answer_of(expected, "candidate", "condorcet_winner");
    json_t *loser = answer_of(expected, "candidate", "condorcet_loser");
    cocreate_ranking *r = rank(p, "condorcet", NULL);
    assert_int_equal(cocreate_ranking_winner_count(r), json_is_integer(winner) ? 1 : 0);
    if (json_is_integer(winner))
        assert_true(is_winner(r, json_integer_value(winner)));
    cocreate_ranking_free(r);
    r = rank(p, "condorcet_loser", NULL);
    cocreate_place last = {.size = sizeof last};
    assert_status(cocreate_ranking_place(r, cocreate_ranking_size(r) - 1, &last, &check_error),
                  COCREATE_OK);
    if (json_is_integer(loser)) {
        assert_int_equal(last.option, json_integer_value(loser));
        assert_int_equal(last.from, cocreate_ranking_size(r));
        assert_false(is_winner(r, json_integer_value(loser)));
    } else
        assert_int_equal(last.from, 1);
    cocreate_ranking_free(r);
}

/* Where all programs that answered agree: pref_voting, votelib 0.4.0, Condorcet PHP 4.6.1. */
static void compare_agreed(const cocreate_profile *p, json_t *expected)
{
    static const struct row agreed[] = {
        {"condorcet_winner", "condorcet", NULL},
        {"copeland", "copeland", NULL},
        {"minimax_margins", "minimax", "{\"strength\":\"margins\"}"},
        {"minimax_winning_votes", "minimax", NULL},
        {"minimax_pairwise_opposition", "minimax", "{\"strength\":\"opposition\"}"},
        {"ranked_pairs_margins", "ranked_pairs", "{\"strength\":\"margins\"}"},
        {"ranked_pairs_winning_votes", "ranked_pairs", NULL},
        {"schulze_margins", "schulze", "{\"strength\":\"margins\"}"},
        {"schulze_winning_votes", "schulze", NULL},
        {"schwartz", "schwartz", NULL},
        {"smith", "smith", NULL},
    };
    for (size_t k = 0; k < sizeof agreed / sizeof agreed[0]; k++) {
        json_t *row = json_object_get(json_object_get(expected, "agreement"), agreed[k].peer);
        json_t *answers = json_object_get(row, "answers"), *winner;
        size_t i, found = 0;
        if (!json_is_true(json_object_get(row, "agree")))
            continue;
        cocreate_ranking *r = rank(p, agreed[k].method, agreed[k].options);
        json_array_foreach(answers, i, winner)
            found += (size_t)is_winner(r, json_integer_value(winner));
        if (found != json_array_size(answers) || found != cocreate_ranking_winner_count(r))
            print_error("%s: %s\n", json_string_value(json_object_get(expected, "file")),
                        cocreate_ranking_json(r));
        assert_int_equal(found, json_array_size(answers));
        assert_int_equal(found, cocreate_ranking_winner_count(r));
        agreed_compared++;
        cocreate_ranking_free(r);
    }
}

static void check_file(json_t *expected)
{
    cocreate_profile *p = load_profile(json_string_value(json_object_get(expected, "file")));
    for (size_t k = 0; k < ROWS; k++)
        compare_winners(p, expected, k);
    compare_condorcet(p, expected);
    compare_agreed(p, expected);
    double m = (double)json_integer_value(json_object_get(expected, "m"));
    compare_scores(p, expected, "copeland_scores(1,0,-1)", "copeland", NULL, 2, m - 1);
    compare_scores(p, expected, "minimax_scores winning", "minimax", NULL, 1, 0);
    compare_scores(p, expected, "minimax_scores margins", "minimax",
                   "{\"strength\":\"margins\"}", 1, 0);
    compare_scores(p, expected, "minimax_scores pairwise_opposition", "minimax",
                   "{\"strength\":\"opposition\"}", 1, 0);
    cocreate_profile_free(p);
    files++;
}

static void preflib(void **state)
{
    (void)state;
    const char *index_path = shared_path("data/voting/expected/INDEX.json"), *name;
    if (index_path == NULL)
        skip();
    json_t *index = load_json(index_path), *row;
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
    }
    json_decref(index);
    size_t all = 0;
    for (size_t k = 0; k < ROWS; k++) {
        all += compared[k];
        if (compared[k] == 0)
            print_error("nothing to compare with %s\n", rows[k].peer);
        assert_true(compared[k] > 0);
    }
    print_message("%zu files, %zu sets of winners, %zu tables of scores, %zu on which all agree\n",
                  files, all, scores_compared, agreed_compared);
    assert_true(files >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(preflib)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
