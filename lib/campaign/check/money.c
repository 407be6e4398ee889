/* Invariants of money: every unit is somewhere, and nothing is owed that is not there. */
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "campaign/check/check.h"

static int64_t minor_of(const json_t *line)
{
    return json_integer_value(json_object_get(line, "minor"));
}

/* Is there a line of the currency before this one? There are few currencies. */
static int seen(const json_t *lines, size_t end, const char *currency)
{
    for (size_t i = 0; i < end; i++)
        if (strcmp(cci_shown_text(json_array_get(lines, i), "currency"), currency) == 0)
            return 1;
    return 0;
}

cocreate_status cci_check_balances(cci_check *k, cocreate_error *error)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    (void)error;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *currency = cci_shown_text(json_array_get(lines, i), "currency");
        int64_t sum = 0;
        int whole = 1;
        k->checked++;
        if (seen(lines, i, currency))
            continue;
        for (size_t n = i; n < json_array_size(lines); n++) {
            const json_t *line = json_array_get(lines, n);
            if (strcmp(cci_shown_text(line, "currency"), currency) == 0)
                whole = whole && cci_add_i64(sum, minor_of(line), &sum);
        }
        if (!whole || sum != 0)
            cci_violation(k, "currency", currency, "its balances do not sum to 0");
    }
    return COCREATE_OK;
}

static int begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* The sponsor and the world outside pay in; receivables are what is owed by people. */
cocreate_status cci_check_floors(cci_check *k, cocreate_error *error)
{
    const json_t *lines = json_object_get(k->shown, "balances");
    (void)error;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        const char *account = cci_shown_text(line, "account");
        k->checked++;
        if (begins(account, "receivable:") ? minor_of(line) > 0
                                           : minor_of(line) < 0 && !begins(account, "sponsor:") &&
                                                 !begins(account, "cash:"))
            cci_violation(k, "account", account, "its balance is on the wrong side of 0");
    }
    return COCREATE_OK;
}
