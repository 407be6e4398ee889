/* Selection: rounds open, take evidence, close, are tallied, certified and rewarded.
 *
 * A round has a row once it opened: {"state": "open" | "closed" | "tallied" | "failed" |
 * "certified" | "annulled", "candidates": [...], "opened_at", "closed_at", "result", "reason"}.
 * Without a row it is planned. */
#ifndef CCI_CAMPAIGN_ROUNDS_H
#define CCI_CAMPAIGN_ROUNDS_H

#include "campaign/engine.h"

typedef enum cci_round_state {
    CCI_ROUND_PLANNED,
    CCI_ROUND_OPEN,
    CCI_ROUND_CLOSED,
    CCI_ROUND_TALLIED,
    CCI_ROUND_FAILED,
    CCI_ROUND_CERTIFIED,
    CCI_ROUND_ANNULLED
} cci_round_state;

const char *cci_round_state_name(cci_round_state state);

/* Index of a round in the brief, which is its number in the store, or COCREATE_ERR_NOT_FOUND. */
cocreate_status cci_round_find(const cci_campaign *c, const char *id, size_t *index,
                               cocreate_error *error);

/* The row of a round (owned by the caller, NULL while planned) and its state. */
cocreate_status cci_round_get(cci_engine *e, const cci_campaign *c, const char *id, json_t **row,
                              cci_round_state *state, cocreate_error *error);

/* The round whose result stands for this one: itself, or what replaced it once it was annulled. `out`
 * borrows from the brief or is `id`. In annul.c. */
cocreate_status cci_round_standing(cci_engine *e, const cci_campaign *c, const char *id,
                                   const char **out, cocreate_error *error);

/* Is this the last round for what it selects: does no binding round take its candidates from it, or
 * from a milestone of it, at once or after advice? */
int cci_round_final(const cci_campaign *c, size_t index);

/* Is it advice that no binding round follows? Then it moves no contribution. */
int cci_round_advises(const cci_campaign *c, size_t index);

/* Decide an event about a round, {"round": id} and one more member unless `key` is NULL. Steals
 * `value`; NULL with a key is COCREATE_ERR_MEMORY, so that constructors nest. */
cocreate_status cci_round_decide(cci_decision *d, const cci_campaign *c, const char *type,
                                 const char *round, const char *key, json_t *value,
                                 cocreate_error *error);

/* The member of an event or command that names the round, looked up. */
cocreate_status cci_round_named(const cci_campaign *c, const json_t *object, size_t *index,
                                cocreate_error *error);

/* Does the current time of the command fall into the phase of the round, and is it open? Refuses
 * naming the rule otherwise. *row may be NULL if not wanted; else owned by the caller. */
cocreate_status cci_round_require_open(cci_engine *e, const cci_campaign *c, size_t index,
                                       int64_t at, unsigned allows, json_t **row,
                                       cocreate_error *error);

/* May a contribution of this row have a place in the round: is it of the kind it takes, and not late? */
int cci_round_ranks(const cci_round_spec *spec, const json_t *row);
/* Does such a one, published now, join the round: is that a rolling one, and open? */
cocreate_status cci_round_joins(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                const json_t *row, int *out, cocreate_error *error);

/* Every contribution that may be a candidate of the round now (state published, or selected by an earlier
 * round; of the kind it takes), in order of id, as an array of ids. */
cocreate_status cci_round_published(cci_engine *e, const cci_campaign *c, const cci_round_spec *spec,
                                    json_t **out, cocreate_error *error);

/* The result of a closed round, computed from the state alone: {"method","places","winners",
 * "selected",...}. The caller owns it. *out stays NULL and `reason` (240 bytes) tells why when the
 * round fails: no candidates, quorum missed. */
cocreate_status cci_tally(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                          json_t **out, char *reason, cocreate_error *error);

/* Does a failed computation speak about the campaign (then it is recorded), or about the machine (then
 * it is tried again)? */
int cci_is_verdict(cocreate_status status);

/* The cut: ids of the selected, from places in the form of a result. Appends to `selected`. */
cocreate_status cci_cut_apply(const cci_round_spec *spec, const json_t *places,
                              const json_t *winners, json_t *selected, cocreate_error *error);

/* By apply: the round selected these, who are shortlisted or selected, and of the others whoever it did not;
 * nobody where it is advice. Either may be NULL. In transitions.c. */
cocreate_status cci_round_move(cci_engine *e, const cci_event *event, size_t index, const json_t *selected,
                               const json_t *others, cocreate_error *error);

/* By apply: what the certificate of the round did to a contribution is undone; whoever left meanwhile has
 * left. In annul.c. */
cocreate_status cci_round_give_back(cci_engine *e, const cci_event *event, const cci_round_spec *spec,
                                    const char *id, cocreate_error *error);

/* Does the tie chain of the round draw lots? */
int cci_round_draws_lots(const cci_round_spec *spec);

/* What is due about money once nothing is due in the rounds: funding, awards, the return of what is
 * left. In money/due.c. */
cocreate_status cci_reward_due(cci_engine *e, cci_campaign *c, cci_decision *decision,
                               cocreate_error *error);

#endif
