/* Reporting failure. */
#ifndef CCI_BASE_FAIL_H
#define CCI_BASE_FAIL_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "cocreate/base.h"

#if defined(__GNUC__)
#define CCI_FORMAT(at, rest) __attribute__((format(printf, at, rest)))
#else
#define CCI_FORMAT(at, rest)
#endif

/* Doubles must be doubles: results are the same bytes everywhere only then. */
#ifdef __FAST_MATH__
#error "libcocreate must not be built with -ffast-math"
#endif

/* Fill the error (if any) and return the status. The text is one line, cut at its size on a UTF-8
 * boundary. Formats take no floating point: printf would read the locale. */
cocreate_status cci_fail(cocreate_error *error, cocreate_status status, const char *format, ...)
    CCI_FORMAT(3, 4);

/* The same with a place: line, byte offset or index. */
cocreate_status cci_fail_at(cocreate_error *error, cocreate_status status, uint64_t where,
                            const char *format, ...) CCI_FORMAT(4, 5);

/* The same as "<subject>: <message>": a rule, a path, what the message is about. */
cocreate_status cci_fail_about(cocreate_error *error, cocreate_status status, const char *subject,
                               const char *format, ...) CCI_FORMAT(4, 5);

/* COCREATE_ERR_MEMORY with its standard text. */
cocreate_status cci_no_memory(cocreate_error *error);

/* Return from the calling function unless the call succeeded with COCREATE_OK. */
#define CCI_TRY(call)                              \
    do {                                           \
        cocreate_status cci_try_status = (call);   \
        if (cci_try_status != COCREATE_OK)         \
            return cci_try_status;                 \
    } while (0)

#endif
