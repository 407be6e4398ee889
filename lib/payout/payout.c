/* The handle: each call a change of its book, whole or not at all. */
#include "cocreate/payout.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "payout/book.h"
#include "reward/rule.h"

struct cocreate_payout {
    cocreate_allocator allocator;
    cci_book book;
    /* of the awards that were offered, and of the last revision; "" before */
    char posted[CCI_DIGEST_TEXT], revised[CCI_DIGEST_TEXT];
    int64_t revision;
};

static cocreate_status make(const cocreate_allocator *allocator, const cocreate_scheme *scheme,
                            cocreate_ledger *ledger, const char *escrow, cocreate_payout **out,
                            cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    if (!scheme || !ledger || !escrow)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no %s is given",
                        !scheme ? "scheme" : !ledger ? "journal" : "beginning of accounts");
    cocreate_allocator a = cci_allocator(allocator);
    cocreate_payout *p = cci_alloc(&a, 1, sizeof *p);
    if (!p)
        return cci_no_memory(error);
    const char *json = cocreate_scheme_json(scheme);
    p->allocator = a;
    cocreate_status status =
        cci_book_init(&p->book, &a, json, strlen(json), escrow, ledger, error);
    if (status == COCREATE_OK)
        *out = p;
    else
        cocreate_payout_free(p);
    return status;
}

cocreate_status cocreate_payout_new(const cocreate_allocator *allocator,
                                    const cocreate_scheme *scheme, cocreate_ledger *ledger,
                                    const char *escrow, cocreate_payout **out,
                                    cocreate_error *error)
{
    return make(allocator, scheme, ledger, escrow, out, error);
}

void cocreate_payout_free(cocreate_payout *payout)
{
    if (!payout)
        return;
    cocreate_allocator a = payout->allocator;
    cci_book_free(&payout->book);
    cci_free(&a, payout);
}

/* ---- saved and loaded ---- */

static json_t *awards_of(const cci_book *b)
{
    json_t *list = json_array();
    for (size_t i = 0; i < b->n && list; i++)
        if (!cci_json_push(list, json_incref(b->claims[i].doc))) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *payees_of(const cci_book *b)
{
    json_t *table = cci_json_new();
    for (size_t i = 0; i < b->n_payees && table; i++) /* of some nothing is known */
        if (json_object_size(b->payees[i].doc) > 0 &&
            !cci_json_put(table, b->payees[i].id, json_incref(b->payees[i].doc))) {
            json_decref(table);
            return NULL;
        }
    return table;
}

cocreate_status cocreate_payout_json(const cocreate_payout *p, cocreate_text **out,
                                     cocreate_error *error)
{
    json_t *doc = cci_json_new();
    cci_buffer text;
    cci_buffer_init(&text, &p->allocator);
    int ok = cci_json_put(doc, "payout", json_string("cocreate.payout/1")) &&
             cci_json_put(doc, "scheme", json_string(p->book.scheme->digest)) &&
             cci_json_put(doc, "escrow", json_string(p->book.escrow)) &&
             cci_json_put(doc, "awards", awards_of(&p->book)) &&
             cci_json_put(doc, "payees", payees_of(&p->book)) &&
             cci_json_put(doc, "posted", json_string(p->posted)) &&
             cci_json_put(doc, "revised", json_string(p->revised)) &&
             cci_json_put(doc, "revision", json_integer(p->revision)) &&
             cci_json_put(doc, "closed_list", json_boolean(p->book.knows_payees));
    cocreate_status status = ok ? cci_json_canonical(doc, &text, error) : cci_no_memory(error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&text, out, error);
    cci_buffer_free(&text);
    json_decref(doc);
    return status;
}

static cocreate_status load_digest(const json_t *doc, const char *key, char *out,
                                   cocreate_error *error)
{
    const char *text;
    CCI_TRY(cci_json_string(doc, key, &text, &CCI_ROOT, error));
    if (strlen(text) >= CCI_DIGEST_TEXT) {
        cci_path root = CCI_ROOT, at = cci_path_key(&root, key);
        return cci_json_fail(error, COCREATE_ERR_SCHEMA, &at, "is no digest");
    }
    memcpy(out, text, strlen(text) + 1);
    return COCREATE_OK;
}

/* What one person's awards say must stand on the person's account, at least: others may share it. */
static cocreate_status check_claim(const cocreate_payout *p, const cci_claim *claim,
                                   cocreate_error *error)
{
    char account[COCREATE_ACCOUNT_MAX + 1];
    int64_t balance = 0;
    cci_position position;
    CCI_TRY(cci_claim_position(&p->book, claim, &position, error));
    CCI_TRY(cci_account_name(account, "payable:", claim->to, error));
    CCI_TRY(cocreate_ledger_balance(p->book.ledger, account, p->book.scheme->currency, &balance,
                                    error));
    if (balance >= position.payable)
        return COCREATE_OK;
    return cci_fail(error, COCREATE_ERR_VERIFY,
                    "award '%s' has %" PRId64 " minor units payable, the journal has %" PRId64
                    " for '%.60s'",
                    claim->id, position.payable, balance, claim->to);
}

static cocreate_status load_lists(cocreate_payout *p, const json_t *doc, cocreate_error *error)
{
    json_t *awards, *payees, *payee;
    const char *id;
    CCI_TRY(cci_json_get_array(doc, "awards", &awards, &CCI_ROOT, error));
    CCI_TRY(cci_json_get_object(doc, "payees", &payees, &CCI_ROOT, error));
    for (size_t i = 0; i < json_array_size(awards); i++) {
        CCI_TRY(cci_book_add(&p->book, json_incref(json_array_get(awards, i)), error));
        CCI_TRY(check_claim(p, &p->book.claims[i], error));
    }
    json_object_foreach(payees, id, payee)
    {
        cci_path root = CCI_ROOT, at = cci_path_key(&root, "payees"), here = cci_path_key(&at, id);
        CCI_TRY(cci_json_object(payee, &here, error));
        json_t *facts = json_object_get(payee, "facts");
        cci_path facts_at = cci_path_key(&here, "facts");
        if (facts)
            CCI_TRY(cci_facts_check(&p->book, facts, &facts_at, error));
        CCI_TRY(cci_book_add_payee(&p->book, id, json_incref(payee), error));
    }
    return COCREATE_OK;
}

static cocreate_status load(cocreate_payout *p, const json_t *doc, cocreate_error *error)
{
    CCI_TRY(load_digest(doc, "posted", p->posted, error));
    CCI_TRY(load_digest(doc, "revised", p->revised, error));
    CCI_TRY(cci_json_i64(doc, "revision", 0, CCI_JSON_INTEGER_MAX, &p->revision, &CCI_ROOT,
                         error));
    CCI_TRY(cci_json_bool_opt(doc, "closed_list", &p->book.knows_payees, &CCI_ROOT, error));
    return load_lists(p, doc, error);
}

static cocreate_status load_document(const cocreate_allocator *allocator,
                                     const cocreate_scheme *scheme, cocreate_ledger *ledger,
                                     const json_t *doc, cocreate_payout **out,
                                     cocreate_error *error)
{
    static const char *const keys[] = {"payout", "scheme",  "escrow",   "awards",      "payees",
                                       "posted", "revised", "revision", "closed_list", NULL};
    static const char *const versions[] = {"cocreate.payout/1", NULL};
    const char *digest, *escrow;
    int version;
    CCI_TRY(cci_json_object(doc, &CCI_ROOT, error));
    CCI_TRY(cci_json_keys(doc, keys, &CCI_ROOT, error));
    CCI_TRY(cci_json_choice(doc, "payout", versions, &version, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(doc, "scheme", &digest, &CCI_ROOT, error));
    CCI_TRY(cci_json_string(doc, "escrow", &escrow, &CCI_ROOT, error));
    cocreate_payout *p = NULL;
    CCI_TRY(make(allocator, scheme, ledger, escrow, &p, error));
    cocreate_status status;
    if (strcmp(digest, p->book.scheme->digest) != 0)
        status = cci_fail(error, COCREATE_ERR_ARGUMENT, "the payout is of another scheme");
    else
        status = load(p, doc, error);
    if (status == COCREATE_OK)
        *out = p;
    else
        cocreate_payout_free(p);
    return status;
}

cocreate_status cocreate_payout_load(const cocreate_allocator *allocator,
                                     const cocreate_scheme *scheme, cocreate_ledger *ledger,
                                     const char *json, size_t size, cocreate_payout **out,
                                     cocreate_error *error)
{
    json_t *doc;
    CCI_TRY(cci_json_parse_canonical(json, size, &doc, error));
    cocreate_status status = load_document(allocator, scheme, ledger, doc, out, error);
    json_decref(doc);
    return status;
}

/* ---- one change each ---- */

cocreate_status cocreate_payout_fund(cocreate_payout *p, int64_t at, cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_fund(&p->book, at, error));
}

cocreate_status cocreate_payout_payees(cocreate_payout *p, const char *json, size_t size,
                                       int64_t at, cocreate_error *error)
{
    json_t *table;
    CCI_TRY(cci_json_parse_canonical(json, size, &table, error));
    cci_book_begin(&p->book);
    cocreate_status status = cci_book_facts(&p->book, table, at, error);
    if (status >= 0)
        p->book.knows_payees = 1;
    json_decref(table);
    return cci_book_end(&p->book, status);
}

/* The awards as a document, of this scheme. */
static cocreate_status parse_awards(const cocreate_payout *p, const cocreate_awards *awards,
                                    json_t **out, cocreate_error *error)
{
    if (!awards)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no awards are given");
    const char *json = cocreate_awards_json(awards);
    json_t *doc;
    CCI_TRY(cci_json_parse(json, strlen(json), &doc, error));
    const char *scheme = json_string_value(json_object_get(doc, "scheme"));
    if (!scheme || strcmp(scheme, p->book.scheme->digest) != 0) {
        json_decref(doc);
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the awards are of another scheme");
    }
    *out = doc;
    return COCREATE_OK;
}

static cocreate_status award_all(cocreate_payout *p, const json_t *list, int64_t at,
                                 cocreate_error *error)
{
    size_t made = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        cocreate_status status = cci_book_award(&p->book, json_array_get(list, i), at, error);
        if (status < 0)
            return status;
        made += status == COCREATE_OK;
    }
    return made > 0 ? COCREATE_OK : COCREATE_EXISTS;
}

cocreate_status cocreate_payout_award(cocreate_payout *p, const cocreate_awards *awards,
                                      int64_t at, cocreate_error *error)
{
    json_t *doc = NULL;
    CCI_TRY(parse_awards(p, awards, &doc, error));
    const char *digest = cocreate_awards_digest(awards);
    cci_book_begin(&p->book);
    cocreate_status status;
    if (p->posted[0] && strcmp(p->posted, digest) != 0)
        status = cci_fail(error, COCREATE_ERR_CONFLICT,
                          "other awards were offered before: an adjustment posts the difference");
    else
        status = award_all(p, json_object_get(doc, "awards"), at, error);
    json_decref(doc);
    status = cci_book_end(&p->book, status);
    if (status >= 0)
        memcpy(p->posted, digest, strlen(digest) + 1);
    return status;
}

cocreate_status cocreate_payout_accept(cocreate_payout *p, const char *award, int64_t at,
                                       cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_accept(&p->book, award, at, error));
}

cocreate_status cocreate_payout_decline(cocreate_payout *p, const char *award, const char *reason,
                                        int64_t at, cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_decline(&p->book, award, reason, at, error));
}

cocreate_status cocreate_payout_reverse(cocreate_payout *p, const char *award, const char *reason,
                                        int64_t at, cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_reverse(&p->book, award, reason, at, error));
}

cocreate_status cocreate_payout_pay(cocreate_payout *p, const char *award, const char *reference,
                                    const char *rail, int64_t at, cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_pay(&p->book, award, reference, rail, at, error));
}

cocreate_status cocreate_payout_expire(cocreate_payout *p, int64_t at, size_t *expired,
                                       cocreate_error *error)
{
    size_t n = 0, before = p->book.n;
    cocreate_status status = COCREATE_OK;
    cci_book_begin(&p->book);
    for (size_t i = 0; i < before && status == COCREATE_OK; i++)
        if (cci_claim_lapses(&p->book, &p->book.claims[i], at)) {
            status = cci_book_lapse(&p->book, i, at, error);
            n++;
        }
    status = cci_book_end(&p->book, status);
    if (status == COCREATE_OK && expired)
        *expired = n;
    return status;
}

cocreate_status cocreate_payout_adjust(cocreate_payout *p, const cocreate_awards *awards,
                                       int64_t revision, int64_t at, cocreate_error *error)
{
    json_t *doc = NULL;
    CCI_TRY(parse_awards(p, awards, &doc, error));
    const char *digest = cocreate_awards_digest(awards);
    cci_book_begin(&p->book);
    cocreate_status status;
    if (revision < p->revision ||
        (revision == p->revision && strcmp(p->revised, digest) != 0 && p->revised[0]))
        status = cci_fail(error, COCREATE_ERR_CONFLICT, "revision %" PRId64 " %s", revision,
                          revision < p->revision ? "is past" : "was made with other awards");
    else if (revision == p->revision && p->revised[0])
        status = COCREATE_EXISTS;
    else
        status = cci_book_adjust(&p->book, json_object_get(doc, "awards"), revision, at, error);
    json_decref(doc);
    status = cci_book_end(&p->book, status);
    if (status >= 0) {
        memcpy(p->revised, digest, strlen(digest) + 1);
        p->revision = revision;
    }
    return status;
}

cocreate_status cocreate_payout_recover(cocreate_payout *p, const char *award, int64_t minor,
                                        const char *reference, const char *rail, int64_t at,
                                        cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book,
                        cci_book_recover(&p->book, award, minor, reference, rail, at, error));
}

cocreate_status cocreate_payout_write_off(cocreate_payout *p, const char *award, int64_t minor,
                                          const char *reference, const char *by, int64_t at,
                                          cocreate_error *error)
{
    int sponsor = strcmp(by, "sponsor") == 0;
    if (!sponsor && strcmp(by, "escrow") != 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "what is given up is absorbed by \"escrow\" or \"sponsor\"");
    cci_book_begin(&p->book);
    return cci_book_end(&p->book,
                        cci_book_write_off(&p->book, award, minor, reference, sponsor, at, error));
}

cocreate_status cocreate_payout_default(cocreate_payout *p, const char *fund,
                                        const char *const *ids, size_t n, int64_t at,
                                        cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_default(&p->book, fund, ids, n, at, error));
}

cocreate_status cocreate_payout_spendable(const cocreate_payout *p, const char *fund,
                                          int64_t *minor, cocreate_error *error)
{
    CCI_TRY(cci_id_check(fund, "fund", error));
    return cci_book_spendable(&p->book, fund, minor, error);
}

cocreate_status cocreate_payout_close(cocreate_payout *p, int64_t at, cocreate_error *error)
{
    cci_book_begin(&p->book);
    return cci_book_end(&p->book, cci_book_close(&p->book, at, error));
}
