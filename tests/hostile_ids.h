/* Ids that are legal and look for trouble. */
#ifndef COCREATE_TESTS_HOSTILE_IDS_H
#define COCREATE_TESTS_HOSTILE_IDS_H

#include "check.h"

#define IDS 500

/* Pieces of trouble: SQL, paths, formats, JSON, right-to-left, emoji, long characters, lone quotes,
 * separators, characters that look like nothing. No control characters: an id has none. */
static const char *const pieces[] = {
    "'", "\"", "`", ";", "--", "/*", "*/", "\\", "%s%n", "%00", "'; DROP TABLE event;--",
    "' OR 1=1", "../..", "/etc/passwd", "C:\\", "{}", "[]", "{\"a\":1}", "$.x", "null", "true", "0", "-1",
    "1e9",
    " ", "  ", "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\xae", "\xef\xbb\xbf", "\xe2\x80\xa8",
    "\xf0\x9f\x98\x80", "\xd8\xb9", "\xcc\x81", "\xe4\xb8\xad", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf",
    "\xc2\x80", "<script>", "&amp;", "|", "?", "*", "~", "^", "#", "@", "!", "=", "+", ",", ":",
};

#define PIECES (sizeof pieces / sizeof *pieces)

/* The i-th id: distinct, 1 to 128 bytes; every seventh fills all 128. */
static inline void make_id(size_t i, char id[COCREATE_ID_MAX + 1])
{
    uint32_t random = (uint32_t)i * 2654435761u + 1;
    size_t length = (size_t)snprintf(id, COCREATE_ID_MAX + 1, "%s%x", pieces[i % PIECES],
                                     (unsigned)i);
    for (unsigned n = 0; n < 12; n++) {
        random = random * 1664525u + 1013904223u;
        const char *piece = pieces[(random >> 16) % PIECES];
        if (length + strlen(piece) > COCREATE_ID_MAX || (i % 7 != 0 && n > i % 4))
            break;
        memcpy(id + length, piece, strlen(piece) + 1);
        length += strlen(piece);
    }
    if (i % 7 == 0) {
        memset(id + length, 'x', COCREATE_ID_MAX - length);
        id[COCREATE_ID_MAX] = '\0';
    }
}

#endif
