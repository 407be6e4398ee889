/* Rounds of STAR: the two best by score go into a runoff. */
#ifndef CCI_RANKING_RATING_STAR_H
#define CCI_RANKING_RATING_STAR_H

#include "ranking/method.h"

/* Options that the STAR methods share, in this order. */
enum { CCI_STAR_MAXIMUM, CCI_STAR_PROTOCOL, CCI_STAR_OPTIONS };
extern const cci_option_spec cci_star_options[CCI_STAR_OPTIONS];

/* The highest score that a ballot may give: as declared, or 5, or the highest that is given where
 * that is more. A score below 0 or above what was declared is COCREATE_ERR_ARGUMENT. */
cocreate_status cci_star_maximum(const cci_run *run, int64_t declared, int64_t *out,
                                 cocreate_error *error);

typedef struct cci_star {
    cci_run *run;
    int64_t maximum;
    int64_t *totals; /* sums of scores; who is not scored gets 0 */
    int64_t *fives;  /* weight of the ballots that give the maximum */
    uint32_t *group; /* room for candidates; the last tie */
    size_t *ends;
    uint32_t *pool;   /* the same, while it is being broken */
    int64_t *votes;   /* a count by candidate, for the step at hand */
    int64_t *scores;  /* of the group on one ballot */
    int64_t *matrix;  /* head to head within a group */
    uint8_t *level;   /* of the last round, by candidate: 0 wins, 1 in the runoff, 2 the others */
    cci_buffer steps; /* elements of a JSON array: how the ties of the last round went */
} cci_star;

/* On failure the struct can be freed. */
cocreate_status cci_star_open(cci_star *s, cci_run *run, cocreate_error *error);
void cci_star_free(cci_star *s);

/* One round among the `alive`: fills `level`. Where the protocol and the tie chain leave a tie, every
 * candidate wins who wins for some choice. `out` gets an object of its runoffs
 * and of the ties before them. */
cocreate_status cci_star_round(cci_star *s, const uint8_t *alive, cci_buffer *out,
                               cocreate_error *error);

#endif
