/* {"do":"useful.mark"}, {"do":"useful.unmark"}: who asked, or the firm, says that an answer helped. */
#include "campaign/care/useful.h"

#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/graph/edges.h"
#include "campaign/graph/kinds.h"
#include "campaign/graph/merge.h"

int cci_useful_stands(const json_t *mark)
{
    return strcmp(cci_json_text(mark, "state"), "marked") == 0;
}

/* ---- who may ---- */

/* Is the actor an author of what the contribution answers? */
typedef struct asking {
    cci_engine *e;
    int64_t part;
    const char *actor;
    int answers, asked;
} asking;

static cocreate_status is_author(const asking *a, const char *id, int *out, cocreate_error *error)
{
    json_t *row = NULL;
    CCI_TRY(cci_state_get(a->e, a->part, CCI_KIND_CONTRIBUTION, id, &row, error));
    *out = cci_contribution_by(row, a->actor);
    json_decref(row);
    return COCREATE_OK;
}

/* What was merged since asks through what stands for it, too. */
static cocreate_status add_question(asking *a, const char *id, cocreate_error *error)
{
    char stands[COCREATE_ID_MAX + 1];
    int first, now;
    CCI_TRY(cci_merge_target(a->e, a->part, id, stands, error));
    CCI_TRY(is_author(a, id, &first, error));
    CCI_TRY(is_author(a, stands, &now, error));
    a->answers = 1;
    a->asked |= first || now;
    return COCREATE_OK;
}

static cocreate_status add_amended(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    (void)edge;
    return add_question(user, other, error);
}

static cocreate_status check_asker(cci_engine *e, const cci_command *command, const char *id,
                                   const json_t *row, cocreate_error *error)
{
    const char *to = cci_json_text(row, "reply_to"), *side;
    asking a = {e, command->campaign->part, command->actor, 0, 0};
    if (*to)
        CCI_TRY(add_question(&a, to, error));
    CCI_TRY(cci_edges_scan(e, a.part, id, "amends", 1, add_amended, &a, error));
    if (!a.answers)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "contribution '%s' answers no other one: comments, reviews, answers and amendments "
                        "that were accepted are marked",
                        id);
    CCI_TRY(cci_side_of(e, command->actor, &side, error));
    if (a.asked || cci_speaks_for_firm(side) ||
        json_object_get(json_object_get(command->campaign->brief.json, "roles"), command->name))
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_PERMISSION,
                    "'%s' is no author of what contribution '%s' answers: one of those, or the firm, says "
                    "whether it is useful",
                    command->actor, id);
}

/* ---- the command ---- */

typedef struct verdict {
    const char *state, *event;
} verdict;

static const verdict mark = {"marked", "useful.marked"}, unmark = {"unmarked", "useful.unmarked"};

/* Of what the mark is about, as it is: the campaign may be over, the contribution may not. */
static cocreate_status check_state(const cci_campaign *c, const char *id, const char *stands,
                                   const json_t *row, const verdict *v, cocreate_error *error)
{
    const char *end = cci_state_end(cci_contribution_state(row));
    if (!cci_campaign_is(c, "decided"))
        CCI_TRY(cci_require_published(c, error));
    if (strcmp(id, stands) != 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' was merged into '%s': name that one",
                        id, stands);
    if (v == &unmark)
        return COCREATE_OK;
    if (cci_contribution_is(row, "submitted"))
        end = "not published yet";
    return end ? cci_fail(error, COCREATE_ERR_REFUSED, "contribution '%s' is %s: it cannot be marked", id,
                          end)
               : COCREATE_OK;
}

static cocreate_status check(cci_engine *e, const cci_command *command, const char *id, const json_t *row,
                             const verdict *v, cci_decision *decision, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    char stands[COCREATE_ID_MAX + 1];
    json_t *before = NULL;
    if (!c->brief.useful)
        return cci_refuse(error, "$.useful", "the campaign does not mark what is useful");
    CCI_TRY(cci_merge_target(e, c->part, id, stands, error));
    CCI_TRY(cci_state_get_by(e, c->part, CCI_KIND_USEFUL, CCI_KEY(stands, command->actor), &before, error));
    int known = before != NULL;
    decision->exists = strcmp(cci_json_text(before, "state"), v->state) == 0;
    json_decref(before);
    if (decision->exists)
        return COCREATE_OK;
    CCI_TRY(check_state(c, id, stands, row, v, error));
    if (v == &unmark)
        return known ? COCREATE_OK
                     : cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%s' has not marked contribution '%s'",
                                command->actor, id);
    if (cci_contribution_by(row, command->actor))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "'%s' is an author of contribution '%s', and nobody marks their own",
                        command->actor, id);
    return check_asker(e, command, id, row, error);
}

static cocreate_status decide(cci_engine *e, const cci_command *command, const verdict *v,
                              cci_decision *decision, cocreate_error *error)
{
    const char *id;
    json_t *row = NULL;
    CCI_TRY(cci_contribution_named(e, command, &id, &row, error));
    cocreate_status status = check(e, command, id, row, v, decision, error);
    json_decref(row);
    if (status != COCREATE_OK || decision->exists)
        return status;
    json_t *data = cci_json_new();
    if (cci_json_put(data, "contribution", json_string(id)))
        return cci_decide(decision, v->event, command->campaign, data, error);
    json_decref(data);
    return cci_no_memory(error);
}

static cocreate_status decide_mark(cci_engine *e, const cci_command *command, cci_decision *decision,
                                   cocreate_error *error)
{
    return decide(e, command, &mark, decision, error);
}

static cocreate_status decide_unmark(cci_engine *e, const cci_command *command, cci_decision *decision,
                                     cocreate_error *error)
{
    return decide(e, command, &unmark, decision, error);
}

/* ---- what happens ---- */

static cocreate_status apply(cci_engine *e, const cci_event *event, const verdict *v, cocreate_error *error)
{
    const char *id;
    json_t *row = NULL, *doc;
    CCI_TRY(cci_contribution_of(e, event, &id, &row, error));
    json_decref(row);
    doc = cci_json_new();
    int made = cci_json_put(doc, "contribution", json_string(id)) &&
               cci_json_put(doc, "by", json_string(event->actor)) &&
               cci_json_put(doc, "at", json_integer(event->at)) &&
               cci_json_put(doc, "state", json_string(v->state)) &&
               cci_json_put(doc, "event", json_integer((json_int_t)event->seq));
    cocreate_status status = made ? cci_state_put_by(e, event->campaign->part, CCI_KIND_USEFUL,
                                                     CCI_KEY(id, event->actor), doc, error)
                                  : cci_no_memory(error);
    json_decref(doc);
    return status;
}

static cocreate_status apply_marked(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply(e, event, &mark, error);
}

static cocreate_status apply_unmarked(cci_engine *e, const cci_event *event, cocreate_error *error)
{
    return apply(e, event, &unmark, error);
}

/* ---- merging ---- */

static cocreate_status collect(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    return cci_json_push(user, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

/* One mark, unless the same person marked both; who wrote what stands marks nothing of it. */
static cocreate_status move(cci_engine *e, int64_t part, const json_t *doc, const char *from, const char *to,
                            const json_t *target, cocreate_error *error)
{
    const char *by = cci_json_text(doc, "by");
    json_t *there = NULL, *moved;
    char *key = cci_state_key(e, CCI_KEY(from, by));
    cocreate_status status = key ? cci_state_delete(e, part, CCI_KIND_USEFUL, key, error)
                                 : cci_no_memory(error);
    cci_free(&e->allocator, key);
    if (status != COCREATE_OK || !cci_useful_stands(doc) || cci_contribution_by(target, by))
        return status;
    CCI_TRY(cci_state_get_by(e, part, CCI_KIND_USEFUL, CCI_KEY(to, by), &there, error));
    int marked = cci_useful_stands(there);
    json_decref(there);
    if (marked)
        return COCREATE_OK;
    moved = cci_json_copy(doc);
    status = cci_json_put(moved, "contribution", json_string(to))
                 ? cci_state_put_by(e, part, CCI_KIND_USEFUL, CCI_KEY(to, by), moved, error)
                 : cci_no_memory(error);
    json_decref(moved);
    return status;
}

cocreate_status cci_useful_merge(cci_engine *e, const cci_event *event, const char *from, const char *to,
                                 const json_t *target, cocreate_error *error)
{
    const cci_campaign *c = event->campaign;
    if (!c->brief.useful)
        return COCREATE_OK;
    json_t *list = json_array();
    cocreate_status status = list ? cci_state_scan_by(e, c->part, CCI_KIND_USEFUL, CCI_KEY(from, ""), collect,
                                                      list, error)
                                  : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(list); i++)
        status = move(e, c->part, json_array_get(list, i), from, to, target, error);
    json_decref(list);
    return status;
}

/* ---- showing ---- */

static cocreate_status add_mark(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    if (!cci_useful_stands(doc))
        return COCREATE_OK;
    json_object_del(doc, "event"); /* how much happened before is not for everybody */
    return collect(user, id, doc, error);
}

cocreate_status cci_useful_show(cci_engine *e, const cci_campaign *c, json_t *document, cocreate_error *error)
{
    json_t *list = c->brief.useful ? json_array() : NULL;
    if (!c->brief.useful)
        return COCREATE_OK;
    if (!cci_json_put(document, "useful", list))
        return cci_no_memory(error);
    CCI_TRY(cci_state_scan(e, c->part, CCI_KIND_USEFUL, NULL, add_mark, list, error));
    if (json_array_size(list) == 0)
        json_object_del(document, "useful");
    return COCREATE_OK;
}

static const cci_parameter mark_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "the answer that helped"},
    {NULL, NULL, 0, NULL}};
static const cci_parameter unmark_parameters[] = {
    {"campaign", "id", 1, "the campaign"},
    {"contribution", "id", 1, "what oneself marked"},
    {NULL, NULL, 0, NULL}};

const cci_command_type cci_command_useful_mark = {
    .name = "useful.mark",
    .title = "Say that an answer to one's contribution is useful",
    .parameters = mark_parameters,
    .decide = decide_mark,
};
const cci_command_type cci_command_useful_unmark = {
    .name = "useful.unmark",
    .title = "Take back that an answer is useful",
    .parameters = unmark_parameters,
    .decide = decide_unmark,
};

const cci_event_type cci_event_useful_marked = {"useful.marked", apply_marked, NULL};
const cci_event_type cci_event_useful_unmarked = {"useful.unmarked", apply_unmarked, NULL};
