/* Teams of a contest: how many there were, how long ago, and who is in one. */
#ifndef CCI_REWARD_RECOGNITION_TEAMS_H
#define CCI_REWARD_RECOGNITION_TEAMS_H

#include "reward/recognition/events.h"

typedef struct cci_field {
    int64_t teams;   /* "teams" of the result, else the eligible entries */
    cci_number days; /* from "closed_at" to "as_of", 0 where either is missing */
} cci_field;

/* `n` eligible entries stand in the result; it may say that there were more teams, not fewer. */
cocreate_status cci_field_read(const cci_evaluation *e, const cci_rule *rule, size_t n,
                               cci_field *out, cocreate_error *error);

/* Member i of an entry: of its team, or its owner, or itself. */
const char *cci_member_of(const cci_entry *entry, size_t i);

#endif
