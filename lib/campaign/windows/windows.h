/* Time as a campaign counts it: phases that the firm moves on, a lane for what is late, pauses.
 *
 * While a campaign is paused nothing is submitted, voted, decided or due. On resuming, the clocks of what
 * has not closed move by the pause, unless the brief says "pause": "keeps". The document keeps the
 * pauses: [{"from", "until"}], the last without "until" while it lasts. */
#ifndef CCI_CAMPAIGN_WINDOWS_H
#define CCI_CAMPAIGN_WINDOWS_H

#include "campaign/engine.h"

/* Has every phase that allows `flag` closed, and does one of them take what is late? */
int cci_late_lane(const cci_campaign *c, int64_t at, unsigned flag);

/* The instant at which `us` microseconds have passed since `from`, the pauses since then not counted
 * where they shift clocks. A pause that lasts is not known yet. */
int64_t cci_deadline(const cci_campaign *c, int64_t from, int64_t us);

#endif
