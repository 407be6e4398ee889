/* Games of the result, and what each player adds to them. */
#ifndef CCI_REWARD_SHARING_SHAPLEY_GAME_H
#define CCI_REWARD_SHARING_SHAPLEY_GAME_H

#include "reward/sharing/share.h"

/* Most players where every coalition is looked at, and where orders are sampled. */
enum { CCI_GAME_EXACT_MAX = 20, CCI_GAME_SAMPLED_MAX = 1000, CCI_GAME_DRAWS_MAX = 4000000 };

typedef struct cci_game {
    enum { CCI_GAME_TABLE, CCI_GAME_SYNERGY, CCI_GAME_AIRPORT, CCI_GAME_MAJORITY } form;
    int missing;          /* coalitions that a table does not list: 0 refused, 1 worth nothing */
    int64_t permutations; /* 0: exact */
    cci_number quota;     /* of a majority */
} cci_game;

/* The players of the result, in order of their ids: "players", else whoever is in a coalition. */
cocreate_status cci_game_players(cci_evaluation *e, const cci_rule *rule, const cci_game *game,
                                 cci_people *out, cocreate_error *error);

/* The value of each player becomes the weight of their claim, which may be negative; `worth` is what
 * all together are worth. `claims` are of the people. */
cocreate_status cci_game_solve(cci_evaluation *e, const cci_rule *rule, const cci_game *game,
                               const cci_people *people, cci_claims *claims, cci_rational *worth,
                               cocreate_error *error);

#endif
