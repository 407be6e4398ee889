/* Hooks of a store: a tuple (authorize, veto, observe) of callables or None. The caller keeps it alive as long
 * as the store has them. */
%{
static PyObject *py_hook(void *user, Py_ssize_t index)
{
    return PyTuple_GetItem((PyObject *)user, index);
}

static int32_t py_authorize(void *user, const char *actor, const char *action,
                            const char *campaign)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *answer = PyObject_CallFunction(py_hook(user, 0), "ssz", actor, action, campaign);
    int allowed = answer ? PyObject_IsTrue(answer) : 0; /* an exception denies, and is seen later */
    Py_XDECREF(answer);
    PyGILState_Release(state);
    return allowed == 1;
}

/* None passes; a text is the reason. */
static int32_t py_veto(void *user, const char *events, char *reason)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *answer = PyObject_CallFunction(py_hook(user, 1), "s", events);
    PyObject *bytes = answer && PyUnicode_Check(answer) ? PyUnicode_AsUTF8String(answer) : NULL;
    char *text;
    Py_ssize_t size;
    int32_t refused = answer != Py_None;
    if (bytes && PyBytes_AsStringAndSize(bytes, &text, &size) == 0) {
        size_t n = (size_t)size < COCREATE_REASON - 1 ? (size_t)size : COCREATE_REASON - 1;
        while (n < (size_t)size && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
            n--; /* no half characters */
        memcpy(reason, text, n);
        reason[n] = '\0';
    } else if (answer && answer != Py_None && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "veto must return None, or the reason as text");
    }
    Py_XDECREF(bytes);
    Py_XDECREF(answer);
    PyGILState_Release(state);
    return refused;
}

/* What happened cannot be stopped by an exception: it is reported as one of a destructor is. */
static void py_observe(void *user, uint64_t first, uint64_t last)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *answer = PyObject_CallFunction(py_hook(user, 2), "KK", (unsigned long long)first,
                                             (unsigned long long)last);
    if (!answer)
        PyErr_WriteUnraisable(py_hook(user, 2));
    Py_XDECREF(answer);
    PyGILState_Release(state);
}
%}

%typemap(in, noblock=1) const cocreate_hooks *hooks (cocreate_hooks wanted) {
    $1 = NULL;
    if ($input != Py_None) {
        if (!PyTuple_Check($input) || PyTuple_Size($input) != 3) {
            PyErr_SetString(PyExc_TypeError, "hooks must be a tuple of three, or None");
            SWIG_fail;
        }
        memset(&wanted, 0, sizeof wanted);
        wanted.size = sizeof wanted;
        wanted.user = $input;
        if (py_hook($input, 0) != Py_None)
            wanted.authorize = py_authorize;
        if (py_hook($input, 1) != Py_None)
            wanted.veto = py_veto;
        if (py_hook($input, 2) != Py_None)
            wanted.observe = py_observe;
        $1 = &wanted;
    }
}
