/* What an actor may not see, a refusal does not tell. */
#ifndef CCI_CAMPAIGN_HIDDEN_H
#define CCI_CAMPAIGN_HIDDEN_H

#include "campaign/engine.h"

/* How the command would be refused if the contributions that it names, and its actor may not see, did not
 * exist. COCREATE_OK where it names none, or where that would not refuse it: an id that is taken is. */
cocreate_status cci_hidden_refuse(cci_engine *e, const cci_command_type *type, const cci_command *command,
                                  cocreate_error *error);

#endif
