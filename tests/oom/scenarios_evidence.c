/* profile.h and formats.h. */
#include "oom.h"

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)
#define NO_ERROR (void)error

enum { OPTIONS = 5 };

static void describe(cocreate_profile *p)
{
    static const char *const ids[] = {"elm", "ash", "oak", "fir", "yew"};
    for (size_t i = 0; i < OPTIONS; i++) {
        cocreate_option option = {sizeof option, ids[i], "A tree with a long enough name",
                                  (int64_t)(100 * (i + 1)), (int64_t)i, 0};
        MAKE(cocreate_profile_set_option(p, i, &option, &check_error));
    }
}

/* Ballots, some alike; `kinds` many distinct ones. */
static void add_ballots(cocreate_profile *p, uint32_t kinds)
{
    for (uint32_t i = 0; i < 2 * kinds; i++) {
        uint32_t options[3] = {i % OPTIONS, (i + 1 + i / OPTIONS % 3) % OPTIONS, 0};
        int64_t values[3] = {1, 1 + i / 15 % kinds, 2};
        MAKE(cocreate_profile_add(p, options, values, 2, 1, 1 + i % 3, &check_error));
    }
    MAKE(cocreate_profile_add(p, NULL, NULL, 0, 1, 1, &check_error));
}

static cocreate_profile *new_profile(int32_t kind)
{
    cocreate_profile *p = NULL;
    MAKE(cocreate_profile_new(memory_allocator(), kind, OPTIONS, &p, &check_error));
    return p;
}

static void make_profile(world *w)
{
    w->profile = new_profile(COCREATE_BALLOT_RANKING);
    describe(w->profile);
    add_ballots(w->profile, 30);
}

static void make_sorted(world *w)
{
    make_profile(w);
    MAKE(cocreate_profile_sort(w->profile, &check_error));
}

static void make_scores(world *w)
{
    w->profile = new_profile(COCREATE_BALLOT_SCORE);
}

static void make_two(world *w)
{
    make_profile(w);
    w->other = new_profile(COCREATE_BALLOT_RANKING);
    describe(w->other);
    add_ballots(w->other, 90);
}

static void make_merged(world *w)
{
    make_two(w);
    MAKE(cocreate_profile_merge(w->profile, w->other, &check_error));
}

CALL(call_new)
{
    return cocreate_profile_new(memory_allocator(), COCREATE_BALLOT_SCORE, OPTIONS, &w->profile,
                                error);
}

CALL(call_free)
{
    NO_ERROR;
    cocreate_profile_free(w->profile);
    cocreate_profile_free(NULL);
    w->profile = NULL;
    return COCREATE_OK;
}

CALL(call_info_get)
{
    cocreate_profile_info info = {.size = sizeof info};
    cocreate_status status = cocreate_profile_info_get(w->profile, &info, error);
    w->numbers[0] = info.ballots;
    w->numbers[1] = info.weight;
    return status;
}

static void make_plain(world *w)
{
    w->profile = new_profile(COCREATE_BALLOT_RANKING);
    add_ballots(w->profile, 5);
}

CALL(call_set_option)
{
    static const cocreate_option option = {
        sizeof option, "hornbeam", "A name that is too long for any small buffer there may be", 7,
        8, 1};
    return cocreate_profile_set_option(w->profile, 2, &option, error);
}

CALL(call_option)
{
    cocreate_option option = {.size = sizeof option};
    cocreate_status status = cocreate_profile_option(w->profile, 2, &option, error);
    w->words[0] = option.id;
    return status;
}

CALL(call_find)
{
    size_t index = 0;
    cocreate_status status = cocreate_profile_find(w->profile, "oak", &index, error);
    w->numbers[0] = (int64_t)index;
    return status;
}

CALL(call_set_budget)
{
    return cocreate_profile_set_budget(w->profile, 1000, 2, error);
}

CALL(call_set_seats)
{
    return cocreate_profile_set_seats(w->profile, 2, error);
}

CALL(call_add)
{
    static const uint32_t options[] = {4, 2, 0, 1, 3};
    static const int64_t values[] = {1, 2, 2, 3, 9};
    return cocreate_profile_add(w->profile, options, values, 5, 3, 4, error);
}

enum { ROWS = 400 };

CALL(call_add_ranks)
{
    static uint16_t ranks[ROWS * OPTIONS];
    for (size_t i = 0; i < ROWS * OPTIONS; i++)
        ranks[i] = (uint16_t)((i * i / 7 + i) % 5);
    return cocreate_profile_add_ranks(w->profile, ranks, 2, ROWS, OPTIONS, NULL, NULL, error);
}

CALL(call_add_values)
{
    static int64_t values[ROWS * OPTIONS], weights[ROWS];
    for (size_t i = 0; i < ROWS * OPTIONS; i++)
        values[i] = (int64_t)((i * i / 7 + i) % 5) - 1;
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = (int64_t)i;
    return cocreate_profile_add_values(w->profile, values, -1, ROWS, OPTIONS, weights, NULL, error);
}

CALL(call_merge)
{
    return cocreate_profile_merge(w->profile, w->other, error);
}

CALL(call_subtract)
{
    return cocreate_profile_subtract(w->profile, w->other, error);
}

CALL(call_convert)
{
    return cocreate_profile_convert(w->profile, COCREATE_BALLOT_APPROVAL, "{\"top\":2}", &w->other,
                                    error);
}

CALL(call_ballot)
{
    uint32_t options[OPTIONS] = {0};
    int64_t values[OPTIONS] = {0};
    size_t n = 0;
    cocreate_status status = cocreate_profile_ballot(w->profile, 1, OPTIONS, options, values, &n,
                                                     &w->numbers[0], &w->numbers[1], error);
    w->numbers[2] = (int64_t)n;
    w->numbers[3] = options[0];
    return status;
}

CALL(call_sort)
{
    return cocreate_profile_sort(w->profile, error);
}

CALL(call_encode)
{
    return cocreate_profile_encode(w->profile, &w->text, error);
}

static unsigned char encoded[8192];
static size_t encoded_size;

static void make_encoded(world *w)
{
    cocreate_text *text = NULL;
    make_profile(w);
    MAKE(cocreate_profile_encode(w->profile, &text, &check_error));
    encoded_size = cocreate_text_size(text);
    assert_true(encoded_size <= sizeof encoded);
    memcpy(encoded, cocreate_text_data(text), encoded_size);
    cocreate_text_free(text);
}

CALL(call_decode)
{
    return cocreate_profile_decode(memory_allocator(), encoded, encoded_size, &w->other, error);
}

/* ---- formats.h ---- */

CALL(call_read_limits_init)
{
    NO_ERROR;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    w->numbers[0] = (int64_t)limits.max_options;
    return COCREATE_OK;
}

CALL(call_format_count)
{
    NO_ERROR;
    w->numbers[0] = (int64_t)cocreate_format_count();
    return COCREATE_OK;
}

CALL(call_format_at)
{
    cocreate_format format = {.size = sizeof format};
    cocreate_status status = cocreate_format_at(0, &format, error);
    w->words[0] = format.name;
    return status;
}

#define PREFLIB(type, categories)                                                               \
    "# FILE NAME: a." type "\n# TITLE: T\n# DATA TYPE: " type "\n# NUMBER ALTERNATIVES: 4\n"     \
    "# NUMBER VOTERS: 7\n# NUMBER UNIQUE ORDERS: 2\n" categories                                 \
    "# ALTERNATIVE NAME 1: Elm\n# ALTERNATIVE NAME 2: Ash\n# ALTERNATIVE NAME 3: Oak\n"          \
    "# ALTERNATIVE NAME 4: Fir\n"

static const struct {
    const char *format;
    int32_t kind;
    const char *text;
} files[] = {
    {"soc", 0, PREFLIB("soc", "") "4: 1,2,3,4\n3: 4,3,2,1\n"},
    {"soi", 0, PREFLIB("soi", "") "4: 1,2\n3: 4,3,2,1\n"},
    {"toc", 0, PREFLIB("toc", "") "4: 1,{2,3},4\n3: {4,3},2,1\n"},
    {"toi", 0, PREFLIB("toi", "") "4: 1,{2,3}\n3: 4\n"},
    {"cat", 0,
     PREFLIB("cat", "# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n")
     "4: 1,{2,3,4}\n3: {1,2},{3,4}\n"},
    {"pb", 0,
     "META\nkey;value\ndescription;D\ncountry;PL\nunit;U\ninstance;2026\nnum_projects;2\n"
     "num_votes;2\nbudget;1000\nvote_type;approval\nrule;greedy\nmin_length;1\nmax_length;2\n"
     "PROJECTS\nproject_id;cost;name\n1;600;\"Park; large\"\n2;500;Road\n"
     "VOTES\nvoter_id;vote\n1;1,2\n2;2\n"},
    {"csv", COCREATE_BALLOT_SCORE, "elm,\"ash, old\",oak\n5,,3\n1,2,3\n5,,3\n"},
    {"blt", 0,
     "4 2\n-2\n[nick e a o f]\n3 1 3=4 0\n(a 1) f e 0\n1 0\n0\n\"Elm\"\n\"Ash \"\"old\"\"\"\n"
     "\"Oak\"\n\"Fir\"\n\"Title\"\n"},
    {"abif", 0,
     "{\"ballotcount\": 8}\n=elm:[The elm]\n=\"a \\\"b\\\"\":\"]\"\n3:elm/5>\"a \\\"b\\\"\"/4,[fir]/2\n"
     "4*elm/1\n1:\n"},
    {"cvr", 0,
     "Id,1st Choice,2nd Choice,3rd Choice,Count\n1,elm,overvote,oak,1\n2,oak|ash,,elm,2\n3,,,,1\n"
     "4,elm,elm,\"ash, old\",1\n"},
};

static size_t file_of(const char *format)
{
    size_t i = 0;
    while (strcmp(files[i].format, format) != 0)
        i++;
    return i;
}

CALL(call_read)
{
    size_t i = file_of(scenario_argument);
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    if (strcmp(files[i].format, "cvr") == 0)
        limits.rules = "{\"delimiter\":\"|\",\"duplicate\":\"skip\",\"overvote\":\"skip\"}";
    return cocreate_profile_read(memory_allocator(), files[i].format, files[i].text,
                                 strlen(files[i].text), files[i].kind, &limits, NULL, &w->profile,
                                 error);
}

static void make_read(world *w)
{
    MAKE(call_read(w, &check_error));
    MAKE(cocreate_profile_sort(w->profile, &check_error));
}

CALL(call_write)
{
    return cocreate_profile_write(w->profile, scenario_argument, &w->text, error);
}

#define FORMAT(name)                                            \
    {"cocreate_profile_read", NULL, call_read, name, 0},        \
    {"cocreate_profile_write", make_read, call_write, name, 0}

const scenario scenarios_evidence[] = {
    {"cocreate_profile_new", NULL, call_new, NULL, 0},
    {"cocreate_profile_free", make_profile, call_free, NULL, 1},
    {"cocreate_profile_info_get", make_profile, call_info_get, NULL, 1},
    {"cocreate_profile_set_option", make_plain, call_set_option, NULL, 0},
    {"cocreate_profile_option", make_profile, call_option, NULL, 1},
    {"cocreate_profile_find", make_profile, call_find, NULL, 1},
    {"cocreate_profile_set_budget", make_profile, call_set_budget, NULL, 0},
    {"cocreate_profile_set_seats", make_profile, call_set_seats, NULL, 0},
    {"cocreate_profile_add", make_profile, call_add, NULL, 0},
    {"cocreate_profile_add_ranks", make_profile, call_add_ranks, NULL, 0},
    {"cocreate_profile_add_values", make_scores, call_add_values, NULL, 0},
    {"cocreate_profile_merge", make_two, call_merge, NULL, 0},
    {"cocreate_profile_subtract", make_merged, call_subtract, NULL, 0},
    {"cocreate_profile_convert", make_profile, call_convert, NULL, 0},
    {"cocreate_profile_ballot", make_sorted, call_ballot, NULL, 1},
    {"cocreate_profile_sort", make_profile, call_sort, NULL, 0},
    {"cocreate_profile_encode", make_profile, call_encode, NULL, 0},
    {"cocreate_profile_decode", make_encoded, call_decode, NULL, 0},
    {"cocreate_read_limits_init", NULL, call_read_limits_init, NULL, 1},
    {"cocreate_format_count", NULL, call_format_count, NULL, 1},
    {"cocreate_format_at", NULL, call_format_at, NULL, 1},
    FORMAT("soc"),
    FORMAT("soi"),
    FORMAT("toc"),
    FORMAT("toi"),
    FORMAT("cat"),
    FORMAT("pb"),
    FORMAT("csv"),
    FORMAT("blt"),
    FORMAT("abif"),
    FORMAT("cvr"),
    {NULL, NULL, NULL, NULL, 0},
};
