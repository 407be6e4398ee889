/* What happens to awards once they are made: what is deducted, and how long they may wait. Read from
 * the members "deductions" and "lifecycle" of a scheme; evaluation does not act on them. */
#ifndef CCI_REWARD_TERMS_H
#define CCI_REWARD_TERMS_H

#include "base/json.h"
#include "cocreate/money.h"
#include "cocreate/reward.h"

enum { CCI_DEDUCTIONS_MAX = 16, CCI_CONDITIONS_MAX = 4 };

typedef enum cci_payee_fact {
    CCI_FACT_CLASS,
    CCI_FACT_JURISDICTION,
    CCI_FACT_VERIFIED,
    CCI_FACT_TAX_FORM,
    CCI_FACT_PAID
} cci_payee_fact;

/* "payee.class=NRA". */
typedef struct cci_payee_condition {
    cci_payee_fact fact;
    int negated;      /* != or, for the amount, < */
    const char *text; /* `size` bytes; borrowed */
    size_t size;
    int flag;      /* of true and false */
    int64_t minor; /* of the amount */
} cci_payee_condition;

typedef struct cci_deduction {
    const char *id, *account; /* borrowed from the document */
    int64_t numerator, denominator;
    const char *rounding; /* of cocreate_rate() */
    int of_rest;          /* of what the deductions before it left, not of the gross */
    cci_payee_condition conditions[CCI_CONDITIONS_MAX]; /* all must hold */
    size_t n_conditions;
} cci_deduction;

typedef enum cci_on_decline {
    CCI_DECLINE_VACANT,
    CCI_DECLINE_PROMOTE,
    CCI_DECLINE_REDISTRIBUTE
} cci_on_decline;

typedef struct cci_terms {
    cci_deduction deductions[CCI_DEDUCTIONS_MAX];
    size_t n_deductions;
    /* Microseconds; 0: at once, or no limit. */
    int64_t hold, accept, claim, cooling, cap_window;
    int64_t minimum, cap; /* minor units; 0: none */
    int on_decline;       /* a cci_on_decline */
    int honour;           /* who was paid too much keeps it */
    int needs_identity, needs_tax_form;
} cci_terms;

/* Strings are borrowed from `json`, the document of the scheme, whose currency is read. */
cocreate_status cci_terms_read(const cocreate_scheme *scheme, const json_t *json, cci_terms *out,
                               cocreate_error *error);

#endif
