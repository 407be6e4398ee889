/* Instant runoff against RCTab 2.0's own suite: the single-winner contests whose records lie there as
 * CSV of ES&S. Every round of its reports is counted again among the candidates that it lists, and
 * the winner is found without it. Where an overvote counts if only one of its marks continues, the
 * rounds are those of one count. Left out: contests with aliases. */
#include "ranking_ballots.h"

#include <dirent.h>
#include <jansson.h>

#include "cocreate/formats.h"

#define FOLDER "data/voting/oracles/rctab"
#define WRITE_INS "Undeclared Write-ins"

static size_t contests, rounds_compared, winners_compared;

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static int is_dynamic(const json_t *config)
{
    return strcmp(text_of(json_object_get(config, "rules"), "overvoteRule"),
                  "exhaustIfMultipleContinuing") == 0;
}

/* The rules of a configuration in the words of our reader; NULL where they cannot be said. */
static char *rules_of(const json_t *config)
{
    const json_t *rules = json_object_get(config, "rules");
    const json_t *sources = json_object_get(config, "cvrFileSources");
    const json_t *source = json_array_get(sources, 0);
    const char *over = text_of(rules, "overvoteRule");
    size_t i;
    json_t *candidate;
    if (strcmp(text_of(rules, "winnerElectionMode"), "singleWinnerMajority") != 0 ||
        json_array_size(sources) != 1 || strcmp(text_of(source, "provider"), "ess") != 0 ||
        text_of(source, "firstVoteColumnIndex")[0] == '\0' ||
        json_is_true(json_object_get(source, "treatBlankAsUndeclaredWriteIn")))
        return NULL;
    json_array_foreach(json_object_get(config, "candidates"), i, candidate)
        if (json_array_size(json_object_get(candidate, "aliases")) > 0)
            return NULL;
    json_t *ours = json_object();
    json_object_set_new(ours, "first_rank", json_string(text_of(source, "firstVoteColumnIndex")));
    json_object_set_new(ours, "overvote",
                        json_string(strcmp(over, "alwaysSkipToNextRank") == 0 ? "skip"
                                    : is_dynamic(config)                      ? "tie"
                                                                              : "exhaust"));
    if (text_of(source, "overvoteDelimiter")[0] != '\0')
        json_object_set_new(ours, "delimiter", json_string(text_of(source, "overvoteDelimiter")));
    if (text_of(rules, "maxSkippedRanksAllowed")[0] != 'u')
        json_object_set_new(ours, "max_skipped", /* else unlimited */
                            json_string(text_of(rules, "maxSkippedRanksAllowed")));
    json_object_set_new(ours, "duplicate",
                        json_string(json_is_true(json_object_get(rules, "exhaustOnDuplicateCandidate"))
                                        ? "exhaust"
                                        : "skip"));
    char *text = json_dumps(ours, 0);
    json_decref(ours);
    return text;
}

static cocreate_profile *read_records(const char *path, const char *rules)
{
    size_t size = 0;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.rules = rules;
    assert_status(cocreate_profile_read(NULL, "cvr", bytes, size, 0, &limits, NULL, &p,
                                        &check_error),
                  COCREATE_OK);
    free(bytes);
    return p;
}

/* Who runs: the candidates of this tally. */
static void keep_only(cocreate_profile *p, const json_t *tally)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    for (size_t i = 0; i < info.options; i++) {
        cocreate_option option = {.size = sizeof option};
        char id[256], name[256];
        assert_status(cocreate_profile_option(p, i, &option, &check_error), COCREATE_OK);
        snprintf(id, sizeof id, "%s", option.id);
        snprintf(name, sizeof name, "%s", option.name);
        option.id = id;
        option.name = name;
        const char *theirs = strcmp(id, "UWI") == 0 ? WRITE_INS : id;
        option.withdrawn = json_object_get(tally, theirs) == NULL;
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
}

/* The votes of our first round are those of the tally, where a candidate without a record has 0. */
static void compare_round(cocreate_profile *p, const json_t *round, const char *contest)
{
    json_t *tally = json_object_get(round, "tally"), *votes, *whole, *value;
    const char *name;
    keep_only(p, tally);
    cocreate_ranking *r = rank(p, "irv", NULL);
    whole = json_loads(cocreate_ranking_json(r), 0, NULL);
    votes = json_object_get(json_array_get(json_object_get(json_object_get(whole, "trace"),
                                                           "rounds"), 0), "votes");
    json_object_foreach(tally, name, value)
    {
        const char *ours = text_of(votes, strcmp(name, WRITE_INS) == 0 ? "UWI" : name);
        if (strcmp(ours[0] != '\0' ? ours : "0", json_string_value(value)) != 0)
            print_error("%s, round %lld: %s has %s, not %s\n", contest,
                        json_integer_value(json_object_get(round, "round")), name, ours,
                        json_string_value(value));
        assert_string_equal(ours[0] != '\0' ? ours : "0", json_string_value(value));
    }
    rounds_compared++;
    json_decref(whole);
    cocreate_ranking_free(r);
}

/* RCTab draws where there is a tie; then its winner is one of ours. Write-ins leave first there. */
static void compare_winner(cocreate_profile *p, const json_t *report, const char *contest)
{
    const json_t *results = json_object_get(report, "results");
    const json_t *first = json_array_get(results, 0);
    json_t *tally = json_deep_copy(json_object_get(first, "tally")), *round, *result;
    const char *elected = NULL;
    size_t i, k;
    json_array_foreach(results, i, round)
        json_array_foreach(json_object_get(round, "tallyResults"), k, result)
            if (json_object_get(result, "elected") != NULL)
                elected = text_of(result, "elected");
    json_object_del(tally, WRITE_INS);
    keep_only(p, tally);
    static const char *const variants[] = {NULL, "{\"elimination\":\"batch\"}"};
    for (k = 0; k < 2 && elected != NULL; k++) {
        cocreate_ranking *r = rank(p, "irv", variants[k]);
        int found = 0;
        for (i = 0; i < cocreate_ranking_winner_count(r); i++) {
            cocreate_option option = {.size = sizeof option};
            assert_status(cocreate_profile_option(p, cocreate_ranking_winner(r, i), &option,
                                                  &check_error),
                          COCREATE_OK);
            found |= strcmp(option.id, elected) == 0;
        }
        if (!found)
            print_error("%s: %s does not win\n", contest, elected);
        assert_true(found);
        winners_compared++;
        cocreate_ranking_free(r);
    }
    json_decref(tally);
}

/* Round by round one count, with ballots that end where several of a rank continue. */
static void compare_count(cocreate_profile *p, const json_t *report, const char *contest)
{
    const json_t *results = json_object_get(report, "results");
    cocreate_ranking *r = rank(p, "irv",
                               "{\"overvote\":\"exhaust\",\"ties\":\"id\",\"until\":\"majority\"}");
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *round, *value;
    const json_t *rounds = json_object_get(json_object_get(whole, "trace"), "rounds");
    const char *name;
    size_t i;
    assert_int_equal(json_array_size(rounds), json_array_size(results));
    json_array_foreach(results, i, round)
    {
        const json_t *ours = json_array_get(rounds, i);
        const json_t *inactive = json_object_get(round, "inactiveBallots");
        long exhausted = atol(text_of(inactive, "exhaustedChoices")) +
                         atol(text_of(inactive, "overvotes")) +
                         atol(text_of(inactive, "skippedRankings"));
        assert_int_equal(atol(text_of(ours, "exhausted")), exhausted);
        json_object_foreach(json_object_get(round, "tally"), name, value)
            assert_string_equal(text_of(json_object_get(ours, "votes"), name),
                                json_string_value(value));
        rounds_compared++;
    }
    print_message("%s: ballots that end\n", contest);
    json_decref(whole);
    cocreate_ranking_free(r);
}

static json_t *load(const char *contest, const char *suffix)
{
    char relative[512];
    snprintf(relative, sizeof relative, FOLDER "/%s/%s%s", contest, contest, suffix);
    const char *path = shared_path_or_null(relative);
    return path != NULL ? json_load_file(path, 0, NULL) : NULL;
}

static void compare_contest(const char *contest)
{
    json_t *config = load(contest, "_config.json");
    json_t *report = load(contest, "_expected_detailed_report.json"), *round;
    char *rules = config != NULL && report != NULL ? rules_of(config) : NULL;
    char relative[512];
    size_t i;
    if (rules != NULL) {
        const json_t *source = json_array_get(json_object_get(config, "cvrFileSources"), 0);
        snprintf(relative, sizeof relative, FOLDER "/%s/%s.csv", contest,
                 text_of(source, "filePath"));
        const char *path = shared_path_or_null(relative);
        if (path != NULL) {
            cocreate_profile *p = read_records(path, rules);
            if (is_dynamic(config))
                compare_count(p, report, contest);
            else {
                json_array_foreach(json_object_get(report, "results"), i, round)
                    compare_round(p, round, contest);
                compare_winner(p, report, contest);
            }
            cocreate_profile_free(p);
            contests++;
            print_message("%s\n", contest);
        }
    }
    free(rules);
    json_decref(config);
    json_decref(report);
}

static void rctab(void **state)
{
    (void)state;
    const char *path = shared_path(FOLDER);
    DIR *folder = path != NULL ? opendir(path) : NULL;
    if (folder == NULL)
        skip();
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (entry->d_name[0] != '.' && entry->d_name[0] != '_')
            compare_contest(entry->d_name);
    closedir(folder);
    print_message("%zu contests, %zu rounds, %zu winners\n", contests, rounds_compared,
                  winners_compared);
    assert_true(contests >= 10);
}

/* The ballots that several contests share, by the rules of one of them. */
static cocreate_profile *read_shared(const char *relative, const char *contest)
{
    const char *path = shared_path(relative);
    json_t *config = load(contest, "_config.json");
    if (path == NULL || config == NULL)
        skip();
    json_object_set_new(json_object_get(config, "rules"), "winnerElectionMode",
                        json_string("singleWinnerMajority"));
    char *rules = rules_of(config);
    cocreate_profile *p = read_records(path, rules);
    free(rules);
    json_decref(config);
    return p;
}

static void expect_elected(const cocreate_profile *p, const char *method, const char *options,
                           size_t elected, const char *places)
{
    cocreate_ranking *r = rank(p, method, options);
    assert_int_equal(cocreate_ranking_winner_count(r), elected);
    const char *ours = places_text(p, r);
    if (strncmp(ours, places, strlen(places)) != 0)
        print_error("%s is not %s\n", ours, places);
    assert_int_equal(strncmp(ours, places, strlen(places)), 0);
    cocreate_ranking_free(r);
}

/* Bottoms up by 15 per cent: of the continuing votes A, B, C and G stay, with 10, 5, 4 and 7 votes; of
 * the 27 of the first round C leaves as well, and G has 11; and A and B stay where all below it leave
 * at once, as the reports of the three contests have it. */
static void bottoms_up(void **state)
{
    (void)state;
    cocreate_profile *p = read_shared(FOLDER "/_shared/bottoms_up_cvr.xlsx.csv",
                                      "multi_seat_bottoms_up_with_dynamic_threshold");
    expect_elected(p, "bottoms_up", "{\"threshold\":\"15\"}", 4, "1 A 10, 2 G 7, 3 B 5, 4 C 4, ");
    expect_elected(p, "bottoms_up",
                   "{\"threshold\":\"15\",\"of\":\"first_round\",\"ties\":\"id\"}", 3,
                   "1 G 11, 2 A 10, 3 B 5, ");
    expect_elected(p, "bottoms_up", "{\"threshold\":\"15\",\"elimination\":\"cutoff\"}", 2,
                   "1 A 10, 2 B 5, ");
    cocreate_profile_free(p);
}

/* Its contests of three passes: A, then B, who ties with C at 2 and stands first, then C. */
static void multi_pass(void **state)
{
    (void)state;
    cocreate_profile *p = read_shared(FOLDER "/_shared/simple_sequential_cvr.xlsx.csv",
                                      "sequential_with_batch");
    expect_elected(p, "multi_pass_irv", "{\"seats\":3}", 3, "1 A 5, 2 B 2, 3 C 2, ");
    cocreate_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rctab), cmocka_unit_test(bottoms_up),
                                       cmocka_unit_test(multi_pass)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
