/* General steps of traces, for whatever a rule computes:
 *   value   a number of the result: {"name","op","unit"?,"value"}
 *   calc    a number from others: {"args","do","name","op","unit"?,"value"}; see figures.h
 *   check   what must hold: {"is","of","op","than"}, is: at_least, at_most, more, less, equal
 *   pay     the amount is the whole number called "of": {"minor","of","op"}
 *   grant   no amount is due, but recognition: {"of","op"}
 *   say     a sentence for the recipient: {"op","text"}; {name} stands for a number above
 * Names are those of figures.h; "unit" is "minor" for money. Writers compute with the steps, so that a
 * trace says what was done, and replay does it again. */
#ifndef CCI_REWARD_STEPS_H
#define CCI_REWARD_STEPS_H

#include "reward/trace.h"

/* Arguments of a calc step, as a list. */
#define CCI_ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Names are literals or live as long as the trace. */
cocreate_status cci_trace_value(cci_trace *t, const char *name, cci_unit unit,
                                const cci_rational *value, cocreate_error *error);
cocreate_status cci_trace_number(cci_trace *t, const char *name, cci_unit unit, cci_number value,
                                 cocreate_error *error);
cocreate_status cci_trace_integer(cci_trace *t, const char *name, cci_unit unit, int64_t value,
                                  cocreate_error *error);
/* Compute and name it. args: names and numbers such as "1" or "0.05", NULL at the end. */
cocreate_status cci_trace_calc(cci_trace *t, const char *name, cci_unit unit,
                               const char *operation, const char *const *args,
                               cocreate_error *error);
/* COCREATE_ERR_INTERNAL if it does not hold: a rule writes down what it has found. */
cocreate_status cci_trace_check(cci_trace *t, const char *of, const char *is, const char *than,
                                cocreate_error *error);
/* The named number, which is whole, is the amount. */
cocreate_status cci_trace_pay(cci_trace *t, const char *of, int64_t *minor,
                              cocreate_error *error);
void cci_trace_grant(cci_trace *t, const char *of);
void cci_trace_say(cci_trace *t, const char *text);
/* A number of the trace in the making. */
cocreate_status cci_trace_get(const cci_trace *t, const char *name, cci_rational *out,
                              cocreate_error *error);

/* ---- replaying (replay.c, explain.c) ---- */

/* Check a value, figures, check or say step and keep what it names. COCREATE_ERR_VERIFY. */
cocreate_status cci_steps_replay(cci_figures *figures, const char *op, const json_t *step,
                                 const cci_path *path, cocreate_error *error);
/* Keep what a value or calc step names, unchecked; say a say step. */
cocreate_status cci_steps_tell(cci_figures *figures, const json_t *step, int32_t exponent,
                               cci_buffer *out, cocreate_error *error);

#endif
