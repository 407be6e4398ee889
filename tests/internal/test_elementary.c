/* log and exp: within 1 ulp of correctly rounded references, and right at their edges. */
#include "check.h"

#include <float.h>
#include <math.h>

#include "base/elementary.h"

struct point {
    double x, reference;
};

/* References: mpmath 1.3 with 300 bits, rounded once to nearest. First the edges, then, of 60,000
 * random points each, those whose result lies nearest to the middle between two doubles. */
static const struct point log_points[] = {
    {0x0.0000000000001p-1022, -0x1.74385446d71c3p+9},
    {0x1.0000000000000p-1022, -0x1.6232bdd7abcd2p+9},
    {0x0.fffffffffffffp-1022, -0x1.6232bdd7abcd2p+9},
    {0x1.fffffffffffffp+1023, 0x1.62e42fefa39efp+9},
    {0x1.0000000000000p-1, -0x1.62e42fefa39efp-1},
    {0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},
    {0x1.4000000000000p+3, 0x1.26bb1bbb55516p+1},
    {0x1.0000000000001p+0, 0x1.fffffffffffffp-53},
    {0x1.fffffffffffffp-1, -0x1.0000000000000p-53},
    {0x1.0000000400000p+0, 0x1.fffffffc00000p-31},
    {0x1.fffffffc00000p-1, -0x1.0000000100000p-31},
    {0x1.8000000000000p-1, -0x1.269621134db92p-2},
    {0x1.8000000000000p+0, 0x1.9f323ecbf984cp-2},
    {0x1.6a09e667f3bccp+0, 0x1.62e42fefa39eep-2},
    {0x1.6a09e667f3bcdp+0, 0x1.62e42fefa39f0p-2},
    {0x1.6a09e667f3bccp-1, -0x1.62e42fefa39f1p-2},
    {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},
    {0x1.5bf0a8b145769p+1, 0x1.0000000000000p+0},
    {0x1.5bf0a8b145768p+1, 0x1.ffffffffffffep-1},
    {0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9},
    {0x1.db5cdd25eb90ap-407, -0x1.197df3d368e1ep+8},
    {0x1.c4aada2d09d84p+749, 0x1.03de5d2c4d06dp+9},
    {0x1.1f4eaca54ac41p+0, 0x1.d893766ac3323p-4},
    {0x1.6efa0873f364dp-458, -0x1.3d19edff65981p+8},
    {0x1.6e02c0fcfe693p+0, 0x1.6e109f086771fp-2},
    {0x1.0695adeb202dfp+575, 0x1.8e95c43314014p+8},
    {0x1.4713252361860p-406, -0x1.192c38f1d06d5p+8},
    {0x1.49314261e89ddp+500, 0x1.5ad336d293babp+8},
    {0x1.9577fca0d0b8ap+0, 0x1.d6e72c8bf0d09p-2},
    {0x1.33bced312e3b0p-817, -0x1.1b0eff98e53adp+9},
    {0x1.0fd808e0cded9p+0, 0x1.ebef0a39b968fp-5},
    {0x1.954657e6c0269p-417, -0x1.20953e99579a8p+8},
    {0x1.307b7b11391fcp+0, 0x1.63323d0a8a128p-3},
    {0x1.ad2ea14d2de60p+0, 0x1.088d6c5811f1bp-1},
};

static const struct point exp_points[] = {
    {0x1.0000000000000p+0, 0x1.5bf0a8b145769p+1},
    {-0x1.0000000000000p+0, 0x1.78b56362cef38p-2},
    {0x1.0000000000000p-1, 0x1.a61298e1e069cp+0},
    {0x1.0000000000000p-53, 0x1.0000000000001p+0},
    {-0x1.0000000000000p-54, 0x1.0000000000000p+0},
    {0x1.0000000000000p-27, 0x1.0000002000000p+0},
    {0x1.62e42fefa39efp+9, 0x1.fffffffffff2ap+1023},
    {0x1.6280000000000p+9, 0x1.d422d2be5dc9bp+1022},
    {-0x1.6232bdd7abcd2p+9, 0x1.000000000007cp-1022},
    {-0x1.6233333333333p+9, 0x0.ff15b469edf89p-1022},
    {-0x1.7200000000000p+9, 0x0.0000000000055p-1022},
    {-0x1.74385446d71c3p+9, 0x0.0000000000001p-1022},
    {-0x1.74910d52d3051p+9, 0x0.0000000000001p-1022},
    {-0x1.74910d52d3052p+9, 0x0.0p+0},
    {0x1.62e42fefa39efp-7, 0x1.02c9a3e778061p+0},
    {0x1.62e42fefa39efp-1, 0x1.0000000000000p+1},
    {-0x1.62e42fefa39efp-1, 0x1.0000000000000p-1},
    {0x1.4f8b588e368f1p-17, 0x1.0000a7c5e340ep+0},
    {-0x1.4f8b588e368f1p-17, 0x1.fffeb07515653p-1},
    {0x1.5c1c39d63a344p-2, 0x1.67a62c37d398ep+0},
    {0x1.e41394137812ap-1, 0x1.4978e573d6e6cp+1},
    {-0x1.2454d2f7890bbp+8, 0x1.317f831caa04cp-422},
    {-0x1.87bca9f451ed0p-2, 0x1.5d3e4cfb5006ep-1},
    {-0x1.aaa8738f15efcp-2, 0x1.5188b7d426efep-1},
    {-0x1.64fbd3b632e00p-9, 0x1.fe9b8082b981dp-1},
    {0x1.90d4315d1be92p-1, 0x1.1807da9c252c2p+1},
    {-0x1.22c146b3e9a88p-1, 0x1.2229cca33b36ap-1},
    {0x1.b33763aecc348p+8, 0x1.d89ae3b0866d2p+627},
    {0x1.d1cf7a264bc24p+8, 0x1.0403334ea882ap+672},
    {-0x1.1088006658724p-2, 0x1.885c438ff502ep-1},
    {0x1.400411997974cp+7, 0x1.cb1a2525cdd3dp+230},
    {0x1.50ae78f8270f2p-1, 0x1.ee1c35e845855p+0},
    {0x1.2e41050253ebap-1, 0x1.cdfa5db56936ep+0},
};

/* Doubles of one sign are ordered as their bits are. */
static int64_t ulps_between(double a, double b)
{
    int64_t x, y;
    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x > y ? x - y : y - x;
}

static void assert_near(const struct point *points, size_t n, double (*function)(double))
{
    for (size_t i = 0; i < n; i++) {
        double value = function(points[i].x);
        if (ulps_between(value, points[i].reference) > 1)
            check_double_equal_bits(value, points[i].reference);
    }
}

static void log_is_within_one_ulp(void **state)
{
    (void)state;
    assert_near(log_points, sizeof log_points / sizeof *log_points, cci_log);
}

static void exp_is_within_one_ulp(void **state)
{
    (void)state;
    assert_near(exp_points, sizeof exp_points / sizeof *exp_points, cci_exp);
}

static void log_has_its_edges(void **state)
{
    (void)state;
    check_double_equal_bits(cci_log(1.0), 0.0);
    check_double_equal_bits(cci_log(0.0), -HUGE_VAL);
    check_double_equal_bits(cci_log(-0.0), -HUGE_VAL);
    check_double_equal_bits(cci_log(HUGE_VAL), HUGE_VAL);
    /* NaN of one sign everywhere, so that not even its bits differ */
    check_double_equal_bits(cci_log(-1.0), NAN);
    check_double_equal_bits(cci_log(-DBL_MIN), NAN);
    check_double_equal_bits(cci_log(-HUGE_VAL), NAN);
    check_double_equal_bits(cci_log(-NAN), NAN);
}

static void exp_has_its_edges(void **state)
{
    (void)state;
    check_double_equal_bits(cci_exp(0.0), 1.0);
    check_double_equal_bits(cci_exp(-0.0), 1.0);
    check_double_equal_bits(cci_exp(DBL_MIN), 1.0);
    check_double_equal_bits(cci_exp(HUGE_VAL), HUGE_VAL);
    check_double_equal_bits(cci_exp(-HUGE_VAL), 0.0);
    check_double_equal_bits(cci_exp(DBL_MAX), HUGE_VAL);
    check_double_equal_bits(cci_exp(-DBL_MAX), 0.0);
    check_double_equal_bits(cci_exp(709.8), HUGE_VAL);
    check_double_equal_bits(cci_exp(-745.2), 0.0);
    check_double_equal_bits(cci_exp(-NAN), NAN);
}

/* log never falls, over neighbours and across the places where its parts are joined. */
static void log_is_monotone_where_its_parts_join(void **state)
{
    (void)state;
    static const double joints[] = {0.5, 0.70710678118654757, 1.0, 1.4142135623730951, 2.0};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        uint64_t bits;
        memcpy(&bits, &joints[i], sizeof bits);
        double before = -HUGE_VAL;
        for (uint64_t at = bits - 1000; at < bits + 1000; at++) {
            double x;
            memcpy(&x, &at, sizeof x);
            assert_true(cci_log(x) >= before);
            before = cci_log(x);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_is_within_one_ulp),
        cmocka_unit_test(exp_is_within_one_ulp),
        cmocka_unit_test(log_has_its_edges),
        cmocka_unit_test(exp_has_its_edges),
        cmocka_unit_test(log_is_monotone_where_its_parts_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
