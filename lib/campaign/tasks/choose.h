/* Which item somebody is given, or why there is none. */
#ifndef CCI_CAMPAIGN_TASKS_CHOOSE_H
#define CCI_CAMPAIGN_TASKS_CHOOSE_H

#include "campaign/rounds/cache.h"
#include "campaign/tasks/rows.h"

typedef struct cci_taking {
    cci_campaign *c;
    const cci_round_spec *spec;
    size_t round;
    const char *participant;
    const char *wanted; /* or NULL */
    int64_t at;
    json_t *lease; /* their last one, owned; or NULL */
    struct cci_round_cache *cache;
} cci_taking;

/* The first by fewest answers and leases, then published, then id, that they neither wrote nor answered nor
 * have a conflict about; what they gave back last only where nothing else is left. Costs a look at what they
 * answered among those that come first. COCREATE_ERR_NOT_FOUND counts what is against each item. */
cocreate_status cci_tasks_next(cci_engine *e, cci_taking *t, char out[COCREATE_ID_MAX + 1],
                               cocreate_error *error);
/* The one they name, or a refusal that says what is against it. */
cocreate_status cci_tasks_wanted(cci_engine *e, cci_taking *t, char out[COCREATE_ID_MAX + 1],
                                 cocreate_error *error);

#endif
