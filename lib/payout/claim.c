/* A claim: from its document and back, and what it puts on which account. */
#include <string.h>

#include "base/text.h"
#include "payout/book.h"
#include "reward/rule.h"

static const char *const states[] = {"offered",  "accepted", "paid", "declined",
                                     "expired", "reversed", NULL};

const char *cci_claim_state_name(int state)
{
    return states[state];
}

static int is_live(int state)
{
    return state < CCI_CLAIM_DECLINED;
}

static int64_t later(int64_t at, int64_t span)
{
    return span == 0 || at > CCI_JSON_INTEGER_MAX - span ? CCI_NEVER : at + span;
}

int64_t cci_accept_by(const cci_book *b, const cci_claim *claim)
{
    return later(claim->at, b->terms.accept);
}

int64_t cci_claim_by(const cci_book *b, const cci_claim *claim)
{
    return later(claim->at, b->terms.claim);
}

int64_t cci_payable_from(const cci_book *b, const cci_claim *claim)
{
    return b->terms.hold == 0 ? INT64_MIN : later(claim->at, b->terms.hold);
}

int cci_claim_is_open(const cci_claim *claim)
{
    return (claim->state == CCI_CLAIM_OFFERED || claim->state == CCI_CLAIM_ACCEPTED) &&
           claim->gross > 0;
}

/* The deductions in order, each of the gross or of the rest, never more than the rest. */
static cocreate_status deduct(const cci_book *b, const cci_claim *claim, int64_t gross,
                              cci_position *out, cocreate_error *error)
{
    int64_t rest = gross;
    for (size_t i = 0; i < b->terms.n_deductions; i++) {
        const cci_deduction *d = &b->terms.deductions[i];
        if (!(claim->applies >> i & 1))
            continue;
        CCI_TRY(cocreate_rate(d->of_rest ? rest : gross, d->numerator, d->denominator, d->rounding,
                              NULL, &out->taken[i], error));
        if (out->taken[i] > rest)
            out->taken[i] = rest;
        rest -= out->taken[i];
    }
    out->net = rest;
    return COCREATE_OK;
}

cocreate_status cci_claim_position(const cci_book *b, const cci_claim *claim, cci_position *out,
                          cocreate_error *error)
{
    cci_position s = {0};
    CCI_TRY(deduct(b, claim, is_live(claim->state) ? claim->gross : 0, &s, error));
    /* Each is at most 2^53 - 1. */
    int64_t owed = s.net - claim->paid + claim->recovered;
    int64_t missing = owed + claim->forgiven;
    s.payable = owed > 0 ? owed : 0;
    s.receivable = missing < 0 ? missing : 0;
    *out = s;
    return COCREATE_OK;
}

/* ---- reading ---- */

static cocreate_status read_deductions(const cci_book *b, const json_t *doc, cci_claim *claim,
                                       cocreate_error *error)
{
    json_t *list = NULL;
    CCI_TRY(cci_json_get_array_opt(doc, "deductions", &list, &CCI_ROOT, error));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = NULL;
        size_t k = 0;
        CCI_TRY(cci_json_string(json_array_get(list, i), "id", &id, &CCI_ROOT, error));
        while (k < b->terms.n_deductions && strcmp(b->terms.deductions[k].id, id) != 0)
            k++;
        if (k == b->terms.n_deductions)
            return cci_fail(error, COCREATE_ERR_SCHEMA,
                            "award '%.64s': the scheme has no deduction '%.64s'", claim->id, id);
        claim->applies |= UINT32_C(1) << k;
    }
    return COCREATE_OK;
}

static cocreate_status read_amounts(const json_t *doc, cci_claim *c, cocreate_error *error)
{
    static const int64_t max = CCI_JSON_INTEGER_MAX;
    int64_t minor = 0;
    CCI_TRY(cci_json_i64(doc, "minor", 0, max, &minor, &CCI_ROOT, error));
    c->gross = minor;
    c->awarded = json_object_get(doc, "revision") ? 0 : minor;
    CCI_TRY(cci_json_i64_opt(doc, "gross", 0, max, &c->gross, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice_opt(doc, "state", states, &c->state, &CCI_ROOT, error));
    c->paid = c->state == CCI_CLAIM_PAID ? minor : 0;
    CCI_TRY(cci_json_i64_opt(doc, "paid", 0, max, &c->paid, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(doc, "recovered", 0, max, &c->recovered, &CCI_ROOT, error));
    CCI_TRY(cci_json_i64_opt(doc, "forgiven", 0, max, &c->forgiven, &CCI_ROOT, error));
    return cci_json_i64_opt(doc, "at", -max, max, &c->at, &CCI_ROOT, error);
}

static cocreate_status read_claim(const cci_book *b, cci_claim *c, cocreate_error *error)
{
    const char *currency;
    CCI_TRY(cci_json_object(c->doc, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(c->doc, "id", &c->id, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(c->doc, "rule", &c->rule, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(c->doc, "to", &c->to, &CCI_ROOT, error));
    CCI_TRY(cci_json_id(c->doc, "fund", &c->fund, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(c->doc, "currency", &currency, &CCI_ROOT, error));
    if (strcmp(currency, b->scheme->currency) != 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "award '%.64s' is in %.12s, the scheme in %.12s", c->id, currency,
                        b->scheme->currency);
    CCI_TRY(read_amounts(c->doc, c, error));
    return read_deductions(b, c->doc, c, error);
}

cocreate_status cci_claim_read(const cci_book *b, json_t *doc, cci_claim *out,
                               cocreate_error *error)
{
    cci_claim claim = {.doc = doc};
    cocreate_status status = read_claim(b, &claim, error);
    if (status == COCREATE_OK)
        *out = claim;
    else
        json_decref(doc);
    return status;
}

/* ---- writing ---- */

/* Every put steals what it is given; the first that fails is remembered. */
static void put(int *ok, json_t *doc, const char *key, json_t *value)
{
    if (!cci_json_put(doc, key, value))
        *ok = 0;
}

/* A plain award says no more than it must. */
static void put_unless(int *ok, json_t *doc, const char *key, int64_t minor, int64_t usual)
{
    if (minor != usual || json_object_get(doc, key))
        put(ok, doc, key, json_integer(minor));
}

static json_t *deductions_of(const cci_book *b, const cci_claim *claim, const cci_position *s)
{
    json_t *list = json_array();
    int ok = list != NULL;
    for (size_t i = 0; i < b->terms.n_deductions && ok; i++) {
        if (!(claim->applies >> i & 1))
            continue;
        json_t *item = cci_json_new();
        put(&ok, item, "id", json_string(b->terms.deductions[i].id));
        put(&ok, item, "account", json_string(b->terms.deductions[i].account));
        put(&ok, item, "minor", json_integer(s->taken[i]));
        if (!cci_json_push(list, item))
            ok = 0;
    }
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

static void put_time(int *ok, json_t *doc, const char *key, int64_t at)
{
    if (at != CCI_NEVER && at != INT64_MIN)
        put(ok, doc, key, json_integer(at));
}

cocreate_status cci_claim_write(const cci_book *b, cci_claim *claim, cocreate_error *error)
{
    cci_position s;
    CCI_TRY(cci_claim_position(b, claim, &s, error));
    if (claim->state == CCI_CLAIM_PAID && s.payable > 0)
        claim->state = CCI_CLAIM_ACCEPTED; /* there is more to pay */
    json_t *doc = cci_json_copy(claim->doc);
    int64_t minor = json_integer_value(json_object_get(doc, "minor"));
    int ok = doc != NULL;
    put(&ok, doc, "state", json_string(states[claim->state]));
    put(&ok, doc, "at", json_integer(claim->at));
    put_unless(&ok, doc, "gross", claim->gross, minor);
    put_unless(&ok, doc, "net", s.net, claim->gross);
    if (claim->applies != 0 || json_object_get(doc, "deductions"))
        put(&ok, doc, "deductions", deductions_of(b, claim, &s));
    put_unless(&ok, doc, "paid", claim->paid, claim->state == CCI_CLAIM_PAID ? minor : 0);
    put_unless(&ok, doc, "recovered", claim->recovered, 0);
    put_unless(&ok, doc, "forgiven", claim->forgiven, 0);
    put_unless(&ok, doc, "owed", -s.receivable, 0);
    put_time(&ok, doc, "accept_by", cci_accept_by(b, claim));
    put_time(&ok, doc, "claim_by", cci_claim_by(b, claim));
    put_time(&ok, doc, "payable_from", cci_payable_from(b, claim));
    if (!ok) {
        json_decref(doc);
        return cci_no_memory(error);
    }
    claim->doc = doc;
    claim->changed = 1;
    return COCREATE_OK;
}
