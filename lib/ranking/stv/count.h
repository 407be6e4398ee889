/* The state of a count by single transferable vote, and the steps that the rules share: who reaches
 * the quota, who is lowest, whose papers pass on, and the record of every round. A rule is a file
 * of its own that puts these steps in its order. */
#ifndef CCI_RANKING_STV_COUNT_H
#define CCI_RANKING_STV_COUNT_H

#include "ranking/stv/papers.h"

typedef enum cci_standing_now {
    CCI_HOPEFUL,
    CCI_ELECTED,
    CCI_ELIMINATED
} cci_standing_now;

/* How ties between candidates are broken before the tie chain is asked: by their votes at earlier
 * points of the count. */
typedef enum cci_look_back {
    CCI_LOOK_NOWHERE,
    CCI_LOOK_LATEST,  /* the latest earlier point at which their votes differed */
    CCI_LOOK_EARLIEST /* the earliest */
} cci_look_back;

/* Papers of one value that came together. */
typedef struct cci_parcel {
    cci_bundle papers;
    cci_value value; /* of one paper */
    int original;    /* first preferences, which came when the count began */
} cci_parcel;

typedef struct cci_pile {
    cci_parcel *parcels; /* in the order they came */
    size_t count, room;
} cci_pile;

/* Votes of a candidate from a point of the count on. */
typedef struct cci_past {
    uint32_t point;
    uint32_t before, after; /* entries of the same candidate, or CCI_NO_PAST */
    cci_value votes;
} cci_past;

#define CCI_NO_PAST UINT32_MAX

/* A candidate that was elected or eliminated. */
typedef struct cci_decision {
    uint32_t candidate;
    size_t round;
} cci_decision;

typedef struct cci_count {
    cci_run *run;
    cci_calc calc;
    cci_papers papers;
    size_t candidates, seats;
    int decimals;         /* of the rule, in which votes are written, or CCI_EXACT */
    uint8_t *status;      /* a cci_standing_now */
    uint8_t *hopeful;     /* the same as a set */
    uint8_t *receives;    /* whom papers may go to: the hopeful, and where `late` the elected until
                             their surplus passes on */
    int late;
    uint8_t *surplus_due; /* elected, and the surplus not yet dealt with */
    size_t hopefuls, electeds;
    cci_value *votes;
    cci_pile *piles;
    cci_value valid;      /* weight of ballots that say something */
    cci_value exhausted;  /* with the weight of blank ballots */
    cci_value quota;      /* missing until the rule set it, or where it has none */
    int above;            /* the quota must be exceeded, not only reached */
    int iterative;        /* votes are shared anew each round: there are no transfers to tell */
    int quotients;        /* `votes` are quotients, which do not sum up to anything */
    cci_decision *elected, *eliminated;
    size_t eliminated_count;
    /* Votes at earlier points; the first entry of each candidate has its number. */
    uint32_t point;
    cci_past *past;
    size_t past_count, past_room;
    uint32_t *latest;     /* last entry of each candidate */
    uint32_t *cursor;     /* of a look-back */
    uint8_t *changed;     /* votes changed since then */
    size_t *point_round;  /* the round of each point */
    size_t point_room;
    /* The round that is written. */
    size_t round;
    cci_buffer trace;
    cci_value *before;    /* votes when it began, missing where eliminated; NULL where too many
                             options to trace */
    cci_value exhausted_before, residual_before, quota_before;
    cci_buffer sentences; /* about surpluses */
    cci_buffer middle;    /* members between "filled" and "quota" */
    cci_buffer surplus;   /* elements of "surplus" */
    size_t first_elected, first_eliminated, first_filled; /* of this round, in the lists */
    /* Scratch. */
    uint32_t *group;
    size_t *ends;
    cci_value sum, term, factor;
} cci_count;

/* Every ballot goes to its first preference. Free also after a failed init. */
cocreate_status cci_count_init(cci_count *c, cci_run *run, int decimals, cocreate_error *error);
/* As init, but the papers stay where they are, in `all`: for counts with another way to share
 * them. Where `whole`, ballots with equal ranks are left out of it. */
cocreate_status cci_count_open(cci_count *c, cci_run *run, int decimals, int whole,
                               cci_bundle *all, cocreate_error *error);
void cci_count_free(cci_count *c);
/* A whole method: init, the rule, places and trace. */
cocreate_status cci_count_run(cci_run *run, int decimals,
                              cocreate_status (*rule)(cci_count *, cocreate_error *),
                              cocreate_error *error);

static inline size_t cci_seats_left(const cci_count *c)
{
    return c->seats - c->electeds;
}

/* -- Quota ------------------------------------------------------------------------------------ */

/* Choices of the option "quota", in this order. */
typedef enum cci_quota_kind {
    CCI_QUOTA_DROOP,      /* floor(V / (seats + 1)) + 1 */
    CCI_QUOTA_DROOP_EXACT,/* V / (seats + 1): exceeded, or with decimals one unit more */
    CCI_QUOTA_HARE,       /* V / seats */
    CCI_QUOTA_HAGENBACH   /* V / (seats + 1) */
} cci_quota_kind;

extern const char *const cci_quota_names[];

/* Sets quota and `above` from the valid votes. */
cocreate_status cci_count_quota(cci_count *c, cci_quota_kind kind, cocreate_error *error);
/* -1, 0, 1: votes of a candidate against the quota. */
cocreate_status cci_count_against_quota(const cci_count *c, uint32_t candidate, int *out,
                                        cocreate_error *error);

/* -- Choosing --------------------------------------------------------------------------------- */

/* The hopeful with the lowest (highest) votes, into group; ascending. */
cocreate_status cci_count_extreme(cci_count *c, int highest, uint32_t *group, size_t *n,
                                  cocreate_error *error);
/* One of a group that is tied: best first by look-back, then by the tie chain; the last of them
 * where `worst`. Says what broke the tie. COCREATE_ERR_TIE where nothing tells. */
cocreate_status cci_count_pick(cci_count *c, uint32_t *group, size_t n, int worst,
                               cci_look_back look, uint32_t *out, cocreate_error *error);
/* Narrow a tied group to those who had most (fewest) votes at an earlier point; *n of them. */
cocreate_status cci_count_look_back(cci_count *c, uint32_t *group, size_t *n, int worst,
                                    cci_look_back look, cocreate_error *error);
/* The hopeful candidate who is lowest. */
cocreate_status cci_count_lowest(cci_count *c, cci_look_back look, uint32_t *out,
                                 cocreate_error *error);
/* Of the elected whose surplus is due the one with most votes; CCI_NO_PAPER where there is none. */
cocreate_status cci_count_largest_due(cci_count *c, cci_look_back look, uint32_t *out,
                                      cocreate_error *error);
/* The hopeful by votes, fewest first, into group. */
cocreate_status cci_count_by_votes(cci_count *c, uint32_t *group, size_t *n,
                                   cocreate_error *error);
/* The largest set of hopefuls, fewest votes first, whose votes and `surplus` together stay below
 * (with `or_equal`: at most) those of the next above, and which leaves enough to fill the seats.
 * Into group. */
cocreate_status cci_count_sure_losers(cci_count *c, const cci_value *surplus, int or_equal,
                                      uint32_t *group, size_t *n, cocreate_error *error);
/* Sum of the surpluses that are due. */
cocreate_status cci_count_surplus_due(cci_count *c, cci_value *out, cocreate_error *error);

/* -- Deciding --------------------------------------------------------------------------------- */

cocreate_status cci_count_elect(cci_count *c, uint32_t candidate, cocreate_error *error);
/* Elect from n hopefuls, most votes first; where fewer seats are left than have equal votes, by
 * the ties. */
cocreate_status cci_count_elect_sorted(cci_count *c, uint32_t *group, size_t n, cci_look_back look,
                                       cocreate_error *error);
/* Elect every hopeful that reaches the quota, most votes first, as far as seats go. */
cocreate_status cci_count_elect_reaching(cci_count *c, cci_look_back look, cocreate_error *error);
/* Elect the hopefuls when there are no more of them than seats: without the quota. */
cocreate_status cci_count_fill(cci_count *c, cocreate_error *error);
/* Mark as eliminated; papers stay. */
cocreate_status cci_count_eliminate(cci_count *c, uint32_t candidate, cocreate_error *error);

/* -- Papers ----------------------------------------------------------------------------------- */

/* What was last sorted becomes a parcel of each option that got papers, each paper worth `value`;
 * what is spent is exhausted at that value. Votes are credited. */
cocreate_status cci_count_credit(cci_count *c, const cci_value *value, cocreate_error *error);
/* Take the parcels off candidates: papers of equal value together, highest value first; where
 * `originals`, first preferences apart and before all others. The pile is given back for the caller
 * to free with cci_pile_free(). */
cocreate_status cci_count_gather(cci_count *c, const uint32_t *candidates, size_t n, int originals,
                                 cci_pile *out, cocreate_error *error);
void cci_pile_free(cci_count *c, cci_pile *pile);
/* A new parcel that takes the papers over; its value is 0. */
cocreate_status cci_pile_add(cci_count *c, cci_pile *pile, cci_bundle *papers, cci_parcel **out,
                             cocreate_error *error);
/* Their papers pass on at the value they have, and their votes go down to 0. */
cocreate_status cci_count_pass_on(cci_count *c, const uint32_t *candidates, size_t n,
                                  cocreate_error *error);

/* The papers of the last n that were eliminated pass on batch by batch, with `after` called after
 * each, until no seat is left. */
cocreate_status cci_count_pass_eliminated(cci_count *c, size_t n, int originals,
                                          cocreate_status (*after)(cci_count *, cocreate_error *),
                                          cocreate_error *error);

/* How the value of a paper shrinks when a surplus passes on. */
typedef enum cci_shrink {
    CCI_SHRINK_ONCE,    /* value * surplus / votes, cut once */
    CCI_SHRINK_TWICE,   /* value * surplus, cut, / votes, cut */
    CCI_SHRINK_FRACTION /* value * (surplus / votes, cut), cut */
} cci_shrink;

/* Weighted inclusive Gregory: all papers pass on, each worth its value times surplus per votes, cut
 * to the decimals of the count. The votes go down to the quota. */
cocreate_status cci_count_pass_surplus(cci_count *c, uint32_t candidate, cci_shrink shrink,
                                       cocreate_error *error);
/* Inclusive Gregory without weights: all papers pass on, each worth surplus per paper. */
cocreate_status cci_count_pass_inclusive(cci_count *c, uint32_t candidate, cocreate_error *error);
/* Gregory: of the last parcel the papers that rank another hopeful pass on, each worth surplus per
 * such paper, but never more than it was. */
cocreate_status cci_count_pass_last(cci_count *c, uint32_t candidate, cocreate_error *error);

/* -- Rounds ----------------------------------------------------------------------------------- */

/* A point to which a later look-back may return; rounds end with one. */
cocreate_status cci_count_mark(cci_count *c, cocreate_error *error);
cocreate_status cci_count_begin(cci_count *c, cocreate_error *error);
cocreate_status cci_count_end(cci_count *c, cocreate_error *error);
/* Exhausted, quota and residual as they stand now go into the record of the round. */
cocreate_status cci_count_note_state(cci_count *c, cocreate_error *error);
/* Votes in the decimals of the rule where they have no more, else as a fraction. */
cocreate_status cci_count_write(const cci_count *c, cci_buffer *out, const cci_value *v,
                                cocreate_error *error);
/* The same in a sentence: "3 1/3" where it has more. */
cocreate_status cci_count_say(const cci_count *c, cci_buffer *out, const cci_value *v,
                              cocreate_error *error);
/* Places, winners and trace from the decisions. */
cocreate_status cci_count_finish(cci_count *c, cocreate_error *error);

#endif
