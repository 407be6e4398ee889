/* Voters who vote for the same within the same hour, again and again (after SynchroTrap, Cao et al.
 * 2014): what they have in common is shown, and no ballot is touched. */
#include <stdlib.h>
#include <string.h>

#include "campaign/instruments/instrument.h"
#include "campaign/report/facts.h"
#include "campaign/report/similar.h"
#include "campaign/rounds/tally.h"

#define HOUR INT64_C(3600000000)
#define BANDS 32
#define ROWS 2
#define VOTERS_MIN 10 /* of a cluster */
#define ACTS_MIN 5   /* that two of them share */

typedef struct act {
    uint32_t voter;
    uint64_t what; /* a contribution in an hour, hashed */
} act;

typedef struct watcher {
    const cci_known *f;
    uint8_t key[16];
    uint64_t seed;
    json_t *names; /* owns the voters' ids, in order of their first ballot */
    cci_string_set ids;
    act *acts;
    size_t n, capacity;
} watcher;

static cocreate_status
number_voter(watcher *w, const char *voter, uint32_t *out, cocreate_error *error)
{
    int added;
    *out = cci_string_set_find(&w->ids, voter);
    if (*out != CCI_TABLE_NONE)
        return COCREATE_OK;
    if (!cci_json_push(w->names, json_string(voter)))
        return cci_no_memory(error);
    const char *kept = json_string_value(json_array_get(w->names, json_array_size(w->names) - 1));
    return cci_string_set_add(&w->ids, kept, out, &added, error);
}

static cocreate_status read_event(void *user, const cci_seen_event *event, cocreate_error *error)
{
    watcher *w = user;
    const char *option;
    json_t *value;
    uint32_t voter;
    if (strcmp(event->type, "ballot.cast") != 0)
        return COCREATE_OK;
    const char *proxied = json_string_value(json_object_get(event->data, "voter"));
    CCI_TRY(number_voter(w, proxied ? proxied : event->actor, &voter, error));
    json_object_foreach(json_object_get(event->data, "ballot"), option, value)
    {
        if (!cci_grow(&w->f->e->allocator, (void **)&w->acts, &w->capacity, w->n + 1,
                      sizeof *w->acts))
            return cci_no_memory(error);
        uint64_t hour = (uint64_t)(event->at / HOUR);
        uint64_t what =
            cci_keyed_hash(w->key, option, strlen(option)) ^ hour * UINT64_C(0x9e3779b97f4a7c15);
        w->acts[w->n++] = (act){voter, what};
    }
    return COCREATE_OK;
}

static int by_voter(const void *a, const void *b)
{
    const act *x = a, *y = b;
    if (x->voter != y->voter)
        return x->voter < y->voter ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

/* ---- clusters ---- */

/* The least of its cluster, with the path to it halved on the way. */
static uint32_t least_of(uint32_t *up, uint32_t i)
{
    while (up[i] != i)
        i = up[i] = up[up[i]];
    return i;
}

static void join(uint32_t *up, const cci_similar_pair *pairs, size_t n_pairs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        up[i] = (uint32_t)i;
    for (size_t i = 0; i < n_pairs; i++) {
        uint32_t a = least_of(up, pairs[i].a), b = least_of(up, pairs[i].b);
        up[a > b ? a : b] = a < b ? a : b;
    }
    for (size_t i = 0; i < n; i++)
        up[i] = least_of(up, (uint32_t)i);
}

static cocreate_status write_clusters(const watcher *w, const uint32_t *up, json_t **rows, size_t n,
                                      json_t *out, cocreate_error *error)
{
    json_t *list = json_array();
    int64_t flagged = 0;
    int ok = 1;
    cci_report_put(&ok, out, "clusters", list);
    for (size_t i = 0; i < n && ok; i++) {
        if (!rows[up[i]])
            ok = (rows[up[i]] = json_array()) != NULL;
        ok = ok && cci_json_push(rows[up[i]], json_incref(json_array_get(w->names, i)));
    }
    for (size_t i = 0; i < n && ok; i++)
        if (rows[i] && json_array_size(rows[i]) >= VOTERS_MIN) {
            json_t *row = cci_json_new();
            flagged += (int64_t)json_array_size(rows[i]);
            cci_report_put(&ok, row, "voters", json_incref(rows[i]));
            ok = cci_json_push(list, json_incref(row)) && ok;
            json_decref(row);
        }
    cci_report_count(&ok, out, "voters", (int64_t)n);
    cci_report_count(&ok, out, "flagged", flagged);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status cluster(watcher *w, cci_set *sets, uint64_t *whats, uint32_t *up,
                               json_t **rows, size_t n, json_t *out, cocreate_error *error)
{
    cci_similar_pair *pairs;
    size_t n_pairs;
    if (w->n > 0)
        qsort(w->acts, w->n, sizeof *w->acts, by_voter);
    for (size_t i = 0; i < w->n; i++) {
        cci_set *set = &sets[w->acts[i].voter];
        whats[i] = w->acts[i].what;
        if (set->n == 0)
            set->elements = &whats[i];
        set->n++;
    }
    for (size_t i = 0; i < n; i++)
        sets[i].n = cci_set_sort((uint64_t *)(uintptr_t)sets[i].elements, sets[i].n);
    CCI_TRY(cci_similar(&w->f->e->allocator, sets, n, BANDS, ROWS, w->seed, 1, 2, ACTS_MIN, &pairs,
                        &n_pairs, error));
    join(up, pairs, n_pairs, n);
    cci_free(&w->f->e->allocator, pairs);
    return write_clusters(w, up, rows, n, out, error);
}

static cocreate_status find(watcher *w, json_t *out, cocreate_error *error)
{
    const cocreate_allocator *a = &w->f->e->allocator;
    CCI_TRY(cci_known_events(w->f, read_event, w, error));
    size_t n = json_array_size(w->names);
    cci_set *sets = cci_alloc(a, n, sizeof *sets);
    uint64_t *whats = cci_alloc(a, w->n, sizeof *whats);
    uint32_t *up = cci_alloc(a, n, sizeof *up);
    json_t **rows = cci_alloc(a, n, sizeof(json_t *));
    cocreate_status status = sets && whats && up && rows
                                 ? cluster(w, sets, whats, up, rows, n, out, error)
                                 : cci_no_memory(error);
    for (size_t i = 0; rows && i < n; i++)
        json_decref(rows[i]);
    cci_free(a, sets);
    cci_free(a, whats);
    cci_free(a, up);
    cci_free(a, rows);
    return status;
}

/* ---- what the places would be ---- */

static json_t *flagged_of(const json_t *out)
{
    const json_t *clusters = json_object_get(out, "clusters");
    json_t *flagged = cci_json_new();
    int ok = flagged != NULL;
    for (size_t i = 0; i < json_array_size(clusters); i++) {
        const json_t *voters = json_object_get(json_array_get(clusters, i), "voters");
        for (size_t k = 0; ok && k < json_array_size(voters); k++)
            ok = cci_json_put(flagged, json_string_value(json_array_get(voters, k)), json_true());
    }
    if (ok)
        return flagged;
    json_decref(flagged);
    return NULL;
}

static int copy_place(json_t *places, const json_t *place)
{
    static const char *const members[] = {"id", "from", "to", NULL};
    json_t *item = cci_json_new();
    int ok = item != NULL;
    for (size_t i = 0; ok && members[i]; i++)
        ok = cci_json_put(item, members[i], json_incref(json_object_get(place, members[i])));
    ok = ok && cci_json_push(places, json_incref(item));
    json_decref(item);
    return ok;
}

/* {"round", "changes", "places", "selected"}: steals nothing. */
static int write_round(json_t *list, const char *round, const json_t *was, const json_t *now,
                       const char *reason)
{
    json_t *item = cci_json_new(), *places = json_array(), *selected = json_object_get(now, "selected");
    const json_t *all = json_object_get(now, "places");
    int ok = item && places;
    for (size_t i = 0; ok && i < json_array_size(all); i++)
        ok = copy_place(places, json_array_get(all, i));
    cci_report_put(&ok, item, "round", json_string(round));
    cci_report_put(&ok, item, "changes",
                   json_boolean(!now || !json_equal(selected, json_object_get(was, "selected"))));
    if (now) {
        cci_report_put(&ok, item, "places", json_incref(places));
        cci_report_put(&ok, item, "selected", json_incref(selected));
    } else {
        cci_report_put(&ok, item, "reason", json_string(reason));
    }
    ok = ok && cci_json_push(list, json_incref(item));
    json_decref(places);
    json_decref(item);
    return ok;
}

static cocreate_status tally_without(const cci_known *f, size_t round, const json_t *flagged, json_t *list,
                                     cocreate_error *error)
{
    const cci_round_spec *spec = &f->c->brief.rounds[round];
    char reason[CCI_REASON_SIZE] = "";
    json_t *row, *result = NULL;
    cci_round_state state;
    CCI_TRY(cci_round_get(f->e, f->c, spec->id, &row, &state, error));
    json_t *was = json_object_get(row, "result");
    cocreate_status status = COCREATE_OK;
    if (was && spec->instrument->kinds[0] && !spec->periods) {
        status = cci_json_put(row, "without", json_incref((json_t *)(uintptr_t)flagged))
                     ? cci_tally(f->e, f->c, round, row, &result, reason, error)
                     : cci_no_memory(error);
        if (status == COCREATE_OK && !write_round(list, spec->id, was, result, reason))
            status = cci_no_memory(error);
    }
    json_decref(result);
    json_decref(row);
    return status;
}

/* A second tally of every round that has a result, as if the flagged had not voted. No result changes. */
static cocreate_status add_second(const cci_known *f, json_t *out, cocreate_error *error)
{
    json_t *flagged = flagged_of(out), *list = json_array();
    cocreate_status status = flagged && list ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < f->c->brief.n_rounds && json_object_size(flagged); i++)
        status = tally_without(f, i, flagged, list, error);
    if (status == COCREATE_OK && json_object_size(flagged) &&
        !cci_json_put(out, "without_flagged", json_incref(list)))
        status = cci_no_memory(error);
    json_decref(flagged);
    json_decref(list);
    return status;
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    watcher w = {.f = f, .names = json_array()};
    if (!w.names)
        return cci_no_memory(error);
    cci_similar_key(f->c, w.key, &w.seed);
    cci_string_set_init(&w.ids, &f->e->allocator);
    cocreate_status status = find(&w, out, error);
    cci_string_set_free(&w.ids);
    cci_free(&f->e->allocator, w.acts);
    json_decref(w.names);
    return status == COCREATE_OK ? add_second(f, out, error) : status;
}

const cci_report_type cci_report_lockstep = {
    "lockstep", "voters who vote for the same within the same hour", make, CCI_REPORT_BALLOTS};
