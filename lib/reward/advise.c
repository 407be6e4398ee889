/* What the theory of contests says of a prize and a number of entrants. It states facts with what they
 * assume and where they are from, and chooses nothing. */
#include <string.h>

#include "cocreate/money.h"
#include "cocreate/reward.h"
#include "base/json.h"

enum { ENTRANTS_MAX = 1000000 };

typedef struct contest {
    const char *currency;
    int32_t exponent;
    int64_t prize, entrants;
    cci_rational decisiveness;
} contest;

/* A fact; `value` tells how to compute its amount, NULL where there is none. */
typedef struct fact {
    const char *name, *says, *assumes, *source;
    cocreate_status (*value)(const contest *c, cci_rational *out, cocreate_error *error);
} fact;

/* ---- reading ---- */

static cocreate_status read_currency(const json_t *json, contest *c, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "minor_unit");
    int64_t unit = -1;
    cocreate_currency currency = {.size = sizeof currency};
    CCI_TRY(cci_json_string(json, "currency", &c->currency, &root, error));
    CCI_TRY(cci_json_i64_opt(json, "minor_unit", 0, 18, &unit, &root, error));
    if (unit < 0 && cocreate_currency_find(c->currency, &currency, NULL) == COCREATE_OK)
        unit = currency.exponent;
    if (unit < 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "required, but missing: %.40s is no ISO 4217 currency", c->currency);
    c->exponent = (int32_t)unit;
    return COCREATE_OK;
}

/* How sharply more effort wins, 1 by default; the equilibrium is known up to n / (n - 1). */
static cocreate_status read_decisiveness(const json_t *json, contest *c, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "decisiveness");
    const json_t *value = json_object_get(json, "decisiveness");
    cci_rational most = {0};
    int order = 0;
    CCI_TRY(cci_rational_set_i64(&c->decisiveness, 1, 1, error));
    if (value == NULL || json_is_null(value))
        return COCREATE_OK;
    CCI_TRY(cci_json_number(value, &c->decisiveness, &at, error));
    if (cci_rational_sign(&c->decisiveness) <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
    if (c->entrants < 2)
        return COCREATE_OK;
    CCI_TRY(cci_rational_init(&most, error));
    cocreate_status status = cci_rational_set_i64(&most, c->entrants, c->entrants - 1, error);
    if (status == COCREATE_OK)
        status = cci_rational_compare(&c->decisiveness, &most, &order, error);
    cci_rational_clear(&most);
    if (status == COCREATE_OK && order > 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "is more than n / (n - 1): the symmetric equilibrium is no longer pure");
    return status;
}

static cocreate_status read_contest(const json_t *json, contest *c, cocreate_error *error)
{
    static const char *const keys[] = {"currency", "minor_unit", "prize", "entrants",
                                       "decisiveness", NULL};
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "prize");
    const char *prize;
    cocreate_error inner;
    CCI_TRY(cci_json_object(json, &root, error));
    CCI_TRY(cci_json_keys(json, keys, &root, error));
    CCI_TRY(read_currency(json, c, error));
    CCI_TRY(cci_json_string(json, "prize", &prize, &root, error));
    CCI_TRY(cci_json_i64(json, "entrants", 1, ENTRANTS_MAX, &c->entrants, &root, error));
    cocreate_status status = cocreate_amount_parse(prize, c->exponent, &c->prize, &inner);
    if (status != COCREATE_OK)
        return cci_json_fail(error, status == COCREATE_ERR_OVERFLOW ? status : COCREATE_ERR_SCHEMA,
                             &at, "%s", inner.text);
    if (c->prize <= 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is not more than 0");
    return read_decisiveness(json, c, error);
}

/* ---- facts ---- */

/* The prize times num / den, in minor units. */
static cocreate_status part(const contest *c, int64_t num, int64_t den, cci_rational *out,
                            cocreate_error *error)
{
    cci_rational factor = {0};
    CCI_TRY(cci_rational_set_i64(out, c->prize, 1, error));
    CCI_TRY(cci_rational_init(&factor, error));
    cocreate_status status = cci_rational_set_i64(&factor, num, den, error);
    if (status == COCREATE_OK)
        status = cci_rational_mul(out, &factor, out, error);
    cci_rational_clear(&factor);
    return status;
}

static cocreate_status tullock_total(const contest *c, cci_rational *out, cocreate_error *error)
{
    CCI_TRY(part(c, c->entrants - 1, c->entrants, out, error));
    return cci_rational_mul(out, &c->decisiveness, out, error);
}

static cocreate_status tullock_each(const contest *c, cci_rational *out, cocreate_error *error)
{
    CCI_TRY(part(c, c->entrants - 1, c->entrants * c->entrants, out, error));
    return cci_rational_mul(out, &c->decisiveness, out, error);
}

static cocreate_status all_pay(const contest *c, cci_rational *out, cocreate_error *error)
{
    return part(c, c->entrants > 1, 1, out, error);
}

static cocreate_status all_pay_private(const contest *c, cci_rational *out, cocreate_error *error)
{
    return part(c, c->entrants - 1, c->entrants + 1, out, error);
}

static const fact facts[] = {
    {"tullock_effort_each", "what each entrant spends in equilibrium: r (n - 1) V / n^2",
     "the chance to win is x^r over the sum of all; equal entrants, linear cost, r at most n / (n - 1)",
     "Tullock, Efficient Rent Seeking, 1980", tullock_each},
    {"tullock_effort_total", "what all entrants spend in equilibrium: r (n - 1) V / n",
     "the chance to win is x^r over the sum of all; equal entrants, linear cost, r at most n / (n - 1)",
     "Tullock, Efficient Rent Seeking, 1980", tullock_total},
    {"all_pay_effort_total", "what all entrants spend on average: the prize, from two entrants on",
     "the most effort wins; everybody knows that all value the prize alike",
     "Hillman & Riley, Politically Contestable Rents and Transfers, Economics & Politics 1, 1989",
     all_pay},
    {"all_pay_private_effort_total", "what all entrants spend on average: V (n - 1) / (n + 1)",
     "the most effort wins; values are private, independent and uniform from 0 to the prize",
     "revenue equivalence: the mean of the second highest of n uniform values", all_pay_private},
    {"one_prize_if_cost_is_not_convex",
     "with linear or concave cost of effort one prize brings the most total effort; with convex cost "
     "several prizes can",
     "the most effort wins; abilities are private",
     "Moldovanu & Sela, The Optimal Allocation of Prizes in Contests, AER 91(3), 2001", NULL},
    {"top_prize_if_risk_neutral",
     "for risk-neutral entrants all goes to the top prize even where several submissions are wanted; "
     "for risk-averse ones there may be more prizes than submissions wanted",
     "many entrants with private abilities",
     "Archak & Sundararajan, Optimal Design of Crowdsourcing Contests, ICIS 2009", NULL},
    {"contest_against_procurement",
     "the best submission of a contest is worth at least a half of what conventional procurement gets "
     "where the distribution of abilities is regular, a quarter in general",
     "the best submission alone has value; effort of the others is lost",
     "Chawla, Hartline & Sivan, Optimal Crowdsourcing Contests, SODA 2012", NULL},
};

/* ---- writing ---- */

static void member(cci_buffer *b, const char *before, const char *value)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, value, strlen(value));
}

/* "amount": to the nearest minor unit; "exact_minor": as it is. */
static cocreate_status write_value(cci_buffer *b, const contest *c, const fact *f,
                                   cocreate_error *error)
{
    cci_rational value = {0};
    int64_t minor = 0;
    char text[COCREATE_AMOUNT_TEXT];
    CCI_TRY(cci_rational_init(&value, error));
    cocreate_status status = f->value(c, &value, error);
    if (status == COCREATE_OK)
        status = cci_rational_round(&value, 0, CCI_ROUND_HALF_EVEN, &minor, error);
    if (status == COCREATE_OK)
        status = cocreate_amount_print(minor, c->exponent, text, error);
    if (status == COCREATE_OK) {
        member(b, "\"amount\":", text);
        member(b, ",\"assumes\":", f->assumes);
        cci_buffer_text(b, ",\"exact_minor\":\"");
        status = cci_rational_text(&value, b, error);
        cci_buffer_byte(b, '"');
    }
    cci_rational_clear(&value);
    return status;
}

static cocreate_status write_report(cci_buffer *b, const contest *c, cocreate_error *error)
{
    char text[COCREATE_AMOUNT_TEXT];
    CCI_TRY(cocreate_amount_print(c->prize, c->exponent, text, error));
    member(b, "{\"currency\":", c->currency);
    cci_buffer_format(b, ",\"entrants\":%lld,\"facts\":[", (long long)c->entrants);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        cci_buffer_text(b, i == 0 ? "{" : ",{");
        if (facts[i].value != NULL)
            CCI_TRY(write_value(b, c, &facts[i], error));
        else
            member(b, "\"assumes\":", facts[i].assumes);
        member(b, ",\"name\":", facts[i].name);
        member(b, ",\"says\":", facts[i].says);
        member(b, ",\"source\":", facts[i].source);
        cci_buffer_byte(b, '}');
    }
    member(b, "],\"prize\":", text);
    cci_buffer_byte(b, '}');
    return COCREATE_OK;
}

cocreate_status cocreate_advise(const cocreate_allocator *allocator, const char *json, size_t size,
                                cocreate_text **out, cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_allocator a = cci_allocator(allocator);
    json_t *document;
    contest c = {.exponent = 0};
    cci_buffer b;
    CCI_TRY(cci_json_parse(json, size, &document, error));
    cci_buffer_init(&b, &a);
    cocreate_status status = cci_rational_init(&c.decisiveness, error);
    if (status == COCREATE_OK)
        status = read_contest(document, &c, error);
    if (status == COCREATE_OK)
        status = write_report(&b, &c, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    cci_rational_clear(&c.decisiveness);
    json_decref(document);
    return status;
}
