/* What is known of payees: which deductions apply to them, and whether they may be paid. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "payout/book.h"
#include "reward/rule.h"

const cci_payee *cci_book_payee(const cci_book *b, const char *id)
{
    uint32_t found = cci_table_find(&b->by_payee, id, strlen(id));
    return found == CCI_TABLE_NONE ? NULL : &b->payees[found];
}

cocreate_status cci_book_add_payee(cci_book *b, const char *id, json_t *doc, cocreate_error *error)
{
    char *copy = cci_strndup(&b->allocator, id, strlen(id));
    if (!doc || !copy || !cci_table_reserve(&b->by_payee, 1) ||
        !cci_grow(&b->allocator, (void **)&b->payees, &b->payee_capacity, b->n_payees + 1,
                  sizeof *b->payees)) {
        cci_free(&b->allocator, copy);
        json_decref(doc);
        return cci_no_memory(error);
    }
    b->payees[b->n_payees] = (cci_payee){.doc = doc, .id = copy};
    cci_table_insert(&b->by_payee, cci_table_hash(&b->by_payee, copy, strlen(copy)),
                     (uint32_t)b->n_payees++);
    return COCREATE_OK;
}

/* ---- facts ---- */

cocreate_status cci_facts_check(const cci_book *b, const json_t *facts, const cci_path *path,
                                cocreate_error *error)
{
    static const char *const keys[] = {"class", "jurisdiction", "verified", "tax_form", "paid",
                                       NULL};
    const char *text = NULL;
    int flag = 0;
    CCI_TRY(cci_json_object(facts, path, error));
    CCI_TRY(cci_json_keys(facts, keys, path, error));
    CCI_TRY(cci_json_string_opt(facts, "class", &text, path, error));
    CCI_TRY(cci_json_string_opt(facts, "jurisdiction", &text, path, error));
    CCI_TRY(cci_json_bool_opt(facts, "verified", &flag, path, error));
    CCI_TRY(cci_json_bool_opt(facts, "tax_form", &flag, path, error));
    text = NULL;
    CCI_TRY(cci_json_string_opt(facts, "paid", &text, path, error));
    if (text) {
        cocreate_error inner;
        int64_t minor = 0;
        cci_path at = cci_path_key(path, "paid");
        cocreate_status status =
            cocreate_amount_parse(text, b->scheme->exponent, &minor, &inner);
        if (status != COCREATE_OK)
            return cci_json_fail(error,
                                 status == COCREATE_ERR_OVERFLOW ? status : COCREATE_ERR_SCHEMA,
                                 &at, "%s", inner.text);
        if (minor < 0)
            return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is less than 0");
        if (minor > CCI_MINOR_MAX)
            return cci_json_fail(error, COCREATE_ERR_OVERFLOW, &at,
                                 "more than 2^53 - 1 minor units of %s", b->scheme->currency);
    }
    return COCREATE_OK;
}

static const json_t *facts_of(const cci_book *b, const char *to)
{
    const cci_payee *payee = cci_book_payee(b, to);
    return payee ? json_object_get(payee->doc, "facts") : NULL;
}

/* What was paid elsewhere; checked when it came in. */
static int64_t paid_elsewhere(const cci_book *b, const json_t *facts)
{
    const char *text = json_string_value(json_object_get(facts, "paid"));
    int64_t minor = 0;
    return text && cocreate_amount_parse(text, b->scheme->exponent, &minor, NULL) == COCREATE_OK
               ? minor
               : 0;
}

static int condition_holds(const cci_book *b, const cci_payee_condition *c, const json_t *facts)
{
    const char *text;
    int holds = 0;
    switch (c->fact) {
    case CCI_FACT_CLASS:
    case CCI_FACT_JURISDICTION:
        text = json_string_value(
            json_object_get(facts, c->fact == CCI_FACT_CLASS ? "class" : "jurisdiction"));
        holds = text && strlen(text) == c->size && memcmp(text, c->text, c->size) == 0;
        break;
    case CCI_FACT_VERIFIED:
        holds = json_is_true(json_object_get(facts, "verified")) == c->flag;
        break;
    case CCI_FACT_TAX_FORM:
        holds = json_is_true(json_object_get(facts, "tax_form")) == c->flag;
        break;
    case CCI_FACT_PAID:
        holds = paid_elsewhere(b, facts) >= c->minor;
        break;
    }
    return holds != c->negated;
}

static uint32_t applying(const cci_book *b, const json_t *facts)
{
    uint32_t applies = 0;
    for (size_t i = 0; i < b->terms.n_deductions; i++) {
        const cci_deduction *d = &b->terms.deductions[i];
        int all = 1;
        for (size_t k = 0; k < d->n_conditions; k++)
            all = all && condition_holds(b, &d->conditions[k], facts);
        applies |= (uint32_t)all << i;
    }
    return applies;
}

cocreate_status cci_deductions_of(const cci_book *b, const char *to, uint32_t *out,
                                  cocreate_error *error)
{
    if (b->knows_payees && !facts_of(b, to))
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "'%.128s' is not among the payees", to);
    *out = applying(b, facts_of(b, to));
    return COCREATE_OK;
}

/* ---- new facts ---- */

/* Deduct again from what the persons of the table have not been paid. */
static cocreate_status deduct_again(cci_book *b, const json_t *table, int64_t at,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < b->n; i++) {
        cci_claim after = b->claims[i];
        const json_t *facts = json_object_get(table, after.to);
        uint32_t applies = facts ? applying(b, facts) : after.applies;
        if (applies == after.applies || after.paid > 0)
            continue;
        after.applies = applies;
        cci_buffer name;
        cci_buffer_init(&name, &b->allocator);
        cci_buffer_format(&name, "%s:%zu", after.id, cocreate_ledger_count(b->ledger) + 1);
        cocreate_status status =
            name.failed ? cci_no_memory(error)
                        : cci_change(b, i, &after, "deduct:", name.data, NULL, at, NULL, error);
        cci_buffer_free(&name);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

/* The document of a payee with another member. */
static json_t *with_member(const cci_payee *old, const char *key, json_t *value)
{
    json_t *doc = old ? cci_json_copy(old->doc) : cci_json_new();
    if (cci_json_put(doc, key, value))
        return doc;
    json_decref(doc);
    return NULL;
}

/* New persons first, who change nothing as long as nothing is said of them; then all documents, then
 * the exchange, which cannot fail. */
static cocreate_status replace_facts(cci_book *b, json_t *table, json_t **docs,
                                     cocreate_error *error)
{
    const char *id;
    json_t *facts;
    size_t i = 0;
    json_object_foreach(table, id, facts)
        if (!cci_book_payee(b, id))
            CCI_TRY(cci_book_add_payee(b, id, cci_json_new(), error));
    json_object_foreach(table, id, facts)
    {
        docs[i] = with_member(cci_book_payee(b, id), "facts", json_incref(facts));
        if (!docs[i++])
            return cci_no_memory(error);
    }
    i = 0;
    json_object_foreach(table, id, facts)
    {
        cci_payee *payee = &b->payees[cci_book_payee(b, id) - b->payees];
        json_t *old = payee->doc;
        payee->doc = docs[i];
        payee->changed = 1;
        docs[i++] = old;
    }
    return COCREATE_OK;
}

cocreate_status cci_book_facts(cci_book *b, json_t *table, int64_t at, cocreate_error *error)
{
    const char *id;
    json_t *facts;
    int news = 0;
    CCI_TRY(cci_json_object(table, &CCI_ROOT, error));
    json_object_foreach(table, id, facts)
    {
        cci_path root = CCI_ROOT, here = cci_path_key(&root, id);
        CCI_TRY(cci_id_check(id, "payee", error));
        CCI_TRY(cci_facts_check(b, facts, &here, error));
        news = news || !json_equal(facts_of(b, id), facts);
    }
    if (!news)
        return COCREATE_EXISTS;
    CCI_TRY(deduct_again(b, table, at, error));
    size_t n = json_object_size(table);
    json_t **docs = cci_alloc(&b->allocator, n, sizeof *docs);
    cocreate_status status =
        docs ? replace_facts(b, table, docs, error) : cci_no_memory(error);
    for (size_t i = 0; docs && i < n; i++)
        json_decref(docs[i]);
    cci_free(&b->allocator, docs);
    return status;
}

/* ---- may they be paid? ---- */

static cocreate_status check_verified(const cci_book *b, const cci_claim *claim,
                                      cocreate_error *error)
{
    const json_t *facts = facts_of(b, claim->to);
    if (b->terms.needs_identity && !json_is_true(json_object_get(facts, "verified")))
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "award '%s': the identity of '%.128s' is not verified", claim->id,
                        claim->to);
    if (b->terms.needs_tax_form && !json_is_true(json_object_get(facts, "tax_form")))
        return cci_fail(error, COCREATE_ERR_REFUSED, "award '%s': '%.128s' has no tax form",
                        claim->id, claim->to);
    return COCREATE_OK;
}

static cocreate_status check_minimum(const cci_book *b, const cci_claim *claim,
                                     cocreate_error *error)
{
    char account[COCREATE_ACCOUNT_MAX + 1], has[COCREATE_AMOUNT_TEXT], least[COCREATE_AMOUNT_TEXT];
    int64_t balance = 0;
    if (b->terms.minimum == 0)
        return COCREATE_OK;
    CCI_TRY(cci_account_name(account, "payable:", claim->to, error));
    CCI_TRY(cocreate_ledger_balance(b->ledger, account, b->scheme->currency, &balance, error));
    if (balance >= b->terms.minimum)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "award '%s' waits: %s is payable to '%.60s', the minimum is %s", claim->id,
                    cci_book_amount(b, balance, has), claim->to,
                    cci_book_amount(b, b->terms.minimum, least));
}

/* What was paid within the window that ends at `at`, and when last. */
static int64_t paid_before(const cci_book *b, const char *to, int64_t at, int64_t window,
                           int64_t *last)
{
    const cci_payee *payee = cci_book_payee(b, to);
    const json_t *payments = payee ? json_object_get(payee->doc, "payments") : NULL;
    int64_t sum = 0;
    *last = INT64_MIN;
    for (size_t i = 0; i < json_array_size(payments); i++) {
        const json_t *payment = json_array_get(payments, i);
        int64_t when = json_integer_value(json_object_get(payment, "at"));
        *last = when > *last ? when : *last;
        if (window == 0 || when > at - window) /* both are of a canonical document */
            sum += json_integer_value(json_object_get(payment, "minor"));
    }
    return sum;
}

static cocreate_status check_cap(const cci_book *b, const cci_claim *claim, int64_t minor,
                                 int64_t at, cocreate_error *error)
{
    char had[COCREATE_AMOUNT_TEXT], most[COCREATE_AMOUNT_TEXT], text[CCI_TIME_TEXT];
    int64_t last, paid = paid_before(b, claim->to, at, b->terms.cap_window, &last) +
                         paid_elsewhere(b, facts_of(b, claim->to));
    if (b->terms.cap > 0 && minor > b->terms.cap - paid)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "award '%s' would pass the cap of %s: '%.60s' was paid %s", claim->id,
                        cci_book_amount(b, b->terms.cap, most), claim->to,
                        cci_book_amount(b, paid, had));
    if (b->terms.cooling > 0 && last != INT64_MIN && at < last + b->terms.cooling)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "award '%s' waits: '%.60s' was paid not long ago and may be paid from %s",
                        claim->id, claim->to, cci_time_text(last + b->terms.cooling, text));
    return COCREATE_OK;
}

cocreate_status cci_may_pay(const cci_book *b, const cci_claim *claim, int64_t minor, int64_t at,
                            cocreate_error *error)
{
    CCI_TRY(check_verified(b, claim, error));
    CCI_TRY(check_minimum(b, claim, error));
    return check_cap(b, claim, minor, at, error);
}

/* {"at","minor"} after what is noted. */
static json_t *noted(const cci_payee *payee, int64_t at, int64_t minor)
{
    json_t *old = json_object_get(payee->doc, "payments"), *item = cci_json_new();
    json_t *list = old ? cci_json_copy(old) : json_array();
    if (cci_json_put(item, "at", json_integer(at)) &&
        cci_json_put(item, "minor", json_integer(minor)) &&
        cci_json_push(list, json_incref(item))) {
        json_decref(item);
        return list;
    }
    json_decref(item);
    json_decref(list);
    return NULL;
}

cocreate_status cci_payment_prepare(cci_book *b, const char *to, int64_t at, int64_t minor,
                                    json_t **out, cocreate_error *error)
{
    *out = NULL;
    if (b->terms.cap == 0 && b->terms.cooling == 0)
        return COCREATE_OK; /* nobody will ask */
    if (!cci_book_payee(b, to))
        CCI_TRY(cci_book_add_payee(b, to, cci_json_new(), error));
    const cci_payee *payee = cci_book_payee(b, to);
    *out = with_member(payee, "payments", noted(payee, at, minor));
    return *out ? COCREATE_OK : cci_no_memory(error);
}

void cci_payment_note(cci_book *b, const char *to, json_t *doc)
{
    if (!doc)
        return;
    cci_payee *payee = &b->payees[cci_book_payee(b, to) - b->payees];
    json_decref(payee->doc);
    payee->doc = doc;
    payee->changed = 1;
}
