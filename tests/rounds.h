/* A campaign for tests of rounds: a firm, customers c1..c9, contributions a..e by c1..c5, one round.
 *
 * Times are microseconds from 0: published at 10, submissions in [10, 100), the round in [100, 200).
 */
#ifndef COCREATE_TESTS_ROUNDS_H
#define COCREATE_TESTS_ROUNDS_H

#include "commands.h"

#define ROUND_FIRM "{'at':0,'actor':'host','do':'participant.put','participant':'firm','side':'firm'}"

/* The campaign "x" with these rounds and more members of the brief, up to its submissions. */
static inline cocreate_store *open_round_with(const cocreate_allocator *allocator,
                                              const char *rounds, const char *more)
{
    cocreate_store *store = open_store_with(allocator, NULL);
    char command[4096];
    done(store, ROUND_FIRM);
    for (int i = 1; i <= 9; i++) {
        snprintf(command, sizeof command,
                 "{'at':0,'actor':'host','do':'participant.put','participant':'c%d',"
                 "'side':'customer'}",
                 i);
        done(store, command);
    }
    snprintf(command, sizeof command,
             "{'at':0,'actor':'firm','do':'campaign.create','campaign':'x','brief':{"
             "'brief':'cocreate.brief/1','title':'A round','mode':'collaborating',"
             "'control':'open','contributors':['customer'],'extra_fields':true,"
             "'phases':[{'id':'in','after_us':0,'for_us':90,"
             "'allows':['submit','withdraw']},{'id':'vote','after_us':90,'for_us':100,"
             "'allows':['vote','decide','run','withdraw']}],'rounds':[%s]%s}}",
             rounds, more);
    done(store, command);
    done(store, "{'at':10,'actor':'firm','do':'campaign.publish','campaign':'x'}");
    for (int i = 1; i <= 5; i++) {
        snprintf(command, sizeof command,
                 "{'at':%d,'actor':'c%d','do':'contribution.submit','campaign':'x',"
                 "'contribution':'%c','title':'Idea %c','cost':%d}",
                 10 + i, i, 'a' + i - 1, 'A' + i - 1, 100 * i);
        done(store, command);
    }
    return store;
}

static inline cocreate_store *open_round(const char *rounds)
{
    return open_round_with(NULL, rounds, "");
}

/* A ballot by the command, in round "r" at 150. `ballot` as "{'a':1}". */
static inline void ballot(cocreate_store *store, const char *voter, const char *votes)
{
    char command[512];
    snprintf(command, sizeof command,
             "{'at':150,'actor':'%s','do':'ballot.cast','campaign':'x','round':'r','ballot':%s}",
             voter, votes);
    done(store, command);
}

#endif
