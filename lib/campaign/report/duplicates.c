/* Works whose texts are nearly the same: pieces of five characters, MinHash in 16 bands of 4, the
 * exact Jaccard index of what meets there. Nothing is decided: who came first is said, and people
 * look. */
#include <string.h>

#include "base/text.h"
#include "campaign/report/facts.h"
#include "campaign/report/similar.h"

#define PIECE 5 /* characters */
#define BANDS 16
#define ROWS 4

/* Texts one after another, small letters of ASCII, blanks and line ends as one blank. */
static void add_text(cci_buffer *out, const char *text)
{
    for (; *text; text++) {
        char c = *text;
        int blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!blank)
            cci_buffer_byte(out, (uint8_t)c);
        else if (out->size > 0 && out->data[out->size - 1] != ' ')
            cci_buffer_byte(out, ' ');
    }
    cci_buffer_byte(out, ' ');
}

/* What is private is not compared for others: that it is the same would tell something of it. */
static int is_kept_back(const cci_known *f, const char *key)
{
    const cci_brief *b = &f->c->brief;
    for (size_t i = 0; i < b->n_fields && !f->viewer->firm; i++)
        if (b->fields[i].secret && strcmp(b->fields[i].key, key) == 0)
            return 1;
    return 0;
}

static void gather(const cci_known *f, cci_buffer *out, const json_t *doc)
{
    const char *key, *title = json_string_value(json_object_get(doc, "title"));
    json_t *value;
    if (title)
        add_text(out, title);
    json_object_foreach(json_object_get(doc, "fields"), key, value)
    {
        if (json_is_string(value) && !is_kept_back(f, key))
            add_text(out, json_string_value(value));
    }
}

/* Every piece of the text, hashed. `out` has room for one a byte. */
static size_t cut(const cci_buffer *text, const uint8_t key[16], uint64_t *out)
{
    size_t starts[PIECE + 1] = {0}, at = 0, characters = 0, n = 0;
    uint32_t code;
    while (at < text->size) {
        size_t length = cci_utf8_next(text->data + at, text->size - at, &code);
        at += length > 0 ? length : 1;
        characters++;
        starts[characters % (PIECE + 1)] = at;
        if (characters < PIECE)
            continue;
        size_t start = starts[(characters - PIECE) % (PIECE + 1)];
        out[n++] = cci_keyed_hash(key, text->data + start, at - start);
    }
    return cci_set_sort(out, n);
}

static cocreate_status read_set(const cci_known *f, const cci_work *w, const uint8_t key[16],
                                cci_set *out, cocreate_error *error)
{
    cci_buffer text;
    cci_buffer_init(&text, &f->e->allocator);
    gather(f, &text, w->doc);
    uint64_t *pieces = cci_alloc(&f->e->allocator, text.size, sizeof *pieces);
    if (!text.failed && pieces)
        *out = (cci_set){pieces, cut(&text, key, pieces)};
    else
        cci_free(&f->e->allocator, pieces);
    cocreate_status status = !text.failed && pieces ? COCREATE_OK : cci_no_memory(error);
    cci_buffer_free(&text);
    return status;
}

/* The earlier one first. */
static cocreate_status
add_pair(const cci_known *f, const cci_similar_pair *pair, json_t *list, cocreate_error *error)
{
    const cci_work *a = &f->works[pair->a], *b = &f->works[pair->b];
    json_t *row = cci_json_new();
    int ok = 1, swap = b->at < a->at;
    cci_report_put(&ok, row, "first", json_string(swap ? b->id : a->id));
    cci_report_put(&ok, row, "second", json_string(swap ? a->id : b->id));
    cci_report_ratio(&ok, row, "similarity", (int64_t)pair->shared, (int64_t)pair->all);
    ok = cci_json_push(list, json_incref(row)) && ok;
    json_decref(row);
    return ok ? COCREATE_OK : cci_no_memory(error);
}

static cocreate_status find(const cci_known *f, cci_set *sets, json_t *out, cocreate_error *error)
{
    uint8_t key[16];
    uint64_t seed;
    cci_similar_pair *pairs;
    size_t n;
    json_t *nearly = json_array(), *alike = json_array();
    int ok = 1;
    cci_report_put(&ok, out, "duplicates", nearly);
    cci_report_put(&ok, out, "similar", alike);
    if (!ok)
        return cci_no_memory(error);
    cci_similar_key(f->c, key, &seed);
    for (size_t i = 0; i < f->n_works; i++)
        if (!f->works[i].is_reply && cci_viewer_sees_work(f->viewer, f->works[i].doc))
            CCI_TRY(read_set(f, &f->works[i], key, &sets[i], error));
    CCI_TRY(cci_similar(&f->e->allocator, sets, f->n_works, BANDS, ROWS, seed, 3, 5, 1, &pairs, &n,
                        error));
    cocreate_status status = COCREATE_OK;
    for (size_t i = 0; i < n && status == COCREATE_OK; i++)
        status =
            add_pair(f, &pairs[i], 5 * pairs[i].shared >= 4 * pairs[i].all ? nearly : alike, error);
    cci_free(&f->e->allocator, pairs);
    return status;
}

static cocreate_status make(const cci_known *f, json_t *out, cocreate_error *error)
{
    cci_set *sets = cci_alloc(&f->e->allocator, f->n_works, sizeof *sets);
    cocreate_status status = sets ? find(f, sets, out, error) : cci_no_memory(error);
    for (size_t i = 0; sets && i < f->n_works; i++)
        cci_free(&f->e->allocator, (void *)(uintptr_t)sets[i].elements);
    cci_free(&f->e->allocator, sets);
    return status;
}

const cci_report_type cci_report_duplicates = {"duplicates",
                                               "works whose texts are nearly the same", make, 0};
