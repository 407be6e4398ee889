/* A folder of its own for tests that write files, removed at the end. Needs POSIX; include before
 * any other header. */
#ifndef COCREATE_TESTS_FOLDER_H
#define COCREATE_TESTS_FOLDER_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "check.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct folder {
    char path[256];
} folder;

/* Path of a file in the folder; good until four calls later. */
CHECK_UNUSED static const char *folder_file(const folder *f, const char *name)
{
    static char paths[4][600];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", f->path, name);
    return path;
}

/* Number of files in the folder. */
CHECK_UNUSED static size_t folder_count(const folder *f)
{
    size_t count = 0;
    DIR *directory = opendir(f->path);
    if (!directory)
        return 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return count;
}

CHECK_UNUSED static void folder_empty(const folder *f)
{
    DIR *directory = opendir(f->path);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlink(folder_file(f, entry->d_name));
    closedir(directory);
}

/* Group or test fixtures. */
CHECK_UNUSED static int folder_setup(void **state)
{
    folder *f = calloc(1, sizeof *f);
    const char *base = getenv("TMPDIR");
    if (!f)
        return -1;
    snprintf(f->path, sizeof f->path, "%s/cocreate-XXXXXX", base && *base ? base : "/tmp");
    *state = f;
    return mkdtemp(f->path) ? 0 : -1;
}

CHECK_UNUSED static int folder_teardown(void **state)
{
    folder *f = *state;
    folder_empty(f);
    int result = rmdir(f->path);
    free(f);
    return result;
}

#endif
