#include "campaign/jury/plan.h"

#include <string.h>

/* What is known of a pair of candidate and juror. */
enum { MAY, MAY_NOT, STANDS, OFFER };

typedef struct plan {
    cci_engine *e;
    const cci_campaign *c;
    const cci_round_spec *spec;
    const cci_candidates *list;
    size_t n_jurors;
    uint8_t *pairs; /* n candidates x n jurors */
    int64_t *load;  /* by juror */
    size_t *from;   /* search: the juror that would hand on, or n_jurors */
    size_t *what;   /* search: the candidate that would be handed on */
    size_t *queue;
    json_t *expired;
    int close;       /* attributes and teams count */
    int found[2];    /* ..., and kept somebody away */
} plan;

static const char *juror_of(const plan *p, size_t j)
{
    return json_string_value(json_array_get(p->spec->panel, j));
}

static json_t *pair_of(const plan *p, size_t i, size_t j)
{
    json_t *pair = cci_json_new();
    if (cci_json_put(pair, "contribution", json_string(p->list->items[i].id)) &&
        cci_json_put(pair, "juror", json_string(juror_of(p, j))))
        return pair;
    json_decref(pair);
    return NULL;
}

/* Read what stands, and who may not. */
static cocreate_status look(plan *p, size_t i, size_t j, int64_t at, cocreate_error *error)
{
    uint8_t *pair = &p->pairs[i * p->n_jurors + j];
    const cci_candidate *candidate = &p->list->items[i];
    char reason[CCI_REASON_SIZE];
    cci_conflict kind;
    json_t *row;
    CCI_TRY(cci_assignment_get(p->e, p->c, p->spec->id, juror_of(p, j), candidate->id, &row,
                               error));
    const char *state = json_string_value(json_object_get(row, "state"));
    const json_t *due = json_object_get(row, "due");
    int stands = cci_assignment_stands(row);
    int late = stands && due && json_integer_value(due) <= at &&
               strcmp(state, cci_assignment_words[CCI_ASSIGNMENT_DONE]) != 0;
    int known = row != NULL;
    json_decref(row);
    *pair = stands && !late ? STANDS : known ? MAY_NOT : MAY;
    if (*pair == STANDS)
        p->load[j]++;
    if (late && !cci_json_push(p->expired, pair_of(p, i, j)))
        return cci_no_memory(error);
    if (*pair != MAY)
        return COCREATE_OK;
    CCI_TRY(cci_jury_conflict(p->e, p->c, p->spec, juror_of(p, j), candidate->id,
                              json_object_get(candidate->doc, "authors"), &kind, reason, error));
    int close = kind >= CCI_CONFLICT_ATTRIBUTE;
    if (kind != CCI_CONFLICT_NONE && (!close || p->close))
        *pair = MAY_NOT;
    if (close && p->close)
        p->found[kind - CCI_CONFLICT_ATTRIBUTE] = 1;
    return COCREATE_OK;
}

static int has_room(const plan *p, size_t j)
{
    return p->spec->load == 0 || p->load[j] < p->spec->load;
}

/* The juror with the least work who may take the candidate, or n_jurors. */
static size_t least_loaded(const plan *p, size_t i)
{
    size_t best = p->n_jurors;
    for (size_t j = 0; j < p->n_jurors; j++)
        if (p->pairs[i * p->n_jurors + j] == MAY && has_room(p, j) &&
            (best == p->n_jurors || p->load[j] < p->load[best]))
            best = j;
    return best;
}

/* Jurors to whom `j` could hand on one of the offers of this plan join the queue; the first with room
 * ends the search. */
static size_t spread(plan *p, size_t j, size_t *end)
{
    for (size_t i = 0; i < p->list->n; i++) {
        const uint8_t *row = &p->pairs[i * p->n_jurors];
        for (size_t k = 0; row[j] == OFFER && k < p->n_jurors; k++) {
            if (row[k] != MAY || p->from[k] != SIZE_MAX)
                continue;
            p->from[k] = j;
            p->what[k] = i;
            if (has_room(p, k))
                return k;
            p->queue[(*end)++] = k;
        }
    }
    return p->n_jurors;
}

/* Hand offers on along the path that ends at `j`, and offer `i` to who stands at its beginning. */
static void hand_on(plan *p, size_t i, size_t j)
{
    p->load[j]++;
    while (p->from[j] != p->n_jurors) {
        size_t k = p->from[j];
        p->pairs[p->what[j] * p->n_jurors + j] = OFFER;
        p->pairs[p->what[j] * p->n_jurors + k] = MAY;
        j = k;
    }
    p->pairs[i * p->n_jurors + j] = OFFER;
}

/* Everybody who may take it is full: breadth first for somebody who can be relieved. */
static int relieve(plan *p, size_t i)
{
    size_t begin = 0, end = 0;
    for (size_t j = 0; j < p->n_jurors; j++) {
        p->from[j] = SIZE_MAX;
        if (p->pairs[i * p->n_jurors + j] != MAY)
            continue;
        p->from[j] = p->n_jurors;
        p->queue[end++] = j;
    }
    while (begin < end) {
        size_t found = spread(p, p->queue[begin++], &end);
        if (found == p->n_jurors)
            continue;
        hand_on(p, i, found);
        return 1;
    }
    return 0;
}

static int offer(plan *p, size_t i)
{
    size_t j = least_loaded(p, i);
    if (j == p->n_jurors)
        return relieve(p, i);
    p->pairs[i * p->n_jurors + j] = OFFER;
    p->load[j]++;
    return 1;
}

static int64_t have(const plan *p, size_t i)
{
    int64_t n = 0;
    for (size_t j = 0; j < p->n_jurors; j++)
        n += p->pairs[i * p->n_jurors + j] >= STANDS;
    return n;
}

static int put_list(json_t *to, const char *key, json_t *list)
{
    if (json_array_size(list) > 0)
        return cci_json_put(to, key, list);
    json_decref(list);
    return list != NULL;
}

static cocreate_status result_of(plan *p, json_t **out, cocreate_error *error)
{
    static const char *const kinds[] = {"attribute", "team"};
    json_t *result = cci_json_new(), *offers = json_array(), *missing = json_array();
    json_t *conflicts = json_array();
    int ok = offers && missing && conflicts;
    for (int i = 0; ok && i < 2; i++)
        ok = !p->found[i] || cci_json_push(conflicts, json_string(kinds[i]));
    for (size_t i = 0; ok && i < p->list->n; i++) {
        const char *id = p->list->items[i].id;
        int64_t lack = p->spec->per_entry - have(p, i);
        for (size_t j = 0; ok && j < p->n_jurors; j++)
            if (p->pairs[i * p->n_jurors + j] == OFFER)
                ok = cci_json_push(offers, pair_of(p, i, j));
        if (!ok || lack <= 0 || p->list->items[i].out)
            continue;
        json_t *item = cci_json_new();
        ok = cci_json_put(item, "contribution", json_string(id)) &&
             cci_json_put(item, "missing", json_integer(lack)) &&
             cci_json_push(missing, json_incref(item));
        json_decref(item);
    }
    ok &= put_list(result, "offers", offers);
    ok &= put_list(result, "short", missing);
    ok &= put_list(result, "expired", json_incref(p->expired));
    ok &= put_list(result, "conflicts", conflicts);
    if (!ok) {
        json_decref(result);
        return cci_no_memory(error);
    }
    *out = result;
    return COCREATE_OK;
}

static cocreate_status make(plan *p, int64_t at, json_t **out, cocreate_error *error)
{
    for (size_t i = 0; i < p->list->n; i++)
        for (size_t j = 0; j < p->n_jurors; j++)
            CCI_TRY(look(p, i, j, at, error));
    for (int64_t pass = 0; pass < p->spec->per_entry; pass++) /* everybody's first juror first */
        for (size_t i = 0; i < p->list->n; i++)
            if (!p->list->items[i].out && have(p, i) <= pass)
                (void)offer(p, i); /* who could not be placed is listed as short */
    return result_of(p, out, error);
}

cocreate_status cci_plan(cci_engine *e, const cci_campaign *c, size_t round, const json_t *row,
                         int64_t at, int close, json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[round];
    const cocreate_allocator *a = &e->allocator;
    cci_candidates list;
    CCI_TRY(cci_candidates_load(e, c, json_object_get(row, "candidates"), &list, error));
    size_t n = json_array_size(spec->panel);
    plan p = {.e = e, .c = c, .spec = spec, .list = &list, .n_jurors = n, .close = close};
    p.pairs = cci_alloc(a, list.n ? list.n : 1, n); /* both are small: 10^6 by 10^3 at most */
    p.load = cci_alloc(a, n, sizeof *p.load);
    p.from = cci_alloc(a, n, sizeof *p.from);
    p.what = cci_alloc(a, n, sizeof *p.what);
    p.queue = cci_alloc(a, n, sizeof *p.queue);
    p.expired = json_array();
    cocreate_status status = COCREATE_OK;
    if (!p.pairs || !p.load || !p.from || !p.what || !p.queue || !p.expired)
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = make(&p, at, out, error);
    cci_free(a, p.pairs);
    cci_free(a, p.load);
    cci_free(a, p.from);
    cci_free(a, p.what);
    cci_free(a, p.queue);
    json_decref(p.expired);
    cci_candidates_free(&list);
    return status;
}
