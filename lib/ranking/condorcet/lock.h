/* Locking pairs from the strongest on, as ranked pairs and river do, over all orders of pairs of
 * equal strength.
 *
 * A pair that fits is locked; one that does not is dropped. Where the pairs of a group all fit
 * together their order says nothing. Where they do not, one of the pairs that got in each other's
 * way is taken: either it is locked next, or it is one of those that are dropped in the end, which
 * the end of the group proves. Each way to lock a group is so met exactly once. */
#ifndef CCI_RANKING_CONDORCET_LOCK_H
#define CCI_RANKING_CONDORCET_LOCK_H

#include "base/table.h"
#include "ranking/condorcet/contest.h"

/* Most options for which pairs are sorted: the pairs take as much memory as the comparisons. */
#define CCI_LOCK_OPTIONS 4096
/* Most steps, each up to CCI_LOCK_STEP pairs that are looked at to lock or give up one, when every
 * order is asked for. */
#define CCI_LOCK_MAX 65536
/* The same where only nothing else was told. */
#define CCI_LOCK_DEFAULT 4096
#define CCI_LOCK_STEP 256
/* Most bytes of states that wait. */
#define CCI_LOCK_BYTES ((size_t)1 << 28)

typedef struct cci_pair {
    int64_t strength;
    uint32_t over, under; /* numbers in the field */
} cci_pair;

/* Those among whom the pairs are: in the order of the tie chain, if there is one, or by `ranks`. */
typedef struct cci_field {
    const uint32_t *ranks; /* by candidate; NULL: by the chain */
    uint32_t *members; /* candidates, by number */
    uint32_t *classes; /* by number; those the chain cannot tell apart have the same one */
    size_t size;
} cci_field;

typedef enum cci_fit { CCI_FITS, CCI_HOLDS, CCI_DROPPED } cci_fit;

typedef struct cci_lock cci_lock;

/* What may be locked, on states of `bytes` bytes, a multiple of 8, that are copied freely. */
typedef struct cci_lock_rules {
    /* Whether a pair fits, or holds already, or is dropped. */
    cci_fit (*fit)(const cci_lock *l, const void *state, const cci_pair *pair);
    void (*add)(const cci_lock *l, void *state, const cci_pair *pair);
    /* A number for what adding a pair that fits would do: pairs with the same number are as one.
     * Below size^2. NULL: each does something else. */
    size_t (*effect)(const cci_lock *l, const void *state, const cci_pair *pair);
    /* Could this pair be dropped once others are locked? `mixed` is the state after all that may
     * still be locked was added, whether it fits or not. NULL: perhaps. */
    int (*can_drop)(const cci_lock *l, const void *mixed, const cci_pair *pair);
    /* Part of the state on which all that follows hangs: the first so many bytes; 0: two states
     * that are not alike never lead to the same end. */
    size_t memory;
    /* The end of one order. */
    void (*end)(const cci_lock *l, const void *state);
} cci_lock_rules;

struct cci_lock {
    cci_contest *contest;
    const cci_field *field;
    const cci_lock_rules *rules;
    void *context; /* of the rules */
    size_t bytes, limit;
    cci_pair *pairs;
    size_t count;
    /* Results. */
    size_t steps, ends;
    int64_t fork; /* strength at which several orders had to be followed first */
    int forked, exceeded;
};

/* Room for everyone, freed with the contest. `ranks` may be NULL. */
cocreate_status cci_field_init(cci_contest *c, const uint32_t *ranks, cci_field *out,
                               cocreate_error *error);
/* Everyone who is marked, in order. */
cocreate_status cci_field_fill(cci_contest *c, const uint8_t *in, cci_field *out,
                               cocreate_error *error);
/* All majorities within the field, strongest first, and with a tie chain or ranks then the ties, in
 * both directions, as pairs of strength 0; pairs of equal strength by the order of the field: by who
 * is over, then by who is under. Freed with cci_free(). */
cocreate_status cci_field_pairs(cci_contest *c, const cci_field *field, cci_pair **pairs,
                               size_t *count, cocreate_error *error);
/* From the state `start`, over all pairs. With more than `limit` steps
 * `exceeded` is set, and what was found says nothing. */
cocreate_status cci_lock_run(cci_lock *l, const void *start, cocreate_error *error);
/* The limit for what the options ask. */
size_t cci_lock_limit(const cci_run *run, size_t bytes);
/* COCREATE_ERR_LIMIT where every order was asked for, and else nothing. */
cocreate_status cci_lock_refuse(const cci_lock *l, cocreate_error *error);

#endif
