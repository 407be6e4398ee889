/* Committees against what abcvoting 2.14 (2c0c412) answers: its own test suite (all committees that
 * tie, brute force or integer programs), and its answers for real approval ballots. */
#include "ranking_ballots.h"

#include <jansson.h>

#include "cocreate/formats.h"

/* abcvoting's name of a rule, ours, and the options with and without all ties. */
struct rule {
    const char *name, *method, *algorithm;
    unsigned compared, differ;
};

static struct rule rules[] = {
    {"av", "av", NULL, 0, 0},
    {"sav", "sav", NULL, 0, 0},
    {"pav", "pav", "exact", 0, 0},
    {"seqpav", "pav", "seq", 0, 0},
    {"revseqpav", "pav", "revseq", 0, 0},
    {"slav", "slav", "exact", 0, 0},
    {"seqslav", "slav", "seq", 0, 0},
    {"cc", "cc", "exact", 0, 0},
    {"seqcc", "cc", "seq", 0, 0},
    {"lexcc", "lexcc", NULL, 0, 0},
    {"adams", "adams", NULL, 0, 0},
    {"geom2", "geometric", "exact", 0, 0},
    {"monroe", "monroe", "exact", 0, 0},
    {"minimaxphragmen", "minimax_phragmen", NULL, 0, 0},
    {"leximaxphragmen", "lexmin_phragmen", NULL, 0, 0},
    {"minimaxav", "minimax_av", NULL, 0, 0},
    {"lexminimaxav", "lexmin_minimax_av", NULL, 0, 0},
    {"phragmen-enestroem", "phragmen_enestroem", NULL, 0, 0},
    {"consensus-rule", "consensus", NULL, 0, 0},
    {"eph", "eph", NULL, 0, 0},
};

/* Of several committees equally good, abcvoting's searches name any. */
static int names_any(const struct rule *rule)
{
    return rule->algorithm == NULL || strcmp(rule->algorithm, "exact") == 0;
}

/* Where abcvoting is not followed. S0003: it sums 29/20 of floats and misses a tie, 1.45 against
 * 1.4499999999999997. VL0000: it counts the voter who approves nobody, for whom the others pay too;
 * here such ballots are blank. */
static int is_known(const char *file, const char *rule)
{
    return (strcmp(file, "instanceS0003.abc.yaml") == 0 && strcmp(rule, "sav") == 0) ||
           (strcmp(file, "instanceVL0000.abc.yaml") == 0 && strcmp(rule, "consensus-rule") == 0);
}

static struct rule *find_rule(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (strlen(rules[i].name) == size && strncmp(rules[i].name, name, size) == 0)
            return &rules[i];
    return NULL;
}

static cocreate_ranking *elect(const cocreate_profile *p, const struct rule *rule, int seats,
                               int parallel)
{
    char options[128];
    snprintf(options, sizeof options, "{\"seats\":%d,\"ties\":\"%s\"%s%s%s}", seats,
             parallel ? "parallel" : "id", rule->algorithm ? ",\"algorithm\":\"" : "",
             rule->algorithm ? rule->algorithm : "", rule->algorithm ? "\"" : "");
    return rank(p, rule->method, options);
}

/* -- Committees as sets of indices from 0 ----------------------------------------------------- */

/* [["1","3"],..] of a trace, ids from 1, as [[0,2],..] */
static json_t *traced_committees(const cocreate_profile *p, const cocreate_ranking *r)
{
    json_t *whole = json_loads(cocreate_ranking_json(r), 0, NULL), *out = json_array();
    json_t *list = json_object_get(json_object_get(whole, "trace"), "committees"), *committee, *id;
    size_t i, k;
    json_array_foreach(list, i, committee)
    {
        json_t *members = json_array();
        json_array_foreach(committee, k, id)
        {
            size_t index;
            assert_status(cocreate_profile_find(p, json_string_value(id), &index, &check_error),
                          COCREATE_OK);
            json_array_append_new(members, json_integer((json_int_t)index));
        }
        json_array_append_new(out, members);
    }
    json_decref(whole);
    return out;
}

static json_t *elected(const cocreate_ranking *r)
{
    json_t *members = json_array();
    for (size_t o = 0; o < 1000; o++)
        for (size_t i = 0; i < cocreate_ranking_winner_count(r); i++)
            if (cocreate_ranking_winner(r, i) == o)
                json_array_append_new(members, json_integer((json_int_t)o));
    return members;
}

static int before(const void *a, const void *b)
{
    json_int_t x = *(const json_int_t *)a, y = *(const json_int_t *)b;
    return (x > y) - (x < y);
}

/* Members of each committee in order of index; abcvoting lists some in that of a hash. */
static json_t *in_order(const json_t *committees)
{
    json_t *out = json_array(), *committee;
    size_t i;
    json_array_foreach(committees, i, committee)
    {
        json_int_t members[64];
        size_t n = json_array_size(committee);
        json_t *sorted = json_array();
        for (size_t k = 0; k < n; k++)
            members[k] = json_integer_value(json_array_get(committee, k));
        qsort(members, n, sizeof members[0], before);
        for (size_t k = 0; k < n; k++)
            json_array_append_new(sorted, json_integer(members[k]));
        json_array_append_new(out, sorted);
    }
    return out;
}

static int holds(const json_t *list, const json_t *committee)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
        if (json_equal(item, committee))
            return 1;
    return 0;
}

static int same_sets(const json_t *a, const json_t *b)
{
    size_t i;
    json_t *item;
    json_array_foreach(a, i, item)
        if (!holds(b, item))
            return 0;
    return json_array_size(a) == json_array_size(b);
}

/* The largest number of options in which a ballot and a committee differ. */
static size_t largest_distance(const cocreate_profile *p, const json_t *committee)
{
    cocreate_profile_info info = {.size = sizeof info};
    size_t largest = 0;
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    for (size_t b = 0; b < info.distinct; b++) {
        uint32_t options[64];
        int64_t count, weight;
        size_t n, common = 0, i;
        const json_t *member;
        assert_status(cocreate_profile_ballot(p, b, 64, options, NULL, &n, &count, &weight,
                                              &check_error),
                      COCREATE_OK);
        for (size_t k = 0; k < n; k++)
            json_array_foreach(committee, i, member)
                common += json_integer_value(member) == (json_int_t)options[k];
        size_t distance = n + json_array_size(committee) - 2 * common;
        largest = n > 0 && distance > largest ? distance : largest;
    }
    return largest;
}

/* More committees tie than a trace lists: those of the answer are as good as ours. */
static int as_near(cocreate_profile *p, const cocreate_ranking *r, const json_t *committees)
{
    json_t *ours = elected(r), *item;
    size_t i;
    int same = 1;
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    size_t distance = largest_distance(p, ours);
    json_array_foreach(committees, i, item)
        same &= largest_distance(p, item) == distance;
    json_decref(ours);
    return same;
}

static void compare(cocreate_profile *p, const char *file, struct rule *rule, int seats,
                    int resolute, int in_full, const json_t *answers)
{
    json_t *expected = in_order(answers);
    cocreate_ranking *r = elect(p, rule, seats, !resolute);
    json_t *ours = resolute ? elected(r) : traced_committees(p, r);
    int same = is_known(file, rule->name) ? 1
               : resolute  ? holds(expected, ours)
               : in_full ? same_sets(ours, expected)
                         : json_array_size(ours) >= json_array_size(expected);
    size_t i;
    json_t *item;
    json_array_foreach(expected, i, item)
        same = same && (resolute || is_known(file, rule->name) || holds(ours, item));
    if (!same) {
        char *a = json_dumps(ours, JSON_COMPACT), *b = json_dumps(expected, JSON_COMPACT);
        print_error("%s: %s for %d seats%s\n  ours %s\n  expected %s\n", file, rule->name, seats,
                    resolute ? "" : ", all that tie", a, b);
        free(a);
        free(b);
        rule->differ++;
    }
    rule->compared++;
    json_decref(expected);
    json_decref(ours);
    cocreate_ranking_free(r);
}

static void report(void)
{
    unsigned differ = 0;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        print_message("%-20s %5u compared, %u differ\n", rules[i].name, rules[i].compared,
                      rules[i].differ);
        differ += rules[i].differ;
        rules[i].compared = rules[i].differ = 0;
    }
    assert_int_equal(differ, 0);
}

/* -- The test suite --------------------------------------------------------------------------- */

/* The list of lists that begins at *text, which moves behind it. */
static json_t *read_lists(const char **text)
{
    const char *end = *text;
    int depth = 0;
    do {
        depth += (*end == '[') - (*end == ']');
        end++;
    } while (depth > 0);
    json_t *list = json_loadb(*text, (size_t)(end - *text), 0, NULL);
    *text = end;
    assert_non_null(list);
    return list;
}

static int number_after(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    assert_non_null(at);
    return atoi(at + strlen(key));
}

static cocreate_profile *suite_profile(const char *text)
{
    const char *at = strstr(text, "\nprofile: ");
    at = at != NULL ? at + 10 : text + 9;
    json_t *ballots = read_lists(&at), *ballot, *candidate;
    cocreate_profile *p = NULL;
    size_t i, k;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_APPROVAL,
                                       (size_t)number_after(text, "num_cand: "), &p, &check_error),
                  COCREATE_OK);
    json_array_foreach(ballots, i, ballot)
    {
        uint32_t options[64];
        json_array_foreach(ballot, k, candidate)
            options[k] = (uint32_t)json_integer_value(candidate);
        assert_status(cocreate_profile_add(p, options, NULL, json_array_size(ballot), 1, 1,
                                           &check_error),
                      COCREATE_OK);
    }
    json_decref(ballots);
    return p;
}

static void check_instance(const char *path, const char *name)
{
    char *text = read_file(path, NULL);
    cocreate_profile *p = suite_profile(text);
    int seats = number_after(text, "committeesize: ");
    for (const char *at = text; (at = strstr(at, "- rule_id: ")) != NULL;) {
        at += 11;
        struct rule *rule = find_rule(at, strcspn(at, "\n"));
        const char *end = strstr(at, "- rule_id: "), *result = strstr(at, "result: [");
        const char *resolute = strstr(at, "resolute: ");
        if (rule == NULL || result == NULL || (end != NULL && result > end))
            continue;
        result += 8;
        json_t *expected = read_lists(&result);
        compare(p, name, rule, seats, resolute[10] == 't', 1, expected);
        json_decref(expected);
    }
    cocreate_profile_free(p);
    free(text);
}

static void suite(void **state)
{
    static const char *const sizes[] = {"S", "M", "L", "VL"};
    size_t files = 0;
    (void)state;
    for (size_t s = 0; s < 4; s++)
        for (int i = 0;; i++) {
            char name[64], relative[128];
            snprintf(name, sizeof name, "instance%s%04d.abc.yaml", sizes[s], i);
            snprintf(relative, sizeof relative, "data/voting/oracles/abcvoting/%s", name);
            const char *path =
                files > 0 ? shared_path_or_null(relative) : shared_path(relative);
            if (path == NULL)
                break;
            check_instance(path, name);
            files++;
        }
    if (files == 0)
        skip();
    print_message("%zu elections of the suite\n", files);
    report();
}

/* -- Real ballots ----------------------------------------------------------------------------- */

static cocreate_profile *read_profile(const char *file)
{
    char relative[512];
    const char *type = strrchr(file, '.') + 1;
    snprintf(relative, sizeof relative,
             strcmp(type, "pb") == 0 ? "data/voting/pabulib/%s" : "data/voting/preflib/cat/%s",
             file);
    const char *path = shared_path(relative);
    if (path == NULL)
        return NULL;
    size_t size;
    char *bytes = read_file(path, &size);
    cocreate_profile *p = NULL;
    assert_status(
        cocreate_profile_read(NULL, type, bytes, size, 0, NULL, NULL, &p, &check_error),
        COCREATE_OK);
    free(bytes);
    return p;
}

static void check_answers(const json_t *answers)
{
    const char *file = json_string_value(json_object_get(answers, "file"));
    cocreate_profile *p = read_profile(file);
    size_t i;
    json_t *row;
    if (p == NULL)
        return;
    json_array_foreach(json_object_get(answers, "committees"), i, row)
    {
        const char *name = json_string_value(json_object_get(row, "rule"));
        struct rule *rule = find_rule(name, strlen(name));
        int resolute = json_is_true(json_object_get(row, "resolute"));
        json_t *committees = json_object_get(row, "committees");
        int seats = (int)json_integer_value(json_object_get(row, "k"));
        if (rule == NULL)
            continue;
        if (strcmp(name, "minimaxav") == 0) {
            cocreate_ranking *r = elect(p, rule, seats, 0);
            rule->differ += !as_near(p, r, committees);
            rule->compared++;
            cocreate_ranking_free(r);
        } else if (resolute && names_any(rule)) /* 40 are listed at most */
            compare(p, file, rule, seats, 0, 0, committees);
        else
            compare(p, file, rule, seats, resolute, json_array_size(committees) < 40, committees);
    }
    cocreate_profile_free(p);
}

static void real_ballots(void **state)
{
    const char *path = shared_path("data/voting/expected/INDEX.json");
    (void)state;
    if (path == NULL)
        skip();
    json_t *index = json_load_file(path, 0, NULL), *row;
    const char *name;
    size_t files = 0;
    json_object_foreach(index, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        const char *answers_path = strncmp(name, "abc/", 4) == 0 ? shared_path(relative) : NULL;
        if (answers_path == NULL)
            continue;
        json_t *answers = json_load_file(answers_path, 0, NULL);
        assert_non_null(answers);
        check_answers(answers);
        json_decref(answers);
        files++;
    }
    json_decref(index);
    print_message("%zu files\n", files);
    report();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(suite), cmocka_unit_test(real_ballots)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
