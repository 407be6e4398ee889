#include "campaign/money/journal.h"

#include <stdio.h>
#include <string.h>

#define ENTRY_ID 24

static void entry_id(size_t number, char out[ENTRY_ID])
{
    snprintf(out, ENTRY_ID, "%012zu", number);
}

static cocreate_status add_line(void *user, const char *id, json_t *doc, cocreate_error *error)
{
    cci_buffer *lines = user;
    (void)id;
    CCI_TRY(cci_json_canonical(doc, lines, error));
    cci_buffer_byte(lines, '\n');
    return lines->failed ? cci_no_memory(error) : COCREATE_OK;
}

cocreate_status cci_journal_get(cci_engine *e, cci_campaign *c, cocreate_ledger **out,
                                cocreate_error *error)
{
    cci_buffer lines;
    if (c->ledger) {
        *out = c->ledger;
        return COCREATE_OK;
    }
    cci_buffer_init(&lines, &e->allocator);
    cocreate_status status =
        cci_state_scan(e, c->part, CCI_KIND_ENTRY, NULL, add_line, &lines, error);
    if (status == COCREATE_OK && lines.size == 0)
        status = cocreate_ledger_new(&e->allocator, &c->ledger, error);
    else if (status == COCREATE_OK)
        status = cocreate_ledger_decode(&e->allocator, lines.data, lines.size, &c->ledger,
                                       error);
    cci_buffer_free(&lines);
    if (status == COCREATE_OK)
        *out = c->ledger;
    return status;
}

cocreate_status cci_journal_save(cci_engine *e, const cci_campaign *c,
                                 const cocreate_ledger *ledger, size_t from,
                                 cocreate_error *error)
{
    for (size_t i = from; i < cocreate_ledger_count(ledger); i++) {
        const char *text = cocreate_ledger_entry(ledger, i);
        char id[ENTRY_ID];
        json_t *doc;
        CCI_TRY(cci_json_parse(text, strlen(text), &doc, error));
        entry_id(i, id);
        cocreate_status status = cci_state_put(e, c->part, CCI_KIND_ENTRY, id, doc, error);
        json_decref(doc);
        CCI_TRY(status);
    }
    return COCREATE_OK;
}

cocreate_status cci_journal_transfer(cocreate_ledger *ledger, int64_t at, const cci_transfer *t,
                                     cocreate_error *error)
{
    const char *accounts[2] = {t->from, t->to};
    const char *currencies[2] = {t->currency, t->currency};
    int64_t minor[2] = {-t->minor, t->minor};
    assert(t->minor > 0);
    return cocreate_ledger_post(ledger, t->key, at, t->memo, accounts, currencies, minor, 2, error);
}

char *cci_account(const cci_engine *e, const char *a, const char *b, const char *c)
{
    cci_buffer text;
    cci_buffer_init(&text, &e->allocator);
    cci_buffer_text(&text, a);
    cci_buffer_byte(&text, ':');
    cci_buffer_text(&text, b);
    if (c) {
        cci_buffer_byte(&text, ':');
        cci_buffer_text(&text, c);
    }
    char *account = text.failed ? NULL : cci_strndup(&e->allocator, text.data, text.size);
    cci_buffer_free(&text);
    return account;
}
