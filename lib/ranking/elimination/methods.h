/* The elimination methods: options leave round by round. One line a method. */
#ifndef CCI_RANKING_ELIMINATION_METHODS_H
#define CCI_RANKING_ELIMINATION_METHODS_H

#define CCI_ELIMINATION_METHODS(X) \
    X(approval_irv) \
    X(baldwin) \
    X(benham) \
    X(bottoms_up) \
    X(btr_irv) \
    X(condorcet_irv) \
    X(coombs) \
    X(irv) \
    X(iterated_removal_condorcet_loser) \
    X(multi_pass_irv) \
    X(nanson) \
    X(raynaud) \
    X(smith_irv) \
    X(split_irv) \
    X(supplementary) \
    X(tideman_alternative) \
    X(two_round) \
    X(woodall)

#endif
