/* featured: the best entries on a stage with few slots, with a quota for authors and rotation. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "reward/recognition/teams.h"

typedef struct featured {
    int64_t slots, per_author; /* per_author 0: no quota */
    int64_t rotation;          /* rounds without an entry that was featured */
    int lot;
    int has_where;
    cci_where where;
} featured;

static const cci_parameter parameters[] = {
    {"slots", "integer", 1, "how many entries are featured"},
    {"where", "condition", 0, "which entries may be, as score>=60; by default all"},
    {"per_author", "integer", 0, "the most slots of one author; by default 1, 0 for no quota"},
    {"rotation", "integer", 0,
     "rounds in which what was featured is not featured again, by the list featured and the round of "
     "the result; by default 0"},
    {"ties", "choice", 0, "entries of one place: earlier (default), by submitted_at, then id; or lot"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const ties[] = {"earlier", "lot", NULL};
    cci_path where_at = cci_path_key(path, "where");
    const char *where = NULL;
    featured *f = cci_arena_alloc(&scheme->arena, 1, sizeof *f);
    if (f == NULL)
        return cci_no_memory(error);
    f->per_author = 1;
    CCI_TRY(cci_json_i64(json, "slots", 1, 1000000, &f->slots, path, error));
    CCI_TRY(cci_json_i64_opt(json, "per_author", 0, 1000000, &f->per_author, path, error));
    CCI_TRY(cci_json_i64_opt(json, "rotation", 0, 1000000, &f->rotation, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", ties, &f->lot, path, error));
    CCI_TRY(cci_json_string_opt(json, "where", &where, path, error));
    if (where != NULL) {
        f->has_where = 1;
        CCI_TRY(cci_where_parse(&scheme->arena, where, &f->where, &where_at, error));
        scheme->needs |= f->where.needs;
    }
    rule->parameters = f;
    rule->why = "slots cost nothing";
    return COCREATE_OK;
}

/* -- What was featured ------------------------------------------------------------------------ */

/* Mark entries that were featured in one of the last rounds. Rows may be of entries that are gone. */
static cocreate_status mark_rested(cci_evaluation *e, const cci_rule *rule, char *resting,
                                   cocreate_error *error)
{
    const featured *f = rule->parameters;
    cci_section past;
    cci_path root = CCI_ROOT;
    int64_t round = 0, then = 0;
    if (f->rotation == 0)
        return COCREATE_OK;
    CCI_TRY(cci_json_i64(e->document, "round", 0, CCI_MINOR_MAX, &round, &root, error));
    CCI_TRY(cci_section_open(e, rule, "featured", 0, &past, error));
    for (size_t i = 0; i < past.n; i++) {
        const json_t *row;
        const char *id;
        cci_path at;
        CCI_TRY(cci_section_row(&past, i, &row, &at, error));
        cci_path round_at = cci_path_key(&at, "round");
        CCI_TRY(cci_json_id(row, "entry", &id, &at, error));
        CCI_TRY(cci_json_i64(row, "round", 0, CCI_MINOR_MAX, &then, &at, error));
        if (then >= round)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &round_at,
                                 "is %" PRId64 ", not before the round %" PRId64 " of the result",
                                 then, round);
        const cci_entry *entry = cci_result_find(e->result, id);
        if (entry != NULL && then >= round - f->rotation)
            resting[entry - e->result->entries] = 1;
    }
    return COCREATE_OK;
}

/* -- The order -------------------------------------------------------------------------------- */

typedef struct candidate {
    cci_stand stand;
    cci_digest ticket;
} candidate;

static int in_order(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    const cci_time *s = &x->stand.entry->submitted, *u = &y->stand.entry->submitted;
    if (x->stand.place != y->stand.place)
        return x->stand.place < y->stand.place ? -1 : 1;
    int order = memcmp(x->ticket.bytes, y->ticket.bytes, sizeof x->ticket.bytes);
    if (order != 0)
        return order;
    if (s->known != u->known)
        return s->known ? -1 : 1;
    if (s->known && s->at != u->at)
        return s->at < u->at ? -1 : 1;
    return strcmp(x->stand.entry->id, y->stand.entry->id);
}

static cocreate_status list_candidates(cci_evaluation *e, const cci_rule *rule, candidate **out,
                                       size_t *n, cocreate_error *error)
{
    const featured *f = rule->parameters;
    cci_stand *stands;
    size_t count, kept = 0;
    CCI_TRY(cci_standing(e, rule, 0, &stands, &count, error));
    candidate *list = cci_arena_alloc(&e->scratch, count, sizeof *list);
    if (list == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < count; i++) {
        const cci_entry *entry = stands[i].entry;
        if (f->has_where && !cci_where_holds(&f->where, entry, stands[i].place))
            continue;
        if (f->lot) {
            CCI_TRY(cci_need_seed(e, rule, error));
            list[kept].ticket = cci_lot_ticket(e->seed, rule->id, entry->id);
        }
        list[kept++].stand = stands[i];
    }
    if (kept > 0)
        qsort(list, kept, sizeof *list, in_order);
    *out = list;
    *n = kept;
    return COCREATE_OK;
}

/* -- Slots ------------------------------------------------------------------------------------ */

typedef struct stage {
    cci_string_set authors;
    int64_t *used; /* slots by author */
    char *resting; /* by entry */
    int64_t slot, rested, full; /* slots given; better entries passed over, and why */
} stage;

/* Take a slot for each author unless one of them has used up the quota. */
static cocreate_status take(const featured *f, stage *st, const cci_entry *entry, int *taken,
                            cocreate_error *error)
{
    size_t n = entry->n_team > 0 ? entry->n_team : 1;
    uint32_t index;
    int added;
    *taken = 1;
    for (size_t i = 0; i < n; i++) {
        CCI_TRY(cci_string_set_add(&st->authors, cci_member_of(entry, i), &index, &added, error));
        if (f->per_author > 0 && st->used[index] >= f->per_author)
            *taken = 0;
    }
    for (size_t i = 0; i < n && *taken; i++)
        st->used[cci_string_set_find(&st->authors, cci_member_of(entry, i))]++;
    return COCREATE_OK;
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const candidate *c,
                             const stage *st, cocreate_error *error)
{
    const featured *f = rule->parameters;
    const cci_entry *entry = c->stand.entry;
    cci_trace *t = &e->trace;
    char text[240];
    snprintf(text, sizeof text, "Place {place} has slot {slot} of {slots}%s.%s%s",
             c->stand.tied == 1 ? "" : f->lot ? ", by lot" : ", by submission",
             st->rested > 0 ? " Featured lately and passed over: {rested}." : "",
             st->full > 0 ? " Passed over for the quota of {quota} a person: {full}." : "");
    for (size_t i = 0; i < (entry->n_team > 0 ? entry->n_team : 1); i++) {
        cci_trace_begin(t);
        CCI_TRY(cci_trace_integer(t, "place", CCI_UNIT_NONE, c->stand.place, error));
        CCI_TRY(cci_trace_integer(t, "slot", CCI_UNIT_NONE, st->slot, error));
        CCI_TRY(cci_trace_integer(t, "slots", CCI_UNIT_NONE, f->slots, error));
        CCI_TRY(cci_trace_integer(t, "quota", CCI_UNIT_NONE, f->per_author, error));
        CCI_TRY(cci_trace_integer(t, "rested", CCI_UNIT_NONE, st->rested, error));
        CCI_TRY(cci_trace_integer(t, "full", CCI_UNIT_NONE, st->full, error));
        CCI_TRY(cci_trace_check(t, "slot", "at_most", "slots", error));
        cci_buffer b;
        cci_buffer_init(&b, &e->scratch.allocator);
        cci_detail_integer(&b, "place", c->stand.place);
        cci_detail_integer(&b, "slot", st->slot);
        CCI_TRY(cci_recognise_with(e, rule, cci_member_of(entry, i), entry->id, text, &b, error));
    }
    return COCREATE_OK;
}

static cocreate_status fill(cci_evaluation *e, const cci_rule *rule, const candidate *list,
                            size_t n, stage *st, cocreate_error *error)
{
    const featured *f = rule->parameters;
    for (size_t i = 0; i < n && st->slot < f->slots; i++) {
        const cci_entry *entry = list[i].stand.entry;
        int taken = 0;
        if (st->resting[entry - e->result->entries]) {
            st->rested++;
            continue;
        }
        CCI_TRY(take(f, st, entry, &taken, error));
        if (!taken) {
            st->full++;
            continue;
        }
        st->slot++;
        CCI_TRY(award(e, rule, &list[i], st, error));
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    candidate *list = NULL;
    size_t n = 0, authors = 0;
    stage st = {.slot = 0};
    CCI_TRY(list_candidates(e, rule, &list, &n, error));
    for (size_t i = 0; i < n; i++)
        authors += list[i].stand.entry->n_team > 0 ? list[i].stand.entry->n_team : 1;
    st.used = cci_arena_alloc(&e->scratch, authors, sizeof *st.used);
    st.resting = cci_arena_alloc(&e->scratch, e->result->n, 1);
    if (st.used == NULL || st.resting == NULL)
        return cci_no_memory(error);
    CCI_TRY(mark_rested(e, rule, st.resting, error));
    cci_string_set_init(&st.authors, &e->scratch.allocator);
    cocreate_status status = fill(e, rule, list, n, &st, error);
    cci_string_set_free(&st.authors);
    return status;
}

const cci_rule_kind cci_rule_featured = {
    .kind = "featured",
    .title = "Slots on a stage for the best entries",
    .parameters = parameters,
    .bound = "nothing",
    .source = "the best k under a quota for authors, with rotation",
    .parse = parse,
    .evaluate = evaluate,
};
