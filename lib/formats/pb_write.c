/* Writing Pabulib .pb: a line for each ballot. */
#include "formats/pb.h"

/* Most lines of votes that are written. */
#define VOTES_MAX 10000000

static const char *vote_type(int32_t kind)
{
    switch (kind) {
    case COCREATE_BALLOT_APPROVAL:
        return "approval";
    case COCREATE_BALLOT_RANKING:
        return "ordinal";
    case COCREATE_BALLOT_SCORE:
        return "scoring";
    default:
        return "cumulative";
    }
}

static void write_amount(cci_buffer *out, int64_t amount, int32_t exponent)
{
    int64_t unit = 1;
    for (int32_t i = 0; i < exponent; i++)
        unit *= 10;
    cci_buffer_i64(out, amount / unit);
    if (exponent > 0)
        cci_buffer_format(out, ".%0*" PRId64, (int)exponent, amount % unit);
}

/* Text that begins or ends with a blank would lose it. */
static int is_trimmed(const char *s)
{
    size_t size = strlen(s), cut = size;
    const char *start = s;
    cci_trim(&start, &cut);
    return cut == size;
}

static cocreate_status write_project(const cocreate_profile *profile, size_t index,
                                     int32_t exponent, cci_buffer *out, cocreate_error *error)
{
    cocreate_option option = {.size = sizeof option};
    CCI_TRY(cocreate_profile_option(profile, index, &option, error));
    if (strchr(option.id, ',') || !is_trimmed(option.id))
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "pb has no place for the id \"%s\": a comma, or a blank at an end",
                           option.id);
    cci_records_write(out, option.id, ';');
    cci_buffer_byte(out, ';');
    write_amount(out, option.cost, exponent);
    cci_buffer_byte(out, ';');
    cci_records_write(out, option.name, ';');
    cci_buffer_byte(out, '\n');
    return COCREATE_OK;
}

static cocreate_status write_head(const cocreate_profile *profile,
                                  const cocreate_profile_info *info, cci_buffer *out,
                                  cocreate_error *error)
{
    cci_buffer_format(out,
                      "META\nkey;value\nnum_projects;%" PRIu64 "\nnum_votes;%" PRId64 "\nbudget;",
                      info->options, info->ballots);
    write_amount(out, info->budget, info->cost_exponent);
    cci_buffer_format(out, "\nvote_type;%s\n", vote_type(info->kind));
    if (!cci_profile_lexical(profile))
        cci_buffer_text(out, CCI_PB_ID_ORDER ";index\n");
    cci_buffer_text(out, "PROJECTS\nproject_id;cost;name\n");
    for (size_t i = 0; i < info->options; i++)
        CCI_TRY(write_project(profile, i, info->cost_exponent, out, error));
    int has_points = info->kind == COCREATE_BALLOT_SCORE || info->kind == COCREATE_BALLOT_POINTS;
    cci_buffer_text(out, has_points ? "VOTES\nvoter_id;vote;points\n" : "VOTES\nvoter_id;vote\n");
    return COCREATE_OK;
}

/* The part of a line that all voters of a ballot share. */
static cocreate_status write_ballot(const cci_ballots *b, int32_t kind, cci_buffer *out,
                                    cocreate_error *error)
{
    cci_buffer ids;
    cci_buffer_init(&ids, &out->allocator);
    for (size_t i = 0; i < b->n; i++) {
        cocreate_option option = {.size = sizeof option};
        cocreate_status status =
            cocreate_profile_option(b->profile, b->options[i], &option, error);
        assert(status == COCREATE_OK);
        (void)status;
        if (i > 0)
            cci_buffer_byte(&ids, ',');
        cci_buffer_text(&ids, option.id);
    }
    cci_buffer_byte(&ids, '\0');
    cci_buffer_byte(out, ';');
    if (!ids.failed && b->n > 0)
        cci_records_write(out, ids.data, ';');
    out->failed |= ids.failed;
    cci_buffer_free(&ids);
    for (size_t i = 0; kind == COCREATE_BALLOT_RANKING && i < b->n; i++)
        if (b->values[i] != (int64_t)i + 1)
            return cci_fail_at(error, COCREATE_ERR_ARGUMENT, b->next - 1,
                               "pb has strict orders, but ballot %zu has ties", b->next - 1);
    if (kind != COCREATE_BALLOT_SCORE && kind != COCREATE_BALLOT_POINTS)
        return COCREATE_OK;
    cci_buffer_byte(out, ';');
    for (size_t i = 0; i < b->n; i++) {
        if (i > 0)
            cci_buffer_byte(out, ',');
        cci_buffer_i64(out, b->values[i]);
    }
    return COCREATE_OK;
}

static cocreate_status write_votes(cci_ballots *b, int32_t kind, cci_buffer *out,
                                   cocreate_error *error)
{
    int64_t voter = 0;
    cci_buffer line;
    cci_buffer_init(&line, &out->allocator);
    cocreate_status status = COCREATE_OK;
    while (status == COCREATE_OK && cci_ballots_next(b)) {
        cci_buffer_clear(&line);
        status = write_ballot(b, kind, &line, error);
        out->failed |= line.failed;
        for (int64_t i = 0; i < b->count && !out->failed; i++) {
            cci_buffer_i64(out, ++voter);
            cci_buffer_add(out, line.data, line.size);
            cci_buffer_byte(out, '\n');
        }
    }
    cci_buffer_free(&line);
    return status;
}

cocreate_status cci_pb_write(const cocreate_profile *profile, cci_buffer *out,
                             cocreate_error *error)
{
    cocreate_profile_info info = {.size = sizeof info};
    CCI_TRY(cocreate_profile_info_get(profile, &info, error));
    CCI_TRY(cci_writer_check(profile, "pb",
                             CCI_SAYS_IDS | CCI_SAYS_NAMES | CCI_SAYS_COSTS | CCI_SAYS_LEXICAL,
                             error));
    if (info.budget < 0)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "pb needs a budget");
    if (info.ballots > VOTES_MAX)
        return cci_fail(error, COCREATE_ERR_ARGUMENT,
                        "%" PRId64 " ballots are too many for pb, which has a line for each (%d)",
                        info.ballots, VOTES_MAX);
    CCI_TRY(write_head(profile, &info, out, error));
    cci_ballots ballots;
    CCI_TRY(cci_ballots_open(&ballots, profile, error));
    cocreate_status status = write_votes(&ballots, info.kind, out, error);
    cci_ballots_close(&ballots);
    return status;
}
