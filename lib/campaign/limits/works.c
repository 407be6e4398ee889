/* Limits of contributions: works and replies, counted by the rows of their authors. */
#include <string.h>

#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/limits/limits.h"
#include "campaign/people/teams.h"

/* Submissions of one author within a window; of the same team where the limit says so. */
typedef struct counter {
    cci_engine *engine;
    int64_t part;
    const json_t *team; /* authors that must be the same, or NULL */
    const cci_limit *limit;
    const char *item;   /* replies to this one alone, or NULL */
    const json_t *category; /* works of this one alone, or NULL */
    int mixed;          /* works and replies stand side by side */
    int64_t from, until, count;
    int64_t oldest; /* of those that count */
} counter;

static int same_team(const json_t *a, const json_t *b)
{
    if (json_array_size(a) != json_array_size(b))
        return 0;
    for (size_t i = 0; i < json_array_size(a); i++) {
        json_t *name = json_object_get(json_array_get(a, i), "participant");
        size_t j = 0;
        while (j < json_array_size(b) &&
               !json_equal(name, json_object_get(json_array_get(b, j), "participant")))
            j++;
        if (j == json_array_size(b))
            return 0;
    }
    return 1;
}

/* Does a work, or a reply, of this row count? */
static int row_counts(const counter *n, const json_t *row)
{
    const char *about = json_string_value(json_object_get(row, "reply_to"));
    const char *state = cci_contribution_state(row);
    int replies = cci_kind_replies(cci_contribution_kind(row));
    if (replies != (n->limit->subject == CCI_LIMIT_COMMENT) ||
        (n->team && !same_team(n->team, json_object_get(row, "authors"))))
        return 0;
    if ((n->item && (!about || strcmp(about, n->item) != 0)) ||
        (n->category && !json_equal(n->category, json_object_get(row, "category"))))
        return 0;
    return !(n->limit->concurrent && cci_state_ended(state)) && !cci_json_lists(n->limit->exempt, state);
}

static cocreate_status count(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    counter *n = user;
    int64_t at = json_integer_value(json_object_get(doc, "at"));
    if (at < n->from || at >= n->until)
        return COCREATE_OK;
    if (n->team || n->item || n->category || n->mixed || n->limit->concurrent || n->limit->exempt) {
        json_t *row;
        CCI_TRY(cci_state_get(n->engine, n->part, CCI_KIND_CONTRIBUTION, strrchr(id, '\n') + 1, &row,
                              error));
        int counts = row_counts(n, row);
        json_decref(row);
        if (!counts)
            return COCREATE_OK;
    }
    n->oldest = n->count == 0 || at < n->oldest ? at : n->oldest;
    n->count++;
    return COCREATE_OK;
}

/* What all submitted who had the same attribute then. */
static cocreate_status count_shared(cci_engine *e, const cci_campaign *c, size_t index, const char *author,
                                    counter *n, cocreate_error *error)
{
    cci_buffer holder;
    CCI_TRY(cci_limit_held(e, c, index, author, &holder, error));
    cocreate_status status = cci_state_scan_by(
        e, c->part, CCI_KIND_HOLDER, CCI_KEY(c->brief.limits[index].attribute, holder.data, ""), count, n,
        error);
    cci_buffer_free(&holder);
    return status;
}

static cocreate_status check_author(cci_engine *e, const cci_command *command, const json_t *data,
                                    size_t index, const char *author, cocreate_error *error)
{
    const cci_campaign *c = command->campaign;
    const cci_limit *limit = &c->brief.limits[index];
    const char *team = json_string_value(json_object_get(data, "team"));
    counter n = {.engine = e,
                 .part = c->part,
                 .team = limit->per_team && !team ? json_object_get(data, "authors") : NULL,
                 .limit = limit,
                 .item = limit->per_item ? json_string_value(json_object_get(data, "reply_to")) : NULL,
                 .category = limit->per_category ? json_object_get(data, "category") : NULL,
                 .mixed = json_object_get(c->brief.json, "kinds") != NULL};
    int applies;
    CCI_TRY(cci_limit_applies(e, c, limit, author, command->at, &applies, error));
    if (!applies)
        return COCREATE_OK;
    cci_limit_window(limit, command->at, &n.from, &n.until);
    cocreate_status status;
    if (limit->per_team && team) { /* the works of the team, and of those merged with it */
        status = cci_team_works(e, c, team, count, &n, error);
    } else if (limit->attribute) {
        status = count_shared(e, c, index, author, &n, error);
    } else {
        status = cci_state_scan_by(e, c->part, CCI_KIND_AUTHOR, CCI_KEY(author, ""), count, &n, error);
    }
    CCI_TRY(status);
    cci_limit_use use = {.what = limit->subject == CCI_LIMIT_COMMENT ? "comment" : "contribution",
                         .category = json_string_value(n.category),
                         .who = limit->per_team ? "the team of" : "participant",
                         .release = "withdraw one first",
                         .count = n.count,
                         .oldest = n.oldest,
                         .until = n.until};
    return n.count >= limit->max ? cci_limit_refuse(c, index, author, &use, error) : COCREATE_OK;
}

cocreate_status cci_limits_works(cci_engine *e, const cci_command *command, const json_t *data,
                                 cocreate_error *error)
{
    const cci_brief *b = &command->campaign->brief;
    const json_t *list = json_object_get(data, "authors");
    cci_limit_subject subject = cci_kind_replies(cci_contribution_kind(data)) ? CCI_LIMIT_COMMENT
                                                                             : CCI_LIMIT_CONTRIBUTION;
    for (size_t i = 0; i < b->n_limits; i++) {
        if (b->limits[i].subject != subject)
            continue;
        size_t n = b->limits[i].per_team ? 1 : json_array_size(list);
        for (size_t j = 0; j < n; j++)
            CCI_TRY(check_author(e, command, data, i,
                                 json_string_value(json_object_get(json_array_get(list, j), "participant")),
                                 error));
    }
    return COCREATE_OK;
}
