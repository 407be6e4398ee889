/* Writing ABIF. */
#include "formats/abif.h"

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* May an id stand without quotes? */
static int is_bare(const char *s)
{
    if (!is_letter(*s))
        return 0;
    while (is_letter(*s) || *s == '_' || (*s >= '0' && *s <= '9'))
        s++;
    return *s == '\0';
}

static void write_quoted(cci_buffer *out, const char *s)
{
    cci_buffer_byte(out, '"');
    for (; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\')
            cci_buffer_byte(out, '\\');
        cci_buffer_byte(out, (uint8_t)*s);
    }
    cci_buffer_byte(out, '"');
}

static void write_id(cci_buffer *out, const char *id)
{
    if (is_bare(id))
        cci_buffer_text(out, id);
    else
        write_quoted(out, id);
}

static cocreate_status write_candidate(const cocreate_profile *profile, size_t index,
                                       cci_buffer *out, cocreate_error *error)
{
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(profile, index, &option, error));
    if (strpbrk(option.name, "\r\n"))
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "abif has no place for the name of option %zu, which has more than one "
                           "line",
                           index);
    cci_buffer_byte(out, '=');
    write_id(out, option.id);
    cci_buffer_byte(out, ':');
    if (strchr(option.name, ']')) {
        write_quoted(out, option.name);
    } else {
        cci_buffer_byte(out, '[');
        cci_buffer_text(out, option.name);
        cci_buffer_byte(out, ']');
    }
    cci_buffer_byte(out, '\n');
    return COCREATE_OK;
}

static void write_ballot(const cci_ballots *b, int32_t kind, cci_buffer *out)
{
    cci_buffer_i64(out, b->count);
    cci_buffer_byte(out, ':');
    for (size_t i = 0; i < b->n; i++) {
        cocreate_option option = {.size = sizeof option};
        cocreate_status status =
            cocreate_profile_option(b->profile, b->options[i], &option, NULL);
        assert(status == COCREATE_OK);
        (void)status;
        int tied = i > 0 && b->values[i] == b->values[i - 1];
        if (i > 0)
            cci_buffer_byte(out, kind == COCREATE_BALLOT_SCORE              ? ','
                                 : kind == COCREATE_BALLOT_APPROVAL || tied ? '='
                                                                            : '>');
        write_id(out, option.id);
        if (kind == COCREATE_BALLOT_SCORE) {
            cci_buffer_byte(out, '/');
            cci_buffer_i64(out, b->values[i]);
        }
    }
    cci_buffer_byte(out, '\n');
}

cocreate_status cci_abif_write(const cocreate_profile *profile, cci_buffer *out,
                               cocreate_error *error)
{
    static const char *const types[] = {NULL, "approval", "ranked", "rated", NULL};
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (!types[info.kind])
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "abif holds no points");
    CCI_TRY(cci_writer_check(profile, "abif", CCI_SAYS_IDS | CCI_SAYS_NAMES, error));
    cci_buffer_format(out, "{\"ballot_type\": \"%s\"}\n{\"ballotcount\": %" PRId64 "}\n",
                      types[info.kind], info.ballots);
    for (size_t i = 0; i < info.options; i++)
        CCI_TRY(write_candidate(profile, i, out, error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    while (cci_ballots_next(&ballots))
        write_ballot(&ballots, info.kind, out);
    cci_ballots_close(&ballots);
    return COCREATE_OK;
}
