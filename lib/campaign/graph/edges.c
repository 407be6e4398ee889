/* Rows of edges. */
#include "campaign/graph/edges.h"

#include <string.h>

#include "campaign/rounds/rounds.h"

const char *const cci_edge_words[] = {"replies",     "amends",       "derives",  "combines",     "duplicate_of",
                                      "merged_into", "incompatible", "requires", "carries_over", "implements",
                                      NULL};

char *cci_edge_key(const cci_engine *e, const char *a, const char *b, const char *c)
{
    char *head = cci_round_key(e, a, b);
    char *key = head ? cci_round_key(e, head, c) : NULL;
    cci_free(&e->allocator, head);
    return key;
}

static cocreate_status put_rows(cci_engine *e, int64_t part, const char *from, const char *type,
                                const char *to, const json_t *edge, cocreate_error *error)
{
    char *forward = cci_edge_key(e, from, type, to), *back = cci_edge_key(e, to, from, type);
    json_t *nothing = cci_json_new();
    cocreate_status status = forward && back && nothing ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, part, CCI_KIND_EDGE, forward, edge, error);
    if (status == COCREATE_OK)
        status = cci_state_put(e, part, CCI_KIND_EDGE_TO, back, nothing, error);
    json_decref(nothing);
    cci_free(&e->allocator, forward);
    cci_free(&e->allocator, back);
    return status;
}

cocreate_status cci_edge_accepted(cci_engine *e, const cci_event *event, const char *from, const char *type,
                                  const char *to, const char *credit, cocreate_error *error)
{
    json_t *edge = cci_json_new();
    int made = cci_json_put(edge, "from", json_string(from)) && cci_json_put(edge, "type", json_string(type)) &&
               cci_json_put(edge, "to", json_string(to)) &&
               cci_json_put(edge, "state", json_string("accepted")) &&
               cci_json_put(edge, "by", json_string(event->actor)) &&
               cci_json_put(edge, "at", json_integer(event->at)) &&
               cci_json_put(edge, "changed_at", json_integer(event->at)) &&
               (!credit || cci_json_put(edge, "credit", json_string(credit)));
    cocreate_status status = made ? put_rows(e, event->campaign->part, from, type, to, edge, error)
                                  : cci_no_memory(error);
    json_decref(edge);
    return status;
}
