/* Pay for information: scores of forecasts, of answers, of labels. One line a kind of rule. */
#ifndef CCI_REWARD_INFORMATION_KINDS_H
#define CCI_REWARD_INFORMATION_KINDS_H

#define CCI_INFORMATION_KINDS(X) \
    X(gold_bonus) \
    X(lmsr) \
    X(peer_prediction) \
    X(scoring_rule)

#endif
