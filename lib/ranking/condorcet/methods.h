/* The methods on pairwise majorities. One line a method. */
#ifndef CCI_RANKING_CONDORCET_METHODS_H
#define CCI_RANKING_CONDORCET_METHODS_H

#define CCI_CONDORCET_METHODS(X) \
    X(black) \
    X(borda_minimax_faceoff) \
    X(condorcet) \
    X(condorcet_loser) \
    X(condorcet_plurality) \
    X(copeland) \
    X(copeland_global_borda) \
    X(copeland_global_minimax) \
    X(copeland_local_borda) \
    X(copeland_local_minimax) \
    X(daunou) \
    X(leximax) \
    X(llull) \
    X(minimax) \
    X(most_wins_smallest_loss) \
    X(ranked_pairs) \
    X(river) \
    X(schulze) \
    X(schwartz) \
    X(simplified_dodgson) \
    X(smith) \
    X(smith_minimax) \
    X(split_cycle) \
    X(superior_voting) \
    X(uncovered) \
    X(weak_condorcet)

#endif
