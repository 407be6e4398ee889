/* cci_select() against sorting, and against the adversary that makes quickselect quadratic. */
#include "check.h"

#include "money/split/order.h"

enum { MOST = 4000 };

struct keys {
    int64_t of[MOST];
    uint64_t asked;
};

static int lower(void *context, uint32_t a, uint32_t b)
{
    struct keys *keys = context;
    keys->asked++;
    return keys->of[a] != keys->of[b] ? keys->of[a] < keys->of[b] : a < b;
}

static int64_t key_of(int pattern, size_t i, size_t n, uint64_t *random)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    switch (pattern) {
    case 0:
        return (int64_t)(*random >> 40);
    case 1:
        return (int64_t)(*random >> 62); /* many equal */
    case 2:
        return (int64_t)i;
    case 3:
        return -(int64_t)i;
    case 4:
        return 0;
    default:
        return (int64_t)(i < n / 2 ? i : n - i); /* organ pipe */
    }
}

static void assert_selects(struct keys *keys, size_t n, size_t k)
{
    static uint32_t sorted[MOST], selected[MOST], head[MOST];
    for (size_t i = 0; i < n; i++)
        sorted[i] = selected[i] = (uint32_t)i;
    cci_order(sorted, n, lower, keys);
    cci_select(selected, n, k, lower, keys);
    memcpy(head, selected, k * sizeof *head);
    cci_order(head, k, lower, keys);
    assert_memory_equal(head, sorted, k * sizeof *head);
    cci_order(selected, n, lower, keys); /* none is lost, none is there twice */
    assert_memory_equal(selected, sorted, n * sizeof *sorted);
}

static void takes_those_that_come_first(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 15, 16, 17, 100, 1000};
    static struct keys keys;
    uint64_t random = 1;
    for (int pattern = 0; pattern < 6; pattern++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            size_t n = sizes[s], step = n / 7 + 1;
            for (size_t i = 0; i < n; i++)
                keys.of[i] = key_of(pattern, i, n, &random);
            for (size_t k = 0; k <= n; k += step)
                assert_selects(&keys, n, k);
            assert_selects(&keys, n, n);
        }
}

/* M. D. McIlroy, A Killer Adversary for Quicksort, 1999: values are made up while they are asked
 * for, so that the pivot is always among the lowest left. */
struct adversary {
    int64_t of[MOST], solid, gas;
    uint32_t candidate;
    uint64_t asked;
};

static int lower_says_adversary(void *context, uint32_t a, uint32_t b)
{
    struct adversary *x = context;
    x->asked++;
    if (x->of[a] == x->gas && x->of[b] == x->gas)
        x->of[a == x->candidate ? a : b] = x->solid++;
    if (x->of[a] == x->gas)
        x->candidate = a;
    else if (x->of[b] == x->gas)
        x->candidate = b;
    return x->of[a] != x->of[b] ? x->of[a] < x->of[b] : a < b;
}

/* Quickselect alone would ask n^2 / 4 = 4,000,000 times here; sorting asks about 2 n log2 n = 96,000,
 * and each of at most 16 + 2 * 12 bad rounds before it n. */
static void is_not_quadratic(void **state)
{
    (void)state;
    static struct adversary x;
    static uint32_t items[MOST];
    x = (struct adversary){.gas = MOST};
    for (uint32_t i = 0; i < MOST; i++) {
        x.of[i] = x.gas;
        items[i] = i;
    }
    cci_select(items, MOST, MOST - 1, lower_says_adversary, &x);
    assert_true(x.asked < 16 * MOST + 2 * 12 * MOST + 96000 + MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_those_that_come_first),
        cmocka_unit_test(is_not_quadratic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
