/* Everything again, from the entries alone. */
#include <inttypes.h>
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "ledger/journal.h"

typedef struct audit {
    const cocreate_ledger *ledger;
    cci_balance *balances; /* as the entries so far make them */
    cocreate_error *error;
} audit;

static cocreate_status check_text(const audit *a, size_t index)
{
    const cci_posting *entry = &a->ledger->entries[index];
    uint64_t n = (uint64_t)index + 1;
    char hash[65] = "";
    cci_buffer b;
    cci_buffer_init(&b, &a->ledger->allocator);
    cci_entry_write(a->ledger, entry, index, NULL, &b);
    if (!b.failed) {
        cci_digest digest = cci_sha256(b.data, b.size);
        cci_hex(digest.bytes, 32, hash);
        cci_buffer_clear(&b);
        cci_entry_write(a->ledger, entry, index, hash, &b);
    }
    cocreate_status status = COCREATE_OK;
    if (b.failed)
        status = cci_no_memory(a->error);
    else if (strcmp(hash, entry->hash) != 0)
        status = cci_fail_at(a->error, COCREATE_ERR_VERIFY, n,
                             "entry %" PRIu64 ": the hash is not that of the entry", n);
    else if (strcmp(b.data, entry->json) != 0)
        status = cci_fail_at(a->error, COCREATE_ERR_VERIFY, n,
                             "entry %" PRIu64 ": its text is not that of the entry", n);
    cci_buffer_free(&b);
    return status;
}

/* Lines stand in order of currency, so that each currency is one run of them. */
static cocreate_status check_sums(const audit *a, size_t index)
{
    const cci_posting *entry = &a->ledger->entries[index];
    uint64_t n = (uint64_t)index + 1;
    int64_t sum = 0;
    for (size_t i = 0; i < entry->n; i++) {
        const char *currency = a->ledger->balances[entry->lines[i].balance].name;
        const char *next =
            i + 1 < entry->n ? a->ledger->balances[entry->lines[i + 1].balance].name : NULL;
        if (!cci_add_i64(sum, entry->lines[i].minor, &sum) ||
            ((next == NULL || strcmp(currency, next) != 0) && sum != 0))
            return cci_fail_at(a->error, COCREATE_ERR_VERIFY, n,
                               "entry %" PRIu64 ": the lines in %s do not sum to 0", n, currency);
    }
    return COCREATE_OK;
}

static int mirrors(const cci_posting *x, const cci_posting *y, int sign)
{
    int64_t sum = 0;
    if (x->n != y->n)
        return 0;
    for (size_t i = 0; i < x->n; i++) { /* amounts of one account may stand in another order */
        sum += x->lines[i].minor - sign * y->lines[i].minor;
        if (x->lines[i].balance != y->lines[i].balance)
            return 0;
        if ((i + 1 == x->n || x->lines[i + 1].balance != x->lines[i].balance) && sum != 0)
            return 0;
    }
    return 1;
}

static cocreate_status check_about(const audit *a, size_t index)
{
    const cci_posting *entry = &a->ledger->entries[index];
    uint64_t n = (uint64_t)index + 1;
    const char *wrong = NULL;
    if (index > 0 && entry->at < a->ledger->entries[index - 1].at)
        wrong = "its time is before that of the entry before it";
    if (entry->about == CCI_TABLE_NONE) {
        if (entry->kind != CCI_ENTRY_POSTED && entry->kind != CCI_ENTRY_PENDING)
            wrong = "it is about no entry";
    } else if (entry->about >= index) {
        wrong = "it is about an entry that is not before it";
    } else {
        const cci_posting *other = &a->ledger->entries[entry->about];
        int ends = entry->kind == CCI_ENTRY_SETTLEMENT || entry->kind == CCI_ENTRY_VOID;
        if (other->answered != index)
            wrong = "another entry is about the same one";
        else if (ends != (other->kind == CCI_ENTRY_PENDING))
            wrong = ends ? "it ends what is no reservation" : "it reverses a reservation";
        else if (entry->kind == CCI_ENTRY_REVERSAL && !mirrors(entry, other, -1))
            wrong = "it is not the mirror image of what it reverses";
        else if (entry->kind == CCI_ENTRY_SETTLEMENT &&
                 (!mirrors(entry, other, 1) || entry->at >= other->expires))
            wrong = "it does not settle what was reserved, or too late";
    }
    return wrong == NULL ? COCREATE_OK
                         : cci_fail_at(a->error, COCREATE_ERR_VERIFY, n, "entry %" PRIu64 ": %s", n,
                                       wrong);
}

static cocreate_status check_moves(const audit *a, size_t index)
{
    const cci_posting *entry = &a->ledger->entries[index];
    uint64_t n = (uint64_t)index + 1;
    cci_entry_move(a->ledger, entry, 1, a->balances);
    for (size_t i = 0; i < entry->n; i++) {
        const cci_balance *after = &a->balances[entry->lines[i].balance];
        const char *account = cci_balance_account(&a->ledger->balances[entry->lines[i].balance]);
        if (after->minor - after->reserved < 0 && !cci_may_be_negative(account))
            return cci_fail_at(a->error, COCREATE_ERR_VERIFY, n,
                               "entry %" PRIu64 ": \"%s\" has %" PRId64
                               " minor units less than it must",
                               n, account, after->reserved - after->minor);
    }
    return COCREATE_OK;
}

/* The balances that are kept, and that those of each currency sum to 0: every entry does. */
static cocreate_status check_balances(const audit *a)
{
    for (size_t i = 0; i < a->ledger->n_balances; i++) {
        const cci_balance *kept = &a->ledger->balances[i], *again = &a->balances[i];
        const char *account = cci_balance_account(kept);
        if (kept->minor != again->minor)
            return cci_fail_at(a->error, COCREATE_ERR_VERIFY, a->ledger->n,
                               "the balance of \"%s\" is kept as %" PRId64
                               " minor units, the entries give %" PRId64,
                               account, kept->minor, again->minor);
        if (kept->reserved != again->reserved || kept->due != again->due)
            return cci_fail_at(a->error, COCREATE_ERR_VERIFY, a->ledger->n,
                               "of \"%s\" %" PRId64
                               " minor units are kept as reserved, the entries give %" PRId64,
                               account, kept->reserved, again->reserved);
    }
    return COCREATE_OK;
}

static cocreate_status check_all(const audit *a)
{
    for (size_t i = 0; i < a->ledger->n; i++) {
        CCI_TRY(check_text(a, i));
        CCI_TRY(check_sums(a, i));
        CCI_TRY(check_about(a, i));
        CCI_TRY(check_moves(a, i));
    }
    return check_balances(a);
}

cocreate_status cocreate_ledger_check(const cocreate_ledger *ledger, cocreate_error *error)
{
    audit a = {ledger, cci_alloc(&ledger->allocator, ledger->n_balances, sizeof *a.balances),
               error};
    if (a.balances == NULL)
        return cci_no_memory(error);
    cocreate_status status = check_all(&a);
    cci_free(&ledger->allocator, a.balances);
    return status;
}
