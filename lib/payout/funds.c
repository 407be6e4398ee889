/* Funds: paid in, spent by default where nobody was chosen, and closed. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "payout/book.h"
#include "reward/rule.h"

/* "fund:spring:main" for the account "escrow:spring:main". */
static cocreate_status fund_key(char *out, const char *prefix, const char *escrow,
                                cocreate_error *error)
{
    return cci_account_name(out, prefix, escrow + strlen("escrow:"), error);
}

static cocreate_status move(cci_book *b, const char *key, const char *from, const char *to,
                            int64_t minor, int64_t at, cocreate_error *error)
{
    const char *accounts[2] = {from, to};
    const char *currencies[2] = {b->scheme->currency, b->scheme->currency};
    const int64_t amounts[2] = {-minor, minor};
    if (b->dry)
        return COCREATE_OK;
    return cocreate_ledger_post(b->ledger, key, at, NULL, accounts, currencies, amounts, 2, error);
}

cocreate_status cci_book_deposit(cci_book *b, const char *key, const char *escrow, int64_t minor,
                                 int64_t at, cocreate_error *error)
{
    CCI_TRY(cci_book_check_key(b, key, escrow, minor, error));
    return move(b, key, "sponsor:budget", escrow, minor, at, error);
}

cocreate_status cci_book_fund(cci_book *b, int64_t at, cocreate_error *error)
{
    size_t posted = 0;
    for (size_t i = 0; i < b->scheme->n_funds; i++) {
        char escrow[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
        const cci_fund *fund = &b->scheme->funds[i];
        CCI_TRY(cci_account_name(escrow, b->escrow, fund->id, error));
        CCI_TRY(fund_key(key, "fund:", escrow, error));
        if (fund->budget == 0)
            continue;
        cocreate_status status =
            move(b, key, "sponsor:budget", escrow, fund->budget, at, error);
        if (status < 0)
            return status;
        posted += status == COCREATE_OK;
    }
    return posted > 0 ? COCREATE_OK : COCREATE_EXISTS;
}

cocreate_status cci_book_spendable(const cci_book *b, const char *fund, int64_t *minor,
                                   cocreate_error *error)
{
    char escrow[COCREATE_ACCOUNT_MAX + 1];
    int64_t sum = 0;
    CCI_TRY(cci_account_name(escrow, b->escrow, fund, error));
    CCI_TRY(cocreate_ledger_available(b->ledger, escrow, b->scheme->currency, &sum, error));
    for (size_t i = 0; i < b->n; i++) {
        cci_position p;
        if (b->claims[i].paid == 0 || strcmp(b->claims[i].fund, fund) != 0)
            continue;
        CCI_TRY(cci_claim_position(b, &b->claims[i], &p, error));
        sum += p.receivable;
    }
    *minor = sum;
    return COCREATE_OK;
}

cocreate_status cci_book_known_fund(const cci_book *b, const char *fund, cocreate_error *error)
{
    CCI_TRY(cci_id_check(fund, "fund", error));
    for (size_t i = 0; i < b->scheme->n_funds; i++)
        if (strcmp(b->scheme->funds[i].id, fund) == 0)
            return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "the scheme has no fund '%s'", fund);
}

/* ---- what a period needs ---- */

/* What the awards take from a fund. */
static cocreate_status sum_of(const json_t *awards, const char *fund, int64_t *out,
                              cocreate_error *error)
{
    int64_t sum = 0;
    for (size_t i = 0; i < json_array_size(awards); i++) {
        const json_t *award = json_array_get(awards, i);
        const char *from = json_string_value(json_object_get(award, "fund"));
        if (from && strcmp(from, fund) == 0 &&
            !cci_add_i64(sum, json_integer_value(json_object_get(award, "minor")), &sum))
            return cci_fail(error, COCREATE_ERR_OVERFLOW, "the awards sum to more than 2^63 - 1");
    }
    *out = sum;
    return COCREATE_OK;
}

static cocreate_status provide(cci_book *b, const cci_fund *fund, const json_t *awards,
                               const char *period, int64_t at, cocreate_error *error)
{
    char escrow[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
    char prefix[COCREATE_ACCOUNT_MAX + 1], named[COCREATE_ACCOUNT_MAX + 1];
    char has[COCREATE_AMOUNT_TEXT], needs[COCREATE_AMOUNT_TEXT];
    int64_t sum = 0, spendable = 0;
    CCI_TRY(sum_of(awards, fund->id, &sum, error));
    if (sum == 0)
        return COCREATE_OK;
    CCI_TRY(cci_account_name(escrow, b->escrow, fund->id, error));
    CCI_TRY(fund_key(key, "revenue:", escrow, error));
    CCI_TRY(cci_account_name(prefix, key, ":", error));
    CCI_TRY(cci_account_name(named, prefix, period, error));
    if (fund->revenue)
        return cci_book_deposit(b, named, escrow, sum, at, error);
    CCI_TRY(cci_book_spendable(b, fund->id, &spendable, error));
    if (sum <= spendable)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_REFUSED,
                    "fund '%s' has %s, and %s is awarded: more must be paid in first", fund->id,
                    cci_book_amount(b, spendable, has), cci_book_amount(b, sum, needs));
}

cocreate_status cci_book_provide(cci_book *b, const json_t *awards, const char *period, int64_t at,
                                 cocreate_error *error)
{
    for (size_t i = 0; i < b->scheme->n_funds; i++)
        CCI_TRY(provide(b, &b->scheme->funds[i], awards, period, at, error));
    return COCREATE_OK;
}

/* ---- closing ---- */

cocreate_status cci_book_close(cci_book *b, int64_t at, cocreate_error *error)
{
    size_t posted = 0;
    for (size_t i = 0; i < b->n; i++)
        if (cci_claim_is_open(&b->claims[i]))
            return cci_fail(error, COCREATE_ERR_REFUSED,
                            "award '%s' to '%.60s' is %s: it must be paid, declined or expire first",
                            b->claims[i].id, b->claims[i].to,
                            cci_claim_state_name(b->claims[i].state));
    for (size_t i = 0; i < b->scheme->n_funds; i++) {
        char escrow[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1];
        const char *fund = b->scheme->funds[i].id;
        int64_t minor = 0;
        CCI_TRY(cci_account_name(escrow, b->escrow, fund, error));
        CCI_TRY(cci_book_spendable(b, fund, &minor, error));
        if (minor <= 0)
            continue;
        cci_buffer name;
        cci_buffer_init(&name, &b->allocator);
        cci_buffer_format(&name, "%s:%zu", escrow, cocreate_ledger_count(b->ledger) + 1);
        cocreate_status status =
            name.failed ? cci_no_memory(error) : fund_key(key, "close:", name.data, error);
        cci_buffer_free(&name);
        CCI_TRY(status);
        CCI_TRY(move(b, key, escrow, "sponsor:budget", minor, at, error));
        posted++;
    }
    return posted > 0 ? COCREATE_OK : COCREATE_EXISTS;
}

/* ---- the default split ---- */

static json_t *default_document(const cci_book *b, const char *fund, const char *to, int64_t minor)
{
    char amount[COCREATE_AMOUNT_TEXT], id[17];
    cci_buffer name;
    cci_buffer_init(&name, &b->allocator);
    cci_buffer_format(&name, "default:%s%s", b->escrow, fund);
    cci_buffer_byte(&name, 0);
    cci_buffer_format(&name, "%s", to);
    if (name.failed) {
        cci_buffer_free(&name);
        return NULL;
    }
    cci_digest digest = cci_sha256(name.data, name.size);
    cci_buffer_free(&name);
    cci_hex(digest.bytes, 8, id);
    json_t *doc = cci_json_new();
    if (cci_json_put(doc, "id", json_string(id)) &&
        cci_json_put(doc, "rule", json_string("default")) &&
        cci_json_put(doc, "to", json_string(to)) &&
        cci_json_put(doc, "kind", json_string("money")) &&
        cci_json_put(doc, "fund", json_string(fund)) &&
        cci_json_put(doc, "currency", json_string(b->scheme->currency)) &&
        cci_json_put(doc, "minor", json_integer(minor)) &&
        cci_json_put(doc, "amount", json_string(cci_book_amount(b, minor, amount))) &&
        cci_json_put(doc, "from", json_string("default")))
        return doc;
    json_decref(doc);
    return NULL;
}

static int is_default(const cci_claim *claim, const char *fund)
{
    const char *from = json_string_value(json_object_get(claim->doc, "from"));
    return from && strcmp(from, "default") == 0 && strcmp(claim->fund, fund) == 0;
}

/* Was this fund split by default before, among the same persons? */
static cocreate_status same_default(const cci_book *b, const char *fund, const char *const *ids,
                                    size_t n, cocreate_error *error)
{
    size_t had = 0, same = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (!is_default(&b->claims[i], fund))
            continue;
        had++;
        for (size_t k = 0; k < n; k++)
            same += strcmp(ids[k], b->claims[i].to) == 0;
    }
    if (had == 0)
        return COCREATE_OK;
    if (same == had)
        return COCREATE_EXISTS;
    return cci_fail(error, COCREATE_ERR_CONFLICT,
                    "fund '%s' was split by default among others already", fund);
}

static cocreate_status check_persons(const cci_book *b, const char *const *ids, size_t n,
                                     cocreate_error *error)
{
    cci_string_set seen;
    cocreate_status status = COCREATE_OK;
    cci_string_set_init(&seen, &b->allocator);
    for (size_t i = 0; i < n && status == COCREATE_OK; i++) {
        uint32_t index;
        int added = 1;
        status = cci_id_check(ids[i], "recipient", error);
        if (status == COCREATE_OK)
            status = cci_string_set_add(&seen, ids[i], &index, &added, error);
        if (status == COCREATE_OK && !added)
            status = cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "recipient %zu: '%.128s' is there "
                                                                  "twice",
                                 i, ids[i]);
    }
    cci_string_set_free(&seen);
    return status;
}

static cocreate_status award_shares(cci_book *b, const char *fund, const char *const *ids,
                                    const int64_t *shares, size_t n, int64_t at,
                                    cocreate_error *error)
{
    for (size_t i = 0; i < n; i++) {
        if (shares[i] == 0)
            continue;
        json_t *doc = default_document(b, fund, ids[i], shares[i]);
        if (!doc)
            return cci_no_memory(error);
        cocreate_status status = cci_book_award(b, doc, at, error);
        json_decref(doc);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

cocreate_status cci_book_default(cci_book *b, const char *fund, const char *const *ids, size_t n,
                                 int64_t at, cocreate_error *error)
{
    int64_t pool = 0, returned;
    CCI_TRY(cci_book_known_fund(b, fund, error));
    CCI_TRY(check_persons(b, ids, n, error));
    CCI_TRY(same_default(b, fund, ids, n, error));
    CCI_TRY(cci_book_spendable(b, fund, &pool, error));
    if (n == 0 || pool <= 0)
        return cci_fail(error, COCREATE_ERR_REFUSED, "fund '%s': %s", fund,
                        n == 0 ? "nobody is there to share it" : "nothing is there to share");
    int64_t *shares = cci_alloc(&b->allocator, n, sizeof *shares);
    int64_t *weights = cci_alloc(&b->allocator, n, sizeof *weights);
    cocreate_status status = shares && weights ? COCREATE_OK : cci_no_memory(error);
    cocreate_split_options options;
    cocreate_split_options_init(&options);
    options.ids = ids;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        weights[i] = 1;
    if (status == COCREATE_OK)
        status = cocreate_split(pool, weights, n, &options, shares, &returned, error);
    if (status == COCREATE_OK)
        status = award_shares(b, fund, ids, shares, n, at, error);
    cci_free(&b->allocator, shares);
    cci_free(&b->allocator, weights);
    return status;
}
