#include "campaign/money/influence.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "campaign/brief_read.h"
#include "campaign/graph/edges.h"
#include "campaign/instruments/instrument.h"
#include "campaign/money/award.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/rounds.h"

#define PHASES_MAX 20

/* ---- the brief ---- */

/* What people did, by which a phase is shared: of ballots about the entry, but for "ballots". */
static const char *const sources[] = {"votes", "majority", "ballots", "pledges", "edges", NULL};

static int has_instrument(const cci_round_spec *round, const char *name)
{
    return round->instrument && strcmp(round->instrument->name, name) == 0;
}

/* Does a round have ballots that say this? The refusal says what it needs. */
static const char *needs(const cci_round_spec *round, const char *source)
{
    if (strcmp(source, "pledges") == 0)
        return has_instrument(round, "pledge") ? NULL : "pledges";
    if (strcmp(source, "majority") == 0)
        return has_instrument(round, "score") || has_instrument(round, "updown")
                   ? NULL
                   : "scores or votes up and down";
    if (strcmp(source, "ballots") == 0)
        return round->kind != 0 || has_instrument(round, "survey") ? NULL : "ballots";
    return round->kind != 0 ? NULL : "ballots";
}

static cocreate_status read_source(const cci_brief *b, const json_t *from, const cci_path *path,
                                   cocreate_error *error)
{
    const char *id, *source = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)from));
    int type;
    if (json_is_string(from) && strcmp(json_string_value(from), "authors") == 0)
        return COCREATE_OK;
    if (json_object_size(from) != 1)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "expected \"authors\", or one of votes, majority, ballots and pledges with a "
                             "round, or edges with a type");
    CCI_TRY(cci_json_keys(from, sources, path, error));
    if (strcmp(source, "edges") == 0)
        return cci_json_choice(from, source, cci_edge_words, &type, path, error);
    CCI_TRY(cci_json_id(from, source, &id, path, error));
    const cci_round_spec *round = cci_brief_round(b, id);
    cci_path here = cci_path_key(path, source);
    if (!round)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "there is no round '%.60s'", id);
    const char *missing = needs(round, source);
    return missing ? cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "round '%.60s' has no %s", id, missing)
                   : COCREATE_OK;
}

/* Adds the share of a phase. */
static cocreate_status read_phase(const cci_brief *b, const json_t *json, cci_rational *sum,
                                  const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"id", "share", "from", NULL};
    const char *id;
    cci_rational share;
    CCI_TRY(cci_brief_object(json, keys, path, error));
    CCI_TRY(cci_json_id(json, "id", &id, path, error));
    cci_path here = cci_path_key(path, "share"), from = cci_path_key(path, "from");
    CCI_TRY(read_source(b, json_object_get(json, "from"), &from, error));
    CCI_TRY(cci_rational_init(&share, error));
    const json_t *value = json_object_get(json, "share");
    cocreate_status status = value
                                 ? cci_json_number(value, &share, &here, error)
                                 : cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "required, but missing");
    if (status == COCREATE_OK && cci_rational_sign(&share) <= 0)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "not above 0");
    if (status == COCREATE_OK)
        status = cci_rational_add(sum, &share, sum, error);
    cci_rational_clear(&share);
    return status;
}

static cocreate_status check_sum(const cci_brief *b, const cci_rational *sum, const cci_path *path,
                                 cocreate_error *error)
{
    cci_buffer text;
    if (mp_cmp(&sum->num, &sum->den) == MP_EQ)
        return COCREATE_OK;
    cci_buffer_init(&text, &b->allocator);
    cocreate_status status = cci_rational_text(sum, &text, error);
    if (status == COCREATE_OK)
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                               "the shares of the phases sum to %.60s, not to 1: add or take away the rest",
                               text.data);
    cci_buffer_free(&text);
    return status;
}

/* Who has influence has a share, which is what the rules must pay by. */
static cocreate_status check_rules(const cci_reward_spec *reward, const cci_path *path, cocreate_error *error)
{
    const json_t *rules = json_object_get(reward->scheme, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *rule = json_array_get(rules, i);
        const char *split = cci_json_text(json_object_get(rule, "team"), "split");
        if (*split && strcmp(split, "declared") != 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                                 "gives shares, but rule '%.60s' splits '%.20s': leave its 'team' away",
                                 cci_json_text(rule, "id"), split);
    }
    return COCREATE_OK;
}

cocreate_status cci_influence_read(const cci_brief *b, json_t *json, cci_reward_spec *reward,
                                   const cci_path *path, cocreate_error *error)
{
    json_t *list = NULL;
    cci_rational sum;
    cci_path here = cci_path_key(path, "influence");
    CCI_TRY(cci_json_get_array_opt(json, "influence", &list, path, error));
    reward->influence = list;
    if (!list)
        return COCREATE_OK;
    if (json_array_size(list) > PHASES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here, "at most %d phases", PHASES_MAX);
    CCI_TRY(check_rules(reward, &here, error));
    CCI_TRY(cci_rational_init(&sum, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(list) && status == COCREATE_OK; i++) {
        cci_path item = cci_path_at(&here, i);
        const json_t *id = json_object_get(json_array_get(list, i), "id");
        status = read_phase(b, json_array_get(list, i), &sum, &item, error);
        for (size_t k = 0; k < i && status == COCREATE_OK; k++)
            if (json_equal(json_object_get(json_array_get(list, k), "id"), id))
                status = cci_brief_repeated(&item, "id", json_string_value(id), error);
    }
    if (status == COCREATE_OK)
        status = check_sum(b, &sum, &here, error);
    cci_rational_clear(&sum);
    return status;
}

/* ---- people, and what they have ---- */

typedef struct person {
    char *id;
    cci_rational weight; /* in the phase at hand */
    cci_rational share;  /* of all phases so far */
} person;

typedef struct crowd {
    cci_engine *e;
    const cci_campaign *c;
    const char *entry;
    cci_string_set ids;
    person *people;
    size_t n, capacity;
    cci_rational given; /* shares of the phases in which somebody has something */
    /* the round at hand */
    const cci_round_spec *round;
    const char *source;
    json_t *counts; /* {"5": ballots}: how often the entry has which mark; counted where `counting` */
    int counting;
} crowd;

static void crowd_free(crowd *w)
{
    for (size_t i = 0; i < w->n; i++) {
        cci_free(&w->e->allocator, w->people[i].id);
        cci_rational_clear(&w->people[i].weight);
        cci_rational_clear(&w->people[i].share);
    }
    cci_rational_clear(&w->given);
    cci_free(&w->e->allocator, w->people);
    cci_string_set_free(&w->ids);
    json_decref(w->counts);
}

/* Somebody who has nothing yet. */
static cocreate_status join(crowd *w, const char *id, uint32_t *index, cocreate_error *error)
{
    int added;
    void *people = w->people;
    if (!cci_grow(&w->e->allocator, &people, &w->capacity, w->n + 1, sizeof *w->people))
        return cci_no_memory(error);
    w->people = people;
    person *p = &w->people[w->n++];
    *p = (person){.id = cci_strndup(&w->e->allocator, id, strlen(id))};
    CCI_TRY(p->id ? cci_rational_init(&p->weight, error) : cci_no_memory(error));
    CCI_TRY(cci_rational_init(&p->share, error));
    return cci_string_set_add(&w->ids, p->id, index, &added, error);
}

/* Somebody has so much more in this phase. */
static cocreate_status add(crowd *w, const char *id, const cci_rational *weight, cocreate_error *error)
{
    uint32_t index = cci_string_set_find(&w->ids, id);
    if (index == CCI_TABLE_NONE)
        CCI_TRY(join(w, id, &index, error));
    return cci_rational_add(&w->people[index].weight, weight, &w->people[index].weight, error);
}

static cocreate_status add_integer(crowd *w, cci_bytes id, int64_t weight, cocreate_error *error)
{
    cci_rational value;
    char *text = cci_strndup(&w->e->allocator, id.data, id.size);
    cocreate_status status = text ? cci_rational_init(&value, error) : cci_no_memory(error);
    if (status == COCREATE_OK) {
        status = cci_rational_set_i64(&value, weight, 1, error);
        if (status == COCREATE_OK)
            status = add(w, text, &value, error);
        cci_rational_clear(&value);
    }
    cci_free(&w->e->allocator, text);
    return status;
}

/* The authors of a contribution by their shares, of `whole` in all. */
static cocreate_status add_authors(crowd *w, const json_t *contribution, const cci_rational *whole,
                                   cocreate_error *error)
{
    const json_t *authors = json_object_get(contribution, "authors");
    cci_rational share;
    CCI_TRY(cci_rational_init(&share, error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(authors) && status == COCREATE_OK; i++) {
        const json_t *author = json_array_get(authors, i), *value = json_object_get(author, "share");
        status = value ? cci_json_number(value, &share, &CCI_ROOT, error)
                       : cci_rational_set_i64(&share, 1, (int64_t)json_array_size(authors), error);
        if (status == COCREATE_OK)
            status = cci_rational_mul(&share, whole, &share, error);
        if (status == COCREATE_OK)
            status = add(w, cci_json_text(author, "participant"), &share, error);
    }
    cci_rational_clear(&share);
    return status;
}

/* ---- what people did ---- */

/* A mark of the entry on a ballot: who gave it, and does it count? */
static cocreate_status judge(crowd *w, cci_bytes voter, int64_t value, cocreate_error *error)
{
    int ranks = w->round->kind == COCREATE_BALLOT_RANKING;
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    json_int_t count = json_integer_value(json_object_get(w->counts, text));
    if (w->counting)
        return cci_json_put(w->counts, text, json_integer(count + 1)) ? COCREATE_OK : cci_no_memory(error);
    if (strcmp(w->source, "majority") == 0) {
        const char *key;
        json_t *other;
        json_object_foreach(w->counts, key, other)
            if (json_integer_value(other) > count)
                return COCREATE_OK;
        return add_integer(w, voter, 1, error);
    }
    if (ranks ? value != 1 : value <= 0)
        return COCREATE_OK;
    return add_integer(w, voter, strcmp(w->source, "pledges") == 0 ? value : 1, error);
}

static cocreate_status visit_ballot(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                    cocreate_error *error)
{
    crowd *w = user;
    json_t *kept = NULL;
    const char *channel, *voided;
    (void)part;
    (void)round;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &kept, error));
    const json_t *marks = cci_ballot_marks(kept, &channel, &voided), *mark = json_object_get(marks, w->entry);
    cocreate_status status = COCREATE_OK;
    int64_t value = 0;
    if (marks && strcmp(w->source, "ballots") == 0)
        status = add_integer(w, cci_ballot_voter(row), 1, error);
    else if (mark) {
        status = cci_ballot_value(w->round, mark, &CCI_ROOT, &value, error);
        if (status == COCREATE_OK)
            status = judge(w, cci_ballot_voter(row), value, error);
    }
    json_decref(kept);
    return status;
}

static cocreate_status scan_round(crowd *w, const char *round, cocreate_error *error)
{
    size_t index = 0;
    const cci_backend *backend = w->e->store->backend;
    CCI_TRY(cci_round_standing(w->e, w->c, round, &round, error));
    CCI_TRY(cci_round_find(w->c, round, &index, error));
    w->round = &w->c->brief.rounds[index];
    json_decref(w->counts);
    w->counts = cci_json_new();
    if (!w->counts)
        return cci_no_memory(error);
    w->counting = strcmp(w->source, "majority") == 0;
    if (w->counting)
        CCI_TRY(backend->scan_ballots(w->e->store->self, w->c->part, (int64_t)index, visit_ballot, w, error));
    w->counting = 0;
    return backend->scan_ballots(w->e->store->self, w->c->part, (int64_t)index, visit_ballot, w, error);
}

/* What reaches the entry by an accepted edge, by its credit or else 1; its authors share that. */
static cocreate_status visit_edge(void *user, const char *other, const json_t *edge, cocreate_error *error)
{
    crowd *w = user;
    const json_t *credit = json_object_get(edge, "credit");
    json_t *contribution = NULL;
    cci_rational whole;
    CCI_TRY(cci_state_get(w->e, w->c->part, CCI_KIND_CONTRIBUTION, other, &contribution, error));
    cocreate_status status = COCREATE_OK;
    if (cci_takes_part(contribution)) {
        status = cci_rational_init(&whole, error);
        if (status == COCREATE_OK)
            status = credit ? cci_json_number(credit, &whole, &CCI_ROOT, error)
                            : cci_rational_set_i64(&whole, 1, 1, error);
        if (status == COCREATE_OK)
            status = add_authors(w, contribution, &whole, error);
        cci_rational_clear(&whole);
    }
    json_decref(contribution);
    return status;
}

static cocreate_status gather(crowd *w, const json_t *from, cocreate_error *error)
{
    if (json_is_object(from)) {
        w->source = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)from));
        const char *of = cci_json_text(from, w->source);
        return strcmp(w->source, "edges") == 0
                   ? cci_edges_scan(w->e, w->c->part, w->entry, of, 0, visit_edge, w, error)
                   : scan_round(w, of, error);
    }
    json_t *contribution = NULL;
    cci_rational one;
    CCI_TRY(cci_state_get(w->e, w->c->part, CCI_KIND_CONTRIBUTION, w->entry, &contribution, error));
    cocreate_status status = cci_rational_init(&one, error);
    if (status == COCREATE_OK) {
        status = cci_rational_set_i64(&one, 1, 1, error);
        if (status == COCREATE_OK)
            status = add_authors(w, contribution, &one, error);
        cci_rational_clear(&one);
    }
    json_decref(contribution);
    return status;
}

/* ---- from phases to shares ---- */

/* Everybody gets their part of `share`; with `total` of what they have. */
static cocreate_status deal(crowd *w, const cci_rational *share, const cci_rational *total,
                            cocreate_error *error)
{
    for (size_t i = 0; i < w->n; i++) {
        person *p = &w->people[i];
        CCI_TRY(cci_rational_mul(&p->weight, share, &p->weight, error));
        CCI_TRY(cci_rational_div(&p->weight, total, &p->weight, error));
        CCI_TRY(cci_rational_add(&p->share, &p->weight, &p->share, error));
        CCI_TRY(cci_rational_set_i64(&p->weight, 0, 1, error));
    }
    return cci_rational_add(&w->given, share, &w->given, error);
}

/* A phase in which nobody has anything gives nothing: the others share it in proportion. */
static cocreate_status share_phase(crowd *w, const json_t *phase, cocreate_error *error)
{
    cci_rational share, total = {{0}, {0}};
    CCI_TRY(gather(w, json_object_get(phase, "from"), error));
    CCI_TRY(cci_rational_init(&share, error));
    cocreate_status status = cci_rational_init(&total, error);
    if (status == COCREATE_OK)
        status = cci_json_number(json_object_get(phase, "share"), &share, &CCI_ROOT, error);
    for (size_t i = 0; i < w->n && status == COCREATE_OK; i++)
        status = cci_rational_add(&total, &w->people[i].weight, &total, error);
    if (status == COCREATE_OK && cci_rational_sign(&total) > 0)
        status = deal(w, &share, &total, error);
    cci_rational_clear(&total);
    cci_rational_clear(&share);
    return status;
}

static cocreate_status member_of(crowd *w, size_t i, json_t *team, cocreate_error *error)
{
    cci_buffer text;
    person *p = &w->people[i];
    if (cci_rational_sign(&p->share) == 0)
        return COCREATE_OK;
    CCI_TRY(cci_rational_div(&p->share, &w->given, &p->share, error));
    cci_buffer_init(&text, &w->e->allocator);
    cocreate_status status = cci_rational_text(&p->share, &text, error);
    json_t *member = status == COCREATE_OK ? cci_json_new() : NULL;
    if (status == COCREATE_OK && (!cci_json_put(member, "id", json_string(p->id)) ||
                                  !cci_json_put(member, "share", json_string(text.data)) ||
                                  !cci_json_push(team, json_incref(member))))
        status = cci_no_memory(error);
    json_decref(member);
    cci_buffer_free(&text);
    return status;
}

static cocreate_status put_team(crowd *w, const json_t *influence, json_t *entry, cocreate_error *error)
{
    CCI_TRY(cci_rational_init(&w->given, error));
    for (size_t i = 0; i < json_array_size(influence); i++)
        CCI_TRY(share_phase(w, json_array_get(influence, i), error));
    if (cci_rational_sign(&w->given) == 0) /* nobody: its authors have it */
        return COCREATE_OK;
    json_t *team = json_array();
    json_object_del(entry, "owner");
    if (!cci_json_put(entry, "team", team))
        return cci_no_memory(error);
    for (size_t i = 0; i < w->n; i++)
        CCI_TRY(member_of(w, i, team, error));
    return COCREATE_OK;
}

cocreate_status cci_influence_put(cci_engine *e, const cci_campaign *c, const json_t *influence,
                                  json_t *result, cocreate_error *error)
{
    const json_t *entries = json_object_get(result, "entries");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; influence && i < json_array_size(entries) && status == COCREATE_OK; i++) {
        json_t *entry = json_array_get(entries, i);
        crowd w = {.e = e, .c = c, .entry = cci_json_text(entry, "id")};
        if (strcmp(cci_json_text(entry, "status"), "valid") != 0)
            continue;
        cci_string_set_init(&w.ids, &e->allocator);
        status = put_team(&w, influence, entry, error);
        crowd_free(&w);
    }
    return status;
}
