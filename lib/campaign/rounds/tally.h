/* How the evidence of a round becomes places: by ballots, decisions or runs. */
#ifndef CCI_CAMPAIGN_ROUNDS_TALLY_H
#define CCI_CAMPAIGN_ROUNDS_TALLY_H

#include "base/table.h"
#include "campaign/rounds/rounds.h"

/* Why a round fails, as its contributors read it. */
#define CCI_REASON_SIZE 240

typedef struct cci_candidate {
    const char *id; /* borrowed from the round's row */
    json_t *doc;    /* the contribution; owned by the list */
    int out;        /* withdrawn, removed or ended otherwise */
} cci_candidate;

typedef struct cci_candidates {
    cocreate_allocator allocator;
    cci_candidate *items;
    size_t n;
} cci_candidates;

/* The contributions of the round's candidates; entries out of the game stay and are marked. */
cocreate_status cci_candidates_load(cci_engine *e, const cci_campaign *c, const json_t *ids,
                                    cci_candidates *out, cocreate_error *error);
void cci_candidates_free(cci_candidates *list);

/* The ids of a list join a set, which borrows them. */
cocreate_status cci_ids_add(cci_string_set *set, const json_t *ids, cocreate_error *error);

/* Append {"id","from","to"}: 1, or 0 where memory is short. */
int cci_place_put(json_t *places, const char *id, size_t from, size_t to);

/* Places where one is selected or not: the chosen share the first, and the others the rest; who is out has
 * none. Appends to `places`, and the chosen to `selected` unless that is NULL. */
cocreate_status cci_places_share(const cci_candidates *list, const json_t *chosen, json_t *places,
                                 json_t *selected, cocreate_error *error);

/* When a contribution was first submitted: "earliest" in tie chains. */
int64_t cci_candidate_at(const cci_candidate *candidate);

/* What a lot is about: "campaign/round", into `out`, which it returns. */
char *cci_lot_context(const cci_campaign *c, const cci_round_spec *spec,
                      char out[2 * COCREATE_ID_MAX + 2]);

/* Options of the method: those of the brief, the tie chain, and seed and context for lots. */
cocreate_status cci_tally_options(const cci_campaign *c, const cci_round_spec *spec,
                                  const json_t *row, json_t **out, cocreate_error *error);

/* A ranking as the places of a result: {"method","ballots","places","winners","ties","digest"}. */
cocreate_status cci_tally_places(const cocreate_ranking *ranking, json_t **out,
                                 cocreate_error *error);

/* The ballots of a round that stand, of all channels by their weights, as a profile the caller owns. */
cocreate_status cci_round_profile(cci_engine *e, const cci_campaign *c, size_t index,
                                  const cci_candidates *list, cocreate_profile **out,
                                  cocreate_error *error);

/* Each fills *out with a result without its "selected", or leaves it NULL and writes `reason`. */
cocreate_status cci_tally_ballots(cci_engine *e, const cci_campaign *c, size_t index,
                                  const json_t *row, const cci_candidates *list, json_t **out,
                                  char reason[CCI_REASON_SIZE], cocreate_error *error);
cocreate_status cci_tally_runs(cci_engine *e, const cci_campaign *c, size_t index,
                               const json_t *row, const cci_candidates *list, json_t **out,
                               char reason[CCI_REASON_SIZE], cocreate_error *error);
/* Of a metric round that is open: where contributions stand by their public values, NULL without any. */
cocreate_status cci_board(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                          json_t **out, cocreate_error *error);
/* Of a survey; it needs no candidates. */
cocreate_status cci_tally_answers(cci_engine *e, const cci_campaign *c, size_t index, json_t **out,
                                  char reason[CCI_REASON_SIZE], cocreate_error *error);
cocreate_status cci_tally_lot(const cci_campaign *c, size_t index, const json_t *row,
                              const cci_candidates *list, json_t **out, cocreate_error *error);
cocreate_status cci_tally_decisions(cci_engine *e, const cci_campaign *c, size_t index,
                                    const cci_candidates *list, json_t **out,
                                    char reason[CCI_REASON_SIZE], cocreate_error *error);

/* "text %lld ..." into a reason. */
void cci_reason(char reason[CCI_REASON_SIZE], const char *format, ...) CCI_FORMAT(2, 3);

#endif
