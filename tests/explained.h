/* What cocreate_explain_as() says of something to somebody. */
#ifndef COCREATE_TESTS_EXPLAINED_H
#define COCREATE_TESTS_EXPLAINED_H

#include "commands.h"

#define explains(store, id, viewer, text) explains_((store), (id), (viewer), (text), 1, __FILE__, __LINE__)
#define conceals(store, id, viewer, text) explains_((store), (id), (viewer), (text), 0, __FILE__, __LINE__)

/* Is the text in what this viewer is told? */
static inline void explains_(cocreate_store *store, const char *id, const char *viewer, const char *text,
                             int expected, const char *file, int line)
{
    cocreate_text *out = NULL;
    assert_status(cocreate_explain_as(store, id, NULL, viewer, &out, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(out), text) != NULL;
    if (found != expected)
        print_error("%s\n  %s %s\n", cocreate_text_data(out), expected ? "does not hold" : "holds", text);
    cocreate_text_free(out);
    if (found != expected)
        _fail(file, line);
}

#endif
