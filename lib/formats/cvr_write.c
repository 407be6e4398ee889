/* Writing cast vote records: a row for each ballot. The file does not list the candidates: to read
 * the same profile, the rule "candidates" gives them in order. */
#include "formats/cvr.h"

/* Most rows that are written. */
#define ROWS_MAX 10000000

static cocreate_status check_option(const cocreate_profile *profile, size_t index,
                                    cocreate_error *error)
{
    static const char *const labels[] = {"overvote", "undervote", "skipped"};
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(profile, index, &option, error));
    const char *s = option.id;
    size_t size = strlen(s);
    cci_trim(&s, &size);
    int good = size == strlen(option.id);
    cci_cvr_reader plain = {.r = &(cci_reader){.rules = NULL}};
    if (cci_cvr_is_label(&plain, "overvote_label", s, size) ||
        cci_cvr_is_label(&plain, "skipped_label", s, size))
        good = 0;
    if (!good)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "cvr has no place for the id \"%s\": a blank at an end, or one of %s, "
                           "%s and %s",
                           option.id, labels[0], labels[1], labels[2]);
    return COCREATE_OK;
}

/* The cells of the ranks, which all voters of a ballot share. */
static cocreate_status write_ranks(const cci_ballots *b, size_t ranks, cci_buffer *out,
                                   cocreate_error *error)
{
    for (size_t i = 0; i < ranks; i++) {
        cocreate_option option = {.size = sizeof option};
        cci_buffer_byte(out, ',');
        if (i >= b->n) {
            cci_buffer_text(out, "undervote");
            continue;
        }
        if (b->values[i] != (int64_t)i + 1)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, b->next - 1,
                               "cvr has strict orders, but ballot %zu has ties", b->next - 1);
        CCI_TRY(cocreate_profile_option(b->profile, b->options[i], &option, error));
        cci_records_write(out, option.id, ',');
    }
    cci_buffer_text(out, "\r\n");
    return COCREATE_OK;
}

static cocreate_status write_rows(cci_ballots *b, size_t ranks, cci_buffer *out,
                                  cocreate_error *error)
{
    int64_t record = 0;
    cci_buffer line;
    cci_buffer_init(&line, &out->allocator);
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && cci_ballots_next(b)) {
        cci_buffer_clear(&line);
        status = write_ranks(b, ranks, &line, error);
        out->failed |= line.failed;
        for (int64_t i = 0; i < b->count && !out->failed; i++) {
            cci_buffer_i64(out, ++record);
            cci_buffer_add(out, line.data, line.size);
        }
    }
    cci_buffer_free(&line);
    return status;
}

/* Most ranks on any ballot, at least 1. */
static size_t most_ranks(cci_ballots *b)
{
    size_t most = 1;
    while (cci_ballots_next(b))
        most = b->n > most ? b->n : most;
    b->next = 0;
    return most;
}

cocreate_status cci_cvr_write(const cocreate_profile *profile, cci_buffer *out,
                              cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    if (info.kind != COCREATE_BALLOT_RANKING)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "cvr holds rankings only");
    CCI_TRY(cci_writer_check(profile, "cvr", CCI_SAYS_IDS, error));
    if (info.ballots > ROWS_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%" PRId64 " ballots are too many for cvr, which has a row for each (%d)",
                        info.ballots, ROWS_MAX);
    for (size_t i = 0; i < info.options; i++)
        CCI_TRY(check_option(profile, i, error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    size_t ranks = most_ranks(&ballots);
    cci_buffer_text(out, "Record Id");
    for (size_t i = 0; i < ranks; i++)
        cci_buffer_format(out, ",Rank %zu", i + 1);
    cci_buffer_text(out, "\r\n");
    cocreate_status status = write_rows(&ballots, ranks, out, error);
    cci_ballots_close(&ballots);
    return status;
}
