/* log, exp and their kin: within 1 ulp of correctly rounded references, and right at their edges. */
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

static const struct point log2_points[] = {
    {0x0.0000000000001p-1022, -0x1.0c80000000000p+10},
    {0x1.0000000000000p-1022, -0x1.ff00000000000p+9},
    {0x1.fffffffffffffp+1023, 0x1.0000000000000p+10},
    {0x1.8000000000000p+1, 0x1.95c01a39fbd68p+0},
    {0x1.c000000000000p+2, 0x1.675767f54042dp+1},
    {0x1.0000000000001p+0, 0x1.71547652b82fdp-52},
    {0x1.fffffffffffffp-1, -0x1.71547652b82fep-53},
    {0x1.8000000000000p-1, -0x1.a8ff971810a5ep-2},
    {0x1.8000000000000p+0, 0x1.2b803473f7ad1p-1},
    {0x1.12e0be826d695p-30, -0x1.de5b8eaa8d7e0p+4},
    {0x1.d6f3454000000p+26, 0x1.ae12262b7b9fcp+4},
    {0x1.6a09e667f3bccp-1, -0x1.0000000000001p-1},
    {0x1.6a09e667f3bcdp-1, -0x1.ffffffffffffep-2},
    {0x1.1061e7b2ae757p-1, -0x1.d22e61554217cp-1},
    {0x1.fb2afae03a32ap+745, 0x1.74fe3fb87b34ep+9},
    {0x1.8ea44751867c2p+0, 0x1.47244e61b625ep-1},
    {0x1.f4ec2c1dc2de8p-1, -0x1.028244573b09dp-5},
    {0x1.f2d87f4b535e8p+130, 0x1.05ecc63894873p+7},
    {0x1.52d6540942c20p+945, 0x1.d8b3c4f850efap+9},
    {0x1.1ddeaa464b43fp-600, -0x1.2beb9edd59b1bp+9},
    {0x1.e9d4a68fb2901p-1, -0x1.0592cf3c10f1ep-4},
    {0x1.8f46bf2cedbd7p-452, -0x1.c35bd771ce5b7p+8},
    {0x1.6c090a3fa1398p-1, -0x1.f7dffe771ae8cp-2},
};

static const struct point log10_points[] = {
    {0x0.0000000000001p-1022, -0x1.434e6420f4374p+8},
    {0x1.0000000000000p-1022, -0x1.33a7146f72a42p+8},
    {0x1.fffffffffffffp+1023, 0x1.34413509f79ffp+8},
    {0x1.8000000000000p+1, 0x1.e8927964fd5fdp-2},
    {0x1.c000000000000p+2, 0x1.b0b0b0b78cc3fp-1},
    {0x1.0000000000001p+0, 0x1.bcb7b1526e50dp-54},
    {0x1.fffffffffffffp-1, -0x1.bcb7b1526e50fp-55},
    {0x1.8000000000000p-1, -0x1.ffbfc2bbc7803p-4},
    {0x1.8000000000000p+0, 0x1.68a288b60b7fcp-3},
    {0x1.12e0be826d695p-30, -0x1.2000000000000p+3},
    {0x1.d6f3454000000p+26, 0x1.02edb0d141289p+3},
    {0x1.6a09e667f3bccp-1, -0x1.34413509f7a00p-3},
    {0x1.6a09e667f3bcdp-1, -0x1.34413509f79fep-3},
    {0x1.f284167b0f39cp+0, 0x1.2862b9c4c4e23p-2},
    {0x1.1fbd11c4b1d36p-1, -0x1.00474758d2067p-2},
    {0x1.3a683abdd02a6p+0, 0x1.6d93f85cdc54ep-4},
    {0x1.9ea5eede0b64ap+0, 0x1.aceec5500c274p-3},
    {0x1.c29bab7032cc2p-1, -0x1.c66b147071877p-5},
    {0x1.187592ba5465ep+0, 0x1.44a5c93974278p-5},
    {0x1.ab4d93b5af9ccp+0, 0x1.c7abfd4278a6dp-3},
    {0x1.70b0cb6c0381cp+0, 0x1.4472ceee663e4p-3},
    {0x1.a42f2858c3cf0p-451, -0x1.0f19418e7e31ep+7},
    {0x1.8c72fbef6d0b6p-1, -0x1.c6fe677daaba4p-4},
};

static const struct {
    double x;
    int64_t num, den;
    double reference;
} pow_points[] = {
    {0x1.0000000000000p+1, 1, 2, 0x1.6a09e667f3bcdp+0},
    {0x1.8000000000000p+1, -3, 4, 0x1.c1384d50fec88p-2},
    {0x1.4000000000000p+3, -9, 1, 0x1.12e0be826d695p-30},
    {0x1.0000000000000p-1, 86400000, 2592000000, 0x1.f44e4fb6c55d7p-1},
    {0x1.fffffffffffffp-1, -4611686018427387904, 1, 0x1.9476504ba85f9p+738},
    {0x1.fffffffffffffp+1023, 1, 3, 0x1.428a2f98d728bp+341},
    {0x1.0000000000000p-1022, 1, 7, 0x1.0000000000000p-146},
    {0x1.9000000000000p+6, -3, 4, 0x1.030dc4ea03a72p-5},
    {0x1.c69b800000000p+18, 6, 2, 0x1.6666bf3677074p+56},
    {0x1.5c68000000000p+14, 36, 9, 0x1.b721795359ac9p+57},
    {0x1.1beffc91f061cp+899, -890558415, 805069053, 0x1.4b0dba46ca2d1p-995},
    {0x1.4332c00000000p+18, -47, 12, 0x1.229b245b56989p-72},
    {0x1.344725c20cd42p-908, -536294362, 497617099, 0x1.37fbdf5de9e85p+978},
    {0x1.550ce00000000p+19, -39, 38, 0x1.0db5ee2fed808p-20},
    {0x1.05bca00000000p+19, 24, 30, 0x1.2b53b417480ffp+15},
    {0x1.2ec8000000000p+16, -7, 55, 0x1.e8b46fd00e020p-3},
    {0x1.8203417edcd25p-114, -12929106, 31018348, 0x1.34d3891db55c4p+47},
    {0x1.a89726d817074p+0, -824429042525, 626458550, 0x1.529cbe36f6c1fp-961},
    {0x1.ff85c47dfce44p-116, -763233122, 957628030, 0x1.9385976e2ca72p+91},
    {0x1.6924054ce2d25p-1, -636118493103, 391360624, 0x1.704602aa9af40p+818},
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

static void other_logs_are_within_one_ulp(void **state)
{
    (void)state;
    assert_near(log2_points, sizeof log2_points / sizeof *log2_points, cci_log2);
    assert_near(log10_points, sizeof log10_points / sizeof *log10_points, cci_log10);
}

static void pow_is_within_one_ulp(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pow_points / sizeof *pow_points; i++) {
        double value = cci_pow(pow_points[i].x, pow_points[i].num, pow_points[i].den);
        if (ulps_between(value, pow_points[i].reference) > 1)
            check_double_equal_bits(value, pow_points[i].reference);
    }
}

/* What a double holds comes out as it is: powers of two and ten, whole powers, whole roots. */
static void exact_results_are_exact(void **state)
{
    (void)state;
    for (int k = -1074; k < 1024; k++)
        check_double_equal_bits(cci_log2(ldexp(1.0, k)), (double)k);
    double ten = 1.0;
    for (int k = 0; k <= 22; k++, ten *= 10.0)
        check_double_equal_bits(cci_log10(ten), (double)k);
    for (int base = 2; base < 2000; base++) {
        double whole = base;
        for (int k = 1; whole < 0x1p53; k++, whole *= base) {
            check_double_equal_bits(cci_pow(base, k, 1), whole);
            check_double_equal_bits(cci_pow(whole, 1, k), (double)base);
        }
    }
}

static void pow_has_its_edges(void **state)
{
    (void)state;
    check_double_equal_bits(cci_pow(0.0, 0, 1), 1.0);
    check_double_equal_bits(cci_pow(HUGE_VAL, 0, 5), 1.0);
    check_double_equal_bits(cci_pow(0.0, 1, 9), 0.0);
    check_double_equal_bits(cci_pow(0.0, -1, 9), HUGE_VAL);
    check_double_equal_bits(cci_pow(HUGE_VAL, 2, 3), HUGE_VAL);
    check_double_equal_bits(cci_pow(HUGE_VAL, -2, 3), 0.0);
    check_double_equal_bits(cci_pow(1.0, INT64_MIN, 1), 1.0);
    check_double_equal_bits(cci_pow(2.0, INT64_MIN, INT64_MAX), 0.5);
    check_double_equal_bits(cci_pow(2.0, INT64_MAX, 1), HUGE_VAL);
    check_double_equal_bits(cci_pow(2.0, INT64_MIN, 1), 0.0);
    check_double_equal_bits(cci_pow(2.0, -1074, 1), 0x1p-1074);
    check_double_equal_bits(cci_pow(DBL_MAX, INT64_MAX, INT64_MAX), DBL_MAX);
    check_double_equal_bits(cci_pow(-1.0, 2, 1), NAN);
    check_double_equal_bits(cci_pow(NAN, 0, 1), NAN);
    check_double_equal_bits(cci_log2(0.0), -HUGE_VAL);
    check_double_equal_bits(cci_log10(HUGE_VAL), HUGE_VAL);
    check_double_equal_bits(cci_log2(-1.0), NAN);
    check_double_equal_bits(cci_log10(-NAN), NAN);
    check_double_equal_bits(cci_log2(1.0), 0.0);
    check_double_equal_bits(cci_log10(1.0), 0.0);
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
        cmocka_unit_test(other_logs_are_within_one_ulp),
        cmocka_unit_test(pow_is_within_one_ulp),
        cmocka_unit_test(exact_results_are_exact),
        cmocka_unit_test(pow_has_its_edges),
        cmocka_unit_test(log_has_its_edges),
        cmocka_unit_test(exp_has_its_edges),
        cmocka_unit_test(log_is_monotone_where_its_parts_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
