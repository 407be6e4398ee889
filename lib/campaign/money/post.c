/* Awards into a journal without a store: all or none, so they are posted to a copy first. */
#include <string.h>

#include "campaign/money/journal.h"
#include "ledger/journal.h"

static cocreate_status copy_ledger(const cocreate_ledger *ledger, cocreate_ledger **out,
                                   cocreate_error *error)
{
    cocreate_text *text;
    CCI_TRY(cocreate_ledger_encode(ledger, &text, error));
    cocreate_status status = cocreate_ledger_decode(
        &ledger->allocator, cocreate_text_data(text), cocreate_text_size(text), out, error);
    cocreate_text_free(text);
    return status;
}

/* "escrow:" "prize", "payable:" "ana", "award:" "0d9e..": names in one buffer, NULs between. */
static cocreate_status post_award(cocreate_ledger *ledger, const cocreate_award *award,
                                  const char *prefix, int64_t at, cci_buffer *names,
                                  cocreate_error *error)
{
    cci_buffer_clear(names);
    cci_buffer_format(names, "%s%s", prefix, award->fund);
    cci_buffer_byte(names, 0);
    size_t payable = names->size;
    cci_buffer_format(names, "payable:%s", award->to);
    cci_buffer_byte(names, 0);
    size_t key = names->size;
    cci_buffer_format(names, "award:%s", award->id);
    if (names->failed)
        return cci_no_memory(error);
    cci_transfer t = {names->data + key,     award->rule,     names->data,
                      names->data + payable, award->currency, award->minor};
    return cci_journal_transfer(ledger, at, &t, error);
}

/* COCREATE_EXISTS if every award was there. */
static cocreate_status post_awards(cocreate_ledger *ledger, const cocreate_awards *awards,
                                   const char *prefix, int64_t at, cocreate_error *error)
{
    size_t before = cocreate_ledger_count(ledger);
    cocreate_status status = COCREATE_OK;
    cci_buffer names;
    cci_buffer_init(&names, &ledger->allocator);
    for (size_t i = 0; i < cocreate_awards_count(awards) && status >= 0; i++) {
        cocreate_award award = {.size = sizeof award};
        status = cocreate_awards_at(awards, i, &award, error);
        if (status == COCREATE_OK && award.fund && award.minor > 0)
            status = post_award(ledger, &award, prefix, at, &names, error);
    }
    cci_buffer_free(&names);
    if (status < 0)
        return status;
    return cocreate_ledger_count(ledger) == before ? COCREATE_EXISTS : COCREATE_OK;
}

cocreate_status cocreate_awards_post(cocreate_ledger *ledger, const cocreate_awards *awards,
                                     const char *prefix, int64_t at, cocreate_error *error)
{
    cocreate_ledger *copy;
    if (!ledger || !awards || !prefix)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no %s is given",
                        !ledger ? "journal" : !awards ? "awards" : "prefix");
    CCI_TRY(copy_ledger(ledger, &copy, error));
    cocreate_status status = post_awards(copy, awards, prefix, at, error);
    if (status == COCREATE_OK)
        cci_ledger_swap(ledger, copy);
    cocreate_ledger_free(copy);
    return status;
}
