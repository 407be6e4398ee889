/* An entry as canonical JSON, and what it does to balances. */
#include <inttypes.h>
#include <string.h>

#include "ledger/journal.h"

static void quoted(cci_buffer *b, const char *before, const char *text)
{
    cci_buffer_text(b, before);
    cci_json_quote(b, text, strlen(text));
}

static void write_lines(const cocreate_ledger *ledger, const cci_posting *entry, cci_buffer *b)
{
    cci_buffer_text(b, ",\"lines\":[");
    for (size_t i = 0; i < entry->n; i++) {
        const cci_balance *balance = &ledger->balances[entry->lines[i].balance];
        quoted(b, i == 0 ? "{\"account\":" : ",{\"account\":", cci_balance_account(balance));
        quoted(b, ",\"currency\":", balance->name);
        cci_buffer_format(b, ",\"minor\":%" PRId64 "}", entry->lines[i].minor);
    }
    cci_buffer_byte(b, ']');
}

/* Members in order of their names; what an entry is not about is left out, so that journals from
 * before there were reservations read and hash as they did. */
void cci_entry_write(const cocreate_ledger *ledger, const cci_posting *entry, size_t index,
                     const char *hash, cci_buffer *b)
{
    const char *about =
        entry->about == CCI_TABLE_NONE ? NULL : ledger->entries[entry->about].key;
    cci_buffer_format(b, "{\"at\":%" PRId64, entry->at);
    if (entry->expires != CCI_NEVER)
        cci_buffer_format(b, ",\"expires\":%" PRId64, entry->expires);
    if (hash != NULL)
        quoted(b, ",\"hash\":", hash);
    quoted(b, ",\"key\":", entry->key);
    write_lines(ledger, entry, b);
    if (entry->memo != NULL)
        quoted(b, ",\"memo\":", entry->memo);
    else
        cci_buffer_text(b, ",\"memo\":null");
    cci_buffer_format(b, ",\"n\":%zu", index + 1);
    if (entry->kind == CCI_ENTRY_PENDING)
        cci_buffer_text(b, ",\"pending\":true");
    cci_buffer_text(b, ",\"prev\":\"");
    if (index == 0)
        for (int i = 0; i < 64; i++)
            cci_buffer_byte(b, '0');
    else
        cci_buffer_text(b, ledger->entries[index - 1].hash);
    cci_buffer_byte(b, '"');
    if (entry->kind == CCI_ENTRY_REVERSAL)
        quoted(b, ",\"reverses\":", about);
    if (entry->kind == CCI_ENTRY_SETTLEMENT)
        quoted(b, ",\"settles\":", about);
    if (entry->kind == CCI_ENTRY_VOID)
        quoted(b, ",\"voids\":", about);
    cci_buffer_byte(b, '}');
}

static void hold(const cci_posting *entry, int sign, cci_balance *balances)
{
    for (size_t i = 0; i < entry->n; i++) {
        cci_balance *balance = &balances[entry->lines[i].balance];
        int64_t minor = entry->lines[i].minor;
        if (minor < 0)
            balance->reserved -= sign * minor;
        else
            balance->due += sign * minor;
    }
}

void cci_entry_move(const cocreate_ledger *ledger, const cci_posting *entry, int sign,
                    cci_balance *balances)
{
    if (entry->kind == CCI_ENTRY_PENDING) {
        hold(entry, sign, balances);
        return;
    }
    if (entry->kind == CCI_ENTRY_SETTLEMENT || entry->kind == CCI_ENTRY_VOID)
        hold(&ledger->entries[entry->about], -sign, balances);
    for (size_t i = 0; i < entry->n; i++)
        balances[entry->lines[i].balance].minor += sign * entry->lines[i].minor;
}
