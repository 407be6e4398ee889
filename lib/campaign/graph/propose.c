/* {"do":"edge.propose"}, {"do":"edge.accept"}, {"do":"edge.reject"}: contributions that build on
 * each other. */
#include <string.h>

#include "base/table.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/kinds.h"
#include "campaign/guards.h"

/* ---- what the commands are about ---- */

typedef struct edge_in {
    const char *from, *to, *type;
    json_t *from_row, *to_row; /* owned */
    json_t *edge;              /* what stands, owned, or NULL */
    char credit[96];           /* exact text, or "" */
} edge_in;

static void edge_free(edge_in *in)
{
    json_decref(in->from_row);
    json_decref(in->to_row);
    json_decref(in->edge);
}

static cocreate_status read_edge(cci_engine *e, const cci_campaign *c, const json_t *object, edge_in *in,
                                 cocreate_error *error)
{
    int type;
    CCI_TRY(cci_json_id(object, "from", &in->from, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(object, "to", &in->to, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(object, "type", cci_edge_words, &type, &CCI_ROOT, error));
    in->type = cci_edge_words[type];
    CCI_TRY(cci_contribution_find(e, c, in->from, &in->from_row, error));
    CCI_TRY(cci_contribution_find(e, c, in->to, &in->to_row, error));
    return cci_state_get_by(e, c->part, CCI_KIND_EDGE, CCI_KEY(in->from, in->type, in->to), &in->edge, error);
}

/* May the actor speak for this contribution: the firm, the host, or an author? */
static cocreate_status speaks_for(cci_engine *e, const char *actor, const json_t *row, int *out,
                                  cocreate_error *error)
{
    const char *side;
    CCI_TRY(cci_side_of(e, actor, &side, error));
    *out = cci_speaks_for_firm(side) || cci_contribution_by(row, actor);
    return COCREATE_OK;
}

/* ---- credit ---- */

typedef struct credits {
    cci_rational share, sum;
    const char *type, *to; /* the edge itself, which is left out */
} credits;

static cocreate_status add_credit(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    credits *s = user;
    const char *credit = cci_json_text(doc, "credit");
    (void)id;
    if (!credit[0] || strcmp(cci_json_text(doc, "state"), "rejected") == 0 ||
        (strcmp(cci_json_text(doc, "type"), s->type) == 0 && strcmp(cci_json_text(doc, "to"), s->to) == 0))
        return COCREATE_OK;
    CCI_TRY(cci_rational_parse(credit, strlen(credit), &s->share, error));
    return cci_rational_add(&s->sum, &s->share, &s->sum, error);
}

static cocreate_status read_credit(cci_engine *e, const cci_campaign *c, const json_t *value, edge_in *in,
                                   credits *s, cocreate_error *error)
{
    cci_path path = cci_path_key(&CCI_ROOT, "credit");
    int order;
    cci_buffer text;
    CCI_TRY(cci_json_number(value, &s->sum, &path, error));
    if (cci_rational_sign(&s->sum) <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path, "a credit is above 0");
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_rational_text(&s->sum, &text, error);
    if (status == COCREATE_OK && (text.failed || text.size >= sizeof in->credit))
        status = text.failed ? cci_no_memory(error)
                             : cci_json_fail(error, COCREATE_ERR_LIMIT, &path, "longer than %zu digits",
                                             sizeof in->credit - 1);
    if (status == COCREATE_OK)
        memcpy(in->credit, text.data, text.size + 1);
    cci_buffer_free(&text);
    CCI_TRY(status);
    CCI_TRY(cci_state_scan_by(e, c->part, CCI_KIND_EDGE, CCI_KEY(in->from, ""), add_credit, s, error));
    CCI_TRY(cci_rational_set_i64(&s->share, 1, 1, error));
    CCI_TRY(cci_rational_compare(&s->sum, &s->share, &order, error));
    return order <= 0 ? COCREATE_OK
                      : cci_fail(error, COCREATE_ERR_REFUSED,
                                 "$.credit: with %s here, '%s' would credit more than the whole of itself",
                                 in->credit, in->from);
}

static cocreate_status check_credit(cci_engine *e, const cci_command *command, edge_in *in,
                                    cocreate_error *error)
{
    const json_t *value = json_object_get(command->body, "credit");
    if (!value || json_is_null(value))
        return COCREATE_OK;
    credits s = {.type = in->type, .to = in->to};
    CCI_TRY(cci_rational_init(&s.share, error));
    cocreate_status status = cci_rational_init(&s.sum, error);
    if (status == COCREATE_OK) {
        status = read_credit(e, command->campaign, value, in, &s, error);
        cci_rational_clear(&s.sum);
    }
    cci_rational_clear(&s.share);
    return status;
}

/* ---- cycles ---- */

/* Types that order contributions: going along them never comes back. */
static int is_ordered(const char *type)
{
    static const char *const ordered[] = {"amends", "derives", "combines", "requires", "carries_over", NULL};
    for (size_t i = 0; ordered[i]; i++)
        if (strcmp(type, ordered[i]) == 0)
            return 1;
    return 0;
}

typedef struct reached {
    cci_string_set ids;
    json_t *names; /* owns them */
} reached;

static cocreate_status reach(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    reached *r = user;
    uint32_t index;
    int added;
    (void)edge;
    if (cci_string_set_find(&r->ids, other) != CCI_TABLE_NONE)
        return COCREATE_OK;
    if (!cci_json_push(r->names, json_string(other)))
        return cci_no_memory(error);
    size_t last = json_array_size(r->names) - 1;
    return cci_string_set_add(&r->ids, json_string_value(json_array_get(r->names, last)), &index, &added,
                              error);
}

/* Does the way along accepted edges of this type lead from `to` back to `from`? Every contribution is
 * looked at once. */
static cocreate_status check_cycle(cci_engine *e, const cci_campaign *c, const edge_in *in,
                                   cocreate_error *error)
{
    reached r = {.names = json_array()};
    if (!is_ordered(in->type)) {
        json_decref(r.names);
        return COCREATE_OK;
    }
    cci_string_set_init(&r.ids, &e->allocator);
    cocreate_status status = r.names ? reach(&r, in->to, NULL, error) : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < r.ids.count; i++) {
        if (strcmp(r.ids.items[i], in->from) == 0)
            status = cci_fail(error, COCREATE_ERR_REFUSED,
                              "'%s' %s '%s' already, if by way of others: the edge would close a circle",
                              in->to, in->type, in->from);
        else
            status = cci_edges_scan(e, c->part, r.ids.items[i], in->type, 1, reach, &r, error);
    }
    cci_string_set_free(&r.ids);
    json_decref(r.names);
    return status;
}

/* ---- edge.propose ---- */

static cocreate_status check_ends(const edge_in *in, cocreate_error *error)
{
    const char *id = in->from, *end = cci_state_end(cci_contribution_state(in->from_row));
    if (!end) {
        id = in->to;
        end = cci_state_end(cci_contribution_state(in->to_row));
    }
    if (strcmp(in->type, "carries_over") == 0 || strcmp(in->type, "duplicate_of") == 0)
        end = NULL; /* of what was declined, or of what is gone */
    if (end)
        return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s", id, end);
    if (strcmp(in->from, in->to) == 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA, "$.to: an edge joins two contributions");
    if (strcmp(in->type, "replies") == 0)
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.type: 'replies' is made by contribution.submit with reply_to");
    if (strcmp(in->type, "merged_into") == 0) /* kept in the list: values are in files */
        return cci_fail(error, COCREATE_ERR_SCHEMA,
                        "$.type: 'merged_into' cannot be proposed; 'duplicate_of' can");
    return COCREATE_OK;
}

static json_t *edge_data(const edge_in *in, const char *reason)
{
    json_t *data = cci_json_new();
    if (cci_json_put(data, "from", json_string(in->from)) && cci_json_put(data, "to", json_string(in->to)) &&
        cci_json_put(data, "type", json_string(in->type)) &&
        (!in->credit[0] || cci_json_put(data, "credit", json_string(in->credit))) &&
        (!reason || cci_json_put(data, "reason", json_string(reason))))
        return data;
    json_decref(data);
    return NULL;
}

static cocreate_status propose(cci_engine *e, const cci_command *command, edge_in *in,
                               cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    int from, to;
    CCI_TRY(check_ends(in, error));
    CCI_TRY(speaks_for(e, command->actor, in->from_row, &from, error));
    CCI_TRY(speaks_for(e, command->actor, in->to_row, &to, error));
    if (!from)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is no author of contribution '%s'",
                        command->actor, in->from);
    CCI_TRY(check_credit(e, command, in, error));
    if (in->edge && strcmp(cci_json_text(in->edge, "state"), "rejected") != 0) {
        if (strcmp(cci_json_text(in->edge, "credit"), in->credit) != 0)
            return cci_fail(error, COCREATE_ERR_CONFLICT, "the edge exists with another 'credit'");
        decision->exists = 1;
        return COCREATE_OK;
    }
    CCI_TRY(cci_require_published(c, error));
    if (in->edge)
        return cci_fail(error, COCREATE_ERR_REFUSED, "the edge was rejected: %s",
                        cci_json_text(in->edge, "reason"));
    CCI_TRY(check_cycle(e, c, in, error));
    /* Who speaks for both ends needs nobody's consent. */
    return cci_decide(decision, to ? "edge.accepted" : "edge.proposed", c, edge_data(in, NULL), error);
}

static cocreate_status decide_propose(cci_engine *e, const cci_command *command, cci_decision *decision,
                                      cocreate_error *error)
{
    edge_in in = {0};
    cocreate_status status = read_edge(e, command->campaign, command->body, &in, error);
    if (status == COCREATE_OK)
        status = propose(e, command, &in, decision, error);
    edge_free(&in);
    return status;
}

/* ---- edge.accept, edge.reject ---- */

static cocreate_status answer(cci_engine *e, const cci_command *command, edge_in *in, const char *state,
                              cci_decision *decision, cocreate_error *error)
{
    const char *reason = NULL;
    int to;
    CCI_TRY(cci_json_string_opt(command->body, "reason", &reason, &CCI_ROOT, error));
    if (!in->edge)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "there is no edge by which '%s' %s '%s'", in->from,
                        in->type, in->to);
    CCI_TRY(speaks_for(e, command->actor, in->to_row, &to, error));
    if (!to)
        return cci_fail(error, COCREATE_ERR_PERMISSION, "'%s' is no author of contribution '%s'",
                        command->actor, in->to);
    if (strcmp(cci_json_text(in->edge, "state"), state) == 0) {
        decision->exists = 1;
        return COCREATE_OK;
    }
    if (strcmp(cci_json_text(in->edge, "state"), "proposed") != 0)
        return cci_fail(error, COCREATE_ERR_CONFLICT, "the edge is %s", cci_json_text(in->edge, "state"));
    CCI_TRY(cci_require_published(command->campaign, error));
    int accepts = strcmp(state, "accepted") == 0;
    if (accepts) {
        CCI_TRY(check_ends(in, error));
        CCI_TRY(check_cycle(e, command->campaign, in, error));
        size_t n = strlen(cci_json_text(in->edge, "credit"));
        memcpy(in->credit, cci_json_text(in->edge, "credit"), n < sizeof in->credit ? n + 1 : 0);
    }
    return cci_decide(decision, accepts ? "edge.accepted" : "edge.rejected", command->campaign,
                      edge_data(in, reason), error);
}

static cocreate_status decide_answer(cci_engine *e, const cci_command *command, const char *state,
                                     cci_decision *decision, cocreate_error *error)
{
    edge_in in = {0};
    cocreate_status status = read_edge(e, command->campaign, command->body, &in, error);
    if (status == COCREATE_OK)
        status = answer(e, command, &in, state, decision, error);
    edge_free(&in);
    return status;
}

static cocreate_status decide_accept(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    return decide_answer(e, command, "accepted", decision, error);
}

static cocreate_status decide_reject(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    return decide_answer(e, command, "rejected", decision, error);
}

/* ---- events ---- */

static cocreate_status apply(cci_engine *e, const cci_event *event, const char *state, cocreate_error *error)
{
    const char *from, *to, *type, *credit = NULL, *reason = NULL;
    CCI_TRY(cci_json_id(event->data, "from", &from, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "to", &to, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(event->data, "type", &type, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(event->data, "credit", &credit, &CCI_ROOT, error));
    CCI_TRY(cci_json_string_opt(event->data, "reason", &reason, &CCI_ROOT, error));
    return cci_edge_put(e, event, from, type, to, state, credit, reason, error);
}

static cocreate_status apply_proposed(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply(e, event, "proposed", error);
}

static cocreate_status apply_accepted(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply(e, event, "accepted", error);
}

static cocreate_status apply_rejected(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply(e, event, "rejected", error);
}

#define EDGE_PARAMETERS                                                                        \
    {"campaign", "id", 1, "the campaign"}, {"from", "id", 1, "the contribution it begins at"}, \
        {"to", "id", 1, "the contribution it leads to"}
#define TYPES "amends, derives, combines, duplicate_of, incompatible, requires, carries_over or implements"

static const cci_parameter propose_parameters[] = {
    EDGE_PARAMETERS,
    {"type", "text", 1, TYPES},
    {"credit", "decimal", 0, "the share of what `from` earns that is due to `to`, as \"1/4\""},
    {NULL, NULL, 0, NULL}};
static const cci_parameter accept_parameters[] = {
    EDGE_PARAMETERS, {"type", "text", 1, "of the edge"}, {NULL, NULL, 0, NULL}};
static const cci_parameter reject_parameters[] = {
    EDGE_PARAMETERS, {"type", "text", 1, "of the edge"}, {"reason", "text", 1, "why"}, {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_edge_propose = {
    .name = "edge.propose",
    .title = "Say how a contribution builds on another",
    .parameters = propose_parameters,
    .decide = decide_propose,
};
const cci_command_type cci_command_edge_accept = {
    .name = "edge.accept",
    .title = "Accept an edge to one's contribution",
    .parameters = accept_parameters,
    .decide = decide_accept,
};
const cci_command_type cci_command_edge_reject = {
    .name = "edge.reject",
    .title = "Reject an edge to one's contribution",
    .parameters = reject_parameters,
    .decide = decide_reject,
};

const cci_event_type cci_event_edge_proposed = {"edge.proposed", apply_proposed, NULL};
const cci_event_type cci_event_edge_accepted = {"edge.accepted", apply_accepted, NULL};
const cci_event_type cci_event_edge_rejected = {"edge.rejected", apply_rejected, NULL};
