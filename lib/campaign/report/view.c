/* What one viewer may see of a campaign: the whole, made less. */
#include <string.h>

#include "campaign/report/show.h"
#include "campaign/report/viewer.h"
#include "campaign/revisions/revisions.h"

/* Take the contributions that may be seen, and note their ids in `seen`, with what may be told of their
 * revisions. */
static cocreate_status filter_contributions(const cci_viewer *v, json_t *document, json_t *seen,
                                            cocreate_error *error)
{
    json_t *list = json_object_get(document, "contributions");
    size_t n = json_array_size(list);
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);
        if (cci_viewer_sees_work(v, item) && !cci_json_put(seen, cci_json_text(item, "id"),
                                                           json_integer(cci_revision_sight(v, item))))
            return cci_no_memory(error);
    }
    json_t *kept = json_array();
    int made = kept != NULL;
    for (size_t i = 0; made && i < n; i++) {
        json_t *item = json_array_get(list, i);
        const char *to = cci_json_text(item, "reply_to"), *into = cci_json_text(item, "into");
        if (!json_object_get(seen, cci_json_text(item, "id")))
            continue;
        if (to[0] && !json_object_get(seen, to))
            json_object_del(item, "reply_to");
        if (into[0] && !json_object_get(seen, into))
            json_object_del(item, "into");
        cci_viewer_strip_work(v, item);
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

static void strip_revisions(const json_t *document, const json_t *seen)
{
    const json_t *list = json_object_get(document, "revisions");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        const json_t *sight = json_object_get(seen, cci_json_text(item, "contribution"));
        cci_revision_strip(item, (int)json_integer_value(sight));
    }
}

/* The viewer's own awards; everybody's where names and contributions are for everybody. */
static cocreate_status filter_awards(const cci_viewer *v, json_t *document, cocreate_error *error)
{
    json_t *list = json_object_get(document, "awards"), *kept = json_array();
    int made = kept != NULL;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (!cci_viewer_sees_award(v, item))
            continue;
        json_t *shown = cci_json_copy(item);
        if (shown)
            cci_viewer_strip_award(v, shown);
        made = shown && cci_json_push(kept, shown);
    }
    if (made && cci_json_put(document, "awards", kept))
        return COCREATE_OK;
    if (!made)
        json_decref(kept);
    return cci_no_memory(error);
}

/* Who judges what is between the firm and each juror, or who took it: authors do not see it, nor do others.
 * `who` is the member that names them. */
static cocreate_status filter_work(const cci_viewer *v, json_t *document, const char *key, const char *who,
                                   cocreate_error *error)
{
    const json_t *list = json_object_get(document, key);
    json_t *kept = json_array();
    int made = kept != NULL;
    for (size_t i = 0; made && i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        int own = v->id && strcmp(cci_json_text(item, who), v->id) == 0;
        if (own || (v->firm && cci_viewer_sees_jurors(v)))
            made = cci_json_push(kept, json_incref(item));
    }
    if (json_array_size(kept) == 0)
        json_object_del(document, key);
    else
        made = made && cci_json_put(document, key, json_incref(kept));
    json_decref(kept);
    return made ? COCREATE_OK : cci_no_memory(error);
}

/* Who proposed or accepted an edge is most often an author. */
static void hide_proposers(const cci_viewer *v, const json_t *edges)
{
    for (size_t i = 0; i < json_array_size(edges) && !cci_viewer_sees_names(v, NULL); i++) {
        json_t *edge = json_array_get(edges, i);
        if (!v->id || strcmp(cci_json_text(edge, "by"), v->id) != 0)
            json_object_del(edge, "by");
    }
}

static void hide_signers(const json_t *decisions)
{
    for (size_t i = 0; i < json_array_size(decisions); i++)
        json_object_del(json_array_get(decisions, i), "by");
}

/* In the "brief" of a document, which is not its own. */
static cocreate_status hide_panels_of(json_t *document, cocreate_error *error)
{
    json_t *brief = cci_json_deep_copy(json_object_get(document, "brief"));
    json_t *rounds = json_object_get(brief, "rounds");
    for (size_t i = 0; i < json_array_size(rounds); i++)
        json_object_del(json_array_get(rounds, i), "panel");
    return brief && cci_json_put(document, "brief", brief) ? COCREATE_OK : cci_no_memory(error);
}

/* Whoever may not know who judged what is not told who sits on the panels either. */
static cocreate_status hide_panels(json_t *document, cocreate_error *error)
{
    const json_t *shown = json_object_get(document, "rounds");
    for (size_t i = 0; i < json_array_size(shown); i++) {
        const json_t *round = json_array_get(shown, i), *attempts = json_object_get(round, "attempts");
        if (strcmp(cci_json_text(round, "lead"), "jury") != 0)
            continue;
        hide_signers(json_object_get(round, "overrides"));
        for (size_t k = 0; k < json_array_size(attempts); k++)
            hide_signers(json_object_get(json_array_get(attempts, k), "decisions"));
    }
    CCI_TRY(hide_panels_of(document, error));
    json_t *notice = cci_json_copy(json_object_get(document, "notice"));
    if (!notice)
        return json_object_get(document, "notice") ? cci_no_memory(error) : COCREATE_OK;
    return cci_json_put(document, "notice", notice) ? hide_panels_of(notice, error) : cci_no_memory(error);
}

static void hide_counts(json_t *document)
{
    static const char *const members[] = {"counts", "kinds", "selection", "milestones", "awarded", "log"};
    static const char *const of_rounds[] = {"result", "overrides", "candidates", "reason",
                                             "turn",   "passed",    "attempts",   "coverage",
                                             "board",  "periods",   "selected", "pledges",
                                             "tasks"};
    const json_t *rounds = json_object_get(document, "rounds");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_object_del(document, members[i]);
    for (size_t i = 0; i < json_array_size(rounds); i++)
        for (size_t k = 0; k < sizeof of_rounds / sizeof *of_rounds; k++)
            json_object_del(json_array_get(rounds, i), of_rounds[k]);
}

/* How many said yes beside their marks, in results and periods. */
static void hide_extras(const json_t *document)
{
    const json_t *rounds = json_object_get(document, "rounds");
    for (size_t i = 0; i < json_array_size(rounds); i++) {
        const json_t *round = json_array_get(rounds, i), *periods = json_object_get(round, "periods");
        json_object_del(json_object_get(round, "result"), "extras");
        for (size_t k = 0; k < json_array_size(periods); k++)
            json_object_del(json_object_get(json_array_get(periods, k), "result"), "extras");
    }
}

/* Lists of the document that are about contributions: what is seen of them stays. */
static cocreate_status filter_lists(json_t *document, const json_t *seen, cocreate_error *error)
{
    static const char *const ends[] = {"from", "to", NULL};
    static const char *const about[] = {"contribution", NULL};
    static const char *const lists[] = {"rights",    "milestones",  "responses",
                                        "revisions", "assignments", "leases", "useful"};
    static const char *const optional[] = {"responses", "revisions", "useful"};
    CCI_TRY(filter_about(document, "edges", ends, seen, error));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        CCI_TRY(filter_about(document, lists[i], about, seen, error));
    strip_revisions(document, seen);
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        if (json_array_size(json_object_get(document, optional[i])) == 0)
            json_object_del(document, optional[i]);
    return COCREATE_OK;
}

static cocreate_status filter_people(const cci_viewer *v, json_t *document, cocreate_error *error)
{
    CCI_TRY(filter_awards(v, document, error));
    CCI_TRY(filter_work(v, document, "assignments", "juror", error));
    CCI_TRY(filter_work(v, document, "leases", "participant", error));
    hide_proposers(v, json_object_get(document, "edges"));
    hide_proposers(v, json_object_get(document, "useful")); /* who asked wrote what is answered */
    hide_proposers(v, json_object_get(document, "rights")); /* whoever revoked one is most often an author */
    return cci_viewer_sees_jurors(v) ? COCREATE_OK : hide_panels(document, error);
}

/* The books are the firm's, and who complained about whom. */
static void hide_books(json_t *document)
{
    static const char *const books[] = {"flags", "appeals", "overdue", "balances", "entries"};
    for (size_t i = 0; i < sizeof books / sizeof *books; i++)
        json_object_del(document, books[i]);
}

static cocreate_status filter(const cci_viewer *v, json_t *document, cocreate_error *error)
{
    json_t *seen = cci_json_new();
    cocreate_status status =
        seen ? filter_contributions(v, document, seen, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = filter_lists(document, seen, error);
    json_decref(seen);
    CCI_TRY(status);
    CCI_TRY(filter_people(v, document, error));
    if (!cci_viewer_sees_counts(v))
        hide_counts(document);
    if (!cci_viewer_sees_extras(v))
        hide_extras(document);
    if (!v->firm && !v->host)
        hide_books(document);
    return COCREATE_OK;
}

cocreate_status cci_view_campaign(cci_engine *e, cci_campaign *c, const cci_viewer *v, json_t **out,
                                  cocreate_error *error)
{
    json_t *document = NULL;
    CCI_TRY(cci_show_campaign(e, c, &document, error));
    cocreate_status status = v->host ? COCREATE_OK : filter(v, document, error);
    if (status == COCREATE_OK)
        *out = document;
    else
        json_decref(document);
    return status;
}

cocreate_status cocreate_view(cocreate_store *store, const char *campaign, const char *viewer,
                              cocreate_text **out, cocreate_error *error)
{
    cci_engine *e;
    cci_campaign *c;
    cci_viewer v;
    json_t *document;
    CCI_TRY(cci_engine_of(store, &e, error));
    CCI_TRY(cci_viewer_of(e, campaign, viewer, &c, &v, error));
    CCI_TRY(cci_view_campaign(e, c, &v, &document, error));
    cocreate_status status = cci_show_finish(e, document, out, error);
    json_decref(document);
    return status;
}
