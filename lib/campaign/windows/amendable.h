/* What may be amended in a published brief: relaxed at once; tightened with notice. */
#ifndef CCI_CAMPAIGN_AMENDABLE_H
#define CCI_CAMPAIGN_AMENDABLE_H

#include "campaign/engine.h"

/* Compares the brief of the campaign with `after`, member by member. `from` is when the change is to be in
 * force, INT64_MIN for at once; `now` when it is asked for. A change that needs notice, or that reaches what
 * a round that opens before `from` goes by, is refused with the member that it changes. */
cocreate_status cci_amendable(const cci_campaign *c, const json_t *after, int64_t from, int64_t now,
                              cocreate_error *error);

#endif
