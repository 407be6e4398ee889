/* Filling the caller's error: one line of UTF-8, whatever the format brought along. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"

/* Keep the promise of cocreate_error.text. A broken last character comes from the cut at the end
 * of the array and goes; other bytes that are not UTF-8, and control characters, become '?'. */
static void make_one_line(char *text, int was_cut)
{
    size_t size = strlen(text);
    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t length = cci_utf8_next(text + i, size - i, &code);
        if (length == 0 && was_cut && size - i < 4) {
            text[i] = '\0';
            return;
        }
        if (length == 0 || code < 0x20 || code == 0x7f)
            text[i] = '?';
        i += length ? length : 1;
    }
}

static cocreate_status fill(cocreate_error *error, cocreate_status status, uint64_t where,
                            const char *format, va_list arguments)
{
    assert(status < 0 && format);
    if (!error)
        return status;
    /* Arguments may point into the error that is filled: a message built upon another. */
    char text[sizeof error->text];
    int length = vsnprintf(text, sizeof text, format, arguments);
    if (length < 0) {
        strncpy(text, cocreate_status_text(status), sizeof text - 1);
        text[sizeof text - 1] = '\0';
    }
    make_one_line(text, length >= (int)sizeof text);
    memset(error, 0, sizeof *error);
    error->status = status;
    error->where = where;
    memcpy(error->text, text, strlen(text) + 1);
    return status;
}

cocreate_status cci_fail(cocreate_error *error, cocreate_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cocreate_status result = fill(error, status, 0, format, arguments);
    va_end(arguments);
    return result;
}

cocreate_status cci_fail_at(cocreate_error *error, cocreate_status status, uint64_t where,
                            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cocreate_status result = fill(error, status, where, format, arguments);
    va_end(arguments);
    return result;
}

cocreate_status cci_fail_about(cocreate_error *error, cocreate_status status, const char *subject,
                               const char *format, ...)
{
    if (!error)
        return status;
    char message[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return cci_fail(error, status, "%s: %s", subject,
                    length < 0 ? cocreate_status_text(status) : message);
}

cocreate_status cci_no_memory(cocreate_error *error)
{
    return cci_fail(error, COCREATE_ERR_MEMORY, "out of memory");
}
