/* The journal in memory. Entries are never changed once they are there; balances are derived. */
#ifndef CCI_LEDGER_JOURNAL_H
#define CCI_LEDGER_JOURNAL_H

#include "base/digest.h"
#include "base/json.h"
#include "base/table.h"
#include "cocreate/ledger.h"

enum { CCI_CURRENCY_MAX = 12 };

/* An account in a currency, and what stands there. */
typedef struct cci_balance {
    char *name; /* currency, NUL, account: its order is that of cocreate_ledger_balances() */
    size_t size;
    int64_t minor;
} cci_balance;

typedef struct cci_line {
    uint32_t balance; /* index in the journal */
    int64_t minor;
} cci_line;

typedef struct cci_posting {
    char *key, *memo; /* memo may be NULL */
    int64_t at;
    cci_line *lines; /* in order of currency, account and amount */
    size_t n;
    uint32_t reverses, reversed_by; /* index of an entry, or CCI_TABLE_NONE */
    char *json;
    char hash[65];
} cci_posting;

struct cocreate_ledger {
    cocreate_allocator allocator;
    cci_posting *entries;
    size_t n, capacity;
    cci_table by_key;
    cci_balance *balances;
    size_t n_balances, balance_capacity;
    cci_table by_name;
};

/* What is to be posted. */
typedef struct cci_draft {
    const char *key, *memo;
    int64_t at;
    const char *const *accounts, *const *currencies;
    const int64_t *minor;
    size_t n;
    uint32_t reverses; /* index of an entry, or CCI_TABLE_NONE */
} cci_draft;

/* Exchange what two journals hold, of which one is a copy of the other with more entries. The texts of
 * the entries that both have stay, for callers may have borrowed them. */
void cci_ledger_swap(cocreate_ledger *a, cocreate_ledger *b);

cocreate_status cci_ledger_post(cocreate_ledger *ledger, const cci_draft *draft,
                                cocreate_error *error);

/* Name of a balance in `out`; its size without the last NUL. */
#define CCI_BALANCE_NAME (CCI_CURRENCY_MAX + 1 + COCREATE_ACCOUNT_MAX + 1)
size_t cci_balance_name(const char *currency, const char *account, char out[CCI_BALANCE_NAME]);
const char *cci_balance_account(const cci_balance *balance);

/* Index of the entry with a key, or CCI_TABLE_NONE. */
uint32_t cci_ledger_find(const cocreate_ledger *ledger, const char *key);

#endif
