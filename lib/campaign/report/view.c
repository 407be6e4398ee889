/* What one viewer may see of a campaign: the whole, made less by the "visibility" of its brief.
 *
 * What may not be seen is left out, not replaced: neither how many there are nor their names remain. */
#include <string.h>

#include "base/text.h"
#include "campaign/guards.h"
#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"
#include "campaign/report/show.h"

typedef struct looker {
    const cci_campaign *campaign;
    const char *id; /* NULL: anybody */
    int host, firm, voted, closed;
} looker;

static int sees(const looker *v, cci_audience audience, int owner)
{
    int near = owner || v->firm;
    switch (audience) {
    case CCI_SEEN_BY_ALL:
        return 1;
    case CCI_SEEN_BY_NOBODY:
        return v->host;
    case CCI_SEEN_BY_OWNER:
        return v->host || owner;
    case CCI_SEEN_BY_FIRM:
        return v->host || near;
    case CCI_SEEN_BY_VOTED:
        return v->host || near || v->voted;
    case CCI_SEEN_AFTER_CLOSE:
        break;
    }
    return v->host || near || v->closed;
}

/* Of everything: what is of a contribution that the viewer may not see would tell that it is there. */
static int sees_counts(const looker *v)
{
    const cci_visibility *p = &v->campaign->brief.visibility;
    return sees(v, p->counts, 0) && sees(v, p->contributions, 0);
}

static int owns(const looker *v, const json_t *contribution)
{
    const json_t *authors = json_object_get(contribution, "authors");
    for (size_t i = 0; v->id && i < json_array_size(authors); i++)
        if (strcmp(cci_json_text(json_array_get(authors, i), "participant"), v->id) == 0)
            return 1;
    return 0;
}

/* What waits for moderation, or did not pass it, was never published. */
static int may_see(const looker *v, const json_t *contribution)
{
    const char *state = cci_json_text(contribution, "state");
    int unpublished = strcmp(state, "submitted") == 0 || strcmp(state, "declined") == 0;
    int owner = owns(v, contribution);
    if (unpublished && !owner && !v->firm)
        return 0;
    return sees(v, v->campaign->brief.visibility.contributions, owner);
}

static void strip(const looker *v, json_t *contribution)
{
    const cci_brief *b = &v->campaign->brief;
    json_t *fields = json_object_get(contribution, "fields");
    int owner = owns(v, contribution);
    for (size_t i = 0; i < b->n_fields && !owner && !v->firm; i++)
        if (b->fields[i].secret)
            json_object_del(fields, b->fields[i].key);
    if (sees(v, b->visibility.identities, owner))
        return;
    json_object_del(contribution, "authors");
    json_object_del(contribution, "by");
}

/* Take the contributions that may be seen, and note their ids in `seen`. */
static cocreate_status filter_contributions(const looker *v, json_t *document, json_t *seen,
                                            cocreate_error *error)
{
    json_t *list = json_object_get(document, "contributions");
    size_t n = json_array_size(list);
    for (size_t i = 0; i < n; i++)
        if (may_see(v, json_array_get(list, i)) &&
            !cci_json_put(seen, cci_json_text(json_array_get(list, i), "id"), json_true()))
            return cci_no_memory(error);
    json_t *kept = json_array();
    int made = kept != NULL;
    for (size_t i = 0; made && i < n; i++) {
        json_t *item = json_array_get(list, i);
        const char *to = cci_json_text(item, "reply_to");
        if (!json_object_get(seen, cci_json_text(item, "id")))
            continue;
        if (to[0] && !json_object_get(seen, to))
            json_object_del(item, "reply_to");
        strip(v, item);
        made = cci_json_push(kept, json_incref(item));
    }
    if (made && cci_json_put(document, "contributions", kept))
        return COCREATE_OK;
    if (!made)
        json_decref(kept);
    return cci_no_memory(error);
}

/* Keep what is about contributions that are seen: `keys` (NULL-ended) name them. */
static cocreate_status filter_about(json_t *document, const char *key, const char *const *keys,
                                    const json_t *seen, cocreate_error *error)
{
    json_t *list = json_object_get(document, key), *kept = json_array();
    if (!list) {
        json_decref(kept);
        return COCREATE_OK;
    }
    int made = kept != NULL;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        int all = 1;
        for (const char *const *k = keys; *k; k++)
            all = all && json_object_get(seen, cci_json_text(item, *k)) != NULL;
        if (all)
            made = cci_json_push(kept, json_incref(item));
    }
    if (made && cci_json_put(document, key, kept))
        return COCREATE_OK;
    if (!made)
        json_decref(kept);
    return cci_no_memory(error);
}

/* The viewer's own awards; everybody's where names and contributions are for everybody. */
static cocreate_status filter_awards(const looker *v, json_t *document, cocreate_error *error)
{
    const cci_visibility *p = &v->campaign->brief.visibility;
    json_t *list = json_object_get(document, "awards"), *kept = json_array();
    int all = sees(v, p->identities, 0) && sees_counts(v), made = kept != NULL;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        if (v->firm || all || (v->id && strcmp(cci_json_text(item, "to"), v->id) == 0))
            made = cci_json_push(kept, json_incref(item));
    }
    if (made && cci_json_put(document, "awards", kept))
        return COCREATE_OK;
    if (!made)
        json_decref(kept);
    return cci_no_memory(error);
}

/* Who judges what is between the firm and each juror: authors do not see it, nor do other jurors. */
static cocreate_status filter_assignments(const looker *v, json_t *document, cocreate_error *error)
{
    const json_t *list = json_object_get(document, "assignments");
    json_t *kept = json_array();
    int made = kept != NULL;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        if (v->firm || (v->id && strcmp(cci_json_text(item, "juror"), v->id) == 0))
            made = cci_json_push(kept, json_incref(item));
    }
    if (json_array_size(kept) == 0)
        json_object_del(document, "assignments");
    else
        made = made && cci_json_put(document, "assignments", json_incref(kept));
    json_decref(kept);
    return made ? COCREATE_OK : cci_no_memory(error);
}

static void hide_counts(json_t *document)
{
    static const char *const members[] = {"counts", "kinds", "selection", "milestones", "awarded", "log"};
    static const char *const of_rounds[] = {"result", "overrides", "candidates", "reason",
                                             "turn",   "passed",    "attempts",   "coverage",
                                             "board",  "periods",   "selected", "pledges"};
    const json_t *rounds = json_object_get(document, "rounds");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_object_del(document, members[i]);
    for (size_t i = 0; i < json_array_size(rounds); i++)
        for (size_t k = 0; k < sizeof of_rounds / sizeof *of_rounds; k++)
            json_object_del(json_array_get(rounds, i), of_rounds[k]);
}

static cocreate_status filter(const looker *v, json_t *document, cocreate_error *error)
{
    static const char *const ends[] = {"from", "to", NULL};
    static const char *const about[] = {"contribution", NULL};
    json_t *seen = cci_json_new();
    cocreate_status status = seen ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = filter_contributions(v, document, seen, error);
    if (status == COCREATE_OK)
        status = filter_about(document, "edges", ends, seen, error);
    if (status == COCREATE_OK)
        status = filter_about(document, "rights", about, seen, error);
    if (status == COCREATE_OK)
        status = filter_about(document, "milestones", about, seen, error);
    if (status == COCREATE_OK)
        status = filter_about(document, "responses", about, seen, error);
    if (json_array_size(json_object_get(document, "responses")) == 0)
        json_object_del(document, "responses");
    if (status == COCREATE_OK)
        status = filter_awards(v, document, error);
    if (status == COCREATE_OK)
        status = filter_assignments(v, document, error);
    if (!sees_counts(v))
        hide_counts(document);
    if (!v->firm && !v->host) { /* the books are the firm's, and who complained about whom */
        json_object_del(document, "flags");
        json_object_del(document, "appeals");
        json_object_del(document, "overdue");
        json_object_del(document, "balances");
        json_object_del(document, "entries");
    }
    json_decref(seen);
    return status;
}

/* ---- who looks ---- */

static int has_closed(const cci_campaign *c)
{
    const json_t *phases = json_object_get(c->doc, "phases");
    for (size_t i = 0; i < json_array_size(phases); i++)
        if (strcmp(cci_json_text(json_array_get(phases, i), "state"), "closed") != 0)
            return 0;
    return json_array_size(phases) > 0;
}

/* Has the viewer a ballot that stands in one of the rounds? Looked up only where the brief asks. */
static cocreate_status look_for_ballots(cci_engine *e, looker *v, cocreate_error *error)
{
    const cci_visibility *p = &v->campaign->brief.visibility;
    char why[CCI_WHY_SIZE];
    if (!v->id || (p->contributions != CCI_SEEN_BY_VOTED && p->identities != CCI_SEEN_BY_VOTED &&
                   p->counts != CCI_SEEN_BY_VOTED))
        return COCREATE_OK;
    json_t *voted = json_pack("[s,[s,s],i]", ">", "count", "ballots", 0);
    cocreate_status status = voted ? cci_predicate_holds(e, v->campaign, voted, v->id, e->last_at,
                                                         &v->voted, why, error)
                                   : cci_no_memory(error);
    json_decref(voted);
    return status;
}

static cocreate_status look_at(cci_engine *e, const cci_campaign *c, const char *id, looker *v,
                               cocreate_error *error)
{
    *v = (looker){.campaign = c, .id = id, .closed = has_closed(c)};
    v->host = id && strcmp(id, CCI_HOST) == 0;
    v->firm = v->host;
    if (!id || v->host)
        return COCREATE_OK;
    json_t *row;
    CCI_TRY(cci_participant_get(e, id, &row, error));
    v->firm = strcmp(cci_json_text(row, "side"), "firm") == 0;
    json_decref(row);
    return look_for_ballots(e, v, error);
}

cocreate_status cocreate_view(cocreate_store *store, const char *campaign, const char *viewer,
                              cocreate_text **out, cocreate_error *error)
{
    cci_engine *e;
    cci_campaign *c;
    looker v;
    json_t *document = NULL;
    CCI_TRY(cci_id_check(campaign, "campaign id", error));
    CCI_TRY(cci_engine_of(store, &e, error));
    CCI_TRY(cci_campaign_get(e, campaign, &c, error));
    CCI_TRY(look_at(e, c, viewer, &v, error));
    if (!v.firm && cci_campaign_is(c, "draft")) /* as if there were none */
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no campaign '%s'", campaign);
    CCI_TRY(cci_show_campaign(e, c, &document, error));
    cocreate_status status = filter(&v, document, error);
    if (status == COCREATE_OK)
        status = cci_show_finish(e, document, out, error);
    json_decref(document);
    return status;
}
