/* The five roles of co-creators (Seybold, Outside Innovation, 2006), each with the event that shows
 * it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "campaign/care/useful.h"
#include "campaign/graph/kinds.h"
#include "campaign/report/facts.h"

typedef struct finder {
    const cci_known *f;
    json_t *people;   /* {participant: {role: seq of the first event that shows it}} */
    json_t *useful;   /* {number of the event: contribution}: marks that stand; NULL where there are none */
    json_t *inviters; /* {participant: who invited them} */
} finder;

static cocreate_status
give(finder *r, const char *participant, const char *role, uint64_t seq, cocreate_error *error)
{
    const char *side = cci_known_side(r->f, participant);
    if (!*side || strcmp(side, "firm") == 0)
        return COCREATE_OK;
    json_t *roles = json_object_get(r->people, participant);
    if (!roles) {
        roles = cci_json_new();
        if (!cci_json_put(r->people, participant, roles))
            return cci_no_memory(error);
    }
    if (json_object_get(roles, role))
        return COCREATE_OK;
    return cci_json_put(roles, role, json_integer((json_int_t)seq)) ? COCREATE_OK
                                                                    : cci_no_memory(error);
}

/* Whoever invited them, once they take part. */
static cocreate_status give_inviter(finder *r, const char *participant, uint64_t seq, cocreate_error *error)
{
    const char *by = json_string_value(json_object_get(r->inviters, participant));
    return by ? give(r, by, "promoter", seq, error) : COCREATE_OK;
}

static cocreate_status
give_authors(finder *r, const cci_work *w, const char *role, uint64_t seq, cocreate_error *error)
{
    const char *author;
    for (size_t i = 0; (author = cci_author_at(w->doc, i)) != NULL; i++)
        CCI_TRY(give(r, author, role, seq, error));
    return COCREATE_OK;
}

static cocreate_status
read_submission(finder *r, const cci_seen_event *event, cocreate_error *error)
{
    const cci_work *w =
        cci_known_work(r->f, json_string_value(json_object_get(event->data, "contribution")));
    const char *author;
    if (!w || !cci_viewer_sees_work(r->f->viewer, w->doc))
        return COCREATE_OK;
    for (size_t i = 0; (author = cci_author_at(w->doc, i)) != NULL; i++)
        CCI_TRY(give_inviter(r, author, event->seq, error));
    if (w->selected || w->derived_from)
        CCI_TRY(give_authors(r, w, "inventor", event->seq, error));
    if (w->rights)
        CCI_TRY(give_authors(r, w, "contributor", event->seq, error));
    if (!r->useful && strcmp(w->kind, "answer") == 0)
        CCI_TRY(give_authors(r, w, "guide", event->seq, error));
    if (strcmp(w->kind, "review") == 0 || strcmp(w->kind, "comment") == 0)
        CCI_TRY(give_authors(r, w, "consultant", event->seq, error));
    return COCREATE_OK;
}

/* Where answers are marked, those that are show who guides: their authors, while they stand. */
static cocreate_status read_mark(finder *r, const cci_seen_event *event, cocreate_error *error)
{
    char key[24];
    snprintf(key, sizeof key, "%" PRIu64, event->seq);
    const cci_work *w = cci_known_work(r->f, json_string_value(json_object_get(r->useful, key)));
    if (!w || cci_state_ended(w->state) || !cci_viewer_sees_work(r->f->viewer, w->doc))
        return COCREATE_OK;
    return give_authors(r, w, "guide", event->seq, error);
}

static int is_survey(const finder *r, const cci_seen_event *event)
{
    const char *id = json_string_value(json_object_get(event->data, "round"));
    const cci_round_spec *round = id ? cci_brief_round(&r->f->c->brief, id) : NULL;
    return round && round->questions != NULL;
}

static cocreate_status read_event(void *user, const cci_seen_event *event, cocreate_error *error)
{
    finder *r = user;
    if (strcmp(event->type, "contribution.submitted") == 0)
        return read_submission(r, event, error);
    if (r->useful && strcmp(event->type, "useful.marked") == 0)
        return read_mark(r, event, error);
    if (strcmp(event->type, "ballot.cast") != 0)
        return COCREATE_OK;
    const char *voter = json_string_value(json_object_get(event->data, "voter"));
    if (!voter)
        voter = event->actor;
    CCI_TRY(give_inviter(r, voter, event->seq, error));
    return give(r, voter, is_survey(r, event) ? "consultant" : "promoter",
                event->seq, error);
}

static cocreate_status count_roles(const json_t *people, json_t *out, cocreate_error *error)
{
    static const char *const words[] = {"inventor",   "contributor", "guide",
                                        "consultant", "promoter",    NULL};
    json_t *counts = cci_json_new();
    int ok = 1;
    cci_report_put(&ok, out, "counts", counts);
    for (size_t i = 0; words[i] && ok; i++) {
        const char *id;
        json_t *roles;
        int64_t n = 0;
        json_object_foreach((json_t *)(uintptr_t)people, id, roles) n +=
            json_object_get(roles, words[i]) != NULL;
        cci_report_count(&ok, counts, words[i], n);
    }
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* ---- what is read before ---- */

static cocreate_status add_mark(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const finder *r = user;
    char key[24];
    (void)id;
    if (!cci_useful_stands(doc))
        return COCREATE_OK;
    snprintf(key, sizeof key, "%lld", (long long)json_integer_value(json_object_get(doc, "event")));
    return cci_json_put(r->useful, key, json_string(cci_json_text(doc, "contribution")))
               ? COCREATE_OK
               : cci_no_memory(error);
}

static cocreate_status add_inviter(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const finder *r = user;
    return cci_json_put(r->inviters, id, json_string(cci_json_text(doc, "by"))) ? COCREATE_OK
                                                                               : cci_no_memory(error);
}

static cocreate_status read_rows(finder *r, cocreate_error *error)
{
    cci_engine *e = r->f->e;
    CCI_TRY(cci_state_scan(e, 0, CCI_KIND_INVITATION, NULL, add_inviter, r, error));
    return r->useful ? cci_state_scan(e, r->f->c->part, CCI_KIND_USEFUL, NULL, add_mark, r, error)
                     : COCREATE_OK;
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    int marks = f->c->brief.useful;
    finder r = {f, cci_json_new(), marks ? cci_json_new() : NULL, cci_json_new()};
    int made = cci_json_put(out, "people", r.people) && r.inviters && (r.useful || !marks);
    cocreate_status status = made ? read_rows(&r, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_known_events(f, read_event, &r, error);
    if (status == COCREATE_OK)
        status = count_roles(r.people, out, error);
    json_decref(r.useful);
    json_decref(r.inviters);
    return status;
}

const cci_report_type cci_report_roles = {
    "roles", "inventors, contributors, guides, consultants, promoters", make,
    CCI_REPORT_NAMES | CCI_REPORT_BALLOTS};
