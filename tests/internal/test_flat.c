/* Reading ballots flat: whole or a part at a time, it is what cci_profile_get() says of each ballot,
 * without the options that were withdrawn. */
#include "check.h"

#include "profile/flat.h"

typedef struct shape {
    int32_t kind;
    size_t options;
    size_t ballots;
    uint32_t withdrawn; /* every so many-th option; 0: none */
    int64_t ranks;      /* ranks and values 1 .. so many; 0: strict rankings */
} shape;

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static cocreate_profile *make(const shape *s)
{
    cocreate_profile *p = NULL;
    uint64_t seed = s->options * 7 + s->ballots;
    uint32_t options[64];
    int64_t values[64];
    assert_status(cocreate_profile_new(NULL, s->kind, s->options, &p, &check_error), COCREATE_OK);
    for (size_t b = 0; b < s->ballots; b++) {
        size_t n = next_random(&seed) % (s->options < 40 ? s->options + 1 : 40);
        uint32_t first = (uint32_t)(next_random(&seed) % s->options);
        uint32_t step = (uint32_t)(s->options > 50 ? 1 + next_random(&seed) % (s->options / 50) : 1);
        for (size_t i = 0; i < n; i++) {
            options[i] = (uint32_t)((first + i * step) % s->options);
            values[i] = s->ranks == 0 ? (int64_t)i + 1
                                      : 1 + (int64_t)(next_random(&seed) % (uint64_t)s->ranks);
        }
        assert_status(cocreate_profile_add(p, options,
                                           s->kind == COCREATE_BALLOT_APPROVAL ? NULL : values, n,
                                           1 + (int64_t)(b % 3), (int64_t)(b % 5), &check_error),
                      COCREATE_OK);
    }
    return p;
}

/* The definition: one ballot, filtered, with dense ranks. */
static size_t filter(const shape *s, const cocreate_profile *p, size_t b, const uint32_t *map,
                     uint32_t *options, int64_t *values, int64_t *count, int64_t *weight)
{
    size_t n = cci_profile_get(p, b, options, values, count, weight), kept = 0;
    int64_t rank = 0, before = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t candidate = map != NULL ? map[options[i]] : options[i];
        if (candidate == CCI_WITHDRAWN)
            continue;
        rank += rank == 0 || values[i] != before;
        before = values[i];
        options[kept] = candidate;
        values[kept++] = s->kind == COCREATE_BALLOT_RANKING ? rank : values[i];
    }
    return kept;
}

/* What the ballots so far come to. */
typedef struct sums {
    size_t next; /* ballot of the profile */
    int64_t blank, valid;
    size_t longest, widest;
} sums;

static void check_part(const shape *s, const cocreate_profile *p, const uint32_t *map,
                       const cci_electorate *e, size_t end, sums *so_far)
{
    uint32_t *options = malloc(s->options * sizeof *options);
    int64_t *values = malloc(s->options * sizeof *values), count, weight;
    size_t b = 0, entries = 0;
    int ranked = s->kind == COCREATE_BALLOT_RANKING;
    for (; so_far->next < end; so_far->next++) {
        size_t n = filter(s, p, so_far->next, map, options, values, &count, &weight);
        if (n == 0) {
            so_far->blank += weight;
            continue;
        }
        assert_true(b < e->ballots);
        assert_int_equal(e->start[b], entries);
        assert_int_equal(e->start[b + 1], entries + n);
        assert_int_equal(e->weights[b], weight);
        assert_memory_equal(e->options + entries, options, n * sizeof *options);
        for (size_t i = 0, width = 0; i < n; i++) {
            width = ranked && i > 0 && values[i] == values[i - 1] ? width + 1 : 1;
            so_far->widest = width > so_far->widest ? width : so_far->widest;
            assert_int_equal(e->values != NULL ? e->values[entries + i] : (int64_t)i + 1,
                             values[i]);
            if (ranked) {
                size_t stop = i + 1;
                while (stop < n && values[stop] == values[i])
                    stop++;
                assert_int_equal(cci_rank_end(e, entries + i, entries + n), entries + stop);
            }
        }
        so_far->longest = n > so_far->longest ? n : so_far->longest;
        so_far->valid += count;
        entries += n;
        b++;
    }
    assert_int_equal(e->ballots, b);
    free(options);
    free(values);
}

static void read_all(const shape *s, const cocreate_profile *p, const uint32_t *map,
                     size_t candidates, size_t bytes)
{
    cci_reader reader;
    cci_electorate e;
    sums so_far = {.widest = 1};
    assert_status(cci_reader_open(&reader, p, map, candidates, &e, &check_error), COCREATE_OK);
    do {
        assert_status(cci_reader_next(&reader, bytes, &e, &check_error), COCREATE_OK);
        check_part(s, p, map, &e, reader.next, &so_far);
    } while (!cci_reader_done(&reader));
    assert_int_equal(so_far.next, cci_profile_distinct(p));
    assert_int_equal(e.blank, so_far.blank);
    assert_int_equal(e.valid, so_far.valid);
    assert_int_equal(e.longest, so_far.longest);
    assert_int_equal(e.widest, so_far.widest);
    if (s->kind == COCREATE_BALLOT_RANKING && bytes == SIZE_MAX && e.ballots > 0)
        assert_int_equal(e.values == NULL, e.widest == 1);
    cci_electorate_close(&e);
}

static void says_what_the_profile_says(void **state)
{
    const shape *s = *state;
    cocreate_profile *p = make(s);
    uint32_t *map = NULL, candidates = (uint32_t)s->options;
    if (s->withdrawn > 0) {
        map = malloc(s->options * sizeof *map);
        candidates = 0;
        for (size_t i = 0; i < s->options; i++)
            map[i] = i % s->withdrawn == 0 ? CCI_WITHDRAWN : candidates++;
    }
    static const size_t sizes[] = {SIZE_MAX, 0, 1, 13, 100, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        read_all(s, p, map, candidates, sizes[i]);
    free(map);
    cocreate_profile_free(p);
}

#define R COCREATE_BALLOT_RANKING
static shape strict = {R, 12, 300, 0, 0}, tied = {R, 12, 300, 0, 4}, filtered = {R, 12, 300, 3, 4},
             strict_filtered = {R, 12, 300, 3, 0}, two_bytes = {R, 130, 200, 0, 0},
             two_tied = {R, 130, 200, 0, 9}, four_bytes = {R, 40000, 100, 0, 0},
             four_tied = {R, 40000, 100, 7, 9}, none = {R, 3, 0, 0, 0}, gone = {R, 9, 50, 1, 0},
             approvals = {COCREATE_BALLOT_APPROVAL, 20, 300, 0, 1},
             few_approvals = {COCREATE_BALLOT_APPROVAL, 20, 300, 2, 1},
             scores = {COCREATE_BALLOT_SCORE, 20, 300, 0, 100000},
             few_points = {COCREATE_BALLOT_POINTS, 200, 300, 2, 100};

#define CASE(name) {"says_what_the_profile_says/" #name, says_what_the_profile_says, NULL, NULL, &name}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(strict),     CASE(tied),      CASE(filtered),  CASE(strict_filtered),
        CASE(two_bytes),  CASE(two_tied),  CASE(four_bytes), CASE(four_tied),
        CASE(none),       CASE(gone),      CASE(approvals), CASE(few_approvals),
        CASE(scores),     CASE(few_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
