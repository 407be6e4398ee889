/* Best orders: the two algorithms agree, and both with trying every order. */
#include "check.h"

#include "ranking/optimal/bound.h"

static cci_run run;
static const cci_method method = {.name = "kemeny"};

static uint64_t dice = 20250601;

static uint64_t draw(uint64_t below)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (dice >> 33) % below;
}

/* Costs of random majorities up to `most`, some of them ties. */
static void draw_costs(int64_t *cost, size_t n, int64_t most)
{
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b <= a; b++) {
            int64_t margin = a == b ? 0 : (int64_t)draw((uint64_t)(2 * most + 1)) - most;
            cost[a * n + b] = margin > 0 ? margin : 0;
            cost[b * n + a] = margin < 0 ? -margin : 0;
        }
}

static void expect_same(const int64_t *cost, size_t n)
{
    cci_lattice one, two;
    assert_status(cci_lattice_by_subsets(&run, cost, n, &one, &check_error), COCREATE_OK);
    assert_status(cci_lattice_by_frontier(&run, cost, n, &two, &check_error), COCREATE_OK);
    assert_int_equal(one.least, two.least);
    assert_int_equal(one.count, two.count);
    assert_memory_equal(one.sets, two.sets, one.count * sizeof *one.sets);
    assert_memory_equal(one.next, two.next, one.count * sizeof *one.next);
    cci_lattice_close(&one, &run.allocator);
    cci_lattice_close(&two, &run.allocator);
}

static void algorithms_agree(void **state)
{
    static const int64_t sizes[] = {1, 2, 7, 1000, INT64_C(1) << 50};
    int64_t cost[14 * 14];
    (void)state;
    for (size_t i = 0; i < 1500; i++) {
        size_t n = 1 + draw(i % 50 == 0 ? 14 : 9);
        draw_costs(cost, n, sizes[i % 5]);
        expect_same(cost, n);
    }
}

/* What an order costs, and the least over all orders, by Heap's algorithm. */
static int64_t least_of_all(const int64_t *cost, size_t n)
{
    size_t order[8], turn[8] = {0};
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = 0; i < n;) {
        int64_t sum = 0;
        for (size_t j = 0; i == 0 && j < n; j++)
            for (size_t k = j + 1; k < n; k++)
                sum += cost[order[j] * n + order[k]];
        if (i == 0)
            least = sum < least ? sum : least;
        if (turn[i] < i) {
            size_t j = i % 2 ? turn[i] : 0, moved = order[j];
            order[j] = order[i];
            order[i] = moved;
            turn[i]++;
            i = 0;
        } else
            turn[i++] = 0;
        if (i == 0)
            continue;
    }
    return least;
}

static void bounds_hold(void **state)
{
    int64_t cost[6 * 6];
    uint32_t order[6];
    (void)state;
    for (size_t i = 0; i < 300; i++) {
        size_t n = 1 + draw(6);
        draw_costs(cost, n, i % 2 ? 9 : INT64_C(1) << 52);
        int64_t least = least_of_all(cost, n), most = cci_order_descend(cost, n, order);
        cci_order_bound bound;
        assert_true(most >= least);
        assert_status(cci_order_bound_open(&run, cost, n, most, &bound, &check_error),
                      COCREATE_OK);
        assert_true(bound.whole <= cci_order_bound_units(&bound, least));
        cci_order_bound_close(&bound, &run.allocator);
    }
}

int main(void)
{
    run.allocator = cci_allocator(NULL);
    run.method = &method;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(algorithms_agree),
        cmocka_unit_test(bounds_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
