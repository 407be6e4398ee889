/* Commands as tests write them: with ' for ", which JSON strings of tests do not need otherwise.
 *
 *     cocreate_store *store = open_store(NULL);
 *     done(store, "{'at':1,'actor':'host','do':'tick'}");
 *     refused(store, "{'at':2, ...}", COCREATE_ERR_REFUSED, "$.phases[0]: ...");
 */
#ifndef COCREATE_TESTS_COMMANDS_H
#define COCREATE_TESTS_COMMANDS_H

#include "check.h"

#include "cocreate/cocreate.h"

/* The text with every ' turned into ". Free with free(). */
static inline char *quoted(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    assert_non_null(copy);
    for (size_t i = 0; i < size; i++)
        copy[i] = text[i] == '\'' ? '"' : text[i];
    return copy;
}

static inline cocreate_status execute(cocreate_store *store, const char *command,
                                      cocreate_text **out)
{
    char *json = quoted(command);
    memset(&check_error, 0, sizeof check_error);
    cocreate_status status = cocreate_execute(store, json, strlen(json), out, &check_error);
    free(json);
    return status;
}

#define done(store, command) command_is_((store), (command), COCREATE_OK, NULL, __FILE__, __LINE__)
#define exists(store, command) \
    command_is_((store), (command), COCREATE_EXISTS, NULL, __FILE__, __LINE__)
#define refused(store, command, status, text) \
    command_is_((store), (command), (status), (text), __FILE__, __LINE__)

static inline void command_is_(cocreate_store *store, const char *command,
                               cocreate_status expected, const char *text, const char *file,
                               int line)
{
    cocreate_status status = execute(store, command, NULL);
    if (status >= 0 && check_error.text[0] != '\0')
        text = "(nothing: it is a success)";
    if (status == expected && (text == NULL || strcmp(check_error.text, text) == 0))
        return;
    print_error("%s\n  is %s, expected %s\n  text:     %s\n  expected: %s\n", command,
                cocreate_status_name(status), cocreate_status_name(expected), check_error.text,
                text ? text : "(any)");
    _fail(file, line);
}

static inline cocreate_store *open_store_with(const cocreate_allocator *allocator,
                                              const cocreate_store_options *options)
{
    cocreate_store *store = NULL;
    assert_status(cocreate_store_open(allocator, ":memory:", options, &store, &check_error),
                  COCREATE_OK);
    return store;
}

static inline cocreate_store *open_store(void)
{
    return open_store_with(NULL, NULL);
}

/* All events from a number on, one a line. Free with cocreate_text_free(). */
static inline cocreate_text *events_from(cocreate_store *store, uint64_t from)
{
    cocreate_text *text = NULL;
    assert_status(cocreate_events(store, from, 0, &text, &check_error), COCREATE_OK);
    return text;
}

/* What cocreate_show() says of a campaign holds this text (written with '). */
#define shows(store, campaign, text) shows_((store), (campaign), (text), __FILE__, __LINE__)

static inline void shows_(cocreate_store *store, const char *campaign, const char *text,
                          const char *file, int line)
{
    cocreate_text *shown = NULL;
    char *wanted = quoted(text);
    assert_status(cocreate_show(store, campaign, &shown, &check_error), COCREATE_OK);
    int found = strstr(cocreate_text_data(shown), wanted) != NULL;
    if (!found)
        print_error("%s\n  does not hold %s\n", cocreate_text_data(shown), wanted);
    cocreate_text_free(shown);
    free(wanted);
    if (!found)
        _fail(file, line);
}

/* Let everything happen, see that the store verifies, close it. */
static inline void verified_close(cocreate_store *store)
{
    assert_status(cocreate_verify(store, NULL, 0, NULL, NULL, &check_error), COCREATE_OK);
    cocreate_store_close(store);
}

#endif
