/* The book: claims by id, changes that stand together, and the entries they make. */
#include "payout/book.h"
#include "reward/rule.h"

#include <string.h>

#include "base/text.h"

static void claim_id(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_book *b = owner;
    *bytes = b->claims[index].id;
    *size = strlen(b->claims[index].id);
}

static void payee_id(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_book *b = owner;
    *bytes = b->payees[index].id;
    *size = strlen(b->payees[index].id);
}

cocreate_status cci_book_init(cci_book *b, const cocreate_allocator *a, const char *scheme,
                              size_t size, const char *escrow, cocreate_ledger *ledger,
                              cocreate_error *error)
{
    memset(b, 0, sizeof *b);
    b->allocator = *a;
    b->ledger = ledger;
    cci_table_init(&b->by_id, a, b, claim_id);
    cci_table_init(&b->by_payee, a, b, payee_id);
    if (strncmp(escrow, "escrow:", 7) != 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "accounts of funds begin with \"escrow:\", as in \"escrow:spring:\"");
    CCI_TRY(cci_name_check(escrow, COCREATE_ACCOUNT_MAX, "beginning of accounts", error));
    b->escrow = cci_strndup(a, escrow, strlen(escrow));
    if (!b->escrow)
        return cci_no_memory(error);
    CCI_TRY(cocreate_scheme_parse(a, scheme, size, &b->scheme, error));
    CCI_TRY(cci_json_parse(scheme, size, &b->scheme_doc, error));
    return cci_terms_read(b->scheme, b->scheme_doc, &b->terms, error);
}

static void drop_staged(cci_book *b)
{
    for (size_t i = 0; i < b->n_staged; i++)
        json_decref(b->staged[i].after.doc);
    b->n_staged = 0;
}

void cci_book_free(cci_book *b)
{
    drop_staged(b);
    for (size_t i = 0; i < b->n; i++)
        json_decref(b->claims[i].doc);
    for (size_t i = 0; i < b->n_payees; i++) {
        json_decref(b->payees[i].doc);
        cci_free(&b->allocator, b->payees[i].id);
    }
    cci_free(&b->allocator, b->claims);
    cci_free(&b->allocator, b->payees);
    cci_free(&b->allocator, b->staged);
    cci_free(&b->allocator, b->escrow);
    cci_table_free(&b->by_id);
    cci_table_free(&b->by_payee);
    json_decref(b->scheme_doc);
    cocreate_scheme_free(b->scheme);
}

/* ---- claims ---- */

/* A claim more, whose document it takes on success. */
static cocreate_status append(cci_book *b, const cci_claim *claim, cocreate_error *error)
{
    if (b->n + 1 >= CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "there are 2^32 - 2 awards already");
    if (!cci_table_reserve(&b->by_id, 1) || !cci_grow(&b->allocator, (void **)&b->claims,
                                                      &b->capacity, b->n + 1, sizeof *b->claims))
        return cci_no_memory(error);
    b->claims[b->n] = *claim;
    cci_table_insert(&b->by_id, cci_table_hash(&b->by_id, claim->id, strlen(claim->id)),
                     (uint32_t)b->n++);
    return COCREATE_OK;
}

/* Take back the claims from `n` on. The table has no removal: it is filled again, in its room. */
static void cut(cci_book *b, size_t n)
{
    if (b->n <= n)
        return;
    while (b->n > n)
        json_decref(b->claims[--b->n].doc);
    memset(b->by_id.slots, 0, b->by_id.capacity * sizeof *b->by_id.slots);
    b->by_id.count = 0;
    for (size_t i = 0; i < n; i++) {
        const char *id = b->claims[i].id;
        cci_table_insert(&b->by_id, cci_table_hash(&b->by_id, id, strlen(id)), (uint32_t)i);
    }
}

cocreate_status cci_book_add(cci_book *b, json_t *doc, cocreate_error *error)
{
    cci_claim claim;
    CCI_TRY(cci_claim_read(b, doc, &claim, error));
    cocreate_status status = COCREATE_OK;
    if (cci_table_find(&b->by_id, claim.id, strlen(claim.id)) != CCI_TABLE_NONE)
        status = cci_fail(error, COCREATE_ERR_ARGUMENT, "award '%s' is there twice", claim.id);
    else
        status = append(b, &claim, error);
    if (status != COCREATE_OK)
        json_decref(doc);
    return status;
}

cocreate_status cci_book_find(const cci_book *b, const char *id, size_t *index,
                              cocreate_error *error)
{
    CCI_TRY(cci_id_check(id, "award", error));
    uint32_t found = cci_table_find(&b->by_id, id, strlen(id));
    if (found == CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no award '%s'", id);
    *index = found;
    return COCREATE_OK;
}

cocreate_status cci_account_name(char *out, const char *a, const char *b, cocreate_error *error)
{
    size_t n = strlen(a), m = strlen(b);
    if (n + m > COCREATE_ACCOUNT_MAX)
        return cci_fail(error, COCREATE_ERR_LIMIT, "\"%.40s%.40s...\" is longer than %d bytes", a, b,
                        COCREATE_ACCOUNT_MAX);
    memcpy(out, a, n);
    memcpy(out + n, b, m + 1);
    return COCREATE_OK;
}

const char *cci_book_amount(const cci_book *b, int64_t minor, char out[COCREATE_AMOUNT_TEXT])
{
    return cci_amount_text(b->scheme, minor, out);
}

/* ---- changes ---- */

void cci_book_begin(cci_book *b)
{
    assert(b->n_staged == 0);
    b->mark = cocreate_ledger_count(b->ledger);
    b->n_before = b->n;
}

cocreate_status cci_book_stage(cci_book *b, size_t index, const cci_claim *after,
                               cocreate_error *error)
{
    cci_claim claim = *after;
    if (index < b->n && !cci_grow(&b->allocator, (void **)&b->staged, &b->staged_capacity,
                                  b->n_staged + 1, sizeof *b->staged))
        return cci_no_memory(error);
    CCI_TRY(cci_claim_write(b, &claim, error));
    if (index < b->n) {
        b->staged[b->n_staged++] = (cci_staged){index, claim};
        return COCREATE_OK;
    }
    cocreate_status status = append(b, &claim, error);
    if (status != COCREATE_OK)
        json_decref(claim.doc);
    return status;
}

cocreate_status cci_book_end(cci_book *b, cocreate_status status)
{
    if (status < 0 || b->dry) {
        drop_staged(b);
        cut(b, b->n_before);
        cci_ledger_rollback(b->ledger, b->mark);
        return status;
    }
    for (size_t i = 0; i < b->n_staged; i++) {
        const cci_staged *s = &b->staged[i];
        json_t *old = b->claims[s->index].doc;
        b->claims[s->index] = s->after; /* its texts are those of the old one, and shared */
        json_decref(old);
    }
    b->n_staged = 0;
    return status;
}

/* ---- entries ---- */

cocreate_status cci_moves_add(const cci_book *b, const cci_claim *before, const cci_claim *after,
                              cci_moves *moves, cocreate_error *error)
{
    cci_position from = {0}, to;
    if (before)
        CCI_TRY(cci_claim_position(b, before, &from, error));
    CCI_TRY(cci_claim_position(b, after, &to, error));
    moves->payable += to.payable - from.payable;
    moves->receivable += to.receivable - from.receivable;
    for (size_t i = 0; i < b->terms.n_deductions; i++)
        moves->taken[i] += to.taken[i] - from.taken[i];
    return COCREATE_OK;
}

int64_t cci_moves_rest(const cci_moves *m)
{
    int64_t sum = m->payable + m->receivable + m->sponsor;
    for (size_t i = 0; i < CCI_DEDUCTIONS_MAX; i++)
        sum += m->taken[i];
    return -sum;
}

typedef struct draft_lines {
    const char *accounts[CCI_DEDUCTIONS_MAX + 4], *currencies[CCI_DEDUCTIONS_MAX + 4];
    int64_t minor[CCI_DEDUCTIONS_MAX + 4];
    const char *currency;
    size_t n;
} draft_lines;

static void add_line(draft_lines *lines, const char *account, int64_t minor)
{
    if (minor == 0)
        return;
    lines->accounts[lines->n] = account;
    lines->currencies[lines->n] = lines->currency;
    lines->minor[lines->n++] = minor;
}

cocreate_status cci_moves_post(cci_book *b, const char *key, const char *memo, int64_t at,
                               const char *to, const char *counter, const cci_moves *m,
                               cocreate_error *error)
{
    char payable[COCREATE_ACCOUNT_MAX + 1], receivable[COCREATE_ACCOUNT_MAX + 1];
    draft_lines lines = {.currency = b->scheme->currency};
    CCI_TRY(cci_account_name(payable, "payable:", to, error));
    CCI_TRY(cci_account_name(receivable, "receivable:clawback:", to, error));
    add_line(&lines, counter, cci_moves_rest(m));
    add_line(&lines, payable, m->payable);
    add_line(&lines, receivable, m->receivable);
    add_line(&lines, "sponsor:budget", m->sponsor);
    for (size_t i = 0; i < b->terms.n_deductions; i++)
        add_line(&lines, b->terms.deductions[i].account, m->taken[i]);
    if (lines.n == 0 || b->dry)
        return COCREATE_OK;
    cocreate_status status = cocreate_ledger_post(b->ledger, key, at, memo, lines.accounts,
                                                  lines.currencies, lines.minor, lines.n, error);
    if (status == COCREATE_EXISTS) /* the claim says it did not happen, the journal that it did */
        return cci_fail(error, COCREATE_ERR_CONFLICT,
                        "the journal has \"%.160s\" already, and the book does not know", key);
    return status;
}

cocreate_status cci_book_check_key(const cci_book *b, const char *key, const char *account,
                                   int64_t minor, cocreate_error *error)
{
    uint32_t found = cci_ledger_find(b->ledger, key);
    if (found == CCI_TABLE_NONE)
        return COCREATE_OK;
    const cci_posting *entry = &b->ledger->entries[found];
    for (size_t i = 0; i < entry->n; i++)
        if (entry->lines[i].minor == minor &&
            strcmp(cci_balance_account(&b->ledger->balances[entry->lines[i].balance]), account) ==
                0)
            return COCREATE_EXISTS;
    return cci_fail(error, COCREATE_ERR_CONFLICT, "the key \"%.160s\" exists with other content",
                    key);
}

cocreate_status cci_change(cci_book *b, size_t index, const cci_claim *after, const char *prefix,
                           const char *name, const char *memo, int64_t at, const char *counter,
                           cocreate_error *error)
{
    char key[COCREATE_ACCOUNT_MAX + 1], escrow[COCREATE_ACCOUNT_MAX + 1];
    cci_moves moves = {0};
    CCI_TRY(cci_account_name(key, prefix, name, error));
    CCI_TRY(cci_account_name(escrow, b->escrow, after->fund, error));
    CCI_TRY(cci_moves_add(b, index < b->n ? &b->claims[index] : NULL, after, &moves, error));
    CCI_TRY(cci_moves_post(b, key, memo, at, after->to, counter ? counter : escrow, &moves,
                           error));
    return cci_book_stage(b, index, after, error);
}
