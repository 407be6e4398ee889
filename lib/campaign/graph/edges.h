/* Edges between contributions: who answers, amends, derives from, needs or excludes whom.
 *
 * CCI_KIND_EDGE holds {"from", "type", "to", "state" ("proposed", "accepted", "rejected"), "credit", "by",
 * "at", "reason"}; CCI_KIND_EDGE_TO the same key turned round, {} alone, to find what points
 * at a contribution. */
#ifndef CCI_CAMPAIGN_GRAPH_EDGES_H
#define CCI_CAMPAIGN_GRAPH_EDGES_H

#include "campaign/engine.h"

/* Words of the types; NULL-ended. */
extern const char *const cci_edge_words[];

/* "a \n b \n c", owned by the caller; NULL when memory is short. */

/* By apply: the row of an edge in this state; `credit` and `reason` may be NULL. */
cocreate_status cci_edge_put(cci_engine *e, const cci_event *event, const char *from, const char *type,
                             const char *to, const char *state, const char *credit, const char *reason,
                             cocreate_error *error);

/* Visit the accepted edges of a type that leave (`forward`) or reach a contribution. */
typedef cocreate_status (*cci_edge_visitor)(void *user, const char *other, const json_t *edge,
                                            cocreate_error *error);
cocreate_status cci_edges_scan(cci_engine *e, int64_t part, const char *id, const char *type, int forward,
                               cci_edge_visitor visit, void *user, cocreate_error *error);

extern const cci_command_type cci_command_edge_propose, cci_command_edge_accept, cci_command_edge_reject;
extern const cci_event_type cci_event_edge_proposed, cci_event_edge_accepted, cci_event_edge_rejected;

#endif
