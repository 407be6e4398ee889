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
    int64_t reserved, due; /* what pending entries would take and bring; both >= 0 */
} cci_balance;

typedef struct cci_line {
    uint32_t balance; /* index in the journal */
    int64_t minor;
} cci_line;

typedef enum cci_entry_kind {
    CCI_ENTRY_POSTED,
    CCI_ENTRY_REVERSAL,   /* the mirror image of the entry it is about */
    CCI_ENTRY_PENDING,    /* reserves; moves nothing yet */
    CCI_ENTRY_SETTLEMENT, /* moves what the pending entry it is about reserved */
    CCI_ENTRY_VOID        /* frees it; has no lines */
} cci_entry_kind;

#define CCI_NEVER INT64_MAX

/* The key of what ends an expired reservation, which the key of that must leave room for. */
#define CCI_EXPIRE "expire:"
#define CCI_HOLD_KEY_MAX (COCREATE_ACCOUNT_MAX - (sizeof CCI_EXPIRE - 1))

typedef struct cci_posting {
    char *key, *memo; /* memo may be NULL */
    int64_t at;
    cci_line *lines; /* in order of currency, account and amount */
    size_t n;
    cci_entry_kind kind;
    uint32_t about;    /* index of the entry it reverses, settles or voids, or CCI_TABLE_NONE */
    uint32_t answered; /* index of the entry that does that to this one, or CCI_TABLE_NONE */
    int64_t expires;   /* of a pending entry: CCI_NEVER or when it can no longer be settled */
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
    cci_entry_kind kind;
    uint32_t about;
    int64_t expires;
} cci_draft;

/* Take back all entries from number `from` (0-based) on: for calls that post several or none. Needs no
 * memory. Costs a look at every key. */
void cci_ledger_rollback(cocreate_ledger *ledger, size_t from);

cocreate_status cci_ledger_post(cocreate_ledger *ledger, const cci_draft *draft,
                                cocreate_error *error);

/* Name of a balance in `out`; its size without the last NUL. */
#define CCI_BALANCE_NAME (CCI_CURRENCY_MAX + 1 + COCREATE_ACCOUNT_MAX + 1)
size_t cci_balance_name(const char *currency, const char *account, char out[CCI_BALANCE_NAME]);
const char *cci_balance_account(const cci_balance *balance);

int cci_may_be_negative(const char *account);

/* Post an entry about an earlier one: its mirror image, its lines or none, as the kind wants. */
cocreate_status cci_ledger_answer(cocreate_ledger *ledger, const char *about, cci_entry_kind kind,
                                  const char *key, int64_t at, const char *memo,
                                  cocreate_error *error);

/* The canonical JSON of an entry that stands at an index or will, with its hash or, to hash it,
 * without. */
void cci_entry_write(const cocreate_ledger *ledger, const cci_posting *entry, size_t index,
                     const char *hash, cci_buffer *b);

/* What an entry does to the balances: `sign` is 1, or -1 to undo it. */
void cci_entry_move(const cocreate_ledger *ledger, const cci_posting *entry, int sign,
                    cci_balance *balances);

/* Index of the entry with a key, or CCI_TABLE_NONE. */
uint32_t cci_ledger_find(const cocreate_ledger *ledger, const char *key);

#endif
