/* Parallel universes: all orders in which tied options may be eliminated. */
#ifndef CCI_RANKING_ELIMINATION_UNIVERSES_H
#define CCI_RANKING_ELIMINATION_UNIVERSES_H

#include "ranking/elimination/rounds.h"

/* Most sets of continuing options that are followed when every order is asked for. */
#define CCI_UNIVERSES_MAX 65536
/* The same where only nothing else was told. */
#define CCI_UNIVERSES_DEFAULT 4096

/* From the options that continue on: the places of each range over all universes, and *count is
 * how many sets of options were met. Ties the chain breaks do not fork. With more than `limit`
 * sets, *count is 0 and the places of those who continue say nothing. */
cocreate_status cci_universes(cci_rounds *rounds, const uint8_t *continuing, size_t limit,
                              size_t *count, cocreate_error *error);

#endif
