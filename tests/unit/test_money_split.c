/* Splits: options, ties, properties, errors. */
#include "check.h"

#include "cocreate/money.h"

#define MAX 12

static uint64_t random_state = 0x2545f4914f6cdd1d;

static uint64_t random_u64(void) /* xorshift64* */
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 2685821657736338717u;
}

static int64_t random_below(int64_t bound)
{
    return (int64_t)(random_u64() % (uint64_t)bound);
}

static cocreate_split_options by(const char *method)
{
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.method = method;
    return options;
}

/* The split comes out as `expected` (n of them) and `expected_returned`. */
static void check_split(int64_t pool, const int64_t *weights, size_t n,
                        const cocreate_split_options *options, const int64_t *expected,
                        int64_t expected_returned)
{
    int64_t shares[MAX], returned;
    assert_status(cocreate_split(pool, weights, n, options, shares, &returned, &check_error),
                  COCREATE_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(shares[i], expected[i]);
    assert_int_equal(returned, expected_returned);
}

#define CHECK_SPLIT(pool, options, returned, n, ...)                                    \
    do {                                                                                \
        static const int64_t both_[2][n] = {__VA_ARGS__};                               \
        check_split(pool, both_[0], n, options, both_[1], returned);                    \
    } while (0)

static void lists_methods(void **state)
{
    (void)state;
    static const char *const names[] = {"largest_remainder", "sainte_lague", "dhondt",
                                        "adams", "huntington_hill", "dean",
                                        "first_gets", "floor_return"};
    assert_int_equal(cocreate_split_method_count(), 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(cocreate_split_method_at(i), names[i]);
    assert_null(cocreate_split_method_at(8));
    assert_null(cocreate_split_method_at(SIZE_MAX));
}

static void defaults_are_largest_remainder_by_id(void **state)
{
    (void)state;
    cocreate_split_options options = by("largest_remainder");
    options.ties = "id";
    options.on_empty = "return";
    options.unit = 1;
    CHECK_SPLIT(100, NULL, 0, 3, {1, 1, 1}, {34, 33, 33});
    CHECK_SPLIT(100, &options, 0, 3, {1, 1, 1}, {34, 33, 33});
}

/* 10 by 1 : 1 : 1 leaves one unit; 11 leaves two. */
static void leftover_by_the_book(void **state)
{
    (void)state;
    cocreate_split_options first = by("first_gets"), floored = by("floor_return");
    CHECK_SPLIT(11, &first, 0, 3, {1, 1, 1}, {4, 4, 3});
    CHECK_SPLIT(11, &floored, 2, 3, {1, 1, 1}, {3, 3, 3});
    CHECK_SPLIT(-11, &floored, -2, 3, {1, 1, 1}, {-3, -3, -3});
    /* RubyMoney#971: the head of the list takes what belongs to the other. */
    CHECK_SPLIT(12000, &first, 0, 2, {66667, 33333}, {8001, 3999});
    /* Nothing left over for a weight of 0 at the head. */
    CHECK_SPLIT(11, &first, 0, 4, {0, 1, 1, 1}, {0, 4, 4, 3});
}

/* Fewer units than claimants, and d(0) = 0: one each to the largest weights (the convention of
 * Balinski & Young, and of the Python library apportionment). By hand. */
static void infinite_claims_go_by_weight(void **state)
{
    (void)state;
    static const char *const methods[] = {"adams", "dean", "huntington_hill"};
    for (size_t m = 0; m < 3; m++) {
        cocreate_split_options options = by(methods[m]);
        CHECK_SPLIT(3, &options, 0, 5, {5, 900, 7, 0, 6}, {0, 1, 1, 0, 1});
        CHECK_SPLIT(4, &options, 0, 5, {5, 900, 7, 0, 6}, {1, 1, 1, 0, 1});
        CHECK_SPLIT(2, &options, 0, 3, {4, 4, 4}, {1, 1, 0});
        CHECK_SPLIT(5, &options, 0, 5, {5, 900, 7, 0, 6}, {1, 2, 1, 0, 1});
    }
}

static void ties_by_id(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    const char *ids[] = {"b", "B", "a"}; /* bytewise: B, a, b */
    options.ids = ids;
    CHECK_SPLIT(1, &options, 0, 3, {1, 1, 1}, {0, 1, 0});
    CHECK_SPLIT(2, &options, 0, 3, {1, 1, 1}, {0, 1, 1});
    options.ties = "id";
    CHECK_SPLIT(2, &options, 0, 3, {1, 1, 1}, {0, 1, 1});
}

/* 1 unit, and fractions of 1/2 each at weights 3 and 1 (pool 2 of 3 + 1: 1.5 and 0.5). */
static void ties_by_weight(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    CHECK_SPLIT(2, &options, 0, 2, {1, 3}, {1, 1});
    options.ties = "weight";
    CHECK_SPLIT(2, &options, 0, 2, {1, 3}, {0, 2});
    CHECK_SPLIT(2, &options, 0, 5, {1, 1, 1, 1, 1}, {1, 1, 0, 0, 0});
    const char *ids[] = {"z", "y", "x"}; /* equal weights: by id */
    options.ids = ids;
    CHECK_SPLIT(2, &options, 0, 3, {3, 1, 1}, {1, 0, 1}); /* 1.2, 0.4, 0.4 */
}

/* The lot is that of cocreate_lots() under the context "split:" and the method. */
static void ties_by_lot(void **state)
{
    (void)state;
    static const char *const ids[] = {"ana", "bo", "cy", "dee", "eve"};
    static const char *const contexts[] = {"split:largest_remainder", "split:sainte_lague"};
    for (uint8_t round = 0; round < 40; round++) {
        const uint8_t seed[32] = {round, 1, 2, 3};
        cocreate_split_options options = by(round % 2 ? "sainte_lague" : NULL);
        options.ties = "lot";
        options.ids = ids;
        options.seed = seed;
        uint32_t order[5];
        assert_status(cocreate_lots(seed, contexts[round % 2], ids, 5, order, &check_error),
                      COCREATE_OK);
        for (int64_t pool = 0; pool <= 5; pool++) {
            int64_t expected[5] = {0};
            for (int64_t k = 0; k < pool; k++)
                expected[order[k]] = 1;
            check_split(pool, (int64_t[]){1, 1, 1, 1, 1}, 5, &options, expected, 0);
        }
    }
}

/* Without ids a lot draws the indices as decimal text. */
static void ties_by_lot_without_ids(void **state)
{
    (void)state;
    static const char *const indices[] = {"0", "1", "2", "3"};
    static const uint8_t seed[32] = {42};
    cocreate_split_options options = by(NULL);
    options.ties = "lot";
    options.seed = seed;
    int64_t with[4], without[4], returned;
    assert_status(cocreate_split(2, (int64_t[]){1, 1, 1, 1}, 4, &options, without, &returned,
                                 &check_error),
                  COCREATE_OK);
    options.ids = indices;
    assert_status(
        cocreate_split(2, (int64_t[]){1, 1, 1, 1}, 4, &options, with, &returned, &check_error),
        COCREATE_OK);
    assert_memory_equal(with, without, sizeof with);
}

static void nothing_to_split_among(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    check_split(100, NULL, 0, NULL, NULL, 100);
    CHECK_SPLIT(100, NULL, 100, 3, {0, 0, 0}, {0, 0, 0});
    CHECK_SPLIT(-100, NULL, -100, 3, {0, 0, 0}, {0, 0, 0});
    CHECK_SPLIT(0, NULL, 0, 2, {1, 2}, {0, 0});
    options.on_empty = "equal";
    CHECK_SPLIT(100, &options, 0, 3, {0, 0, 0}, {34, 33, 33});
    CHECK_SPLIT(100, &options, 0, 1, {0}, {100});
    CHECK_SPLIT(100, &options, 0, 3, {0, 5, 0}, {0, 100, 0});
    options.on_empty = "error";
    CHECK_SPLIT(100, &options, 0, 3, {0, 5, 0}, {0, 100, 0});
    check_split(100, NULL, 0, &options, NULL, 100);
    int64_t shares[2] = {7, 7}, returned = 7;
    assert_failure(cocreate_split(100, (int64_t[]){0, 0}, 2, &options, shares, &returned,
                                  &check_error),
                   COCREATE_ERR_ARGUMENT, "all weights are 0");
    assert_true(shares[0] == 7 && shares[1] == 7 && returned == 7);
}

static void caps(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    options.cap = 40;
    /* 70 is cut to 40; the 60 left go 2 : 1. */
    CHECK_SPLIT(100, &options, 0, 3, {70, 20, 10}, {40, 40, 20});
    /* 60 is cut; of the 60 left 40.4 is cut; 20 and no more. */
    CHECK_SPLIT(100, &options, 0, 3, {600, 270, 131}, {40, 40, 20});
    /* All at the cap: 20 is returned. */
    CHECK_SPLIT(100, &options, 20, 2, {1, 9}, {40, 40});
    CHECK_SPLIT(-100, &options, -20, 2, {1, 9}, {-40, -40});
    CHECK_SPLIT(80, &options, 0, 2, {1, 1}, {40, 40});
    /* D'Hondt gives the first 42 of 60, above its quota of 39: the cap holds, and 61/4, 60/4, 59/4
     * are the next claims. */
    options.method = "dhondt";
    options.cap = 39;
    CHECK_SPLIT(60, &options, 0, 7, {650, 61, 60, 59, 58, 57, 55}, {39, 4, 4, 4, 3, 3, 3});
    options.cap = 0;
    CHECK_SPLIT(60, &options, 0, 7, {650, 61, 60, 59, 58, 57, 55}, {42, 3, 3, 3, 3, 3, 3});
    /* A cap of the exact quota is no obstacle; first_gets passes over who stands at it. */
    options = by("first_gets");
    options.cap = 5;
    CHECK_SPLIT(10, &options, 0, 3, {2, 1, 1}, {5, 3, 2});
}

static void minimums(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    options.minimum = 15;
    /* 10 and 5 are dropped together; 85 : 15 over again. */
    CHECK_SPLIT(100, &options, 0, 4, {60, 25, 10, 5}, {71, 29, 0, 0});
    /* All are below: nobody gets anything. */
    options.minimum = 34;
    CHECK_SPLIT(100, &options, 0, 3, {1, 1, 1}, {100, 0, 0}); /* 34 stays, 33 and 33 go */
    options.minimum = 35;
    CHECK_SPLIT(100, &options, 100, 3, {1, 1, 1}, {0, 0, 0});
    /* With a cap: 40, 40, 20 (see caps), then the third goes and 20 is returned. */
    options.cap = 40;
    options.minimum = 25;
    CHECK_SPLIT(100, &options, 20, 3, {70, 20, 10}, {40, 40, 0});
}

/* Swiss cash: 5 centimes. */
static void units(void **state)
{
    (void)state;
    cocreate_split_options options = by(NULL);
    options.unit = 5;
    CHECK_SPLIT(1003, &options, 3, 3, {1, 1, 1}, {335, 335, 330});
    CHECK_SPLIT(-1003, &options, -3, 3, {1, 1, 1}, {-335, -335, -330});
    CHECK_SPLIT(4, &options, 4, 2, {1, 1}, {0, 0});
    options.cap = 13; /* 10 in fives */
    CHECK_SPLIT(100, &options, 70, 3, {1, 1, 1}, {10, 10, 10});
    options.cap = 3;
    CHECK_SPLIT(100, &options, 100, 2, {1, 1}, {0, 0});
    options.cap = 0;
    options.minimum = 11; /* 15 in fives */
    CHECK_SPLIT(30, &options, 0, 3, {2, 1, 1}, {30, 0, 0}); /* 15, 10, 5: 15 stays */
    options.unit = INT64_MAX;
    CHECK_SPLIT(INT64_MAX, &options, 0, 2, {2, 1}, {INT64_MAX, 0});
}

/* 2^63 - 1 among two and four of weight 2^63 - 1: half and quarter, the odd units by index. */
static void splits_the_largest_numbers(void **state)
{
    (void)state;
    for (size_t m = 0; m < 7; m++) {
        cocreate_split_options options = by(cocreate_split_method_at(m));
        CHECK_SPLIT(INT64_MAX, &options, 0, 2, {INT64_MAX, INT64_MAX},
                    {INT64_C(4611686018427387904), INT64_C(4611686018427387903)});
        CHECK_SPLIT(INT64_MAX, &options, 0, 4, {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
                    {INT64_C(2305843009213693952), INT64_C(2305843009213693952),
                     INT64_C(2305843009213693952), INT64_C(2305843009213693951)});
        CHECK_SPLIT(-INT64_MAX, &options, 0, 1, {INT64_MAX}, {-INT64_MAX});
    }
    cocreate_split_options floored = by("floor_return");
    CHECK_SPLIT(INT64_MAX, &floored, 1, 2, {INT64_MAX, INT64_MAX},
                {INT64_C(4611686018427387903), INT64_C(4611686018427387903)});
}

/* Exact quotas of 2 * 10^15 and 10^15, then one and two units more: fractions 2/3 and 1/3, then 1/3
 * above the next and 2/3. Methods that round near the half give those, on 128-bit divisors. */
static void rounds_near_the_half_at_any_size(void **state)
{
    (void)state;
    static const char *const methods[] = {"largest_remainder", "sainte_lague", "huntington_hill",
                                          "dean"};
    const int64_t big = INT64_C(1000000000000000);
    for (size_t m = 0; m < 4; m++) {
        cocreate_split_options options = by(methods[m]);
        const int64_t weights[] = {2, 1}, reversed[] = {1, 2};
        check_split(3 * big, weights, 2, &options, (int64_t[]){2 * big, big}, 0);
        check_split(3 * big + 1, weights, 2, &options, (int64_t[]){2 * big + 1, big}, 0);
        check_split(3 * big + 1, reversed, 2, &options, (int64_t[]){big, 2 * big + 1}, 0);
        check_split(3 * big + 2, weights, 2, &options, (int64_t[]){2 * big + 1, big + 1}, 0);
        check_split(3 * big + 2, reversed, 2, &options, (int64_t[]){big + 1, 2 * big + 1}, 0);
    }
}

/* A random case of everything. */
struct random_case {
    int64_t weights[MAX], pool;
    size_t n;
    cocreate_split_options options;
    const char *ids[MAX];
};

static const char *const id_texts[MAX] = {"a", "b", "c", "d", "e", "f",
                                          "g", "h", "i", "j", "k", "l"};
static const uint8_t some_seed[32] = "a seed for every test that draws";

static void random_case(struct random_case *c, int any_size)
{
    static const char *const ties[] = {"id", "lot", "weight"};
    static const int64_t tops[] = {2, 10, 1000, INT64_MAX};
    c->n = 1 + (size_t)random_below(MAX);
    int64_t top = tops[random_below(any_size ? 4 : 3)];
    for (size_t i = 0; i < c->n; i++) {
        c->weights[i] = random_below(top);
        c->ids[i] = id_texts[i];
    }
    c->pool = random_below(any_size && random_below(2) ? INT64_MAX : 500);
    c->options = by(cocreate_split_method_at((size_t)random_below(8)));
    c->options.ties = ties[random_below(3)];
    c->options.ids = c->ids;
    c->options.seed = some_seed;
}

/* 100,000 random splits: the sum, the sign, the zero weights, the cap, the minimum, the unit and the
 * mirror. */
static void keeps_every_invariant(void **state)
{
    (void)state;
    for (int round = 0; round < 100000; round++) {
        struct random_case c;
        random_case(&c, 1);
        cocreate_split_options *o = &c.options;
        if (random_below(3) == 0)
            o->cap = 1 + random_below(c.pool + 10 > 0 ? c.pool + 10 : INT64_MAX);
        if (random_below(3) == 0)
            o->minimum = random_below(o->cap > 0 ? o->cap : 200);
        if (random_below(3) == 0)
            o->unit = random_below(9);
        int64_t shares[MAX], mirror[MAX], returned, mirror_returned;
        assert_status(
            cocreate_split(c.pool, c.weights, c.n, o, shares, &returned, &check_error),
            COCREATE_OK);
        assert_status(
            cocreate_split(-c.pool, c.weights, c.n, o, mirror, &mirror_returned, &check_error),
            COCREATE_OK);
        int64_t rest = c.pool;
        for (size_t i = 0; i < c.n; i++) {
            assert_true(shares[i] >= 0 && shares[i] <= rest);
            rest -= shares[i];
            assert_true(mirror[i] == -shares[i]);
            assert_true(c.weights[i] > 0 || shares[i] == 0);
            assert_true(o->cap == 0 || shares[i] <= o->cap);
            assert_true(shares[i] == 0 || shares[i] >= o->minimum);
            assert_true(o->unit <= 1 || shares[i] % o->unit == 0);
        }
        assert_true(rest == returned && mirror_returned == -returned);
    }
}

/* The order of the rows changes nobody's share, whatever the tie rule: ids are what counts. Not so
 * for first_gets, by its definition. */
static void order_of_rows_is_no_matter(void **state)
{
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct random_case c, shuffled;
        random_case(&c, 1);
        if (strcmp(c.options.method, "first_gets") == 0)
            continue;
        shuffled = c;
        shuffled.options.ids = shuffled.ids;
        size_t from[MAX];
        for (size_t i = 0; i < c.n; i++)
            from[i] = i;
        for (size_t i = c.n; i > 1; i--) {
            size_t j = (size_t)random_below((int64_t)i), other = from[i - 1];
            from[i - 1] = from[j];
            from[j] = other;
        }
        for (size_t i = 0; i < c.n; i++) {
            shuffled.weights[i] = c.weights[from[i]];
            shuffled.ids[i] = c.ids[from[i]];
        }
        if (round % 2)
            c.options.cap = shuffled.options.cap = 1 + random_below(100);
        int64_t shares[MAX], again[MAX], returned, returned_again;
        assert_status(cocreate_split(c.pool, c.weights, c.n, &c.options, shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        assert_status(cocreate_split(c.pool, shuffled.weights, c.n, &shuffled.options, again,
                                     &returned_again, &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < c.n; i++)
            assert_true(again[i] == shares[from[i]]);
        assert_true(returned == returned_again);
    }
}

/* One unit more lowers nobody's share: divisor methods and floor_return. */
static void house_monotone(void **state)
{
    (void)state;
    static const char *const methods[] = {"sainte_lague", "dhondt",          "adams",
                                          "dean",         "huntington_hill", "floor_return"};
    for (int round = 0; round < 300; round++) {
        struct random_case c;
        random_case(&c, 0);
        c.options.method = methods[round % 6];
        int64_t before[MAX] = {0}, shares[MAX], returned;
        for (int64_t pool = 0; pool < 60; pool++) {
            assert_status(cocreate_split(pool, c.weights, c.n, &c.options, shares, &returned,
                                         &check_error),
                          COCREATE_OK);
            for (size_t i = 0; i < c.n; i++)
                assert_true(shares[i] >= before[i]);
            memcpy(before, shares, sizeof before);
        }
    }
}

/* |share - quota| < 1 for the methods of quotas; equal weights at most one unit apart for all; a
 * larger weight never gets less. */
static void quota_and_fairness(void **state)
{
    (void)state;
    for (int round = 0; round < 30000; round++) {
        struct random_case c;
        random_case(&c, 0);
        int64_t shares[MAX], returned, total = 0;
        assert_status(cocreate_split(c.pool, c.weights, c.n, &c.options, shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < c.n; i++)
            total += c.weights[i];
        int first_gets = strcmp(c.options.method, "first_gets") == 0;
        int by_quota = first_gets || strcmp(c.options.method, "largest_remainder") == 0;
        for (size_t i = 0; i < c.n && total > 0; i++) {
            int64_t whole = c.pool * c.weights[i] / total;
            int64_t fraction = c.pool * c.weights[i] % total;
            if (by_quota)
                assert_true(shares[i] == whole ||
                            (shares[i] == whole + 1 && (fraction > 0 || first_gets)));
            if (strcmp(c.options.method, "dhondt") == 0)
                assert_true(shares[i] >= whole);
            if (strcmp(c.options.method, "adams") == 0)
                assert_true(shares[i] <= whole + (fraction > 0));
            for (size_t j = 0; j < c.n; j++) {
                if (c.weights[i] == c.weights[j])
                    assert_true(shares[i] - shares[j] <= 1);
                if (c.weights[i] > c.weights[j] && !first_gets)
                    assert_true(shares[i] >= shares[j]);
            }
        }
    }
}

/* 10^15 among many by every method: no step for each unit. Sum and order by weight. */
static void splits_large_pools_among_many(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    int64_t *weights = calloc(MANY, sizeof *weights), *shares = calloc(MANY, sizeof *shares);
    assert_non_null(weights);
    assert_non_null(shares);
    for (size_t i = 0; i < MANY; i++)
        weights[i] = (int64_t)(random_u64() >> 1 >> i % 60);
    for (size_t m = 0; m < cocreate_split_method_count(); m++) {
        cocreate_split_options options = by(cocreate_split_method_at(m));
        int64_t returned, rest = INT64_C(1000000000000000);
        assert_status(cocreate_split(rest, weights, MANY, &options, shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < MANY; i++)
            rest -= shares[i];
        assert_true(rest == returned);
        assert_true(returned == 0 || (m == 7 && returned < MANY));
    }
    free(weights);
    free(shares);
}

struct refusal {
    const char *name;
    int64_t pool, weights[3];
    cocreate_split_options options;
    cocreate_status status;
    uint64_t where;
    const char *why;
};

#define SIZE sizeof(cocreate_split_options)
static const char *const repeated[] = {"x", "y", "x"};
static const char *const missing[] = {"x", NULL, "z"};
static const char *const empty[] = {"x", "y", ""};
static const char *const broken[] = {"x", "\xff", "z"};

static struct refusal refusals[] = {
    {"unknown method", 9, {1, 2, 3}, {.size = SIZE, .method = "hamilton"},
     COCREATE_ERR_NOT_FOUND, 0, "there is no split method \"hamilton\""},
    {"empty method", 9, {1, 2, 3}, {.size = SIZE, .method = ""},
     COCREATE_ERR_NOT_FOUND, 0, "there is no split method \"\""},
    {"unknown ties", 9, {1, 2, 3}, {.size = SIZE, .ties = "coin"},
     COCREATE_ERR_ARGUMENT, 0, "ties \"coin\" are not known; there are id, lot and weight"},
    {"lot without seed", 9, {1, 2, 3}, {.size = SIZE, .ties = "lot"},
     COCREATE_ERR_ARGUMENT, 0, "ties \"lot\" need a seed"},
    {"unknown on_empty", 9, {1, 2, 3}, {.size = SIZE, .on_empty = "keep"},
     COCREATE_ERR_ARGUMENT, 0, "on_empty \"keep\" is not known; there are return, equal and error"},
    {"negative weight", 9, {1, 2, -3}, {.size = SIZE},
     COCREATE_ERR_ARGUMENT, 2, "weight 2 is negative: -3"},
    {"repeated id", 9, {1, 2, 3}, {.size = SIZE, .ids = repeated},
     COCREATE_ERR_ARGUMENT, 2, "id \"x\" stands at 0 and again at 2"},
    {"id NULL", 9, {1, 2, 3}, {.size = SIZE, .ids = missing},
     COCREATE_ERR_ARGUMENT, 1, "id 1 is NULL"},
    {"id empty", 9, {1, 2, 3}, {.size = SIZE, .ids = empty},
     COCREATE_ERR_ARGUMENT, 2, "id 2 is empty"},
    {"id not UTF-8", 9, {1, 2, 3}, {.size = SIZE, .ids = broken},
     COCREATE_ERR_ARGUMENT, 1, "id 1 \"?\" is not valid UTF-8 at byte 0"},
    {"negative cap", 9, {1, 2, 3}, {.size = SIZE, .cap = -1},
     COCREATE_ERR_ARGUMENT, 0, "cap -1 is negative"},
    {"negative minimum", 9, {1, 2, 3}, {.size = SIZE, .minimum = -1},
     COCREATE_ERR_ARGUMENT, 0, "minimum -1 is negative"},
    {"negative unit", 9, {1, 2, 3}, {.size = SIZE, .unit = INT64_MIN},
     COCREATE_ERR_ARGUMENT, 0, "unit -9223372036854775808 is negative"},
    {"minimum above cap", 9, {1, 2, 3}, {.size = SIZE, .cap = 5, .minimum = 6},
     COCREATE_ERR_ARGUMENT, 0, "minimum 6 is above the cap 5"},
    {"no mirror", INT64_MIN, {1, 2, 3}, {.size = SIZE},
     COCREATE_ERR_ARGUMENT, 0, "pool -9223372036854775808 has no positive mirror"},
};

static void refuses(void **state)
{
    const struct refusal *r = *state;
    int64_t shares[3] = {7, 7, 7}, returned = 7;
    assert_failure(cocreate_split(r->pool, r->weights, 3, &r->options, shares, &returned,
                                  &check_error),
                   r->status, r->why);
    assert_int_equal(check_error.where, r->where);
    assert_status(cocreate_split(r->pool, r->weights, 3, &r->options, shares, &returned, NULL),
                  r->status);
    assert_true(shares[0] == 7 && shares[1] == 7 && shares[2] == 7 && returned == 7);
}

static void refuses_bad_pointers_and_sizes(void **state)
{
    (void)state;
    int64_t shares[2] = {7, 7}, returned = 7;
    const int64_t weights[] = {1, 2};
    assert_failure(cocreate_split(9, NULL, 2, NULL, shares, &returned, &check_error),
                   COCREATE_ERR_ARGUMENT, "weights is NULL");
    assert_failure(cocreate_split(9, NULL, 1, NULL, shares, &returned, &check_error),
                   COCREATE_ERR_ARGUMENT, "weights is NULL");
    assert_failure(cocreate_split(9, weights, 2, NULL, NULL, &returned, &check_error),
                   COCREATE_ERR_ARGUMENT, "shares is NULL");
    assert_failure(cocreate_split(9, weights, 2, NULL, shares, NULL, &check_error),
                   COCREATE_ERR_ARGUMENT, "returned is NULL");
    assert_failure(cocreate_split(9, weights, UINT32_MAX, NULL, shares, &returned, &check_error),
                   COCREATE_ERR_ARGUMENT, "4294967295 weights are too many");
    cocreate_split_options options = {.size = 8};
    assert_status(cocreate_split(9, weights, 2, &options, shares, &returned, &check_error),
                  COCREATE_ERR_ARGUMENT);
    assert_non_null(strstr(check_error.text, "options.size is 8, not "));
    assert_true(shares[0] == 7 && returned == 7);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

int main(void)
{
    static struct CMUnitTest tests[20 + COUNT(refusals)] = {
        cmocka_unit_test(lists_methods),
        cmocka_unit_test(defaults_are_largest_remainder_by_id),
        cmocka_unit_test(leftover_by_the_book),
        cmocka_unit_test(infinite_claims_go_by_weight),
        cmocka_unit_test(ties_by_id),
        cmocka_unit_test(ties_by_weight),
        cmocka_unit_test(ties_by_lot),
        cmocka_unit_test(ties_by_lot_without_ids),
        cmocka_unit_test(nothing_to_split_among),
        cmocka_unit_test(caps),
        cmocka_unit_test(minimums),
        cmocka_unit_test(units),
        cmocka_unit_test(splits_the_largest_numbers),
        cmocka_unit_test(rounds_near_the_half_at_any_size),
        cmocka_unit_test(keeps_every_invariant),
        cmocka_unit_test(order_of_rows_is_no_matter),
        cmocka_unit_test(house_monotone),
        cmocka_unit_test(quota_and_fairness),
        cmocka_unit_test(splits_large_pools_among_many),
        cmocka_unit_test(refuses_bad_pointers_and_sizes),
    };
    for (size_t i = 0; i < COUNT(refusals); i++)
        tests[20 + i] =
            (struct CMUnitTest){refusals[i].name, refuses, NULL, NULL, &refusals[i]};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
