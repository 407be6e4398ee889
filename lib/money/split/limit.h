/* The cap on shares. */
#ifndef CCI_MONEY_SPLIT_LIMIT_H
#define CCI_MONEY_SPLIT_LIMIT_H

#include "money/split/claims.h"

/* Water-filling: give the cap to everybody whose quota is above it, take these out, and repeat with
 * what is left of the pool, until every quota is within the cap.
 *
 * Writes the shares of those taken out and leaves the others in `who` (in the order of the list)
 * and the rest of the pool in the claims. `who` is the array that claims->who points to. */
cocreate_status cci_limit(cci_claims *claims, uint32_t *who, uint64_t *shares,
                          cocreate_error *error);

#endif
