/* Tables of an open round, so that a ballot costs no look-up per option. */
#include "campaign/rounds/cache.h"

#include <string.h>

#include "base/text.h"
#include "campaign/commands/contribution.h"
#include "campaign/graph/kinds.h"
#include "campaign/milestones/milestones.h"
#include "campaign/rounds/by_category.h"
#include "campaign/rounds/periods.h"
#include "campaign/rounds/reviews.h"

static void free_one(struct cci_round_cache *r)
{
    cocreate_allocator a = r->allocator;
    cci_string_set_free(&r->candidates);
    cci_string_set_free(&r->authors);
    cci_free(&a, r->works);
    cci_free(&a, r->first_work);
    cci_free(&a, r->out_of_game);
    cci_free(&a, r->costs);
    cci_free(&a, r->since);
    cci_free(&a, r->categories);
    json_decref(r->names);
    json_decref(r->row);
    cci_free(&a, r);
}

void cci_round_cache_free(struct cci_round_cache *cache)
{
    while (cache) {
        struct cci_round_cache *next = cache->next;
        free_one(cache);
        cache = next;
    }
}

/* Chain one candidate to each of its authors. */
static cocreate_status add_authors(struct cci_round_cache *r, uint32_t candidate,
                                   const json_t *contribution, cocreate_error *error)
{
    json_t *authors = json_object_get(contribution, "authors");
    for (size_t i = 0; i < json_array_size(authors); i++) {
        json_t *name = json_object_get(json_array_get(authors, i), "participant");
        uint32_t author;
        int added;
        if (!json_is_string(name))
            return cci_fail(error, COCREATE_ERR_CORRUPT, "contribution '%s' has no authors",
                            r->candidates.items[candidate]);
        if (!cci_json_push(r->names, json_incref(name)))
            return cci_no_memory(error);
        CCI_TRY(cci_string_set_add(&r->authors, json_string_value(name), &author, &added, error));
        if (!cci_grow(&r->allocator, (void **)&r->works, &r->cap_works, r->n_works + 1,
                      sizeof *r->works) ||
            !cci_grow(&r->allocator, (void **)&r->first_work, &r->cap_authors,
                      (size_t)author + 1, sizeof *r->first_work))
            return cci_no_memory(error);
        r->works[r->n_works++] =
            (struct cci_authorship){candidate, added ? 0 : r->first_work[author]};
        r->first_work[author] = (uint32_t)r->n_works;
    }
    return COCREATE_OK;
}

/* In a round that selects by periods a period that is over has moved it. */
static int was_judged(const cci_round_spec *spec, const char *state)
{
    return spec->periods && !cci_round_decides(spec) && state &&
           (strcmp(state, "selected") == 0 || strcmp(state, "not_selected") == 0 ||
            strcmp(state, "shortlisted") == 0);
}

static cocreate_status add_candidate(cci_engine *e, const cci_campaign *c,
                                     struct cci_round_cache *r, const char *id,
                                     cocreate_error *error)
{
    uint32_t candidate;
    int added;
    json_t *contribution;
    CCI_TRY(cci_string_set_add(&r->candidates, id, &candidate, &added, error));
    size_t n = (size_t)candidate + 1;
    if (!cci_grow(&r->allocator, (void **)&r->out_of_game, &r->cap_out, n, 1) ||
        !cci_grow(&r->allocator, (void **)&r->costs, &r->cap_costs, n, sizeof *r->costs) ||
        !cci_grow(&r->allocator, (void **)&r->since, &r->cap_since, n, sizeof *r->since) ||
        !cci_grow(&r->allocator, (void **)&r->categories, &r->cap_categories, n, sizeof *r->categories))
        return cci_no_memory(error);
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &contribution, error));
    if (!contribution)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "candidate '%s' is no contribution", id);
    const char *state = json_string_value(json_object_get(contribution, "state"));
    r->out_of_game[candidate] =
        state && !cci_state_end(state) ? 0 : (uint8_t)(CCI_OUT_ENDED + cci_state_end_index(state));
    r->since[candidate] = cci_contribution_since(contribution);
    r->categories[candidate] = cci_category_index(&c->brief, contribution);
    r->costs[candidate] = json_integer_value(json_object_get(contribution, "cost"));
    cocreate_status status = add_authors(r, candidate, contribution, error);
    int frozen = -1;
    if (status == COCREATE_OK && c->brief.rounds[r->index].counted & CCI_COUNTED_MILESTONE)
        status = cci_milestone_frozen(e, c, id, &frozen, error);
    if (!r->out_of_game[candidate] && was_judged(&c->brief.rounds[r->index], state))
        r->out_of_game[candidate] = CCI_OUT_JUDGED;
    if (frozen >= 0 && !r->out_of_game[candidate])
        r->out_of_game[candidate] = (uint8_t)(CCI_OUT_FROZEN + frozen);
    json_decref(contribution);
    return status;
}

static cocreate_status fill(cci_engine *e, const cci_campaign *c, struct cci_round_cache *r,
                            cocreate_error *error)
{
    json_t *ids = json_object_get(r->row, "candidates");
    size_t n = json_array_size(ids);
    if (!r->names)
        return cci_no_memory(error);
    for (size_t i = 0; i < n; i++)
        CCI_TRY(add_candidate(e, c, r, json_string_value(json_array_get(ids, i)), error));
    return COCREATE_OK;
}

cocreate_status cci_round_cache_get(cci_engine *e, cci_campaign *c, size_t index, int64_t at,
                                    unsigned allows, struct cci_round_cache **out,
                                    cocreate_error *error)
{
    for (struct cci_round_cache *r = c->rounds; r; r = r->next)
        if (r->index == index && at >= r->opens && at < r->closes) {
            *out = r;
            return COCREATE_OK;
        }
    json_t *row;
    CCI_TRY(cci_round_require_open(e, c, index, at, allows, &row, error));
    struct cci_round_cache *r = cci_alloc(&e->allocator, 1, sizeof *r);
    if (!r) {
        json_decref(row);
        return cci_no_memory(error);
    }
    r->allocator = e->allocator;
    r->index = index;
    r->row = row;
    r->names = json_array();
    cci_string_set_init(&r->candidates, &e->allocator);
    cci_string_set_init(&r->authors, &e->allocator);
    cci_phase_window(c, c->brief.rounds[index].phase, &r->opens, &r->closes);
    cocreate_status status = fill(e, c, r, error);
    if (status != COCREATE_OK) {
        free_one(r);
        return status;
    }
    r->next = c->rounds;
    c->rounds = r;
    *out = r;
    return COCREATE_OK;
}

static cocreate_status was_selected(cci_engine *e, const cci_campaign *c, const char *round, const char *id,
                                    int *out, cocreate_error *error)
{
    json_t *ids = NULL;
    CCI_TRY(cci_periods_selected(e, c, round, &ids, error));
    *out = cci_json_lists(ids, id);
    json_decref(ids);
    return COCREATE_OK;
}

cocreate_status cci_round_cache_join(cci_engine *e, const cci_campaign *c,
                                     struct cci_round_cache *r, const char *id,
                                     uint32_t *candidate, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[r->index];
    json_t *doc, *name;
    if (!spec->rolling || cci_id_check(id, "contribution", NULL) != COCREATE_OK)
        return COCREATE_OK;
    CCI_TRY(cci_state_get(e, c->part, CCI_KIND_CONTRIBUTION, id, &doc, error));
    const char *state = json_string_value(json_object_get(doc, "state"));
    int joins = state && cci_round_ranks(spec, doc) &&
                (strcmp(state, "published") == 0 || strcmp(state, "shortlisted") == 0 ||
                 was_judged(spec, state));
    json_decref(doc);
    if (joins && spec->from_milestone)
        CCI_TRY(cci_milestone_reached(e, c, id, cci_milestone_find(&c->brief, spec->from_milestone), &joins,
                                      error));
    if (joins && cci_periods_feed(c, spec))
        CCI_TRY(was_selected(e, c, spec->from_round, id, &joins, error));
    if (!joins)
        return COCREATE_OK;
    name = json_string(id); /* the table borrows its text */
    if (!cci_json_push(r->names, name))
        return cci_no_memory(error);
    cocreate_status status = add_candidate(e, c, r, json_string_value(name), error);
    if (status == COCREATE_OK)
        *candidate = cci_string_set_find(&r->candidates, id);
    else
        r->closes = INT64_MIN; /* it has half a candidate: the next who asks makes another table */
    return status;
}

cocreate_status cci_round_cache_refuse(const cci_campaign *c, const struct cci_round_cache *r,
                                       uint32_t candidate, cocreate_error *error)
{
    const char *id = r->candidates.items[candidate], *round = c->brief.rounds[r->index].id;
    unsigned out = r->out_of_game[candidate];
    if (out == CCI_OUT_JUDGED)
        return cci_refuse_round(error, r->index, c->brief.rounds[r->index].cuts ? "cuts" : "every_us",
                                "'%s' was judged in a period that is over: leave it out", id);
    if (out < CCI_OUT_ENDED) {
        size_t milestone = out - CCI_OUT_FROZEN;
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "$.milestones[%zu].on_reach: '%s' has reached milestone '%s', which freezes its "
                        "votes",
                        milestone, id, c->brief.milestones[milestone].id);
    }
    const char *end = cci_state_ends[out - CCI_OUT_ENDED];
    if (strcmp(end, "withdrawn") == 0 || strcmp(end, "removed") == 0)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "'%s' was withdrawn or removed since round '%s' opened: leave it out", id, round);
    return cci_fail(error, COCREATE_ERR_REFUSED, "'%s' is %s: round '%s' goes on without it", id, end, round);
}

int cci_round_cache_authored(const struct cci_round_cache *r, uint32_t author, uint32_t candidate)
{
    for (uint32_t w = r->first_work[author]; w; w = r->works[w - 1].next)
        if (r->works[w - 1].candidate == candidate)
            return 1;
    return 0;
}
