/* Contests: prizes by place, by threshold, by milestone. One line a kind of rule. */
#ifndef CCI_REWARD_CONTEST_KINDS_H
#define CCI_REWARD_CONTEST_KINDS_H

#define CCI_CONTEST_KINDS(X) \
    X(ranked_prizes) \
    X(threshold_award) \
    X(direct_grant)

#endif
