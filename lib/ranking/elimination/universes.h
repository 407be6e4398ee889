/* Parallel universes: all orders in which tied options may be eliminated. */
#ifndef CCI_RANKING_ELIMINATION_UNIVERSES_H
#define CCI_RANKING_ELIMINATION_UNIVERSES_H

#include "ranking/elimination/rounds.h"

/* Most sets of continuing options that are followed. */
#define CCI_UNIVERSES_MAX 65536

/* From the options that continue on: the places of each range over all universes, and *count is
 * how many sets of options were met. Ties the chain breaks do not fork. COCREATE_ERR_LIMIT past
 * CCI_UNIVERSES_MAX sets. */
cocreate_status cci_universes(cci_rounds *rounds, const uint8_t *continuing, size_t *count,
                              cocreate_error *error);

#endif
