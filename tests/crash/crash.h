/* A writer that runs numbered commands on a store is killed again and again, and what it reported is
 * looked for in the store. */
#ifndef TESTS_CRASH_H
#define TESTS_CRASH_H

#include "cocreate/campaign.h"

/* The platform that is killed. */
typedef struct crash_story {
    const char *name; /* of its folder and in messages */
    uint64_t longest; /* the longest a writer lives, in microseconds; the shortest is 2,000 */
    const char *extra; /* what `look` counts, or NULL */
    void (*prepare)(const char *path, unsigned long kills);
    /* Command `number`: one event, and the same again is COCREATE_EXISTS. */
    cocreate_status (*command)(cocreate_store *store, uint64_t number, cocreate_error *error);
    /* After the commands from .. to - 1 were looked for: how much is wrong; or NULL. */
    uint64_t (*look)(cocreate_store *store, uint64_t from, uint64_t to);
} crash_story;

/* kills, seed and "lie" of the command line; the exit status. */
int crash_run(const crash_story *story, int argc, char **argv);

/* The name of the program in messages: first of all. */
void crash_begin(const char *name);
uint64_t crash_random(uint64_t *state);
/* End the program with a message unless the status is COCREATE_OK. */
void crash_must(cocreate_status status, const char *what, const cocreate_error *error);
void crash_give_up(const char *what, const char *why);
cocreate_store *crash_open(const char *path);

#endif
