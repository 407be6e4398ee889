/* Awards that are made again on a result that changed. */
#ifndef CCI_CAMPAIGN_MONEY_ADJUST_H
#define CCI_CAMPAIGN_MONEY_ADJUST_H

#include "campaign/money/book.h"

/* Where the scheme of these awards, all of one reward, promotes: the event that makes its awards again
 * without their entries. Of an entry that others have awards for, too, nothing is taken away: the
 * others keep theirs, and the share that is declined stays in the fund. */
cocreate_status cci_promote_decide(cci_engine *e, cci_campaign *c,
                                   const char *const *awards, size_t n, cci_decision *decision,
                                   cocreate_error *error);

#endif
