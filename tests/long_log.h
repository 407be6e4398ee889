/* A log with every type of event, about 1,000 of them: the two tales of tests/oom, told side by side, and
 * after them stories of tests/scenarios. */
#ifndef COCREATE_TESTS_LONG_LOG_H
#define COCREATE_TESTS_LONG_LOG_H

#include "check.h"

#include "cocreate/cocreate.h"

/* A new store at this path with the whole log. */
cocreate_store *long_log_open(const char *path);
/* The tales alone, up to the command `end`: `seen` is told of each before it is run. */
typedef void (*long_log_listener)(void *user, const char *command);
void long_log_tales(cocreate_store *store, size_t end, long_log_listener seen, void *user);

#endif
