#include "campaign/money/refund.h"

#include "campaign/money/journal.h"
#include "cocreate/money.h"

/* What one fee takes of `whole`, of which `*rest` is left. */
static cocreate_status take(int64_t whole, int64_t numerator, int64_t denominator, const char *rounding,
                            int64_t *rest, int64_t *taken, cocreate_error *error)
{
    CCI_TRY(cocreate_rate(whole, numerator, denominator, rounding, NULL, taken, error));
    if (*taken > *rest)
        *taken = *rest;
    *rest -= *taken;
    return COCREATE_OK;
}

static cocreate_status add_fee(json_t *fees, const char *fee, int64_t minor, cocreate_error *error)
{
    json_t *item = cci_json_new();
    int made = cci_json_put(item, "fee", json_string(fee)) && cci_json_put(item, "minor",
                                                                           json_integer(minor)) &&
               cci_json_push(fees, json_incref(item));
    json_decref(item);
    return made ? COCREATE_OK : cci_no_memory(error);
}

cocreate_status cci_refund_line(const cci_brief *b, json_t *line, cocreate_error *error)
{
    int64_t whole = json_integer_value(json_object_get(line, "minor")), rest = whole;
    json_t *fees = json_array();
    cocreate_status status = fees ? COCREATE_OK : cci_no_memory(error);
    for (size_t i = 0; i < b->n_fees && status == COCREATE_OK; i++) {
        const cci_fee *fee = &b->fees[i];
        int64_t taken = 0;
        if (!fee->on_refund)
            continue;
        status = take(whole, fee->numerator, fee->denominator, fee->rounding, &rest, &taken, error);
        if (status == COCREATE_OK && taken > 0)
            status = add_fee(fees, fee->id, taken, error);
    }
    if (status == COCREATE_OK && json_array_size(fees) > 0 &&
        (!cci_json_put(line, "minor", json_integer(rest)) || !cci_json_put(line, "fees", json_incref(fees))))
        status = cci_no_memory(error);
    json_decref(fees);
    return status;
}

cocreate_status cci_refund_post(cci_engine *e, cocreate_ledger *ledger, const json_t *line,
                                const char *escrow, int64_t at, cocreate_error *error)
{
    const json_t *fees = json_object_get(line, "fees");
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < json_array_size(fees) && status == COCREATE_OK; i++) {
        const json_t *item = json_array_get(fees, i);
        const char *fee = cci_json_text(item, "fee");
        char *key = cci_account(e, "refund", fee, escrow), *account = cci_account(e, "fees", fee, NULL);
        const cci_transfer t = {key,
                                NULL,
                                escrow,
                                account,
                                cci_json_text(line, "currency"),
                                json_integer_value(json_object_get(item, "minor"))};
        status = key && account ? cci_journal_transfer(ledger, at, &t, error) : cci_no_memory(error);
        cci_free(&e->allocator, key);
        cci_free(&e->allocator, account);
    }
    return status;
}

/* ---- reward.close ---- */

cocreate_status cci_refund_terms(const cci_brief *b, json_t **out, cocreate_error *error)
{
    json_t *terms = json_array();
    int made = terms != NULL;
    for (size_t i = 0; i < b->n_fees && made; i++) {
        const cci_fee *fee = &b->fees[i];
        json_t *item = fee->on_refund ? cci_json_new() : NULL, *share = fee->on_refund ? json_array() : NULL;
        if (!fee->on_refund)
            continue;
        made = cci_json_push(share, json_integer(fee->numerator)) &&
               cci_json_push(share, json_integer(fee->denominator)) &&
               cci_json_put(item, "share", json_incref(share)) &&
               cci_json_put(item, "fee", json_string(fee->id)) &&
               cci_json_put(item, "rounding", json_string(fee->rounding)) &&
               cci_json_push(terms, json_incref(item));
        json_decref(share);
        json_decref(item);
    }
    if (!made) {
        json_decref(terms);
        return cci_no_memory(error);
    }
    if (json_array_size(terms) == 0) {
        json_decref(terms);
        terms = NULL;
    }
    *out = terms;
    return COCREATE_OK;
}

static cocreate_status post(cci_book *b, const char *fee, const char *escrow, int64_t minor, int64_t at,
                            cocreate_error *error)
{
    char account[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
    cci_buffer name;
    if (minor == 0 || b->dry)
        return COCREATE_OK;
    cci_buffer_init(&name, &b->allocator);
    cci_buffer_format(&name, "%s:%s:%zu", fee, escrow, cocreate_ledger_count(b->ledger) + 1);
    cocreate_status status =
        name.failed ? cci_no_memory(error) : cci_account_name(key, "refund:", name.data, error);
    cci_buffer_free(&name);
    CCI_TRY(status);
    CCI_TRY(cci_account_name(account, "fees:", fee, error));
    const cci_transfer t = {key, NULL, escrow, account, cci_json_text(b->scheme_doc, "currency"), minor};
    return cci_journal_transfer(b->ledger, at, &t, error);
}

cocreate_status cci_refund_book(cci_book *b, const json_t *terms, int64_t at, cocreate_error *error)
{
    const json_t *funds = json_object_get(b->scheme_doc, "funds");
    for (size_t i = 0; i < json_array_size(funds) && json_array_size(terms) > 0; i++) {
        const char *fund = cci_json_text(json_array_get(funds, i), "id");
        char escrow[COCREATE_ACCOUNT_MAX + 1];
        int64_t whole = 0, rest, taken = 0;
        CCI_TRY(cci_account_name(escrow, b->escrow, fund, error));
        CCI_TRY(cci_book_spendable(b, fund, &whole, error));
        rest = whole;
        for (size_t k = 0; whole > 0 && k < json_array_size(terms); k++) {
            const json_t *term = json_array_get(terms, k), *share = json_object_get(term, "share");
            CCI_TRY(take(whole, json_integer_value(json_array_get(share, 0)),
                         json_integer_value(json_array_get(share, 1)), cci_json_text(term, "rounding"), &rest,
                         &taken, error));
            CCI_TRY(post(b, cci_json_text(term, "fee"), escrow, taken, at, error));
        }
    }
    return COCREATE_OK;
}
