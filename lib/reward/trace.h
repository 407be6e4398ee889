/* Traces: the steps that led to an award, as a JSON array that replay.c checks and explain.c puts
 * into words. Writers append one step each; keys are in canonical order already.
 *
 * Amounts are integers of minor units, numbers that may be fractions are strings.
 *   rank       the place among eligible entries, with the score if there is one
 *   tie        what was done about equal places
 *   prize      the prize of a place
 *   weight     what an entry weighs in a proportional split; with "of", the number called so
 *   apportion  exact = pool * weight / of;  minor = floor(exact) + extra
 *   cap        exact as above exceeds the limit;  minor = limit
 *   threshold  value >= threshold
 *   overflow   more entries reached the threshold than the rule may pay
 *   selected   the entry was selected
 *   amount     a fixed amount
 *   where      the condition of a badge, which the entry meets
 *   team       what a member gets of the amount so far; an apportion follows
 *   guard      a guard of the campaign leaves less: {"guard","limit"?,"minor","op","used"?}
 * and the general ones of steps.h. */
#ifndef CCI_REWARD_TRACE_H
#define CCI_REWARD_TRACE_H

#include "reward/figures.h"
#include "reward/number.h"

typedef struct cci_trace {
    cci_buffer text; /* "[{...},{...}": the last bracket is added when it is kept */
    cci_figures figures;   /* the numbers that have a name; see steps.h */
} cci_trace;

/* A span of places, from 1. */
typedef struct cci_span {
    int64_t from, to;
} cci_span;

void cci_trace_begin(cci_trace *t);

void cci_trace_rank(cci_trace *t, int64_t rank, cci_number score);
void cci_trace_prize(cci_trace *t, int64_t place, int64_t minor);
/* `prizes` are those of the places that have one; they are listed if they are few. */
void cci_trace_tie_pool(cci_trace *t, cci_span places, const int64_t *prizes, size_t n_prizes,
                        int64_t pool);
void cci_trace_tie_hort(cci_trace *t, cci_span places, int64_t place, int64_t prize, int64_t pool);
void cci_trace_tie_same(cci_trace *t, cci_span places, int64_t prize, int64_t awards);
/* A tie that an order breaks: `by` says which, `key` is the entry's place in it as JSON. */
void cci_trace_tie_order(cci_trace *t, const char *policy, cci_span places, int64_t place,
                         const char *by, const char *key);
void cci_trace_weight(cci_trace *t, const char *by, cci_number weight);
/* The same for the number of the trace that is called so. */
void cci_trace_weight_of(cci_trace *t, const char *by, const char *named, cci_number weight);
cocreate_status cci_trace_apportion(cci_trace *t, const char *method, int64_t pool,
                                    cci_number weight, cci_number of, int64_t minor,
                                    cocreate_error *error);
cocreate_status cci_trace_cap(cci_trace *t, int64_t pool, cci_number weight, cci_number of,
                              int64_t limit, cocreate_error *error);
void cci_trace_threshold(cci_trace *t, const char *metric, cci_number value, cci_number threshold);
void cci_trace_overflow(cci_trace *t, const char *policy, int64_t each, int64_t bound,
                        int64_t qualified, int64_t position, const char *by, int64_t at);
void cci_trace_selected(cci_trace *t);
void cci_trace_amount(cci_trace *t, int64_t minor);
void cci_trace_where(cci_trace *t, const char *condition);
void cci_trace_team(cci_trace *t, const char *split, size_t members, cci_number share,
                    int64_t pool);

/* pool * weight / of. */
cocreate_status cci_trace_exact(int64_t pool, cci_number weight, cci_number of, cci_rational *out,
                                cocreate_error *error);

/* A sentence for people from a trace, amounts printed with `exponent` decimals (explain.c). */
cocreate_status cci_trace_explain(const char *trace, int32_t exponent, cci_buffer *out,
                                  cocreate_error *error);

#endif
