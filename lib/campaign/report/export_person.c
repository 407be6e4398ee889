/* What a store holds of one person, for that person (GDPR, articles 15 and 20). */
#include <string.h>

#include "campaign/care/useful.h"
#include "campaign/people/people.h"
#include "campaign/report/viewer.h"

typedef struct dossier {
    cci_engine *e;
    const char *participant;
    json_t *document;
    json_t *list;         /* what the running scan fills */
    const char *campaign; /* whose rows they are, or NULL */
    int64_t part;
} dossier;

static cocreate_status push(dossier *d, json_t *item, const char *campaign, cocreate_error *error)
{
    int ok = item != NULL;
    if (ok && campaign)
        ok = cci_json_put(item, "campaign", json_string(campaign));
    if (ok)
        return cci_json_push(d->list, item) ? COCREATE_OK : cci_no_memory(error);
    json_decref(item);
    return cci_no_memory(error);
}

static cocreate_status start_list(dossier *d, const char *key, cocreate_error *error)
{
    d->list = json_array();
    return cci_json_put(d->document, key, d->list) ? COCREATE_OK : cci_no_memory(error);
}

/* ---- the person ---- */

static cocreate_status add_personal(dossier *d, cocreate_error *error)
{
    uint8_t salt[32];
    int found = 0;
    cci_buffer payload;
    json_t *data = NULL;
    cci_buffer_init(&payload, &d->e->allocator);
    cocreate_status status = d->e->store->backend->get_person(
        d->e->store->self, (cci_bytes){d->participant, strlen(d->participant)}, &found, salt,
        &payload, error);
    if (status == COCREATE_OK && found)
        status = cci_json_parse(payload.data, payload.size, &data, error);
    cci_buffer_free(&payload);
    CCI_TRY(status);
    return !data || cci_json_put(d->document, "person", data) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status add_participant(dossier *d, cocreate_error *error)
{
    json_t *row, *attributes;
    CCI_TRY(cci_participant_get(d->e, d->participant, &row, error));
    if (!cci_json_put(d->document, "participant", row) ||
        !cci_json_put(d->document, "id", json_string(d->participant)))
        return cci_no_memory(error);
    CCI_TRY(cci_attributes_get(d->e, d->participant, &attributes, error));
    if (attributes && !cci_json_put(d->document, "attributes", attributes))
        return cci_no_memory(error);
    char by[COCREATE_ID_MAX + 1];
    CCI_TRY(cci_inviter_get(d->e, d->participant, by, error));
    if (*by && !cci_json_put(d->document, "invited_by", json_string(by)))
        return cci_no_memory(error);
    return add_personal(d, error);
}

/* ---- what is theirs in a campaign ---- */

/* The row id is "participant \n contribution". */
static cocreate_status
add_contribution(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    const char *contribution = strchr(id, '\n');
    json_t *row;
    (void)doc;
    if (!contribution)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a row of authorship names no contribution");
    CCI_TRY(cci_state_get(d->e, d->part, CCI_KIND_CONTRIBUTION, contribution + 1, &row, error));
    if (row && !cci_json_put(row, "id", json_string(contribution + 1))) {
        json_decref(row);
        return cci_no_memory(error);
    }
    return row ? push(d, row, d->campaign, error) : COCREATE_OK;
}

static cocreate_status add_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    const char *to = json_string_value(json_object_get(doc, "to"));
    (void)id;
    if (!to || strcmp(to, d->participant) != 0)
        return COCREATE_OK;
    return push(d, cci_json_copy(doc), d->campaign, error);
}

/* What they made of a work; its submission is theirs as its author. */
static cocreate_status add_revision(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    (void)id;
    if (strcmp(cci_json_text(doc, "by"), d->participant) != 0)
        return COCREATE_OK;
    return push(d, cci_json_copy(doc), d->campaign, error);
}

/* What they said of others' answers. */
static cocreate_status add_mark(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    (void)id;
    if (strcmp(cci_json_text(doc, "by"), d->participant) != 0 || !cci_useful_stands(doc))
        return COCREATE_OK;
    return push(d, cci_json_copy(doc), d->campaign, error);
}

static cocreate_status add_role(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    json_t *item = cci_json_copy(doc);
    if (!cci_json_put(item, "role", json_string(strchr(id, '\n') + 1))) {
        json_decref(item);
        return cci_no_memory(error);
    }
    return push(d, item, NULL, error);
}

typedef struct walk {
    dossier *dossier;
    cci_kind kind;
    const char *prefix;
    cci_state_visitor visit;
} walk;

static cocreate_status in_campaign(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const walk *w = user;
    w->dossier->campaign = id;
    w->dossier->part = json_integer_value(json_object_get(doc, "part"));
    return cci_state_scan(w->dossier->e, w->dossier->part, w->kind, w->prefix, w->visit, w->dossier,
                          error);
}

static cocreate_status add_everywhere(dossier *d, const char *key, cci_kind kind,
                                      const char *prefix, cci_state_visitor visit,
                                      cocreate_error *error)
{
    walk w = {d, kind, prefix, visit};
    CCI_TRY(start_list(d, key, error));
    return cci_state_scan(d->e, 0, CCI_KIND_CAMPAIGN, NULL, in_campaign, &w, error);
}

/* ---- whom they invited ---- */

typedef struct guest {
    dossier *dossier;
    const char *id;
    cci_viewer viewer; /* the person, in the campaign that is looked at */
    int seen;
} guest;

static cocreate_status see_work(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    guest *g = user;
    const char *contribution = strchr(id, '\n');
    json_t *row = NULL;
    (void)doc;
    if (!contribution || g->seen)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(g->dossier->e, g->viewer.campaign->part, CCI_KIND_CONTRIBUTION, contribution + 1,
                          &row, error));
    g->seen = cci_viewer_sees_work(&g->viewer, row) && cci_viewer_sees_names(&g->viewer, row);
    json_decref(row);
    return COCREATE_OK;
}

static cocreate_status look_in_campaign(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    guest *g = user;
    cci_engine *e = g->dossier->e;
    cci_campaign *c;
    (void)doc;
    if (g->seen)
        return COCREATE_OK;
    CCI_TRY(cci_campaign_get(e, id, &c, error));
    CCI_TRY(cci_viewer_read(e, c, g->dossier->participant, e->last_at, &g->viewer, error));
    return g->viewer.absent
               ? COCREATE_OK
               : cci_state_scan_by(e, c->part, CCI_KIND_AUTHOR, CCI_KEY(g->id, ""), see_work, g, error);
}

/* Others have their own data: named is who wrote something that this person may see with its authors. */
static cocreate_status add_guest(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    dossier *d = user;
    json_t *invited = json_object_get(d->document, "invited");
    guest g = {.dossier = d, .id = id};
    if (strcmp(cci_json_text(doc, "by"), d->participant) != 0)
        return COCREATE_OK;
    if (!invited) {
        json_t *people = json_array();
        invited = cci_json_new();
        if (!cci_json_put(invited, "people", people) || !cci_json_put(invited, "count", json_integer(0)) ||
            !cci_json_put(d->document, "invited", json_incref(invited))) {
            json_decref(invited);
            return cci_no_memory(error);
        }
        json_decref(invited);
    }
    json_int_t n = json_integer_value(json_object_get(invited, "count"));
    CCI_TRY(cci_state_scan(d->e, 0, CCI_KIND_CAMPAIGN, NULL, look_in_campaign, &g, error));
    return cci_json_put(invited, "count", json_integer(n + 1)) &&
                   (!g.seen || cci_json_push(json_object_get(invited, "people"), json_string(id)))
               ? COCREATE_OK
               : cci_no_memory(error);
}

/* ---- what they did ---- */

static cocreate_status add_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    dossier *d = user;
    json_t *event;
    CCI_TRY(cci_json_parse(row->payload.data, row->payload.size, &event, error));
    const char *actor = json_string_value(json_object_get(event, "actor"));
    if (actor && strcmp(actor, d->participant) == 0)
        return push(d, event, NULL, error);
    json_decref(event);
    return COCREATE_OK;
}

static cocreate_status fill(dossier *d, const char *prefix, cocreate_error *error)
{
    cci_engine *e = d->e;
    CCI_TRY(add_participant(d, error));
    CCI_TRY(start_list(d, "roles", error));
    CCI_TRY(cci_state_scan(e, 0, CCI_KIND_ROLE, prefix, add_role, d, error));
    CCI_TRY(add_everywhere(d, "contributions", CCI_KIND_AUTHOR, prefix, add_contribution, error));
    CCI_TRY(add_everywhere(d, "revisions", CCI_KIND_REVISION, NULL, add_revision, error));
    CCI_TRY(add_everywhere(d, "awards", CCI_KIND_AWARD, NULL, add_award, error));
    CCI_TRY(add_everywhere(d, "useful", CCI_KIND_USEFUL, NULL, add_mark, error));
    if (json_array_size(d->list) == 0)
        json_object_del(d->document, "useful");
    CCI_TRY(cci_state_scan(e, 0, CCI_KIND_INVITATION, NULL, add_guest, d, error));
    CCI_TRY(start_list(d, "events", error));
    if (e->tree.size == 0)
        return COCREATE_OK;
    return e->store->backend->scan_events(e->store->self, 1, e->tree.size, add_event, d, error);
}

cocreate_status cocreate_export_person(cocreate_store *store, const char *participant,
                                       cocreate_text **out, cocreate_error *error)
{
    dossier d = {.participant = participant};
    cci_buffer prefix, text;
    CCI_TRY(cci_engine_of(store, &d.e, error));
    cci_buffer_init(&prefix, &d.e->allocator);
    cci_buffer_init(&text, &d.e->allocator);
    cci_buffer_format(&prefix, "%s\n", participant);
    d.document = cci_json_new();
    cocreate_status status =
        prefix.failed || !d.document ? cci_no_memory(error) : fill(&d, prefix.data, error);
    if (status == COCREATE_OK)
        status = cci_json_canonical(d.document, &text, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    json_decref(d.document);
    cci_buffer_free(&prefix);
    cci_buffer_free(&text);
    return status;
}
