/* Rows of edges. */
#include "campaign/graph/edges.h"

#include <string.h>

const char *const cci_edge_words[] = {
    "replies",     "amends",       "derives",  "combines",     "duplicate_of",
    "merged_into", "incompatible", "requires", "carries_over", "implements",
    NULL};

static cocreate_status put_rows(cci_engine *e, int64_t part, const char *from, const char *type,
                                const char *to, const json_t *edge, cocreate_error *error)
{
    json_t *nothing = cci_json_new();
    cocreate_status status = cci_state_put_by(e, part, CCI_KIND_EDGE, CCI_KEY(from, type, to), edge, error);
    if (status == COCREATE_OK)
        status = cci_state_put_by(e, part, CCI_KIND_EDGE_TO, CCI_KEY(to, from, type), nothing, error);
    json_decref(nothing);
    return status;
}

cocreate_status cci_edge_put(cci_engine *e, const cci_event *event, const char *from, const char *type,
                             const char *to, const char *state, const char *credit, const char *reason,
                             cocreate_error *error)
{
    json_t *edge = cci_json_new();
    int made = cci_json_put(edge, "from", json_string(from)) &&
               cci_json_put(edge, "type", json_string(type)) &&
               cci_json_put(edge, "to", json_string(to)) && cci_json_put(edge, "state", json_string(state)) &&
               cci_json_put(edge, "by", json_string(event->actor)) &&
               cci_json_put(edge, "at", json_integer(event->at)) &&
               (!credit || cci_json_put(edge, "credit", json_string(credit))) &&
               (!reason || cci_json_put(edge, "reason", json_string(reason)));
    cocreate_status status = made ? put_rows(e, event->campaign->part, from, type, to, edge, error)
                                  : cci_no_memory(error);
    json_decref(edge);
    return status;
}

typedef struct walk {
    cci_engine *engine;
    int64_t part;
    const char *id, *type;
    size_t head; /* bytes of the prefix of a key */
    cci_edge_visitor visit;
    void *user;
} walk;

static cocreate_status visit_edge(const walk *w, const char *other, const json_t *edge, cocreate_error *error)
{
    const char *state = json_string_value(json_object_get(edge, "state"));
    return state && strcmp(state, "accepted") == 0 ? w->visit(w->user, other, edge, error) : COCREATE_OK;
}

/* "id \n type \n other" */
static cocreate_status visit_forward(void *user, const char *key, json_t *doc, cocreate_error *error)
{
    const walk *w = user;
    return visit_edge(w, key + w->head, doc, error);
}

/* "id \n other \n type": the edge itself is under its other key. */
static cocreate_status visit_back(void *user, const char *key, json_t *doc, cocreate_error *error)
{
    const walk *w = user;
    char other[COCREATE_ID_MAX + 1];
    const char *from = key + w->head, *end = strchr(from, '\n');
    json_t *edge = NULL;
    (void)doc;
    if (!end || (size_t)(end - from) >= sizeof other)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "an edge has a damaged key");
    if (strcmp(end + 1, w->type) != 0)
        return COCREATE_OK;
    memcpy(other, from, (size_t)(end - from));
    other[end - from] = '\0';
    cocreate_status status =
        cci_state_get_by(w->engine, w->part, CCI_KIND_EDGE, CCI_KEY(other, w->type, w->id), &edge, error);
    if (status == COCREATE_OK)
        status = visit_edge(w, other, edge, error);
    json_decref(edge);
    return status;
}

cocreate_status cci_edges_scan(cci_engine *e, int64_t part, const char *id, const char *type, int forward,
                               cci_edge_visitor visit, void *user, cocreate_error *error)
{
    char *prefix = cci_state_key(e, forward ? CCI_KEY(id, type, "") : CCI_KEY(id, ""));
    if (!prefix)
        return cci_no_memory(error);
    walk w = {e, part, id, type, strlen(prefix), visit, user};
    cocreate_status status = cci_state_scan(e, part, forward ? CCI_KIND_EDGE : CCI_KIND_EDGE_TO, prefix,
                                            forward ? visit_forward : visit_back, &w, error);
    cci_free(&e->allocator, prefix);
    return status;
}
