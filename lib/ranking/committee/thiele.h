/* Thiele's methods: a committee is worth the points of all voters together, and a voter's points
 * depend on the number of approved members alone. */
#ifndef CCI_RANKING_COMMITTEE_THIELE_H
#define CCI_RANKING_COMMITTEE_THIELE_H

#include "ranking/committee/worth.h"
#include "ranking/committees.h"

typedef enum cci_algorithm { CCI_SEQ, CCI_REVSEQ, CCI_EXACT } cci_algorithm;

/* "algorithm" of the methods that have all three. */
extern const char *const cci_thiele_algorithms[];
extern const char cci_thiele_algorithm_about[];

/* What an exact method tells of the best: its points; or how many voters approve at least one member,
 * at least two, ..; or how many approve one, and the points without these. */
typedef enum cci_told { CCI_TELL_POINTS, CCI_TELL_LEVELS, CCI_TELL_COVER } cci_told;

typedef struct cci_thiele {
    cci_run *run;
    cci_told told;
    cci_approvals voters;
    cci_worth worth;
    size_t seats;
} cci_thiele;

/* Run a method whose i-th approved member is worth points(state, i). */
cocreate_status cci_thiele_run(cci_run *run, cci_algorithm algorithm, cci_points points,
                               const void *state, cocreate_error *error);
/* The same to the optimum, for methods whose points stand for several aims in turn. */
cocreate_status cci_thiele_run_lexical(cci_run *run, cci_told told, cci_points points,
                                       const void *state, cocreate_error *error);

/* The candidate who adds most joins, round by round; with "parallel" in every order of ties. */
cocreate_status cci_thiele_forward(cci_thiele *t, cocreate_error *error);
/* Of all candidates the one who adds least leaves, round by round. */
cocreate_status cci_thiele_backward(cci_thiele *t, cocreate_error *error);
/* The committees with the most points. */
cocreate_status cci_thiele_optimum(cci_thiele *t, cocreate_error *error);

#endif
