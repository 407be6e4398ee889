/* Entries about entries: reversals, and reservations with what becomes of them. */
#include <string.h>

#include "base/text.h"
#include "ledger/journal.h"

static cocreate_status answer_lines(cocreate_ledger *ledger, uint32_t index, cci_draft *d,
                                    const char **accounts, const char **currencies,
                                    int64_t *minor, cocreate_error *error)
{
    const cci_posting *entry = &ledger->entries[index];
    int sign = d->kind == CCI_ENTRY_REVERSAL ? -1 : 1;
    for (size_t i = 0; i < d->n; i++) {
        const cci_balance *balance = &ledger->balances[entry->lines[i].balance];
        accounts[i] = cci_balance_account(balance);
        currencies[i] = balance->name;
        minor[i] = sign * entry->lines[i].minor;
    }
    d->accounts = accounts;
    d->currencies = currencies;
    d->minor = minor;
    return cci_ledger_post(ledger, d, error);
}

cocreate_status cci_ledger_answer(cocreate_ledger *ledger, const char *about, cci_entry_kind kind,
                                  const char *key, int64_t at, const char *memo,
                                  cocreate_error *error)
{
    const cocreate_allocator *a = &ledger->allocator;
    CCI_TRY(cci_name_check(about, COCREATE_ACCOUNT_MAX, "key", error));
    CCI_TRY(cci_name_check(key, COCREATE_ACCOUNT_MAX,
                           kind == CCI_ENTRY_REVERSAL ? "reversal key" : "new key", error));
    uint32_t index = cci_ledger_find(ledger, about);
    if (index == CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no entry has the key \"%s\"", about);
    size_t n = kind == CCI_ENTRY_VOID ? 0 : ledger->entries[index].n;
    cci_draft d = {.key = key, .memo = memo, .at = at, .n = n,
                   .kind = kind, .about = index, .expires = CCI_NEVER};
    const char **accounts = cci_alloc(a, n, sizeof *accounts);
    const char **currencies = cci_alloc(a, n, sizeof *currencies);
    int64_t *minor = cci_alloc(a, n, sizeof *minor);
    cocreate_status status =
        accounts == NULL || currencies == NULL || minor == NULL
            ? cci_no_memory(error)
            : answer_lines(ledger, index, &d, accounts, currencies, minor, error);
    cci_free(a, minor);
    cci_free(a, currencies);
    cci_free(a, accounts);
    return status;
}

cocreate_status cocreate_ledger_reverse(cocreate_ledger *ledger, const char *key,
                                        const char *reversal_key, int64_t at, const char *memo,
                                        cocreate_error *error)
{
    return cci_ledger_answer(ledger, key, CCI_ENTRY_REVERSAL, reversal_key, at, memo, error);
}

cocreate_status cocreate_ledger_reserve(cocreate_ledger *ledger, const char *key, int64_t at,
                                        int64_t expires, const char *memo,
                                        const char *const *accounts,
                                        const char *const *currencies, const int64_t *minor,
                                        size_t n, cocreate_error *error)
{
    if (expires != CCI_NEVER && expires > CCI_JSON_INTEGER_MAX)
        return cci_fail(error, COCREATE_ERR_OVERFLOW, "the expiry is beyond 2^53 - 1 microseconds");
    return cci_ledger_post(ledger,
                           &(cci_draft){key, memo, at, accounts, currencies, minor, n,
                                        CCI_ENTRY_PENDING, CCI_TABLE_NONE, expires},
                           error);
}

cocreate_status cocreate_ledger_settle(cocreate_ledger *ledger, const char *key,
                                       const char *settlement_key, int64_t at, const char *memo,
                                       cocreate_error *error)
{
    return cci_ledger_answer(ledger, key, CCI_ENTRY_SETTLEMENT, settlement_key, at, memo, error);
}

cocreate_status cocreate_ledger_void(cocreate_ledger *ledger, const char *key,
                                     const char *void_key, int64_t at, const char *memo,
                                     cocreate_error *error)
{
    return cci_ledger_answer(ledger, key, CCI_ENTRY_VOID, void_key, at, memo, error);
}

static cocreate_status expire_entry(cocreate_ledger *ledger, const cci_posting *entry, int64_t at,
                                    cocreate_error *error)
{
    char about[COCREATE_ACCOUNT_MAX + 1], key[COCREATE_ACCOUNT_MAX + 1] = CCI_EXPIRE;
    memcpy(about, entry->key, strlen(entry->key) + 1); /* posting may move the entries */
    memcpy(key + sizeof CCI_EXPIRE - 1, about, strlen(about) + 1);
    return cci_ledger_answer(ledger, about, CCI_ENTRY_VOID, key, at, NULL, error);
}

cocreate_status cocreate_ledger_expire(cocreate_ledger *ledger, int64_t at, size_t *expired,
                                       cocreate_error *error)
{
    size_t before = ledger->n;
    for (size_t i = 0; i < before; i++) {
        const cci_posting *entry = &ledger->entries[i];
        if (entry->kind != CCI_ENTRY_PENDING || entry->answered != CCI_TABLE_NONE ||
            entry->expires > at || entry->expires == CCI_NEVER)
            continue;
        cocreate_status status = expire_entry(ledger, entry, at, error);
        if (status != COCREATE_OK) {
            cci_ledger_rollback(ledger, before);
            return status;
        }
    }
    if (expired != NULL)
        *expired = ledger->n - before;
    return COCREATE_OK;
}
