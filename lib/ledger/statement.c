/* Accounts and the whole journal for people and their tables. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "ledger/journal.h"

/* What has moved on one account before a time, and what stood reserved. */
typedef struct sheet {
    const cocreate_ledger *ledger;
    uint32_t account;
    int64_t from, to;
    int64_t opening, balance, reserved;
    size_t lines;
    cci_buffer b;
} sheet;

static void add_line(sheet *s, size_t index, int64_t minor)
{
    const cci_posting *entry = &s->ledger->entries[index];
    if (entry->at < s->from)
        s->opening += minor;
    s->balance += minor;
    if (entry->at < s->from)
        return;
    cci_buffer_text(&s->b, s->lines++ == 0 ? "" : ",");
    cci_buffer_format(&s->b, "{\"at\":%" PRId64 ",\"balance\":%" PRId64 ",\"key\":", entry->at,
                      s->balance);
    cci_json_quote(&s->b, entry->key, strlen(entry->key));
    cci_buffer_text(&s->b, ",\"memo\":");
    if (entry->memo != NULL)
        cci_json_quote(&s->b, entry->memo, strlen(entry->memo));
    else
        cci_buffer_text(&s->b, "null");
    cci_buffer_format(&s->b, ",\"minor\":%" PRId64 ",\"n\":%zu}", minor, index + 1);
}

static void add_entry(sheet *s, size_t index)
{
    const cci_posting *entry = &s->ledger->entries[index];
    const cci_posting *end =
        entry->answered == CCI_TABLE_NONE ? NULL : &s->ledger->entries[entry->answered];
    int open = entry->kind == CCI_ENTRY_PENDING && (end == NULL || end->at >= s->to);
    for (size_t i = 0; i < entry->n; i++) {
        if (entry->lines[i].balance != s->account)
            continue;
        if (entry->kind != CCI_ENTRY_PENDING)
            add_line(s, index, entry->lines[i].minor);
        else if (open && entry->lines[i].minor < 0)
            s->reserved -= entry->lines[i].minor;
    }
}

cocreate_status cocreate_ledger_statement(const cocreate_ledger *ledger, const char *account,
                                          const char *currency, int64_t from, int64_t to,
                                          cocreate_text **out, cocreate_error *error)
{
    char name[CCI_BALANCE_NAME];
    sheet s = {.ledger = ledger, .from = from, .to = to};
    CCI_TRY(cci_name_check(account, COCREATE_ACCOUNT_MAX, "account", error));
    if (strlen(currency) > CCI_CURRENCY_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "a currency has at most %d characters",
                        CCI_CURRENCY_MAX);
    if (to < from)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "the statement would end at %" PRId64 ", before it begins at %" PRId64, to,
                        from);
    s.account = cci_table_find(&ledger->by_name, name, cci_balance_name(currency, account, name));
    cci_buffer_init(&s.b, &ledger->allocator);
    for (size_t i = 0; i < ledger->n && ledger->entries[i].at < to; i++)
        add_entry(&s, i);
    cci_buffer b;
    cci_buffer_init(&b, &ledger->allocator);
    cci_buffer_text(&b, "{\"account\":");
    cci_json_quote(&b, account, strlen(account));
    cci_buffer_format(&b, ",\"closing\":%" PRId64 ",\"currency\":", s.balance);
    cci_json_quote(&b, currency, strlen(currency));
    cci_buffer_format(&b, ",\"from\":%" PRId64 ",\"lines\":[", from);
    cci_buffer_add(&b, s.b.data, s.b.size);
    cci_buffer_format(&b, "],\"opening\":%" PRId64 ",\"reserved\":%" PRId64 ",\"to\":%" PRId64 "}",
                      s.opening, s.reserved, to);
    b.failed = b.failed || s.b.failed;
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    cci_buffer_free(&s.b);
    return status;
}

/* ---- CSV ---- */

/* A field, quoted where it must be. */
static void field(cci_buffer *b, const char *text)
{
    if (text == NULL)
        text = "";
    if (strpbrk(text, ",\"\r\n") == NULL) {
        cci_buffer_text(b, text);
        return;
    }
    cci_buffer_byte(b, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            cci_buffer_byte(b, '"');
        cci_buffer_byte(b, (uint8_t)*text);
    }
    cci_buffer_byte(b, '"');
}

static void write_row(const cocreate_ledger *ledger, size_t index, const cci_line *line,
                      cci_buffer *b)
{
    static const char *const kinds[] = {"posted", "reversal", "pending", "settlement", "void"};
    const cci_posting *entry = &ledger->entries[index];
    cci_buffer_format(b, "%zu,", index + 1);
    field(b, entry->key);
    cci_buffer_format(b, ",%" PRId64 ",%s,", entry->at, kinds[entry->kind]);
    field(b, entry->about == CCI_TABLE_NONE ? NULL : ledger->entries[entry->about].key);
    cci_buffer_byte(b, ',');
    field(b, entry->memo);
    cci_buffer_byte(b, ',');
    if (line != NULL) {
        const cci_balance *balance = &ledger->balances[line->balance];
        field(b, cci_balance_account(balance));
        cci_buffer_format(b, ",%s,%" PRId64 "\r\n", balance->name, line->minor);
    } else {
        cci_buffer_text(b, ",,\r\n");
    }
}

cocreate_status cocreate_ledger_rows(const cocreate_ledger *ledger, cocreate_text **out,
                                     cocreate_error *error)
{
    cci_buffer b;
    cci_buffer_init(&b, &ledger->allocator);
    cci_buffer_text(&b, "n,key,at,kind,about,memo,account,currency,minor\r\n");
    for (size_t i = 0; i < ledger->n; i++) {
        const cci_posting *entry = &ledger->entries[i];
        for (size_t k = 0; k < entry->n; k++)
            write_row(ledger, i, &entry->lines[k], &b);
        if (entry->n == 0)
            write_row(ledger, i, NULL, &b);
    }
    cocreate_status status = cci_buffer_finish(&b, out, error);
    cci_buffer_free(&b);
    return status;
}
