/* royalty: a part of what each payee's works sell, period by period. What is not paid is carried as an
 * exact fraction, so that over any number of periods paid = floor(all that accrued); returns lower what
 * accrued and are made up for later, nothing is ever taken back. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/royalty.h"

static const cci_parameter parameters[] = {
    CCI_PARAMETER_FUND,
    {"base", "choice", 0,
     "gross sales; net: less returns (default); profit: less returns and costs"},
    {"rate", "number", 0, "the part of the base that accrues; or tiers, or channels"},
    {"tiers", "array", 0,
     "[{up_to, rate}]: the rate of what the base reaches, over all periods, up to an amount; the last "
     "has no end"},
    {"channels", "array", 0, "[{channel, rate}]: a rate for the sales of each channel"},
    {"minimum_per_unit", "amount", 0, "what accrues at least for each unit sold"},
    {"flat", "amount", 0, "accrues once, in the first period"},
    {"per_event", "amount", 0, "accrues for each event, as a reprint"},
    {"cap", "amount", 0, "what counts at most, over all periods"},
    {"advance", "amount", 0, "paid in the first period; what accrues makes up for it first"},
    {"minimum_payout", "amount", 0, "less than this is not paid but carried"},
    {"term", "integer", 0, "after so many periods nothing accrues any more"},
    {"max_total", "amount", 0,
     "what is paid at most in one evaluation, to all; required unless the fund is of revenue"},
    CCI_PARAMETER_ELIGIBILITY,
    CCI_PARAMETER_TEAM,
    CCI_PARAMETER_END,
};

static int64_t between(int64_t x, int64_t low, int64_t high)
{
    return x < low ? low : x > high ? high : x;
}

/* What the base of the period adds in each tier, the first of which has no lower end. */
static cocreate_status split_tiers(const cci_royalty *r, const cci_payee *p,
                                   int64_t bases[CCI_ROYALTY_RATES_MAX], cocreate_error *error)
{
    int64_t now, low = INT64_MIN;
    if (!cci_add_i64(p->base_before, p->bases[0], &now))
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the base is more than 2^63 - 1");
    for (size_t i = 0; i < r->n_rates; i++) {
        int64_t high = r->rates[i].up_to;
        bases[i] = between(now, low, high) - between(p->base_before, low, high);
        low = high;
    }
    return COCREATE_OK;
}

/* "by rate": the rates of the bases. */
static cocreate_status trace_rates(cci_trace *t, const cci_royalty *r, const cci_payee *p,
                                   cocreate_error *error)
{
    int64_t bases[CCI_ROYALTY_RATES_MAX];
    const char *parts[CCI_ROYALTY_RATES_MAX + 1] = {NULL};
    memcpy(bases, p->bases, sizeof bases);
    if (r->form == CCI_ROYALTY_RATE) {
        CCI_TRY(cci_trace_integer(t, "base", CCI_UNIT_MINOR, bases[0], error));
        CCI_TRY(cci_trace_number(t, "rate", CCI_UNIT_NONE, r->rates[0].rate, error));
        return cci_trace_calc(t, "by rate", CCI_UNIT_MINOR, "product", CCI_ARGS("base", "rate"),
                              error);
    }
    if (r->form == CCI_ROYALTY_TIERS)
        CCI_TRY(split_tiers(r, p, bases, error));
    for (size_t i = 0; i < r->n_rates; i++) {
        const cci_royalty_rate *rate = &r->rates[i];
        CCI_TRY(cci_trace_integer(t, rate->base, CCI_UNIT_MINOR, bases[i], error));
        CCI_TRY(cci_trace_number(t, rate->number, CCI_UNIT_NONE, rate->rate, error));
        CCI_TRY(cci_trace_calc(t, rate->part, CCI_UNIT_MINOR, "product",
                               CCI_ARGS(rate->base, rate->number), error));
        parts[i] = rate->part;
    }
    return cci_trace_calc(t, "by rate", CCI_UNIT_MINOR, "sum", parts, error);
}

/* "accrues": what the period adds. */
static cocreate_status trace_period(cci_trace *t, const cci_royalty *r, const cci_payee *p,
                                    cocreate_error *error)
{
    const char *parts[4] = {"by rate", NULL};
    size_t n = 1;
    if (r->term > 0 && p->periods >= r->term)
        return cci_trace_integer(t, "accrues", CCI_UNIT_MINOR, 0, error);
    CCI_TRY(trace_rates(t, r, p, error));
    if (r->per_unit > 0) {
        CCI_TRY(cci_trace_integer(t, "units", CCI_UNIT_NONE, p->units, error));
        CCI_TRY(cci_trace_integer(t, "per unit", CCI_UNIT_MINOR, r->per_unit, error));
        CCI_TRY(cci_trace_calc(t, "at least", CCI_UNIT_MINOR, "product",
                               CCI_ARGS("units", "per unit"), error));
        CCI_TRY(cci_trace_calc(t, "for sales", CCI_UNIT_MINOR, "maximum",
                               CCI_ARGS("by rate", "at least"), error));
        parts[0] = "for sales";
    }
    if (r->flat > 0 && p->periods == 0) {
        CCI_TRY(cci_trace_integer(t, "flat", CCI_UNIT_MINOR, r->flat, error));
        parts[n++] = "flat";
    }
    if (r->per_event > 0) {
        CCI_TRY(cci_trace_integer(t, "events", CCI_UNIT_NONE, p->events, error));
        CCI_TRY(cci_trace_integer(t, "per event", CCI_UNIT_MINOR, r->per_event, error));
        CCI_TRY(cci_trace_calc(t, "for events", CCI_UNIT_MINOR, "product",
                               CCI_ARGS("events", "per event"), error));
        parts[n++] = "for events";
    }
    parts[n] = NULL;
    return cci_trace_calc(t, "accrues", CCI_UNIT_MINOR, "sum", parts, error);
}

/* "due": what is to be paid, and "carried": what then remains, less than 0 where more was paid than
 * has accrued. */
static cocreate_status trace_due(cci_trace *t, const cci_royalty *r, const cci_payee *p,
                                 cocreate_error *error)
{
    const char *counts = "accrued", *target = "whole";
    CCI_TRY(cci_trace_value(t, "accrued before", CCI_UNIT_MINOR, &p->accrued, error));
    CCI_TRY(cci_trace_integer(t, "paid before", CCI_UNIT_MINOR, p->paid_before, error));
    CCI_TRY(cci_trace_calc(t, "accrued", CCI_UNIT_MINOR, "sum",
                           CCI_ARGS("accrued before", "accrues"), error));
    if (r->cap > 0) {
        CCI_TRY(cci_trace_integer(t, "cap", CCI_UNIT_MINOR, r->cap, error));
        CCI_TRY(cci_trace_calc(t, "counts", CCI_UNIT_MINOR, "minimum", CCI_ARGS("accrued", "cap"),
                               error));
        counts = "counts";
    }
    CCI_TRY(cci_trace_calc(t, "whole", CCI_UNIT_MINOR, "floor", CCI_ARGS(counts), error));
    if (r->advance > 0) {
        CCI_TRY(cci_trace_integer(t, "advance", CCI_UNIT_MINOR, r->advance, error));
        CCI_TRY(cci_trace_calc(t, "target", CCI_UNIT_MINOR, "maximum",
                               CCI_ARGS("whole", "advance"), error));
        target = "target";
    }
    CCI_TRY(cci_trace_calc(t, "open", CCI_UNIT_MINOR, "difference",
                           CCI_ARGS(target, "paid before"), error));
    CCI_TRY(cci_trace_calc(t, "due", CCI_UNIT_MINOR, "maximum", CCI_ARGS("open", "0"), error));
    return cci_trace_calc(t, "left", CCI_UNIT_MINOR, "difference",
                          CCI_ARGS(counts, "paid before"), error);
}

static cocreate_status number_of(const cci_trace *t, const char *name, int64_t *out,
                                 cocreate_error *error)
{
    cci_rational r = {0};
    CCI_TRY(cci_rational_init(&r, error));
    cocreate_status status = cci_trace_get(t, name, &r, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&r, 0, CCI_ROUND_FLOOR, out, error);
    cci_rational_clear(&r);
    return status;
}

static void say(cci_trace *t, const cci_royalty *r, int ended, int pays, int64_t carried)
{
#define LEAD "{base} at a rate of {rate} is {by rate}. "
#define SO_FAR "{accrues} accrues for this period, {accrued} in all; {paid before} was paid before. "
#define PAID "{due} is paid now, {carried} is carried."
#define WAITS "Nothing is paid yet, {carried} is carried."
#define AHEAD "Nothing is paid: {ahead} is to be made up for first."
#define PAID_AHEAD "{due} is paid now; {ahead} of it is paid ahead and made up for first."
    int lead = r->form == CCI_ROYALTY_RATE && !ended;
    if (carried < 0)
        cci_trace_say(t, pays ? (lead ? LEAD SO_FAR PAID_AHEAD : SO_FAR PAID_AHEAD)
                              : (lead ? LEAD SO_FAR AHEAD : SO_FAR AHEAD));
    else
        cci_trace_say(t, pays ? (lead ? LEAD SO_FAR PAID : SO_FAR PAID)
                              : (lead ? LEAD SO_FAR WAITS : SO_FAR WAITS));
}

/* Everything but the payment itself; *due is 0 where it is less than the minimum. */
static cocreate_status trace_payee(cci_trace *t, const cci_royalty *r, const cci_payee *p,
                                   int64_t *due, cocreate_error *error)
{
    int64_t carried;
    cci_trace_begin(t);
    CCI_TRY(trace_period(t, r, p, error));
    CCI_TRY(trace_due(t, r, p, error));
    CCI_TRY(number_of(t, "due", due, error));
    if (*due > CCI_MINOR_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "more than 2^53 - 1 minor units are due");
    if (*due > 0 && r->minimum_payout > 0) {
        CCI_TRY(cci_trace_integer(t, "least", CCI_UNIT_MINOR, r->minimum_payout, error));
        CCI_TRY(cci_trace_check(t, "due", *due < r->minimum_payout ? "less" : "at_least", "least",
                                error));
        *due = *due < r->minimum_payout ? 0 : *due;
    }
    CCI_TRY(cci_trace_calc(t, "carried", CCI_UNIT_MINOR, "difference",
                           *due > 0 ? CCI_ARGS("left", "due") : CCI_ARGS("left"), error));
    CCI_TRY(number_of(t, "carried", &carried, error));
    if (carried < 0)
        CCI_TRY(cci_trace_calc(t, "ahead", CCI_UNIT_MINOR, "difference", CCI_ARGS("0", "carried"),
                               error));
    say(t, r, r->term > 0 && p->periods >= r->term, *due > 0, carried);
    return COCREATE_OK;
}

/* {"accrued","base","paid","periods"}: what "accruals" of the next period says. */
static cocreate_status write_state(cci_evaluation *e, const cci_payee *p, int64_t due,
                                   cci_buffer *out, cocreate_error *error)
{
    char paid[COCREATE_AMOUNT_TEXT], base[COCREATE_AMOUNT_TEXT];
    int64_t sum = p->base_before;
    cci_rational accrued = {0}, tenth = {0};
    cci_number small;
    for (size_t i = 0; i < CCI_ROYALTY_RATES_MAX; i++)
        if (!cci_add_i64(sum, p->bases[i], &sum))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "the base is more than 2^63 - 1");
    if (sum > CCI_MINOR_MAX || sum < -CCI_MINOR_MAX || p->paid_before > CCI_MINOR_MAX - due)
        return cci_fail(error, COCREATE_ERR_OVERFLOW,
                        "the base or the payments of all periods are more than 2^53 - 1");
    CCI_TRY(cci_rational_init(&accrued, error));
    cocreate_status status = cci_rational_init(&tenth, error);
    if (status == COCREATE_OK)
        status = cci_trace_get(&e->trace, "accrued", &accrued, error);
    if (status == COCREATE_OK)
        status = cci_rational_set_i64(&tenth, 1, 10, error);
    for (int32_t i = 0; i < e->scheme->exponent && status == COCREATE_OK; i++)
        status = cci_rational_mul(&accrued, &tenth, &accrued, error);
    if (status == COCREATE_OK) {
        cci_buffer_text(out, "{\"accrued\":\"");
        if (cci_number_set(&small, &accrued))
            cci_number_text(small, out);
        else
            status = cci_rational_text(&accrued, out, error);
        cci_buffer_format(out, "\",\"base\":\"%s\",\"paid\":\"%s\",\"periods\":%" PRId64 "}",
                          cci_amount_text(e->scheme, sum, base),
                          cci_amount_text(e->scheme, p->paid_before + due, paid), p->periods + 1);
    }
    cci_rational_clear(&tenth);
    cci_rational_clear(&accrued);
    return status;
}

/* How a payee stands goes to whoever is behind: an owner, the members of a team, the entry itself. */
static cocreate_status state_to_all(cci_evaluation *e, const cci_rule *rule, const cci_payee *p,
                                    const char *component, const char *detail,
                                    cocreate_error *error)
{
    const cci_entry *entry = p->entry;
    size_t n = entry != NULL && entry->n_team > 0 ? entry->n_team : 1;
    for (size_t i = 0; i < n; i++) {
        const char *to = entry == NULL            ? p->id
                         : entry->n_team > 0      ? entry->team[i].id
                         : entry->owner != NULL   ? entry->owner
                                                  : entry->id;
        CCI_TRY(cci_recognise(e, rule, to, component, "accrual", detail, error));
    }
    return COCREATE_OK;
}

static cocreate_status statement(cci_evaluation *e, const cci_rule *rule, const cci_payee *p,
                                 int64_t due, cocreate_error *error)
{
    cci_buffer text;
    const char *component = NULL, *detail = NULL;
    cci_buffer_init(&text, &e->scratch.allocator);
    cci_buffer_format(&text, "accrual:%s", p->entry != NULL ? p->id : "");
    CCI_TRY(cci_arena_finish(&e->scratch, &text, &component, error));
    cci_buffer_init(&text, &e->scratch.allocator);
    cocreate_status status = write_state(e, p, due, &text, error);
    if (status != COCREATE_OK) {
        cci_buffer_free(&text);
        return status;
    }
    CCI_TRY(cci_arena_finish(&e->scratch, &text, &detail, error));
    cci_trace_grant(&e->trace, "carried");
    return state_to_all(e, rule, p, component, detail, error);
}

static cocreate_status award(cci_evaluation *e, const cci_rule *rule, const cci_payee *p,
                             int64_t *total, cocreate_error *error)
{
    const cci_royalty *r = rule->parameters;
    int64_t due = 0;
    cocreate_error inner;
    cocreate_status status = trace_payee(&e->trace, r, p, &due, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status != COCREATE_OK)
        return cci_json_fail(error, status, &p->path, "%s", inner.text);
    size_t mark = e->trace.text.size;
    *total += due; /* each at most 2^53 - 1, and their sum is checked each time */
    if (*total > (r->max_total > 0 ? r->max_total : CCI_MINOR_MAX)) {
        char bound[COCREATE_AMOUNT_TEXT];
        int64_t most = r->max_total > 0 ? r->max_total : CCI_MINOR_MAX;
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &p->path,
                             "with it more than the %s that rule \"%s\" may pay is due",
                             cci_amount_text(e->scheme, most, bound), rule->id);
    }
    if (due > 0) {
        CCI_TRY(cci_trace_pay(&e->trace, "due", &due, error));
        CCI_TRY(p->entry != NULL ? cci_pay(e, rule, p->entry, due, error)
                                 : cci_pay_person(e, rule, p->id, "", due, error));
    }
    e->trace.text.size = mark;
    status = statement(e, rule, p, due, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(error);
    if (status == COCREATE_ERR_OVERFLOW)
        return cci_json_fail(error, status, &p->path, "%s", inner.text);
    if (status != COCREATE_OK)
        return cci_fail(error, status, "%s", inner.text);
    return COCREATE_OK;
}

static cocreate_status evaluate(cci_evaluation *e, const cci_rule *rule, cocreate_error *error)
{
    cci_payees payees = {0};
    int64_t total = 0;
    cocreate_status status = cci_payees_read(e, rule, &payees, error);
    for (size_t i = 0; i < payees.n && status == COCREATE_OK; i++) {
        const cci_payee *p = &payees.items[i];
        if (p->entry != NULL ? cci_eligible(rule, p->entry) : cci_person_eligible(e, rule, p->id))
            status = award(e, rule, p, &total, error);
    }
    cci_payees_free(&payees);
    return status;
}

const cci_rule_kind cci_rule_royalty = {
    .kind = "royalty",
    .title = "A part of what works sell, period by period",
    .parameters = parameters,
    .bound = "max_total; none from a fund of revenue",
    .source = "the terms of LEGO Ideas (1 % of net sales), Threadless (20 % of net profit, at least 0.25 "
              "a unit) and Quirky (30 % of direct, 10 % of indirect revenue)",
    .own_lists = 1,
    .revenue = 1,
    .parse = cci_royalty_parse,
    .evaluate = evaluate,
};
