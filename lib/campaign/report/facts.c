#include "campaign/report/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "campaign/graph/kinds.h"
#include "campaign/rounds/rounds.h"

/* ---- writing ---- */

void cci_report_put(int *ok, json_t *object, const char *key, json_t *value)
{
    if (!cci_json_put(object, key, value))
        *ok = 0;
}

void cci_report_count(int *ok, json_t *object, const char *key, int64_t n)
{
    cci_report_put(ok, object, key, json_integer(n));
}

void cci_report_ratio(int *ok, json_t *object, const char *key, int64_t num, int64_t den)
{
    char text[48];
    int64_t a = num, b = den;
    if (den == 0)
        return;
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    if (a == den)
        snprintf(text, sizeof text, "%" PRId64, num / a);
    else
        snprintf(text, sizeof text, "%" PRId64 "/%" PRId64, num / a, den / a);
    cci_report_put(ok, object, key, json_string(text));
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void cci_report_sort(int64_t *values, size_t n)
{
    if (n > 0)
        qsort(values, n, sizeof *values, by_size);
}

int64_t cci_report_percentile(const int64_t *sorted, size_t n, size_t q)
{
    return sorted[(n * q + 99) / 100 - 1];
}

/* ---- looking up ---- */

cci_work *cci_known_work(const cci_known *f, const char *id)
{
    uint32_t at = id ? cci_string_set_find(&f->ids, id) : CCI_TABLE_NONE;
    return at == CCI_TABLE_NONE ? NULL : &f->works[at];
}

const char *cci_known_side(const cci_known *f, const char *participant)
{
    const char *side =
        participant ? json_string_value(json_object_get(f->sides, participant)) : NULL;
    return side ? side : "";
}

int cci_known_is_firm(const cci_known *f, const char *participant)
{
    return strcmp(cci_known_side(f, participant), "firm") == 0;
}

const char *cci_author_at(const json_t *doc, size_t i)
{
    return json_string_value(
        json_object_get(json_array_get(json_object_get(doc, "authors"), i), "participant"));
}

/* ---- events ---- */

typedef struct reading {
    const cci_known *f;
    cci_event_reader read;
    void *user;
} reading;

static cocreate_status read_event(void *user, const cci_event_row *row, cocreate_error *error)
{
    const reading *r = user;
    json_t *event;
    if (row->part != r->f->c->part)
        return COCREATE_OK;
    CCI_TRY(cci_json_parse(row->payload.data, row->payload.size, &event, error));
    cci_seen_event seen = {row->seq, row->at, json_string_value(json_object_get(event, "actor")),
                           json_string_value(json_object_get(event, "type")),
                           json_object_get(event, "data")};
    cocreate_status status =
        seen.actor && seen.type
            ? r->read(r->user, &seen, error)
            : cci_fail(error, COCREATE_ERR_CORRUPT, "event %" PRIu64 " has no type", row->seq);
    json_decref(event);
    return status;
}

cocreate_status
cci_known_events(const cci_known *f, cci_event_reader read, void *user, cocreate_error *error)
{
    reading r = {f, read, user};
    cci_engine *e = f->e;
    return e->tree.size == 0 ? COCREATE_OK
                             : e->store->backend->scan_events(e->store->self, 1, e->tree.size,
                                                              read_event, &r, error);
}

const cci_work *cci_known_touched(const cci_known *f, const cci_seen_event *event)
{
    static const char *const touches[] = {"response.posted",      "contribution.screened",
                                          "decision.made",        "contribution.implemented",
                                          "contribution.removed", NULL};
    const cci_work *w =
        cci_known_work(f, json_string_value(json_object_get(event->data, "contribution")));
    if (!w || !cci_known_is_firm(f, event->actor))
        return NULL;
    if (strcmp(event->type, "contribution.submitted") == 0)
        return cci_known_work(f, json_string_value(json_object_get(w->doc, "reply_to")));
    for (size_t i = 0; touches[i]; i++)
        if (strcmp(event->type, touches[i]) == 0)
            return w;
    return NULL;
}

/* ---- reading once ---- */

static cocreate_status add_side(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_known *f = user;
    const char *side;
    CCI_TRY(cci_json_string(doc, "side", &side, &CCI_ROOT, error));
    return cci_json_put(f->sides, id, json_string(side)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status add_work(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_known *f = user;
    if (!cci_grow(&f->e->allocator, (void **)&f->works, &f->cap_works, f->n_works + 1,
                  sizeof *f->works))
        return cci_no_memory(error);
    cci_work *w = &f->works[f->n_works];
    const char *state = json_string_value(json_object_get(doc, "state"));
    char *copy = cci_strndup(&f->e->allocator, id, strlen(id));
    if (!copy)
        return cci_no_memory(error);
    *w = (cci_work){.id = copy, .doc = json_incref(doc), .state = state ? state : ""};
    f->n_works++;
    w->kind = cci_contribution_kind(doc);
    w->is_reply = cci_kind_replies(w->kind);
    w->author = cci_author_at(doc, 0);
    w->by_firm = cci_known_is_firm(f, w->author);
    w->at = json_integer_value(json_object_get(doc, "at"));
    return COCREATE_OK;
}

static cocreate_status add_award(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_known *f = user;
    (void)id;
    return cci_json_push(f->awards, json_incref(doc)) ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status add_right(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_work *w = cci_known_work(user, id);
    const char *state = json_string_value(json_object_get(doc, "state"));
    (void)error;
    if (w && state && strcmp(state, "released") != 0 && strcmp(state, "revoked") != 0)
        w->rights = 1;
    return COCREATE_OK;
}

static cocreate_status add_edge(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    const cci_known *f = user;
    const char *type = json_string_value(json_object_get(doc, "type"));
    const char *state = json_string_value(json_object_get(doc, "state"));
    cci_work *from = cci_known_work(f, json_string_value(json_object_get(doc, "from")));
    cci_work *to = cci_known_work(f, json_string_value(json_object_get(doc, "to")));
    (void)id;
    (void)error;
    if (!type || !state || strcmp(state, "accepted") != 0 || !from || !to)
        return COCREATE_OK;
    if (strcmp(type, "replies") == 0)
        to->answered |= from->by_firm != to->by_firm;
    else if (strcmp(type, "derives") == 0 || strcmp(type, "amends") == 0 ||
             strcmp(type, "combines") == 0)
        from->derived = to->derived_from = 1;
    return COCREATE_OK;
}

static cocreate_status add_round(cci_known *f, size_t index, cocreate_error *error)
{
    static const char *const leads[CCI_LEADS] = {"firm", "customer", "metric", "jury", "lot"};
    const cci_round_spec *spec = &f->c->brief.rounds[index];
    cci_round_state state;
    json_t *row, *item;
    int ok = 1;
    CCI_TRY(cci_round_get(f->e, f->c, spec->id, &row, &state, error));
    json_t *result = json_object_get(row, "result"),
           *selected = json_object_get(result, "selected");
    if (state != CCI_ROUND_CERTIFIED) {
        json_decref(row);
        return COCREATE_OK;
    }
    item = cci_json_new();
    cci_report_put(&ok, item, "id", json_string(spec->id));
    cci_report_put(&ok, item, "lead", json_string(leads[spec->lead]));
    cci_report_put(&ok, item, "binding", json_boolean(spec->binding));
    cci_report_count(&ok, item, "in", (int64_t)json_array_size(json_object_get(row, "candidates")));
    cci_report_put(&ok, item, "out", selected ? json_incref(selected) : json_array());
    if (json_object_get(result, "channels"))
        cci_report_put(&ok, item, "channels", json_incref(json_object_get(result, "channels")));
    for (size_t i = 0; i < json_array_size(selected) && cci_round_final(f->c, index); i++) {
        cci_work *w = cci_known_work(f, json_string_value(json_array_get(selected, i)));
        if (w)
            w->selected = 1;
    }
    ok = cci_json_push(f->rounds, json_incref(item)) && ok;
    json_decref(item);
    json_decref(row);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status fill(cci_known *f, cocreate_error *error)
{
    int64_t part = f->c->part;
    uint32_t index;
    int added;
    if (!f->sides || !f->rounds || !f->awards)
        return cci_no_memory(error);
    CCI_TRY(cci_state_scan(f->e, 0, CCI_KIND_PARTICIPANT, NULL, add_side, f, error));
    CCI_TRY(cci_state_scan(f->e, part, CCI_KIND_CONTRIBUTION, NULL, add_work, f, error));
    for (size_t i = 0; i < f->n_works; i++)
        CCI_TRY(cci_string_set_add(&f->ids, f->works[i].id, &index, &added, error));
    CCI_TRY(cci_state_scan(f->e, part, CCI_KIND_AWARD, NULL, add_award, f, error));
    CCI_TRY(cci_state_scan(f->e, part, CCI_KIND_RIGHT, NULL, add_right, f, error));
    CCI_TRY(cci_state_scan(f->e, part, CCI_KIND_EDGE, NULL, add_edge, f, error));
    for (size_t i = 0; i < f->c->brief.n_rounds; i++)
        CCI_TRY(add_round(f, i, error));
    return COCREATE_OK;
}

cocreate_status cci_known_read(cci_engine *e, cci_campaign *c, const cci_viewer *viewer, int64_t as_of,
                               cci_known *out, cocreate_error *error)
{
    *out = (cci_known){.e = e,
                       .c = c,
                       .viewer = viewer,
                       .as_of = as_of,
                       .sides = cci_json_new(),
                       .rounds = json_array(),
                       .awards = json_array()};
    cci_string_set_init(&out->ids, &e->allocator);
    cocreate_status status = fill(out, error);
    if (status != COCREATE_OK)
        cci_known_free(out);
    return status;
}

void cci_known_free(cci_known *f)
{
    for (size_t i = 0; i < f->n_works; i++) {
        json_decref(f->works[i].doc);
        cci_free(&f->e->allocator, (void *)(uintptr_t)f->works[i].id);
    }
    cci_free(&f->e->allocator, f->works);
    cci_string_set_free(&f->ids);
    json_decref(f->sides);
    json_decref(f->rounds);
    json_decref(f->awards);
}
