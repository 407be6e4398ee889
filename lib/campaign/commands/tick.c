/* {"do":"tick"}: time passes. What is due has happened before the command itself. */
#include "campaign/commands.h"

static cocreate_status decide(cci_engine *e, const cci_command *command, cci_decision *decision,
                              cocreate_error *error)
{
    (void)e;
    (void)error;
    decision->exists = command->transitions == 0;
    return COCREATE_OK;
}

static const cci_parameter parameters[] = {{NULL, NULL, 0, NULL}};

const cci_command_type cci_command_tick = {
    "tick", "Let happen what is due: phases open and close, rounds are tallied", parameters, NULL,
    decide, 0};
