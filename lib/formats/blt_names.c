/* Reading BLT: the names. They stand one a line, in quotes or bare; or several on a line, all in
 * quotes; or in comments as PrefLib has them, "# ALTERNATIVE NAME 1: Adam". Where every name has a
 * line, a second one in quotes beside it is a party. What stands behind the last name, a title
 * first, is passed over. */
#include <stdio.h>

#include "formats/blt.h"

/* From the opening quote to behind the closing one. A quote within is doubled. */
static cocreate_status read_quoted(cci_blt_reader *b, cci_buffer *name)
{
    cci_reader *r = b->r;
    const char *s = r->at + 1;
    for (;; s++) {
        while (s < r->end && *s != '"' && *s != '\n')
            cci_buffer_byte(name, (uint8_t)*s++);
        if (s == r->end || *s == '\n')
            return cci_reader_fail(r, COCREATE_ERR_PARSE, "a name in quotes does not end");
        if (s + 1 == r->end || s[1] != '"')
            break;
        cci_buffer_byte(name, (uint8_t)*s++);
    }
    r->at = s + 1;
    if (r->at < r->end && !cci_blt_is_blank(*r->at) && *r->at != '#')
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "expected a blank after the closing quote of a name (a quote within "
                               "a name is doubled)");
    return COCREATE_OK;
}

/* The rest of the line, without what a table leaves at its end. */
static void read_bare(cci_blt_reader *b, cci_buffer *name)
{
    cci_reader *r = b->r;
    const char *start = r->at, *stop = memchr(start, '\n', (size_t)(r->end - start));
    const char *end = r->at = stop ? stop : r->end;
    while (end > start && cci_blt_is_blank(end[-1]))
        end--;
    cci_buffer_add(name, start, (size_t)(end - start));
}

/* Does a comment begin at s that names a candidate? Returns where the name begins, or NULL. */
static const char *preflib_name(const char *s, const char *end, size_t index)
{
    char key[64];
    int size = snprintf(key, sizeof key, "# ALTERNATIVE NAME %zu: ", index + 1);
    return end - s >= size && memcmp(s, key, (size_t)size) == 0 ? s + size : NULL;
}

/* Go to the next name, that of candidate `index`; *keyed = 1 where it stands in a comment. Returns 0
 * at the end of the file. */
static int find_name(cci_blt_reader *b, size_t index, int *keyed)
{
    cci_reader *r = b->r;
    *keyed = 0;
    while (r->at < r->end && !*keyed && (cci_blt_is_blank(*r->at) || *r->at == '#')) {
        const char *name = preflib_name(r->at, r->end, index);
        if (name) {
            r->at = name;
            *keyed = 1;
        } else if (*r->at != '#') {
            b->next_line += *r->at++ == '\n';
        } else {
            while (r->at < r->end && *r->at != '\n')
                r->at++;
        }
    }
    r->line = b->next_line;
    return r->at < r->end;
}

/* What else stands in quotes on the line. */
static cocreate_status read_party(cci_blt_reader *b, cci_buffer *name)
{
    cci_reader *r = b->r;
    for (;;) {
        while (r->at < r->end && *r->at != '\n' && cci_blt_is_blank(*r->at))
            r->at++;
        if (r->at == r->end || *r->at != '"')
            return COCREATE_OK;
        cci_buffer_text(name, ", ");
        CCI_TRY(read_quoted(b, name));
    }
}

/* Has every name a line of its own, and where there is but one name, the title too? */
static int has_lines(const cci_blt_reader *b)
{
    const cci_reader *r = b->r;
    size_t lines = 0;
    for (const char *s = r->at; s < r->end && lines <= b->n_options; s++) {
        int content = 0;
        for (; s < r->end && *s != '\n' && *s != '#'; s++)
            content |= !cci_blt_is_blank(*s);
        while (s < r->end && *s != '\n')
            s++;
        lines += content ? 1 : 0;
    }
    return lines >= b->n_options && lines > 1;
}

static cocreate_status read_names(cci_blt_reader *b, cci_buffer *name)
{
    int lines = has_lines(b), keyed;
    for (size_t i = 0; i < b->n_options; i++) {
        int more = find_name(b, i, &keyed);
        if (!more && i == 0) /* names are for people; without any, the numbers do */
            return COCREATE_OK;
        if (!more)
            return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                                   "the file ends after %zu of %zu names", i, b->n_options);
        cci_buffer_clear(name);
        if (keyed || *b->r->at != '"') {
            read_bare(b, name);
        } else {
            CCI_TRY(read_quoted(b, name));
            if (lines)
                CCI_TRY(read_party(b, name));
        }
        if (name->failed)
            return cci_no_memory(b->r->error);
        CCI_TRY(cci_reader_rename(b->r, i, name->size > 0 ? name->data : "", name->size));
    }
    return COCREATE_OK;
}

cocreate_status cci_blt_read_names(cci_blt_reader *b)
{
    cci_buffer name;
    cci_buffer_init(&name, cci_profile_allocator(b->r->profile));
    cocreate_status status = read_names(b, &name);
    cci_buffer_free(&name);
    return status;
}
