/* The list of formats, and the two doors to all of them. */
#include "formats/rules.h"

static const cci_format *const formats[] = {
    &cci_format_soc, &cci_format_soi, &cci_format_toc, &cci_format_toi,
    &cci_format_cat, &cci_format_pb,  &cci_format_csv, &cci_format_blt,
    &cci_format_abif, &cci_format_cvr,
};

#define N_FORMATS (sizeof formats / sizeof *formats)

void cocreate_read_limits_init(cocreate_read_limits *limits)
{
    *limits = (cocreate_read_limits){sizeof *limits, UINT64_C(1) << 32, COCREATE_OPTIONS_MAX,
                                     UINT64_C(1) << 31, NULL};
}

size_t cocreate_format_count(void)
{
    return N_FORMATS;
}

cocreate_status cocreate_format_at(size_t index, cocreate_format *out, cocreate_error *error)
{
    if (out->size != sizeof *out)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "format: size is %zu, expected %zu",
                        out->size, sizeof *out);
    if (index >= N_FORMATS)
        return cci_fail_at(error, COCREATE_ERR_ARGUMENT, index,
                           "format index %zu is not below the number of formats, %zu", index,
                           N_FORMATS);
    const cci_format *format = formats[index];
    out->name = format->name;
    out->title = format->title;
    out->source = format->source;
    out->can_write = format->write != NULL;
    return COCREATE_OK;
}

static cocreate_status find_format(const char *name, const cci_format **out,
                                   cocreate_error *error)
{
    for (size_t i = 0; i < N_FORMATS; i++)
        if (strcmp(formats[i]->name, name) == 0) {
            *out = formats[i];
            return COCREATE_OK;
        }
    char shown[CCI_SHOWN], list[160] = "";
    for (size_t i = 0; i < N_FORMATS; i++) {
        strcat(list, i == 0 ? "" : i + 1 < N_FORMATS ? ", " : " and ");
        strcat(list, formats[i]->name);
    }
    return cci_fail(error, COCREATE_ERR_NOT_FOUND, "no format %s; there are %s",
                    cci_shown(name, strlen(name), shown), list);
}

static cocreate_status read_with_rules(cci_reader *r, const cci_format *format)
{
    static const char *const checks[] = {"checked", "ignored", NULL};
    CCI_TRY(cci_rules_open(r->limits.rules, format, &r->rules, r->error));
    cocreate_status status = cci_rule_choice(r, "counts", checks, &r->counts_ignored);
    if (status == COCREATE_OK)
        status = cci_rule_choice(r, "bounds", checks, &r->bounds_ignored);
    if (status == COCREATE_OK)
        status = format->read(r);
    json_decref(r->rules);
    return status;
}

cocreate_status cocreate_profile_read(const cocreate_allocator *allocator, const char *format,
                                      const void *bytes, size_t size, int32_t kind,
                                      const cocreate_read_limits *limits,
                                      const cocreate_progress *progress, cocreate_profile **out,
                                      cocreate_error *error)
{
    const cci_format *found = NULL;
    CCI_TRY(cci_allocator_check(allocator, error));
    CCI_TRY(find_format(format, &found, error));
    if (kind < 0 || kind > COCREATE_BALLOT_POINTS)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%d is not a kind of ballot", (int)kind);
    cci_reader r = {.allocator = allocator, .format = format, .kind = kind,
                    .progress = progress, .error = error};
    cocreate_read_limits_init(&r.limits);
    if (limits && limits->size != sizeof *limits)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "limits: size is %zu, expected %zu",
                        limits->size, sizeof *limits);
    if (limits)
        r.limits = *limits;
    if (size > r.limits.max_bytes)
        return cci_fail(error, COCREATE_ERR_LIMIT,
                        "the input of %zu bytes is longer than the limit of %" PRIu64, size,
                        r.limits.max_bytes);
    r.start = size > 0 ? bytes : "";
    r.size = size;
    r.end = r.start + size;
    /* A byte order mark says nothing in UTF-8. */
    r.at = r.start + (size >= 3 && memcmp(r.start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
    r.reported = r.at;
    cocreate_status status = read_with_rules(&r, found);
    if (status == COCREATE_OK)
        status = cci_stage_flush(r.stage, error);
    cci_stage_close(r.stage);
    if (status == COCREATE_OK)
        *out = r.profile;
    else
        cocreate_profile_free(r.profile);
    return status;
}

cocreate_status cocreate_profile_write(const cocreate_profile *profile, const char *format,
                                       cocreate_text **out, cocreate_error *error)
{
    const cci_format *found = NULL;
    CCI_TRY(find_format(format, &found, error));
    if (!found->write)
        return cci_fail(error, COCREATE_ERR_ARGUMENT, "%s is only read, not written", format);
    cci_buffer buffer;
    cci_buffer_init(&buffer, cci_profile_allocator(profile));
    cocreate_status status = found->write(profile, &buffer, error);
    if (status == COCREATE_OK)
        status = cci_buffer_finish(&buffer, out, error);
    cci_buffer_free(&buffer);
    return status;
}
