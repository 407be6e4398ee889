/* The journal of a campaign: rows of the store, a ledger of floor 4 while it is written. */
#ifndef CCI_CAMPAIGN_MONEY_JOURNAL_H
#define CCI_CAMPAIGN_MONEY_JOURNAL_H

#include "campaign/engine.h"

/* The journal, rebuilt from its rows with every hash checked when it is first asked for, then kept with
 * the campaign. Only apply may post to it: what is undone is forgotten with the campaign. */
cocreate_status cci_journal_get(cci_engine *e, cci_campaign *c, cocreate_ledger **out,
                                cocreate_error *error);

/* Write the entries from number `from` (0-based) on as rows. */
cocreate_status cci_journal_save(cci_engine *e, const cci_campaign *c,
                                 const cocreate_ledger *ledger, size_t from,
                                 cocreate_error *error);

/* One transfer: `minor` > 0 from one account to another. */
typedef struct cci_transfer {
    const char *key, *memo; /* memo may be NULL */
    const char *from, *to;
    const char *currency;
    int64_t minor;
} cci_transfer;

cocreate_status cci_journal_transfer(cocreate_ledger *ledger, int64_t at, const cci_transfer *t,
                                     cocreate_error *error);

/* "a:b" or "a:b:c" (c may be NULL) in memory of the engine. NULL when memory is short. */
char *cci_account(const cci_engine *e, const char *a, const char *b, const char *c);

#endif
