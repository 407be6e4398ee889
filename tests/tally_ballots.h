/* What the tests of tallies share: random elections and comparisons of bytes. */
#ifndef COCREATE_TESTS_TALLY_BALLOTS_H
#define COCREATE_TESTS_TALLY_BALLOTS_H

#include "check.h"

#include "cocreate/cocreate.h"

static inline uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* ---- random elections ---- */

typedef struct election {
    int32_t kind;
    size_t options, ballots;
    int withdrawn; /* some options are */
    int equal;     /* ranks may be */
    int weighted;
} election;

static inline cocreate_profile *describe(const election *e)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(NULL, e->kind, e->options, &p, &check_error), COCREATE_OK);
    for (size_t i = 0; i < e->options; i++) {
        cocreate_option option = {sizeof option, NULL, i == 0 ? "The first" : NULL, (int64_t)i,
                                  COCREATE_NO_TIME, e->withdrawn && i % 3 == 1};
        assert_status(cocreate_profile_set_option(p, i, &option, &check_error), COCREATE_OK);
    }
    return p;
}

static inline void add_ballot(cocreate_profile *p, const election *e, uint64_t *seed)
{
    uint32_t options[64];
    int64_t values[64];
    size_t n = next_random(seed) % (e->options + 1);
    for (uint32_t i = 0; i < e->options; i++) {
        size_t k = next_random(seed) % (i + 1);
        options[i] = options[k];
        options[k] = i;
    }
    for (size_t i = 0, rank = 0; i < n; i++) {
        rank += rank == 0 || !e->equal || next_random(seed) % 3 != 0;
        values[i] = e->kind == COCREATE_BALLOT_APPROVAL  ? 1
                    : e->kind == COCREATE_BALLOT_RANKING ? (int64_t)rank
                    : e->kind == COCREATE_BALLOT_POINTS  ? (int64_t)(next_random(seed) % 4)
                                                         : (int64_t)(next_random(seed) % 9) - 3;
    }
    int64_t weight = e->weighted ? (int64_t)(next_random(seed) % 4000) : 1;
    assert_status(cocreate_profile_add(p, options, values, n, 1, weight, &check_error),
                  COCREATE_OK);
}

/* ---- helpers ---- */

static inline cocreate_tally *new_tally(const cocreate_profile *p, int32_t kind)
{
    cocreate_tally *t = NULL;
    assert_status(cocreate_tally_new(p, kind, &t, &check_error), COCREATE_OK);
    return t;
}

static inline cocreate_tally *tally_of(const cocreate_profile *p, int32_t kind)
{
    cocreate_tally *t = new_tally(p, kind);
    assert_status(cocreate_tally_add(t, p, NULL, &check_error), COCREATE_OK);
    return t;
}

static inline cocreate_text *encode(const cocreate_tally *t)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_tally_encode(t, &text, &check_error), COCREATE_OK);
    return text;
}

static inline void assert_same_bytes(const cocreate_tally *a, const cocreate_tally *b)
{
    cocreate_text *one = encode(a), *two = encode(b);
    assert_int_equal(cocreate_text_size(one), cocreate_text_size(two));
    assert_memory_equal(cocreate_text_data(one), cocreate_text_data(two), cocreate_text_size(one));
    cocreate_text_free(one);
    cocreate_text_free(two);
}

/* The kinds of tallies that take such ballots, ended by 0. */
static inline const int32_t *kinds_of(const election *e)
{
    static const int32_t value_kinds[] = {COCREATE_TALLY_VALUES, 0};
    static const int32_t rank_kinds[] = {COCREATE_TALLY_PLACES, COCREATE_TALLY_PAIRS, 0};
    return e->kind == COCREATE_BALLOT_RANKING ? rank_kinds : value_kinds;
}

#define assert_refused(call, expected, message)          \
    do {                                                 \
        assert_status(call, expected);                   \
        assert_string_equal(check_error.text, message);  \
    } while (0)

#endif
