/* Small files and what is read from them, for the tests of the formats. Include "check.h" first. */
#ifndef COCREATE_TESTS_FORMATS_H
#define COCREATE_TESTS_FORMATS_H

#include "cocreate/formats.h"

static inline cocreate_profile *read_ruled(const char *format, const char *file, int32_t kind,
                                           const char *rules)
{
    cocreate_profile *p = NULL;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.rules = rules;
    assert_status(cocreate_profile_read(NULL, format, file, strlen(file), kind, &limits, NULL, &p,
                                        &check_error),
                  COCREATE_OK);
    assert_status(cocreate_profile_sort(p, &check_error), COCREATE_OK);
    return p;
}

static inline cocreate_profile *read_ok(const char *format, const char *file, int32_t kind)
{
    return read_ruled(format, file, kind, NULL);
}

static inline cocreate_profile_info info_of(const cocreate_profile *p)
{
    cocreate_profile_info info = {.size = sizeof info};
    assert_status(cocreate_profile_info_get(p, &info, &check_error), COCREATE_OK);
    return info;
}

static inline cocreate_option option_of(const cocreate_profile *p, size_t index)
{
    cocreate_option option = {.size = sizeof option};
    assert_status(cocreate_profile_option(p, index, &option, &check_error), COCREATE_OK);
    return option;
}

/* All ballots in canonical order as text: "2* 0:1 2:2 w3" is two ballots that weigh 3, with rank or
 * value 1 for option 0 and 2 for option 2. */
static inline const char *ballots_of(const cocreate_profile *p)
{
    static char text[2000];
    size_t used = 0;
    text[0] = '\0';
    for (size_t b = 0; b < info_of(p).distinct; b++) {
        uint32_t o[16];
        int64_t v[16], count, weight;
        size_t n;
        assert_status(cocreate_profile_ballot(p, b, 16, o, v, &n, &count, &weight, &check_error),
                      COCREATE_OK);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%d*", b > 0 ? "; " : "",
                                 (int)count);
        for (size_t i = 0; i < n; i++)
            used += (size_t)snprintf(text + used, sizeof text - used, " %u:%d", (unsigned)o[i],
                                     (int)v[i]);
        if (weight != count)
            used += (size_t)snprintf(text + used, sizeof text - used, " w%d", (int)weight);
    }
    return text;
}

static inline void expect_same(const cocreate_profile *p, const cocreate_profile *q)
{
    cocreate_text *x, *y;
    assert_status(cocreate_profile_encode(p, &x, &check_error), COCREATE_OK);
    assert_status(cocreate_profile_encode(q, &y, &check_error), COCREATE_OK);
    assert_int_equal(cocreate_text_size(x), cocreate_text_size(y));
    assert_memory_equal(cocreate_text_data(x), cocreate_text_data(y), cocreate_text_size(x));
    cocreate_text_free(x);
    cocreate_text_free(y);
}

/* What is written from a profile reads the same. */
static inline void expect_round_trip(const cocreate_profile *p, const char *format, int32_t kind)
{
    cocreate_text *again;
    assert_status(cocreate_profile_write(p, format, &again, &check_error), COCREATE_OK);
    cocreate_profile *q = read_ok(format, cocreate_text_data(again), kind);
    expect_same(p, q);
    cocreate_text_free(again);
    cocreate_profile_free(q);
}

static inline void expect_read(const char *format, const char *file, int32_t kind,
                               const char *ballots)
{
    cocreate_profile *p = read_ok(format, file, kind);
    assert_string_equal(ballots_of(p), ballots);
    expect_round_trip(p, format, kind);
    cocreate_profile_free(p);
}

static inline void expect_ruled_failure(const char *format, const char *file, int32_t kind,
                                        const char *rules, cocreate_status status, uint64_t line,
                                        const char *text)
{
    cocreate_profile *p = NULL;
    cocreate_read_limits limits;
    cocreate_read_limits_init(&limits);
    limits.rules = rules;
    assert_failure(cocreate_profile_read(NULL, format, file, strlen(file), kind, &limits, NULL, &p,
                                         &check_error),
                   status, text);
    assert_int_equal(check_error.where, line);
    assert_null(p);
}

static inline void expect_failure(const char *format, const char *file, int32_t kind,
                                  cocreate_status status, uint64_t line, const char *text)
{
    expect_ruled_failure(format, file, kind, NULL, status, line, text);
}

static inline void bad(const char *format, const char *file, uint64_t line, const char *text)
{
    expect_failure(format, file, 0, COCREATE_ERR_PARSE, line, text);
}

#endif
