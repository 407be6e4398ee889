/* Votes: the list "votes" of a result, who supported which entry, when, with what stake or with what
 * probability that it is selected. */
#ifndef CCI_REWARD_RECOGNITION_VOTES_H
#define CCI_REWARD_RECOGNITION_VOTES_H

#include "reward/recognition/events.h"

typedef struct cci_vote {
    const char *voter;
    const cci_entry *entry;
    cci_number stake;       /* "weight", more than 0; 1 if the row does not say */
    cci_number probability; /* "p", 0 to 1; 1 if the row does not say */
    cci_time at;
    size_t index; /* in the list */
} cci_vote;

/* Votes of eligible persons for eligible entries that are not their own and pass the guards: by entry,
 * then time (unknown last), then voter. With `timed` each has an instant. */
cocreate_status cci_votes_read(cci_evaluation *e, const cci_rule *rule, const cci_guards *guards,
                               int timed, cci_vote **out, size_t *n, cocreate_error *error);

/* Where a vote stands in the document: $.votes[3]. */
typedef struct cci_vote_path {
    cci_path root, list, vote;
} cci_vote_path;
const cci_path *cci_vote_at(const cci_vote *vote, cci_vote_path *out);

#endif
