/* sealed_bid: a reverse auction. The lowest bids win and are paid their bid, the first bid that lost,
 * or a budget's part. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "reward/procurement/bids.h"
#include "reward/steps.h"

typedef enum form { FIRST_PRICE, VICKREY, UNIFORM, BUDGET_FEASIBLE } form;

typedef struct auction {
    int form;
    int ties; /* a cci_bid_ties */
    int64_t winners;
    int64_t reserve; /* 0: none */
    int64_t budget;  /* of budget_feasible */
} auction;

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"form", "choice", 1,
     "first_price: paid the own bid; vickrey: one winner, paid the second bid; uniform: all paid "
     "the first bid that lost; budget_feasible: as many as equal parts of the budget can pay"},
    {"winners", "integer", 0, "how many are bought at most; 1 by default; not with vickrey or "
                              "budget_feasible"},
    {"reserve", "amount", 0, "no bid above it wins, and what is paid where no bid lost; required "
                             "but for budget_feasible"},
    {"budget", "amount", 0, "what budget_feasible may spend; required there"},
    {"ties", "choice", 0, "equal bids: earlier (default) or lot"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_END,
};

static cocreate_status wrong(const cci_path *path, const char *key, const char *what,
                             cocreate_error *error)
{
    cci_path at = cci_path_key(path, key);
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", what);
}

static cocreate_status set_bound(cocreate_scheme *scheme, const auction *a, cci_rule *rule,
                                 const cci_path *path, cocreate_error *error)
{
    char text[COCREATE_AMOUNT_TEXT];
    if (a->form == BUDGET_FEASIBLE) {
        rule->bound = a->budget;
        rule->why = "the budget of the auction";
        return COCREATE_OK;
    }
    if (a->reserve == 0)
        return cci_unbounded(rule, path, "a \"reserve\"", error);
    if (!cci_mul_i64(a->winners, a->reserve, &rule->bound) || rule->bound > CCI_MINOR_MAX) {
        cci_path at = cci_path_key(path, "winners");
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                             "may cost more than 2^53 - 1 minor units of %s", scheme->currency);
    }
    cci_buffer why;
    cci_buffer_init(&why, &scheme->arena.allocator);
    cci_buffer_format(&why, "%" PRId64 " times the reserve of %s", a->winners,
                      cci_amount_text(scheme, a->reserve, text));
    return cci_arena_finish(&scheme->arena, &why, &rule->why, error);
}

static cocreate_status parse(cocreate_scheme *scheme, const json_t *json, const cci_path *path,
                             cci_rule *rule, cocreate_error *error)
{
    static const char *const forms[] = {"first_price", "vickrey", "uniform", "budget_feasible",
                                        NULL};
    auction *a = cci_arena_alloc(&scheme->arena, 1, sizeof *a);
    if (a == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice(json, "form", forms, &a->form, path, error));
    CCI_TRY(cci_json_i64_opt(json, "winners", 1, 1000000, &a->winners, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "reserve", &a->reserve, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "budget", &a->budget, path, error));
    CCI_TRY(cci_json_choice_opt(json, "ties", cci_bid_ties_names, &a->ties, path, error));
    if (a->winners != 0 && (a->form == VICKREY || a->form == BUDGET_FEASIBLE))
        return wrong(path, "winners", "given, but the form says how many win", error);
    if (a->form == BUDGET_FEASIBLE && a->budget == 0)
        return wrong(path, "budget", "required by budget_feasible, but missing", error);
    if (a->form != BUDGET_FEASIBLE && a->budget != 0)
        return wrong(path, "budget", "given, but only budget_feasible has one", error);
    if (a->winners == 0)
        a->winners = 1;
    rule->parameters = a;
    return set_bound(scheme, a, rule, path, error);
}

/* The largest k whose k-th bid is at most budget / k. Bids ascend, so that every smaller k passes,
 * too. */
static size_t affordable(const cci_bid *bids, size_t n, int64_t budget)
{
    size_t k = 0;
    while (k < n && bids[k].amount <= budget / (int64_t)(k + 1))
        k++;
    return k;
}

/* What all winners are paid, with the steps that give it as "price". */
static cocreate_status trace_price(cci_evaluation *e, const auction *a, const cci_bid *loser,
                                   size_t winners, cocreate_error *error)
{
    cci_trace *t = &e->trace;
    if (loser != NULL)
        CCI_TRY(cci_trace_integer(t, "next bid", CCI_UNIT_MINOR, loser->amount, error));
    if (a->reserve > 0)
        CCI_TRY(cci_trace_integer(t, "reserve", CCI_UNIT_MINOR, a->reserve, error));
    if (a->form == BUDGET_FEASIBLE) {
        CCI_TRY(cci_trace_integer(t, "budget", CCI_UNIT_MINOR, a->budget, error));
        CCI_TRY(cci_trace_integer(t, "winners", CCI_UNIT_NONE, (int64_t)winners, error));
        CCI_TRY(cci_trace_calc(t, "part", CCI_UNIT_MINOR, "quotient", CCI_ARGS("budget", "winners"),
                               error));
        CCI_TRY(cci_trace_calc(t, "whole part", CCI_UNIT_MINOR, "floor", CCI_ARGS("part"), error));
    }
    const char *args[4] = {NULL};
    size_t n = 0;
    if (a->form == BUDGET_FEASIBLE)
        args[n++] = "whole part";
    if (loser != NULL)
        args[n++] = "next bid";
    if (a->reserve > 0)
        args[n++] = "reserve";
    return cci_trace_calc(t, "price", CCI_UNIT_MINOR, "minimum", args, error);
}

static const char *sentence(const auction *a, int lost)
{
    switch (a->form) {
    case FIRST_PRICE:
        return "The bid of {bid} won and is paid as it is.";
    case BUDGET_FEASIBLE:
        return lost ? "The bid of {bid} won: {winners} share the budget of {budget}, and each is "
                      "paid {price}, the smaller of an equal part and what the next bid allows."
                    : "The bid of {bid} won: {winners} share the budget of {budget}, and each is "
                      "paid {price}.";
    default:
        return lost ? "The bid of {bid} won and is paid {price}, the first bid that lost or the "
                      "reserve of {reserve}, whichever is less."
                    : "The bid of {bid} won and is paid the reserve of {reserve}, for no bid lost.";
    }
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_bid *bid,
                             const cci_bid *loser, size_t winners, cocreate_error *error)
{
    const auction *a = rule->parameters;
    cci_trace *t = &e->trace;
    const char *price = a->form == FIRST_PRICE ? "bid" : "price";
    char text[400];
    int64_t minor;
    cci_trace_begin(t);
    CCI_TRY(cci_trace_integer(t, "bid", CCI_UNIT_MINOR, bid->amount, error));
    if (a->form != FIRST_PRICE) {
        CCI_TRY(trace_price(e, a, loser, winners, error));
        CCI_TRY(cci_trace_check(t, "price", "at_least", "bid", error));
    }
    snprintf(text, sizeof text, "%s%s", sentence(a, loser != NULL),
             cci_bid_tie_text(bid, (cci_bid_ties)a->ties));
    cci_trace_say(t, text);
    CCI_TRY(cci_trace_pay(t, price, &minor, error));
    return cci_pay_person(e, rule, bid->bidder, "", minor, error);
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    const auction *a = rule->parameters;
    cci_bid *bids = NULL;
    size_t n = 0, within = 0;
    CCI_TRY(cci_bids_read(e, rule, 0, (cci_bid_ties)a->ties, &bids, &n, error));
    while (within < n && (a->reserve == 0 || bids[within].amount <= a->reserve))
        within++;
    size_t winners = a->form == BUDGET_FEASIBLE      ? affordable(bids, within, a->budget)
                     : within < (size_t)a->winners ? within
                                                   : (size_t)a->winners;
    for (size_t i = 0; i < winners; i++)
        CCI_TRY(award(e, rule, &bids[i], winners < n ? &bids[winners] : NULL, winners, error));
    return COCREATE_OK;
}

const cci_rule_kind cci_rule_sealed_bid = {
    .kind = "sealed_bid",
    .title = "A reverse auction by sealed bids",
    .parameters = parameters,
    .bound = "the winners times the reserve, or the budget",
    .source = "Vickrey, Counterspeculation, auctions, and competitive sealed tenders, 1961; Singer, "
              "Budget feasible mechanisms, FOCS 2010 (proportional share)",
    .own_lists = 1,
    .parse = parse,
    .evaluate = evaluate,
};
