/* Every PrefLib and Pabulib file of the shared data: it reads; what it says of itself is true; what
 * is written from it reads the same; and the counts of the cities agree with ours. */
#include "check.h"

#include "cocreate/formats.h"

/* The next name of a file in the manifest, a JSON array of objects with a member "file". */
static int next_file(const char **at, char *name, size_t size)
{
    static const char member[] = "\"file\": \"";
    const char *start = strstr(*at, member);
    if (!start)
        return 0;
    start += sizeof member - 1;
    const char *end = strchr(start, '"');
    assert_non_null(end);
    assert_true((size_t)(end - start) < size);
    memcpy(name, start, (size_t)(end - start));
    name[end - start] = '\0';
    *at = end;
    return 1;
}

/* The number behind `key` at the beginning of a line; -1 if there is none. */
static long long header_number(const char *file, const char *key)
{
    for (const char *s = file; (s = strstr(s, key)) != NULL; s++)
        if (s == file || s[-1] == '\n')
            return strtoll(s + strlen(key), NULL, 10);
    return -1;
}

static int starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

static cocreate_profile *read_profile(const char *format, const void *bytes, size_t size,
                                      const char *path)
{
    cocreate_profile *p = NULL;
    cocreate_error error = {0};
    cocreate_status s =
        cocreate_profile_read(NULL, format, bytes, size, 0, NULL, NULL, &p, &error);
    if (s != COCREATE_OK)
        print_error("%s:%llu: %s\n", path, (unsigned long long)error.where, error.text);
    assert_int_equal(s, COCREATE_OK);
    return p;
}

static void assert_same(const cocreate_profile *a, const cocreate_profile *b)
{
    cocreate_text *x, *y;
    assert_status(cocreate_profile_encode(a, &x, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_encode(b, &y, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_text_size(x), cocreate_text_size(y));
    assert_memory_equal(cocreate_text_data(x), cocreate_text_data(y), cocreate_text_size(x));
    cocreate_text_free(x);
    cocreate_text_free(y);
}

static void check_round_trips(cocreate_profile *p, const char *format, const char *path)
{
    cocreate_text *file, *bytes;
    cocreate_profile *q;
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_write(p, format, &file, &check_error), COCREATE_OK);
    q = read_profile(format, cocreate_text_data(file), cocreate_text_size(file), path);
    assert_same(p, q);
    cocreate_profile_free(q);
    assert_status(cocreate_profile_encode(p, &bytes, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_decode(NULL, cocreate_text_data(bytes),
                                          cocreate_text_size(bytes), &q, &check_error),
                  COCREATE_OK);
    assert_same(p, q);
    cocreate_profile_free(q);
    cocreate_text_free(bytes);
    cocreate_text_free(file);
}

/* Ballot lines of a PrefLib file whose count is not 0. */
static long long ballot_lines(const char *file)
{
    long long n = 0;
    for (const char *line = file; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        n += *line >= '1' && *line <= '9';
    }
    return n;
}

typedef struct tally {
    size_t files, repeated;
} tally;

static void check_preflib(const char *file, const cocreate_profile *p, tally *t)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.options, header_number(file, "# NUMBER ALTERNATIVES: "));
    assert_int_equal(info.ballots, header_number(file, "# NUMBER VOTERS: "));
    assert_int_equal(info.weight, info.ballots);
    /* Fewer distinct ballots than lines: a file may say the same order on two lines, tie the same
     * alternatives in two ways of writing, or differ in what an approval does not keep. */
    long long lines = ballot_lines(file);
    assert_true((long long)info.distinct <= lines);
    t->repeated += (long long)info.distinct < lines;
}

/* Field `index` of a line of fields separated by ';' without quotes; "" beyond the end. */
static void field_of(const char *line, size_t index, char *out, size_t size)
{
    size_t n = 0;
    for (; index > 0 && *line && *line != '\n' && *line != '\r'; line++)
        index -= *line == ';';
    while (index == 0 && n + 1 < size && *line && !strchr(";\r\n", *line))
        out[n++] = *line++;
    out[n] = '\0';
}

static size_t column_of(const char *titles, const char *title)
{
    char field[64];
    for (size_t i = 0; i < 20; i++) {
        field_of(titles, i, field, sizeof field);
        if (strcmp(field, title) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* Ballots that name each option, and the sum of their values. */
static void count_votes(const cocreate_profile *p, size_t n, int64_t *votes, int64_t *points)
{
    uint32_t *options = calloc(n, sizeof *options);
    int64_t *values = calloc(n, sizeof *values), count, weight;
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    for (size_t b = 0; b < info.distinct; b++) {
        size_t k;
        assert_status(cocreate_profile_ballot(p, b, n, options, values, &k, &count, &weight,
                                              &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < k; i++) {
            votes[options[i]] += count;
            points[options[i]] += count * values[i];
        }
    }
    free(options);
    free(values);
}

/* Counts of projects that agree with those of the city, and that do not. */
typedef struct agreement {
    size_t same, other;
} agreement;

static void compare(agreement *a, const char *theirs, int64_t ours)
{
    if (strtoll(theirs, NULL, 10) == ours)
        a->same++;
    else
        a->other++;
}

/* The city's own counts, in the columns votes and score; a name may hold the separator, but what
 * stands before it is plain. */
static void check_counts(const char *file, const cocreate_profile *p, size_t n, int32_t kind,
                         agreement *a)
{
    const char *line = strstr(file, "\nPROJECTS");
    line = strchr(line + 1, '\n') + 1;
    size_t votes_column = column_of(line, "votes"), score_column = column_of(line, "score");
    size_t name_column = column_of(line, "name");
    int64_t *votes = calloc(n, sizeof *votes), *points = calloc(n, sizeof *points);
    count_votes(p, n, votes, points);
    for (line = strchr(line, '\n') + 1; !starts_with(line, "VOTES"); line = strchr(line, '\n') + 1) {
        char id[64], field[64];
        size_t option;
        field_of(line, 0, id, sizeof id);
        assert_status(cocreate_profile_find(p, id, &option, &check_error), COCREATE_OK);
        if (votes_column < name_column) {
            field_of(line, votes_column, field, sizeof field);
            compare(a, field, votes[option]);
        }
        if (kind == COCREATE_BALLOT_POINTS && score_column < name_column) {
            field_of(line, score_column, field, sizeof field);
            compare(a, field, points[option]);
        }
    }
    free(votes);
    free(points);
}

static void check_pabulib(const char *file, cocreate_profile *p, agreement *a)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    assert_int_equal(info.options, header_number(file, "num_projects;"));
    assert_int_equal(info.ballots, header_number(file, "num_votes;"));
    int64_t unit = 1;
    for (int32_t i = 0; i < info.cost_exponent; i++)
        unit *= 10;
    assert_int_equal(info.budget / unit, header_number(file, "budget;"));
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    check_counts(file, p, (size_t)info.options, info.kind, a);
}

static void each_file(const char *folder, tally *t, agreement *a)
{
    char *manifest = read_file(shared_path("data/voting/MANIFEST.json"), NULL);
    const char *at = manifest;
    char name[256], relative[300];
    while (next_file(&at, name, sizeof name)) {
        const char *format = strrchr(name, '.') ? strrchr(name, '.') + 1 : "";
        static const char known[] = " soc soi toc toi cat pb ";
        const char *found = strstr(known, format);
        int whole = found && found[-1] == ' ' && found[strlen(format)] == ' ';
        if (!starts_with(name, folder) || strlen(format) < 2 || !whole)
            continue;
        snprintf(relative, sizeof relative, "data/voting/%s", name);
        const char *path = shared_path(relative);
        if (!path)
            continue;
        size_t size = 0;
        char *file = read_file(path, &size);
        cocreate_profile *p = read_profile(format, file, size, name);
        if (strcmp(format, "pb") == 0)
            check_pabulib(file, p, a);
        else
            check_preflib(file, p, t);
        check_round_trips(p, format, name);
        cocreate_profile_free(p);
        free(file);
        t->files++;
    }
    free(manifest);
}

static void reads_all_of_preflib(void **state)
{
    (void)state;
    if (!shared_path("data/voting/MANIFEST.json"))
        skip();
    tally t = {0, 0};
    each_file("preflib/", &t, NULL);
    print_message("%zu PrefLib files, %zu of them say a ballot more than once\n", t.files,
                  t.repeated);
    assert_true(t.files >= 300);
}

static void reads_all_of_pabulib(void **state)
{
    (void)state;
    if (!shared_path("data/voting/MANIFEST.json"))
        skip();
    tally t = {0, 0};
    agreement a = {0, 0};
    each_file("pabulib/", &t, &a);
    print_message("%zu Pabulib files, %zu counts of projects agree with the city's\n", t.files,
                  a.same);
    assert_true(t.files >= 100 && a.same >= 1000);
    /* Line 11739 of poland_czestochowa_2020_.pb gives project 579 a point four times: the city
     * counts four votes and, as we do, four points of one ballot. */
    assert_int_equal(a.other, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_of_preflib),
        cmocka_unit_test(reads_all_of_pabulib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
