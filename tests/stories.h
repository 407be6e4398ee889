/* The stories of tests/scenarios, line by line. */
#ifndef COCREATE_TESTS_STORIES_H
#define COCREATE_TESTS_STORIES_H

#include "commands.h"

#ifndef COCREATE_SOURCE_DIR
#error "COCREATE_SOURCE_DIR must be defined"
#endif

/* A file of a story: "jsonl" the commands, "expected.json" what must come of them. Free with free(). */
static inline char *story_part(const char *name, const char *ending)
{
    char path[512];
    size_t size;
    snprintf(path, sizeof path, "%s/tests/scenarios/%s.%s", COCREATE_SOURCE_DIR, name, ending);
    return read_file(path, &size);
}

typedef struct story_line {
    const char *next; /* starts at the script */
    const char *text; /* of the line, not ended by a NUL */
    size_t size;
    int number; /* from 1 */
} story_line;

/* Goes to the next line; 0 at the end. */
static inline int story_next(story_line *line)
{
    if (!*line->next)
        return 0;
    const char *end = strchr(line->next, '\n');
    line->text = line->next;
    line->size = end ? (size_t)(end - line->next) : strlen(line->next);
    line->next = end ? end + 1 : line->next + line->size;
    line->number++;
    return 1;
}

/* Visit the name of every preset: each has a story. */
static inline void story_each(void (*tell)(const char *name))
{
    for (size_t i = 0; i < cocreate_preset_count(); i++) {
        cocreate_preset preset = {.size = sizeof preset};
        assert_status(cocreate_preset_at(i, &preset, &check_error), COCREATE_OK);
        tell(preset.name);
    }
}

#endif
