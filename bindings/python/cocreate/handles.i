/* Handles, texts, structs out, progress. */
%{
/* Runs in the thread of the call, which has let the interpreter lock go. */
static int py_progress(void *user, uint64_t done, uint64_t total)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *answer = PyObject_CallFunction((PyObject *)user, "KK", (unsigned long long)done,
                                             (unsigned long long)total);
    int cancel = answer ? PyObject_IsTrue(answer) : -1; /* an exception cancels, and is seen later */
    Py_XDECREF(answer);
    PyGILState_Release(state);
    return cancel != 0;
}
%}

%typemap(in, numinputs=0, noblock=1) const cocreate_allocator *allocator { $1 = NULL; }

/* A callable of (done, total) that cancels by a true result or by raising; or None. */
%typemap(in, noblock=1) const cocreate_progress *progress (cocreate_progress reporter) {
    $1 = NULL;
    if ($input != Py_None) {
        if (!PyCallable_Check($input)) {
            PyErr_SetString(PyExc_TypeError, "progress must be callable or None");
            SWIG_fail;
        }
        reporter.size = sizeof reporter;
        reporter.call = py_progress;
        reporter.user = $input;
        $1 = &reporter;
    }
}

/* ---- handles: the proxy frees what it holds when its last reference goes ---- */
%define HANDLE(STRUCT, CLASS, FREE)
%rename(CLASS) STRUCT;
%nodefaultctor STRUCT;
%nodefaultdtor STRUCT;
typedef struct STRUCT {} STRUCT;
%extend STRUCT { ~STRUCT() { FREE; } }
%typemap(in, numinputs=0, noblock=1) STRUCT **out (STRUCT *handle = NULL) { $1 = &handle; }
%typemap(argout, noblock=1) STRUCT **out {
    $result = py_append($result, SWIG_NewPointerObj(*$1, $*1_descriptor, SWIG_POINTER_OWN));
}
/* SWIG takes None for a null pointer. */
%typemap(check, noblock=1) STRUCT *, const STRUCT * {
    if (!$1) {
        PyErr_SetString(PyExc_ValueError, "expected " #CLASS ", got None");
        SWIG_fail;
    }
}
%enddef
HANDLE(cocreate_profile, Profile, cocreate_profile_free($self))
HANDLE(cocreate_tally, Tally, cocreate_tally_free($self))
HANDLE(cocreate_ranking, Ranking, cocreate_ranking_free($self))
HANDLE(cocreate_scheme, Scheme, cocreate_scheme_free($self))
HANDLE(cocreate_awards, Awards, cocreate_awards_free($self))
HANDLE(cocreate_ledger, Ledger, cocreate_ledger_free($self))
HANDLE(cocreate_payout, Payout, cocreate_payout_free($self))
HANDLE(cocreate_store, Store, cocreate_store_close($self))

/* ---- texts: bytes, and freed ---- */
%typemap(in, numinputs=0, noblock=1) cocreate_text **out (cocreate_text *text = NULL) { $1 = &text; }
%typemap(argout, noblock=1) cocreate_text **out {
    $result = py_append($result, PyBytes_FromStringAndSize(cocreate_text_data(*$1),
                                                           (Py_ssize_t)cocreate_text_size(*$1)));
}
%typemap(freearg, noblock=1) cocreate_text **out { cocreate_text_free(text$argnum); }

/* ---- structs out: tuples of their members in order, without the size ---- */
%define STRUCT_OUT(STRUCT, FORMAT, MEMBERS...)
%typemap(in, numinputs=0, noblock=1) STRUCT *out (STRUCT it) {
    memset(&it, 0, sizeof it);
    it.size = sizeof it;
    $1 = &it;
}
%typemap(argout, noblock=1) STRUCT *out { $result = py_append($result, Py_BuildValue(FORMAT, MEMBERS)); }
%enddef
STRUCT_OUT(cocreate_currency, "(sii)", $1->code, (int)$1->exponent, (int)$1->is_currency)
STRUCT_OUT(cocreate_format, "(sssi)", $1->name, $1->title, $1->source, (int)$1->can_write)
STRUCT_OUT(cocreate_preset, "(sss)", $1->name, $1->title, $1->brief)
STRUCT_OUT(cocreate_report_info, "(ss)", $1->name, $1->title)
STRUCT_OUT(cocreate_option, "(ssLLi)", $1->id, $1->name, (long long)$1->cost, (long long)$1->at,
           (int)$1->withdrawn)
STRUCT_OUT(cocreate_profile_info, "(iiKLLLKLL)", (int)$1->kind, (int)$1->cost_exponent,
           (unsigned long long)$1->options, (long long)$1->ballots, (long long)$1->weight,
           (long long)$1->empty, (unsigned long long)$1->distinct, (long long)$1->budget,
           (long long)$1->seats)
STRUCT_OUT(cocreate_tally_info, "(iiKLLLLL)", (int)$1->kind, (int)$1->ballot_kind,
           (unsigned long long)$1->options, (long long)$1->ballots, (long long)$1->weight,
           (long long)$1->empty, (long long)$1->valid, (long long)$1->blank)
STRUCT_OUT(cocreate_place, "(KKKdiz)", (unsigned long long)$1->option, (unsigned long long)$1->from,
           (unsigned long long)$1->to, $1->score, (int)$1->has_score, $1->exact)
STRUCT_OUT(cocreate_award, "(ssszszLizs)", $1->id, $1->rule, $1->to, $1->entry,
           $1->kind, $1->currency, (long long)$1->minor, (int)$1->exponent, $1->fund, $1->trace)
STRUCT_OUT(cocreate_store_info, "(iiKL)", (int)$1->format, (int)$1->in_batch,
           (unsigned long long)$1->events, (long long)$1->last_at)
