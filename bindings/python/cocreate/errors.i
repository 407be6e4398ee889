/* Status and error: a failure raises, a success that changed nothing is told. */
%{
/* Raise the exception that cocreate.errors has for this status. Imported at this moment and not when
 * the module is loaded, so that either may be imported first. */
static void py_raise(cocreate_status status, const cocreate_error *failure)
{
    PyObject *module = PyImport_ImportModule("cocreate.errors");
    if (!module)
        return;
    const char *text = failure->text[0] ? failure->text : cocreate_status_text(status);
    PyObject *raised = PyObject_CallMethod(module, "from_status", "isK", (int)status, text,
                                           (unsigned long long)failure->where);
    if (raised) {
        PyErr_SetObject((PyObject *)Py_TYPE(raised), raised);
        Py_DECREF(raised);
    }
    Py_DECREF(module);
}

/* None becomes the value, a value becomes a tuple of both, a tuple grows. Takes both references. */
static PyObject *py_append(PyObject *result, PyObject *value)
{
    if (!value || result == Py_None) {
        Py_DECREF(result);
        return value;
    }
    PyObject *head = PyTuple_Check(result) ? result : Py_BuildValue("(N)", result);
    PyObject *tail = Py_BuildValue("(N)", value);
    PyObject *both = head && tail ? PySequence_Concat(head, tail) : NULL;
    Py_XDECREF(head);
    Py_XDECREF(tail);
    return both;
}
%}

/* A function that returns a status without taking an error does not compile: there is no `failure`. */
%typemap(in, numinputs=0, noblock=1) cocreate_error *error {
    cocreate_error failure;
    memset(&failure, 0, sizeof failure);
    $1 = &failure;
}

/* A progress callback that raised has set its exception already. */
%define RAISE_IF_FAILED
    if (result < 0) {
        if (!PyErr_Occurred())
            py_raise(result, &failure);
        SWIG_fail;
    }
%enddef
%typemap(out, noblock=1) cocreate_status {
    RAISE_IF_FAILED
    $result = Py_BuildValue("");
}
/* True if something was done, False where COCREATE_EXISTS says that it had been done before. */
%define TELLS_CHANGE(FUNCTION)
%typemap(out, noblock=1) cocreate_status FUNCTION {
    RAISE_IF_FAILED
    $result = PyBool_FromLong($1 == COCREATE_OK);
}
%enddef
TELLS_CHANGE(cocreate_participant_put)
TELLS_CHANGE(cocreate_contribution_submit)
TELLS_CHANGE(cocreate_run_record)
TELLS_CHANGE(cocreate_tick)
TELLS_CHANGE(cocreate_awards_post)
TELLS_CHANGE(cocreate_ledger_reverse)
TELLS_CHANGE(cocreate_ledger_settle)
TELLS_CHANGE(cocreate_ledger_void)
TELLS_CHANGE(cocreate_payout_fund)
TELLS_CHANGE(cocreate_payout_payees)
TELLS_CHANGE(cocreate_payout_award)
TELLS_CHANGE(cocreate_payout_accept)
TELLS_CHANGE(cocreate_payout_decline)
TELLS_CHANGE(cocreate_payout_pay)
TELLS_CHANGE(cocreate_payout_reverse)
TELLS_CHANGE(cocreate_payout_adjust)
TELLS_CHANGE(cocreate_payout_recover)
TELLS_CHANGE(cocreate_payout_write_off)
TELLS_CHANGE(cocreate_payout_default)
TELLS_CHANGE(cocreate_payout_close)
TELLS_CHANGE(flat_vote)
TELLS_CHANGE(flat_ledger_post)
TELLS_CHANGE(flat_ledger_reserve)
