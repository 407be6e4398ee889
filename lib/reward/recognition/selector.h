/* Good taste: what the votes of those weigh who supported what was selected. */
#ifndef CCI_REWARD_RECOGNITION_SELECTOR_H
#define CCI_REWARD_RECOGNITION_SELECTOR_H

#include "reward/recognition/votes.h"

typedef enum cci_taste {
    CCI_TASTE_HIT_RATE, /* of persons: selected / supported */
    CCI_TASTE_BRIER,    /* of persons: mean of 1 - (p - outcome)^2 */
    CCI_TASTE_HARMONIC, /* of votes from here on: 1 / k for the k-th of an entry */
    CCI_TASTE_GEOMETRIC,
    CCI_TASTE_LINEAR, /* f(R + r) - f(R) from here on, R the stakes before r */
    CCI_TASTE_SQRT,
    CCI_TASTE_QUADRATIC,
    CCI_TASTE_BOUNDED,
    CCI_TASTE_CONVERGENT_LINEAR,
    CCI_TASTE_CONVERGENT_SQRT
} cci_taste;

typedef enum cci_cut { CCI_CUT_RETURN, CCI_CUT_AUTHOR, CCI_CUT_VOTERS } cci_cut;

typedef struct cci_selector {
    cci_where select;
    int weight;          /* a cci_taste */
    int64_t pool, each;  /* one of them, in minor units */
    int64_t window;      /* seconds after the entry in which votes weigh less; 0: none */
    int cut;             /* a cci_cut: who has what they weigh less */
    cci_number ratio;    /* of CCI_TASTE_GEOMETRIC */
    cci_number constant; /* s or alpha of a curve; missing: 0 */
    int64_t min_votes;
    cci_guards guards;
} cci_selector;

/* Somebody's claim to the pool. */
typedef struct cci_taste_claim {
    const char *person;     /* NULL: what votes weigh less, for the author or to return */
    const cci_entry *entry; /* NULL: of a person, or to return */
    cci_number stake, before;
    int64_t position; /* among the votes for the entry, from 1 */
    int64_t age;      /* microseconds after the entry */
    int64_t supported, hits;
} cci_taste_claim;

/* Begin the trace of a claim: its numbers, then "full", what it weighs but for the window, and
 * "weight". `sum`: of the scores of a person's predictions, or what votes weigh less. */
cocreate_status cci_trace_taste(cci_trace *t, const cci_selector *s, const cci_taste_claim *claim,
                                const cci_rational *sum, cocreate_error *error);
/* The sentence of that trace without the share. */
void cci_say_taste(cci_trace *t, const cci_selector *s, const cci_taste_claim *claim);

#endif
