/* Balances: one of them, or all. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/journal.h"

/* The balance of an account; one of zeros where it was never used. */
static cocreate_status look_up(const cocreate_ledger *ledger, const char *account,
                               const char *currency, cci_balance *out, cocreate_error *error)
{
    char name[CCI_BALANCE_NAME];
    CCI_TRY(cci_name_check(account, COCREATE_ACCOUNT_MAX, "account", error));
    if (strlen(currency) > CCI_CURRENCY_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a currency has at most %d characters",
                        CCI_CURRENCY_MAX);
    size_t size = cci_balance_name(currency, account, name);
    uint32_t found = cci_table_find(&ledger->by_name, name, size);
    *out = found == CCI_TABLE_NONE ? (cci_balance){0} : ledger->balances[found];
    return COCREATE_OK;
}

cocreate_status cocreate_ledger_balance(const cocreate_ledger *ledger, const char *account,
                                        const char *currency, int64_t *minor,
                                        cocreate_error *error)
{
    cci_balance balance = {0};
    CCI_TRY(look_up(ledger, account, currency, &balance, error));
    *minor = balance.minor;
    return COCREATE_OK;
}

cocreate_status cocreate_ledger_available(const cocreate_ledger *ledger, const char *account,
                                          const char *currency, int64_t *minor,
                                          cocreate_error *error)
{
    cci_balance balance = {0};
    CCI_TRY(look_up(ledger, account, currency, &balance, error));
    *minor = balance.minor - balance.reserved;
    return COCREATE_OK;
}

static int by_name(const void *a, const void *b)
{
    const cci_balance *x = *(const cci_balance *const *)a, *y = *(const cci_balance *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(cci_balance_account(x), cci_balance_account(y));
}

cocreate_status cocreate_ledger_balances(const cocreate_ledger *ledger, cocreate_text **out,
                                         cocreate_error *error)
{
    const cocreate_allocator *a = &ledger->allocator;
    size_t n = 0;
    const cci_balance **sorted = cci_alloc(a, ledger->n_balances, sizeof *sorted);
    if (sorted == NULL)
        return cci_no_memory(error);
    for (size_t i = 0; i < ledger->n_balances; i++)
        if (ledger->balances[i].minor != 0)
            sorted[n++] = &ledger->balances[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    cci_buffer b;
    cci_buffer_init(&b, a);
    cci_buffer_byte(&b, '[');
    for (size_t i = 0; i < n; i++) {
        const char *account = cci_balance_account(sorted[i]);
        cci_buffer_text(&b, i == 0 ? "{\"account\":" : ",{\"account\":");
        cci_json_quote(&b, account, strlen(account));
        cci_buffer_format(&b, ",\"currency\":\"%s\",\"minor\":%" PRId64 "}", sorted[i]->name,
                          sorted[i]->minor);
    }
    cci_buffer_byte(&b, ']');
    cci_free(a, sorted);
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}
