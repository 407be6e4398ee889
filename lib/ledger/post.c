/* Posting: everything is checked and all memory is there before the first change. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "ledger/journal.h"

/* A line of a draft, with its place in the draft for messages. */
typedef struct draft_line {
    const char *account, *currency;
    int64_t minor;
    size_t index;
} draft_line;

static int by_account(const draft_line *x, const draft_line *y)
{
    int order = strcmp(x->currency, y->currency);
    return order != 0 ? order : strcmp(x->account, y->account);
}

static int by_content(const void *a, const void *b)
{
    const draft_line *x = a, *y = b;
    int order = by_account(x, y);
    if (order != 0)
        return order;
    if (x->minor != y->minor)
        return x->minor < y->minor ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int is_currency(const char *code)
{
    size_t n = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return n >= 1 && n <= CCI_CURRENCY_MAX && code[n] == '\0';
}

/* Each line alone; sorts them. */
static cocreate_status check_lines(const cci_draft *d, draft_line *lines, cocreate_error *error)
{
    for (size_t i = 0; i < d->n; i++) {
        cocreate_error inner;
        char shown[40];
        if (d->accounts[i] == NULL)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "line %zu: the account is missing",
                               i);
        if (cci_name_check(d->accounts[i], COCREATE_ACCOUNT_MAX, "account", &inner) != COCREATE_OK)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "line %zu: %s", i, inner.text);
        if (d->currencies[i] == NULL || !is_currency(d->currencies[i]))
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i,
                               "line %zu: the currency \"%s\" is not 1 to 12 characters of A-Z, 0-9 "
                               "and _",
                               i,
                               d->currencies[i] == NULL ? ""
                                                        : cci_quote(d->currencies[i],
                                                                    strlen(d->currencies[i]),
                                                                    shown, sizeof shown));
        if (d->minor[i] == 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, i, "line %zu: the amount is 0", i);
        if (d->minor[i] > CCI_JSON_INTEGER_MAX || d->minor[i] < -CCI_JSON_INTEGER_MAX)
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, i,
                               "line %zu: the amount is beyond 2^53 - 1 minor units", i);
        lines[i] = (draft_line){d->accounts[i], d->currencies[i], d->minor[i], i};
    }
    qsort(lines, d->n, sizeof *lines, by_content);
    return COCREATE_OK;
}

/* Do the sorted lines sum to 0 in each currency? */
static cocreate_status check_sums(const draft_line *lines, size_t n, cocreate_error *error)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!cci_add_i64(sum, lines[i].minor, &sum))
            return cci_fail_at(error, COCREATE_ERR_OVERFLOW, lines[i].index,
                               "line %zu: the lines in %s sum to more than 2^63 - 1",
                               lines[i].index, lines[i].currency);
        int last = i + 1 == n || strcmp(lines[i].currency, lines[i + 1].currency) != 0;
        if (last && sum != 0)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, lines[i].index,
                               "the lines in %s sum to %" PRId64 " minor units, not to 0",
                               lines[i].currency, sum);
    }
    return COCREATE_OK;
}

size_t cci_balance_name(const char *currency, const char *account, char out[CCI_BALANCE_NAME])
{
    size_t n = strlen(currency) + 1, m = strlen(account);
    assert(n + m < CCI_BALANCE_NAME);
    memcpy(out, currency, n);
    memcpy(out + n, account, m + 1);
    return n + m;
}

const char *cci_balance_account(const cci_balance *balance)
{
    return balance->name + strlen(balance->name) + 1;
}

static uint32_t find_balance(const cocreate_ledger *ledger, const char *currency,
                             const char *account)
{
    char name[CCI_BALANCE_NAME];
    size_t size = cci_balance_name(currency, account, name);
    return cci_table_find(&ledger->by_name, name, size);
}

int cci_may_be_negative(const char *account)
{
    return strncmp(account, "escrow:", 7) != 0 && strncmp(account, "payable:", 8) != 0 &&
           strncmp(account, "withheld:", 9) != 0;
}

/* The amounts of one account as they will be: everything pending may still happen. */
static cocreate_status check_balance(const cci_balance *after, const draft_line *line,
                                     int fits, cocreate_error *error)
{
    int64_t most, least;
    if (!fits || !cci_add_i64(after->minor, after->due, &most) ||
        !cci_sub_i64(after->minor, after->reserved, &least) || most > CCI_JSON_INTEGER_MAX ||
        least < -CCI_JSON_INTEGER_MAX)
        return cci_fail_at(error, COCREATE_ERR_OVERFLOW, line->index,
                           "line %zu: the balance of \"%s\" would pass 2^53 - 1 minor units",
                           line->index, line->account);
    if (least >= 0 || cci_may_be_negative(line->account))
        return COCREATE_OK;
    if (after->reserved == 0)
        return cci_fail_at(error, COCREATE_ERR_REFUSED, line->index,
                           "line %zu: the balance of \"%s\" would be %" PRId64
                           " minor units of %s, and it may not become negative",
                           line->index, line->account, least, line->currency);
    return cci_fail_at(error, COCREATE_ERR_REFUSED, line->index,
                       "line %zu: \"%s\" would have %" PRId64 " minor units of %s, of which %" PRId64
                       " are reserved",
                       line->index, line->account, after->minor, line->currency, after->reserved);
}

/* One line's part in a balance; 0 if it does not fit. */
static int add_line(const cci_draft *d, int64_t minor, cci_balance *after)
{
    if (d->kind != CCI_ENTRY_PENDING)
        return cci_add_i64(after->minor, minor, &after->minor);
    return minor < 0 ? cci_sub_i64(after->reserved, minor, &after->reserved)
                     : cci_add_i64(after->due, minor, &after->due);
}

/* The balances after the entry, one group of equal accounts after the other. What a pending entry
 * was allowed to reserve, its settlement may move. */
static cocreate_status check_balances(const cocreate_ledger *ledger, const cci_draft *d,
                                      const draft_line *lines, cocreate_error *error)
{
    if (d->kind == CCI_ENTRY_SETTLEMENT)
        return COCREATE_OK;
    for (size_t i = 0; i < d->n;) {
        const draft_line *first = &lines[i];
        uint32_t found = find_balance(ledger, first->currency, first->account);
        cci_balance after = {0};
        if (found != CCI_TABLE_NONE)
            after = ledger->balances[found];
        int fits = 1;
        for (; i < d->n && by_account(first, &lines[i]) == 0; i++)
            fits = fits && add_line(d, lines[i].minor, &after);
        CCI_TRY(check_balance(&after, first, fits, error));
    }
    return COCREATE_OK;
}

static int same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The same key again: is it the same content? When it happened is not content: a retry is later. */
static cocreate_status compare(const cocreate_ledger *ledger, const cci_posting *entry,
                               const cci_draft *d, const draft_line *lines, cocreate_error *error)
{
    const char *differs = NULL;
    if (!same_text(entry->memo, d->memo))
        differs = "memo";
    if (entry->about != d->about)
        differs = entry->kind == CCI_ENTRY_REVERSAL || d->kind == CCI_ENTRY_REVERSAL
                      ? "reversed entry"
                      : "reservation";
    else if (entry->kind != d->kind)
        differs = "kind";
    else if (entry->expires != d->expires)
        differs = "expiry";
    if (entry->n != d->n)
        differs = "number of lines";
    for (size_t i = 0; i < d->n && differs == NULL; i++) {
        const cci_balance *balance = &ledger->balances[entry->lines[i].balance];
        if (strcmp(balance->name, lines[i].currency) != 0 ||
            strcmp(cci_balance_account(balance), lines[i].account) != 0)
            differs = "account";
        else if (entry->lines[i].minor != lines[i].minor)
            return cci_fail_at(error, COCREATE_ERR_CONFLICT, lines[i].index,
                               "the key \"%s\" exists with another amount for \"%s\": %" PRId64
                               ", not %" PRId64,
                               d->key, lines[i].account, entry->lines[i].minor, lines[i].minor);
    }
    if (differs == NULL)
        return COCREATE_EXISTS;
    return cci_fail(error, COCREATE_ERR_CONFLICT, "the key \"%s\" exists with another %s", d->key,
                    differs);
}

static cocreate_status seal(const cocreate_ledger *ledger, cci_posting *out, cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &ledger->allocator);
    cci_entry_write(ledger, out, ledger->n, NULL, &b);
    if (!b.failed) {
        cci_digest digest = cci_sha256(b.data, b.size);
        cci_hex(digest.bytes, 32, out->hash);
        cci_buffer_clear(&b);
        cci_entry_write(ledger, out, ledger->n, out->hash, &b);
    }
    out->json = b.failed ? NULL : cci_strndup(&ledger->allocator, b.data, b.size);
    cci_buffer_free(&b);
    return out->json == NULL ? cci_no_memory(error) : COCREATE_OK;
}

/* Index of the balance, made with 0 if it is new: that is what an unused one has anyway. */
static cocreate_status open_balance(cocreate_ledger *ledger, const draft_line *line,
                                    uint32_t *index, cocreate_error *error)
{
    char name[CCI_BALANCE_NAME];
    size_t size = cci_balance_name(line->currency, line->account, name);
    uint64_t hash = cci_table_hash(&ledger->by_name, name, size);
    *index = cci_table_find_hashed(&ledger->by_name, hash, name, size);
    if (*index != CCI_TABLE_NONE)
        return COCREATE_OK;
    if (ledger->n_balances >= CCI_TABLE_NONE - 1)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the journal has 2^32 - 2 accounts already");
    void *balances = ledger->balances;
    if (!cci_table_reserve(&ledger->by_name, 1) ||
        !cci_grow(&ledger->allocator, &balances, &ledger->balance_capacity, ledger->n_balances + 1,
                  sizeof *ledger->balances))
        return cci_no_memory(error);
    ledger->balances = balances;
    char *kept = cci_strndup(&ledger->allocator, name, size);
    if (kept == NULL)
        return cci_no_memory(error);
    *index = (uint32_t)ledger->n_balances;
    ledger->balances[ledger->n_balances++] = (cci_balance){.name = kept, .size = size};
    cci_table_insert(&ledger->by_name, hash, *index);
    return COCREATE_OK;
}

static cocreate_status prepare(cocreate_ledger *ledger, const cci_draft *d, const draft_line *lines,
                               cci_posting *out, cocreate_error *error)
{
    const cocreate_allocator *a = &ledger->allocator;
    out->at = d->at;
    out->n = d->n;
    out->kind = d->kind;
    out->about = d->about;
    out->answered = CCI_TABLE_NONE;
    out->expires = d->expires;
    out->key = cci_strndup(a, d->key, strlen(d->key));
    out->memo = d->memo == NULL ? NULL : cci_strndup(a, d->memo, strlen(d->memo));
    out->lines = cci_alloc(a, d->n, sizeof *out->lines);
    void *entries = ledger->entries;
    if (out->key == NULL || (d->memo != NULL && out->memo == NULL) || out->lines == NULL ||
        !cci_table_reserve(&ledger->by_key, 1) ||
        !cci_grow(a, &entries, &ledger->capacity, ledger->n + 1, sizeof *ledger->entries))
        return cci_no_memory(error);
    ledger->entries = entries;
    for (size_t i = 0; i < d->n; i++) {
        out->lines[i].minor = lines[i].minor;
        CCI_TRY(open_balance(ledger, &lines[i], &out->lines[i].balance, error));
    }
    return seal(ledger, out, error);
}

static void commit(cocreate_ledger *ledger, const cci_posting *entry)
{
    uint32_t index = (uint32_t)ledger->n;
    cci_entry_move(ledger, entry, 1, ledger->balances);
    if (entry->about != CCI_TABLE_NONE)
        ledger->entries[entry->about].answered = index;
    ledger->entries[ledger->n++] = *entry;
    cci_table_insert(&ledger->by_key,
                     cci_table_hash(&ledger->by_key, entry->key, strlen(entry->key)), index);
}

static cocreate_status check_draft(const cocreate_ledger *ledger, const cci_draft *d,
                                   cocreate_error *error)
{
    CCI_TRY(d->kind == CCI_ENTRY_PENDING
                ? cci_name_check(d->key, CCI_HOLD_KEY_MAX, "key of a reservation", error)
                : cci_name_check(d->key, COCREATE_ACCOUNT_MAX, "key", error));
    if (d->n < 2 && d->kind != CCI_ENTRY_VOID)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "an entry has at least 2 lines, not %zu",
                        d->n);
    if (d->at > CCI_JSON_INTEGER_MAX || d->at < -CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the time is beyond 2^53 - 1 microseconds");
    if (d->memo != NULL && (!cci_utf8_valid(d->memo, strlen(d->memo)) ||
                            strpbrk(d->memo, "\r\n") != NULL))
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "the memo is not one line of UTF-8");
    if (ledger->n >= CCI_TABLE_NONE - 1)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the journal has 2^32 - 2 entries already");
    return COCREATE_OK;
}

static const char *done_to(cci_entry_kind kind)
{
    return kind == CCI_ENTRY_REVERSAL     ? "reversed"
           : kind == CCI_ENTRY_SETTLEMENT ? "settled"
                                          : "voided";
}

/* May this be done to the entry it is about? */
static cocreate_status check_about(const cocreate_ledger *ledger, const cci_draft *d,
                                   cocreate_error *error)
{
    if (d->kind == CCI_ENTRY_PENDING && d->expires <= d->at)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the reservation expires at %" PRId64 ", not after its own time %" PRId64,
                        d->expires, d->at);
    if (d->about == CCI_TABLE_NONE)
        return COCREATE_OK;
    const cci_posting *entry = &ledger->entries[d->about];
    int pending = entry->kind == CCI_ENTRY_PENDING;
    if (d->kind == CCI_ENTRY_REVERSAL ? pending || entry->kind == CCI_ENTRY_VOID : !pending)
        return cci_fail(error, COCREATE_ERR_REFUSED, "\"%s\" is %s and cannot be %s", entry->key,
                        pending                          ? "a reservation"
                        : entry->kind == CCI_ENTRY_VOID ? "the end of a reservation"
                                                        : "no reservation",
                        done_to(d->kind));
    if (entry->answered != CCI_TABLE_NONE) {
        const cci_posting *other = &ledger->entries[entry->answered];
        return cci_fail(error, COCREATE_ERR_REFUSED, "\"%s\" is %s by \"%s\" already", entry->key,
                        done_to(other->kind), other->key);
    }
    if (d->kind == CCI_ENTRY_SETTLEMENT && d->at >= entry->expires)
        return cci_fail(error, COCREATE_ERR_REFUSED,
                        "the reservation \"%s\" expired at %" PRId64, entry->key, entry->expires);
    return COCREATE_OK;
}

static cocreate_status post_lines(cocreate_ledger *ledger, const cci_draft *d, draft_line *lines,
                                  cocreate_error *error)
{
    CCI_TRY(check_lines(d, lines, error));
    CCI_TRY(check_sums(lines, d->n, error));
    uint32_t same = cci_ledger_find(ledger, d->key);
    if (same != CCI_TABLE_NONE)
        return compare(ledger, &ledger->entries[same], d, lines, error);
    const cci_posting *last = ledger->n == 0 ? NULL : &ledger->entries[ledger->n - 1];
    if (last != NULL && d->at < last->at)
        return cci_fail(error, COCREATE_ERR_TIME,
                        "the time %" PRId64 " is before that of the last entry, %" PRId64, d->at,
                        last->at);
    CCI_TRY(check_about(ledger, d, error));
    CCI_TRY(check_balances(ledger, d, lines, error));
    cci_posting entry = {0};
    cocreate_status status = prepare(ledger, d, lines, &entry, error);
    if (status == COCREATE_OK) {
        commit(ledger, &entry);
        return COCREATE_OK;
    }
    cci_free(&ledger->allocator, entry.key);
    cci_free(&ledger->allocator, entry.memo);
    cci_free(&ledger->allocator, entry.lines);
    cci_free(&ledger->allocator, entry.json);
    return status;
}

cocreate_status cci_ledger_post(cocreate_ledger *ledger, const cci_draft *d, cocreate_error *error)
{
    CCI_TRY(check_draft(ledger, d, error));
    draft_line *lines = cci_alloc(&ledger->allocator, d->n, sizeof *lines);
    if (lines == NULL)
        return cci_no_memory(error);
    cocreate_status status = post_lines(ledger, d, lines, error);
    cci_free(&ledger->allocator, lines);
    return status;
}
