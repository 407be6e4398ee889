/* The methods on pairwise majorities. One line a method. */
#ifndef CCI_RANKING_CONDORCET_METHODS_H
#define CCI_RANKING_CONDORCET_METHODS_H

#define CCI_CONDORCET_METHODS(X) \
    X(banks) \
    X(beta_uncovered) \
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
    X(loss_trimmer) \
    X(minimax) \
    X(most_wins_smallest_loss) \
    X(pareto) \
    X(ranked_pairs) \
    X(ranked_pairs_zt) \
    X(river) \
    X(river_zt) \
    X(schulze) \
    X(schwartz) \
    X(simple_stable_voting) \
    X(simplified_dodgson) \
    X(smith) \
    X(smith_minimax) \
    X(split_cycle) \
    X(stable_voting) \
    X(superior_voting) \
    X(uncovered) \
    X(weak_condorcet) \
    X(weighted_covering)

#endif
