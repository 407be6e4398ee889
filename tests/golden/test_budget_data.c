/* Budgets and sequential committees on real and generated elections, against what other programs
 * answered: pabutools 1.2.3 with exact fractions (Pabulib), abcvoting (PrefLib, and its own test
 * suite). The conventions are told in the README beside the answers. */
#define _POSIX_C_SOURCE 200809L
#include "ranking_ballots.h"

#include <dirent.h>
#include <jansson.h>

#include "cocreate/formats.h"

static size_t compared;

static json_t *load_json(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (json == NULL)
        print_error("%s: %s\n", path, error.text);
    assert_non_null(json);
    return json;
}

static cocreate_profile *load_profile(const char *folder, const char *file)
{
    char relative[512];
    snprintf(relative, sizeof relative, "data/voting/%s/%s", folder, file);
    const char *path = shared_path(relative);
    assert_non_null(path);
    size_t size = 0;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_read(NULL, strrchr(file, '.') + 1, bytes, size, 0, NULL, NULL,
                                        &p, &check_error),
                  COCREATE_OK);
    free(bytes);
    return p;
}

/* Every answer below this folder of the expected ones. */
static void for_each_answer(const char *prefix, void (*check)(json_t *), size_t at_least)
{
    const char *index_path = shared_path("data/voting/expected/INDEX.json");
    if (index_path == NULL)
        skip();
    json_t *index = load_json(index_path), *row;
    size_t files = 0;
    const char *name;
    compared = 0;
    json_object_foreach(index, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        if (strncmp(name, prefix, strlen(prefix)) != 0 || shared_path(relative) == NULL)
            continue;
        json_t *expected = load_json(shared_path(relative));
        check(expected);
        json_decref(expected);
        files++;
    }
    json_decref(index);
    print_message("%s: %zu files, %zu comparisons\n", prefix, files, compared);
    assert_true(files >= at_least);
}

/* -- Budgets ---------------------------------------------------------------------------------- */

static int same_ids(const cocreate_profile *p, const cocreate_ranking *r, json_t *ids, int in_order)
{
    size_t n = cocreate_ranking_winner_count(r), found = 0;
    for (size_t w = 0; w < n; w++) {
        cocreate_option option = {.size = sizeof option};
        assert_status(cocreate_profile_option(p, cocreate_ranking_winner(r, w), &option,
                                              &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < json_array_size(ids); i++)
            found += (!in_order || i == w) &&
                     strcmp(option.id, json_string_value(json_array_get(ids, i))) == 0;
    }
    return found == n && n == json_array_size(ids);
}

/* What pabutools calls it, and what we do. `order`: what is bought is compared as a sequence. */
static const struct {
    const char *peer, *method, *options;
    int order;
} rules[] = {
    {"mes Cost_Sat", "equal_shares", "{\"satisfaction\":\"cost\"}", 1},
    {"mes Cardinality_Sat", "equal_shares", "{\"satisfaction\":\"cardinality\"}", 1},
    {"mes Additive_Cardinal_Sat", "equal_shares", "{\"satisfaction\":\"cardinality\"}", 1},
    {"mes Additive_Borda_Sat", "equal_shares", "{\"satisfaction\":\"cardinality\"}", 1},
    {"mes Cost_Sat voter_budget_increment", "equal_shares",
     "{\"satisfaction\":\"cost\",\"completion\":\"add1\",\"increment\":%lld}", 1},
    {"mes Cardinality_Sat voter_budget_increment", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"add1\",\"increment\":%lld}", 1},
    {"mes Additive_Cardinal_Sat voter_budget_increment", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"add1\",\"increment\":%lld}", 1},
    {"mes Additive_Borda_Sat voter_budget_increment", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"add1\",\"increment\":%lld}", 1},
    {"completion [mes Cost_Sat, greedy Cost_Sat]", "equal_shares",
     "{\"satisfaction\":\"cost\",\"completion\":\"greedy\"}", 1},
    {"completion [mes Cardinality_Sat, greedy Cardinality_Sat]", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"greedy\"}", 1},
    {"completion [mes Additive_Cardinal_Sat, greedy Additive_Cardinal_Sat]", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"greedy\"}", 1},
    {"completion [mes Additive_Borda_Sat, greedy Additive_Borda_Sat]", "equal_shares",
     "{\"satisfaction\":\"cardinality\",\"completion\":\"greedy\"}", 1},
    {"sequential_phragmen", "phragmen_seq", "{}", 0},
    {"maximin_support", "maximin_support", "{}", 0},
};

static void check_budget(json_t *expected)
{
    const char *file = json_string_value(json_object_get(expected, "file"));
    cocreate_profile *p = load_profile("pabulib", file);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "results"), i, row)
    {
        const char *name = json_string_value(json_object_get(row, "method"));
        size_t size = strcspn(name, "=");
        for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
            char options[256];
            if (strlen(rules[k].peer) != size || strncmp(rules[k].peer, name, size) != 0)
                continue;
            snprintf(options, sizeof options, rules[k].options,
                     (long long)json_integer_value(json_object_get(row, "increment")));
            cocreate_ranking *r = rank(p, rules[k].method, options);
            json_t *order = json_object_get(row, "order");
            int ordered = rules[k].order && json_is_array(order);
            if (!same_ids(p, r, ordered ? order : json_object_get(row, "selected"), ordered)) {
                print_error("%s, %s: %s\n", file, name, cocreate_ranking_json(r));
                assert_true(0);
            }
            compared++;
            cocreate_ranking_free(r);
        }
    }
    cocreate_profile_free(p);
}

static void pabutools(void **state)
{
    (void)state;
    for_each_answer("pb/", check_budget, 15);
}

/* -- Committees ------------------------------------------------------------------------------- */

static const struct {
    const char *peer, *method, *options;
} committee_rules[] = {
    {"seqphragmen", "phragmen_seq", ""},
    {"maximin-support", "maximin_support", ""},
    {"equal-shares", "equal_shares", ""},
    {"equal-shares-with-av-completion", "equal_shares", ",\"completion\":\"greedy\""},
    {"equal-shares-with-increment-completion", "equal_shares", ",\"completion\":\"add1\""},
    {"equal-shares-without-completion", "equal_shares", ",\"completion\":\"none\""},
};

#define COMMITTEE_RULES (sizeof committee_rules / sizeof *committee_rules)

static cocreate_ranking *elect(const cocreate_profile *p, size_t rule, long long seats,
                               int parallel)
{
    char options[256];
    snprintf(options, sizeof options, "{\"seats\":%lld%s%s}", seats, committee_rules[rule].options,
             parallel ? ",\"ties\":\"parallel\"" : "");
    return rank(p, committee_rules[rule].method, options);
}

/* The committee of 0-based members is the one elected. */
static int is_elected(const cocreate_ranking *r, json_t *committee)
{
    size_t n = cocreate_ranking_winner_count(r), found = 0;
    for (size_t w = 0; w < n; w++)
        for (size_t i = 0; i < json_array_size(committee); i++)
            found += (json_int_t)cocreate_ranking_winner(r, w) ==
                     json_integer_value(json_array_get(committee, i));
    return found == n && n == json_array_size(committee);
}

static int same_members(json_t *a, json_t *b)
{
    size_t n = json_array_size(a), found = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < json_array_size(b); k++)
            found += (size_t)json_equal(json_array_get(a, i), json_array_get(b, k));
    return found == n && n == json_array_size(b);
}

/* The committees of the trace, of ids that are the index + 1, are these. */
static int same_committees(const cocreate_ranking *r, json_t *committees)
{
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL);
    json_t *ours = json_object_get(json_object_get(whole, "trace"), "committees"), *one, *id;
    size_t i, j, found = 0;
    json_t *numbers = json_array();
    json_array_foreach(ours, i, one)
    {
        json_t *row = json_array();
        json_array_foreach(one, j, id)
            json_array_append_new(row, json_integer(atoi(json_string_value(id)) - 1));
        json_array_append_new(numbers, row);
    }
    json_array_foreach(committees, i, one)
        for (j = 0; j < json_array_size(numbers); j++)
            found += (size_t)same_members(one, json_array_get(numbers, j));
    int same = found == json_array_size(committees) && found == json_array_size(numbers);
    json_decref(numbers);
    json_decref(whole);
    return same;
}

static void check_committees(json_t *expected)
{
    const char *file = json_string_value(json_object_get(expected, "file"));
    int pabulib = strcmp(strrchr(file, '.'), ".pb") == 0;
    cocreate_profile *p = load_profile(pabulib ? "pabulib" : "preflib/cat", file);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(expected, "committees"), i, row)
        for (size_t k = 0; k < COMMITTEE_RULES; k++) {
            json_t *committees = json_object_get(row, "committees"), *capped;
            if (strcmp(json_string_value(json_object_get(row, "rule")), committee_rules[k].peer))
                continue;
            int all = json_is_false(json_object_get(row, "resolute"));
            capped = json_object_get(row, "capped");
            if (all && (pabulib || (json_int_t)json_array_size(committees) >=
                                       json_integer_value(capped)))
                continue;
            if (all && strstr(committee_rules[k].options, "none") != NULL)
                continue; /* committees that are not full */
            cocreate_ranking *r = elect(p, k, json_integer_value(json_object_get(row, "k")), all);
            if (all ? !same_committees(r, committees)
                    : !is_elected(r, json_array_get(committees, 0))) {
                char *text = json_dumps(row, 0);
                print_error("%s: %s\n%s\n", file, text, cocreate_ranking_json(r));
                assert_true(0);
            }
            compared++;
            cocreate_ranking_free(r);
        }
    cocreate_profile_free(p);
}

static void abcvoting(void **state)
{
    (void)state;
    for_each_answer("abc/", check_committees, 4);
}

/* -- The test suite of abcvoting -------------------------------------------------------------- */

/* The JSON list behind a key of a YAML file in flow style. */
static json_t *list_behind(const char *text, const char *key)
{
    const char *start = strstr(text, key);
    assert_non_null(start);
    start = strchr(start, '[');
    return json_loads(start, JSON_DISABLE_EOF_CHECK, NULL);
}

static cocreate_profile *profile_of(json_t *ballots, size_t options)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL, options, &p, &check_error),
                  COCREATE_OK);
    size_t i;
    json_t *ballot;
    json_array_foreach(ballots, i, ballot)
    {
        uint32_t approved[64];
        size_t n = json_array_size(ballot);
        for (size_t k = 0; k < n; k++)
            approved[k] = (uint32_t)json_integer_value(json_array_get(ballot, k));
        assert_status(cocreate_profile_add(p, approved, NULL, n, 1, 1, &check_error), COCREATE_OK);
    }
    return p;
}

static void check_instance(const char *path)
{
    size_t size;
    char *text = read_file(path, &size);
    text = realloc(text, size + 1);
    text[size] = '\0';
    json_t *ballots = list_behind(text, "profile:");
    cocreate_profile *p =
        profile_of(ballots, (size_t)atoi(strstr(text, "num_cand:") + strlen("num_cand:")));
    int seats = atoi(strstr(text, "committeesize:") + strlen("committeesize:"));
    for (const char *at = text; (at = strstr(at, "- rule_id: ")) != NULL;) {
        at += strlen("- rule_id: ");
        for (size_t k = 0; k < COMMITTEE_RULES; k++) {
            if (strcspn(at, "\n") != strlen(committee_rules[k].peer) ||
                strncmp(at, committee_rules[k].peer, strlen(committee_rules[k].peer)) != 0)
                continue;
            json_t *committees = list_behind(at, "result:");
            int all = strncmp(strstr(at, "resolute:"), "resolute: false", 15) == 0, good;
            cocreate_ranking *r = elect(p, k, seats, all);
            good = all && same_committees(r, committees);
            for (size_t i = 0; !all && i < json_array_size(committees); i++)
                good |= is_elected(r, json_array_get(committees, i));
            if (!good)
                print_error("%s: %s\n%s\n", path, committee_rules[k].peer,
                            cocreate_ranking_json(r));
            assert_true(good);
            compared++;
            cocreate_ranking_free(r);
            json_decref(committees);
        }
    }
    json_decref(ballots);
    cocreate_profile_free(p);
    free(text);
}

static void suite_of_abcvoting(void **state)
{
    (void)state;
    const char *folder = shared_path("data/voting/oracles/abcvoting");
    if (folder == NULL)
        skip();
    char kept[1024], path[1536];
    snprintf(kept, sizeof kept, "%s", folder);
    DIR *dir = opendir(kept);
    assert_non_null(dir);
    size_t files = 0;
    compared = 0;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strstr(entry->d_name, ".abc.yaml") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", kept, entry->d_name);
        check_instance(path);
        files++;
    }
    closedir(dir);
    print_message("abcvoting: %zu files, %zu comparisons\n", files, compared);
    assert_true(files >= 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pabutools), cmocka_unit_test(abcvoting),
                                       cmocka_unit_test(suite_of_abcvoting)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
