/* Is a committee fair to groups of voters? What a property is given, and what it tells. */
#ifndef CCI_RANKING_COMMITTEE_CHECK_H
#define CCI_RANKING_COMMITTEE_CHECK_H

#include "ranking/committee/approvals.h"

/* Most steps of a search for a group; past it COCREATE_ERR_LIMIT. */
#define CCI_CHECK_STEPS UINT64_C(10000000000)

typedef struct cci_check {
    cocreate_allocator allocator;
    const char *property;
    const cocreate_progress *progress;
    cci_approvals voters;
    size_t seats;
    uint8_t *member;  /* of each candidate */
    uint32_t *hits;   /* of each ballot: members it approves */
    uint64_t steps;
    /* A group that deserves more, if there is one. */
    int violated;
    size_t deserves;  /* seats */
    size_t agrees;    /* everyone of the group approves so many of `options` */
    size_t has;       /* the most members that one of the group approves, or all of it together */
    int64_t group;    /* voters */
    uint32_t *options; /* room for all candidates */
    size_t option_count;
} cci_check;

typedef struct cci_property {
    const char *name;
    /* Sets what the check tells of a group, or leaves `violated` 0. */
    cocreate_status (*find)(cci_check *check, cocreate_error *error);
    /* After "12 of 30 voters all approve A and B, enough for 2 seats, but ", and behind the number
     * that the group has, if it is told. */
    const char *but, *members;
    /* Where no group deserves anything: what follows "12 of 30 voters approve more of A and B than of the
     * members", or with no group at all the whole sentence. */
    const char *rather;
} cci_property;

cocreate_status cci_find_jr(cci_check *check, cocreate_error *error);
cocreate_status cci_find_ejr_plus(cci_check *check, cocreate_error *error);
cocreate_status cci_find_ejr(cci_check *check, cocreate_error *error);
cocreate_status cci_find_pjr(cci_check *check, cocreate_error *error);
cocreate_status cci_find_fjr(cci_check *check, cocreate_error *error);
cocreate_status cci_find_core(cci_check *check, cocreate_error *error);
cocreate_status cci_find_pareto(cci_check *check, cocreate_error *error);
cocreate_status cci_find_prices(cci_check *check, cocreate_error *error);
cocreate_status cci_find_stable_prices(cci_check *check, cocreate_error *error);

/* Are so many voters, not none, enough for `deserved` seats? */
int cci_check_enough(const cci_check *check, int64_t group, size_t deserved);
/* Count steps of a search, and stop it past the limit or when the host wants to. */
cocreate_status cci_check_steps(cci_check *check, uint64_t steps, cocreate_error *error);

#endif
