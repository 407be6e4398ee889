/* Ballots to places: a profile, a method of the ranking floor, the quorum. */
#include <string.h>

#include "campaign/instruments/instrument.h"
#include "campaign/rounds/ballots.h"
#include "campaign/rounds/tally.h"
#include "cocreate/money.h"

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
    uint32_t *options;
    int64_t *values;
    size_t capacity;
    int approvals;
} adder;

static cocreate_status add_members(adder *a, const json_t *ballot, int64_t weight,
                                   cocreate_error *error)
{
    const cci_instrument_type *type = a->spec->instrument;
    const char *key;
    json_t *value;
    size_t n = 0;
    if (json_object_size(ballot) > a->capacity)
        return cci_fail(error, COCREATE_ERR_CORRUPT, "a ballot has more options than the round");
    json_object_foreach((json_t *)(uintptr_t)ballot, key, value)
    {
        size_t index;
        CCI_TRY(cocreate_profile_find(a->profile, key, &index, error));
        int64_t number;
        CCI_TRY(cci_ballot_value(a->spec, value, &CCI_ROOT, &number, error));
        a->options[n] = (uint32_t)index;
        a->values[n++] = type->evidence ? type->evidence(a->spec, number) : number;
    }
    return cocreate_profile_add(a->profile, a->options, a->approvals ? NULL : a->values, n, 1,
                                weight, error);
}

static cocreate_status add_ballot(void *user, int64_t part, int64_t round,
                                  const cci_ballot_row *row, cocreate_error *error)
{
    json_t *ballot;
    (void)part;
    (void)round;
    CCI_TRY(cci_json_parse(row->data.data, row->data.size, &ballot, error));
    cocreate_status status = add_members(user, ballot, row->weight, error);
    json_decref(ballot);
    return status;
}

static cocreate_status fill(cci_engine *e, const cci_campaign *c, size_t index,
                            const cci_candidates *list, cocreate_profile *profile,
                            cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    for (size_t i = 0; i < list->n; i++)
        CCI_TRY(describe(profile, i, &list->items[i], error));
    if (spec->budget)
        CCI_TRY(set_budget(profile, spec->budget, error));
    adder a = {spec, profile, cci_alloc(&e->allocator, list->n, sizeof *a.options),
               cci_alloc(&e->allocator, list->n, sizeof *a.values), list->n,
               spec->kind == COCREATE_BALLOT_APPROVAL};
    cocreate_status status = COCREATE_OK;
    if (!a.options || !a.values)
        status = cci_no_memory(error);
    else
        status = e->store->backend->scan_ballots(e->store->self, c->part, (int64_t)index,
                                                 add_ballot, &a, error);
    cci_free(&e->allocator, a.options);
    cci_free(&e->allocator, a.values);
    return status;
}

static cocreate_status rank(const cci_engine *e, const cocreate_profile *profile,
                            const cci_round_spec *spec, size_t running, json_t *options,
                            json_t **out, cocreate_error *error)
{
    cci_buffer text;
    if (!cci_seats_fit(options, running)) /* fewer contributions than seats: all of them win */
        return cci_no_memory(error);
    cocreate_ranking *ranking;
    cci_buffer_init(&text, &e->allocator);
    cocreate_status status = cci_json_canonical(options, &text, error);
    if (status == COCREATE_OK)
        status = cocreate_rank(profile, spec->method, text.data, NULL, &ranking, error);
    cci_buffer_free(&text);
    CCI_TRY(status);
    status = cci_tally_places(ranking, out, error);
    cocreate_ranking_free(ranking);
    return status;
}

static cocreate_status tally(cci_engine *e, const cci_campaign *c, size_t index,
                             const json_t *row, const cci_candidates *list,
                             cocreate_profile *profile, json_t **out, char *reason,
                             cocreate_error *error)
{
    const cci_round_spec *spec = &c->brief.rounds[index];
    cocreate_profile_info info = {.size = sizeof info};
    json_t *options;
    size_t running = 0;
    for (size_t i = 0; i < list->n; i++)
        running += !list->items[i].out;
    CCI_TRY(fill(e, c, index, list, profile, error));
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.ballots < spec->quorum) {
        cci_reason(reason, "%lld ballots, the quorum is %lld", (long long)info.ballots,
                   (long long)spec->quorum);
        return COCREATE_OK;
    }
    CCI_TRY(cci_tally_options(c, spec, row, &options, error));
    cocreate_status status = rank(e, profile, spec, running, options, out, error);
    json_decref(options);
    return status;
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
