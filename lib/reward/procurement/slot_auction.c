/* slot_auction: featured places sold by the click. Nobody is paid: an award is a slot and what it
 * costs. */
#include <inttypes.h>
#include <stdio.h>

#include "base/checked.h"
#include "reward/procurement/bids.h"
#include "reward/steps.h"

typedef enum pricing { GSP, VCG } pricing;

enum { SLOTS_MAX = 1000 };

typedef struct slots {
    int pricing;
    int ties;        /* a cci_bid_ties */
    int64_t *clicks; /* never rising */
    size_t n;
    int64_t reserve; /* lowest bid for a click; 0: none */
} slots;

static const cci_parameter parameters[] = {
    {"pricing", "choice", 1,
     "gsp: a click costs the next bid; vcg: a slot costs what its winner takes from those below"},
    {"clicks", "numbers", 1, "what each slot brings, whole numbers that never rise"},
    {"reserve", "amount", 0, "no bid below it takes part, and the least that a click costs"},
    {"ties", "choice", 0, "equal bids: earlier (default) or lot"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status read_clicks(cocreate_scheme *scheme, const json_t *json, slots *s,
                                   const cci_path *path, cocreate_error *error)
{
    cci_path at = cci_path_key(path, "clicks");
    json_t *list;
    CCI_TRY(cci_json_get_array(json, "clicks", &list, path, error));
    s->n = json_array_size(list);
    if (s->n == 0 || s->n > SLOTS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu slots, not 1 to %d", s->n,
                             SLOTS_MAX);
    s->clicks = cci_arena_alloc(&scheme->arena, s->n, sizeof *s->clicks);
    if (s->clicks == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < s->n; i++) {
        cci_path here = cci_path_at(&at, i);
        const json_t *item = json_array_get(list, i);
        int64_t clicks = json_is_integer(item) ? json_integer_value(item) : 0;
        if (clicks < 1 || clicks > 1000000000)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "not a whole number from 1 to 1000000000");
        if (i > 0 && clicks > s->clicks[i - 1])
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "is more than the slot above brings");
        s->clicks[i] = clicks;
    }
    return COCREATE_OK;
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const pricings[] = {"gsp", "vcg", NULL};
    slots *s = cci_arena_alloc(&scheme->arena, 1, sizeof *s);
    if (s == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "pricing", pricings, &s->pricing, path, error));
    CCI_TRY(read_clicks(scheme, json, s, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "reserve", &s->reserve, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", cci_bid_ties_names, &s->ties, path, error));
    rule->parameters = s;
    rule->why = "its winners pay";
    return COCREATE_OK;
}

/* What slot i costs: gsp next * clicks; vcg next * (clicks - clicks of the slot below) + what that
 * one costs. */
static cocreate_status trace_charge(cci_evaluation *e, const slots *s, size_t i, int64_t next,
                                    int64_t below, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    CCI_TRY(cci_trace_integer(t, "clicks", CCI_UNIT_NONE, s->clicks[i], error));
    CCI_TRY(cci_trace_integer(t, "next bid", CCI_UNIT_MINOR, next, error));
    if (s->pricing == GSP)
        return cci_trace_calc(t, "charge", CCI_UNIT_MINOR, "product",
                              CCI_ARGS("next bid", "clicks"), error);
    int64_t lower = i + 1 < s->n ? s->clicks[i + 1] : 0;
    CCI_TRY(cci_trace_integer(t, "clicks below", CCI_UNIT_NONE, lower, error));
    CCI_TRY(cci_trace_integer(t, "charge below", CCI_UNIT_MINOR, below, error));
    CCI_TRY(cci_trace_calc(t, "clicks taken", CCI_UNIT_NONE, "difference",
                           CCI_ARGS("clicks", "clicks below"), error));
    CCI_TRY(cci_trace_calc(t, "taken", CCI_UNIT_MINOR, "product",
                           CCI_ARGS("clicks taken", "next bid"), error));
    return cci_trace_calc(t, "charge", CCI_UNIT_MINOR, "sum", CCI_ARGS("taken", "charge below"),
                          error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_bid *bid, size_t i,
                             int64_t next, const int64_t *charges, cocreate_error *error)
{
    const slots *s = rule->parameters;
    cci_trace *t = &e->trace;
    const char *detail;
    char text[320], slot[32], printed[COCREATE_AMOUNT_TEXT];
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "slot", CCI_UNIT_NONE, (int64_t)i + 1, error));
    CCI_TRY(cci_trace_integer(t, "bid", CCI_UNIT_MINOR, bid->amount, error));
    CCI_TRY(trace_charge(e, s, i, next, charges[i + 1], error));
    snprintf(text, sizeof text, "Slot {slot} for a bid of {bid} a click: %s%s",
             s->pricing == GSP
                 ? "{clicks} clicks at the next bid of {next bid} cost {charge}."
                 : "{clicks taken} clicks more than the slot below at {next bid}, and {charge "
                   "below} for that one, cost {charge}.",
             cci_bid_tie_text(bid, (cci_bid_ties)s->ties));
    cci_trace_say(t, text);
    cci_trace_grant(t, "slot");
    cci_buffer b;
    cci_buffer_init(&b, &e->scratch.allocator);
    cci_buffer_format(&b, "{\"charge\":\"%s\",\"clicks\":%" PRId64 ",\"minor\":%" PRId64
                          ",\"slot\":%zu}",
                      cci_amount_text(e->scheme, charges[i], printed), s->clicks[i], charges[i],
                      i + 1);
    CCI_TRY(cci_arena_finish(&e->scratch, &b, &detail, error));
    snprintf(slot, sizeof slot, "slot-%zu", i + 1);
    return cci_recognise(e, rule, bid->bidder, slot, "slot", detail, error);
}

/* The bid below slot i, or the reserve. */
static int64_t next_bid(const slots *s, const cci_bid *bids, size_t within, size_t i)
{
    return i + 1 < within ? bids[i + 1].amount : s->reserve;
}

/* What the slots cost, from the lowest up: vcg builds on what the one below costs. A slot that is
 * not sold would cost the reserve. */
static cocreate_status set_charges(const slots *s, const cci_bid *bids, size_t within, size_t sold,
                                   int64_t *charges, const cci_rule *rule, cocreate_error *error)
{
    charges[sold] = 0;
    if (s->pricing == VCG && sold < s->n && !cci_mul_i64(s->reserve, s->clicks[sold], &charges[sold]))
        charges[sold] = INT64_MAX;
    for (size_t i = sold; i-- > 0;) {
        int64_t lower = s->pricing == VCG && i + 1 < s->n ? s->clicks[i + 1] : 0, charge;
        int fits = cci_mul_i64(next_bid(s, bids, within, i), s->clicks[i] - lower, &charge) &&
                   (s->pricing == GSP || cci_add_i64(charge, charges[i + 1], &charge));
        if (!fits || charge > CCI_MINOR_MAX)
            return cci_fail(error, COCREATE_ERR_OVERFLOW,
                            "$.rules[%zu]: slot %zu costs more than 2^53 - 1 minor units",
                            rule->index, i + 1);
        charges[i] = charge;
    }
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const slots *s = rule->parameters;
    cci_bid *bids = NULL;
    size_t n = 0, within = 0;
    CCI_TRY(cci_bids_read(e, rule, 1, (cci_bid_ties)s->ties, &bids, &n, error));
    while (within < n && bids[within].amount >= s->reserve && bids[within].amount > 0)
        within++;
    size_t sold = within < s->n ? within : s->n;
    int64_t *charges = cci_arena_alloc(&e->scratch, sold + 1, sizeof *charges);
    if (charges == NULL)
        return cci_no_memory(error);
    CCI_TRY(set_charges(s, bids, within, sold, charges, rule, error));
    for (size_t i = 0; i < sold; i++)
        CCI_TRY(award(e, rule, &bids[i], i, next_bid(s, bids, within, i), charges, error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_slot_auction = {
    .kind = "slot_auction",
    .title = "Featured places by auction",
    .parameters = parameters,
    .bound = "nothing: its winners pay",
    .source = "Edelman, Ostrovsky & Schwarz, Internet advertising and the generalized second-price "
              "auction, American Economic Review 97(1), 2007",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
