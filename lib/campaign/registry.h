/* Looking up commands and events, and checking a command against its table of parameters. */
#ifndef CCI_CAMPAIGN_REGISTRY_H
#define CCI_CAMPAIGN_REGISTRY_H

#include "campaign/engine.h"

/* By name, or NULL. */
const cci_command_type *cci_command_find(const char *name);
const cci_event_type *cci_event_find(const char *type);
/* The command that a misspelt name is nearest to, or NULL. */
const char *cci_command_nearest(const char *name);

/* Members that the command does not have, that are missing or of another type are
 * COCREATE_ERR_SCHEMA with their path. */
cocreate_status cci_parameters_check(const cci_command_type *type, const json_t *body,
                                     cocreate_error *error);

#endif
