/* Strict reading of JSON with paths in errors, and canonical writing (RFC 8785). */
#ifndef CCI_BASE_JSON_H
#define CCI_BASE_JSON_H

#include <jansson.h>
#include <stdarg.h>

#include "base/memory.h"
#include "base/rational.h"

/* Deepest nesting of arrays and objects that is read or written. */
#define CCI_JSON_DEPTH 64

/* Parse: duplicate keys, NUL in strings, invalid UTF-8, trailing text and nesting beyond
 * CCI_JSON_DEPTH are COCREATE_ERR_PARSE; integers beyond int64 and reals beyond double are
 * COCREATE_ERR_OVERFLOW. `where` is the byte offset; the text names line and column. The root may
 * be any value. The caller owns the result (json_decref).
 *
 * The reader is our own: that of jansson asks the locale for the decimal point and trusts it to be
 * one byte long. */
cocreate_status cci_json_parse(const char *text, size_t size, json_t **out, cocreate_error *error);

/* The largest integer that RFC 8785 can hold: 2^53 - 1. */
#define CCI_JSON_INTEGER_MAX INT64_C(9007199254740991)

/* The same for what will be written canonically: integers beyond +-CCI_JSON_INTEGER_MAX are
 * COCREATE_ERR_OVERFLOW at their place already. */
cocreate_status cci_json_parse_canonical(const char *text, size_t size, json_t **out,
                                         cocreate_error *error);

/* An empty object. Use it, not json_object(): the first table jansson makes would seed itself from
 * the random device and the clock. NULL when memory is short. */
json_t *cci_json_new(void);

/* A copy that shares its members, and one that shares nothing; NULL when memory is short, or for
 * NULL. Use them, not those of jansson, which then leave out members and say nothing. The depth of
 * documents is bounded by the reader. */
json_t *cci_json_copy(const json_t *json);
json_t *cci_json_deep_copy(const json_t *json);

/* Where in a document a reader is: a chain on the stack, so that no memory is needed.
 * The text form is that of RFC 9535 in its short form: $.rules[2].prizes[0]. */
typedef struct cci_path {
    const struct cci_path *up; /* NULL at the root */
    const char *key;           /* member, or NULL for an index */
    size_t index;
} cci_path;

#define CCI_ROOT ((cci_path){NULL, NULL, 0})
cci_path cci_path_key(const cci_path *up, const char *key);
cci_path cci_path_at(const cci_path *up, size_t index);
/* "$.rules[2]" into `out`, cut on the left with "..." when it does not fit. Returns `out`. */
const char *cci_path_text(const cci_path *path, char *out, size_t out_size);

/* COCREATE_ERR_SCHEMA (or another status) with "<path>: <message>". */
cocreate_status cci_json_fail(cocreate_error *error, cocreate_status status, const cci_path *path,
                              const char *format, ...) CCI_FORMAT(4, 5);
cocreate_status cci_json_vfail(cocreate_error *error, cocreate_status status, const cci_path *path,
                               const char *format, va_list arguments);

/* The word of a NULL-terminated list that was probably meant, or NULL when none is near. */
const char *cci_nearest(const char *word, const char *const *words);

/* Readers of one member of an object. `json` is any value: not being an object is an error at
 * `path`. A missing member is an error at path unless the reader is an _opt one, which leaves *out
 * as it is. A member that is null counts as missing. Strings are borrowed from the document. */
cocreate_status cci_json_object(const json_t *json, const cci_path *path, cocreate_error *error);
cocreate_status cci_json_array(const json_t *json, const cci_path *path, cocreate_error *error);
/* Refuse members that are not in `keys` (NULL-terminated), naming the first one and, where one is
 * close, the key that was probably meant. */
cocreate_status cci_json_keys(const json_t *json, const char *const *keys, const cci_path *path,
                              cocreate_error *error);
cocreate_status cci_json_string(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error);
cocreate_status cci_json_string_opt(const json_t *json, const char *key, const char **out,
                                    const cci_path *path, cocreate_error *error);
cocreate_status cci_json_i64(const json_t *json, const char *key, int64_t min, int64_t max,
                             int64_t *out, const cci_path *path, cocreate_error *error);
cocreate_status cci_json_i64_opt(const json_t *json, const char *key, int64_t min, int64_t max,
                                 int64_t *out, const cci_path *path, cocreate_error *error);
cocreate_status cci_json_bool_opt(const json_t *json, const char *key, int *out,
                                  const cci_path *path, cocreate_error *error);
/* A string that is one of `choices` (NULL-terminated); *out is its index. The error lists them. */
cocreate_status cci_json_choice(const json_t *json, const char *key, const char *const *choices,
                                int *out, const cci_path *path, cocreate_error *error);
cocreate_status cci_json_choice_opt(const json_t *json, const char *key,
                                    const char *const *choices, int *out, const cci_path *path,
                                    cocreate_error *error);
/* A host-chosen id. */
cocreate_status cci_json_id(const json_t *json, const char *key, const char **out,
                            const cci_path *path, cocreate_error *error);
cocreate_status cci_json_id_opt(const json_t *json, const char *key, const char **out,
                                const cci_path *path, cocreate_error *error);
/* A member that is text, "" where there is none: for documents that are known to be sound. */
const char *cci_json_text(const json_t *object, const char *key);
/* Where the text stands first in a list of texts, or the size of the list; and does it stand there? NULL
 * stands nowhere. */
size_t cci_json_index(const json_t *list, const char *text);
int cci_json_lists(const json_t *list, const char *text);
/* Members of a type; missing gives *out = NULL for the _opt forms. */
cocreate_status cci_json_get_array(const json_t *json, const char *key, json_t **out,
                                   const cci_path *path, cocreate_error *error);
cocreate_status cci_json_get_array_opt(const json_t *json, const char *key, json_t **out,
                                       const cci_path *path, cocreate_error *error);
cocreate_status cci_json_get_object(const json_t *json, const char *key, json_t **out,
                                    const cci_path *path, cocreate_error *error);
cocreate_status cci_json_get_object_opt(const json_t *json, const char *key, json_t **out,
                                        const cci_path *path, cocreate_error *error);
/* One value as an exact number: an integer, a decimal string ("0.8567", "3/4"), or a JSON real,
 * taken as the shortest decimal that reads back as the same double (what its author wrote). */
cocreate_status cci_json_number(const json_t *value, cci_rational *out, const cci_path *path,
                                cocreate_error *error);

/* Canonical bytes of a value appended to a buffer. COCREATE_ERR_OVERFLOW for an integer beyond
 * +-(2^53 - 1), also one that stands in a real, COCREATE_ERR_LIMIT for nesting beyond
 * CCI_JSON_DEPTH. What is written can be read and gives the same bytes again. */
cocreate_status cci_json_canonical(const json_t *value, cci_buffer *out, cocreate_error *error);
/* "sha256:" and 64 hex digits, of the canonical bytes; `out` has CCI_DIGEST_TEXT bytes. */
cocreate_status cci_json_digest(const cocreate_allocator *allocator, const json_t *value, char *out,
                                cocreate_error *error);
/* Order of the members of an object in canonical form: -1, 0, 1. */
int cci_json_key_compare(const char *x, const char *y);
/* Is a real one that cci_json_canonical writes? RFC 8785 writes 2^53 .. 10^21 as whole numbers, which
 * would read back as integers too large to be exact. */
int cci_json_real_is_safe(double value);
/* A JSON string literal, quotes and escapes as RFC 8785 has them. */
void cci_json_quote(cci_buffer *out, const char *s, size_t size);
/* A double as RFC 8785 (ECMAScript) writes it: shortest digits that read back the same. Computed
 * with big integers: no printf, no locale. COCREATE_ERR_ARGUMENT for NaN and infinities. */
cocreate_status cci_json_double(cci_buffer *out, double value, cocreate_error *error);

/* Building documents with jansson: 1 on success, 0 quietly when memory is short or an argument is
 * NULL (so that constructors can be nested). They steal `value` either way. */
int cci_json_put(json_t *object, const char *key, json_t *value);
int cci_json_push(json_t *array, json_t *value);

#endif
