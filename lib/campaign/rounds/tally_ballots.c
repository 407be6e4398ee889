/* Ballots to places: a profile, a method of the ranking floor, the quorum. */
#include <string.h>

#include "base/checked.h"
#include "campaign/limits/limits.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/half_life.h"
#include "campaign/rounds/marks.h"
#include "campaign/segments/segment.h"
#include "cocreate/money.h"
#include "cocreate/tally.h"
#include "ranking/methods.h"

static cocreate_status describe(cocreate_profile *profile, size_t i, const cci_candidate *from,
                                cocreate_error *error)
{
    json_t *cost = json_object_get(from->doc, "cost");
    cocreate_option option = {.size = sizeof option,
                              .id = from->id,
                              .name = json_string_value(json_object_get(from->doc, "title")),
                              .cost = json_is_integer(cost) ? json_integer_value(cost) : 0,
                              .at = cci_candidate_at(from),
                              .withdrawn = from->out};
    if (!option.name)
        option.name = from->id;
    return cocreate_profile_set_option(profile, i, &option, error);
}

/* "10000.00" is 1,000,000 in units of 10^-2: costs are in the same unit. */
static cocreate_status set_budget(cocreate_profile *profile, const char *budget,
                                  cocreate_error *error)
{
    const char *point = strchr(budget, '.');
    size_t decimals = point ? strlen(point + 1) : 0;
    int64_t amount;
    if (decimals > 18)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the budget has more than 18 decimals");
    CCI_TRY(cocreate_amount_parse(budget, (int32_t)decimals, &amount, error));
    return cocreate_profile_set_budget(profile, amount, (int32_t)decimals, error);
}

typedef struct adder {
    const cci_round_spec *spec;
    cocreate_profile *profile;
    cci_marks marks;
    uint8_t *marked; /* options that some ballot speaks of */
    int approvals;
    const char *only; /* this channel alone, or NULL */
    const json_t *without; /* voters who do not count, as members, or NULL */
    int64_t least;    /* votes of a voter that count, 0 any */
    int64_t *votes;   /* then how many each has, in the order of voters */
    size_t n_votes, cap_votes;
    int64_t below, below_voters, last; /* who has fewer; whose ballot was the last of those, from 1 on */
    cci_engine *e;
    cci_worths *worths; /* what votes are worth by their age goes here, and not into the profile; or NULL */
} adder;

static int is_left_out(const adder *a, const cci_ballot_row *row)
{
    char id[COCREATE_ID_MAX + 1];
    cci_bytes voter = cci_ballot_voter(row);
    if (!a->without || voter.size >= sizeof id)
        return 0;
    memcpy(id, voter.data, voter.size);
    id[voter.size] = '\0';
    return json_object_get(a->without, id) != NULL;
}

/* First all votes of each voter are counted, where fewer do not count. */
static cocreate_status count_votes(void *user, int64_t part, int64_t round, const cci_ballot_row *row,
                                   cocreate_error *error)
{
    adder *a = user;
    (void)part;
    (void)round;
    CCI_TRY(cci_marks_read(&a->marks, row, error));
    size_t voters = (size_t)a->marks.voters;
    if (a->marks.state != CCI_BALLOT_STANDS)
        return COCREATE_OK;
    if (!cci_grow(&a->marks.allocator, (void **)&a->votes, &a->cap_votes, voters, sizeof *a->votes))
        return cci_no_memory(error);
    while (a->n_votes < voters)
        a->votes[a->n_votes++] = 0;
    a->votes[voters - 1] += (int64_t)a->marks.n;
    return COCREATE_OK;
}

/* Is this a ballot of somebody who cast too few? */
static int falls_short(adder *a)
{
    int64_t voter = a->marks.voters;
    if (!a->least || a->votes[voter - 1] >= a->least)
        return 0;
    a->below++;
    a->below_voters += voter != a->last;
    a->last = voter;
    return 1;
}

static cocreate_status add_worths(const adder *a, const cci_ballot_row *row, int64_t weight,
                                  cocreate_error *error)
{
    int64_t at = 0, points;
    CCI_TRY(cci_ballot_time(a->e, row, &at, error));
    for (size_t i = 0; i < a->marks.n; i++) {
        if (!cci_mul_i64(a->marks.values[i], weight, &points))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "the weight of a ballot is too large");
        CCI_TRY(cci_worths_add(a->worths, at, a->marks.options[i], points, error));
    }
    return COCREATE_OK;
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    adder *a = user;
    cci_marks *m = &a->marks;
    int64_t weight = row->weight;
    (void)part;
    (void)round;
    CCI_TRY(cci_marks_read(m, row, error));
    if (m->state != CCI_BALLOT_STANDS || is_left_out(a, row) || falls_short(a) ||
        (a->only && strcmp(m->channel, a->only) != 0))
        return COCREATE_OK;
    const json_t *factor = m->channel[0] ? json_object_get(a->spec->channels, m->channel) : NULL;
    if (!a->only && factor && !cci_mul_i64(weight, json_integer_value(factor), &weight))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the weight of a ballot is too large");
    for (size_t i = 0; i < m->n; i++)
        a->marked[m->options[i]] = 1;
    if (a->worths)
        return add_worths(a, row, weight, error);
    return cocreate_profile_add(a->profile, m->options, a->approvals ? NULL : m->values, m->n, 1,
                                weight, error);
}

static cocreate_status fill_from_rows(cci_engine *e, const cci_campaign *c, size_t index, size_t n,
                                      const char *only, const json_t *without,
                                      cocreate_profile *profile, cci_worths *worths, uint8_t *marked,
                                      cci_turnout *turnout, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    adder a = {.spec = spec,
               .profile = profile,
               .marked = marked,
               .approvals = spec->kind == COCREATE_BALLOT_APPROVAL,
               .only = only,
               .without = without,
               .e = e,
               .worths = worths,
               .least = cci_limits_least(c, index)};
    const cci_backend *store = e->store->backend;
    cocreate_status status = cci_marks_init(&a.marks, &e->allocator, spec, profile, n, error);
    if (status == COCREATE_OK && a.least > 0) {
        status = store->scan_ballots(e->store->self, c->part, (int64_t)index, count_votes, &a, error);
        cci_marks_free(&a.marks);
        if (status == COCREATE_OK)
            status = cci_marks_init(&a.marks, &e->allocator, spec, profile, n, error);
    }
    if (status == COCREATE_OK)
        status = store->scan_ballots(e->store->self, c->part, (int64_t)index, add_ballot, &a, error);
    *turnout = (cci_turnout){.ballots = a.marks.ballots - a.below,
                             .voided = a.marks.voided,
                             .retracted = a.marks.retracted,
                             .voters = a.marks.voters - a.below_voters,
                             .below = a.below,
                             .below_voters = a.below_voters,
                             .least = a.least};
    cci_marks_free(&a.marks);
    cci_free(&e->allocator, a.votes);
    return status;
}

/* The tally that says all the method reads of ballots; 0: it reads the ballots. */
static int32_t tally_kind(const cci_round_spec *spec)
{
    int again = json_object_get(spec->options, "margin") || json_object_get(spec->options, "bootstrap");
    return again ? 0 : cci_method_tally(spec->method);
}

/* From the seal where there is one: into `sums`, if somebody asks and it is enough. */
static cocreate_status fill_from_seal(cci_engine *e, const cci_campaign *c, size_t index,
                                      size_t n, const char *only, cocreate_profile *profile,
                                      cocreate_tally **sums, uint8_t *marked,
                                      cci_turnout *turnout, int *found, cocreate_error *error)
{
    int32_t kind = sums ? tally_kind(&c->brief.rounds[index]) : 0;
    if (kind) {
        CCI_TRY(cci_seal_count(e, c, index, profile, kind, marked, turnout, sums, error));
        *found = *sums != NULL;
        if (*found)
            return COCREATE_OK;
    }
    return cci_seal_fill(e, c, index, n, only, profile, marked, turnout, found, error);
}

/* The ballots of one channel, or all of them by the weights of their channels (`only` NULL). Where
 * `sums` is one, they may be there instead, and the profile without any; with `worths` they are there. */
static cocreate_status fill(cci_engine *e, const cci_campaign *c, size_t index,
                            const cci_candidates *list, const char *only, const json_t *without,
                            cocreate_profile *profile, cocreate_tally **sums, cci_worths *worths,
                            cci_turnout *turnout, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    int sealed = 0;
    for (size_t i = 0; i < list->n; i++)
        CCI_TRY(describe(profile, i, &list->items[i], error));
    if (spec->budget)
        CCI_TRY(set_budget(profile, spec->budget, error));
    uint8_t *marked = cci_alloc(&e->allocator, list->n, 1);
    *turnout = (cci_turnout){0};
    cocreate_status status = marked ? COCREATE_OK : cci_no_memory(error);
    /* Verification counts the ballots themselves; and a seal does not say who voted, nor when. */
    if (status == COCREATE_OK && !e->verifying && !without && !worths && cci_limits_least(c, index) == 0)
        status = fill_from_seal(e, c, index, list->n, only, profile, sums, marked, turnout,
                                &sealed, error);
    if (status == COCREATE_OK && !sealed)
        status = fill_from_rows(e, c, index, list->n, only, without, profile, worths, marked, turnout, error);
    for (size_t i = 0; i < list->n && status == COCREATE_OK; i++)
        if (!list->items[i].out) {
            turnout->candidates++;
            turnout->marked += marked[i];
        }
    cci_free(&e->allocator, marked);
    return status;
}

static cocreate_status rank(const cci_engine *e, const cocreate_profile *profile,
                            const cocreate_tally *sums, const cci_round_spec *spec,
                            size_t running, json_t *options, json_t **out, cocreate_error *error)
{
    cci_buffer text;
    if (!cci_seats_fit(options, running)) /* fewer contributions than seats: all of them win */
        return cci_no_memory(error);
    cocreate_ranking *ranking;
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(options, &text, error);
    if (status == COCREATE_OK)
        status = sums ? cocreate_rank_tally(sums, spec->method, text.data, NULL, &ranking, error)
                      : cocreate_rank(profile, spec->method, text.data, NULL, &ranking, error);
    cci_buffer_free(&text);
    CCI_TRY(status);
    status = cci_tally_places(ranking, out, error);
    cocreate_ranking_free(ranking);
    return status;
}

cocreate_status cci_round_profile(cci_engine *e, const cci_campaign *c, size_t index,
                                  const cci_candidates *list, cocreate_profile **out,
                                  cocreate_error *error)
{
    cci_turnout turnout;
    cocreate_profile *profile;
    CCI_TRY(cocreate_profile_new(&e->allocator, c->brief.rounds[index].kind, list->n, &profile,
                                 error));
    cocreate_status status = fill(e, c, index, list, NULL, NULL, profile, NULL, NULL, &turnout, error);
    if (status == COCREATE_OK)
        *out = profile;
    else
        cocreate_profile_free(profile);
    return status;
}

/* A ranking of ballots, or of their sums where they are not NULL. */
static cocreate_status rank_ballots(cci_engine *e, const cci_campaign *c, size_t index,
                                    const json_t *row, const cci_candidates *list,
                                    const cocreate_profile *profile, const cocreate_tally *sums,
                                    json_t **out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    json_t *options;
    size_t running = 0;
    for (size_t i = 0; i < list->n; i++)
        running += !list->items[i].out;
    CCI_TRY(cci_tally_options(c, spec, row, &options, error));
    cocreate_status status = rank(e, profile, sums, spec, running, options, out, error);
    json_decref(options);
    return status;
}

/* The tally of one channel alone: {"ballots","places"}. */
static cocreate_status tally_channel(cci_engine *e, const cci_campaign *c, size_t index,
                                     const json_t *row, const cci_candidates *list,
                                     const char *channel, json_t *channels, cocreate_error *error)
{
    cocreate_profile *profile;
    cci_turnout turnout;
    json_t *result = NULL, *part = cci_json_new();
    cocreate_status status = cocreate_profile_new(&e->allocator, c->brief.rounds[index].kind,
                                                  list->n, &profile, error);
    if (status == COCREATE_OK) {
        status = fill(e, c, index, list, channel, json_object_get(row, "without"), profile, NULL,
                      NULL, &turnout, error);
        if (status == COCREATE_OK)
            status = rank_ballots(e, c, index, row, list, profile, NULL, &result, error);
        cocreate_profile_free(profile);
    }
    if (status == COCREATE_OK &&
        (!cci_json_put(part, "ballots", json_incref(json_object_get(result, "ballots"))) ||
         !cci_json_put(part, "places", json_incref(json_object_get(result, "places"))) ||
         !cci_json_put(channels, channel, json_incref(part))))
        status = cci_no_memory(error);
    json_decref(result);
    json_decref(part);
    return status;
}

static cocreate_status tally_channels(cci_engine *e, const cci_campaign *c, size_t index,
                                      const json_t *row, const cci_candidates *list,
                                      json_t *result, cocreate_error *error)
{
    const char *channel;
    json_t *weight, *channels;
    if (!c->brief.rounds[index].channels)
        return COCREATE_OK;
    if (!cci_json_put(result, "channels", cci_json_new()))
        return cci_no_memory(error);
    channels = json_object_get(result, "channels");
    json_object_foreach((json_t *)(uintptr_t)c->brief.rounds[index].channels, channel, weight)
        CCI_TRY(tally_channel(e, c, index, row, list, channel, channels, error));
    return COCREATE_OK;
}

/* The candidates of one category: all, with those of others out of the game; owned by the caller. */
static cocreate_status only_category(const cci_engine *e, const cci_candidates *list, const json_t *id,
                                     cci_candidates *out, size_t *running, cocreate_error *error)
{
    cci_candidates some = {e->allocator, cci_alloc(&e->allocator, list->n, sizeof *some.items), list->n};
    if (!some.items)
        return cci_no_memory(error);
    *running = 0;
    for (size_t i = 0; i < list->n; i++) {
        some.items[i] = list->items[i]; /* the documents stay those of `list` */
        if (!json_equal(json_object_get(list->items[i].doc, "category"), id))
            some.items[i].out = 1;
        *running += !some.items[i].out;
    }
    *out = some;
    return COCREATE_OK;
}

/* {"budget","places","winners"} of one category, by its own budget; its winners join `winners`. */
static cocreate_status tally_category(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                      const cci_candidates *some, const json_t *category, json_t *categories,
                                      json_t *winners, cocreate_error *error)
{
    static const char *const members[] = {"places", "winners", "ties"};
    cocreate_profile *profile;
    cci_turnout turnout;
    json_t *result = NULL, *part = cci_json_new(), *budget = json_object_get(category, "budget");
    cocreate_status status = cocreate_profile_new(&e->allocator, c->brief.rounds[index].kind, some->n,
                                                  &profile, error);
    if (status == COCREATE_OK) {
        status = fill(e, c, index, some, NULL, json_object_get(row, "without"), profile, NULL, NULL,
                      &turnout, error);
        if (status == COCREATE_OK)
            status = set_budget(profile, json_string_value(budget), error);
        if (status == COCREATE_OK)
            status = rank_ballots(e, c, index, row, some, profile, NULL, &result, error);
        cocreate_profile_free(profile);
    }
    int made = cci_json_put(part, "budget", json_incref(budget));
    for (size_t i = 0; made && status == COCREATE_OK && i < sizeof members / sizeof *members; i++) {
        json_t *value = json_object_get(result, members[i]);
        made = !value || cci_json_put(part, members[i], json_incref(value));
    }
    const char *name = json_string_value(json_object_get(category, "id"));
    if (status == COCREATE_OK &&
        (!made || !cci_json_put(categories, name, json_incref(part)) ||
         json_array_extend(winners, json_object_get(part, "winners")) != 0))
        status = cci_no_memory(error);
    json_decref(result);
    json_decref(part);
    return status;
}

/* The result of the whole is who won in a category; its places say no more. */
static cocreate_status put_union(const cci_candidates *list, json_t *winners, json_t *result,
                                 cocreate_error *error)
{
    json_t *places = json_array();
    cocreate_status status =
        places ? cci_places_share(list, winners, places, NULL, error) : cci_no_memory(error);
    if (status == COCREATE_OK && (!cci_json_put(result, "winners", json_incref(winners)) ||
                                  !cci_json_put(result, "places", json_incref(places))))
        status = cci_no_memory(error);
    json_object_del(result, "ties"); /* those of the budgets stand with the categories */
    json_decref(places);
    return status;
}

static cocreate_status tally_categories(cci_engine *e, const cci_campaign *c, size_t index,
                                        const json_t *row, const cci_candidates *list, json_t *result,
                                        cocreate_error *error)
{
    const json_t *all = c->brief.rounds[index].by_category;
    if (!all)
        return COCREATE_OK;
    json_t *categories = cci_json_new(), *winners = json_array();
    cocreate_status status = categories && winners ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; status == COCREATE_OK && i < json_array_size(all); i++) {
        const json_t *category = json_array_get(all, i);
        cci_candidates some;
        size_t running = 0;
        status = only_category(e, list, json_object_get(category, "id"), &some, &running, error);
        if (status != COCREATE_OK)
            break;
        if (running > 0)
            status = tally_category(e, c, index, row, &some, category, categories, winners, error);
        cci_free(&e->allocator, some.items);
    }
    if (status == COCREATE_OK && !cci_json_put(result, "categories", json_incref(categories)))
        status = cci_no_memory(error);
    if (status == COCREATE_OK)
        status = put_union(list, winners, result, error);
    json_decref(categories);
    json_decref(winners);
    return status;
}

cocreate_status cci_round_worths(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                 const cci_candidates *list, cci_worths *out, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    cci_turnout turnout;
    cci_worths worths;
    cocreate_profile *profile;
    CCI_TRY(cocreate_profile_new(&e->allocator, spec->kind, list->n, &profile, error));
    int64_t from = json_integer_value(json_object_get(row, "opened_at"));
    cocreate_status status =
        cci_worths_init(&worths, &e->allocator, spec->half_life_us, from, list->n, error);
    if (status == COCREATE_OK) {
        status = fill(e, c, index, list, NULL, NULL, profile, NULL, &worths, &turnout, error);
        if (status == COCREATE_OK)
            *out = worths;
        else
            cci_worths_free(&worths);
    }
    cocreate_profile_free(profile);
    return status;
}

/* Places by what votes are worth when the round is judged; how many they were says that of all alike. */
static cocreate_status rank_worths(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                   const cci_candidates *list, cci_worths *worths,
                                   const cci_turnout *turnout, json_t **out, cocreate_error *error)
{
    int64_t at = cci_half_life_at(e, row);
    json_t *result = NULL;
    CCI_TRY(cci_half_life_rank(c, &c->brief.rounds[index], row, list, worths, at, &result, error));
    json_t *ballots = cci_json_new();
    int made = cci_json_put(ballots, "count", json_integer(turnout->ballots)) &&
               cci_json_put(result, "ballots", json_incref(ballots));
    json_decref(ballots);
    if (made) {
        *out = result;
        return COCREATE_OK;
    }
    json_decref(result);
    return cci_no_memory(error);
}

static cocreate_status tally_worths(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                    const cci_candidates *list, cocreate_profile *profile, json_t **out,
                                    cci_turnout *turnout, char *reason, cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    cci_worths worths;
    int64_t from = json_integer_value(json_object_get(row, "opened_at"));
    CCI_TRY(cci_worths_init(&worths, &e->allocator, spec->half_life_us, from, list->n, error));
    cocreate_status status = fill(e, c, index, list, NULL, json_object_get(row, "without"), profile, NULL,
                                  &worths, turnout, error);
    if (status == COCREATE_OK)
        status = cci_quorum_missed(e, c, index, turnout, reason, error);
    if (status == COCREATE_OK && !reason[0])
        status = rank_worths(e, c, index, row, list, &worths, turnout, out, error);
    cci_worths_free(&worths);
    return status;
}

/* Every vote counts alike, whenever it was cast. */
static cocreate_status tally_alike(cci_engine *e, const cci_campaign *c, size_t index, const json_t *row,
                                   const cci_candidates *list, cocreate_profile *profile, json_t **out,
                                   cci_turnout *turnout, char *reason, cocreate_error *error)
{
    cocreate_tally *sums = NULL;
    CCI_TRY(fill(e, c, index, list, NULL, json_object_get(row, "without"), profile, &sums, NULL, turnout,
                 error));
    cocreate_status status = cci_quorum_missed(e, c, index, turnout, reason, error);
    if (status == COCREATE_OK && !reason[0])
        status = rank_ballots(e, c, index, row, list, profile, sums, out, error);
    cocreate_tally_free(sums);
    return status;
}

static cocreate_status tally(cci_engine *e, const cci_campaign *c, size_t index,
                             const json_t *row, const cci_candidates *list,
                             cocreate_profile *profile, json_t **out, char *reason,
                             cocreate_error *error)
{
    cci_turnout turnout;
    json_t *result = NULL;
    cocreate_status status =
        c->brief.rounds[index].half_life_us
            ? tally_worths(e, c, index, row, list, profile, &result, &turnout, reason, error)
            : tally_alike(e, c, index, row, list, profile, &result, &turnout, reason, error);
    if (status != COCREATE_OK || reason[0])
        return status;
    status = tally_channels(e, c, index, row, list, result, error);
    if (status == COCREATE_OK)
        status = tally_categories(e, c, index, row, list, result, error);
    if (status == COCREATE_OK && !cci_turnout_put(result, &c->brief.rounds[index], &turnout))
        status = cci_no_memory(error);
    if (status != COCREATE_OK) {
        json_decref(result);
        return status;
    }
    *out = result;
    return COCREATE_OK;
}

cocreate_status cci_tally_ballots(cci_engine *e, const cci_campaign *c, size_t index,
                                  const json_t *row, const cci_candidates *list, json_t **out,
                                  char reason[CCI_REASON_SIZE], cocreate_error *error)
{
    cocreate_profile *profile;
    CCI_TRY(cocreate_profile_new(&e->allocator, c->brief.rounds[index].kind, list->n, &profile,
                                 error));
    cocreate_status status = tally(e, c, index, row, list, profile, out, reason, error);
    cocreate_profile_free(profile);
    return status;
}
