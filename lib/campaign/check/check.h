/* Invariants: what must hold of every store at every moment. One family a file, and a line in
 * registry.c.
 *
 * They do not ask the code that keeps them: what a campaign shows is summed again, and the log is read
 * by facts of its own (facts.c), which know events and nothing of how they are decided or applied. */
#ifndef CCI_CAMPAIGN_CHECK_H
#define CCI_CAMPAIGN_CHECK_H

#include "campaign/engine.h"

/* An event as the log tells it. */
typedef struct cci_told {
    uint64_t seq;
    int64_t at;
    const char *actor, *type;
    const char *campaign; /* or "" */
    const json_t *data;
} cci_told;

typedef struct cci_check {
    cci_engine *e;
    const char *campaign; /* which is looked at */
    const json_t *shown;  /* what cocreate_show() says of it */
    json_t *facts;        /* what the log told before this event: facts.c */
    int64_t before;       /* time of the event before this one */
    const char *id;       /* of the invariant */
    uint64_t checked;     /* things that it was looked for in */
    uint64_t violations;  /* of all invariants */
    char first[400];      /* the first of them */
} cci_check;

typedef struct cci_invariant {
    const char *id;
    const char *title;
    /* Looks at one campaign; NULL: there is nothing to look at. */
    cocreate_status (*look)(cci_check *k, cocreate_error *error);
    /* Hears every event of the log in order, before any campaign is looked at; NULL: it does not. */
    cocreate_status (*hear)(cci_check *k, const cci_told *event, cocreate_error *error);
} cci_invariant;

/* Ended by a NULL id. One that neither looks nor hears is proved by the replay of the log. */
extern const cci_invariant cci_invariants[];

/* Look for one invariant, or for all (NULL), in a store: `k` tells how many do not hold and names the
 * first; `rows`, where given, receives {"id","title","checked"} of each. */
cocreate_status cci_check_store(cci_check *k, const char *only, json_t *rows,
                                const cocreate_progress *progress, cocreate_error *error);

/* Note that something does not hold: "<what> '<id>': " and the rest. */
void cci_violation(cci_check *k, const char *what, const char *id, const char *problem);
/* The same of an event: "event N (<type>): " and the rest, as printf writes it. */
void cci_violation_at(cci_check *k, const cci_told *event, const char *format, ...) CCI_FORMAT(3, 4);

int cci_begins(const char *text, const char *with);
/* The item of a list whose "id" this is, or NULL. */
const json_t *cci_named(const json_t *list, const char *id);

/* ---- facts.c: what the log told so far ---- */

/* Three ids in one key, as rows have them. */
typedef struct cci_fact_key {
    char text[3 * COCREATE_ID_MAX + 3];
} cci_fact_key;
/* `b` and `c` may be NULL. */
const char *cci_fact_key_of(cci_fact_key *key, const char *a, const char *b, const char *c);

/* A fact of a family, or NULL; borrowed. */
const json_t *cci_fact(const cci_check *k, const char *family, const char *key);
/* Steals `value`; NULL is COCREATE_ERR_MEMORY. */
cocreate_status cci_fact_put(cci_check *k, const char *family, const char *key, json_t *value,
                             cocreate_error *error);
/* What an event adds: "sides" and "erased" of participants; "briefs", "states" of campaigns; "authors"
 * (campaign, contribution); "rounds" (campaign, round): {"open","candidates"}; "conflicts" (campaign,
 * juror, contribution); "phases" (campaign, phase): {"state","at","before"}; "merges" (campaign) and
 * "into" (campaign, contribution); "pauses" (campaign): when it was paused last. */
cocreate_status cci_facts_add(cci_check *k, const cci_told *event, cocreate_error *error);
/* The round of the brief that an event is about, or NULL. */
const json_t *cci_fact_round(const cci_check *k, const cci_told *event);
/* Who cast the ballot of an event. */
const char *cci_fact_voter(const cci_told *event);

/* contributions.c */
cocreate_status cci_check_counts(cci_check *k, cocreate_error *error);
cocreate_status cci_check_shares(cci_check *k, cocreate_error *error);
cocreate_status cci_check_merged(cci_check *k, cocreate_error *error);
cocreate_status cci_check_selected(cci_check *k, cocreate_error *error);
/* instants.c */
cocreate_status cci_check_instants(cci_check *k, cocreate_error *error);
cocreate_status cci_hear_instants(cci_check *k, const cci_told *event, cocreate_error *error);
cocreate_status cci_hear_lots(cci_check *k, const cci_told *event, cocreate_error *error);
/* money.c */
cocreate_status cci_check_balances(cci_check *k, cocreate_error *error);
cocreate_status cci_check_floors(cci_check *k, cocreate_error *error);
cocreate_status cci_check_pots(cci_check *k, cocreate_error *error);
cocreate_status cci_check_paid(cci_check *k, cocreate_error *error);
cocreate_status cci_hear_once(cci_check *k, const cci_told *event, cocreate_error *error);
/* pauses.c */
cocreate_status cci_hear_pauses(cci_check *k, const cci_told *event, cocreate_error *error);
/* neutral.c */
cocreate_status cci_check_neutral(cci_check *k, cocreate_error *error);
/* Two results of a round, the second of the same candidates in the opposite order. */
void cci_neutral_compare(cci_check *k, const char *round, const json_t *result, const json_t *again);
/* one_way.c */
cocreate_status cci_hear_erased(cci_check *k, const cci_told *event, cocreate_error *error);
cocreate_status cci_hear_one_way(cci_check *k, const cci_told *event, cocreate_error *error);
/* pledges.c */
cocreate_status cci_check_pledges(cci_check *k, cocreate_error *error);
/* places.c */
cocreate_status cci_check_missing(cci_check *k, cocreate_error *error);
cocreate_status cci_check_places(cci_check *k, cocreate_error *error);
/* tasks.c */
cocreate_status cci_hear_tasks(cci_check *k, const cci_told *event, cocreate_error *error);
/* visible.c */
cocreate_status cci_check_visible(cci_check *k, cocreate_error *error);
/* voting.c */
cocreate_status cci_check_ballots(cci_check *k, cocreate_error *error);
cocreate_status cci_hear_ballots(cci_check *k, const cci_told *event, cocreate_error *error);
cocreate_status cci_hear_windows(cci_check *k, const cci_told *event, cocreate_error *error);
cocreate_status cci_hear_own(cci_check *k, const cci_told *event, cocreate_error *error);
cocreate_status cci_hear_candidates(cci_check *k, const cci_told *event, cocreate_error *error);

#endif
