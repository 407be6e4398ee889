#include "reward/terms.h"

#include <string.h>

#include "base/text.h"
#include "reward/rule.h"

#define DAY INT64_C(86400000000)

/* ---- conditions: "payee.class=NRA and payee.verified=false" ---- */

typedef struct reader {
    const cocreate_scheme *scheme;
    const char *start, *at;
    const cci_path *path;
    cocreate_error *error;
} reader;

static const struct {
    const char *name;
    cci_payee_fact fact;
} facts[] = {
    {"payee.class", CCI_FACT_CLASS},       {"payee.jurisdiction", CCI_FACT_JURISDICTION},
    {"payee.verified", CCI_FACT_VERIFIED}, {"payee.tax_form", CCI_FACT_TAX_FORM},
    {"payee.paid", CCI_FACT_PAID},
};

static int take(reader *r, const char *text)
{
    size_t n = strlen(text);
    if (strncmp(r->at, text, n) != 0)
        return 0;
    r->at += n;
    return 1;
}

static cocreate_status expected(const reader *r, const char *what)
{
    return cci_json_fail(r->error, COCREATE_ERR_SCHEMA, r->path, "expected %s at character %zu",
                         what, (size_t)(r->at - r->start) + 1);
}

static cocreate_status read_paid(reader *r, cci_payee_condition *c)
{
    char amount[COCREATE_AMOUNT_TEXT];
    if (c->size >= sizeof amount)
        return expected(r, "an amount");
    memcpy(amount, c->text, c->size);
    amount[c->size] = '\0';
    if (cocreate_amount_parse(amount, r->scheme->exponent, &c->minor, NULL) != COCREATE_OK)
        return expected(r, "an amount with the decimals of the currency");
    return COCREATE_OK;
}

static cocreate_status read_value(reader *r, cci_payee_condition *c)
{
    c->text = r->at;
    c->size = strcspn(r->at, " ");
    if (c->size == 0)
        return expected(r, "a value");
    if (c->fact == CCI_FACT_PAID)
        CCI_TRY(read_paid(r, c));
    if (c->fact == CCI_FACT_VERIFIED || c->fact == CCI_FACT_TAX_FORM) {
        c->flag = c->size == 4 && memcmp(c->text, "true", 4) == 0;
        if (!c->flag && (c->size != 5 || memcmp(c->text, "false", 5) != 0))
            return expected(r, "true or false");
    }
    r->at += c->size;
    return COCREATE_OK;
}

static cocreate_status read_condition(reader *r, cci_payee_condition *c)
{
    size_t i = 0, n = sizeof facts / sizeof facts[0];
    while (i < n && !take(r, facts[i].name))
        i++;
    if (i == n)
        return expected(r, "payee.class, payee.jurisdiction, payee.verified, payee.tax_form or "
                           "payee.paid");
    c->fact = facts[i].fact;
    if (c->fact == CCI_FACT_PAID) {
        if (!take(r, ">=")) {
            c->negated = take(r, "<");
            if (!c->negated)
                return expected(r, ">= or <");
        }
    } else if (!take(r, "=")) {
        c->negated = take(r, "!=");
        if (!c->negated)
            return expected(r, "= or !=");
    }
    return read_value(r, c);
}

static cocreate_status read_where(const cocreate_scheme *scheme, const char *where,
                                  cci_deduction *d, const cci_path *path, cocreate_error *error)
{
    reader r = {scheme, where, where, path, error};
    do {
        if (d->n_conditions == CCI_CONDITIONS_MAX)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, path, "has more than %d conditions",
                                 CCI_CONDITIONS_MAX);
        CCI_TRY(read_condition(&r, &d->conditions[d->n_conditions++]));
    } while (take(&r, " and "));
    return *r.at == '\0' ? COCREATE_OK : expected(&r, "\" and \" or the end");
}

/* ---- deductions ---- */

/* A rate of 0 to 1 as a fraction of two int64. */
static cocreate_status read_rate(const json_t *json, cci_deduction *d, const cci_path *path,
                                 cocreate_error *error)
{
    const json_t *value = json_object_get(json, "rate");
    cci_path at = cci_path_key(path, "rate");
    cci_rational rate = {0};
    if (value == NULL || json_is_null(value))
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "required, but missing");
    CCI_TRY(cci_rational_init(&rate, error));
    cocreate_status status = cci_json_number(value, &rate, &at, error);
    if (status == COCREATE_OK &&
        (cci_rational_sign(&rate) < 0 || mp_cmp_mag(&rate.num, &rate.den) == MP_GT))
        status = cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                               "a rate is from 0 to 1, as \"0.30\" for 30 percent");
    if (status == COCREATE_OK && mp_count_bits(&rate.den) > 62)
        status = cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at, "has too many decimals");
    if (status == COCREATE_OK) {
        d->numerator = mp_get_i64(&rate.num);
        d->denominator = mp_get_i64(&rate.den);
    }
    cci_rational_clear(&rate);
    return status;
}

static cocreate_status read_account(const json_t *json, cci_deduction *d, const cci_path *path,
                                    cocreate_error *error)
{
    cocreate_error inner;
    cci_path at = cci_path_key(path, "account");
    CCI_TRY(cci_json_string(json, "account", &d->account, path, error));
    if (cci_name_check(d->account, 320, "account", &inner) != COCREATE_OK)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "%s", inner.text);
    if (strncmp(d->account, "fees:", 5) != 0 && strncmp(d->account, "withheld:", 9) != 0)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "begins neither with \"fees:\" nor with \"withheld:\"");
    return COCREATE_OK;
}

static cocreate_status read_deduction(const cocreate_scheme *scheme, const json_t *json,
                                      cci_deduction *d, const cci_path *path,
                                      cocreate_error *error)
{
    static const char *const keys[] = {"id", "rate", "base", "rounding", "where", "account", NULL};
    static const char *const bases[] = {"gross", "rest", NULL};
    static const char *const roundings[] = {"half_up", "half_even", "floor", "ceil", NULL};
    const char *where = NULL;
    int rounding = 0;
    CCI_TRY(cci_json_object(json, path, error));
    CCI_TRY(cci_json_keys(json, keys, path, error));
    CCI_TRY(cci_json_id(json, "id", &d->id, path, error));
    CCI_TRY(read_rate(json, d, path, error));
    CCI_TRY(read_account(json, d, path, error));
    CCI_TRY(cci_json_choice_opt(json, "base", bases, &d->of_rest, path, error));
    CCI_TRY(cci_json_choice_opt(json, "rounding", roundings, &rounding, path, error));
    CCI_TRY(cci_json_string_opt(json, "where", &where, path, error));
    d->rounding = roundings[rounding];
    cci_path at = cci_path_key(path, "where");
    return where == NULL ? COCREATE_OK : read_where(scheme, where, d, &at, error);
}

static cocreate_status read_deductions(const cocreate_scheme *scheme, const json_t *json,
                                       cci_terms *out, cocreate_error *error)
{
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "deductions");
    json_t *deductions = NULL;
    CCI_TRY(cci_json_get_array_opt(json, "deductions", &deductions, &root, error));
    size_t n = deductions == NULL ? 0 : json_array_size(deductions);
    if (n > CCI_DEDUCTIONS_MAX)
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at,
                             "holds %zu deductions, more than %d", n, CCI_DEDUCTIONS_MAX);
    for (size_t i = 0; i < n; i++) {
        cci_path here = cci_path_at(&at, i);
        cci_deduction *d = &out->deductions[i];
        CCI_TRY(read_deduction(scheme, json_array_get(deductions, i), d, &here, error));
        for (size_t k = 0; k < i; k++)
            if (strcmp(out->deductions[k].id, d->id) == 0)
                return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                     "the id \"%s\" is that of $.deductions[%zu] already", d->id,
                                     k);
        out->n_deductions = i + 1;
    }
    return COCREATE_OK;
}

/* ---- lifecycle ---- */

static cocreate_status read_days(const json_t *json, const char *key, int64_t *out,
                                 const cci_path *path, cocreate_error *error)
{
    int64_t days = 0;
    CCI_TRY(cci_json_i64_opt(json, key, 0, 36500, &days, path, error));
    *out = days * DAY;
    return COCREATE_OK;
}

static cocreate_status read_cap(const cocreate_scheme *scheme, const json_t *lifecycle,
                                cci_terms *out, const cci_path *path, cocreate_error *error)
{
    static const char *const keys[] = {"amount", "days", NULL};
    cci_path at = cci_path_key(path, "person_cap");
    json_t *cap = NULL;
    CCI_TRY(cci_json_get_object_opt(lifecycle, "person_cap", &cap, path, error));
    if (cap == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(cap, keys, &at, error));
    CCI_TRY(cci_read_amount(scheme, cap, "amount", &out->cap, &at, error));
    return read_days(cap, "days", &out->cap_window, &at, error);
}

static cocreate_status read_verify(const json_t *lifecycle, cci_terms *out, const cci_path *path,
                                   cocreate_error *error)
{
    cci_path at = cci_path_key(path, "verify");
    json_t *verify = NULL;
    CCI_TRY(cci_json_get_array_opt(lifecycle, "verify", &verify, path, error));
    for (size_t i = 0; i < json_array_size(verify); i++) {
        cci_path here = cci_path_at(&at, i);
        const char *what = json_string_value(json_array_get(verify, i));
        if (what != NULL && strcmp(what, "identity") == 0)
            out->needs_identity = 1;
        else if (what != NULL && strcmp(what, "tax_form") == 0)
            out->needs_tax_form = 1;
        else
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &here,
                                 "not one of \"identity\" and \"tax_form\"");
    }
    return COCREATE_OK;
}

static cocreate_status read_lifecycle(const cocreate_scheme *scheme, const json_t *json,
                                      cci_terms *out, cocreate_error *error)
{
    static const char *const keys[] = {"hold_days",         "accept_days",    "on_decline",
                                       "claim_expiry_days", "minimum_payout", "person_cap",
                                       "cooling_days",      "verify",         "on_overpaid",
                                       NULL};
    static const char *const declines[] = {"vacant", "promote", "redistribute", NULL};
    static const char *const overpaid[] = {"clawback", "honour", NULL};
    cci_path root = CCI_ROOT, at = cci_path_key(&root, "lifecycle");
    json_t *lifecycle = NULL;
    CCI_TRY(cci_json_get_object_opt(json, "lifecycle", &lifecycle, &root, error));
    if (lifecycle == NULL)
        return COCREATE_OK;
    CCI_TRY(cci_json_keys(lifecycle, keys, &at, error));
    CCI_TRY(read_days(lifecycle, "hold_days", &out->hold, &at, error));
    CCI_TRY(read_days(lifecycle, "accept_days", &out->accept, &at, error));
    CCI_TRY(read_days(lifecycle, "claim_expiry_days", &out->claim, &at, error));
    CCI_TRY(read_days(lifecycle, "cooling_days", &out->cooling, &at, error));
    CCI_TRY(cci_json_choice_opt(lifecycle, "on_decline", declines, &out->on_decline, &at, error));
    CCI_TRY(cci_json_choice_opt(lifecycle, "on_overpaid", overpaid, &out->honour, &at, error));
    CCI_TRY(cci_read_amount_opt(scheme, lifecycle, "minimum_payout", &out->minimum, &at, error));
    CCI_TRY(read_cap(scheme, lifecycle, out, &at, error));
    return read_verify(lifecycle, out, &at, error);
}

cocreate_status cci_terms_read(const cocreate_scheme *scheme, const json_t *json, cci_terms *out,
                               cocreate_error *error)
{
    memset(out, 0, sizeof *out);
    CCI_TRY(read_deductions(scheme, json, out, error));
    return read_lifecycle(scheme, json, out, error);
}
