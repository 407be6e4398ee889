/* A round of gifts from the lists of a result: "gifts", "donors", "clusters". */
#ifndef CCI_REWARD_MATCHING_GIFTS_H
#define CCI_REWARD_MATCHING_GIFTS_H

#include "reward/matching/match.h"
#include "reward/sharing/share.h"

typedef struct cci_gift_round {
    cci_people donors, projects; /* those whose gifts count, and those they go to */
    cci_match_round round;       /* with their indices; in the scratch of the evaluation */
    size_t *rows;                /* of each gift: where it stands in the list */
} cci_gift_round;

/* Gifts of donors and to projects that the rule excludes are left out. Where the result has entries, they
 * are the projects; `round` holds form, minimum and what else the rule says. */
cocreate_status cci_gifts_read(cci_evaluation *e, const cci_rule *rule, cci_gift_round *out,
                               cocreate_error *error);

#endif
