/* Pools that are shared: in proportion, by contribution, by descent. One line a kind of rule. */
#ifndef CCI_REWARD_SHARING_KINDS_H
#define CCI_REWARD_SHARING_KINDS_H

#define CCI_SHARING_KINDS(X) \
    X(proportional_split) \
    X(royalty) \
    X(team_split) \
    X(gift_circle) \
    X(shapley) \
    X(lineage_share) \
    X(cred_allocation)

#endif
