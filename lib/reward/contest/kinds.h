/* Contests: prizes by place, by threshold, by milestone. One line a kind of rule. */
#ifndef CCI_REWARD_CONTEST_KINDS_H
#define CCI_REWARD_CONTEST_KINDS_H

#define CCI_CONTEST_KINDS(X) \
    X(winner_takes_all) \
    X(ranked_prizes) \
    X(threshold_award) \
    X(class_prizes) \
    X(guaranteed_prize) \
    X(assurance) \
    X(assurance_bonus) \
    X(participation) \
    X(coupon) \
    X(milestone) \
    X(progress_prize) \
    X(benchmark_bonus) \
    X(reliability_bonus) \
    X(direct_grant)

#endif
