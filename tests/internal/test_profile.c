/* Profiles from inside: hash keys, matrices against single ballots, sharding, allocation failure. */
#include "check.h"

#include "failing_allocator.h"
#include "profile/profile.h"

/* splitmix64 */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static cocreate_profile *new_profile(const cocreate_allocator *a, int32_t kind, size_t n)
{
    cocreate_profile *p = NULL;
    assert_status(cocreate_profile_new(a, kind, n, &p, &check_error), COCREATE_OK);
    return p;
}

static cocreate_text *encode(const cocreate_profile *p)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_profile_encode(p, &text, &check_error), COCREATE_OK);
    return text;
}

static int same_text(const cocreate_text *a, const cocreate_text *b)
{
    return cocreate_text_size(a) == cocreate_text_size(b) &&
           memcmp(cocreate_text_data(a), cocreate_text_data(b), cocreate_text_size(a)) == 0;
}

/* Two profiles have the same encoding. */
static void assert_same(const cocreate_profile *a, const cocreate_profile *b)
{
    cocreate_text *x = encode(a), *y = encode(b);
    assert_true(same_text(x, y));
    cocreate_text_free(x);
    cocreate_text_free(y);
}

/* A ballot from a row of ranks, straight from the definition: 0 is not ranked. */
static void add_rank_row(cocreate_profile *p, const uint64_t *row, size_t n_options,
                         int64_t weight)
{
    uint32_t options[600];
    int64_t ranks[600];
    size_t n = 0;
    for (size_t i = n_options; i-- > 0;)
        if (row[i] != 0) {
            options[n] = (uint32_t)i;
            ranks[n++] = (int64_t)row[i];
        }
    assert_status(cocreate_profile_add(p, options, ranks, n, 1, weight, &check_error),
                  COCREATE_OK);
}

/* The byte order of the machine, whatever it is. */
static void store_rank(uint8_t *to, uint32_t width, uint64_t rank)
{
    uint8_t r8 = (uint8_t)rank;
    uint16_t r16 = (uint16_t)rank;
    uint32_t r32 = (uint32_t)rank;
    const void *from = width == 1 ? (void *)&r8 : width == 2 ? (void *)&r16
                       : width == 4 ? (void *)&r32 : (void *)&rank;
    memcpy(to, from, width);
}

/* Rows of every sort: strict, tied, truncated, empty, with gaps, with ranks beyond n. */
static uint64_t some_rank(uint64_t *state, size_t n_options, uint32_t width, unsigned sort)
{
    uint64_t most = width == 1 ? 255 : width == 2 ? 65535 : width == 4 ? UINT32_MAX : INT64_MAX;
    uint64_t r = next_random(state), limit = n_options < most ? n_options : most;
    switch (sort) {
    case 0:
        return 0;
    case 1:
        return 1 + r % limit;
    case 2:
        return r % 3;
    case 3:
        return r % 4 == 0 ? 0 : 1 + (r >> 8) % most;
    default:
        return r % 8 == 0 ? most : r % limit;
    }
}

static void matrix_equals_single_ballots(void **state)
{
    (void)state;
    const size_t sizes[] = {1, 2, 63, 64, 65, 127, 128, 129, 600};
    const uint32_t widths[] = {1, 2, 4, 8};
    uint64_t seed = 7;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t w = 0; w < 4; w++) {
            enum { ROWS = 60 };
            size_t n = sizes[s];
            uint32_t width = widths[w];
            uint8_t *matrix = malloc(ROWS * n * width + 1);
            int64_t weights[ROWS];
            cocreate_profile *one = new_profile(NULL, COCREATE_BALLOT_RANKING, n);
            cocreate_profile *all = new_profile(NULL, COCREATE_BALLOT_RANKING, n);
            for (size_t row = 0; row < ROWS; row++) {
                uint64_t ranks[600];
                for (size_t i = 0; i < n; i++) {
                    ranks[i] = row % 6 == 5 ? (row + i) % n + 1 /* strict and complete */
                                            : some_rank(&seed, n, width, (unsigned)(row % 6));
                    if (width == 1 && ranks[i] > 255)
                        ranks[i] = 0;
                    /* An odd address, for the machines that mind. */
                    store_rank(matrix + 1 + (row * n + i) * width, width, ranks[i]);
                }
                weights[row] = (int64_t)(next_random(&seed) % 5);
                add_rank_row(one, ranks, n, weights[row]);
            }
            assert_status(cocreate_profile_add_ranks(all, matrix + 1, width, ROWS, n, weights,
                                                     NULL, &check_error),
                          COCREATE_OK);
            assert_same(one, all);
            cocreate_profile_free(one);
            cocreate_profile_free(all);
            free(matrix);
        }
}

enum { ROWS = 3000, OPTIONS = 6 };

/* Rankings with many repetitions and some ties. */
static void random_rows(uint8_t *rows, size_t n_rows, uint64_t seed)
{
    for (size_t i = 0; i < n_rows * OPTIONS; i++)
        rows[i] = (uint8_t)(next_random(&seed) % 5);
}

static cocreate_profile *profile_of(const cocreate_allocator *a, const uint8_t *rows, size_t n)
{
    cocreate_profile *p = new_profile(a, COCREATE_BALLOT_RANKING, OPTIONS);
    assert_status(cocreate_profile_add_ranks(p, rows, 1, n, OPTIONS, NULL, NULL, &check_error),
                  COCREATE_OK);
    return p;
}

static void any_hash_key_gives_the_same_bytes(void **state)
{
    (void)state;
    static uint8_t rows[ROWS * OPTIONS];
    random_rows(rows, ROWS, 1);
    cocreate_profile *expected = profile_of(NULL, rows, ROWS);
    for (uint8_t k = 0; k < 100; k++) {
        uint8_t key[16] = {k, (uint8_t)(k * 31)};
        cocreate_profile *p = new_profile(NULL, COCREATE_BALLOT_RANKING, OPTIONS);
        cci_index_set_key(&p->keys, key);
        assert_status(
            cocreate_profile_add_ranks(p, rows, 1, ROWS, OPTIONS, NULL, NULL, &check_error),
            COCREATE_OK);
        assert_same(expected, p);
        cocreate_profile_free(p);
    }
    cocreate_profile_free(expected);
}

static void any_sharding_gives_the_same_bytes(void **state)
{
    (void)state;
    static uint8_t rows[ROWS * OPTIONS];
    random_rows(rows, ROWS, 2);
    cocreate_profile *whole = profile_of(NULL, rows, ROWS);
    uint64_t seed = 3;
    for (int round = 0; round < 20; round++) {
        /* Each row goes to one of up to 9 parts; the parts are merged pairwise, in random order. */
        size_t n = 1 + next_random(&seed) % 9;
        cocreate_profile *part[9];
        for (size_t i = 0; i < n; i++)
            part[i] = new_profile(NULL, COCREATE_BALLOT_RANKING, OPTIONS);
        for (size_t row = 0; row < ROWS; row++)
            assert_status(cocreate_profile_add_ranks(part[next_random(&seed) % n],
                                                     rows + row * OPTIONS, 1, 1, OPTIONS, NULL,
                                                     NULL, &check_error),
                          COCREATE_OK);
        while (n > 1) {
            size_t into = next_random(&seed) % n, from = next_random(&seed) % n;
            if (into == from)
                continue;
            assert_status(cocreate_profile_merge(part[into], part[from], &check_error),
                          COCREATE_OK);
            cocreate_profile_free(part[from]);
            part[from] = part[--n];
        }
        assert_same(whole, part[0]);
        cocreate_profile_free(part[0]);
    }
    cocreate_profile_free(whole);
}

static void subtract_undoes_merge(void **state)
{
    (void)state;
    static uint8_t rows[ROWS * OPTIONS];
    random_rows(rows, ROWS, 4);
    for (size_t cut = 0; cut <= ROWS; cut += ROWS / 10) {
        cocreate_profile *p = profile_of(NULL, rows, cut);
        cocreate_profile *q = profile_of(NULL, rows + cut * OPTIONS, ROWS - cut);
        cocreate_text *before = encode(p);
        assert_status(cocreate_profile_merge(p, q, &check_error), COCREATE_OK);
        assert_status(cocreate_profile_subtract(p, q, &check_error), COCREATE_OK);
        cocreate_text *after = encode(p);
        assert_true(same_text(before, after));
        cocreate_text_free(before);
        cocreate_text_free(after);
        cocreate_profile_free(p);
        cocreate_profile_free(q);
    }
}

static void merges_with_itself(void **state)
{
    (void)state;
    static uint8_t rows[ROWS * OPTIONS];
    random_rows(rows, ROWS, 5);
    cocreate_profile *p = profile_of(NULL, rows, ROWS), *q = profile_of(NULL, rows, ROWS);
    assert_status(cocreate_profile_merge(q, p, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_merge(p, p, &check_error), COCREATE_OK);
    assert_same(p, q);
    assert_status(cocreate_profile_subtract(p, p, &check_error), COCREATE_OK);
    cocreate_profile *none = new_profile(NULL, COCREATE_BALLOT_RANKING, OPTIONS);
    assert_same(p, none);
    cocreate_profile_free(p);
    cocreate_profile_free(q);
    cocreate_profile_free(none);
}

/* What a method sees agrees with what the public reader sees. */
static void gets_what_was_added(void **state)
{
    (void)state;
    cocreate_profile *p = new_profile(NULL, COCREATE_BALLOT_POINTS, 3);
    const uint32_t options[] = {2, 0};
    const int64_t values[] = {7, 3};
    assert_status(cocreate_profile_add(p, options, values, 2, 2, 5, &check_error), COCREATE_OK);
    uint32_t o[3];
    int64_t v[3], count, weight;
    assert_int_equal(cci_profile_options(p), 3);
    assert_int_equal(cci_profile_distinct(p), 1);
    assert_int_equal(cci_profile_get(p, 0, o, v, &count, &weight), 2);
    assert_int_equal(o[0], 0);
    assert_int_equal(v[0], 3);
    assert_int_equal(o[1], 2);
    assert_int_equal(v[1], 7);
    assert_int_equal(count, 2);
    assert_int_equal(weight, 5);
    assert_int_equal(cci_profile_get(p, 0, NULL, NULL, &count, &weight), 2);
    assert_int_equal(cci_profile_find_n(p, "3x", 1), 2);
    assert_int_equal(cci_profile_find_n(p, "3x", 2), 3);
    cocreate_profile_free(p);
}

/* --- progress --- */

typedef struct witness {
    uint64_t calls, last, stop_at;
} witness;

static int watch(void *user, uint64_t done, uint64_t total)
{
    witness *w = user;
    assert_true(done >= w->last && done <= total);
    w->last = done;
    return ++w->calls == w->stop_at;
}

static void cancelling_changes_nothing(void **state)
{
    (void)state;
    enum { MANY = 400000 };
    uint8_t *rows = malloc((size_t)MANY * OPTIONS);
    random_rows(rows, MANY, 6);
    cocreate_profile *p = profile_of(NULL, rows, 100);
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    cocreate_text *before = encode(p);
    for (uint64_t stop = 1; stop <= 3; stop++) {
        witness w = {0, 0, stop};
        cocreate_progress progress = {sizeof progress, watch, &w};
        assert_status(cocreate_profile_add_ranks(p, rows, 1, MANY, OPTIONS, NULL, &progress,
                                                 &check_error),
                      COCREATE_ERR_CANCELLED);
        assert_int_equal(w.calls, stop);
        cocreate_text *after = encode(p);
        assert_true(same_text(before, after));
        cocreate_text_free(after);
    }
    witness w = {0, 0, 0};
    cocreate_progress progress = {sizeof progress, watch, &w};
    assert_status(
        cocreate_profile_add_ranks(p, rows, 1, MANY, OPTIONS, NULL, &progress, &check_error),
        COCREATE_OK);
    assert_true(w.calls >= 2);
    cocreate_text_free(before);
    cocreate_profile_free(p);
    free(rows);
}

/* --- allocation failure --- */

/* One call on a profile; what it makes beyond it is freed before it returns. */
typedef struct action {
    cocreate_status (*run)(cocreate_profile *p, cocreate_error *error);
} action;

static uint8_t more_rows[500 * OPTIONS];
static cocreate_profile *other;

static cocreate_status run_set_option(cocreate_profile *p, cocreate_error *error)
{
    const cocreate_option option = {sizeof option, "3", "name", 1, 2, 0};
    return cocreate_profile_set_option(p, 1, &option, error);
}

static cocreate_status run_add(cocreate_profile *p, cocreate_error *error)
{
    const uint32_t options[] = {5, 4, 3, 2, 1, 0};
    return cocreate_profile_add(p, options, NULL, 6, 1, 1, error);
}

static cocreate_status run_add_ranks(cocreate_profile *p, cocreate_error *error)
{
    return cocreate_profile_add_ranks(p, more_rows, 1, 500, OPTIONS, NULL, NULL, error);
}

static cocreate_status run_merge(cocreate_profile *p, cocreate_error *error)
{
    return cocreate_profile_merge(p, other, error);
}

static cocreate_status run_subtract(cocreate_profile *p, cocreate_error *error)
{
    return cocreate_profile_subtract(p, p, error);
}

static cocreate_status run_sort(cocreate_profile *p, cocreate_error *error)
{
    return cocreate_profile_sort(p, error);
}

static cocreate_status run_encode(cocreate_profile *p, cocreate_error *error)
{
    cocreate_text *text;
    cocreate_status status = cocreate_profile_encode(p, &text, error);
    if (status == COCREATE_OK)
        cocreate_text_free(text);
    return status;
}

static cocreate_status run_decode(cocreate_profile *p, cocreate_error *error)
{
    cocreate_text *text = encode(other);
    cocreate_profile *decoded = NULL;
    cocreate_status status = cocreate_profile_decode(&p->allocator, cocreate_text_data(text),
                                                     cocreate_text_size(text), &decoded, error);
    cocreate_profile_free(decoded);
    cocreate_text_free(text);
    return status;
}

/* The n-th request fails, once or from then on: the call succeeds all the same, or fails and leaves
 * the profile as it was; and it leaks nothing. */
static int attempt(const action *a, const uint8_t *rows, size_t n, failing_mode mode)
{
    failing_allocator fa;
    failing_allocator_init(&fa, FAIL_NEVER, mode);
    cocreate_profile *p = profile_of(&fa.allocator, rows, 40);
    cocreate_text *before = encode(p);
    fa.requests = 0;
    fa.granted_first = n;
    cocreate_error error = {0};
    cocreate_status status = a->run(p, &error);
    size_t refused = fa.refused;
    fa.granted_first = FAIL_NEVER;
    if (status != COCREATE_OK) {
        assert_int_equal(status, COCREATE_ERR_MEMORY);
        assert_int_equal(error.status, COCREATE_ERR_MEMORY);
        assert_true(refused > 0);
        cocreate_text *after = encode(p);
        assert_true(same_text(before, after));
        cocreate_text_free(after);
        /* And it works as if nothing had happened. */
        assert_status(a->run(p, &check_error), COCREATE_OK);
    }
    cocreate_text_free(before);
    cocreate_profile_free(p);
    assert_int_equal(fa.live, 0);
    return refused > 0;
}

static void survives_allocation_failure(void **state)
{
    (void)state;
    static const action actions[] = {
        {run_set_option}, {run_add},  {run_add_ranks}, {run_merge},
        {run_subtract},   {run_sort}, {run_encode},    {run_decode},
    };
    uint8_t rows[40 * OPTIONS];
    random_rows(rows, 40, 8);
    random_rows(more_rows, 500, 9);
    other = profile_of(NULL, more_rows, 500);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        for (int mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++) {
            size_t n = 0;
            while (attempt(&actions[i], rows, n, (failing_mode)mode))
                n++;
            /* Taking out needs no memory; all others were seen to fail. */
            assert_int_equal(n == 0, actions[i].run == run_subtract);
        }
    cocreate_profile_free(other);
}

static void making_one_survives_allocation_failure(void **state)
{
    (void)state;
    for (size_t n = 0;; n++) {
        failing_allocator fa;
        failing_allocator_init(&fa, n, FAIL_ONCE);
        cocreate_profile *p = NULL;
        cocreate_status s = cocreate_profile_new(&fa.allocator, COCREATE_BALLOT_SCORE, 9, &p, NULL);
        cocreate_profile_free(p);
        assert_int_equal(s, fa.refused ? COCREATE_ERR_MEMORY : COCREATE_OK);
        assert_int_equal(fa.live, 0);
        if (fa.refused == 0)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix_equals_single_ballots),
        cmocka_unit_test(any_hash_key_gives_the_same_bytes),
        cmocka_unit_test(any_sharding_gives_the_same_bytes),
        cmocka_unit_test(subtract_undoes_merge),
        cmocka_unit_test(merges_with_itself),
        cmocka_unit_test(gets_what_was_added),
        cmocka_unit_test(cancelling_changes_nothing),
        cmocka_unit_test(survives_allocation_failure),
        cmocka_unit_test(making_one_survives_allocation_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
