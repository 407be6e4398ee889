/* What a campaign pays to nobody, whatever its rules award: the member "guards" of a scheme. */
#ifndef CCI_REWARD_GUARDS_H
#define CCI_REWARD_GUARDS_H

#include "reward/rule.h"

typedef struct cci_guards {
    int64_t person_cap, household_cap; /* minor units; 0: none */
    int one_prize, verified;
    int64_t account_days; /* 0: any age */
    const char **roles;   /* of who has a conflict of interest */
    size_t n_roles;
} cci_guards;

/* Names in traces, in the order in which they are asked. */
typedef enum cci_guard {
    CCI_GUARD_ROLE,
    CCI_GUARD_VERIFIED,
    CCI_GUARD_ACCOUNT_AGE,
    CCI_GUARD_ONE_PRIZE,
    CCI_GUARD_PERSON_CAP,
    CCI_GUARD_HOUSEHOLD_CAP
} cci_guard;
extern const char *const cci_guard_names[];

cocreate_status cci_guards_read(cocreate_scheme *scheme, const json_t *json,
                                cocreate_error *error);

/* Cut the awards of money. What is cut to nothing is no award any more and stands among the cuts. */
cocreate_status cci_guards_apply(cci_evaluation *e, cocreate_error *error);

#endif
