/* Campaign 'c' and the people of a store: what the tests of commands start from. */
#ifndef COCREATE_TESTS_CAMPAIGN_H
#define COCREATE_TESTS_CAMPAIGN_H

#include "commands.h"

#define BRIEF_HEAD "'brief':'cocreate.brief/1','title':'T',"
#define PHASES                                                                           \
    "'phases':[{'id':'p','opens':100,'closes':200,'allows':['submit','revise','withdraw']}," \
    "{'id':'q','opens':300,'closes':400,'allows':['withdraw','decide']}]"
#define FIXED                                                                          \
    BRIEF_HEAD "'mode':'submitting','contributors':['customer','public'],"             \
               "'form':[{'key':'n','type':'integer','required':true,'min':1,'max':8}]," PHASES
#define OPEN BRIEF_HEAD "'mode':'tinkering','contributors':['customer']," PHASES

/* A store with people of every side and campaign 'c' of this brief (its members), published at
 * 0. */
static inline cocreate_store *begin(const char *brief)
{
    static const char *const people[][2] = {{"boss", "firm"},    {"ann", "customer"},
                                            {"bob", "customer"}, {"cat", "customer"},
                                            {"pat", "public"},   {"rex", "partner"}};
    char command[4096];
    cocreate_store *store = open_store();
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        assert_status(cocreate_participant_put(store, 0, "host", people[i][0], people[i][1], NULL,
                                               &check_error),
                      COCREATE_OK);
    snprintf(command, sizeof command,
             "{'at':0,'actor':'boss','do':'campaign.create','campaign':'c','brief':{%s}}", brief);
    done(store, command);
    done(store, "{'at':0,'actor':'boss','do':'campaign.publish','campaign':'c'}");
    return store;
}

#define SUBMIT(at, actor, id, more)                                             \
    "{'at':" #at ",'actor':'" actor "','do':'contribution.submit','campaign':'c'," \
    "'contribution':'" id "'" more "}"
#define ON(at, actor, verb, id, more)                                            \
    "{'at':" #at ",'actor':'" actor "','do':'contribution." verb "','campaign':'c'," \
    "'contribution':'" id "'" more "}"
#define N(value) ",'fields':{'n':" #value "}"

#endif
