/* Parallel universes: all orders in which tied options may be eliminated. */
#ifndef CCI_RANKING_ELIMINATION_UNIVERSES_H
#define CCI_RANKING_ELIMINATION_UNIVERSES_H

#include "ranking/elimination/process.h"

/* Most sets of continuing options that are followed when every order is asked for. */
#define CCI_UNIVERSES_MAX 65536
/* The same where only nothing else was told. */
#define CCI_UNIVERSES_DEFAULT 4096

/* From the set that continues on: the places of each option range over all universes, and *count is
 * how many sets of options were met. Ties the chain breaks do not fork. With more than `limit`
 * sets, *count is 0 and the places of those who continue say nothing. The last look is of another
 * set afterwards. */
cocreate_status cci_universes(cci_process *p, size_t limit, size_t *count, cocreate_error *error);

#endif
