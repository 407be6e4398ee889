#include "campaign/report/viewer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "campaign/commands/contribution.h"
#include "campaign/people/people.h"
#include "campaign/predicate/predicate.h"
#include "campaign/rounds/rounds.h"

/* ---- what is seen ---- */

static int sees(const cci_viewer *v, cci_audience audience, int owner)
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
int cci_viewer_sees_counts(const cci_viewer *v)
{
    const cci_visibility *p = &v->campaign->brief.visibility;
    return sees(v, p->counts, 0) && sees(v, p->contributions, 0);
}

int cci_viewer_owns(const cci_viewer *v, const json_t *contribution)
{
    const json_t *authors = json_object_get(contribution, "authors");
    for (size_t i = 0; v->id && i < json_array_size(authors); i++)
        if (strcmp(cci_json_text(json_array_get(authors, i), "participant"), v->id) == 0)
            return 1;
    return 0;
}

/* What waits for moderation, did not pass it, or went before, was never published. Who judges has to see
 * what. */
int cci_viewer_sees_work(const cci_viewer *v, const json_t *contribution)
{
    int unpublished = cci_contribution_unpublished(contribution);
    int owner = cci_viewer_owns(v, contribution);
    cci_audience audience = v->campaign->brief.visibility.contributions;
    if (unpublished && !owner && !v->firm)
        return 0;
    return sees(v, audience, owner) || (v->juror && !unpublished && audience != CCI_SEEN_BY_NOBODY);
}

/* Whoever is judging does not know whose work it is before the result, where not everybody does. */
int cci_viewer_sees_names(const cci_viewer *v, const json_t *contribution)
{
    int owner = contribution && cci_viewer_owns(v, contribution);
    cci_audience audience = v->campaign->brief.visibility.identities;
    if (v->judging && !owner && audience != CCI_SEEN_BY_ALL)
        return 0;
    return sees(v, audience, owner);
}

int cci_viewer_sees_award(const cci_viewer *v, const json_t *award)
{
    int all = cci_viewer_sees_names(v, NULL) && cci_viewer_sees_counts(v);
    int firm = v->firm && (!v->judging || all);
    return firm || all || (v->id && strcmp(cci_json_text(award, "to"), v->id) == 0);
}

int cci_viewer_sees_ballots(const cci_viewer *v)
{
    return sees(v, v->campaign->brief.visibility.ballots, 0) && cci_viewer_sees_counts(v);
}

int cci_viewer_sees_own_ballots(const cci_viewer *v)
{
    return v->id && sees(v, v->campaign->brief.visibility.ballots, 1);
}

int cci_viewer_sees_jurors(const cci_viewer *v)
{
    return sees(v, v->campaign->brief.visibility.jurors, 0);
}

int cci_viewer_sees_extras(const cci_viewer *v)
{
    return sees(v, v->campaign->brief.visibility.extras, 0);
}

const char *const cci_naming_members[] = {"contribution", "reply_to", "from", "to", "into", NULL};

cocreate_status cci_viewer_hides(cci_engine *e, const cci_viewer *v, const json_t *object, const char *member,
                                 int *out, cocreate_error *error)
{
    const char *id = json_string_value(json_object_get(object, member));
    json_t *row;
    *out = 0;
    if (!id)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, v->campaign->part, CCI_KIND_CONTRIBUTION, id, &row, error));
    *out = row && !cci_viewer_sees_work(v, row);
    json_decref(row);
    return COCREATE_OK;
}

void cci_viewer_strip_work(const cci_viewer *v, json_t *contribution)
{
    const cci_brief *b = &v->campaign->brief;
    json_t *fields = json_object_get(contribution, "fields");
    int owner = cci_viewer_owns(v, contribution);
    for (size_t i = 0; i < b->n_fields && !owner && !v->firm; i++)
        if (b->fields[i].secret)
            json_object_del(fields, b->fields[i].key);
    if (cci_viewer_sees_names(v, contribution))
        return;
    json_object_del(contribution, "authors");
    json_object_del(contribution, "by");
    json_object_del(contribution, "lead");
}

cocreate_status cci_viewer_strip_links(cci_engine *e, const cci_viewer *v, json_t *contribution,
                                       cocreate_error *error)
{
    static const char *const members[] = {"reply_to", "into", NULL};
    for (size_t i = 0; members[i]; i++) {
        int hidden;
        CCI_TRY(cci_viewer_hides(e, v, contribution, members[i], &hidden, error));
        if (hidden)
            json_object_del(contribution, members[i]);
    }
    return COCREATE_OK;
}

/* How it came about speaks of the others, and whose work it is for of a work. */
void cci_viewer_strip_award(const cci_viewer *v, json_t *award)
{
    int own = v->id && strcmp(cci_json_text(award, "to"), v->id) == 0;
    if (!cci_viewer_sees_counts(v))
        json_object_del(award, "trace");
    if (!sees(v, v->campaign->brief.visibility.contributions, own))
        json_object_del(award, "entry");
}

cocreate_status cci_viewer_refuse(const cci_viewer *v, const char *part, const char *what,
                                  cocreate_error *error)
{
    const cci_visibility *p = &v->campaign->brief.visibility;
    const json_t *policy = json_object_get(v->campaign->brief.json, "visibility");
    if (!sees(v, p->contributions, 0) || !sees(v, p->counts, 0)) { /* who may not count sees no whole */
        part = sees(v, p->contributions, 0) ? "counts" : "contributions";
        what = "how much there is";
    }
    const char *audience = json_string_value(json_object_get(policy, part));
    const char *until = "";
    char who[COCREATE_ID_MAX + 3];
    cci_path at = cci_path_key(&CCI_ROOT, "visibility"), path = cci_path_key(&at, part);
    if (audience && strcmp(audience, "after_close") == 0)
        until = " until every phase has closed";
    else if (audience && strcmp(audience, "voted") == 0)
        until = " before they have voted";
    snprintf(who, sizeof who, "'%s'", v->id ? v->id : "");
    return cci_json_fail(error, COCREATE_ERR_PERMISSION, &path, "%s is not for %s%s", what,
                         v->id ? who : "everybody", until);
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
static cocreate_status look_for_ballots(cci_engine *e, cci_viewer *v, cocreate_error *error)
{
    static const char has_voted[] = "[\">\",[\"count\",\"ballots\"],0]";
    const cci_visibility *p = &v->campaign->brief.visibility;
    char why[CCI_WHY_SIZE];
    if (p->contributions != CCI_SEEN_BY_VOTED && p->identities != CCI_SEEN_BY_VOTED &&
        p->counts != CCI_SEEN_BY_VOTED && p->ballots != CCI_SEEN_BY_VOTED &&
        p->jurors != CCI_SEEN_BY_VOTED)
        return COCREATE_OK;
    json_t *voted;
    CCI_TRY(cci_json_parse(has_voted, sizeof has_voted - 1, &voted, error));
    cocreate_status status =
        cci_predicate_holds(e, v->campaign, voted, v->id, e->last_at, &v->voted, why, error);
    json_decref(voted);
    return status;
}

/* By panel, or by a predicate on people; a jury of whole sides sees what its sides see. */
static cocreate_status is_juror(cci_engine *e, const cci_viewer *v, const cci_round_spec *spec,
                                int *out, cocreate_error *error)
{
    char why[CCI_WHY_SIZE];
    *out = 0;
    if (spec->lead != CCI_LEAD_JURY)
        return COCREATE_OK;
    *out = cci_json_lists(spec->panel, v->id);
    if (spec->panel || !spec->electorate)
        return COCREATE_OK;
    return cci_predicate_holds(e, v->campaign, spec->electorate, v->id, e->last_at, out, why, error);
}

static cocreate_status look_for_panels(cci_engine *e, cci_viewer *v, cocreate_error *error)
{
    for (size_t i = 0; i < v->campaign->brief.n_rounds; i++) {
        const cci_round_spec *spec = &v->campaign->brief.rounds[i];
        int juror;
        json_t *row;
        cci_round_state state;
        CCI_TRY(is_juror(e, v, spec, &juror, error));
        if (!juror)
            continue;
        v->juror = 1;
        CCI_TRY(cci_round_get(e, v->campaign, spec->id, &row, &state, error));
        v->judging |= state != CCI_ROUND_CERTIFIED && state != CCI_ROUND_FAILED;
        json_decref(row);
    }
    return COCREATE_OK;
}

/* Whoever moderates, manages or audits looks with the firm's eyes. */
static cocreate_status look_for_roles(cci_engine *e, cci_viewer *v, int64_t at, cocreate_error *error)
{
    static const char *const roles[] = {"moderator", "manager", "auditor", NULL};
    for (size_t i = 0; roles[i] && !v->firm; i++)
        CCI_TRY(cci_role_holds(e, v->campaign, v->id, roles[i], at, &v->firm, error));
    return COCREATE_OK;
}

cocreate_status cci_viewer_known(cci_engine *e, const char *id, cocreate_error *error)
{
    json_t *row = NULL;
    if (!id || strcmp(id, CCI_HOST) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_id_check(id, "viewer", error));
    CCI_TRY(cci_participant_get(e, id, &row, error));
    json_decref(row);
    return COCREATE_OK;
}

cocreate_status cci_viewer_read(cci_engine *e, const cci_campaign *c, const char *id, int64_t at,
                                cci_viewer *out, cocreate_error *error)
{
    json_t *row;
    cci_viewer v = {.campaign = c, .id = id, .closed = has_closed(c)};
    v.host = v.firm = id && strcmp(id, CCI_HOST) == 0;
    if (id && !v.host) {
        CCI_TRY(cci_participant_get(e, id, &row, error));
        v.firm = strcmp(cci_json_text(row, "side"), "firm") == 0;
        json_decref(row);
        CCI_TRY(look_for_roles(e, &v, at, error));
        CCI_TRY(look_for_ballots(e, &v, error));
        CCI_TRY(look_for_panels(e, &v, error));
    }
    v.absent = !v.firm && cci_campaign_is(c, "draft");
    *out = v;
    return COCREATE_OK;
}

cocreate_status cci_viewer_of(cci_engine *e, const char *campaign, const char *id, cci_campaign **c,
                              cci_viewer *out, cocreate_error *error)
{
    CCI_TRY(cci_id_check(campaign, "campaign id", error));
    CCI_TRY(cci_campaign_get(e, campaign, c, error));
    CCI_TRY(cci_viewer_known(e, id, error));
    CCI_TRY(cci_viewer_read(e, *c, id, e->last_at, out, error));
    return out->absent ? cci_fail(error, COCREATE_ERR_NOT_FOUND, "no campaign '%s'", campaign)
                       : COCREATE_OK;
}
