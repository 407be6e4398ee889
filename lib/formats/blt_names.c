/* Reading BLT: the names. They stand one a line, in quotes or bare; or several on a line, all in
 * quotes; or in comments as PrefLib has them, "# ALTERNATIVE NAME 1: Adam". What stands behind the
 * last name, a title first, is passed over. */
#include <stdio.h>

#include "formats/blt.h"

/* One name; s and size are what stands in the file, doubled quotes and all. */
typedef struct name {
    const char *s;
    size_t size;
    int escaped;
} name;

/* From the opening quote to behind the closing one. A quote within is doubled. */
static cocreate_status read_quoted(cci_blt_reader *b, name *out)
{
    cci_reader *r = b->r;
    const char *start = r->at + 1, *s = start;
    *out = (name){start, 0, 0};
    for (;; s += 2) {
        while (s < r->end && *s != '"' && *s != '\n')
            s++;
        if (s == r->end || *s == '\n')
            return cci_reader_fail(r, COCREATE_ERR_PARSE, "a name in quotes does not end");
        if (s + 1 == r->end || s[1] != '"')
            break;
        out->escaped = 1;
    }
    out->size = (size_t)(s - start);
    r->at = s + 1;
    if (r->at < r->end && !cci_blt_is_blank(*r->at) && *r->at != '#')
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "expected a blank after the closing quote of a name (a quote within "
                               "a name is doubled)");
    return COCREATE_OK;
}

/* The rest of the line, without what a table leaves at its end. */
static void read_bare(cci_blt_reader *b, name *out)
{
    cci_reader *r = b->r;
    const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    const char *end = stop ? stop : r->end;
    *out = (name){r->at, (size_t)(end - r->at), 0};
    while (out->size > 0 && cci_blt_is_blank(out->s[out->size - 1]))
        out->size--;
    r->at = end;
}

/* Does a comment begin here that names a candidate? Then go on to the name. */
static int skip_preflib_key(cci_blt_reader *b, size_t index)
{
    char key[64];
    cci_reader *r = b->r;
    int size = snprintf(key, sizeof key, "# ALTERNATIVE NAME %zu: ", index + 1);
    if (r->end - r->at < size || memcmp(r->at, key, (size_t)size) != 0)
        return 0;
    r->at += size;
    return 1;
}

/* The next name, that of candidate `index`; *more = 0 at the end of the file. */
static cocreate_status next_name(cci_blt_reader *b, size_t index, name *out, int *more)
{
    cci_reader *r = b->r;
    int keyed = 0;
    while (r->at < r->end && !keyed && (cci_blt_is_blank(*r->at) || *r->at == '#')) {
        if (*r->at != '#')
            b->next_line += *r->at++ == '\n';
        else if (!(keyed = skip_preflib_key(b, index)))
            while (r->at < r->end && *r->at != '\n')
                r->at++;
    }
    r->line = b->next_line;
    *more = r->at < r->end;
    if (!*more)
        return COCREATE_OK;
    if (*r->at == '"' && !keyed)
        return read_quoted(b, out);
    read_bare(b, out);
    return COCREATE_OK;
}

/* A copy with single quotes for doubled ones. */
static char *unescape(const cocreate_allocator *a, const name *n, size_t *size)
{
    char *copy = cci_alloc(a, n->size, 1);
    *size = 0;
    for (size_t i = 0; copy && i < n->size; i++) {
        i += n->s[i] == '"';
        copy[(*size)++] = n->s[i];
    }
    return copy;
}

static cocreate_status set_name(cci_blt_reader *b, size_t index, const name *n)
{
    const cocreate_allocator *a = cci_profile_allocator(b->r->profile);
    if (!n->escaped)
        return cci_reader_rename(b->r, index, n->s, n->size);
    size_t size;
    char *copy = unescape(a, n, &size);
    if (!copy)
        return cci_no_memory(b->r->error);
    cocreate_status status = cci_reader_rename(b->r, index, copy, size);
    cci_free(a, copy);
    return status;
}

cocreate_status cci_blt_read_names(cci_blt_reader *b)
{
    for (size_t i = 0; i < b->n_options; i++) {
        name n = {"", 0, 0};
        int more;
        CCI_TRY(next_name(b, i, &n, &more));
        if (!more && i == 0) /* names are for people; without any, the numbers do */
            return COCREATE_OK;
        if (!more)
            return cci_reader_fail(b->r, COCREATE_ERR_PARSE,
                                   "the file ends after %zu of %zu names", i, b->n_options);
        CCI_TRY(set_name(b, i, &n));
    }
    return COCREATE_OK;
}
