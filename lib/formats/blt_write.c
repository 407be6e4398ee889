/* Writing BLT. */
#include "formats/blt.h"

static cocreate_status write_name(const cocreate_profile *profile, size_t index, cci_buffer *out,
                                  cocreate_error *error)
{
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(profile, index, &option, error));
    if (strpbrk(option.name, "\r\n"))
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "blt has no place for the name of option %zu, which has more than one "
                           "line",
                           index);
    cci_buffer_byte(out, '"');
    for (const char *s = option.name; *s != '\0'; s++) {
        if (*s == '"')
            cci_buffer_byte(out, '"');
        cci_buffer_byte(out, (uint8_t)*s);
    }
    cci_buffer_text(out, "\"\n");
    return COCREATE_OK;
}

static void write_ballot(const cci_ballots *b, cci_buffer *out)
{
    cci_buffer_i64(out, b->count);
    for (size_t i = 0; i < b->n; i++) {
        int tied = i > 0 && b->values[i] == b->values[i - 1];
        cci_buffer_byte(out, tied ? '=' : ' ');
        cci_buffer_u64(out, b->options[i] + UINT64_C(1));
    }
    cci_buffer_text(out, " 0\n");
}

static cocreate_status write_head(const cocreate_profile *profile,
                                  const cocreate_profile_info *info, cci_buffer *out,
                                  cocreate_error *error)
{
    int any = 0;
    cci_buffer_format(out, "%" PRIu64 " %" PRId64 "\n", info->options, info->seats);
    for (size_t i = 0; i < info->options; i++) {
        cocreate_option option = {.size = sizeof option};
        CCI_TRY(cocreate_profile_option(profile, i, &option, error));
        if (option.withdrawn)
            cci_buffer_format(out, any++ ? " -%zu" : "-%zu", i + 1);
    }
    if (any)
        cci_buffer_byte(out, '\n');
    return COCREATE_OK;
}

cocreate_status cci_blt_write(const cocreate_profile *profile, cci_buffer *out,
                              cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.kind != COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "blt holds rankings only");
    CCI_TRY(cci_writer_check(profile, "blt",
                             CCI_SAYS_NAMES | CCI_SAYS_WITHDRAWN | CCI_SAYS_SEATS, error));
    if (info.seats == 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "blt needs the number of seats, which the profile does not say");
    CCI_TRY(write_head(profile, &info, out, error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    while (cci_ballots_next(&ballots))
        write_ballot(&ballots, out);
    cci_ballots_close(&ballots);
    cci_buffer_text(out, "0\n");
    for (size_t i = 0; i < info.options; i++)
        CCI_TRY(write_name(profile, i, out, error));
    cci_buffer_text(out, "\"\"\n");
    return COCREATE_OK;
}
