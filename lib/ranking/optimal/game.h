/* Symmetric two-player zero-sum games, solved exactly.
 *
 * Two players each name an option; who names a against b wins payoff[a * n + b] from the other, and
 * payoff[b * n + a] = -payoff[a * n + b]. A lottery over the options is optimal when it loses to no
 * option on average. The optimal lotteries are a polytope. */
#ifndef CCI_RANKING_OPTIMAL_GAME_H
#define CCI_RANKING_OPTIMAL_GAME_H

#include "ranking/method.h"

/* Most options of a game. */
#define CCI_GAME_MAX 128
/* Most corners of the polytope. */
#define CCI_GAME_CORNERS_MAX 2048

typedef struct cci_game {
    size_t n;
    uint8_t *essential;     /* set for options that some optimal lottery can draw */
    cci_rational *lottery;  /* the mean of the corners of the polytope: of all optimal lotteries the
                               one that no renaming of the options changes */
    size_t initialised;     /* of the lottery */
    size_t corners;         /* 1: only one lottery is optimal */
} cci_game;

/* COCREATE_ERR_LIMIT beyond CCI_GAME_MAX options or CCI_GAME_CORNERS_MAX corners. On failure nothing
 * is left to free. */
cocreate_status cci_game_open(const cci_run *run, const int64_t *payoff, size_t n, cci_game *out,
                              cocreate_error *error);
/* On a zeroed struct a no-op. */
void cci_game_close(cci_game *g, const cocreate_allocator *a);

/* -- The two steps ---------------------------------------------------------------------------- */

/* Marks who is in the support of some optimal lottery, by linear programming: Dantzig's dictionary
 * in integers (Edmonds 1967; Bareiss 1968) and Bland's rule. */
cocreate_status cci_game_support(const cci_run *run, const int64_t *payoff, size_t n,
                                 uint8_t *essential, cocreate_error *error);
/* All corners of the polytope by double description (Motzkin et al. 1953; Fukuda & Prodon 1996);
 * adds up the probabilities of each option. `sum` has n initialised rationals. */
cocreate_status cci_game_corners(const cci_run *run, const int64_t *payoff, size_t n,
                                 const uint8_t *essential, cci_rational *sum, size_t *corners,
                                 cocreate_error *error);

#endif
