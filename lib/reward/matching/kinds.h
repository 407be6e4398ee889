/* Matching and retroactive funds. One line a kind of rule. */
#ifndef CCI_REWARD_MATCHING_KINDS_H
#define CCI_REWARD_MATCHING_KINDS_H

#define CCI_MATCHING_KINDS(X) \
    X(quadratic_funding) \
    X(retro_median)

#endif
