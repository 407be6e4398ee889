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

static void entry_free(const cocreate_allocator *a, const cci_posting *entry)
{
    cci_free(a, entry->key);
    cci_free(a, entry->memo);
    cci_free(a, entry->lines);
    cci_free(a, entry->json);
}

void cocreate_ledger_free(cocreate_ledger *ledger)
{
    if (ledger == NULL)
        return;
    cocreate_allocator a = ledger->allocator;
    for (size_t i = 0; i < ledger->n; i++)
        entry_free(&a, &ledger->entries[i]);
    for (size_t i = 0; i < ledger->n_balances; i++)
        cci_free(&a, ledger->balances[i].name);
    cci_free(&a, ledger->entries);
    cci_free(&a, ledger->balances);
    cci_table_free(&ledger->by_key);
    cci_table_free(&ledger->by_name);
    cci_free(&a, ledger);
}

void cci_ledger_rollback(cocreate_ledger *ledger, size_t from)
{
    if (from >= ledger->n)
        return;
    while (ledger->n > from) {
        const cci_posting *entry = &ledger->entries[--ledger->n];
        cci_entry_move(ledger, entry, -1, ledger->balances);
        if (entry->about != CCI_TABLE_NONE)
            ledger->entries[entry->about].answered = CCI_TABLE_NONE;
        entry_free(&ledger->allocator, entry);
    }
    /* The table has no removal: it is filled again, in the room it has. */
    cci_table *t = &ledger->by_key;
    memset(t->slots, 0, t->capacity * sizeof *t->slots);
    t->count = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        const char *key = ledger->entries[i].key;
        cci_table_insert(t, cci_table_hash(t, key, strlen(key)), (uint32_t)i);
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
                                        CCI_ENTRY_POSTED, CCI_TABLE_NONE, CCI_NEVER},
                           error);
}
