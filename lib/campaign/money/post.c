/* Awards into a journal without a store: all or none. */

#include "campaign/money/journal.h"
#include "ledger/journal.h"

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
    if (!ledger || !awards || !prefix)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "no %s is given",
                        !ledger ? "journal" : !awards ? "awards" : "prefix");
    size_t before = cocreate_ledger_count(ledger);
    cocreate_status status = post_awards(ledger, awards, prefix, at, error);
    if (status < 0)
        cci_ledger_rollback(ledger, before);
    return status;
}
