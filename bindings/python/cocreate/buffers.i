/* Numbers, strings, bytes and arrays.
 *
 * SWIG takes the argout of a type for its const sibling too: what goes in only says that nothing comes out.
 */
%{
/* ---- numbers: whatever has __index__ (so NumPy integers), nothing that would be cut off ---- */

static int py_signed(PyObject *object, long long low, long long high, long long *out)
{
    PyObject *index = PyNumber_Index(object);
    if (!index)
        return 0;
    int overflow = 0;
    long long value = PyLong_AsLongLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (value == -1 && PyErr_Occurred())
        return 0;
    if (overflow || value < low || value > high) {
        PyErr_Format(PyExc_OverflowError, "%R is not in %lld .. %lld", object, low, high);
        return 0;
    }
    *out = value;
    return 1;
}

static int py_unsigned(PyObject *object, unsigned long long high, unsigned long long *out)
{
    PyObject *index = PyNumber_Index(object);
    if (!index)
        return 0;
    unsigned long long value = PyLong_AsUnsignedLongLong(index);
    Py_DECREF(index);
    int wrong = value == (unsigned long long)-1 && PyErr_Occurred();
    if (wrong || value > high) {
        PyErr_Clear();
        PyErr_Format(PyExc_OverflowError, "%R is not in 0 .. %llu", object, high);
        return 0;
    }
    *out = value;
    return 1;
}

/* ---- strings ---- */

/* The UTF-8 of a str, borrowed from it. C would stop at a NUL, so one inside is refused. */
static const char *py_string(PyObject *object)
{
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "expected str, got %R", (PyObject *)Py_TYPE(object));
        return NULL;
    }
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(object, &size);
    if (text && strlen(text) != (size_t)size) {
        PyErr_SetString(PyExc_ValueError, "a NUL inside a string");
        return NULL;
    }
    return text;
}

/* Strings of a sequence. The tuple keeps them alive whatever happens to the sequence meanwhile. */
typedef struct py_strings {
    PyObject *tuple;
    const char **items;
    size_t n;
} py_strings;

static int py_strings_take(PyObject *object, int optional, py_strings *out)
{
    if (PyUnicode_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "expected a sequence of str, got one str");
        return 0;
    }
    if (!(out->tuple = PySequence_Tuple(object)))
        return 0;
    out->n = (size_t)PyTuple_Size(out->tuple);
    if (!(out->items = PyMem_Malloc((out->n ? out->n : 1) * sizeof *out->items))) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t i = 0; i < out->n; i++) {
        PyObject *item = PyTuple_GetItem(out->tuple, (Py_ssize_t)i);
        out->items[i] = NULL;
        if (!(optional && item == Py_None) && !(out->items[i] = py_string(item)))
            return 0;
    }
    return 1;
}

static void py_strings_drop(py_strings *strings)
{
    PyMem_Free(strings->items);
    Py_XDECREF(strings->tuple);
}

/* ---- buffers: locked until PyBuffer_Release ---- */

/* An array in C order of native numbers of `width` bytes (0: any) with one of these format codes. */
static int py_array(PyObject *object, int dimensions, const char *codes, Py_ssize_t width,
                    Py_buffer *view)
{
    if (PyObject_GetBuffer(object, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return 0;
    const char *format = view->format ? view->format : "B";
    const int one = 1;
    const char native = *(const char *)&one ? '<' : '>';
    if (*format == '@' || *format == '=' || *format == native)
        format++;
    if (view->ndim != dimensions) {
        PyErr_Format(PyExc_ValueError, "expected %d dimensions, got %d", dimensions, view->ndim);
        return 0;
    }
    if (!format[0] || format[1] || !strchr(codes, format[0]) || (width && view->itemsize != width)) {
        PyErr_Format(PyExc_TypeError,
                     "expected numbers of format %s in the byte order of the machine, got '%s'",
                     codes, view->format ? view->format : "B");
        return 0;
    }
    return 1;
}

/* Bytes, whatever they mean; `unit` > 0: a whole number of pieces of that size. */
static int py_bytes(PyObject *object, Py_ssize_t unit, Py_buffer *view)
{
    if (PyObject_GetBuffer(object, view, PyBUF_SIMPLE) < 0)
        return 0;
    if (unit && view->len % unit != 0) {
        PyErr_Format(PyExc_ValueError, "expected a multiple of %zd bytes, got %zd", unit, view->len);
        return 0;
    }
    return 1;
}

/* Exactly 32 bytes: seeds, hashes, secrets. */
static int py_bytes32(PyObject *object, Py_buffer *view)
{
    if (!py_bytes(object, 0, view))
        return 0;
    if (view->len != 32) {
        PyErr_Format(PyExc_ValueError, "expected 32 bytes, got %zd", view->len);
        return 0;
    }
    return 1;
}
%}

/* ---- numbers ---- */
%define SIGNED(TYPE, LOW, HIGH)
%typemap(in, noblock=1) TYPE (long long number) {
    if (!py_signed($input, LOW, HIGH, &number))
        SWIG_fail;
    $1 = (TYPE)number;
}
%typemap(out, noblock=1) TYPE { $result = PyLong_FromLongLong((long long)$1); }
%typemap(in, numinputs=0, noblock=1) TYPE *OUTPUT (TYPE number = 0) { $1 = &number; }
%typemap(argout, noblock=1) TYPE *OUTPUT {
    $result = py_append($result, PyLong_FromLongLong((long long)*$1));
}
%enddef
%define UNSIGNED(TYPE, HIGH)
%typemap(in, noblock=1) TYPE (unsigned long long number) {
    if (!py_unsigned($input, HIGH, &number))
        SWIG_fail;
    $1 = (TYPE)number;
}
%typemap(out, noblock=1) TYPE { $result = PyLong_FromUnsignedLongLong((unsigned long long)$1); }
%typemap(in, numinputs=0, noblock=1) TYPE *OUTPUT (TYPE number = 0) { $1 = &number; }
%typemap(argout, noblock=1) TYPE *OUTPUT {
    $result = py_append($result, PyLong_FromUnsignedLongLong((unsigned long long)*$1));
}
%enddef
SIGNED(int32_t, INT32_MIN, INT32_MAX)
SIGNED(int64_t, INT64_MIN, INT64_MAX)
UNSIGNED(uint32_t, UINT32_MAX)
UNSIGNED(uint64_t, UINT64_MAX)
UNSIGNED(size_t, SIZE_MAX)
%apply int64_t *OUTPUT { int64_t *minor, int64_t *out, int64_t *returned, int64_t *count,
                         int64_t *weight, int64_t *left_numerator, int64_t *left_denominator };
%apply uint64_t *OUTPUT { uint64_t *size, uint64_t *next };
%apply size_t *OUTPUT { size_t *index, size_t *expired };

/* ---- strings ---- */
%typemap(in, noblock=1) const char * {
    if (!($1 = (char *)py_string($input)))
        SWIG_fail;
}
%typemap(freearg) const char * "";
%typemap(in, noblock=1) const char *OPTIONAL {
    if ($input != Py_None && !($1 = (char *)py_string($input)))
        SWIG_fail;
}
%typemap(freearg) const char *OPTIONAL "";
%typemap(out, noblock=1) const char * { $result = $1 ? PyUnicode_FromString($1) : Py_BuildValue(""); }
/* Where NULL has a meaning, or the library says better than we could what it misses. */
%apply const char *OPTIONAL { const char *options, const char *person, const char *fields,
                              const char *terms, const char *value, const char *reason,
                              const char *campaign, const char *of_round, const char *type, const char *viewer,
                              const char *memo, const char *report,
                              const char *name_or_none,
                              const char *id_or_none, const char *rules_or_none,
                              const char *backend, const char *ties, const char *on_empty };

%define STRINGS_IN(POINTER, COUNT, IS_OPTIONAL)
%typemap(in, noblock=1) (const char *const *POINTER, size_t COUNT) (py_strings strings = {0}) {
    if (!py_strings_take($input, IS_OPTIONAL, &strings))
        SWIG_fail;
    $1 = (char **)strings.items;
    $2 = strings.n;
}
%typemap(freearg, noblock=1) (const char *const *POINTER, size_t COUNT) {
    py_strings_drop(&strings$argnum);
}
%enddef
STRINGS_IN(ids, n, 0)
STRINGS_IN(texts, n, 0)
STRINGS_IN(scores, n_scores, 1)
STRINGS_IN(accounts, n_accounts, 0)
STRINGS_IN(currencies, n_currencies, 0)
%typemap(in, noblock=1) (const char *const *ids_or_none, size_t n_ids) (py_strings strings = {0}) {
    $1 = NULL;
    $2 = 0;
    if ($input != Py_None) {
        if (!py_strings_take($input, 0, &strings))
            SWIG_fail;
        $1 = (char **)strings.items;
        $2 = strings.n;
    }
}
%typemap(freearg, noblock=1) (const char *const *ids_or_none, size_t n_ids) {
    py_strings_drop(&strings$argnum);
}

/* ---- bytes ---- */
%typemap(in, noblock=1) (const void *bytes, size_t size) (Py_buffer view = {0}) {
    if (!py_bytes($input, 0, &view))
        SWIG_fail;
    $1 = view.buf;
    $2 = (size_t)view.len;
}
%typemap(freearg, noblock=1) (const void *bytes, size_t size) { PyBuffer_Release(&view$argnum); }
/* A document: str, or bytes of UTF-8. */
%typemap(in, noblock=1) (const char *json, size_t size) (Py_buffer view = {0}, Py_ssize_t length = 0) {
    if (PyUnicode_Check($input)) {
        $1 = (char *)PyUnicode_AsUTF8AndSize($input, &length);
        if (!$1)
            SWIG_fail;
    } else {
        if (!py_bytes($input, 0, &view))
            SWIG_fail;
        $1 = (char *)view.buf;
        length = view.len;
    }
    $2 = (size_t)length;
}
%typemap(freearg, noblock=1) (const char *json, size_t size) { PyBuffer_Release(&view$argnum); }
%apply (const char *json, size_t size) { (const char *result, size_t size),
                                         (const char *trace, size_t size),
                                         (const char *about, size_t size),
                                         (const char *text, size_t size) };

%typemap(in, noblock=1) const uint8_t BYTES32[32] (Py_buffer view = {0}) {
    if (!py_bytes32($input, &view))
        SWIG_fail;
    $1 = (uint8_t *)view.buf;
}
%typemap(freearg, noblock=1) const uint8_t BYTES32[32] { PyBuffer_Release(&view$argnum); }
%typemap(argout) const uint8_t BYTES32[32] ""
%apply const uint8_t BYTES32[32] { const uint8_t seed[32], const uint8_t root[32],
                                   const uint8_t leaf[32] };
%typemap(in, noblock=1) const uint8_t *BYTES32_OR_NONE (Py_buffer view = {0}) {
    $1 = NULL;
    if ($input != Py_None) {
        if (!py_bytes32($input, &view))
            SWIG_fail;
        $1 = (uint8_t *)view.buf;
    }
}
%typemap(freearg, noblock=1) const uint8_t *BYTES32_OR_NONE { PyBuffer_Release(&view$argnum); }
%apply const uint8_t *BYTES32_OR_NONE { const uint8_t *seed, const uint8_t *root,
                                        const uint8_t *secret };

%typemap(in, numinputs=0, noblock=1) uint8_t DIGEST[32] (uint8_t digest[32]) { $1 = digest; }
%typemap(argout, noblock=1) uint8_t DIGEST[32] {
    $result = py_append($result, PyBytes_FromStringAndSize((const char *)$1, 32));
}
%apply uint8_t DIGEST[32] { uint8_t digest[32], uint8_t leaf[32], uint8_t root[32], uint8_t seed[32] };

%typemap(in, noblock=1) (const uint8_t *beacon, size_t beacon_size) (Py_buffer view = {0}) {
    if (!py_bytes($input, 0, &view))
        SWIG_fail;
    $1 = (uint8_t *)view.buf;
    $2 = (size_t)view.len;
}
%typemap(freearg, noblock=1) (const uint8_t *beacon, size_t beacon_size) {
    PyBuffer_Release(&view$argnum);
}
/* Hashes of 32 bytes, one after another. */
%typemap(in, noblock=1) (const uint8_t *leaves, size_t n) (Py_buffer view = {0}) {
    if (!py_bytes($input, 32, &view))
        SWIG_fail;
    $1 = (uint8_t *)view.buf;
    $2 = (size_t)(view.len / 32);
}
%typemap(freearg, noblock=1) (const uint8_t *leaves, size_t n) { PyBuffer_Release(&view$argnum); }
%apply (const uint8_t *leaves, size_t n) { (const uint8_t *proof, size_t length) };
%typemap(in, numinputs=0, noblock=1) (uint8_t *proof, size_t *length)
    (uint8_t hashes[COCREATE_PROOF_MAX * 32], size_t n = 0) {
    $1 = hashes;
    $2 = &n;
}
%typemap(argout, noblock=1) (uint8_t *proof, size_t *length) {
    $result = py_append($result, PyBytes_FromStringAndSize((const char *)$1, (Py_ssize_t)(*$2 * 32)));
}

%typemap(in, numinputs=0, noblock=1) char text[ANY]
    (char printed[COCREATE_AMOUNT_TEXT]) { $1 = printed; }
%typemap(argout, noblock=1) char text[ANY] {
    $result = py_append($result, PyUnicode_FromString($1));
}

/* ---- arrays ---- */
%define ARRAY_IN(TYPE, CODES, POINTER, COUNT, NONE_IS_NULL)
%typemap(in, noblock=1) (const TYPE *POINTER, size_t COUNT) (Py_buffer view = {0}) {
    $1 = NULL;
    $2 = 0;
    if (!(NONE_IS_NULL && $input == Py_None)) {
        if (!py_array($input, 1, CODES, sizeof(TYPE), &view))
            SWIG_fail;
        $1 = (TYPE *)view.buf;
        $2 = (size_t)view.shape[0];
    }
}
%typemap(freearg, noblock=1) (const TYPE *POINTER, size_t COUNT) { PyBuffer_Release(&view$argnum); }
%typemap(argout) (const TYPE *POINTER, size_t COUNT) ""
%enddef
ARRAY_IN(int64_t, "lq", weights, n, 0)
ARRAY_IN(int64_t, "lq", minor, n_minor, 0)
ARRAY_IN(int64_t, "lq", weights_or_none, n_weights, 1)
ARRAY_IN(int64_t, "lq", values_or_none, n_values, 1)
ARRAY_IN(int64_t, "lq", times_or_none, n_times, 1)
ARRAY_IN(int64_t, "lq", trusted_or_none, n_trusted, 1)
ARRAY_IN(int64_t, "lq", start_or_none, n_start, 1)
ARRAY_IN(uint32_t, "IL", options, n, 0)
ARRAY_IN(uint32_t, "IL", committee, n, 0)
ARRAY_IN(uint32_t, "IL", donors, n_given, 0)
ARRAY_IN(uint32_t, "IL", projects, n_received, 0)
ARRAY_IN(uint32_t, "IL", sources, n_sources, 0)
ARRAY_IN(uint32_t, "IL", targets, n_targets, 0)

/* Matrices, one ballot a row. */
%typemap(in, noblock=1) (const void *ranks, uint32_t width, size_t n_ballots, size_t n_options)
    (Py_buffer view = {0}) {
    if (!py_array($input, 2, "BHILQ", 0, &view))
        SWIG_fail;
    $1 = view.buf;
    $2 = (uint32_t)view.itemsize;
    $3 = (size_t)view.shape[0];
    $4 = (size_t)view.shape[1];
}
%typemap(freearg, noblock=1)
    (const void *ranks, uint32_t width, size_t n_ballots, size_t n_options) {
    PyBuffer_Release(&view$argnum);
}
%typemap(in, noblock=1) (const int64_t *values, size_t n_ballots, size_t n_options)
    (Py_buffer view = {0}) {
    if (!py_array($input, 2, "lq", 8, &view))
        SWIG_fail;
    $1 = (int64_t *)view.buf;
    $2 = (size_t)view.shape[0];
    $3 = (size_t)view.shape[1];
}
%typemap(freearg, noblock=1) (const int64_t *values, size_t n_ballots, size_t n_options) {
    PyBuffer_Release(&view$argnum);
}

/* Arrays out: made with malloc by a function of flat.i, handed to Python as bytearray. */
%define ARRAY_OUT(TYPE, POINTER, COUNT)
%typemap(in, numinputs=0, noblock=1) (TYPE **POINTER, size_t *COUNT) (TYPE *made = NULL, size_t n = 0) {
    $1 = &made;
    $2 = &n;
}
%typemap(argout, noblock=1) (TYPE **POINTER, size_t *COUNT) {
    $result = py_append($result, PyByteArray_FromStringAndSize((const char *)*$1,
                                                               (Py_ssize_t)(*$2 * sizeof(TYPE))));
}
%typemap(freearg, noblock=1) (TYPE **POINTER, size_t *COUNT) { free(made$argnum); }
%enddef
ARRAY_OUT(int64_t, made_numbers, n_numbers)
ARRAY_OUT(uint32_t, made_indices, n_indices)
