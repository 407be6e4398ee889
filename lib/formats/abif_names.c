/* Reading ABIF: the candidates, by id and by name. */
#include "formats/abif.h"

static void id_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_abif_reader *a = owner;
    *bytes = a->candidates[index].id;
    *size = a->candidates[index].id_size;
}

static void name_bytes(const void *owner, uint32_t index, const void **bytes, size_t *size)
{
    const cci_abif_reader *a = owner;
    *bytes = a->candidates[index].name;
    *size = a->candidates[index].name_size;
}

void cci_abif_names_open(cci_abif_reader *a)
{
    cci_table_init(&a->ids, &a->allocator, a, id_bytes);
    cci_table_init(&a->names, &a->allocator, a, name_bytes);
}

void cci_abif_names_close(cci_abif_reader *a)
{
    for (size_t i = 0; i < a->n; i++) {
        cci_free(&a->allocator, a->candidates[i].id);
        cci_free(&a->allocator, a->candidates[i].name);
    }
    cci_free(&a->allocator, a->candidates);
    cci_free(&a->allocator, a->scratch);
    cci_table_free(&a->ids);
    cci_table_free(&a->names);
}

/* Undo the backslashes of a word in quotes, in scratch; only \" and \\ can be meant. */
static cocreate_status unescape(cci_abif_reader *a, cci_abif_word *word)
{
    if (!word->escaped)
        return COCREATE_OK;
    if (!cci_grow(&a->allocator, (void **)&a->scratch, &a->scratch_capacity, word->size, 1))
        return cci_no_memory(a->r->error);
    size_t n = 0;
    for (size_t i = 0; i < word->size; i++) {
        if (word->s[i] == '\\' && word->s[++i] != '"' && word->s[i] != '\\')
            return cci_reader_fail(a->r, COCREATE_ERR_PARSE,
                                   "a backslash stands before '\"' or another one only");
        a->scratch[n++] = word->s[i];
    }
    *word = (cci_abif_word){a->scratch, n, word->form, 0};
    return COCREATE_OK;
}

/* A new candidate with this id and no name. */
static cocreate_status add(cci_abif_reader *a, const cci_abif_word *id, uint32_t *out)
{
    char shown[CCI_SHOWN];
    cci_reader *r = a->r;
    uint64_t limit = r->limits.max_options < COCREATE_OPTIONS_MAX ? r->limits.max_options
                                                                  : COCREATE_OPTIONS_MAX;
    if (id->size == 0)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "a candidate without a name");
    if (id->size > COCREATE_ID_MAX)
        return cci_reader_fail(r, COCREATE_ERR_PARSE,
                               "the candidate %s has more than %d bytes: declare it as =id:[Name]",
                               cci_shown(id->s, id->size, shown), COCREATE_ID_MAX);
    if (a->n >= limit)
        return cci_reader_fail(r, COCREATE_ERR_LIMIT,
                               "there are more candidates than the limit of %" PRIu64, limit);
    if (!cci_grow(&a->allocator, (void **)&a->candidates, &a->capacity, a->n + 1,
                  sizeof *a->candidates) ||
        !cci_table_reserve(&a->ids, 1))
        return cci_no_memory(r->error);
    char *copy = cci_strndup(&a->allocator, id->s, id->size);
    if (!copy)
        return cci_no_memory(r->error);
    *out = (uint32_t)a->n;
    a->candidates[a->n++] = (cci_abif_candidate){copy, id->size, NULL, 0, r->line, 0};
    cci_table_insert(&a->ids, cci_table_hash(&a->ids, copy, id->size), *out);
    return COCREATE_OK;
}

static cocreate_status set_name(cci_abif_reader *a, uint32_t index, const cci_abif_word *name)
{
    cci_abif_candidate *c = &a->candidates[index];
    c->name = cci_strndup(&a->allocator, name->s, name->size);
    c->name_size = name->size;
    if (!c->name || !cci_table_reserve(&a->names, 1))
        return cci_no_memory(a->r->error);
    uint32_t other = cci_table_find(&a->names, name->s, name->size);
    if (other != CCI_TABLE_NONE)
        a->candidates[other].many_names = 1;
    else
        cci_table_insert(&a->names, cci_table_hash(&a->names, name->s, name->size), index);
    return COCREATE_OK;
}

cocreate_status cci_abif_read_candidate(cci_abif_reader *a, const char *s, const char *end)
{
    cci_abif_word word;
    char shown[CCI_SHOWN];
    uint32_t index = 0;
    CCI_TRY(cci_abif_read_word(a, &s, end, &word));
    s = cci_abif_skip(s, end);
    if (s == end || *s != ':')
        return cci_abif_expected(a, "':' after the id of a candidate", s, end);
    CCI_TRY(unescape(a, &word));
    if (cci_table_find(&a->ids, word.s, word.size) != CCI_TABLE_NONE)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "candidate %s is declared twice",
                               cci_shown(word.s, word.size, shown));
    CCI_TRY(add(a, &word, &index));
    s = cci_abif_skip(s + 1, end);
    CCI_TRY(cci_abif_read_word(a, &s, end, &word));
    s = cci_abif_skip(s, end);
    if (s < end && *s != '#')
        return cci_abif_expected(a, "the end of the line after the name", s, end);
    CCI_TRY(unescape(a, &word));
    return set_name(a, index, &word);
}

cocreate_status cci_abif_candidate_of(cci_abif_reader *a, const cci_abif_word *word,
                                      uint32_t *out)
{
    cci_abif_word plain = *word;
    char shown[CCI_SHOWN];
    CCI_TRY(unescape(a, &plain));
    *out = cci_table_find(&a->ids, plain.s, plain.size);
    if (*out != CCI_TABLE_NONE)
        return COCREATE_OK;
    cci_shown(plain.s, plain.size, shown);
    if (plain.form == 'a' && a->declared)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "there is no candidate %s", shown);
    if (plain.form != 'a')
        *out = cci_table_find(&a->names, plain.s, plain.size);
    if (*out == CCI_TABLE_NONE)
        return add(a, &plain, out);
    if (a->candidates[*out].many_names)
        return cci_reader_fail(a->r, COCREATE_ERR_PARSE, "more than one candidate is called %s",
                               shown);
    return COCREATE_OK;
}
