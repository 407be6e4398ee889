/* Supporters counted from a list, once a person. */
#ifndef CCI_REWARD_CONTEST_SUPPORTS_H
#define CCI_REWARD_CONTEST_SUPPORTS_H

#include "reward/rule.h"

/* A copy of the result's entries, in their order, whose supporters are those of the list "supports":
 * different persons, but those behind the entry, those who are excluded or known not to be verified,
 * and what was withdrawn. `reached` is when the `needed`-th came, where that is known. */
cocreate_status cci_supports_count(cci_evaluation *e, const cci_rule *rule, int64_t needed,
                                   cci_entry **out, cocreate_error *error);

#endif
