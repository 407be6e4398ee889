/* tally.h, and ranking by a tally. */
#include "oom.h"

#define CALL(name) static cocreate_status name(world *w, cocreate_error *error)

enum { OPTIONS = 12, BALLOTS = 300 };

/* The argument names the kind. */
static int32_t kind_of(void)
{
    return strcmp(scenario_argument, "values") == 0   ? COCREATE_TALLY_VALUES
           : strcmp(scenario_argument, "places") == 0 ? COCREATE_TALLY_PLACES
                                                      : COCREATE_TALLY_PAIRS;
}

/* Long ballots and short ones, equal ranks, and weights of more than one digit: all that the kernels
 * know. One option is withdrawn. */
static cocreate_profile *ballots(uint32_t first)
{
    int scored = kind_of() == COCREATE_TALLY_VALUES;
    cocreate_profile *p = NULL;
    MAKE(cocreate_profile_new(memory_allocator(),
                              scored ? COCREATE_BALLOT_SCORE : COCREATE_BALLOT_RANKING, OPTIONS, &p,
                              &check_error));
    cocreate_option option = {sizeof option, "elm", "A tree with a long enough name", 7, 8, 1};
    MAKE(cocreate_profile_set_option(p, 3, &option, &check_error));
    for (uint32_t b = first; b < first + BALLOTS; b++) {
        uint32_t options[OPTIONS];
        int64_t values[OPTIONS];
        size_t n = b % 5 == 0 ? 3 : b % 3 == 0 ? OPTIONS - 1 : OPTIONS;
        for (uint32_t i = 0; i < n; i++) {
            options[i] = (b + i * (b % 2 ? 5 : 7)) % OPTIONS;
            values[i] = 1 + (b % 7 == 0 ? i / 2 : i);
        }
        MAKE(cocreate_profile_add(p, options, values, n, 1, b % 4 == 0 ? 1 : 300 + b, &check_error));
    }
    return p;
}

static void make_ballots(world *w)
{
    w->profile = ballots(0);
}

CALL(call_new)
{
    return cocreate_tally_new(w->profile, kind_of(), &w->tally, error);
}

/* A tally that has counted, and more to count. */
static void make_tally(world *w)
{
    w->profile = ballots(0);
    MAKE(call_new(w, &check_error));
    MAKE(cocreate_tally_add(w->tally, w->profile, NULL, &check_error));
    cocreate_profile_free(w->profile);
    w->profile = ballots(BALLOTS);
}

static void make_two(world *w)
{
    make_tally(w);
    MAKE(cocreate_tally_new(w->profile, kind_of(), &w->other_tally, &check_error));
    MAKE(cocreate_tally_add(w->other_tally, w->profile, NULL, &check_error));
}

static void make_merged(world *w)
{
    make_two(w);
    MAKE(cocreate_tally_merge(w->tally, w->other_tally, &check_error));
}

CALL(call_free)
{
    (void)error;
    cocreate_tally_free(w->tally);
    cocreate_tally_free(NULL);
    w->tally = NULL;
    return COCREATE_OK;
}

CALL(call_info_get)
{
    cocreate_tally_info info = {.size = sizeof info};
    cocreate_status status = cocreate_tally_info_get(w->tally, &info, error);
    w->numbers[0] = info.ballots;
    w->numbers[1] = info.valid;
    return status;
}

CALL(call_add)
{
    return cocreate_tally_add(w->tally, w->profile, NULL, error);
}

CALL(call_merge)
{
    return cocreate_tally_merge(w->tally, w->other_tally, error);
}

CALL(call_subtract)
{
    return cocreate_tally_subtract(w->tally, w->other_tally, error);
}

CALL(call_encode)
{
    return cocreate_tally_encode(w->tally, &w->text, error);
}

static char encoded[1 << 16];
static size_t encoded_size;

static void make_encoded(world *w)
{
    cocreate_text *text = NULL;
    make_tally(w);
    MAKE(cocreate_tally_encode(w->tally, &text, &check_error));
    encoded_size = cocreate_text_size(text);
    assert_true(encoded_size <= sizeof encoded);
    memcpy(encoded, cocreate_text_data(text), encoded_size);
    cocreate_text_free(text);
}

CALL(call_decode)
{
    return cocreate_tally_decode(memory_allocator(), encoded, encoded_size, &w->other_tally,
                                 error);
}

CALL(call_rank)
{
    static const char *const methods[] = {"", "score", "borda", "schulze"};
    return cocreate_rank_tally(w->tally, methods[kind_of()], NULL, NULL, &w->ranking, error);
}

#define EACH(function, make, call, none) \
    {function, make, call, "values", none}, {function, make, call, "places", none}, \
    {function, make, call, "pairs", none}

const scenario scenarios_tally[] = {
    EACH("cocreate_tally_new", make_ballots, call_new, 0),
    EACH("cocreate_tally_free", make_tally, call_free, 1),
    EACH("cocreate_tally_info_get", make_tally, call_info_get, 1),
    EACH("cocreate_tally_add", make_tally, call_add, 0),
    EACH("cocreate_tally_merge", make_two, call_merge, 0),
    EACH("cocreate_tally_subtract", make_merged, call_subtract, 0),
    EACH("cocreate_tally_encode", make_tally, call_encode, 0),
    EACH("cocreate_tally_decode", make_encoded, call_decode, 0),
    EACH("cocreate_rank_tally", make_tally, call_rank, 0),
    {NULL, NULL, NULL, NULL, 0},
};
