/* What readers share. */
#include "base/text.h"
#include "formats/format.h"

static const char *kind_name(int32_t kind)
{
    static const char *const names[] = {"any ballots", "approvals", "rankings", "scores", "points"};
    return names[kind];
}

cocreate_status cci_reader_new_profile(cci_reader *r, int32_t kind, uint64_t n_options,
                                       const char *what)
{
    if (r->kind != 0 && r->kind != kind)
        return cci_reader_fail(r, COCREATE_ERR_ARGUMENT, "the file holds %s, not %s",
                               kind_name(kind), kind_name(r->kind));
    if (n_options > r->limits.max_options || n_options > COCREATE_OPTIONS_MAX) {
        uint64_t limit = r->limits.max_options;
        return cci_reader_fail(r, COCREATE_ERR_LIMIT,
                               "%" PRIu64 " %s are more than the limit of %" PRIu64, n_options,
                               what, limit < COCREATE_OPTIONS_MAX ? limit : COCREATE_OPTIONS_MAX);
    }
    CCI_TRY(cocreate_profile_new(r->allocator, kind, (size_t)n_options, &r->profile, r->error));
    return cci_stage_open(r->profile, &r->stage, r->error);
}

cocreate_status cci_reader_add(cci_reader *r, const uint32_t *options, const int64_t *values,
                               size_t n, int64_t count, int64_t weight)
{
    cocreate_error inner = {0};
    cocreate_status status = cci_stage_add(r->stage, options, values, n, count, weight, &inner);
    if (status == COCREATE_OK)
        return COCREATE_OK;
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(r->error);
    return cci_reader_fail(r, status, "%s", inner.text);
}

/* Bytes between two calls of a progress function. */
#define PROGRESS_BYTES (1 << 20)

cocreate_status cci_reader_count_ballot(cci_reader *r)
{
    if (r->ballot_lines++ >= r->limits.max_ballots)
        return cci_reader_fail(r, COCREATE_ERR_LIMIT,
                               "there are more ballot lines than the limit of %" PRIu64,
                               r->limits.max_ballots);
    if (r->progress && r->progress->call && r->at - r->reported >= PROGRESS_BYTES) {
        r->reported = r->at;
        if (r->progress->call(r->progress->user, (uint64_t)(r->at - r->start), r->size) != 0)
            return cci_reader_fail(r, COCREATE_ERR_CANCELLED, "cancelled");
    }
    return COCREATE_OK;
}

/* A NUL-terminated copy of text from the file, which holds no NUL. */
static cocreate_status copy_text(cci_reader *r, const char *s, size_t size, char **out)
{
    if (size > 0 && memchr(s, 0, size))
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "there is a NUL byte in the text");
    if (!cci_utf8_valid(s, size))
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "the text is not valid UTF-8");
    *out = cci_strndup(cci_profile_allocator(r->profile), s, size);
    return *out ? COCREATE_OK : cci_no_memory(r->error);
}

/* Describe an option; what is wrong with it is told with the line. */
static cocreate_status describe(cci_reader *r, size_t index, const cocreate_option *option)
{
    cocreate_error inner = {0};
    cocreate_status status = cocreate_profile_set_option(r->profile, index, option, &inner);
    if (status == COCREATE_ERR_MEMORY)
        return cci_no_memory(r->error);
    if (status != COCREATE_OK)
        return cci_reader_fail(r, COCREATE_ERR_PARSE, "%s", inner.text);
    return COCREATE_OK;
}

cocreate_status cci_reader_set_option(cci_reader *r, size_t index, const char *id, size_t id_size,
                                      const char *name, size_t name_size, int64_t cost)
{
    const cocreate_allocator *a = cci_profile_allocator(r->profile);
    char *id_copy = NULL, *name_copy = NULL;
    cocreate_status status = COCREATE_OK;
    if (id)
        status = copy_text(r, id, id_size, &id_copy);
    if (status == COCREATE_OK && name)
        status = copy_text(r, name, name_size, &name_copy);
    if (status == COCREATE_OK) {
        cocreate_option option = {sizeof option, id_copy, name_copy, cost, COCREATE_NO_TIME, 0};
        status = describe(r, index, &option);
    }
    cci_free(a, id_copy);
    cci_free(a, name_copy);
    return status;
}

cocreate_status cci_reader_rename(cci_reader *r, size_t index, const char *name, size_t size)
{
    char *copy = NULL;
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(r->profile, index, &option, r->error));
    CCI_TRY(copy_text(r, name, size, &copy));
    option.id = NULL;
    option.name = copy;
    cocreate_status status = describe(r, index, &option);
    cci_free(cci_profile_allocator(r->profile), copy);
    return status;
}

cocreate_status cci_reader_withdraw(cci_reader *r, size_t index)
{
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(r->profile, index, &option, r->error));
    option.id = option.name = NULL;
    option.withdrawn = 1;
    return cocreate_profile_set_option(r->profile, index, &option, r->error);
}

cocreate_status cci_reader_miscounted(cci_reader *r, const char *key, int64_t stated,
                                      const char *what, uint64_t found)
{
    if (r->counts_ignored)
        return COCREATE_OK;
    return cci_reader_fail(r, COCREATE_ERR_PARSE,
                           "%s is %" PRId64 ", but the %s are %" PRIu64
                           " (with the rule counts=ignored the file is read as it is)",
                           key, stated, what, found);
}

int cci_parse_number(const char *s, size_t size, int64_t *out)
{
    return size > 0 && s[0] >= '0' && s[0] <= '9' && cci_parse_i64(s, size, out);
}

void cci_trim(const char **s, size_t *size)
{
    while (*size > 0 && (**s == ' ' || **s == '\t'))
        ++*s, --*size;
    while (*size > 0 && ((*s)[*size - 1] == ' ' || (*s)[*size - 1] == '\t'))
        --*size;
}

const char *cci_shown(const char *s, size_t size, char out[CCI_SHOWN])
{
    out[0] = '"';
    cci_quote(s, size, out + 1, CCI_SHOWN - 2);
    size_t length = strlen(out);
    out[length] = '"';
    out[length + 1] = '\0';
    return out;
}
