/* Every BLT and ABIF file of the shared data: it reads; what it says of itself is true; counts agree
 * with what other programs found in it. And every file of any format comes back whole from every
 * format that can hold it. */
#include "check.h"

#include <jansson.h>

#include "formats.h"

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
    const char *dot = strrchr(file, '.');
    return dot != NULL ? dot + 1 : "";
}

/* The profile of a file, or NULL and its failure in `error`. */
static cocreate_profile *load(const char *relative, cocreate_error *error)
{
    size_t size = 0;
    cocreate_profile *p = NULL;
    char *bytes = read_file(shared_path(relative), &size);
    cocreate_status status = cocreate_profile_read(NULL, extension(relative), bytes, size, 0, NULL,
                                                   NULL, &p, error);
    assert_int_equal(status == COCREATE_OK, p != NULL);
    free(bytes);
    if (p != NULL)
        assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    return p;
}

/* Call `check` with each file of this extension; returns how many there are. */
static size_t each_file(const char *format, void (*check)(const char *relative))
{
    json_t *manifest = load_json(shared_path("data/voting/MANIFEST.json")), *row;
    json_t *files = json_is_array(manifest) ? manifest : json_object_get(manifest, "files");
    size_t i, n = 0;
    json_array_foreach(files, i, row)
    {
        char relative[512];
        const char *file = json_string_value(json_object_get(row, "file"));
        snprintf(relative, sizeof relative, "data/voting/%s", file);
        if (strcmp(extension(file), format) != 0 || shared_path_or_null(relative) == NULL)
            continue;
        check(relative);
        n++;
    }
    json_decref(manifest);
    return n;
}

static void skip_without_data(void)
{
    if (shared_path("data/voting/MANIFEST.json") == NULL)
        skip();
}

/* --- BLT --- */

static void check_blt(const char *relative)
{
    cocreate_error error = {0};
    cocreate_profile *p = load(relative, &error);
    /* This file of stv-rs is about a sum of ballots that no 64 bits hold. */
    if (strstr(relative, "ballot_sum_overflows") != NULL) {
        assert_int_equal(error.status, COCREATE_ERR_OVERFLOW);
        return;
    }
    if (p == NULL)
        print_error("%s:%llu: %s\n", relative, (unsigned long long)error.where, error.text);
    assert_non_null(p);
    expect_round_trip(p, "blt", 0);
    cocreate_profile_free(p);
}

static void reads_all_of_blt(void **state)
{
    (void)state;
    skip_without_data();
    size_t files = each_file("blt", check_blt);
    print_message("%zu BLT files\n", files);
    assert_true(files >= 200);
}

/* Names that all eight counters of single transferable votes took as they are in the file; theirs
 * keep what surrounds a name in two files' dialects. */
static int is_plain_name(const char *name)
{
    return strchr(name, '"') == NULL && name[0] != '#';
}

/* Path of the ward or of the file of droop that was counted. */
static const char *find_counted(const char *file, char *relative, size_t size)
{
    snprintf(relative, size, "data/voting/blt/scottish/%s", file);
    if (shared_path_or_null(relative) == NULL)
        snprintf(relative, size, "data/voting/blt/droop/%s", file);
    return relative;
}

static void check_counted(json_t *expected)
{
    char relative[512];
    const char *file = json_string_value(json_object_get(expected, "file"));
    cocreate_profile *p = load(find_counted(file, relative, sizeof relative), NULL);
    assert_non_null(p);
    cocreate_profile_info info = info_of(p);
    assert_int_equal(info.options, json_integer_value(json_object_get(expected, "candidates")));
    assert_int_equal(info.seats, json_integer_value(json_object_get(expected, "seats")));
    assert_int_equal(info.ballots, json_integer_value(json_object_get(expected, "ballots")));
    json_t *names = json_object_get(expected, "names");
    json_t *withdrawn = json_object_get(expected, "withdrawn");
    size_t gone = 0;
    for (size_t i = 0; i < info.options; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name != NULL && is_plain_name(name))
            assert_string_equal(option_of(p, i).name, name);
        gone += option_of(p, i).withdrawn ? 1 : 0;
    }
    assert_int_equal(gone, json_array_size(withdrawn));
    for (size_t i = 0; i < json_array_size(withdrawn); i++) {
        json_int_t number = json_integer_value(json_array_get(withdrawn, i));
        assert_int_equal(option_of(p, (size_t)number - 1).withdrawn, 1);
    }
    cocreate_profile_free(p);
}

static void counts_as_others_do(void **state)
{
    (void)state;
    const char *index = shared_path("data/voting/expected/INDEX.json");
    if (index == NULL)
        skip();
    json_t *list = load_json(index), *row;
    const char *name;
    size_t compared = 0;
    json_object_foreach(list, name, row)
    {
        char relative[512];
        snprintf(relative, sizeof relative, "data/voting/expected/%s", name);
        if (strncmp(name, "stv/", 4) != 0 || shared_path_or_null(relative) == NULL)
            continue;
        json_t *expected = load_json(shared_path(relative));
        check_counted(expected);
        json_decref(expected);
        compared++;
    }
    json_decref(list);
    print_message("%zu elections\n", compared);
    assert_true(compared >= 15);
}

/* --- ABIF --- */

/* Files that name no candidate, or declare them in a form that was given up: their own first lines
 * say that they should fail. */
static int is_invalid(const char *relative)
{
    static const char *const names[] = {"test005",        "test006",        "test007", "test008",
                                        "test009",        "mock-all-blank", "questionable__empty"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(relative, names[i]) != NULL)
            return 1;
    return 0;
}

/* Ballots of an ABIF file: the sum of the numbers that its lines begin with. */
static long long sum_of_counts(const char *relative)
{
    char *file = read_file(shared_path(relative), NULL);
    long long sum = 0;
    for (const char *line = file; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        line += strspn(line, " \t\n");
        sum += strtoll(line, NULL, 10);
    }
    free(file);
    return sum;
}

static void check_abif(const char *relative)
{
    cocreate_error error = {0};
    cocreate_profile *p = load(relative, &error);
    assert_int_equal(p == NULL, is_invalid(relative));
    if (p == NULL)
        return;
    assert_int_equal(info_of(p).ballots, sum_of_counts(relative));
    expect_round_trip(p, "abif", 0);
    cocreate_profile_free(p);
}

static void reads_all_of_abif(void **state)
{
    (void)state;
    skip_without_data();
    size_t files = each_file("abif", check_abif);
    print_message("%zu ABIF files\n", files);
    assert_true(files >= 60);
}

/* Scores that go with ranks tell the same ranks: Burlington 2009 is there in both ways. */
static void scores_agree_with_ranks(void **state)
{
    (void)state;
    static const char *const files[] = {
        "data/voting/abif/abiftool__testdata__burl2009__burl2009.abif",
        "data/voting/abif/abiftool__testdata__burl2009__burl2009-withratings.abif"};
    if (shared_path(files[0]) == NULL)
        skip();
    cocreate_profile *ranks = load(files[0], NULL), *scores = load(files[1], NULL), *converted;
    assert_int_equal(info_of(scores).kind, COCREATE_BALLOT_SCORE);
    assert_status(cocreate_profile_convert(scores, COCREATE_BALLOT_RANKING, NULL, &converted,
                                           &check_error),
                  COCREATE_OK);
    expect_same(ranks, converted);
    cocreate_profile_free(ranks);
    cocreate_profile_free(scores);
    cocreate_profile_free(converted);
}

/* --- from format to format --- */

static size_t trips;

/* Through a format, if it can hold the profile. */
static void go_through(const cocreate_profile *p, const char *format)
{
    cocreate_text *file = NULL;
    if (cocreate_profile_write(p, format, &file, NULL) != COCREATE_OK)
        return;
    cocreate_profile *q = read_ok(format, cocreate_text_data(file), info_of(p).kind);
    expect_same(p, q);
    cocreate_text_free(file);
    cocreate_profile_free(q);
    trips++;
}

static void go_through_all(const char *relative)
{
    static const char *const formats[] = {"soc", "soi", "toc", "toi", "cat",
                                          "pb",  "csv", "abif"};
    cocreate_error error = {0};
    cocreate_profile *p = load(relative, &error);
    if (p == NULL) /* abcvoting tests itself on files that break the format, some on purpose */
        assert_non_null(strstr(relative, "oracles/abcvoting/data"));
    if (p == NULL)
        return;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        go_through(p, formats[i]);
    assert_status(cocreate_profile_set_seats(p, 1, &check_error), COCREATE_OK);
    go_through(p, "blt");
    cocreate_profile_free(p);
}

static void comes_back_from_every_format(void **state)
{
    (void)state;
    skip_without_data();
    static const char *const types[] = {"soc", "soi", "toc", "toi", "cat"};
    size_t files = 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        files += each_file(types[i], go_through_all);
    print_message("%zu files, %zu times to a format and back\n", files, trips);
    assert_true(trips >= 3 * files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_of_blt),        cmocka_unit_test(counts_as_others_do),
        cmocka_unit_test(reads_all_of_abif),       cmocka_unit_test(scores_agree_with_ranks),
        cmocka_unit_test(comes_back_from_every_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
