/* Big integers live in malloc's memory: each request that rationals and decimals make is refused in
 * turn, once and from then on. Needs a malloc of our own before that of the C library, which only
 * glibc without sanitizers lets stand in for all shared libraries. */
#include "check.h"

#include "base/decimal.h"
#include "base/json.h"
#include "base/rational.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#endif

#if !defined(__GLIBC__) || defined(HAS_SANITIZER)

static void is_skipped(void **state)
{
    (void)state;
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_skipped)};
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

#else

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static int armed, forever;
static size_t granted, refused;
static long live;

static int refuses(void)
{
    if (!armed)
        return 0;
    if (granted > 0) {
        granted--;
        return 0;
    }
    if (refused > 0 && !forever)
        return 0;
    refused++;
    return 1;
}

void *malloc(size_t size)
{
    void *block = refuses() ? NULL : __libc_malloc(size);
    live += armed && block;
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = refuses() ? NULL : __libc_calloc(count, size);
    live += armed && block;
    return block;
}

void *realloc(void *block, size_t size)
{
    void *moved = refuses() ? NULL : __libc_realloc(block, size);
    live += armed && moved && !block;
    return moved;
}

void free(void *block)
{
    live -= armed && block;
    __libc_free(block);
}

typedef cocreate_status (*operation)(cocreate_error *);

static cci_rational a, b, out;

static cocreate_status does_init(cocreate_error *error)
{
    cci_rational r = {0};
    cocreate_status status = cci_rational_init(&r, error);
    cci_rational_clear(&r);
    return status;
}

static cocreate_status does_set(cocreate_error *error)
{
    return cci_rational_set_i64(&out, 6, -8, error);
}

static cocreate_status does_copy(cocreate_error *error)
{
    return cci_rational_copy(&out, &a, error);
}

static cocreate_status does_add(cocreate_error *error)
{
    return cci_rational_add(&a, &b, &out, error);
}

static cocreate_status does_sub(cocreate_error *error)
{
    return cci_rational_sub(&a, &b, &out, error);
}

static cocreate_status does_mul(cocreate_error *error)
{
    return cci_rational_mul(&a, &b, &out, error);
}

static cocreate_status does_div(cocreate_error *error)
{
    return cci_rational_div(&a, &b, &out, error);
}

static cocreate_status does_compare(cocreate_error *error)
{
    int order = 7;
    cocreate_status status = cci_rational_compare(&a, &a, &order, error);
    assert_int_equal(order, status == COCREATE_OK ? 0 : 7);
    return status;
}

static cocreate_status does_round(cocreate_error *error)
{
    int64_t rounded = 7;
    cocreate_status status = cci_rational_round(&a, -30, CCI_ROUND_HALF_EVEN, &rounded, error);
    assert_int_equal(rounded, status == COCREATE_OK ? 18 : 7);
    return status;
}

static cocreate_status does_parse(cocreate_error *error)
{
    return cci_rational_parse("-12.75", 6, &out, error);
}

static cocreate_status does_text(cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, NULL);
    cocreate_status status = cci_rational_text(&a, &text, error);
    assert_int_equal(text.size > 0, status == COCREATE_OK);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status does_double(cocreate_error *error)
{
    double value = 7;
    cocreate_status status = cci_rational_double(&a, &value, error);
    assert_int_equal(value == 7, status != COCREATE_OK);
    return status;
}

static cocreate_status does_shortest(cocreate_error *error)
{
    cci_decimal d = {.count = 99};
    cocreate_status status = cci_decimal_shortest(0.1, &d, error);
    assert_int_equal(d.count, status == COCREATE_OK ? 1 : 99);
    return status;
}

static cocreate_status does_decimal(cocreate_error *error)
{
    double value = 7;
    cocreate_status status = cci_decimal_double("12345678901234567890", 20, -5, &value, error);
    assert_int_equal(value == 7, status != COCREATE_OK);
    return status;
}

static cocreate_status does_number(cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    json_t *real = json_real(-0.375);
    if (!real)
        return cci_no_memory(error);
    cocreate_status status = cci_json_number(real, &out, &root, error);
    json_decref(real);
    return status;
}

static void prepare(void)
{
    static const char big[] = "123456789012345678901234567890123/7";
    assert_status(cci_rational_init(&a, NULL), COCREATE_OK);
    assert_status(cci_rational_init(&b, NULL), COCREATE_OK);
    assert_status(cci_rational_init(&out, NULL), COCREATE_OK);
    assert_status(cci_rational_parse(big, sizeof big - 1, &a, NULL), COCREATE_OK);
    assert_status(cci_rational_set_i64(&b, -3, 11, NULL), COCREATE_OK);
    assert_status(cci_rational_set_i64(&out, 5, 3, NULL), COCREATE_OK);
}

static void clean_up(void)
{
    cci_rational_clear(&a);
    cci_rational_clear(&b);
    cci_rational_clear(&out);
}

static void survives_every_refusal(void **state)
{
    operation *run = *state;
    for (forever = 0; forever < 2; forever++) {
        for (size_t n = 0;; n++) {
            cocreate_error error = {0};
            cci_rational five_thirds = {0};
            int order = 7;
            assert_true(n < 200);
            prepare();
            assert_status(cci_rational_init(&five_thirds, NULL), COCREATE_OK);
            assert_status(cci_rational_copy(&five_thirds, &out, NULL), COCREATE_OK);
            granted = n;
            refused = 0;
            armed = 1;
            cocreate_status status = (*run)(&error);
            armed = 0;
            size_t times = refused;
            assert_int_equal(status, times ? COCREATE_ERR_MEMORY : COCREATE_OK);
            if (times) {
                assert_string_equal(error.text, "out of memory");
                assert_status(cci_rational_compare(&out, &five_thirds, &order, NULL), COCREATE_OK);
                assert_int_equal(order, 0);
            }
            cci_rational_clear(&five_thirds);
            clean_up();
            if (!times)
                break;
        }
    }
}

/* Blocks taken and given back while armed balance where the operation keeps nothing. */
static void leaks_nothing(void **state)
{
    operation *run = *state;
    prepare();
    forever = 1;
    for (size_t n = 0; n < 60; n++) {
        granted = n;
        refused = 0;
        live = 0;
        armed = 1;
        cocreate_status status = (*run)(NULL);
        armed = 0;
        assert_true(status == COCREATE_OK || status == COCREATE_ERR_MEMORY);
        assert_int_equal(live, 0);
    }
    clean_up();
}

static operation operations[] = {
    does_init, does_set,     does_copy,     does_add,     does_sub,
    does_mul,  does_div,     does_compare,  does_round,   does_parse,
    does_text, does_double,  does_shortest, does_decimal, does_number};

int main(void)
{
#define BOTH(name, i)                                                               \
    {name "/refusals", survives_every_refusal, NULL, NULL, &operations[i]},         \
    {name "/leaks", leaks_nothing, NULL, NULL, &operations[i]}
    const struct CMUnitTest tests[] = {
        BOTH("init", 0),    BOTH("set_i64", 1),  BOTH("copy", 2),     BOTH("add", 3),
        BOTH("sub", 4),     BOTH("mul", 5),      BOTH("div", 6),      BOTH("compare", 7),
        BOTH("round", 8),   BOTH("parse", 9),    BOTH("text", 10),    BOTH("double", 11),
        BOTH("shortest", 12), BOTH("decimal", 13), BOTH("number", 14),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}

#endif
