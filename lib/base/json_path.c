/* Where in a document: paths as text, and failures that name them. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

cci_path cci_path_key(const cci_path *up, const char *key)
{
    return (cci_path){up, key, 0};
}

cci_path cci_path_at(const cci_path *up, size_t index)
{
    return (cci_path){up, NULL, index};
}

static int is_name_first(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (uint8_t)c >= 0x80;
}

/* May the key follow a point, or does it need brackets and quotes? */
static int is_name(const char *key)
{
    if (!is_name_first(*key))
        return 0;
    while (is_name_first(*key) || (*key >= '0' && *key <= '9'))
        key++;
    return *key == '\0';
}

#define STEP_MAX 72

/* ".key", "['odd key']" or "[7]" */
static void step_text(const cci_path *step, char out[STEP_MAX])
{
    char shown[STEP_MAX - 8];
    if (!step->key)
        snprintf(out, STEP_MAX, "[%zu]", step->index);
    else if (is_name(step->key))
        snprintf(out, STEP_MAX, ".%s",
                 cci_quote(step->key, strlen(step->key), shown, sizeof shown));
    else
        snprintf(out, STEP_MAX, "['%s']",
                 cci_quote(step->key, strlen(step->key), shown, sizeof shown));
}

const char *cci_path_text(const cci_path *path, char *out, size_t out_size)
{
    static const char root[] = "$", cut[] = "$...";
    assert(out_size > sizeof cut);
    /* From the innermost step to the left, as long as the mark of a cut would still fit. */
    size_t at = out_size - 1;
    const char *head = root;
    out[at] = '\0';
    for (const cci_path *step = path; step && step->up; step = step->up) {
        char text[STEP_MAX];
        step_text(step, text);
        size_t size = strlen(text);
        if (size + sizeof cut - 1 > at) {
            head = cut;
            break;
        }
        at -= size;
        memcpy(out + at, text, size);
    }
    at -= strlen(head);
    memcpy(out + at, head, strlen(head));
    memmove(out, out + at, out_size - at);
    return out;
}

cocreate_status cci_json_fail(cocreate_error *error, cocreate_status status, const cci_path *path,
                              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cci_json_vfail(error, status, path, format, arguments);
    va_end(arguments);
    return status;
}

cocreate_status cci_json_vfail(cocreate_error *error, cocreate_status status, const cci_path *path,
                               const char *format, va_list arguments)
{
    if (!error)
        return status;
    char place[128], message[sizeof error->text];
    int length = vsnprintf(message, sizeof message, format, arguments);
    return cci_fail(error, status, "%s: %s", cci_path_text(path, place, sizeof place),
                    length < 0 ? cocreate_status_text(status) : message);
}
