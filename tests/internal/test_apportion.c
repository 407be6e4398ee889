/* The splits against the definitions, step by step, and the arithmetic under them. */
#include "check.h"

#include "failing_allocator.h"
#include "money/split.h"
#include "money/split/natural.h"
#include "money/split/order.h"

#define FEW 6
#define MAX 60

/* xorshift64*: any fixed sequence does. */
static uint64_t random_state = 0x9e3779b97f4a7c15;

static uint64_t random_u64(void)
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

/* The methods as the textbook has them, for small numbers in int64: one unit at a time, rounds as
 * they are described, ties by index. */
struct naive {
    const char *method;
    int64_t weights[MAX];
    size_t n;
    int64_t pool, cap, minimum; /* cap INT64_MAX = none */
    int64_t shares[MAX];
};

/* The claim to the next unit as a fraction (weight / d(a)) ^ power; 1/0 is infinite. */
static void claim(const char *method, int64_t w, int64_t a, int64_t *top, int64_t *bottom)
{
    *top = w;
    if (strcmp(method, "dhondt") == 0) {
        *bottom = a + 1;
    } else if (strcmp(method, "sainte_lague") == 0) {
        *bottom = 2 * a + 1;
    } else if (strcmp(method, "adams") == 0) {
        *bottom = a;
    } else if (strcmp(method, "huntington_hill") == 0) {
        *top = w * w;
        *bottom = a * (a + 1);
    } else {
        assert_string_equal(method, "dean");
        *top = w * (2 * a + 1);
        *bottom = 2 * a * (a + 1);
    }
}

static int claims_more(const struct naive *p, size_t i, size_t j)
{
    int64_t top_i, bottom_i, top_j, bottom_j;
    claim(p->method, p->weights[i], p->shares[i], &top_i, &bottom_i);
    claim(p->method, p->weights[j], p->shares[j], &top_j, &bottom_j);
    if (bottom_i == 0 && bottom_j == 0)
        return p->weights[i] > p->weights[j];
    return top_i * bottom_j > top_j * bottom_i;
}

static void step_by_step(struct naive *p, int64_t pool, const int *active)
{
    for (; pool > 0; pool--) {
        size_t best = MAX;
        for (size_t i = 0; i < p->n; i++)
            if (active[i] && p->shares[i] < p->cap && (best == MAX || claims_more(p, i, best)))
                best = i;
        if (best == MAX)
            return;
        p->shares[best]++;
    }
}

static void by_quota(struct naive *p, int64_t pool, const int *active, int64_t total)
{
    int64_t left = pool, rest[MAX] = {0};
    for (size_t i = 0; i < p->n; i++)
        if (active[i]) {
            p->shares[i] = pool * p->weights[i] / total;
            rest[i] = pool * p->weights[i] % total;
            left -= p->shares[i];
        }
    int first = strcmp(p->method, "first_gets") == 0;
    if (strcmp(p->method, "floor_return") == 0)
        return;
    int done[MAX] = {0};
    for (; left > 0; left--) {
        size_t best = MAX;
        for (size_t i = 0; i < p->n; i++)
            if (active[i] && !done[i] && p->shares[i] < p->cap &&
                (best == MAX || (!first && rest[i] > rest[best])))
                best = i;
        assert_true(best < MAX);
        p->shares[best]++;
        done[best] = 1;
    }
}

static void naive_once(struct naive *p)
{
    int64_t pool = p->pool, total = 0;
    int active[MAX] = {0}, fixed = 1;
    for (size_t i = 0; i < p->n; i++) {
        p->shares[i] = 0;
        active[i] = p->weights[i] > 0;
        total += p->weights[i];
    }
    while (fixed && p->cap < INT64_MAX) {
        int64_t pool_now = pool, total_now = total;
        fixed = 0;
        for (size_t i = 0; i < p->n; i++)
            if (active[i] && pool_now * p->weights[i] > p->cap * total_now) {
                p->shares[i] = p->cap;
                pool -= p->cap;
                total -= p->weights[i];
                active[i] = 0;
                fixed = 1;
            }
    }
    if (total == 0)
        return;
    if (strcmp(p->method, "largest_remainder") == 0 || strcmp(p->method, "first_gets") == 0 ||
        strcmp(p->method, "floor_return") == 0)
        by_quota(p, pool, active, total);
    else
        step_by_step(p, pool, active);
}

static void naive_split(struct naive *p)
{
    for (int dropped = 1; dropped;) {
        naive_once(p);
        dropped = 0;
        for (size_t i = 0; i < p->n; i++)
            if (p->weights[i] > 0 && p->shares[i] < p->minimum) {
                p->weights[i] = 0;
                p->shares[i] = 0;
                dropped = 1;
            }
    }
}

/* 160,000 random splits by all methods, with and without cap and minimum; one in 63 among many. */
static void agrees_with_the_definition(void **state)
{
    (void)state;
    for (int round = 0; round < 160000; round++) {
        static const int64_t pools[] = {4, 12, 40, 120}, tops[] = {2, 5, 20, 300};
        struct naive p = {.n = 1 + (size_t)random_below(round % 63 == 0 ? MAX : FEW),
                          .cap = INT64_MAX};
        p.method = cocreate_split_method_at((size_t)round % cocreate_split_method_count());
        p.pool = random_below(pools[random_below(4)]);
        int64_t top = tops[random_below(4)], weights[MAX];
        for (size_t i = 0; i < p.n; i++)
            p.weights[i] = weights[i] = random_below(top);
        cocreate_split_options options;
        cocreate_split_options_init(&options);
        options.method = p.method;
        if (round & 1024)
            p.cap = options.cap = 1 + random_below(30);
        if (round & 2048)
            p.minimum = options.minimum =
                random_below(1 + (options.cap > 0 ? options.cap : 20));
        naive_split(&p);

        int64_t shares[MAX], returned, rest = p.pool;
        assert_status(cocreate_split(p.pool, weights, p.n, &options, shares, &returned,
                                     &check_error),
                      COCREATE_OK);
        for (size_t i = 0; i < p.n; i++) {
            assert_int_equal(shares[i], p.shares[i]);
            rest -= shares[i];
        }
        assert_int_equal(returned, rest);
    }
}

static void natural_from_mp(cci_limb *out, size_t size, const mp_int *from)
{
    mp_int rest;
    assert_int_equal(mp_init_copy(&rest, from), MP_OKAY);
    for (size_t i = 0; i < size; i++) {
        out[i] = mp_get_mag_u32(&rest);
        assert_int_equal(mp_div_2d(&rest, 32, &rest, NULL), MP_OKAY);
    }
    assert_true(mp_iszero(&rest));
    mp_clear(&rest);
}

static void mp_from_natural(mp_int *out, const cci_limb *a, size_t size)
{
    mp_zero(out);
    for (size_t i = size; i-- > 0;) {
        mp_int limb;
        assert_int_equal(mp_init(&limb), MP_OKAY);
        mp_set_u32(&limb, a[i]);
        assert_int_equal(mp_mul_2d(out, 32, out), MP_OKAY);
        assert_int_equal(mp_add(out, &limb, out), MP_OKAY);
        mp_clear(&limb);
    }
}

/* Limbs of few and of many bits, and the borders, where long division goes wrong. */
static cci_limb random_limb(void)
{
    static const cci_limb border[] = {0, 1, 2, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff};
    return random_below(2) ? border[random_below(7)] : (cci_limb)random_u64();
}

#define NUMBER 7
#define DIVISOR 5

/* Quotient, remainder and product against libtommath. */
static void divides(void **state)
{
    (void)state;
    mp_int number, divisor, quotient, remainder;
    assert_int_equal(mp_init_multi(&number, &divisor, &quotient, &remainder, NULL), MP_OKAY);
    for (int round = 0; round < 200000; round++) {
        cci_limb factor[2], d[DIVISOR], n[NUMBER + 1], add[DIVISOR];
        size_t size = 1 + (size_t)random_below(DIVISOR);
        for (size_t i = 0; i < DIVISOR; i++)
            d[i] = i < size ? random_limb() : 0;
        if (cci_natural_is_zero(d, DIVISOR))
            d[0] = 1;
        /* number = factor * d + something below d: the quotient is the factor. */
        factor[0] = random_limb();
        factor[1] = random_limb();
        cci_natural_multiply(n, d, DIVISOR, factor, 2);
        n[NUMBER] = 0;
        for (size_t i = 0; i < DIVISOR; i++)
            add[i] = i + 1 < size ? random_limb() : 0;
        if (cci_natural_compare(add, d, DIVISOR) < 0)
            cci_natural_add(n, NUMBER + 1, add, DIVISOR);

        mp_from_natural(&number, n, NUMBER + 1);
        mp_from_natural(&divisor, d, DIVISOR);
        assert_int_equal(mp_div(&number, &divisor, &quotient, &remainder), MP_OKAY);
        uint64_t got = cci_natural_divide(n, NUMBER + 1, d, DIVISOR);
        assert_true(got == mp_get_mag_u64(&quotient));
        assert_true(got == ((uint64_t)factor[1] << 32 | factor[0]));
        cci_limb expected[NUMBER + 1];
        natural_from_mp(expected, NUMBER + 1, &remainder);
        assert_int_equal(cci_natural_compare(n, expected, NUMBER + 1), 0);
    }
    mp_clear_multi(&number, &divisor, &quotient, &remainder, NULL);
}

/* Vectors of Hacker's Delight (divmnu): the first needs step D6 of algorithm D, the add back; in
 * the second the product subtracted in step D4 must not be taken for a signed number. */
static void divides_with_add_back(void **state)
{
    (void)state;
    cci_limb n[] = {0x00000003, 0x00000000, 0x80000000, 0};
    const cci_limb d[] = {0x00000001, 0x00000000, 0x20000000};
    assert_int_equal(cci_natural_divide(n, 4, d, 3), 3);
    const cci_limb rest[] = {0, 0, 0x20000000, 0};
    assert_int_equal(cci_natural_compare(n, rest, 4), 0);

    cci_limb n2[] = {0, 0xfffffffe, 0x80000000, 0};
    const cci_limb d2[] = {0xffffffff, 0x80000000};
    assert_true(cci_natural_divide(n2, 4, d2, 2) == 0xffffffff);
    const cci_limb rest2[] = {0xffffffff, 0x7fffffff, 0, 0};
    assert_int_equal(cci_natural_compare(n2, rest2, 4), 0);
}

static void subtracts_with_borrow(void **state)
{
    (void)state;
    cci_limb a[] = {0, 0, 1};
    const cci_limb b[] = {1};
    cci_natural_subtract(a, 3, b, 1);
    const cci_limb expected[] = {0xffffffff, 0xffffffff, 0};
    assert_int_equal(cci_natural_compare(a, expected, 3), 0);
}

static int lower_key(void *context, uint32_t a, uint32_t b)
{
    const int64_t *keys = context;
    return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
}

static void orders(void **state)
{
    (void)state;
    for (size_t n = 0; n <= 40; n++) {
        int64_t keys[40];
        uint32_t items[40];
        for (size_t i = 0; i < n; i++) {
            keys[i] = random_below(7);
            items[i] = (uint32_t)i;
        }
        cci_order(items, n, lower_key, keys);
        for (size_t i = 1; i < n; i++)
            assert_true(lower_key(keys, items[i - 1], items[i]));
    }
}

static void set_rationals(cci_rational *r, const int64_t (*values)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_status(cci_rational_init(&r[i], NULL), COCREATE_OK);
        assert_status(cci_rational_set_i64(&r[i], values[i][0], values[i][1], NULL), COCREATE_OK);
    }
}

static void clear_rationals(cci_rational *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cci_rational_clear(&r[i]);
}

/* Rationals i/k! are the integers i * K!/k! : the same shares by every method and tie rule. */
static void rationals_split_as_integers(void **state)
{
    (void)state;
    static const int64_t factorial[] = {1, 1, 2, 6, 24, 120, 720};
    static const char *const ties[] = {"id", "lot", "weight"};
    static const uint8_t seed[32] = {7};
    for (int round = 0; round < 20000; round++) {
        size_t n = 1 + (size_t)random_below(FEW);
        int64_t values[MAX][2], integers[MAX], expected[MAX], expected_returned;
        for (size_t i = 0; i < n; i++) {
            int64_t k = random_below(7);
            values[i][0] = random_below(50);
            values[i][1] = factorial[k];
            integers[i] = values[i][0] * (720 / factorial[k]);
        }
        cocreate_split_options options;
        cocreate_split_options_init(&options);
        options.method = cocreate_split_method_at((size_t)round % 8);
        options.ties = ties[round / 8 % 3];
        options.seed = seed;
        int64_t pool = random_below(2000) - 500, shares[MAX], returned;
        assert_status(cocreate_split(pool, integers, n, &options, expected, &expected_returned,
                                     &check_error),
                      COCREATE_OK);
        cci_rational weights[MAX];
        set_rationals(weights, (const int64_t(*)[2])values, n);
        assert_status(cci_split_rational(NULL, pool, weights, n, &options, shares, &returned,
                                         &check_error),
                      COCREATE_OK);
        clear_rationals(weights, n);
        assert_memory_equal(shares, expected, n * sizeof *shares);
        assert_int_equal(returned, expected_returned);
    }
}

/* A weight that no int64 holds: (2^63 - 1)^2 : 1 by 2^63 - 1 leaves 2^63 - 1 / ((2^63 - 1)^2 + 1),
 * less than one unit, to the second; Sainte-Lague and D'Hondt agree, Adams gives the first unit. */
static void rationals_beyond_int64(void **state)
{
    (void)state;
    cci_rational weights[2];
    const int64_t values[2][2] = {{INT64_MAX, 1}, {1, INT64_MAX}};
    set_rationals(weights, values, 2);
    const struct {
        const char *method;
        int64_t second;
    } cases[] = {{"largest_remainder", 0}, {"sainte_lague", 0}, {"dhondt", 0},
                 {"adams", 1},             {"dean", 1},         {"huntington_hill", 1}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        cocreate_split_options options;
        cocreate_split_options_init(&options);
        options.method = cases[c].method;
        int64_t shares[2], returned;
        assert_status(cci_split_rational(NULL, INT64_MAX, weights, 2, &options, shares, &returned,
                                         &check_error),
                      COCREATE_OK);
        assert_int_equal(shares[0], INT64_MAX - cases[c].second);
        assert_int_equal(shares[1], cases[c].second);
    }
    clear_rationals(weights, 2);
}

static void rationals_refused(void **state)
{
    (void)state;
    int64_t shares[80] = {7}, returned = 7;
    cci_rational weights[80];
    const int64_t values[2][2] = {{1, 2}, {-1, 3}};
    set_rationals(weights, values, 2);
    assert_failure(cci_split_rational(NULL, 9, weights, 2, NULL, shares, &returned, &check_error),
                   COCREATE_ERR_ARGUMENT, "weight 1 is negative");
    assert_int_equal(check_error.where, 1);
    clear_rationals(weights, 2);

    /* Denominators 2^62 + odd without much in common: 62 bits more each. */
    for (size_t i = 0; i < 80; i++) {
        assert_status(cci_rational_init(&weights[i], NULL), COCREATE_OK);
        assert_status(cci_rational_set_i64(&weights[i], 1, ((int64_t)1 << 62) + 2 * (int64_t)i + 1,
                                           NULL),
                      COCREATE_OK);
    }
    assert_status(cci_split_rational(NULL, 9, weights, 80, NULL, shares, &returned, &check_error),
                  COCREATE_ERR_LIMIT);
    assert_non_null(strstr(check_error.text, "have a common denominator of more than 4096 bits"));
    clear_rationals(weights, 80);
    assert_int_equal(shares[0], 7);
    assert_int_equal(returned, 7);
}

/* Every request for memory fails once, and from then on: no output is touched, nothing is lost. */
static void survives_lack_of_memory(void **state)
{
    (void)state;
    static const int64_t weights[] = {5, 0, 9, INT64_MAX, 2};
    static const char *const ids[] = {"e", "d", "c", "b", "a"};
    static const uint8_t seed[32] = {1};
    for (size_t m = 0; m < cocreate_split_method_count(); m++)
        for (int mode = FAIL_ONCE; mode <= FAIL_FOREVER; mode++)
            for (size_t granted = 0;; granted++) {
                failing_allocator fa;
                failing_allocator_init(&fa, granted, (failing_mode)mode);
                cocreate_split_options options;
                cocreate_split_options_init(&options);
                options.method = cocreate_split_method_at(m);
                options.ties = "lot";
                options.ids = ids;
                options.seed = seed;
                options.cap = 60;
                options.minimum = 2;
                int64_t shares[5] = {-1, -1, -1, -1, -1}, returned = -1;
                cocreate_status s = cci_split_i64(&fa.allocator, 100, weights, 5, &options, shares,
                                                  &returned, &check_error);
                assert_int_equal(fa.live, 0);
                if (s == COCREATE_OK) {
                    assert_int_equal(fa.refused, 0);
                    assert_int_equal(shares[3], 60);
                    break;
                }
                assert_int_equal(s, COCREATE_ERR_MEMORY);
                assert_int_equal(returned, -1);
                for (size_t i = 0; i < 5; i++)
                    assert_int_equal(shares[i], -1);
            }
}

static void rationals_survive_lack_of_memory(void **state)
{
    (void)state;
    cci_rational weights[2];
    const int64_t values[2][2] = {{1, 2}, {1, 3}};
    set_rationals(weights, values, 2);
    for (size_t granted = 0;; granted++) {
        failing_allocator fa;
        failing_allocator_init(&fa, granted, FAIL_ONCE);
        int64_t shares[2] = {-1, -1}, returned = -1;
        cocreate_status s = cci_split_rational(&fa.allocator, 100, weights, 2, NULL, shares,
                                               &returned, &check_error);
        assert_int_equal(fa.live, 0);
        if (s == COCREATE_OK) {
            assert_true(shares[0] == 60 && shares[1] == 40);
            break;
        }
        assert_int_equal(s, COCREATE_ERR_MEMORY);
        assert_true(shares[0] == -1 && shares[1] == -1 && returned == -1);
    }
    clear_rationals(weights, 2);
}

/* All rationals 0, and one alone: what holds for integers. */
static void rationals_empty_and_alone(void **state)
{
    (void)state;
    cci_rational weights[2];
    const int64_t values[2][2] = {{0, 5}, {0, 1}};
    set_rationals(weights, values, 2);
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    int64_t shares[2], returned;
    assert_status(cci_split_rational(NULL, 9, weights, 2, &options, shares, &returned, NULL),
                  COCREATE_OK);
    assert_true(shares[0] == 0 && shares[1] == 0 && returned == 9);
    options.on_empty = "equal";
    assert_status(cci_split_rational(NULL, 9, weights, 2, &options, shares, &returned, NULL),
                  COCREATE_OK);
    assert_true(shares[0] == 5 && shares[1] == 4 && returned == 0);
    assert_status(cci_split_rational(NULL, 9, weights, 0, NULL, shares, &returned, NULL),
                  COCREATE_OK);
    assert_int_equal(returned, 9);
    clear_rationals(weights, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_definition),
        cmocka_unit_test(divides),
        cmocka_unit_test(divides_with_add_back),
        cmocka_unit_test(subtracts_with_borrow),
        cmocka_unit_test(orders),
        cmocka_unit_test(rationals_split_as_integers),
        cmocka_unit_test(rationals_beyond_int64),
        cmocka_unit_test(rationals_refused),
        cmocka_unit_test(survives_lack_of_memory),
        cmocka_unit_test(rationals_survive_lack_of_memory),
        cmocka_unit_test(rationals_empty_and_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
