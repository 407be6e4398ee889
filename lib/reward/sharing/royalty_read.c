#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "reward/sharing/royalty.h"

/* ---- the rule ---- */

static const char *const base_names[CCI_ROYALTY_RATES_MAX] = {
    "base 1", "base 2", "base 3", "base 4", "base 5", "base 6"};
static const char *const rate_names[CCI_ROYALTY_RATES_MAX] = {
    "rate 1", "rate 2", "rate 3", "rate 4", "rate 5", "rate 6"};
static const char *const part_names[CCI_ROYALTY_RATES_MAX] = {
    "part 1", "part 2", "part 3", "part 4", "part 5", "part 6"};

static cocreate_status read_rate(const json_t *json, cci_royalty_rate *out, const cci_path *path,
                                 cocreate_error *error)
{
    const json_t *rate = json_object_get(json, "rate");
    cci_path at = cci_path_key(path, "rate");
    if (rate == NULL || json_is_null(rate))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    CCI_TRY(cci_number_read(rate, &out->rate, &at, error));
    return out->rate.num >= 0 && out->rate.num <= out->rate.den
               ? COCREATE_OK
               : cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                               "a rate is from 0 to 1, as \"0.01\" for 1 percent");
}

static cocreate_status read_tier(const cocreate_scheme *scheme, const json_t *json,
                                 cci_royalty *r, size_t i, size_t n, const cci_path *path,
                                 cocreate_error *error)
{
    static const char *const keys[] = {"up_to", "rate", NULL};
    cci_royalty_rate *tier = &r->rates[i];
    cci_path at = cci_path_key(path, "up_to");
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_keys(json, keys, path, error));
    CCI_TRY(read_rate(json, tier, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "up_to", &tier->up_to, path, error));
    if (i + 1 == n && tier->up_to != 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "given, but the last tier has no end");
    if (i + 1 == n)
        tier->up_to = INT64_MAX;
    if (tier->up_to == 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    if (i > 0 && tier->up_to <= r->rates[i - 1].up_to)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not above the tier before");
    return COCREATE_OK;
}

static cocreate_status read_channel(cocreate_scheme *scheme, const json_t *json, cci_royalty *r,
                                    size_t i, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"channel", "rate", NULL};
    cci_royalty_rate *channel = &r->rates[i];
    const char *name;
    cci_path at = cci_path_key(path, "channel");
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_keys(json, keys, path, error));
    CCI_TRY(cci_json_id(json, "channel", &name, path, error));
    CCI_TRY(read_rate(json, channel, path, error));
    channel->channel = cci_arena_copy(&scheme->arena, name, strlen(name));
    if (channel->channel == NULL)
        return cci_no_memory(error);
    for (size_t k = 0; k < i; k++)
        if (strcmp(r->rates[k].channel, name) == 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "\"%s\" has a rate already",
                                 name);
    return COCREATE_OK;
}

/* Exactly one of "rate", "tiers" and "channels". */
static cocreate_status read_rates(cocreate_scheme *scheme, const json_t *json, cci_royalty *r,
                                  const cci_path *path, cocreate_error *error)
{
    json_t *tiers, *channels;
    CCI_TRY(cci_json_get_array_opt(json, "tiers", &tiers, path, error));
    CCI_TRY(cci_json_get_array_opt(json, "channels", &channels, path, error));
    const json_t *rate = json_object_get(json, "rate");
    int given = (tiers != NULL) + (channels != NULL) + (rate != NULL && !json_is_null(rate));
    if (given != 1)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "has %d of \"rate\", \"tiers\" and \"channels\", not one", given);
    const json_t *list = tiers != NULL ? tiers : channels;
    cci_path at = cci_path_key(path, tiers != NULL ? "tiers" : "channels");
    size_t n = list == NULL ? 1 : json_array_size(list);
    if (n == 0 || n > CCI_ROYALTY_RATES_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "holds %zu rates, not 1 to %d", n,
                             CCI_ROYALTY_RATES_MAX);
    r->form = tiers != NULL      ? CCI_ROYALTY_TIERS
              : channels != NULL ? CCI_ROYALTY_CHANNELS
                                 : CCI_ROYALTY_RATE;
    for (r->n_rates = 0; r->n_rates < n; r->n_rates++) {
        size_t i = r->n_rates;
        cci_path here = cci_path_at(&at, i);
        r->rates[i].base = base_names[i];
        r->rates[i].number = rate_names[i];
        r->rates[i].part = part_names[i];
        if (tiers != NULL)
            CCI_TRY(read_tier(scheme, json_array_get(tiers, i), r, i, n, &here, error));
        else if (channels != NULL)
            CCI_TRY(read_channel(scheme, json_array_get(channels, i), r, i, &here, error));
    }
    return list != NULL ? COCREATE_OK : read_rate(json, &r->rates[0], path, error);
}

cocreate_status cci_royalty_parse(cocreate_scheme *scheme, const json_t *json,
                                  const cci_path *path, cci_rule *rule, cocreate_error *error)
{
    static const char *const bases[] = {"gross", "net", "profit", NULL};
    cci_path cap_at = cci_path_key(path, "cap");
    cci_royalty *r = cci_arena_alloc(&scheme->arena, 1, sizeof *r);
    int base = CCI_ROYALTY_NET;
    if (r == NULL)
        return cci_no_memory(error);
    CCI_TRY(cci_json_choice_opt(json, "base", bases, &base, path, error));
    r->base = base == 0 ? CCI_ROYALTY_GROSS : base == 1 ? CCI_ROYALTY_NET : CCI_ROYALTY_PROFIT;
    CCI_TRY(read_rates(scheme, json, r, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum_per_unit", &r->per_unit, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "flat", &r->flat, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "per_event", &r->per_event, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "cap", &r->cap, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "advance", &r->advance, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "minimum_payout", &r->minimum_payout, path, error));
    CCI_TRY(cci_read_amount_opt(scheme, json, "max_total", &r->max_total, path, error));
    CCI_TRY(cci_json_i64_opt(json, "term", 1, CCI_MINOR_MAX, &r->term, path, error));
    if (r->cap > 0 && r->advance > r->cap)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &cap_at, "is less than the advance");
    if (r->max_total == 0 && !rule->fund->revenue) {
        cci_path at = cci_path_key(path, "max_total");
        return cci_unbounded(rule, &at, "max_total, or a fund of revenue", error);
    }
    rule->bound = rule->fund->revenue ? 0 : r->max_total;
    rule->why = "max_total";
    rule->parameters = r;
    return COCREATE_OK;
}

/* ---- the result ---- */

/* Whose row this is: an entry of the result, or a person. */
static cocreate_status read_payee(cci_evaluation *e, const json_t *row, const cci_path *path,
                                  cci_payee *out, cocreate_error *error)
{
    const char *entry = NULL, *person = NULL;
    CCI_TRY(cci_json_id_opt(row, "entry", &entry, path, error));
    CCI_TRY(cci_json_id_opt(row, "person", &person, path, error));
    if ((entry == NULL) == (person == NULL))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, path,
                             "has %s of \"entry\" and \"person\", not one",
                             entry == NULL ? "none" : "both");
    out->id = entry != NULL ? entry : person;
    return entry == NULL ? COCREATE_OK
                         : cci_row_entry(e, row, "entry", &out->entry, path, error);
}

static int compare_payees(const cci_payee *x, const cci_payee *y)
{
    int order = (x->entry == NULL) - (y->entry == NULL);
    return order != 0 ? order : strcmp(x->id, y->id);
}

static int by_payee(const void *a, const void *b)
{
    const cci_payee *x = a, *y = b;
    int order = compare_payees(x, y);
    if (order == 0)
        order = y->from_sales - x->from_sales;
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static cocreate_status optional_amount(const cci_evaluation *e, const json_t *row, const char *key,
                                       int64_t *out, const cci_path *path, cocreate_error *error)
{
    const json_t *value = json_object_get(row, key);
    *out = 0;
    return value == NULL || json_is_null(value) ? COCREATE_OK
                                                : cci_row_amount(e, row, key, out, path, error);
}

/* The base in minor units: what was sold, less what the rule's base leaves out. */
static cocreate_status read_sale(cci_evaluation *e, const cci_royalty *r, const json_t *row,
                                 const cci_path *path, cci_payee *p, size_t channel,
                                 cocreate_error *error)
{
    int64_t gross = 0, returns = 0, costs = 0;
    CCI_TRY(cci_row_amount(e, row, "gross", &gross, path, error));
    if (r->base != CCI_ROYALTY_GROSS)
        CCI_TRY(optional_amount(e, row, "returns", &returns, path, error));
    if (r->base == CCI_ROYALTY_PROFIT)
        CCI_TRY(optional_amount(e, row, "costs", &costs, path, error));
    p->bases[channel] = gross - returns - costs; /* of 2^53 each */
    CCI_TRY(cci_json_i64_opt(row, "units", -CCI_MINOR_MAX, CCI_MINOR_MAX, &p->units, path, error));
    return cci_json_i64_opt(row, "events", 0, CCI_MINOR_MAX, &p->events, path, error);
}

static cocreate_status find_channel(const cci_rule *rule, const json_t *row, const cci_path *path,
                                    size_t *out, cocreate_error *error)
{
    const cci_royalty *r = rule->parameters;
    const char *channel;
    cci_path at = cci_path_key(path, "channel");
    *out = 0;
    if (r->form != CCI_ROYALTY_CHANNELS)
        return COCREATE_OK;
    CCI_TRY(cci_json_id(row, "channel", &channel, path, error));
    for (size_t i = 0; i < r->n_rates; i++)
        if (strcmp(r->rates[i].channel, channel) == 0) {
            *out = i;
            return COCREATE_OK;
        }
    return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "rule \"%s\" has no rate for \"%s\"",
                         rule->id, channel);
}

static cocreate_status read_sales(cci_evaluation *e, const cci_rule *rule, cci_payees *out,
                                  size_t *channels, cocreate_error *error)
{
    for (size_t i = 0; i < out->sales.n; i++) {
        const json_t *row;
        cci_payee *p = &out->items[out->n];
        cci_path path;
        CCI_TRY(cci_section_row(&out->sales, i, &row, &path, error));
        CCI_TRY(cci_rational_init(&p->accrued, error));
        out->n++;
        p->index = i;
        p->from_sales = 1;
        CCI_TRY(read_payee(e, row, &path, p, error));
        CCI_TRY(find_channel(rule, row, &path, &channels[i], error));
        CCI_TRY(read_sale(e, rule->parameters, row, &path, p, channels[i], error));
    }
    return COCREATE_OK;
}

/* accrued, a number of major units, in minor units. */
static cocreate_status read_accrued(const cci_evaluation *e, const json_t *row,
                                    const cci_path *path, cci_rational *out, cocreate_error *error)
{
    const json_t *value = json_object_get(row, "accrued");
    cci_path at = cci_path_key(path, "accrued");
    cci_rational ten = {0};
    if (value == NULL)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    CCI_TRY(cci_json_number(value, out, &at, error));
    CCI_TRY(cci_rational_init(&ten, error));
    cocreate_status status = cci_rational_set_i64(&ten, 10, 1, error);
    for (int32_t i = 0; i < e->scheme->exponent && status == COCREATE_OK; i++)
        status = cci_rational_mul(out, &ten, out, error);
    cci_rational_clear(&ten);
    return status;
}

static cocreate_status read_accruals(cci_evaluation *e, cci_payees *out, cocreate_error *error)
{
    for (size_t i = 0; i < out->accruals.n; i++) {
        const json_t *row;
        cci_payee *p = &out->items[out->n];
        cci_path path;
        CCI_TRY(cci_section_row(&out->accruals, i, &row, &path, error));
        p->index = i;
        CCI_TRY(cci_rational_init(&p->accrued, error));
        out->n++;
        CCI_TRY(read_payee(e, row, &path, p, error));
        CCI_TRY(read_accrued(e, row, &path, &p->accrued, error));
        CCI_TRY(cci_row_signed_amount(e, row, "base", &p->base_before, &path, error));
        CCI_TRY(cci_row_amount(e, row, "paid", &p->paid_before, &path, error));
        CCI_TRY(cci_json_i64(row, "periods", 1, CCI_MINOR_MAX - 1, &p->periods, &path, error));
    }
    return COCREATE_OK;
}

/* Add a row to the first one of the same payee. */
static cocreate_status merge(const cci_royalty *r, cci_payees *list, const size_t *channels,
                             cci_payee *to, cci_payee *from, unsigned *seen,
                             cocreate_error *error)
{
    const cci_section *section = from->from_sales ? &list->sales : &list->accruals;
    cci_path path = cci_path_at(&section->list, from->index);
    unsigned bit = from->from_sales ? 1U << channels[from->index] : 1U << 31;
    if (*seen & bit)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &path,
                             "\"%s\" is there already%s%s", from->id,
                             from->from_sales && r->form == CCI_ROYALTY_CHANNELS ? " for channel "
                                                                                 : "",
                             from->from_sales && r->form == CCI_ROYALTY_CHANNELS
                                 ? r->rates[channels[from->index]].channel
                                 : "");
    *seen |= bit;
    if (to == from)
        return COCREATE_OK;
    if (!from->from_sales) {
        cci_rational swap = to->accrued;
        to->accrued = from->accrued;
        from->accrued = swap;
        to->base_before = from->base_before;
        to->paid_before = from->paid_before;
        to->periods = from->periods;
        return COCREATE_OK;
    }
    to->bases[channels[from->index]] = from->bases[channels[from->index]];
    if (!cci_add_i64(to->units, from->units, &to->units) ||
        !cci_add_i64(to->events, from->events, &to->events))
        return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &path,
                             "the units of \"%s\" are more than 2^63 - 1", from->id);
    return COCREATE_OK;
}

cocreate_status cci_payees_read(cci_evaluation *e, const cci_rule *rule, cci_payees *out,
                                cocreate_error *error)
{
    size_t kept = 0;
    unsigned seen = 0;
    CCI_TRY(cci_section_open(e, rule, "sales", 0, &out->sales, error));
    CCI_TRY(cci_section_open(e, rule, "accruals", 1, &out->accruals, error));
    out->room = out->sales.n + out->accruals.n;
    size_t *channels = cci_arena_alloc(&e->scratch, out->sales.n, sizeof *channels);
    cci_payee *items = cci_arena_alloc(&e->scratch, out->room, sizeof *items);
    if (items == NULL || channels == NULL)
        return cci_no_memory(error);
    out->items = items;
    CCI_TRY(read_sales(e, rule, out, channels, error));
    CCI_TRY(read_accruals(e, out, error));
    if (out->n > 0)
        qsort(items, out->n, sizeof *items, by_payee);
    for (size_t i = 0; i < out->n; i++) {
        int same = i > 0 && compare_payees(&items[kept - 1], &items[i]) == 0;
        if (!same) {
            /* The place may be that of a row which was merged: exchange them, so that each number
             * that has memory stays in the list. */
            cci_payee swap = items[kept];
            items[kept] = items[i];
            items[i] = swap;
            kept++;
            seen = 0;
        }
        CCI_TRY(merge(rule->parameters, out, channels, &items[kept - 1],
                      same ? &items[i] : &items[kept - 1], &seen, error));
    }
    for (size_t i = 0; i < kept; i++)
        items[i].path = cci_path_at(items[i].from_sales ? &out->sales.list : &out->accruals.list,
                                    items[i].index);
    for (size_t i = kept; i < out->n; i++)
        cci_rational_clear(&items[i].accrued);
    out->n = kept;
    return COCREATE_OK;
}

void cci_payees_free(cci_payees *payees)
{
    for (size_t i = 0; i < payees->n; i++)
        cci_rational_clear(&payees->items[i].accrued);
    payees->n = 0;
}
