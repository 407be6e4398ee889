/* Numbers of few bytes, and the index of ballots. */
#include "check.h"

#include "failing_allocator.h"
#include "profile/profile.h"

/* As an array of int64_t, however the numbers grow. */
static void numbers_keep_what_is_set(void **state)
{
    (void)state;
    static const int64_t values[] = {0,          1,          255,        256, 65535, 65536,
                                     UINT32_MAX, UINT32_MAX + INT64_C(1), 7,  INT64_MAX};
    enum { COUNT = sizeof values / sizeof *values, TIMES = 50 };
    cocreate_allocator a = cci_allocator(NULL);
    cci_numbers n = {0};
    for (size_t i = 0; i < COUNT * TIMES; i++) {
        int64_t value = values[i / TIMES];
        assert_true(cci_numbers_reserve(&n, &a, i, i + 1, value));
        cci_numbers_set(&n, i, value);
        for (size_t k = 0; k <= i; k++)
            assert_true(cci_numbers_get(&n, k) == values[k / TIMES]);
        int64_t read[COUNT * TIMES];
        size_t from = i / 2;
        cci_numbers_read(&n, from, i + 1 - from, read);
        for (size_t k = from; k <= i; k++)
            assert_true(read[k - from] == values[k / TIMES]);
    }
    cci_numbers_free(&n, &a);
}

/* A number in front grows past the width of all. */
static void numbers_widen_behind_the_last_asked_for(void **state)
{
    (void)state;
    cocreate_allocator a = cci_allocator(NULL);
    cci_numbers n = {0};
    for (size_t i = 0; i < 1000; i++) {
        assert_true(cci_numbers_reserve(&n, &a, i, i + 1, (int64_t)(i % 200)));
        cci_numbers_set(&n, i, (int64_t)(i % 200));
    }
    assert_int_equal(n.log, 0);
    for (int64_t most = 1000; most < INT64_C(1) << 40; most *= 1000) {
        assert_true(cci_numbers_reserve(&n, &a, 1000, 1, most));
        cci_numbers_set(&n, 0, most);
        for (size_t i = 1; i < 1000; i++)
            assert_true(cci_numbers_get(&n, i) == (int64_t)(i % 200));
    }
    assert_int_equal(n.log, 3);
    cci_numbers_free(&n, &a);
}

static void numbers_survive_allocation_failure(void **state)
{
    (void)state;
    for (size_t nth = 0; nth < 4; nth++) {
        failing_allocator f;
        failing_allocator_init(&f, nth, FAIL_FOREVER);
        cci_numbers n = {0};
        size_t count = 0;
        while (count < 40 && cci_numbers_reserve(&n, &f.allocator, count, count + 1,
                                                 (int64_t)1 << count)) {
            cci_numbers_set(&n, count, (int64_t)1 << count);
            count++;
        }
        for (size_t i = 0; i < count; i++)
            assert_true(cci_numbers_get(&n, i) == (int64_t)1 << i);
        cci_numbers_free(&n, &f.allocator);
    }
}

/* Keys of 4 bytes: the number of each, times 3. */
static uint8_t keys[5000][4];

static const uint8_t *key_of(const void *owner, size_t i, size_t *size)
{
    (void)owner;
    *size = sizeof keys[i];
    return keys[i];
}

static void index_finds_all_and_nothing_else(void **state)
{
    (void)state;
    cocreate_allocator a = cci_allocator(NULL);
    cci_index x;
    cci_index_init(&x, &a, keys, key_of);
    for (uint32_t i = 0; i < 5000; i++)
        for (unsigned k = 0; k < 4; k++)
            keys[i][k] = (uint8_t)(i * 3 >> (8 * k));
    for (size_t i = 0; i < 5000; i++) {
        assert_true(cci_index_find(&x, keys[i], 4) == CCI_TABLE_NONE);
        assert_true(cci_index_reserve(&x, 1));
        cci_index_insert(&x, cci_index_hash(&x, keys[i], 4));
        assert_true(cci_index_find(&x, keys[i], 4) == i);
    }
    for (size_t i = 0; i < 5000; i++)
        assert_true(cci_index_find(&x, keys[i], 4) == i);
    assert_true(x.capacity <= 5000 * 16 / 11 * 2); /* never less than a third full */
    uint8_t other[4] = {1, 0, 0, 0};
    assert_true(cci_index_find(&x, other, 4) == CCI_TABLE_NONE);
    cci_index_refill(&x, 100);
    assert_true(cci_index_find(&x, keys[99], 4) == 99);
    assert_true(cci_index_find(&x, keys[100], 4) == CCI_TABLE_NONE);
    cci_index_free(&x);
}

/* A count and a weight past every width, on a ballot in the middle, and taken out again. */
static void counts_grow_on_any_ballot(void **state)
{
    (void)state;
    cocreate_profile *p = NULL, *more = NULL;
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, 300, &p, &check_error),
                  COCREATE_OK);
    for (uint32_t i = 0; i < 300; i++)
        assert_status(cocreate_profile_add(p, &i, NULL, 1, 1, 1, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_new(NULL, COCREATE_BALLOT_RANKING, 300, &more, &check_error),
                  COCREATE_OK);
    uint32_t middle = 150;
    int64_t count = 1, weight = 1;
    for (int64_t step = 100; step < INT64_C(1) << 50; step *= 100) {
        assert_status(cocreate_profile_add(p, &middle, NULL, 1, step, 2 * step, &check_error),
                      COCREATE_OK);
        assert_status(cocreate_profile_add(more, &middle, NULL, 1, step, 2 * step, &check_error),
                      COCREATE_OK);
        count += step;
        weight += 2 * step;
        for (size_t i = 0; i < 300; i++) {
            ballot b = look_at_ballot(p, i);
            assert_true(b.count == (i == middle ? count : 1) && b.weight == (i == middle ? weight : 1));
            assert_int_equal(b.size, 2);
        }
    }
    assert_status(cocreate_profile_merge(p, p, &check_error), COCREATE_OK);
    assert_true(look_at_ballot(p, middle).count == 2 * count && look_at_ballot(p, 0).count == 2);
    assert_status(cocreate_profile_subtract(p, more, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_subtract(p, more, &check_error), COCREATE_OK);
    assert_true(look_at_ballot(p, middle).count == 2 && look_at_ballot(p, middle).weight == 2);
    cocreate_profile_free(p);
    cocreate_profile_free(more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_keep_what_is_set),
        cmocka_unit_test(numbers_widen_behind_the_last_asked_for),
        cmocka_unit_test(numbers_survive_allocation_failure),
        cmocka_unit_test(index_finds_all_and_nothing_else),
        cmocka_unit_test(counts_grow_on_any_ballot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
