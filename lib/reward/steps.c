#include "reward/steps.h"

#include <inttypes.h>
#include <string.h>

#include "cocreate/money.h"
#include "base/fail.h"

/* -- Writing ---------------------------------------------------------------------------------- */

static cci_buffer *begin(cci_trace *t)
{
    if (t->text.size > 1)
        cci_buffer_byte(&t->text, ',');
    cci_buffer_byte(&t->text, '{');
    return &t->text;
}

static void text_member(cci_buffer *b, const char *key, const char *value)
{
    cci_buffer_format(b, "\"%s\":", key);
    cci_json_quote(b, value, strlen(value));
}

/* "name":"...","op":"...","unit":"minor","value":"..."} */
static cocreate_status write_named(cci_buffer *b, const char *name, const char *op, cci_unit unit,
                                   const cci_rational *value, cocreate_error *error)
{
    text_member(b, "name", name);
    cci_buffer_format(b, ",\"op\":\"%s\"", op);
    cci_buffer_text(b, unit == CCI_UNIT_MINOR ? ",\"unit\":\"minor\",\"value\":\""
                                              : ",\"value\":\"");
    CCI_TRY(cci_rational_text(value, b, error));
    cci_buffer_text(b, "\"}");
    return COCREATE_OK;
}

cocreate_status cci_trace_value(cci_trace *t, const char *name, cci_unit unit,
                                const cci_rational *value, cocreate_error *error)
{
    CCI_TRY(cci_figures_set(&t->figures, name, unit, value, error));
    return write_named(begin(t), name, "value", unit, value, error);
}

cocreate_status cci_trace_number(cci_trace *t, const char *name, cci_unit unit, cci_number value,
                                 cocreate_error *error)
{
    cci_rational r = {0};
    CCI_TRY(cci_rational_init(&r, error));
    cocreate_status status = cci_rational_set_i64(&r, value.num, value.den, error);
    if (status == COCREATE_OK)
        status = cci_trace_value(t, name, unit, &r, error);
    cci_rational_clear(&r);
    return status;
}

cocreate_status cci_trace_integer(cci_trace *t, const char *name, cci_unit unit, int64_t value,
                                  cocreate_error *error)
{
    return cci_trace_number(t, name, unit, (cci_number){value, 1}, error);
}

static cocreate_status write_calc(cci_trace *t, const char *name, cci_unit unit,
                                  const char *operation, const char *const *args, size_t n,
                                  const cci_rational *value, cocreate_error *error)
{
    cci_buffer *b = begin(t);
    cci_buffer_text(b, "\"args\":[");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            cci_buffer_byte(b, ',');
        cci_json_quote(b, args[i], strlen(args[i]));
    }
    cci_buffer_text(b, "],");
    text_member(b, "do", operation);
    cci_buffer_byte(b, ',');
    return write_named(b, name, "calc", unit, value, error);
}

cocreate_status cci_trace_calc(cci_trace *t, const char *name, cci_unit unit,
                               const char *operation, const char *const *args,
                               cocreate_error *error)
{
    size_t n = 0;
    cci_rational value = {0};
    while (args[n] != NULL)
        n++;
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = cci_figures_apply(&t->figures, operation, args, n, &value, error);
    if (status == COCREATE_OK)
        status = cci_figures_set(&t->figures, name, unit, &value, error);
    if (status == COCREATE_OK)
        status = write_calc(t, name, unit, operation, args, n, &value, error);
    cci_rational_clear(&value);
    return status;
}

static cocreate_status holds(const cci_figures *figures, const char *of, int is, const char *than,
                             int *out, cocreate_error *error);

static const char *const relations[] = {"at_least", "at_most", "more", "less", "equal", NULL};

cocreate_status cci_trace_check(cci_trace *t, const char *of, const char *is, const char *than,
                                cocreate_error *error)
{
    int i = 0, so = 0;
    while (relations[i] != NULL && strcmp(relations[i], is) != 0)
        i++;
    if (relations[i] != NULL)
        CCI_TRY(holds(&t->figures, of, i, than, &so, error));
    if (!so)
        return cci_fail(error, COCREATE_ERR_INTERNAL, "\"%s\" is not %s \"%s\"", of, is, than);
    cci_buffer *b = begin(t);
    text_member(b, "is", is);
    cci_buffer_byte(b, ',');
    text_member(b, "of", of);
    cci_buffer_text(b, ",\"op\":\"check\",");
    text_member(b, "than", than);
    cci_buffer_byte(b, '}');
    return COCREATE_OK;
}

/* The whole number that is called so. */
static cocreate_status whole(const cci_figures *figures, const char *of, int64_t *out,
                             cocreate_error *error)
{
    const cci_named *named = cci_figures_find(figures, of);
    if (named == NULL)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "nothing is called \"%s\"", of);
    CCI_TRY(cci_rational_round(&named->value, 0, CCI_ROUND_FLOOR, out, error));
    if (mp_cmp_d(&named->value.den, 1) != MP_EQ)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "\"%s\" is not a whole number", of);
    if (*out > CCI_JSON_INTEGER_MAX || *out < -CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "\"%s\" is beyond 2^53 - 1", of);
    return COCREATE_OK;
}

cocreate_status cci_trace_pay(cci_trace *t, const char *of, int64_t *minor, cocreate_error *error)
{
    int64_t value;
    CCI_TRY(whole(&t->figures, of, &value, error));
    cci_buffer *b = begin(t);
    cci_buffer_format(b, "\"minor\":%" PRId64 ",", value);
    text_member(b, "of", of);
    cci_buffer_text(b, ",\"op\":\"pay\"}");
    *minor = value;
    return COCREATE_OK;
}

void cci_trace_grant(cci_trace *t, const char *of)
{
    cci_buffer *b = begin(t);
    text_member(b, "of", of);
    cci_buffer_text(b, ",\"op\":\"grant\"}");
}

void cci_trace_say(cci_trace *t, const char *text)
{
    cci_buffer *b = begin(t);
    cci_buffer_text(b, "\"op\":\"say\",");
    text_member(b, "text", text);
    cci_buffer_byte(b, '}');
}

cocreate_status cci_trace_get(const cci_trace *t, const char *name, cci_rational *out,
                              cocreate_error *error)
{
    return cci_figures_value(&t->figures, name, out, error);
}

/* -- Replaying -------------------------------------------------------------------------------- */

static cocreate_status order_of(const cci_figures *figures, const char *of, const char *than,
                                cci_rational *a, cci_rational *b, int *out, cocreate_error *error)
{
    CCI_TRY(cci_figures_value(figures, of, a, error));
    CCI_TRY(cci_figures_value(figures, than, b, error));
    return cci_rational_compare(a, b, out, error);
}

static cocreate_status holds(const cci_figures *figures, const char *of, int is, const char *than,
                             int *out, cocreate_error *error)
{
    cci_rational a = {0}, b = {0};
    int order = 0;
    cocreate_status status = cci_rational_init(&a, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&b, error);
    if (status == COCREATE_OK)
        status = order_of(figures, of, than, &a, &b, &order, error);
    cci_rational_clear(&b);
    cci_rational_clear(&a);
    *out = is == 0 ? order >= 0 : is == 1 ? order <= 0 : is == 2 ? order > 0 : is == 3 ? order < 0
                                                                                       : order == 0;
    return status;
}

/* What the calculator says of a step, as a refusal of the step. Memory stays what it is. */
static cocreate_status refuse(cocreate_status status, const cocreate_error *inner,
                              const cci_path *path, cocreate_error *error)
{
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    return cci_json_fail(error, COCREATE_ERR_VERIFY, path, "%s", inner->text);
}

static cocreate_status read_unit(const json_t *step, cci_unit *out, const cci_path *path,
                                 cocreate_error *error)
{
    static const char *const units[] = {"minor", NULL};
    int unit = -1;
    CCI_TRY(cci_json_choice_opt(step, "unit", units, &unit, path, error));
    *out = unit == 0 && json_object_get(step, "unit") != NULL ? CCI_UNIT_MINOR : CCI_UNIT_NONE;
    return COCREATE_OK;
}

static cocreate_status compute(const cci_figures *figures, const json_t *step, cci_rational *out,
                               const cci_path *path, cocreate_error *error)
{
    const char *operation, *args[CCI_FIGURES_ARGS_MAX];
    json_t *list;
    cocreate_error inner;
    cci_path at = cci_path_key(path, "args");
    CCI_TRY(cci_json_string(step, "do", &operation, path, error));
    CCI_TRY(cci_json_get_array(step, "args", &list, path, error));
    size_t n = json_array_size(list);
    if (n > CCI_FIGURES_ARGS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "more than %d numbers",
                             CCI_FIGURES_ARGS_MAX);
    for (size_t i = 0; i < n; i++) {
        args[i] = json_string_value(json_array_get(list, i));
        if (args[i] == NULL)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "not a list of names and numbers");
    }
    cocreate_status status = cci_figures_apply(figures, operation, args, n, out, &inner);
    return status == COCREATE_OK ? status : refuse(status, &inner, path, error);
}

static cocreate_status replay_numbers(cci_figures *figures, int computed, const json_t *step,
                                      cci_rational *value, cci_rational *expected,
                                      const cci_path *path, cocreate_error *error)
{
    const char *name;
    cci_unit unit;
    cocreate_error inner;
    cci_path at = cci_path_key(path, "value");
    const json_t *written = json_object_get(step, "value");
    CCI_TRY(cci_json_string(step, "name", &name, path, error));
    CCI_TRY(read_unit(step, &unit, path, error));
    if (written == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "missing");
    CCI_TRY(cci_json_number(written, value, &at, error));
    if (computed) {
        CCI_TRY(compute(figures, step, expected, path, error));
        if (mp_cmp(&value->num, &expected->num) != MP_EQ ||
            mp_cmp(&value->den, &expected->den) != MP_EQ)
            return cci_json_fail(error, COCREATE_ERR_VERIFY, &at,
                                 "is not what the step computes");
    }
    cocreate_status status = cci_figures_set(figures, name, unit, value, &inner);
    return status == COCREATE_OK ? status : refuse(status, &inner, path, error);
}

static cocreate_status replay_named(cci_figures *figures, int computed, const json_t *step,
                                    const cci_path *path, cocreate_error *error)
{
    cci_rational value = {0}, expected = {0};
    cocreate_status status = cci_rational_init(&value, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&expected, error);
    if (status == COCREATE_OK)
        status = replay_numbers(figures, computed, step, &value, &expected, path, error);
    cci_rational_clear(&expected);
    cci_rational_clear(&value);
    return status;
}

static cocreate_status replay_check(const cci_figures *figures, const json_t *step,
                                    const cci_path *path, cocreate_error *error)
{
    const char *of, *than;
    int is, so = 0;
    cocreate_error inner;
    CCI_TRY(cci_json_string(step, "of", &of, path, error));
    CCI_TRY(cci_json_string(step, "than", &than, path, error));
    CCI_TRY(cci_json_choice(step, "is", relations, &is, path, error));
    cocreate_status status = holds(figures, of, is, than, &so, &inner);
    if (status != COCREATE_OK)
        return refuse(status, &inner, path, error);
    return so ? COCREATE_OK
              : cci_json_fail(error, COCREATE_ERR_VERIFY, path, "\"%s\" is not %s \"%s\"", of,
                              relations[is], than);
}

/* The name between braces that begins at text[0]: its length with the braces, 0 if there is none. */
static size_t braced(const char *text, char name[40])
{
    const char *end = text[0] == '{' ? strchr(text, '}') : NULL;
    size_t n = end == NULL ? 0 : (size_t)(end - text) - 1;
    if (n == 0 || n > 32)
        return 0;
    memcpy(name, text + 1, n);
    name[n] = '\0';
    return cci_figures_is_name(name) ? n + 2 : 0;
}

static cocreate_status replay_say(const cci_figures *figures, const json_t *step, const cci_path *path,
                                  cocreate_error *error)
{
    const char *text;
    char name[40];
    cci_path at = cci_path_key(path, "text");
    CCI_TRY(cci_json_string(step, "text", &text, path, error));
    for (; *text != '\0'; text++)
        if (braced(text, name) > 0 && cci_figures_find(figures, name) == NULL)
            return cci_json_fail(error, COCREATE_ERR_VERIFY, &at, "nothing is called \"%s\"",
                                 name);
    return COCREATE_OK;
}

cocreate_status cci_steps_replay(cci_figures *figures, const char *op, const json_t *step,
                                 const cci_path *path, cocreate_error *error)
{
    if (strcmp(op, "value") == 0)
        return replay_named(figures, 0, step, path, error);
    if (strcmp(op, "calc") == 0)
        return replay_named(figures, 1, step, path, error);
    if (strcmp(op, "check") == 0)
        return replay_check(figures, step, path, error);
    return replay_say(figures, step, path, error);
}

/* -- Telling ---------------------------------------------------------------------------------- */

/* Money in major units; a part of a minor unit is told as it is, not rounded away. */
static cocreate_status tell_money(const cci_rational *value, int32_t exponent, cci_buffer *out,
                                  cocreate_error *error)
{
    int64_t minor = 0;
    char text[COCREATE_AMOUNT_TEXT];
    cocreate_status status = COCREATE_ERR_OVERFLOW;
    if (mp_cmp_d(&value->den, 1) == MP_EQ)
        status = cci_rational_round(value, 0, CCI_ROUND_FLOOR, &minor, NULL);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status == COCREATE_OK &&
        cocreate_amount_print(minor, exponent, text, NULL) == COCREATE_OK) {
        cci_buffer_text(out, text);
        return COCREATE_OK;
    }
    cci_rational major = {0}, scale = {0};
    status = cci_rational_init(&major, error);
    if (status == COCREATE_OK)
        status = cci_rational_init(&scale, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&major, 1, 10, error);
    if (status == COCREATE_OK)
        status = cci_rational_copy(&scale, value, error);
    for (int32_t i = 0; i < exponent && status == COCREATE_OK; i++)
        status = cci_rational_mul(&scale, &major, &scale, error);
    if (status == COCREATE_OK)
        status = cci_rational_say(&scale, out, error);
    cci_rational_clear(&scale);
    cci_rational_clear(&major);
    return status;
}

static cocreate_status tell_text(const cci_figures *figures, const char *text, int32_t exponent,
                                 cci_buffer *out, cocreate_error *error)
{
    char name[40];
    while (*text != '\0') {
        size_t n = braced(text, name);
        const cci_named *named = n > 0 ? cci_figures_find(figures, name) : NULL;
        if (named == NULL)
            cci_buffer_byte(out, (uint8_t)*text);
        else if (named->unit == CCI_UNIT_MINOR)
            CCI_TRY(tell_money(&named->value, exponent, out, error));
        else
            CCI_TRY(cci_rational_say(&named->value, out, error));
        text += named == NULL ? 1 : n;
    }
    return COCREATE_OK;
}

static cocreate_status keep(cci_figures *figures, const json_t *step, cci_rational *value,
                            cocreate_error *error)
{
    cci_path root = CCI_ROOT;
    const char *name;
    cci_unit unit;
    CCI_TRY(cci_json_string(step, "name", &name, &root, error));
    CCI_TRY(read_unit(step, &unit, &root, error));
    CCI_TRY(cci_json_number(json_object_get(step, "value"), value, &root, error));
    return cci_figures_set(figures, name, unit, value, error);
}

cocreate_status cci_steps_tell(cci_figures *figures, const json_t *step, int32_t exponent,
                               cci_buffer *out, cocreate_error *error)
{
    const char *text = json_string_value(json_object_get(step, "text"));
    if (text != NULL)
        return tell_text(figures, text, exponent, out, error);
    if (json_object_get(step, "value") == NULL)
        return COCREATE_OK;
    cci_rational value = {0};
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = keep(figures, step, &value, error);
    cci_rational_clear(&value);
    return status;
}
