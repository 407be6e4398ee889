/* Single transferable votes on real elections against what other programs answered: winners of the
 * files of expected/stv by up to 23 counters, and every round of droop's own reports, digit by
 * digit, until a tie that only the order of options breaks. There droop lets the first in the file
 * leave and this library the last, so that winners are not compared either. */
#include "ranking_ballots.h"

#include <jansson.h>

#include "cocreate/formats.h"

static cocreate_profile *load_blt(const char *name)
{
    static const char *const folders[] = {"droop", "scottish"};
    for (int i = 0; i < 2; i++) {
        char relative[300];
        snprintf(relative, sizeof relative, "data/voting/blt/%s/%s", folders[i], name);
        const char *path = shared_path_or_null(relative);
        if (path == NULL)
            continue;
        size_t size;
        char *bytes = read_file(path, &size);
        cocreate_profile *p = NULL;
        assert_status(cocreate_profile_read(NULL, "blt", bytes, size, 0, NULL, NULL, &p,
                                            &check_error),
                      COCREATE_OK);
        free(bytes);
        return p;
    }
    return NULL;
}

static cocreate_ranking *count(const cocreate_profile *p, const char *method, const char *options,
                               int seats)
{
    char all[200];
    snprintf(all, sizeof all, "{\"seats\":%d%s%s}", seats, options[0] != '\0' ? "," : "", options);
    return rank(p, method, all);
}

static int has_ties(const cocreate_ranking *r)
{
    const char *json = cocreate_ranking_json(r), *committees = strstr(json, "\"committee_count\":");
    return strstr(json, "\"ties\":[],\"trace\"") == NULL ||
           (committees != NULL && strstr(json, "\"committee_count\":1,") == NULL);
}

/* -- Winners ---------------------------------------------------------------------------------- */

static const struct counterpart {
    const char *peer, *name, *method, *options;
} counterparts[] = {
    {"droop", "scotland", "stv_scottish", ""},
    {"droop", "wigm-prf", "stv_wigm", "\"quota\":\"droop_exact\""},
    {"droop", "wigm-prf-batch", "stv_wigm", "\"quota\":\"droop_exact\",\"batch\":\"sure_losers\""},
    {"droop", "wigm", "stv_wigm", "\"quota\":\"droop_exact\",\"decimals\":\"exact\""},
    {"droop", "meek-prf", "stv_meek", ""},
    {"droop", "meek", "stv_meek", ""},
    {"droop", "warren", "stv_warren", ""},
    {"droop", "qpq", "qpq", ""},
    {"droop", "cfer", "stv_cfer", ""},
    {"droop", "cfer-batch", "stv_cfer", "\"batch\":\"sure_losers\""},
    {"droop", "mpls", "stv_minneapolis", ""},
    {"OpenSTV", "MeekSTV", "stv_meek", "\"variant\":\"openstv\""},
    {"OpenSTV", "MeekNZSTV", "stv_meek", "\"variant\":\"new_zealand\""},
    {"OpenSTV", "MeekQXSTV", "stv_meek", ""},
    {"OpenSTV", "WarrenSTV", "stv_warren", "\"decimals\":6"},
    {"OpenSTV", "WarrenQXSTV", "stv_warren", ""},
    {"OpenSTV", "NIrelandSTV", "stv_northern_ireland", ""},
    {"OpenSTV", "ScottishSTV", "stv_scottish", ""},
    {"OpenSTV", "ERS97STV", "stv_ers97", ""},
    {"OpenSTV", "QPQ", "qpq", ""},
    {"OpenSTV", "MinneapolisSTV", "stv_minneapolis", ""},
    {"OpenSTV", "SanFranciscoRCV", "stv_san_francisco", ""},
    {"OpenSTV", "FTSTV", "stv_wigm", "\"decimals\":6"},
    {"stv-rs", "meek bigfixed9", "stv_meek", ""},
    {"stv-rs", "meek approx", "stv_meek", ""},
    {"stv-rs", "meek float64", "stv_meek", ""},
    {"pref_voting", "stv_scottish", "stv_scottish", ""},
    {"pref_voting", "stv_wig", "stv_wigm",
     "\"quota\":\"hagenbach_bischoff\",\"decimals\":\"exact\""},
    {"pref_voting", "stv_nb", "stv_gregory", "\"quota\":\"hagenbach_bischoff\""},
    {"pref_voting", "stv_last_parcel", "stv_last_parcel", ""},
    {"pref_voting", "stv_meek", "stv_meek", ""},
    {"pref_voting", "stv_warren", "stv_warren", ""},
    {"votelib", "TransferableVoteSelector(Gregory,droop)", "stv_gregory", ""},
    {"votelib", "TransferableVoteSelector(Gregory,hare)", "stv_gregory", "\"quota\":\"hare\""},
    {"votelib", "TransferableVoteSelector(Gregory,hagenbach_bischoff)", "stv_gregory",
     "\"quota\":\"hagenbach_bischoff\""},
    {"votekit", "STV exact simultaneous droop", "stv_gregory", ""},
    {"votekit", "STV exact one-at-a-time droop", "stv_gregory", ""},
    {"pyrankvote", "single_transferable_vote (fractional droop)", "stv_gregory",
     "\"quota\":\"droop_exact\""}, /* more than V/(seats+1) */
    {"Condorcet", "STV", "stv_gregory", ""},
    {"Condorcet", "CPO STV", "stv_cpo", ""},
    {"pref_voting", "cpo_stv", "stv_cpo", ""},
    {"RCTab", "multiWinnerAllowMultipleWinnersPerRound int Droop 5dp useCandidateOrder", "stv_wigm",
     "\"decimals\":5"},
    {"RCTab", "multiWinnerAllowOnlyOneWinnerPerRound int Droop 5dp useCandidateOrder", "stv_wigm",
     "\"decimals\":5"},
    {"RCTab", "multiWinner hareQuota 5dp useCandidateOrder", "stv_wigm",
     "\"decimals\":5,\"quota\":\"hare\""},
    {"RCTab", "bottomsUp useCandidateOrder", "stv_san_francisco", ""},
};

static size_t compared, tied;

/* Numbers of a list of winners, whose members may be lists of those elected at once. */
static int is_winner(const json_t *winners, json_int_t number)
{
    size_t i;
    json_t *item;
    json_array_foreach(winners, i, item)
        if (json_is_array(item) ? is_winner(item, number) : json_integer_value(item) == number)
            return 1;
    return 0;
}

static size_t winner_count(const json_t *winners)
{
    size_t i, n = 0;
    json_t *item;
    json_array_foreach(winners, i, item)
        n += json_is_array(item) ? winner_count(item) : 1;
    return n;
}

static const struct counterpart *counterpart_of(const json_t *row)
{
    const char *peer = json_string_value(json_object_get(row, "peer"));
    const char *name = json_string_value(json_object_get(row, "method"));
    for (size_t i = 0; i < sizeof counterparts / sizeof counterparts[0]; i++)
        if (strncmp(peer, counterparts[i].peer, strlen(counterparts[i].peer)) == 0 &&
            strcmp(name, counterparts[i].name) == 0)
            return &counterparts[i];
    return NULL;
}

static void compare_winners(const cocreate_profile *p, const json_t *row, int seats,
                            const char *file)
{
    const json_t *winners = json_object_get(row, "winners");
    const struct counterpart *c = counterpart_of(row);
    if (c == NULL || !json_is_array(winners))
        return;
    cocreate_ranking *r = count(p, c->method, c->options, seats);
    size_t n = cocreate_ranking_winner_count(r), found = 0;
    for (size_t i = 0; i < n; i++)
        found += (size_t)is_winner(winners, (json_int_t)cocreate_ranking_winner(r, i) + 1);
    int same = found == n && n == winner_count(winners);
    if (!same && !has_ties(r))
        print_error("%s: %s %s has other winners than %s\n", file, c->peer, c->name, c->method);
    assert_true(same || has_ties(r));
    compared += (size_t)same;
    tied += (size_t)!same;
    cocreate_ranking_free(r);
}

/* droop's stages of the Scottish rule: the votes of each round are those of ours. */
static void compare_stages(const cocreate_profile *p, const json_t *row, int seats)
{
    const json_t *stages = json_object_get(row, "stages");
    if (!json_is_array(stages))
        return;
    cocreate_ranking *r = count(p, "stv_scottish", "", seats);
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *stage;
    json_t *rounds = json_object_get(json_object_get(whole, "trace"), "rounds");
    size_t i, round = 0;
    json_array_foreach(stages, i, stage)
    {
        const char *key;
        json_t *votes, *ours = json_object_get(json_array_get(rounds, round), "votes");
        if (strcmp(json_string_value(json_object_get(stage, "msg")), "New Round") != 0)
            continue;
        json_object_foreach(json_object_get(stage, "votes"), key, votes)
            if (json_object_get(ours, key) != NULL)
                assert_string_equal(json_string_value(json_object_get(ours, key)),
                                    json_string_value(votes));
        round++;
        compared++;
    }
    assert_true(round <= json_array_size(rounds));
    json_decref(whole);
    cocreate_ranking_free(r);
}

static void expected_answers(void **state)
{
    (void)state;
    const char *index_path = shared_path("data/voting/expected/INDEX.json");
    if (index_path == NULL)
        skip();
    json_t *index = json_load_file(index_path, 0, NULL), *unused;
    const char *name;
    size_t files = 0, i;
    assert_non_null(index);
    compared = tied = 0;
    json_object_foreach(index, name, unused)
    {
        char relative[300];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        const char *path = strncmp(name, "stv/", 4) == 0 ? shared_path_or_null(relative) : NULL;
        if (path == NULL)
            continue;
        json_t *expected = json_load_file(path, 0, NULL), *row;
        const char *file = json_string_value(json_object_get(expected, "file"));
        int seats = (int)json_integer_value(json_object_get(expected, "seats"));
        cocreate_profile *p = load_blt(file);
        assert_non_null(p);
        json_array_foreach(json_object_get(expected, "results"), i, row)
        {
            compare_winners(p, row, seats, file);
            compare_stages(p, row, seats);
        }
        cocreate_profile_free(p);
        json_decref(expected);
        files++;
    }
    json_decref(index);
    print_message("%zu files, %zu comparisons, %zu tied otherwise\n", files, compared, tied);
    assert_true(files >= 15);
}

/* -- droop's reports -------------------------------------------------------------------------- */

/* The votes that a block of a report states: a line "\tHopeful:  NAME (12.0000)" a candidate. */
static json_t *read_block(const char *block, const json_t *numbers)
{
    static const char *const states[] = {"\tElected: ", "\tPending: ", "\tHopeful: ",
                                         "\tDefeated:"};
    json_t *votes = json_object();
    for (const char *line = block; line != NULL && *line != '\0';) {
        const char *end = strchr(line, '\n'), *open = end;
        if (end == NULL)
            break;
        if (line > block && strncmp(line, "Action:", 7) == 0)
            break;
        while (open > line && *open != '(')
            open--;
        for (int i = 0; i < 4; i++) {
            char name[200], value[40];
            size_t size = (size_t)(open - line), skip = strlen(states[i]) + (i < 3);
            if (size <= skip || strncmp(line, states[i], strlen(states[i])) != 0)
                continue;
            skip += i == 3 && line[skip] == ' ';
            snprintf(name, sizeof name, "%.*s", (int)(size - skip - 1), line + skip);
            snprintf(value, sizeof value, "%.*s", (int)(end - open - 2), open + 1);
            const json_t *number = json_object_get(numbers, name);
            if (number != NULL)
                json_object_set_new(votes, json_string_value(number), json_string(value));
        }
        line = end + 1;
    }
    return votes;
}

/* Every candidate of the round that the block names has these votes, and there is one; whom it does
 * not name has none. */
static int agrees(const json_t *round, const json_t *block)
{
    const char *key;
    json_t *votes;
    int named = 0;
    json_object_foreach((json_t *)(uintptr_t)round, key, votes)
    {
        const char *ours = json_string_value(votes);
        const char *theirs = json_string_value(json_object_get(block, key));
        if (theirs == NULL && strspn(ours, "0.") != strlen(ours))
            return 0;
        if (theirs != NULL && strcmp(ours, theirs) != 0)
            return 0;
        named |= theirs != NULL;
    }
    return named;
}

/* Candidate numbers by name. */
static json_t *numbers_of(const cocreate_profile *p, const cocreate_ranking *r)
{
    json_t *numbers = json_object();
    for (size_t i = 0; i < cocreate_ranking_size(r); i++) {
        cocreate_place place = {.size = sizeof place};
        cocreate_option option = {.size = sizeof option};
        assert_status(cocreate_ranking_place(r, i, &place, &check_error), COCREATE_OK);
        assert_status(cocreate_profile_option(p, (size_t)place.option, &option, &check_error),
                      COCREATE_OK);
        json_object_set_new(numbers, option.name, json_string(option.id));
    }
    return numbers;
}

/* The rounds of ours stand in the report one after the other. */
static size_t compare_report(const cocreate_profile *p, const cocreate_ranking *r,
                             const char *report, const char *what)
{
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *round;
    json_t *numbers = numbers_of(p, r);
    const char *block = strstr(report, "Action:");
    size_t i, same = 0, by_id = 0;
    for (const char *at = strstr(report, "Break tie"); at != NULL; at = strstr(at + 1, "Break tie"))
        by_id++;
    json_array_foreach(json_object_get(json_object_get(whole, "trace"), "rounds"), i, round)
    {
        int found = 0;
        while (block != NULL && !found) {
            json_t *votes = read_block(block, numbers);
            found = agrees(json_object_get(round, "votes"), votes);
            json_decref(votes);
            if (!found)
                block = strstr(block + 1, "Action:");
        }
        same += (size_t)found;
        if (!found && by_id == 0)
            print_error("%s: round %zu is not in the report\n", what, i + 1);
        assert_true(found || by_id > 0);
    }
    json_decref(numbers);
    json_decref(whole);
    return same;
}

static void droop_reports(void **state)
{
    static const char *const elections[] = {"42",       "42t", "42u", "513",   "M135",
                                            "SC-Vm-12", "SC",  "SCw", "SCwopt"};
    static const struct {
        const char *rule, *method, *options;
    } rules[] = {
        {"scotland-fixed-p5-d5", "stv_scottish", ""},
        {"wigm-prf-fixed-p4-d4", "stv_wigm", "\"quota\":\"droop_exact\""},
        {"wigm-prf-batch-fixed-p4-d4", "stv_wigm",
         "\"quota\":\"droop_exact\",\"batch\":\"sure_losers\""},
        {"meek-prf-o6-fixed-p9-d9", "stv_meek", ""},
        {"cfer-fixed-p5-d5", "stv_cfer", ""},
        {"cfer-batch-fixed-p5-d5", "stv_cfer", "\"batch\":\"sure_losers\""},
        {"mpls-fixed-p4-d4", "stv_minneapolis", ""},
    };
    size_t reports = 0, rounds = 0;
    (void)state;
    for (size_t e = 0; e < sizeof elections / sizeof elections[0]; e++)
        for (size_t k = 0; k < sizeof rules / sizeof rules[0]; k++) {
            char relative[300], name[40];
            snprintf(relative, sizeof relative, "data/voting/oracles/droop/report/%s-%s.txt",
                     elections[e], rules[k].rule);
            const char *path = shared_path_or_null(relative);
            if (path == NULL)
                continue;
            snprintf(name, sizeof name, "%s.blt", elections[e]);
            char *report = read_file(path, NULL);
            const char *seats = strstr(report, "Seats: ");
            cocreate_profile *p = load_blt(name);
            assert_true(p != NULL && seats != NULL);
            cocreate_ranking *r =
                count(p, rules[k].method, rules[k].options, (int)strtol(seats + 7, NULL, 10));
            rounds += compare_report(p, r, report, relative);
            reports++;
            cocreate_ranking_free(r);
            cocreate_profile_free(p);
            free(report);
        }
    print_message("%zu reports, %zu rounds alike\n", reports, rounds);
    if (reports == 0)
        skip();
    assert_true(reports >= 55 && rounds >= 250);
}

/* -- stv-rs ----------------------------------------------------------------------------------- */

/* Names of the elected at the end of a log: lines "\tElected:  NAME (12.000000000)". */
static size_t expect_elected(const cocreate_profile *p, const cocreate_ranking *r, const char *log)
{
    size_t elected = 0, found = 0;
    const char *line = strstr(log, "Action: Count Complete");
    assert_non_null(line);
    while ((line = strstr(line, "\tElected:  ")) != NULL) {
        line += strlen("\tElected:  ");
        size_t size = (size_t)(strstr(line, " (") - line);
        elected++;
        for (size_t i = 0; i < cocreate_ranking_winner_count(r); i++) {
            cocreate_option option = {.size = sizeof option};
            assert_status(cocreate_profile_option(p, cocreate_ranking_winner(r, i), &option,
                                                  &check_error),
                          COCREATE_OK);
            found += strlen(option.name) == size && strncmp(option.name, line, size) == 0;
        }
    }
    return found == elected && elected > 0;
}

/* Its count of equal ranks as all their orders ("equalize"), which nobody else does right. */
static void stv_rs_equalized(void **state)
{
    static const char *const names[] = {
        "bigint/rand_hypergeometric_many.equalize.bigfixed9",
        "crashes/crash.equalize.fixed9",
        "crashes/rand_geometric.equalize.fixed9",
        "equal_preference/always_behind.equalize.fixed9",
        "equal_preference/equal_preference.equalize.fixed9",
        "equal_preference/equal_preference_droop.equalize.fixed9",
        "equal_preference/equal_preference_equalize.equalize.fixed9",
        "negative_surplus/below_quota.equalize.fixed9",
        "random/rand_2x10.equalize.approx",
        "random/rand_2x10.equalize.fixed9",
        "random/rand_5x4.equalize.approx",
        "random/rand_5x4.equalize.fixed9",
        "random/rand_hypergeometric.equalize.fixed9",
        "random/rand_mixed_5k.equalize.approx",
        "random/rand_mixed_5k.equalize.fixed9",
        "recursive_descent/transfer.equalize.fixed9",
        "recursive_descent/transfer_is_blocked.equalize.fixed9",
        "skewed.equalize.fixed9",
        "ties/tie_break_explicit.equalize.fixed9",
        "ties/tie_break_implicit.equalize.fixed9",
        "vegetables.equalize.approx",
        "vegetables.equalize.fixed9",
    };
    size_t same = 0, logs = 0;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char relative[300];
        snprintf(relative, sizeof relative, "data/voting/oracles/stv-rs/meek/%s.log", names[i]);
        const char *path = shared_path_or_null(relative);
        if (path == NULL)
            continue;
        char *log = read_file(path, NULL);
        snprintf(relative, sizeof relative, "data/voting/oracles/stv-rs/ballots/%.*s.blt",
                 (int)(strchr(names[i], '.') - names[i]), names[i]);
        path = shared_path(relative);
        assert_non_null(path);
        size_t size;
        char *bytes = read_file(path, &size);
        cocreate_profile *p = NULL;
        assert_status(cocreate_profile_read(NULL, "blt", bytes, size, 0, NULL, NULL, &p,
                                            &check_error),
                      COCREATE_OK);
        const char *seats = strstr(log, "Seats: ");
        assert_non_null(seats);
        cocreate_ranking *r = count(p, "stv_meek", "", (int)strtol(seats + 7, NULL, 10));
        size_t alike = expect_elected(p, r, log);
        if (!alike && !has_ties(r))
            print_error("%s has other winners\n", names[i]);
        assert_true(alike || has_ties(r));
        same += alike;
        logs++;
        cocreate_ranking_free(r);
        cocreate_profile_free(p);
        free(bytes);
        free(log);
    }
    print_message("%zu logs, %zu alike, the others decided by ties\n", logs, same);
    if (logs == 0)
        skip();
    assert_true(same >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(expected_answers),
                                       cmocka_unit_test(droop_reports),
                                       cmocka_unit_test(stv_rs_equalized)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
