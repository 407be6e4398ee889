/* State for people: campaigns, and one campaign from brief to balances. */
#include <string.h>

#include "base/elementary.h"
#include "base/text.h"
#include "campaign/care/care.h"
#include "campaign/jury/jury.h"
#include "campaign/money/journal.h"
#include "campaign/money/pledges.h"
#include "campaign/report/show.h"
#include "campaign/revisions/revisions.h"
#include "campaign/rounds/half_life.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"
#include "campaign/tasks/tasks.h"

/* Steals `value`; remembers the first failure. */
static void put(int *ok, json_t *object, const char *key, json_t *value)
{
    if (!cci_json_put(object, key, value))
        *ok = 0;
}

static void copy(int *ok, json_t *to, const json_t *from, const char *key)
{
    json_t *value = json_object_get(from, key);
    if (value)
        put(ok, to, key, json_incref(value));
}

cocreate_status cci_show_finish(const cci_engine *e, const json_t *document, cocreate_text **out,
                                cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(document, &text, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    return status;
}

/* ---- the store ---- */

static cocreate_status add_campaign(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    json_t *brief = json_object_get(doc, "brief"), *item = cci_json_new();
    int ok = item != NULL;
    put(&ok, item, "id", json_string(id));
    copy(&ok, item, brief, "title");
    copy(&ok, item, brief, "mode");
    copy(&ok, item, doc, "state");
    copy(&ok, item, doc, "counts");
    copy(&ok, item, doc, "created_at");
    copy(&ok, item, doc, "published_at");
    if (!ok || !cci_json_push(user, json_incref(item)))
        ok = 0;
    json_decref(item);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status count_row(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    (void)doc;
    (void)error;
    ++*(json_int_t *)user;
    return COCREATE_OK;
}

static json_t *log_of(const cci_engine *e)
{
    char root[65];
    int ok = 1;
    json_t *log = cci_json_new();
    cci_digest digest = cci_tree_root(&e->tree);
    cci_hex(digest.bytes, sizeof digest.bytes, root);
    put(&ok, log, "events", json_integer((json_int_t)e->tree.size));
    put(&ok, log, "root", json_string(root));
    if (e->tree.size > 0)
        put(&ok, log, "last_at", json_integer(e->last_at));
    if (ok)
        return log;
    json_decref(log);
    return NULL;
}

static cocreate_status show_store(cci_engine *e, cocreate_text **out, cocreate_error *error)
{
    json_t *document = cci_json_new(), *campaigns = json_array();
    json_int_t participants = 0;
    int ok = document != NULL;
    put(&ok, document, "campaigns", campaigns);
    put(&ok, document, "log", log_of(e));
    cocreate_status status = ok ? COCREATE_OK : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_state_scan(e, 0, CCI_KIND_CAMPAIGN, NULL, add_campaign, campaigns, error);
    if (status == COCREATE_OK)
        status = cci_state_scan(e, 0, CCI_KIND_PARTICIPANT, NULL, count_row, &participants, error);
    if (status == COCREATE_OK &&
        !cci_json_put(document, "participants", json_integer(participants)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_show_finish(e, document, out, error);
    json_decref(document);
    return status;
}

/* ---- rows of a campaign as lists ---- */

typedef struct lister {
    json_t *list;
    const cci_campaign *campaign;
    int64_t now;
} lister;

static cocreate_status push(lister *l, json_t *item, int ok, cocreate_error *error)
{
    if (ok && cci_json_push(l->list, item))
        return COCREATE_OK;
    if (!ok)
        json_decref(item);
    return cci_no_memory(error);
}

/* A removed contribution shows that it was there, whose it was and why it went, and no more. */
json_t *cci_show_contribution(const char *id, const json_t *doc)
{
    static const char *const always[] = {"authors", "at", "state", "reason", "by", "changed_at",
                                         "answered_at", "status", "rule",
                                         "flag", "appeal", "into", "unpublished",
                                         "lead", NULL};
    static const char *const present[] = {"title",    "fields", "cost",    "category", "terms",
                                          "revision", "kind",   "channel", "reply_to", "late", NULL};
    const char *state = json_string_value(json_object_get(doc, "state"));
    int removed = state && strcmp(state, "removed") == 0, ok = 1;
    json_t *item = cci_json_new();
    put(&ok, item, "id", json_string(id));
    for (size_t i = 0; always[i]; i++)
        copy(&ok, item, doc, always[i]);
    for (size_t i = 0; present[i] && !removed; i++)
        copy(&ok, item, doc, present[i]);
    if (ok)
        return item;
    json_decref(item);
    return NULL;
}

static cocreate_status add_contribution(void *user, const char *id, json_t *doc,
                                        cocreate_error *error)
{
    json_t *item = cci_show_contribution(id, doc);
    return push(user, item, item != NULL, error);
}

/* How far a contribution is, as its row says. */
static cocreate_status add_milestones(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    int ok = 1;
    json_t *item = cci_json_copy(doc);
    put(&ok, item, "contribution", json_string(id));
    return push(user, item, ok, error);
}

static cocreate_status add_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    (void)id;
    return push(user, json_incref(doc), 1, error);
}

/* Grants wait until they become active; past the hold a waiting one is released. */
static cocreate_status add_right(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    lister *l = user;
    int ok = 1;
    json_t *item = cci_json_copy(doc);
    const char *state = json_string_value(json_object_get(doc, "state"));
    int64_t from = json_integer_value(json_object_get(doc, "accepted_at"));
    int64_t hold = l->campaign->brief.rights.hold_us;
    put(&ok, item, "contribution", json_string(id));
    if (state && strcmp(state, "held") == 0 && hold > 0 &&
        !l->campaign->brief.rights.release_events && l->now - from >= hold)
        put(&ok, item, "state", json_string("released"));
    return push(l, item, ok, error);
}

static cocreate_status add_list(cci_engine *e, const cci_campaign *c, json_t *document,
                                const char *key, cci_kind kind, cci_state_visitor visit,
                                cocreate_error *error)
{
    lister l = {json_array(), c, e->last_at};
    if (!cci_json_put(document, key, l.list))
        return cci_no_memory(error);
    return cci_state_scan(e, c->part, kind, NULL, visit, &l, error);
}

/* Edges, where there are any; replies stand with the contributions themselves. */
static cocreate_status add_edge(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const char *type = json_string_value(json_object_get(doc, "type"));
    (void)id;
    return type && strcmp(type, "replies") == 0 ? COCREATE_OK : push(user, json_incref(doc), 1, error);
}

static cocreate_status add_edges(cci_engine *e, const cci_campaign *c, json_t *document,
                                 cocreate_error *error)
{
    CCI_TRY(add_list(e, c, document, "edges", CCI_KIND_EDGE, add_edge, error));
    if (json_array_size(json_object_get(document, "edges")) == 0)
        json_object_del(document, "edges");
    return COCREATE_OK;
}

/* ---- rounds ---- */

static const char *lead_name(cci_lead lead)
{
    static const char *const names[CCI_LEADS] = {"firm", "customer", "metric", "jury", "lot"};
    return names[lead];
}

/* Of a round that is open: where its candidates stand now, if that is shown; else NULL. */
static cocreate_status live_board(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                  json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    if (spec->lead == CCI_LEAD_METRIC)
        return cci_board(e, c, index, row, out, error);
    return spec->half_life_us && !spec->periods ? cci_half_life_board(e, c, index, row, out, error)
                                                 : COCREATE_OK;
}

static cocreate_status add_round(cci_engine *e, const cci_campaign *c, size_t index, json_t *list,
                                 cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    json_t *row = NULL, *item = cci_json_new(), *board = NULL, *periods = NULL,
           *selected = NULL;
    cci_round_state state = CCI_ROUND_PLANNED;
    int ok = item != NULL;
    json_t *pledges = NULL;
    cocreate_status status = cci_pledges_shown(e, c, spec, &pledges, error);
    if (status == COCREATE_OK)
        status = cci_round_get(e, c, spec->id, &row, &state, error);
    if (status == COCREATE_OK && state == CCI_ROUND_OPEN)
        status = live_board(e, c, index, row, &board, error);
    if (status == COCREATE_OK && spec->periods)
        status = cci_periods_list(e, c, spec->id, &periods, error);
    if (status == COCREATE_OK && spec->rolling && cci_round_decides(spec))
        status = cci_rolling_selected(e, c, spec->id, &selected, error);
    if (status == COCREATE_OK) {
        if (selected)
            put(&ok, item, "selected", json_incref(selected));
        if (periods)
            put(&ok, item, "periods", json_incref(periods));
        if (board)
            put(&ok, item, "board", json_incref(board));
        put(&ok, item, "id", json_string(spec->id));
        put(&ok, item, "lead", json_string(lead_name(spec->lead)));
        put(&ok, item, "binding", json_boolean(spec->binding));
        put(&ok, item, "phase", json_string(spec->phase));
        put(&ok, item, "state", json_string(cci_round_state_name(state)));
        if (spec->method)
            put(&ok, item, "method", json_string(spec->method));
        copy(&ok, item, row, "reason");
        copy(&ok, item, row, "result");
        copy(&ok, item, row, "overrides");
        copy(&ok, item, row, "cuts");
        copy(&ok, item, row, "turn");
        copy(&ok, item, row, "passed");
        copy(&ok, item, row, "attempts");
        copy(&ok, item, row, "rules");
        if (pledges)
            put(&ok, item, "pledges", json_incref(pledges));
        copy(&ok, item, row, "opened_at");
        copy(&ok, item, row, "closed_at");
        if (row)
            put(&ok, item, "candidates",
                json_integer((json_int_t)json_array_size(json_object_get(row, "candidates"))));
        if (!ok || !cci_json_push(list, json_incref(item)))
            status = cci_no_memory(error);
    }
    json_decref(row);
    json_decref(board);
    json_decref(periods);
    json_decref(selected);
    json_decref(pledges);
    json_decref(item);
    return status;
}

/* ---- who selected how much ---- */

/* Bits a round removed: log2(in / out). */
static double bits_of(const json_t *round)
{
    double in = (double)json_integer_value(json_object_get(round, "candidates"));
    double out =
        (double)json_array_size(json_object_get(json_object_get(round, "result"), "selected"));
    return in > out && out > 0 ? (cci_log(in) - cci_log(out)) / cci_log(2) : 0;
}

/* The share of the selection that each lead had, and the mode that the last binding round makes it:
 * measured, beside the mode that is declared. */
static cocreate_status add_selection(json_t *document, const json_t *rounds, const char *control,
                                     cocreate_error *error)
{
    double bits[CCI_LEADS] = {0}, all = 0;
    const char *final_lead = NULL;
    for (size_t i = 0; i < json_array_size(rounds); i++) {
        const json_t *round = json_array_get(rounds, i);
        const char *state = json_string_value(json_object_get(round, "state"));
        const char *lead = json_string_value(json_object_get(round, "lead"));
        if (!state || strcmp(state, "certified") != 0)
            continue;
        for (int k = 0; k < CCI_LEADS; k++)
            if (lead && strcmp(lead, lead_name((cci_lead)k)) == 0)
                bits[k] += bits_of(round);
        if (json_is_true(json_object_get(round, "binding")))
            final_lead = lead;
    }
    json_t *selection = cci_json_new(), *share = cci_json_new();
    int ok = selection && share;
    for (int k = 0; k < CCI_LEADS; k++)
        all += bits[k];
    for (int k = 0; k < CCI_LEADS && all > 0; k++)
        if (bits[k] > 0)
            put(&ok, share, lead_name((cci_lead)k), json_real(bits[k] / all));
    put(&ok, selection, "bits", json_real(all));
    put(&ok, selection, "share", share);
    if (final_lead) {
        const char *lead = strcmp(final_lead, "customer") == 0 ? "customer" : "firm";
        put(&ok, selection, "final_lead", json_string(final_lead));
        put(&ok, selection, "mode", json_string(cocreate_mode(control, lead)));
    }
    put(&ok, document, "selection", selection);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

/* ---- one campaign ---- */

static cocreate_status add_balances(cci_engine *e, cci_campaign *c, json_t *document,
                                    cocreate_error *error)
{
    cocreate_ledger *ledger;
    cocreate_text *text;
    json_t *balances;
    CCI_TRY(cci_journal_get(e, c, &ledger, error));
    cocreate_status status = cocreate_ledger_balances(ledger, &text, error);
    json_int_t entries = (json_int_t)cocreate_ledger_count(ledger);
    CCI_TRY(status);
    status = cci_json_parse(cocreate_text_data(text), cocreate_text_size(text), &balances, error);
    cocreate_text_free(text);
    CCI_TRY(status);
    if (!cci_json_put(document, "balances", balances) ||
        !cci_json_put(document, "entries", json_integer(entries)))
        return cci_no_memory(error);
    return COCREATE_OK;
}

static cocreate_status fill_campaign(cci_engine *e, cci_campaign *c, json_t *document,
                                     cocreate_error *error)
{
    static const char *const members[] = {"state",   "counts", "phases",     "reason",
                                          "kinds",   "brief",  "created_at", "published_at",
                                          "awarded", "pauses", "rules",      "notice",     "stop", NULL};
    json_t *rounds = json_array();
    int ok = 1;
    put(&ok, document, "id", json_string(c->id));
    put(&ok, document, "title", json_string(c->brief.title));
    put(&ok, document, "mode", json_string(c->brief.mode));
    put(&ok, document, "rounds", rounds);
    put(&ok, document, "log", log_of(e));
    for (size_t i = 0; members[i]; i++)
        copy(&ok, document, c->doc, members[i]);
    if (!ok)
        return cci_no_memory(error);
    for (size_t i = 0; i < c->brief.n_rounds; i++)
        CCI_TRY(add_round(e, c, i, rounds, error));
    const char *control = c->brief.control == CCI_CONTROL_OPEN ? "open" : "fixed";
    CCI_TRY(add_selection(document, rounds, control, error));
    CCI_TRY(add_list(e, c, document, "contributions", CCI_KIND_CONTRIBUTION, add_contribution,
                     error));
    CCI_TRY(cci_revisions_show(e, c, document, error));
    CCI_TRY(add_edges(e, c, document, error));
    CCI_TRY(cci_jury_show(e, c, document, error));
    CCI_TRY(cci_tasks_show(e, c, document, error));
    CCI_TRY(cci_care_show(e, c, e->last_at, document, error));
    if (c->brief.n_milestones > 0)
        CCI_TRY(add_list(e, c, document, "milestones", CCI_KIND_MILESTONE, add_milestones, error));
    CCI_TRY(add_list(e, c, document, "awards", CCI_KIND_AWARD, add_award, error));
    CCI_TRY(add_list(e, c, document, "rights", CCI_KIND_RIGHT, add_right, error));
    return add_balances(e, c, document, error);
}

cocreate_status cci_show_campaign(cci_engine *e, cci_campaign *c, json_t **out,
                                  cocreate_error *error)
{
    json_t *document = cci_json_new();
    cocreate_status status =
        document ? fill_campaign(e, c, document, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        *out = document;
    else
        json_decref(document);
    return status;
}

cocreate_status cocreate_show(cocreate_store *store, const char *campaign, cocreate_text **out,
                              cocreate_error *error)
{
    cci_engine *e;
    cci_campaign *c;
    CCI_TRY(cci_engine_of(store, &e, error));
    if (!campaign)
        return show_store(e, out, error);
    CCI_TRY(cci_campaign_get(e, campaign, &c, error));
    json_t *document = NULL;
    CCI_TRY(cci_show_campaign(e, c, &document, error));
    cocreate_status status = cci_show_finish(e, document, out, error);
    json_decref(document);
    return status;
}
