/* The handle: making, freeing, finding, reversing. */
#include <string.h>

#include "base/text.h"
#include "ledger/journal.h"

static void key_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cocreate_ledger *ledger = owner;
    *bytes = ledger->entries[index].key;
    *size = strlen(ledger->entries[index].key);
}

static void name_of(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cocreate_ledger *ledger = owner;
    *bytes = ledger->balances[index].name;
    *size = ledger->balances[index].size;
}

cocreate_status cocreate_ledger_new(const cocreate_allocator *allocator, cocreate_ledger **out,
                                    cocreate_error *error)
{
    CCI_TRY(cci_allocator_check(allocator, error));
    cocreate_allocator a = cci_allocator(allocator);
    cocreate_ledger *ledger = cci_alloc(&a, 1, sizeof *ledger);
    if (ledger == NULL)
        return cci_no_memory(error);
    ledger->allocator = a;
    cci_table_init(&ledger->by_key, &a, ledger, key_of);
    cci_table_init(&ledger->by_name, &a, ledger, name_of);
    *out = ledger;
    return COCREATE_OK;
}

void cocreate_ledger_free(cocreate_ledger *ledger)
{
    if (ledger == NULL)
        return;
    cocreate_allocator a = ledger->allocator;
    for (size_t i = 0; i < ledger->n; i++) {
        cci_free(&a, ledger->entries[i].key);
        cci_free(&a, ledger->entries[i].memo);
        cci_free(&a, ledger->entries[i].lines);
        cci_free(&a, ledger->entries[i].json);
    }
    for (size_t i = 0; i < ledger->n_balances; i++)
        cci_free(&a, ledger->balances[i].name);
    cci_free(&a, ledger->entries);
    cci_free(&a, ledger->balances);
    cci_table_free(&ledger->by_key);
    cci_table_free(&ledger->by_name);
    cci_free(&a, ledger);
}

void cci_ledger_swap(cocreate_ledger *a, cocreate_ledger *b)
{
    cocreate_ledger other = *a;
    *a = *b;
    *b = other;
    a->by_key.owner = a->by_name.owner = a; /* the tables know where their bytes stand */
    b->by_key.owner = b->by_name.owner = b;
    for (size_t i = 0; i < a->n && i < b->n; i++) { /* the texts that were lent stay where they were */
        char *json = a->entries[i].json;
        a->entries[i].json = b->entries[i].json;
        b->entries[i].json = json;
    }
}

uint32_t cci_ledger_find(const cocreate_ledger *ledger, const char *key)
{
    return cci_table_find(&ledger->by_key, key, strlen(key));
}

size_t cocreate_ledger_count(const cocreate_ledger *ledger)
{
    return ledger->n;
}

const char *cocreate_ledger_entry(const cocreate_ledger *ledger, size_t index)
{
    return index < ledger->n ? ledger->entries[index].json : NULL;
}

cocreate_status cocreate_ledger_post(cocreate_ledger *ledger, const char *key, int64_t at,
                                     const char *memo, const char *const *accounts,
                                     const char *const *currencies, const int64_t *minor, size_t n,
                                     cocreate_error *error)
{
    return cci_ledger_post(ledger,
                           &(cci_draft){key, memo, at, accounts, currencies, minor, n,
                                        CCI_TABLE_NONE},
                           error);
}

cocreate_status cocreate_ledger_reverse(cocreate_ledger *ledger, const char *key,
                                        const char *reversal_key, int64_t at, const char *memo,
                                        cocreate_error *error)
{
    const cocreate_allocator *a = &ledger->allocator;
    CCI_TRY(cci_name_check(key, COCREATE_ACCOUNT_MAX, "key", error));
    CCI_TRY(cci_name_check(reversal_key, COCREATE_ACCOUNT_MAX, "reversal key", error));
    uint32_t index = cci_ledger_find(ledger, key);
    if (index == CCI_TABLE_NONE)
        return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no entry has the key \"%s\"", key);
    const cci_posting *entry = &ledger->entries[index];
    const char **accounts = cci_alloc(a, entry->n, sizeof *accounts);
    const char **currencies = cci_alloc(a, entry->n, sizeof *currencies);
    int64_t *minor = cci_alloc(a, entry->n, sizeof *minor);
    cocreate_status status;
    if (accounts == NULL || currencies == NULL || minor == NULL) {
        status = cci_no_memory(error);
    } else {
        for (size_t i = 0; i < entry->n; i++) {
            const cci_balance *balance = &ledger->balances[entry->lines[i].balance];
            accounts[i] = cci_balance_account(balance);
            currencies[i] = balance->name;
            minor[i] = -entry->lines[i].minor;
        }
        status = cci_ledger_post(ledger,
                                 &(cci_draft){reversal_key, memo, at, accounts, currencies, minor,
                                              entry->n, index},
                                 error);
    }
    cci_free(a, minor);
    cci_free(a, currencies);
    cci_free(a, accounts);
    return status;
}
