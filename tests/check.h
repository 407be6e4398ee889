/* What every test includes first: cmocka with the headers it wants before it, and a few helpers.
 *
 *     assert_status(cocreate_rank(profile, "borda", NULL, &ranking, &check_error), COCREATE_OK);
 *     assert_failure(cocreate_rank(profile, "bordo", NULL, &ranking, &check_error),
 *                    COCREATE_ERR_NOT_FOUND, "no method \"bordo\"; did you mean \"borda\"?");
 *
 *     const char *path = shared_path("data/voting/MANIFEST.json");
 *     if (path == NULL)
 *         skip();
 *
 * Hand `check_error` to the call, or another error, or NULL. cmocka makes `fail` a macro: name
 * nothing so. */
#ifndef COCREATE_TESTS_CHECK_H
#define COCREATE_TESTS_CHECK_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cocreate/base.h"

#if defined(__GNUC__)
#define CHECK_UNUSED __attribute__((unused))
#else
#define CHECK_UNUSED
#endif

/* The error of the last call under assert_status() or assert_failure(); zeroed before each. */
static cocreate_error check_error CHECK_UNUSED;

/* The call returns this status. Beyond that, what it wrote to check_error, if anything, follows
 * the contract of cocreate_error. */
#define assert_status(call, expected)                                                       \
    check_status_((memset(&check_error, 0, sizeof check_error), (call)), (expected), #call, \
                  __FILE__, __LINE__)

/* The call fails with this status and exactly this text in check_error. */
#define assert_failure(call, expected, expected_text)      \
    do {                                                   \
        assert_status(call, expected);                     \
        assert_string_equal(check_error.text, expected_text); \
    } while (0)

/* Two doubles have the same bits: 0.0 is not -0.0, a NaN is itself. */
#define check_double_equal_bits(actual, expected) \
    check_double_equal_bits_((actual), (expected), __FILE__, __LINE__)

/* Path of a file of the shared data, as "data/voting/MANIFEST.json"; NULL when it is absent, and
 * then the test skips. COCREATE_SHARED names the folder; where COCREATE_REQUIRE_SHARED is set, an
 * absent file is a failure. Good until four calls later. */
#define shared_path(relative) shared_path_((relative), 1, __FILE__, __LINE__)

/* The same, for a file that need not be there. */
#define shared_path_or_null(relative) shared_path_((relative), 0, __FILE__, __LINE__)

/* All bytes of a file with a NUL behind them; the test fails where it cannot be read. Free with
 * free(). `size` may be NULL. */
#define read_file(path, size) read_file_((path), (size), __FILE__, __LINE__)

static inline void check_status_(cocreate_status actual, cocreate_status expected, const char *call,
                                 const char *file, int line)
{
    const char *text = check_error.text;
    size_t length = strlen(text);
    const char *defect = NULL;
    if (actual != expected)
        defect = "wrong status";
    else if (actual >= 0 && (check_error.status != 0 || length > 0))
        defect = "a success wrote to the error";
    else if (actual < 0 && length > 0 && check_error.status != actual)
        defect = "the status in the error is another one";
    else if (length > 0 && (strchr(text, '\n') != NULL || text[length - 1] == '.'))
        defect = "the text is not one line without a final period";
    if (defect == NULL)
        return;
    print_error("%s: %s\n  is %s, expected %s\n  error text: %s\n", defect, call,
                cocreate_status_name(actual), cocreate_status_name(expected),
                length > 0 ? text : "(none)");
    _fail(file, line);
}

static inline void check_double_equal_bits_(double actual, double expected, const char *file,
                                            int line)
{
    uint64_t a, e;
    memcpy(&a, &actual, sizeof a);
    memcpy(&e, &expected, sizeof e);
    if (a == e)
        return;
    print_error("%.17g (0x%016llx) is not %.17g (0x%016llx)\n", actual, (unsigned long long)a,
                expected, (unsigned long long)e);
    _fail(file, line);
}

static inline const char *shared_path_(const char *relative, int needed, const char *file,
                                       int line)
{
    static char paths[4][1024];
    static unsigned next;
    char *path = paths[next++ % 4];
    const char *root = getenv("COCREATE_SHARED");
#ifdef COCREATE_SHARED_DIR
    if (root == NULL || root[0] == '\0')
        root = COCREATE_SHARED_DIR;
#endif
    if (root == NULL || root[0] == '\0')
        root = "../shared";
    int length = snprintf(path, sizeof paths[0], "%s/%s", root, relative);
    FILE *stream = length > 0 && (size_t)length < sizeof paths[0] ? fopen(path, "rb") : NULL;
    if (stream != NULL) {
        fclose(stream);
        return path;
    }
    if (needed && getenv("COCREATE_REQUIRE_SHARED") != NULL) {
        print_error("%s: absent, although COCREATE_REQUIRE_SHARED is set\n", path);
        _fail(file, line);
    }
    return NULL;
}

static inline char *read_file_(const char *path, size_t *size, const char *file, int line)
{
    size_t used = 0, room = 65536;
    if (size != NULL)
        *size = 0;
    char *bytes = malloc(room);
    FILE *stream = fopen(path, "rb");
    while (bytes != NULL && stream != NULL) {
        size_t got = fread(bytes + used, 1, room - used - 1, stream);
        if (got == 0)
            break;
        used += got;
        if (used + 1 == room) {
            char *more = realloc(bytes, room *= 2);
            if (more == NULL)
                free(bytes);
            bytes = more;
        }
    }
    int bad = bytes == NULL || stream == NULL || ferror(stream);
    if (stream != NULL)
        fclose(stream);
    if (bad) {
        free(bytes);
        print_error("%s: cannot be read\n", path);
        _fail(file, line);
        return NULL;
    }
    bytes[used] = '\0';
    if (size != NULL)
        *size = used;
    return bytes;
}

#endif
