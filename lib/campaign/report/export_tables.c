/* Rows of a campaign as tables: one record a row, its members as columns. */
#include <string.h>

#include "campaign/report/export.h"
#include "campaign/report/show.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/rounds.h"

#define COLUMNS_MAX 20

/* What stands in the id of a row before its members: "round \n contribution" is two columns. */
typedef struct table_type {
    const char *name;
    cci_kind kind;
    const char *shown; /* the list of a view that holds what a viewer may see of it; NULL: see row_for() */
    int of_store;                     /* rows of part 0 */
    const char *round;                /* the member that names a round, or NULL */
    const char *columns[COLUMNS_MAX]; /* "id" is the id of the row, unless the row has one */
} table_type;

static const table_type tables[] = {
    {"contributions",
     CCI_KIND_CONTRIBUTION,
     "contributions",
     0,
     NULL,
     {"id", "kind", "title", "authors", "category", "cost", "channel", "reply_to", "terms",
      "revision", "at", "state", "reason", "by", "changed_at", "late", "fields", NULL}},
    {"revisions",
     CCI_KIND_REVISION,
     "revisions",
     0,
     NULL,
     {"contribution", "number", "digest", "at", "by", "note", NULL}},
    {"decisions",
     CCI_KIND_DECISION,
     NULL,
     0,
     "round",
     {"round", "contribution", "verdict", "by", "reason", "at", NULL}},
    {"runs",
     CCI_KIND_RUN,
     NULL,
     0,
     "round",
     {"round", "run", "contribution", "value", "private", "reason", "submitted_at", "by", NULL}},
    {"awards",
     CCI_KIND_AWARD,
     "awards",
     0,
     NULL,
     {"id", "reward", "rule", "entry", "to", "kind", "currency", "minor", "amount", "state", "fund",
      "offered_at", "deadline", "reason", NULL}},
    {"ledger",
     CCI_KIND_ENTRY,
     NULL,
     0,
     NULL,
     {"number", "key", "at", "memo", "account", "currency", "minor", "hash", NULL}},
    {"periods",
     CCI_KIND_PERIOD,
     NULL,
     0,
     NULL,
     {"round", "period", "from", "until", "id", "place", "to", "score", "selected", "reason", NULL}},
    {"extras",
     CCI_KIND_EXTRA,
     NULL,
     0,
     NULL,
     {"round", "voter", "contribution", "extras", NULL}},
    {"useful",
     CCI_KIND_USEFUL,
     "useful",
     0,
     NULL,
     {"contribution", "by", "at", "state", NULL}},
    {"participants",
     CCI_KIND_PARTICIPANT,
     NULL,
     1,
     NULL,
     {"id", "side", "weight", "status", "person", "at", NULL}},
    {"invitations",
     CCI_KIND_INVITATION,
     NULL,
     1,
     NULL,
     {"id", "by", "at", NULL}},
};

static const char *const ballot_columns[] = {"round", "voter",   "about", "weight", "event",
                                             "state", "channel", "marks", NULL};

/* ---- cells ---- */

/* Quoted where it must be: a comma, a quote, the end of a line, or a blank at an end that readers
 * trim. */
static void add_cell(cci_buffer *out, const char *text, size_t size)
{
    int quoted = size > 0 && (text[0] == ' ' || text[size - 1] == ' ');
    for (size_t i = 0; i < size && !quoted; i++)
        quoted = text[i] == ',' || text[i] == '"' || text[i] == '\r' || text[i] == '\n';
    if (!quoted) {
        cci_buffer_add(out, text, size);
        return;
    }
    cci_buffer_byte(out, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            cci_buffer_byte(out, '"');
        cci_buffer_byte(out, (uint8_t)text[i]);
    }
    cci_buffer_byte(out, '"');
}

static void add_text(cci_buffer *out, const char *text)
{
    add_cell(out, text, strlen(text));
}

/* Texts as they are, nothing for what is missing, canonical JSON for the rest. */
static cocreate_status add_value(cci_buffer *out, const json_t *value, cocreate_error *error)
{
    cci_buffer text;
    if (!value || json_is_null(value))
        return COCREATE_OK;
    if (json_is_string(value)) {
        add_cell(out, json_string_value(value), json_string_length(value));
        return COCREATE_OK;
    }
    cci_buffer_init(&text, &out->allocator);
    cocreate_status status = cci_json_canonical(value, &text, error);
    if (status == COCREATE_OK)
        add_cell(out, text.data, text.size);
    cci_buffer_free(&text);
    return status;
}

static void add_header(cci_buffer *out, const char *const *columns)
{
    for (size_t i = 0; columns[i]; i++) {
        cci_buffer_text(out, i > 0 ? "," : "");
        cci_buffer_text(out, columns[i]);
    }
    cci_buffer_text(out, "\r\n");
}

static cocreate_status ended(const cci_buffer *out, cocreate_error *error)
{
    return out->failed ? cci_no_memory(error) : COCREATE_OK;
}

/* ---- rows ---- */

typedef struct writer {
    cci_engine *e;
    const cci_viewer *viewer;
    const table_type *table;
    cci_buffer *out;
    const char *round;            /* only this one, or NULL */
    const cci_campaign *campaign; /* of ballots */
} writer;

/* May the viewer see this decision or run? Makes it less where they may not see all of it. Own ones are
 * seen; others where counts are, decisions once the round has a result. */
static cocreate_status row_for(const writer *w, const char *of_round, json_t *doc, int *seen,
                               cocreate_error *error)
{
    const cci_viewer *v = w->viewer;
    const char *work = json_string_value(json_object_get(doc, "contribution"));
    const char *by = json_string_value(json_object_get(doc, "by"));
    int is_run = w->table->kind == CCI_KIND_RUN, own = by && v->id && strcmp(by, v->id) == 0;
    size_t round;
    json_t *contribution, *row;
    cci_round_state state;
    CCI_TRY(cci_round_find(w->campaign, of_round, &round, error));
    CCI_TRY(cci_state_get(w->e, w->campaign->part, CCI_KIND_CONTRIBUTION, work ? work : "", &contribution,
                          error));
    int visible = contribution && cci_viewer_sees_work(v, contribution);
    own |= is_run && cci_viewer_owns(v, contribution);
    json_decref(contribution);
    CCI_TRY(cci_round_get(w->e, w->campaign, of_round, &row, &state, error));
    json_decref(row);
    *seen = visible && (own || (cci_viewer_sees_counts(v) &&
                                (is_run || v->firm || state == CCI_ROUND_CERTIFIED)));
    if (!v->firm)
        json_object_del(doc, "private");
    if (!own && w->campaign->brief.rounds[round].lead == CCI_LEAD_JURY && !cci_viewer_sees_jurors(v))
        json_object_del(doc, "by");
    return COCREATE_OK;
}

static cocreate_status add_row(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const writer *w = user;
    const char *round =
        w->table->round || w->table->kind == CCI_KIND_EXTRA ? cci_json_text(doc, "round") : NULL;
    int seen = 1;
    if (w->round && round && strcmp(round, w->round) != 0)
        return COCREATE_OK;
    if (!w->viewer->host && w->table->round)
        CCI_TRY(row_for(w, round, doc, &seen, error));
    if (!seen)
        return COCREATE_OK;
    for (size_t i = 0; w->table->columns[i]; i++) {
        const char *column = w->table->columns[i];
        const json_t *value = json_object_get(doc, column);
        if (i > 0)
            cci_buffer_byte(w->out, ',');
        if (!value && strcmp(column, "id") == 0)
            add_text(w->out, id);
        else
            CCI_TRY(add_value(w->out, value, error));
    }
    cci_buffer_text(w->out, "\r\n");
    return ended(w->out, error);
}

/* A journal entry is as many records as it has lines. */
static cocreate_status add_entry(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const writer *w = user;
    const json_t *lines = json_object_get(doc, "lines");
    (void)id;
    for (size_t k = 0; k < json_array_size(lines); k++) {
        const json_t *line = json_array_get(lines, k);
        CCI_TRY(add_value(w->out, json_object_get(doc, "n"), error)); /* "number" */
        for (size_t i = 1; w->table->columns[i]; i++) {
            const char *column = w->table->columns[i];
            const json_t *value = json_object_get(line, column);
            cci_buffer_byte(w->out, ',');
            CCI_TRY(add_value(w->out, value ? value : json_object_get(doc, column), error));
        }
        cci_buffer_text(w->out, "\r\n");
    }
    return ended(w->out, error);
}

/* A place of a period, or why it has none. */
static cocreate_status add_place(const writer *w, const json_t *doc, const json_t *place,
                                 const json_t *selected, cocreate_error *error)
{
    const json_t *id = json_object_get(place, "id"), *exact = json_object_get(place, "exact");
    int is_selected = cci_json_lists(selected, json_string_value(id));
    const json_t *cells[] = {json_object_get(doc, "round"),
                             json_object_get(doc, "period"),
                             json_object_get(doc, "from"),
                             json_object_get(doc, "until"),
                             id,
                             json_object_get(place, "from"),
                             json_object_get(place, "to"),
                             exact ? exact : json_object_get(place, "score"),
                             place ? (is_selected ? json_true() : json_false()) : NULL,
                             json_object_get(doc, "reason")};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i > 0)
            cci_buffer_byte(w->out, ',');
        CCI_TRY(add_value(w->out, cells[i], error));
    }
    cci_buffer_text(w->out, "\r\n");
    return ended(w->out, error);
}

/* A period is as many records as it has places. */
static cocreate_status add_period(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const writer *w = user;
    const json_t *result = json_object_get(doc, "result"), *places = json_object_get(result, "places");
    (void)id;
    if (w->round && strcmp(cci_json_text(doc, "round"), w->round) != 0)
        return COCREATE_OK;
    for (size_t i = 0; i < json_array_size(places); i++)
        CCI_TRY(add_place(w, doc, json_array_get(places, i), json_object_get(result, "selected"), error));
    return result ? COCREATE_OK : add_place(w, doc, NULL, NULL, error);
}

/* ---- ballots ---- */

static cocreate_status write_ballot(const writer *w, const char *round, const cci_ballot_row *row,
                                    const json_t *kept, cocreate_error *error)
{
    const char *channel, *voided, *key = row->voter.data;
    size_t voter = cci_ballot_voter(row).size;
    const json_t *marks = cci_ballot_marks(kept, &channel, &voided);
    add_text(w->out, round);
    cci_buffer_byte(w->out, ',');
    add_cell(w->out, key, voter);
    cci_buffer_byte(w->out, ',');
    if (voter < row->voter.size)
        add_cell(w->out, key + voter + 1, row->voter.size - voter - 1);
    cci_buffer_byte(w->out, ',');
    cci_buffer_i64(w->out, row->weight);
    cci_buffer_byte(w->out, ',');
    cci_buffer_u64(w->out, row->seq);
    cci_buffer_text(w->out, marks ? ",cast," : voided ? ",void," : ",retracted,");
    if (channel)
        add_text(w->out, channel);
    cci_buffer_byte(w->out, ',');
    CCI_TRY(add_value(w->out, marks, error));
    cci_buffer_text(w->out, "\r\n");
    return ended(w->out, error);
}

static int is_of(const cci_ballot_row *row, const char *id)
{
    cci_bytes voter = cci_ballot_voter(row);
    return voter.size == strlen(id) && memcmp(voter.data, id, voter.size) == 0;
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    const writer *w = user;
    const cci_viewer *v = w->viewer;
    json_t *kept;
    (void)part;
    if (!v->host && !cci_viewer_sees_ballots(v) &&
        !(cci_viewer_sees_own_ballots(v) && is_of(row, v->id)))
        return COCREATE_OK;
    if (round < 0 || (uint64_t)round >= w->campaign->brief.n_rounds)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a ballot is of no round of the brief");
    const char *id = w->campaign->brief.rounds[round].id;
    if (w->round && strcmp(id, w->round) != 0)
        return COCREATE_OK;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &kept, error));
    cocreate_status status = write_ballot(w, id, row, kept, error);
    json_decref(kept);
    return status;
}

/* ---- one table ---- */

static cocreate_status
need_campaign(const cci_campaign *c, const char *table, cocreate_error *error)
{
    return c ? COCREATE_OK
             : cci_fail(error, COCREATE_ERR_ARGUMENT, "the table '%s' is of a campaign: name one",
                        table);
}

/* Of what a view tells. */
static cocreate_status add_shown(writer *w, cci_campaign *c, cocreate_error *error)
{
    json_t *document;
    CCI_TRY(cci_view_campaign(w->e, c, w->viewer, &document, error));
    const json_t *list = json_object_get(document, w->table->shown);
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(list) && status == COCREATE_OK; i++) {
        json_t *item = json_array_get(list, i);
        const char *id = json_string_value(json_object_get(item, "id"));
        status = add_row(w, id ? id : "", item, error);
    }
    json_decref(document);
    return status;
}

static cocreate_status add_table(writer *w, cci_campaign *c, cocreate_error *error)
{
    const table_type *table = w->table;
    cci_engine *e = w->e;
    if (!table->of_store)
        CCI_TRY(need_campaign(c, table->name, error));
    add_header(w->out, table->columns);
    if (!w->viewer->host && table->shown)
        return add_shown(w, c, error);
    if (!w->viewer->host && !table->round && !(c && w->viewer->firm))
        return cci_fail(error, COCREATE_ERR_PERMISSION, "the table '%s' is for the firm%s", table->name,
                        c ? "" : ", of a campaign: name one");
    if (!w->viewer->host && table->kind == CCI_KIND_EXTRA &&
        !(cci_viewer_sees_ballots(w->viewer) && cci_viewer_sees_extras(w->viewer)))
        return cci_viewer_refuse(w->viewer, cci_viewer_sees_extras(w->viewer) ? "ballots" : "extras",
                                 "who said yes beside a mark", error);
    cci_state_visitor visit = table->kind == CCI_KIND_ENTRY    ? add_entry
                              : table->kind == CCI_KIND_PERIOD ? add_period
                                                               : add_row;
    return cci_state_scan(e, table->of_store ? 0 : c->part, table->kind, NULL, visit, w, error);
}

cocreate_status cci_export_table(cci_engine *e, cci_campaign *c, const cci_viewer *v, const char *round,
                                 const char *name, cci_buffer *out, cocreate_error *error)
{
    writer w = {.e = e, .viewer = v, .out = out, .round = round, .campaign = c};
    if (strcmp(name, "ballots") == 0) {
        CCI_TRY(need_campaign(c, name, error));
        add_header(out, ballot_columns);
        return e->store->backend->scan_ballots(e->store->self, c->part, -1, add_ballot, &w, error);
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i].name, name) == 0) {
            w.table = &tables[i];
            return add_table(&w, c, error);
        }
    return cci_fail(
        error, COCREATE_ERR_NOT_FOUND,
        "no table '%.80s'; there are contributions, revisions, ballots, decisions, runs, awards, "
        "ledger, periods, extras, useful, participants, invitations",
        name);
}
