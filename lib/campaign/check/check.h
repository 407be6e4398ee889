/* Invariants: what must hold of every store at every moment. One family a file, and a line in
 * registry.c. */
#ifndef CCI_CAMPAIGN_CHECK_H
#define CCI_CAMPAIGN_CHECK_H

#include "campaign/engine.h"

typedef struct cci_check {
    cci_engine *e;
    const char *campaign; /* which is looked at */
    const json_t *shown;  /* what cocreate_show() says of it */
    const char *id;       /* of the invariant */
    uint64_t checked;     /* things that it was looked for in */
    uint64_t violations;  /* of all invariants */
    char first[400];      /* the first of them */
} cci_check;

typedef struct cci_invariant {
    const char *id;
    const char *title;
    /* Looks at one campaign; NULL: the replay of the log proves it. */
    cocreate_status (*look)(cci_check *k, cocreate_error *error);
} cci_invariant;

extern const cci_invariant cci_invariants[]; /* ended by a NULL id */

/* Note that something does not hold: "<what> '<id>': " and the rest. */
void cci_violation(cci_check *k, const char *what, const char *id, const char *problem);

/* A member of a document that was shown, or "". */
const char *cci_shown_text(const json_t *object, const char *key);

/* contributions.c */
cocreate_status cci_check_counts(cci_check *k, cocreate_error *error);
cocreate_status cci_check_shares(cci_check *k, cocreate_error *error);
cocreate_status cci_check_selected(cci_check *k, cocreate_error *error);
/* money.c */
cocreate_status cci_check_balances(cci_check *k, cocreate_error *error);
cocreate_status cci_check_floors(cci_check *k, cocreate_error *error);
/* places.c */
cocreate_status cci_check_missing(cci_check *k, cocreate_error *error);
cocreate_status cci_check_places(cci_check *k, cocreate_error *error);

#endif
